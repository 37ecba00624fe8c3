/*-------------------------------------------------------------------------
 *
 * chi_square_test.c
 *	  Do two labels depend on each other? Pearson's chi-square test.
 *
 * Cells are added up in the order of their labels, not in that of the map, which
 * depends on the plan. What a cell differs from its expected count is a fraction
 * of whole numbers, so nothing cancels.
 *
 * K. Pearson, "On the Criterion That a Given System of Deviations …", Philosophical
 * Magazine 50, 1900; H. Cramer, Mathematical Methods of Statistics, 1946, 21.9.
 *
 * src/kernel/experiment/chi_square_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/chi_square_test.h"

#include <math.h>

#include "base/incomplete_gamma.h"
#include "base/label_order.h"
#include "base/missing.h"

/*
 * Numbers of the labels of a margin, in order.
 */
static SegStatus
order_of_labels(SegEnv *env, const SegCountMap *margin, int64_t **order)
{
	if (margin->n > SEG_CHI_SQUARE_MAX_LABELS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "different labels",
		                (double) margin->n,
		                SEG_CHI_SQUARE_MAX_LABELS);
	SEG_ALLOC(env, *order, margin->n + 1);
	for (int64_t i = 0; i < margin->n; i++)
	{
		SegText label = seg_count_map_key(margin, i);
		int64_t at = i;

		for (; at > 0; at--)
		{
			SegText before = seg_count_map_key(margin, (*order)[at - 1]);

			if (seg_label_compare(before, label) <= 0)
				break;
			(*order)[at] = (*order)[at - 1];
		}
		(*order)[at] = i;
	}
	return SEG_OK;
}

/*
 * Add up the cells; counts: rows of the first label by columns of the second.
 */
static void
add_cells(const SegContingency *t, const int64_t *rows, const int64_t *columns,
          const int64_t *counts, SegChiSquareTest *result)
{
	result->smallest_expected = INFINITY;
	for (int64_t i = 0; i < t->margin[0]->n; i++)
	{
		int64_t row = seg_contingency_count(t->margin[0], rows[i]);

		for (int64_t j = 0; j < t->margin[1]->n; j++)
		{
			int64_t column = seg_contingency_count(t->margin[1], columns[j]);
			int64_t count = counts[rows[i] * t->margin[1]->n + columns[j]];
			__int128 product = (__int128) row * column;
			double expected = (double) product / (double) t->n;
			double gap =
				(double) ((__int128) count * t->n - product) / (double) t->n;

			result->chi_square += gap * gap / expected;
			result->smallest_expected =
				fmin(result->smallest_expected, expected);
		}
	}
}

SegStatus
seg_chi_square_test(SegEnv *env, const SegCountMap *pairs,
                    SegChiSquareTest *result)
{
	SegContingency t;
	int64_t *rows, *columns, *counts;
	int64_t shorter;

	SEG_TRY(seg_contingency_read(env, pairs, &t));
	SEG_TRY(order_of_labels(env, t.margin[0], &rows));
	SEG_TRY(order_of_labels(env, t.margin[1], &columns));
	*result = (SegChiSquareTest){.n = t.n,
	                             .p_value = seg_missing(),
	                             .cramers_v = seg_missing()};
	result->degrees_of_freedom =
		((int64_t) t.margin[0]->n - 1) * ((int64_t) t.margin[1]->n - 1);
	SEG_ALLOC(env, counts, (int64_t) t.margin[0]->n * t.margin[1]->n + 1);
	for (int64_t i = 0; i < pairs->n; i++)
		counts[t.label[0][i] * t.margin[1]->n + t.label[1][i]] =
			seg_contingency_count(pairs, i);
	add_cells(&t, rows, columns, counts, result);
	if (result->degrees_of_freedom == 0)
	{
		result->chi_square = seg_missing();
		return SEG_OK;
	}
	shorter = t.margin[0]->n < t.margin[1]->n ? t.margin[0]->n : t.margin[1]->n;
	result->p_value = seg_chi_square_upper(result->chi_square,
	                                       (double) result->degrees_of_freedom);
	result->cramers_v =
		fmin(sqrt(result->chi_square / ((double) t.n * (double) (shorter - 1))),
	         1.0);
	return SEG_OK;
}
