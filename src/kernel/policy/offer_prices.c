/*-------------------------------------------------------------------------
 *
 * offer_prices.c
 *	  Prices of the limits on offers, and the bound of the relaxation.
 *
 * Give each limit a price, and let every user take the offers with the largest
 * value less the price of what they use, if it is above 0. What all users get
 * by that, and the price of all limits together, is a bound on the value of any
 * allocation, whatever the prices (Lagrange). The best prices give the bound of
 * the linear relaxation, in which a user may take a part of an offer, since its
 * constraints of one user alone have whole solutions (Geoffrion).
 *
 * We find them by an interior point method, primal and dual at once, with
 * Mehrotra's predictor and corrector. A user's offers share one constraint and
 * each uses at most three limits, so a step costs a pass over the offers, and
 * solving a system as large as there are limits: the users are eliminated
 * first. Neither ties nor equal users disturb it. Limits and values are scaled
 * to 1.
 *
 *		maximize  v x   with  A x + t = 1,  sum of x + s = m for each user,
 *		                      x + w = 1 if m > 1
 *		minimize  sum of y + m sum of p + sum of q
 *		               with  z = A' y + p + q - v,  all of them >= 0
 *
 * [1] S. Mehrotra, "On the Implementation of a Primal-Dual Interior Point
 * Method", SIAM Journal on Optimization 2(4), 1992.
 *
 * [2] A. M. Geoffrion, "Lagrangean Relaxation for Integer Programming",
 * Mathematical Programming Study 2, 1974.
 *
 * src/kernel/policy/offer_prices.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "kernel/policy/offer_problem.h"

#define MOST_STEPS 200
#define SMALL_GAP  1e-13 /* of the bound */
#define PATIENCE   6     /* steps that lead nowhere */
#define NEARLY     0.995 /* of the way to the edge */
#define SHORT      0.1   /* a step that ends at the edge too soon */

/* The iterate, and a step from it: the same quantities. */
typedef struct Point
{
	double *x; /* of each offer: the part taken */
	double *z; /* and what it falls short of being worth taking */
	double *w; /* 1 - x, if users may take several */
	double *q; /* and its price */
	double *s; /* of each user: room left */
	double *p; /* and its price */
	double *t; /* of each limit: the part left */
	double *y; /* and its price */
} Point;

typedef struct Interior
{
	SegEnv *env;
	const SegOfferProblem *problem;
	double scale; /* of values */
	double *unit; /* of each limit: 1 / most */
	bool several; /* may a user take several offers? */
	int64_t k;    /* limits */
	int64_t steps_done;
	Point at;
	Point step;
	double *d;      /* of each offer: 1 / (z / x + q / w) */
	double *rho;    /* of each offer: see fill_right */
	double *e;      /* of each user: sum of d, and s / p */
	double *g;      /* of each user: see fill_right */
	double *system; /* k x k */
	double *right;
	double *lacking; /* of each limit: 1 - t - A x */
	double *along;   /* scratch for a user: A d */
	int32_t *touched;
} Interior;

/* Where the offers of a user start; those of the next user end them. */
static inline int64_t
first_of(const Interior *in, int64_t u)
{
	return in->problem->start[u];
}

/*
 * How much an offer uses of limits of 1.
 */
static int
scaled_uses(const Interior *in, int64_t j, SegOfferUse *use)
{
	int n = seg_offer_uses(in->problem, &in->problem->offers[j], use);

	for (int i = 0; i < n; i++)
		use[i].amount *= in->unit[use[i].limit];
	return n;
}

static double
priced(const SegOfferUse *use, int n, const double *y)
{
	double sum = 0.0;

	for (int i = 0; i < n; i++)
		sum += use[i].amount * y[use[i].limit];
	return sum;
}

static double
scaled_value(const Interior *in, int64_t j)
{
	return in->problem->offers[j].value / in->scale;
}

/* ---------- the start ---------- */

