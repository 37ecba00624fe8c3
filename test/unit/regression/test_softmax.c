/* test_softmax.c: kernel/regression/softmax against definitions */
#include "kernel/regression/softmax.h"

#include <math.h>
#include <string.h>

#include "unit.h"

void test_softmax(void);

#define MAX_N 300
#define MAX_P 3
#define MAX_K 4

typedef struct Data
{
	int n, p, k;
	bool weighted;
	int class_of[MAX_N];
	double x[MAX_N * (MAX_P + 2)];
} Data;

/* Keys in another order than classes, and far apart. */
static const double keys[MAX_K] = {17, 1e3, 5e8, 9e15};
static const int32_t of_key[2][MAX_K] = {{1, 0}, {2, 0, 3, 1}};

static const int32_t *
classes_of_keys(const Data *d)
{
	static const int32_t three[] = {2, 0, 1};

	return d->k == 3 ? three : of_key[d->k == MAX_K];
}

static double
key_of(const Data *d, int class_number)
{
	int i = 0;

	while (classes_of_keys(d)[i] != class_number)
		i++;
	return keys[i];
}

static int
width_of(const Data *d)
{
	return d->p + 1 + d->weighted;
}

static void
fill(Data *d, int n, int p, int k, bool weighted)
{
	*d = (Data){.n = n, .p = p, .k = k, .weighted = weighted};
	for (int i = 0; i < n; i++)
	{
		double *row = d->x + (ptrdiff_t) i * width_of(d);
		double noise = (double) (i * 31337L % 101) / 101;

		for (int j = 0; j < p; j++)
			row[j] =
				(double) ((i + 3) * (7919L + 104729L * j) % (11 + 17 * j)) / 10;
		d->class_of[i] = (int) (k * (0.6 * noise + 0.35 * row[0])) % k;
		row[p] = key_of(d, d->class_of[i]);
		if (weighted)
			row[p + 1] = 1 + i % 3;
	}
}

static const int64_t ends[] = {1, 2, 3, 4};

static SegStatus
train(SegEnv *env, Data *d, const SegRegressionParams *params,
      SegSoftmax *model, int64_t *runaway)
{
	SegMemoryRows source;
	SegClassRows rows = {.rows = &source.rows,
	                     .count = d->k,
	                     .names = {ends, "abcd", d->k},
	                     .keys = keys,
	                     .classes = classes_of_keys(d)};

	*model = (SegSoftmax){0};
	seg_memory_rows(&source, d->x, d->n, d->p, width_of(d), 50);
	return seg_softmax_train(env, &rows, params, model, runaway);
}

static SegRegressionParams
default_params(void)
{
	SegRegressionParams params = {0};

	seg_options_defaults(seg_softmax_options, &params, sizeof(params));
	return params;
}

/* A model, which must be storable. */
static SegSoftmax
model_of(SegEnv *env, Data *d, const SegRegressionParams *params)
{
	int64_t runaway = -1;
	SegSoftmax m;

	CHECK(train(env, d, params, &m, &runaway) == SEG_OK);
	CHECK(runaway == 0 && m.converged);
	m.options = m.version = (SegText){"", 0};
	CHECK(seg_image_validate(env, &seg_softmax_method, &m) == SEG_OK);
	return m;
}

/* ---------- the definition, with more digits ---------- */

typedef struct Point
{
	long double b[MAX_K][MAX_P + 1]; /* the intercept is last */
} Point;

static Point
point_of(const SegSoftmax *m)
{
	Point p = {0};

	for (int k = 0; k < m->class_count; k++)
	{
		for (int j = 0; j < m->dim; j++)
			p.b[k][j] = m->coefficients[k * m->dim + j];
		p.b[k][m->dim] = m->intercepts[k];
	}
	return p;
}

static long double
value_at(const Data *d, const Point *p, const SegRegressionParams *params)
{
	long double sum = 0;

	for (int i = 0; i < d->n; i++)
	{
		const double *row = d->x + (ptrdiff_t) i * width_of(d);
		long double own = 0, all = 0;

		for (int k = 0; k < d->k; k++)
		{
			long double score = p->b[k][d->p];

			for (int j = 0; j < d->p; j++)
				score += p->b[k][j] * row[j];
			all += expl(score);
			if (k == d->class_of[i])
				own = score;
		}
		sum += (d->weighted ? row[d->p + 1] : 1) * (own - logl(all));
	}
	for (int k = 0; k < d->k; k++)
	{
		for (int j = 0; j < d->p; j++)
			sum -= params->l1 * fabsl(p->b[k][j]) +
			       params->l2 / 2 * p->b[k][j] * p->b[k][j];
	}
	return sum;
}

