/* test_regression.c: kernel/regression against definitions and brute force */
#include "kernel/regression/regression.h"

#include "base/climb.h"
#include "base/linalg.h"
#include "kernel/regression/regression_pass.h"
#include "unit.h"

void test_regression(void);

#define MAX_N 400
#define MAX_P 6

typedef struct Data
{
	int n;
	int p;
	bool weighted;
	double x[MAX_N * (MAX_P + 2)];
} Data;

static const SegFamily families[] = {SEG_LINEAR,
                                     SEG_LOGISTIC,
                                     SEG_POISSON,
                                     SEG_GAMMA};
static const SegMethod *const methods[] = {&seg_linear_method,
                                           &seg_logistic_method,
                                           &seg_poisson_method,
                                           &seg_gamma_method};

#define EACH_FAMILY(f) for (int f = 0; f < 4; f++)

static int
width_of(const Data *d)
{
	return d->p + 1 + d->weighted;
}

static double *
row_of(Data *d, int i)
{
	return d->x + (ptrdiff_t) i * width_of(d);
}

/* Rows without a pattern, with labels that the family takes. */
static void
fill(Data *d, SegFamily family, int n, int p, bool weighted)
{
	*d = (Data){.n = n, .p = p, .weighted = weighted};
	for (int i = 0; i < n; i++)
	{
		double *row = row_of(d, i);
		double noise = (double) (i * 31337L % 101) / 101;
		double y;

		for (int j = 0; j < p; j++)
			row[j] =
				(double) ((i + 3) * (7919L + 104729L * j) % (11 + 17 * j)) / 10;
		y = noise + 0.1 * row[0];
		row[p] = family == SEG_LOGISTIC  ? y > 0.5
		         : family == SEG_POISSON ? floor(3 * y)
		         : family == SEG_GAMMA   ? y + 0.1
		                                 : 100 + 5 * y;
		if (weighted)
			row[p + 1] = 1 + i % 4;
	}
}

static SegRegressionParams
default_params(void)
{
	SegRegressionParams params = {0};

	seg_options_defaults(seg_regression_options, &params, sizeof(params));
	return params;
}

static SegStatus
train(SegEnv *env, SegFamily family, Data *d, const SegRegressionParams *params,
      SegRegression *model, int64_t *runaway)
{
	SegMemoryRows source;

	*model = (SegRegression){0};
	seg_memory_rows(&source, d->x, d->n, d->p, width_of(d), 50);
	return seg_regression_train(env,
	                            family,
	                            &source.rows,
	                            params,
	                            model,
	                            runaway);
}

/* A model, which must be storable. */
static SegRegression
model_of(SegEnv *env, SegFamily family, Data *d,
         const SegRegressionParams *params)
{
	int64_t runaway = -1;
	SegRegression model;

	CHECK(train(env, family, d, params, &model, &runaway) == SEG_OK);
	CHECK(runaway == 0 || !model.converged);
	model.options = model.version = (SegText){"", 0};
	CHECK(seg_image_validate(env, methods[family], &model) == SEG_OK);
	return model;
}

/* ---------- the definition, with more digits ---------- */

static long double
log_likelihood(SegFamily family, double y, long double eta)
{
	switch (family)
	{
		case SEG_LINEAR:
			return -(y - eta) * (y - eta) / 2;
		case SEG_LOGISTIC:
			return -log1pl(expl(y > 0.5 ? -eta : eta));
		case SEG_POISSON:
			return y * eta - expl(eta);
		default:
			return -y * expl(-eta) - eta;
	}
}

/* Of a model's rows at coefficients b, with the intercept last. */
static long double
value_at(Data *d, SegFamily family, const long double *b)
{
	long double sum = 0;

	for (int i = 0; i < d->n; i++)
	{
		const double *row = row_of(d, i);
		long double eta = b[d->p];

		for (int j = 0; j < d->p; j++)
			eta += b[j] * row[j];
		sum += (d->weighted ? row[d->p + 1] : 1) *
		       log_likelihood(family, row[d->p], eta);
	}
	return sum;
}

