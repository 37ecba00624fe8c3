/* test_tier.c: kernel/tier/tier*.c without a server */
#include <float.h>
#include <string.h>

#include "kernel/tier/tier.h"
#include "unit.h"

void test_tier(void);

#define MAX_ROWS 200

/* A model of some scores, read in blocks; weights may be NULL. */
static SegStatus
train(SegEnv *env, const double *scores, const double *weights, int64_t count,
      int64_t block_rows, SegTierRule rule, int64_t n, SegTier *model)
{
	SegTierParams params = {n, rule};
	double x[2 * MAX_ROWS];
	int32_t stride = weights != NULL ? 2 : 1;
	SegMemoryRows source;

	for (int64_t i = 0; i < count; i++)
	{
		x[i * stride] = scores[i];
		if (weights != NULL)
			x[i * stride + 1] = weights[i];
	}
	*model = (SegTier){0};
	seg_memory_rows(&source, x, count, 1, stride, block_rows);
	return seg_tier_train(env, &source.rows, &params, model);
}

static bool
is_valid(SegEnv *env, SegTier *model)
{
	model->options = model->version = (SegText){"", 0};
	return seg_image_validate(env, &seg_tier_method, model) == SEG_OK;
}

/* Numbers that look random but are not. */
static double
some_number(int i)
{
	return (double) ((i * 7919 + 104729) % 1009) - 300;
}

static void
sort(double *x, int n)
{
	for (int i = 1; i < n; i++)
	{
		double v = x[i];
		int j = i;

		for (; j > 0 && x[j - 1] > v; j--)
			x[j] = x[j - 1];
		x[j] = v;
	}
}

static double
squares_about_mean(const double *x, int n)
{
	double mean = 0, sum = 0;

	for (int i = 0; i < n; i++)
		mean += x[i] / n;
	for (int i = 0; i < n; i++)
		sum += (x[i] - mean) * (x[i] - mean);
	return sum;
}

/*
 * Smallest sum of squares of sorted scores in k classes, by trying every break.
 */
static double
least_squares(const double *x, int n, int k)
{
	double best = squares_about_mean(x, n);

	for (int last = k - 1; k > 1 && last < n; last++)
	{
		double sum = least_squares(x, last, k - 1) +
		             squares_about_mean(x + last, n - last);

		best = sum < best ? sum : best;
	}
	return best;
}

static double
squares_of_model(const double *x, int n, const SegTier *model)
{
	double sum = 0;
	int first = 0;

	for (int64_t t = 0; t < model->n; t++)
	{
		sum += squares_about_mean(x + first, (int) model->sizes[t]);
		first += (int) model->sizes[t];
	}
	CHECK(first == n);
	return sum;
}

static void
jenks_is_the_best_of_all(void)
{
	for (int n = 4; n <= 14; n++)
	{
		for (int k = 2; k <= 4; k++)
		{
			SegEnv env = unit_env();
			double x[MAX_ROWS], y[MAX_ROWS];
			double total;
			SegTier model;

			for (int i = 0; i < n; i++)
				x[i] = y[i] = some_number(i * k + n) * (i % 3 == 0 ? 10 : 1);
			sort(y, n);
			total = squares_about_mean(y, n);
			CHECK(train(&env, x, NULL, n, 3, SEG_TIER_JENKS, k, &model) ==
			      SEG_OK);
			CHECK(is_valid(&env, &model) && model.n == k);
			CHECK_NEAR(squares_of_model(y, n, &model) / total,
			           least_squares(y, n, k) / total,
			           1e-13);
			CHECK_NEAR(model.goodness_of_variance_fit,
			           1 - least_squares(y, n, k) / total,
			           1e-12);
			unit_env_free(&env);
		}
	}
}

/* The textbook dynamic program, all breaks of all lengths. */
static double
slow_programme(const double *x, int n, int k)
{
	static double cost[MAX_ROWS + 1], next[MAX_ROWS + 1];

	for (int j = 1; j <= n; j++)
		cost[j] = squares_about_mean(x, j);
	for (int m = 2; m <= k; m++)
	{
		for (int j = m; j <= n; j++)
		{
			next[j] = INFINITY;
			for (int i = m - 1; i < j; i++)
				next[j] =
					fmin(next[j], cost[i] + squares_about_mean(x + i, j - i));
		}
		memcpy(cost, next, sizeof(cost));
	}
	return cost[n];
}

