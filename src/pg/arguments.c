/*-------------------------------------------------------------------------
 *
 * arguments.c
 *	  Arguments of aggregates and of functions that score a row.
 *
 * src/pg/arguments.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "nodes/primnodes.h"
#include "utils/array.h"

#include "base/options.h"
#include "pg/arguments.h"

void
argument_missing(const FeatureVectorView *view, const char *method,
                 const SegTexts *names, bool could_fill)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int at = 0;

	env.features = names;
	while (!isnan(view->x[at]))
		at++;
	segment_check(&env,
	              seg_fail(&env,
	                       could_fill ? SEG_MISSING_FILLED : SEG_MISSING,
	                       method,
	                       at + 1,
	                       0));
	pg_unreachable();
}

void
argument_bad_weight(double weight)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_WEIGHT, "weight", weight, 0));
	pg_unreachable();
}

void
argument_bad_dim(int dim, int expected)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_DIM, "vectors", dim, expected));
	pg_unreachable();
}

void
argument_changed(const char *what)
{
	segment_changed(what, "Use GROUP BY to train one model for each value.");
}

void
argument_refuse_null(FunctionCallInfo fcinfo, int argno, const char *what)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null", what));
}

bool
argument_is_constant(FunctionCallInfo fcinfo, int argno)
{
	Aggref *aggref = AggGetAggref(fcinfo);
	Expr *expr;

	if (aggref == NULL || argno > list_length(aggref->args))
		return false; /* a window function, for example */
	/* argument 0 is the state, which an Aggref does not list */
	expr = list_nth_node(TargetEntry, aggref->args, argno - 1)->expr;
	return IsA(expr, Const) ||
	       (IsA(expr, Param) && ((Param *) expr)->paramkind == PARAM_EXTERN);
}

/*
 * Required scalar arguments. Whole numbers are declared as bigint, which count(*)
 * and drivers send, and which takes an int too.
 */
int32
argument_int32(FunctionCallInfo fcinfo, int argno, const char *what)
{
	int64 number;

	argument_refuse_null(fcinfo, argno, what);
	number = PG_GETARG_INT64(argno);
	if (number < PG_INT32_MIN || number > PG_INT32_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("%s is out of range: " INT64_FORMAT, what, number));
	return (int32) number;
}

double
argument_float8(FunctionCallInfo fcinfo, int argno, const char *what)
{
	argument_refuse_null(fcinfo, argno, what);
	return PG_GETARG_FLOAT8(argno);
}

/*
 * Names of the elements of a vector in an argument feature_names; NULL: there are
 * none.
 */
Datum *
argument_feature_names(FunctionCallInfo fcinfo, int argno, int64 dim)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Datum *names;
	bool *nulls;
	int n;

	if (PG_ARGISNULL(argno))
		return NULL;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(argno),
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &names,
	                  &nulls,
	                  &n);
	if (n != dim)
		segment_check(&env,
		              seg_option_bad_size(&env,
		                                  "feature_names",
		                                  "names",
		                                  n,
		                                  dim));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("feature_names must not contain NULL"));
	}
	return names;
}