static void
coefficients_of(const SegRegression *m, long double *b)
{
	for (int64_t j = 0; j < m->dim; j++)
		b[j] = m->coefficients[j];
	b[m->dim] = m->intercept;
}

/* The derivative of the likelihood by coefficient j, or by j and k. */
static double
slope(Data *d, SegFamily family, const long double *b, int j)
{
	const long double h = 1e-5L;
	long double moved[MAX_P + 1];
	long double up, down;

	memcpy(moved, b, sizeof(moved));
	moved[j] = b[j] + h;
	up = value_at(d, family, moved);
	moved[j] = b[j] - h;
	down = value_at(d, family, moved);
	return (double) ((up - down) / (2 * h));
}

/* No other coefficients are likelier. */
static void
is_the_maximum(SegFamily family, int p, bool weighted)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	long double b[MAX_P + 1];

	fill(&d, family, 300, p, weighted);
	m = model_of(&env, family, &d, &params);
	CHECK(m.converged && m.rank == p + 1);
	coefficients_of(&m, b);
	for (int j = 0; j <= p; j++)
		CHECK(fabs(slope(&d, family, b, j)) <
		      1e-7 * fabs((double) value_at(&d, family, b)));
	unit_env_free(&env);
}

/* A weight of 3 is the row three times, in every number of the model. */
static void
weights_repeat_rows(SegFamily family, SegStdErrors errors, double l2)
{
	static Data weighted, repeated;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression a, b;
	int n = 0;

	params.std_errors = errors;
	params.l2 = l2;
	params.standardize = true;
	fill(&weighted, family, 120, 3, true);
	repeated = (Data){.p = 3};
	for (int i = 0; i < weighted.n; i++)
	{
		for (int k = 0; k < (int) row_of(&weighted, i)[4]; k++)
			memcpy(row_of(&repeated, n++),
			       row_of(&weighted, i),
			       4 * sizeof(double));
	}
	repeated.n = n;
	a = model_of(&env, family, &weighted, &params);
	b = model_of(&env, family, &repeated, &params);
	CHECK(n <= MAX_N && a.weight == n && b.weight == n);
	CHECK_NEAR(a.intercept, b.intercept, 1e-11);
	CHECK_NEAR(a.log_likelihood, b.log_likelihood, 1e-11);
	CHECK_NEAR(a.dispersion, b.dispersion, 1e-11);
	CHECK_NEAR(a.null_deviance, b.null_deviance, 1e-11);
	for (int j = 0; j < 3; j++)
	{
		CHECK_NEAR(a.coefficients[j], b.coefficients[j], 1e-11);
		CHECK_NEAR(a.means[j], b.means[j], 1e-12);
	}
	CHECK((a.covariance_size == 0) == (l2 > 0) &&
	      a.covariance_size == b.covariance_size);
	for (int j = 0; j < a.covariance_size * 4; j++)
		CHECK_NEAR(a.covariance[j] * 1e3, b.covariance[j] * 1e3, 1e-9);
	unit_env_free(&env);
}

/* The covariance is the inverse of the curvature, times the dispersion. */
static void
covariance_is_the_curvature(SegFamily family)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	const int n = 4;
	double information[16] = {0}, inverse[16];

	fill(&d, family, 300, 3, true);
	m = model_of(&env, family, &d, &params);
	for (int i = 0; i < d.n; i++)
	{
		const double *row = row_of(&d, i);
		double x[4] = {row[0], row[1], row[2], 1};
		double eta = m.intercept, mu, w;

		for (int j = 0; j < 3; j++)
			eta += m.coefficients[j] * x[j];
		mu = family == SEG_LOGISTIC ? 1 / (1 + exp(-eta)) : exp(eta);
		w = family == SEG_LOGISTIC  ? mu * (1 - mu)
		    : family == SEG_POISSON ? mu
		                            : 1;
		for (int j = 0; j < n; j++)
			for (int k = 0; k <= j; k++)
				information[j * n + k] += row[4] * w * x[j] * x[k];
	}
	CHECK(seg_cholesky(information, n, 0) == n);
	seg_cholesky_invert(information, n, inverse);
	for (int j = 0; j < n * n; j++)
		CHECK_NEAR(m.covariance[j] / m.dispersion / inverse[j], 1, 1e-8);
	unit_env_free(&env);
}

