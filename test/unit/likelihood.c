/* likelihood.c: what the tests of fitted models share */
#include "likelihood.h"

#include "base/hash.h"

#define STEP 1e-5

SegDerivatives
unit_likelihood(const SegLikelihood *likelihood, const double *parameters,
                const double *rows, int64_t n)
{
	SegDerivatives d = {0};

	likelihood->add(parameters, rows, n, &d);
	return d;
}

void
unit_check_derivatives(const SegLikelihood *likelihood,
                       const double *parameters, const double *rows, int64_t n)
{
	SegDerivatives at = unit_likelihood(likelihood, parameters, rows, n);
	double value_error = 1e-8 * (1.0 + fabs(at.value));
	double slope_error = 1e-7 * (1.0 + seg_gradient_norm(&at, likelihood->n));

	for (int i = 0; i < likelihood->n; i++)
	{
		double moved[SEG_MAX_VARIABLES];
		SegDerivatives up, down;

		memcpy(moved, parameters, (size_t) likelihood->n * sizeof(double));
		moved[i] = parameters[i] * exp(STEP);
		up = unit_likelihood(likelihood, moved, rows, n);
		moved[i] = parameters[i] * exp(-STEP);
		down = unit_likelihood(likelihood, moved, rows, n);
		CHECK(fabs((up.value - down.value) / (2 * STEP) - at.gradient[i]) <
		      value_error);
		for (int j = 0; j <= i; j++)
			CHECK(fabs((up.gradient[j] - down.gradient[j]) / (2 * STEP) -
			           at.hessian[i][j]) < slope_error);
	}
}

SegFitParams
unit_fit_params(void)
{
	SegFitParams params = {0};

	seg_options_defaults(seg_fit_options, &params, sizeof(params));
	return params;
}

static void
fit_in_unit(SegEnv *env, const SegLikelihood *likelihood, const double *rows,
            int n, int columns, double unit, SegFit *fit, double *parameters)
{
	int stride = columns + 1;
	SegFitParams params = unit_fit_params();
	SegMemoryRows source;
	SegEstimates found;
	double *copy =
		env->alloc(env->host, (size_t) (n * stride) * sizeof(double));

	*fit = (SegFit){0};
	memcpy(copy, rows, (size_t) (n * stride) * sizeof(double));
	for (int i = 0; i < n * stride; i++)
	{
		if (i % stride > 0 && i % stride < columns)
			copy[i] *= unit;
	}
	seg_memory_rows(&source, copy, n, columns, stride, 100);
	CHECK(seg_fit(env, &source.rows, likelihood, &params, fit, &found) ==
	      SEG_OK);
	for (int i = 0; i < likelihood->n; i++)
	{
		parameters[i] = found.value[i];
		if (likelihood->is_scale[i])
			parameters[i] *= found.unit / unit;
	}
}

void
unit_check_units(const SegLikelihood *likelihood, const double *rows, int n,
                 int columns)
{
	static const double units[] = {7, 604800, 1e-6, 1e6};
	SegEnv env = unit_env();
	SegFit one, fit;
	double wanted[SEG_MAX_VARIABLES], found[SEG_MAX_VARIABLES];

	fit_in_unit(&env, likelihood, rows, n, columns, 1, &one, wanted);
	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
	{
		fit_in_unit(&env, likelihood, rows, n, columns, units[u], &fit, found);
		CHECK(fit.outcome == one.outcome && fit.bound == one.bound);
		/* parameters that are not determined may still differ */
		CHECK_NEAR(unit_likelihood(likelihood, found, rows, n).value,
		           unit_likelihood(likelihood, wanted, rows, n).value,
		           1e-9);
	}
	unit_env_free(&env);
}

bool
unit_is_valid(SegEnv *env, const SegMethod *method, const void *value)
{
	size_t size;
	void *body, *copy;

	if (seg_image_size(env, method, value, &size) != SEG_OK)
		return false;
	body = env->alloc(env->host, size);
	copy = env->alloc(env->host, method->size);
	seg_image_write(method, value, body);
	return seg_image_open(env, method, body, size, copy) == SEG_OK &&
	       seg_image_validate(env, method, copy) == SEG_OK &&
	       seg_image_verify(env, method, copy, body, size) == SEG_OK;
}

const UnitHistories unit_bad_histories[] = {
	{"nobody bought again", 3, {{0, 0, 5, 1}, {0, 0, 7, 1}, {0, 0, 9, 20}}},
	{"one customer", 1, {{2, 3, 7, 1}}},
	{"one customer who bought once", 1, {{0, 0, 7, 1}}},
	{"nobody was watched", 2, {{0, 0, 0, 1}, {0, 0, 0, 5}}},
	{"nobody left",
     5,
     {{1, 5, 5, 1}, {3, 9, 9, 1}, {2, 8, 8, 1}, {9, 9, 9, 1}, {1, 2, 2, 1}}},
	{"identical", 1, {{3, 6, 10, 1000}}},
	{"seconds",
     4,
     {{0, 0, 9e7, 1}, {1, 2e7, 9e7, 1}, {3, 8e7, 8e7, 1}, {2, 5e6, 7e7, 1}}},
	{"10000 purchases",
     3,
     {{10000, 99, 100, 1}, {0, 0, 100, 50}, {1, 50, 100, 3}}},
	{"all at once", 2, {{4, 0, 10, 3}, {0, 0, 10, 3}}},
	{"purchases in no time", 2, {{4, 0, 0, 3}, {0, 0, 0, 3}}},
	{"ages far apart",
     3,
     {{1, 1e-90, 1e-80, 1}, {2, 3, 5, 1}, {1, 1e90, 1e95, 1}}},
	{"tiny weights", 2, {{1, 2, 3, 1e-300}, {0, 0, 4, 2e-300}}},
	{"huge weights", 2, {{1, 2, 3, 1e99}, {0, 0, 4, 2e99}}},
	{NULL, 0, {{0}}},
};

double
unit_uniform(uint64_t *item)
{
	return seg_random_real(1, 2, (*item)++) + 0x1p-54;
}

double
unit_exponential(uint64_t *item)
{
	return -log(unit_uniform(item));
}

/* Marsaglia and Tsang (2000); the normal deviate by Box and Muller. */
double
unit_gamma(double shape, uint64_t *item)
{
	double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
	double boost = shape < 1 ? pow(unit_uniform(item), 1 / shape) : 1;

	for (;;)
	{
		double x = sqrt(2 * unit_exponential(item)) *
		           cos(6.283185307179586 * unit_uniform(item));
		double v = 1 + x / sqrt(9 * d);

		v = v * v * v;
		if (v > 0 &&
		    log(unit_uniform(item)) < 0.5 * x * x + d - d * v + d * log(v))
			return boost * d * v;
	}
}
