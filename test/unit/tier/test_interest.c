/*-------------------------------------------------------------------------
 *
 * test_interest.c
 *	  Which keys of a count map have the largest totals.
 *
 * test/unit/tier/test_interest.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/interest.h"
#include "unit.h"

void test_interest(void);

static void *
words_of(SegEnv *env, SegCountMap **map, const char *key)
{
	int64_t at;

	CHECK(seg_count_map_insert(env, map, key, (int64_t) strlen(key), &at) ==
	      SEG_OK);
	return seg_count_map_words(*map, at);
}

static bool
ranks(SegEnv *env, const SegCountMap *map, int64_t n, const char *want)
{
	char got[256] = "";
	int64_t ranked[16], count;

	if (seg_interest_rank(env, map, n, ranked, &count) != SEG_OK)
		return false;
	for (int64_t i = 0; i < count; i++)
	{
		SegText key = seg_count_map_key(map, ranked[i]);

		strncat(got, key.bytes, (size_t) key.length);
		strcat(got, " ");
	}
	return strcmp(got, want) == 0;
}

static void
the_most_frequent_is_first(void)
{
	static const char *const rows[] =
		{"music", "art", "sql", "art", "music", "sql", "sq", "art", "music"};
	SegEnv env = unit_env();
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, SEG_INTEREST_COUNT_WIDTH, &map) == SEG_OK);
	CHECK(ranks(&env, map, 3, ""));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		seg_interest_add_count(words_of(&env, &map, rows[i]), 1);
	CHECK(ranks(&env, map, 1, "art "));
	CHECK(ranks(&env, map, 2, "art music "));
	CHECK(ranks(&env, map, 10, "art music sql sq "));
	seg_interest_add_count(words_of(&env, &map, "sq"), 1);
	CHECK(ranks(&env, map, 4, "art music sq sql "));
	seg_interest_add_count(words_of(&env, &map, ""), 2);
	CHECK(ranks(&env, map, 5, "art music  sq sql "));
	unit_env_free(&env);
}

/* The same weights tie in any order, though each sum is rounded differently. */
static void
equal_sums_tie(void)
{
	static const double weights[] = {1e17, 0.1, -1e17, 0.3, 7e-9, 1e16, 0.7};
	SegEnv env = unit_env();
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, SEG_INTEREST_SUM_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < 7; i++)
	{
		seg_interest_add_sum(words_of(&env, &map, "b"),
		                     (SegWide){weights[i], 0});
		seg_interest_add_sum(words_of(&env, &map, "a"),
		                     (SegWide){weights[6 - i], 0});
		seg_interest_add_sum(words_of(&env, &map, "c"),
		                     (SegWide){weights[i * 3 % 7], 0});
	}
	CHECK(ranks(&env, map, 3, "a b c "));
	seg_interest_add_sum(words_of(&env, &map, "c"), (SegWide){4, 0});
	seg_interest_add_sum(words_of(&env, &map, "a"), (SegWide){-4, 0});
	CHECK(ranks(&env, map, 3, "c b a "));
	unit_env_free(&env);
}

static void
a_total_must_be_a_number(void)
{
	SegEnv env = unit_env();
	SegCountMap *map;
	int64_t ranked[2], count;

	CHECK(seg_count_map_create(&env, SEG_INTEREST_SUM_WIDTH, &map) == SEG_OK);
	(void) words_of(&env, &map, "a");
	seg_interest_add_sum(words_of(&env, &map, "b"), (SegWide){1e308, 0});
	CHECK(ranks(&env, map, 1, "b "));
	seg_interest_add_sum(words_of(&env, &map, "b"), (SegWide){1e308, 0});
	CHECK(seg_interest_rank(&env, map, 1, ranked, &count) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

static void
merging_adds_totals(void)
{
	int64_t count[] = {3, 4};
	SegWide sum[] = {{1e20, 0}, {0.5, 0}};
	int64_t other[5] = {1, 2, 3, 4, 5};

	seg_interest_merge(&count[0], &count[1], SEG_INTEREST_COUNT_WIDTH);
	CHECK(count[0] == 7 && count[1] == 4);
	seg_interest_merge(&sum[0], &sum[1], SEG_INTEREST_SUM_WIDTH);
	CHECK(sum[0].hi == 1e20 && sum[0].lo == 0.5);
	seg_interest_merge(other, other, 5);
	CHECK(other[0] == 1);
}

/* Against counting, for each key, those that rank before it. */
static void
agrees_with_counting(void)
{
	enum
	{
		KEYS = 300,
		MOST = 60
	};
	SegEnv env = unit_env();
	SegCountMap *map;
	int64_t ranked[KEYS + 1], count, at;
	int bad = 0;

	CHECK(seg_count_map_create(&env, SEG_INTEREST_COUNT_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < KEYS; i++)
	{
		char key[16];

		snprintf(key, sizeof(key), "%d", i * 7919 % 1009);
		CHECK(
			seg_count_map_insert(&env, &map, key, (int64_t) strlen(key), &at) ==
			SEG_OK);
		seg_interest_add_count(seg_count_map_words(map, at), i * i % 41);
	}
	for (int64_t n = 1; n <= KEYS + 1; n += n < MOST ? 1 : 80)
	{
		CHECK(seg_interest_rank(&env, map, n, ranked, &count) == SEG_OK);
		CHECK(count == (n < KEYS ? n : KEYS));
		for (int64_t i = 0; i < count; i++)
		{
			int64_t total = *(int64_t *) seg_count_map_words(map, ranked[i]);
			SegText key = seg_count_map_key(map, ranked[i]);
			int64_t before = 0;

			for (int64_t j = 0; j < KEYS; j++)
			{
				int64_t its = *(int64_t *) seg_count_map_words(map, j);
				SegText other = seg_count_map_key(map, j);
				char a[16] = "", b[16] = "";

				memcpy(a, key.bytes, (size_t) key.length);
				memcpy(b, other.bytes, (size_t) other.length);
				before += its > total || (its == total && strcmp(b, a) < 0);
			}
			bad += before != i;
		}
	}
	CHECK(bad == 0);
	unit_env_free(&env);
}

static void
can_be_stopped(void)
{
	SegEnv env = unit_env();
	SegCountMap *map;
	int64_t ranked[1], count;

	CHECK(seg_count_map_create(&env, SEG_INTEREST_COUNT_WIDTH, &map) == SEG_OK);
	for (int i = 0; i < 70000; i++)
	{
		int64_t at;

		CHECK(seg_count_map_insert(&env, &map, &i, sizeof(i), &at) == SEG_OK);
	}
	unit_env_stop_after(&env, 0);
	CHECK(seg_interest_rank(&env, map, 1, ranked, &count) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_interest(void)
{
	the_most_frequent_is_first();
	equal_sums_tie();
	a_total_must_be_a_number();
	merging_adds_totals();
	agrees_with_counting();
	can_be_stopped();
}
