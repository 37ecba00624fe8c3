/*-------------------------------------------------------------------------
 *
 * regression_covariance.h
 *	  How certain the coefficients of a generalized linear model are.
 *
 * src/kernel/regression/regression_covariance.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_REGRESSION_COVARIANCE_H
#define SEG_KERNEL_REGRESSION_COVARIANCE_H

#include "kernel/regression/regression_pass.h"

/* Is the variance of labels about their means estimated? */
extern bool seg_has_dispersion(SegFamily family);

/*
 * After the climb, and once the model has a deviance: its dispersion and the
 * covariance of its coefficients, which a model with penalties has none of.
 */
extern SegStatus
seg_regression_covariance(SegEnv *env, SegRegressionPass *t, const SegClimb *c,
                          SegRegression *model);

/*
 * A covariance in units of the rows, in place. The variables are those of a
 * pass, so many times in a row. False: rounding has left no variance of one of them,
 * and so none that could be trusted.
 */
extern bool seg_unscale_covariance(const SegRegressionPass *t, int64_t blocks,
                                   double *matrix);

#endif /* SEG_KERNEL_REGRESSION_COVARIANCE_H */
