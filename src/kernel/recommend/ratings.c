/*-------------------------------------------------------------------------
 *
 * ratings.c
 *	  Ratings as one list per user and one list per item.
 *
 * Two counting sorts, by item and then, stably, by user, put the ratings in
 * order of users and items, in time linear in ratings, users and items.  Ratings
 * of one pair are then side by side.  They are sorted by value before they are
 * added, so that no sum depends on the order of rows.
 *
 * src/kernel/recommend/ratings.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/ratings.h"

#include <math.h>

#include "base/sort.h"

#define FEW     16    /* most values for insertion sort */
#define STRETCH 65536 /* ratings or lists between checks whether to stop */

/* ---------- ratings of one pair ---------- */

static void
ratings_insertion_sort(double *x, int64_t n)
{
	for (int64_t i = 1; i < n; i++)
	{
		double value = x[i];
		int64_t j = i;

		for (; j > 0 && x[j - 1] > value; j--)
			x[j] = x[j - 1];
		x[j] = value;
	}
}

static int
compare_values(const void *of, int64_t a, int64_t b)
{
	const double *x = of;

	return (x[a] > x[b]) - (x[a] < x[b]);
}

/*
 * One value for n ratings of one pair.
 */
static SegStatus
merge_values(SegEnv *env, double *x, int64_t n, SegDuplicates duplicates,
             double *result)
{
	int64_t *order = NULL;
	double sum = 0.0;

	if (n <= FEW)
		ratings_insertion_sort(x, n);
	else
	{
		SEG_ALLOC(env, order, n);
		for (int64_t i = 0; i < n; i++)
			order[i] = i;
		SEG_TRY(seg_sort(env, order, n, compare_values, x));
	}
	for (int64_t i = 0; i < n; i++)
		sum += x[order != NULL ? order[i] : i];
	*result = duplicates == SEG_DUPLICATES_SUM ? sum : sum / (double) n;
	return SEG_OK;
}

/*
 * Leave one rating per item of the list at from .. end - 1, and write them from
 * *to on.
 */
static SegStatus
merge_list(SegEnv *env, int32_t *item, double *value, int64_t from, int64_t end,
           SegDuplicates duplicates, int64_t *to)
{
	while (from < end)
	{
		int64_t first = from;
		double x = value[first];

		while (from < end && item[from] == item[first])
			from++;
		if (from - first > 1)
			SEG_TRY(
				merge_values(env, value + first, from - first, duplicates, &x));
		item[*to] = item[first];
		value[*to] = x;
		++*to;
	}
	return SEG_OK;
}

/* ---------- one user ---------- */

static int
ratings_compare_items(const void *of, int64_t a, int64_t b)
{
	const SegRating *rating = of;

	return (rating[a].item > rating[b].item) -
	       (rating[a].item < rating[b].item);
}

SegStatus
seg_history_build(SegEnv *env, const SegRating *rating, int64_t n,
                  SegDuplicates duplicates, SegHistory *history)
{
	int64_t *order;
	int32_t *item;
	double *value;
	int64_t left = 0;

	SEG_ALLOC(env, order, n + 1);
	SEG_ALLOC(env, item, n + 1);
	SEG_ALLOC(env, value, n + 1);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, n, ratings_compare_items, rating));
	for (int64_t i = 0; i < n; i++)
	{
		item[i] = rating[order[i]].item;
		value[i] = rating[order[i]].value;
	}
	SEG_TRY(merge_list(env, item, value, 0, n, duplicates, &left));
	*history = (SegHistory){left, item, value};
	return SEG_OK;
}

/* ---------- lists ---------- */

static SegStatus
ratings_ask(SegEnv *env, int64_t i)
{
	return i % STRETCH == 0 && env->stop(env->host) ? SEG_STOPPED : SEG_OK;
}

/*
 * Turn counts into the starts of lists; start has one element more.
 */
static void
accumulate(int64_t *start, int32_t count)
{
	int64_t sum = 0;

	for (int32_t l = 0; l <= count; l++)
	{
		int64_t n = start[l];

		start[l] = sum;
		sum += n;
	}
}

/* After filling, start[l] is where list l ends: restore the starts. */
static void
restore(int64_t *start, int32_t count)
{
	for (int32_t l = count; l > 0; l--)
		start[l] = start[l - 1];
	start[0] = 0;
}

static inline int32_t
placed(const int32_t *place, int32_t code)
{
	return place != NULL ? place[code] : code;
}

