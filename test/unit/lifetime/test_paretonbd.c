/* test_paretonbd.c: kernel/lifetime/paretonbd.c against mpmath, differences and simulation */
#include "kernel/lifetime/paretonbd.h"

#include "likelihood.h"

void test_paretonbd(void);

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
	{{0.55328, 10.57761, 0.60621, 11.66791},
     {2.0, 30.43, 38.86},
     39.0,
     -9.554324652560318,
     0.8691193713810534,
     1.6742443646472973},
	{{0.55328, 10.57761, 0.60621, 11.66791},
     {0.0, 0.0, 38.86},
     39.0,
     -0.5212069476723069,
     0.29509813758731757,
     0.36279840913337225},
	{{0.55328, 11.66791, 1.0, 10.57761},
     {7.0, 29.43, 38.86},
     39.0,
     -22.187020414803488,
     0.6315134945528007,
     4.298090508436046},
	{{0.55328, 10.0, 1.0000001, 10.0},
     {7.0, 29.43, 38.86},
     1e-06,
     -22.04358823688891,
     0.6192300747737853,
     1.545902562976845e-07},
	{{0.55328, 10.0, 0.6, 10.0000001},
     {1.0, 1.0, 30.0},
     100000000.0,
     -4.228561191400522,
     0.1918589340478649,
     1403.3492222548794},
	{{0.55328, 10.57761, 0.60621, 11.66791},
     {5.0, 38.86, 38.86},
     5.0,
     -17.67563608091656,
     1.0,
     0.5456381715808506},
	{{2.0, 0.001, 0.05, 30.0},
     {300.0, 38.0, 39.0},
     10.0,
     300.5646988854073,
     0.8087581860826347,
     77.16661362516261},
	{{2.0, 30.0, 0.05, 0.001},
     {300.0, 20.0, 39.0},
     10.0,
     237.693988119077,
     1.3410514415718306e-39,
     43.50986918554588},
	{{0.02, 0.0001, 3.0, 50.0},
     {0.0, 0.0, 10000.0},
     10.0,
     -0.2320379298796424,
     1.0744460662687404e-07,
     1.997018860781089e-05},
	{{0.02, 50.0, 300.0, 0.0001},
     {0.0, 0.0, 10000.0},
     10.0,
     -1.3377926330719094e-10,
     0.0,
     1.719361675756147e-05},
	{{100.0, 1000.0, 700.0, 0.5},
     {3.0, 0.001, 1000.0},
     5000.0,
     -8.276781005827297,
     0.0,
     0.07371351931330472},
	{{5.0, 2.0, 1.0, 1.0},
     {10000.0, 999.0, 1000.0},
     500.0,
     13008.225592063749,
     0.31409824035125333,
     4049.300927771905},
	{{5.0, 1.0, 0.5, 2.0},
     {10000.0, 500.0, 1000.0},
     500.0,
     19932.779345376966,
     0.0,
     4493.475283480444},
};

#define N_GOLDEN (sizeof(golden) / sizeof(golden[0]))

static SegParetonbd
model_of(const double *p)
{
	return (SegParetonbd){.r = p[0], .alpha = p[1], .s = p[2], .beta = p[3]};
}

