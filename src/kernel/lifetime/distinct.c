/*-------------------------------------------------------------------------
 *
 * distinct.c
 *	  The distinct rows of a stream, in ascending order, with their weights.
 *
 * In canonical order equal rows follow each other, so most of the collapsing is
 * a comparison with the row before.  Equal rows of different weight are apart in
 * the stream, and meet when the table is sorted.
 *
 * src/kernel/lifetime/distinct.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/distinct.h"

#include <string.h>

#include "base/sort.h"

#define FIRST_CAPACITY 1024
#define STRETCH        65536 /* rows between checks for a stop */

static inline double *
row_of(double *x, const SegDistinct *t, int64_t i)
{
	return x + i * (t->columns + 1);
}

SegStatus
seg_distinct_open(SegEnv *env, SegRows *rows, int64_t limit, SegDistinct *table)
{
	*table = (SegDistinct){.rows = rows,
	                       .columns = rows->dim,
	                       .limit = limit,
	                       .is_weighted = rows->stride > rows->dim};
	table->capacity = rows->n < FIRST_CAPACITY ? rows->n : FIRST_CAPACITY;
	if (table->capacity > limit)
		table->capacity = limit;
	SEG_ALLOC(env, table->x, table->capacity * (table->columns + 1));
	SEG_ALLOC(env, table->other, table->capacity * (table->columns + 1));
	SEG_ALLOC(env, table->order, 2 * table->capacity);
	rows->rewind(rows);
	return SEG_OK;
}

void
seg_distinct_rewind(SegDistinct *table, int64_t limit)
{
	table->limit = limit;
	table->block = (SegBlock){0};
	table->at = 0;
	table->is_last = false;
	table->rows->rewind(table->rows);
}

static SegStatus
distinct_grow(SegEnv *env, SegDistinct *t)
{
	int64_t capacity = 4 * t->capacity < t->limit ? 4 * t->capacity : t->limit;
	size_t used = (size_t) t->n * (size_t) (t->columns + 1) * sizeof(double);
	double *x;

	SEG_ALLOC(env, x, capacity * (t->columns + 1));
	memcpy(x, t->x, used);
	t->x = x;
	SEG_ALLOC(env, t->other, capacity * (t->columns + 1));
	SEG_ALLOC(env, t->order, 2 * capacity);
	t->capacity = capacity;
	return SEG_OK;
}

static int
compare_columns(const double *a, const double *b, int32_t n)
{
	for (int32_t j = 0; j < n; j++)
	{
		if (a[j] != b[j])
			return a[j] < b[j] ? -1 : 1;
	}
	return 0;
}

/*
 * By weight, too, so that weights of equal rows are always added in one order.
 */
static int
compare_rows(const void *of, int64_t a, int64_t b)
{
	const SegDistinct *t = of;

	return compare_columns(row_of(t->x, t, a),
	                       row_of(t->x, t, b),
	                       t->columns + 1);
}

/*
 * Sort, and merge equal rows.
 */
static SegStatus
collapse(SegEnv *env, SegDistinct *t)
{
	size_t width = (size_t) (t->columns + 1) * sizeof(double);
	double *x = t->other;
	int64_t n = 0;

	for (int64_t i = 0; i < t->n; i++)
		t->order[i] = i;
	SEG_TRY(seg_sort_in(env, t->order, t->n, compare_rows, t, t->order + t->n));
	for (int64_t i = 0; i < t->n; i++)
	{
		const double *row = row_of(t->x, t, t->order[i]);
		double *last = n > 0 ? row_of(x, t, n - 1) : NULL;

		if (last != NULL && compare_columns(last, row, t->columns) == 0)
			last[t->columns] += row[t->columns];
		else
			memcpy(row_of(x, t, n++), row, width);
	}
	t->other = t->x;
	t->x = x;
	t->n = n;
	return SEG_OK;
}

/*
 * Make room for another row; *has_room is false if the table is full.
 */
static SegStatus
distinct_make_room(SegEnv *env, SegDistinct *t, bool *has_room)
{
	*has_room = true;
	if (t->n < t->capacity && t->n < t->limit)
		return SEG_OK;
	if (t->capacity < t->limit)
		return distinct_grow(env, t);
	/* collapsing pays if it leaves room for a while */
	SEG_TRY(collapse(env, t));
	*has_room = t->n <= t->limit / 2;
	return SEG_OK;
}

/*
 * Take the rows of the block; *has_room is false if some are left.
 */
static SegStatus
take_block(SegEnv *env, SegDistinct *t, bool *has_room)
{
	int32_t stride = t->rows->stride;

	*has_room = true;
	for (; t->at < t->block.n; t->at++)
	{
		const double *row = t->block.x + t->at * stride;
		double weight = t->is_weighted ? row[t->columns] : 1.0;
		double *to = t->n > 0 ? row_of(t->x, t, t->n - 1) : NULL;

		if (t->at % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (to != NULL && compare_columns(to, row, t->columns) == 0)
		{
			to[t->columns] += weight;
			continue;
		}
		SEG_TRY(distinct_make_room(env, t, has_room));
		if (!*has_room)
			return SEG_OK;
		to = row_of(t->x, t, t->n++);
		memcpy(to, row, (size_t) t->columns * sizeof(double));
		to[t->columns] = weight;
	}
	return SEG_OK;
}

SegStatus
seg_distinct_next(SegEnv *env, SegDistinct *t, bool *is_read)
{
	bool has_room = true;

	t->n = 0;
	while (has_room && !t->is_last)
	{
		if (t->at >= t->block.n)
		{
			t->is_last = !t->rows->next(t->rows, &t->block);
			t->at = 0;
			if (t->is_last)
				break;
		}
		SEG_TRY(take_block(env, t, &has_room));
	}
	SEG_TRY(collapse(env, t));
	*is_read = t->n > 0;
	return SEG_OK;
}
