/* test_ratings.c: kernel/recommend/ratings.c, ratings as lists of users and of items */
#include "kernel/recommend/ratings.h"
#include "base/hash.h"
#include "unit.h"

void test_ratings(void);

#define USERS 7
#define ITEMS 5
#define N     200

/* Many ratings of few pairs: some occur often, some never. */
static void
draw(SegRating *rating, int n, int values)
{
	for (int i = 0; i < n; i++)
		rating[i] =
			(SegRating){(int32_t) (seg_random_bits(1, 1, (uint64_t) i) % USERS),
		                (int32_t) (seg_random_bits(1, 2, (uint64_t) i) % ITEMS),
		                (double) (seg_random_bits(1, 3, (uint64_t) i) %
		                          (uint64_t) values) /
		                    10.0};
}

static SegStatus
build(SegEnv *env, const SegRatingBlock *block, int64_t count,
      SegDuplicates duplicates, SegRatings *ratings)
{
	SegRatingBlocks blocks = {block, count, 0, NULL, NULL, USERS, ITEMS};

	for (int64_t b = 0; b < count; b++)
		blocks.n += block[b].n;
	return seg_ratings_build(env, &blocks, duplicates, ratings);
}

/* The rating of a pair, or NAN. */
static double
rating_of(const SegRatingLists *lists, int32_t l, int32_t other)
{
	SegHistory list = seg_list(lists, l);

	for (int64_t i = 0; i < list.n; i++)
	{
		if (list.other[i] == other)
			return list.value[i];
	}
	return NAN;
}

static void
is_pair(const SegRatings *ratings, const SegRating *from, int n, int32_t u,
        int32_t i, SegDuplicates duplicates)
{
	double sum = 0;
	int count = 0;
	double got = rating_of(&ratings->by_user, u, i);

	for (int k = 0; k < n; k++)
	{
		if (from[k].user != u || from[k].item != i)
			continue;
		sum += from[k].value;
		count++;
	}
	if (count == 0)
	{
		CHECK(isnan(got));
		CHECK(isnan(rating_of(&ratings->by_item, i, u)));
		return;
	}
	CHECK_NEAR(got,
	           duplicates == SEG_DUPLICATES_SUM ? sum : sum / count,
	           1e-12);
	CHECK(rating_of(&ratings->by_item, i, u) == got);
}

static bool
ascends(const SegRatingLists *lists)
{
	for (int32_t l = 0; l < lists->count; l++)
	{
		SegHistory list = seg_list(lists, l);

		for (int64_t i = 1; i < list.n; i++)
		{
			if (list.other[i] <= list.other[i - 1])
				return false;
		}
	}
	return true;
}

static void
lists_hold_every_pair_once(SegDuplicates duplicates)
{
	SegEnv env = unit_env();
	SegRating rating[N];
	SegRatingBlock blocks[3] = {{rating, 1},
	                            {rating + 1, 99},
	                            {rating + 100, 100}};
	SegRatings r;

	draw(rating, N, 40);
	CHECK(build(&env, blocks, 3, duplicates, &r) == SEG_OK);
	CHECK(r.users == USERS && r.items == ITEMS);
	CHECK(ascends(&r.by_user) && ascends(&r.by_item));
	CHECK(r.n == r.by_user.start[USERS] && r.n == r.by_item.start[ITEMS]);
	for (int32_t u = 0; u < USERS; u++)
		for (int32_t i = 0; i < ITEMS; i++)
			is_pair(&r, rating, N, u, i, duplicates);
	unit_env_free(&env);
}

/* Numbers whose sum depends on the order in which they are added. */
static void
order_of_rows_moves_nothing(void)
{
	SegEnv env = unit_env();
	SegRating rating[N];
	SegRating reversed[N];
	SegRatingBlock block = {rating, N};
	SegRatingBlock other = {reversed, N};
	SegRatings a, b;

	draw(rating, N, 1000003);
	for (int i = 0; i < N; i++)
		rating[i].value = 1.0 / (1.0 + rating[i].value);
	for (int i = 0; i < N; i++)
		reversed[i] = rating[N - 1 - i];
	CHECK(build(&env, &block, 1, SEG_DUPLICATES_MEAN, &a) == SEG_OK);
	CHECK(build(&env, &other, 1, SEG_DUPLICATES_MEAN, &b) == SEG_OK);
	CHECK(a.n == b.n && a.mean == b.mean);
	CHECK(memcmp(a.by_user.value,
	             b.by_user.value,
	             (size_t) a.n * sizeof(double)) == 0);
	CHECK(memcmp(a.by_item.value,
	             b.by_item.value,
	             (size_t) a.n * sizeof(double)) == 0);
	unit_env_free(&env);
}

static void
places_of_ids_are_taken(void)
{
	static const int32_t user_place[] = {1, 0};
	static const int32_t item_place[] = {2, 0, 1};
	static const SegRating rating[] = {{0, 0, 5}, {1, 1, 6}, {1, 2, 7}};
	SegRatingBlock block = {rating, 3};
	SegRatingBlocks blocks = {&block, 1, 3, user_place, item_place, 2, 3};
	SegEnv env = unit_env();
	SegRatings r;

	CHECK(seg_ratings_build(&env, &blocks, SEG_DUPLICATES_SUM, &r) == SEG_OK);
	CHECK(rating_of(&r.by_user, 1, 2) == 5);
	CHECK(rating_of(&r.by_user, 0, 0) == 6);
	CHECK(rating_of(&r.by_user, 0, 1) == 7);
	CHECK(r.mean == 6 && r.least == 5 && r.most == 7);
	unit_env_free(&env);
}

static void
a_history_is_a_list(void)
{
	static const SegRating rating[] = {
		{0, 4, 1},
		{0, 2, 3},
		{0, 4, 5},
		{0, 1, 7},
	};
	SegEnv env = unit_env();
	SegHistory h;

	CHECK(seg_history_build(&env, rating, 4, SEG_DUPLICATES_MEAN, &h) ==
	      SEG_OK);
	CHECK(h.n == 3 && h.other[0] == 1 && h.other[1] == 2 && h.other[2] == 4);
	CHECK(h.value[0] == 7 && h.value[1] == 3 && h.value[2] == 3);
	CHECK(seg_history_build(&env, rating, 4, SEG_DUPLICATES_SUM, &h) == SEG_OK);
	CHECK(h.n == 3 && h.value[2] == 6);
	CHECK(seg_history_build(&env, rating, 0, SEG_DUPLICATES_SUM, &h) == SEG_OK);
	CHECK(h.n == 0);
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegRating rating[N];
	SegRatingBlock block = {rating, N};
	SegEnv env = unit_env();
	int allocations, questions;
	SegRatings r;

	draw(rating, N, 40);
	CHECK(build(&env, &block, 1, SEG_DUPLICATES_MEAN, &r) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	CHECK(questions > 0);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(build(&env, &block, 1, SEG_DUPLICATES_MEAN, &r) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(build(&env, &block, 1, SEG_DUPLICATES_MEAN, &r) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_ratings(void)
{
	lists_hold_every_pair_once(SEG_DUPLICATES_MEAN);
	lists_hold_every_pair_once(SEG_DUPLICATES_SUM);
	order_of_rows_moves_nothing();
	places_of_ids_are_taken();
	a_history_is_a_list();
	trouble_of_the_host_is_passed_on();
}
