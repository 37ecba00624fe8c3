/*-------------------------------------------------------------------------
 *
 * campaign_roi_fmgr.c
 *	  SQL face of campaign_roi.
 *
 * src/fmgr/experiment/campaign_roi_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr/experiment/control.h"
#include "kernel/experiment/campaign_roi.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_campaign_roi);

#define RESULT_COLUMNS 12

static void
roi_row(FunctionCallInfo fcinfo, SegText name, int64 n, const SegCampaignRoi *r)
{
	double numbers[] = {r->cost,
	                    r->incremental.middle,
	                    r->incremental.low,
	                    r->incremental.high,
	                    r->profit.middle,
	                    r->profit.low,
	                    r->profit.high,
	                    r->roi.middle,
	                    r->roi.low,
	                    r->roi.high};
	Datum values[RESULT_COLUMNS] = {result_text(text_from_utf8(name)),
	                                Int64GetDatum(n)};
	bool nulls[RESULT_COLUMNS] = {false};

	StaticAssertStmt(lengthof(numbers) == RESULT_COLUMNS - 2,
	                 "a column for each number");
	for (int i = 0; i < (int) lengthof(numbers); i++)
	{
		values[i + 2] = Float8GetDatum(numbers[i]);
		nulls[i + 2] = isnan(numbers[i]);
	}
	result_row(fcinfo, values, nulls);
}

/*
 * (state, cost_per_user, value, control, confidence): a row for each variant but
 * the control.
 */
Datum
segment_campaign_roi(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAbTestOptions options = {0};
	double cost_per_user = argument_float8(fcinfo, 1, "cost_per_user");
	double value = argument_float8(fcinfo, 2, "value");
	SegAbState state;
	SegAbTest test;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	summary_open(PG_GETARG_MODEL_P(0), &seg_ab_state_method, &state);
	options.control = control_argument(fcinfo, 3, &state.names);
	options.confidence = argument_float8(fcinfo, 4, "confidence");
	segment_check(&env, seg_ab_test(&env, &state, false, &options, &test));
	for (int64 i = 0; i < state.variants; i++)
	{
		SegCampaignRoi roi;

		if (i == options.control)
			continue;
		segment_check(&env,
		              seg_campaign_roi(&env,
		                               &test.variants[i],
		                               cost_per_user,
		                               value,
		                               &roi));
		roi_row(fcinfo, seg_texts_get(&state.names, i), state.counts[i], &roi);
	}
	return (Datum) 0;
}
