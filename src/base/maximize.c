/*-------------------------------------------------------------------------
 *
 * maximize.c
 *	  Newton's method for the maximum of a smooth function of a few variables.
 *
 * Each step solves (-H + m I) step = gradient, with the smallest of a few m
 * that makes the matrix positive definite and the step no longer than a radius
 * (the Levenberg-Marquardt form of a trust region [1]). m = 0 is the Newton
 * step, which doubles the digits each time near the maximum. The radius grows
 * when the quadratic model predicted the gain, and shrinks when the step
 * brought none.
 *
 * Near the maximum the gain is lost in the rounding of the value, while the
 * gradient still has digits: a short step counts as good if it halves the
 * gradient. The search ends with a step below the tolerance, and so with a
 * gradient at the level of rounding.
 *
 * Convergence is judged by the length of Newton's step, not by the gain. A
 * likelihood that only tends to a limit, as a parameter tends to infinity,
 * gains less and less; but in the log of the parameter Newton's step stays at
 * about 1 forever. So such a search reaches the bound, and says so.
 *
 * [1] J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., chapter 4.
 *
 * src/base/maximize.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/maximize.h"

#include <float.h>
#include <math.h>

#include "base/linalg.h"

#define FIRST_RADIUS   1.0
#define LARGEST_RADIUS 4.0
#define SHORT_STEP     1e-3  /* below it the gradient may decide */
#define SINGULAR       1e-11 /* pivot, relative to the diagonal */
#define NEAR_BOUND     1e-9
#define LONG_STEP      0.1
#define LEVEL          1e-12 /* gain of a long step, relative to the value */

typedef struct Search
{
	const SegProblem *problem;
	SegMaximum *best;
	double radius;
} Search;

typedef struct Step
{
	double move[SEG_MAX_VARIABLES];
	double size; /* of the longest move */
	double gain; /* predicted */
	bool is_newton;
	int bound; /* the first variable held at its bound; -1: none */
} Step;

double
seg_gradient_norm(const SegDerivatives *at, int n)
{
	double norm = 0.0;

	for (int i = 0; i < n; i++)
		norm = fmax(norm, fabs(at->gradient[i]));
	return norm;
}

/*
 * Is a variable at a bound and about to cross it?
 */
static bool
is_leaving(const Search *s, int i, double direction)
{
	double x = s->best->x[i];

	return (direction < 0.0 && x <= s->problem->low + NEAR_BOUND) ||
	       (direction > 0.0 && x >= s->problem->high - NEAR_BOUND);
}

/*
 * Factor -H + m I for the free variables; false if not positive definite.
 */
static bool
factor(const SegDerivatives *at, const int *free, int n, double m, double *l)
{
	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j <= i; j++)
			l[i * n + j] = -at->hessian[free[i]][free[j]];
		l[i * n + i] += m;
	}
	return seg_cholesky(l, n, SINGULAR) == n;
}

/*
 * The gain that the quadratic model predicts for a move.
 */
static double
predicted_gain(const SegDerivatives *at, const double *move, int n)
{
	double gain = 0.0;

	for (int i = 0; i < n; i++)
	{
		gain += at->gradient[i] * move[i] +
		        0.5 * at->hessian[i][i] * move[i] * move[i];
		for (int j = 0; j < i; j++)
			gain += at->hessian[i][j] * move[i] * move[j];
	}
	return gain;
}

/*
 * Solve for the step of the free variables with the smallest m that works;
 * false if none does, because values are not finite.
 */
static bool
solve_step(const Search *s, const int *free, int n, double *y, bool *is_newton)
{
	const SegDerivatives *at = &s->best->at;
	double l[SEG_MAX_VARIABLES * SEG_MAX_VARIABLES];
	double least = DBL_MIN;

	for (int i = 0; i < n; i++)
		least = fmax(least, 1e-10 * fabs(at->hessian[free[i]][free[i]]));
	for (double m = 0.0; m < DBL_MAX; m = fmax(4.0 * m, least))
	{
		double length = 0.0;

		if (!factor(at, free, n, m, l))
			continue;
		for (int i = 0; i < n; i++)
			y[i] = at->gradient[free[i]];
		seg_cholesky_solve(l, n, y);
		for (int i = 0; i < n; i++)
			length = fmax(length, fabs(y[i]));
		*is_newton = m == 0.0;
		if (length <= s->radius)
			return true;
	}
	return false;
}

/*
 * Shorten a step so that it ends where the first variable meets its bound.
 */
static void
stay_in_bounds(const Search *s, Step *step)
{
	const SegProblem *p = s->problem;
	double share = 1.0;

	for (int i = 0; i < p->n; i++)
	{
		double end = step->move[i] < 0.0 ? p->low : p->high;
		double room = end - s->best->x[i];

		if (fabs(step->move[i]) * share > fabs(room))
			share = room / step->move[i];
	}
	step->size = 0.0;
	for (int i = 0; i < p->n; i++)
	{
		step->move[i] *= share;
		step->size = fmax(step->size, fabs(step->move[i]));
	}
	step->gain = predicted_gain(&s->best->at, step->move, p->n);
}

