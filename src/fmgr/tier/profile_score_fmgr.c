/*-------------------------------------------------------------------------
 *
 * profile_score_fmgr.c
 *	  SQL face of profile_score.
 *
 * Weights and vector may each be a feature_vector or a float8[].
 *
 * src/fmgr/tier/profile_score_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/vector/vector_algebra.h"
#include "pg/segment_pg.h"

static void
check_weights(const FeatureVectorView *weights, const FeatureVectorView *v)
{
	if (unlikely(weights->dim != v->dim))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("vector does not fit the weights"),
		        errdetail_plural("The vector has %d element, the weights have %d.",
		                         "The vector has %d elements, the weights have "
		                         "%d.",
		                         (unsigned long) v->dim,
		                         v->dim,
		                         weights->dim));
}

#define PROFILE_SCORE(name, view_weights, view_vector) \
	PG_FUNCTION_INFO_V1(segment_profile_score##name); \
	Datum segment_profile_score##name(PG_FUNCTION_ARGS) \
	{ \
		SegEnv env = segment_env(CurrentMemoryContext); \
		FeatureVectorView weights, v; \
		double score; \
		view_weights(PG_GETARG_DATUM(0), &weights); \
		view_vector(PG_GETARG_DATUM(1), &v); \
		check_weights(&weights, &v); \
		segment_check(&env, \
		              seg_vector_profile_score(&env, \
		                                       weights.x, \
		                                       v.x, \
		                                       v.dim, \
		                                       &score)); \
		PG_RETURN_FLOAT8(score); \
	}

PROFILE_SCORE(, feature_vector_view, feature_vector_view)
PROFILE_SCORE(_arrays, feature_vector_view_array, feature_vector_view_array)
PROFILE_SCORE(_of_array, feature_vector_view, feature_vector_view_array)
PROFILE_SCORE(_by_array, feature_vector_view_array, feature_vector_view)
