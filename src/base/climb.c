/*-------------------------------------------------------------------------
 *
 * climb.c
 *	  Newton's method for the maximum of a concave function of many variables.
 *
 * Changes of the value are small up to tolerance * (1 + |value|).  A step that
 * lowers it by more, or to where the information lacks full rank, is halved,
 * MAX_HALVINGS times at most.
 *
 * The climb converges when the next step should raise the value by no more than
 * that, and move no variable, relative to 1 + |variable|, by more than the
 * square root of tolerance; that step is still taken, and as Newton's steps
 * square the error, what is left is rounding.  The second condition matters for
 * a likelihood without a maximum, where an element of the rows separates them
 * without exception: then the likelihood settles, but the coefficient grows by
 * the same amount in each step, for ever.
 *
 * The climb ends without convergence at max_iterations, when halving a step
 * does not help, or when only rounding is left to gain but the largest move is
 * not below half of the one before.
 *
 * Which variables depend on those before them is decided once, by the
 * information at the start: Cholesky's factor drops their rows.
 *
 * With a penalty on absolute values, the step is the maximum of the quadratic
 * approximation less the penalty, found by going up along one variable at a time
 * [1]; a variable whose gradient stays below its penalty rests at zero.
 *
 * [1] J. Friedman, T. Hastie, R. Tibshirani, "Regularization Paths for
 * Generalized Linear Models via Coordinate Descent", Journal of Statistical
 * Software 33(1), 2010; the outer iteration is J. D. Lee, Y. Sun, M. A. Saunders,
 * "Proximal Newton-Type Methods for Minimizing Composite Functions", SIAM Journal
 * on Optimization 24(3), 2014.
 *
 * src/base/climb.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/climb.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"

#define DEPENDENT    1e-11 /* share of a variable that others do not explain */
#define SETTLED      1e-6  /* share of a value that does not matter */
#define MAX_HALVINGS 30
#define MAX_SWEEPS   100000 /* of all variables, for one step */
#define SWEPT        1e-9   /* share of the largest move that does not matter */

SegStatus
seg_height_create(SegEnv *env, int64_t n, SegHeight *height)
{
	SEG_ALLOC(env, height->gradient, n);
	SEG_ALLOC(env, height->information, n * n);
	return SEG_OK;
}

static SegStatus
make_place(SegEnv *env, int64_t n, SegPlace *place)
{
	SEG_ALLOC(env, place->x, n);
	SEG_ALLOC(env, place->factor, n * n);
	return seg_height_create(env, n, &place->height);
}

SegStatus
seg_climb_create(SegEnv *env, const SegSlope *slope, SegClimb *climb)
{
	*climb = (SegClimb){.slope = slope};
	SEG_ALLOC(env, climb->is_fixed, slope->n);
	SEG_ALLOC(env, climb->step, slope->n);
	SEG_ALLOC(env, climb->rest, slope->n);
	SEG_TRY(make_place(env, slope->n, &climb->here));
	return make_place(env, slope->n, &climb->next);
}

/*
 * Factor the information of a place; false if it lacks full rank, which only
 * rounding can cause after the start.
 */
static bool
factor_place(const SegClimb *c, SegPlace *place, double tolerance)
{
	int64_t n = c->slope->n;

	memcpy(place->factor,
	       place->height.information,
	       (size_t) (n * n) * sizeof(double));
	/* a row of zeros is a dependent one */
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j <= i; j++)
		{
			if (c->is_fixed[i] || c->is_fixed[j])
				place->factor[i * n + j] = 0.0;
		}
	}
	return seg_cholesky(place->factor, n, tolerance) == c->rank;
}

/*
 * What absolute values cost.
 */
static double
penalty(const SegClimb *c, const double *x)
{
	double sum = 0.0;

	for (int64_t j = 0; c->slope->l1 != NULL && j < c->slope->n; j++)
		sum += c->slope->l1[j] * fabs(x[j]);
	return sum;
}

