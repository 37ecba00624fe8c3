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

#include "pg/arguments.h"

void
argument_missing(const FeatureVectorView *view, const char *method)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int at = 0;

	while (!isnan(view->x[at]))
		at++;
	segment_check(&env, seg_fail(&env, SEG_MISSING, method, at + 1, 0));
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

/*
 * Required scalar arguments.
 */
int32
argument_int32(FunctionCallInfo fcinfo, int argno, const char *what)
{
	argument_refuse_null(fcinfo, argno, what);
	return PG_GETARG_INT32(argno);
}

double
argument_float8(FunctionCallInfo fcinfo, int argno, const char *what)
{
	argument_refuse_null(fcinfo, argno, what);
	return PG_GETARG_FLOAT8(argno);
}
