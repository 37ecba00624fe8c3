/*-------------------------------------------------------------------------
 *
 * count_map.h
 *	  Flat table that maps each key (bytes) to a few numbers: the state of an
 *	  aggregate that counts.
 *
 * It is one block of bytes without pointers, changed in place until a key no
 * longer fits; then the owner allocates a larger one and moves it there. The
 * bytes may be untrusted: seg_count_map_check makes every other call safe,
 * whatever they hold, and seg_count_map_validate says whether they are
 * consistent.
 *
 * A key's numbers are "width" words of 8 bytes, zero at first, which the caller
 * uses as int64_t or double. Keys are numbered from 0 as they arrive; that
 * order depends on the plan and must not affect a result.
 *
 * src/base/count_map.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_COUNT_MAP_H
#define SEG_BASE_COUNT_MAP_H

#include "base/env.h"
#include "base/text.h"

/* Layout: this head, words, what finds a key (partly between them), key bytes. */
typedef struct SegCountMap
{
	uint32_t n;        /* keys */
	uint32_t capacity; /* keys that fit; beyond 64 a power of two */
	uint32_t width;    /* words of each key */
	uint32_t pool;     /* room for key bytes */
} SegCountMap;

/* No state is larger: it must pass through a 1 GB text. */
#define SEG_COUNT_MAP_MAX_BYTES (INT64_C(400) * 1024 * 1024)

/* Bytes of a map of this shape; SEG_STATE_LIMIT beyond the maximum. */
extern SegStatus seg_count_map_size(SegEnv *env, int64_t capacity,
                                    int64_t width, int64_t pool, size_t *size);
extern void seg_count_map_init(SegCountMap *map, int64_t capacity,
                               int64_t width, int64_t pool);

extern SegStatus seg_count_map_check(SegEnv *env, const SegCountMap *map,
                                     size_t size, int64_t width);
extern SegStatus seg_count_map_validate(SegEnv *env, const SegCountMap *map);

/* The number of a key, or -1. */
extern int64_t
seg_count_map_find(const SegCountMap *map, const void *key, int64_t length);

/* The same, after adding the key if it is new; -1: it does not fit. */
extern int64_t
seg_count_map_add(SegCountMap *map, const void *key, int64_t length);

/*
 * The first shape of a map, the shape in which one more key of this length
 * fits, and the move to it. The owner puts a head of so many bytes before the
 * map; then both together fill what an allocator would round up to anyway.
 */
extern SegStatus seg_count_map_first(SegEnv *env, int64_t width, int64_t head,
                                     SegCountMap *shape, size_t *size);
extern SegStatus
seg_count_map_enlarged(SegEnv *env, const SegCountMap *map, int64_t length,
                       int64_t head, SegCountMap *shape, size_t *size);
extern SegStatus
seg_count_map_move(SegEnv *env, const SegCountMap *from,
                   const SegCountMap *shape, SegCountMap *into);

extern SegText seg_count_map_key(const SegCountMap *map, int64_t i);
extern void *seg_count_map_words(const SegCountMap *map, int64_t i);

/* A map in the environment's memory that grows as needed. */
extern SegStatus
seg_count_map_create(SegEnv *env, int64_t width, SegCountMap **result);
extern SegStatus
seg_count_map_insert(SegEnv *env, SegCountMap **map, const void *key,
                     int64_t length, int64_t *index);

#endif /* SEG_BASE_COUNT_MAP_H */