/*
 * Hold the variables that are at their bound and would cross it; true if that
 * adds one.
 */
static bool
hold_leaving(const Search *s, const double *direction, bool *is_held)
{
	bool is_new = false;

	for (int i = 0; i < s->problem->n; i++)
	{
		if (!is_held[i] && is_leaving(s, i, direction[i]))
			is_held[i] = is_new = true;
	}
	return is_new;
}

/*
 * The step of the variables that are not held; zero if it cannot be computed.
 */
static void
move_free(const Search *s, const bool *is_held, Step *step)
{
	int free[SEG_MAX_VARIABLES];
	double y[SEG_MAX_VARIABLES] = {0.0};
	int n = 0;

	for (int i = 0; i < s->problem->n; i++)
	{
		step->move[i] = 0.0;
		if (!is_held[i])
			free[n++] = i;
		else if (step->bound < 0)
			step->bound = i;
	}
	if (!solve_step(s, free, n, y, &step->is_newton))
		return;
	for (int i = 0; i < n; i++)
		step->move[free[i]] = y[i];
}

static Step
choose_step(const Search *s)
{
	Step step = {.bound = -1};
	bool is_held[SEG_MAX_VARIABLES] = {false};

	(void) hold_leaving(s, s->best->at.gradient, is_held);
	do
		move_free(s, is_held, &step);
	while (hold_leaving(s, step.move, is_held));
	stay_in_bounds(s, &step);
	return step;
}

/*
 * Is the predicted gain of a step lost in the rounding of the value? Near a
 * maximum that is true only of short steps.
 */
static bool
is_level(const Search *s, const Step *step)
{
	return (step->size > LONG_STEP || !step->is_newton) &&
	       step->gain <= LEVEL * fabs(s->best->at.value);
}

static SegOutcome
outcome_of(const Step *step, double tolerance)
{
	if (step->bound >= 0)
		return SEG_AT_BOUND;
	return step->is_newton && step->size <= tolerance ? SEG_CONVERGED
	                                                  : SEG_FLAT;
}

static void
maximize_report(SegEnv *env, const SegProblem *problem,
                const SegMaximum *result)
{
	if (env->progress != NULL)
		env->progress(env->host,
		              problem->name,
		              result->steps,
		              result->at.value,
		              (double) result->steps / (double) problem->max_steps);
}

/*
 * Take the step if it goes uphill.
 */
static SegStatus
try_step(SegEnv *env, Search *s, const Step *step, bool *is_good)
{
	const SegProblem *p = s->problem;
	SegMaximum *best = s->best;
	SegMaximum next = *best;
	double gain;

	next.steps++;
	for (int i = 0; i < p->n; i++)
		next.x[i] += step->move[i];
	SEG_TRY(p->function(env, p->context, next.x, &next.at));
	gain = next.at.value - best->at.value;
	/* also false where the value is not a number */
	*is_good = gain > 0.1 * step->gain && isfinite(gain);
	if (*is_good && gain > 0.7 * step->gain && step->size > 0.5 * s->radius)
		s->radius = fmin(2.0 * s->radius, LARGEST_RADIUS);
	if (step->size <= SHORT_STEP && isfinite(gain))
		*is_good = *is_good || seg_gradient_norm(&next.at, p->n) <
		                           0.5 * seg_gradient_norm(&best->at, p->n);
	if (*is_good)
		*best = next;
	else
		best->steps++;
	return SEG_OK;
}

SegStatus
seg_maximize(SegEnv *env, const SegProblem *problem, SegMaximum *result)
{
	Search s = {problem, result, FIRST_RADIUS};

	result->steps = 0;
	SEG_TRY(problem->function(env, problem->context, result->x, &result->at));
	if (!isfinite(result->at.value))
		return seg_fail(env, SEG_NOT_FINITE, problem->name, 0, 0);
	while (result->steps < problem->max_steps)
	{
		Step step = choose_step(&s);
		bool is_good = false;
		bool is_last = step.size <= problem->tolerance || is_level(&s, &step);

		SEG_TRY(try_step(env, &s, &step, &is_good));
		maximize_report(env, problem, result);
		if (is_last)
		{
			result->which = step.bound;
			result->outcome = outcome_of(&step, problem->tolerance);
			return SEG_OK;
		}
		if (!is_good)
			s.radius = 0.25 * step.size;
	}
	result->outcome = SEG_OUT_OF_STEPS;
	return SEG_OK;
}

bool
seg_curvature_inverse(const SegDerivatives *at, int n, double *inverse)
{
	static const int all[SEG_MAX_VARIABLES] = {0, 1, 2, 3};
	double l[SEG_MAX_VARIABLES * SEG_MAX_VARIABLES];

	if (!factor(at, all, n, 0.0, l))
		return false;
	seg_cholesky_invert(l, n, inverse);
	return true;
}
