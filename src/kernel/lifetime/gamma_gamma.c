/*-------------------------------------------------------------------------
 *
 * gamma_gamma.c
 *	  The gamma-gamma model of spend per purchase [1].
 *
 * A customer's spend per purchase has a gamma distribution of shape p and an
 * individual rate; across customers, rates have a gamma distribution of shape q
 * and inverse scale v.  How much customers spend has nothing to do with how
 * often they buy.
 *
 * The mean m of x purchases then has the log-likelihood, with y = x m,
 *
 *	- log B(p x, q) - p x log(1 + v / y) - q log(1 + y / v) - log m
 *
 * where B is the beta function: [1, eq. 1a] with like terms combined, so that
 * its powers of large numbers never meet.  Such a customer is expected to spend
 * p (v + y) / (p x + q - 1) in the next purchase.
 *
 * [1] P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma Model of Monetary Value",
 * 2013, brucehardie.com/notes/025.
 *
 * src/kernel/lifetime/gamma_gamma.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/gamma_gamma.h"

#include <float.h>
#include <math.h>

#include "base/special.h"
#include "base/tags.h"

/* clang-format off */
static const SegField fields[] = {
	SEG_REAL(SegGammaGamma, p, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegGammaGamma, q, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegGammaGamma, v, SEG_SMALLEST_SCALE, SEG_LARGEST_SCALE),
	SEG_OPTIONAL_REAL(SegGammaGamma, p_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegGammaGamma, q_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegGammaGamma, v_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegGammaGamma, correlation, -1, 1),
	SEG_FIT_FIELDS(SegGammaGamma),
	SEG_INT(SegGammaGamma, rows_without_spend, 0, 0x1p53),
	SEG_FIELD_END
};
/* clang-format on */

static bool
gamma_gamma_is_sound(const void *value)
{
	const SegGammaGamma *m = value;
	double errors[] = {m->p_std_error, m->q_std_error, m->v_std_error};

	return seg_fit_is_sound(&m->fit, errors, 3);
}

const SegMethod seg_gamma_gamma_method = {.tag = SEG_TAG_GAMMA_GAMMA,
                                          .format = 1,
                                          .name = "gamma_gamma",
                                          .title = "gamma-gamma model",
                                          .fields = fields,
                                          .size = sizeof(SegGammaGamma),
                                          .is_sound = gamma_gamma_is_sound};

enum
{
	P,
	Q,
	V,
	N_PARAMETERS
};

/*
 * Purchases and customers differ much, or both little, or customers much more.
 */
static void
gamma_gamma_start(int which, const double *means, double *parameters)
{
	static const double purchases[] = {2.0, 20.0, 20.0};
	static const double customers[] = {3.0, 20.0, 1.5};

	parameters[P] = purchases[which];
	parameters[Q] = customers[which];
	parameters[V] =
		means[SEG_SPEND_MEAN] * (parameters[Q] - 1.0) / parameters[P];
}

/*
 * What depends on the frequency alone: - log B(p x, q).
 */
static void
gamma_gamma_add_count(const double *parameters, double x, double weight,
                      SegDerivatives *sum)
{
	double q = parameters[Q];
	double px = parameters[P] * x;
	SegRising of_px = seg_rising(px, q);
	SegRising of_q = seg_rising(q, px);

	sum->value += weight * (of_px.log - seg_log_gamma(q));
	sum->gradient[P] += weight * px * of_px.first;
	sum->gradient[Q] += weight * q * of_q.first;
	sum->hessian[P][P] += weight * px * (of_px.first + px * of_px.second);
	sum->hessian[Q][P] += weight * px * q * seg_trigamma(px + q);
	sum->hessian[Q][Q] += weight * q * (of_q.first + q * of_q.second);
}

static void
gamma_gamma_add_row(const double *parameters, const double *row,
                    SegDerivatives *sum)
{
	double px = parameters[P] * row[SEG_SPEND_FREQUENCY];
	double q = parameters[Q];
	double v = parameters[V];
	double y = row[SEG_SPEND_FREQUENCY] * row[SEG_SPEND_MEAN];
	double weight = row[SEG_SPEND_COLUMNS];
	double log_p = px * log1p(v / y);
	double log_q = q * log1p(y / v);
	double own = y / (y + v); /* share of the customer's own spend */
	double prior = v / (y + v);

	sum->value -= weight * (log_p + log_q + log(row[SEG_SPEND_MEAN]));
	sum->gradient[P] -= weight * log_p;
	sum->gradient[Q] -= weight * log_q;
	sum->gradient[V] += weight * (q * own - px * prior);
	sum->hessian[P][P] -= weight * log_p;
	sum->hessian[Q][Q] -= weight * log_q;
	sum->hessian[V][P] -= weight * px * prior;
	sum->hessian[V][Q] += weight * q * own;
	sum->hessian[V][V] -= weight * (px + q) * own * prior;
}

