/*-------------------------------------------------------------------------
 *
 * assignment.c
 *	  The linear assignment problem.
 *
 * The Hungarian algorithm with shortest augmenting paths: rows enter one by
 * one, each along the path on which reduced costs grow least, found as in
 * Dijkstra's algorithm. Prices of rows and columns keep all reduced costs from
 * falling below zero. Time rows^2 * columns. Ties go to the lowest column.
 *
 * R. Jonker, A. Volgenant, "A Shortest Augmenting Path Algorithm for Dense and
 * Sparse Linear Assignment Problems", Computing 38, 1987.
 *
 * src/base/assignment.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/assignment.h"

#include <math.h>

/* Rows and columns are numbered from 1 here; column 0 holds the new row. */
typedef struct Search
{
	const double *cost;
	int64_t columns;
	double *row_price;
	double *column_price;
	double *gap;     /* least reduced cost at which a column was reached */
	int64_t *row_of; /* of each column; 0: free */
	int64_t *from;   /* the previous column on the path */
	bool *is_done;
} Search;

/*
 * From the row of column at, move to the nearest column not yet done.
 */
static int64_t
step(Search *s, int64_t at)
{
	int64_t row = s->row_of[at];
	const double *cost = s->cost + (row - 1) * s->columns - 1;
	double least = INFINITY;
	int64_t next = 0;

	s->is_done[at] = true;
	for (int64_t c = 1; c <= s->columns; c++)
	{
		double reduced;

		if (s->is_done[c])
			continue;
		reduced = cost[c] - s->row_price[row] - s->column_price[c];
		if (reduced < s->gap[c])
		{
			s->gap[c] = reduced;
			s->from[c] = at;
		}
		if (s->gap[c] < least)
		{
			least = s->gap[c];
			next = c;
		}
	}
	for (int64_t c = 0; c <= s->columns; c++)
	{
		if (s->is_done[c])
		{
			s->row_price[s->row_of[c]] += least;
			s->column_price[c] -= least;
		}
		else
			s->gap[c] -= least;
	}
	return next;
}

static SegStatus
enter_row(SegEnv *env, Search *s, int64_t row)
{
	int64_t at = 0;

	s->row_of[0] = row;
	for (int64_t c = 0; c <= s->columns; c++)
	{
		s->gap[c] = INFINITY;
		s->is_done[c] = false;
	}
	do
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		at = step(s, at);
	} while (s->row_of[at] != 0);

	/* pass the rows along the path */
	while (at != 0)
	{
		s->row_of[at] = s->row_of[s->from[at]];
		at = s->from[at];
	}
	return SEG_OK;
}

SegStatus
seg_assignment(SegEnv *env, const double *cost, int64_t rows, int64_t columns,
               int64_t *column_of)
{
	Search s = {.cost = cost, .columns = columns};

	SEG_ALLOC(env, s.row_price, rows + 1);
	SEG_ALLOC(env, s.column_price, columns + 1);
	SEG_ALLOC(env, s.gap, columns + 1);
	SEG_ALLOC(env, s.row_of, columns + 1);
	SEG_ALLOC(env, s.from, columns + 1);
	SEG_ALLOC(env, s.is_done, columns + 1);
	for (int64_t row = 1; row <= rows; row++)
		SEG_TRY(enter_row(env, &s, row));
	for (int64_t c = 1; c <= columns; c++)
	{
		if (s.row_of[c] != 0)
			column_of[s.row_of[c] - 1] = c - 1;
	}
	return SEG_OK;
}
