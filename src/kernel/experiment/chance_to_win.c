/*-------------------------------------------------------------------------
 *
 * chance_to_win.c
 *	  Which of several quantities is the largest, if each is known as well as its
 *	  data tell?
 *
 * With densities f and distribution functions F, the chance of quantity i is the
 * integral of f_i times the product of all other F, and its expected loss that of
 * F_i times (1 - that product). No term is negative and nothing cancels, so small
 * chances and losses keep their digits. Both are computed by the Gauss-Legendre
 * rule on panels that end at multiples of the deviation from the mean of each
 * quantity: where any of them changes fast, panels are short. A place on the line
 * is told from the mean of a quantity near it, since after many users a deviation
 * may have no digit in common with the mean.
 *
 * C. Stucchio, "Bayesian A/B Testing at VWO", 2015, for chance and loss.
 *
 * src/kernel/experiment/chance_to_win.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/chance_to_win.h"

#include <math.h>

#include "base/incomplete_beta.h"
#include "base/quadrature.h"
#include "base/special.h"

#define SQRT_HALF   0.70710678118654752440
#define SQRT_TWO_PI 2.50662827463100050242

/* Ends of panels, in deviations from the mean. */
static const double steps[] =
	{0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 11, 16, 25, 40};

#define STEPS  ((int) (sizeof(steps) / sizeof(steps[0])))
#define POINTS (2 * STEPS - 1)

/* ---------- one quantity ---------- */

SegPosterior
seg_posterior_of_share(double successes, double failures)
{
	double a = successes + 1.0;
	double b = failures + 1.0;
	double n = a + b;

	return (SegPosterior){.is_share = true,
	                      .a = a,
	                      .b = b,
	                      .mean = a / n,
	                      .mean_rest = a > b ? (1.0 - a / n) - b / n : 0.0,
	                      .complement = b / n,
	                      .deviation = sqrt(a / n * (b / n) / (n + 1.0))};
}

SegPosterior
seg_posterior_of_mean(double mean, double mean_rest, double deviation)
{
	return (SegPosterior){.mean = mean,
	                      .mean_rest = mean_rest,
	                      .complement = 1.0 - mean,
	                      .deviation = deviation};
}

void
seg_share_tails(const SegPosterior *p, double x, double rest, double *below,
                double *above)
{
	if (x < p->mean)
	{
		*below = fmin(seg_incomplete_beta(p->a, p->b, x, rest), 1.0);
		*above = 1.0 - *below;
	}
	else
	{
		*above = fmin(seg_incomplete_beta(p->b, p->a, rest, x), 1.0);
		*below = 1.0 - *above;
	}
}

/* ---------- places on the line ---------- */

/* So far from the mean of a quantity. */
typedef struct Place
{
	const SegPosterior *near;
	double offset;
} Place;

/*
 * How far a place lies above the mean of a quantity.
 */
static inline double
above_mean(const SegPosterior *p, Place x)
{
	return (x.near->mean - p->mean) + (x.near->mean_rest - p->mean_rest) +
	       x.offset;
}

static inline double
distance(Place from, Place to)
{
	return above_mean(from.near, to) - from.offset;
}

/* The place as a share, and 1 less it. */
static inline double
share_at(Place x)
{
	return x.near->mean + x.offset;
}

static inline double
complement_at(Place x)
{
	return x.near->complement - x.offset;
}

/*
 * Chances of a value below a place, and above it: each precise where it is small.
 */
static void
posterior_tails(const SegPosterior *p, Place x, double *below, double *above)
{
	double z = above_mean(p, x) / p->deviation * SQRT_HALF;

	if (p->is_share)
	{
		seg_share_tails(p, share_at(x), complement_at(x), below, above);
		return;
	}
	*below = 0.5 * seg_erfc(-z);
	*above = 0.5 * seg_erfc(z);
}

static double
posterior_density(const SegPosterior *p, Place x)
{
	double z = above_mean(p, x) / p->deviation;
	double share = share_at(x);
	double rest = complement_at(x);

	if (!p->is_share)
		return exp(-0.5 * z * z) / (SQRT_TWO_PI * p->deviation);
	if (share <= 0.0 || rest <= 0.0)
		return 0.0;
	return seg_beta_power(p->a, p->b, share, rest) / share / rest;
}

