/*-------------------------------------------------------------------------
 *
 * test_similarity.c
 *	  Cosine and Pearson over common ratings.
 *
 * test/unit/recommend/test_similarity.c
 *
 *-------------------------------------------------------------------------
 */
#include <limits.h>

#include "kernel/recommend/similarity.h"
#include "unit.h"

static SegSimilarity
pairs(SegEnv *env, double min_support, double shrinkage)
{
	SegSimilarity state;

	CHECK(seg_similarity_begin(env, min_support, shrinkage, &state) == SEG_OK);
	return state;
}

static void
by_hand(void)
{
	SegEnv env = unit_env();
	SegSimilarity s = pairs(&env, 1, 0);
	double x;

	CHECK(!seg_similarity_cosine(&s, &x) && !seg_similarity_pearson(&s, &x));
	CHECK(seg_similarity_add(&env, &s, 3, 4) == SEG_OK);
	CHECK(seg_similarity_cosine(&s, &x) && x == 1);
	CHECK(!seg_similarity_pearson(&s, &x));
	CHECK(seg_similarity_add(&env, &s, 4, -3) == SEG_OK);
	CHECK(seg_similarity_cosine(&s, &x) && x == 0);
	CHECK(seg_similarity_pearson(&s, &x) && x == -1);
	CHECK(seg_similarity_check(&env, &s) == SEG_OK);
	unit_env_free(&env);
}

/*
 * The similarity of an item with itself is exactly 1, and is shrunk only by n.
 */
static void
of_itself(void)
{
	SegEnv env = unit_env();
	SegSimilarity s = pairs(&env, 5, 10);
	double x;

	for (int i = 1; i <= 30; i++)
	{
		double rating = i * 0.1 + i % 7;

		CHECK(seg_similarity_add(&env, &s, rating, rating) == SEG_OK);
		CHECK(seg_similarity_cosine(&s, &x) == (i >= 5));
		if (i >= 5)
		{
			CHECK(x == i / (i + 10.0));
			CHECK(seg_similarity_pearson(&s, &x));
			CHECK(x == (i - 1) / (i - 1 + 10.0));
		}
	}
	unit_env_free(&env);
}

/* A constant has no correlation, whatever rounding leaves of it. */
static void
constants_are_seen(void)
{
	const double values[] =
		{0, 0.1, 1.0 / 3, 1e6 + 0.1, -7e49, 1e-49, 12345.678};
	double x;

	for (size_t v = 0; v < sizeof(values) / sizeof(double); v++)
	{
		SegEnv env = unit_env();
		SegSimilarity part[3];

		for (int p = 0; p < 3; p++)
			part[p] = pairs(&env, 1, 0);
		for (int i = 0; i < 20000; i++)
			(void) seg_similarity_add(&env, &part[i * i % 3], values[v], i);
		seg_similarity_merge(&part[0], &part[1]);
		seg_similarity_merge(&part[0], &part[2]);
		CHECK(part[0].n == 20000);
		CHECK(!seg_similarity_pearson(&part[0], &x));
		CHECK(seg_similarity_cosine(&part[0], &x) == (values[v] != 0));
		unit_env_free(&env);
	}
}

