/*-------------------------------------------------------------------------
 *
 * hash.c
 *	  XXH64, and draws from it.
 *
 * Four lanes take 32 bytes per step, the rest is mixed in by 8, 4 and 1 bytes,
 * and a final avalanche spreads every bit. Bytes are read as little-endian on
 * every machine, so the hash of a text is the same everywhere.
 *
 * src/base/hash.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/hash.h"

#include <string.h>

#define PRIME_1 UINT64_C(0x9E3779B185EBCA87)
#define PRIME_2 UINT64_C(0xC2B2AE3D27D4EB4F)
#define PRIME_3 UINT64_C(0x165667B19E3779F9)
#define PRIME_4 UINT64_C(0x85EBCA77C2B2AE63)
#define PRIME_5 UINT64_C(0x27D4EB2F165667C5)

static inline uint64_t
rotate_left(uint64_t x, int bits)
{
	return (x << bits) | (x >> (64 - bits));
}

static inline uint64_t
read_u64(const uint8_t *at)
{
	uint64_t v;

	memcpy(&v, at, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static inline uint32_t
read_u32(const uint8_t *at)
{
	return (uint32_t) at[0] | (uint32_t) at[1] << 8 | (uint32_t) at[2] << 16 |
	       (uint32_t) at[3] << 24;
}

static inline uint64_t
mix_lane(uint64_t lane, uint64_t word)
{
	return rotate_left(lane + word * PRIME_2, 31) * PRIME_1;
}

static inline uint64_t
merge_lane(uint64_t hash, uint64_t lane)
{
	return (hash ^ mix_lane(0, lane)) * PRIME_1 + PRIME_4;
}

static inline uint64_t
avalanche(uint64_t hash)
{
	hash = (hash ^ (hash >> 33)) * PRIME_2;
	hash = (hash ^ (hash >> 29)) * PRIME_3;
	return hash ^ (hash >> 32);
}

uint64_t
seg_hash(const void *data, size_t length, uint64_t seed)
{
	const uint8_t *at = data;
	size_t left = length;
	uint64_t hash;

	if (length >= 32)
	{
		uint64_t lane[4] = {seed + PRIME_1 + PRIME_2,
		                    seed + PRIME_2,
		                    seed,
		                    seed - PRIME_1};

		for (; left >= 32; left -= 32, at += 32)
			for (int i = 0; i < 4; i++)
				lane[i] = mix_lane(lane[i], read_u64(at + 8 * i));
		hash = rotate_left(lane[0], 1) + rotate_left(lane[1], 7) +
		       rotate_left(lane[2], 12) + rotate_left(lane[3], 18);
		for (int i = 0; i < 4; i++)
			hash = merge_lane(hash, lane[i]);
	}
	else
		hash = seed + PRIME_5;

	hash += length;
	for (; left >= 8; left -= 8, at += 8)
		hash = rotate_left(hash ^ mix_lane(0, read_u64(at)), 27) * PRIME_1 +
		       PRIME_4;
	if (left >= 4)
	{
		hash =
			rotate_left(hash ^ read_u32(at) * PRIME_1, 23) * PRIME_2 + PRIME_3;
		at += 4;
		left -= 4;
	}
	for (; left > 0; left--, at++)
		hash = rotate_left(hash ^ *at * PRIME_5, 11) * PRIME_1;
	return avalanche(hash);
}

/*
 * Hash the triple: statistically independent draws without a state.
 */
uint64_t
seg_random_bits(uint64_t seed, uint64_t stream, uint64_t item)
{
	uint64_t hash = seed + PRIME_5 + 16;

	hash = rotate_left(hash ^ mix_lane(0, stream), 27) * PRIME_1 + PRIME_4;
	hash = rotate_left(hash ^ mix_lane(0, item), 27) * PRIME_1 + PRIME_4;
	return avalanche(hash);
}
