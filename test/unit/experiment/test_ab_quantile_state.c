/*-------------------------------------------------------------------------
 *
 * test_ab_quantile_state.c
 *	  All outcomes of experiments: states add up and are taken out exactly, and
 *	  make the sums of capped outcomes.
 *
 * test/unit/experiment/test_ab_quantile_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_quantile_state.h"

#include <float.h>
#include <stdlib.h>

#include "base/exact_sum.h"
#include "base/missing.h"
#include "unit.h"

void test_ab_quantile_state(void);

#define USERS 200

typedef struct User
{
	const char *variant;
	double x;
} User;

static SegText
word(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

/* Many users have the same outcome; wild: of any magnitude. */
static void
draw_users(uint64_t *seed, User *users, bool wild)
{
	static const char *const names[] = {"control", "b", "10", "9"};

	for (int i = 0; i < USERS; i++)
		users[i] = (User){names[unit_draw(seed, 4)],
		                  ldexp(unit_draw(seed, 31) - 15,
		                        wild ? unit_draw(seed, 1900) - 1000 : -2)};
}

static SegAbQuantileState
state_of(SegEnv *env, const User *users, int from, int to)
{
	SegAbQuantileState state;
	SegGroupValues values;
	SegCountMap *map;

	CHECK(seg_count_map_create(env, 1, &map) == SEG_OK);
	for (int i = from; i < to; i++)
	{
		SegText name = word(users[i].variant);
		char key[32];
		int64_t at;

		seg_group_values_key(users[i].x, name, key);
		CHECK(seg_count_map_insert(env,
		                           &map,
		                           key,
		                           seg_group_values_key_size(name),
		                           &at) == SEG_OK);
		++*(int64_t *) seg_count_map_words(map, at);
	}
	CHECK(seg_group_values_read(env, map, "variants", 1000, &values) == SEG_OK);
	CHECK(seg_group_values_order(env, &values) == SEG_OK);
	CHECK(seg_ab_quantile_state_make(env, &values, &state) == SEG_OK);
	return state;
}

static bool
same_bytes(SegEnv *env, const SegMethod *method, const void *a, const void *b)
{
	size_t size, other;
	char *x, *y;

	CHECK(seg_image_size(env, method, a, &size) == SEG_OK);
	CHECK(seg_image_size(env, method, b, &other) == SEG_OK);
	if (size != other)
		return false;
	x = env->alloc(env->host, size);
	y = env->alloc(env->host, size);
	seg_image_write(method, a, x);
	seg_image_write(method, b, y);
	return memcmp(x, y, size) == 0;
}

static void
parts_add_up_and_are_taken_out(void)
{
	const SegMethod *method = &seg_ab_quantile_state_method;
	uint64_t seed = 7;

	for (int round = 0; round < 40; round++)
	{
		SegEnv env = unit_env();
		int cut = unit_draw(&seed, USERS - 1) + 1;
		User users[USERS];
		SegAbQuantileState whole, left, right, result;
		bool is_empty;

		draw_users(&seed, users, round % 2 == 1);
		whole = state_of(&env, users, 0, USERS);
		CHECK(seg_image_validate(&env, method, &whole) == SEG_OK);
		left = state_of(&env, users, 0, cut);
		right = state_of(&env, users, cut, USERS);
		CHECK(method->merge(&env, &left, &right, &result) == SEG_OK);
		CHECK(same_bytes(&env, method, &whole, &result));
		CHECK(method->merge(&env, &right, &left, &result) == SEG_OK);
		CHECK(same_bytes(&env, method, &whole, &result));
		CHECK(method->subtract(&env, &whole, &left, &result, &is_empty) ==
		      SEG_OK);
		CHECK(!is_empty && same_bytes(&env, method, &right, &result));
		CHECK(method->subtract(&env, &whole, &whole, &result, &is_empty) ==
		      SEG_OK);
		CHECK(is_empty);
		CHECK(method->merge(&env, &whole, &left, &result) == SEG_OK);
		CHECK(method->subtract(&env, &whole, &result, &left, &is_empty) ==
		      SEG_ABOVE);
		unit_env_free(&env);
	}
}

