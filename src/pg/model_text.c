/*-------------------------------------------------------------------------
 *
 * model_text.c
 *	  Models and summaries to and from JSON text, driven by their table of
 *	  fields.
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
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/missing.h"
#include "pg/encoding.h"
#include "pg/model.h"

/* Keys before a method's own fields: method, format, fingerprint. */
#define N_HEADER_KEYS 3

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

		appendBinaryStringInfo(&bytes, text.bytes, (int) text.length);
		ends[i] = bytes.len;
	}
	return (SegTexts){ends, bytes.data, texts->count};
}

/*
 * The fingerprint of the value with all its texts in UTF-8: the text form may
 * be read in a database of another encoding.
 */
static uint64
portable_fingerprint(const SegMethod *method, const ModelValue *model)
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
	                 (unsigned long long) portable_fingerprint(method, model));
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
	}
	appendStringInfoChar(&out, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(out.data));
}

/* ---------- reading ---------- */

pg_noreturn static void
bad_text(const char *detail, const char *name)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("invalid input syntax for type segment_model or "
	               "segment_summary"),
	        errdetail(detail, name));
}

static JsonbValue *
find_key(Jsonb *json, const char *key)
{
	JsonbValue *v =
		getKeyJsonValueFromContainer(&json->root, key, (int) strlen(key), NULL);

	if (v == NULL)
		bad_text("Field \"%s\" is missing.", key);
	return v;
}

static bool
numeric_is_whole(Datum number)
{
	return DatumGetBool(
		DirectFunctionCall2(numeric_eq,
	                        number,
	                        DirectFunctionCall1(numeric_floor, number)));
}

static void
read_number(const SegField *f, const JsonbValue *v, void *numbers, int64 i)
{
	Datum number;

	if (f->type == SEG_FIELD_BOOL)
	{
		if (v->type != jbvBool)
			bad_text("Field \"%s\" must be true or false.", f->name);
		((int64_t *) numbers)[i] = v->val.boolean;
		return;
	}
	if (f->type == SEG_FIELD_OPTIONAL && v->type == jbvNull)
	{
		((double *) numbers)[i] = seg_missing();
		return;
	}
	if (v->type != jbvNumeric)
		bad_text("Field \"%s\" must hold numbers.", f->name);
	number = NumericGetDatum(v->val.numeric);
	if ((f->type == SEG_FIELD_INT || f->type == SEG_FIELD_INT32) &&
	    !numeric_is_whole(number))
		bad_text("Field \"%s\" must hold whole numbers.", f->name);
	if (f->type == SEG_FIELD_INT)
		((int64_t *) numbers)[i] =
			DatumGetInt64(DirectFunctionCall1(numeric_int8, number));
	else if (f->type == SEG_FIELD_INT32)
		((int32_t *) numbers)[i] =
			DatumGetInt32(DirectFunctionCall1(numeric_int4, number));
	else
		((double *) numbers)[i] =
			DatumGetFloat8(DirectFunctionCall1(numeric_float8, number));
}

/*
 * Check that a list is as long as its count says, before the count decides how
 * much memory to take.
 */
static void
check_list(const SegField *f, const JsonbValue *list, int64 length)
{
	if (list->type != jbvBinary || !JsonContainerIsArray(list->val.binary.data))
		bad_text("Field \"%s\" must be an array.", f->name);
	if (JsonContainerSize(list->val.binary.data) != length)
		bad_text("Field \"%s\" has the wrong shape.", f->name);
}

/*
 * The numbers of a list or list of lists, whose shape must match the counts.
 */
static void *
read_numbers(const SegField *f, const JsonbValue *list, const void *value)
{
	int64 count = seg_field_count(f, value);
	int64 cols = f->cols == SEG_NO_COUNT
	                 ? -1
	                 : *(const int64_t *) ((const char *) value + f->cols);
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue v;
	void *numbers;
	int64 n = 0;
	int depth = 0;

	/* rows of no columns are not written */
	check_list(f,
	           list,
	           count <= 0
	               ? count
	               : *(const int64_t *) ((const char *) value + f->rows));
	numbers = MemoryContextAllocHuge(CurrentMemoryContext,
	                                 Max(count, 1) * seg_field_width(f));
	it = JsonbIteratorInit(list->val.binary.data);
	while ((token = JsonbIteratorNext(&it, &v, false)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_ARRAY)
		{
			depth++;
			if (depth == 2 && v.val.array.nElems != cols)
				bad_text("Field \"%s\" has the wrong shape.", f->name);
		}
		else if (token == WJB_END_ARRAY)
			depth--;
		else if (token != WJB_ELEM || n >= count || depth != (cols < 0 ? 1 : 2))
			bad_text("Field \"%s\" has the wrong shape.", f->name);
		else
			read_number(f, &v, numbers, n++);
	}
	if (n != count)
		bad_text("Field \"%s\" has the wrong shape.", f->name);
	return numbers;
}

