/* test_sbg.c: kernel/lifetime/sbg.c and stays.c against mpmath, differences and the
 * published example */
#include "kernel/lifetime/sbg.h"

#include "kernel/lifetime/stays.h"
#include "likelihood.h"

void test_sbg(void);

/* By test/oracle/lifetime.py, from the formulas of the papers. */
static const struct
{
	double parameters[2];
	double step[2];
	double log_likelihood;
} golden[] = {
	{{0.668, 3.806}, {0.0, 1.0}, -1.9017499685134291},
	{{0.668, 3.806}, {3.0, 7.0}, -1.7099640255220103},
	{{0.668, 3.806}, {7.0, 7.0}, -0.7155060456265796},
	{{1e-05, 100.0}, {0.0, 2.0}, -15.429911408999152},
	{{10000.0, 20000.0}, {0.0, 50.0}, -1.6006328303443527e-09},
};

static const struct
{
	double a, b, discount, periods;
} values[] = {
	{0.668, 3.806, 0.1, 5.9225964076127635},
	{0.704, 1.182, 1e-06, 184.80355944734148},
	{3.0, 2.0, 0.01, 1.9638374613270757},
	{150.0, 400.0, 0.05, 3.2648253078608134},
	{0.01, 0.02, 0.0001, 6084.022550100879},
	{2.0, 5.0, 3.0, 1.2202028438697272},
};

#define LENGTH(array) (sizeof(array) / sizeof(array[0]))

static void
agrees_with_the_papers(void)
{
	SegEnv env = unit_env();

	for (size_t i = 0; i < LENGTH(golden); i++)
	{
		double row[] = {golden[i].step[0], golden[i].step[1], 1};

		CHECK_NEAR(unit_likelihood(&seg_sbg_likelihood,
		                           golden[i].parameters,
		                           row,
		                           1)
		               .value,
		           golden[i].log_likelihood,
		           1e-14);
	}
	for (size_t i = 0; i < LENGTH(values); i++)
	{
		SegSbg model = {.a = values[i].a, .b = values[i].b};
		SegSbgTerms terms = {20, 0.5, values[i].discount};
		double value;
		bool is_known;

		CHECK(seg_sbg_ltv(&env, &model, &terms, &value, &is_known) == SEG_OK);
		CHECK(is_known);
		CHECK_RELATIVE(value, 10 * values[i].periods, 1e-14);
	}
	unit_env_free(&env);
}

static void
derivatives_are_right(void)
{
	static const double rows[][3] =
		{{0, 1, 1}, {3, 4, 2}, {0, 9, 0.5}, {7, 500, 3}, {5, 5, 4}, {0, 0, 1}};
	static const double parameters[][2] = {{0.67, 3.8},
	                                       {0.01, 0.02},
	                                       {300, 20},
	                                       {1, 1000}};

	for (int p = 0; p < 4; p++)
	{
		for (int i = 0; i < 6; i++)
			unit_check_derivatives(&seg_sbg_likelihood,
			                       parameters[p],
			                       rows[i],
			                       1);
		unit_check_derivatives(&seg_sbg_likelihood, parameters[p], rows[0], 6);
	}
}

/* Survival is the product of retentions, and chances of all ends add up to 1. */
static void
shares_fit_together(void)
{
	SegSbg model = {.a = 0.67, .b = 3.8};
	double product = 1.0;

	CHECK(seg_sbg_survival(&model, 0) == 1);
	for (int n = 1; n < 300; n++)
	{
		double before = product;
		double leave[] = {n - 1, n, 1};

		product *= seg_sbg_retention(&model, n);
		CHECK_RELATIVE(seg_sbg_survival(&model, n), product, 1e-13);
		CHECK(n == 1 ||
		      seg_sbg_retention(&model, n) > seg_sbg_retention(&model, n - 1));
		CHECK_NEAR(exp(unit_likelihood(&seg_sbg_likelihood,
		                               (double[]){0.67, 3.8},
		                               leave,
		                               1)
		                   .value),
		           before - product,
		           1e-14);
	}
}

/* ---------- training ---------- */

static SegStatus
train(SegEnv *env, const double *rows, int n, SegSbg *model, bool *is_known)
{
	SegMemoryRows source;

	*model = (SegSbg){0};
	seg_memory_rows(&source, rows, n, 2, 2, 3);
	return seg_sbg_train(env, &source.rows, model, is_known);
}

