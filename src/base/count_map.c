/*-------------------------------------------------------------------------
 *
 * count_map.c
 *	  Flat table that maps each key to a few numbers.
 *
 * Up to 64 keys are scanned: a byte of each key's hash says which ones to
 * compare, and 16 bits where its bytes end. So a key costs three bytes besides
 * its own and its words, and a million small maps stay small.
 *
 * Larger maps use open addressing with linear probing, with twice as many slots
 * as the capacity for keys. 32 bits of a key's hash are stored next to where it
 * ends, so most comparisons need not read the bytes and moving needs no hashing.
 *
 * Key bytes lie back to back in a pool. Every probe is bounded by the number of
 * slots and every end by the pool, so damaged bytes can give a wrong answer but
 * never an access out of bounds.
 *
 * src/base/count_map.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/count_map.h"

#include <string.h>

#include "base/hash.h"

#define STRETCH 65536 /* keys between checks whether to stop */

/* The largest maps that are scanned. */
#define MOST_SCANNED      64
#define MOST_SCANNED_POOL UINT16_MAX

/*
 * Sizes of maps, with what the owner puts before them: a power of two from the
 * first up to the largest, as allocators round up to these.
 */
#define FIRST_SIZE   128
#define LARGEST_SIZE 8192

/* Expected of the first key. */
#define FIRST_KEY 16

typedef struct Entry
{
	uint32_t end; /* of the key, in the pool */
	uint32_t hash;
} Entry;

static inline bool
is_scanned(const SegCountMap *map)
{
	return map->capacity <= MOST_SCANNED;
}

/*
 * The words of a key; in a map that is not scanned its entry follows, which a
 * look-up reads together with them.
 */
static inline uint64_t *
words_of(const SegCountMap *map, size_t i)
{
	return (uint64_t *) (map + 1) + i * (map->width + !is_scanned(map));
}

/* of a scanned map */
static inline uint16_t *
ends_of(const SegCountMap *map)
{
	return (uint16_t *) words_of(map, map->capacity);
}

static inline uint8_t *
tags_of(const SegCountMap *map)
{
	return (uint8_t *) (ends_of(map) + map->capacity);
}

/* of any other */
static inline Entry *
entry_of(const SegCountMap *map, size_t i)
{
	return (Entry *) (words_of(map, i) + map->width);
}

/* number of the key + 1; 0: free */
static inline uint32_t *
slots_of(const SegCountMap *map)
{
	return (uint32_t *) words_of(map, map->capacity);
}

static inline char *
count_map_pool_of(const SegCountMap *map)
{
	return is_scanned(map) ? (char *) (tags_of(map) + map->capacity)
	                       : (char *) (slots_of(map) + 2 * map->capacity);
}

/* Bytes of each key that fits, besides its own. */
static inline int64_t
each_size(int64_t capacity, int64_t width)
{
	return 8 * width + (capacity <= MOST_SCANNED
	                        ? (int64_t) (sizeof(uint16_t) + sizeof(uint8_t))
	                        : (int64_t) (sizeof(Entry) + 2 * sizeof(uint32_t)));
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
	               (double) capacity * (double) each_size(capacity, width);

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
	if (map->capacity < 1 ||
	    (!is_scanned(map) && (map->capacity & (map->capacity - 1)) != 0))
		return count_map_corrupt(env, "capacity");
	if (map->n > map->capacity)
		return count_map_corrupt(env, "n");
	if (is_scanned(map) && map->pool > MOST_SCANNED_POOL)
		return count_map_corrupt(env, "pool");
	if (seg_count_map_size(env, map->capacity, map->width, map->pool, &want) !=
	        SEG_OK ||
	    want != size)
		return count_map_corrupt(env, "length");
	return SEG_OK;
}

static inline uint32_t
end_of(const SegCountMap *map, int64_t i)
{
	return is_scanned(map) ? ends_of(map)[i] : entry_of(map, i)->end;
}

static inline uint8_t
tag_of(uint32_t hash)
{
	return (uint8_t) (hash >> 24);
}

/*
 * Is a checked map consistent? Every key must be found, and every slot must be
 * valid.
 */
