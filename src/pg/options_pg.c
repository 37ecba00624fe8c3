/*-------------------------------------------------------------------------
 *
 * options_pg.c
 *	  A method's options from jsonb, and back as the text that a model stores.
 *
 * Everything is allocated in the current context, and what is read stays valid
 * without the jsonb.
 *
 * src/pg/options_pg.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "pg/options_pg.h"

static double
numeric_to_double(Numeric number)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
	                                          NumericGetDatum(number)));
}

/*
 * [[1, 2], [3, 4]]: rows of equal length, at least one of each.
 */
static void
set_matrix(SegEnv *env, const SegOption *option, const JsonbValue *v,
           SegMatrix *matrix)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue e;
	double *x = NULL;
	int64 n = 0;
	int depth = 0;

	if (v->type != jbvBinary)
		segment_check(env, seg_option_mistyped(env, option));
	it = JsonbIteratorInit(v->val.binary.data);
	while ((token = JsonbIteratorNext(&it, &e, false)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_ARRAY && ++depth == 1)
			matrix->rows = e.val.array.nElems;
		else if (token == WJB_BEGIN_ARRAY && depth == 2 &&
		         (x == NULL || e.val.array.nElems == matrix->cols) &&
		         e.val.array.nElems > 0)
		{
			matrix->cols = e.val.array.nElems;
			if (x == NULL)
				x = MemoryContextAllocHuge(CurrentMemoryContext,
				                           matrix->rows * matrix->cols *
				                               sizeof(double));
		}
		else if (token == WJB_END_ARRAY)
			depth--;
		else if (token == WJB_ELEM && depth == 2 && e.type == jbvNumeric &&
		         isfinite(numeric_to_double(e.val.numeric)))
			x[n++] = numeric_to_double(e.val.numeric);
		else
			segment_check(env, seg_option_mistyped(env, option));
	}
	if (x == NULL || n != matrix->rows * matrix->cols)
		segment_check(env, seg_option_mistyped(env, option));
	matrix->x = x;
}

/* A copy that stays without the jsonb. */
static SegText
jsonb_text(const JsonbValue *v)
{
	return (SegText){pnstrdup(v->val.string.val, v->val.string.len),
	                 v->val.string.len};
}

static void
set_texts(SegEnv *env, const SegOption *option, const JsonbValue *v,
          SegTexts *texts)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue e;
	StringInfoData bytes;
	int64_t *ends = NULL;

	if (v->type != jbvBinary)
		segment_check(env, seg_option_mistyped(env, option));
	initStringInfo(&bytes);
	texts->count = 0;
	it = JsonbIteratorInit(v->val.binary.data);
	while ((token = JsonbIteratorNext(&it, &e, true)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_ARRAY)
			ends = palloc(Max(e.val.array.nElems, 1) * sizeof(int64_t));
		else if (token == WJB_ELEM && ends != NULL && e.type == jbvString)
		{
			appendBinaryStringInfo(&bytes, e.val.string.val, e.val.string.len);
			ends[texts->count++] = bytes.len;
		}
		else if (token != WJB_END_ARRAY)
			segment_check(env, seg_option_mistyped(env, option));
	}
	texts->ends = ends;
	texts->bytes = bytes.data;
}

/*
 * {"a": 1, "b": 2}
 */
static void
set_numbers(SegEnv *env, const SegOption *option, const JsonbValue *v,
            SegNamedNumbers *result)
{
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue e;
	StringInfoData bytes;
	int64_t *ends = NULL;
	double *numbers = NULL;
	int64 n = 0;

	if (v->type != jbvBinary)
		segment_check(env, seg_option_mistyped(env, option));
	initStringInfo(&bytes);
	it = JsonbIteratorInit(v->val.binary.data);
	while ((token = JsonbIteratorNext(&it, &e, true)) != WJB_DONE)
	{
		if (token == WJB_BEGIN_OBJECT)
		{
			ends = palloc(Max(e.val.object.nPairs, 1) * sizeof(int64_t));
			numbers = palloc(Max(e.val.object.nPairs, 1) * sizeof(double));
		}
		else if (token == WJB_KEY)
		{
			appendBinaryStringInfo(&bytes, e.val.string.val, e.val.string.len);
			ends[n] = bytes.len;
		}
		else if (token == WJB_VALUE && e.type == jbvNumeric)
		{
			numbers[n] = numeric_to_double(e.val.numeric);
			segment_check(env,
			              seg_option_check_number(env, option, numbers[n]));
			n++;
		}
		else if (token != WJB_END_OBJECT)
			segment_check(env, seg_option_mistyped(env, option));
	}
	*result = (SegNamedNumbers){{ends, bytes.data, n}, numbers};
}

/*
 * The container of the names in the option "feature_names" of an object; NULL: it
 * has none.
 */