/* ---------- penalties ---------- */

/*
 * At the best coefficients the slope is the penalty's where they are not zero,
 * and within it where they are.
 */
static void
penalized_is_the_maximum(SegFamily family, double l1, double l2)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	long double b[MAX_P + 1];
	int zeros = 0;

	params.l1 = l1;
	params.l2 = l2;
	fill(&d, family, 300, 6, false);
	m = model_of(&env, family, &d, &params);
	CHECK(m.converged && m.covariance_size == 0);
	coefficients_of(&m, b);
	CHECK(fabs(slope(&d, family, b, 6)) < 1e-5);
	for (int j = 0; j < 6; j++)
	{
		double g = slope(&d, family, b, j) - l2 * m.coefficients[j];

		zeros += m.coefficients[j] == 0;
		if (m.coefficients[j] == 0)
			CHECK(fabs(g) <= l1 + 1e-5);
		else
			CHECK(fabs(g - copysign(l1, m.coefficients[j])) < 1e-5);
	}
	CHECK((zeros > 0 && zeros < 6) == (l1 > 0));
	unit_env_free(&env);
}

/* With a penalty without bound, each prediction is that of no elements. */
static void
huge_penalty_gives_the_base_rate(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	const double x[3] = {1, 1, 1};
	SegRegression m;
	double mean = 0, p;

	params.l2 = 1e20;
	fill(&d, SEG_LOGISTIC, 200, 3, false);
	for (int i = 0; i < d.n; i++)
		mean += row_of(&d, i)[3] / d.n;
	m = model_of(&env, SEG_LOGISTIC, &d, &params);
	CHECK(seg_logistic_method.supervised->predict(&env, &m, x, &p) == SEG_OK);
	CHECK_NEAR(p, mean, 1e-12);
	unit_env_free(&env);
}

/* ---------- rows that say little ---------- */

static void
dependent_elements_have_no_coefficient(SegFamily family)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m, without;
	SegCoefficient c;

	fill(&d, family, 200, 2, false);
	without = model_of(&env, family, &d, &params);
	fill(&d, family, 200, 4, false);
	for (int i = 0; i < d.n; i++)
	{
		double *row = row_of(&d, i);
		double y = row[4];

		row[2] = 2 * row[0] - row[1] + 7;
		row[3] = 0.1;
		row[4] = y;
	}
	m = model_of(&env, family, &d, &params);
	CHECK(m.rank == 3 && !m.aliased[0] && !m.aliased[1] && m.aliased[2] &&
	      m.aliased[3]);
	CHECK_NEAR(m.coefficients[0], without.coefficients[0], 1e-9);
	CHECK_NEAR(m.log_likelihood, without.log_likelihood, 1e-10);
	c = methods[family]->supervised->coefficient(&m, 3);
	CHECK(c.is_aliased && c.number == 3);
	c = methods[family]->supervised->coefficient(&m, 0);
	CHECK(!c.is_aliased && c.std_error > 0 && c.feature.length == 11);
	unit_env_free(&env);
}

