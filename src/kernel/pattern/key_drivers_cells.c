/*-------------------------------------------------------------------------
 *
 * key_drivers_cells.c
 *	  Rows with the same attributes, added up: the cells of a cube.
 *
 * There are usually far fewer cells than rows, and only cells are searched.
 * Cells come in the order of their attributes, and the numbers of a cell are
 * added in ascending order, so the order of rows has no effect on any digit.
 *
 * src/kernel/pattern/key_drivers_cells.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/key_drivers_search.h"

#include <string.h>

#include "base/hash.h"
#include "base/radix_sort.h"
#include "base/sort.h"

/* ---------- rows with the same attributes ---------- */

/* Lists of places in the order in which they are first seen. */
typedef struct Lists
{
	int64_t n;
	int32_t *items; /* one list after the other */
	int64_t *ends;  /* of each list; ends[-1] is 0 */
	int32_t *slots; /* number of a list + 1; 0: free */
	uint64_t mask;
} Lists;

static SegStatus
lists_create(SegEnv *env, const SegItemLists *rows, Lists *lists)
{
	int64_t *ends;
	uint64_t slots = 2;

	while (slots < 2 * (uint64_t) rows->n)
		slots *= 2;
	*lists = (Lists){.mask = slots - 1};
	SEG_ALLOC(env, lists->items, rows->total);
	SEG_ALLOC(env, ends, rows->n + 1);
	lists->ends = ends + 1;
	SEG_ALLOC(env, lists->slots, slots);
	return SEG_OK;
}

static inline int64_t
list_length(const Lists *lists, int64_t i)
{
	return lists->ends[i] - lists->ends[i - 1];
}

/*
 * The number of a list whose items were written behind all others: it stays
 * there if it is new.
 */
static int64_t
lists_find(Lists *lists, int64_t n)
{
	const int32_t *items = lists->items + lists->ends[lists->n - 1];
	size_t bytes = (size_t) n * sizeof(int32_t);
	uint64_t at = seg_hash(items, bytes, 0) & lists->mask;

	for (; lists->slots[at] != 0; at = (at + 1) & lists->mask)
	{
		int64_t i = lists->slots[at] - 1;

		if (list_length(lists, i) == n &&
		    memcmp(lists->items + lists->ends[i - 1], items, bytes) == 0)
			return i;
	}
	lists->slots[at] = (int32_t) (lists->n + 1);
	lists->ends[lists->n] = lists->ends[lists->n - 1] + n;
	return lists->n++;
}

/*
 * Find the lists of places that rows have, each place once and ascending, and
 * the list of each row.
 */
static SegStatus
find_lists(SegEnv *env, const SegItemRows *rows, Lists *lists, int32_t *list_of)
{
	SegItemWalk walk = seg_item_walk(rows->lists);
	int64_t row = 0;
	int64_t steps = 0;
	const int32_t *codes;
	int32_t *scratch;
	int32_t n;

	SEG_ALLOC(env, scratch, rows->lists->total);
	while (seg_item_walk_next(&walk, &codes, &n))
	{
		int32_t *items = lists->items + lists->ends[lists->n - 1];
		int32_t kept = 0;

		SEG_TRY(seg_count_steps(env, &steps, 8 * n + 16));
		for (int32_t i = 0; i < n; i++)
			items[i] = rows->places[codes[i]];
		seg_radix_sort_int32(items, scratch, n);
		for (int32_t i = 0; i < n; i++)
		{
			if (i == 0 || items[i] != items[kept - 1])
				items[kept++] = items[i];
		}
		list_of[row++] = (int32_t) lists_find(lists, kept);
	}
	return SEG_OK;
}

static int
compare_lists(const void *of, int64_t a, int64_t b)
{
	const Lists *lists = of;
	const int32_t *x = lists->items + lists->ends[a - 1];
	const int32_t *y = lists->items + lists->ends[b - 1];
	int64_t n = list_length(lists, a);
	int64_t m = list_length(lists, b);

	for (int64_t i = 0; i < n && i < m; i++)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return (n > m) - (n < m);
}

/* ---------- sums ---------- */

/*
 * Add up one measure of all rows, in ascending order within a cell's group.
 * starts: where the rows of each of these end up, and 0 behind them all.
 */
static SegStatus
add_measure(SegEnv *env, const SegDriverRows *rows, const int32_t *cell_of,
            int measure, const int64_t *starts, SegDriverCells *cells)
{
	int64_t n = rows->items->lists->n;
	int64_t groups = cells->n * SEG_DRIVER_GROUPS;
	SegWide *sums = (SegWide *) cells->sums + measure;
	int64_t steps = 0;
	int64_t *next;
	SegRadixItem *items;
	SegRadixItem *scratch;

	SEG_ALLOC(env, next, groups);
	SEG_ALLOC(env, items, n);
	SEG_ALLOC(env, scratch, n);
	memcpy(next, starts, (size_t) groups * sizeof(int64_t));
	for (int64_t row = 0; row < n; row++)
	{
		const double *x = rows->numbers + row * (rows->measures + 1);
		int64_t group = (int64_t) cell_of[row] * SEG_DRIVER_GROUPS +
		                (x[rows->measures] > 0);

		items[next[group]++] = (SegRadixItem){.key = seg_radix_key(x[measure]),
		                                      .number = x[measure]};
		SEG_TRY(seg_count_steps(env, &steps, 4));
	}
	for (int64_t g = 0; g < groups; g++, sums += rows->measures)
	{
		SEG_TRY(seg_radix_sort(env,
		                       items + starts[g],
		                       scratch,
		                       next[g] - starts[g]));
		for (int64_t i = starts[g]; i < next[g]; i++)
			*sums = seg_wide_add(*sums, (SegWide){items[i].number, 0.0});
		SEG_TRY(seg_count_steps(env, &steps, 4 * (next[g] - starts[g]) + 4));
	}
	return SEG_OK;
}

