/*-------------------------------------------------------------------------
 *
 * test_experiment_variant.c
 *	  Which variant of an experiment a user sees.
 *
 * test/unit/experiment/test_experiment_variant.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/experiment_variant.h"
#include "unit.h"

#include <float.h>

static int32_t
variant_of(uint64_t place, const double *weights, int64_t n)
{
	SegEnv env = unit_env();
	int32_t variant = -1;

	CHECK(seg_experiment_variant(&env, place, weights, n, &variant) == SEG_OK);
	unit_env_free(&env);
	return variant;
}

/* Parts begin and end where the shares say, to the last bit. */
static void
the_line_is_cut_by_shares(void)
{
	const double quarters[] = {1, 2, 1};
	const double tiny[] = {0x1p-64, 1 - 0x1p-53};
	const uint64_t quarter = UINT64_C(1) << 62;

	CHECK(variant_of(0, quarters, 3) == 1);
	CHECK(variant_of(quarter - 1, quarters, 3) == 1);
	CHECK(variant_of(quarter, quarters, 3) == 2);
	CHECK(variant_of(3 * quarter - 1, quarters, 3) == 2);
	CHECK(variant_of(3 * quarter, quarters, 3) == 3);
	CHECK(variant_of(UINT64_MAX, quarters, 3) == 3);
	CHECK(variant_of(0, tiny, 2) == 1 && variant_of(2, tiny, 2) == 2);
	CHECK(variant_of(UINT64_MAX, tiny, 2) == 2);
}

static void
a_weight_of_zero_gets_nobody(void)
{
	const double weights[] = {0, 0.1, 0, 0.2, 0.3, 0, 0};
	const double one[] = {0, DBL_TRUE_MIN * 0x1p40, 0};

	for (uint64_t i = 0; i < 1000; i++)
	{
		uint64_t place = i * (UINT64_MAX / 999);
		int32_t variant = variant_of(place, weights, 7);

		CHECK(variant == 2 || variant == 4 || variant == 5);
		CHECK(variant_of(place, one, 3) == 2);
	}
	CHECK(variant_of(0, weights, 7) == 2);
	CHECK(variant_of(UINT64_MAX, weights, 7) == 5);
}

/* Proportions count, at any magnitude. */
static void
proportions_count(void)
{
	const double small[] = {3e-300, 1e-300};
	const double large[] = {0.75 * DBL_MAX, 0.25 * DBL_MAX};
	double largest[SEG_EXPERIMENT_MAX_VARIANTS];
	const uint64_t quarter = UINT64_C(1) << 62;

	for (int i = 0; i < SEG_EXPERIMENT_MAX_VARIANTS; i++)
		largest[i] = DBL_MAX;
	CHECK(variant_of(3 * quarter - 4096, small, 2) == 1);
	CHECK(variant_of(3 * quarter + 4096, small, 2) == 2);
	CHECK(variant_of(3 * quarter - 1, large, 2) == 1);
	CHECK(variant_of(3 * quarter, large, 2) == 2);
	CHECK(variant_of(UINT64_MAX / 2, largest, 1000) == 500);
	CHECK(variant_of(UINT64_MAX, largest, 1000) == 1000);
}

static void
bad_weights_are_refused(void)
{
	SegEnv env = unit_env();
	const double bad[][2] = {{1, -1e-300}, {NAN, 1}, {1, INFINITY}};
	const double zero[] = {0, 0};
	int32_t variant;

	for (int i = 0; i < 3; i++)
		CHECK(seg_experiment_variant(&env, 5, bad[i], 2, &variant) ==
		      SEG_BAD_WEIGHT);
	CHECK(seg_experiment_variant(&env, 5, zero, 2, &variant) ==
	      SEG_NOT_POSITIVE);
	CHECK(seg_experiment_variant(&env, 5, zero, 0, &variant) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_experiment_variant(&env, 5, zero, 1001, &variant) ==
	      SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

void
test_experiment_variant(void)
{
	the_line_is_cut_by_shares();
	a_weight_of_zero_gets_nobody();
	proportions_count();
	bad_weights_are_refused();
}
