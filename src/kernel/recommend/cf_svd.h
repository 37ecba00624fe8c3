/*-------------------------------------------------------------------------
 *
 * cf_svd.h
 *	  Biased matrix factorization of ratings, by stochastic gradient descent.
 *
 * src/kernel/recommend/cf_svd.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_SVD_H
#define SEG_KERNEL_CF_SVD_H

#include "kernel/recommend/cf_bias.h"
#include "kernel/recommend/cf_loops.h"
#include "kernel/recommend/cf_options.h"

typedef struct SegSvd
{
	SegBiases biases;
	SegFactors factors;
	double deviation; /* of the ratings; 1 if they were not standardized */
	double rmse;      /* of the steps of the last epoch */
} SegSvd;

extern SegStatus seg_svd_train(SegEnv *env, const SegRatings *ratings,
                               const SegCfParams *params, SegSvd *svd);

/*
 * The factors and bias of a user who rated these items, with the rest
 * unchanged; factors has room for the width.
 */
typedef struct SegSvdItems
{
	int64_t width;
	const double *factors;
	const double *biases;
	double mean;
	double factor_penalty; /* of the squares, for each rating */
	double bias_penalty;
} SegSvdItems;

extern SegStatus
seg_svd_fold_in(SegEnv *env, const SegSvdItems *items,
                const SegHistory *history, double *factors, double *bias);

#endif /* SEG_KERNEL_CF_SVD_H */