SegStatus
seg_count_map_validate(SegEnv *env, const SegCountMap *map)
{
	uint32_t start = 0;
	uint32_t used = 0;

	if (!is_scanned(map))
	{
		for (int64_t s = 0; s < 2 * (int64_t) map->capacity; s++)
			used += slots_of(map)[s] != 0;
		if (used != map->n)
			return count_map_corrupt(env, "slots");
	}
	for (uint32_t i = 0; i < map->n; i++)
	{
		uint32_t hash;
		SegText key;

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (end_of(map, i) < start || end_of(map, i) > map->pool)
			return count_map_corrupt(env, "keys");
		start = end_of(map, i);
		key = seg_count_map_key(map, i);
		hash = hash_of(key.bytes, key.length);
		if ((is_scanned(map) ? tags_of(map)[i] != tag_of(hash)
		                     : entry_of(map, i)->hash != hash) ||
		    seg_count_map_find(map, key.bytes, key.length) != i)
			return count_map_corrupt(env, "keys");
	}
	return SEG_OK;
}

SegText
seg_count_map_key(const SegCountMap *map, int64_t i)
{
	uint32_t start = i > 0 ? end_of(map, i - 1) : 0;
	uint32_t end = end_of(map, i);

	if (start > end || end > map->pool)
		start = end = 0;
	return (SegText){count_map_pool_of(map) + start, (int64_t) end - start};
}

void *
seg_count_map_words(const SegCountMap *map, int64_t i)
{
	return words_of(map, (size_t) i);
}

/*
 * Are the bytes from start to end of this pool the key?
 */
static inline bool
is_key(const char *pool, uint32_t start, uint32_t end, uint32_t size,
       const void *key, int64_t length)
{
	return start <= end && end <= size && (int64_t) end - start == length &&
	       memcmp(pool + start, key, (size_t) length) == 0;
}

static int64_t
scan(const SegCountMap *map, const void *key, int64_t length, uint32_t hash)
{
	const uint16_t *ends = ends_of(map);
	const uint8_t *tags = tags_of(map);
	const uint8_t *stop = tags + map->n;
	const char *pool = (const char *) (tags + map->capacity);
	const uint8_t *at = tags;

	while ((at = memchr(at, tag_of(hash), (size_t) (stop - at))) != NULL)
	{
		int64_t i = at - tags;
		uint32_t start = i > 0 ? ends[i - 1] : 0;

		if (is_key(pool, start, ends[i], map->pool, key, length))
			return i;
		at++;
	}
	return -1;
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
	const char *pool = (const char *) (slots + mask + 1);
	uint32_t at = hash & mask;

	*free_slot = NULL;
	if (is_scanned(map))
		return scan(map, key, length, hash);
	for (uint32_t step = 0; step <= mask; step++, at = (at + 1) & mask)
	{
		uint32_t i = slots[at] - 1;

		if (slots[at] == 0)
		{
			*free_slot = &slots[at];
			return -1;
		}
		if (i < map->n && entry_of(map, i)->hash == hash &&
		    is_key(pool,
		           i > 0 ? entry_of(map, i - 1)->end : 0,
		           entry_of(map, i)->end,
		           map->pool,
		           key,
		           length))
			return i;
	}
	return -1; /* only if damaged */
}

int64_t
seg_count_map_find(const SegCountMap *map, const void *key, int64_t length)
{
	uint32_t *slot;

	return count_map_look_up(map, key, length, hash_of(key, length), &slot);
}

/* Bytes of the pool in use. */
static inline uint32_t
used_pool(const SegCountMap *map)
{
	return map->n > 0 ? end_of(map, (int64_t) map->n - 1) : 0;
}

static int64_t
add_hashed(SegCountMap *map, const void *key, int64_t length, uint32_t hash)
{
	uint32_t *slot;
	int64_t i = count_map_look_up(map, key, length, hash, &slot);
	uint32_t start, end;

	if (i >= 0)
		return i;
	i = map->n;
	start = used_pool(map);
	if (map->n == map->capacity || start > map->pool ||
	    length > (int64_t) (map->pool - start) ||
	    (slot == NULL && !is_scanned(map)))
		return -1;
	end = start + (uint32_t) length;
	memcpy(count_map_pool_of(map) + start, key, (size_t) length);
	memset(seg_count_map_words(map, i), 0, 8 * (size_t) map->width);
	if (is_scanned(map))
	{
		ends_of(map)[i] = (uint16_t) end;
		tags_of(map)[i] = tag_of(hash);
	}
	else
	{
		*entry_of(map, i) = (Entry){end, hash};
		*slot = (uint32_t) i + 1;
	}
	map->n++;
	return i;
}

int64_t
seg_count_map_add(SegCountMap *map, const void *key, int64_t length)
{
	return add_hashed(map, key, length, hash_of(key, length));
}

/*
 * The shape of a scanned map that fills this many bytes, with as many keys as
 * fit if they are as long as these; false: these do not fit.
 */
