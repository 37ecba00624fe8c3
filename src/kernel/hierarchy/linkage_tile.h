/*-------------------------------------------------------------------------
 *
 * linkage_tile.h
 *	  The arithmetic where hierarchical clustering spends its time: from one
 *	  point to all others. Nothing here allocates, fails or checks whether to
 *	  stop. All builds give the same bits.
 *
 * src/kernel/hierarchy/linkage_tile.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINKAGE_TILE_H
#define SEG_KERNEL_LINKAGE_TILE_H

#include <math.h>

#include "kernel/hierarchy/linkage.h"

/* The nearest cluster so far, as Ward sees it. */
typedef struct SegNearest
{
	int64_t slot;
	double square; /* of the height */
	double height; /* at which they would be merged */
} SegNearest;

typedef struct SegLinkageTiles
{
	/*
	 * Look for the first slot that is nearer than what we have, in some tiles.
	 */
	void (*ward_nearest)(const SegPoints *p, const double *from, double mass,
	                     int64_t first_tile, int64_t last_tile,
	                     SegNearest *nearest);

	/* Euclidean distances to the slots of some tiles */
	void (*distances)(const SegPoints *p, const double *from,
	                  int64_t first_tile, int64_t last_tile, double *out);
} SegLinkageTiles;

/* The best build for this processor; the one for any. */
extern const SegLinkageTiles *seg_linkage_tiles(void);
extern const SegLinkageTiles *seg_linkage_tiles_baseline(void);

/*
 * linkage_gower.c: Gower's distances to the slots of some tiles; NaN where no
 * element is there on both sides.
 */
extern void
seg_gower_distances(const SegPoints *p, const double *from, int64_t first_tile,
                    int64_t last_tile, double *out);

/*
 * The sum of squares that a merge adds, times two: the square of its height.
 */
static inline double
seg_ward_square(double mass, double other, double square)
{
	double small = mass < other ? mass : other;
	double large = mass < other ? other : mass;

	return 2.0 * (small * (large / (small + large))) * square;
}

#endif /* SEG_KERNEL_LINKAGE_TILE_H */
