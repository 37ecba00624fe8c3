/*-------------------------------------------------------------------------
 *
 * model_read.c
 *	  Models and summaries from JSON text, driven by their table of fields.
 *
 * The members of the object may come in any order, as jsonb prints them in
 * another one than we do. So the text is read twice: first to find the members,
 * then member by member, in the order of the table, in which counts come before
 * the arrays that they count.
 *
 * src/pg/model_read.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <errno.h>
#include <math.h>

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "base/missing.h"
#include "pg/encoding.h"
#include "pg/json_reader.h"
#include "pg/model.h"

/* Keys before a method's own fields: method, format, fingerprint. */
#define N_HEADER_KEYS 3

/* The input of a value: what its readers start with, and its members. */
typedef struct ModelText
{
	JsonReader reader;
	List *members; /* of JsonMember */
} ModelText;

static bool
refuse_text(const JsonReader *reader, const char *detail, const char *name)
{
	ereturn(reader->escontext,
	        false,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("invalid input syntax for type %s", reader->type),
	        errdetail(detail, name));
}

static bool
wrong_shape(const JsonReader *reader, const SegField *f)
{
	return refuse_text(reader, "Field \"%s\" has the wrong shape.", f->name);
}

/*
 * Stand at the value of a member.
 */
static bool
open_member(const ModelText *text, const char *key, JsonReader *reader)
{
	const JsonMember *found = NULL;
	ListCell *cell;

	*reader = text->reader;
	foreach (cell, text->members)
	{
		const JsonMember *member = lfirst(cell);

		if (strcmp(member->key, key) != 0)
			continue;
		if (found != NULL)
			return refuse_text(reader, "Field \"%s\" is there twice.", key);
		found = member;
	}
	if (found == NULL)
		return refuse_text(reader, "Field \"%s\" is missing.", key);
	return json_begin(reader, found->value);
}

static bool
out_of_range(const JsonReader *reader, const SegField *f)
{
	return refuse_text(reader,
	                   "Field \"%s\" holds a number that is out of range.",
	                   f->name);
}

/*
 * A whole number, which may be written with a fraction of zeros or an exponent.
 */
static bool
read_integer(const JsonReader *reader, const SegField *f, int64 *number)
{
	const char *from = reader->lex->token_start;
	char *end;
	double x;

	errno = 0;
	*number = strtoll(from, &end, 10);
	if (end != reader->lex->token_terminator)
	{
		x = strtod(from, &end);
		if (x != floor(x))
			return refuse_text(reader,
			                   "Field \"%s\" must hold whole numbers.",
			                   f->name);
		if (!FLOAT8_FITS_IN_INT64(x))
			return out_of_range(reader, f);
		*number = (int64) x;
	}
	else if (errno == ERANGE)
		return out_of_range(reader, f);
	return true;
}

static bool
read_real(const JsonReader *reader, const SegField *f, double *number)
{
	errno = 0;
	*number = strtod(reader->lex->token_start, NULL);
	/* subnormal numbers set ERANGE too, but are valid */
	if (errno == ERANGE && (*number == 0.0 || isinf(*number)))
		return out_of_range(reader, f);
	return true;
}

/*
 * The number where the reader stands; step over it.
 */
static bool
read_number(JsonReader *reader, const SegField *f, void *numbers, int64 i)
{
	int64 whole;

	if (f->type == SEG_FIELD_BOOL)
	{
		((int64_t *) numbers)[i] = json_is(reader, JSON_TOKEN_TRUE);
		if (!json_is(reader, JSON_TOKEN_TRUE) &&
		    !json_is(reader, JSON_TOKEN_FALSE))
			return refuse_text(reader,
			                   "Field \"%s\" must be true or false.",
			                   f->name);
	}
	else if (f->type == SEG_FIELD_OPTIONAL && json_is(reader, JSON_TOKEN_NULL))
		((double *) numbers)[i] = seg_missing();
	else if (!json_is(reader, JSON_TOKEN_NUMBER))
		return refuse_text(reader, "Field \"%s\" must hold numbers.", f->name);
	else if (f->type == SEG_FIELD_REAL || f->type == SEG_FIELD_OPTIONAL)
	{
		if (!read_real(reader, f, (double *) numbers + i))
			return false;
	}
	else if (!read_integer(reader, f, &whole))
		return false;
	else if (f->type == SEG_FIELD_INT)
		((int64_t *) numbers)[i] = whole;
	else if (whole < PG_INT32_MIN || whole > PG_INT32_MAX)
		return out_of_range(reader, f);
	else
		((int32_t *) numbers)[i] = (int32_t) whole;
	return json_advance(reader);
}

