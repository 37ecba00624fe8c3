/*-------------------------------------------------------------------------
 *
 * paretonbd.c
 *	  The Pareto/NBD model of repeat purchases [1].
 *
 * A customer buys at random at a rate lambda until leaving, at random, at a
 * rate mu.  Across customers, both rates have gamma distributions: lambda of
 * shape r and inverse scale alpha, mu of s and beta.
 *
 * A customer with x purchases, the last at t, seen until T, is still there, or
 * left at some time u between t and T [1, 2].  With n = r + x, the odds of the
 * second against the first are
 *
 *	integral from t to T of ((alpha + T) / (alpha + u))^n
 *	  ((beta + T) / (beta + u))^s  s / (beta + u) du.
 *
 * Papers give it as the difference of two hypergeometric functions, which
 * nearly cancel when t is near T, overflow when x is large, and change places
 * where alpha passes beta.  As an integral it is a sum of positive terms, and
 * the same nodes give the derivatives: those of its log are means and
 * covariances, under the integrand, of what is in the exponent.
 *
 * Let m be the smaller of alpha and beta, M the larger, and w = log((m + u) /
 * (m + t)).  In w the log of the integrand is concave, and analytic up to a
 * distance of pi from the real line: (M + u) vanishes nowhere nearer.  So
 * Gauss's rule, on pieces that are short next to that distance and over which
 * the integrand does not fall too much, leaves only rounding; and once the
 * integrand has died, the rest can be left out.
 *
 * [1] D. C. Schmittlein, D. G. Morrison, R. Colombo, "Counting Your Customers: Who
 * Are They and What Will They Do Next?", Management Science 33(1), 1987.
 *
 * [2] P. S. Fader, B. G. S. Hardie, "A Note on Deriving the Pareto/NBD Model and
 * Related Expressions", 2005, brucehardie.com/notes/009.
 *
 * src/kernel/lifetime/paretonbd.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/lifetime/paretonbd.h"

#include <float.h>
#include <math.h>

#include "base/quadrature.h"
#include "base/special.h"
#include "base/tags.h"

/* clang-format off */
static const SegField fields[] = {
	SEG_REAL(SegParetonbd, r, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegParetonbd, alpha, SEG_SMALLEST_SCALE, SEG_LARGEST_SCALE),
	SEG_REAL(SegParetonbd, s, SEG_SMALLEST_SHAPE, SEG_LARGEST_SHAPE),
	SEG_REAL(SegParetonbd, beta, SEG_SMALLEST_SCALE, SEG_LARGEST_SCALE),
	SEG_OPTIONAL_REAL(SegParetonbd, r_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegParetonbd, alpha_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegParetonbd, s_std_error, 0, DBL_MAX),
	SEG_OPTIONAL_REAL(SegParetonbd, beta_std_error, 0, DBL_MAX),
	SEG_FIT_FIELDS(SegParetonbd),
	SEG_FIT_FIELD(SegParetonbd, SEG_FIELD_INT, rows_without_recency, 0, 0x1p53),
	SEG_JSON_FIELD(SegParetonbd, options),
	SEG_FIELD_END
};
/* clang-format on */

static bool
paretonbd_is_sound(const void *value)
{
	const SegParetonbd *m = value;
	double errors[] = {m->r_std_error,
	                   m->alpha_std_error,
	                   m->s_std_error,
	                   m->beta_std_error};

	return seg_fit_is_sound(&m->fit, errors, 4);
}

const SegMethod seg_paretonbd_method = {.tag = SEG_TAG_PARETONBD,
                                        .format = 1,
                                        .name = "paretonbd",
                                        .title = "Pareto/NBD model",
                                        .fields = fields,
                                        .size = sizeof(SegParetonbd),
                                        .is_sound = paretonbd_is_sound};

enum
{
	R = SEG_RATE_SHAPE,
	ALPHA = SEG_RATE_SCALE,
	S,
	BETA
};

/* ---------- the integral ---------- */

#define WIDEST_PIECE 2.0
#define LARGEST_FALL 12.0 /* of the log of the integrand over a piece */
#define NEGLIGIBLE   1e-18