static SegStatus
make_point(Interior *in, Point *point)
{
	int64_t bounded = in->several ? in->problem->n : 0;

	SEG_ALLOC(in->env, point->x, in->problem->n);
	SEG_ALLOC(in->env, point->z, in->problem->n);
	SEG_ALLOC(in->env, point->w, bounded);
	SEG_ALLOC(in->env, point->q, bounded);
	SEG_ALLOC(in->env, point->s, in->problem->users);
	SEG_ALLOC(in->env, point->p, in->problem->users);
	SEG_ALLOC(in->env, point->t, in->k);
	SEG_ALLOC(in->env, point->y, in->k);
	return SEG_OK;
}

static SegStatus
make_interior(SegEnv *env, const SegOfferProblem *problem, Interior *in)
{
	*in = (Interior){.env = env,
	                 .problem = problem,
	                 .several = problem->per_user > 1,
	                 .k = problem->limits};
	for (int64_t j = 0; j < problem->n; j++)
		in->scale = fmax(in->scale, problem->offers[j].value);
	SEG_ALLOC(env, in->unit, in->k);
	for (int64_t k = 0; k < in->k; k++)
		in->unit[k] = 1.0 / problem->most[k];
	SEG_TRY(make_point(in, &in->at));
	SEG_TRY(make_point(in, &in->step));
	SEG_ALLOC(env, in->d, problem->n);
	SEG_ALLOC(env, in->rho, problem->n);
	SEG_ALLOC(env, in->e, problem->users);
	SEG_ALLOC(env, in->g, problem->users);
	SEG_ALLOC(env, in->system, in->k * in->k);
	SEG_ALLOC(env, in->right, in->k);
	SEG_ALLOC(env, in->lacking, in->k);
	SEG_ALLOC(env, in->along, in->k);
	SEG_ALLOC(env, in->touched, in->k);
	return SEG_OK;
}

/*
 * A user's prices and parts when all limits have the same price: a little more
 * than any offer is worth, and parts such that the products of a user are all
 * the same.
 */
static void
start_user(Interior *in, int64_t u, double y)
{
	SegOfferUse use[SEG_OFFER_USES];
	double q = in->several ? 0.5 : 0.0;
	double best = 0.0;
	double sum = 0.0;
	double product;
	double p;

	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
		best = fmax(best, scaled_value(in, j));
	p = best + 0.1;
	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
	{
		int n = scaled_uses(in, j, use);
		double a = 0.0;

		for (int i = 0; i < n; i++)
			a += use[i].amount;
		in->at.z[j] = p + q + a * y - scaled_value(in, j);
		sum += 1.0 / in->at.z[j];
	}
	product = (double) in->problem->per_user / (sum + 1.0 / p);
	in->at.s[u] = product / p;
	in->at.p[u] = p;
	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
	{
		double x = product / in->at.z[j];
		int n = scaled_uses(in, j, use);

		in->at.x[j] = in->several ? fmin(x, 0.5) : x;
		for (int i = 0; i < n; i++)
			in->lacking[use[i].limit] += use[i].amount * in->at.x[j];
		if (in->several)
		{
			in->at.q[j] = q;
			in->at.w[j] = 1.0 - in->at.x[j];
		}
	}
}

/*
 * Prices of limits so high that at least half of each is left.
 */
static SegStatus
start(Interior *in)
{
	double y = 0.1;
	double most;

	do
	{
		y *= 4.0;
		most = 0.0;
		memset(in->lacking, 0, (size_t) in->k * sizeof(double));
		for (int64_t u = 0; u < in->problem->users; u++)
			start_user(in, u, y);
		for (int64_t k = 0; k < in->k; k++)
			most = fmax(most, in->lacking[k]);
		SEG_TRY(seg_count_steps(in->env, &in->steps_done, 8 * in->problem->n));
	} while (most > 0.5 && y < DBL_MAX / 8.0);
	for (int64_t k = 0; k < in->k; k++)
	{
		in->at.y[k] = y;
		in->at.t[k] = fmax(1.0 - in->lacking[k], 0.5);
	}
	return SEG_OK;
}