static JsonbContainer *
names_in(Jsonb *json)
{
	static const char key[] = "feature_names";
	JsonbValue room;
	JsonbValue *names =
		getKeyJsonValueFromContainer(&json->root, key, sizeof(key) - 1, &room);

	if (names != NULL && names->type == jbvBinary &&
	    JsonContainerIsArray(names->val.binary.data) &&
	    JsonContainerSize(names->val.binary.data) > 0)
		return names->val.binary.data;
	return NULL;
}

/*
 * The name of an element; empty if there is a number in its place.
 */
static SegText
name_in(JsonbContainer *names, uint32 i)
{
	JsonbValue *name = getIthJsonbValueFromContainer(names, i);

	if (name->type != jbvString)
		return (SegText){"", 0};
	return (SegText){name->val.string.val, name->val.string.len};
}

pg_noreturn static void
refuse_feature(SegEnv *env, const SegOption *option, SegText seen,
               JsonbContainer *names)
{
	uint32 count = names != NULL ? JsonContainerSize(names) : 0;
	StringInfoData list;

	initStringInfo(&list);
	for (uint32 i = 0; i < count; i++)
	{
		if (!segment_list_name(&list, name_in(names, i), i, count))
			break;
	}
	segment_check(env,
	              seg_fail_facts(env,
	                             SEG_OPTION_FEATURE,
	                             (SegDiag){.what = option->name,
	                                       .seen = pnstrdup(seen.bytes,
	                                                        seen.length),
	                                       .options =
	                                           count > 0 ? list.data : NULL}));
	pg_unreachable();
}

/*
 * An element by its name.
 */
static void
set_named_element(SegEnv *env, const SegOption *option, const JsonbValue *v,
                  Jsonb *json, void *params)
{
	SegText wanted = {v->val.string.val, v->val.string.len};
	JsonbContainer *names = names_in(json);
	uint32 count = names != NULL ? JsonContainerSize(names) : 0;

	for (uint32 i = 0; i < count; i++)
	{
		SegText name = name_in(names, i);

		if (seg_text_compare(name, wanted) == 0)
		{
			segment_check(env,
			              seg_option_set_number(env, option, params, i + 1));
			return;
		}
	}
	refuse_feature(env, option, wanted, names);
}

static void
set_option(SegEnv *env, const SegOption *option, const JsonbValue *v,
           Jsonb *json, void *params)
{
	void *member = (char *) params + option->offset;

	if (option->type == SEG_OPTION_ELEMENT && v->type == jbvString)
		set_named_element(env, option, v, json, params);
	else if (option->type == SEG_OPTION_MATRIX)
		set_matrix(env, option, v, member);
	else if (option->type == SEG_OPTION_TEXTS)
		set_texts(env, option, v, member);
	else if (option->type == SEG_OPTION_NUMBERS)
		set_numbers(env, option, v, member);
	else if (v->type == jbvNumeric)
		segment_check(env,
		              seg_option_set_number(env,
		                                    option,
		                                    params,
		                                    numeric_to_double(v->val.numeric)));
	else if (v->type == jbvBool)
		segment_check(env,
		              seg_option_set_bool(env, option, params, v->val.boolean));
	else if (v->type == jbvString && option->type == SEG_OPTION_TEXT)
		segment_check(env,
		              seg_option_set_text(env, option, params, jsonb_text(v)));
	else if (v->type == jbvString)
		segment_check(env,
		              seg_option_set_word(env,
		                                  option,
		                                  params,
		                                  pnstrdup(v->val.string.val,
		                                           v->val.string.len)));
	else
		segment_check(env, seg_option_mistyped(env, option));
}

int
options_word(const SegOption *option, Datum datum)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Jsonb *json = DatumGetJsonbP(datum);
	char *params = palloc0(option->offset + sizeof(int));
	JsonbValue room;
	JsonbValue *v = NULL;

	*(int *) (params + option->offset) = (int) option->initial;
	if (JB_ROOT_IS_OBJECT(json))
		v = getKeyJsonValueFromContainer(&json->root,
		                                 option->name,
		                                 (int) strlen(option->name),
		                                 &room);
	if (v != NULL)
		set_option(&env, option, v, json, params);
	return *(int *) (params + option->offset);
}

void
options_each_key(Datum datum, void (*visit)(const char *key, const void *arg),
                 const void *arg)
{
	Jsonb *json = DatumGetJsonbP(datum);
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue v;

	if (!JB_ROOT_IS_OBJECT(json))
		return;
	it = JsonbIteratorInit(&json->root);
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		if (token == WJB_KEY)
			visit(pnstrdup(v.val.string.val, v.val.string.len), arg);
	}
}

/*
 * Fill in a method's parameters from a jsonb object over the defaults.
 */