/* ---------- panels ---------- */

/*
 * All ends of panels, ascending.
 */
static SegStatus
panel_ends(SegEnv *env, const SegPosterior *posteriors, int64_t n, Place **ends)
{
	int64_t count = 0;

	SEG_ALLOC(env, *ends, n * POINTS);
	for (int64_t i = 0; i < n; i++)
	{
		const SegPosterior *p = &posteriors[i];

		for (int k = 1 - STEPS; k < STEPS; k++)
		{
			double step = k < 0 ? -steps[-k] : steps[k];
			Place end = {p, step * p->deviation};
			int64_t at = count++;

			if (p->is_share)
				end.offset = fmin(fmax(end.offset, -p->mean), p->complement);
			for (; at > 0 && distance(end, (*ends)[at - 1]) > 0.0; at--)
				(*ends)[at] = (*ends)[at - 1];
			(*ends)[at] = end;
		}
	}
	return SEG_OK;
}

/*
 * What the sum over the nodes works with. A product of chances is kept with 1
 * less it, which is precise where the product is near 1.
 */
typedef struct Contest
{
	const SegPosterior *posteriors;
	int64_t n;
	double *below; /* of each: the chance of a value below a node */
	double *above;
	double *all_below; /* of those that follow: the chance that all are */
	double *any_above;
	double *chances;
	double *losses;
} Contest;

static void
add_node(Contest *c, Place x, double weight)
{
	double all_below = 1.0; /* of those before */
	double any_above = 0.0;

	for (int64_t i = 0; i < c->n; i++)
		posterior_tails(&c->posteriors[i], x, &c->below[i], &c->above[i]);
	c->all_below[c->n - 1] = 1.0;
	c->any_above[c->n - 1] = 0.0;
	for (int64_t i = c->n - 1; i > 0; i--)
	{
		c->all_below[i - 1] = c->all_below[i] * c->below[i];
		c->any_above[i - 1] = c->above[i] + c->below[i] * c->any_above[i];
	}
	for (int64_t i = 0; i < c->n; i++)
	{
		double others_below = all_below * c->all_below[i];
		double other_above = any_above + all_below * c->any_above[i];

		if (others_below > 0.0)
			c->chances[i] +=
				weight * others_below * posterior_density(&c->posteriors[i], x);
		c->losses[i] += weight * c->below[i] * other_above;
		any_above = any_above + all_below * c->above[i];
		all_below *= c->below[i];
	}
}

/*
 * Add the nodes of a panel, which are told from the end that is known better.
 */
static void
add_panel(Contest *c, Place from, Place to)
{
	double width = distance(from, to);
	bool from_above = to.near->deviation < from.near->deviation;

	for (int j = 0; width > 0.0 && j < SEG_GAUSS_NODES; j++)
	{
		Place x = from_above ? to : from;

		x.offset += width * (seg_gauss_nodes[j] - (from_above ? 1.0 : 0.0));
		add_node(c, x, width * seg_gauss_weights[j]);
	}
}

SegStatus
seg_chances_to_win(SegEnv *env, const SegPosterior *posteriors, int64_t n,
                   double *chances, double *losses)
{
	Contest c = {.posteriors = posteriors,
	             .n = n,
	             .chances = chances,
	             .losses = losses};
	Place *ends;
	double total = 0.0;

	if (n > SEG_MAX_CONTESTANTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "variants to choose from",
		                (double) n,
		                SEG_MAX_CONTESTANTS);
	if (n == 0)
		return SEG_OK;
	SEG_ALLOC(env, c.below, n);
	SEG_ALLOC(env, c.above, n);
	SEG_ALLOC(env, c.all_below, n);
	SEG_ALLOC(env, c.any_above, n);
	SEG_TRY(panel_ends(env, posteriors, n, &ends));
	for (int64_t i = 0; i < n; i++)
		chances[i] = losses[i] = 0.0;
	for (int64_t k = 1; k < n * POINTS; k++)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		add_panel(&c, ends[k - 1], ends[k]);
	}
	/* one of them is the largest: what rounding left over is shared out */
	for (int64_t i = 0; i < n; i++)
		total += chances[i];
	for (int64_t i = 0; i < n; i++)
		chances[i] /= total;
	return SEG_OK;
}