static SegStatus
add_up_cells(SegEnv *env, const SegDriverRows *rows, const int32_t *cell_of,
             SegDriverCells *cells)
{
	int64_t groups = cells->n * SEG_DRIVER_GROUPS;
	SegWide *sums;
	int64_t *starts;

	SEG_ALLOC(env, sums, groups * rows->measures);
	SEG_ALLOC(env, starts, groups + 1);
	cells->sums = sums;
	for (int64_t row = 0; row < rows->items->lists->n; row++)
	{
		const double *x = rows->numbers + row * (rows->measures + 1);

		starts[(int64_t) cell_of[row] * SEG_DRIVER_GROUPS +
		       (x[rows->measures] > 0) + 1]++;
	}
	for (int64_t g = 0; g < groups; g++)
		starts[g + 1] += starts[g];
	for (int m = 0; m < rows->measures; m++)
	{
		SegEnv inner = seg_enter(env);
		SegStatus status = add_measure(&inner, rows, cell_of, m, starts, cells);

		SEG_TRY(seg_leave(env, &inner, status));
	}
	for (int64_t cell = 0; cell < cells->n; cell++)
		seg_driver_add(&cells->total, cells, cell);
	return SEG_OK;
}

/*
 * Refuse numbers of which a sum or a difference could be too large.
 */
static SegStatus
check_sizes(SegEnv *env, const SegDriverRows *rows)
{
	int64_t n = rows->items->lists->n;

	for (int m = 0; m < rows->measures; m++)
	{
		double size = 0.0;

		for (int64_t row = 0; row < n; row++)
		{
			double x = rows->numbers[row * (rows->measures + 1) + m];

			size += x < 0 ? -x : x;
		}
		if (size > 0x1p1000)
			return seg_fail(env, SEG_NOT_FINITE, "sum of the measure", size, 0);
	}
	return SEG_OK;
}

/* ---------- attributes with enough support ---------- */

/*
 * Rank the attributes with enough support; ranks[place] is -1 for the others.
 */
static SegStatus
rank_attributes(SegEnv *env, const Lists *lists, const int64_t *order,
                int64_t ids, double min_support, SegDriverCells *cells,
                int32_t *ranks)
{
	int64_t steps = 0;
	SegDriverSums *sums;
	int32_t *places;

	SEG_ALLOC(env, sums, ids);
	SEG_ALLOC(env, places, ids);
	for (int64_t cell = 0; cell < cells->n; cell++)
	{
		int64_t list = order[cell];

		for (int64_t i = lists->ends[list - 1]; i < lists->ends[list]; i++)
			seg_driver_add(&sums[lists->items[i]], cells, cell);
		SEG_TRY(seg_count_steps(env, &steps, 32 * list_length(lists, list)));
	}
	for (int32_t place = 0; place < ids; place++)
	{
		ranks[place] = -1;
		if (seg_driver_support(&sums[place], &cells->total) < min_support)
			continue;
		places[cells->items] = place;
		ranks[place] = cells->items++;
	}
	cells->places = places;
	return SEG_OK;
}

/*
 * Pack the attributes with enough support, cell by cell, and the ends.
 */
static SegStatus
pack_cells(SegEnv *env, const Lists *lists, const int64_t *order,
           const int32_t *rank_of, SegDriverCells *cells)
{
	int32_t *ranks;
	int32_t *starts;
	int32_t at = 0;

	SEG_ALLOC(env, ranks, lists->ends[lists->n - 1] + cells->n);
	SEG_ALLOC(env, starts, cells->n);
	for (int64_t cell = 0; cell < cells->n; cell++)
	{
		int64_t list = order[cell];

		starts[cell] = at;
		for (int64_t i = lists->ends[list - 1]; i < lists->ends[list]; i++)
		{
			int32_t rank = rank_of[lists->items[i]];

			ranks[at] = rank;
			at += rank >= 0;
		}
		ranks[at++] = ~(int32_t) cell;
	}
	cells->ranks = ranks;
	cells->starts = starts;
	return SEG_OK;
}

SegStatus
seg_driver_cells_make(SegEnv *env, const SegDriverRows *rows,
                      double min_support, SegDriverCells *cells)
{
	const SegItemRows *items = rows->items;
	Lists lists;
	int32_t *cell_of; /* each row: first its list, then the list's cell */
	int64_t *order;   /* lists in the order of cells */
	int32_t *places;
	int32_t *ranks;

	*cells = (SegDriverCells){.measures = rows->measures};
	SEG_TRY(check_sizes(env, rows));
	SEG_TRY(lists_create(env, items->lists, &lists));
	SEG_ALLOC(env, cell_of, items->lists->n);
	SEG_TRY(find_lists(env, items, &lists, cell_of));
	cells->n = lists.n;
	SEG_ALLOC(env, order, lists.n);
	SEG_ALLOC(env, places, lists.n);
	for (int64_t i = 0; i < lists.n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, lists.n, compare_lists, &lists));
	for (int64_t cell = 0; cell < lists.n; cell++)
		places[order[cell]] = (int32_t) cell;
	for (int64_t row = 0; row < items->lists->n; row++)
		cell_of[row] = places[cell_of[row]];
	SEG_TRY(add_up_cells(env, rows, cell_of, cells));
	SEG_ALLOC(env, ranks, items->ids->count);
	SEG_TRY(rank_attributes(env,
	                        &lists,
	                        order,
	                        items->ids->count,
	                        min_support,
	                        cells,
	                        ranks));
	return pack_cells(env, &lists, order, ranks, cells);
}