/* Every small step leads down, in any direction of one coefficient. */
static void
is_the_maximum(int p, int k, bool weighted, double l1, double l2)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegSoftmax m;
	Point at;
	long double top;

	params.l1 = l1;
	params.l2 = l2;
	fill(&d, MAX_N, p, k, weighted);
	m = model_of(&env, &d, &params);
	at = point_of(&m);
	top = value_at(&d, &at, &params);
	CHECK(m.has_reference == (l1 + l2 == 0));
	if (m.has_reference)
		CHECK_NEAR(m.log_likelihood, (double) top, 1e-10);
	for (int c = 0; c < k; c++)
	{
		for (int j = 0; j <= p; j++)
		{
			for (int sign = -1; sign <= 1; sign += 2)
			{
				Point near = at;

				near.b[c][j] += sign * 1e-5;
				CHECK(value_at(&d, &near, &params) <= top);
			}
		}
	}
	unit_env_free(&env);
}

/* The covariance is the inverse of the curvature, found by differences. */
static void
covariance_is_the_curvature(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	const long double h = 1e-4L;
	int p = 2, k = 3, each = p + 1, size = 2 * each;
	SegSoftmax m;
	Point at;

	fill(&d, MAX_N, p, k, true);
	m = model_of(&env, &d, &params);
	at = point_of(&m);
	CHECK(m.covariance_size == size);
	for (int i = 0; i < size; i++)
	{
		for (int j = 0; j < size; j++)
		{
			double sum = 0;

			/* row i of the curvature times column j of the covariance */
			for (int v = 0; v < size; v++)
			{
				long double curvature = 0;

				for (int s = 0; s < 4; s++)
				{
					Point q = at;
					int a = s & 1 ? -1 : 1, b = s & 2 ? -1 : 1;

					q.b[1 + i / each][i % each] += a * h;
					q.b[1 + v / each][v % each] += b * h;
					curvature -= a * b * value_at(&d, &q, &params);
				}
				sum += (double) (curvature / (4 * h * h)) *
				       m.covariance[v * size + j];
			}
			CHECK_NEAR(sum, i == j, 1e-4);
		}
	}
	unit_env_free(&env);
}

/* Two classes are a logistic regression, in every number. */
static void
two_classes_are_yes_and_no(double l2)
{
	static Data d;
	static double x[MAX_N * (MAX_P + 2)];
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegRegressionParams half = params;
	SegMemoryRows source;
	SegRegression r = {0};
	SegSoftmax m;
	int64_t runaway;

	params.l2 = l2;
	/* each class has half of the coefficient: half of its square, twice */
	half.l2 = l2 / 2;
	fill(&d, 200, 3, 2, true);
	memcpy(x, d.x, sizeof(x));
	for (int i = 0; i < d.n; i++)
		x[i * 5 + 3] = d.class_of[i];
	seg_memory_rows(&source, x, d.n, 3, 5, 50);
	CHECK(seg_regression_train(&env,
	                           SEG_LOGISTIC,
	                           &source.rows,
	                           &half,
	                           &r,
	                           &runaway) == SEG_OK);
	m = model_of(&env, &d, &params);
	CHECK_NEAR(m.intercepts[1] - m.intercepts[0], r.intercept, 1e-11);
	for (int j = 0; j < 3; j++)
	{
		CHECK_NEAR(m.coefficients[3 + j] - m.coefficients[j],
		           r.coefficients[j],
		           1e-11);
		CHECK_NEAR(m.means[j], r.means[j], 1e-14);
	}
	CHECK_NEAR(m.log_likelihood, r.log_likelihood, 1e-10);
	CHECK_NEAR(m.null_deviance, r.null_deviance, 1e-10);
	CHECK(l2 > 0 || m.degrees_of_freedom == r.degrees_of_freedom);
	CHECK(m.covariance_size == r.covariance_size);
	for (int j = 0; j < m.covariance_size * m.covariance_size; j++)
		CHECK_NEAR(m.covariance[j], r.covariance[j], 1e-11);
	unit_env_free(&env);
}

