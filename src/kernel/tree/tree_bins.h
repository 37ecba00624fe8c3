/*-------------------------------------------------------------------------
 *
 * tree_bins.h
 *	  Elements of training rows as numbers of bins, one byte each.
 *
 * src/kernel/tree/tree_bins.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_BINS_H
#define SEG_KERNEL_TREE_BINS_H

#include <float.h>

#include "base/rows.h"

/* Elements that lie side by side: the codes of a row are one 64-bit word. */
#define SEG_BIN_GROUP 8

/*
 * The bins of an element are numbered from 0 in ascending order; one more, the
 * last, is for missing elements if there are any.
 */
typedef struct SegBins
{
	int64_t n;
	int64_t dim;
	int64_t groups;
	int64_t total;    /* bins of all elements, those for missing included */
	double **edges;   /* dim: bin b is up to edges[b], the last is open */
	int32_t *numbers; /* dim: bins of numbers, 1 to 255 */
	int32_t *first;   /* dim: first bin among all */
	unsigned char *missing; /* dim: has a bin for missing elements */
	uint8_t *codes;         /* groups * n * SEG_BIN_GROUP */
} SegBins;

/* Bytes of codes per row. */
static inline int64_t
seg_bins_row_bytes(int64_t dim)
{
	return (dim + SEG_BIN_GROUP - 1) / SEG_BIN_GROUP * SEG_BIN_GROUP;
}

/* The codes of a group of elements: n words. */
static inline const uint8_t *
seg_bins_group(const SegBins *bins, int64_t group)
{
	return bins->codes + group * bins->n * SEG_BIN_GROUP;
}

/* The codes of an element: every eighth byte. */
static inline const uint8_t *
seg_bins_element(const SegBins *bins, int64_t element)
{
	return seg_bins_group(bins, element / SEG_BIN_GROUP) +
	       element % SEG_BIN_GROUP;
}

/* The largest number that a bin holds. */
static inline double
seg_bins_edge(const SegBins *bins, int64_t element, int64_t bin)
{
	return bin < bins->numbers[element] - 1 ? bins->edges[element][bin]
	                                        : DBL_MAX;
}

extern SegStatus
seg_bins_make(SegEnv *env, SegRows *rows, int64_t max_bins, SegBins *bins);

#endif /* SEG_KERNEL_TREE_BINS_H */
