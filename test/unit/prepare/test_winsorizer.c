/* test_winsorizer.c: kernel/prepare/winsorizer.c */
#include "kernel/prepare/winsorizer.h"

#include "base/missing.h"
#include "unit.h"

void test_winsorizer(void);

#define ROWS 201

static void
values_are_pulled_in(void)
{
	double x[ROWS][3];
	SegEnv env = unit_env();
	SegWinsorizerParams params = {0.1, 0.95};
	SegWinsorizer model = {.version = {"", 0}, .options = {"{}", 2}};
	SegMemoryRows rows;
	double y[3];

	/* 0 to 200 in a mixed order; a constant; an element that no row has */
	for (int i = 0; i < ROWS; i++)
	{
		x[i][0] = i * 7 % ROWS;
		x[i][1] = -0.0;
		x[i][2] = seg_missing();
	}
	x[3][1] = seg_missing();
	seg_memory_rows(&rows, x[0], ROWS, 3, 3, 13);
	CHECK(seg_winsorizer_trainer.settle(&env, &params) == SEG_OK);
	CHECK(seg_winsorizer_trainer.train(&env, &rows.rows, &params, &model) ==
	      SEG_OK);
	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) == SEG_OK);
	CHECK(model.lows[0] == 20 && model.highs[0] == 190);
	CHECK(model.rows_used == ROWS && model.dim == 3);
	for (int i = 0; i < ROWS; i++)
	{
		double expected = x[i][0] < 20 ? 20 : x[i][0] > 190 ? 190 : x[i][0];

		CHECK(seg_winsorize(&env, &model, x[i], y) == SEG_OK);
		CHECK(y[0] == expected);
		CHECK(i == 3 ? isnan(y[1]) : y[1] == 0 && signbit(y[1]) == 0);
		CHECK(isnan(y[2]));
	}
	CHECK(seg_winsorize(&env, &model, (double[]){-1e300, 1e300, 5}, y) ==
	      SEG_OK);
	CHECK(y[0] == 20 && y[1] == 0 && isnan(y[2]));

	params = (SegWinsorizerParams){0, 1};
	CHECK(seg_winsorizer_trainer.train(&env, &rows.rows, &params, &model) ==
	      SEG_OK);
	CHECK(model.lows[0] == 0 && model.highs[0] == 200);
	params = (SegWinsorizerParams){0.5, 0.5};
	CHECK(seg_winsorizer_trainer.settle(&env, &params) == SEG_NOT_BELOW);
	for (int allocations = 0; allocations < 3; allocations++)
	{
		unit_env_fail_after(&env, allocations);
		CHECK(seg_winsorizer_trainer.train(&env, &rows.rows, &params, &model) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

static void
damaged_limits_are_refused(void)
{
	SegEnv env = unit_env();
	double lows[] = {1, 2}, highs[] = {3, 2};
	SegWinsorizer model = {.version = {"", 0},
	                       .options = {"{}", 2},
	                       .dim = 2,
	                       .rows_used = 1,
	                       .lower = 0.1,
	                       .upper = 0.9,
	                       .lows = lows,
	                       .highs = highs};

	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) == SEG_OK);
	lows[1] = 2.5;
	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) ==
	      SEG_CORRUPT);
	lows[1] = seg_missing();
	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) ==
	      SEG_CORRUPT);
	highs[1] = seg_missing();
	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) == SEG_OK);
	model.lower = 0.9;
	CHECK(seg_image_validate(&env, &seg_winsorizer_method, &model) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_winsorizer(void)
{
	values_are_pulled_in();
	damaged_limits_are_refused();
}
