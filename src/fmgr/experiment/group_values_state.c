/*-------------------------------------------------------------------------
 *
 * group_values_state.c
 *	  The state of aggregates that count the values of groups.
 *
 * src/fmgr/experiment/group_values_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/experiment/group_values_state.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_group_values_combine);

#define GROUP_VALUES_STATE 0x47525641 /* "GRVA" */

#define SHORT_KEY 128

/*
 * Transition: (state, group, value); a row with a NULL is skipped.
 */
static inline Datum
group_values_trans(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	char buffer[SHORT_KEY];
	char *key = buffer;
	CountState *state;
	LabelView group;
	int64 size, at;
	double x;

	if (PG_ARGISNULL(2) || !label_argument(fcinfo, 1, type, &group))
		RETURN_STATE_UNCHANGED();
	x = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_finite(&env, "outcome", x));
	state = count_state_of_group(fcinfo,
	                             GROUP_VALUES_STATE,
	                             SEG_GROUP_VALUES_WIDTH);
	size = seg_group_values_key_size(group.text);
	if (size > SHORT_KEY)
		key = MemoryContextAllocHuge(CurrentMemoryContext, size);
	seg_group_values_key(x, group.text, key);
	at = count_state_add(&state, key, size);
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

#define GROUP_VALUES_TRANSITION(name, type) \
	PG_FUNCTION_INFO_V1(segment_group_values_##name##_trans); \
	Datum segment_group_values_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return group_values_trans(fcinfo, type); \
	}

GROUP_VALUES_TRANSITION(text, LABEL_IS_TEXT)
GROUP_VALUES_TRANSITION(bigint, LABEL_IS_BIGINT)
GROUP_VALUES_TRANSITION(boolean, LABEL_IS_BOOLEAN)

Datum
segment_group_values_combine(PG_FUNCTION_ARGS)
{
	return count_state_combine(fcinfo,
	                           GROUP_VALUES_STATE,
	                           SEG_GROUP_VALUES_WIDTH,
	                           count_state_add_counts);
}

const SegCountMap *
group_values_argument(FunctionCallInfo fcinfo)
{
	return &count_state_argument(fcinfo,
	                             0,
	                             GROUP_VALUES_STATE,
	                             SEG_GROUP_VALUES_WIDTH,
	                             false)
	            ->map;
}
