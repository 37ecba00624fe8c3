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
 * By 2^-unit, no number is above 2. The power itself must be a double.
 */
static int
unit_of_numbers(double largest)
{
	int unit = largest > 0.0 ? ilogb(largest) : 0;

	return unit > -1000 ? unit : -1000;
}

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
	ranked->unit = unit_of_numbers(largest);
	ranked->score_unit = unit_of_numbers(largest_score);
	return SEG_OK;
}

static bool
is_same_row(const SegUpliftRow *a, const SegUpliftRow *b)
{
	return a->score == b->score && a->outcome == b->outcome && a->arm == b->arm;
}

/*
 * Users who are alike, in the order of the stream, and their items.
 */
static SegStatus
count_users(SegEnv *env, SegRows *rows, const SegRankedUplift *ranked,
            SegUpliftUsers *users)
{
	SegUpliftRow last = {0, 0, -1}; /* like no row */
	double scale = ldexp(1.0, -ranked->unit);
	int64_t steps = 0;
	int64_t at = -1;
	SegBlock block;

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
				users[at] = (SegUpliftUsers){last.outcome * scale, 0};
			}
			users[at].n += last.arm == SEG_UPLIFT_TREATED ? 1 : -1;
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	return SEG_OK;
}

SegStatus
seg_ranked_uplift_read(SegEnv *env, SegRows *rows, int64_t distinct,
                       SegRankedUplift *ranked)
{
	SegRadixItem *scratch;
	SegUpliftUsers *users;
	int64_t steps = 0;

	*ranked = (SegRankedUplift){.n = distinct};
	SEG_ALLOC(env, ranked->items, distinct);
	SEG_ALLOC(env, ranked->users, distinct);
	SEG_ALLOC(env, scratch, distinct);
	SEG_ALLOC(env, users, distinct);
	SEG_TRY(find_units(env, rows, ranked));
	SEG_TRY(count_users(env, rows, ranked, users));
	SEG_TRY(seg_radix_sort(env, ranked->items, scratch, distinct));
	for (int64_t i = 0; i < distinct; i++)
	{
		ranked->users[i] = users[ranked->items[i].index];
		ranked->scores +=
			i == 0 || ranked->items[i].key != ranked->items[i - 1].key;
		seg_uplift_add(&ranked->all, &ranked->users[i]);
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	return SEG_OK;
}
