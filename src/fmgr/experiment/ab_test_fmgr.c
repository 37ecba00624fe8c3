/*-------------------------------------------------------------------------
 *
 * ab_test_fmgr.c
 *	  SQL face of ab_test.
 *
 * src/fmgr/experiment/ab_test_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "fmgr/experiment/control.h"
#include "kernel/experiment/ab_test.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/float_array.h"
#include "pg/results.h"
#include "pg/summary.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_ab_test);

#define RESULT_COLUMNS 16

/*
 * (state, control, confidence, adjustment, always_valid, expected_effect, shares)
 */
static SegAbTestOptions
test_arguments(FunctionCallInfo fcinfo, const SegAbState *state)
{
	SegAbTestOptions options = {0};

	options.control = control_argument(fcinfo, 1, &state->names);
	options.confidence = argument_float8(fcinfo, 2, "confidence");
	options.adjustment = (SegAbAdjustment)
		word_argument(fcinfo, 3, "adjustment", seg_ab_adjustments);
	argument_refuse_null(fcinfo, 4, "always_valid");
	options.always_valid = PG_GETARG_BOOL(4);
	options.has_expected_effect = !PG_ARGISNULL(5);
	if (options.has_expected_effect)
		options.expected_effect = PG_GETARG_FLOAT8(5);
	if (!PG_ARGISNULL(6))
	{
		FloatArray shares = float_array_argument(fcinfo, 6, "shares");

		options.shares = shares.x;
		options.share_count = shares.n;
	}
	return options;
}

static void
comparison_row(FunctionCallInfo fcinfo, const SegAbState *state, int64 i,
               const SegAbTest *test)
{
	const SegAbComparison *c = &test->variants[i];
	double numbers[] = {c->mean,
	                    c->difference,
	                    c->low,
	                    c->high,
	                    c->lift,
	                    c->lift_low,
	                    c->lift_high,
	                    c->statistic,
	                    c->freedom,
	                    c->p_value,
	                    c->adjusted_p_value,
	                    test->mismatch_p_value,
	                    test->variance_reduction};
	Datum values[RESULT_COLUMNS] = {result_text(text_from_utf8(
										seg_texts_get(&state->names, i))),
	                                Int64GetDatum(c->n)};
	bool nulls[RESULT_COLUMNS] = {false};

	StaticAssertStmt(lengthof(numbers) == RESULT_COLUMNS - 3,
	                 "a column for each number");
	for (int k = 0; k < (int) lengthof(numbers); k++)
	{
		values[k + 2] = Float8GetDatum(numbers[k]);
		nulls[k + 2] = isnan(numbers[k]);
	}
	values[RESULT_COLUMNS - 1] = Int64GetDatum(state->capped[i]);
	nulls[RESULT_COLUMNS - 1] = isnan(state->cap);
	result_row(fcinfo, values, nulls);
}

/*
 * A row for each variant, the control included.
 */
Datum
segment_ab_test(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const ModelValue *summary;
	SegAbTestOptions options;
	SegAbState state;
	SegAbTest test;
	bool is_ratio;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	summary = PG_GETARG_MODEL_P(0);
	is_ratio = model_method(summary) == &seg_ab_ratio_state_method;
	summary_open(summary,
	             is_ratio ? &seg_ab_ratio_state_method : &seg_ab_state_method,
	             &state);
	options = test_arguments(fcinfo, &state);
	segment_check(&env, seg_ab_test(&env, &state, is_ratio, &options, &test));
	for (int64 i = 0; i < state.variants; i++)
		comparison_row(fcinfo, &state, i, &test);
	return (Datum) 0;
}
