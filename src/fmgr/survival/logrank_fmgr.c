/*-------------------------------------------------------------------------
 *
 * logrank_fmgr.c
 *	  SQL face of the log-rank test: the aggregate logrank_test.
 *
 * src/fmgr/survival/logrank_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "fmgr/survival/duration_state.h"
#include "kernel/survival/logrank.h"
#include "pg/label.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_logrank_bigint_trans);
PG_FUNCTION_INFO_V1(segment_logrank_text_trans);
PG_FUNCTION_INFO_V1(segment_logrank_boolean_trans);
PG_FUNCTION_INFO_V1(segment_logrank_combine);
PG_FUNCTION_INFO_V1(segment_logrank_final);

#define LOGRANK_STATE   0x4c4f4752 /* "LOGR" */
#define LOGRANK_TIMEFIX 4          /* the argument */

#define SHORT_KEY 128

/*
 * Transition: (state, group, duration, event [, timefix]); a row with a NULL is skipped.
 */
static inline Datum
logrank_transit(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LabelView group;
	double duration;
	CountState *state =
		duration_state_of_group(fcinfo, LOGRANK_STATE, LOGRANK_TIMEFIX);
	char buffer[SHORT_KEY];
	char *key = buffer;
	int64 size, at;

	if (!label_argument(fcinfo, 1, type, &group) || PG_ARGISNULL(2) ||
	    PG_ARGISNULL(3))
		RETURN_STATE_UNCHANGED();
	duration = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_duration(&env, &duration));
	if (state == NULL)
		state = duration_state_make(fcinfo, LOGRANK_STATE, LOGRANK_TIMEFIX);
	size = seg_logrank_key_size(group.text);
	if (size > SHORT_KEY)
		key = MemoryContextAllocHuge(CurrentMemoryContext, size);
	seg_logrank_key(duration, PG_GETARG_BOOL(3), group.text, key);
	at = count_state_add(&state, key, size);
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

Datum
segment_logrank_bigint_trans(PG_FUNCTION_ARGS)
{
	return logrank_transit(fcinfo, LABEL_IS_BIGINT);
}

Datum
segment_logrank_text_trans(PG_FUNCTION_ARGS)
{
	return logrank_transit(fcinfo, LABEL_IS_TEXT);
}

Datum
segment_logrank_boolean_trans(PG_FUNCTION_ARGS)
{
	return logrank_transit(fcinfo, LABEL_IS_BOOLEAN);
}

Datum
segment_logrank_combine(PG_FUNCTION_ARGS)
{
	return duration_state_combine(fcinfo, LOGRANK_STATE);
}

/*
 * Final: a logrank_result.
 */
Datum
segment_logrank_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool timefix;
	CountState *state = duration_state_final(fcinfo, LOGRANK_STATE, &timefix);
	static const Oid types[] = {FLOAT8OID,
	                            INT4OID,
	                            FLOAT8OID,
	                            TEXTARRAYOID,
	                            INT8ARRAYOID,
	                            INT8ARRAYOID,
	                            FLOAT8ARRAYOID};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegLogrank test;

	segment_check(&env, seg_logrank(&env, &state->map, timefix, &test));
	for (int64 i = 0; i < test.groups; i++)
		count_state_check_text(test.names[i]);
	nulls[0] = nulls[2] = test.degrees_of_freedom == 0;
	values[0] = Float8GetDatum(test.chi_square);
	values[1] = Int32GetDatum((int32) test.degrees_of_freedom);
	values[2] = Float8GetDatum(test.p_value);
	values[3] = result_text_array(test.names, test.groups);
	values[4] = result_bigint_array(test.users, test.groups);
	values[5] = result_bigint_array(test.observed, test.groups);
	values[6] = result_float8_array(test.expected, test.groups);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