/*
 * What the exponent is made of, as functions of u: log((alpha + u) /
 * (alpha + t)), what u / (alpha + u) has gained since t, and the same two for
 * beta.
 */
#define N_PARTS 4

typedef struct Integrand
{
	double n;           /* r + x */
	double alpha;       /* plus t */
	double alpha_share; /* alpha / (alpha + t) */
	double s;
	double beta; /* plus t */
	double beta_share;
	double start;       /* m + t */
	double far;         /* M + t */
	double end;         /* of w */
	bool is_alpha_near; /* alpha is m */
} Integrand;

typedef struct Integral
{
	double mass;
	double mean[N_PARTS];             /* times mass, while it is being summed */
	double product[N_PARTS][N_PARTS]; /* finally, covariances */
} Integral;

static Integrand
make_integrand(const double *parameters, const double *row)
{
	double t = row[SEG_RECENCY];
	Integrand f;

	f.n = parameters[R] + row[SEG_FREQUENCY];
	f.alpha = parameters[ALPHA] + t;
	f.alpha_share = parameters[ALPHA] / f.alpha;
	f.s = parameters[S];
	f.beta = parameters[BETA] + t;
	f.beta_share = parameters[BETA] / f.beta;
	f.is_alpha_near = f.alpha <= f.beta;
	f.start = fmin(f.alpha, f.beta);
	f.far = fmax(f.alpha, f.beta);
	f.end = log1p((row[SEG_AGE] - t) / f.start);
	return f;
}

/*
 * The parts of the exponent at w.
 */
static void
parts_at(const Integrand *f, double w, double *parts)
{
	double since = f->start * expm1(w); /* u - t */
	double other = log1p(since / f->far);

	parts[0] = f->is_alpha_near ? w : other;
	parts[1] = f->alpha_share * since / (f->alpha + since);
	parts[2] = f->is_alpha_near ? other : w;
	parts[3] = f->beta_share * since / (f->beta + since);
}

/*
 * Log of the integrand, relative to that at t; dw brings a factor of exp(w).
 */
static inline double
exponent(const Integrand *f, double w, const double *parts)
{
	return w - f->n * parts[0] - (f->s + 1.0) * parts[2];
}

static double
exponent_at(const Integrand *f, double w)
{
	double parts[N_PARTS];

	parts_at(f, w, parts);
	return exponent(f, w, parts);
}

static void
add_piece(const Integrand *f, double w, double width, bool with_moments,
          Integral *sum)
{
	for (int k = 0; k < SEG_GAUSS_NODES; k++)
	{
		double at = w + width * seg_gauss_nodes[k];
		double parts[N_PARTS];
		double g;

		parts_at(f, at, parts);
		g = width * seg_gauss_weights[k] * exp(exponent(f, at, parts));
		sum->mass += g;
		if (!with_moments)
			continue;
		for (int i = 0; i < N_PARTS; i++)
		{
			sum->mean[i] += g * parts[i];
			for (int j = 0; j <= i; j++)
				sum->product[i][j] += g * parts[i] * parts[j];
		}
	}
}

/*
 * The width of the piece from w on, at most the one proposed.
 */
static double
piece_width(const Integrand *f, double w, double width)
{
	double before;

	width = fmin(width, f->end - w);
	if (width * (f->n + f->s) <= LARGEST_FALL)
		return width; /* it cannot fall faster than that */
	before = exponent_at(f, w);
	while (before - exponent_at(f, w + width) > LARGEST_FALL)
		width *= 0.5;
	return width;
}

/*
 * Is what lies beyond w negligible?  The exponent is concave: beyond w it falls
 * at least as fast as here.
 */
static bool
has_died(const Integrand *f, double w, double mass)
{
	double u = f->start * exp(w);
	double share = u / (f->far + f->start * expm1(w));
	double near = f->is_alpha_near ? f->n : f->s + 1.0;
	double far = f->is_alpha_near ? f->s + 1.0 : f->n;
	double slope = near - 1.0 + far * share;

	return slope > 0.0 && exp(exponent_at(f, w)) <= NEGLIGIBLE * slope * mass;
}

