/*-------------------------------------------------------------------------
 *
 * itemset_bits.c
 *	  Intersect rows of bits, and count: the innermost loop of Eclat.
 *
 * One body, built for the baseline of the architecture, with the instruction
 * that counts the bits of a word, and with the one that counts those of a vector
 * of eight.  Rows are whole vectors, filled up with zeros, and lie on cache
 * lines, so that no loop has a rest.
 *
 * src/kernel/itemset_bits.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/itemset_mining.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

INLINE int32_t
intersect_words(const uint64_t *a, const uint64_t *b, uint64_t *to,
                int32_t words)
{
	int64_t count = 0;

	for (int32_t w = 0; w < words; w += SEG_BIT_WORDS)
	{
		for (int32_t i = w; i < w + SEG_BIT_WORDS; i++)
		{
			to[i] = a[i] & b[i];
			count += __builtin_popcountll(to[i]);
		}
	}
	return (int32_t) count;
}

/*
 * Rows that are kept follow each other in "to": the next one overwrites a row
 * that was not.
 */
#define EXTEND(name, target, intersect) \
	target static void name(const SegExtensions *from, \
	                        int32_t a, \
	                        int32_t min_count, \
	                        SegExtensions *to) \
	{ \
		const uint64_t *row = from->bits + (int64_t) a * from->stride; \
		int32_t words = from->words; \
		int32_t n = 0; \
\
		to->words = to->stride = words; \
		for (int32_t b = a + 1; b < from->n; b++) \
		{ \
			int32_t count = intersect(row, \
			                          from->bits + (int64_t) b * from->stride, \
			                          to->bits + (int64_t) n * words, \
			                          words); \
\
			to->items[n] = from->items[b]; \
			to->counts[n] = count; \
			n += count >= min_count; \
		} \
		to->n = n; \
	}

EXTEND(extend_baseline, , intersect_words)

#if defined(__x86_64__)

EXTEND(extend_popcnt, __attribute__((target("popcnt"))), intersect_words)

#define VECTOR_TARGET __attribute__((target("avx512f,avx512vpopcntdq,popcnt")))

VECTOR_TARGET INLINE int32_t
intersect_vectors(const uint64_t *a, const uint64_t *b, uint64_t *to,
                  int32_t words)
{
	__m512i count = _mm512_setzero_si512();

	for (int32_t w = 0; w < words; w += SEG_BIT_WORDS)
	{
		__m512i both = _mm512_and_si512(_mm512_load_si512(a + w),
		                                _mm512_load_si512(b + w));

		_mm512_store_si512(to + w, both);
		count = _mm512_add_epi64(count, _mm512_popcnt_epi64(both));
	}
	return (int32_t) _mm512_reduce_add_epi64(count);
}

EXTEND(extend_avx512, VECTOR_TARGET, intersect_vectors)

#endif

SegExtend
seg_bits_extend_build(int i)
{
	if (i == 0)
		return extend_baseline;
#if defined(__x86_64__)
	if (i == 1 && __builtin_cpu_supports("popcnt"))
		return extend_popcnt;
	if (i == 2 && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512vpopcntdq"))
		return extend_avx512;
#endif
	return NULL;
}

SegExtend
seg_bits_extend(void)
{
	for (int i = 2; i > 0; i--)
	{
		SegExtend build = seg_bits_extend_build(i);

		if (build != NULL)
			return build;
	}
	return extend_baseline;
}
