/*-------------------------------------------------------------------------
 *
 * test_ab_state.c
 *	  States of experiments: exact, and the same in any order and division.
 *
 * test/unit/experiment/test_ab_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_state.h"

#include <float.h>

#include "base/exact_sum.h"
#include "base/missing.h"
#include "kernel/experiment/ab_moments.h"
#include "unit.h"

#define USERS 200

typedef struct User
{
	SegText variant;
	double x[2];
} User;

static SegText
word(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

/*
 * Users whose numbers have all magnitudes at which a square is a number, and some
 * at which it is none.
 */
static void
draw_users(uint64_t *seed, User *users, bool wild)
{
	static const char *const names[] = {"control", "b", "10", "9"};

	for (int i = 0; i < USERS; i++)
	{
		users[i].variant = word(names[unit_draw(seed, 4)]);
		for (int c = 0; c < 2; c++)
			users[i].x[c] = ldexp(unit_draw(seed, 2001) - 1000,
			                      wild ? unit_draw(seed, 1900) - 1000 : -3);
	}
}

static SegAbState
capped_state_of(SegEnv *env, const User *users, int from, int to, double cap)
{
	SegAbState growing, state;

	CHECK(seg_ab_state_create(env, 2, cap, &growing) == SEG_OK);
	for (int i = from; i < to; i++)
		CHECK(seg_ab_state_add(env, &growing, users[i].variant, users[i].x) ==
		      SEG_OK);
	CHECK(seg_ab_state_copy(env, &growing, &state) == SEG_OK);
	return state;
}

static SegAbState
state_of(SegEnv *env, const User *users, int from, int to)
{
	return capped_state_of(env, users, from, to, seg_missing());
}