static SegStatus
visit(SegEnv *env, SegClimb *c, SegPlace *place)
{
	const SegSlope *slope = c->slope;

	SEG_TRY(slope->height_at(env, slope->context, place->x, &place->height));
	place->value = place->height.value - penalty(c, place->x);
	return SEG_OK;
}

/*
 * Variables that are not fixed are those that the information at the start can
 * tell apart.
 */
static SegStatus
begin_climb(SegEnv *env, SegClimb *c)
{
	int64_t n = c->slope->n;

	c->rank = n;
	for (int64_t j = 0; j < n; j++)
		c->is_fixed[j] = c->slope->is_held != NULL && c->slope->is_held[j];
	SEG_TRY(visit(env, c, &c->here));
	(void) factor_place(c, &c->here, DEPENDENT);
	for (int64_t j = 0; j < n; j++)
	{
		/* a penalty on absolute values chooses among dependent variables */
		if (c->slope->l1 == NULL)
			c->is_fixed[j] = !seg_cholesky_uses(c->here.factor, n, j);
		else if (!(c->here.height.information[j * n + j] > 0.0))
			c->is_fixed[j] = true;
		c->rank -= c->is_fixed[j];
	}
	c->start = c->here.value;
	return SEG_OK;
}

/* ---------- steps ---------- */

/* What x becomes when a penalty pulls it to zero. */
static double
shrink(double x, double by)
{
	double size = fabs(x) - by;

	return size > 0.0 ? copysign(size, x) : 0.0;
}

/*
 * Move one variable of the step to where the penalized approximation is
 * highest; how far, in units of the value's square root.
 */
static double
move_variable(SegClimb *c, int64_t j)
{
	int64_t n = c->slope->n;
	const double *information = c->here.height.information;
	double curvature = information[j * n + j];
	double x = c->here.x[j];
	double before = c->step[j];
	double moved;

	c->step[j] =
		shrink(curvature * (x + before) + c->rest[j], c->slope->l1[j]) /
			curvature -
		x;
	moved = c->step[j] - before;
	if (moved == 0.0)
		return 0.0;
	for (int64_t i = 0; i < j; i++)
		c->rest[i] -= moved * information[j * n + i];
	for (int64_t i = j; i < n; i++)
		c->rest[i] -= moved * information[i * n + j];
	return fabs(moved) * sqrt(curvature);
}

static SegStatus
find_penalized_step(SegEnv *env, SegClimb *c)
{
	int64_t n = c->slope->n;
	int64_t work = 0;
	double largest = 0.0;

	memcpy(c->rest, c->here.height.gradient, (size_t) n * sizeof(double));
	memset(c->step, 0, (size_t) n * sizeof(double));
	for (int64_t sweep = 0; sweep < MAX_SWEEPS; sweep++)
	{
		double move = 0.0;

		for (int64_t j = 0; j < n; j++)
		{
			if (!c->is_fixed[j])
				move = fmax(move, move_variable(c, j));
			SEG_TRY(seg_count_steps(env, &work, n));
		}
		largest = fmax(largest, move);
		if (move <= SWEPT * largest)
			return SEG_OK;
	}
	return SEG_OK;
}

/*
 * The step from here, and what it should add to the value.
 */
static SegStatus
find_step(SegEnv *env, SegClimb *c, double *gain)
{
	int64_t n = c->slope->n;
	const double *gradient = c->here.height.gradient;

	if (c->slope->l1 == NULL)
	{
		memcpy(c->step, gradient, (size_t) n * sizeof(double));
		seg_cholesky_solve(c->here.factor, n, c->step);
		*gain = 0.5 * seg_dot(c->step, gradient, n);
		return SEG_OK;
	}
	SEG_TRY(find_penalized_step(env, c));
	/* rest is gradient - information step */
	*gain =
		0.5 * (seg_dot(c->step, gradient, n) + seg_dot(c->step, c->rest, n)) +
		penalty(c, c->here.x);
	for (int64_t j = 0; j < n; j++)
		*gain -= c->slope->l1[j] * fabs(c->here.x[j] + c->step[j]);
	return SEG_OK;
}

