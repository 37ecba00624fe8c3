/*-------------------------------------------------------------------------
 *
 * place.h
 *	  The place of a key on a line from 0 to 1, which splits cut.
 *
 * It is set by the key's bytes and a salt alone. So users keep their place from
 * run to run and from machine to machine, whatever other users there are.
 *
 * The place is seg_hash of the key, under the seed seg_hash of the salt (itself
 * under seed 0): frozen, because it decides which users were trained on and who
 * saw which variant.
 *
 * src/base/place.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_PLACE_H
#define SEG_BASE_PLACE_H

#include <math.h>
#include <stdbool.h>

#include "base/hash.h"
#include "base/text.h"

/* Place of a key, in units of 2^-64. */
static inline uint64_t
seg_place(SegText key, SegText salt)
{
	return seg_hash(key.bytes,
	                (size_t) key.length,
	                seg_hash(salt.bytes, (size_t) salt.length, 0));
}

/* Is the place below a share from 0 to 1? */
static inline bool
seg_place_is_below(uint64_t place, double share)
{
	return share >= 1 || place < (uint64_t) ldexp(share, 64);
}

#endif /* SEG_BASE_PLACE_H */
