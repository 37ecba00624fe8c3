/*-------------------------------------------------------------------------
 *
 * errors.c
 *	  Turns the failure that a kernel reports into an error, in the words of
 *	  error_words.h.
 *
 * src/pg/errors.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"

#include "base/template.h"
#include "pg/encoding.h"
#include "pg/segment_pg.h"

/* A double holds every whole number up to here exactly. */
#define LARGEST_WHOLE 9007199254740992.0

/* As many of them say what kind of names there are. */
#define FEW_NAMES 5

typedef struct Words
{
	int sqlstate;
	const char *message;
	const char *detail; /* NULL: none, as for hint */
	const char *hint;
} Words;

static const Words all_words[] = {
#define WORDS(status, sqlstate, ...) [status] = {sqlstate, __VA_ARGS__},
#include "pg/error_words.h"
#undef WORDS
};

/*
 * Is this a known status? The compiler warns here about one without words.
 */
static bool
has_words(SegStatus status)
{
	switch (status)
	{
#define WORDS(status, ...) case status:
#include "pg/error_words.h"
#undef WORDS
		return true;
		case SEG_OK:
		case SEG_UNDEFINED:
			break;
	}
	return false;
}

/*
 * A number as messages show it: in the shortest form that reads back to the
 * same bits; sizes and counts look like integers.
 */
char *
segment_number_text(double x)
{
	char *text = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	if (fabs(x) <= LARGEST_WHOLE && x == floor(x))
		snprintf(text, DOUBLE_SHORTEST_DECIMAL_LEN, "%.0f", x + 0.0);
	else
		double_to_shortest_decimal_buf(x, text);
	return text;
}

/*
 * An element of a row: its number, and its name if it has one.
 */
static void
append_element(StringInfo sentence, double number, const SegTexts *names)
{
	appendStringInfoString(sentence, segment_number_text(number));
	if (names != NULL && number >= 1 && number <= (double) names->count)
	{
		SegText name = seg_texts_get(names, (int64) number - 1);

		appendStringInfo(sentence, " (\"%.*s\")", (int) name.length, name.bytes);
	}
}

/*
 * Fill in a template; NULL if there is none, or if it uses a fact that is
 * missing.
 */
static char *
make_sentence(const char *template, const SegDiag *facts,
              const SegTexts *features)
{
	StringInfoData sentence;
	SegPiece piece;

	if (template == NULL)
		return NULL;
	initStringInfo(&sentence);
	while (seg_template_next(&template, facts, &piece))
	{
		if (piece.kind == SEG_PIECE_TEXT)
			appendBinaryStringInfo(&sentence, piece.text, (int) piece.length);
		else if (piece.kind == SEG_PIECE_NUMBER)
			appendStringInfoString(&sentence,
			                       segment_number_text(piece.number));
		else if (piece.kind == SEG_PIECE_ELEMENT)
			append_element(&sentence, piece.number, features);
		else
			return NULL;
	}
	return sentence.data;
}

/*
 * A name in the database's encoding: kernels have labels of rows in UTF-8.
 */
static const char *
name_to_show(const char *name)
{
	SegText text;

	if (name == NULL)
		return NULL;
	text = text_from_utf8((SegText){name, (int64) strlen(name)});
	return text.bytes == name ? name : pnstrdup(text.bytes, text.length);
}

static void
report(int level, const SegEnv *env, const SegDiag *facts, SegStatus status)
{
	SegDiag shown = *facts;
	const Words *words;
	char *message, *detail, *hint;

	if (!has_words(status))
		elog(ERROR, "unrecognized kernel status: %d", (int) status);
	words = &all_words[status];
	shown.name = name_to_show(facts->name);
	message = make_sentence(words->message, &shown, env->features);
	detail = make_sentence(words->detail, &shown, env->features);
	hint = make_sentence(words->hint, &shown, env->features);
	if (message == NULL)
		elog(ERROR, "kernel status %d lacks a fact", (int) status);
	ereport(level,
	        errcode(words->sqlstate),
	        errmsg("%s", message),
	        detail ? errdetail("%s", detail) : 0,
	        hint ? errhint("%s", hint) : 0);
}

/*
 * Raise a failure that a kernel reported.
 */
void
segment_raise(const SegEnv *env, SegStatus status)
{
	report(ERROR, env, &env->diag, status);
	pg_unreachable();
}

/*
 * Does a kernel accept what came from outside? If not, report why: softly if
 * the context wants that.
 */
bool
segment_accept(const SegEnv *env, SegStatus status, struct Node *escontext)
{
	const Words *words;
	char *detail, *hint;

	if (status == SEG_OK)
		return true;
	words = &all_words[status];
	detail = make_sentence(words->detail, &env->diag, env->features);
	hint = make_sentence(words->hint, &env->diag, env->features);
	ereturn(escontext,
	        false,
	        errcode(words->sqlstate),
	        errmsg("%s",
	               make_sentence(words->message, &env->diag, env->features)),
	        detail ? errdetail("%s", detail) : 0,
	        hint ? errhint("%s", hint) : 0);
}

/*
 * Warn the user about a result that stands, as its kernel noted.
 */
void
segment_warn(const SegEnv *env, SegStatus status, const SegDiag *facts)
{
	report(WARNING, env, facts, status);
}

bool
segment_list_name(StringInfo list, SegText name, int64 i, int64 n)
{
	if (i == FEW_NAMES && n > FEW_NAMES + 1)
	{
		appendStringInfo(list, " and " INT64_FORMAT " more", n - i);
		return false;
	}
	appendStringInfo(list,
	                 "%s\"%.*s\"",
	                 i > 0 ? ", " : "",
	                 (int) name.length,
	                 name.bytes);
	return true;
}

/*
 * An argument that must be the same for all rows is not.
 */
void
segment_changed(const char *what, const char *way_out)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("%s must be the same for all rows", what),
	        errhint("%s", way_out));
	pg_unreachable();
}

/*
 * Do two settings differ in a part of their bytes?
 */
static bool
differ_in(const SettingPart *part, const char *a, Size a_size, const char *b,
          Size b_size)
{
	Size size = part->size > 0 ? part->size : a_size - part->offset;

	return (part->size == 0 && a_size != b_size) ||
	       memcmp(a + part->offset, b + part->offset, size) != 0;
}

/*
 * The same for settings that are kept as bytes: names the one that differs.
 */
void
segment_settings_changed(const SettingPart *parts, const void *a, Size a_size,
                         const void *b, Size b_size, const char *way_out)
{
	while (parts[1].name != NULL && !differ_in(parts, a, a_size, b, b_size))
		parts++;
	segment_changed(parts->name, way_out);
}