/* ---------- the system ---------- */

/*
 * Add a user's offers to the system, less what their common constraint takes
 * back.
 */
static void
add_offers_of(Interior *in, int64_t u)
{
	SegOfferUse use[SEG_OFFER_USES];
	double *along = in->along;
	double e = in->at.s[u] / in->at.p[u];
	int64_t touched = 0;

	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
	{
		int n = scaled_uses(in, j, use);
		double theta = in->at.z[j] / in->at.x[j];
		double d;

		if (in->several)
			theta += in->at.q[j] / in->at.w[j];
		d = 1.0 / theta;
		in->d[j] = d;
		e += d;
		for (int a = 0; a < n; a++)
		{
			int32_t k = use[a].limit;

			if (along[k] == 0.0 && use[a].amount > 0.0)
				in->touched[touched++] = k;
			along[k] += d * use[a].amount;
			in->lacking[k] -= in->at.x[j] * use[a].amount;
			for (int b = 0; b < n; b++)
				in->system[k * in->k + use[b].limit] +=
					d * use[a].amount * use[b].amount;
		}
	}
	in->e[u] = e;
	for (int64_t a = 0; a < touched; a++)
	{
		double *row = in->system + in->touched[a] * in->k;
		double share = along[in->touched[a]] / e;

		for (int64_t b = 0; b < touched; b++)
			row[in->touched[b]] -= share * along[in->touched[b]];
	}
	for (int64_t a = 0; a < touched; a++)
		along[in->touched[a]] = 0.0;
	in->steps_done += touched * touched / 4;
}

static SegStatus
fill_system(Interior *in)
{
	memset(in->system, 0, (size_t) (in->k * in->k) * sizeof(double));
	for (int64_t k = 0; k < in->k; k++)
		in->lacking[k] = 1.0 - in->at.t[k];
	for (int64_t u = 0; u < in->problem->users; u++)
	{
		add_offers_of(in, u);
		SEG_TRY(seg_count_steps(in->env,
		                        &in->steps_done,
		                        8 * (in->problem->start[u + 1] -
		                             in->problem->start[u] + 1)));
	}
	for (int64_t k = 0; k < in->k; k++)
		in->system[k * in->k + k] += in->at.t[k] / in->at.y[k];
	(void) seg_cholesky(in->system, in->k, 1e-15);
	return SEG_OK;
}

/* ---------- a step ---------- */

/*
 * What products are aimed at; second: how much of the terms of second order of
 * the last step is taken out.
 */
typedef struct Aim
{
	double mu;
	double second;
} Aim;

/*
 * What a product a b still lacks; da, db: of the last step.
 */
static double
lack(const Aim *aim, double a, double b, double da, double db)
{
	return aim->mu - a * b - aim->second * da * db;
}

/*
 * The right side of an offer's own equation, so that
 * dx = d (rho - dp - A' dy).
 */
static double
right_of_offer(const Interior *in, const Aim *aim, int64_t u, int64_t j,
               const SegOfferUse *use, int n)
{
	const Point *at = &in->at;
	const Point *step = &in->step;
	double q = in->several ? at->q[j] : 0.0;
	double rho =
		scaled_value(in, j) + at->z[j] - q - at->p[u] - priced(use, n, at->y);

	rho += lack(aim, at->x[j], at->z[j], step->x[j], step->z[j]) / at->x[j];
	if (in->several)
	{
		double left = 1.0 - at->x[j] - at->w[j];

		rho -= (lack(aim, at->w[j], q, step->w[j], step->q[j]) - q * left) /
		       at->w[j];
	}
	return rho;
}

/*
 * The right side of the system, with users eliminated: dp = (g - A d dy) / e.
 */
