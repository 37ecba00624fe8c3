/*-------------------------------------------------------------------------
 *
 * vector.h
 *	  Loops over vectors of doubles, one body compiled for several processors.
 *
 * A file of such loops defines NAME, TARGET and LANES for each build, and includes
 * its body, which begins with base/vector_body.h.
 *
 * src/base/vector.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_VECTOR_H
#define SEG_BASE_VECTOR_H

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Vectors are passed only inside always-inlined functions: no ABI at stake. */
#pragma GCC diagnostic ignored "-Wpsabi"

/* one number in every lane: subtracting zero changes no number */
#define SPLAT(x) ((x) - (Vector){0})

/* a b + c: rounded twice, or once by an instruction for four lanes */
#define TWICE_ROUNDED(a, b, c) ((a) * (b) + (c))
#define FUSED_AVX2(a, b, c) \
	((Vector) _mm256_fmadd_pd((__m256d) (a), (__m256d) (b), (__m256d) (c)))

#endif /* SEG_BASE_VECTOR_H */
