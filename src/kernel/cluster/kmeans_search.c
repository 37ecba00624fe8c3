/*-------------------------------------------------------------------------
 *
 * kmeans_search.c
 *	  The best centers of a sample: several seedings, each improved by swaps.
 *
 * Lloyd's iteration ends in the nearest local optimum, where often one center
 * serves two groups and two serve one: it cannot carry a center across.  A swap
 * does.  It takes the center that is missed least, puts it where rows are far
 * from any [1], and lets a few passes settle the rest, for the step alone nearly
 * always raises the inertia [2]; some more passes if most of that has gone by
 * then.  It is kept if the inertia is lower at last.  The search ends after a
 * number of swaps in a row that were not.
 *
 * [1] S. Lattanzi, C. Sohler, "A Better k-means++ Algorithm via Local Search",
 * ICML 2019.
 * [2] T. Conrads, L. Drexler, J. Koenen, D. R. Schmidt, M. Schmidt, "Local
 * Search k-means++ with Foresight", SEA 2024.
 *
 * src/kernel/cluster/kmeans_search.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "kernel/cluster/kmeans_lloyd.h"

#define SWAP_PASSES   4   /* to settle a swap */
#define SWAP_PROMISES 0.3 /* of what it cost is left: it may have more passes */
#define MORE_PASSES   16
#define SWAP_GAIN     1e-4 /* least share of the inertia for which it is kept */
#define SWAP_FAILS    5    /* in a row, and half a one more for each center */
#define SAMPLE_BLOCK  256

typedef struct Search
{
	const SegKMeansParams *params;
	SegMemoryRows source;
	SegTileRows view; /* the same rows */
	SegLloyd trial;
	SegSeeding *seeding;
	size_t bytes; /* of the centers */
} Search;

static SegStatus
search_create(SegEnv *env, const SegKMeansSample *sample, int32_t dim,
              const SegKMeansParams *params, Search *s)
{
	double *metric;

	*s = (Search){.params = params,
	              .view = {sample->x, sample->n, dim + 1, 0, NULL},
	              .trial = {.rows = &s->source.rows,
	                        .k = (int32_t) params->k,
	                        .tolerance = params->tolerance},
	              .bytes = (size_t) (params->k * dim) * sizeof(double)};
	seg_memory_rows(&s->source,
	                sample->x,
	                sample->n,
	                dim,
	                dim + 1,
	                SAMPLE_BLOCK);
	for (int64_t i = 0; i < sample->n; i++)
	{
		const double *x = sample->x + i * (dim + 1);

		for (int32_t j = 0; j < dim; j++)
			s->trial.squares += x[dim] * x[j] * x[j];
	}
	SEG_ALLOC(env, metric, 2 * dim);
	for (int32_t j = 0; j < dim; j++)
		metric[dim + j] = 1.0;
	s->trial.metric = (SegKMeansMetric){metric, metric + dim};
	SEG_ALLOC(env, s->trial.position, params->k * dim);
	return seg_seeding_create(env, &s->view, dim, s->trial.k, &s->seeding);
}

/*
 * Iterate from position; a result that is better by the factor goes there.
 */
static SegStatus
settle_centers(SegEnv *env, Search *s, int64_t max_iterations, double factor,
               SegKMeansFound *found, bool *is_better)
{
	s->trial.max_iterations = max_iterations;
	SEG_TRY(seg_lloyd_run(env, &s->trial));
	*is_better = s->trial.total < found->total * factor;
	if (!*is_better)
		return SEG_OK;
	memcpy(found->position, s->trial.position, s->bytes);
	found->total = s->trial.total;
	found->iterations += s->trial.iterations;
	found->converged = s->trial.converged;
	return SEG_OK;
}

static SegStatus
try_swaps(SegEnv *env, Search *s, uint64_t round, SegKMeansFound *found)
{
	const SegKMeansParams *params = s->params;
	int64_t patience = SWAP_FAILS + params->k / 2;
	uint64_t number = round << 32;
	bool is_better = true;
	bool improved = false;
	double change;

	if (params->k == 1 || !found->converged || found->total == 0.0)
		return SEG_OK; /* swaps begin where the iteration has ended */
	for (int64_t fails = 0; fails < patience; fails++)
	{
		if (is_better)
			SEG_TRY(seg_swap_measure(env, s->seeding, found->position));
		memcpy(s->trial.position, found->position, s->bytes);
		SEG_TRY(seg_swap_propose(env,
		                         s->seeding,
		                         (uint64_t) params->seed,
		                         number++,
		                         s->trial.position,
		                         &change));
		SEG_TRY(settle_centers(env,
		                       s,
		                       SWAP_PASSES,
		                       1.0 - SWAP_GAIN,
		                       found,
		                       &is_better));
		if (!is_better &&
		    s->trial.total - found->total < change * SWAP_PROMISES)
			SEG_TRY(settle_centers(env,
			                       s,
			                       MORE_PASSES,
			                       1.0 - SWAP_GAIN,
			                       found,
			                       &is_better));
		if (is_better)
		{
			improved = true;
			fails = -1;
		}
		if (env->progress != NULL)
			env->progress(env->host,
			              "k-means swaps",
			              (int64_t) (number - (round << 32)),
			              found->total,
			              (double) (fails + 1) / (double) patience);
	}
	if (!improved)
		return SEG_OK;
	memcpy(s->trial.position, found->position, s->bytes);
	found->total = INFINITY;
	return settle_centers(env,
	                      s,
	                      params->max_iterations,
	                      1.0,
	                      found,
	                      &is_better);
}

/*
 * Seedings, each improved by swaps; the best is kept.
 */
static SegStatus
try_seedings(SegEnv *env, Search *s, SegKMeansFound *found)
{
	const SegKMeansParams *params = s->params;
	SegKMeansFound trial = {NULL};
	bool is_better;

	SEG_ALLOC(env, trial.position, params->k * s->view.stride);
	for (int64_t r = 0; r < params->restarts; r++)
	{
		trial.total = INFINITY;
		trial.iterations = 0;
		SEG_TRY(seg_seeding_run(env,
		                        s->seeding,
		                        (uint64_t) params->seed,
		                        (uint64_t) r,
		                        s->trial.position));
		SEG_TRY(settle_centers(env,
		                       s,
		                       params->max_iterations,
		                       1.0,
		                       &trial,
		                       &is_better));
		SEG_TRY(try_swaps(env, s, (uint64_t) r, &trial));
		if (trial.total < found->total)
		{
			memcpy(found->position, trial.position, s->bytes);
			found->total = trial.total;
			found->iterations = trial.iterations;
			found->converged = trial.converged;
		}
		if (env->progress != NULL)
			env->progress(env->host,
			              "k-means restarts",
			              r + 1,
			              found->total,
			              (double) (r + 1) / (double) params->restarts);
	}
	return SEG_OK;
}

/*
 * Search from found->position, or from seedings if found->total is infinite.
 */
SegStatus
seg_kmeans_search(SegEnv *env, const SegKMeansSample *sample, int32_t dim,
                  const SegKMeansParams *params, uint64_t round,
                  SegKMeansFound *found)
{
	Search s;
	bool is_better;

	SEG_TRY(search_create(env, sample, dim, params, &s));
	if (round == 0)
		return try_seedings(env, &s, found);
	memcpy(s.trial.position, found->position, s.bytes);
	SEG_TRY(
		settle_centers(env, &s, params->max_iterations, 1.0, found, &is_better));
	found->start = found->total;
	return try_swaps(env, &s, (uint64_t) (params->restarts) + round, found);
}
