/* test_tier_transition.c: kernel/tier/tier_transition.c without a server */
#include <string.h>

#include "kernel/tier/tier_transition.h"
#include "unit.h"

void test_tier_transition(void);

static SegText
text(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

/* A user who moved from one tier to another; NULL: no tier. */
static SegLabelMatrix
user(SegEnv *env, const char *from, const char *to)
{
	SegText f = text(from ? from : ""), t = text(to ? to : "");
	SegLabelMatrix one;

	CHECK(seg_tier_transition_single(env,
	                                 from ? &f : NULL,
	                                 to ? &t : NULL,
	                                 &one) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_tier_transition_method, &one) == SEG_OK);
	return one;
}

static SegLabelMatrix
sum(SegEnv *env, SegLabelMatrix a, SegLabelMatrix b)
{
	SegLabelMatrix both = {0};

	CHECK(seg_tier_transition_method.merge(env, &a, &b, &both) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_tier_transition_method, &both) ==
	      SEG_OK);
	return both;
}

static size_t
body_of(SegEnv *env, const SegLabelMatrix *value, void **body)
{
	size_t size;

	CHECK(seg_image_size(env, &seg_tier_transition_method, value, &size) ==
	      SEG_OK);
	*body = env->alloc(env->host, size);
	seg_image_write(&seg_tier_transition_method, value, *body);
	return size;
}

/* The sum has the same bytes, however rows are split and ordered. */
static void
adds_up_in_any_order(void)
{
	static const char *const tiers[] = {NULL, "low", "10", "9", "", "high"};
	enum
	{
		ROWS = 40
	};

	for (int step = 1; step < ROWS; step += 2)
	{
		SegEnv env = unit_env();
		SegLabelMatrix parts[2] = {user(&env, NULL, NULL),
		                           user(&env, NULL, NULL)};
		SegLabelMatrix both, whole = user(&env, NULL, NULL);
		void *a, *b;

		whole = sum(&env, whole, user(&env, NULL, NULL));
		for (int i = 0; i < ROWS; i++)
		{
			int j = i * step % ROWS;

			whole =
				sum(&env, whole, user(&env, tiers[i % 6], tiers[i / 6 % 6]));
			if (step % 5 != 0)
				parts[j % 3 == 0] =
					sum(&env,
				        parts[j % 3 == 0],
				        user(&env, tiers[j % 6], tiers[j / 6 % 6]));
		}
		if (step % 5 != 0)
		{
			size_t size;

			both = sum(&env, parts[0], parts[1]);
			size = body_of(&env, &both, &a);
			CHECK(size == body_of(&env, &whole, &b));
			CHECK(memcmp(a, b, size) == 0);
		}
		CHECK(whole.labels == 5 && whole.rows_used + whole.rows_skipped == 42);
		unit_env_free(&env);
	}
}

static void
numbers_come_first_and_in_order(void)
{
	static const char *const ordered[] = {"-10",
	                                      "-9",
	                                      "0",
	                                      "2",
	                                      "10",
	                                      "999999999999999999",
	                                      "",
	                                      "-",
	                                      "-0",
	                                      "007",
	                                      "1000000000000000000",
	                                      "a",
	                                      "ab",
	                                      "b"};
	SegEnv env = unit_env();
	SegLabelMatrix all = user(&env, NULL, ordered[13]);

	for (int i = 0; i < 14; i++)
		all = sum(&env, all, user(&env, ordered[i * 5 % 14], NULL));
	CHECK(all.labels == 14 && all.states == 15);
	for (int i = 0; i < 14; i++)
	{
		SegText name = text(ordered[i]);

		CHECK(seg_label_matrix_find(&all, &name) == i);
	}
	CHECK(seg_label_matrix_find(&all, NULL) == 14);
	CHECK(seg_label_matrix_find(&all, &(SegText){"c", 1}) == -1);
	CHECK(all.counts[13 * 15 + 14] == 1 && all.counts[14 * 15 + 13] == 1);
	unit_env_free(&env);
}