/*
 * Step over a bracket or comma that the shape of a list wants here.
 */
static bool
take_shape(JsonReader *reader, const SegField *f, JsonTokenType token)
{
	return json_is(reader, token) ? json_advance(reader)
	                              : wrong_shape(reader, f);
}

/*
 * Begin a list. Every element takes a byte of text, so a count from outside
 * cannot make us take more memory than the text is worth.
 */
static bool
begin_list(JsonReader *reader, const SegField *f, int64 count)
{
	if (!json_is(reader, JSON_TOKEN_ARRAY_START))
		return refuse_text(reader, "Field \"%s\" must be an array.", f->name);
	if (count < 0 || count > reader->lex->input_length)
		return wrong_shape(reader, f);
	return json_advance(reader);
}

/*
 * The numbers of a list or list of lists, whose shape must match the counts.
 * Rows of no columns are not written.
 */
static bool
read_numbers(JsonReader *reader, const SegField *f, void *value)
{
	int64 count = seg_field_count(f, value);
	int64 cols = f->cols == SEG_NO_COUNT
	                 ? 0
	                 : *(const int64_t *) ((const char *) value + f->cols);
	void *numbers;

	if (!begin_list(reader, f, count))
		return false;
	numbers = MemoryContextAllocHuge(CurrentMemoryContext,
	                                 Max(count, 1) * seg_field_width(f));
	for (int64 i = 0; i < count; i++)
	{
		if (i > 0 && !take_shape(reader, f, JSON_TOKEN_COMMA))
			return false;
		if (cols > 0 && i % cols == 0 &&
		    !take_shape(reader, f, JSON_TOKEN_ARRAY_START))
			return false;
		if (json_is(reader, JSON_TOKEN_ARRAY_START) ||
		    json_is(reader, JSON_TOKEN_ARRAY_END))
			return wrong_shape(reader, f);
		if (!read_number(reader, f, numbers, i))
			return false;
		if (cols > 0 && i % cols == cols - 1 &&
		    !take_shape(reader, f, JSON_TOKEN_ARRAY_END))
			return false;
	}
	*(void **) ((char *) value + f->offset) = numbers;
	return take_shape(reader, f, JSON_TOKEN_ARRAY_END);
}

static bool
read_texts(JsonReader *reader, const SegField *f, void *value)
{
	int64 count = seg_field_count(f, value);
	int64_t *ends;
	StringInfoData bytes;

	if (!begin_list(reader, f, count))
		return false;
	ends = MemoryContextAllocHuge(CurrentMemoryContext,
	                              Max(count, 1) * sizeof(int64_t));
	initStringInfo(&bytes);
	for (int64 i = 0; i < count; i++)
	{
		SegText text;

		if (i > 0 && !take_shape(reader, f, JSON_TOKEN_COMMA))
			return false;
		if (!json_is(reader, JSON_TOKEN_STRING))
			return wrong_shape(reader, f);
		text = json_string(reader);
		if (seg_field_is_ids(f))
			text = text_to_utf8(text);
		appendBinaryStringInfo(&bytes, text.bytes, (int) text.length);
		ends[i] = bytes.len;
		if (!json_advance(reader))
			return false;
	}
	*(SegTexts *) ((char *) value + f->offset) =
		(SegTexts){ends, bytes.data, count};
	return take_shape(reader, f, JSON_TOKEN_ARRAY_END);
}

/*
 * Any JSON, as jsonb prints it.
 */
static bool
read_json(JsonReader *reader, SegText *text)
{
	char *input = pnstrdup(reader->lex->input, reader->lex->input_length);
	Datum json;

	if (!DirectInputFunctionCallSafe(jsonb_in,
	                                 input,
	                                 InvalidOid,
	                                 -1,
	                                 reader->escontext,
	                                 &json))
		return false;
	text->bytes = JsonbToCString(NULL, &DatumGetJsonbP(json)->root, 0);
	text->length = (int64_t) strlen(text->bytes);
	return true;
}

