/*-------------------------------------------------------------------------
 *
 * kmeans_lloyd.c
 *	  Lloyd's iteration: assign each row to its nearest center, move each center
 *	  to the mean of its rows, until no label changes, the centers move within
 *	  the tolerance, or max_iterations is reached.
 *
 * Every pass finds all nearest centers exactly.  The sums behind the means are
 * kept from pass to pass: only rows whose label changed are moved from one sum
 * to another, soon hardly any.  Rounding that the moves leave behind is swept
 * away by full sums every FULL_SUMS passes; if it shows at the end, the
 * iteration goes on from full sums.
 *
 * Where the old label of a row is kept depends on where the rows are.  Rows in
 * memory have two bytes each for it.  For rows on disk it is computed again
 * from the centers of the pass before, which costs less than reading the rows,
 * needs no memory, and gives the same label: the sums, and so the model, are
 * the same to the bit.
 *
 * A cluster that loses all its rows takes over the row farthest from its center
 * [1], as scikit-learn does.
 *
 * [1] F. Pedregosa et al., scikit-learn 1.2, sklearn/cluster/_k_means_common,
 * _relocate_empty_clusters.
 *
 * src/kernel/cluster/kmeans_lloyd.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_lloyd.h"

#include <math.h>
#include <string.h>

#include "kernel/cluster/kmeans_far.h"

#define FULL_SUMS  32 /* passes from one full sum to the next */
#define BANKS      4
#define MAX_BANKED (1 << 16) /* center elements; with more there is one bank */
#define MAX_SLICE  1024
#define SLICE_WORK (INT64_C(1) << 21) /* multiply-adds: about a millisecond */

/* Everything a pass works on. */
typedef struct SegLloydWork
{
	SegLloyd *lloyd;
	const SegTileKernels *tile;
	int32_t k;
	int32_t dim;
	SegTileCenters now;    /* centers of this pass */
	SegTileCenters before; /* centers of the pass before */
	double *positions[2];  /* of now and before, in turn */
	double *folded[2];
	double *half_norm[2];
	int turn; /* which of the two is now's */
	SegTileSums sums;
	double limit;    /* of the summed squared moves */
	uint16_t *label; /* of every row, while the rows are in memory */
	uint16_t *fresh; /* MAX_SLICE labels of this pass */
	uint16_t *stale; /* MAX_SLICE labels of the pass before */
	double *nearest; /* MAX_SLICE */
	double *second;  /* MAX_SLICE */
	SegFarRow *far;  /* k, once a cluster has been empty */
} Work;

int64_t
seg_kmeans_slice(int64_t k, int64_t dim)
{
	int64_t n = SLICE_WORK / (k * dim);

	n -= n % 16;
	return n < 16 ? 16 : n > MAX_SLICE ? MAX_SLICE : n;
}

void
seg_tile_centers(SegTileCenters *centers, int32_t k, int32_t dim,
                 const SegKMeansMetric *metric, const double *position,
                 double *folded, double *half_norm)
{
	for (int32_t c = 0; c < k; c++)
	{
		double norm = 0.0;

		for (int32_t j = 0; j < dim; j++)
		{
			int64_t at = (int64_t) c * dim + j;
			double gap = (position[at] - metric->shift[j]) * metric->weight[j];

			folded[at] = gap * metric->weight[j];
			norm += gap * gap;
		}
		half_norm[c] = 0.5 * norm;
	}
	*centers = (SegTileCenters){k,
	                            dim,
	                            metric->shift,
	                            metric->weight,
	                            position,
	                            folded,
	                            half_norm};
}

