/* test_maximize.c: base/maximize.c on functions with a known maximum */
#include "base/maximize.h"

#include "unit.h"

void test_maximize(void);

static SegProblem
problem_of(SegFunction function, int n)
{
	return (SegProblem){.function = function,
	                    .n = n,
	                    .low = -12,
	                    .high = 12,
	                    .tolerance = 1e-8,
	                    .max_steps = 200,
	                    .name = "function"};
}

static SegStatus
run(const SegProblem *problem, SegMaximum *m)
{
	SegEnv env = unit_env();
	SegStatus status = seg_maximize(&env, problem, m);

	CHECK(status != SEG_OK || unit_env_reports(&env) == m->steps);
	unit_env_free(&env);
	return status;
}

/* -(100 (y - x^2)^2 + (1 - x)^2): Rosenbrock's valley, upside down */
static SegStatus
valley(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	double bend = x[1] - x[0] * x[0];

	(void) env;
	(void) context;
	*d = (SegDerivatives){0};
	d->value = -(100 * bend * bend + (1 - x[0]) * (1 - x[0]));
	d->gradient[0] = 400 * bend * x[0] + 2 * (1 - x[0]);
	d->gradient[1] = -200 * bend;
	d->hessian[0][0] = 400 * bend - 800 * x[0] * x[0] - 2;
	d->hessian[1][0] = 400 * x[0];
	d->hessian[1][1] = -200;
	return SEG_OK;
}

static void
climbs_a_valley(void)
{
	SegProblem problem = problem_of(valley, 2);

	for (int x = -11; x <= 11; x += 2)
	{
		SegMaximum m = {{x, -x}};

		CHECK(run(&problem, &m) == SEG_OK);
		CHECK(m.outcome == SEG_CONVERGED && m.steps < 100);
		CHECK_NEAR(m.x[0], 1, 1e-12);
		CHECK_NEAR(m.x[1], 1, 1e-12);
		CHECK(seg_gradient_norm(&m.at, 2) < 1e-11);
	}
}

/* - exp(-x) - (y - 2)^2: level in x only at infinity */
static SegStatus
tending(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	double e = exp(-x[0]);

	(void) env;
	(void) context;
	*d = (SegDerivatives){0};
	d->value = -e - (x[1] - 2) * (x[1] - 2);
	d->gradient[0] = e;
	d->gradient[1] = -2 * (x[1] - 2);
	d->hessian[0][0] = -e;
	d->hessian[1][1] = -2;
	return SEG_OK;
}

/*
 * The search ends at the bound and says for which variable; the other is right.
 */
static void
tells_of_a_bound(void)
{
	SegProblem problem = problem_of(tending, 2);
	SegMaximum m = {{0, 0}};

	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_AT_BOUND && m.which == 0);
	CHECK_NEAR(m.x[0], 12, 1e-8);
	CHECK_NEAR(m.x[1], 2, 1e-10);
	CHECK(m.steps < 30);

	/* if it starts there, it is held, and the rest continues */
	m = (SegMaximum){{12, 5}};
	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_AT_BOUND && m.x[0] == 12);
	CHECK_NEAR(m.x[1], 2, 1e-10);
}

/* -1 - (x + y - 3)^2: the same for all x - y */
static SegStatus
ridge(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	double s = x[0] + x[1] - 3;

	(void) env;
	(void) context;
	*d = (SegDerivatives){0};
	d->value = -1 - s * s;
	d->gradient[0] = d->gradient[1] = -2 * s;
	d->hessian[0][0] = d->hessian[1][0] = d->hessian[1][1] = -2;
	return SEG_OK;
}

static SegStatus
plain(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	(void) env;
	(void) context;
	(void) x;
	*d = (SegDerivatives){0};
	return SEG_OK;
}

static void
tells_of_a_level(void)
{
	SegProblem problem = problem_of(ridge, 2);
	SegMaximum m = {{0, 0}};
	double inverse[4];

	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_FLAT);
	CHECK_NEAR(m.x[0] + m.x[1], 3, 1e-6);
	CHECK(!seg_curvature_inverse(&m.at, 2, inverse));

	problem = problem_of(plain, 3);
	m = (SegMaximum){{1, 2, 3}};
	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_FLAT && m.steps == 1);
	CHECK(m.x[0] == 1 && m.x[1] == 2 && m.x[2] == 3);
}

/* log x - x, undefined for x <= 0: Newton's step from 2.5 leads there */
static SegStatus
edge(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	(void) env;
	(void) context;
	*d = (SegDerivatives){0};
	d->value = log(x[0]) - x[0];
	d->gradient[0] = 1 / x[0] - 1;
	d->hessian[0][0] = -1 / (x[0] * x[0]);
	return SEG_OK;
}

static void
steps_back_from_what_is_no_number(void)
{
	SegProblem problem = problem_of(edge, 1);
	SegMaximum m;
	double inverse;

	for (double x = 0.1; x < 12; x += 0.3)
	{
		m = (SegMaximum){{x}};
		CHECK(run(&problem, &m) == SEG_OK);
		CHECK(m.outcome == SEG_CONVERGED);
		CHECK_NEAR(m.x[0], 1, 1e-14);
	}
	CHECK(seg_curvature_inverse(&m.at, 1, &inverse));
	CHECK_NEAR(inverse, 1, 1e-14);

	m = (SegMaximum){{-1}};
	CHECK(run(&problem, &m) == SEG_NOT_FINITE);
}

/* Derivatives that are NaN stop the search, not the program. */
static SegStatus
broken(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	(void) env;
	(void) context;
	*d = (SegDerivatives){.value = -x[0] * x[0],
	                      .gradient = {NAN, NAN},
	                      .hessian = {{NAN}, {NAN, NAN}}};
	return SEG_OK;
}

static void
ends_whatever_happens(void)
{
	SegProblem problem = problem_of(broken, 2);
	SegMaximum m = {{1, 1}};

	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_FLAT);

	problem = problem_of(valley, 2);
	problem.max_steps = 3;
	m = (SegMaximum){{-3, 3}};
	CHECK(run(&problem, &m) == SEG_OK);
	CHECK(m.outcome == SEG_OUT_OF_STEPS && m.steps == 3);
}

static SegStatus
stopping(SegEnv *env, void *context, const double *x, SegDerivatives *d)
{
	if (env->stop(env->host))
		return SEG_STOPPED;
	return valley(env, context, x, d);
}

static void
a_stop_is_passed_on(void)
{
	SegProblem problem = problem_of(stopping, 2);

	for (int i = 0; i < 5; i++)
	{
		SegEnv env = unit_env();
		SegMaximum m = {{-3, 3}};

		unit_env_stop_after(&env, i);
		CHECK(seg_maximize(&env, &problem, &m) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_maximize(void)
{
	climbs_a_valley();
	tells_of_a_bound();
	tells_of_a_level();
	steps_back_from_what_is_no_number();
	ends_whatever_happens();
	a_stop_is_passed_on();
}