/*
 * The largest move of a variable in the step, relative to its size; and which of
 * those with a name moves most.
 */
static double
largest_move(const SegClimb *c, int64_t *variable)
{
	double largest = 0.0;
	double of_named = 0.0;

	*variable = 0;
	for (int64_t j = 0; j < c->slope->n; j++)
	{
		double move = fabs(c->step[j]) / (1.0 + fabs(c->here.x[j]));

		largest = fmax(largest, move);
		if (move <= of_named ||
		    (c->slope->is_nameless != NULL && c->slope->is_nameless[j]))
			continue;
		of_named = move;
		*variable = j + 1;
	}
	return largest;
}

/*
 * Go along the step, or less far if that would lose more than allowed; stay if
 * it leads nowhere.
 */
static SegStatus
go_along(SegEnv *env, SegClimb *c, double allowed_loss, bool *moved)
{
	double least = c->here.value - allowed_loss;
	double length = 1.0;

	for (int h = 0; h <= MAX_HALVINGS; h++, length /= 2)
	{
		for (int64_t j = 0; j < c->slope->n; j++)
			c->next.x[j] = c->here.x[j] + length * c->step[j];
		SEG_TRY(visit(env, c, &c->next));
		/* false if it is not a number */
		*moved = c->next.value >= least &&
		         (c->slope->l1 != NULL || factor_place(c, &c->next, 0.0));
		if (*moved)
		{
			SegPlace place = c->here;

			c->here = c->next;
			c->next = place;
			return SEG_OK;
		}
	}
	/* what a visit leaves behind is used later */
	return visit(env, c, &c->here);
}

static void
report_climb(SegEnv *env, const SegClimb *c)
{
	if (env->progress != NULL)
		env->progress(env->host,
		              c->slope->name,
		              c->iterations,
		              c->here.value,
		              (double) c->iterations /
		                  (double) c->slope->max_iterations);
}

SegStatus
seg_climb(SegEnv *env, SegClimb *c)
{
	double tolerance = c->slope->tolerance;
	double move_before = INFINITY;
	bool moved = true;

	SEG_TRY(begin_climb(env, c));
	while (c->iterations < c->slope->max_iterations && moved && !c->converged)
	{
		/* the log-likelihood of few rows may be near zero */
		double unit = 1.0 + fabs(c->here.value);
		double gain, move;
		bool is_flat;

		SEG_TRY(find_step(env, c, &gain));
		move = largest_move(c, &c->runaway);
		is_flat = gain <= tolerance * unit;
		if (c->iterations == 0)
			c->score = 2.0 * gain;
		c->converged = is_flat && move <= sqrt(tolerance);
		/* in a climb that converges, steps shrink by far more than half */
		if (c->converged || gain > SETTLED * unit || move < move_before / 2)
			c->runaway = 0;
		else if (gain <= DBL_EPSILON * unit)
			return SEG_OK; /* nothing to gain, but still moving */
		move_before = move;
		SEG_TRY(go_along(env, c, tolerance * unit, &moved));
		c->iterations += moved;
		report_climb(env, c);
	}
	return SEG_OK;
}

double
seg_climb_gradient_norm(const SegClimb *c)
{
	const double *gradient = c->here.height.gradient;
	double largest = 0.0;
	double squares = 0.0;

	for (int64_t j = 0; j < c->slope->n; j++)
		largest = c->is_fixed[j] ? largest : fmax(largest, fabs(gradient[j]));
	if (largest == 0.0)
		return 0.0;
	for (int64_t j = 0; j < c->slope->n; j++)
	{
		double share = c->is_fixed[j] ? 0.0 : gradient[j] / largest;

		squares += share * share;
	}
	return largest * sqrt(squares);
}
