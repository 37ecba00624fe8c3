/*-------------------------------------------------------------------------
 *
 * chance_to_win.h
 *	  Which of several quantities is the largest, if each is known as well as its
 *	  data tell?
 *
 * src/kernel/experiment/chance_to_win.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CHANCE_TO_WIN_H
#define SEG_KERNEL_CHANCE_TO_WIN_H

#include "base/env.h"

#define SEG_MAX_CONTESTANTS 100

/* What is known about one: a beta or a normal distribution. */
typedef struct SegPosterior
{
	bool is_share;
	double a; /* of beta, both 1 or more */
	double b;
	double mean;
	double mean_rest;  /* digits that mean has no room for */
	double complement; /* of a share: 1 - mean, with all its digits */
	double deviation;  /* above 0 */
} SegPosterior;

/* Of a share, before which all shares were equally likely. */
extern SegPosterior seg_posterior_of_share(double successes, double failures);
extern SegPosterior
seg_posterior_of_mean(double mean, double mean_rest, double deviation);

/*
 * Chances of a share below x, and above it: each precise where it is small. rest
 * is 1 - x.
 */
extern void seg_share_tails(const SegPosterior *posterior, double x,
                            double rest, double *below, double *above);

/*
 * For each: the chance that it is the largest, and by how much it is expected to
 * be below the largest.
 */
extern SegStatus seg_chances_to_win(SegEnv *env, const SegPosterior *posteriors,
                                    int64_t n, double *chances, double *losses);

#endif /* SEG_KERNEL_CHANCE_TO_WIN_H */