void
options_from_jsonb(const SegOption *table, Datum datum, void *params)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Jsonb *json = DatumGetJsonbP(datum);
	JsonbIterator *it;
	JsonbIteratorToken token;
	JsonbValue v;

	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("options must be a JSON object"));
	it = JsonbIteratorInit(&json->root);
	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		const SegOption *option;

		if (token != WJB_KEY)
			continue;
		segment_check(&env,
		              seg_option_find(&env,
		                              table,
		                              pnstrdup(v.val.string.val,
		                                       v.val.string.len),
		                              &option));
		(void) JsonbIteratorNext(&it, &v, true);
		set_option(&env, option, &v, json, params);
	}
}

static void
append_matrix(StringInfo out, const SegMatrix *matrix)
{
	for (int64 i = 0; i < matrix->rows * matrix->cols; i++)
	{
		char shortest[DOUBLE_SHORTEST_DECIMAL_LEN];

		double_to_shortest_decimal_buf(matrix->x[i], shortest);
		appendStringInfo(out,
		                 "%s%s",
		                 i == 0                  ? "[["
		                 : i % matrix->cols == 0 ? "],["
		                                         : ",",
		                 shortest);
	}
	appendStringInfoString(out, "]]");
}

static void
append_names(StringInfo out, const SegTexts *texts)
{
	appendStringInfoChar(out, '[');
	for (int64 i = 0; i < texts->count; i++)
	{
		SegText text = seg_texts_get(texts, i);

		if (i > 0)
			appendStringInfoChar(out, ',');
		escape_json(out, pnstrdup(text.bytes, text.length));
	}
	appendStringInfoChar(out, ']');
}

static void
append_named_numbers(StringInfo out, const SegNamedNumbers *all)
{
	for (int64 i = 0; i < all->names.count; i++)
	{
		char shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
		SegText name = seg_texts_get(&all->names, i);

		double_to_shortest_decimal_buf(all->numbers[i], shortest);
		appendStringInfoChar(out, i == 0 ? '{' : ',');
		escape_json(out, pnstrdup(name.bytes, name.length));
		appendStringInfo(out, ":%s", shortest);
	}
	appendStringInfoChar(out, '}');
}

static void
append_value(StringInfo out, const SegOption *option, const void *member)
{
	char shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
	SegText text;

	switch (option->type)
	{
		case SEG_OPTION_INT:
		case SEG_OPTION_ELEMENT:
			appendStringInfo(out, INT64_FORMAT, *(const int64_t *) member);
			break;
		case SEG_OPTION_REAL:
			double_to_shortest_decimal_buf(*(const double *) member, shortest);
			appendStringInfoString(out, shortest);
			break;
		case SEG_OPTION_BOOL:
			appendStringInfoString(out,
			                       *(const bool *) member ? "true" : "false");
			break;
		case SEG_OPTION_ENUM:
			escape_json(out, option->words[*(const int *) member]);
			break;
		case SEG_OPTION_MATRIX:
			append_matrix(out, member);
			break;
		case SEG_OPTION_TEXT:
			text = *(const SegText *) member;
			escape_json(out, pnstrdup(text.bytes, text.length));
			break;
		case SEG_OPTION_TEXTS:
			append_names(out, member);
			break;
		case SEG_OPTION_NUMBERS:
			append_named_numbers(out, member);
			break;
	}
}

static bool
is_given(const SegOption *option, const void *member)
{
	if (option->type == SEG_OPTION_MATRIX)
		return ((const SegMatrix *) member)->x != NULL;
	if (option->type == SEG_OPTION_TEXT)
		return ((const SegText *) member)->length > 0;
	if (option->type == SEG_OPTION_TEXTS)
		return ((const SegTexts *) member)->count > 0;
	if (option->type == SEG_OPTION_NUMBERS)
		return ((const SegNamedNumbers *) member)->names.count > 0;
	/* NaN as a default means that there is none */
	return option->type != SEG_OPTION_REAL || !isnan(*(const double *) member);
}

/*
 * The effective options as jsonb prints them, so that they survive a round trip
 * byte for byte.
 */
SegText
options_to_text(const SegOption *table, const void *params)
{
	StringInfoData out;
	const char *separator = "{";
	Jsonb *json;
	char *text;

	initStringInfo(&out);
	for (const SegOption *o = table; o->name != NULL; o++)
	{
		const void *member = (const char *) params + o->offset;

		if (!is_given(o, member))
			continue;
		appendStringInfo(&out, "%s\"%s\":", separator, o->name);
		append_value(&out, o, member);
		separator = ",";
	}
	appendStringInfoString(&out, *separator == '{' ? "{}" : "}");
	json = DatumGetJsonbP(
		DirectFunctionCall1(jsonb_in, CStringGetDatum(out.data)));
	text = JsonbToCString(NULL, &json->root, VARSIZE(json));
	return (SegText){text, (int64_t) strlen(text)};
}
