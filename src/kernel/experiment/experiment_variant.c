/*-------------------------------------------------------------------------
 *
 * experiment_variant.c
 *	  Which variant of an experiment a user sees.
 *
 * src/kernel/experiment/experiment_variant.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/experiment_variant.h"

/*
 * The sum of the weights times 2^-10, which cannot overflow.
 */
static SegStatus
total_weight(SegEnv *env, const double *weights, int64_t n, double *total)
{
	if (n < 1 || n > SEG_EXPERIMENT_MAX_VARIANTS)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of weights",
		                      (double) n,
		                      1,
		                      SEG_EXPERIMENT_MAX_VARIANTS);
	*total = 0.0;
	for (int64_t i = 0; i < n; i++)
	{
		/* also true for NaN */
		if (!(weights[i] >= 0.0) || weights[i] - weights[i] != 0.0)
			return seg_fail(env, SEG_BAD_WEIGHT, "weight", weights[i], 0);
		*total += weights[i] * 0x1p-10;
	}
	if (!(*total > 0.0))
		return seg_fail(env, SEG_NOT_POSITIVE, "sum of weights", *total, 0);
	return SEG_OK;
}

SegStatus
seg_experiment_variant(SegEnv *env, uint64_t place, const double *weights,
                       int64_t n, int32_t *variant)
{
	double total;
	double before = 0.0;

	SEG_TRY(total_weight(env, weights, n, &total));
	for (int64_t i = 0; i < n; i++)
	{
		/* in the order of the total, so that the last part ends at 1 */
		before += weights[i] * 0x1p-10;
		*variant = (int32_t) i + 1;
		if (seg_place_is_below(place, before / total))
			break;
	}
	return SEG_OK;
}
