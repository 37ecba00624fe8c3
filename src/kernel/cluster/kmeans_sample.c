/*-------------------------------------------------------------------------
 *
 * kmeans_sample.c
 *	  A sample of the rows in which those far from given centers are more likely
 *	  to be, and count for less.
 *
 * A row is drawn with a chance that is one half its share of the mass and one
 * half its share of the inertia, and in the sample has its mass divided by that
 * chance.  Then the inertia of the sample around any centers is near that of
 * all rows [1], while a few rows far from all others are certain to be in it,
 * as they are what the inertia is made of.
 *
 * Rows are drawn systematically: chances are added up row by row, and a row is
 * taken whenever the sum passes an integer.  The stream is in canonical order,
 * as good as a shuffle.  Only where the sum starts depends on the seed, so that
 * two seeds share no rows but those far out.
 *
 * [1] O. Bachem, M. Lucic, A. Krause, "Scalable k-Means Clustering via
 * Lightweight Coresets", KDD 2018.
 *
 * src/kernel/cluster/kmeans_sample.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "base/hash.h"
#include "kernel/cluster/kmeans_lloyd.h"

#define SLICE  256
#define STREAM UINT64_C(0x53414d504c450000) /* of draws; restarts have others */

/* How far the drawing has come. */
typedef struct Draw
{
	double by_mass;   /* chance of a row of mass 1 at a center */
	double by_square; /* and for each unit of squared distance */
	double sum;       /* of chances, less the rows taken for it */
} Draw;

/*
 * Is this row in the sample, and for what mass does it stand?
 */
static bool
take_row(Draw *draw, double mass, double square, double *stands_for)
{
	double chance = mass * (draw->by_mass + draw->by_square * square);

	if (!(chance < 1.0))
	{
		*stands_for = mass;
		return true;
	}
	draw->sum += chance;
	if (draw->sum < 1.0)
		return false;
	draw->sum -= 1.0;
	*stands_for = mass / chance;
	return true;
}

static void
add_row(SegKMeansSample *sample, const SegTileCenters *centers, const double *x,
        double mass)
{
	int32_t dim = centers->dim;
	double *to = sample->x + sample->n++ * (dim + 1);

	for (int32_t j = 0; j < dim; j++)
		to[j] = (x[j] - centers->shift[j]) * centers->weight[j];
	to[dim] = mass;
}

/*
 * Room for a sample of about m rows: those that are certain, and one for each
 * integer that the sum of the other chances passes.
 */
SegStatus
seg_kmeans_sample_create(SegEnv *env, const SegRows *rows, int64_t m,
                         SegKMeansSample *sample)
{
	*sample = (SegKMeansSample){.most = m};
	SEG_ALLOC(env, sample->x, (m + 1) * (rows->dim + 1));
	SEG_ALLOC(env, sample->nearest, SLICE);
	SEG_ALLOC(env, sample->second, SLICE);
	SEG_ALLOC(env, sample->label, SLICE);
	return SEG_OK;
}

SegStatus
seg_kmeans_sample_draw(SegEnv *env, SegRows *rows,
                       const SegTileCenters *centers, double mass,
                       double inertia, uint64_t seed, uint64_t number,
                       SegKMeansSample *sample)
{
	const SegTileKernels *tile = seg_tile_kernels();
	double half = 0.5 * (double) sample->most;
	Draw draw = {half / mass,
	             inertia > 0.0 ? half / inertia : 0.0,
	             seg_random_real(seed, STREAM, number)};
	int64_t slice = seg_kmeans_slice(centers->k, centers->dim);
	SegBlock block;

	if (slice > SLICE)
		slice = SLICE;
	if (sample->most >= rows->n)
		draw.by_mass = INFINITY; /* all rows are certain */
	sample->n = 0;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t at = 0; at < block.n; at += slice)
		{
			SegTileRows part = {block.x + at * rows->stride,
			                    slice < block.n - at ? slice : block.n - at,
			                    rows->stride,
			                    block.first + at,
			                    NULL};

			if (env->stop(env->host))
				return SEG_STOPPED;
			tile->measure(centers,
			              &part,
			              sample->label,
			              sample->nearest,
			              sample->second);
			for (int64_t i = 0; i < part.n; i++)
			{
				const double *x = part.x + i * rows->stride;
				double own = rows->stride > rows->dim ? x[rows->dim] : 1.0;
				double stands_for;

				if (sample->n <= sample->most &&
				    take_row(&draw, own, sample->nearest[i], &stands_for))
					add_row(sample, centers, x, stands_for);
			}
		}
	}
	return SEG_OK;
}
