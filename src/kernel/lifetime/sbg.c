/*-------------------------------------------------------------------------
 *
 * sbg.c
 *	  The shifted-beta-geometric model of retention under contract [1].
 *
 * At the end of each period a customer leaves with an individual probability;
 * these have a beta distribution of a and b.  Those quick to leave go first, so
 * retention rises with time: b / (a + b) after the first period,
 * (b + n - 1) / (a + b + n - 1) after the n-th.
 *
 * Of those alive in a period, some are gone by the next one that was counted,
 * however many periods later: so periods may be left out.  With S(t), the
 * chance of staying t times (stays.c), the log-likelihood is the sum over these
 * steps of lost log (S(from) - S(to)), plus survivors log S(last).  Contracts
 * watched for different times make the same steps, of one period each, and
 * survivors in many periods.
 *
 * What a customer is worth is the mean over the beta distribution of a
 * geometric series [2, eq. 4]: sum over t of ((1 - p) / (1 + d))^t
 * = (1 + d) / (d + p).  The mean is integrated; the hypergeometric series of
 * [2] would need more terms the smaller d is.
 *
 * [1] P. S. Fader, B. G. S. Hardie, "How to Project Customer Retention", Journal
 * of Interactive Marketing 21(1), 2007.
 *
 * [2] P. S. Fader, B. G. S. Hardie, "Customer-Base Valuation in a Contractual
 * Setting: The Perils of Ignoring Heterogeneity", Marketing Science 29(1), 2010.
 *
 * src/kernel/lifetime/sbg.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/sbg.h"

#include <float.h>
#include <math.h>

#include "kernel/lifetime/distinct.h"
#include "base/periods.h"
#include "base/quadrature.h"
#include "base/tags.h"
#include "base/timefix.h"
#include "kernel/lifetime/stays.h"
#include "kernel/value/value.h"

/* clang-format off */
static const SegField fields[] = {
	SEG_REAL(SegSbg, a, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegSbg, b, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_OPTIONAL_REAL(SegSbg, a_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegSbg, b_std_error, 0, DBL_MAX),
	SEG_INT(SegSbg, last_period, 1, SEG_SBG_LAST_PERIOD),
	SEG_FIT_FIELDS(SegSbg),
	SEG_FIELD_END
};
/* clang-format on */

static bool
sbg_is_sound(const void *value)
{
	const SegSbg *m = value;
	double errors[] = {m->a_std_error, m->b_std_error};

	return seg_fit_is_sound(&m->fit, errors, 2);
}

const SegMethod seg_sbg_method = {.tag = SEG_TAG_SBG,
                                  .format = 1,
                                  .name = "sbg",
                                  .title = "shifted-beta-geometric model",
                                  .fields = fields,
                                  .size = sizeof(SegSbg),
                                  .is_sound = sbg_is_sound};

/* ---------- the likelihood of steps ---------- */

/* A step; to = from: those who are there in the last period. */
typedef struct Step
{
	double from;
	double to;
	double customers;
} Step;

#define STEP_COLUMNS 2 /* and the weight */

enum
{
	A,
	B,
	N_PARAMETERS
};

static void
sbg_start(int which, const double *means, double *parameters)
{
	(void) which;
	(void) means;
	parameters[A] = 1.0;
	parameters[B] = 1.0;
}

/*
 * From the log of a chance to that of its opposite, by the chain rule.
 */
static SegStays
opposite(const SegStays *f)
{
	double odds = 1.0 / expm1(-f->log);
	double slope = -odds * (1.0 + odds);

	return (SegStays){.log = log(-expm1(f->log)),
	                  .a = -odds * f->a,
	                  .b = -odds * f->b,
	                  .aa = slope * f->a * f->a - odds * f->aa,
	                  .ab = slope * f->a * f->b - odds * f->ab,
	                  .bb = slope * f->b * f->b - odds * f->bb};
}

static void
sbg_add(const double *parameters, const double *rows, int64_t n,
        SegDerivatives *sum)
{
	const Step *step = (const Step *) rows;
	double a = parameters[A];
	double b = parameters[B];

	for (int64_t i = 0; i < n; i++, step++)
	{
		SegStays until = seg_stays(a, b, step->from);

		seg_stays_add(&until, a, b, step->customers, A, sum);
		if (step->to > step->from)
		{
			/* those who stayed so often have the distribution of a, b + from */
			SegStays stay = seg_stays(a, b + step->from, step->to - step->from);
			SegStays leave = opposite(&stay);

			seg_stays_add(&leave, a, b, step->customers, A, sum);
		}
	}
}

const SegLikelihood seg_sbg_likelihood = {.name =
                                              "shifted-beta-geometric model",
                                          .n = N_PARAMETERS,
                                          .parameters = {"a", "b"},
                                          .starts = 1,
                                          .start = sbg_start,
                                          .add = sbg_add};

/* ---------- training ---------- */

SegStatus
seg_sbg_check_period(SegEnv *env, double n, double low)
{
	SEG_TRY(seg_check_count(env, "period", n));
	if (n < low || n > SEG_SBG_LAST_PERIOD)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "period",
		                      n,
		                      low,
		                      SEG_SBG_LAST_PERIOD);
	return SEG_OK;
}