/* The chances add up; contributions add up to the centered log of one. */
static void
answers_add_up(void)
{
	static Data d;
	const SegSupervised *entry = seg_softmax_method.supervised;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegSoftmax m;

	fill(&d, MAX_N, 3, 4, false);
	m = model_of(&env, &d, &params);
	CHECK(entry->coefficient_count(&m) == 12);
	CHECK(!seg_predicts_number(entry, &m));
	CHECK(seg_class_number(entry, &m, (SegText){"c", 1}) == 2);
	for (int i = 0; i < d.n; i++)
	{
		const double *x = d.x + (ptrdiff_t) i * width_of(&d);
		double chance[4], added[3], base, sum = 0, logs = 0;

		CHECK(entry->probabilities(&env, &m, x, chance) == SEG_OK);
		for (int k = 0; k < 4; k++)
		{
			sum += chance[k];
			logs += log(chance[k]) / 4;
		}
		CHECK_NEAR(sum, 1, 1e-14);
		for (int k = 0; k < 4; k++)
		{
			CHECK(entry->explain(&env, &m, x, k, added, &base) == SEG_OK);
			CHECK_NEAR(base + added[0] + added[1] + added[2],
			           log(chance[k]) - logs,
			           1e-11);
		}
	}
	/* far away */
	CHECK(entry->probabilities(&env,
	                           &m,
	                           (double[]){1e6, -1e6, 1e6},
	                           (double[4]){0}) == SEG_OK);
	CHECK(entry->probabilities(&env,
	                           &m,
	                           (double[]){1e308, 1e308, -1e308},
	                           (double[4]){0}) != SEG_STOPPED);
	unit_env_free(&env);
}

static void
dependent_elements_have_no_coefficient(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegSoftmax m;

	fill(&d, 200, 3, 3, false);
	for (int i = 0; i < d.n; i++)
		d.x[i * 4 + 2] = 2 * d.x[i * 4] - d.x[i * 4 + 1];
	m = model_of(&env, &d, &params);
	CHECK(m.rank == 6);
	for (int k = 0; k < 3; k++)
	{
		CHECK(m.coefficients[k * 3 + 2] == 0);
		CHECK(m.aliased[k * 3 + 2] == (k > 0));
	}
	unit_env_free(&env);
}

static void
separation_is_noticed(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegSoftmax m;
	int64_t runaway;

	fill(&d, 200, 2, 3, false);
	for (int i = 0; i < d.n; i++)
		d.x[i * 3 + 1] = d.class_of[i] == 2;
	CHECK(train(&env, &d, &params, &m, &runaway) == SEG_OK);
	CHECK(!m.converged && runaway == 2);
	params.l2 = 1;
	CHECK(train(&env, &d, &params, &m, &runaway) == SEG_OK);
	CHECK(m.converged && runaway == 0);
	unit_env_free(&env);
}

static void
limits_hold(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegRegressionParams params = default_params();
	SegMemoryRows source;
	SegClassRows rows = {.rows = &source.rows,
	                     .count = 1,
	                     .names = {ends, "abcd", 1},
	                     .keys = keys,
	                     .classes = (int32_t[]){0}};
	SegSoftmax m = {0};
	int64_t runaway;

	fill(&d, 20, 3, 2, false);
	seg_memory_rows(&source, d.x, d.n, d.p, width_of(&d), 50);
	CHECK(seg_softmax_train(&env, &rows, &params, &m, &runaway) ==
	      SEG_ONE_CLASS);
	CHECK(strcmp(env.diag.name, "a") == 0 && env.diag.got == 20);
	rows.count = 251;
	CHECK(seg_softmax_train(&env, &rows, &params, &m, &runaway) == SEG_LIMIT);
	CHECK(env.diag.got == 1004 && env.diag.want == 1000);
	unit_env_free(&env);
}

static void
may_be_stopped_or_run_out_of_memory(void)
{
	static Data d;
	SegRegressionParams params = default_params();
	int64_t runaway;
	SegSoftmax m;

	fill(&d, 100, 2, 3, false);
	for (int stops = 0; stops < 2; stops++)
	{
		SegStatus status = SEG_STOPPED;
		int i;

		for (i = 0; status != SEG_OK && i < 2000; i++)
		{
			SegEnv env = unit_env();

			if (stops)
				unit_env_stop_after(&env, i);
			else
				unit_env_fail_after(&env, i);
			status = train(&env, &d, &params, &m, &runaway);
			CHECK(status == SEG_OK ||
			      status == (stops ? SEG_STOPPED : SEG_NO_MEMORY));
			unit_env_free(&env);
		}
		CHECK(i > 10 && i < 2000);
	}
}

void
test_softmax(void)
{
	for (int k = 2; k <= MAX_K; k++)
	{
		is_the_maximum(MAX_P, k, false, 0, 0);
		is_the_maximum(1, k, true, 0, 0);
		is_the_maximum(2, k, true, 0, 3);
		is_the_maximum(3, k, false, 5, 0);
		is_the_maximum(3, k, true, 5, 2);
	}
	covariance_is_the_curvature();
	two_classes_are_yes_and_no(0);
	two_classes_are_yes_and_no(4);
	answers_add_up();
	dependent_elements_have_no_coefficient();
	separation_is_noticed();
	limits_hold();
	may_be_stopped_or_run_out_of_memory();
}