static void
separation_is_noticed(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	int64_t runaway;

	fill(&d, SEG_LOGISTIC, 200, 3, false);
	for (int i = 0; i < d.n; i++)
		row_of(&d, i)[3] = row_of(&d, i)[1] > 1.2;
	CHECK(train(&env, SEG_LOGISTIC, &d, &params, &m, &runaway) == SEG_OK);
	CHECK(!m.converged && runaway == 2);
	/* almost: one of the elements is 1 for some of the yes, never for a no */
	fill(&d, SEG_LOGISTIC, 200, 3, false);
	for (int i = 0; i < d.n; i++)
		row_of(&d, i)[2] = row_of(&d, i)[3] == 1 && i % 5 == 0;
	CHECK(train(&env, SEG_LOGISTIC, &d, &params, &m, &runaway) == SEG_OK);
	CHECK(!m.converged && runaway == 3);
	params.l2 = 1;
	CHECK(train(&env, SEG_LOGISTIC, &d, &params, &m, &runaway) == SEG_OK);
	CHECK(m.converged && runaway == 0);
	unit_env_free(&env);
}

static void
labels_must_differ(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	int64_t runaway;

	fill(&d, SEG_LOGISTIC, 20, 2, false);
	for (int i = 0; i < d.n; i++)
		row_of(&d, i)[2] = 1;
	CHECK(train(&env, SEG_LOGISTIC, &d, &params, &m, &runaway) ==
	      SEG_ONE_CLASS);
	CHECK(env.diag.got == 20 && strcmp(env.diag.name, "true") == 0);
	for (int i = 0; i < d.n; i++)
		row_of(&d, i)[2] = 0;
	CHECK(train(&env, SEG_POISSON, &d, &params, &m, &runaway) == SEG_ONE_CLASS);
	/* a constant number is predicted as such */
	m = model_of(&env, SEG_LINEAR, &d, &params);
	CHECK(m.intercept == 0 && m.coefficients[0] == 0 && m.deviance == 0);
	unit_env_free(&env);
}

/* Robust errors of a coefficient that a single row determines. */
static void
leverage_of_one_is_refused(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression m;
	int64_t runaway;

	EACH_FAMILY(f)
	{
		/* a logistic model would never converge */
		if (families[f] == SEG_LOGISTIC)
			continue;
		fill(&d, families[f], 60, 3, false);
		for (int i = 0; i < d.n; i++)
			row_of(&d, i)[1] = i == 17;
		for (int errors = SEG_ERRORS_HC0; errors <= SEG_ERRORS_HC3; errors++)
		{
			params.std_errors = errors;
			CHECK(train(&env, families[f], &d, &params, &m, &runaway) ==
			      (errors >= SEG_ERRORS_HC2 ? SEG_LEVERAGE : SEG_OK));
		}
	}
	unit_env_free(&env);
}

/* Two rows, three coefficients: a perfect fit, no standard errors. */
static void
few_rows_are_stored(void)
{
	EACH_FAMILY(f)
	{
		for (int n = 1; n <= 5; n++)
		{
			static Data d;
			SegEnv env = unit_env();
			SegRegressionParams params = default_params();
			SegRegression m;
			int64_t runaway;

			fill(&d, families[f], n, 3, false);
			if (train(&env, families[f], &d, &params, &m, &runaway) == SEG_OK)
			{
				m.options = m.version = (SegText){"", 0};
				CHECK(seg_image_validate(&env, methods[f], &m) == SEG_OK);
				CHECK(m.rank <= n);
			}
			else
				CHECK(env.diag.what != NULL);
			unit_env_free(&env);
		}
	}
}

/* Elements far from zero, or tiny beside others, cost no digits. */
static void
keeps_digits_far_from_zero(SegFamily family)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression near, far;

	fill(&d, family, 200, 3, false);
	near = model_of(&env, family, &d, &params);
	for (int i = 0; i < d.n; i++)
	{
		row_of(&d, i)[0] += 0x1p20;
		row_of(&d, i)[1] *= 0x1p-40;
		row_of(&d, i)[2] *= 0x1p40;
	}
	far = model_of(&env, family, &d, &params);
	CHECK_NEAR(far.coefficients[0], near.coefficients[0], 1e-8);
	CHECK_NEAR(far.coefficients[1] * 0x1p-40, near.coefficients[1], 1e-8);
	CHECK_NEAR(far.coefficients[2] * 0x1p40, near.coefficients[2], 1e-8);
	CHECK_NEAR(far.covariance[0] * 1e3, near.covariance[0] * 1e3, 1e-8);
	CHECK_NEAR(far.deviance, near.deviance, 1e-10);
	unit_env_free(&env);
}