static bool
read_text(JsonReader *reader, const SegField *f, SegText *text)
{
	if (!json_is(reader, JSON_TOKEN_STRING))
		return refuse_text(reader, "Field \"%s\" must be a string.", f->name);
	text->length = json_string(reader).length;
	text->bytes = pnstrdup(json_string(reader).bytes, text->length);
	return true;
}

static bool
read_field(const ModelText *text, const SegField *f, void *value)
{
	void *member = (char *) value + f->offset;
	JsonReader reader;

	if (!open_member(text, f->name, &reader))
		return false;
	if (f->type == SEG_FIELD_TEXTS)
		return read_texts(&reader, f, value);
	if (f->type == SEG_FIELD_TEXT)
		return read_text(&reader, f, member);
	if (f->type == SEG_FIELD_JSON)
		return read_json(&reader, member);
	if (f->rows != SEG_NO_COUNT)
		return read_numbers(&reader, f, value);
	return read_number(&reader, f, member, 0);
}

static const SegMethod *
read_method(const ModelText *text, bool is_summary)
{
	const SegMethod *method = NULL;
	JsonReader reader;

	if (!open_member(text, "method", &reader))
		return NULL;
	if (json_is(&reader, JSON_TOKEN_STRING))
		method = model_method_by_name(json_string(&reader).bytes);
	if (method == NULL || method->is_summary != is_summary)
	{
		refuse_text(&reader,
		            "Field \"%s\" does not name a method of this type.",
		            "method");
		return NULL;
	}
	return method;
}

static bool
check_format(const ModelText *text, const SegMethod *method)
{
	SegField f = {.name = "format", .type = SEG_FIELD_INT};
	JsonReader reader;
	int64_t format;

	if (!open_member(text, f.name, &reader) ||
	    !read_number(&reader, &f, &format, 0))
		return false;
	if (format < 1 || format > method->format)
		ereturn(reader.escontext,
		        false,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("%s has format " INT64_FORMAT
		               ", this version reads up to %u",
		               method->title,
		               (int64) format,
		               method->format),
		        errhint("Update the extension's library."));
	return true;
}

/*
 * The fingerprint of a value made elsewhere may be null or zeros, but the field
 * must be there; a wrong one is a sign of damage.
 */
static bool
check_fingerprint(const ModelText *text, const SegMethod *method,
                  const ModelValue *model)
{
	JsonReader reader;
	char digits[32];

	if (!open_member(text, "fingerprint", &reader))
		return false;
	if (json_is(&reader, JSON_TOKEN_NULL))
		return true;
	snprintf(digits,
	         sizeof(digits),
	         "%016llx",
	         (unsigned long long) model_portable_fingerprint(method, model));
	if (json_is(&reader, JSON_TOKEN_STRING) &&
	    (strcmp(json_string(&reader).bytes, digits) == 0 ||
	     strcmp(json_string(&reader).bytes, "0000000000000000") == 0))
		return true;
	ereturn(reader.escontext,
	        false,
	        errcode(ERRCODE_DATA_CORRUPTED),
	        errmsg("%s is corrupted", method->title),
	        errdetail("Its content does not match its fingerprint."));
}

/*
 * Read a value; NULL after a soft error.
 */
ModelValue *
model_from_text(const char *input, bool is_summary, struct Node *escontext)
{
	const char *type = is_summary ? "segment_summary" : "segment_model";
	ModelText text = {{type, escontext}, NIL};
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegMethod *method;
	ModelValue *model;
	void *value;
	int n_fields = 0;

	if (!json_members(&text.reader,
	                  (SegText){input, (int64_t) strlen(input)},
	                  &text.members))
		return NULL;
	method = read_method(&text, is_summary);
	if (method == NULL || !check_format(&text, method))
		return NULL;

	value = palloc0(method->size);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		if (!read_field(&text, f, value))
			return NULL;
		n_fields++;
	}
	if (list_length(text.members) != n_fields + N_HEADER_KEYS)
	{
		refuse_text(&text.reader,
		            "There are fields that a %s does not have.",
		            method->title);
		return NULL;
	}
	if (!segment_accept(&env,
	                    seg_image_validate(&env, method, value),
	                    escontext))
		return NULL;
	model = model_make_soft(method, value, NULL, escontext);
	if (model == NULL || !check_fingerprint(&text, method, model))
		return NULL;
	return model;
}
