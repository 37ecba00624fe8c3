/* test_count_map.c: base/count_map.c without a server */
#include "base/count_map.h"
#include "unit.h"

void test_count_map(void);

static int64_t
make_key(int i, char *key)
{
	return snprintf(key,
	                64,
	                "%d%.*s",
	                i,
	                i % 40,
	                "........................................");
}

/* 5000 keys of many lengths, each counted as often as it occurs. */
static void
counts_many_keys(void)
{
	SegEnv env = unit_env();
	SegCountMap *map;
	char key[64];
	int64_t at;
	int bad = 0;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	for (int round = 0; round < 3; round++)
	{
		for (int i = 0; i < 5000; i += 1 + round)
		{
			CHECK(
				seg_count_map_insert(&env, &map, key, make_key(i, key), &at) ==
				SEG_OK);
			++*(int64_t *) seg_count_map_words(map, at);
		}
	}
	CHECK(map->n == 5000);
	CHECK(seg_count_map_validate(&env, map) == SEG_OK);
	for (int i = 0; i < 5000; i++)
	{
		int64_t want = 1 + (i % 2 == 0) + (i % 3 == 0);

		at = seg_count_map_find(map, key, make_key(i, key));
		bad += at != i || *(int64_t *) seg_count_map_words(map, at) != want;
	}
	CHECK(bad == 0);
	CHECK(seg_count_map_find(map, "", 0) == -1);
	CHECK(seg_count_map_insert(&env, &map, "", 0, &at) == SEG_OK && at == 5000);
	CHECK(seg_count_map_find(map, "", 0) == 5000);
	unit_env_free(&env);
}

/* A key that is there takes no memory, whichever it is. */
static void
finds_without_memory(void)
{
	for (int keys = 1; keys <= 100; keys++)
	{
		SegEnv env = unit_env();
		SegCountMap *map;
		char key[64];
		int64_t at;
		int before;

		CHECK(seg_count_map_create(&env, 0, &map) == SEG_OK);
		for (int i = 0; i < keys; i++)
			CHECK(
				seg_count_map_insert(&env, &map, key, make_key(i, key), &at) ==
				SEG_OK);
		before = unit_env_allocations(&env);
		for (int i = 0; i < keys; i++)
			CHECK(
				seg_count_map_insert(&env, &map, key, make_key(i, key), &at) ==
					SEG_OK &&
				at == i);
		CHECK(unit_env_allocations(&env) == before);
		unit_env_free(&env);
	}
}

/* From one key on: maps that are scanned, and the step to one with slots. */
static void
grows_from_one_key(void)
{
	SegEnv env = unit_env();

	for (int64_t width = 1; width <= 2; width++)
	{
		SegCountMap *map = env.alloc(env.host, 64);
		char key[64];
		int64_t at;

		seg_count_map_init(map, 1, width, 8);
		for (int i = 0; i < 100; i++)
		{
			CHECK(
				seg_count_map_insert(&env, &map, key, make_key(i, key), &at) ==
				SEG_OK);
			CHECK(at == i);
			*(int64_t *) seg_count_map_words(map, at) = 100 + i;
			CHECK(seg_count_map_validate(&env, map) == SEG_OK);
			for (int j = 0; j < 102; j++)
			{
				at = seg_count_map_find(map, key, make_key(j, key));
				CHECK(at == (j <= i ? j : -1));
				CHECK(j > i ||
				      *(int64_t *) seg_count_map_words(map, at) == 100 + j);
			}
		}
		CHECK(map->capacity == 128);
	}
	unit_env_free(&env);
}

/* A map without words, and a key larger than the doubled pool. */
static void
takes_odd_shapes(void)
{
	SegEnv env = unit_env();
	SegCountMap *map;
	char large[1000] = {'x'};
	int64_t at;

	CHECK(seg_count_map_create(&env, 0, &map) == SEG_OK);
	CHECK(seg_count_map_insert(&env, &map, large, sizeof(large), &at) ==
	          SEG_OK &&
	      at == 0);
	CHECK(seg_count_map_find(map, large, sizeof(large)) == 0);
	CHECK(seg_count_map_find(map, large, sizeof(large) - 1) == -1);
	unit_env_free(&env);
}