static bool
same_bytes(SegEnv *env, const SegAbState *a, const SegAbState *b)
{
	const SegMethod *method = &seg_ab_state_method;
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
any_order_and_division_give_the_same_bytes(void)
{
	uint64_t seed = 7;

	for (int round = 0; round < 40; round++)
	{
		SegEnv env = unit_env();
		int cut = unit_draw(&seed, USERS - 1) + 1;
		User users[USERS];
		SegAbState whole, left, right, sum, shuffled;

		draw_users(&seed, users, round % 2 == 1);
		whole = state_of(&env, users, 0, USERS);
		CHECK(seg_image_validate(&env, &seg_ab_state_method, &whole) == SEG_OK);
		left = state_of(&env, users, 0, cut);
		right = state_of(&env, users, cut, USERS);
		CHECK(seg_ab_state_method.merge(&env, &left, &right, &sum) == SEG_OK);
		CHECK(same_bytes(&env, &whole, &sum));
		CHECK(seg_ab_state_method.merge(&env, &right, &left, &sum) == SEG_OK);
		CHECK(same_bytes(&env, &whole, &sum));
		for (int i = USERS - 1; i > 0; i--)
		{
			int j = unit_draw(&seed, i + 1);
			User swap = users[i];

			users[i] = users[j];
			users[j] = swap;
		}
		shuffled = state_of(&env, users, 0, USERS);
		CHECK(same_bytes(&env, &whole, &shuffled));
		unit_env_free(&env);
	}
}

/* A capped state is that of capped numbers, but says how many were larger. */
static void
caps_are_kept(void)
{
	const SegMethod *method = &seg_ab_state_method;
	uint64_t seed = 23;

	for (int round = 0; round < 20; round++)
	{
		SegEnv env = unit_env();
		double cap = ldexp(unit_draw(&seed, 2001) - 1000, -3);
		int cut = unit_draw(&seed, USERS - 1) + 1;
		int64_t larger = 0, counted = 0;
		User users[USERS];
		SegAbState whole, left, right, plain, sum;

		draw_users(&seed, users, round % 2 == 1);
		whole = capped_state_of(&env, users, 0, USERS, cap);
		CHECK(seg_image_validate(&env, method, &whole) == SEG_OK);
		left = capped_state_of(&env, users, 0, cut, cap);
		right = capped_state_of(&env, users, cut, USERS, cap);
		CHECK(method->merge(&env, &left, &right, &sum) == SEG_OK);
		CHECK(same_bytes(&env, &whole, &sum));
		for (int i = 0; i < USERS; i++)
		{
			larger += users[i].x[0] > cap;
			for (int c = 0; c < 2; c++)
				users[i].x[c] = fmin(users[i].x[c], cap);
		}
		for (int64_t i = 0; i < whole.variants; i++)
		{
			counted += whole.capped[i];
			whole.capped[i] = 0;
		}
		CHECK(counted == larger && larger > 0);
		whole.cap = seg_missing();
		plain = state_of(&env, users, 0, USERS);
		CHECK(same_bytes(&env, &whole, &plain));

		CHECK(method->merge(&env, &left, &plain, &sum) == SEG_UNLIKE_SETTING);
		CHECK(env.diag.got == cap && env.diag.want == INFINITY);
		right.cap = cap + 1;
		CHECK(method->merge(&env, &left, &right, &sum) == SEG_UNLIKE_SETTING);
		CHECK(env.diag.got == cap && env.diag.want == cap + 1);
		unit_env_free(&env);
	}
}

/* Moments are those of two passes in long double, far from zero too. */
static void
moments_are_exact(void)
{
	SegEnv env = unit_env();
	const int units[] = {0, 0};
	uint64_t seed = 11;
	User users[USERS];
	long double mean[2] = {0, 0};
	long double products[3] = {0, 0, 0};
	SegAbState state;
	SegAbMoments m;

	draw_users(&seed, users, false);
	for (int i = 0; i < USERS; i++)
	{
		users[i].variant = word("a");
		users[i].x[0] += 1e9;
		users[i].x[1] = -3e9 + 2 * users[i].x[0] + unit_draw(&seed, 100);
		for (int c = 0; c < 2; c++)
			mean[c] += (long double) users[i].x[c] / USERS;
	}
	for (int i = 0; i < USERS; i++)
	{
		long double d = users[i].x[0] - mean[0];
		long double e = users[i].x[1] - mean[1];

		products[0] += d * d;
		products[1] += d * e;
		products[2] += e * e;
	}
	state = state_of(&env, users, 0, USERS);
	m = seg_ab_moments(&state, 0, units);
	CHECK(m.n == USERS);
	for (int c = 0; c < 2; c++)
		CHECK_NEAR(m.mean[c].hi, (double) mean[c], 1e-15);
	for (int k = 0; k < 3; k++)
		CHECK_NEAR(m.sum_of_products[k], (double) products[k], 1e-12);
	unit_env_free(&env);
}

/* In its units a mean square is between 1/4 and 1, whatever the numbers. */
static void
units_keep_moments_in_range(void)
{
	const double sizes[] =
		{DBL_TRUE_MIN, 1e-300, 3e-11, 0.7, 1.0, 5e8, 1e300, DBL_MAX};

	for (int s = 0; s < 8; s++)
	{
		SegEnv env = unit_env();
		User users[4];
		SegAbState state;
		SegAbMoments m;
		double square;
		int units[2];

		for (int i = 0; i < 4; i++)
		{
			users[i] = (User){word("a"), {sizes[s], i % 2 ? -1.0 : 1.0}};
			if (i > 1)
				users[i].x[0] = -users[i].x[0];
		}
		state = state_of(&env, users, 0, 4);
		seg_ab_units(&state, units);
		m = seg_ab_moments(&state, 0, units);
		square = m.sum_of_products[0] / 4;
		CHECK(m.mean[0].hi == 0.0 && square >= 0.25 && square <= 1.0);
		CHECK(m.sum_of_products[1] == 0.0);
		unit_env_free(&env);
	}
}

static void
flags_are_seen(void)
{
	SegEnv env = unit_env();
	User users[] = {{word("a"), {1, 5}}, {word("b"), {0, 5}}};
	SegAbState state = state_of(&env, users, 0, 2);
	SegAbState wide, sum;

	CHECK(state.outcome_is_flag);
	CHECK(seg_image_validate(&env, &seg_ab_state_method, &state) == SEG_OK);
	users[1].x[1] = 0x1p-40; /* digits below those of the flag */
	wide = state_of(&env, users, 0, 2);
	CHECK(wide.outcome_is_flag && wide.lowest_digit < 0);
	CHECK(seg_image_validate(&env, &seg_ab_state_method, &wide) == SEG_OK);
	users[1].x[0] = 0.5;
	wide = state_of(&env, users, 0, 2);
	CHECK(!wide.outcome_is_flag);
	CHECK(seg_ab_state_method.merge(&env, &state, &wide, &sum) == SEG_OK);
	CHECK(!sum.outcome_is_flag && sum.rows_used == 4);
	sum.outcome_is_flag = 1;
	CHECK(seg_image_validate(&env, &seg_ab_state_method, &sum) == SEG_CORRUPT);
	unit_env_free(&env);
}

/* Carries are taken before a digit could overflow. */
static void
carries_are_taken_in_time(void)
{
	SegEnv env = unit_env();
	User user = {word("a"), {-4294967295.0, 4294967295.0}};
	SegAbState state = state_of(&env, &user, 0, 1);

	state.rows_used = state.counts[0] = SEG_EXACT_MOST_PENDING - 1;
	state.sums[0] -= INT64_C(5) << 40;
	CHECK(seg_ab_state_add(&env, &state, user.variant, user.x) == SEG_OK);
	for (int64_t i = 0; i < state.digits - 1; i++)
		CHECK(state.sums[i] >= 0 && state.sums[i] < INT64_C(1) << 32);
	unit_env_free(&env);
}

static void
damage_is_refused(void)
{
	SegEnv env = unit_env();
	const SegMethod *method = &seg_ab_state_method;
	User users[] = {{word("a"), {3, 5}}, {word("b"), {4, 5}}};
	SegAbState state = state_of(&env, users, 0, 2);

#define REFUSED(change) \
	do \
	{ \
		SegAbState bad = state_of(&env, users, 0, 2); \
		change; \
		CHECK(seg_image_validate(&env, method, &bad) == SEG_CORRUPT); \
	} while (0)
	REFUSED(bad.rows_used = 3);
	REFUSED(bad.counts[1] = 2);
	REFUSED(bad.sum_width = bad.digits);
	REFUSED(bad.product_width = bad.digits);
	REFUSED(bad.lowest_digit = -3);
	REFUSED(bad.products[0] = 8); /* below 3 * 3 */
	REFUSED(bad.products[1] = -1);
	REFUSED(bad.products[2] = -1);
	REFUSED(bad.columns = 1);
	REFUSED(bad.variants = 1);
	REFUSED(bad.capped[0] = 1); /* there is no cap */
	REFUSED((bad.cap = 3, bad.capped[0] = 2));
	REFUSED((bad.cap = 3, bad.capped[0] = -1));
	REFUSED(bad.cap = -0.0);
	REFUSED(bad.cap = INFINITY);
#undef REFUSED
	CHECK(seg_image_validate(&env, method, &state) == SEG_OK);
	state = (SegAbState){0};
	CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) == SEG_OK);
	CHECK(seg_ab_state_add(&env, &state, word("a"), users[0].x) == SEG_OK);
	CHECK(seg_image_validate(&env, method, &state) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_ab_ratio_state_method, &state) ==
	      SEG_CORRUPT);
	state = capped_state_of(&env, users, 0, 2, 9.0);
	CHECK(seg_image_validate(&env, method, &state) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_ab_ratio_state_method, &state) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