/* Merging the parts gives the whole, wherever pairs are split in two. */
static void
any_cut_gives_the_same(void)
{
	SegEnv env = unit_env();
	double cosine = 0, pearson = 0, x;

	for (int cut = 0; cut <= 200; cut += 20)
	{
		SegSimilarity part[2] = {pairs(&env, 1, 3), pairs(&env, 1, 3)};

		for (int i = 0; i < 200; i++)
		{
			/* a deviation of a millionth of the mean */
			double a = 1e6 + sin(i), b = -1e6 + sin(i) + cos(3 * i);

			CHECK(seg_similarity_add(&env, &part[i >= cut], a, b) == SEG_OK);
		}
		seg_similarity_merge(&part[1], &part[0]);
		CHECK(seg_similarity_check(&env, &part[1]) == SEG_OK);
		CHECK(seg_similarity_cosine(&part[1], &x));
		if (cut == 0)
			cosine = x;
		CHECK_NEAR(x, cosine, 1e-15);
		CHECK(seg_similarity_pearson(&part[1], &x));
		if (cut == 0)
			pearson = x;
		CHECK_NEAR(x, pearson, 1e-13);
	}
	/* a shift has no effect */
	{
		SegSimilarity s = pairs(&env, 1, 3);

		for (int i = 0; i < 200; i++)
			(void) seg_similarity_add(&env, &s, sin(i), sin(i) + cos(3 * i));
		CHECK(seg_similarity_pearson(&s, &x));
		CHECK_NEAR(x, pearson, 1e-9);
	}
	unit_env_free(&env);
}

/* Scaling a side changes nothing, up to the ends of the range. */
static void
scale_plays_no_part(void)
{
	const double scales[] = {1, 0x1p100, 0x1p-100, 0x1p160, 0x1p-160};
	SegEnv env = unit_env();
	double want_cosine = 0, want_pearson = 0, x;

	for (int k = 0; k < 25; k++)
	{
		SegSimilarity s = pairs(&env, 1, 0);

		for (int i = 0; i < 50; i++)
			(void) seg_similarity_add(&env,
			                          &s,
			                          (i % 7 + 1) * scales[k / 5],
			                          (i % 5 + i % 7 + 1) * scales[k % 5]);
		CHECK(seg_similarity_cosine(&s, &x));
		if (k == 0)
			want_cosine = x;
		CHECK(x == want_cosine);
		CHECK(seg_similarity_pearson(&s, &x));
		if (k == 0)
			want_pearson = x;
		CHECK(x == want_pearson);
	}
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	SegSimilarity s = pairs(&env, INT_MAX, 1e300), damaged;
	double x;

	CHECK(seg_similarity_begin(&env, 0, 0, &s) == SEG_ARGUMENT_RANGE);
	CHECK(seg_similarity_begin(&env, 1, -1e-9, &s) == SEG_ARGUMENT_BELOW);
	CHECK(seg_similarity_begin(&env, 1, NAN, &s) == SEG_INFINITE);
	CHECK(seg_similarity_begin(&env, 1, INFINITY, &s) == SEG_INFINITE);
	s = pairs(&env, 1, 0);
	CHECK(seg_similarity_add(&env, &s, NAN, 1) == SEG_INFINITE);
	CHECK(seg_similarity_add(&env, &s, 1, -INFINITY) == SEG_INFINITE);
	CHECK(seg_similarity_add(&env, &s, 1.1e50, 1) == SEG_ARGUMENT_RANGE);
	CHECK(s.n == 0);
	CHECK(seg_similarity_add(&env, &s, 1e50, -1e50) == SEG_OK);
	CHECK(seg_similarity_cosine(&s, &x) && x == -1);
	CHECK(seg_similarity_check(&env, &s) == SEG_OK);
	s = pairs(&env, 1, 0);
	CHECK(seg_similarity_add(&env, &s, 1e-51, 1) == SEG_OK);
	CHECK(!seg_similarity_cosine(&s, &x));

	for (size_t i = 0; i < sizeof(s) / sizeof(double); i++)
	{
		const double bad[] = {NAN, INFINITY, -1e300};

		for (int b = 0; b < 3; b++)
		{
			damaged = s;
			((double *) &damaged)[i] = bad[b];
			CHECK(seg_similarity_check(&env, &damaged) == SEG_CORRUPT);
		}
	}
	damaged = s;
	damaged.n = 0.5;
	CHECK(seg_similarity_check(&env, &damaged) == SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_similarity(void)
{
	by_hand();
	of_itself();
	constants_are_seen();
	any_cut_gives_the_same();
	scale_plays_no_part();
	limits_are_kept();
}
