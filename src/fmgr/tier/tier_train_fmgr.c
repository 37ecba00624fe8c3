/*-------------------------------------------------------------------------
 *
 * tier_train_fmgr.c
 *	  SQL face of trained tiers: the aggregate tier_train and its readers.
 *
 * src/fmgr/tier/tier_train_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/tier/tier.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(tier_train, seg_tier_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_tier_assign);
PG_FUNCTION_INFO_V1(segment_tier_assign_next);
PG_FUNCTION_INFO_V1(segment_tier_edges);
PG_FUNCTION_INFO_V1(segment_tier_ranges);

/* ---------- scoring ---------- */

static double
score_argument(FunctionCallInfo fcinfo, int argno)
{
	double score = PG_GETARG_FLOAT8(argno);

	if (unlikely(isnan(score)))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("score is not a number"));
	return score;
}

Datum
segment_tier_assign(PG_FUNCTION_ARGS)
{
	const SegTier *model = model_open(fcinfo, 0, &seg_tier_method, NULL);

	PG_RETURN_INT32(1 + seg_tier_of(model->edges,
	                                model->edge_count,
	                                score_argument(fcinfo, 1)));
}

/*
 * (model, previous tier, score, margin); only the previous tier may be NULL.
 */
Datum
segment_tier_assign_next(PG_FUNCTION_ARGS)
{
	const SegTier *model;
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 previous;
	double score, margin;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	model = model_open(fcinfo, 0, &seg_tier_method, NULL);
	score = score_argument(fcinfo, 2);
	margin = PG_GETARG_FLOAT8(3);
	segment_check(&env, seg_tier_check_margin(&env, margin));
	if (PG_ARGISNULL(1))
		PG_RETURN_INT32(1 +
		                seg_tier_of(model->edges, model->edge_count, score));
	previous = argument_int32(fcinfo, 1, "previous tier");
	segment_check(&env,
	              seg_tier_check_previous(&env, model->edge_count, previous));
	PG_RETURN_INT32(1 + seg_tier_next(model->edges,
	                                  model->edge_count,
	                                  previous - 1,
	                                  score,
	                                  margin));
}

/* ---------- reading ---------- */

Datum
segment_tier_edges(PG_FUNCTION_ARGS)
{
	const SegTier *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_tier_method);

	return result_float8_array(model->edges, model->edge_count);
}

/*
 * One row per tier: tier, above, up_to, size, share, lowest, highest, mean.
 */
Datum
segment_tier_ranges(PG_FUNCTION_ARGS)
{
	const SegTier *m = model_open_value(PG_GETARG_MODEL_P(0), &seg_tier_method);
	double total = 0.0;

	result_begin(fcinfo);
	for (int64 i = 0; i < m->n; i++)
		total += m->masses[i];
	for (int64 i = 0; i < m->n; i++)
	{
		bool is_empty = m->sizes[i] == 0;
		bool is_last = i == m->edge_count;
		Datum values[8] = {Int32GetDatum((int32) i + 1),
		                   Float8GetDatum(i > 0 ? m->edges[i - 1] : 0),
		                   Float8GetDatum(is_last ? 0 : m->edges[i]),
		                   Int64GetDatum(m->sizes[i]),
		                   Float8GetDatum(m->masses[i] / total),
		                   Float8GetDatum(m->lows[i]),
		                   Float8GetDatum(m->highs[i]),
		                   Float8GetDatum(m->means[i])};
		bool nulls[8] =
			{false, i == 0, is_last, false, false, is_empty, is_empty, is_empty};

		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
