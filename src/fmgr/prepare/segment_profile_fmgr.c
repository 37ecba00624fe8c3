/*-------------------------------------------------------------------------
 *
 * segment_profile_fmgr.c
 *	  SQL face of segment profiles: the aggregate segment_profile and its reader
 *	  segment_features.
 *
 * src/fmgr/prepare/segment_profile_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "kernel/prepare/segment_profile.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/label.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_profile_final);
PG_FUNCTION_INFO_V1(segment_features);

#define METHOD (&seg_segment_profile_method)

/*
 * Transition: (state, segment, vector); a row in which either is NULL is skipped.
 * Adding changes the arrays in place, or replaces them by larger ones.
 */
static inline Datum
profile_trans(FunctionCallInfo fcinfo, LabelArgument label_type,
              VectorArgument type)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);
	SegEnv env = segment_env(CurrentMemoryContext);
	LabelView segment;
	FeatureVectorView view;
	SegSegmentProfile value;
	const int64 *rows, *counts;

	if (PG_ARGISNULL(2) || !label_argument(fcinfo, 1, label_type, &segment))
		RETURN_STATE_UNCHANGED();
	(void) segment_agg_context(fcinfo); /* we change the first argument */
	argument_view(PG_GETARG_DATUM(2), type, &view);
	if (state == NULL)
		segment_check(&env, seg_segment_profile_create(&env, view.dim, &value));
	else
		summary_open(state, METHOD, &value);
	if (unlikely(view.dim != value.dim))
		argument_bad_dim(view.dim, (int) value.dim);
	rows = value.segment_rows;
	counts = value.features.counts;
	segment_check(&env,
	              seg_segment_profile_add(&env,
	                                      &value,
	                                      text_to_utf8(segment.text),
	                                      view.x));
	if (state == NULL)
		state = summary_make(METHOD, &value);
	else if (value.segment_rows == rows && value.features.counts == counts)
		summary_write_slots(state, METHOD, &value);
	else
		state = summary_store(state, METHOD, &value);
	PG_RETURN_POINTER(state);
}

#define PROFILE_TRANSITION(name, label, vector) \
	PG_FUNCTION_INFO_V1(segment_profile_##name##_trans); \
	Datum segment_profile_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return profile_trans(fcinfo, label, vector); \
	} \
	extern int no_such_variable

PROFILE_TRANSITION(text, LABEL_IS_TEXT, VECTOR_IS_FEATURE_VECTOR);
PROFILE_TRANSITION(text_array, LABEL_IS_TEXT, VECTOR_IS_ARRAY);
PROFILE_TRANSITION(bigint, LABEL_IS_BIGINT, VECTOR_IS_FEATURE_VECTOR);
PROFILE_TRANSITION(bigint_array, LABEL_IS_BIGINT, VECTOR_IS_ARRAY);
PROFILE_TRANSITION(boolean, LABEL_IS_BOOLEAN, VECTOR_IS_FEATURE_VECTOR);
PROFILE_TRANSITION(boolean_array, LABEL_IS_BOOLEAN, VECTOR_IS_ARRAY);

/*
 * Final: the one form that a profile of these rows has.
 */
Datum
segment_profile_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegSegmentProfile value, result;

	summary_open(PG_GETARG_MODEL_P(0), METHOD, &value);
	segment_check(&env, seg_segment_profile_copy(&env, &value, &result));
	PG_RETURN_POINTER(summary_final(summary_make(METHOD, &result)));
}

/* ---------- reading ---------- */

/*
 * A row: segment, feature, rows, mean, overall_mean, standardized_difference,
 * stddev, min, max, share_missing.
 */
static void
feature_row(FunctionCallInfo fcinfo, Datum segment, Datum feature, int64 rows,
            const SegFeatureStatistics *s, const SegFeatureStatistics *overall)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double difference = seg_standardized_difference(s, overall);
	double stddev = s->count > 1 ? seg_feature_deviation(s, s->count - 1) : NAN;
	double share = (double) s->missing / (double) rows;
	Datum values[10] = {segment,
	                    feature,
	                    Int64GetDatum(rows),
	                    Float8GetDatum(s->mean),
	                    Float8GetDatum(overall->mean),
	                    Float8GetDatum(difference),
	                    Float8GetDatum(stddev),
	                    Float8GetDatum(s->min),
	                    Float8GetDatum(s->max),
	                    Float8GetDatum(share)};
	bool nulls[10] = {[3] = s->count == 0,
	                  [4] = overall->count == 0,
	                  [5] = isnan(difference),
	                  [6] = isnan(stddev),
	                  [7] = s->count == 0,
	                  [8] = s->count == 0};

	if (isinf(stddev))
		segment_check(&env,
		              seg_fail(&env, SEG_NOT_FINITE, "stddev", stddev, 0));
	result_row(fcinfo, values, nulls);
}

/*
 * (summary, feature_names): a row for each segment and feature.
 */
Datum
segment_features(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegSegmentProfile stored, value;
	SegFeatureSummary overall;
	Datum *names;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	summary_open(PG_GETARG_MODEL_P(0), METHOD, &stored);
	names = argument_feature_names(fcinfo, 1, stored.dim);
	/* a state of the aggregate may have carries left */
	segment_check(&env, seg_segment_profile_copy(&env, &stored, &value));
	segment_check(&env, seg_segment_profile_overall(&env, &value, &overall));
	for (int64 i = 0; i < value.segments; i++)
	{
		SegFeatureSummary features = seg_segment_profile_features(&value, i);
		Datum segment =
			result_text(text_from_utf8(seg_texts_get(&value.names, i)));

		CHECK_FOR_INTERRUPTS();
		for (int64 j = 0; j < value.dim; j++)
		{
			SegFeatureStatistics s = seg_feature_statistics(&features, j);
			SegFeatureStatistics all = seg_feature_statistics(&overall, j);

			feature_row(fcinfo,
			            segment,
			            names != NULL ? names[j]
			                          : result_feature((SegText){NULL, 0}, j),
			            value.segment_rows[i],
			            &s,
			            &all);
		}
	}
	return (Datum) 0;
}
