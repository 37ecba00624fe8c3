/*-------------------------------------------------------------------------
 *
 * tree_histogram.h
 *	  Sums of the rows of a node, for each bin of each element.
 *
 * src/kernel/tree/tree_histogram.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_HISTOGRAM_H
#define SEG_KERNEL_TREE_HISTOGRAM_H

#include "kernel/tree/tree_bins.h"

/*
 * First and second derivative of the loss of a row, as multiples of a unit.
 * All sums of them are sums of integers, hence the same in any order.
 */
typedef struct SegGradient
{
	int32_t g;
	int32_t h;
} SegGradient;

/*
 * What a tree is grown from. A sum is a word for each output, and one that
 * holds both the sum of h and, above count_shift, the number of rows.
 *
 * With several outputs, g of the row's class is -h, and that of all others 0.
 */
typedef struct SegTreeData
{
	const SegBins *bins;
	SegGradient *gradients;  /* per row */
	const uint16_t *classes; /* per row; NULL: one output */
	int64_t outputs;
	int count_shift;
	double g_unit;
	double h_unit;
} SegTreeData;

typedef int64_t SegSum; /* outputs + 1 of them */

static inline int64_t
seg_sum_rows(const SegTreeData *data, const SegSum *sum)
{
	return sum[data->outputs] >> data->count_shift;
}

static inline double
seg_sum_h(const SegTreeData *data, const SegSum *sum)
{
	return (double) (sum[data->outputs] &
	                 ((INT64_C(1) << data->count_shift) - 1)) *
	       data->h_unit;
}

static inline double
seg_sum_g(const SegTreeData *data, const SegSum *sum, int64_t output)
{
	return (double) sum[output] * data->g_unit;
}

/* Words of a histogram. */
static inline int64_t
seg_histogram_words(const SegTreeData *data)
{
	return data->bins->total * (data->outputs + 1);
}

/* The first sum of an element. */
static inline SegSum *
seg_histogram_element(const SegTreeData *data, SegSum *histogram,
                      int64_t element)
{
	return histogram + data->bins->first[element] * (data->outputs + 1);
}

/*
 * Units that no sum can overflow, for n rows whose |g| and h are at most these.
 */
extern void
seg_histogram_units(SegTreeData *data, int64_t n, double most_g, double most_h);

/*
 * Add up some rows. elements: those to add up, ascending; NULL: all of them.
 * gathered has room for as many gradients as there are rows.
 */
extern void
seg_histogram_build(const SegTreeData *data, const uint32_t *rows, int64_t n,
                    const int32_t *elements, int64_t n_elements,
                    SegGradient *gathered, SegSum *histogram);

/* Take the sums of one child from those of its parent: the other child's. */
extern void seg_histogram_subtract(const SegTreeData *data, SegSum *parent,
                                   const SegSum *child);

/* The sum of some rows. */
extern void seg_histogram_total(const SegTreeData *data, const uint32_t *rows,
                                int64_t n, SegSum *sum);

#endif /* SEG_KERNEL_TREE_HISTOGRAM_H */
