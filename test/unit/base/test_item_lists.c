/*
 * test_item_lists.c: base/item_lists.c, baskets and paths as they
 * arrive
 */
#include "base/item_lists.h"
#include "unit.h"

void test_item_lists(void);

/* Lists come out as they went in: short, long and empty ones. */
static void
keeps_lists(void)
{
	SegEnv env = unit_env();
	SegItemLists lists = {0};
	SegItemWalk walk;
	int32_t *list = env.alloc(env.host, 400000 * sizeof(int32_t));
	const int32_t *items;
	int32_t n;
	int64_t total = 0;

	for (int i = 0; i < 2000; i++)
	{
		n = i == 1000 ? 400000 : i * 31 % 97 % 17;
		for (int j = 0; j < n; j++)
			list[j] = i + j;
		CHECK(seg_item_lists_add(&env, &lists, list, n) == SEG_OK);
		total += n;
	}
	CHECK(lists.n == 2000 && lists.total == total);
	CHECK(lists.bytes < 4 * 1000 * 1000);
	walk = seg_item_walk(&lists);
	for (int i = 0; i < 2000; i++)
	{
		bool is_same;

		CHECK(seg_item_walk_next(&walk, &items, &n));
		is_same = n == (i == 1000 ? 400000 : i * 31 % 97 % 17);
		for (int j = 0; j < n; j++)
			is_same = is_same && items[j] == i + j;
		CHECK(is_same);
	}
	CHECK(!seg_item_walk_next(&walk, &items, &n));
	CHECK(!seg_item_walk_next(&walk, &items, &n));
	unit_env_free(&env);
}

/* A group of a few lists takes little memory. */
static void
begins_small(void)
{
	SegEnv env = unit_env();
	SegItemLists lists = {0};
	const int32_t list[] = {1, 2, 3};

	for (int i = 0; i < 7; i++)
		CHECK(seg_item_lists_add(&env, &lists, list, 3) == SEG_OK);
	CHECK(lists.bytes <= 128);
	unit_env_fail_after(&env, 0);
	CHECK(seg_item_lists_add(&env, &lists, list, 3) == SEG_NO_MEMORY);
	CHECK(lists.n == 7 && lists.total == 21);
	lists.total = SEG_ITEM_LISTS_MAX - 10;
	CHECK(seg_item_lists_add(&env, &lists, list, 3) == SEG_LIMIT);
	unit_env_free(&env);
}

static void
counts_lists(void)
{
	SegEnv env = unit_env();
	SegItemLists lists = {0};
	SegIds ids = {4, NULL, {NULL, NULL, 0}};
	SegItemRows rows = {&lists, &ids, NULL, 0, 0, NULL};
	int32_t counts[4];

	CHECK(seg_item_rows_count(&env, &rows, counts) == SEG_OK);
	CHECK(counts[0] == 0 && counts[3] == 0);
	CHECK(seg_item_lists_add(&env, &lists, (int32_t[]){1, 1, 2}, 3) == SEG_OK);
	CHECK(seg_item_lists_add(&env, &lists, NULL, 0) == SEG_OK);
	CHECK(seg_item_lists_add(&env, &lists, (int32_t[]){2, 1, 2}, 3) == SEG_OK);
	CHECK(seg_item_lists_add(&env, &lists, (int32_t[]){3}, 1) == SEG_OK);
	CHECK(seg_item_rows_count(&env, &rows, counts) == SEG_OK);
	CHECK(counts[0] == 0 && counts[1] == 2 && counts[2] == 2 && counts[3] == 1);
	unit_env_free(&env);
}

/* A share that is meant to be a whole number of lists gives exactly that. */
static void
takes_shares(void)
{
	SegItemLists lists = {0};
	SegItemRows rows = {.lists = &lists};

	lists.n = SEG_ITEM_LISTS_MAX - 1000;
	for (int k = 1; k <= 1000; k++)
		CHECK(seg_item_rows_share(&rows, k / 1000.0) == lists.n / 1000 * k);
	for (lists.n = 1; lists.n <= 3000; lists.n++)
	{
		for (int k = 1; k <= 100; k++)
		{
			int64_t want = (lists.n * k + 99) / 100;

			if (seg_item_rows_share(&rows, k / 100.0) != want)
				CHECK(false);
		}
		CHECK(seg_item_rows_share(&rows, 1.0) == lists.n);
		CHECK(seg_item_rows_share(&rows, 1e-300) == 1);
	}
}

void
test_item_lists(void)
{
	keeps_lists();
	begins_small();
	counts_lists();
	takes_shares();
}
