/*-------------------------------------------------------------------------
 *
 * score_rows.h
 *	  Aggregates over a label and a score, which read all rows, the highest score
 *	  first.
 *
 * src/fmgr/evaluate/score_rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_SCORE_ROWS_H
#define SEGMENT_FMGR_SCORE_ROWS_H

#include "kernel/evaluate/ranked_scores.h"
#include "pg/row_work.h"

/* Is a row skipped: is its label or its score NULL? */
extern bool score_row_is_skipped(FunctionCallInfo fcinfo);

/* Add a row to the state, whose score has been checked. */
extern Datum score_rows_add(FunctionCallInfo fcinfo, double score,
                            const RowSettings *settings);

/* What a final function works on. */
typedef struct ScoreWork
{
	RowWork work;
	SegRankedScores scores;
	double settings[ROW_MAX_SETTINGS];
} ScoreWork;

/* False: there was no row. */
extern bool
score_work_begin(FunctionCallInfo fcinfo, const char *method, ScoreWork *work);
extern void score_work_end(ScoreWork *work);

#endif /* SEGMENT_FMGR_SCORE_ROWS_H */