/* Fader & Hardie (2007): two segments of 1000 customers over eight years. */
static void
reproduces_the_published_fits(void)
{
	/* periods out of order */
	static const double high_end[] =
		{3, 653, 0, 1000, 1, 869, 7, 491, 5, 551, 2, 743, 6, 517, 4, 593};
	static const double regular[] =
		{0, 1000, 1, 631, 2, 468, 3, 382, 4, 326, 5, 289, 6, 262, 7, 241};
	SegEnv env = unit_env();
	bool is_known;
	SegSbg m;

	CHECK(train(&env, high_end, 8, &m, &is_known) == SEG_OK && is_known);
	CHECK(m.fit.converged && unit_is_valid(&env, &seg_sbg_method, &m));
	CHECK(fabs(m.a - 0.66809) < 5e-6 && fabs(m.b - 3.80609) < 1e-5);
	CHECK(fabs(m.fit.log_likelihood - -1611.158) < 5e-4);
	CHECK(m.fit.weight == 1000 && m.fit.rows_used == 8 && m.last_period == 7);
	CHECK(m.fit.gradient_norm < 1e-10);

	CHECK(train(&env, regular, 8, &m, &is_known) == SEG_OK && is_known);
	CHECK(m.fit.converged && unit_is_valid(&env, &seg_sbg_method, &m));
	CHECK(fabs(m.a - 0.70408) < 5e-6 && fabs(m.b - 1.18204) < 5e-6);
	CHECK(fabs(m.fit.log_likelihood - -1680.265) < 5e-4);
	unit_env_free(&env);
}

/* Survival as the model has it is fitted exactly, with all periods or some. */
static void
finds_what_was_put_in(void)
{
	static const int periods[] = {0, 1, 2, 3, 5, 8, 13, 40};
	SegSbg truth = {.a = 1.5, .b = 4};
	SegEnv env = unit_env();
	double rows[16];
	bool is_known;
	SegSbg m;

	for (int i = 0; i < 8; i++)
	{
		rows[2 * i] = periods[i];
		rows[2 * i + 1] = 1e6 * seg_sbg_survival(&truth, periods[i]);
	}
	CHECK(train(&env, rows, 8, &m, &is_known) == SEG_OK && is_known);
	CHECK(m.fit.converged);
	CHECK_RELATIVE(m.a, 1.5, 1e-10);
	CHECK_RELATIVE(m.b, 4.0, 1e-10);
	CHECK(m.last_period == 40);
	unit_env_free(&env);
}

static void
bad_cohorts_are_survived(void)
{
	static const struct
	{
		int n;
		double rows[8];
		bool is_known;
	} bad[] = {
		{1, {0, 1000}, false},
		{2, {0, 0, 1, 0}, false},
		{2, {0, 1000, 1, 800}, true},
		{2, {0, 1000, 1, 0}, true},
		{3, {0, 1000, 1, 1000, 2, 1000}, true},
		{3, {0, 1000, 1, 500, 2, 0}, true},
		{4, {0, 10, 1, 9, 2, 9, 3, 9}, true},
		{2, {0, 1, 2147483647, 1}, true},
		{2, {0, 1e100, 1, 1e99}, true},
		{2, {0, 1e-100, 1, 1e-101}, true},
	};

	for (size_t i = 0; i < LENGTH(bad); i++)
	{
		SegSbgTerms terms = {1, 1, 0.1};
		SegEnv env = unit_env();
		bool is_known;
		double value;
		SegSbg m;

		CHECK(train(&env, bad[i].rows, bad[i].n, &m, &is_known) == SEG_OK);
		CHECK(is_known == bad[i].is_known);
		if (is_known)
		{
			CHECK(unit_is_valid(&env, &seg_sbg_method, &m));
			CHECK(!m.fit.converged && m.fit.outcome != SEG_OUT_OF_STEPS);
			CHECK(isnan(m.a_std_error) && isnan(m.b_std_error));
			CHECK(seg_sbg_ltv(&env, &m, &terms, &value, &is_known) == SEG_OK);
			CHECK(value >= 1 && value <= 11 + 1e-9);
		}
		unit_env_free(&env);
	}
}

