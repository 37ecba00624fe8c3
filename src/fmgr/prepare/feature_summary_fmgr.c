/*-------------------------------------------------------------------------
 *
 * feature_summary_fmgr.c
 *	  SQL face of feature summaries: the aggregate feature_summary and its
 *	  reader feature_statistics.
 *
 * src/fmgr/prepare/feature_summary_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/prepare/feature_summary.h"
#include "pg/arguments.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_feature_summary_trans);
PG_FUNCTION_INFO_V1(segment_feature_summary_array_trans);
PG_FUNCTION_INFO_V1(segment_feature_summary_final);
PG_FUNCTION_INFO_V1(segment_feature_statistics);

#define METHOD (&seg_feature_summary_method)

/*
 * Transition: the first row that counts fixes the dimension. Adding changes the
 * arrays in place, or replaces them by larger ones.
 */
static Datum
feature_summary_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	SegFeatureSummary value;
	const int64 *counts;

	(void) segment_agg_context(fcinfo); /* we change the first argument */
	if (PG_ARGISNULL(1))
		SEGMENT_RETURN_STATE(state);
	argument_view(PG_GETARG_DATUM(1), type, &view);
	if (state == NULL)
		segment_check(&env, seg_feature_summary_create(&env, view.dim, &value));
	else
		summary_open(state, METHOD, &value);
	if (unlikely(view.dim != value.dim))
		argument_bad_dim(view.dim, (int) value.dim);
	counts = value.counts;
	segment_check(&env, seg_feature_summary_add(&env, &value, view.x));
	if (state == NULL)
		state = summary_make(METHOD, &value);
	else if (value.counts == counts)
		summary_write_slots(state, METHOD, &value);
	else
		state = summary_store(state, METHOD, &value);
	PG_RETURN_POINTER(state);
}

Datum
segment_feature_summary_trans(PG_FUNCTION_ARGS)
{
	return feature_summary_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_feature_summary_array_trans(PG_FUNCTION_ARGS)
{
	return feature_summary_trans(fcinfo, VECTOR_IS_ARRAY);
}

/*
 * Final: the one form that a summary of these rows has.
 */
Datum
segment_feature_summary_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegFeatureSummary value, result;

	summary_open(PG_GETARG_MODEL_P(0), METHOD, &value);
	segment_check(&env, seg_feature_summary_copy(&env, &value, &result));
	PG_RETURN_POINTER(summary_final(summary_make(METHOD, &result)));
}

/*
 * One row per element: position, count, missing, mean, stddev, min, max.
 */
Datum
segment_feature_statistics(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegFeatureSummary stored, value;

	summary_open(PG_GETARG_MODEL_P(0), METHOD, &stored);
	/* a state of the aggregate may have carries left */
	segment_check(&env, seg_feature_summary_copy(&env, &stored, &value));
	result_begin(fcinfo);
	for (int64 j = 0; j < value.dim; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(&value, j);
		bool none = s.count == 0;
		bool one = s.count < 2;
		double stddev = one ? 0.0 : seg_feature_deviation(&s, s.count - 1);
		Datum values[7] = {Int32GetDatum((int32) j + 1),
		                   Int64GetDatum(s.count),
		                   Int64GetDatum(s.missing),
		                   Float8GetDatum(s.mean),
		                   Float8GetDatum(stddev),
		                   Float8GetDatum(s.min),
		                   Float8GetDatum(s.max)};
		bool nulls[7] = {[3] = none, [4] = one, [5] = none, [6] = none};

		if (isinf(stddev))
			segment_check(&env,
			              seg_fail(&env, SEG_NOT_FINITE, "stddev", stddev, 0));
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
