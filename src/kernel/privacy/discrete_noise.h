/*-------------------------------------------------------------------------
 *
 * discrete_noise.h
 *	  Whole numbers with exactly the chances of the discrete Laplace and Gaussian
 *	  distributions, and how much of them hides one user.
 *
 * src/kernel/privacy/discrete_noise.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DISCRETE_NOISE_H
#define SEG_KERNEL_DISCRETE_NOISE_H

#include "base/dice.h"

/* True with a chance of exp(-numerator / denominator). */
extern bool seg_exp_chance(const SegDice *dice, SegChances numerator,
                           SegChances denominator);

/*
 * y with a chance proportional to exp(-|y| s / t). t and s are below 2^114, so
 * that nothing overflows.
 */
extern __int128
seg_discrete_laplace(const SegDice *dice, SegChances t, SegChances s);

/* y with a chance proportional to exp(-y^2 / (2 variance)). */
#define SEG_MAX_VARIANCE (INT64_C(1) << 54)

extern int64_t seg_discrete_gaussian(const SegDice *dice, int64_t variance);

/* One attempt of each: false: try again. */
extern bool seg_discrete_laplace_try(const SegDice *dice, SegChances t,
                                     SegChances s, __int128 *y);
extern bool seg_discrete_gaussian_try(const SegDice *dice, int64_t variance,
                                      int64_t t, int64_t *y);

/*
 * The smallest standard deviation of Gaussian noise that gives a number which
 * one user changes by up to "sensitivity" this epsilon and delta; discrete: the
 * noise is whole numbers.
 */
extern double seg_gaussian_deviation(double sensitivity, double epsilon,
                                     double delta, bool discrete);

/*
 * The smallest k for which discrete Laplace noise of scale 1 / epsilon is k or
 * more with a chance of delta at most.
 */
extern double seg_laplace_tail(double epsilon, double delta);

#endif /* SEG_KERNEL_DISCRETE_NOISE_H */
