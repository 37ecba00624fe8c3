/*-------------------------------------------------------------------------
 *
 * model_text.c
 *	  Models and summaries to JSON text, driven by their table of fields.
 *
 * Numbers are printed in the shortest form that reads back to the same bits,
 * whatever extra_float_digits says, so that a dump restores the same model.
 *
 * src/pg/model_text.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"

#include "pg/encoding.h"
#include "pg/model.h"

static void
append_string(StringInfo out, const char *bytes, int64 length)
{
	char *text = pnstrdup(bytes, length);

	escape_json(out, text);
	pfree(text);
}

static void
append_integer(StringInfo out, int64 number)
{
	char digits[MAXINT8LEN + 1];

	appendBinaryStringInfo(out, digits, pg_lltoa(number, digits));
}

static void
append_number(StringInfo out, const SegField *f, const void *numbers, int64 i)
{
	if (f->type == SEG_FIELD_BOOL)
		appendStringInfoString(out,
		                       ((const int64_t *) numbers)[i] != 0 ? "true"
		                                                           : "false");
	else if (f->type == SEG_FIELD_INT)
		append_integer(out, ((const int64_t *) numbers)[i]);
	else if (f->type == SEG_FIELD_INT32)
		append_integer(out, ((const int32_t *) numbers)[i]);
	else if (f->type == SEG_FIELD_OPTIONAL &&
	         isnan(((const double *) numbers)[i]))
		appendStringInfoString(out, "null");
	else
	{
		char shortest[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(((const double *) numbers)[i], shortest);
		appendStringInfoString(out, shortest);
	}
}

/*
 * A list, or a list of lists when the field has two dimensions.
 */
static void
append_numbers(StringInfo out, const SegField *f, const void *value)
{
	const void *numbers =
		*(const void *const *) ((const char *) value + f->offset);
	int64 count = seg_field_count(f, value);
	int64 cols = f->cols == SEG_NO_COUNT
	                 ? count
	                 : *(const int64_t *) ((const char *) value + f->cols);

	appendStringInfoChar(out, '[');
	for (int64 i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (i > 0)
			appendStringInfoString(out, ", ");
		if (f->cols != SEG_NO_COUNT && i % cols == 0)
			appendStringInfoChar(out, '[');
		append_number(out, f, numbers, i);
		if (f->cols != SEG_NO_COUNT && i % cols == cols - 1)
			appendStringInfoChar(out, ']');
	}
	appendStringInfoChar(out, ']');
}

static void
append_texts(StringInfo out, const SegField *f, const SegTexts *texts)
{
	appendStringInfoChar(out, '[');
	for (int64 i = 0; i < texts->count; i++)
	{
		SegText text = seg_texts_get(texts, i);

		CHECK_FOR_INTERRUPTS();
		if (seg_field_is_ids(f))
			text = text_from_utf8(text);
		if (i > 0)
			appendStringInfoString(out, ", ");
		append_string(out, text.bytes, text.length);
	}
	appendStringInfoChar(out, ']');
}

static void
append_field(StringInfo out, const SegField *f, const void *value)
{
	const void *member = (const char *) value + f->offset;

	appendStringInfo(out, ", \"%s\": ", f->name);
	if (f->type == SEG_FIELD_TEXTS)
		append_texts(out, f, member);
	else if (f->type == SEG_FIELD_TEXT || f->type == SEG_FIELD_JSON)
	{
		const SegText *text = member;

		if (f->type == SEG_FIELD_JSON)
			appendBinaryStringInfo(out, text->bytes, (int) text->length);
		else
			append_string(out, text->bytes, text->length);
	}
	else if (f->rows == SEG_NO_COUNT)
		append_number(out, f, member, 0);
	else
		append_numbers(out, f, value);
}

static bool
is_array(const SegField *f)
{
	return f->rows != SEG_NO_COUNT;
}

/* ---------- the fingerprint of a text ---------- */

static SegTexts
texts_to_utf8(const SegTexts *texts)
{
	int64_t *ends = palloc_extended(Max(texts->count, 1) * sizeof(int64_t),
	                                MCXT_ALLOC_HUGE);
	StringInfoData bytes;

	initStringInfo(&bytes);
	for (int64 i = 0; i < texts->count; i++)
	{
		SegText text = text_to_utf8(seg_texts_get(texts, i));

		CHECK_FOR_INTERRUPTS();
		appendBinaryStringInfo(&bytes, text.bytes, (int) text.length);
		ends[i] = bytes.len;
	}
	return (SegTexts){ends, bytes.data, texts->count};
}

/*
 * The fingerprint of the value with all its texts in UTF-8: the text form may
 * be read in a database of another encoding.
 */
uint64
model_portable_fingerprint(const SegMethod *method, const ModelValue *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	void *value;
	void *body;
	size_t size;

	if (model->fingerprint == 0 || encoding_is_kept())
		return model->fingerprint;
	value = model_open_value(model, method);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		void *member = (char *) value + f->offset;

		if (f->type == SEG_FIELD_TEXT || f->type == SEG_FIELD_JSON)
			*(SegText *) member = text_to_utf8(*(SegText *) member);
		else if (f->type == SEG_FIELD_TEXTS && !seg_field_is_ids(f))
			*(SegTexts *) member = texts_to_utf8(member);
	}
	segment_check(&env, seg_image_size(&env, method, value, &size));
	body = segment_alloc(CurrentMemoryContext, size);
	seg_image_write(method, value, body);
	return seg_image_fingerprint(method, body, size);
}

/* ---------- writing ---------- */

char *
model_to_text(const ModelValue *model)
{
	const SegMethod *method = model_method(model);
	const void *value = model_open_value(model, method);
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
	                 "{\"method\": \"%s\", \"format\": %u, \"fingerprint\": "
	                 "\"%016llx\"",
	                 method->name,
	                 model->format,
	                 (unsigned long long) model_portable_fingerprint(method,
	                                                                 model));
	for (const SegField *f = method->fields; f->name != NULL; f++)
		append_field(&out, f, value);
	appendStringInfoChar(&out, '}');
	return out.data;
}

/*
 * The same without the fingerprint, the arrays of numbers and the lists of ids
 * that may be very long: what people want to know about a model.
 */
Datum
model_info_jsonb(const ModelValue *model)
{
	const SegMethod *method = model_method(model);
	const void *value = model_open_value(model, method);
	bool has_options = false;
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
	                 "{\"method\": \"%s\", \"format\": %u",
	                 method->name,
	                 model->format);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		if (!is_array(f) || (f->type == SEG_FIELD_TEXTS && f->max != SEG_MANY))
			append_field(&out, f, value);
		has_options = has_options || strcmp(f->name, "options") == 0;
	}
	/* a method that has no options was trained with none */
	if (!has_options && !method->is_summary)
		appendStringInfoString(&out, ", \"options\": {}");
	appendStringInfoChar(&out, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(out.data));
}