/* What is no part is refused: a value, a variant, or one user too many. */
static void
only_parts_are_taken_out(void)
{
	const SegMethod *method = &seg_ab_quantile_state_method;
	SegEnv env = unit_env();
	const User users[] = {{"a", 1}, {"a", 3}, {"b", 3}};
	const User wrong[] = {{"a", 2}, {"a", 0}, {"a", 4}, {"c", 1}, {"b", 1}};
	SegAbQuantileState whole = state_of(&env, users, 0, 3), rest;
	bool is_empty;

	for (int i = 0; i < 5; i++)
	{
		SegAbQuantileState part = state_of(&env, wrong, i, i + 1);

		CHECK(method->subtract(&env, &whole, &part, &rest, &is_empty) ==
		      SEG_ABOVE);
	}
	unit_env_free(&env);
}

/*
 * The sums of capped outcomes are those of users added one by one; the cap is the
 * quantile by its definition.
 */
static void
capped_sums_are_those_of_users(void)
{
	const double quantiles[] = {0.01, 0.5, 0.77, 0.99};
	uint64_t seed = 31;

	for (int round = 0; round < 40; round++)
	{
		SegEnv env = unit_env();
		double quantile = quantiles[round % 4];
		double sorted[USERS], at = quantile * (USERS - 1);
		int below = (int) floor(at);
		User users[USERS];
		SegAbQuantileState state;
		SegAbState capped, growing, want;
		double cap;

		draw_users(&seed, users, round % 8 > 3);
		state = state_of(&env, users, 0, USERS);
		CHECK(seg_ab_winsorize(&env, &state, quantile, &capped) == SEG_OK);
		CHECK(seg_image_validate(&env, &seg_ab_state_method, &capped) ==
		      SEG_OK);
		for (int i = 0; i < USERS; i++)
		{
			int j = i;

			for (; j > 0 && sorted[j - 1] > users[i].x; j--)
				sorted[j] = sorted[j - 1];
			sorted[j] = users[i].x;
		}
		cap = sorted[below] +
		      (at - below) * (sorted[(int) ceil(at)] - sorted[below]);
		CHECK(capped.cap == cap);
		CHECK(seg_ab_state_create(&env, 1, capped.cap, &growing) == SEG_OK);
		for (int i = 0; i < USERS; i++)
			CHECK(seg_ab_state_add(&env,
			                       &growing,
			                       word(users[i].variant),
			                       &users[i].x) == SEG_OK);
		CHECK(seg_ab_state_copy(&env, &growing, &want) == SEG_OK);
		CHECK(same_bytes(&env, &seg_ab_state_method, &capped, &want));
		unit_env_free(&env);
	}
}

/* Many users at once: sums are products, and carries are taken in time. */
static void
many_users_are_added_at_once(void)
{
	const double outcomes[] = {-3.7, 1e-300, DBL_MAX, -DBL_MAX, 7, 0};
	const int64_t times[] = {1, 2, 1000003, (INT64_C(1) << 40) - 5};

	for (int i = 0; i < 24; i++)
	{
		SegEnv env = unit_env();
		double outcome = outcomes[i % 6];
		int64_t n = times[i / 6];
		SegAbState state, sum, twice;
		int exponent;
		SegWide value;

		CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) == SEG_OK);
		CHECK(seg_ab_state_add_times(&env, &state, word("a"), outcome, n) ==
		      SEG_OK);
		CHECK(seg_ab_state_copy(&env, &state, &sum) == SEG_OK);
		CHECK(seg_image_validate(&env, &seg_ab_state_method, &sum) == SEG_OK);
		CHECK(sum.counts[0] == n && sum.rows_used == n);
		value = seg_exact_value(seg_ab_sum(&sum, 0, 0), sum.digits, &exponent);
		value = seg_wide_divide(value, (double) n);
		CHECK_NEAR(ldexp(value.hi,
		                 exponent + SEG_DIGIT_BITS * (int) sum.lowest_digit) /
		               (outcome == 0 ? 1 : outcome),
		           outcome == 0 ? 0.0 : 1.0,
		           1e-15);
		/* as half of them twice */
		if (n % 2 == 0)
		{
			CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) ==
			      SEG_OK);
			for (int k = 0; k < 2; k++)
				CHECK(seg_ab_state_add_times(&env,
				                             &state,
				                             word("a"),
				                             outcome,
				                             n / 2) == SEG_OK);
			CHECK(seg_ab_state_copy(&env, &state, &twice) == SEG_OK);
			CHECK(same_bytes(&env, &seg_ab_state_method, &sum, &twice));
		}
		unit_env_free(&env);
	}
}