SegStatus
seg_sbg_check(SegEnv *env, double *row, bool *counts)
{
	*counts = true;
	SEG_TRY(seg_sbg_check_period(env, row[SEG_SBG_PERIOD], 0.0));
	return seg_check_input(env, "number of customers", row[SEG_SBG_ALIVE]);
}

/* A row of the table of distinct rows. */
typedef struct Period
{
	double period;
	double alive;
	double times; /* it was given */
} Period;

/*
 * Refuse whether a contract was lost, as 0 or 1, for a number of customers.
 */
static SegStatus
refuse_flags(SegEnv *env, const Period *periods, int64_t n)
{
	double rows = 0.0;
	double ones = 0.0;

	for (int64_t i = 0; i < n; i++)
	{
		if (periods[i].alive != 0.0 && periods[i].alive != 1.0)
			return SEG_OK;
		rows += periods[i].times;
		ones += periods[i].alive * periods[i].times;
	}
	return rows > 1.0 && ones > 0.0
	           ? seg_fail_name(env,
	                           SEG_IS_FLAG,
	                           "number of customers",
	                           "sbg_train(duration, lost::boolean)")
	           : SEG_OK;
}

/*
 * Rows are by period, one per period, never with more customers than before.
 */
static SegStatus
check_periods(SegEnv *env, const Period *periods, int64_t n)
{
	if (periods[0].period != 0.0)
		return seg_fail(env, SEG_NO_START, "period", periods[0].period, 0);
	for (int64_t i = 0; i < n; i++)
	{
		const Period *now = &periods[i];
		const Period *before = i > 0 ? now - 1 : now;

		if (now->times > 1.0 || (i > 0 && now->period == before->period))
			return seg_fail(env, SEG_REPEATED, "period", now->period, 0);
		if (now->alive > before->alive)
			return seg_fail_facts(env,
			                      SEG_RISING,
			                      (SegDiag){.what = "number of customers",
			                                .name = "period",
			                                .got = now->period,
			                                .want = before->alive,
			                                .limit = now->alive});
	}
	return SEG_OK;
}

/*
 * From each period to the next; steps that nobody took say nothing.
 */
static int64_t
make_steps(const Period *periods, int64_t n, Step *steps)
{
	int64_t made = 0;

	for (int64_t i = 0; i < n; i++)
	{
		const Period *now = &periods[i];
		Step step = {now->period, now->period, now->alive};

		if (i < n - 1)
			step =
				(Step){now->period, now[1].period, now->alive - now[1].alive};
		if (step.customers > 0.0)
			steps[made++] = step;
	}
	return made;
}

static SegStatus
fit_steps(SegEnv *env, const Step *steps, int64_t n, SegSbg *model)
{
	SegFitParams params;
	SegEstimates found;
	SegMemoryRows source;

	seg_memory_rows(&source,
	                (const double *) steps,
	                n,
	                STEP_COLUMNS,
	                STEP_COLUMNS + 1,
	                n);
	seg_options_defaults(seg_fit_options, &params, sizeof(params));
	SEG_TRY(seg_fit(env,
	                &source.rows,
	                &seg_sbg_likelihood,
	                &params,
	                &model->fit,
	                &found));
	model->a = found.value[A];
	model->b = found.value[B];
	model->a_std_error = found.std_error[A];
	model->b_std_error = found.std_error[B];
	return SEG_OK;
}

SegStatus
seg_sbg_train(SegEnv *env, SegRows *rows, SegSbg *model, bool *is_known)
{
	SegDistinct table;
	const Period *periods;
	Step *steps;
	int64_t n;
	bool is_read;

	SEG_TRY(seg_distinct_open(env, rows, SEG_SBG_MAX_PERIODS + 1, &table));
	SEG_TRY(seg_distinct_next(env, &table, &is_read));
	if (!table.is_last)
		return seg_fail(env,
		                SEG_LIMIT,
		                "periods",
		                (double) rows->n,
		                SEG_SBG_MAX_PERIODS);
	periods = (const Period *) table.x;
	SEG_TRY(refuse_flags(env, periods, table.n));
	SEG_TRY(check_periods(env, periods, table.n));
	*is_known = table.n > 1 && periods[0].alive > 0.0;
	if (!*is_known)
		return SEG_OK;

	SEG_ALLOC(env, steps, table.n);
	n = make_steps(periods, table.n, steps);
	SEG_TRY(fit_steps(env, steps, n, model));
	model->fit.rows_used = rows->n;
	model->last_period = (int64_t) periods[table.n - 1].period;
	return SEG_OK;
}

/*
 * Everybody is there in period 0, and in those that have begun; lost customers
 * are missing from the next one.  3.0000000000000004 periods are 3.
 */
