/*-------------------------------------------------------------------------
 *
 * ranked_scores.c
 *	  Rows with a label and a score, the highest score first.
 *
 * In canonical order, rows that are alike follow each other, so they are counted
 * before they are sorted: scores with few values need little memory.
 *
 * src/kernel/evaluate/ranked_scores.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/ranked_scores.h"

static bool
is_alike(const SegScoredRow *a, const SegScoredRow *b)
{
	return a->score == b->score && a->label == b->label;
}

SegStatus
seg_ranked_read(SegEnv *env, SegRows *rows, int64_t distinct,
                SegRankedScores *ranked)
{
	SegScoredRow last = {0, -1};
	SegRadixItem *item, *scratch;
	int64_t steps = 0;
	SegBlock block;

	*ranked = (SegRankedScores){.n = distinct};
	SEG_ALLOC(env, ranked->items, distinct);
	SEG_ALLOC(env, scratch, distinct);
	item = ranked->items - 1;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		const SegScoredRow *row = (const SegScoredRow *) block.x;

		for (int64_t i = 0; i < block.n; i++)
		{
			bool positive = row[i].label != 0;

			if (!is_alike(&row[i], &last))
				*++item = (SegRadixItem){.key = ~seg_radix_key(row[i].score)};
			item->index += positive ? 1 : -1;
			ranked->positives += positive;
			last = row[i];
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	ranked->negatives = rows->n - ranked->positives;
	return seg_radix_sort(env, ranked->items, scratch, distinct);
}
