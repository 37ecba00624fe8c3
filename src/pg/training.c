/*-------------------------------------------------------------------------
 *
 * training.c
 *	  Arguments of aggregates and of functions that score a row.
 *
 * src/pg/training.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "pg/training.h"

void
training_missing(const FeatureVectorView *view, const char *method)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int at = 0;

	while (!isnan(view->x[at]))
		at++;
	segment_check(&env, seg_fail(&env, SEG_MISSING, method, at + 1, 0));
	pg_unreachable();
}

void
training_bad_weight(double weight)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_WEIGHT, "weight", weight, 0));
	pg_unreachable();
}

void
training_bad_dim(int dim, int expected)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_DIM, "vectors", dim, expected));
	pg_unreachable();
}

void
training_changed(const char *what)
{
	segment_changed(what, "Use GROUP BY to train one model for each value.");
}

void
training_refuse_null(FunctionCallInfo fcinfo, int argno, const char *what)
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
training_int32(FunctionCallInfo fcinfo, int argno, const char *what)
{
	training_refuse_null(fcinfo, argno, what);
	return PG_GETARG_INT32(argno);
}

double
training_float8(FunctionCallInfo fcinfo, int argno, const char *what)
{
	training_refuse_null(fcinfo, argno, what);
	return PG_GETARG_FLOAT8(argno);
}

/*
 * Begin a final function.  It leaves the rows as they are, as a set.
 */
TrainingWork
training_begin(const TrainingRows *training)
{
	TrainingWork work;

	work.context = AllocSetContextCreate(CurrentMemoryContext,
	                                     "segment training",
	                                     ALLOCSET_DEFAULT_SIZES);
	work.outside = MemoryContextSwitchTo(work.context);
	work.env = segment_env(work.context);
	work.rows = rowstore_open(training->store);
	return work;
}

void
training_end(TrainingWork *work)
{
	rowstore_close(work->rows);
	MemoryContextSwitchTo(work->outside);
	MemoryContextDelete(work->context);
}
