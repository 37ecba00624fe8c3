/* test_profile_weights.c: kernel/prepare/profile_weights.c against its formulas */
#include "base/missing.h"
#include "kernel/prepare/profile_weights.h"
#include "unit.h"

void test_profile_weights(void);

#define DIM  4
#define MOST 300

static double
draw_real(uint64_t *seed)
{
	return (double) unit_draw(seed, 1000003) / 1000003.0;
}

static SegStatus
train(SegEnv *env, const SegTrainer *trainer, const double *x, int n, int dim,
      int stride, const SegProfileWeightsParams *params, SegProfileWeights *m)
{
	SegMemoryRows rows;

	memset(m, 0, sizeof(*m));
	seg_memory_rows(&rows, x, n, dim, stride, 7);
	return trainer->train(env, &rows.rows, params, m);
}

static SegTexts
directions_of(const char *word, int n)
{
	static int64_t ends[DIM];
	static char bytes[DIM * 5];

	bytes[0] = '\0';
	for (int j = 0; j < n; j++)
	{
		strcat(bytes, word[j] == 'l' ? "less" : "more");
		ends[j] = 4 * (j + 1);
	}
	return (SegTexts){ends, bytes, n};
}

/* ---------- by the formulas ---------- */

static void
normalize(const double *x, int n, int stride, const char *word, double *z)
{
	for (int j = 0; j < DIM; j++)
	{
		double low = INFINITY, high = -INFINITY;

		for (int i = 0; i < n; i++)
		{
			low = fmin(low, x[i * stride + j]);
			high = fmax(high, x[i * stride + j]);
		}
		for (int i = 0; i < n; i++)
		{
			double u = (x[i * stride + j] - low) / (high - low);

			z[i * DIM + j] = word[j] == 'l' ? 1.0 - u : u;
		}
	}
}

static void
entropy_by_formula(const double *z, int n, double *weights)
{
	double sum = 0.0;

	for (int j = 0; j < DIM; j++)
	{
		double total = 0.0, entropy = 0.0;

		for (int i = 0; i < n; i++)
			total += z[i * DIM + j];
		for (int i = 0; i < n; i++)
		{
			double p = z[i * DIM + j] / total;

			entropy -= p > 0.0 ? p * log(p) : 0.0;
		}
		weights[j] = 1.0 - entropy / log(n);
		sum += weights[j];
	}
	for (int j = 0; j < DIM; j++)
		weights[j] /= sum;
}

static double
covariance_of(const double *z, int n, int a, int b)
{
	double mean_a = 0.0, mean_b = 0.0, sum = 0.0;

	for (int i = 0; i < n; i++)
	{
		mean_a += z[i * DIM + a] / n;
		mean_b += z[i * DIM + b] / n;
	}
	for (int i = 0; i < n; i++)
		sum += (z[i * DIM + a] - mean_a) * (z[i * DIM + b] - mean_b);
	return sum / (n - 1);
}

static double
correlation_of(const double *z, int n, int a, int b)
{
	return covariance_of(z, n, a, b) /
	       sqrt(covariance_of(z, n, a, a) * covariance_of(z, n, b, b));
}

static void
critic_by_formula(const double *z, int n, double *weights)
{
	double sum = 0.0;

	for (int j = 0; j < DIM; j++)
	{
		double conflict = 0.0;

		for (int k = 0; k < DIM; k++)
			conflict += k == j ? 0.0 : 1.0 - correlation_of(z, n, j, k);
		weights[j] = sqrt(covariance_of(z, n, j, j)) * conflict;
		sum += weights[j];
	}
	for (int j = 0; j < DIM; j++)
		weights[j] /= sum;
}

/* By power iteration. */
static void
component_by_iteration(const double *z, int n, double *weights)
{
	double r[DIM][DIM];
	double v[DIM] = {0.5, 0.4, 0.3, 0.2};

	for (int j = 0; j < DIM; j++)
		for (int k = 0; k < DIM; k++)
			r[j][k] = correlation_of(z, n, j, k);
	for (int step = 0; step < 20000; step++)
	{
		double next[DIM] = {0};
		double length = 0.0;

		for (int j = 0; j < DIM; j++)
		{
			for (int k = 0; k < DIM; k++)
				next[j] += r[j][k] * v[k];
			length += next[j] * next[j];
		}
		for (int j = 0; j < DIM; j++)
			v[j] = next[j] / sqrt(length);
	}
	for (int j = 0; j < DIM; j++)
		weights[j] = v[j] * v[j];
}