/*
 * The integral over w, from t on.
 */
static Integral
integrate(const Integrand *f, bool with_moments)
{
	Integral sum = {0};
	double width = WIDEST_PIECE;
	double w = 0.0;

	while (w < f->end)
	{
		width = piece_width(f, w, fmin(2.0 * width, WIDEST_PIECE));
		add_piece(f, w, width, with_moments, &sum);
		w += width;
		if (f->end - w <= DBL_EPSILON * f->end || has_died(f, w, sum.mass))
			break;
	}
	for (int i = 0; i < N_PARTS; i++)
		sum.mean[i] /= sum.mass;
	for (int i = 0; i < N_PARTS; i++)
	{
		for (int j = 0; j <= i; j++)
			sum.product[i][j] =
				sum.product[i][j] / sum.mass - sum.mean[i] * sum.mean[j];
	}
	return sum;
}

/* ---------- training ---------- */

/*
 * Customers leave alike, hardly ever, or many at once; or many at once while
 * the others buy alike.
 */
static void
paretonbd_start(int which, const double *means, double *parameters)
{
	static const double rates[] = {1.0, 1.0, 1.0, 10.0};
	static const double shapes[] = {1.0, 0.2, 0.1, 0.1};
	static const double scales[] = {1.0, 5.0, 0.01, 0.01};

	seg_purchases_start(means, rates[which], parameters);
	parameters[S] = shapes[which];
	parameters[BETA] = scales[which];
}

/*
 * Derivatives of -power log(1 + u / scale), where power is the shape plus a
 * number, given that log, u / (scale + u) and its square, or their means.
 */
static void
add_power(SegDerivatives *d, int shape, double k, double power, double growth,
          double share, double square)
{
	int scale = shape + 1;

	d->gradient[shape] -= k * growth;
	d->gradient[scale] += power * share;
	d->hessian[shape][shape] -= k * growth;
	d->hessian[scale][shape] += k * share;
	d->hessian[scale][scale] -= power * (share - square);
}

/*
 * A customer who left between t and T.  The gradient of an integral's log is
 * the mean of the exponent's gradient; its Hessian is the mean of the
 * exponent's plus the covariance of its gradient.
 */
static SegDerivatives
paretonbd_log_dead(const double *parameters, const double *row)
{
	double t = row[SEG_RECENCY];
	SegDerivatives d = {-INFINITY};
	double factors[N_PARTS];
	double logs[N_PARTS];
	Integrand f;
	Integral sum;

	f = make_integrand(parameters, row);
	if (f.end == 0.0)
		return d;
	sum = integrate(&f, true);

	for (int shape = R; shape <= S; shape += S - R)
	{
		double power = shape == R ? f.n : f.s + 1.0;
		double scale = parameters[shape + 1];
		double share = t / (scale + t) + sum.mean[shape + 1];

		logs[shape] = log1p(t / scale);
		add_power(&d,
		          shape,
		          parameters[shape],
		          power,
		          logs[shape] + sum.mean[shape],
		          share,
		          share * share + sum.product[shape + 1][shape + 1]);
	}
	d.value = log(f.s * (f.start / f.beta)) + log(sum.mass) - f.n * logs[R] -
	          f.s * logs[S];
	d.gradient[S] += 1.0;
	d.gradient[BETA] -= 1.0;

	factors[R] = -parameters[R];
	factors[ALPHA] = f.n;
	factors[S] = -f.s;
	factors[BETA] = f.s + 1.0;
	for (int i = 0; i < N_PARTS; i++)
	{
		for (int j = 0; j <= i; j++)
			d.hessian[i][j] += factors[i] * factors[j] * sum.product[i][j];
	}
	return d;
}

/*
 * A customer who is still there has bought nothing since, and has not left.
 */
