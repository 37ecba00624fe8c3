/*
 * cf_unit.h
 *	  Ratings for the tests of recommenders: some of all pairs, at random.
 */
#ifndef SEG_CF_UNIT_H
#define SEG_CF_UNIT_H

#include "base/hash.h"
#include "kernel/recommend/ratings.h"
#include "unit.h"

/*
 * Does the user know the item? Everybody knows one, and each is known to
 * someone.
 */
static inline bool
cf_unit_knows(int32_t user, int32_t item, int32_t users, int32_t items)
{
	return user % items == item || item % users == user ||
	       seg_random_bits(7, (uint64_t) user, (uint64_t) item) % 3 == 0;
}

/* 1 to 5 */
static inline double
cf_unit_value(int32_t user, int32_t item)
{
	return 1.0 +
	       (double) (seg_random_bits(8, (uint64_t) user, (uint64_t) item) % 5);
}

/* The rating of a pair, or NAN. */
static inline double
cf_unit_rating(const SegRatings *ratings, int32_t user, int32_t item)
{
	SegHistory list = seg_list(&ratings->by_user, user);

	for (int64_t i = 0; i < list.n; i++)
	{
		if (list.other[i] == item)
			return list.value[i];
	}
	return NAN;
}

static inline SegRatings
cf_unit_ratings(SegEnv *env, int32_t users, int32_t items)
{
	SegRating *rating =
		env->alloc(env->host,
	               (size_t) users * (size_t) items * sizeof(SegRating));
	SegRatingBlock block = {rating, 0};
	SegRatingBlocks blocks = {&block, 1, 0, NULL, NULL, users, items};
	SegRatings ratings;

	for (int32_t u = 0; u < users; u++)
	{
		for (int32_t i = 0; i < items; i++)
		{
			if (cf_unit_knows(u, i, users, items))
				rating[block.n++] = (SegRating){u, i, cf_unit_value(u, i)};
		}
	}
	blocks.n = block.n;
	CHECK(seg_ratings_build(env, &blocks, SEG_DUPLICATES_MEAN, &ratings) ==
	      SEG_OK);
	return ratings;
}

/*
 * A training that gives up whenever the host cannot go on, or asks it to stop.
 */
typedef SegStatus (*CfUnitTrain)(SegEnv *env, const SegRatings *ratings);

static inline void
cf_unit_trouble_is_passed_on(CfUnitTrain train, const SegRatings *ratings)
{
	SegEnv env = unit_env();
	int allocations, questions;

	CHECK(train(&env, ratings) == SEG_OK);
	CHECK(unit_env_reports(&env) > 0);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	CHECK(questions > 3);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train(&env, ratings) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train(&env, ratings) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

/* Solve a x = b, n by n, with pivoting; both are overwritten, b by x. */
static inline void
cf_unit_solve(double *a, double *b, int n)
{
	for (int k = 0; k < n; k++)
	{
		int best = k;

		for (int i = k + 1; i < n; i++)
			if (fabs(a[i * n + k]) > fabs(a[best * n + k]))
				best = i;
		for (int j = 0; j < n; j++)
		{
			double x = a[k * n + j];

			a[k * n + j] = a[best * n + j];
			a[best * n + j] = x;
		}
		double x = b[k];

		b[k] = b[best];
		b[best] = x;
		for (int i = 0; i < n; i++)
		{
			double share = a[i * n + k] / a[k * n + k];

			if (i == k)
				continue;
			for (int j = k; j < n; j++)
				a[i * n + j] -= share * a[k * n + j];
			b[i] -= share * b[k];
		}
	}
	for (int k = 0; k < n; k++)
		b[k] /= a[k * n + k];
}

#endif
