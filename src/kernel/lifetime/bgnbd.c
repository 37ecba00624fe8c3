/*-------------------------------------------------------------------------
 *
 * bgnbd.c
 *	  The BG/NBD model of repeat purchases [1].
 *
 * A customer buys at random at a rate lambda, and after each repeat purchase
 * leaves for good with probability p.  Across customers, rates have a gamma
 * distribution of shape r and inverse scale alpha, p a beta distribution of a
 * and b.
 *
 * With L(u) = log(1 + u / alpha), a customer with x purchases, the last at t,
 * seen until T, has the log-likelihood
 *
 *	log (r)_x + log (b)_x - log (a + b)_x - x log alpha + log(alive + dead),
 *	alive = exp(-(r + x) L(T)),
 *	dead  = a / (b + x - 1) exp(-(r + x) L(t)) if x > 0, else 0,
 *
 * where (r)_x is the rising factorial, all of it computed in logs.
 *
 * Purchases to come from a customer who is still there are the mean over p,
 * which now has a beta distribution of a and b + x, of
 *
 *	(1 - (1 + p z)^-A) / p,  A = r + x, z = horizon / (alpha + T).
 *
 * In [1, eq. 10] it is a hypergeometric function, subtracted from 1 and divided
 * by a - 1; that loses all digits near a = 1 or for a short horizon.  Here it
 * is a sum of positive terms: of N purchases if nobody left, N negative
 * binomial, the k-th is made by those who stayed k - 1 times,
 *
 *	sum over N of P(N) sum over k <= N of (b + x)_(k-1) / (a + b + x)_(k-1).
 *
 * Where that takes many terms, the mean over p is integrated.
 *
 * [1] P. S. Fader, B. G. S. Hardie, K. L. Lee, "'Counting Your Customers' the
 * Easy Way: An Alternative to the Pareto/NBD Model", Marketing Science 24(2),
 * 2005.
 *
 * src/kernel/lifetime/bgnbd.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/bgnbd.h"

#include <float.h>
#include <math.h>

#include "base/quadrature.h"
#include "base/tags.h"
#include "kernel/lifetime/stays.h"

#define MOST_TERMS 2000.0 /* of the sum over counts */

