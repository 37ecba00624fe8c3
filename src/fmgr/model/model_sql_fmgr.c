/*-------------------------------------------------------------------------
 *
 * model_sql_fmgr.c
 *	  SQL face of models as SQL expressions: model_sql.
 *
 * What a method does for it is in its SegExpressible.
 *
 * src/fmgr/model/model_sql_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/expression.h"
#include "pg/model.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_model_sql);

static int64
print_shortest(double x, char *digits)
{
	char shortest[DOUBLE_SHORTEST_DECIMAL_LEN];
	int n = double_to_shortest_decimal_bufn(x, shortest);

	memcpy(digits, shortest, n);
	return n;
}

static SegText
quoted_name(const char *name)
{
	const char *quoted = quote_identifier(name);

	return (SegText){quoted, (int64_t) strlen(quoted)};
}

/*
 * The columns in an argument.
 */
static SegText *
columns_argument(FunctionCallInfo fcinfo, int argno, int64 wanted)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	SegText *columns = palloc(Max(wanted, 1) * sizeof(SegText));
	Datum *names;
	bool *nulls;
	int n;

	deconstruct_array(array, TEXTOID, -1, false, 'i', &names, &nulls, &n);
	if (n != wanted)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("columns do not fit the model"),
		        errdetail_plural("The model takes " INT64_FORMAT
		                         " column, not %d.",
		                         "The model takes " INT64_FORMAT
		                         " columns, not %d.",
		                         (unsigned long) wanted,
		                         wanted,
		                         n));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s must not have a null", "columns"));
		columns[i] = quoted_name(TextDatumGetCString(names[i]));
	}
	return columns;
}

/*
 * The names that the model has for its elements.
 */
static SegText *
columns_of_names(const SegMethod *method, const void *model, int64 wanted)
{
	const SegTexts *names = model_feature_names(method, model);
	SegText *columns = palloc(Max(wanted, 1) * sizeof(SegText));

	if (names == NULL || names->count != wanted)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("the model has no names for its columns"),
		        errhint_plural("Give the name of " INT64_FORMAT
		                       " column in the argument columns.",
		                       "Give the names of " INT64_FORMAT
		                       " columns in the argument columns.",
		                       (unsigned long) wanted,
		                       wanted));
	for (int64 i = 0; i < wanted; i++)
	{
		SegText name = seg_texts_get(names, i);

		columns[i] = quoted_name(pnstrdup(name.bytes, name.length));
	}
	return columns;
}

/*
 * Columns that a model takes: its elements, if its method says nothing else.
 */
static int64
columns_wanted(const SegMethod *method, const void *model)
{
	const SegField *f = method->fields;

	if (method->expressible->columns != NULL)
		return method->expressible->columns(model);
	while (strcmp(f->name, "dim") != 0)
		f++;
	return *(const int64 *) ((const char *) model + f->offset);
}

/*
 * Write it, or count its bytes.
 */
static void
write_expression(const SegMethod *method, const void *model, SegExpression *e)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	e->length = 0;
	seg_express(e, "(");
	segment_check(&env, method->expressible->write(&env, model, e));
	seg_express(e, ")");
	segment_check(&env, seg_express_check_size(&env, e));
}

/*
 * (model [, columns])
 */
Datum
segment_model_sql(PG_FUNCTION_ARGS)
{
	const ModelValue *value = PG_GETARG_MODEL_P(0);
	const SegMethod *method = model_method(value);
	const void *model = model_open_value(value, method);
	SegEnv env = segment_env(CurrentMemoryContext);
	SegExpression e = {.print = print_shortest};
	int64 wanted;

	if (method->expressible == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("a %s cannot be written as an SQL expression",
		               method->title));
	e.preparation = model_preparation(method, model);
	if (e.preparation != NULL && e.preparation->power != SEG_PREPARED_PLAIN)
		segment_check(&env, seg_express_refuse_power(&env));
	wanted = columns_wanted(method, model);
	e.columns = PG_NARGS() > 1 ? columns_argument(fcinfo, 1, wanted)
	                           : columns_of_names(method, model, wanted);
	write_expression(method, model, &e);
	e.text = palloc(e.length);
	write_expression(method, model, &e);
	return result_text((SegText){e.text, (int64_t) e.length});
}
