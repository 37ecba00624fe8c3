/*-------------------------------------------------------------------------
 *
 * ab_test.h
 *	  Do the variants of an experiment differ from its control?
 *
 * src/kernel/experiment/ab_test.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_AB_TEST_H
#define SEG_KERNEL_AB_TEST_H

#include "kernel/experiment/ab_state.h"

typedef enum SegAbAdjustment
{
	SEG_AB_HOLM,
	SEG_AB_BENJAMINI_HOCHBERG,
	SEG_AB_UNADJUSTED
} SegAbAdjustment;

extern const char *const seg_ab_adjustments[];

typedef struct SegAbTestOptions
{
	int64_t control; /* a variant of the state */
	double confidence;
	SegAbAdjustment adjustment;
	bool always_valid;
	bool as_means;            /* an outcome of 0 or 1, too, by Welch's t test */
	bool has_expected_effect; /* or else, if always_valid, a tenth of the
	                           * deviation of a user */
	double expected_effect;
	const double *shares; /* of the users that each variant should have;
	                         * NULL: equal */
	int64_t share_count;
} SegAbTestOptions;

/* What cannot be told is seg_missing(). */
typedef struct SegAbComparison
{
	int64_t n;
	double mean;       /* or ratio; adjusted if there is a covariate */
	double difference; /* from the control, as all that follows */
	double low;
	double high;
	double lift; /* difference by mean of the control */
	double lift_low;
	double lift_high;
	double statistic;
	double freedom;
	double p_value;
	double adjusted_p_value;
} SegAbComparison;

typedef struct SegAbTest
{
	SegAbComparison *variants; /* as in the state */
	double mismatch_p_value;   /* of the sample-ratio check */
	double variance_reduction; /* by the covariate */
} SegAbTest;

/* ratio: the columns are a numerator and a denominator. */
extern SegStatus
seg_ab_test(SegEnv *env, const SegAbState *state, bool ratio,
            const SegAbTestOptions *options, SegAbTest *result);

/* ---------- parts of it, for other tests ---------- */

/* An estimate that is about normal, with the variance of the estimate. */
typedef struct SegAbEstimate
{
	double n;
	double mean;
	double mean_rest; /* digits that mean has no room for */
	double variance;
	double freedom; /* of the variance; seg_missing(): it counts as known */
	bool is_share;
} SegAbEstimate;

/*
 * The estimate of each variant of a state whose carries are taken, in units of
 * 2^unit. as_means: of 0 and 1, too.
 */
extern SegStatus
seg_ab_estimates(SegEnv *env, const SegAbState *state, bool ratio,
                 bool as_means, SegAbEstimate *estimates, int *unit,
                 double *variance_reduction);

extern SegAbComparison
seg_ab_compare(const SegAbEstimate *control, const SegAbEstimate *variant,
               const SegAbTestOptions *options);

/* The p_value of the same comparison alone. */
extern double
seg_ab_p_value(const SegAbEstimate *control, const SegAbEstimate *variant,
               const SegAbTestOptions *options);

/*
 * Chance that the numbers of users differ this much from their shares; NULL:
 * equal ones.
 */
extern SegStatus
seg_ab_sample_ratio(SegEnv *env, const int64_t *counts, int64_t variants,
                    const double *shares, int64_t share_count, double *p_value);

/* Adjust p-values for their number; those that are missing do not count. */
extern SegStatus
seg_ab_adjust(SegEnv *env, SegAbAdjustment adjustment, const double *p_values,
              int64_t n, double *adjusted);

#endif /* SEG_KERNEL_AB_TEST_H */