/* An offset is an element with a coefficient of 1. */
static void
offset_is_subtracted(void)
{
	static Data d, moved;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression a, b;

	fill(&d, SEG_LINEAR, 200, 3, true);
	params.offset = 2;
	a = model_of(&env, SEG_LINEAR, &d, &params);
	CHECK(a.coefficients[1] == 1 && !a.aliased[1] && a.rank == 3);
	moved = d;
	for (int i = 0; i < d.n; i++)
	{
		row_of(&moved, i)[3] -= row_of(&d, i)[1];
		row_of(&moved, i)[1] = 0;
	}
	params.offset = 0;
	b = model_of(&env, SEG_LINEAR, &moved, &params);
	CHECK_NEAR(a.coefficients[0], b.coefficients[0], 1e-10);
	CHECK_NEAR(a.intercept, b.intercept, 1e-10);
	CHECK_NEAR(a.deviance, b.deviance, 1e-10);
	CHECK_NEAR(a.null_deviance, b.null_deviance, 1e-10);
	CHECK(isnan(seg_linear_method.supervised->coefficient(&a, 2).std_error));
	unit_env_free(&env);
}

/* ---------- the loops ---------- */

/* All builds give the same bits, and exp and log are good to a few ulps. */
static void
loops_agree(void)
{
	static SegTile tile[2];
	static SegTileSums sums[2];
	static double x[3 * SEG_TILE_ROWS];
	static double gradient[2][3 * SEG_TILE_LANES];
	static double information[2][6 * SEG_TILE_LANES];
	const SegTileLoops *loops[] = {seg_tile_loops(), seg_tile_loops_baseline()};
	const double b[] = {1.5, -3.25, 0.3};

	for (int i = 0; i < 3 * SEG_TILE_ROWS; i++)
		x[i] = (i * 7919 % 1009 - 504) / 31.0;
	EACH_FAMILY(f)
	{
		double worst = 0, value = 0, brute = 0;

		for (int k = 0; k < 2; k++)
		{
			sums[k] = (SegTileSums){.gradient = gradient[k],
			                        .information = information[k]};
			tile[k].n = 3;
			tile[k].x = x;
			for (int i = 0; i < SEG_TILE_ROWS; i++)
			{
				tile[k].y[i] = i % 2;
				tile[k].weight[i] = 1 + i % 3;
			}
			loops[k]->predict(&tile[k], b);
			loops[k]->differentiate[f](&tile[k], &sums[k]);
			loops[k]->add(&tile[k], &sums[k]);
		}
		CHECK(memcmp(sums[0].value, sums[1].value, sizeof(sums[0].value)) == 0);
		CHECK(memcmp(gradient[0], gradient[1], sizeof(gradient[0])) == 0);
		CHECK(memcmp(information[0], information[1], sizeof(information[0])) ==
		      0);
		for (int i = 0; i < SEG_TILE_ROWS; i++)
		{
			double eta = tile[0].eta[i];
			double mean = f == SEG_LOGISTIC ? 1 / (1 + exp(-eta)) : exp(eta);

			if (f != SEG_LINEAR)
				worst = fmax(worst, fabs(tile[0].mean[i] / mean - 1));
			brute += tile[0].weight[i] *
			         (double) log_likelihood(families[f], i % 2, eta);
		}
		for (int k = 0; k < SEG_TILE_LANES; k++)
			value += sums[0].value[k];
		CHECK(worst < 2e-15);
		CHECK_NEAR(value / brute, 1, 1e-14);
	}
}