static bool
scanned_shape(int64_t keys, int64_t key_bytes, int64_t width, int64_t bytes,
              SegCountMap *shape)
{
	int64_t each = each_size(1, width);
	int64_t rest = bytes - (int64_t) sizeof(SegCountMap);
	int64_t capacity = rest * keys / (each * keys + key_bytes);
	int64_t pool;

	if (capacity > MOST_SCANNED)
		capacity = MOST_SCANNED;
	if (capacity < keys)
		return false;
	pool = rest - capacity * each;
	if (pool > MOST_SCANNED_POOL)
		pool = MOST_SCANNED_POOL;
	seg_count_map_init(shape, capacity, width, pool);
	return pool >= key_bytes;
}

/*
 * The shape of a map for so many keys that is larger, with the head before it,
 * than this many bytes.
 */
static SegStatus
larger_shape(SegEnv *env, int64_t keys, int64_t key_bytes, int64_t width,
             int64_t head, int64_t bytes, SegCountMap *shape, size_t *size)
{
	int64_t larger = FIRST_SIZE;

	while (larger <= bytes)
		larger *= 2;
	while (!scanned_shape(keys, key_bytes, width, larger - head, shape))
		larger *= 2;
	if (larger > LARGEST_SIZE && shape->pool > 2 * key_bytes)
		shape->pool = (uint32_t) (2 * key_bytes);
	return seg_count_map_size(env, shape->capacity, width, shape->pool, size);
}

/*
 * The first shape of a map, with a head of so many bytes before it.
 */
SegStatus
seg_count_map_first(SegEnv *env, int64_t width, int64_t head,
                    SegCountMap *shape, size_t *size)
{
	return larger_shape(env, 1, FIRST_KEY, width, head, 0, shape, size);
}

/*
 * The pool for as many keys as fit if they are as long as these, or a little
 * longer, as later ones tend to be; but no more than about twice what it holds,
 * since a few long keys say little about the others.
 */
static int64_t
pool_for(int64_t capacity, int64_t keys, int64_t key_bytes)
{
	double growth = (double) capacity / (double) keys;

	if (growth > 2)
		growth = 2;
	return (int64_t) ((double) key_bytes * growth * 1.0625) / 8 * 8 + 8;
}

/*
 * A scanned map doubles as a whole. Beyond that keys double, and the pool grows
 * with them: a map that is filled is not moved more often than needed.
 */
SegStatus
seg_count_map_enlarged(SegEnv *env, const SegCountMap *map, int64_t length,
                       int64_t head, SegCountMap *shape, size_t *size)
{
	int64_t keys = (int64_t) map->n + 1;
	int64_t key_bytes = (int64_t) used_pool(map) + length;
	int64_t capacity = map->capacity;
	int64_t pool = map->pool;
	int64_t whole = FIRST_SIZE;

	SEG_TRY(seg_count_map_size(env, capacity, map->width, pool, size));
	if (keys <= MOST_SCANNED && key_bytes <= MOST_SCANNED_POOL)
		return larger_shape(env,
		                    keys,
		                    key_bytes,
		                    map->width,
		                    head,
		                    (int64_t) *size + head,
		                    shape,
		                    size);
	if (is_scanned(map))
		capacity = 2 * MOST_SCANNED;
	else if (map->n == map->capacity)
		capacity *= 2;
	if (capacity > map->capacity || key_bytes > pool)
	{
		int64_t enough = pool_for(capacity, keys, key_bytes);

		if (pool < enough)
			pool = enough;
	}
	SEG_TRY(seg_count_map_size(env, capacity, map->width, pool, size));
	while (whole < (int64_t) *size + head)
		whole *= 2;
	if (whole <= LARGEST_SIZE)
	{
		pool += whole - head - (int64_t) *size;
		*size = (size_t) (whole - head);
	}
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
		uint32_t hash = is_scanned(from) ? hash_of(key.bytes, key.length)
		                                 : entry_of(from, i)->hash;
		int64_t j = add_hashed(into, key.bytes, key.length, hash);

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
	SegCountMap shape;
	size_t size;
	char *bytes;

	SEG_TRY(seg_count_map_first(env, width, 0, &shape, &size));
	SEG_ALLOC(env, bytes, size);
	*result = (SegCountMap *) bytes;
	**result = shape;
	return SEG_OK;
}

/*
 * Add or find a key. Outgrown maps stay in the environment's memory; together
 * they take about as much as the last one.
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
	SEG_TRY(seg_count_map_enlarged(env, *map, length, 0, &shape, &size));
	SEG_ALLOC(env, bytes, size);
	SEG_TRY(seg_count_map_move(env, *map, &shape, (SegCountMap *) bytes));
	*map = (SegCountMap *) bytes;
	*index = seg_count_map_add(*map, key, length);
	return SEG_OK;
}
