/*-------------------------------------------------------------------------
 *
 * pack.h
 *	  Words of 8 bytes without the zero bytes at their ends.
 *
 * Small whole numbers, and floating-point numbers with few digits, are mostly
 * zero bytes. Other numbers take 9 bytes.
 *
 * src/base/pack.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_PACK_H
#define SEG_BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>

/* Room that size bytes, a multiple of 8, may need. */
#define SEG_PACKED_MOST(size) ((size) / 8 * 9)

/* Returns the bytes that were needed. */
extern size_t seg_pack(const void *words, size_t size, void *packed);

/* Are these packed words of so many bytes in all? They may be damaged. */
extern bool
seg_unpack(const void *packed, size_t packed_size, void *words, size_t size);

#endif /* SEG_BASE_PACK_H */
