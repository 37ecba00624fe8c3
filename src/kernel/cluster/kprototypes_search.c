/*-------------------------------------------------------------------------
 *
 * kprototypes_search.c
 *	  The best prototypes of a sample: several seedings, each improved by swaps.
 *
 * A category that differs is half a squared distance between two corners of a
 * simplex, so what k-prototypes sums are squared distances, and k-means++ and its
 * swaps serve it as they do k-means.
 *
 * src/kernel/cluster/kprototypes_search.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "kernel/cluster/kprototypes_pass.h"

#define SWAP_PASSES  20   /* at most, to settle a swap */
#define SWAP_GAIN    1e-4 /* least share of the cost for which it is kept */
#define SWAP_FAILS   5    /* in a row, before the search ends, and some more */
#define SWAP_MORE    50   /* where they cost next to nothing: */
#define SWAP_CHEAP   (INT64_C(1) << 18) /* elements that a pass compares */
#define SAMPLE_BLOCK 256
#define CANDIDATES   16 /* as many as a seeding compares at once */

typedef struct MixedSearch
{
	const SegKPrototypesParams *params;
	SegMemoryRows source;
	SegTileRows view; /* the same rows */
	SegMixedRun trial;
	SegMixedCenters *centers;
	SegSeeding *seeding;
	size_t bytes; /* of the prototypes */
} MixedSearch;

static void
seeding_distances(void *of, const double *center, int32_t n,
                  const SegTileRows *part, double *out)
{
	seg_mixed_centers_set(of, center, n);
	seg_mixed_distances(of, part, out);
}

static void
seeding_measure(void *of, const double *center, int32_t k,
                const SegTileRows *part, uint16_t *label, double *nearest,
                double *second)
{
	seg_mixed_centers_set(of, center, k);
	seg_mixed_measure(of, part, label, nearest, second);
}

static SegStatus
mixed_search_create(SegEnv *env, const SegMixedRun *run, const double *sample,
                    int64_t n, const SegKPrototypesParams *params,
                    MixedSearch *s)
{
	const SegMixedMetric *m = run->metric;
	int32_t width = seg_mixed_width(m);
	SegSeedingMetric metric = {NULL, width, seeding_distances, seeding_measure};

	*s = (MixedSearch){.params = params,
	                   .view = {sample, n, width, 0, NULL},
	                   .trial = {.rows = &s->source.rows,
	                             .metric = m,
	                             .k = run->k,
	                             .labels = run->labels,
	                             .tolerance = params->tolerance},
	                   .bytes =
	                       (size_t) run->k * (size_t) width * sizeof(double)};
	seg_memory_rows(&s->source, sample, n, m->dim, width, SAMPLE_BLOCK);
	SEG_ALLOC(env, s->trial.prototype, (int64_t) run->k * width);
	SEG_TRY(seg_mixed_prepare(env, &s->trial));
	SEG_TRY(seg_mixed_centers_create(env,
	                                 m,
	                                 run->k > CANDIDATES ? run->k : CANDIDATES,
	                                 &s->centers));
	metric.of = s->centers;
	return seg_seeding_create(env,
	                          &s->view,
	                          m->dim,
	                          run->k,
	                          &metric,
	                          &s->seeding);
}

/* What was found so far has the form of a run without rows. */
static void
keep_prototypes(const MixedSearch *s, int64_t iterations, SegMixedRun *found)
{
	memcpy(found->prototype, s->trial.prototype, s->bytes);
	found->total = s->trial.total;
	found->iterations += iterations;
	found->converged = s->trial.converged;
}

/*
 * Passes from the trial's prototypes to the end; a better result is kept.
 */
static SegStatus
settle_prototypes(SegEnv *env, MixedSearch *s, SegMixedRun *found)
{
	s->trial.max_iterations = s->params->max_iterations;
	SEG_TRY(seg_mixed_run(env, &s->trial));
	if (s->trial.total < found->total)
		keep_prototypes(s, s->trial.iterations, found);
	return SEG_OK;
}

static int64_t
mixed_patience(const MixedSearch *s)
{
	int64_t cheap = SWAP_CHEAP / (s->view.n * s->trial.k * s->view.stride);

	return SWAP_FAILS + (cheap < SWAP_MORE ? cheap : SWAP_MORE);
}

/*
 * Swaps begin where the passes have ended, and each must end lower.
 */
static SegStatus
swap_prototypes(SegEnv *env, MixedSearch *s, uint64_t restart,
                SegMixedRun *found)
{
	SegMixedRun *trial = &s->trial;
	int64_t patience = mixed_patience(s);
	uint64_t number = restart << 32;
	bool is_better = true;
	bool improved = false;

	if (trial->k == 1 || !found->converged)
		return SEG_OK;
	trial->max_iterations = SWAP_PASSES;
	for (int64_t fails = 0; fails < patience && found->total > 0.0; fails++)
	{
		if (is_better)
			SEG_TRY(seg_swap_measure(env, s->seeding, found->prototype));
		memcpy(trial->prototype, found->prototype, s->bytes);
		SEG_TRY(seg_swap_propose(env,
		                         s->seeding,
		                         (uint64_t) s->params->seed,
		                         number++,
		                         trial->prototype));
		SEG_TRY(seg_mixed_run(env, trial));
		is_better = trial->total < found->total * (1.0 - SWAP_GAIN);
		if (is_better)
		{
			keep_prototypes(s, trial->iterations, found);
			improved = true;
			fails = -1;
		}
	}
	if (!improved)
		return SEG_OK;
	memcpy(trial->prototype, found->prototype, s->bytes);
	found->total = INFINITY;
	return settle_prototypes(env, s, found);
}

SegStatus
seg_mixed_search(SegEnv *env, SegMixedRun *run, const double *sample, int64_t n,
                 const SegKPrototypesParams *params)
{
	SegMixedRun found = {0};
	MixedSearch s;

	SEG_TRY(mixed_search_create(env, run, sample, n, params, &s));
	SEG_ALLOC(env, found.prototype, run->k * s.view.stride);
	run->total = INFINITY;
	for (int64_t r = 0; r < params->restarts; r++)
	{
		found.total = INFINITY;
		found.iterations = 0;
		SEG_TRY(seg_seeding_run(env,
		                        s.seeding,
		                        (uint64_t) params->seed,
		                        (uint64_t) r,
		                        s.trial.prototype));
		SEG_TRY(settle_prototypes(env, &s, &found));
		SEG_TRY(swap_prototypes(env, &s, (uint64_t) r, &found));
		if (!(found.total < run->total))
			continue;
		memcpy(run->prototype, found.prototype, s.bytes);
		run->total = found.total;
		run->iterations = found.iterations;
		run->converged = found.converged;
	}
	return SEG_OK;
}
