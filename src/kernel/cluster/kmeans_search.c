/*-------------------------------------------------------------------------
 *
 * kmeans_search.c
 *	  The best centers of a sample: several seedings, each improved by swaps.
 *
 * Lloyd's iteration ends in the nearest local optimum, where often one center
 * serves two groups and two serve one: it cannot carry a center across.  A swap
 * does.  It takes the center that is missed least, puts it where rows are far
 * from any [1], and lets passes settle the rest, for the step alone nearly
 * always raises the inertia [2].  It is kept if the inertia is lower at last.
 * The search ends after a number of swaps in a row that were not.
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

#define SWAP_PASSES  20   /* at most, to settle a swap */
#define SWAP_LEAST   5    /* before the search gives up on one */
#define SWAP_SHARE   0.95 /* at most, of a pass's gain in the next one */
#define SWAP_GAIN    1e-4 /* least share of the inertia for which it is kept */
#define SWAP_FAILS   5    /* in a row, one more for each so many elements, */
#define SWAP_DIM     16 /* up to so many, and a share of one for each center: */
#define SWAP_DIMS    64
#define EACH_SHARE   0.2                /* for each seeding */
#define BEST_SHARE   0.5                /* for the best of them */
#define SWAP_CHEAP   (INT64_C(1) << 18) /* multiply-adds of a pass */
#define SWAP_MORE    50                 /* for those */
#define SUMS_TELL    1e-8 /* least share of all squares that sums tell well */
#define SAMPLE_BLOCK 256

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
	return SEG_OK;
}

static void
keep_trial(const Search *s, int64_t iterations, SegKMeansFound *found)
{
	memcpy(found->position, s->trial.position, s->bytes);
	found->total = s->trial.total;
	found->iterations += iterations;
	found->converged = s->trial.converged;
}

/*
 * Iterate from position to the end; a better result is kept.
 */
static SegStatus
settle_centers(SegEnv *env, Search *s, SegKMeansFound *found)
{
	s->trial.max_iterations = s->params->max_iterations;
	SEG_TRY(seg_lloyd_run(env, &s->trial));
	if (s->trial.total < found->total)
		keep_trial(s, s->trial.iterations, found);
	return SEG_OK;
}

/*
 * Settle a swap, pass by pass.  Passes gain less and less; the search gives up
 * when they would not get halfway to the inertia that is to be beaten if each
 * gained the same share of what the one before did.
 */
static SegStatus
settle_swap(SegEnv *env, Search *s, SegKMeansFound *found, bool *is_better)
{
	SegLloyd *trial = &s->trial;
	double last = INFINITY;
	double last_gain = INFINITY;
	int passes = 0;

	trial->is_trial = found->total > SUMS_TELL * trial->squares;
	trial->max_iterations = 1;
	while (passes < SWAP_PASSES)
	{
		double missing, gain, share;

		SEG_TRY(seg_lloyd_run(env, trial));
		passes++;
		missing = trial->total - found->total;
		gain = last - trial->total;
		share = fmin(gain / last_gain, SWAP_SHARE);
		if (trial->converged || (passes >= SWAP_LEAST && missing > 0.0 &&
		                         gain * share / (1.0 - share) < 0.5 * missing))
			break;
		last = trial->total;
		last_gain = gain;
	}
	trial->is_trial = false;
	*is_better = trial->total < found->total * (1.0 - SWAP_GAIN);
	if (*is_better)
		keep_trial(s, passes, found);
	return SEG_OK;
}

/*
 * Swaps in a row that may fail; some more where they cost next to nothing.
 */
static int64_t
swap_patience(const Search *s, double share)
{
	int64_t k = s->params->k;
	int64_t cheap = SWAP_CHEAP / (s->view.n * k * s->view.stride);

	int64_t wide = (s->view.stride - 1) / SWAP_DIM;

	return SWAP_FAILS + (wide < SWAP_DIMS ? wide : SWAP_DIMS) +
	       (int64_t) (share * (double) k) +
	       (cheap < SWAP_MORE ? cheap : SWAP_MORE);
}

static SegStatus
try_swaps(SegEnv *env, Search *s, uint64_t round, double share,
          SegKMeansFound *found)
{
	const SegKMeansParams *params = s->params;
	int64_t patience = swap_patience(s, share);
	uint64_t number = round << 32;
	bool is_better = true;
	bool improved = false;

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
		                         s->trial.position));
		SEG_TRY(settle_swap(env, s, found, &is_better));
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
	return settle_centers(env, s, found);
}

/*
 * Seedings, each improved by swaps; the best is kept.
 */
static SegStatus
try_seedings(SegEnv *env, Search *s, SegKMeansFound *found)
{
	const SegKMeansParams *params = s->params;
	SegKMeansFound trial = {NULL};

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
		SEG_TRY(settle_centers(env, s, &trial));
		SEG_TRY(try_swaps(env, s, (uint64_t) r, EACH_SHARE, &trial));
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
	bool is_line = false;

	SEG_TRY(search_create(env, sample, dim, params, &s));
	if (round > 0)
	{
		memcpy(s.trial.position, found->position, s.bytes);
		SEG_TRY(settle_centers(env, &s, found));
		found->start = found->total;
	}
	if (dim == 1 && params->k <= SEG_LINE_MAX_K)
		SEG_TRY(
			seg_kmeans_line(env, sample, params->k, s.trial.position, &is_line));
	if (is_line)
		return settle_centers(env, &s, found);
	SEG_TRY(seg_seeding_create(env, &s.view, dim, s.trial.k, NULL, &s.seeding));
	if (round == 0)
		SEG_TRY(try_seedings(env, &s, found));
	return try_swaps(env,
	                 &s,
	                 (uint64_t) params->restarts + round,
	                 BEST_SHARE,
	                 found);
}