static void
damage_is_found(void)
{
	SegEnv env = unit_env();
	SegLabelMatrix value = user(&env, "a", "b"), back;
	int64_t *counts = (int64_t *) value.counts;
	char *body;
	size_t size = body_of(&env, &value, (void **) &body);

	for (size_t length = 0; length <= size; length++)
		CHECK(seg_image_open(&env,
		                     &seg_tier_transition_method,
		                     body,
		                     length,
		                     &back) == (length == size ? SEG_OK : SEG_CORRUPT));
	counts[8] = 1; /* from nowhere to nowhere */
	value.rows_used = 2;
	CHECK(seg_image_validate(&env, &seg_tier_transition_method, &value) ==
	      SEG_CORRUPT);
	counts[8] = 0;
	CHECK(seg_image_validate(&env, &seg_tier_transition_method, &value) ==
	      SEG_CORRUPT);
	value.rows_used = 1;
	CHECK(seg_image_validate(&env, &seg_tier_transition_method, &value) ==
	      SEG_OK);
	((char *) value.names.bytes)[0] = 'b'; /* a duplicate */
	CHECK(seg_image_validate(&env, &seg_tier_transition_method, &value) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	SegLabelMatrix a = user(&env, "a", "b"), b = a, both;

	a.rows_used = INT64_C(9007199254740992);
	CHECK(seg_tier_transition_method.merge(&env, &a, &b, &both) ==
	      SEG_NOT_FINITE);
	unit_env_free(&env);

	for (int i = 0; i < 5; i++)
	{
		SegText from = {"a", 1};
		SegLabelMatrix one;

		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(seg_tier_transition_single(&env, &from, NULL, &one) ==
		      (i < 3 ? SEG_NO_MEMORY : SEG_OK));
		unit_env_free(&env);
	}
}

/* A whole without some rows has the bytes of a sum of the others. */
static void
takes_rows_out(void)
{
	static const char *const tiers[] = {NULL, "low", "10", "9", "", "high"};
	uint64_t seed = 9;

	for (int round = 0; round < 50; round++)
	{
		SegEnv env = unit_env();
		SegLabelMatrix part[2], whole, rest;
		bool is_empty;
		void *body[2];

		for (int i = 0; i < 24; i++)
		{
			SegLabelMatrix row = user(&env,
			                          tiers[unit_draw(&seed, 6)],
			                          tiers[unit_draw(&seed, 6)]);
			int p = i < 2 ? i : unit_draw(&seed, 6) == 0;

			part[p] = i < 2 ? row : sum(&env, part[p], row);
		}
		whole = sum(&env, part[0], part[1]);
		CHECK(seg_tier_transition_method.subtract(&env,
		                                          &whole,
		                                          &part[0],
		                                          &rest,
		                                          &is_empty) == SEG_OK);
		CHECK(!is_empty);
		CHECK(seg_image_validate(&env, &seg_tier_transition_method, &rest) ==
		      SEG_OK);
		CHECK(body_of(&env, &rest, &body[0]) ==
		      body_of(&env, &part[1], &body[1]));
		CHECK(memcmp(body[0], body[1], body_of(&env, &rest, &body[0])) == 0);
		CHECK(seg_tier_transition_method
		          .subtract(&env, &whole, &whole, &rest, &is_empty) == SEG_OK);
		CHECK(is_empty && rest.labels == 0);
		/* more rows than there are */
		part[0] = sum(&env, whole, part[0]);
		CHECK(seg_tier_transition_method.subtract(&env,
		                                          &whole,
		                                          &part[0],
		                                          &rest,
		                                          &is_empty) == SEG_ABOVE);
		/* a tier that is not there */
		part[0] = user(&env, "low", "another");
		CHECK(seg_tier_transition_method.subtract(&env,
		                                          &whole,
		                                          &part[0],
		                                          &rest,
		                                          &is_empty) == SEG_ABOVE);
		CHECK(env.diag.got == 1 && env.diag.want == 0);
		unit_env_free(&env);
	}
}

void
test_tier_transition(void)
{
	adds_up_in_any_order();
	takes_rows_out();
	numbers_come_first_and_in_order();
	damage_is_found();
	limits_are_kept();
}
