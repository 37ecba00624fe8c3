/*-------------------------------------------------------------------------
 *
 * kmeans_tile.c
 *	  Two builds of the k-means tiles, and the choice between them.
 *
 * kmeans_tile_body.h is compiled once for the baseline of the architecture and
 * once for AVX2 with fused multiply-add.  The two may differ in the last bit of
 * a sum; on one processor the same one always runs.
 *
 * src/kernel/kmeans_tile.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/kmeans_tile.h"

#include <math.h>
#include <string.h>

#define TILE            16 /* rows in a tile */
#define LANES           4  /* doubles in a vector */
#define VECTORS         (TILE / LANES)
#define CACHE_LINE      64
#define CHUNK           64 /* elements of a row that are transposed at once */
#define GROUP           16 /* centers whose sums are kept while walking the chunks */
#define BASE_NAME(name) name##_baseline
#define WIDE_NAME(name) name##_avx2

typedef double Vector __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

/*
 * Loops over the vectors of a tile must be unrolled before the compiler decides
 * what stays in registers: without this gcc keeps the sums in memory, and is
 * five times slower.
 */
#define UNROLL _Pragma("GCC unroll 4")

/* mask ? a : b, for vectors of doubles and of integers */
#define SELECT(mask, a, b) \
	((Vector) (((Mask) (a) & (mask)) | ((Mask) (b) & ~(mask))))
#define SELECT_INDEX(mask, a, b) (((a) & (mask)) | ((b) & ~(mask)))
#define SPLAT(x)                 ((Vector){(x), (x), (x), (x)})
#define SPLAT_INDEX(i)           ((Mask){(i), (i), (i), (i)})

#ifdef __clang__
#define SHUFFLE(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#else
#define SHUFFLE(a, b, i, j, k, l) __builtin_shuffle(a, b, (Mask){i, j, k, l})
#endif

/* Vectors are passed inside always-inlined functions only: no ABI is at stake. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

#define NAME(name) BASE_NAME(name)
#define TARGET
#define FMA(a, b, c) ((a) * (b) + (c))
#include "kernel/kmeans_tile_body.h"
#undef NAME
#undef TARGET
#undef FMA

#if defined(__x86_64__)
#include <immintrin.h>

#define NAME(name) WIDE_NAME(name)
#define TARGET     __attribute__((target("avx2,fma")))
#define FMA(a, b, c) \
	((Vector) _mm256_fmadd_pd((__m256d) (a), (__m256d) (b), (__m256d) (c)))
#include "kernel/kmeans_tile_body.h"
#undef NAME
#undef TARGET
#undef FMA
#endif

const SegTileKernels *
seg_tile_kernels(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return &kernels_avx2;
#endif
	return &kernels_baseline;
}