static SegDerivatives
paretonbd_log_alive(const double *parameters, const double *row)
{
	SegDerivatives d =
		seg_purchases_silence(parameters, row[SEG_FREQUENCY], row[SEG_AGE]);
	double s = parameters[S];
	double growth = log1p(row[SEG_AGE] / parameters[BETA]);
	double share = row[SEG_AGE] / (parameters[BETA] + row[SEG_AGE]);

	d.value -= s * growth;
	add_power(&d, S, s, s, growth, share, share * share);
	return d;
}

static void
paretonbd_add(const double *parameters, const double *rows, int64_t n,
              SegDerivatives *sum)
{
	static const SegLeaving leaving = {paretonbd_log_alive,
	                                   paretonbd_log_dead,
	                                   NULL};

	seg_purchases_add(&leaving, parameters, rows, n, sum);
}

const SegLikelihood seg_paretonbd_likelihood =
	{.name = "Pareto/NBD model",
     .n = SEG_PURCHASE_PARAMETERS,
     .has_unit = true,
     .is_scale = {[ALPHA] = true, [BETA] = true},
     .parameters = {"r", "alpha", "s", "beta"},
     .starts = 4,
     .start = paretonbd_start,
     .add = paretonbd_add};

SegStatus
seg_paretonbd_train(SegEnv *env, SegRows *rows, const SegFitParams *params,
                    SegParetonbd *model)
{
	SegEstimates found;

	SEG_TRY(seg_fit(env,
	                rows,
	                &seg_paretonbd_likelihood,
	                params,
	                &model->fit,
	                &found));
	model->r = found.value[R];
	model->alpha = found.value[ALPHA] * found.unit;
	model->s = found.value[S];
	model->beta = found.value[BETA] * found.unit;
	model->r_std_error = found.std_error[R];
	model->alpha_std_error = found.std_error[ALPHA] * found.unit;
	model->s_std_error = found.std_error[S];
	model->beta_std_error = found.std_error[BETA] * found.unit;
	return seg_purchases_finish(env, &model->fit, &found);
}

/* ---------- scoring ---------- */

/*
 * The odds, not two likelihoods: what is common to both would drown the rest.
 */
double
seg_paretonbd_p_alive(const SegParetonbd *model, const double *customer)
{
	double parameters[] = {model->r, model->alpha, model->s, model->beta};
	double end[N_PARTS];
	Integrand f;
	double mass;

	if (customer[SEG_AGE] == customer[SEG_RECENCY])
		return 1.0;
	f = make_integrand(parameters, customer);
	mass = integrate(&f, false).mass;
	parts_at(&f, f.end, end);
	return seg_purchases_alive(log(f.s * (f.start / f.beta)) + log(mass) +
	                           f.n * end[0] + f.s * end[2]);
}

/*
 * On average lambda is n / (alpha + T), and the time until the customer leaves
 * has the mean, within the horizon, of a Pareto distribution of shape s.
 */
double
seg_paretonbd_purchases_if_alive(const SegParetonbd *model,
                                 const double *customer, double horizon)
{
	double n = model->r + customer[SEG_FREQUENCY];
	double past = model->beta + customer[SEG_AGE];
	double growth = log1p(horizon / past);

	return n * (past / (model->alpha + customer[SEG_AGE])) * growth *
	       seg_decay_mean((model->s - 1.0) * growth);
}

/* ---------- the trainer ---------- */

static SegStatus
paretonbd_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegParetonbd *model = result;

	SEG_TRY(seg_paretonbd_train(env, rows, params, model));
	seg_fit_note(env, &model->fit, seg_paretonbd_method.title);
	return SEG_OK;
}

const SegTrainer seg_paretonbd_trainer = {.method = &seg_paretonbd_method,
                                          .columns = {{SEG_COLUMN_NUMBER},
                                                      {SEG_COLUMN_NUMBER},
                                                      {SEG_COLUMN_NUMBER}},
                                          .options = seg_fit_options,
                                          .params_size = sizeof(SegFitParams),
                                          .check_row = seg_purchases_check,
                                          .is_odd = seg_purchases_are_at_once,
                                          .odd_rows = "rows_without_recency",
                                          .train = paretonbd_train};
