/*-------------------------------------------------------------------------
 *
 * test_neighbours.c
 *	  Ratings predicted from those of neighbours.
 *
 * test/unit/recommend/test_neighbours.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/neighbours.h"
#include "unit.h"

static void
by_hand(void)
{
	SegEnv env = unit_env();
	SegNeighbours s;
	double x;

	CHECK(seg_neighbours_begin(&env, 3, &s) == SEG_OK);
	CHECK(!seg_neighbours_predict(&s, &x));
	CHECK(seg_neighbours_check(&env, &s) == SEG_OK);
	CHECK(seg_neighbours_add(&env, &s, 0, 5, 2) == SEG_OK);
	CHECK(!seg_neighbours_predict(&s, &x));
	CHECK(seg_neighbours_add(&env, &s, 0.5, 5, 4) == SEG_OK);
	CHECK(seg_neighbours_predict(&s, &x) && x == 4);
	/* a neighbour unlike the user counts against */
	CHECK(seg_neighbours_add(&env, &s, -0.5, 5, 4) == SEG_OK);
	CHECK(seg_neighbours_predict(&s, &x) && x == 3);
	CHECK(seg_neighbours_add(&env, &s, -1, 1, 3) == SEG_OK);
	CHECK(seg_neighbours_predict(&s, &x) && x == 4);
	CHECK(seg_neighbours_check(&env, &s) == SEG_OK);
	unit_env_free(&env);
}

static void
any_cut_gives_the_same(void)
{
	SegEnv env = unit_env();
	double whole = 0, x;

	for (int cut = 0; cut <= 100; cut += 10)
	{
		SegNeighbours part[2];

		for (int p = 0; p < 2; p++)
			CHECK(seg_neighbours_begin(&env, 2.5, &part[p]) == SEG_OK);
		for (int i = 0; i < 100; i++)
		{
			double rating = i % 2 ? 1e15 + i : -1e15 - i * 0.5;

			CHECK(seg_neighbours_add(&env,
			                         &part[i >= cut],
			                         sin(i),
			                         rating,
			                         cos(i)) == SEG_OK);
		}
		seg_neighbours_merge(&part[1], &part[0]);
		CHECK(seg_neighbours_check(&env, &part[1]) == SEG_OK);
		CHECK(seg_neighbours_predict(&part[1], &x));
		if (cut == 0)
			whole = x;
		CHECK_NEAR(x, whole, 1e-15);
	}
	unit_env_free(&env);
}

static void
limits_are_kept(void)
{
	SegEnv env = unit_env();
	SegNeighbours s, damaged;
	double x;

	CHECK(seg_neighbours_begin(&env, NAN, &s) == SEG_INFINITE);
	CHECK(seg_neighbours_begin(&env, 2e50, &s) == SEG_ARGUMENT_RANGE);
	CHECK(seg_neighbours_begin(&env, -1e50, &s) == SEG_OK);
	CHECK(seg_neighbours_add(&env, &s, NAN, 1, 1) == SEG_INFINITE);
	CHECK(seg_neighbours_add(&env, &s, 1, INFINITY, 1) == SEG_INFINITE);
	CHECK(seg_neighbours_add(&env, &s, 1, 1, 2e50) == SEG_ARGUMENT_RANGE);
	CHECK(s.weights.hi == 0);
	CHECK(seg_neighbours_add(&env, &s, 1e-51, 1, 0) == SEG_OK);
	CHECK(!seg_neighbours_predict(&s, &x));
	CHECK(seg_neighbours_add(&env, &s, 1e50, 1e50, -1e50) == SEG_OK);
	CHECK(seg_neighbours_predict(&s, &x) && x == 1e50);
	for (size_t i = 0; i < sizeof(s) / sizeof(double); i++)
	{
		const double bad[] = {NAN, INFINITY, -1e300};

		for (int b = 0; b < 3; b++)
		{
			damaged = s;
			((double *) &damaged)[i] = bad[b];
			CHECK(seg_neighbours_check(&env, &damaged) == SEG_CORRUPT);
		}
	}
	unit_env_free(&env);
}

void
test_neighbours(void)
{
	by_hand();
	any_cut_gives_the_same();
	limits_are_kept();
}
