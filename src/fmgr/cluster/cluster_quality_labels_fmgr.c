/*-------------------------------------------------------------------------
 *
 * cluster_quality_labels_fmgr.c
 *	  SQL face of adjusted_rand and normalized_mutual_information.
 *
 * Both count pairs of labels, in a state that they share.
 *
 * src/fmgr/cluster/cluster_quality_labels_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/cluster/cluster_quality_labels.h"
#include "pg/count_state.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_contingency_combine);
PG_FUNCTION_INFO_V1(segment_adjusted_rand_final);
PG_FUNCTION_INFO_V1(segment_normalized_mutual_information_final);

#define SHORT_KEY 128

/*
 * Transition: a row in which either label is NULL is skipped.
 */
static inline Datum
cluster_quality_labels_transit(FunctionCallInfo fcinfo, LabelArgument a_type,
                               LabelArgument b_type)
{
	LabelView a, b;
	CountState *state;
	char buffer[SHORT_KEY];
	char *key = buffer;
	int64 size, at;

	if (!label_argument(fcinfo, 1, a_type, &a) ||
	    !label_argument(fcinfo, 2, b_type, &b))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state =
		count_state_of_group(fcinfo, CONTINGENCY_STATE, SEG_CONTINGENCY_WIDTH);
	size = seg_pair_key_size(a.text, b.text);
	if (size > SHORT_KEY)
		key = MemoryContextAllocHuge(CurrentMemoryContext, size);
	seg_pair_key(a.text, b.text, key);
	at = count_state_add(&state, key, size);
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

#define TRANSITION(a, b, A, B) \
	PG_FUNCTION_INFO_V1(segment_contingency_##a##_##b##_trans); \
	Datum segment_contingency_##a##_##b##_trans(PG_FUNCTION_ARGS) \
	{ \
		return cluster_quality_labels_transit(fcinfo, \
		                                      LABEL_IS_##A, \
		                                      LABEL_IS_##B); \
	}

TRANSITION(bigint, bigint, BIGINT, BIGINT)
TRANSITION(text, text, TEXT, TEXT)
TRANSITION(boolean, boolean, BOOLEAN, BOOLEAN)
TRANSITION(bigint, text, BIGINT, TEXT)
TRANSITION(text, bigint, TEXT, BIGINT)
TRANSITION(bigint, boolean, BIGINT, BOOLEAN)
TRANSITION(boolean, bigint, BOOLEAN, BIGINT)
TRANSITION(text, boolean, TEXT, BOOLEAN)
TRANSITION(boolean, text, BOOLEAN, TEXT)

Datum
segment_contingency_combine(PG_FUNCTION_ARGS)
{
	return count_state_combine(fcinfo,
	                           CONTINGENCY_STATE,
	                           SEG_CONTINGENCY_WIDTH,
	                           count_state_add_counts);
}

static Datum
cluster_quality_labels_finish(FunctionCallInfo fcinfo,
                              SegStatus (*measure)(SegEnv *,
                                                   const SegCountMap *,
                                                   double *))
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         CONTINGENCY_STATE,
	                                         SEG_CONTINGENCY_WIDTH,
	                                         false);
	double result;

	segment_check(&env, measure(&env, &state->map, &result));
	PG_RETURN_FLOAT8(result);
}

Datum
segment_adjusted_rand_final(PG_FUNCTION_ARGS)
{
	return cluster_quality_labels_finish(fcinfo, seg_adjusted_rand);
}

Datum
segment_normalized_mutual_information_final(PG_FUNCTION_ARGS)
{
	return cluster_quality_labels_finish(fcinfo,
	                                     seg_normalized_mutual_information);
}
