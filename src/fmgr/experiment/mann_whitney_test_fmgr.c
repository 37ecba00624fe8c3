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

#include "fmgr/experiment/group_values_state.h"
#include "kernel/experiment/mann_whitney_test.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_mann_whitney_test_final);

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
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegMannWhitneyTest test;

	segment_check(&env,
	              seg_mann_whitney_test(&env,
	                                    group_values_argument(fcinfo),
	                                    &test));
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