static void
damage_is_refused(void)
{
	const SegMethod *method = &seg_ab_quantile_state_method;
	SegEnv env = unit_env();
	const User users[] = {{"a", 1}, {"a", 3}, {"b", 0}, {"b", 3}};
	SegAbQuantileState state = state_of(&env, users, 0, 4);

#define REFUSED(change) \
	do \
	{ \
		SegAbQuantileState bad = state_of(&env, users, 0, 4); \
		change; \
		CHECK(seg_image_validate(&env, method, &bad) == SEG_CORRUPT); \
	} while (0)
	REFUSED(bad.rows_used = 5);
	REFUSED(bad.rows_used = 3);
	REFUSED(bad.distinct = 3);
	REFUSED(bad.variants = 1);
	REFUSED(bad.ends[0] = 4);
	REFUSED(bad.ends[0] = 0);
	REFUSED(bad.ends[1] = 5);
	REFUSED(bad.values[1] = 1);
	REFUSED(bad.values[1] = INFINITY);
	REFUSED(bad.values[2] = -0.0);
	REFUSED(bad.counts[0] = 0);
	REFUSED(bad.counts[3] = INT64_MAX);
#undef REFUSED
	CHECK(seg_image_validate(&env, method, &state) == SEG_OK);
	unit_env_free(&env);
}

static void
limits_hold(void)
{
	SegEnv env = unit_env();
	const User user = {"a", 1};
	SegAbQuantileState state = state_of(&env, &user, 0, 1), sum;
	SegAbState capped;
	const double wrong[] = {0, 1, -0.5, NAN};

	for (int i = 0; i < 4; i++)
		CHECK(seg_ab_winsorize(&env, &state, wrong[i], &capped) ==
		      SEG_NOT_SHARE);
	state.rows_used = state.counts[0] = SEG_GROUP_VALUES_MAX_ROWS;
	CHECK(seg_ab_quantile_state_method.merge(&env, &state, &state, &sum) ==
	      SEG_LIMIT);
	unit_env_free(&env);
}

/* Wherever memory ends, the call says so. */
static void
memory_may_end(void)
{
	bool has_ended = false;

	for (int allocations = 0; allocations < 60; allocations++)
	{
		SegEnv env = unit_env();
		const User users[] = {{"a", 1}, {"b", 3}};
		SegAbQuantileState state = state_of(&env, users, 0, 2), sum;
		SegAbState capped;
		SegStatus status;

		unit_env_fail_after(&env, allocations);
		status = seg_ab_quantile_state_method.merge(&env, &state, &state, &sum);
		if (status == SEG_OK)
			status = seg_ab_winsorize(&env, &sum, 0.5, &capped);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		CHECK(status == SEG_OK || !has_ended);
		has_ended = has_ended || status == SEG_OK;
		unit_env_free(&env);
	}
	CHECK(has_ended);
}

void
test_ab_quantile_state(void)
{
	parts_add_up_and_are_taken_out();
	only_parts_are_taken_out();
	capped_sums_are_those_of_users();
	many_users_are_added_at_once();
	damage_is_refused();
	limits_hold();
	memory_may_end();
}