static void
mistakes_are_refused(void)
{
	static const double no_start[] = {1, 800, 2, 700};
	static const double twice[] = {0, 10, 1, 9, 1, 8};
	static const double twice_the_same[] = {0, 10, 1, 9, 1, 9};
	static const double rising[] = {0, 10, 1, 9, 2, 9.5};
	static double many[2 * (SEG_SBG_MAX_PERIODS + 2)];
	SegEnv env = unit_env();
	bool is_known;
	SegSbg m;

	CHECK(train(&env, no_start, 2, &m, &is_known) == SEG_NO_START);
	CHECK(env.diag.got == 1);
	CHECK(train(&env, twice, 3, &m, &is_known) == SEG_REPEATED);
	CHECK(env.diag.got == 1);
	CHECK(train(&env, twice_the_same, 3, &m, &is_known) == SEG_REPEATED);
	CHECK(train(&env, rising, 3, &m, &is_known) == SEG_RISING);
	CHECK(env.diag.got == 2 && env.diag.want == 9 && env.diag.limit == 9.5);
	for (int i = 0; i < SEG_SBG_MAX_PERIODS + 2; i++)
	{
		many[2 * i] = i;
		many[2 * i + 1] = 1e6 - i;
	}
	CHECK(train(&env, many, SEG_SBG_MAX_PERIODS + 1, &m, &is_known) == SEG_OK);
	CHECK(is_known && m.last_period == SEG_SBG_MAX_PERIODS);
	CHECK(train(&env, many, SEG_SBG_MAX_PERIODS + 2, &m, &is_known) ==
	      SEG_LIMIT);

	CHECK(seg_sbg_check_period(&env, 0, 0) == SEG_OK);
	CHECK(seg_sbg_check_period(&env, 0, 1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_sbg_check_period(&env, SEG_SBG_LAST_PERIOD, 1) == SEG_OK);
	CHECK(seg_sbg_check_period(&env, SEG_SBG_LAST_PERIOD + 1, 1) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_sbg_check_period(&env, 1.5, 1) == SEG_NOT_COUNT);
	CHECK(seg_sbg_check_period(&env, NAN, 1) == SEG_INFINITE);
	unit_env_free(&env);
}

/* Where nearly everybody leaves at once, b is far below 1. */
static void
small_shapes_keep_their_digits(void)
{
	SegSbg model = {.a = 1 + 0x1p-30, .b = 1e-9};
	SegSbgTerms free = {1, 1, 0};
	SegEnv env = unit_env();
	double value;
	bool is_known;

	CHECK_RELATIVE(seg_sbg_retention(&model, 1),
	               1e-9 / (model.a + 1e-9),
	               1e-15);
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_OK);
	CHECK_RELATIVE(value, 1 + 1e-9 * 0x1p30, 1e-15);
	unit_env_free(&env);
}

