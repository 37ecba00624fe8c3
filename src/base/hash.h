/*-------------------------------------------------------------------------
 *
 * hash.h
 *	  The one frozen hash function, and random draws keyed by what they are for.
 *
 * Everything whose hash reaches a result (the canonical order of rows, hash
 * splits, variants, fingerprints) uses seg_hash, which is XXH64 [1]: fast,
 * specified to the bit, with published test vectors. The server's own hash
 * functions may change between releases, so they are never used for that.
 *
 * A random draw is a function of (seed, stream, item), not of the number of
 * earlier draws: the same seed gives the same draws whatever the plan.
 *
 * [1] Y. Collet, "XXH64 algorithm description", xxHash specification 0.1.1.
 *
 * src/base/hash.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_HASH_H
#define SEG_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

extern uint64_t seg_hash(const void *data, size_t length, uint64_t seed);

/* Uniform 64 bits for an item of a stream under a seed. */
extern uint64_t seg_random_bits(uint64_t seed, uint64_t stream, uint64_t item);

/* The same as a number in [0, 1) with 53 random bits. */
static inline double
seg_random_real(uint64_t seed, uint64_t stream, uint64_t item)
{
	return (double) (seg_random_bits(seed, stream, item) >> 11) * 0x1p-53;
}

#endif /* SEG_BASE_HASH_H */
