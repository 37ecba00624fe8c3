/*-------------------------------------------------------------------------
 *
 * kprototypes_pass.h
 *	  Distances and passes over the rows, within k-prototypes.
 *
 * A prototype has the form of a row: numbers, a place where a row has its
 * weight, then the place of the mode of each category. So a row can be a
 * prototype, as in seeding.
 *
 * src/kernel/cluster/kprototypes_pass.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KPROTOTYPES_PASS_H
#define SEG_KERNEL_KPROTOTYPES_PASS_H

#include "base/rows.h"
#include "kernel/cluster/kmeans_lloyd.h"
#include "kernel/cluster/kprototypes.h"

/* How rows and prototypes are compared. */
typedef struct SegMixedMetric
{
	int32_t dim;
	int32_t categories;
	double gamma;
	SegKMeansMetric numbers;
	const double *low; /* range of each element, which no mean leaves */
	const double *high;
} SegMixedMetric;

/* Of a row, and of a prototype. */
static inline int32_t
seg_mixed_width(const SegMixedMetric *m)
{
	return m->dim + 1 + m->categories;
}

/* A prototype whose cluster has no row with a category: differs from all. */
#define SEG_NO_MODE (-1.0)

/*
 * Prototypes side by side, so that a category is compared with several modes at
 * once. There is room for most of them.
 */
typedef struct SegMixedCenters
{
	const SegMixedMetric *metric;
	int32_t most;
	SegTileCenters numbers;
	double *position; /* most * dim: what numbers points to */
	uint16_t *modes;  /* categories * padded: by category */
	uint16_t *equal;  /* padded: categories of a row that equal the modes */
	double *distance; /* for a slice of rows: most for each */
} SegMixedCenters;

extern SegStatus
seg_mixed_centers_create(SegEnv *env, const SegMixedMetric *metric,
                         int32_t most, SegMixedCenters **result);

/* Rows that a slice may have. */
extern int64_t seg_mixed_slice(const SegMixedMetric *metric, int64_t k);

/* n prototypes, for the calls that follow. */
extern void seg_mixed_centers_set(SegMixedCenters *centers,
                                  const double *prototype, int32_t n);

/* Distances of rows to all of them, n for each row. */
extern void seg_mixed_distances(SegMixedCenters *centers,
                                const SegTileRows *part, double *out);

/* The nearest one, its distance, and that of the second nearest, or NULL. */
extern void seg_mixed_measure(SegMixedCenters *centers, const SegTileRows *part,
                              uint16_t *label, double *nearest, double *second);

/*
 * Passes: assign each row to its nearest prototype, make each prototype that of
 * its rows.
 */
typedef struct SegMixedRun
{
	SegRows *rows;
	const SegMixedMetric *metric;
	int32_t k;
	int64_t labels;
	int64_t max_iterations;
	double tolerance;  /* least share of the cost that a pass must save */
	double *prototype; /* in: the first ones; out: the last; k * width */
	struct SegMixedWork *work;

	/* out; the last four of the last pass */
	int64_t iterations;
	bool converged;
	int64_t *size; /* k */
	double *mass;  /* k */
	double *cost;  /* k */
	double total;  /* sum of cost */
} SegMixedRun;

/* Look at the rows, and make room; before all that follows. */
extern SegStatus seg_mixed_prepare(SegEnv *env, SegMixedRun *run);

extern SegStatus seg_mixed_run(SegEnv *env, SegMixedRun *run);

/* One pass that leaves the prototypes as they are. */
extern SegStatus seg_mixed_take_stock(SegEnv *env, SegMixedRun *run);

/*
 * The best prototypes of a sample that is in memory: several seedings, each
 * improved by swaps. What they cost there is left in total.
 */
extern SegStatus
seg_mixed_search(SegEnv *env, SegMixedRun *run, const double *sample, int64_t n,
                 const SegKPrototypesParams *params);

#endif /* SEG_KERNEL_KPROTOTYPES_PASS_H */
