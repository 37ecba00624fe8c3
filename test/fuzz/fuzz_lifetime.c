/*
 * fuzz_lifetime.c: customer models with any parameters that a stored one may
 * have, scoring any customer; and fits to any rows.
 *
 * Two bytes make a number: whole and small, or of any magnitude. The first byte
 * picks the method, and whether to score or to fit. An input is sound if it makes a
 * model that may be stored.
 */
#include "fuzz.h"
#include "kernel/lifetime/bgnbd.h"
#include "kernel/lifetime/clv.h"
#include "kernel/lifetime/gamma_gamma.h"
#include "kernel/lifetime/paretonbd.h"
#include "kernel/lifetime/sbg.h"

#define MAX_NUMBERS 40

typedef struct Input
{
	double number[MAX_NUMBERS];
	int n;
} Input;

static double
number_of(const uint8_t *two)
{
	double v = (int16_t) (two[0] << 8 | two[1]);

	return fabs(v) < 64 ? v : exp2((fabs(v) - 16384) / 40);
}

static bool
is_positive(double x)
{
	return x >= 0 && isfinite(x);
}

/* Can a stored model hold this value? */
static bool
is_valid(SegEnv *env, const SegMethod *method, const void *value)
{
	return seg_image_validate(env, method, value) == SEG_OK;
}

static void
score_customer(SegEnv *env, const SegClvModels *models, double *number)
{
	SegClvTerms terms = {number[3], number[4], number[3] / 7};
	double spending[] = {number[0], number[5]};
	double value;
	bool counts, is_known;

	if (seg_purchases_check(env, number, &counts) != SEG_OK ||
	    seg_gamma_gamma_check(env, spending, &counts) != SEG_OK ||
	    seg_check_input(env, "horizon", number[3]) != SEG_OK)
		return;
	if (models->method == &seg_bgnbd_method)
	{
		double p = seg_bgnbd_p_alive(models->purchases, number);

		REQUIRE(p >= 0 && p <= 1);
		REQUIRE(is_positive(seg_bgnbd_purchases_if_alive(models->purchases,
		                                                 number,
		                                                 number[3])));
	}
	else
	{
		double p = seg_paretonbd_p_alive(models->purchases, number);

		REQUIRE(p >= 0 && p <= 1);
		REQUIRE(is_positive(seg_paretonbd_purchases_if_alive(models->purchases,
		                                                     number,
		                                                     number[3])));
	}
	if (seg_clv(env, models, number, spending, &terms, &value, &is_known) ==
	    SEG_OK)
		REQUIRE(!is_known || value >= 0);
}

static bool
score(SegEnv *env, int method, Input *in)
{
	double *x = in->number;
	SegFit fit = {.rows_used = 1, .version = {"", 0}};
	SegText options = {"", 0};
	double none = NAN;
	SegBgnbd bg = {x[0], x[1], x[2], x[3], none, none, none, none, fit, options};
	SegParetonbd pn =
		{x[0], x[1], x[2], x[3], none, none, none, none, fit, options};
	SegGammaGamma gg = {x[4], x[5], x[6], none, none, none, none, fit};
	SegSbg sbg = {x[0], x[1], none, none, 1, fit};
	SegClvModels models = {&seg_bgnbd_method, &bg, &gg};
	double value;
	bool is_known;
	bool is_sound =
		method == 2
			? is_valid(env, &seg_sbg_method, &sbg)
			: is_valid(env, &seg_gamma_gamma_method, &gg) &&
				  (method == 0 ? is_valid(env, &seg_bgnbd_method, &bg)
	                           : is_valid(env, &seg_paretonbd_method, &pn));

	if (method == 1)
		models = (SegClvModels){&seg_paretonbd_method, &pn, &gg};
	if (method < 2 && is_sound)
		score_customer(env, &models, x + 7);
	if (method == 2 && is_sound && seg_sbg_check_period(env, x[2], 1) == SEG_OK)
	{
		SegSbgTerms terms = {1, 1, x[3], x[4]};
		double retention = seg_sbg_retention(&sbg, x[2]);
		double survival = seg_sbg_survival(&sbg, x[2]);

		REQUIRE(retention >= 0 && retention <= 1);
		REQUIRE(survival >= 0 && survival <= 1 + 1e-9);
		if (seg_sbg_ltv(env, &sbg, &terms, &value, &is_known) == SEG_OK)
			REQUIRE(!is_known || value >= fmin(terms.horizon, 1) - 1e-9);
	}
	return method < 3 && is_sound;
}

/*
 * Move rows that pass the checks to the front of the input; a weight follows the
 * columns of a row, if its stride has room for one.
 */
static int
keep_rows(SegEnv *env, int columns, int stride,
          SegStatus (*check)(SegEnv *, double *, bool *), Input *in)
{
	int kept = 0;

	for (int i = 0; (i + 1) * stride <= in->n; i++)
	{
		double *row = in->number + (ptrdiff_t) i * stride;
		bool counts;

		if (check(env, row, &counts) != SEG_OK || !counts ||
		    (stride > columns && !(row[columns] > 0)))
			continue;
		memmove(in->number + (ptrdiff_t) kept * stride,
		        row,
		        (size_t) stride * sizeof(double));
		kept++;
	}
	return kept;
}

static bool
fit(SegEnv *env, int method, Input *in)
{
	int columns = method < 2 ? SEG_PURCHASE_COLUMNS : SEG_SPEND_COLUMNS;
	/* a row of a cohort has no weight */
	int stride = method == 2 ? columns : columns + 1;
	int n = keep_rows(env,
	                  columns,
	                  stride,
	                  method < 2    ? seg_purchases_check
	                  : method == 2 ? seg_sbg_check
	                                : seg_gamma_gamma_check,
	                  in);
	SegFitParams params = {200, 1e-8, 0};
	SegBgnbd bg = {.options = {"", 0}, .fit = {.version = {"", 0}}};
	SegParetonbd pn = {.options = {"", 0}, .fit = {.version = {"", 0}}};
	SegGammaGamma gg = {.fit = {.version = {"", 0}}};
	SegSbg sbg = {.fit = {.version = {"", 0}}};
	SegMemoryRows rows;
	bool is_known = true;
	SegStatus status;

	if (n == 0)
		return false;
	seg_memory_rows(&rows, in->number, n, columns, stride, 3);
	if (method == 0)
		status = seg_bgnbd_train(env, &rows.rows, &params, &bg);
	else if (method == 1)
		status = seg_paretonbd_train(env, &rows.rows, &params, &pn);
	else if (method == 2)
		status = seg_sbg_train(env, &rows.rows, &sbg, &is_known);
	else
		status = seg_gamma_gamma_train(env, &rows.rows, &gg);
	if (status != SEG_OK || !is_known)
		return false;
	REQUIRE(method == 0   ? is_valid(env, &seg_bgnbd_method, &bg)
	        : method == 1 ? is_valid(env, &seg_paretonbd_method, &pn)
	        : method == 2 ? is_valid(env, &seg_sbg_method, &sbg)
	                      : is_valid(env, &seg_gamma_gamma_method, &gg));
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env = unit_env();
	Input in = {{0}, 0};

	for (size_t i = 1; i + 1 < size && in.n < MAX_NUMBERS; i += 2)
		in.number[in.n++] = number_of(data + i);
	if (size == 0)
		fuzz_input_is(false);
	else if ((data[0] & 4) == 0)
		fuzz_input_is(score(&env, data[0] & 3, &in));
	else
		fuzz_input_is(fit(&env, data[0] & 3, &in));
	unit_env_free(&env);
	return 0;
}
