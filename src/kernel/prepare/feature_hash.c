/*-------------------------------------------------------------------------
 *
 * feature_hash.c
 *	  Words as numbers without a list of the words, and values as buckets.
 *
 * The hash of a word says at which place it counts and with which sign: two
 * words that meet at a place cancel as often as they add up [1]. The hash is
 * MurmurHash3 [2] and the use of its bits that of scikit-learn's FeatureHasher,
 * so both give the same vectors.
 *
 * [1] K. Weinberger et al., "Feature Hashing for Large Scale Multitask
 * Learning", ICML 2009.
 *
 * [2] A. Appleby, MurmurHash3_x86_32, 2011, in the public domain.
 *
 * src/kernel/prepare/feature_hash.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/feature_hash.h"

static inline uint32_t
murmur_rotate(uint32_t x, int bits)
{
	return x << bits | x >> (32 - bits);
}

static inline uint32_t
scramble(uint32_t k)
{
	return murmur_rotate(k * UINT32_C(0xcc9e2d51), 15) * UINT32_C(0x1b873593);
}

/* Up to four bytes, the first one lowest. */
static inline uint32_t
little_endian(const unsigned char *bytes, int64_t n)
{
	uint32_t k = 0;

	for (int64_t i = n - 1; i >= 0; i--)
		k = k << 8 | bytes[i];
	return k;
}

uint32_t
seg_murmur_hash(const char *bytes, int64_t length)
{
	const unsigned char *at = (const unsigned char *) bytes;
	uint32_t h = 0;
	int64_t left = length;

	for (; left >= 4; left -= 4, at += 4)
		h = murmur_rotate(h ^ scramble(little_endian(at, 4)), 13) * 5 +
		    UINT32_C(0xe6546b64);
	h ^= scramble(little_endian(at, left));
	h ^= (uint32_t) length;
	h = (h ^ h >> 16) * UINT32_C(0x85ebca6b);
	h = (h ^ h >> 13) * UINT32_C(0xc2b2ae35);
	return h ^ h >> 16;
}

void
seg_feature_hash_add(SegText word, int64_t n, double *counts)
{
	int64_t hash = (int32_t) seg_murmur_hash(word.bytes, word.length);

	counts[(hash < 0 ? -hash : hash) % n] += hash < 0 ? -1.0 : 1.0;
}

bool
seg_edges_ascend(const double *edges, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		/* false for NaN and infinity, too */
		if (!(edges[i] - edges[i] == 0) || (i > 0 && edges[i] <= edges[i - 1]))
			return false;
	}
	return true;
}

int64_t
seg_bucket(const double *edges, int64_t n, double value)
{
	int64_t low = 0, high = n; /* edges[low - 1] <= value < edges[high] */

	while (low < high)
	{
		int64_t middle = (low + high) / 2;

		if (edges[middle] <= value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