static void
jenks_agrees_with_the_slow_programme(void)
{
	for (int k = 2; k <= 12; k += 5)
	{
		SegEnv env = unit_env();
		double x[MAX_ROWS], y[MAX_ROWS];
		SegTier model;

		for (int i = 0; i < MAX_ROWS; i++)
			x[i] = y[i] = exp(some_number(i) / 100);
		sort(y, MAX_ROWS);
		CHECK(train(&env, x, NULL, MAX_ROWS, 7, SEG_TIER_JENKS, k, &model) ==
		      SEG_OK);
		CHECK_NEAR(squares_of_model(y, MAX_ROWS, &model) /
		               slow_programme(y, MAX_ROWS, k),
		           1,
		           1e-10);
		unit_env_free(&env);
	}
}

/* Sums of squares that cancel in doubles. */
static void
jenks_sees_past_outliers_and_offsets(void)
{
	static const double scores[] = {1, 2, 3, 11, 12, 13, 1e9};

	for (int c = 0; c < 4; c++)
	{
		static const double offsets[] = {0, 1e15, -1e15, 0};
		SegEnv env = unit_env();
		double x[7];
		int n = c == 0 || c == 3 ? 7 : 6;
		double scale = c == 3 ? 1e290 : 1;
		SegTier model;

		for (int i = 0; i < n; i++)
			x[i] = scores[i] * scale + offsets[c];
		CHECK(train(&env, x, NULL, n, 7, SEG_TIER_JENKS, n - 4, &model) ==
		      SEG_OK);
		CHECK(is_valid(&env, &model));
		CHECK(model.n == n - 4 && model.edges[0] == x[2]);
		CHECK(n == 6 || model.edges[1] == x[5]);
		CHECK_NEAR(model.means[1] / x[4], 1, 1e-15);
		unit_env_free(&env);
	}
}

/*
 * The farther an outlier is, the more digits of the others cancel: of those above
 * it, as sums run from the lowest score on.
 */
static void
jenks_sees_past_far_outliers(void)
{
	for (double outlier = 1e3; outlier < 1e13; outlier *= 10)
		for (int shift = 0; shift < 20; shift++)
		{
			SegEnv env = unit_env();
			double x[] = {-outlier, 1, 2, 3, 11, 12, 13};
			SegTier model;

			for (int i = 1; i < 7; i++)
				x[i] += shift * 0.37;
			CHECK(train(&env, x, NULL, 7, 7, SEG_TIER_JENKS, 3, &model) ==
			      SEG_OK);
			CHECK(model.n == 3 && model.edges[0] == x[0] &&
			      model.edges[1] == x[3]);
			unit_env_free(&env);
		}
}

static void
same_model_however_rows_come(void)
{
	for (int rule = SEG_TIER_QUANTILE; rule <= SEG_TIER_EQUAL_WIDTH; rule++)
	{
		SegEnv env = unit_env();
		double x[100], weights[100], twice[MAX_ROWS];
		SegTier a, b, c;

		for (int i = 0; i < 100; i++)
		{
			x[i] = twice[i] = twice[i + 100] = some_number(i);
			weights[i] = 2;
		}
		CHECK(train(&env, x, weights, 100, 1, rule, 7, &a) == SEG_OK);
		CHECK(train(&env, x, weights, 100, 64, rule, 7, &b) == SEG_OK);
		CHECK(train(&env, twice, NULL, 200, 13, rule, 7, &c) == SEG_OK);
		CHECK(is_valid(&env, &a) && is_valid(&env, &c) && a.n == 7 && c.n == 7);
		CHECK(memcmp(a.edges, b.edges, 6 * sizeof(double)) == 0);
		CHECK(memcmp(a.means, b.means, 7 * sizeof(double)) == 0);
		CHECK(memcmp(a.edges, c.edges, 6 * sizeof(double)) == 0);
		CHECK(memcmp(a.masses, c.masses, 7 * sizeof(double)) == 0);
		CHECK(c.sizes[3] == 2 * a.sizes[3]);
		CHECK_NEAR(a.goodness_of_variance_fit,
		           c.goodness_of_variance_fit,
		           1e-15);
		unit_env_free(&env);
	}
}

/* quantile(x, type = 7): h = (N - 1) p, between its neighbours. */
static void
quantiles_are_type_7(void)
{
	for (int n = 2; n <= 11; n++)
	{
		SegEnv env = unit_env();
		double x[101], y[101];
		SegTier model;

		for (int i = 0; i < 101; i++)
			x[i] = y[i] = some_number(i) / 7;
		sort(y, 101);
		CHECK(train(&env, x, NULL, 101, 10, SEG_TIER_QUANTILE, n, &model) ==
		      SEG_OK);
		CHECK(is_valid(&env, &model) && model.n == n);
		for (int i = 1; i < n; i++)
		{
			int low = 100 * i / n;
			double share = 100.0 * i / n - low;

			CHECK_NEAR(model.edges[i - 1],
			           y[low] + share * (y[low + 1] - y[low]),
			           1e-14);
		}
		unit_env_free(&env);
	}
}