/* Rows become columns, whatever their length and place. */
static void
rows_are_placed(void)
{
	static double x[SEG_TILE_LANES * 41], to[2][40 * SEG_TILE_ROWS];
	const SegTileLoops *loops[] = {seg_tile_loops(), seg_tile_loops_baseline()};
	double center[40], inverse[40];

	for (int i = 0; i < SEG_TILE_LANES * 41; i++)
		x[i] = (i * 7919 % 1009 - 504) / 31.0;
	for (int j = 0; j < 40; j++)
	{
		center[j] = j - 7.1;
		inverse[j] = 1.0 / (j + 0.3);
	}
	for (int dim = 1; dim <= 40; dim++)
	{
		const SegTileColumns columns = {dim, center, inverse};
		int64_t stride = dim + 1;
		int64_t at = dim % (SEG_TILE_ROWS - SEG_TILE_LANES + 1);

		for (int k = 0; k < 2; k++)
		{
			SegTile tile = {.x = to[k]};

			memset(to[k], 0, sizeof(to[k]));
			loops[k]->place(&tile, at, &columns, x, stride);
			for (int64_t j = 0; j < 40; j++)
			{
				for (int64_t i = 0; i < SEG_TILE_ROWS; i++)
				{
					bool is_placed =
						j < dim && i >= at && i < at + SEG_TILE_LANES;
					double want = is_placed
					                  ? (x[(i - at) * stride + j] - center[j]) *
					                        inverse[j]
					                  : 0.0;

					CHECK(to[k][j * SEG_TILE_ROWS + i] == want);
				}
			}
		}
	}
}

/* Where blocks end moves no bit. */
static void
blocks_do_not_matter(void)
{
	static Data d;
	SegRegressionParams params = default_params();

	EACH_FAMILY(f)
	{
		SegEnv env = unit_env();
		SegRegression m[3];

		fill(&d, families[f], 333, 4, true);
		for (int k = 0; k < 3; k++)
		{
			static const int64_t sizes[] = {1, 64, 1000};
			SegMemoryRows source;
			int64_t runaway;

			m[k] = (SegRegression){0};
			seg_memory_rows(&source, d.x, d.n, d.p, width_of(&d), sizes[k]);
			CHECK(seg_regression_train(&env,
			                           families[f],
			                           &source.rows,
			                           &params,
			                           &m[k],
			                           &runaway) == SEG_OK);
			CHECK(memcmp(m[k].covariance,
			             m[0].covariance,
			             25 * sizeof(double)) == 0);
			CHECK(m[k].intercept == m[0].intercept);
		}
		unit_env_free(&env);
	}
}

/* Whenever memory ends, or somebody wants us to stop, we say so. */
static void
may_be_stopped_or_run_out_of_memory(double l1)
{
	static Data d;
	SegRegressionParams params = default_params();
	int64_t runaway;
	SegRegression model;
	SegStatus status = SEG_STOPPED;
	int i;

	params.l1 = l1;
	params.std_errors = SEG_ERRORS_HC3;
	fill(&d, SEG_LOGISTIC, 200, 2, false);
	for (i = 0; status != SEG_OK && i < 200; i++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, i);
		status = train(&env, SEG_LOGISTIC, &d, &params, &model, &runaway);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	CHECK(i > 20 && i < 200);
	status = SEG_STOPPED;
	for (i = 0; status != SEG_OK && i < 2000; i++)
	{
		SegEnv env = unit_env();

		unit_env_stop_after(&env, i);
		status = train(&env, SEG_LOGISTIC, &d, &params, &model, &runaway);
		CHECK(status == SEG_OK || status == SEG_STOPPED);
		unit_env_free(&env);
	}
	CHECK(i > 10 && i < 2000);
}

/*
 * With many rows the climb starts from a sample of them: the maximum is the same,
 * as the weighted rows of a few show.
 */
