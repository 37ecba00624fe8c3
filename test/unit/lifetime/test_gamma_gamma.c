/* test_gamma_gamma.c: kernel/lifetime/gamma_gamma.c against mpmath, differences and
 * simulation */
#include "kernel/lifetime/gamma_gamma.h"

#include "likelihood.h"

void test_gamma_gamma(void);

/* From test/oracle/lifetime.py, by the formulas of the paper. */
static const struct
{
	double parameters[3];
	double row[2];
	double log_likelihood;
	double expected;
} golden[] = {
	{{6.25, 3.74, 15.44}, {2.0, 22.35}, -3.5513167597317046, 24.663713910761157},
	{{6.25, 3.74, 15.44}, {1.0, 0.001}, -47.287666127946316, 10.73484427141268},
	{{0.2, 0.3, 100.0}, {30.0, 50000.0}, -14.28088676241157, 56607.54716981132},
	{{50000.0, 80000.0, 20.0},
     {3.0, 12.0},
     -41.622729830980745,
     12.173965973765103},
	{{0.01, 10000.0, 0.001},
     {1.0, 1.0},
     -69092.05518011654,
     1.0010991088117724e-06},
};

static void
agrees_with_the_paper(void)
{
	for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++)
	{
		const double *p = golden[i].parameters;
		const double *c = golden[i].row;
		SegGammaGamma model = {.p = p[0], .q = p[1], .v = p[2]};
		double row[] = {c[0], c[1], 1};
		double mean;

		CHECK_NEAR(unit_likelihood(&seg_gamma_gamma_likelihood, p, row, 1).value,
		           golden[i].log_likelihood,
		           p[0] > 1e4 ? 1e-11 : 1e-14);
		CHECK(seg_gamma_gamma_expected(&model, c, &mean));
		CHECK_RELATIVE(mean, golden[i].expected, 1e-14);
	}
}

static void
derivatives_are_right(void)
{
	static const double rows[][3] = {{1, 20, 1},
	                                 {1, 1e-3, 2},
	                                 {7, 15, 0.5},
	                                 {300, 40, 3}};
	static const double parameters[][3] = {{6.25, 3.74, 15.44},
	                                       {0.1, 0.2, 700},
	                                       {90, 40, 0.01}};

	for (int p = 0; p < 3; p++)
	{
		for (int i = 0; i < 4; i++)
			unit_check_derivatives(&seg_gamma_gamma_likelihood,
			                       parameters[p],
			                       rows[i],
			                       1);
		unit_check_derivatives(&seg_gamma_gamma_likelihood,
		                       parameters[p],
		                       rows[0],
		                       4);
	}
}

/*
 * Between the customer's own mean and the overall mean, nearer to the former
 * with each purchase.
 */
static void
expectations_shrink(void)
{
	SegGammaGamma model = {.p = 6.25, .q = 3.74, .v = 15.44};
	double all = 6.25 * 15.44 / 2.74;
	double before = all;
	double mean;

	CHECK(seg_gamma_gamma_expected(&model, (double[]){0, 0}, &mean));
	CHECK_RELATIVE(mean, all, 1e-15);
	/* nothing is known about those who bought nothing */
	CHECK(seg_gamma_gamma_expected(&model, (double[]){0, 77}, &mean));
	CHECK_RELATIVE(mean, all, 1e-15);
	/* those who paid nothing, or got more back, are at the low end */
	CHECK(seg_gamma_gamma_expected(&model, (double[]){3, -5}, &mean));
	CHECK_RELATIVE(mean,
	               model.p * model.v / (3 * model.p + model.q - 1),
	               1e-15);
	CHECK(seg_gamma_gamma_expected(&model, (double[]){3, 1e-12}, &before));
	CHECK(before > mean && before - mean < 1e-11);
	for (int x = 1; x < 100; x++)
	{
		CHECK(seg_gamma_gamma_expected(&model, (double[]){x, 90}, &mean));
		CHECK(mean > before && mean < 90);
		before = mean;
	}

	model.q = 1;
	CHECK(!seg_gamma_gamma_expected(&model, (double[]){0, 0}, &mean));
	CHECK(seg_gamma_gamma_expected(&model, (double[]){1, 5}, &mean));
	model.p = 0.1;
	model.q = 0.9;
	CHECK(!seg_gamma_gamma_expected(&model, (double[]){1, 5}, &mean));
	CHECK(seg_gamma_gamma_expected(&model, (double[]){2, 5}, &mean));
	model = (SegGammaGamma){.p = 1e9, .q = 1e-9, .v = 1e110};
	CHECK(seg_gamma_gamma_expected(&model, (double[]){0x1p53, 1e100}, &mean));
	CHECK(isfinite(mean));
}

/* ---------- training ---------- */

static SegStatus
train(SegEnv *env, const double *rows, int n, SegGammaGamma *model)
{
	SegMemoryRows source;

	*model = (SegGammaGamma){0};
	seg_memory_rows(&source, rows, n, 2, 3, 100);
	return seg_gamma_gamma_train(env, &source.rows, model);
}

