/*-------------------------------------------------------------------------
 *
 * uplift.h
 *	  Does a score find the users whom a treatment moves?
 *
 * What needs users of both arms, and there are none, is seg_missing(), or the
 * whole result is SEG_UNDEFINED.
 *
 * src/kernel/experiment/uplift.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_UPLIFT_H
#define SEG_KERNEL_UPLIFT_H

#include "kernel/experiment/ranked_uplift.h"

/* Users of the scores in a bin; those of one score are in the same bin. */
typedef struct SegUpliftBin
{
	int64_t number; /* from 1 */
	double highest; /* score */
	double lowest;
	double mean_score;
	int64_t n[SEG_UPLIFT_ARMS];
	double mean[SEG_UPLIFT_ARMS]; /* outcome */
	double uplift;
	double low; /* of its confidence interval */
	double high;
	double uplift_so_far; /* of this bin and those before, as all that follows */
	double gain;
	double qini;
} SegUpliftBin;

#define SEG_UPLIFT_MAX_BINS 10000

/* At most max_bins bins, the highest scores first. */
extern SegStatus
seg_uplift_bins(SegEnv *env, const SegRankedUplift *ranked, int64_t max_bins,
                double confidence, SegUpliftBin **bins, int64_t *n);

#define SEG_QINI_MAX_POINTS 10000000

/* If the users with a score from the threshold on are treated. */
typedef struct SegQiniPoint
{
	double threshold; /* the first one is infinite: no user is treated */
	int64_t n[SEG_UPLIFT_ARMS];
	double qini;
	double random_qini;
	double gain;
} SegQiniPoint;

extern SegStatus seg_qini_curve(SegEnv *env, const SegRankedUplift *ranked,
                                SegQiniPoint **points, int64_t *n);

/*
 * The area between the Qini curve and that of a random order: per treated user,
 * over the share of users; and by the area of the best order that there can be.
 */
extern SegStatus
seg_qini_area(SegEnv *env, const SegRankedUplift *ranked, double *area);
extern SegStatus
seg_qini_coefficient(SegEnv *env, const SegRankedUplift *ranked,
                     double *coefficient);

#endif /* SEG_KERNEL_UPLIFT_H */