/* clang-format off */
static const SegField fields[] = {
	SEG_REAL(SegBgnbd, r, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegBgnbd, alpha, SEG_SMALLEST_SCALE, SEG_LARGEST_SCALE),
	SEG_REAL(SegBgnbd, a, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegBgnbd, b, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_OPTIONAL_REAL(SegBgnbd, r_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegBgnbd, alpha_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegBgnbd, a_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegBgnbd, b_std_error, 0, DBL_MAX),
	SEG_FIT_FIELDS(SegBgnbd),
	SEG_FIT_FIELD(SegBgnbd, SEG_FIELD_INT, rows_without_recency, 0, 0x1p53),
	SEG_JSON_FIELD(SegBgnbd, options),
	SEG_FIELD_END
};
/* clang-format on */

static bool
bgnbd_is_sound(const void *value)
{
	const SegBgnbd *m = value;
	double errors[] = {m->r_std_error,
	                   m->alpha_std_error,
	                   m->a_std_error,
	                   m->b_std_error};

	return seg_fit_is_sound(&m->fit, errors, 4);
}

const SegMethod seg_bgnbd_method = {.tag = SEG_TAG_BGNBD,
                                    .format = 1,
                                    .name = "bgnbd",
                                    .title = "BG/NBD model",
                                    .fields = fields,
                                    .size = sizeof(SegBgnbd),
                                    .is_sound = bgnbd_is_sound};

/* ---------- training ---------- */

enum
{
	R = SEG_RATE_SHAPE,
	ALPHA = SEG_RATE_SCALE,
	A,
	B
};

static void
bgnbd_start(int which, const double *means, double *parameters)
{
	seg_purchases_start(means, 1.0, parameters);
	parameters[A] = which == 0 ? 1.0 : 0.1;
	parameters[B] = which == 0 ? 3.0 : 0.1;
}

/*
 * A customer who left after the last purchase: impossible without one.
 */
static SegDerivatives
bgnbd_log_dead(const double *parameters, const double *row)
{
	double x = row[SEG_FREQUENCY];
	double stayed = parameters[B] + (x - 1.0);
	double share = parameters[B] / stayed;
	SegDerivatives d = {-INFINITY};

	if (x == 0.0)
		return d;
	d = seg_purchases_silence(parameters, x, row[SEG_RECENCY]);
	d.value += log(parameters[A] / stayed);
	d.gradient[A] = 1.0;
	d.gradient[B] = -share;
	d.hessian[B][B] = -share * (x - 1.0) / stayed;
	return d;
}

static SegDerivatives
bgnbd_log_alive(const double *parameters, const double *row)
{
	return seg_purchases_silence(parameters, row[SEG_FREQUENCY], row[SEG_AGE]);
}

static void
add_stays(const double *parameters, double x, double weight,
          SegDerivatives *sum)
{
	SegStays stays = seg_stays(parameters[A], parameters[B], x);

	seg_stays_add(&stays, parameters[A], parameters[B], weight, A, sum);
}

static void
bgnbd_add(const double *parameters, const double *rows, int64_t n,
          SegDerivatives *sum)
{
	static const SegLeaving leaving = {bgnbd_log_alive,
	                                   bgnbd_log_dead,
	                                   add_stays};

	seg_purchases_add(&leaving, parameters, rows, n, sum);
}

const SegLikelihood seg_bgnbd_likelihood =
	{.name = "BG/NBD model",
     .n = SEG_PURCHASE_PARAMETERS,
     .has_unit = true,
     .is_scale = {[ALPHA] = true},
     .parameters = {"r", "alpha", "a", "b"},
     .starts = 2,
     .start = bgnbd_start,
     .add = bgnbd_add};

SegStatus
seg_bgnbd_train(SegEnv *env, SegRows *rows, const SegFitParams *params,
                SegBgnbd *model)
{
	SegEstimates found;

	SEG_TRY(
		seg_fit(env, rows, &seg_bgnbd_likelihood, params, &model->fit, &found));
	model->r = found.value[R];
	model->alpha = found.value[ALPHA] * found.unit;
	model->a = found.value[A];
	model->b = found.value[B];
	model->r_std_error = found.std_error[R];
	model->alpha_std_error = found.std_error[ALPHA] * found.unit;
	model->a_std_error = found.std_error[A];
	model->b_std_error = found.std_error[B];
	return seg_purchases_finish(env, &model->fit, &found);
}

/* ---------- scoring ---------- */

double
seg_bgnbd_p_alive(const SegBgnbd *model, const double *customer)
{
	double x = customer[SEG_FREQUENCY];
	double since = customer[SEG_AGE] - customer[SEG_RECENCY];
	double growth = log1p(since / (model->alpha + customer[SEG_RECENCY]));

	if (x == 0.0)
		return 1.0;
	return seg_purchases_alive(log(model->a / (model->b + (x - 1.0))) +
	                           (model->r + x) * growth);
}

typedef struct Future
{
	double n; /* r + x */
	double a;
	double b; /* plus x */
	double z; /* horizon / (alpha + T) */
} Future;

/*
 * The sum over numbers of purchases.  Its terms are not normalized, to avoid
 * computing a power; they grow until about n z, and may be scaled down.
 */
static double
sum_counts(const Future *f)
{
	double share = f->z / (1.0 + f->z);
	double chance = 1.0; /* of k purchases, if nobody left */
	double stays = 1.0;  /* chance of staying k times */
	double made = 0.0;   /* purchases of k that are made */
	double norm = 1.0;
	double sum = 0.0;

	for (double k = 0.0;; k += 1.0)
	{
		made += stays;
		stays *= (f->b + k) / (f->a + f->b + k);
		chance *= (f->n + k) / (k + 1.0) * share;
		norm += chance;
		sum += chance * made;
		if (k > f->n * f->z && chance * made * (1.0 + f->z) <= 1e-17 * sum)
			return sum / norm;
		if (chance > 1e200)
		{
			chance *= 1e-200;
			norm *= 1e-200;
			sum *= 1e-200;
		}
	}
}

static double
purchases_at(const void *context, double p, double q)
{
	const Future *f = context;

	(void) q;
	return -expm1(-f->n * log1p(p * f->z)) / p;
}

double
seg_bgnbd_purchases_if_alive(const SegBgnbd *model, const double *customer,
                             double horizon)
{
	double x = customer[SEG_FREQUENCY];
	Future f = {model->r + x,
	            model->a,
	            model->b + x,
	            horizon / (model->alpha + customer[SEG_AGE])};
	double mean = f.n * f.z;

	if (horizon == 0.0)
		return 0.0;
	if (mean + 10.0 * sqrt(mean * (1.0 + f.z)) + 40.0 * (1.0 + f.z) <
	    MOST_TERMS)
		return sum_counts(&f);
	return seg_beta_mean(f.a, f.b, purchases_at, &f, fmax(f.n, 1.0) * f.z);
}

/* ---------- the trainer ---------- */

static SegStatus
bgnbd_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegBgnbd *model = result;

	SEG_TRY(seg_bgnbd_train(env, rows, params, model));
	seg_fit_note(env, &model->fit, seg_bgnbd_method.title);
	return SEG_OK;
}

const SegTrainer seg_bgnbd_trainer = {.method = &seg_bgnbd_method,
                                      .columns = {{SEG_COLUMN_NUMBER},
                                                  {SEG_COLUMN_NUMBER},
                                                  {SEG_COLUMN_NUMBER}},
                                      .options = seg_fit_options,
                                      .params_size = sizeof(SegFitParams),
                                      .check_row = seg_purchases_check,
                                      .is_odd = seg_purchases_are_at_once,
                                      .odd_rows = "rows_without_recency",
                                      .train = bgnbd_train};
