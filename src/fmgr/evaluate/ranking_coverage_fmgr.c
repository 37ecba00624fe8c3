/*-------------------------------------------------------------------------
 *
 * ranking_coverage_fmgr.c
 *	  SQL face of catalog_coverage.
 *
 * The state is a count map of the items recommended, with the size of the
 * catalogue as its setting.
 *
 * src/fmgr/evaluate/ranking_coverage_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/count_state.h"
#include "fmgr/evaluate/item_list.h"
#include "pg/arguments.h"

PG_FUNCTION_INFO_V1(segment_catalog_coverage_trans);
PG_FUNCTION_INFO_V1(segment_catalog_coverage_combine);
PG_FUNCTION_INFO_V1(segment_catalog_coverage_final);

#define COVERAGE_STATE 0x434f5645 /* "COVE" */
#define COVERAGE_WIDTH 0          /* an item is there or not */
#define MAX_CATALOGUE  INT64CONST(9007199254740992) /* 2^53 */

static void
ranking_coverage_must_be_constant(bool same)
{
	if (unlikely(!same))
		segment_changed("catalogue_size",
		                "GROUP BY it to get one share for each value.");
}

static int64
size_argument(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	argument_refuse_null(fcinfo, 2, "catalogue_size");
	if (PG_GETARG_INT64(2) < 1 || PG_GETARG_INT64(2) > MAX_CATALOGUE)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "catalogue_size",
		                             (double) PG_GETARG_INT64(2),
		                             1,
		                             (double) MAX_CATALOGUE));
	return PG_GETARG_INT64(2);
}

static CountState *
coverage_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         argno,
	                                         COVERAGE_STATE,
	                                         COVERAGE_WIDTH,
	                                         writable);

	if (state->setting < 1 || state->setting > MAX_CATALOGUE)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "setting"));
	return state;
}

Datum
segment_catalog_coverage_trans(PG_FUNCTION_ARGS)
{
	CountState *state;
	SegItems items;
	int64 size;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	size = size_argument(fcinfo);
	items = item_list_argument(fcinfo, 1, "recommended");
	if (PG_ARGISNULL(0))
	{
		state = count_state_make(COVERAGE_STATE, COVERAGE_WIDTH);
		state->setting = size;
	}
	else
		state = coverage_argument(fcinfo, 0, true);
	ranking_coverage_must_be_constant(state->setting == size);
	for (int64 i = 0; i < items.count; i++)
	{
		if (items.items[i].bytes != NULL)
			(void) count_state_add(&state,
			                       items.items[i].bytes,
			                       items.items[i].length);
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_catalog_coverage_combine(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		ranking_coverage_must_be_constant(
			coverage_argument(fcinfo, 0, false)->setting ==
			coverage_argument(fcinfo, 1, false)->setting);
	return count_state_combine(fcinfo,
	                           COVERAGE_STATE,
	                           COVERAGE_WIDTH,
	                           count_state_add_counts);
}

Datum
segment_catalog_coverage_final(PG_FUNCTION_ARGS)
{
	CountState *state = coverage_argument(fcinfo, 0, false);

	if (state->map.n > state->setting)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("more items are recommended than the catalogue has"),
		        errdetail("There are %u different items, but "
		                  "catalogue_size is " INT64_FORMAT ".",
		                  state->map.n,
		                  state->setting));
	PG_RETURN_FLOAT8((double) state->map.n / (double) state->setting);
}
