/* test_calibration.c: kernel/evaluate/calibration.c without a server */
#include "kernel/evaluate/calibration.h"
#include "unit.h"

void test_calibration(void);

enum
{
	ROWS = 120
};

typedef struct Row
{
	double label;
	double score;
	double weight;
} Row;

static SegStatus
train(SegEnv *env, SegCalibrationRule rule, const Row *rows, int n, int block,
      SegCalibration *model)
{
	SegCalibrationParams params = {rule};
	SegMemoryRows source;

	*model = (SegCalibration){.options = {"{}", 2}, .version = {"1", 1}};
	seg_memory_rows(&source, &rows[0].label, n, 2, 3, block);
	return seg_calibration_train(env, &source.rows, &params, model);
}

/* Both labels are there. */
static int
draw_rows(uint64_t *seed, Row *rows)
{
	int n = 2 + unit_draw(seed, ROWS - 2);
	int levels = 1 + unit_draw(seed, 60);

	for (int i = 0; i < n; i++)
	{
		rows[i].score = unit_draw(seed, levels) * 0.25 - 5;
		rows[i].label =
			i < 2 ? i : unit_draw(seed, levels) * 0.25 - 5 < rows[i].score;
		rows[i].weight = 1 + unit_draw(seed, 3);
	}
	return n;
}

/*
 * A step function of least squares has no better neighbour among those that
 * never descend: the max-min formula of isotonic regression, for each score.
 */
static double
max_min(const Row *rows, int n, double score)
{
	double most = -INFINITY;

	for (int a = 0; a < n; a++)
	{
		double least = INFINITY;

		if (rows[a].score > score)
			continue;
		for (int b = 0; b < n; b++)
		{
			double weight = 0, right = 0;

			if (rows[b].score < score)
				continue;
			for (int i = 0; i < n; i++)
			{
				bool inside = rows[i].score >= rows[a].score &&
				              rows[i].score <= rows[b].score;

				weight += inside ? rows[i].weight : 0;
				right += inside ? rows[i].weight * rows[i].label : 0;
			}
			least = fmin(least, right / weight);
		}
		most = fmax(most, least);
	}
	return most;
}

static void
isotonic_is_max_min(void)
{
	uint64_t seed = 3;

	for (int round = 0; round < 40; round++)
	{
		SegEnv env = unit_env();
		SegCalibration model;
		Row rows[ROWS];
		int n = draw_rows(&seed, rows) / 3 + 2;

		rows[0].label = 0;
		rows[1].label = 1;
		CHECK(train(&env,
		            SEG_CALIBRATION_ISOTONIC,
		            rows,
		            n,
		            1 + round % 7,
		            &model) == SEG_OK);
		CHECK(seg_image_validate(&env, &seg_calibration_method, &model) ==
		      SEG_OK);
		for (int i = 0; i < n; i++)
			CHECK_NEAR(seg_calibrate(&model, rows[i].score),
			           max_min(rows, n, rows[i].score),
			           1e-12);
		CHECK(seg_calibrate(&model, -1e308) == model.probabilities[0]);
		CHECK(seg_calibrate(&model, 1e308) ==
		      model.probabilities[model.points - 1]);
		unit_env_free(&env);
	}
}

/* At the minimum, errors against the targets add up to nothing. */
static void
platt_is_the_minimum(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 100; round++)
	{
		SegEnv env = unit_env();
		double weight[2] = {0, 0}, sum = 0, by_score = 0, total = 0;
		SegCalibration model;
		Row rows[ROWS];
		int n = draw_rows(&seed, rows);
		double far = round % 3 == 0 ? 1e5 : 0;

		for (int i = 0; i < n; i++)
		{
			rows[i].score += far;
			weight[(int) rows[i].label] += rows[i].weight;
		}
		CHECK(
			train(&env, SEG_CALIBRATION_PLATT, rows, n, 1 + round % 7, &model) ==
			SEG_OK);
		CHECK(seg_image_validate(&env, &seg_calibration_method, &model) ==
		      SEG_OK);
		for (int i = 0; i < n; i++)
		{
			double target = rows[i].label != 0
			                    ? (weight[1] + 1) / (weight[1] + 2)
			                    : 1 / (weight[0] + 2);
			double error = rows[i].weight *
			               (seg_calibrate(&model, rows[i].score) - target);

			sum += error;
			by_score += error * (rows[i].score - far);
			total += rows[i].weight;
		}
		CHECK_NEAR(sum / total, 0, 1e-9);
		CHECK_NEAR(by_score / total, 0, 1e-9);
		unit_env_free(&env);
	}
}

static void
refuses_one_label(void)
{
	Row rows[] = {{1, 1, 1}, {1, 2, 1}};
	SegEnv env = unit_env();
	SegCalibration model;

	CHECK(train(&env, SEG_CALIBRATION_PLATT, rows, 2, 1, &model) ==
	      SEG_ONE_CLASS);
	CHECK(seg_is_too_few(SEG_ONE_CLASS));
	rows[0].label = 0;
	rows[0].weight = rows[1].weight = 1.5e308;
	CHECK(train(&env, SEG_CALIBRATION_ISOTONIC, rows, 2, 1, &model) ==
	      SEG_NOT_FINITE);
	unit_env_free(&env);
}

static void
runs_out_of_memory_and_stops(void)
{
	uint64_t seed = 9;
	Row rows[ROWS];
	int n = draw_rows(&seed, rows);

	for (int rule = 0; rule < 2; rule++)
	{
		int most = rule == SEG_CALIBRATION_ISOTONIC ? 6 : 3;

		for (int i = 0; i <= most; i++)
		{
			SegEnv env = unit_env();
			SegCalibration model;

			unit_env_fail_after(&env, i);
			CHECK(train(&env, (SegCalibrationRule) rule, rows, n, 5, &model) ==
			      (i < most ? SEG_NO_MEMORY : SEG_OK));
			unit_env_free(&env);
		}
	}
	for (int i = 0; i < 2; i++)
	{
		SegEnv env = unit_env();
		SegCalibration model;

		unit_env_stop_after(&env, i);
		CHECK(train(&env, SEG_CALIBRATION_PLATT, rows, n, 5, &model) ==
		      SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_calibration(void)
{
	isotonic_is_max_min();
	platt_is_the_minimum();
	refuses_one_label();
	runs_out_of_memory_and_stops();
}
