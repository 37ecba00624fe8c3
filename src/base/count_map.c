/*-------------------------------------------------------------------------
 *
 * count_map.c
 *	  Flat table that maps each key to a few numbers.
 *
 * Open addressing with linear probing, with twice as many slots as the capacity
 * for keys; up to four keys are compared one by one and need no slots. Key
 * bytes lie back to back in a pool, so a key is given by where it ends. 32 bits
 * of its hash are stored next to that, so most comparisons need not read the
 * bytes and moving needs no hashing.
 *
 * Every probe is bounded by the number of slots and every end by the pool, so
 * damaged bytes can give a wrong answer but never an access out of bounds.
 *
 * src/base/count_map.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/count_map.h"

#include <string.h>

#include "base/hash.h"

#define STRETCH        65536 /* keys between checks whether to stop */
#define FIRST_CAPACITY 8
#define FIRST_POOL     64

/* A map for more keys than this has slots. */
#define MOST_SCANNED 4

typedef struct Entry
{
	uint32_t end; /* of the key, in the pool */
	uint32_t hash;
} Entry;

static inline uint64_t *
words_of(const SegCountMap *map)
{
	return (uint64_t *) (map + 1);
}

static inline Entry *
entries_of(const SegCountMap *map)
{
	return (Entry *) (words_of(map) + (size_t) map->capacity * map->width);
}

static inline int64_t
slot_count(int64_t capacity)
{
	return capacity > MOST_SCANNED ? 2 * capacity : 0;
}

/* number of the key + 1; 0: free */
static inline uint32_t *
slots_of(const SegCountMap *map)
{
	return (uint32_t *) (entries_of(map) + map->capacity);
}

static inline char *
count_map_pool_of(const SegCountMap *map)
{
	return (char *) (slots_of(map) + slot_count(map->capacity));
}

static inline uint32_t
hash_of(const void *key, int64_t length)
{
	return (uint32_t) (seg_hash(key, (size_t) length, 0) >> 32);
}

SegStatus
seg_count_map_size(SegEnv *env, int64_t capacity, int64_t width, int64_t pool,
                   size_t *size)
{
	double bytes = (double) sizeof(SegCountMap) + (double) pool +
	               (double) capacity * 8.0 * ((double) width + 1.0) +
	               (double) slot_count(capacity) * sizeof(uint32_t);

	if (bytes > (double) SEG_COUNT_MAP_MAX_BYTES)
		return seg_fail(env,
		                SEG_STATE_LIMIT,
		                "state of the aggregate",
		                bytes,
		                (double) SEG_COUNT_MAP_MAX_BYTES);
	*size = (size_t) bytes;
	return SEG_OK;
}

/*
 * Make an empty map in zeroed memory.
 */
void
seg_count_map_init(SegCountMap *map, int64_t capacity, int64_t width,
                   int64_t pool)
{
	*map =
		(SegCountMap){0, (uint32_t) capacity, (uint32_t) width, (uint32_t) pool};
}