#define CUSTOMERS 2000

static void
finds_what_was_simulated(void)
{
	static const double truth[3] = {6, 4, 15};
	static double rows[CUSTOMERS][3];
	SegEnv env = unit_env();
	uint64_t item = 0;
	SegGammaGamma m;
	double found[3];

	for (int i = 0; i < CUSTOMERS; i++)
	{
		double rate = unit_gamma(truth[1], &item) / truth[2];
		int x = 1 + i % 5;

		rows[i][0] = x;
		for (int k = 0; k < x; k++)
			rows[i][1] += unit_gamma(truth[0], &item) / rate / x;
		rows[i][2] = 1;
	}
	CHECK(train(&env, rows[0], CUSTOMERS, &m) == SEG_OK);
	CHECK(m.fit.converged && unit_is_valid(&env, &seg_gamma_gamma_method, &m));
	CHECK(m.fit.gradient_norm < 1e-9);
	CHECK(fabs(m.p - truth[0]) < 4 * m.p_std_error);
	CHECK(fabs(m.q - truth[1]) < 4 * m.q_std_error);
	CHECK(fabs(m.v - truth[2]) < 4 * m.v_std_error);
	CHECK(fabs(m.correlation) < 0.1);
	memcpy(found, (double[]){m.p, m.q, m.v}, sizeof(found));
	CHECK_NEAR(m.fit.log_likelihood,
	           unit_likelihood(&seg_gamma_gamma_likelihood,
	                           found,
	                           rows[0],
	                           CUSTOMERS)
	               .value,
	           1e-12);
	unit_env_free(&env);
}

static void
bad_rows_are_survived(void)
{
	static const struct
	{
		int n;
		double rows[4][3];
	} bad[] = {
		{1, {{3, 7, 1}}},
		{1, {{3, 7, 1000}}},
		{3, {{1, 5, 1}, {1, 6, 1}, {1, 9, 1}}},
		{3, {{1, 7, 1}, {9, 7, 1}, {2, 7, 1}}},
		{2, {{1, 1e-100, 1}, {1, 1e100, 1}}},
		{2, {{0x1p53, 3, 1}, {0x1p53, 5, 1}}},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
	{
		SegEnv env = unit_env();
		SegGammaGamma m;
		double mean;

		CHECK(train(&env, bad[i].rows[0], bad[i].n, &m) == SEG_OK);
		CHECK(unit_is_valid(&env, &seg_gamma_gamma_method, &m));
		CHECK(!m.fit.converged && m.fit.outcome != SEG_OUT_OF_STEPS);
		CHECK(isnan(m.p_std_error) && isnan(m.v_std_error));
		if (seg_gamma_gamma_expected(&m, bad[i].rows[0], &mean))
			CHECK(mean > 0 && isfinite(mean));
		unit_check_units(&seg_gamma_gamma_likelihood,
		                 bad[i].rows[0],
		                 bad[i].n,
		                 2);
		unit_env_free(&env);
	}
}

/*
 * Hardly any difference between a customer's purchases, and all kinds of
 * customers.
 */
static void
finds_customers_apart(void)
{
	static const double rows[6][3] = {{5, 3, 1},
	                                  {1, 1, 1},
	                                  {5, 190, 1},
	                                  {4, 820, 1},
	                                  {2, 3300, 1},
	                                  {1, 10, 1}};
	SegEnv env = unit_env();
	SegGammaGamma m;

	CHECK(train(&env, rows[0], 6, &m) == SEG_OK);
	CHECK(m.fit.converged);
	unit_env_free(&env);
}

static void
rows_are_checked(void)
{
	SegEnv env = unit_env();
	bool counts;

	CHECK(seg_gamma_gamma_check(&env, (double[]){2, 5}, &counts) == SEG_OK);
	CHECK(counts);
	CHECK(seg_gamma_gamma_check(&env, (double[]){0, 5}, &counts) == SEG_OK);
	CHECK(!counts);
	CHECK(seg_gamma_gamma_check(&env, (double[]){2, 0}, &counts) == SEG_OK);
	CHECK(!counts);
	CHECK(seg_gamma_gamma_check(&env, (double[]){2, -3}, &counts) == SEG_OK);
	CHECK(!counts);
	CHECK(seg_gamma_gamma_check(&env, (double[]){2.5, 3}, &counts) ==
	      SEG_NOT_COUNT);
	CHECK(seg_gamma_gamma_check(&env, (double[]){0, NAN}, &counts) ==
	      SEG_INFINITE);
	CHECK(seg_gamma_gamma_check(&env, (double[]){1, 1e101}, &counts) ==
	      SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

void
test_gamma_gamma(void)
{
	agrees_with_the_paper();
	derivatives_are_right();
	expectations_shrink();
	finds_what_was_simulated();
	bad_rows_are_survived();
	finds_customers_apart();
	rows_are_checked();
}
