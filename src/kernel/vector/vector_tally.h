/*-------------------------------------------------------------------------
 *
 * vector_tally.h
 *	  Sums, means, deviations and extremes of each element of many vectors.
 *
 * src/kernel/vector/vector_tally.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_VECTOR_TALLY_H
#define SEG_KERNEL_VECTOR_TALLY_H

#include "base/env.h"

/*
 * What is kept for each element: arrays of dim numbers, which the caller owns
 * and sets to zero first.  Each sum comes with what rounding took from it.
 */
typedef struct SegVectorTally
{
	int32_t dim;
	double *n; /* vectors that had this element */
	double *sum;
	double *sum_rest;
	double *square; /* sum of squares; NULL if only sums are asked for */
	double *square_rest;
} SegVectorTally;

/* Arrays in a tally without and with squares. */
#define SEG_VECTOR_TALLY_SUMS    3
#define SEG_VECTOR_TALLY_SQUARES 5

extern SegVectorTally
seg_vector_tally(double *numbers, int32_t dim, int arrays);
extern SegStatus seg_vector_tally_check(SegEnv *env, const SegVectorTally *t);
extern void seg_vector_tally_add(SegVectorTally *t, const double *x);
extern void
seg_vector_tally_merge(SegVectorTally *into, const SegVectorTally *from);

/* Answers; *has_missing says whether an element had too few values. */
typedef SegStatus (*SegVectorAnswer)(SegEnv *env, const SegVectorTally *t,
                                     double *result, bool *has_missing);

extern SegStatus seg_vector_sum(SegEnv *env, const SegVectorTally *t,
                                double *result, bool *has_missing);
extern SegStatus seg_vector_mean(SegEnv *env, const SegVectorTally *t,
                                 double *result, bool *has_missing);
extern SegStatus seg_vector_stddev(SegEnv *env, const SegVectorTally *t,
                                   double *result, bool *has_missing);

/* Keep the smaller or larger of each; true if an element is still missing. */
extern bool seg_vector_keep_min(double *kept, const double *x, int32_t dim);
extern bool seg_vector_keep_max(double *kept, const double *x, int32_t dim);

#endif /* SEG_KERNEL_VECTOR_TALLY_H */
