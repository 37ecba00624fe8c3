/*-------------------------------------------------------------------------
 *
 * kmeans_order.c
 *	  The order of clusters, which gives them their numbers.
 *
 * src/kernel/kmeans_order.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "kernel/kmeans_lloyd.h"

/*
 * Clusters in ascending order of one center coordinate, then of the others.
 */
static bool
comes_before(const double *a, const double *b, int32_t dim, int64_t rank_by)
{
	if (a[rank_by - 1] != b[rank_by - 1])
		return a[rank_by - 1] < b[rank_by - 1];
	for (int32_t j = 0; j < dim; j++)
	{
		if (a[j] != b[j])
			return a[j] < b[j];
	}
	return false;
}

/*
 * Merge sort of cluster numbers: stable, and fit for 65535 of them.
 */
static void
sort_clusters(int32_t *order, int32_t *room, int64_t n, const double *position,
              int32_t dim, int64_t rank_by)
{
	int64_t half = n / 2;
	int64_t a = 0;
	int64_t b = half;

	if (n < 2)
		return;
	sort_clusters(order, room, half, position, dim, rank_by);
	sort_clusters(order + half, room, n - half, position, dim, rank_by);
	for (int64_t i = 0; i < n; i++)
	{
		bool take_b = a == half;

		if (a < half && b < n)
			take_b = comes_before(position + (int64_t) order[b] * dim,
			                      position + (int64_t) order[a] * dim,
			                      dim,
			                      rank_by);
		room[i] = take_b ? order[b++] : order[a++];
	}
	memcpy(order, room, (size_t) n * sizeof(*order));
}

/*
 * Put centers, k * dim, in the order of clusters.
 */
SegStatus
seg_kmeans_sort_centers(SegEnv *env, double *position, int32_t k, int32_t dim,
                        int64_t rank_by)
{
	size_t bytes = (size_t) dim * sizeof(double);
	int32_t *order, *room;
	double *copy;

	SEG_ALLOC(env, order, k);
	SEG_ALLOC(env, room, k);
	SEG_ALLOC(env, copy, (int64_t) k * dim);
	for (int32_t c = 0; c < k; c++)
		order[c] = c;
	sort_clusters(order, room, k, position, dim, rank_by);
	memcpy(copy, position, (size_t) k * bytes);
	for (int32_t c = 0; c < k; c++)
		memcpy(position + (int64_t) c * dim,
		       copy + (int64_t) order[c] * dim,
		       bytes);
	return SEG_OK;
}
