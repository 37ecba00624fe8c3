/*-------------------------------------------------------------------------
 *
 * kmeans_far.c
 *	  The rows farthest from their centers.
 *
 * src/kernel/cluster/kmeans_far.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_far.h"

#include <string.h>

SegStatus
seg_far_create(SegEnv *env, int64_t n, int64_t stride, SegFarRow **far)
{
	double *rows;

	SEG_ALLOC(env, *far, n);
	SEG_ALLOC(env, rows, n * stride);
	for (int64_t i = 0; i < n; i++)
		(*far)[i].x = rows + i * stride;
	return SEG_OK;
}

void
seg_far_clear(SegFarRow *far, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		far[i].square = 0.0;
}

void
seg_far_keep(SegFarRow *far, int64_t n, double square, uint16_t label,
             const double *x, int64_t stride)
{
	int64_t at = n - 1;
	double *room = far[at].x;

	for (; at > 0 && far[at - 1].square < square; at--)
		far[at] = far[at - 1];
	memcpy(room, x, (size_t) stride * sizeof(double));
	far[at] = (SegFarRow){square, label, room};
}
