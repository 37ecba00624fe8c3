/*-------------------------------------------------------------------------
 *
 * ab_quantile_test_fmgr.c
 *	  SQL face of ab_quantile_test.
 *
 * src/fmgr/experiment/ab_quantile_test_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr/experiment/control.h"
#include "kernel/experiment/ab_quantile_test.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/float_array.h"
#include "pg/results.h"
#include "pg/summary.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_ab_quantile_test);

#define RESULT_COLUMNS 14

/*
 * (state, quantile, control, confidence, adjustment, shares)
 */
static SegAbQuantileOptions
quantile_test_arguments(FunctionCallInfo fcinfo,
                        const SegAbQuantileState *state)
{
	SegAbQuantileOptions options = {0};

	options.quantile = argument_float8(fcinfo, 1, "quantile");
	options.control = control_argument(fcinfo, 2, &state->names);
	options.confidence = argument_float8(fcinfo, 3, "confidence");
	options.adjustment = (SegAbAdjustment)
		word_argument(fcinfo, 4, "adjustment", seg_ab_adjustments);
	if (!PG_ARGISNULL(5))
	{
		FloatArray shares = float_array_argument(fcinfo, 5, "shares");

		options.shares = shares.x;
		options.share_count = shares.n;
	}
	return options;
}

static void
quantile_comparison_row(FunctionCallInfo fcinfo, SegText name,
                        const SegAbQuantileComparison *c,
                        const SegAbQuantileTest *test)
{
	double numbers[] = {c->value,
	                    c->value_low,
	                    c->value_high,
	                    c->difference,
	                    c->low,
	                    c->high,
	                    c->lift,
	                    c->lift_low,
	                    c->lift_high,
	                    c->p_value,
	                    c->adjusted_p_value,
	                    test->mismatch_p_value};
	Datum values[RESULT_COLUMNS] = {result_text(text_from_utf8(name)),
	                                Int64GetDatum(c->n)};
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
 * A row for each variant, the control included.
 */
Datum
segment_ab_quantile_test(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAbQuantileOptions options;
	SegAbQuantileState state;
	SegAbQuantileTest test;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	summary_open(PG_GETARG_MODEL_P(0), &seg_ab_quantile_state_method, &state);
	options = quantile_test_arguments(fcinfo, &state);
	segment_check(&env, seg_ab_quantile_test(&env, &state, &options, &test));
	for (int64 i = 0; i < state.variants; i++)
		quantile_comparison_row(fcinfo,
		                        seg_texts_get(&state.names, i),
		                        &test.variants[i],
		                        &test);
	return (Datum) 0;
}
