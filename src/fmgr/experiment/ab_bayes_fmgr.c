/*-------------------------------------------------------------------------
 *
 * ab_bayes_fmgr.c
 *	  SQL face of ab_bayes.
 *
 * src/fmgr/experiment/ab_bayes_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/experiment/ab_bayes.h"
#include "pg/encoding.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_ab_bayes);

#define RESULT_COLUMNS 5

/*
 * (state): a row for each variant.
 */
Datum
segment_ab_bayes(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const ModelValue *summary = PG_GETARG_MODEL_P(0);
	bool is_ratio = model_method(summary) == &seg_ab_ratio_state_method;
	SegAbState state;
	SegAbBayes *rows;

	result_begin(fcinfo);
	summary_open(summary,
	             is_ratio ? &seg_ab_ratio_state_method : &seg_ab_state_method,
	             &state);
	segment_check(&env, seg_ab_bayes(&env, &state, is_ratio, &rows));
	for (int64 i = 0; i < state.variants; i++)
	{
		SegText name = seg_texts_get(&state.names, i);
		double numbers[] = {rows[i].mean,
		                    rows[i].chance_to_win,
		                    rows[i].expected_loss};
		Datum values[RESULT_COLUMNS] = {result_text(text_from_utf8(name)),
		                                Int64GetDatum(state.counts[i])};
		bool nulls[RESULT_COLUMNS] = {false};

		for (int k = 0; k < (int) lengthof(numbers); k++)
		{
			values[k + 2] = Float8GetDatum(numbers[k]);
			nulls[k + 2] = isnan(numbers[k]);
		}
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
