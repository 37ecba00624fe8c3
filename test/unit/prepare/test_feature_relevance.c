/* test_feature_relevance.c: kernel/prepare/feature_relevance.c */
#include "kernel/prepare/feature_relevance.h"

#include <float.h>

#include "base/missing.h"
#include "unit.h"

void test_feature_relevance(void);

#define ROWS 600
#define DIM  4

static void
judge(SegEnv *env, const double *x, int rows, int dim, bool is_class,
      SegRelevance *result)
{
	SegRelevance again[DIM];
	SegMemoryRows source;

	seg_memory_rows(&source, x, rows, dim, dim + 1, 7);
	CHECK(seg_feature_relevance(env, &source.rows, is_class, result) == SEG_OK);
	seg_memory_rows(&source, x, rows, dim, dim + 1, 1000);
	CHECK(seg_feature_relevance(env, &source.rows, is_class, again) == SEG_OK);
	CHECK(memcmp(again, result, dim * sizeof(SegRelevance)) == 0);
}

static void
fill(double *x, bool is_class)
{
	uint64_t seed = 23;

	for (int i = 0; i < ROWS; i++)
	{
		double *row = x + i * (DIM + 1);
		int label = unit_draw(&seed, 3);

		row[0] = label + unit_draw(&seed, 100) / 50.0;
		row[1] = unit_draw(&seed, 5) == 0 ? seg_missing() : unit_draw(&seed, 9);
		row[2] = 7;
		row[3] = label == 1 ? 0 : unit_draw(&seed, 2) * 2 - 1;
		row[DIM] = is_class ? 1000 - label * 37 : label;
	}
}

/* By the definitions, in long double. */
static double
anova(const double *x, int j)
{
	long double sum[3] = {0}, count[3] = {0}, all = 0, n = 0;
	long double between = 0, within = 0;

	for (int i = 0; i < ROWS; i++)
	{
		const double *row = x + i * (DIM + 1);
		int c = (int) ((1000 - row[DIM]) / 37);

		if (isnan(row[j]))
			continue;
		sum[c] += row[j], count[c]++, all += row[j], n++;
	}
	for (int c = 0; c < 3; c++)
		between += count[c] * (sum[c] / count[c] - all / n) *
		           (sum[c] / count[c] - all / n);
	for (int i = 0; i < ROWS; i++)
	{
		const double *row = x + i * (DIM + 1);
		int c = (int) ((1000 - row[DIM]) / 37);

		if (!isnan(row[j]))
			within +=
				(row[j] - sum[c] / count[c]) * (row[j] - sum[c] / count[c]);
	}
	return (double) (between / 2 / (within / (n - 3)));
}

static void
of_classes(void)
{
	static double x[ROWS * (DIM + 1)];
	SegRelevance r[DIM], moved[DIM];
	SegEnv env = unit_env();

	fill(x, true);
	judge(&env, x, ROWS, DIM, true, r);
	CHECK_NEAR(r[0].f_statistic, anova(x, 0), 1e-12);
	CHECK_NEAR(r[1].f_statistic, anova(x, 1), 1e-12);
	CHECK_NEAR(r[3].f_statistic, anova(x, 3), 1e-12);
	CHECK(r[0].p_value < 1e-50 && r[1].p_value > 1e-4);
	CHECK(isnan(r[2].f_statistic) && r[2].mutual_information == 0);
	/* what leaves the means alike, the information sees */
	CHECK(r[3].f_statistic < 10 && r[3].mutual_information > 0.5);
	CHECK(r[1].mutual_information < 0.03);
	for (int i = 0; i < ROWS * (DIM + 1); i++)
		x[i] = i % (DIM + 1) == DIM ? x[i] : ldexp(x[i], 1000);
	judge(&env, x, ROWS, DIM, true, moved);
	for (int j = 0; j < DIM; j++)
		CHECK(j == 2 ||
		      (moved[j].f_statistic == r[j].f_statistic &&
		       moved[j].mutual_information == r[j].mutual_information));
	unit_env_free(&env);
}

static void
of_numbers(void)
{
	static double x[ROWS * (DIM + 1)];
	SegRelevance r[DIM];
	SegEnv env = unit_env();
	double xx = 0, yy = 0, xy = 0, mx = 0, my = 0, r2;

	fill(x, false);
	judge(&env, x, ROWS, DIM, false, r);
	for (int i = 0; i < ROWS; i++)
		mx += x[i * (DIM + 1)] / ROWS, my += x[i * (DIM + 1) + DIM] / ROWS;
	for (int i = 0; i < ROWS; i++)
	{
		double a = x[i * (DIM + 1)] - mx, b = x[i * (DIM + 1) + DIM] - my;

		xx += a * a, yy += b * b, xy += a * b;
	}
	r2 = xy * xy / xx / yy;
	CHECK_NEAR(r[0].f_statistic, r2 / (1 - r2) * (ROWS - 2), 1e-10);
	/* three values of a label are three bins */
	CHECK(r[3].mutual_information > 0.5);
	unit_env_free(&env);
}

static void
edges(void)
{
	double m = seg_missing();
	double x[] = {1, m, 5, 0, 2, m, 6, 0, 3, m, 5, 1, 4, m, 6, 1};
	SegRelevance r[3];
	SegEnv env = unit_env();
	SegMemoryRows source;
	double *many = env.alloc(env.host, 2002 * sizeof(double));

	judge(&env, x, 4, 3, true, r);
	CHECK_NEAR(r[0].f_statistic, 8, 1e-14);
	CHECK(isnan(r[1].mutual_information) && isnan(r[1].p_value));
	CHECK(r[2].f_statistic == 0 && r[2].p_value == 1);
	judge(&env, x, 2, 3, true, r); /* one class */
	CHECK(isnan(r[0].f_statistic) && r[0].mutual_information == 0);
	x[4] = 1, x[8] = x[12] = 3; /* nothing within */
	judge(&env, x, 4, 3, true, r);
	CHECK(isinf(r[0].f_statistic) && r[0].p_value == 0);
	CHECK_NEAR(r[0].mutual_information, log(2), 1e-15);
	judge(&env, x, 4, 3, false, r);
	CHECK(isinf(r[0].f_statistic) && r[0].p_value == 0);
	judge(&env, x, 1, 3, false, r);
	CHECK(isnan(r[0].f_statistic) && r[0].mutual_information == 0);
	x[0] = -DBL_MAX, x[4] = DBL_MAX;
	seg_memory_rows(&source, x, 4, 3, 4, 1);
	CHECK(seg_feature_relevance(&env, &source.rows, true, r) ==
	      SEG_ELEMENT_RANGE);
	for (int i = 0; i < 1001; i++)
		many[2 * i] = many[2 * i + 1] = i;
	seg_memory_rows(&source, many, 1000, 1, 2, 9);
	CHECK(seg_feature_relevance(&env, &source.rows, true, r) == SEG_OK);
	seg_memory_rows(&source, many, 1001, 1, 2, 9);
	CHECK(seg_feature_relevance(&env, &source.rows, true, r) == SEG_LIMIT);
	for (int n = 0; n < 8; n++)
	{
		unit_env_fail_after(&env, n);
		CHECK(seg_feature_relevance(&env, &source.rows, false, r) ==
		      SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_feature_relevance(void)
{
	of_classes();
	of_numbers();
	edges();
}
