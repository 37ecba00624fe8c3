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
 * quantity: where any of them changes fast, panels are short.
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
	                      .log_beta = seg_log_gamma(fmin(a, b)) -
	                                  seg_rising(fmax(a, b), fmin(a, b)).log,
	                      .mean = a / n,
	                      .deviation = sqrt(a / n * (b / n) / (n + 1.0))};
}

SegPosterior
seg_posterior_of_mean(double mean, double deviation)
{
	return (SegPosterior){.mean = mean, .deviation = deviation};
}

void
seg_posterior_tails(const SegPosterior *p, double x, double *below,
                    double *above)
{
	double z = (x - p->mean) / p->deviation * SQRT_HALF;

	if (!p->is_share)
	{
		*below = 0.5 * seg_erfc(-z);
		*above = 0.5 * seg_erfc(z);
	}
	else if (x < p->mean)
	{
		*below = fmin(seg_incomplete_beta(p->a, p->b, x, 1.0 - x), 1.0);
		*above = 1.0 - *below;
	}
	else
	{
		*above = fmin(seg_incomplete_beta(p->b, p->a, 1.0 - x, x), 1.0);
		*below = 1.0 - *above;
	}
}

/*
 * Inside the range: not at 0 or 1 for a share.
 */
static double
posterior_density(const SegPosterior *p, double x)
{
	double z = (x - p->mean) / p->deviation;

	if (p->is_share)
		return exp((p->a - 1.0) * log(x) + (p->b - 1.0) * log1p(-x) -
		           p->log_beta);
	return exp(-0.5 * z * z) / (SQRT_TWO_PI * p->deviation);
}

/* ---------- panels ---------- */

/*
 * All ends of panels, ascending.
 */
static SegStatus
panel_ends(SegEnv *env, const SegPosterior *posteriors, int64_t n,
           double **ends)
{
	int64_t count = 0;

	SEG_ALLOC(env, *ends, n * POINTS);
	for (int64_t i = 0; i < n; i++)
	{
		const SegPosterior *p = &posteriors[i];

		for (int k = 1 - STEPS; k < STEPS; k++)
		{
			double step = k < 0 ? -steps[-k] : steps[k];
			double x = p->mean + step * p->deviation;
			int64_t at = count++;

			if (p->is_share)
				x = fmin(fmax(x, 0.0), 1.0);
			for (; at > 0 && (*ends)[at - 1] > x; at--)
				(*ends)[at] = (*ends)[at - 1];
			(*ends)[at] = x;
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
add_node(Contest *c, double x, double weight)
{
	double all_below = 1.0; /* of those before */
	double any_above = 0.0;

	for (int64_t i = 0; i < c->n; i++)
		seg_posterior_tails(&c->posteriors[i], x, &c->below[i], &c->above[i]);
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

SegStatus
seg_chances_to_win(SegEnv *env, const SegPosterior *posteriors, int64_t n,
                   double *chances, double *losses)
{
	Contest c = {.posteriors = posteriors,
	             .n = n,
	             .chances = chances,
	             .losses = losses};
	double *ends;
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
		double width = ends[k] - ends[k - 1];

		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int j = 0; width > 0.0 && j < SEG_GAUSS_NODES; j++)
			add_node(&c,
			         ends[k - 1] + width * seg_gauss_nodes[j],
			         width * seg_gauss_weights[j]);
	}
	/* one of them is the largest: what rounding left over is shared out */
	for (int64_t i = 0; i < n; i++)
		total += chances[i];
	for (int64_t i = 0; i < n; i++)
		chances[i] /= total;
	return SEG_OK;
}
