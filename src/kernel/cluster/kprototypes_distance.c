/*-------------------------------------------------------------------------
 *
 * kprototypes_distance.c
 *	  Distances between rows of numbers and categories and prototypes: squared
 *	  distance of the numbers, as in k-means, and gamma for each category that
 *	  differs.
 *
 * A category is compared with the modes of several prototypes at once. Only those
 * that are equal are counted, as a mask is; all the others that the row has
 * differ. The sum is made as in scoring: sizes in a model are exactly what scoring
 * its rows one by one gives.
 *
 * src/kernel/cluster/kprototypes_distance.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kprototypes_pass.h"

#include <math.h>
#include <string.h>

#define LANES   8
#define CHUNK   16     /* rows that are measured at once */
#define NO_MODE 0xffff /* is no label */

typedef uint16_t Modes __attribute__((vector_size(LANES * sizeof(uint16_t))));

static int64_t
to_lanes(int64_t n)
{
	return (n + LANES - 1) / LANES * LANES;
}

SegStatus
seg_mixed_centers_create(SegEnv *env, const SegMixedMetric *metric,
                         int32_t most, SegMixedCenters **result)
{
	SegMixedCenters *c;

	SEG_ALLOC(env, c, 1);
	c->metric = metric;
	c->most = most;
	SEG_ALLOC(env, c->position, (int64_t) most * metric->dim);
	SEG_ALLOC(env, c->modes, metric->categories * to_lanes(most));
	SEG_ALLOC(env, c->equal, to_lanes(most));
	SEG_ALLOC(env, c->distance, (int64_t) CHUNK * most);
	*result = c;
	return SEG_OK;
}

int64_t
seg_mixed_slice(const SegMixedMetric *metric, int64_t k)
{
	return seg_kmeans_slice(k, seg_mixed_width(metric));
}

void
seg_mixed_centers_set(SegMixedCenters *c, const double *prototype, int32_t n)
{
	const SegMixedMetric *m = c->metric;
	int64_t lanes = to_lanes(n);

	c->numbers = (SegTileCenters){n,
	                              m->dim,
	                              m->numbers.shift,
	                              m->numbers.weight,
	                              c->position,
	                              NULL,
	                              NULL};
	for (int32_t p = 0; p < n; p++, prototype += seg_mixed_width(m))
	{
		const double *mode = prototype + m->dim + 1;

		memcpy(c->position + (int64_t) p * m->dim,
		       prototype,
		       (size_t) m->dim * sizeof(double));
		for (int32_t j = 0; j < m->categories; j++)
			c->modes[j * lanes + p] =
				mode[j] >= 0.0 ? (uint16_t) mode[j] : NO_MODE;
	}
}

/*
 * Count the categories of a row that equal those of each prototype; returns how
 * many the row has.
 */
static int32_t
count_equal(SegMixedCenters *c, const double *category)
{
	int32_t categories = c->metric->categories;
	int64_t lanes = to_lanes(c->numbers.k);
	int32_t there = 0;

	memset(c->equal, 0, (size_t) lanes * sizeof(uint16_t));
	for (int32_t j = 0; j < categories; j++)
	{
		const uint16_t *mode = c->modes + j * lanes;
		uint16_t own;

		if (isnan(category[j]))
			continue;
		there++;
		own = (uint16_t) category[j];
		for (int64_t p = 0; p < lanes; p += LANES)
		{
			Modes modes, equal;

			memcpy(&modes, mode + p, sizeof(modes));
			memcpy(&equal, c->equal + p, sizeof(equal));
			equal -= (Modes) (modes == own); /* a mask is -1 */
			memcpy(c->equal + p, &equal, sizeof(equal));
		}
	}
	return there;
}

void
seg_mixed_distances(SegMixedCenters *c, const SegTileRows *part, double *out)
{
	const SegMixedMetric *m = c->metric;
	int32_t n = c->numbers.k;

	seg_tile_kernels()->distances(&c->numbers, part, out);
	if (m->categories == 0)
		return;
	for (int64_t i = 0; i < part->n; i++, out += n)
	{
		int32_t there = count_equal(c, part->x + i * part->stride + m->dim + 1);

		for (int32_t p = 0; p < n; p++)
			out[p] += m->gamma * (double) (there - c->equal[p]);
	}
}

/*
 * Of n distances, the nearest (ties go to the lower one) and the second.
 */
static uint16_t
two_nearest(const double *distance, int32_t n, double *nearest, double *second)
{
	double best = INFINITY;
	double next = INFINITY;
	int32_t at = 0;

	for (int32_t p = 0; p < n; p++)
	{
		double loser = distance[p];

		if (distance[p] < best)
		{
			loser = best;
			best = distance[p];
			at = p;
		}
		next = loser < next ? loser : next;
	}
	*nearest = best;
	*second = next;
	return (uint16_t) at;
}

void
seg_mixed_measure(SegMixedCenters *c, const SegTileRows *part, uint16_t *label,
                  double *nearest, double *second)
{
	int32_t n = c->numbers.k;

	for (int64_t first = 0; first < part->n; first += CHUNK)
	{
		int64_t left = part->n - first;
		SegTileRows chunk = {part->x + first * part->stride,
		                     left < CHUNK ? left : CHUNK,
		                     part->stride,
		                     part->first + first,
		                     NULL};

		seg_mixed_distances(c, &chunk, c->distance);
		for (int64_t i = 0; i < chunk.n; i++)
			label[first + i] = two_nearest(c->distance + i * n,
			                               n,
			                               nearest + first + i,
			                               second + first + i);
	}
}