static void
read_texts(const SegField *f, const JsonbValue *list, const void *value,
           SegTexts *texts)
{
	int64 count = seg_field_count(f, value);
	int64_t *ends;
	StringInfoData bytes;
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue v;
	SegText text;
	int64 n = 0;

	check_list(f, list, count);
	ends = palloc(Max(count, 1) * sizeof(int64_t));
	initStringInfo(&bytes);
	it = JsonbIteratorInit(list->val.binary.data);
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_ARRAY || token == WJB_END_ARRAY)
			continue;
		if (token != WJB_ELEM || v.type != jbvString || n >= count)
			bad_text("Field \"%s\" has the wrong shape.", f->name);
		text = (SegText){v.val.string.val, v.val.string.len};
		if (seg_field_is_ids(f))
			text = text_to_utf8(text);
		appendBinaryStringInfo(&bytes, text.bytes, (int) text.length);
		ends[n++] = bytes.len;
	}
	if (n != count)
		bad_text("Field \"%s\" has the wrong shape.", f->name);
	*texts = (SegTexts){ends, bytes.data, count};
}

static SegText
read_text(const SegField *f, JsonbValue *v)
{
	if (f->type == SEG_FIELD_JSON)
	{
		char *text = JsonbToCString(NULL, &JsonbValueToJsonb(v)->root, 0);

		return (SegText){text, (int64_t) strlen(text)};
	}
	if (v->type != jbvString)
		bad_text("Field \"%s\" must be a string.", f->name);
	return (SegText){pnstrdup(v->val.string.val, v->val.string.len),
	                 v->val.string.len};
}

static void
read_field(const SegField *f, JsonbValue *v, void *value)
{
	void *member = (char *) value + f->offset;

	if (f->type == SEG_FIELD_TEXTS)
		read_texts(f, v, value, member);
	else if (f->type == SEG_FIELD_TEXT || f->type == SEG_FIELD_JSON)
		*(SegText *) member = read_text(f, v);
	else if (is_array(f))
		*(void **) member = read_numbers(f, v, value);
	else
		read_number(f, v, member, 0);
}

static const SegMethod *
read_method(Jsonb *json, bool is_summary)
{
	JsonbValue *name = find_key(json, "method");
	const SegMethod *method = NULL;

	if (name->type == jbvString)
		method = model_method_by_name(
			pnstrdup(name->val.string.val, name->val.string.len));
	if (method == NULL || method->is_summary != is_summary)
		bad_text("Field \"%s\" does not name a method of this type.", "method");
	return method;
}

/*
 * The fingerprint of a value made elsewhere may be null or zeros, but the field
 * must be there; a wrong one is a sign of damage.
 */
static void
check_fingerprint(const SegMethod *method, Jsonb *json, uint64 actual)
{
	JsonbValue *v = find_key(json, "fingerprint");
	char digits[32];

	snprintf(digits, sizeof(digits), "%016llx", (unsigned long long) actual);
	if (v->type == jbvNull)
		return;
	if (v->type != jbvString || v->val.string.len != 16 ||
	    (memcmp(v->val.string.val, digits, 16) != 0 &&
	     memcmp(v->val.string.val, "0000000000000000", 16) != 0))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("%s is corrupted", method->title),
		        errdetail("Its content does not match its fingerprint."));
}

/*
 * A value is a JSON object. Anything else is most likely the name under which a
 * model is stored.
 */
static Jsonb *
read_object(const char *text)
{
	if (text[strspn(text, " \t\n\r")] != '{')
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
		        errmsg("invalid input syntax for type segment_model or "
		               "segment_summary"),
		        errdetail("A JSON object was expected."),
		        errhint("To use a stored value by its name, read it with a "
		                "subquery: (SELECT model FROM models WHERE name = "
		                "'value')."));
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(text)));
}

ModelValue *
model_from_text(const char *text, bool is_summary)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Jsonb *json = read_object(text);
	const SegMethod *method;
	JsonbValue *format;
	ModelValue *model;
	void *value;
	int n_fields = 0;
	int64_t number;

	method = read_method(json, is_summary);
	format = find_key(json, "format");
	read_number(&(SegField){.name = "format", .type = SEG_FIELD_INT},
	            format,
	            &number,
	            0);
	if (number < 1 || number > method->format)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("%s has format " INT64_FORMAT
		               ", this version reads up to %u",
		               method->title,
		               number,
		               method->format),
		        errhint("Update the extension's library."));

	value = palloc0(method->size);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		read_field(f, find_key(json, f->name), value);
		n_fields++;
	}
	if (JB_ROOT_COUNT(json) != (uint32) (n_fields + N_HEADER_KEYS))
		bad_text("There are fields that a %s does not have.", method->title);
	segment_check(&env, seg_image_validate(&env, method, value));
	model = model_make(method, value, NULL);
	check_fingerprint(method, json, portable_fingerprint(method, model));
	return model;
}