static SegStatus
kmeans_lloyd_prepare(SegEnv *env, SegLloyd *lloyd)
{
	int64_t k = lloyd->k;
	int64_t dim = lloyd->rows->dim;
	Work *w;

	SEG_ALLOC(env, w, 1);
	lloyd->work = w;
	*w = (Work){.lloyd = lloyd,
	            .tile = seg_tile_kernels(),
	            .k = (int32_t) k,
	            .dim = (int32_t) dim};
	for (int i = 0; i < 2; i++)
	{
		SEG_ALLOC(env, w->positions[i], k * dim);
		SEG_ALLOC(env, w->folded[i], k * dim);
		SEG_ALLOC(env, w->half_norm[i], k);
	}
	w->sums = (SegTileSums){.k = w->k,
	                        .dim = w->dim,
	                        .shift = lloyd->metric.shift,
	                        .weighted = lloyd->rows->stride > dim,
	                        .banks = k * dim > MAX_BANKED ? 1 : BANKS};
	SEG_ALLOC(env, w->sums.sum, w->sums.banks * k * dim);
	SEG_ALLOC(env, w->sums.mass, w->sums.banks * k);
	SEG_ALLOC(env, w->sums.count, w->sums.banks * k);
	if (lloyd->rows->resident)
		SEG_ALLOC(env, w->label, lloyd->rows->n);
	SEG_ALLOC(env, w->fresh, MAX_SLICE);
	SEG_ALLOC(env, w->stale, MAX_SLICE);
	SEG_ALLOC(env, w->nearest, MAX_SLICE);
	SEG_ALLOC(env, w->second, MAX_SLICE);
	SEG_ALLOC(env, lloyd->size, k);
	SEG_ALLOC(env, lloyd->mass, k);
	SEG_ALLOC(env, lloyd->inertia, k);
	return SEG_OK;
}

/*
 * Walks the stream a slice at a time: small enough to be cancelled promptly and
 * to stay in the processor's cache between two uses.
 */
typedef struct Walk
{
	SegRows *rows;
	SegBlock block;
	int64_t at; /* next row of the block */
	int64_t slice;
	SegTileRows part; /* the slice */
} Walk;

static Walk
walk_start(const Work *w)
{
	SegRows *rows = w->lloyd->rows;

	rows->rewind(rows);
	return (Walk){.rows = rows, .slice = seg_kmeans_slice(w->k, w->dim)};
}

static bool
walk_next(Walk *walk)
{
	SegBlock *block = &walk->block;
	int64_t left = block->n - walk->at;

	if (left == 0)
	{
		if (!walk->rows->next(walk->rows, block))
			return false;
		walk->at = 0;
		left = block->n;
	}
	walk->part = (SegTileRows){block->x + walk->at * walk->rows->stride,
	                           left < walk->slice ? left : walk->slice,
	                           walk->rows->stride,
	                           block->first + walk->at,
	                           left > walk->slice ? NULL : block->ahead};
	walk->at += walk->part.n;
	return true;
}

static void
clear_sums(SegTileSums *s)
{
	size_t n = (size_t) s->banks * (size_t) s->k;

	memset(s->sum, 0, n * (size_t) s->dim * sizeof(double));
	memset(s->mass, 0, n * sizeof(double));
	memset(s->count, 0, n * sizeof(int64_t));
}

/*
 * Add the banks up into the first one.
 */
static void
fold_banks(Work *w)
{
	int64_t n = (int64_t) w->k * w->dim;

	for (int b = 1; b < w->sums.banks; b++)
	{
		for (int64_t i = 0; i < n; i++)
			w->sums.sum[i] += w->sums.sum[b * n + i];
		for (int32_t c = 0; c < w->k; c++)
		{
			w->sums.mass[c] += w->sums.mass[b * w->k + c];
			w->sums.count[c] += w->sums.count[b * w->k + c];
		}
	}
}

/*
 * Labels that the rows of a slice had in the pass before.
 */
static const uint16_t *
old_labels(Work *w, const SegTileRows *part)
{
	if (w->label != NULL)
		return w->label + part->first;
	w->tile->assign(&w->before, part, w->stale);
	return w->stale;
}

/*
 * One pass: new labels, and sums by label.  *changed counts the rows that get a
 * new label.
 */