static void
fill_right(Interior *in, const Aim *aim)
{
	const SegOfferProblem *problem = in->problem;
	const Point *at = &in->at;
	const Point *step = &in->step;
	SegOfferUse use[SEG_OFFER_USES];

	for (int64_t k = 0; k < in->k; k++)
		in->right[k] =
			lack(aim, at->t[k], at->y[k], step->t[k], step->y[k]) / at->y[k] -
			in->lacking[k];
	for (int64_t u = 0; u < problem->users; u++)
	{
		double g =
			lack(aim, at->s[u], at->p[u], step->s[u], step->p[u]) / at->p[u];
		double left = (double) problem->per_user - at->s[u];

		for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
		{
			int n = scaled_uses(in, j, use);

			in->rho[j] = right_of_offer(in, aim, u, j, use, n);
			g += in->d[j] * in->rho[j];
			left -= at->x[j];
		}
		in->g[u] = g - left;
		for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
		{
			int n = scaled_uses(in, j, use);
			double part = in->d[j] * (in->rho[j] - in->g[u] / in->e[u]);

			for (int i = 0; i < n; i++)
				in->right[use[i].limit] += use[i].amount * part;
		}
	}
}

/*
 * The step of a user and its offers, given that of the prices of limits.
 */
static void
step_user(Interior *in, const Aim *aim, int64_t u, const double *dy)
{
	Point *at = &in->at;
	Point *step = &in->step;
	SegOfferUse use[SEG_OFFER_USES];
	double dp = in->g[u];
	double lacks = lack(aim, at->s[u], at->p[u], step->s[u], step->p[u]);

	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
		dp -= in->d[j] * priced(use, scaled_uses(in, j, use), dy);
	dp /= in->e[u];
	for (int64_t j = first_of(in, u); j < first_of(in, u + 1); j++)
	{
		double dx = in->d[j] * (in->rho[j] - dp -
		                        priced(use, scaled_uses(in, j, use), dy));

		step->z[j] = (lack(aim, at->x[j], at->z[j], step->x[j], step->z[j]) -
		              at->z[j] * dx) /
		             at->x[j];
		if (in->several)
		{
			double dw = 1.0 - at->x[j] - at->w[j] - dx;

			step->q[j] =
				(lack(aim, at->w[j], at->q[j], step->w[j], step->q[j]) -
			     at->q[j] * dw) /
				at->w[j];
			step->w[j] = dw;
		}
		step->x[j] = dx;
	}
	step->s[u] = (lacks - at->s[u] * dp) / at->p[u];
	step->p[u] = dp;
}

static SegStatus
primal_dual_step(Interior *in, Aim aim)
{
	double *dy = in->right;

	fill_right(in, &aim);
	seg_cholesky_solve(in->system, in->k, dy);
	for (int64_t u = 0; u < in->problem->users; u++)
		step_user(in, &aim, u, dy);
	for (int64_t k = 0; k < in->k; k++)
	{
		in->step.t[k] =
			(lack(&aim, in->at.t[k], in->at.y[k], in->step.t[k], in->step.y[k]) -
		     in->at.t[k] * dy[k]) /
			in->at.y[k];
		in->step.y[k] = dy[k];
	}
	return seg_count_steps(in->env, &in->steps_done, 16 * in->problem->n);
}

/* Pairs of quantities whose products go to 0. */
#define PAIRS 4

typedef struct Pairs
{
	int64_t n[PAIRS];
	double *a[PAIRS];
	double *b[PAIRS];
} Pairs;

static Pairs
pairs_of(const Interior *in, const Point *point)
{
	return (Pairs){{in->problem->n,
	                in->several ? in->problem->n : 0,
	                in->problem->users,
	                in->k},
	               {point->x, point->w, point->s, point->t},
	               {point->z, point->q, point->p, point->y}};
}

/*
 * The largest step, 1 at most, that keeps all of them positive.
 */
static double
longest(const double *at, const double *step, int64_t n, double most)
{
	for (int64_t i = 0; i < n; i++)
	{
		if (step[i] < 0.0 && -at[i] > most * step[i])
			most = -at[i] / step[i];
	}
	return most;
}

