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

/* Made by the first row that counts. */
typedef struct ScoreRows
{
	RowStore *store;
	double settings[SCORE_MAX_SETTINGS];
} ScoreRows;

bool
score_row_is_skipped(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(1) || PG_ARGISNULL(2);
}

static pg_noinline ScoreRows *
score_rows_make(FunctionCallInfo fcinfo, const ScoreSettings *settings)
{
	MemoryContext context = segment_agg_context(fcinfo);
	ScoreRows *state = MemoryContextAllocZero(context, sizeof(ScoreRows));

	state->store = rowstore_create(context, 1, 1, 0);
	memcpy(state->settings, settings->value, sizeof(settings->value));
	return state;
}

Datum
score_rows_add(FunctionCallInfo fcinfo, double score,
               const ScoreSettings *settings)
{
	ScoreRows *state = SEGMENT_ARG_STATE(0, ScoreRows);
	double label = PG_GETARG_BOOL(1) ? 1.0 : 0.0;

	if (unlikely(state == NULL))
		state = score_rows_make(fcinfo, settings);
	for (int i = 0; i < settings->n; i++)
	{
		if (unlikely(state->settings[i] != settings->value[i]))
			segment_changed(settings->name[i],
			                "GROUP BY it to get one result for each.");
	}
	score += 0.0; /* -0 is 0 */
	rowstore_append(state->store, &score, &label);
	PG_RETURN_POINTER(state);
}

static void
read_scores(ScoreWork *work, const char *method)
{
	SegEnv *env = &work->work.env;
	SegRows *rows = work->work.rows;
	int64 most = (int64) segment_training_memory * 1024 / SEG_RANKED_BYTES;
	int64_t distinct;

	segment_check(env, seg_ranked_distinct(env, rows, &distinct));
	if (distinct > most)
		segment_check(env,
		              seg_fail(env,
		                       SEG_MEMORY_LIMIT,
		                       method,
		                       (double) distinct,
		                       (double) most));
	segment_check(env, seg_ranked_read(env, rows, distinct, &work->scores));
}

bool
score_work_begin(FunctionCallInfo fcinfo, const char *method, ScoreWork *work)
{
	ScoreRows *state = SEGMENT_ARG_STATE(0, ScoreRows);

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
