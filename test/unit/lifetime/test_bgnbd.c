/* test_bgnbd.c: kernel/lifetime/bgnbd.c against mpmath, differences and simulation */
#include "kernel/lifetime/bgnbd.h"

#include "likelihood.h"

void test_bgnbd(void);

/* From test/oracle/lifetime.py, by the formulas of the paper. */
static const struct
{
	double parameters[4];
	double customer[3];
	double horizon;
	double log_likelihood;
	double p_alive;
	double purchases_if_alive;
} golden[] = {
	{{0.24259, 4.41353, 0.79289, 2.42575},
     {2.0, 30.43, 38.86},
     39.0,
     -9.459709924466766,
     0.7266081084750534,
     1.6871629692775743},
	{{0.24259, 4.41353, 0.79289, 2.42575},
     {0.0, 0.0, 38.86},
     39.0,
     -0.5538005378759847,
     1.0,
     0.19477846612844335},
	{{0.24259, 4.41353, 0.79289, 2.42575},
     {1.0, 0.0, 10.0},
     1e-06,
     -3.7696898588394334,
     0.41280431972103054,
     8.620996951000561e-08},
	{{0.24259, 4.41353, 1.0, 2.42575},
     {7.0, 29.43, 38.86},
     39.0,
     -22.0327665943234,
     0.5868873272670317,
     4.936123295257896},
	{{0.24259, 4.41353, 1.0000001, 2.42575},
     {7.0, 29.43, 38.86},
     39.0,
     -22.03276667473515,
     0.5868873030219734,
     4.936123174495163},
	{{2.0, 0.01, 0.05, 30.0},
     {300.0, 38.0, 38.0},
     10.0,
     312.65166995685746,
     0.9998480474092083,
     79.00920641603356},
	{{2.0, 0.01, 0.05, 30.0},
     {300.0, 30.0, 38.0},
     400.0,
     375.2279522801636,
     6.658860117600265e-28,
     2933.4145549596037},
	{{50.0, 1000.0, 20.0, 0.5},
     {3.0, 100.0, 1000.0},
     5000.0,
     -20.47355593922787,
     2.1683658366477306e-15,
     1.1842105263157894},
	{{0.01, 0.0001, 3.0, 3.0},
     {1.0, 0.5, 100.0},
     100000.0,
     -4.6858123770302775,
     0.004720543720089007,
     2.9860066329719395},
	{{1.0, 1.0, 0.01, 0.01},
     {25.0, 9.0, 10.0},
     200.0,
     -5.067389217111135,
     0.9950606793659168,
     462.53758223916594},
	{{5.0, 2.0, 1.0, 1.0},
     {10000.0, 999.0, 1000.0},
     500.0,
     13005.92297853164,
     0.3143898413433074,
     4049.7317977931493},
};

#define N_GOLDEN (sizeof(golden) / sizeof(golden[0]))

static SegBgnbd
model_of(const double *p)
{
	return (SegBgnbd){.r = p[0], .alpha = p[1], .a = p[2], .b = p[3]};
}

static void
agrees_with_the_paper(void)
{
	for (size_t i = 0; i < N_GOLDEN; i++)
	{
		SegBgnbd model = model_of(golden[i].parameters);
		const double *c = golden[i].customer;
		double row[] = {c[0], c[1], c[2], 1};

		CHECK_NEAR(unit_likelihood(&seg_bgnbd_likelihood,
		                           golden[i].parameters,
		                           row,
		                           1)
		               .value,
		           golden[i].log_likelihood,
		           2e-14);
		CHECK_RELATIVE(seg_bgnbd_p_alive(&model, c), golden[i].p_alive, 1e-13);
		CHECK_RELATIVE(seg_bgnbd_purchases_if_alive(&model,
		                                            c,
		                                            golden[i].horizon),
		               golden[i].purchases_if_alive,
		               2e-14);
	}
}

