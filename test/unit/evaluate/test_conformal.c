/* test_conformal.c: kernel/evaluate/conformal.c without a server */
#include "kernel/evaluate/conformal.h"
#include "unit.h"

void test_conformal(void);

enum
{
	MOST = 250
};

static SegStatus
train(SegEnv *env, const double *rows, int n, int stride,
      SegConformalParams params, SegConformal *model)
{
	SegMemoryRows source;

	*model = (SegConformal){.options = {"{}", 2}, .version = {"1", 1}};
	seg_memory_rows(&source, rows, n, stride, stride, 7);
	return stride == 2
	           ? seg_conformal_train(env, &source.rows, &params, model)
	           : seg_conformal_classes_train(env, &source.rows, &params, model);
}

static int
count_between(const double *rows, int n, double low, double high)
{
	int count = 0;

	for (int i = 0; i < n; i++)
		count += rows[2 * i] - rows[2 * i + 1] >= low &&
		         rows[2 * i] - rows[2 * i + 1] <= high;
	return count;
}

/* Distinct errors: as many are covered as were asked for, and no more. */
static void
covers_as_many_as_asked(void)
{
	static const double coverages[] = {0.5, 0.8, 0.9, 0.95};
	uint64_t seed = 1;

	for (int round = 0; round < 200; round++)
	{
		SegEnv env = unit_env();
		double coverage = coverages[round % 4];
		double rows[2 * MOST];
		int n = 40 + unit_draw(&seed, MOST - 40);
		SegConformal model;
		int covered, want = (int) ceil((n + 1) * coverage - 1e-9);

		for (int i = 0; i < n; i++)
		{
			rows[2 * i + 1] = 0;
			rows[2 * i] = (i * 101 % 997) * (i % 2 == 0 ? 1 : -0.37);
		}
		CHECK(
			train(&env, rows, n, 2, (SegConformalParams){coverage, 0}, &model) ==
			SEG_OK);
		CHECK(seg_image_validate(&env, &seg_conformal_method, &model) ==
		      SEG_OK);
		CHECK(model.low == -model.high);
		CHECK(count_between(rows, n, model.low, model.high) == want);
		if (train(&env, rows, n, 2, (SegConformalParams){coverage, 1}, &model) ==
		    SEG_OK)
		{
			int place = (int) ceil((n + 1) * (1 + coverage) / 2 - 1e-9);

			covered = count_between(rows, n, model.low, model.high);
			CHECK(covered == 2 * place - n);
			CHECK(covered >= (int) floor((n + 1) * coverage) - 1);
		}
		unit_env_free(&env);
	}
}

static void
needs_enough_rows(void)
{
	static const struct
	{
		double coverage;
		int method;
		int least;
	} cases[] = {{0.5, 0, 1},
	             {0.8, 0, 4},
	             {0.9, 0, 9},
	             {0.95, 0, 19},
	             {0.99, 0, 99},
	             {0.8, 1, 9},
	             {0.9, 1, 19}};
	double rows[2 * MOST] = {0};

	for (int i = 0; i < 7; i++)
	{
		SegConformalParams params = {cases[i].coverage, cases[i].method};
		SegEnv env = unit_env();
		SegConformal model;

		CHECK(train(&env, rows, cases[i].least, 2, params, &model) == SEG_OK);
		CHECK(train(&env, rows, cases[i].least - 1, 2, params, &model) ==
		      SEG_SHORT_OF_ROWS);
		CHECK(env.diag.want == cases[i].least);
		CHECK(seg_is_too_few(SEG_SHORT_OF_ROWS));
		unit_env_free(&env);
	}
}

static void
classes_by_probability(void)
{
	SegEnv env = unit_env();
	double rows[MOST];
	SegConformal model;

	for (int i = 0; i < 99; i++)
		rows[i] = (i * 37 % 99 + 1) / 100.0;
	CHECK(train(&env, rows, 99, 1, (SegConformalParams){0.9, 0}, &model) ==
	      SEG_OK);
	CHECK(seg_image_validate(&env, &seg_conformal_method, &model) == SEG_OK);
	CHECK(model.classes && model.low == 0.1 && model.high == 1);
	for (int i = 0; i < 2; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(train(&env, rows, 99, 1, (SegConformalParams){0.9, 0}, &model) ==
		      SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, 100);
	model = (SegConformal){.rows_used = 1,
	                       .classes = true,
	                       .low = -0.5,
	                       .high = 1,
	                       .coverage = 0.5,
	                       .options = {"{}", 2},
	                       .version = {"1", 1}};
	CHECK(seg_image_validate(&env, &seg_conformal_method, &model) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_conformal(void)
{
	covers_as_many_as_asked();
	needs_enough_rows();
	classes_by_probability();
}
