/*
 * test_preparation.c: the preparation that a model carries computes as the models
 * that it is made of.
 */
#include "unit.h"
#include "base/missing.h"
#include "kernel/prepare/imputer.h"
#include "kernel/prepare/power.h"
#include "kernel/prepare/preparation_train.h"
#include "kernel/prepare/scaler.h"

#define DIM    3
#define EXTRA  2
#define STRIDE (DIM + EXTRA)
#define ROWS   97

static void
make_rows(double *x, bool missing)
{
	uint64_t seed = 5;

	for (int i = 0; i < ROWS; i++)
	{
		double *row = x + i * STRIDE;

		for (int j = 0; j < STRIDE; j++)
			row[j] = (double) unit_draw(&seed, 1000) / 8 - (j == 1 ? 40 : 0);
		if (missing && unit_draw(&seed, 3) == 0)
			row[unit_draw(&seed, DIM)] = seg_missing();
	}
}

/* The rows of a stream, one after the other; how many there are. */
static int64_t
read_stream(SegRows *rows, double *to)
{
	int64_t n = 0;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		CHECK(block.first == n);
		memcpy(to + n * rows->stride,
		       block.x,
		       (size_t) (block.n * rows->stride) * sizeof(double));
		n += block.n;
	}
	return n;
}

/* All steps by hand on one row. */
static void
by_hand(SegEnv *env, const SegImputer *imputer, const SegPower *power,
        const SegScaler *scaler, const double *x, double *y)
{
	CHECK(seg_impute(env, imputer, x, y) == SEG_OK);
	CHECK(seg_power_transform(env, power, y, y) == SEG_OK);
	CHECK(seg_scale(env, scaler, y, y) == SEG_OK);
}

static void
equals_its_steps(int impute, int transform, int scale, int64_t block_rows)
{
	double x[ROWS * STRIDE], y[ROWS * STRIDE], z[ROWS * STRIDE];
	SegEnv env = unit_env();
	SegImputerParams imputer_params = {.fill_value = 2.5,
	                                   .strategy = impute - 1};
	SegPowerParams power_params = {.method = transform == SEG_PREPARED_LOG1P
	                                             ? SEG_POWER_LOG1P
	                                             : SEG_POWER_YEO_JOHNSON};
	SegScalerParams scaler_params = {.method = scale - 1};
	SegPreparationParams params = {impute, 2.5, transform, scale};
	SegImputer imputer = {0};
	SegPower power = {0};
	SegScaler scaler = {0};
	SegPreparation p;
	SegPreparedRows prepared;
	SegMemoryRows source, steps;

	make_rows(x, true);
	for (int i = 0; i < ROWS && transform == SEG_PREPARED_LOG1P; i++)
		x[i * STRIDE + 1] += 40;
	seg_memory_rows(&source, x, ROWS, DIM, STRIDE, block_rows);
	CHECK(seg_imputer_trainer.train(&env,
	                                &source.rows,
	                                &imputer_params,
	                                &imputer) == SEG_OK);
	CHECK(seg_preparation_create(&env, DIM, &p) == SEG_OK);
	CHECK(seg_preparation_is_sound(&p, DIM) && !seg_preparation_fills(&p));
	CHECK(seg_preparer.impute(&env, &source.rows, &params, &p) == SEG_OK);
	CHECK(seg_preparation_is_sound(&p, DIM) && seg_preparation_fills(&p));

	/* the transformation sees the vectors alone, filled in */
	for (int i = 0; i < ROWS; i++)
		CHECK(seg_impute(&env, &imputer, x + i * STRIDE, y + i * DIM) ==
		      SEG_OK);
	seg_memory_rows(&steps, y, ROWS, DIM, DIM, 10);
	CHECK(seg_power_trainer.train(&env, &steps.rows, &power_params, &power) ==
	      SEG_OK);
	CHECK(seg_prepared_rows(&env, &source.rows, &p, false, &prepared) ==
	      SEG_OK);
	CHECK(seg_preparer.transform(&env, &prepared.rows, &params, &p) == SEG_OK);
	for (int i = 0; i < ROWS; i++)
		CHECK(seg_power_transform(&env, &power, y + i * DIM, y + i * DIM) ==
		      SEG_OK);
	CHECK(
		seg_scaler_trainer.train(&env, &steps.rows, &scaler_params, &scaler) ==
		SEG_OK);
	CHECK(seg_prepared_rows(&env, &source.rows, &p, false, &prepared) ==
	      SEG_OK);
	CHECK(read_stream(&prepared.rows, z) == ROWS);
	CHECK(memcmp(y, z, ROWS * DIM * sizeof(double)) == 0);
	CHECK(seg_preparer.scale(&env, &prepared.rows, &params, &p) == SEG_OK);
	CHECK(seg_preparation_is_sound(&p, DIM));

	/* the columns beside the vector stay */
	CHECK(seg_prepared_rows(&env, &source.rows, &p, true, &prepared) == SEG_OK);
	CHECK(read_stream(&prepared.rows, z) == ROWS);
	for (int i = 0; i < ROWS; i++)
	{
		double want[DIM], got[DIM], back[DIM];

		by_hand(&env, &imputer, &power, &scaler, x + i * STRIDE, want);
		CHECK(seg_prepare(&env, &p, x + i * STRIDE, got) == SEG_OK);
		CHECK(memcmp(got, want, sizeof(got)) == 0);
		CHECK(memcmp(z + i * STRIDE, want, sizeof(want)) == 0);
		CHECK(memcmp(z + i * STRIDE + DIM,
		             x + i * STRIDE + DIM,
		             EXTRA * sizeof(double)) == 0);
		CHECK(seg_unprepare(&env, &p, got, back) == SEG_OK);
		for (int j = 0; j < DIM; j++)
			CHECK_NEAR(back[j],
			           isnan(x[i * STRIDE + j]) ? imputer.fills[j]
			                                    : x[i * STRIDE + j],
			           1e-9);
	}
	unit_env_free(&env);
}

