/*-------------------------------------------------------------------------
 *
 * test_chi_square_test.c
 *	  The chi-square test, against its definition.
 *
 * test/unit/experiment/test_chi_square_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/chi_square_test.h"

#include "base/incomplete_gamma.h"
#include "unit.h"

static void
add_pair(SegEnv *env, SegCountMap **map, int a, int b, int64_t count)
{
	char first[16], second[16], key[64];
	SegText x = {first, snprintf(first, sizeof(first), "%d", a)};
	SegText y = {second, snprintf(second, sizeof(second), "%d", b)};
	int64_t at;

	seg_pair_key(x, y, key);
	CHECK(seg_count_map_insert(env, map, key, seg_pair_key_size(x, y), &at) ==
	      SEG_OK);
	*(int64_t *) seg_count_map_words(*map, at) += count;
}

/* Cells in any order give the bits of the same sum. */
static void
chi_square_is_its_definition(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 50; round++)
	{
		SegEnv env = unit_env();
		int rows = 2 + unit_draw(&seed, 4), columns = 2 + unit_draw(&seed, 4);
		int64_t counts[6][6] = {{0}}, row[6] = {0}, column[6] = {0}, n = 0;
		double want = 0.0, smallest = 1e300;
		SegChiSquareTest forward, backward;
		SegCountMap *map, *turned;

		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		CHECK(seg_count_map_create(&env, 1, &turned) == SEG_OK);
		for (int i = 0; i < rows; i++)
		{
			for (int j = 0; j < columns; j++)
			{
				counts[i][j] = unit_draw(&seed, 40) + (i == j);
				row[i] += counts[i][j];
				column[j] += counts[i][j];
				n += counts[i][j];
				if (counts[i][j] > 0)
					add_pair(&env, &map, i, j, counts[i][j]);
			}
		}
		for (int i = rows - 1; i >= 0; i--)
		{
			for (int j = columns - 1; j >= 0; j--)
			{
				double expected = (double) row[i] * column[j] / n;
				double gap = (double) counts[i][j] - expected;

				want += gap * gap / expected;
				smallest = fmin(smallest, expected);
				if (counts[i][j] > 0)
					add_pair(&env, &turned, i, j, counts[i][j]);
			}
		}
		CHECK(seg_chi_square_test(&env, map, &forward) == SEG_OK);
		CHECK(seg_chi_square_test(&env, turned, &backward) == SEG_OK);
		CHECK(forward.chi_square == backward.chi_square);
		CHECK_NEAR(forward.chi_square, want, 1e-12);
		CHECK_NEAR(forward.smallest_expected, smallest, 1e-14);
		CHECK(forward.degrees_of_freedom == (rows - 1) * (columns - 1));
		CHECK(forward.n == n);
		CHECK(forward.p_value ==
		      seg_chi_square_upper(forward.chi_square,
		                           (rows - 1) * (columns - 1)));
		unit_env_free(&env);
	}
}

static void
ends_of_the_scale(void)
{
	SegEnv env = unit_env();
	const int64_t huge = INT64_C(1) << 50;
	SegChiSquareTest test;
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_pair(&env, &map, 1, 1, 7);
	CHECK(seg_chi_square_test(&env, map, &test) == SEG_OK);
	CHECK(test.degrees_of_freedom == 0 && test.n == 7);
	CHECK(isnan(test.chi_square) && isnan(test.p_value) &&
	      isnan(test.cramers_v));
	/* one follows from the other */
	add_pair(&env, &map, 2, 2, 9);
	CHECK(seg_chi_square_test(&env, map, &test) == SEG_OK);
	CHECK_NEAR(test.chi_square, 16, 1e-14);
	CHECK_NEAR(test.cramers_v, 1, 1e-15);
	/* independent, with counts near the limit: exactly 0 */
	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	for (int i = 0; i < 4; i++)
		add_pair(&env, &map, i / 2, i % 2, huge * (i / 2 + 1));
	CHECK(seg_chi_square_test(&env, map, &test) == SEG_OK);
	CHECK(test.chi_square == 0.0 && test.p_value == 1.0);
	*(int64_t *) seg_count_map_words(map, 0) = -1;
	CHECK(seg_chi_square_test(&env, map, &test) == SEG_CORRUPT);
	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	for (int i = 0; i <= SEG_CHI_SQUARE_MAX_LABELS; i++)
		add_pair(&env, &map, i, 1, 1);
	CHECK(seg_chi_square_test(&env, map, &test) == SEG_LIMIT);
	unit_env_free(&env);
}

void
test_chi_square_test(void)
{
	chi_square_is_its_definition();
	ends_of_the_scale();
}
