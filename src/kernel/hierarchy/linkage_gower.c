/*-------------------------------------------------------------------------
 *
 * linkage_gower.c
 *	  Gower's distance between rows of numbers and categories: the mean over the
 *	  elements that both rows have, of the difference as a share of the element's
 *	  range for numbers, of 0 or 1 for categories.
 *
 * J. C. Gower, "A general coefficient of similarity and some of its properties",
 * Biometrics 27(4), 1971.
 *
 * src/kernel/hierarchy/linkage_gower.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/linkage_tile.h"

/* Sums over elements, for each slot of a tile. */
typedef struct GowerSums
{
	double distance[SEG_TILE_SLOTS];
	double there[SEG_TILE_SLOTS]; /* elements on both sides */
} GowerSums;

/*
 * Numbers are divided by their ranges.
 */
static void
add_difference(GowerSums *sums, const double *x, double from)
{
	for (int i = 0; i < SEG_TILE_SLOTS; i++)
	{
		double difference = fabs(x[i] - from);
		bool there = difference == difference;

		sums->distance[i] += there ? difference : 0.0;
		sums->there[i] += there ? 1.0 : 0.0;
	}
}

static void
add_unlike(GowerSums *sums, const double *x, double from)
{
	for (int i = 0; i < SEG_TILE_SLOTS; i++)
	{
		bool there = x[i] == x[i] && from == from;

		sums->distance[i] += there && x[i] != from ? 1.0 : 0.0;
		sums->there[i] += there ? 1.0 : 0.0;
	}
}

void
seg_gower_distances(const SegPoints *p, const double *from, int64_t first_tile,
                    int64_t last_tile, double *out)
{
	for (int64_t t = first_tile; t < last_tile; t++)
	{
		const double *x = p->x + t * SEG_TILE_SLOTS * p->dim;
		GowerSums sums = {{0}, {0}};
		int64_t j = 0;

		for (; j < p->numbers; j++, x += SEG_TILE_SLOTS)
			add_difference(&sums, x, from[j]);
		for (; j < p->dim; j++, x += SEG_TILE_SLOTS)
			add_unlike(&sums, x, from[j]);
		for (int i = 0; i < SEG_TILE_SLOTS; i++)
			*out++ = sums.distance[i] / sums.there[i];
	}
}