static SegStatus
assign_and_sum(SegEnv *env, Work *w, bool first, bool full, int64_t *changed)
{
	Walk walk = walk_start(w);

	*changed = first ? w->lloyd->rows->n : 0;
	if (full)
		clear_sums(&w->sums);
	while (walk_next(&walk))
	{
		SegTileRows *part = &walk.part;
		size_t bytes = (size_t) part->n * sizeof(uint16_t);

		if (env->stop(env->host))
			return SEG_STOPPED;
		w->tile->assign(&w->now, part, w->fresh);
		if (full)
			w->tile->add(&w->sums, part, w->fresh);
		if (!first)
		{
			const uint16_t *old = old_labels(w, part);

			if (!full)
				*changed += w->tile->move(&w->sums, part, w->fresh, old);
			else
				for (int64_t i = 0; i < part->n; i++)
					*changed += w->fresh[i] != old[i];
		}
		if (w->label != NULL)
			memcpy(w->label + part->first, w->fresh, bytes);
	}
	if (full)
		fold_banks(w);
	return SEG_OK;
}

/* ---------- empty clusters ---------- */

static SegStatus
find_far(SegEnv *env, Work *w, SegFarRow *far, int64_t n)
{
	Walk walk = walk_start(w);

	while (walk_next(&walk))
	{
		SegTileRows *part = &walk.part;

		if (env->stop(env->host))
			return SEG_STOPPED;
		w->tile->measure(&w->now, part, w->fresh, w->nearest, w->second);
		for (int64_t i = 0; i < part->n; i++)
		{
			if (w->nearest[i] > far[n - 1].square)
				seg_far_keep(far,
				             n,
				             w->nearest[i],
				             w->fresh[i],
				             part->x + i * part->stride,
				             part->stride);
		}
	}
	return SEG_OK;
}

/*
 * Give each empty cluster the farthest row that is left, and take that row from
 * the cluster it was in.
 */
static void
take_far_rows(Work *w, const SegFarRow *far)
{
	int64_t next = 0;

	for (int32_t c = 0; c < w->k; c++)
	{
		const SegFarRow *row = &far[next];
		double mass;

		if (w->sums.count[c] > 0)
			continue;
		next++;
		if (row->square == 0.0)
			break; /* every row sits on a center: nothing to take */
		mass = w->sums.weighted ? row->x[w->dim] : 1.0;
		if (w->sums.count[row->label] < 2)
			continue; /* that would empty its own cluster */
		for (int32_t j = 0; j < w->dim; j++)
		{
			double y = mass * (row->x[j] - w->sums.shift[j]);

			w->sums.sum[(int64_t) c * w->dim + j] = y;
			w->sums.sum[(int64_t) row->label * w->dim + j] -= y;
		}
		w->sums.mass[c] = mass;
		w->sums.mass[row->label] -= mass;
		w->sums.count[c]++;
		w->sums.count[row->label]--;
	}
}

static SegStatus
fill_empty_clusters(SegEnv *env, Work *w, bool *filled)
{
	int64_t stride = w->lloyd->rows->stride;
	int64_t n = 0;

	for (int32_t c = 0; c < w->k; c++)
		n += w->sums.count[c] == 0;
	*filled = n > 0;
	if (n == 0)
		return SEG_OK;

	if (w->far == NULL)
		SEG_TRY(seg_far_create(env, w->k, stride, &w->far));
	seg_far_clear(w->far, n);
	SEG_TRY(find_far(env, w, w->far, n));
	take_far_rows(w, w->far);
	return SEG_OK;
}

/* ---------- the iteration ---------- */

static void
set_centers(Work *w, int turn)
{
	SegTileCenters old = w->now;

	seg_tile_centers(&w->now,
	                 w->k,
	                 w->dim,
	                 &w->lloyd->metric,
	                 w->positions[turn],
	                 w->folded[turn],
	                 w->half_norm[turn]);
	w->before = old;
}

