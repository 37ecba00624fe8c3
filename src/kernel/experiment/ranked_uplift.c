/*-------------------------------------------------------------------------
 *
 * ranked_uplift.c
 *	  Users of two arms with their outcome, the highest score first.
 *
 * In canonical order, rows that are alike follow each other, so they are counted
 * before they are sorted: scores with few values need little memory.
 *
 * src/kernel/experiment/ranked_uplift.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ranked_uplift.h"

#include <math.h>

/*
 * What the rows have in common.
 */
static SegStatus
find_units(SegEnv *env, SegRows *rows, SegRankedUplift *ranked)
{
	double largest = 0.0, largest_score = 0.0;
	int64_t steps = 0;
	SegBlock block;

	ranked->is_share = true;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		const SegUpliftRow *row = (const SegUpliftRow *) block.x;

		for (int64_t i = 0; i < block.n; i++)
		{
			double outcome = row[i].outcome;

			ranked->is_share &= outcome == 0.0 || outcome == 1.0;
			largest = fmax(largest, fabs(outcome));
			largest_score = fmax(largest_score, fabs(row[i].score));
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	if (largest > 0.0)
		ranked->unit = ilogb(largest);
	if (largest_score > 0.0)
		ranked->score_unit = ilogb(largest_score);
	return SEG_OK;
}

static bool
is_same_row(const SegUpliftRow *a, const SegUpliftRow *b)
{
	return a->score == b->score && a->outcome == b->outcome && a->arm == b->arm;
}

SegStatus
seg_ranked_uplift_read(SegEnv *env, SegRows *rows, int64_t distinct,
                       SegRankedUplift *ranked)
{
	SegUpliftRow last = {0, 0, -1}; /* like no row */
	SegRadixItem *scratch;
	SegUpliftUsers *users;
	int64_t steps = 0;
	int64_t at = -1;
	SegBlock block;

	*ranked = (SegRankedUplift){.n = distinct};
	SEG_TRY(find_units(env, rows, ranked));
	SEG_ALLOC(env, ranked->items, distinct);
	SEG_ALLOC(env, scratch, distinct);
	SEG_ALLOC(env, users, distinct);
	ranked->users = users;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		const SegUpliftRow *row = (const SegUpliftRow *) block.x;

		for (int64_t i = 0; i < block.n; i++)
		{
			if (!is_same_row(&row[i], &last))
			{
				last = row[i];
				at++;
				ranked->items[at] =
					(SegRadixItem){~seg_radix_key(last.score), {at}};
				users[at] =
					(SegUpliftUsers){ldexp(last.outcome, -ranked->unit), 0};
			}
			users[at].n += last.arm == SEG_UPLIFT_TREATED ? 1 : -1;
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	for (int64_t i = 0; i < distinct; i++)
		seg_uplift_add(&ranked->all, &users[i]);
	return seg_radix_sort(env, ranked->items, scratch, distinct);
}