static void
values_may_be_unbounded(void)
{
	SegSbg model = {.a = 1, .b = 3};
	SegSbgTerms free = {10, 0.5, 0};
	SegEnv env = unit_env();
	double value;
	bool is_known;

	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_OK);
	CHECK(!is_known);
	model.a = 2;
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_OK);
	CHECK(is_known && value == 20);
	/* interest that tends to nothing tends to it */
	free.discount_rate = 1e-13;
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_OK);
	CHECK_NEAR(value, 20, 1e-10);
	free.discount_rate = -0.1;
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) ==
	      SEG_ARGUMENT_RANGE);
	free = (SegSbgTerms){1e200, 1e200, 1};
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) ==
	      SEG_NOT_FINITE);
	free = (SegSbgTerms){NAN, 1, 1};
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_INFINITE);
	free = (SegSbgTerms){1, INFINITY, 1};
	CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_INFINITE);
	/* the bounds of what a model may hold */
	for (int i = 0; i < 4; i++)
	{
		model.a = i % 2 ? 1e9 : 1e-9;
		model.b = i / 2 ? 1e9 : 1e-9;
		free = (SegSbgTerms){1, 1, i % 2 ? 1e-100 : 1e100};
		CHECK(seg_sbg_ltv(&env, &model, &free, &value, &is_known) == SEG_OK);
		CHECK(value >= 1 && isfinite(value));
		CHECK(seg_sbg_survival(&model, SEG_SBG_LAST_PERIOD) >= 0);
	}
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	static const double rows[] = {0, 1000, 1, 869, 2, 743, 3, 653};
	SegEnv env = unit_env();
	int allocations, questions;
	bool is_known;
	SegSbg m;

	CHECK(train(&env, rows, 4, &m, &is_known) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train(&env, rows, 4, &m, &is_known) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train(&env, rows, 4, &m, &is_known) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

/* ---------- contracts ---------- */

typedef struct Contract
{
	double duration;
	bool lost;
	double customers;
} Contract;

static SegStatus
train_contracts(SegEnv *env, const Contract *contracts, int n, SegSbg *model,
                bool *is_known)
{
	SegMemoryRows source;
	double rows[3 * 16];

	*model = (SegSbg){0};
	for (int i = 0; i < n; i++)
	{
		double *row = rows + 3 * i;

		CHECK(seg_sbg_contract(env,
		                       contracts[i].duration,
		                       contracts[i].lost,
		                       row) == SEG_OK);
		row[SEG_CONTRACT_COLUMNS] = contracts[i].customers;
	}
	seg_memory_rows(&source, rows, n, SEG_CONTRACT_COLUMNS, 3, 4);
	return seg_sbg_train_contracts(env, &source.rows, model, is_known);
}

/* By test/oracle/lifetime.py, from the formulas of the papers. */
static void
fits_contracts_of_different_ages(void)
{
	static const Contract contracts[] = {{0, false, 40},
	                                     {5, true, 15},
	                                     {1, false, 200},
	                                     {1, true, 300},
	                                     {2, true, 100},
	                                     {3, false, 250},
	                                     {3, true, 50},
	                                     {4, false, 190},
	                                     {6, false, 220}};
	/* the same with fractions, and one row again */
	static const Contract fractions[] = {{0.9, false, 40},
	                                     {4.01, true, 15},
	                                     {1.5, false, 200},
	                                     {0, true, 100},
	                                     {0.3, true, 200},
	                                     {2, true, 100},
	                                     {3, false, 250},
	                                     {2.5, true, 50},
	                                     {4.25, false, 190},
	                                     {6.99, false, 220}};
	SegEnv env = unit_env();
	SegSbg m, other;
	bool is_known;

	CHECK(train_contracts(&env, contracts, 9, &m, &is_known) == SEG_OK);
	CHECK(is_known && m.fit.converged);
	CHECK(unit_is_valid(&env, &seg_sbg_method, &m));
	CHECK_RELATIVE(m.a, 0.16967137114350916, 1e-13);
	CHECK_RELATIVE(m.b, 0.5668973335788524, 1e-13);
	CHECK_RELATIVE(m.a_std_error, 0.018976524626352412, 1e-12);
	CHECK_RELATIVE(m.b_std_error, 0.07843714362021154, 1e-12);
	CHECK_RELATIVE(m.fit.log_likelihood, -1282.4853883406672, 1e-14);
	CHECK(m.last_period == 6 && m.fit.weight == 1365 && m.fit.rows_used == 9);

	CHECK(train_contracts(&env, fractions, 10, &other, &is_known) == SEG_OK);
	CHECK(other.a == m.a && other.b == m.b &&
	      other.fit.log_likelihood == m.fit.log_likelihood);
	unit_env_free(&env);
}

/* A cohort that was counted is one of contracts, all watched for as long. */
static void
a_cohort_is_its_contracts(void)
{
	static const double counts[] = {0, 1000, 1, 631, 2, 468, 3, 382};
	static const Contract contracts[] = {{1, true, 369},
	                                     {2, true, 163},
	                                     {3, true, 86},
	                                     {3, false, 382}};
	SegEnv env = unit_env();
	SegSbg m, other;
	bool is_known;

	CHECK(train(&env, counts, 4, &m, &is_known) == SEG_OK);
	CHECK(train_contracts(&env, contracts, 4, &other, &is_known) == SEG_OK);
	CHECK_RELATIVE(other.a, m.a, 1e-12);
	CHECK_RELATIVE(other.b, m.b, 1e-12);
	CHECK_RELATIVE(other.a_std_error, m.a_std_error, 1e-11);
	CHECK_RELATIVE(other.fit.log_likelihood, m.fit.log_likelihood, 1e-14);
	CHECK(other.last_period == 3 && other.fit.weight == 1000);
	unit_env_free(&env);
}

static void
bad_contracts_are_survived(void)
{
	static const struct
	{
		int n;
		Contract contracts[2];
		bool is_known;
	} bad[] = {{1, {{0, false, 5}}, false},
	           {2, {{0.5, false, 5}, {-0.0, false, 2}}, false},
	           {1, {{0, true, 1}}, true},
	           {1, {{7, false, 10}}, true},
	           {1, {{7, true, 10}}, true},
	           {2, {{1, true, 10}, {1, false, 20}}, true},
	           {2, {{10000, true, 1}, {10000, false, 1e9}}, true}};
	static const double refused[] =
		{-1, -1e-300, 10000.5, 1e300, INFINITY, -INFINITY, NAN};
	SegEnv env = unit_env();
	double row[SEG_CONTRACT_COLUMNS];
	bool is_known;
	SegSbg m;

	for (size_t i = 0; i < LENGTH(bad); i++)
	{
		CHECK(
			train_contracts(&env, bad[i].contracts, bad[i].n, &m, &is_known) ==
			SEG_OK);
		CHECK(is_known == bad[i].is_known);
		if (is_known)
			CHECK(!m.fit.converged && unit_is_valid(&env, &seg_sbg_method, &m));
	}
	for (size_t i = 0; i < LENGTH(refused); i++)
	{
		CHECK(seg_sbg_contract(&env, refused[i], true, row) ==
		      SEG_ARGUMENT_RANGE);
		CHECK(seg_sbg_contract(&env, refused[i], false, row) ==
		      SEG_ARGUMENT_RANGE);
	}
	unit_env_free(&env);
}

void
test_sbg(void)
{
	agrees_with_the_papers();
	derivatives_are_right();
	shares_fit_together();
	reproduces_the_published_fits();
	finds_what_was_put_in();
	bad_cohorts_are_survived();
	mistakes_are_refused();
	small_shapes_keep_their_digits();
	values_may_be_unbounded();
	trouble_of_the_host_is_passed_on();
	fits_contracts_of_different_ages();
	a_cohort_is_its_contracts();
	bad_contracts_are_survived();
}