static void
lengths(const Interior *in, double *primal, double *dual)
{
	Pairs at = pairs_of(in, &in->at);
	Pairs step = pairs_of(in, &in->step);

	*primal = 1.0;
	*dual = 1.0;
	for (int i = 0; i < PAIRS; i++)
	{
		*primal = longest(at.a[i], step.a[i], at.n[i], *primal);
		*dual = longest(at.b[i], step.b[i], at.n[i], *dual);
	}
}

/*
 * The mean product after steps of such lengths.
 */
static double
mean_product(const Interior *in, double primal, double dual)
{
	Pairs at = pairs_of(in, &in->at);
	Pairs step = pairs_of(in, &in->step);
	double sum = 0.0;
	int64_t n = 0;

	for (int i = 0; i < PAIRS; i++)
	{
		for (int64_t j = 0; j < at.n[i]; j++)
			sum += (at.a[i][j] + primal * step.a[i][j]) *
			       (at.b[i][j] + dual * step.b[i][j]);
		n += at.n[i];
	}
	return sum / (double) n;
}

static void
move(Interior *in, double primal, double dual)
{
	Pairs at = pairs_of(in, &in->at);
	Pairs step = pairs_of(in, &in->step);

	for (int i = 0; i < PAIRS; i++)
	{
		for (int64_t j = 0; j < at.n[i]; j++)
		{
			at.a[i][j] += primal * step.a[i][j];
			at.b[i][j] += dual * step.b[i][j];
		}
	}
}

/*
 * One step of the method: where would the straight way to 0 lead? The further it
 * goes, the less we keep to the middle. The terms of second order count as far as
 * it goes, too.
 */
static SegStatus
improve(Interior *in, double *length)
{
	double mu = mean_product(in, 0.0, 0.0);
	double primal;
	double dual;
	double reached;

	SEG_TRY(fill_system(in));
	SEG_TRY(primal_dual_step(in, (Aim){0.0, 0.0}));
	lengths(in, &primal, &dual);
	reached = mean_product(in, primal, dual) / mu;
	SEG_TRY(primal_dual_step(in,
	                         (Aim){mu * reached * reached * reached,
	                               primal * dual}));
	lengths(in, &primal, &dual);
	if (fmin(primal, dual) < SHORT)
	{
		SEG_TRY(primal_dual_step(in, (Aim){mu, 0.0}));
		lengths(in, &primal, &dual);
	}
	*length = fmin(primal, dual);
	move(in, fmin(1.0, NEARLY * primal), fmin(1.0, NEARLY * dual));
	return SEG_OK;
}

/* ---------- the bound ---------- */

/*
 * The sum of the m largest numbers that are above 0; the numbers are changed.
 */
static double
sum_of_largest(double *x, int64_t n, int64_t m)
{
	double sum = 0.0;

	for (; m > 0; m--)
	{
		int64_t best = -1;

		for (int64_t i = 0; i < n; i++)
		{
			if (x[i] > 0.0 && (best < 0 || x[i] > x[best]))
				best = i;
		}
		if (best < 0)
			break;
		sum += x[best];
		x[best] = 0.0;
	}
	return sum;
}

static int64_t
most_offers(const SegOfferProblem *problem)
{
	int64_t most = 0;

	for (int64_t u = 0; u < problem->users; u++)
	{
		int64_t n = problem->start[u + 1] - problem->start[u];

		most = n > most ? n : most;
	}
	return most;
}

SegStatus
seg_offer_bound(SegEnv *env, const SegOfferProblem *problem,
                const double *prices, double *bound)
{
	SegWide sum = {0.0, 0.0};
	double *reduced;

	SEG_ALLOC(env, reduced, most_offers(problem));
	for (int64_t k = 0; k < problem->limits; k++)
		sum = seg_wide_add(sum, seg_wide_product(prices[k], problem->most[k]));
	for (int64_t u = 0; u < problem->users; u++)
	{
		int64_t first = problem->start[u];
		int64_t n = problem->start[u + 1] - first;

		for (int64_t i = 0; i < n; i++)
			reduced[i] =
				seg_offer_reduced(problem, &problem->offers[first + i], prices);
		sum =
			seg_wide_add(sum,
		                 (SegWide){sum_of_largest(reduced, n, problem->per_user),
		                           0.0});
	}
	*bound = sum.hi;
	return SEG_OK;
}

