/*-------------------------------------------------------------------------
 *
 * itemset_bits.c
 *	  Intersect rows of bits, and count: the innermost loop of Eclat.
 *
 * Three builds: for the baseline of the architecture, with the instruction that
 * counts the bits of a word, and with the one that counts those of a vector of
 * eight words.  Rows are whole vectors, padded with zeros and aligned to cache
 * lines, so no loop has a remainder.
 *
 * src/kernel/pattern/itemset_bits.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/itemset_mining.h"

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

INLINE int32_t
common_words(const uint64_t *a, const uint64_t *b, int32_t words)
{
	int64_t count = 0;

	for (int32_t w = 0; w < words; w++)
		count += __builtin_popcountll(a[w] & b[w]);
	return (int32_t) count;
}

#define COMMON(name, target, common) \
	target static int32_t name(const uint64_t *a, \
	                           const uint64_t *b, \
	                           int32_t words) \
	{ \
		return common(a, b, words); \
	}

/*
 * Kept rows are consecutive in "to": the next one overwrites a row not kept.
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

COMMON(common_baseline, , common_words)
EXTEND(extend_baseline, , intersect_words)

#if defined(__x86_64__)

#define POPCNT_TARGET __attribute__((target("popcnt")))

COMMON(common_popcnt, POPCNT_TARGET, common_words)
EXTEND(extend_popcnt, POPCNT_TARGET, intersect_words)

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

VECTOR_TARGET INLINE int32_t
common_vectors(const uint64_t *a, const uint64_t *b, int32_t words)
{
	__m512i count = _mm512_setzero_si512();

	for (int32_t w = 0; w < words; w += SEG_BIT_WORDS)
	{
		__m512i both = _mm512_and_si512(_mm512_load_si512(a + w),
		                                _mm512_load_si512(b + w));

		count = _mm512_add_epi64(count, _mm512_popcnt_epi64(both));
	}
	return (int32_t) _mm512_reduce_add_epi64(count);
}

COMMON(common_avx512, VECTOR_TARGET, common_vectors)
EXTEND(extend_avx512, VECTOR_TARGET, intersect_vectors)

#endif

const SegBits *
seg_bits_build(int i)
{
	static const SegBits baseline = {extend_baseline, common_baseline};

	if (i == 0)
		return &baseline;
#if defined(__x86_64__)
	if (i == 1 && __builtin_cpu_supports("popcnt"))
	{
		static const SegBits popcnt = {extend_popcnt, common_popcnt};

		return &popcnt;
	}
	if (i == 2 && __builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512vpopcntdq"))
	{
		static const SegBits avx512 = {extend_avx512, common_avx512};

		return &avx512;
	}
#endif
	return NULL;
}

const SegBits *
seg_bits(void)
{
	for (int i = 2; i > 0; i--)
	{
		const SegBits *build = seg_bits_build(i);

		if (build != NULL)
			return build;
	}
	return seg_bits_build(0);
}