static void
a_sample_is_only_a_start(SegFamily family, double l1, double l2)
{
	static Data few;
	const int repeats = 300;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegression a, b = {0};
	SegMemoryRows source;
	int64_t runaway;
	double *x;

	params.l1 = l1;
	params.l2 = l2;
	fill(&few, family, MAX_N, 3, true);
	for (int i = 0; i < few.n; i++)
		row_of(&few, i)[4] = repeats;
	a = model_of(&env, family, &few, &params);
	x = env.alloc(env.host, (size_t) few.n * repeats * 4 * sizeof(double));
	for (int i = 0; i < few.n * repeats; i++)
		memcpy(x + (ptrdiff_t) i * 4,
		       row_of(&few, i * 7919 % few.n),
		       4 * sizeof(double));
	seg_memory_rows(&source, x, (int64_t) few.n * repeats, 3, 4, 1000);
	CHECK(seg_regression_train(&env,
	                           family,
	                           &source.rows,
	                           &params,
	                           &b,
	                           &runaway) == SEG_OK);
	CHECK(b.converged && b.rows_used == few.n * repeats);
	CHECK_NEAR(a.intercept, b.intercept, 1e-9);
	for (int j = 0; j < 3; j++)
		CHECK_NEAR(a.coefficients[j], b.coefficients[j], 1e-9);
	CHECK_NEAR(a.null_deviance / b.null_deviance, 1, 1e-11);
	CHECK_NEAR(a.deviance / b.deviance, 1, 1e-11);
	CHECK(a.covariance_size == b.covariance_size);
	for (int j = 0; j < a.covariance_size * 4; j++)
		CHECK_NEAR(a.covariance[j], b.covariance[j], 1e-9);
	unit_env_free(&env);
}

static void
limits_hold(void)
{
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();

	CHECK(seg_regression_check(&env, &params, SEG_REGRESSION_MAX_DIM) ==
	      SEG_OK);
	CHECK(seg_regression_check(&env, &params, SEG_REGRESSION_MAX_DIM + 1) ==
	      SEG_LIMIT);
	params.offset = 3;
	CHECK(seg_regression_check(&env, &params, 3) == SEG_OK);
	CHECK(seg_regression_check(&env, &params, 2) == SEG_OPTION_RANGE);
	unit_env_free(&env);
}

void
test_regression(void)
{
	loops_agree();
	rows_are_placed();
	blocks_do_not_matter();
	EACH_FAMILY(f)
	{
		for (int p = 1; p <= MAX_P; p++)
		{
			is_the_maximum(families[f], p, false);
			is_the_maximum(families[f], p, true);
		}
		for (int errors = SEG_ERRORS_MODEL; errors <= SEG_ERRORS_HC3; errors++)
			weights_repeat_rows(families[f], (SegStdErrors) errors, 0);
		weights_repeat_rows(families[f], SEG_ERRORS_MODEL, 3);
		covariance_is_the_curvature(families[f]);
		penalized_is_the_maximum(families[f], 0, 5);
		dependent_elements_have_no_coefficient(families[f]);
		keeps_digits_far_from_zero(families[f]);
		a_sample_is_only_a_start(families[f], 0, 0);
		a_sample_is_only_a_start(families[f], 0, 900);
	}
	penalized_is_the_maximum(SEG_LINEAR, 60, 0);
	penalized_is_the_maximum(SEG_LINEAR, 60, 5);
	penalized_is_the_maximum(SEG_LOGISTIC, 8, 0);
	penalized_is_the_maximum(SEG_POISSON, 8, 3);
	a_sample_is_only_a_start(SEG_LOGISTIC, 500, 300);
	huge_penalty_gives_the_base_rate();
	separation_is_noticed();
	labels_must_differ();
	leverage_of_one_is_refused();
	few_rows_are_stored();
	offset_is_subtracted();
	limits_hold();
	may_be_stopped_or_run_out_of_memory(0);
	may_be_stopped_or_run_out_of_memory(2);
}
