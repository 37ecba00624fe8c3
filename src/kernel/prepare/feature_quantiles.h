/*-------------------------------------------------------------------------
 *
 * feature_quantiles.h
 *	  Exact quantiles of each element of many vectors.
 *
 * src/kernel/prepare/feature_quantiles.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FEATURE_QUANTILES_H
#define SEG_KERNEL_FEATURE_QUANTILES_H

#include "base/rows.h"

#define SEG_MAX_FRACTIONS 1000

/*
 * result: dim * n_fractions, element by element; missing where no row has the
 * element. Between two values quantiles are interpolated, as percentile_cont
 * does.
 */
extern SegStatus
seg_feature_quantiles(SegEnv *env, SegRows *rows, const double *fractions,
                      int64_t n_fractions, double *result);

/*
 * Put the numbers of these ranks, ascending and from 0, where sorting would put
 * them; the others stay on their side of them.
 */
extern SegStatus seg_select(SegEnv *env, double *x, int64_t n,
                            const int64_t *ranks, int64_t n_ranks);

#endif /* SEG_KERNEL_FEATURE_QUANTILES_H */