SegStatus
seg_sbg_contract(SegEnv *env, double duration, bool lost, double *row)
{
	if (!(duration >= 0.0 && duration <= SEG_SBG_MAX_PERIODS))
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "duration",
		                      duration,
		                      0.0,
		                      SEG_SBG_MAX_PERIODS);
	duration = seg_timefix_periods(duration);
	row[SEG_CONTRACT_PERIOD] =
		lost ? fmax(ceil(duration), 1.0) : floor(duration) + 0.0;
	row[SEG_CONTRACT_LOST] = lost ? 1.0 : 0.0;
	return SEG_OK;
}

/* A row of the table of distinct contracts. */
typedef struct Contracts
{
	double period;
	double lost;
	double customers;
} Contracts;

SegStatus
seg_sbg_train_contracts(SegEnv *env, SegRows *rows, SegSbg *model,
                        bool *is_known)
{
	SegDistinct table;
	const Contracts *contracts;
	double last;
	Step *steps;
	bool is_read;

	SEG_TRY(
		seg_distinct_open(env, rows, 2 * (SEG_SBG_MAX_PERIODS + 1), &table));
	SEG_TRY(seg_distinct_next(env, &table, &is_read));
	contracts = (const Contracts *) table.x;
	last = contracts[table.n - 1].period;
	*is_known = last > 0.0;
	if (!*is_known)
		return SEG_OK;

	SEG_ALLOC(env, steps, table.n);
	for (int64_t i = 0; i < table.n; i++)
		steps[i] = (Step){contracts[i].period - contracts[i].lost,
		                  contracts[i].period,
		                  contracts[i].customers};
	SEG_TRY(fit_steps(env, steps, table.n, model));
	model->fit.rows_used = rows->n;
	model->last_period = (int64_t) last;
	return SEG_OK;
}

/* ---------- scoring ---------- */

double
seg_sbg_retention(const SegSbg *model, double n)
{
	double stayed = model->b + (n - 1.0);

	return stayed / (model->a + stayed);
}

double
seg_sbg_survival(const SegSbg *model, double n)
{
	return exp(seg_stays(model->a, model->b, n).log);
}

static double
periods_at(const void *context, double p, double q)
{
	const SegSbgTerms *terms = context;

	(void) q;
	return seg_paid_periods(p, terms->discount_rate, terms->horizon);
}

/*
 * The mean of the periods paid for, over customers.
 */
static double
mean_periods(const SegSbg *model, const SegSbgTerms *terms)
{
	double d = terms->discount_rate;

	if (terms->horizon == 0)
		return 0;
	if (d == 0 && isinf(terms->horizon)) /* the mean of 1 / p */
		return model->a > 1.0 ? 1.0 + model->b / (model->a - 1.0) : INFINITY;
	return seg_beta_mean(model->a,
	                     model->b,
	                     periods_at,
	                     terms,
	                     fmin(1.0 / d, terms->horizon));
}

SegStatus
seg_sbg_ltv(SegEnv *env, const SegSbg *model, const SegSbgTerms *terms,
            double *value, bool *is_known)
{
	double factors[] = {terms->arpu, terms->margin, 0.0};

	SEG_TRY(seg_check_finite(env, "arpu", terms->arpu));
	SEG_TRY(seg_check_finite(env, "margin", terms->margin));
	SEG_TRY(seg_check_input(env, "discount_rate", terms->discount_rate));
	SEG_TRY(seg_check_horizon(env, terms->horizon));
	factors[2] = mean_periods(model, terms);
	*is_known = !isinf(factors[2]);
	if (!*is_known)
		return SEG_OK;
	*value = seg_quotient_of_product(factors, 3, 1.0);
	if (!isfinite(*value))
		return seg_fail(env, SEG_NOT_FINITE, "lifetime value", 0, 0);
	return SEG_OK;
}

/* ---------- the trainers ---------- */

static SegStatus
sbg_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegSbg *model = result;
	bool is_known;

	(void) params;
	SEG_TRY(seg_sbg_train(env, rows, model, &is_known));
	if (!is_known)
		return SEG_UNDEFINED;
	seg_fit_note(env, &model->fit, seg_sbg_method.title);
	return SEG_OK;
}

static SegStatus
sbg_check_contract(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return seg_sbg_contract(env, numbers[0], numbers[1] != 0.0, numbers);
}

static SegStatus
sbg_train_contracts(SegEnv *env, void *rows, const void *params, void *result)
{
	SegSbg *model = result;
	bool is_known;

	(void) params;
	SEG_TRY(seg_sbg_train_contracts(env, rows, model, &is_known));
	if (!is_known)
		return SEG_UNDEFINED;
	seg_fit_note(env, &model->fit, seg_sbg_method.title);
	return SEG_OK;
}

const SegTrainer seg_sbg_trainer = {.method = &seg_sbg_method,
                                    .columns = {{SEG_COLUMN_NUMBER},
                                                {SEG_COLUMN_NUMBER}},
                                    .check_row = seg_sbg_check,
                                    .train = sbg_train};

const SegTrainer seg_sbg_contracts_trainer = {.method = &seg_sbg_method,
                                              .columns = {{SEG_COLUMN_NUMBER},
                                                          {SEG_COLUMN_NUMBER}},
                                              .check_row = sbg_check_contract,
                                              .train = sbg_train_contracts};