static void
weights_are_those_of_the_formulas(void)
{
	uint64_t seed = 21;

	for (int turn = 0; turn < 60; turn++)
	{
		const char *word = turn % 2 == 0 ? "mlml" : "mmmm";
		int n = 20 + unit_draw(&seed, 40);
		double x[MOST * DIM], z[MOST * DIM], expected[DIM];
		SegProfileWeightsParams params = {.directions =
		                                      directions_of(word, DIM)};
		SegEnv env = unit_env();
		SegProfileWeights m;

		for (int i = 0; i < n; i++)
		{
			double common = draw_real(&seed);

			for (int j = 0; j < DIM; j++)
				x[i * DIM + j] =
					pow(10.0, j) * (common * (j - 1) + draw_real(&seed)) +
					(j == 2 ? 1e6 : -3);
		}
		normalize(x, n, DIM, word, z);
		for (int method = SEG_WEIGHTS_ENTROPY; method <= SEG_WEIGHTS_CRITIC;
		     method++)
		{
			params.method = method;
			CHECK(train(&env,
			            &seg_profile_weights_trainer,
			            x,
			            n,
			            DIM,
			            DIM,
			            &params,
			            &m) == SEG_OK);
			if (method == SEG_WEIGHTS_ENTROPY)
				entropy_by_formula(z, n, expected);
			else if (method == SEG_WEIGHTS_PCA)
				component_by_iteration(z, n, expected);
			else
				critic_by_formula(z, n, expected);
			for (int j = 0; j < DIM; j++)
				CHECK_NEAR(m.weights[j], expected[j], 1e-9);
			CHECK(seg_profile_weights_method.is_sound(&m));
			for (int i = 0; i < n; i++)
			{
				double score, sum = 0.0;

				for (int j = 0; j < DIM; j++)
					sum += m.weights[j] * z[i * DIM + j];
				CHECK(seg_profile_score(&env, &m, x + i * DIM, &score) ==
				      SEG_OK);
				CHECK_NEAR(score, sum, 1e-12);
				CHECK(score >= 0.0 && score <= 1.0);
			}
		}
		unit_env_free(&env);
	}
}

/* y is exactly a linear function: the score is y, from 0 to 1. */
static void
an_outcome_is_scored(void)
{
	uint64_t seed = 5;

	for (int turn = 0; turn < 20; turn++)
	{
		int n = 30 + unit_draw(&seed, 100);
		double b[DIM], x[MOST * (DIM + 1)], best = 0.0, worst = 0.0;
		SegProfileWeightsParams params = {.missing = SEG_MISSING_MEAN};
		SegEnv env = unit_env();
		SegProfileWeights m;

		for (int j = 0; j < DIM; j++)
			b[j] = draw_real(&seed) - 0.5;
		for (int i = 0; i < n; i++)
		{
			double *row = x + i * (DIM + 1);

			row[DIM] = 100.0;
			for (int j = 0; j < DIM; j++)
			{
				row[j] = 10 * j + draw_real(&seed);
				row[DIM] += b[j] * row[j];
			}
		}
		CHECK(train(&env,
		            &seg_profile_weights_regression_trainer,
		            x,
		            n,
		            DIM,
		            DIM + 1,
		            &params,
		            &m) == SEG_OK);
		for (int j = 0; j < DIM; j++)
		{
			double range = m.maxima[j] - m.minima[j];

			CHECK_NEAR(m.statistics[j] / (b[j] * range), 1.0, 1e-8);
			CHECK(m.less_is_better[j] == (b[j] < 0.0));
			best += b[j] * (b[j] < 0.0 ? m.minima[j] : m.maxima[j]);
			worst += b[j] * (b[j] < 0.0 ? m.maxima[j] : m.minima[j]);
		}
		for (int i = 0; i < n; i++)
		{
			double *row = x + i * (DIM + 1);
			double score;

			CHECK(seg_profile_score(&env, &m, row, &score) == SEG_OK);
			CHECK_NEAR(score,
			           (row[DIM] - 100.0 - worst) / (best - worst),
			           1e-9);
		}
		unit_env_free(&env);
	}
}

