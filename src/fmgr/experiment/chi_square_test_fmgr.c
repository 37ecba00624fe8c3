/*-------------------------------------------------------------------------
 *
 * chi_square_test_fmgr.c
 *	  SQL face of the chi-square test: the aggregate chi_square_test, whose state
 *	  counts pairs of labels as that of adjusted_rand does.
 *
 * src/fmgr/experiment/chi_square_test_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "kernel/experiment/chi_square_test.h"
#include "pg/count_state.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_chi_square_test_final);

/*
 * Final: a chi_square_test_result.
 */
Datum
segment_chi_square_test_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] =
		{FLOAT8OID, INT8OID, FLOAT8OID, FLOAT8OID, INT8OID, FLOAT8OID};
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         CONTINGENCY_STATE,
	                                         SEG_CONTINGENCY_WIDTH,
	                                         false);
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegChiSquareTest test;

	segment_check(&env, seg_chi_square_test(&env, &state->map, &test));
	nulls[0] = nulls[2] = nulls[3] = test.degrees_of_freedom == 0;
	values[0] = Float8GetDatum(test.chi_square);
	values[1] = Int64GetDatum(test.degrees_of_freedom);
	values[2] = Float8GetDatum(test.p_value);
	values[3] = Float8GetDatum(test.cramers_v);
	values[4] = Int64GetDatum(test.n);
	values[5] = Float8GetDatum(test.smallest_expected);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