/* A row that cannot be prepared ends the stream, which says why. */
static void
stops_at_bad_numbers(void)
{
	double x[] = {1, 2, 3, -1, 5}, y[5];
	SegEnv env = unit_env();
	SegPreparation p;
	SegPreparedRows prepared;
	SegMemoryRows source;

	seg_memory_rows(&source, x, 5, 1, 1, 2);
	CHECK(seg_preparation_create(&env, 1, &p) == SEG_OK);
	p.power = SEG_PREPARED_LOG1P;
	CHECK(seg_prepared_rows(&env, &source.rows, &p, true, &prepared) == SEG_OK);
	CHECK(read_stream(&prepared.rows, y) < 4);
	CHECK(prepared.status == SEG_ELEMENT_RANGE);
	CHECK(strcmp(env.diag.what, "transformed element") == 0);
	CHECK(seg_prepare(&env, &p, x + 3, y) == SEG_ELEMENT_RANGE);
	CHECK(env.diag.want == 1 && env.diag.got == x[3]);
	p.power = SEG_PREPARED_PLAIN;
	p.scales = (const double[]){1e-300};
	x[0] = 1e300;
	CHECK(seg_prepare(&env, &p, x, y) == SEG_ELEMENT_RANGE);
	CHECK(strcmp(env.diag.what, "scaled element") == 0);
	p.power = SEG_PREPARED_LOG1P;
	p.scales = (const double[]){1};
	CHECK(seg_unprepare(&env, &p, x, y) == SEG_ELEMENT_RANGE);
	unit_env_free(&env);
}

static void
keeps_missing(void)
{
	double x[] = {seg_missing(), 4}, y[2];
	SegEnv env = unit_env();
	SegPreparation p;

	CHECK(seg_preparation_create(&env, 2, &p) == SEG_OK);
	p.power = SEG_PREPARED_YEO_JOHNSON;
	CHECK(seg_prepare(&env, &p, x, y) == SEG_OK);
	CHECK(isnan(y[0]) && y[1] == seg_yeo_johnson(4, 0, NULL));
	unit_env_free(&env);
}

static void
tells_what_is_damaged(void)
{
	SegPreparation none = {0};
	SegPreparation p = {2,
	                    0,
	                    (const double[]){1, 2},
	                    (const double[]){0, 0},
	                    (const double[]){0, 0},
	                    (const double[]){1, 2}};

	CHECK(seg_preparation_is_sound(&none, 2));
	none.power = SEG_PREPARED_LOG1P;
	CHECK(!seg_preparation_is_sound(&none, 2));
	CHECK(seg_preparation_is_sound(&p, 2));
	CHECK(!seg_preparation_is_sound(&p, 3));
	p.scales = (const double[]){1, 0};
	CHECK(!seg_preparation_is_sound(&p, 2));
	p.scales = (const double[]){1, 1};
	p.fills = (const double[]){1, seg_missing()};
	CHECK(!seg_preparation_is_sound(&p, 2));
}

static void
checks_options(void)
{
	SegEnv env = unit_env();
	SegPreparationParams p = {.fill_value = NAN};

	CHECK(!seg_prepares(&p) && seg_preparer.check(&env, &p) == SEG_OK);
	p.impute = 1 + SEG_IMPUTE_CONSTANT;
	CHECK(seg_prepares(&p) && seg_preparer.check(&env, &p) == SEG_OPTION_NEEDS);
	p.fill_value = 0;
	CHECK(seg_preparer.check(&env, &p) == SEG_OK);
	p.impute = 1 + SEG_IMPUTE_MEAN;
	CHECK(seg_preparer.check(&env, &p) == SEG_OPTION_NEEDS);
	unit_env_free(&env);
}

void
test_preparation(void)
{
	for (int impute = 1; impute <= 3; impute++)
	{
		for (int scale = 1; scale <= 4; scale++)
		{
			equals_its_steps(impute, SEG_PREPARED_YEO_JOHNSON, scale, 10);
			equals_its_steps(impute, SEG_PREPARED_LOG1P, scale, ROWS);
		}
	}
	stops_at_bad_numbers();
	keeps_missing();
	tells_what_is_damaged();
	checks_options();
}