static void
derivatives_are_right(void)
{
	static const double rows[][4] = {{0, 0, 12, 1},
	                                 {1, 0, 12, 2},
	                                 {1, 12, 12, 0.5},
	                                 {2, 7, 12, 3},
	                                 {30, 11, 12, 1},
	                                 {3000, 11.9, 12, 1}};
	static const double parameters[][4] = {{0.24, 4.4, 0.8, 2.4},
	                                       {5, 0.01, 1, 0.2},
	                                       {300, 900, 40, 70},
	                                       {0.01, 5, 0.01, 0.01}};

	for (size_t p = 0; p < sizeof(parameters) / sizeof(parameters[0]); p++)
	{
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			unit_check_derivatives(&seg_bgnbd_likelihood,
			                       parameters[p],
			                       rows[i],
			                       1);
		unit_check_derivatives(&seg_bgnbd_likelihood, parameters[p], rows[0], 6);
	}
}

/*
 * Expected purchases grow with the horizon, ever more slowly, start at the
 * customer's rate, and do not jump between sum and integral.
 */
static void
expectations_are_smooth(void)
{
	static const double customers[][3] = {{0, 0, 0},
	                                      {0, 0, 30},
	                                      {2, 10, 30},
	                                      {40, 29, 30},
	                                      {900, 29, 30}};
	SegBgnbd model = model_of(golden[0].parameters);

	for (int i = 0; i < 5; i++)
	{
		const double *c = customers[i];
		double rate = (model.r + c[0]) / (model.alpha + c[2]);
		double before = seg_bgnbd_purchases_if_alive(&model, c, 1e-9);
		double slope = rate;

		CHECK(seg_bgnbd_purchases_if_alive(&model, c, 0) == 0);
		CHECK_RELATIVE(before, 1e-9 * rate, 1e-7);
		for (double h = 2e-9; h < 1e12; h *= 2)
		{
			double now = seg_bgnbd_purchases_if_alive(&model, c, h);
			double average = (now - before) / (h / 2);

			CHECK(now > before && average <= slope * (1 + 1e-12));
			slope = average;
			before = now;
		}
	}
}

/* If nearly everybody leaves at once, b is far below 1. */
static void
small_shapes_keep_their_digits(void)
{
	SegBgnbd model = {.r = 1, .alpha = 1, .a = 1, .b = 1e-9};
	double once[] = {1, 4, 4};

	CHECK_RELATIVE(seg_bgnbd_p_alive(&model, once), 1e-9 / (1 + 1e-9), 1e-14);
}

static void
horizons_may_be_absurd(void)
{
	static const double far[3] = {0x1p53, 1e100, 1e100};
	static const double near[3] = {0x1p53, 0, 0};
	static const double extremes[][4] = {{1e-9, 1e-110, 1e-9, 1e-9},
	                                     {1e9, 1e110, 1e9, 1e9},
	                                     {1e9, 1e-110, 1e-9, 1e9},
	                                     {1e-9, 1e110, 1e9, 1e-9}};

	for (int i = 0; i < 4; i++)
	{
		SegBgnbd model = model_of(extremes[i]);
		double p = seg_bgnbd_p_alive(&model, far);

		CHECK(p >= 0 && p <= 1);
		p = seg_bgnbd_p_alive(&model, near);
		CHECK(p >= 0 && p <= 1);
		CHECK(isfinite(seg_bgnbd_purchases_if_alive(&model, far, 1e100)));
		CHECK(isfinite(seg_bgnbd_purchases_if_alive(&model, near, 1e100)));
		CHECK(isfinite(seg_bgnbd_purchases_if_alive(&model, far, 1e-300)));
		CHECK(isfinite(seg_bgnbd_purchases_if_alive(&model, near, 1e-300)));
	}
}

/* ---------- training ---------- */

static SegStatus
train(SegEnv *env, const double *rows, int n, SegBgnbd *model)
{
	SegFitParams params = unit_fit_params();
	SegMemoryRows source;

	*model = (SegBgnbd){0};
	seg_memory_rows(&source, rows, n, 3, 4, 100);
	return seg_bgnbd_train(env, &source.rows, &params, model);
}

#define CUSTOMERS 2000