static void
gamma_gamma_add(const double *parameters, const double *rows, int64_t n,
                SegDerivatives *sum)
{
	const double *end = rows + n * (SEG_SPEND_COLUMNS + 1);

	while (rows < end)
	{
		double x = rows[SEG_SPEND_FREQUENCY];
		double total = 0.0;

		for (; rows < end && rows[SEG_SPEND_FREQUENCY] == x;
		     rows += SEG_SPEND_COLUMNS + 1)
		{
			gamma_gamma_add_row(parameters, rows, sum);
			total += rows[SEG_SPEND_COLUMNS];
		}
		gamma_gamma_add_count(parameters, x, total, sum);
	}
}

const SegLikelihood seg_gamma_gamma_likelihood = {.name = "gamma-gamma model",
                                                  .n = N_PARAMETERS,
                                                  .parameters = {"p", "q", "v"},
                                                  .has_unit = true,
                                                  .is_scale = {[V] = true},
                                                  .starts = 3,
                                                  .start = gamma_gamma_start,
                                                  .add = gamma_gamma_add};

SegStatus
seg_gamma_gamma_train(SegEnv *env, SegRows *rows, SegGammaGamma *model)
{
	SegFitParams params;
	SegEstimates found;

	seg_options_defaults(seg_fit_options, &params, sizeof(params));
	SEG_TRY(seg_fit(env,
	                rows,
	                &seg_gamma_gamma_likelihood,
	                &params,
	                &model->fit,
	                &found));
	model->p = found.value[P];
	model->q = found.value[Q];
	model->v = found.value[V] * found.unit;
	model->p_std_error = found.std_error[P];
	model->q_std_error = found.std_error[Q];
	model->v_std_error = found.std_error[V] * found.unit;
	model->correlation = found.correlation;
	/* each row has a density in spend, whose log shifts with the unit */
	return seg_fit_set_likelihood(env,
	                              &model->fit,
	                              N_PARAMETERS,
	                              model->fit.log_likelihood -
	                                  model->fit.weight * log(found.unit));
}

SegStatus
seg_gamma_gamma_check(SegEnv *env, double *row, bool *counts)
{
	double frequency = row[SEG_SPEND_FREQUENCY];
	double spend = row[SEG_SPEND_MEAN];

	SEG_TRY(seg_check_count(env, "frequency", frequency));
	*counts = frequency > 0.0 && spend > 0.0;
	/* a refund is not an error, but must be a number */
	return seg_check_input(env, "monetary value", fabs(spend));
}

static bool
gamma_gamma_is_unpaid(const double *row)
{
	return row[SEG_SPEND_FREQUENCY] > 0.0 && !(row[SEG_SPEND_MEAN] > 0.0);
}

bool
seg_gamma_gamma_expected(const SegGammaGamma *model, const double *row,
                         double *mean)
{
	double x = row[SEG_SPEND_FREQUENCY];
	double y = x * fmax(row[SEG_SPEND_MEAN], 0.0);
	double shape = model->p * x + model->q - 1.0;

	*mean = model->p / shape * (model->v + y);
	return shape > 0.0;
}

/* ---------- the trainer ---------- */

static SegStatus
gamma_gamma_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegGammaGamma *model = result;

	(void) params;
	SEG_TRY(seg_gamma_gamma_train(env, rows, model));
	seg_fit_note(env, &model->fit, seg_gamma_gamma_method.title);
	if (model->rows_without_spend > 0)
		seg_note(env,
		         SEG_NOTE_UNPAID,
		         (SegDiag){.what = seg_gamma_gamma_method.title,
		                   .got = (double) model->rows_without_spend});
	if (fabs(model->correlation) > SEG_SPEND_CORRELATION)
		seg_note(env,
		         SEG_NOTE_CORRELATED,
		         (SegDiag){.what = "frequency and monetary value",
		                   .name = seg_gamma_gamma_method.title,
		                   .got = round(100 * model->correlation) / 100});
	return SEG_OK;
}

const SegTrainer seg_gamma_gamma_trainer = {.method = &seg_gamma_gamma_method,
                                            .columns = {{SEG_COLUMN_NUMBER},
                                                        {SEG_COLUMN_NUMBER}},
                                            .check_row = seg_gamma_gamma_check,
                                            .is_odd = gamma_gamma_is_unpaid,
                                            .odd_rows = "rows_without_spend",
                                            .train = gamma_gamma_train};
