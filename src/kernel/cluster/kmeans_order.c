/*-------------------------------------------------------------------------
 *
 * kmeans_order.c
 *	  The order of clusters, which gives them their numbers.
 *
 * src/kernel/cluster/kmeans_order.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "base/sort.h"
#include "kernel/cluster/kmeans_lloyd.h"

typedef struct Centers
{
	const double *position; /* k * dim */
	int32_t dim;
	int64_t rank_by;
} Centers;

/*
 * Ascending by one center coordinate, then by the others.
 */
static int
compare_centers(const void *of, int64_t i, int64_t j)
{
	const Centers *centers = of;
	const double *a = centers->position + i * centers->dim;
	const double *b = centers->position + j * centers->dim;
	int64_t at = centers->rank_by - 1;

	if (a[at] != b[at])
		return a[at] < b[at] ? -1 : 1;
	for (int32_t e = 0; e < centers->dim; e++)
	{
		if (a[e] != b[e])
			return a[e] < b[e] ? -1 : 1;
	}
	return 0;
}

/*
 * Put centers, k * dim, in cluster order.
 */
SegStatus
seg_kmeans_sort_centers(SegEnv *env, double *position, int32_t k, int32_t dim,
                        int64_t rank_by)
{
	size_t bytes = (size_t) dim * sizeof(double);
	Centers centers = {position, dim, rank_by};
	int64_t *order;
	double *copy;

	SEG_ALLOC(env, order, k);
	SEG_ALLOC(env, copy, (int64_t) k * dim);
	for (int32_t c = 0; c < k; c++)
		order[c] = c;
	SEG_TRY(seg_sort(env, order, k, compare_centers, &centers));
	memcpy(copy, position, (size_t) k * bytes);
	for (int32_t c = 0; c < k; c++)
		memcpy(position + (int64_t) c * dim, copy + order[c] * dim, bytes);
	return SEG_OK;
}
