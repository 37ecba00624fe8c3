/*-------------------------------------------------------------------------
 *
 * kmeans_tile.c
 *	  Three builds of the k-means tiles, and the choice between them.
 *
 * kmeans_tile_body.h is compiled for the baseline of the architecture, for AVX2
 * with fused multiply-add, and for AVX-512.  The last two give the same bits:
 * they differ only in how many rows go side by side.  The baseline may differ
 * in the last bit of a sum.  A given processor always runs the same build.
 *
 * src/kernel/cluster/kmeans_tile.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_tile.h"

#include <math.h>

#include "base/vector.h"

#define CACHE_LINE 64
#define CHUNK      64 /* elements of a row that are transposed at once */
#define GROUP      16 /* centers whose sums are kept while walking the chunks */
#define STRETCH    16 /* labels that are compared at once */

/* four rows at a time are transposed, whatever the width of the build */
#define QUAD 4
typedef double Quad __attribute__((vector_size(QUAD * sizeof(double))));
typedef int64_t QuadMask __attribute__((vector_size(QUAD * sizeof(int64_t))));

/*
 * Loops over the vectors of a tile must be unrolled before the compiler decides
 * what stays in registers: without this gcc keeps the sums in memory, and is
 * five times slower.
 */
#define UNROLL      _Pragma("GCC unroll 4")
#define UNROLL_TILE _Pragma("GCC unroll 32")

/* mask ? a : b, for vectors of doubles and of integers */
#define SELECT(mask, a, b) \
	((Vector) (((Mask) (a) & (mask)) | ((Mask) (b) & ~(mask))))
#define SELECT_INDEX(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define SPLAT_INDEX(i)           ((i) + (Mask){0})

#ifdef __clang__
#define SHUFFLE(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#else
#define SHUFFLE(a, b, i, j, k, l) \
	__builtin_shuffle(a, b, (QuadMask){i, j, k, l})
#endif

#define BASE_NAME(name)   name##_baseline
#define AVX2_NAME(name)   name##_avx2
#define AVX512_NAME(name) name##_avx512

#define NAME(name) BASE_NAME(name)
#define TARGET
#define LANES 2  /* doubles in a vector: the processor's own width */
#define TILE  16 /* rows in a tile */
#define FMA   TWICE_ROUNDED
#include "kernel/cluster/kmeans_tile_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef TILE
#undef FMA

#if defined(__x86_64__)
#define NAME(name) AVX2_NAME(name)
#define TARGET     __attribute__((target("avx2,fma")))
#define LANES      4
#define TILE       16
#define FMA        FUSED_AVX2
#include "kernel/cluster/kmeans_tile_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef TILE
#undef FMA

#define NAME(name) AVX512_NAME(name)
#define TARGET \
	__attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")))
#define LANES 8
#define TILE  32
#define FMA(a, b, c) \
	((Vector) _mm512_fmadd_pd((__m512d) (a), (__m512d) (b), (__m512d) (c)))
#include "kernel/cluster/kmeans_tile_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef TILE
#undef FMA
#endif

const SegTileKernels *
seg_tile_kernels(void)
{
#if defined(__x86_64__)
	bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");

	if (avx2 && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512dq") &&
	    __builtin_cpu_supports("avx512vl"))
		return &kernels_avx512;
	if (avx2)
		return &kernels_avx2;
#endif
	return &kernels_baseline;
}