/* The size limit, on both sides. */
static void
knows_its_limit(void)
{
	SegEnv env = unit_env();
	size_t size;
	int64_t rest =
		SEG_COUNT_MAP_MAX_BYTES - (int64_t) sizeof(SegCountMap) - 128 * 24;

	CHECK(seg_count_map_size(&env, 128, 1, rest, &size) == SEG_OK);
	CHECK(size == (size_t) SEG_COUNT_MAP_MAX_BYTES);
	CHECK(seg_count_map_size(&env, 128, 1, rest + 8, &size) == SEG_STATE_LIMIT);
	CHECK(seg_count_map_size(&env, 4, 1, 32, &size) == SEG_OK);
	CHECK(size == sizeof(SegCountMap) + 4 * 11 + 32);
	unit_env_free(&env);
}

/*
 * Whatever bit is flipped, no access is out of bounds; check or validate may
 * refuse.
 */
static void
survives_damage(int64_t capacity)
{
	SegEnv env = unit_env();
	uint64_t bytes[520];
	SegCountMap *map = (SegCountMap *) bytes;
	int keys = (int) capacity * 3 / 4;
	size_t size;
	int refused = 0;

	CHECK(seg_count_map_size(&env, capacity, 1, 8 * capacity, &size) ==
	          SEG_OK &&
	      size <= sizeof(bytes));
	for (size_t bit = 0; bit < 8 * size; bit += 1 + (size_t) capacity / 8)
	{
		char key[64];

		memset(bytes, 0, sizeof(bytes));
		seg_count_map_init(map, capacity, 1, 8 * capacity);
		for (int i = 0; i < keys; i++)
			(void) seg_count_map_add(map, key, make_key(i, key));
		((uint8_t *) bytes)[bit / 8] ^= (uint8_t) (1 << bit % 8);
		if (seg_count_map_check(&env, map, size, 1) != SEG_OK)
		{
			refused++;
			continue;
		}
		for (int i = 0; i < 2 * keys; i++)
			(void) seg_count_map_add(map, key, make_key(i, key));
		refused += seg_count_map_validate(&env, map) != SEG_OK;
	}
	CHECK(refused > 100);
	seg_count_map_init(map, capacity, 1, 8 * capacity);
	CHECK(seg_count_map_check(&env, map, size, 1) == SEG_OK);
	CHECK(seg_count_map_check(&env, map, sizeof(SegCountMap) - 1, 1) ==
	      SEG_CORRUPT);
	CHECK(seg_count_map_check(&env, map, size, 2) == SEG_CORRUPT);
	map->capacity = 0;
	CHECK(seg_count_map_check(&env, map, size, 1) == SEG_CORRUPT);
	map->capacity = 3;
	CHECK(seg_count_map_check(&env, map, size, 1) == SEG_CORRUPT);
	unit_env_free(&env);
}

/* 20 keys of 8 bytes, each with a count, and a head of 16 bytes: 512 bytes. */
static void
fills_small_sizes(void)
{
	SegEnv env = unit_env();
	SegCountMap *map;
	SegCountMap shape;
	size_t size;

	CHECK(seg_count_map_first(&env, 1, 16, &shape, &size) == SEG_OK);
	CHECK(16 + size == 128);
	map = env.alloc(env.host, size);
	*map = shape;
	for (int64_t i = 0; i < 20; i++)
	{
		char *bytes;

		if (seg_count_map_add(map, &i, sizeof(i)) >= 0)
			continue;
		CHECK(seg_count_map_enlarged(&env, map, sizeof(i), 16, &shape, &size) ==
		      SEG_OK);
		bytes = env.alloc(env.host, size);
		CHECK(seg_count_map_move(&env, map, &shape, (SegCountMap *) bytes) ==
		      SEG_OK);
		map = (SegCountMap *) bytes;
		CHECK(seg_count_map_add(map, &i, sizeof(i)) == i);
	}
	CHECK(map->n == 20);
	CHECK(16 + size == 512);
	unit_env_free(&env);
}

void
test_count_map(void)
{
	counts_many_keys();
	finds_without_memory();
	grows_from_one_key();
	takes_odd_shapes();
	knows_its_limit();
	survives_damage(4);
	survives_damage(64);
	survives_damage(128);
	fills_small_sizes();
}
