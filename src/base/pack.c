/*-------------------------------------------------------------------------
 *
 * pack.c
 *	  Words of 8 bytes without the zero bytes at their ends.
 *
 * A byte before each word says how many of its lowest bytes are left out (times
 * 16), and how many follow. In a whole number the highest bytes are zero, in a
 * floating-point number the lowest.
 *
 * src/base/pack.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/pack.h"

#include <stdint.h>
#include <string.h>

size_t
seg_pack(const void *words, size_t size, void *packed)
{
	uint8_t *to = packed;

	for (size_t i = 0; i < size; i += sizeof(uint64_t))
	{
		uint8_t *head = to++;
		uint64_t word;
		unsigned zeros = 0;

		memcpy(&word, (const char *) words + i, sizeof(word));
		for (; word != 0 && (word & 0xff) == 0; word >>= 8)
			zeros++;
		for (; word != 0; word >>= 8)
			*to++ = (uint8_t) word;
		*head = (uint8_t) (zeros << 4 | (unsigned) (to - head - 1));
	}
	return (size_t) (to - (uint8_t *) packed);
}

bool
seg_unpack(const void *packed, size_t packed_size, void *words, size_t size)
{
	const uint8_t *from = packed;
	const uint8_t *end = from + packed_size;

	for (size_t i = 0; i < size; i += sizeof(uint64_t))
	{
		uint64_t word = 0;
		unsigned zeros, kept;

		if (from == end)
			return false;
		zeros = *from >> 4;
		kept = *from++ & 15;
		if (zeros + kept > sizeof(word) || kept > (size_t) (end - from))
			return false;
		for (unsigned k = 0; k < kept; k++)
			word |= (uint64_t) *from++ << 8 * (zeros + k);
		memcpy((char *) words + i, &word, sizeof(word));
	}
	return from == end;
}