static SegStatus
sort_by_item(SegEnv *env, const SegRatingBlocks *blocks, SegRating *sorted)
{
	int64_t *start;

	SEG_ALLOC(env, start, (int64_t) blocks->items + 1);
	for (int64_t b = 0; b < blocks->count; b++)
		for (int64_t i = 0; i < blocks->block[b].n; i++)
			start[placed(blocks->item_place, blocks->block[b].rating[i].item)]++;
	accumulate(start, blocks->items);
	for (int64_t b = 0; b < blocks->count; b++)
	{
		for (int64_t i = 0; i < blocks->block[b].n; i++)
		{
			SegRating r = blocks->block[b].rating[i];

			SEG_TRY(ratings_ask(env, i));
			r.user = placed(blocks->user_place, r.user);
			r.item = placed(blocks->item_place, r.item);
			sorted[start[r.item]++] = r;
		}
	}
	return SEG_OK;
}

/*
 * Write the ratings, sorted by item, as one list per user.
 */
static SegStatus
sort_by_user(SegEnv *env, const SegRating *sorted, int64_t n, int64_t *start,
             int32_t users, int32_t *item, double *value)
{
	for (int64_t i = 0; i < n; i++)
	{
		SEG_TRY(ratings_ask(env, i));
		start[sorted[i].user]++;
	}
	accumulate(start, users);
	for (int64_t i = 0; i < n; i++)
	{
		int64_t at = start[sorted[i].user]++;

		SEG_TRY(ratings_ask(env, i));
		item[at] = sorted[i].item;
		value[at] = sorted[i].value;
	}
	restore(start, users);
	return SEG_OK;
}

/*
 * Leave one rating per pair, and close up the lists.
 */
static SegStatus
merge_duplicates(SegEnv *env, int64_t *start, int32_t users, int32_t *item,
                 double *value, SegDuplicates duplicates)
{
	int64_t to = 0;
	int64_t from = 0;

	for (int32_t u = 0; u < users; u++)
	{
		int64_t end = start[u + 1];

		SEG_TRY(ratings_ask(env, u));
		start[u] = to;
		SEG_TRY(merge_list(env, item, value, from, end, duplicates, &to));
		from = end;
	}
	start[users] = to;
	return SEG_OK;
}

SegStatus
seg_lists_transpose(SegEnv *env, const SegRatingLists *from, int32_t count,
                    SegRatingLists *result)
{
	int64_t n = from->start[from->count];
	int64_t *start;
	int32_t *other;
	double *value;

	SEG_ALLOC(env, start, (int64_t) count + 1);
	SEG_ALLOC(env, other, n + 1);
	SEG_ALLOC(env, value, n + 1);
	for (int64_t i = 0; i < n; i++)
	{
		SEG_TRY(ratings_ask(env, i));
		start[from->other[i]]++;
	}
	accumulate(start, count);
	for (int32_t l = 0; l < from->count; l++)
	{
		SEG_TRY(ratings_ask(env, l));
		for (int64_t i = from->start[l]; i < from->start[l + 1]; i++)
		{
			int64_t at = start[from->other[i]]++;

			other[at] = l;
			value[at] = from->value[i];
		}
	}
	restore(start, count);
	*result = (SegRatingLists){count, start, other, value};
	return SEG_OK;
}

SegStatus
seg_ratings_of_users(SegEnv *env, const SegRatingLists *lists, int32_t items,
                     SegRatings *ratings)
{
	int64_t n = lists->start[lists->count];
	double sum = 0.0;

	*ratings = (SegRatings){.users = lists->count,
	                        .items = items,
	                        .n = n,
	                        .by_user = *lists,
	                        .least = INFINITY,
	                        .most = -INFINITY};
	for (int64_t i = 0; i < n; i++)
	{
		SEG_TRY(ratings_ask(env, i));
		sum += lists->value[i];
		ratings->least = fmin(ratings->least, lists->value[i]);
		ratings->most = fmax(ratings->most, lists->value[i]);
	}
	ratings->mean = n > 0 ? sum / (double) n : 0.0;
	return seg_lists_transpose(env, lists, items, &ratings->by_item);
}

SegStatus
seg_ratings_build(SegEnv *env, const SegRatingBlocks *blocks,
                  SegDuplicates duplicates, SegRatings *ratings)
{
	SegRating *sorted;
	int64_t *start;
	int32_t *item;
	double *value;
	SegRatingLists lists;

	SEG_ALLOC(env, sorted, blocks->n);
	SEG_ALLOC(env, start, (int64_t) blocks->users + 1);
	SEG_ALLOC(env, item, blocks->n);
	SEG_ALLOC(env, value, blocks->n);
	SEG_TRY(sort_by_item(env, blocks, sorted));
	SEG_TRY(
		sort_by_user(env, sorted, blocks->n, start, blocks->users, item, value));
	SEG_TRY(
		merge_duplicates(env, start, blocks->users, item, value, duplicates));
	lists = (SegRatingLists){blocks->users, start, item, value};
	return seg_ratings_of_users(env, &lists, blocks->items, ratings);
}
