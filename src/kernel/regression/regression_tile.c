/*-------------------------------------------------------------------------
 *
 * regression_tile.c
 *	  Builds of the regressions' loops, and the choice between them.
 *
 * regression_tile_body.h is compiled for the baseline of the architecture, for
 * AVX2 and for AVX-512. All give the same bits: they differ only in how many
 * lanes go into one instruction, and none contracts a product and a sum.
 *
 * src/kernel/regression/regression_tile.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/regression_tile.h"

#include <math.h>

#include "base/vector.h"

#define LANES   SEG_TILE_LANES
#define STEPS   (SEG_TILE_ROWS / LANES)
#define ABREAST 4 /* sums of products that go on at once */

#define UNROLL _Pragma("GCC unroll 8")

/* mask ? a : b */
#define SELECT(mask, a, b) \
	((Vector) (((Mask) (a) & (mask)) | ((Mask) (b) & ~(mask))))

typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

/* gcc before 12 has only the one, clang only the other */
#if defined(__clang__)
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(a, b, ...) __builtin_shuffle(a, b, (Mask){__VA_ARGS__})
#endif
#define EVEN_1 0, 8, 2, 10, 4, 12, 6, 14
#define ODD_1  1, 9, 3, 11, 5, 13, 7, 15
#define EVEN_2 0, 1, 8, 9, 4, 5, 12, 13
#define ODD_2  2, 3, 10, 11, 6, 7, 14, 15
#define EVEN_4 0, 1, 2, 3, 8, 9, 10, 11
#define ODD_4  4, 5, 6, 7, 12, 13, 14, 15

#define NAME(name) name##_baseline
#define TARGET
#include "kernel/regression/regression_tile_body.h"
#undef NAME
#undef TARGET

#if defined(__x86_64__)
#define NAME(name) name##_avx2
#define TARGET     __attribute__((target("avx2")))
#include "kernel/regression/regression_tile_body.h"
#undef NAME
#undef TARGET

#define NAME(name) name##_avx512
#define TARGET     __attribute__((target("avx512f,avx512dq")))
#include "kernel/regression/regression_tile_body.h"
#undef NAME
#undef TARGET
#endif

const SegTileLoops *
seg_tile_loops(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
		return &loops_avx512;
	if (__builtin_cpu_supports("avx2"))
		return &loops_avx2;
#endif
	return &loops_baseline;
}

const SegTileLoops *
seg_tile_loops_baseline(void)
{
	return &loops_baseline;
}