/* Customers as the model assumes them. */
static void
simulate(const double *p, double (*rows)[4])
{
	uint64_t item = 0;

	for (int i = 0; i < CUSTOMERS; i++)
	{
		double rate = unit_gamma(p[0], &item) / p[1];
		double one = unit_gamma(p[2], &item);
		double leaves = one / (one + unit_gamma(p[3], &item));
		double age = 20 + 20 * unit_uniform(&item);
		double t = 0;
		int x = 0;

		for (double now = 0;; x++)
		{
			now += unit_exponential(&item) / rate;
			if (now > age)
				break;
			t = now;
			if (unit_uniform(&item) < leaves)
			{
				x++;
				break;
			}
		}
		memcpy(rows[i], (double[]){x, t, age, 1}, sizeof(rows[i]));
	}
}

static void
finds_what_was_simulated(void)
{
	static const double truth[4] = {0.8, 5, 0.8, 2.5};
	static double rows[CUSTOMERS][4];
	SegEnv env = unit_env();
	SegBgnbd m, seconds;
	double found[4], at_truth;

	simulate(truth, rows);
	CHECK(train(&env, rows[0], CUSTOMERS, &m) == SEG_OK);
	CHECK(m.fit.converged && unit_is_valid(&env, &seg_bgnbd_method, &m));
	CHECK(m.fit.gradient_norm < 1e-9);
	CHECK(fabs(m.r - truth[0]) < 4 * m.r_std_error);
	CHECK(fabs(m.alpha - truth[1]) < 4 * m.alpha_std_error);
	CHECK(fabs(m.a - truth[2]) < 4 * m.a_std_error);
	CHECK(fabs(m.b - truth[3]) < 4 * m.b_std_error);
	memcpy(found, (double[]){m.r, m.alpha, m.a, m.b}, sizeof(found));
	CHECK_NEAR(m.fit.log_likelihood,
	           unit_likelihood(&seg_bgnbd_likelihood, found, rows[0], CUSTOMERS)
	               .value,
	           1e-12);
	at_truth =
		unit_likelihood(&seg_bgnbd_likelihood, truth, rows[0], CUSTOMERS).value;
	CHECK(m.fit.log_likelihood > at_truth);
	CHECK(m.fit.log_likelihood < at_truth + 15);

	/* the same customers in another unit */
	for (int i = 0; i < CUSTOMERS; i++)
	{
		rows[i][1] *= 604800;
		rows[i][2] *= 604800;
	}
	CHECK(train(&env, rows[0], CUSTOMERS, &seconds) == SEG_OK);
	CHECK_RELATIVE(seconds.r, m.r, 1e-10);
	CHECK_RELATIVE(seconds.alpha, m.alpha * 604800, 1e-10);
	CHECK_RELATIVE(seconds.b_std_error, m.b_std_error, 1e-9);
	unit_env_free(&env);
}

static void
bad_histories_are_survived(void)
{
	for (const UnitHistories *bad = unit_bad_histories; bad->n > 0; bad++)
	{
		SegEnv env = unit_env();
		SegBgnbd m;
		double p, future;

		CHECK(train(&env, bad->rows[0], bad->n, &m) == SEG_OK);
		CHECK(unit_is_valid(&env, &seg_bgnbd_method, &m));
		CHECK(!m.fit.converged && m.fit.outcome != SEG_OUT_OF_STEPS);
		CHECK(isnan(m.r_std_error) && isnan(m.b_std_error));
		p = seg_bgnbd_p_alive(&m, bad->rows[0]);
		future = seg_bgnbd_purchases_if_alive(&m, bad->rows[0], 10);
		CHECK(p >= 0 && p <= 1 && future >= 0 && isfinite(future));
		if (bad->rows[0][SEG_AGE] > 0)
			unit_check_units(&seg_bgnbd_likelihood, bad->rows[0], bad->n, 3);
		unit_env_free(&env);
	}
}

static void
trouble_of_the_host_is_passed_on(void)
{
	const double *rows = unit_bad_histories[6].rows[0];
	SegEnv env = unit_env();
	int allocations, questions;
	SegBgnbd m;

	CHECK(train(&env, rows, 4, &m) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train(&env, rows, 4, &m) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train(&env, rows, 4, &m) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_bgnbd(void)
{
	agrees_with_the_paper();
	derivatives_are_right();
	expectations_are_smooth();
	small_shapes_keep_their_digits();
	horizons_may_be_absurd();
	finds_what_was_simulated();
	bad_histories_are_survived();
	trouble_of_the_host_is_passed_on();
}