/*
 * Element j of the mean of a cluster.  Rounding may carry a mean out of the range
 * of its rows: that of zeros would not be zero.
 */
static double
mean_of(const Work *w, int32_t c, int32_t j)
{
	const SegLloyd *lloyd = w->lloyd;
	double mean = lloyd->metric.shift[j] +
	              w->sums.sum[(int64_t) c * w->dim + j] / w->sums.mass[c];

	return lloyd->low == NULL ? mean
	                          : fmin(fmax(mean, lloyd->low[j]), lloyd->high[j]);
}

/*
 * Put the means of the sums into next; returns the summed squared moves.
 */
static double
move_centers(const Work *w, double *next)
{
	const SegKMeansMetric *metric = &w->lloyd->metric;
	double moved = 0.0;

	for (int32_t c = 0; c < w->k; c++)
	{
		bool is_empty = w->sums.count[c] == 0;

		for (int32_t j = 0; j < w->dim; j++)
		{
			int64_t at = (int64_t) c * w->dim + j;
			double gap;

			next[at] = is_empty ? w->now.position[at] : mean_of(w, c, j);
			gap = (next[at] - w->now.position[at]) * metric->weight[j];
			moved += gap * gap;
		}
	}
	return moved;
}

/*
 * Inertia around the means of the sums, without another pass over the rows: the
 * whole less what the means explain.
 */
static double
inertia_of_sums(const Work *w)
{
	double inertia = w->lloyd->squares;

	for (int32_t c = 0; c < w->k; c++)
	{
		if (w->sums.count[c] == 0)
			continue;
		for (int32_t j = 0; j < w->dim; j++)
		{
			double sum = w->sums.sum[(int64_t) c * w->dim + j] *
			             w->lloyd->metric.weight[j];

			inertia -= sum * (sum / w->sums.mass[c]);
		}
	}
	return inertia;
}

/*
 * The squared moves at which to stop.  Of the variance within clusters, not of
 * all rows: a few rows far out make the latter as large as you like, and the
 * rest would never move.
 */
static double
limit_of_moves(const Work *w, double inertia)
{
	double mass = 0.0;

	for (int32_t c = 0; c < w->k; c++)
		mass += w->sums.mass[c];
	return w->lloyd->tolerance * fmax(inertia, 0.0) / (mass * w->dim);
}

/*
 * Sizes and inertia of the clusters around the last centers, by the same
 * arithmetic that scores single rows later; and full sums of their rows.
 */
static SegStatus
kmeans_lloyd_take_stock(SegEnv *env, Work *w)
{
	SegLloyd *lloyd = w->lloyd;
	Walk walk = walk_start(w);

	memset(lloyd->size, 0, (size_t) w->k * sizeof(int64_t));
	memset(lloyd->mass, 0, (size_t) w->k * sizeof(double));
	memset(lloyd->inertia, 0, (size_t) w->k * sizeof(double));
	clear_sums(&w->sums);
	lloyd->total = 0.0;
	while (walk_next(&walk))
	{
		SegTileRows *part = &walk.part;

		if (env->stop(env->host))
			return SEG_STOPPED;
		w->tile->measure(&w->now, part, w->fresh, w->nearest, w->second);
		w->tile->add(&w->sums, part, w->fresh);
		for (int64_t i = 0; i < part->n; i++)
		{
			uint16_t c = w->fresh[i];
			double mass =
				w->sums.weighted ? part->x[i * part->stride + w->dim] : 1.0;

			lloyd->size[c]++;
			lloyd->mass[c] += mass;
			lloyd->inertia[c] += mass * w->nearest[i];
		}
	}
	fold_banks(w);
	for (int32_t c = 0; c < w->k; c++)
		lloyd->total += lloyd->inertia[c];
	return SEG_OK;
}

/*
 * Do the centers differ from the means of their rows?  Rows far larger or
 * heavier than others leave rounding behind in the sums of a cluster they have
 * left, and a cluster that has lost all its rows may keep a trace of mass.
 *
 * Moving the centers to the means would lower the inertia by the sum of mass
 * times squared move; the tolerance allows for some of that.
 */
