/* test_template.c: base/template.c, and the templates of pg/error_words.h */
#include "base/template.h"
#include "unit.h"

/*
 * Does a template give this text for the facts? Numbers as %g, a missing fact
 * as "-", an unknown placeholder as "?".
 */
static bool
gives(const char *template, SegDiag facts, const char *expected)
{
	char made[200] = "";
	SegPiece piece;

	while (seg_template_next(&template, &facts, &piece))
	{
		char *end = made + strlen(made);

		if (piece.kind == SEG_PIECE_TEXT)
			memcpy(end, piece.text, piece.length);
		else if (piece.kind == SEG_PIECE_NUMBER)
			snprintf(end, 30, "%g", piece.number);
		else
			*end = piece.kind == SEG_PIECE_MISSING ? '-' : '?';
	}
	return strcmp(made, expected) == 0;
}

static void
puts_facts_in_their_places(void)
{
	SegDiag facts = {.what = "vectors",
	                 .name = "k",
	                 .options = "\"a\" or \"b\"",
	                 .got = 1.5,
	                 .want = -2,
	                 .limit = 1025};

	CHECK(gives("", facts, ""));
	CHECK(gives("as it stands", facts, "as it stands"));
	CHECK(gives("{what}", facts, "vectors"));
	CHECK(gives("{what} of {name}: {options}!",
	            facts,
	            "vectors of k: \"a\" or \"b\"!"));
	CHECK(gives("{got}{want} {limit}", facts, "1.5-2 1025"));
	facts.got = 1024;
	facts.want = 1025;
	CHECK(gives("{got_kb} {want_kb}", facts, "1 2"));
}

static void
chooses_words_by_number(void)
{
	SegDiag one = {.what = "rows", .got = 1, .want = 0};

	CHECK(gives("{got} {got|row|rows}", one, "1 row"));
	CHECK(gives("{want} {want|row|rows}", one, "0 rows"));
	CHECK(gives("{got|a|}{want|a|}.", one, "a."));
	one.got = NAN;
	CHECK(gives("{got|it is|they are}", one, "they are"));
}

static void
tells_of_missing_facts_and_unknown_places(void)
{
	SegDiag none = {.what = "rows"};

	CHECK(gives("{name}, {options}", none, "-, -"));
	CHECK(gives("{whatever} {wha} {}", none, "? ? ?"));
	CHECK(gives("{got|row} {what|row|rows}", none, "? ?"));
	CHECK(gives("{what", none, "?"));
}

static bool
is_known(const char *template)
{
	SegDiag facts = {.what = ""};
	SegPiece piece;

	while (template != NULL && seg_template_next(&template, &facts, &piece))
	{
		if (piece.kind == SEG_PIECE_UNKNOWN)
			return false;
	}
	return true;
}

/*
 * Compiling pg/errors.c checks that each status has its words.
 */
static void
knows_all_places_in_the_words(void)
{
	static const char *const words[][3] = {
#define WORDS(status, sqlstate, ...) [status] = {__VA_ARGS__},
#include "pg/error_words.h"
#undef WORDS
	};

	for (size_t i = 1; i < sizeof(words) / sizeof(*words); i++)
	{
		CHECK(words[i][0] != NULL);
		for (int j = 0; j < 3; j++)
			CHECK(is_known(words[i][j]));
	}
}

void
test_template(void)
{
	puts_facts_in_their_places();
	chooses_words_by_number();
	tells_of_missing_facts_and_unknown_places();
	knows_all_places_in_the_words();
}
