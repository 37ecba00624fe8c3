/* test_clv.c: kernel/lifetime/clv.c by its definition, and kernel/lifetime/purchases.c's checks */
#include "kernel/lifetime/clv.h"

#include "kernel/lifetime/bgnbd.h"
#include "kernel/lifetime/paretonbd.h"
#include "kernel/lifetime/sbg.h"
#include "likelihood.h"

void test_clv(void);

static const SegBgnbd bgnbd = {.r = 0.24, .alpha = 4.4, .a = 0.8, .b = 2.4};
static const SegParetonbd paretonbd = {.r = 0.55,
                                       .alpha = 10.6,
                                       .s = 0.6,
                                       .beta = 11.7};
static const SegGammaGamma spend = {.p = 6.25, .q = 3.74, .v = 15.44};

static const double customer[] = {2, 30.43, 38.86};
static const double spending[] = {2, 22.35};

static double
clv(const SegMethod *method, const void *model, double horizon,
    double discount_rate, double period)
{
	SegEnv env = unit_env();
	SegClvModels models = {method, model, &spend};
	SegClvTerms terms = {horizon, discount_rate, period};
	double value;
	bool is_known;

	CHECK(
		seg_clv(&env, &models, customer, spending, &terms, &value, &is_known) ==
		SEG_OK);
	CHECK(is_known);
	unit_env_free(&env);
	return value;
}

static double
purchases(bool is_bgnbd, double horizon)
{
	return is_bgnbd
	           ? seg_bgnbd_p_alive(&bgnbd, customer) *
	                 seg_bgnbd_purchases_if_alive(&bgnbd, customer, horizon)
	           : seg_paretonbd_p_alive(&paretonbd, customer) *
	                 seg_paretonbd_purchases_if_alive(&paretonbd,
	                                                  customer,
	                                                  horizon);
}

static void
is_the_sum_over_periods(void)
{
	double mean;

	CHECK(seg_gamma_gamma_expected(&spend, spending, &mean));
	for (int is_bgnbd = 0; is_bgnbd < 2; is_bgnbd++)
	{
		const SegMethod *method =
			is_bgnbd ? &seg_bgnbd_method : &seg_paretonbd_method;
		const void *model =
			is_bgnbd ? (const void *) &bgnbd : (const void *) &paretonbd;
		double sum = 0.0;

		for (int i = 1; i <= 12; i++)
			sum += mean *
			       (purchases(is_bgnbd, 4 * i) -
			        purchases(is_bgnbd, 4 * (i - 1))) /
			       pow(1.01, i);
		CHECK_RELATIVE(clv(method, model, 48, 0.01, 4), sum, 1e-13);
		/* a partial last period */
		sum += mean * (purchases(is_bgnbd, 49) - purchases(is_bgnbd, 48)) /
		       pow(1.01, 13);
		CHECK_RELATIVE(clv(method, model, 49, 0.01, 4), sum, 1e-13);
		/* without interest, periods do not matter */
		CHECK_RELATIVE(clv(method, model, 49, 0, 4),
		               mean * purchases(is_bgnbd, 49),
		               1e-13);
		CHECK_RELATIVE(clv(method, model, 49, 0, 1e-1),
		               mean * purchases(is_bgnbd, 49),
		               1e-12);
		CHECK_RELATIVE(clv(method, model, 49, 0.5, 1e9),
		               mean * purchases(is_bgnbd, 49) / 1.5,
		               1e-13);
		CHECK(clv(method, model, 0, 0.01, 4) == 0);
		CHECK(isfinite(clv(method, model, 1e100, 1e300, 1e97)));
	}
}

static SegStatus
try_terms(double horizon, double discount_rate, double period)
{
	SegEnv env = unit_env();
	SegClvModels models = {&seg_bgnbd_method, &bgnbd, &spend};
	SegClvTerms terms = {horizon, discount_rate, period};
	double value;
	bool is_known;
	SegStatus status =
		seg_clv(&env, &models, customer, spending, &terms, &value, &is_known);

	unit_env_free(&env);
	return status;
}

