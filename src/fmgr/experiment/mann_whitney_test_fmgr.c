/*-------------------------------------------------------------------------
 *
 * mann_whitney_test_fmgr.c
 *	  SQL face of the Mann-Whitney test: the aggregate mann_whitney_test.
 *
 * src/fmgr/experiment/mann_whitney_test_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "kernel/experiment/mann_whitney_test.h"
#include "pg/count_state.h"
#include "pg/label.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_mann_whitney_combine);
PG_FUNCTION_INFO_V1(segment_mann_whitney_test_final);

#define MANN_WHITNEY_STATE 0x4d575554 /* "MWUT" */

#define SHORT_KEY 128

/*
 * Transition: (state, group, value); a row with a NULL is skipped.
 */
static inline Datum
mann_whitney_trans(FunctionCallInfo fcinfo, LabelArgument type)
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
	                             MANN_WHITNEY_STATE,
	                             SEG_MANN_WHITNEY_WIDTH);
	size = seg_mann_whitney_key_size(group.text);
	if (size > SHORT_KEY)
		key = MemoryContextAllocHuge(CurrentMemoryContext, size);
	seg_mann_whitney_key(x, group.text, key);
	at = count_state_add(&state, key, size);
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

#define MANN_WHITNEY_TRANSITION(name, type) \
	PG_FUNCTION_INFO_V1(segment_mann_whitney_##name##_trans); \
	Datum segment_mann_whitney_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return mann_whitney_trans(fcinfo, type); \
	}

MANN_WHITNEY_TRANSITION(text, LABEL_IS_TEXT)
MANN_WHITNEY_TRANSITION(bigint, LABEL_IS_BIGINT)
MANN_WHITNEY_TRANSITION(boolean, LABEL_IS_BOOLEAN)

Datum
segment_mann_whitney_combine(PG_FUNCTION_ARGS)
{
	return count_state_combine(fcinfo,
	                           MANN_WHITNEY_STATE,
	                           SEG_MANN_WHITNEY_WIDTH,
	                           count_state_add_counts);
}

/*
 * Final: a mann_whitney_test_result.
 */
Datum
segment_mann_whitney_test_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            TEXTARRAYOID,
	                            INT8ARRAYOID};
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         MANN_WHITNEY_STATE,
	                                         SEG_MANN_WHITNEY_WIDTH,
	                                         false);
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegMannWhitneyTest test;

	segment_check(&env, seg_mann_whitney_test(&env, &state->map, &test));
	for (int64 i = 0; i < test.groups; i++)
		count_state_check_text(test.names[i]);
	values[0] = Float8GetDatum(test.u);
	values[1] = Float8GetDatum(test.share);
	values[2] = Float8GetDatum(test.z);
	values[3] = Float8GetDatum(test.p_value);
	nulls[0] = nulls[1] = isnan(test.u);
	nulls[2] = nulls[3] = isnan(test.z);
	values[4] = result_text_array(test.names, test.groups);
	values[5] = result_bigint_array(test.users, test.groups);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
