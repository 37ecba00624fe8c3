/*-------------------------------------------------------------------------
 *
 * welch_t_test_fmgr.c
 *	  SQL face of Welch's t test: the aggregate welch_t_test, whose state is that
 *	  of ab_state.
 *
 * src/fmgr/experiment/welch_t_test_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "base/missing.h"
#include "kernel/experiment/ab_test.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_welch_t_test_final);

#define CONFIDENCE 0.95

/*
 * Final: a welch_t_test_result.
 */
Datum
segment_welch_t_test_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            TEXTARRAYOID,
	                            INT8ARRAYOID,
	                            FLOAT8ARRAYOID};
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAbTestOptions options = {.confidence = CONFIDENCE, .as_means = true};
	double none = seg_missing();
	SegAbComparison c = {.difference = none,
	                     .low = none,
	                     .high = none,
	                     .statistic = none,
	                     .freedom = none,
	                     .p_value = none};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegAbState state;
	SegAbTest test;
	SegText names[2];
	double means[2];

	summary_open(PG_GETARG_MODEL_P(0), &seg_ab_state_method, &state);
	if (state.variants > 2)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_LIMIT,
		                       "groups",
		                       (double) state.variants,
		                       2));
	segment_check(&env, seg_ab_test(&env, &state, false, &options, &test));
	for (int64 i = 0; i < state.variants; i++)
	{
		names[i] = seg_texts_get(&state.names, i);
		means[i] = test.variants[i].mean;
		c = i == 1 ? test.variants[1] : c;
	}
	{
		double numbers[] =
			{c.statistic, c.freedom, c.p_value, c.difference, c.low, c.high};

		for (int i = 0; i < (int) lengthof(numbers); i++)
		{
			values[i] = Float8GetDatum(numbers[i]);
			nulls[i] = isnan(numbers[i]);
		}
	}
	values[6] = result_text_array(names, state.variants);
	values[7] = result_bigint_array(state.counts, state.variants);
	values[8] = result_float8_array(means, state.variants);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