static void
agrees_with_the_paper(void)
{
	for (size_t i = 0; i < N_GOLDEN; i++)
	{
		SegParetonbd model = model_of(golden[i].parameters);
		const double *c = golden[i].customer;
		double row[] = {c[0], c[1], c[2], 1};

		CHECK_NEAR(unit_likelihood(&seg_paretonbd_likelihood,
		                           golden[i].parameters,
		                           row,
		                           1)
		               .value,
		           golden[i].log_likelihood,
		           2e-14);
		CHECK_RELATIVE(seg_paretonbd_p_alive(&model, c),
		               golden[i].p_alive,
		               1e-13);
		CHECK_RELATIVE(seg_paretonbd_purchases_if_alive(&model,
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
	                                       {0.01, 5, 0.01, 0.01},
	                                       {0.5, 7, 0.5, 7},
	                                       {0.5, 3000, 2, 0.001}};

	for (size_t p = 0; p < sizeof(parameters) / sizeof(parameters[0]); p++)
	{
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			unit_check_derivatives(&seg_paretonbd_likelihood,
			                       parameters[p],
			                       rows[i],
			                       1);
		unit_check_derivatives(&seg_paretonbd_likelihood,
		                       parameters[p],
		                       rows[0],
		                       6);
	}
}

/* Nothing jumps where alpha passes beta or t approaches T. */
static void
likelihood_is_smooth(void)
{
	static const double parameters[] = {0.5, 10, 0.6, 10};
	double row[] = {3, 20, 30, 1};
	double middle =
		unit_likelihood(&seg_paretonbd_likelihood, parameters, row, 1).value;
	SegParetonbd model = model_of(parameters);

	for (double gap = 1e-3; gap > 1e-17; gap /= 10)
	{
		double above[] = {0.5, 10 * (1 + gap), 0.6, 10};
		double below[] = {0.5, 10 * (1 - gap), 0.6, 10};

		CHECK_NEAR((unit_likelihood(&seg_paretonbd_likelihood, above, row, 1)
		                .value +
		            unit_likelihood(&seg_paretonbd_likelihood, below, row, 1)
		                .value) /
		               2,
		           middle,
		           1e-14 + gap * gap);
		/* few left in a short time: s / (beta + T) of them */
		row[SEG_RECENCY] = 30 * (1 - gap);
		CHECK_NEAR((1 - seg_paretonbd_p_alive(&model, row)) * 40 /
		               (0.6 * (30 - row[SEG_RECENCY]) + 1e-300),
		           gap < 1e-16 ? 0 : 1,
		           3 * gap + 1e-15 / gap);
		row[SEG_RECENCY] = 20;
	}
}

/*
 * Expected purchases grow with the horizon, ever more slowly, and start at the
 * customer's rate.
 */
static void
expectations_are_smooth(void)
{
	static const double customers[][3] = {{0, 0, 0},
	                                      {0, 0, 30},
	                                      {2, 10, 30},
	                                      {40, 29, 30},
	                                      {900, 29, 30}};
	SegParetonbd model = model_of(golden[0].parameters);

	for (int i = 0; i < 5; i++)
	{
		const double *c = customers[i];
		double rate = (model.r + c[0]) / (model.alpha + c[2]);
		double before = seg_paretonbd_purchases_if_alive(&model, c, 1e-9);
		double slope = rate;

		CHECK(seg_paretonbd_purchases_if_alive(&model, c, 0) == 0);
		CHECK_RELATIVE(before, 1e-9 * rate, 1e-7);
		for (double h = 2e-9; h < 1e12; h *= 2)
		{
			double now = seg_paretonbd_purchases_if_alive(&model, c, h);
			double average = (now - before) / (h / 2);

			CHECK(now > before && average <= slope * (1 + 1e-12));
			slope = average;
			before = now;
		}
	}
}

static void
horizons_may_be_absurd(void)
{
	static const double far[3] = {0x1p53, 1e100, 1e100};
	static const double near[3] = {0x1p53, 0, 0};
	static const double extremes[][4] = {{1e-9, 1e-110, 1e-9, 1e-110},
	                                     {1e9, 1e110, 1e9, 1e110},
	                                     {1e9, 1e-110, 1e-9, 1e110},
	                                     {1e-9, 1e110, 1e9, 1e-110}};

	for (int i = 0; i < 4; i++)
	{
		SegParetonbd model = model_of(extremes[i]);
		double p = seg_paretonbd_p_alive(&model, far);

		CHECK(p >= 0 && p <= 1);
		p = seg_paretonbd_p_alive(&model, near);
		CHECK(p >= 0 && p <= 1);
		CHECK(isfinite(seg_paretonbd_purchases_if_alive(&model, far, 1e100)));
		CHECK(isfinite(seg_paretonbd_purchases_if_alive(&model, near, 1e100)));
	}
}

/* ---------- training ---------- */

static SegStatus
train(SegEnv *env, const double *rows, int n, SegParetonbd *model)
{
	SegFitParams params = unit_fit_params();
	SegMemoryRows source;

	*model = (SegParetonbd){0};
	seg_memory_rows(&source, rows, n, 3, 4, 100);
	return seg_paretonbd_train(env, &source.rows, &params, model);
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
		double leaving = unit_gamma(p[2], &item) / p[3];
		double age = 20 + 20 * unit_uniform(&item);
		double end = fmin(age, unit_exponential(&item) / leaving);
		double t = 0;
		int x = 0;

		for (double now = unit_exponential(&item) / rate; now <= end; x++)
		{
			t = now;
			now += unit_exponential(&item) / rate;
		}
		memcpy(rows[i], (double[]){x, t, age, 1}, sizeof(rows[i]));
	}
}

static void
finds_what_was_simulated(void)
{
	static const double truth[4] = {0.8, 5, 0.7, 12};
	static double rows[CUSTOMERS][4];
	SegEnv env = unit_env();
	SegParetonbd m, seconds;
	double found[4], at_truth;

	simulate(truth, rows);
	CHECK(train(&env, rows[0], CUSTOMERS, &m) == SEG_OK);
	CHECK(m.fit.converged && unit_is_valid(&env, &seg_paretonbd_method, &m));
	CHECK(m.fit.gradient_norm < 1e-9);
	CHECK(fabs(m.r - truth[0]) < 4 * m.r_std_error);
	CHECK(fabs(m.alpha - truth[1]) < 4 * m.alpha_std_error);
	CHECK(fabs(m.s - truth[2]) < 4 * m.s_std_error);
	CHECK(fabs(m.beta - truth[3]) < 4 * m.beta_std_error);
	memcpy(found, (double[]){m.r, m.alpha, m.s, m.beta}, sizeof(found));
	CHECK_NEAR(m.fit.log_likelihood,
	           unit_likelihood(&seg_paretonbd_likelihood,
	                           found,
	                           rows[0],
	                           CUSTOMERS)
	               .value,
	           1e-12);
	at_truth =
		unit_likelihood(&seg_paretonbd_likelihood, truth, rows[0], CUSTOMERS)
			.value;
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
	CHECK_RELATIVE(seconds.beta_std_error, m.beta_std_error * 604800, 1e-9);
	unit_env_free(&env);
}

static void
bad_histories_are_survived(void)
{
	for (const UnitHistories *bad = unit_bad_histories; bad->n > 0; bad++)
	{
		SegEnv env = unit_env();
		SegParetonbd m;
		double p, future;

		CHECK(train(&env, bad->rows[0], bad->n, &m) == SEG_OK);
		CHECK(unit_is_valid(&env, &seg_paretonbd_method, &m));
		CHECK(!m.fit.converged && m.fit.outcome != SEG_OUT_OF_STEPS);
		CHECK(isnan(m.r_std_error) && isnan(m.beta_std_error));
		p = seg_paretonbd_p_alive(&m, bad->rows[0]);
		future = seg_paretonbd_purchases_if_alive(&m, bad->rows[0], 10);
		CHECK(p >= 0 && p <= 1 && future >= 0 && isfinite(future));
		if (bad->rows[0][SEG_AGE] > 0)
			unit_check_units(&seg_paretonbd_likelihood, bad->rows[0], bad->n, 3);
		unit_env_free(&env);
	}
}

/*
 * If a likelihood has several degenerate limits, avoid one that is far less
 * likely.
 */
static void
finds_the_better_end(void)
{
	static const struct
	{
		int n;
		double rows[6][4];
		double log_likelihood;
	} ends[] = {
		{2, {{0, 0, 10, 19}, {16, 9, 10, 3}}, -36.2},
		{6,
	     {{0, 0, 10, 2},
	      {16, 8, 10, 8},
	      {4, 0, 10, 5},
	      {2, 1, 10, 1},
	      {11, 7, 10, 7},
	      {9, 7, 10, 2}},
	     -45.9},
	};

	for (int i = 0; i < 2; i++)
	{
		SegEnv env = unit_env();
		SegParetonbd m;

		CHECK(train(&env, ends[i].rows[0], ends[i].n, &m) == SEG_OK);
		CHECK(!m.fit.converged);
		CHECK(m.fit.log_likelihood > ends[i].log_likelihood);
		unit_env_free(&env);
	}
}

void
test_paretonbd(void)
{
	agrees_with_the_paper();
	derivatives_are_right();
	likelihood_is_smooth();
	expectations_are_smooth();
	horizons_may_be_absurd();
	finds_what_was_simulated();
	bad_histories_are_survived();
	finds_the_better_end();
}
