/*-------------------------------------------------------------------------
 *
 * model_jsonb.c
 *	  Models and summaries to jsonb, driven by their table of fields.
 *
 * Built piece by piece, as the server's reader of jsonb does not look for
 * cancel.
 *
 * src/pg/model_jsonb.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "pg/encoding.h"
#include "pg/model.h"

static JsonbValue
string_value(SegText text)
{
	JsonbValue v = {.type = jbvString};

	v.val.string.val = unconstify(char *, text.bytes);
	v.val.string.len = (int) text.length;
	return v;
}

static JsonbValue
integer_value(int64 number)
{
	JsonbValue v = {.type = jbvNumeric};

	v.val.numeric = int64_to_numeric(number);
	return v;
}

/*
 * The shortest number that reads back to the same bits, as in the text.
 */
static JsonbValue
real_value(double x)
{
	char digits[DOUBLE_SHORTEST_DECIMAL_LEN];
	JsonbValue v = {.type = jbvNumeric};

	double_to_shortest_decimal_buf(x, digits);
	v.val.numeric =
		DatumGetNumeric(DirectFunctionCall3(numeric_in,
	                                        CStringGetDatum(digits),
	                                        ObjectIdGetDatum(InvalidOid),
	                                        Int32GetDatum(-1)));
	return v;
}

static JsonbValue
number_value(const SegField *f, const void *numbers, int64 i)
{
	JsonbValue v = {.type = jbvNull};

	if (f->type == SEG_FIELD_BOOL)
	{
		v.type = jbvBool;
		v.val.boolean = ((const int64_t *) numbers)[i] != 0;
	}
	else if (f->type == SEG_FIELD_INT)
		v = integer_value(((const int64_t *) numbers)[i]);
	else if (f->type == SEG_FIELD_INT32)
		v = integer_value(((const int32_t *) numbers)[i]);
	else if (!isnan(((const double *) numbers)[i]))
		v = real_value(((const double *) numbers)[i]);
	return v;
}

static void
push_numbers(JsonbInState *out, const SegField *f, const void *value)
{
	const void *numbers =
		*(const void *const *) ((const char *) value + f->offset);
	int64 count = seg_field_count(f, value);
	int64 cols = f->cols == SEG_NO_COUNT
	                 ? 0
	                 : *(const int64_t *) ((const char *) value + f->cols);

	push_jsonb(out, WJB_BEGIN_ARRAY, NULL);
	for (int64 i = 0; i < count; i++)
	{
		JsonbValue v = number_value(f, numbers, i);

		CHECK_FOR_INTERRUPTS();
		if (cols > 0 && i % cols == 0)
			push_jsonb(out, WJB_BEGIN_ARRAY, NULL);
		push_jsonb(out, WJB_ELEM, &v);
		if (cols > 0 && i % cols == cols - 1)
			push_jsonb(out, WJB_END_ARRAY, NULL);
	}
	push_jsonb(out, WJB_END_ARRAY, NULL);
}

static void
push_texts(JsonbInState *out, const SegField *f, const SegTexts *texts)
{
	push_jsonb(out, WJB_BEGIN_ARRAY, NULL);
	for (int64 i = 0; i < texts->count; i++)
	{
		SegText text = seg_texts_get(texts, i);
		JsonbValue v;

		CHECK_FOR_INTERRUPTS();
		if (seg_field_is_ids(f))
			text = text_from_utf8(text);
		v = string_value(text);
		push_jsonb(out, WJB_ELEM, &v);
	}
	push_jsonb(out, WJB_END_ARRAY, NULL);
}

/*
 * A text that holds JSON, as jsonb prints it.
 */
static void
push_json(JsonbInState *out, const SegText *text)
{
	char *json = pnstrdup(text->bytes, text->length);
	JsonbValue v;

	JsonbToJsonbValue(DatumGetJsonbP(
						  DirectFunctionCall1(jsonb_in, CStringGetDatum(json))),
	                  &v);
	push_jsonb(out, WJB_VALUE, &v);
}

static void
push_member(JsonbInState *out, const char *key, JsonbValue v)
{
	JsonbValue k = string_value((SegText){key, (int64_t) strlen(key)});

	push_jsonb(out, WJB_KEY, &k);
	push_jsonb(out, WJB_VALUE, &v);
}

static void
push_field(JsonbInState *out, const SegField *f, const void *value)
{
	const void *member = (const char *) value + f->offset;
	JsonbValue key =
		string_value((SegText){f->name, (int64_t) strlen(f->name)});

	if (f->type == SEG_FIELD_TEXT)
		push_member(out, f->name, string_value(*(const SegText *) member));
	else if (f->rows == SEG_NO_COUNT && f->type != SEG_FIELD_JSON)
		push_member(out, f->name, number_value(f, member, 0));
	else
	{
		push_jsonb(out, WJB_KEY, &key);
		if (f->type == SEG_FIELD_JSON)
			push_json(out, member);
		else if (f->type == SEG_FIELD_TEXTS)
			push_texts(out, f, member);
		else
			push_numbers(out, f, value);
	}
}

/*
 * What model_to_text() writes, as jsonb.
 */
Datum
model_to_jsonb(const ModelValue *model)
{
	const SegMethod *method = model_method(model);
	const void *value = model_open_value(model, method);
	JsonbInState out = {0};
	char *fingerprint =
		psprintf("%016llx",
	             (unsigned long long) model_portable_fingerprint(method,
	                                                             model));

	push_jsonb(&out, WJB_BEGIN_OBJECT, NULL);
	push_member(&out,
	            "method",
	            string_value(
					(SegText){method->name, (int64_t) strlen(method->name)}));
	push_member(&out, "format", integer_value(model->format));
	push_member(&out, "fingerprint", string_value((SegText){fingerprint, 16}));
	for (const SegField *f = method->fields; f->name != NULL; f++)
		push_field(&out, f, value);
	push_jsonb(&out, WJB_END_OBJECT, NULL);
	return JsonbPGetDatum(JsonbValueToJsonb(out.result));
}