static void
terms_are_checked(void)
{
	CHECK(try_terms(-1, 0, 1) == SEG_ARGUMENT_RANGE);
	CHECK(try_terms(1.1e100, 0, 1e100) == SEG_ARGUMENT_RANGE);
	CHECK(try_terms(NAN, 0, 1) == SEG_INFINITE);
	CHECK(try_terms(1, -0.01, 1) == SEG_ARGUMENT_BELOW);
	CHECK(try_terms(1, NAN, 1) == SEG_ARGUMENT_BELOW);
	CHECK(try_terms(1, INFINITY, 1) == SEG_ARGUMENT_BELOW);
	CHECK(try_terms(1, 0, 0) == SEG_NOT_POSITIVE);
	CHECK(try_terms(1, 0, -1) == SEG_NOT_POSITIVE);
	CHECK(try_terms(1, 0, NAN) == SEG_NOT_POSITIVE);
	CHECK(try_terms(SEG_CLV_MAX_PERIODS, 0, 1) == SEG_OK);
	CHECK(try_terms(SEG_CLV_MAX_PERIODS + 0.1, 0, 1) == SEG_LIMIT);
	CHECK(try_terms(1e100, 0, 1e-300) == SEG_LIMIT);
}

static void
knows_its_models(void)
{
	SegEnv env = unit_env();
	SegGammaGamma infinite = {.p = 1, .q = 0.5, .v = 1};
	SegClvModels models = {&seg_bgnbd_method, &bgnbd, &infinite};
	SegClvTerms terms = {10, 0.1, 1};
	double value;
	bool is_known = true;

	CHECK(seg_clv_takes(&seg_bgnbd_method));
	CHECK(seg_clv_takes(&seg_paretonbd_method));
	CHECK(!seg_clv_takes(&seg_gamma_gamma_method));
	CHECK(!seg_clv_takes(&seg_sbg_method));

	CHECK(seg_clv(&env,
	              &models,
	              (double[]){0, 0, 5},
	              (double[]){0, 0},
	              &terms,
	              &value,
	              &is_known) == SEG_OK);
	CHECK(!is_known);
	terms.horizon = 1000;
	models.spend = &spend;
	unit_env_stop_after(&env, 1);
	CHECK(
		seg_clv(&env, &models, customer, spending, &terms, &value, &is_known) ==
		SEG_STOPPED);
	unit_env_free(&env);
}

/* A value beyond the range of a double is refused. */
static void
values_are_finite(void)
{
	static const SegBgnbd eager = {.r = 1e9,
	                               .alpha = 1e-110,
	                               .a = 1e-9,
	                               .b = 1e9};
	static const SegGammaGamma rich = {.p = 1e9, .q = 2, .v = 1e110};
	SegEnv env = unit_env();
	SegClvModels models = {&seg_bgnbd_method, &eager, &rich};
	SegClvTerms terms = {1e100, 0, 1e100};
	double value;
	bool is_known;

	CHECK(seg_clv(&env,
	              &models,
	              (double[]){0, 0, 0},
	              (double[]){0, 0},
	              &terms,
	              &value,
	              &is_known) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

static SegStatus
try_customer(double frequency, double recency, double age)
{
	SegEnv env = unit_env();
	double row[] = {frequency, recency, age};
	bool counts = false;
	SegStatus status = seg_purchases_check(&env, row, &counts);

	CHECK(counts);
	unit_env_free(&env);
	return status;
}

static void
customers_are_checked(void)
{
	CHECK(try_customer(0, 0, 0) == SEG_OK);
	CHECK(try_customer(2, 5, 5) == SEG_OK);
	CHECK(try_customer(2, 0, 5) == SEG_OK);
	CHECK(try_customer(0x1p53, 1e100, 1e100) == SEG_OK);
	CHECK(try_customer(2.5, 1, 5) == SEG_NOT_COUNT);
	CHECK(try_customer(-1, 1, 5) == SEG_NOT_COUNT);
	CHECK(try_customer(NAN, 1, 5) == SEG_INFINITE);
	CHECK(try_customer(1, 5.1, 5) == SEG_ABOVE);
	CHECK(try_customer(0, 1, 5) == SEG_NOT_ZERO);
	CHECK(try_customer(1, -1, 5) == SEG_ARGUMENT_RANGE);
	CHECK(try_customer(1, 0, -5) == SEG_ARGUMENT_RANGE);
	CHECK(try_customer(1, INFINITY, INFINITY) == SEG_INFINITE);
	CHECK(try_customer(1, 1, NAN) == SEG_INFINITE);
	CHECK(try_customer(1, 1, 1e101) == SEG_ARGUMENT_RANGE);
}

void
test_clv(void)
{
	is_the_sum_over_periods();
	terms_are_checked();
	knows_its_models();
	values_are_finite();
	customers_are_checked();
}
