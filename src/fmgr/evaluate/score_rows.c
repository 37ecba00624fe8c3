/*-------------------------------------------------------------------------
 *
 * score_rows.c
 *	  Aggregates over a label and a score, which read all rows, the highest score
 *	  first.
 *
 * Arguments are (state, label, score, ...).
 *
 * src/fmgr/evaluate/score_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/evaluate/score_rows.h"

bool
score_row_is_skipped(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2);
}

Datum
score_rows_add(FunctionCallInfo fcinfo, double score,
               const RowSettings *settings)
{
	SegScoredRow row = {score, PG_GETARG_BOOL(1) ? 1.0 : 0.0};

	return number_rows_add(fcinfo, (const double *) &row, 2, settings);
}

static void
read_scores(ScoreWork *work, const char *method)
{
	SegEnv *env = &work->work.env;
	SegRows *rows = work->work.rows;
	int64_t distinct;

	segment_check(env, seg_rows_distinct(env, rows, &distinct));
	row_work_check_memory(&work->work, method, distinct, SEG_RANKED_BYTES);
	segment_check(env, seg_ranked_read(env, rows, distinct, &work->scores));
}

bool
score_work_begin(FunctionCallInfo fcinfo, const char *method, ScoreWork *work)
{
	NumberRows *state = SEGMENT_ARG_STATE(0, NumberRows);

	if (state == NULL)
		return false;
	memcpy(work->settings, state->settings, sizeof(work->settings));
	work->work = row_work_begin(state->store);
	read_scores(work, method);
	return true;
}

void
score_work_end(ScoreWork *work)
{
	row_work_end(&work->work);
}