static double
value_of_parts(const Interior *in)
{
	double sum = 0.0;

	for (int64_t j = 0; j < in->problem->n; j++)
		sum += in->at.x[j] * in->problem->offers[j].value;
	return sum;
}

/*
 * Prices from the iterate, per unit; 0 for a limit of which more is left than it
 * is worth.
 */
static void
read_prices(const Interior *in, bool round, double *prices)
{
	for (int64_t k = 0; k < in->k; k++)
	{
		bool is_left = round && in->at.t[k] > in->at.y[k];

		prices[k] =
			is_left ? 0.0 : in->at.y[k] * in->scale / in->problem->most[k];
	}
}

/*
 * Keep the prices of the iterate if their bound is better: with zeros for limits
 * that matter to nobody, or else as they are.
 */
static SegStatus
keep_best(Interior *in, double *trial, double *prices, double *bound,
          bool *is_better)
{
	double last = *bound;

	for (int round = 1; round >= 0 && *bound == last; round--)
	{
		double b;

		read_prices(in, round == 1, trial);
		SEG_TRY(seg_offer_bound(in->env, in->problem, trial, &b));
		if (b < *bound)
		{
			memcpy(prices, trial, (size_t) in->k * sizeof(double));
			*bound = b;
		}
	}
	*is_better = *bound < last * (1.0 - SMALL_GAP);
	return SEG_OK;
}

/*
 * Does the iterate leave nothing to gain? Its parts are worth the bound, or its
 * products are 0 but for rounding.
 */
static bool
is_at_end(const Interior *in, double mu, double bound)
{
	double gap = bound - value_of_parts(in);
	double products = mu * in->scale *
	                  (double) ((in->several ? 2 : 1) * in->problem->n +
	                            in->problem->users + in->k);

	return gap <= SMALL_GAP * bound || products <= 0.1 * SMALL_GAP * bound;
}

static SegStatus
follow_path(SegEnv *env, const SegOfferProblem *problem, double *prices,
            double *bound)
{
	Interior in;
	double *trial;
	double mu;
	int idle = 0;

	SEG_TRY(make_interior(env, problem, &in));
	SEG_ALLOC(env, trial, problem->limits);
	SEG_TRY(start(&in));
	for (int step = 0; step < MOST_STEPS && idle < PATIENCE; step++)
	{
		SegEnv inner = seg_enter(env);
		double length;
		bool is_better;
		SegStatus status;

		SEG_TRY(improve(&in, &length));
		in.env = &inner;
		status = keep_best(&in, trial, prices, bound, &is_better);
		in.env = env;
		SEG_TRY(seg_leave(env, &inner, status));
		mu = mean_product(&in, 0.0, 0.0);
		idle = is_better || length > 0.01 ? 0 : idle + 1;
		if (is_at_end(&in, mu, *bound))
			break;
		seg_report(env,
		           "offer_allocate",
		           step + 1,
		           *bound,
		           (double) (step + 1) / MOST_STEPS);
	}
	return SEG_OK;
}

SegStatus
seg_offer_prices(SegEnv *env, const SegOfferProblem *problem, double *prices,
                 double *bound)
{
	SegEnv inner;

	memset(prices, 0, (size_t) problem->limits * sizeof(double));
	SEG_TRY(seg_offer_bound(env, problem, prices, bound));
	if (problem->limits == 0 || problem->n == 0)
		return SEG_OK;
	inner = seg_enter(env);
	return seg_leave(env, &inner, follow_path(&inner, problem, prices, bound));
}