static void
ties_leave_fewer_tiers(void)
{
	static const double low[] = {0, 0, 0, 10};
	static const double high[] = {0, 10, 10, 10};
	static const double shares[] = {0.25, 0.25, 0.25, 0.25};
	static const double distinct[] = {1, 2, 3, 4};
	SegEnv env = unit_env();
	SegTier m;

	CHECK(train(&env, low, NULL, 4, 4, SEG_TIER_QUANTILE, 4, &m) == SEG_OK);
	CHECK(is_valid(&env, &m) && m.n == 2 && m.n_requested == 4);
	CHECK(m.edges[0] == 0 && m.sizes[0] == 3);
	CHECK(train(&env, high, NULL, 4, 4, SEG_TIER_QUANTILE, 4, &m) == SEG_OK);
	CHECK(is_valid(&env, &m) && m.n == 2 && m.sizes[1] == 3);
	CHECK(train(&env, high, NULL, 4, 4, SEG_TIER_JENKS, 4, &m) == SEG_OK);
	CHECK(is_valid(&env, &m) && m.n == 2 && m.edges[0] == 0);
	CHECK(m.goodness_of_variance_fit == 1);
	CHECK(train(&env, low, NULL, 4, 4, SEG_TIER_EQUAL_WIDTH, 4, &m) == SEG_OK);
	CHECK(is_valid(&env, &m) && m.n == 4 && m.sizes[1] == 0);
	CHECK(m.edges[0] == 2.5 && m.edges[2] == 7.5);

	/* shares as weights give what rows of weight 1 give */
	CHECK(train(&env, distinct, shares, 4, 4, SEG_TIER_QUANTILE, 2, &m) ==
	      SEG_OK);
	CHECK(m.edges[0] == 2.5);

	for (int rule = SEG_TIER_QUANTILE; rule <= SEG_TIER_EQUAL_WIDTH; rule++)
	{
		CHECK(train(&env, low, NULL, 3, 4, rule, 4, &m) == SEG_OK);
		CHECK(is_valid(&env, &m) && m.n == 1 && m.edge_count == 0);
		CHECK(m.goodness_of_variance_fit == 1);
		CHECK(train(&env, distinct, NULL, 4, 4, rule, 1, &m) == SEG_OK);
		CHECK(is_valid(&env, &m) && m.n == 1 && m.means[0] == 2.5);
		CHECK(m.goodness_of_variance_fit == 0);
	}
	unit_env_free(&env);
}

static void
extremes_stay_finite(void)
{
	static const double large[] = {-DBL_MAX, -1, 0, 1, DBL_MAX};
	static const double small[] = {0, 5e-324, 1e-323, 1.5e-323};

	for (int rule = SEG_TIER_QUANTILE; rule <= SEG_TIER_EQUAL_WIDTH; rule++)
	{
		SegEnv env = unit_env();
		SegTier m;

		CHECK(train(&env, large, NULL, 5, 5, rule, 4, &m) == SEG_OK);
		CHECK(is_valid(&env, &m));
		CHECK(train(&env, small, NULL, 4, 5, rule, 2, &m) == SEG_OK);
		CHECK(is_valid(&env, &m) && m.n == 2);
		CHECK(rule == SEG_TIER_EQUAL_WIDTH || m.sizes[0] == 2);
		unit_env_free(&env);
	}
}

