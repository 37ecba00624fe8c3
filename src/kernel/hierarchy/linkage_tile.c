/*-------------------------------------------------------------------------
 *
 * linkage_tile.c
 *	  Two builds of the loops of hierarchical clustering, and the choice between
 *	  them.
 *
 * linkage_tile_body.h is compiled for the baseline of the architecture and for
 * AVX2. Each lane does the same operations in the same order, so both give the
 * same bits.
 *
 * src/kernel/hierarchy/linkage_tile.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/linkage_tile.h"

#include <float.h>

#include "base/vector.h"

#define UNROLL _Pragma("GCC unroll 8")

/*
 * A slot is not nearer if its squared distance times its mass is above this times
 * the sum of both masses. Rounding is on the safe side.
 */
static inline double
ward_bound(double mass, double square)
{
	return square / (2.0 * mass) * (1.0 + 16.0 * DBL_EPSILON) + DBL_MIN;
}

/*
 * Take the first slot of a tile that is nearer, if there is one.
 */
static bool
look_closer(const double *squares, const double *masses, double mass,
            int64_t first, SegNearest *nearest)
{
	bool found = false;

	for (int i = 0; i < SEG_TILE_SLOTS; i++)
	{
		double square = seg_ward_square(mass, masses[i], squares[i]);

		/* what counts is the height: squares may differ where roots do not */
		if (square < nearest->square && sqrt(square) < nearest->height)
		{
			*nearest = (SegNearest){first + i, square, sqrt(square)};
			found = true;
		}
	}
	return found;
}

#define BASE_NAME(name) name##_baseline
#define AVX2_NAME(name) name##_avx2

#define NAME(name) BASE_NAME(name)
#define TARGET
#define LANES 2 /* doubles in a vector: the processor's own width */
#include "kernel/hierarchy/linkage_tile_body.h"
#undef NAME
#undef TARGET
#undef LANES

#if defined(__x86_64__)
#define NAME(name) AVX2_NAME(name)
#define TARGET     __attribute__((target("avx2")))
#define LANES      4
#include "kernel/hierarchy/linkage_tile_body.h"
#undef NAME
#undef TARGET
#undef LANES
#endif

const SegLinkageTiles *
seg_linkage_tiles(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		return &tiles_avx2;
#endif
	return &tiles_baseline;
}

const SegLinkageTiles *
seg_linkage_tiles_baseline(void)
{
	return &tiles_baseline;
}