static bool
sums_have_drifted(const Work *w)
{
	const SegLloyd *lloyd = w->lloyd;
	double gain = 0.0;
	double total = 0.0;

	for (int32_t c = 0; c < w->k; c++)
	{
		double square = 0.0;

		if (lloyd->size[c] == 0)
			return true;
		for (int32_t j = 0; j < w->dim; j++)
		{
			int64_t at = (int64_t) c * w->dim + j;
			double gap = (w->now.position[at] - mean_of(w, c, j)) *
			             lloyd->metric.weight[j];

			square += gap * gap;
		}
		gain += w->sums.mass[c] * square;
		total += w->sums.mass[c];
	}
	return !(gain <= 4.0 * w->limit * total + 1e-24 * lloyd->total);
}

/*
 * Passes until max_iterations, or until one finds no empty cluster and either
 * changes no label or moves the centers within the tolerance.  *exact says
 * whether the last one summed all rows.
 */
static SegStatus
iterate(SegEnv *env, Work *w, bool *exact)
{
	SegLloyd *lloyd = w->lloyd;
	bool first = true;
	bool full = true;

	lloyd->converged = false;
	while (lloyd->iterations < lloyd->max_iterations && !lloyd->converged)
	{
		int64_t changed;
		double moved;
		bool filled;

		full = full || lloyd->iterations % FULL_SUMS == 0;
		SEG_TRY(assign_and_sum(env, w, first, full, &changed));
		SEG_TRY(fill_empty_clusters(env, w, &filled));
		*exact = full;
		full = filled; /* the sums no longer match the labels */
		first = false;
		w->turn = 1 - w->turn;
		moved = move_centers(w, w->positions[w->turn]);
		set_centers(w, w->turn);
		lloyd->iterations++;
		lloyd->total = inertia_of_sums(w);
		w->limit = limit_of_moves(w, lloyd->total);
		lloyd->converged = !filled && (changed == 0 || moved <= w->limit);
		if (env->progress != NULL && lloyd->is_told)
			env->progress(env->host,
			              "k-means",
			              lloyd->iterations,
			              lloyd->total,
			              (double) lloyd->iterations /
			                  (double) lloyd->max_iterations);
	}
	return SEG_OK;
}

/*
 * Clusters get their numbers before we take stock: a row equally near to two
 * centers goes to the lower number, as it will when it is scored.
 */
static SegStatus
kmeans_lloyd_number_clusters(SegEnv *env, Work *w)
{
	if (w->lloyd->rank_by == 0)
		return SEG_OK;
	SEG_TRY(seg_kmeans_sort_centers(env,
	                                w->positions[w->turn],
	                                w->k,
	                                w->dim,
	                                w->lloyd->rank_by));
	set_centers(w, w->turn);
	return SEG_OK;
}

SegStatus
seg_lloyd_run(SegEnv *env, SegLloyd *lloyd)
{
	bool exact = true;
	Work *w;
	size_t bytes;

	if (lloyd->work == NULL)
		SEG_TRY(kmeans_lloyd_prepare(env, lloyd));
	w = lloyd->work;
	bytes = (size_t) w->k * (size_t) w->dim * sizeof(double);
	memcpy(w->positions[0], lloyd->position, bytes);
	w->turn = 0;
	set_centers(w, 0);
	lloyd->iterations = 0;
	do
	{
		SEG_TRY(iterate(env, w, &exact));
		if (lloyd->is_trial)
			break;
		SEG_TRY(kmeans_lloyd_number_clusters(env, w));
		SEG_TRY(kmeans_lloyd_take_stock(env, w));
	} while (!exact && lloyd->iterations < lloyd->max_iterations &&
	         sums_have_drifted(w));
	memcpy(lloyd->position, w->now.position, bytes);
	return SEG_OK;
}