static void
limits_hold(void)
{
	SegEnv env = unit_env();
	const double x[] = {1, 2};
	SegAbState state, other, sum;
	char name[16];

	CHECK(seg_ab_state_create(&env, 1, seg_missing(), &state) == SEG_OK);
	for (int i = 0; i < SEG_AB_MAX_VARIANTS; i++)
	{
		snprintf(name, sizeof(name), "%d", i);
		CHECK(seg_ab_state_add(&env, &state, word(name), x) == SEG_OK);
	}
	CHECK(seg_ab_state_add(&env, &state, word("more"), x) == SEG_LIMIT);
	CHECK(seg_ab_state_add(&env, &state, word("7"), x) == SEG_OK);
	CHECK(seg_ab_state_create(&env, 2, seg_missing(), &other) == SEG_OK);
	CHECK(seg_ab_state_add(&env, &other, word("7"), x) == SEG_OK);
	CHECK(seg_ab_state_method.merge(&env, &state, &other, &sum) == SEG_UNLIKE);
	state.rows_used = INT64_C(9007199254740992);
	CHECK(seg_ab_state_method.merge(&env, &state, &state, &sum) == SEG_LIMIT);
	unit_env_free(&env);
}

/* The quick way to open a state sees what the usual one does, and no more. */
static void
quick_and_usual_opening_agree(void)
{
	const SegMethod *method = &seg_ab_state_method;
	uint64_t seed = 3;

	for (int round = 0; round < 20; round++)
	{
		SegEnv env = unit_env();
		User users[USERS];
		SegAbState state, usual, quick;
		size_t size;
		char *body;

		draw_users(&seed, users, round % 2 == 1);
		state = state_of(&env, users, 0, 1 + round * 5);
		CHECK(seg_image_size(&env, method, &state, &size) == SEG_OK);
		body = env.alloc(env.host, size);
		seg_image_write(method, &state, body);
		CHECK(seg_image_open(&env, method, body, size, &usual) == SEG_OK);
		CHECK(seg_ab_state_view(body, size, &quick));
		CHECK(memcmp(&usual, &quick, sizeof(usual)) == 0);
		quick.rows_used += 5;
		quick.outcome_is_flag = !quick.outcome_is_flag;
		seg_ab_state_keep(&quick, body);
		seg_image_write_slots(method, &quick, body);
		CHECK(seg_image_open(&env, method, body, size, &usual) == SEG_OK);
		CHECK(memcmp(&usual, &quick, sizeof(usual)) == 0);
		for (size_t less = 8; less <= size; less += 8)
			CHECK(!seg_ab_state_view(body, size - less, &quick));
		for (int slot = 0; slot < 9; slot++)
		{
			int64_t kept, wrong[] = {-1, 0, 77, INT64_MAX, INT64_MIN};

			memcpy(&kept, body + slot * 8, 8);
			for (int i = 0; i < 5; i++)
			{
				memcpy(body + slot * 8, &wrong[i], 8);
				if (seg_ab_state_view(body, size, &quick))
					CHECK(seg_image_open(&env, method, body, size, &usual) ==
					      SEG_OK);
			}
			memcpy(body + slot * 8, &kept, 8);
		}
		unit_env_free(&env);
	}
}

/* Wherever memory ends, the call says so. */
static void
memory_may_end(void)
{
	for (int allocations = 0; allocations < 20; allocations++)
	{
		SegEnv env = unit_env();
		const double x[] = {1e-9, 2e9};
		SegAbState state;
		SegStatus status;

		unit_env_fail_after(&env, allocations);
		status = seg_ab_state_create(&env, 2, seg_missing(), &state);
		if (status == SEG_OK)
			status = seg_ab_state_add(&env, &state, word("a"), x);
		if (status == SEG_OK)
			status = seg_ab_state_copy(&env, &state, &state);
		CHECK(status == (allocations < 14 ? SEG_NO_MEMORY : SEG_OK));
		unit_env_free(&env);
	}
}

void
test_ab_state(void)
{
	any_order_and_division_give_the_same_bytes();
	caps_are_kept();
	moments_are_exact();
	units_keep_moments_in_range();
	flags_are_seen();
	carries_are_taken_in_time();
	damage_is_refused();
	limits_hold();
	quick_and_usual_opening_agree();
	memory_may_end();
}
