/*-------------------------------------------------------------------------
 *
 * feature_summary.h
 *	  Count, mean, deviation and extremes of each element of many vectors, from
 *	  exact sums that add up.
 *
 * src/kernel/prepare/feature_summary.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FEATURE_SUMMARY_H
#define SEG_KERNEL_FEATURE_SUMMARY_H

#include "base/image.h"
#include "base/rows.h"

typedef struct SegFeatureSummary
{
	int64_t dim;
	int64_t rows_used;
	int64_t lowest_digit;  /* of all sums, see exact_sum.h */
	int64_t digits;        /* of each sum */
	int64_t square_digits; /* of each sum of squares */
	int64_t *counts;       /* dim: rows that have the element */
	double *minima;        /* dim; missing where no row has the element */
	double *maxima;        /* the same */
	int64_t *sums;         /* dim * digits */
	int64_t *squares;      /* dim * square_digits */
} SegFeatureSummary;

extern const SegMethod seg_feature_summary_method;

extern SegStatus
seg_feature_summary_create(SegEnv *env, int64_t dim, SegFeatureSummary *result);

/*
 * Add a vector. If its numbers need more digits, the arrays are replaced by
 * larger ones from the environment.
 */
extern SegStatus
seg_feature_summary_add(SegEnv *env, SegFeatureSummary *value, const double *x);

/* Add a vector of n elements to those from the first on. */
extern SegStatus
seg_feature_summary_add_part(SegEnv *env, SegFeatureSummary *value,
                             int64_t first, const double *x, int64_t n);

/* The same summary in arrays of its own, with one form for the same rows. */
extern SegStatus
seg_feature_summary_copy(SegEnv *env, const SegFeatureSummary *value,
                         SegFeatureSummary *result);

/* Of the vectors in a stream. */
extern SegStatus seg_feature_summary_of_rows(SegEnv *env, SegRows *rows,
                                             SegFeatureSummary *result);

extern bool seg_feature_summary_is_sound(const SegFeatureSummary *value);

extern SegStatus
seg_feature_summary_merge(SegEnv *env, const SegFeatureSummary *a,
                          const SegFeatureSummary *b, SegFeatureSummary *sum);

/*
 * Move each part of so many elements to its place among more parts, which are
 * empty otherwise.
 */
extern SegStatus
seg_feature_summary_spread(SegEnv *env, const SegFeatureSummary *value,
                           int64_t width, const int64_t *places, int64_t parts,
                           SegFeatureSummary *result);

/* n elements from the first on, of so many rows: points into the value. */
extern SegFeatureSummary
seg_feature_summary_part(const SegFeatureSummary *value, int64_t first,
                         int64_t n, int64_t rows);

typedef struct SegFeatureStatistics
{
	int64_t count;
	int64_t missing;
	double mean;           /* missing if count is 0 */
	double sum_of_squares; /* of deviations from the mean, times 2^exponent */
	int exponent;          /* even */
	double min;
	double max;
} SegFeatureStatistics;

/* Of element j; needs carries taken, as in a copy. */
extern SegFeatureStatistics
seg_feature_statistics(const SegFeatureSummary *value, int64_t j);

/*
 * Standard deviation: root of the sum of squares per degree of freedom. With one
 * degree less than values it may be infinite: that of -1.7e308 and 1.7e308.
 */
extern double
seg_feature_deviation(const SegFeatureStatistics *s, int64_t degrees);

#endif /* SEG_KERNEL_FEATURE_SUMMARY_H */