static void
missing_and_constant_elements(void)
{
	const double none = seg_missing();
	const double x[] = {0, 5, 3, none, 2, 5, none, none, 4, 5, 1, none};
	const double strange[] = {-100, 7, none, 3};
	SegEnv env = unit_env();
	SegProfileWeightsParams params = {.method = SEG_WEIGHTS_CRITIC};
	SegProfileWeights m;
	double score;

	CHECK(
		train(&env, &seg_profile_weights_trainer, x, 3, DIM, DIM, &params, &m) ==
		SEG_MISSING);
	CHECK(env.diag.got == 4);
	params.missing = SEG_MISSING_WORST;
	CHECK(
		train(&env, &seg_profile_weights_trainer, x, 3, DIM, DIM, &params, &m) ==
		SEG_OK);
	CHECK(m.weights[1] == 0.0 && m.weights[3] == 0.0 && m.weights[0] > 0.0);
	CHECK(isnan(m.statistics[1]) && isnan(m.minima[3]) && m.minima[1] == 5);
	CHECK(seg_profile_weights_method.is_sound(&m));
	CHECK(seg_profile_score(&env, &m, strange, &score) == SEG_OK);
	CHECK(score == 0.0);
	params.method = SEG_WEIGHTS_ENTROPY;
	params.missing = SEG_MISSING_MEAN;
	params.directions = directions_of("mmlm", DIM);
	CHECK(
		train(&env, &seg_profile_weights_trainer, x, 3, DIM, DIM, &params, &m) ==
		SEG_OK);
	CHECK(m.fills[2] == 0.5);
	CHECK(seg_profile_score(&env, &m, strange, &score) == SEG_OK);
	CHECK_NEAR(score, m.weights[2] * 0.5, 1e-15);
	unit_env_free(&env);
}

static void
what_is_refused(void)
{
	const double same[] = {1, 2, 1, 2, 1, 2};
	const double wide[] = {-1.7e308, 1.7e308};
	const double alike[] = {1, 10, 2, 20, 4, 40};
	double flat[] = {1, 7, 2, 7, 3, 7};
	SegEnv env = unit_env();
	SegProfileWeightsParams params = {.method = SEG_WEIGHTS_ENTROPY};
	SegProfileWeights m;

	for (int method = SEG_WEIGHTS_ENTROPY; method <= SEG_WEIGHTS_CRITIC;
	     method++)
	{
		params.method = method;
		CHECK(train(&env,
		            &seg_profile_weights_trainer,
		            same,
		            3,
		            2,
		            2,
		            &params,
		            &m) == SEG_NO_TERMS);
		CHECK(train(&env,
		            &seg_profile_weights_trainer,
		            same,
		            1,
		            2,
		            2,
		            &params,
		            &m) == SEG_NO_TERMS);
		CHECK(train(&env,
		            &seg_profile_weights_trainer,
		            wide,
		            2,
		            1,
		            1,
		            &params,
		            &m) == SEG_VALUE_RANGE);
		CHECK(train(&env,
		            &seg_profile_weights_trainer,
		            alike,
		            3,
		            2,
		            2,
		            &params,
		            &m) ==
		      (method == SEG_WEIGHTS_CRITIC ? SEG_NO_TERMS : SEG_OK));
	}
	CHECK(train(&env,
	            &seg_profile_weights_regression_trainer,
	            flat,
	            3,
	            1,
	            2,
	            &params,
	            &m) == SEG_NO_TERMS);
	flat[1] = -1.7e308;
	flat[3] = 1.7e308;
	CHECK(train(&env,
	            &seg_profile_weights_regression_trainer,
	            flat,
	            3,
	            1,
	            2,
	            &params,
	            &m) == SEG_NOT_FINITE);
	/* a feature that others determine adds nothing */
	CHECK(train(&env,
	            &seg_profile_weights_regression_trainer,
	            (double[]){1, 2, 5, 2, 4, 7, 4, 8, 11},
	            3,
	            2,
	            3,
	            &params,
	            &m) == SEG_OK);
	CHECK(m.weights[0] == 1.0 && m.weights[1] == 0.0);
	CHECK(seg_profile_weights_trainer.check_dim(&env, &params, 1001) ==
	      SEG_LIMIT);
	params.directions = directions_of("ml", 2);
	CHECK(seg_profile_weights_trainer.check_dim(&env, &params, 2) == SEG_OK);
	CHECK(seg_profile_weights_trainer.check_dim(&env, &params, 3) ==
	      SEG_OPTION_SIZE);
	CHECK(seg_profile_weights_trainer.settle(&env, &params) == SEG_OK);
	params.directions = (SegTexts){(int64_t[]){4, 7}, "moreeven", 2};
	CHECK(seg_profile_weights_trainer.settle(&env, &params) == SEG_OPTION_WORD);
	CHECK(strcmp(env.diag.seen, "eve") == 0);
	unit_env_free(&env);
}

void
test_profile_weights(void)
{
	weights_are_those_of_the_formulas();
	an_outcome_is_scored();
	missing_and_constant_elements();
	what_is_refused();
}