static void
limits_are_kept(void)
{
	static const double scores[] = {1, 2};
	SegEnv env = unit_env();
	SegTier m;

	CHECK(train(&env, scores, NULL, 2, 2, SEG_TIER_QUANTILE, 0, &m) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(train(&env, scores, NULL, 2, 2, SEG_TIER_QUANTILE, 1001, &m) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(train(&env, scores, NULL, 2, 2, SEG_TIER_QUANTILE, 1000, &m) ==
	      SEG_OK);
	CHECK(seg_tier_check_margin(&env, 0) == SEG_OK);
	CHECK(seg_tier_check_margin(&env, -1) == SEG_ARGUMENT_BELOW);
	CHECK(seg_tier_check_margin(&env, INFINITY) == SEG_ARGUMENT_BELOW);
	CHECK(seg_tier_check_margin(&env, NAN) == SEG_ARGUMENT_BELOW);
	CHECK(seg_tier_check_previous(&env, 2, 3) == SEG_OK);
	CHECK(seg_tier_check_previous(&env, 2, 4) == SEG_ARGUMENT_RANGE);
	CHECK(seg_tier_check_previous(&env, 2, 0) == SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

/* Distinct scores up to the limit of natural breaks, and one more. */
static void
too_many_distinct_scores(void)
{
	enum
	{
		LIMIT = 16777216 / 1000
	};
	static double x[LIMIT + 1];
	SegTierParams params = {1000, SEG_TIER_JENKS};
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegTier m = {0};

	for (int i = 0; i <= LIMIT; i++)
		x[i] = i;
	seg_memory_rows(&source, x, LIMIT + 1, 1, 1, 1000);
	CHECK(seg_tier_train(&env, &source.rows, &params, &m) ==
	      SEG_DISTINCT_LIMIT);
	CHECK(env.diag.want == LIMIT);
	unit_env_free(&env);

	env = unit_env();
	params.n = 4;
	seg_memory_rows(&source, x, LIMIT, 1, 1, 1000);
	CHECK(seg_tier_train(&env, &source.rows, &params, &m) == SEG_OK);
	CHECK(m.n == 4 && m.sizes[0] - LIMIT / 4 <= 1 && m.sizes[3] >= LIMIT / 4);
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	static const double scores[] = {4, 1, 3, 2, 9};

	for (int rule = SEG_TIER_QUANTILE; rule <= SEG_TIER_EQUAL_WIDTH; rule++)
	{
		SegEnv env = unit_env();
		int allocations, questions;
		SegTier m;

		CHECK(train(&env, scores, NULL, 5, 2, rule, 3, &m) == SEG_OK);
		allocations = unit_env_allocations(&env);
		questions = unit_env_questions(&env);
		unit_env_free(&env);
		for (int i = 0; i < allocations; i++)
		{
			env = unit_env();
			unit_env_fail_after(&env, i);
			CHECK(train(&env, scores, NULL, 5, 2, rule, 3, &m) ==
			      SEG_NO_MEMORY);
			unit_env_free(&env);
		}
		for (int i = 0; i < questions; i++)
		{
			env = unit_env();
			unit_env_stop_after(&env, i);
			CHECK(train(&env, scores, NULL, 5, 2, rule, 3, &m) == SEG_STOPPED);
			unit_env_free(&env);
		}
	}
}

static void
hysteresis_holds_at_the_edges(void)
{
	static const double edges[] = {200, 500};

	CHECK(seg_tier_of(edges, 2, 200) == 0 && seg_tier_of(edges, 2, 201) == 1);
	CHECK(seg_tier_of(edges, 2, 500) == 1 && seg_tier_of(edges, 2, 501) == 2);
	CHECK(seg_tier_of(edges, 0, 1) == 0);
	for (int t = 0; t < 3; t++)
	{
		/* no margin: as without a history */
		for (int score = 0; score < 700; score += 50)
			CHECK(seg_tier_next(edges, 2, t, score, 0) ==
			      seg_tier_of(edges, 2, score));
	}
	CHECK(seg_tier_next(edges, 2, 0, 220, 20) == 0);
	CHECK(seg_tier_next(edges, 2, 0, 221, 20) == 1);
	CHECK(seg_tier_next(edges, 2, 1, 181, 20) == 1);
	CHECK(seg_tier_next(edges, 2, 1, 180, 20) == 0);
	CHECK(seg_tier_next(edges, 2, 0, 521, 20) == 2);
	CHECK(seg_tier_next(edges, 2, 0, 510, 20) == 1);
	CHECK(seg_tier_next(edges, 2, 2, 100, 20) == 0);
	CHECK(seg_tier_next(edges, 2, 2, 190, 20) == 1);
	CHECK(seg_tier_next(edges, 2, 2, -INFINITY, DBL_MAX) == 0);
}

void
test_tier(void)
{
	jenks_is_the_best_of_all();
	jenks_agrees_with_the_slow_programme();
	jenks_sees_past_outliers_and_offsets();
	jenks_sees_past_far_outliers();
	same_model_however_rows_come();
	quantiles_are_type_7();
	ties_leave_fewer_tiers();
	extremes_stay_finite();
	limits_are_kept();
	too_many_distinct_scores();
	trouble_of_the_host_is_passed_on();
	hysteresis_holds_at_the_edges();
}
