/*-------------------------------------------------------------------------
 *
 * cf_bias.h
 *	  How far above the mean users rate, and items are rated.
 *
 * src/kernel/recommend/cf_bias.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_BIAS_H
#define SEG_KERNEL_CF_BIAS_H

#include "kernel/recommend/ratings.h"

/* The prediction is mean + user[u] + item[i]. */
typedef struct SegBiases
{
	double mean;
	double *user;
	double *item;
} SegBiases;

typedef struct SegBaseline
{
	int64_t iterations;
	double user_regularization;
	double item_regularization;
} SegBaseline;

/* What pearson_baseline subtracts from ratings, whatever the options. */
extern const SegBaseline seg_baseline_default;

extern SegStatus
seg_bias_baseline(SegEnv *env, const SegRatings *ratings,
                  const SegBaseline *baseline, SegBiases *biases);

/* The mean of each user and of each item, less the mean of all ratings. */
extern SegStatus
seg_bias_means(SegEnv *env, const SegRatings *ratings, SegBiases *biases);

/* Mean of ratings above what the other side predicts (NULL: 0), shrunk. */
extern double seg_bias_of(const SegHistory *history, double mean,
                          const double *other, double regularization);

#endif /* SEG_KERNEL_CF_BIAS_H */
