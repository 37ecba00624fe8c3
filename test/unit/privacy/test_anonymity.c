/* test_anonymity.c: kernel/privacy/anonymity.c */
#include "kernel/privacy/anonymity.h"

#include "unit.h"

void test_anonymity(void);

static SegCountMap *
empty(SegEnv *env, int64_t width)
{
	SegCountMap *map;

	CHECK(seg_count_map_create(env, width, &map) == SEG_OK);
	return map;
}

/* The smallest count, against the counts themselves. */
static void
counts_the_rarest(void)
{
	SegEnv env = unit_env();
	SegCountMap *map = empty(&env, SEG_ANONYMITY_WIDTH);
	int counts[50] = {0};
	uint64_t seed = 3;
	int64_t least;

	CHECK(seg_anonymity(&env, map, &least) == SEG_OK && least == 0);
	for (int i = 0; i < 2000; i++)
	{
		int key = unit_draw(&seed, 50);
		int64_t at;
		int rarest = 0;

		counts[key]++;
		CHECK(seg_count_map_insert(&env, &map, &key, sizeof(key), &at) ==
		      SEG_OK);
		++*(int64_t *) seg_count_map_words(map, at);
		for (int k = 0; k < 50; k++)
		{
			if (counts[k] > 0 && (rarest == 0 || counts[k] < rarest))
				rarest = counts[k];
		}
		CHECK(seg_anonymity(&env, map, &least) == SEG_OK && least == rarest);
	}
	*(int64_t *) seg_count_map_words(map, 7) = -1;
	CHECK(seg_anonymity(&env, map, &least) == SEG_CORRUPT);
	unit_env_free(&env);
}

static void
add_diverse(SegEnv *env, SegCountMap **map, const char *quasi,
            const char *sensitive)
{
	SegDiversityTail tail = (SegDiversityTail) strlen(sensitive);
	char key[100];
	size_t length =
		(size_t) snprintf(key, sizeof(key), "%s%s", quasi, sensitive);
	int64_t at;

	memcpy(key + length, &tail, sizeof(tail));
	CHECK(seg_count_map_insert(env,
	                           map,
	                           key,
	                           (int64_t) (length + sizeof(tail)),
	                           &at) == SEG_OK);
}

static void
counts_different_values(void)
{
	SegEnv env = unit_env();
	SegCountMap *map = empty(&env, SEG_DIVERSITY_WIDTH);
	int64_t least, at;

	CHECK(seg_diversity(&env, map, &least) == SEG_OK && least == 0);
	add_diverse(&env, &map, "young", "flu");
	CHECK(seg_diversity(&env, map, &least) == SEG_OK && least == 1);
	add_diverse(&env, &map, "young", "gout");
	add_diverse(&env, &map, "young", "flu");
	CHECK(seg_diversity(&env, map, &least) == SEG_OK && least == 2);
	/* the same bytes, parted elsewhere */
	add_diverse(&env, &map, "youngf", "lu");
	CHECK(seg_diversity(&env, map, &least) == SEG_OK && least == 1);
	add_diverse(&env, &map, "youngf", "");
	CHECK(seg_diversity(&env, map, &least) == SEG_OK && least == 2);
	/* damaged: a tail that is longer than the key, a key that is too short */
	CHECK(seg_count_map_insert(&env, &map, "\1\0\0\0", 4, &at) == SEG_OK);
	CHECK(seg_diversity(&env, map, &least) == SEG_CORRUPT);
	map = empty(&env, SEG_DIVERSITY_WIDTH);
	CHECK(seg_count_map_insert(&env, &map, "abc", 3, &at) == SEG_OK);
	CHECK(seg_diversity(&env, map, &least) == SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_anonymity(void)
{
	counts_the_rarest();
	counts_different_values();
}
