/* test_model_drift.c: kernel/evaluate/model_drift.c without a server */
#include "kernel/evaluate/model_drift.h"

#include <float.h>

#include "base/missing.h"
#include "unit.h"

void test_model_drift(void);

/* The drift of one element from training to the rows of x. */
static SegStatus
drift(SegEnv *env, double mean, double deviation, double missing,
      const double *x, int64_t n, SegModelDrift *result)
{
	SegTrainingRows training = {1, &mean, &deviation, &missing};
	SegFeatureSummary summary;
	SegMemoryRows rows;

	seg_memory_rows(&rows, x, n, 1, 1, n);
	CHECK(seg_feature_summary_of_rows(env, &rows.rows, &summary) == SEG_OK);
	return seg_model_drift(env, &training, &summary, 0, result);
}

static void
tells_shift_and_ratio(void)
{
	const double x[] = {1, 3, seg_missing(), 5};
	SegEnv env = unit_env();
	SegModelDrift d;

	CHECK(drift(&env, 2, 4, 0.125, x, 4, &d) == SEG_OK);
	CHECK(d.training_mean == 2 && d.training_stddev == 4 &&
	      d.training_missing == 0.125);
	CHECK(d.current_mean == 3 && d.current_stddev == 2 &&
	      d.current_missing == 0.25);
	CHECK(d.shift == 0.25 && d.stddev_ratio == 0.5);
	unit_env_free(&env);
}

static void
says_nothing_where_nothing_is_known(void)
{
	const double x[] = {1, 3, seg_missing(), seg_missing()};
	const double none = seg_missing();
	SegEnv env = unit_env();
	SegModelDrift d;

	/* constant in training */
	CHECK(drift(&env, 2, 0, 0, x, 2, &d) == SEG_OK);
	CHECK(isnan(d.shift) && isnan(d.stddev_ratio) && d.current_mean == 2);
	/* in none of the training rows, in one of them */
	CHECK(drift(&env, none, none, 1, x, 2, &d) == SEG_OK);
	CHECK(isnan(d.shift) && isnan(d.stddev_ratio) && d.training_missing == 1);
	CHECK(drift(&env, 2, none, 0.5, x, 2, &d) == SEG_OK);
	CHECK(isnan(d.shift) && isnan(d.stddev_ratio) && d.training_mean == 2);
	/* in one of the current rows, in none of them */
	CHECK(drift(&env, 2, 0.5, 0, x, 1, &d) == SEG_OK);
	CHECK(d.shift == -2 && isnan(d.current_stddev) && isnan(d.stddev_ratio));
	CHECK(drift(&env, 2, 0.5, 0, x + 2, 2, &d) == SEG_OK);
	CHECK(isnan(d.shift) && isnan(d.current_mean) && d.current_missing == 1);
	unit_env_free(&env);
}

static void
fails_beyond_the_range(void)
{
	const double huge[] = {-DBL_MAX, DBL_MAX};
	const double x[] = {-1e300, 1e300};
	SegEnv env = unit_env();
	SegModelDrift d;

	CHECK(drift(&env, 0, 1, 0, huge, 2, &d) == SEG_NOT_FINITE);
	CHECK(strcmp(env.diag.what, "current_stddev") == 0);
	CHECK(drift(&env, 0, 1e-300, 0, x, 1, &d) == SEG_NOT_FINITE);
	CHECK(strcmp(env.diag.what, "shift") == 0);
	CHECK(drift(&env, 0, 1e-300, 0, x, 2, &d) == SEG_NOT_FINITE);
	CHECK(strcmp(env.diag.what, "stddev_ratio") == 0);
	/* only the difference is beyond it */
	CHECK(drift(&env, DBL_MAX, DBL_MAX, 0, huge, 1, &d) == SEG_OK);
	CHECK(d.shift == -2);
	unit_env_free(&env);
}

void
test_model_drift(void)
{
	tells_shift_and_ratio();
	says_nothing_where_nothing_is_known();
	fails_beyond_the_range();
}
