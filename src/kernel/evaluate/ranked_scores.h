/*-------------------------------------------------------------------------
 *
 * ranked_scores.h
 *	  Rows with a label and a score, the highest score first.
 *
 * src/kernel/evaluate/ranked_scores.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RANKED_SCORES_H
#define SEG_KERNEL_RANKED_SCORES_H

#include "base/radix_sort.h"
#include "base/rows.h"

/* A row of the stream: the score, then the label, 0 or 1. */
typedef struct SegScoredRow
{
	double score;
	double label;
} SegScoredRow;

typedef struct SegRankedScores
{
	SegRadixItem *items; /* rows that are alike, as their number: above 0 for
	                      * the label 1, below 0 for 0 */
	int64_t n;
	int64_t positives; /* rows with label 1 */
	int64_t negatives;
} SegRankedScores;

/* Bytes for each different row. */
#define SEG_RANKED_BYTES ((int64_t) (2 * sizeof(SegRadixItem)))

/* distinct: how many different rows there are */
extern SegStatus seg_ranked_read(SegEnv *env, SegRows *rows, int64_t distinct,
                                 SegRankedScores *ranked);

/* Rows with the same score. */
typedef struct SegScoreGroup
{
	double score;
	int64_t positives;
	int64_t negatives;
} SegScoreGroup;

/*
 * Read the next group and move on, *at being 0 at first; false at the end.
 */
static inline bool
seg_ranked_next(const SegRankedScores *ranked, int64_t *at,
                SegScoreGroup *group)
{
	int64_t i = *at;
	uint64_t key;

	if (i == ranked->n)
		return false;
	key = ranked->items[i].key;
	*group = (SegScoreGroup){.score = seg_radix_unkey(~key)};
	for (; i < ranked->n && ranked->items[i].key == key; i++)
	{
		int64_t rows = ranked->items[i].index;

		group->positives += rows > 0 ? rows : 0;
		group->negatives -= rows < 0 ? rows : 0;
	}
	*at = i;
	return true;
}

#endif /* SEG_KERNEL_RANKED_SCORES_H */