static SegStatus
count_map_corrupt(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

/*
 * Is this a map of the given width that fills size bytes? Cheap: it does not
 * read the keys.
 */
SegStatus
seg_count_map_check(SegEnv *env, const SegCountMap *map, size_t size,
                    int64_t width)
{
	size_t want;

	if (size < sizeof(SegCountMap))
		return count_map_corrupt(env, "length");
	if (map->width != width)
		return count_map_corrupt(env, "width");
	if (map->capacity < 1 || (map->capacity & (map->capacity - 1)) != 0)
		return count_map_corrupt(env, "capacity");
	if (map->n > map->capacity)
		return count_map_corrupt(env, "n");
	if (map->pool % 8 != 0)
		return count_map_corrupt(env, "pool");
	if (seg_count_map_size(env, map->capacity, map->width, map->pool, &want) !=
	        SEG_OK ||
	    want != size)
		return count_map_corrupt(env, "length");
	return SEG_OK;
}

/*
 * Is a checked map consistent? Every key must be found, and every slot must be
 * valid.
 */
SegStatus
seg_count_map_validate(SegEnv *env, const SegCountMap *map)
{
	const uint32_t *slots = slots_of(map);
	const Entry *entries = entries_of(map);
	uint32_t start = 0;
	uint32_t used = 0;

	for (int64_t s = 0; s < slot_count(map->capacity); s++)
		used += slots[s] != 0;
	if (slot_count(map->capacity) > 0 && used != map->n)
		return count_map_corrupt(env, "slots");
	for (uint32_t i = 0; i < map->n; i++)
	{
		SegText key;

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (entries[i].end < start || entries[i].end > map->pool)
			return count_map_corrupt(env, "keys");
		start = entries[i].end;
		key = seg_count_map_key(map, i);
		if (entries[i].hash != hash_of(key.bytes, key.length) ||
		    seg_count_map_find(map, key.bytes, key.length) != i)
			return count_map_corrupt(env, "keys");
	}
	return SEG_OK;
}

SegText
seg_count_map_key(const SegCountMap *map, int64_t i)
{
	const Entry *entries = entries_of(map);
	uint32_t start = i > 0 ? entries[i - 1].end : 0;
	uint32_t end = entries[i].end;

	if (start > end || end > map->pool)
		start = end = 0;
	return (SegText){count_map_pool_of(map) + start, (int64_t) end - start};
}

void *
seg_count_map_words(const SegCountMap *map, int64_t i)
{
	return words_of(map) + (size_t) i * map->width;
}

static inline bool
is_key(const SegCountMap *map, uint32_t i, const void *key, int64_t length,
       uint32_t hash)
{
	SegText found;

	if (entries_of(map)[i].hash != hash)
		return false;
	found = seg_count_map_key(map, i);
	return found.length == length &&
	       memcmp(found.bytes, key, (size_t) length) == 0;
}

/*
 * The key's number, or -1 and the slot where it would go: NULL if the map has
 * none.
 */
static int64_t
count_map_look_up(const SegCountMap *map, const void *key, int64_t length,
                  uint32_t hash, uint32_t **free_slot)
{
	uint32_t *slots = slots_of(map);
	uint32_t mask = 2 * map->capacity - 1;
	uint32_t at = hash & mask;

	*free_slot = NULL;
	if (map->capacity <= MOST_SCANNED)
	{
		for (uint32_t i = 0; i < map->n; i++)
			if (is_key(map, i, key, length, hash))
				return i;
		return -1;
	}
	for (uint32_t step = 0; step <= mask; step++, at = (at + 1) & mask)
	{
		if (slots[at] == 0)
		{
			*free_slot = &slots[at];
			return -1;
		}
		if (slots[at] <= map->n &&
		    is_key(map, slots[at] - 1, key, length, hash))
			return slots[at] - 1;
	}
	return -1; /* only if damaged */
}

int64_t
seg_count_map_find(const SegCountMap *map, const void *key, int64_t length)
{
	uint32_t *slot;

	return count_map_look_up(map, key, length, hash_of(key, length), &slot);
}

static int64_t
add_hashed(SegCountMap *map, const void *key, int64_t length, uint32_t hash)
{
	Entry *entries = entries_of(map);
	uint32_t *slot;
	int64_t i = count_map_look_up(map, key, length, hash, &slot);
	uint32_t start;

	if (i >= 0)
		return i;
	i = map->n;
	start = i > 0 ? entries[i - 1].end : 0;
	if (map->n == map->capacity || start > map->pool ||
	    length > (int64_t) (map->pool - start) ||
	    (slot == NULL && map->capacity > MOST_SCANNED))
		return -1;
	memcpy(count_map_pool_of(map) + start, key, (size_t) length);
	entries[i] = (Entry){start + (uint32_t) length, hash};
	memset(seg_count_map_words(map, i), 0, 8 * (size_t) map->width);
	if (slot != NULL)
		*slot = (uint32_t) i + 1;
	map->n++;
	return i;
}

int64_t
seg_count_map_add(SegCountMap *map, const void *key, int64_t length)
{
	return add_hashed(map, key, length, hash_of(key, length));
}

/*
 * Double whatever is short of room: keys, pool, or both.
 */
SegStatus
seg_count_map_enlarged(SegEnv *env, const SegCountMap *map, int64_t length,
                       SegCountMap *shape, size_t *size)
{
	int64_t used = map->n > 0 ? entries_of(map)[map->n - 1].end : 0;
	int64_t capacity = map->capacity;
	int64_t pool = map->pool;

	if (map->n == map->capacity)
		capacity *= 2;
	if (used + length > pool)
		pool = (2 * (used + length) + 7) / 8 * 8;
	SEG_TRY(seg_count_map_size(env, capacity, map->width, pool, size));
	seg_count_map_init(shape, capacity, map->width, pool);
	return SEG_OK;
}

/*
 * Move everything into zeroed memory of the new shape, in the same order.
 */
SegStatus
seg_count_map_move(SegEnv *env, const SegCountMap *from,
                   const SegCountMap *shape, SegCountMap *into)
{
	*into = *shape;
	for (int64_t i = 0; i < from->n; i++)
	{
		SegText key = seg_count_map_key(from, i);
		int64_t j =
			add_hashed(into, key.bytes, key.length, entries_of(from)[i].hash);

		if (j >= 0) /* always, unless damaged */
			memcpy(seg_count_map_words(into, j),
			       seg_count_map_words(from, i),
			       8 * (size_t) from->width);
		if ((i + 1) % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
	}
	return SEG_OK;
}

SegStatus
seg_count_map_create(SegEnv *env, int64_t width, SegCountMap **result)
{
	size_t size;
	char *bytes;

	SEG_TRY(seg_count_map_size(env, FIRST_CAPACITY, width, FIRST_POOL, &size));
	SEG_ALLOC(env, bytes, size);
	*result = (SegCountMap *) bytes;
	seg_count_map_init(*result, FIRST_CAPACITY, width, FIRST_POOL);
	return SEG_OK;
}

/*
 * Add or find a key. Outgrown maps stay in the environment's memory. As keys
 * and pool double separately, those maps together may take more than the last
 * one.
 */
SegStatus
seg_count_map_insert(SegEnv *env, SegCountMap **map, const void *key,
                     int64_t length, int64_t *index)
{
	SegCountMap shape;
	size_t size;
	char *bytes;

	*index = seg_count_map_add(*map, key, length);
	if (*index >= 0)
		return SEG_OK;
	SEG_TRY(seg_count_map_enlarged(env, *map, length, &shape, &size));
	SEG_ALLOC(env, bytes, size);
	SEG_TRY(seg_count_map_move(env, *map, &shape, (SegCountMap *) bytes));
	*map = (SegCountMap *) bytes;
	*index = seg_count_map_add(*map, key, length);
	return SEG_OK;
}
