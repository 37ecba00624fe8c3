/* test_cf_svd.c: kernel/recommend/cf_svd.c and cf_bias.c against plain loops */
#include "cf_unit.h"
#include "kernel/recommend/cf_loops.h"
#include "kernel/recommend/cf_svd.h"

void test_cf_svd(void);

#define USERS 30
#define ITEMS 20

static SegCfParams
parameters(void)
{
	SegCfParams p = {0};

	seg_options_defaults(seg_cf_options(SEG_CF_SVD), &p, sizeof(p));
	p.factors = 5;
	p.iterations = 3;
	return p;
}

static double
predict(const SegSvd *svd, int32_t u, int32_t i)
{
	double sum = svd->biases.mean + svd->biases.user[u] + svd->biases.item[i];

	for (int64_t f = 0; f < svd->factors.width; f++)
		sum += svd->factors.user[u * svd->factors.width + f] *
		       svd->factors.item[i * svd->factors.width + f];
	return sum;
}

/*
 * Users and items one by one, in order, without factors: the biases of gradient
 * descent.
 */
static void
biases_descend_in_order(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	double b[USERS] = {0}, c[ITEMS] = {0};
	double rate = p.learning_rate;
	SegSvd svd;

	p.factors = 0;
	p.shuffle = p.standardize = false;
	CHECK(seg_svd_train(&env, &ratings, &p, &svd) == SEG_OK);
	for (int64_t epoch = 0; epoch < p.iterations; epoch++)
	{
		for (int32_t u = 0; u < USERS; u++)
		{
			SegHistory list = seg_list(&ratings.by_user, u);

			for (int64_t k = 0; k < list.n; k++)
			{
				double *d = &c[list.other[k]];
				double error = list.value[k] - ratings.mean - b[u] - *d;

				b[u] += rate * (error - p.regularization * b[u]);
				*d += rate * (error - p.regularization * *d);
			}
		}
		rate *= p.learning_rate_decay;
	}
	for (int32_t u = 0; u < USERS; u++)
		CHECK_NEAR(svd.biases.user[u], b[u], 1e-12);
	for (int32_t i = 0; i < ITEMS; i++)
		CHECK_NEAR(svd.biases.item[i], c[i], 1e-12);
	unit_env_free(&env);
}

static double
error_of(const SegRatings *ratings, const SegSvd *svd)
{
	double sum = 0;

	for (int32_t u = 0; u < ratings->users; u++)
	{
		SegHistory list = seg_list(&ratings->by_user, u);

		for (int64_t k = 0; k < list.n; k++)
			sum += pow(list.value[k] - predict(svd, u, list.other[k]), 2);
	}
	return sqrt(sum / (double) ratings->n);
}

/*
 * With enough factors and epochs, and no penalty, nothing is left to explain.
 */
static void
learns_what_there_is(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	SegSvd svd;

	p.factors = 16;
	p.iterations = 800;
	p.regularization = 0;
	p.learning_rate = 0.05;
	p.learning_rate_decay = 1;
	p.init_deviation = 0.1;
	CHECK(seg_svd_train(&env, &ratings, &p, &svd) == SEG_OK);
	CHECK(error_of(&ratings, &svd) < 1e-2);
	CHECK(svd.rmse < 1e-2);
	unit_env_free(&env);
}

/* Their squares are too small for a double; their deviation is not. */
static void
tiny_ratings_have_a_deviation(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegRatingLists lists = ratings.by_user;
	SegCfParams p = parameters();
	double *value = env.alloc(env.host, (size_t) ratings.n * sizeof(double));
	SegRatings tiny;
	SegSvd a, b;

	CHECK(seg_svd_train(&env, &ratings, &p, &a) == SEG_OK);
	for (int64_t k = 0; k < ratings.n; k++)
		value[k] = 1e-300 * ratings.by_user.value[k];
	lists.value = value;
	CHECK(seg_ratings_of_users(&env, &lists, ITEMS, &tiny) == SEG_OK);
	CHECK(seg_svd_train(&env, &tiny, &p, &b) == SEG_OK);
	CHECK_NEAR(b.deviation * 1e300, a.deviation, 1e-12);
	CHECK_NEAR(b.rmse * 1e300, a.rmse, 1e-9);
	for (int64_t k = 0; k < ratings.n; k++)
		value[k] = k % 2 ? 5e-324 : 0;
	CHECK(seg_ratings_of_users(&env, &lists, ITEMS, &tiny) == SEG_OK);
	CHECK(seg_svd_train(&env, &tiny, &p, &b) == SEG_OK);
	CHECK(isfinite(b.rmse));
	unit_env_free(&env);
}

/* Ratings times ten plus a hundred change predictions in the same way. */
static void
units_do_not_matter(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegRatingLists lists = ratings.by_user;
	SegCfParams p = parameters();
	double *value = env.alloc(env.host, (size_t) ratings.n * sizeof(double));
	SegRatings other;
	SegSvd a, b;

	for (int64_t k = 0; k < ratings.n; k++)
		value[k] = 100 + 10 * ratings.by_user.value[k];
	lists.value = value;
	CHECK(seg_ratings_of_users(&env, &lists, ITEMS, &other) == SEG_OK);
	CHECK(seg_svd_train(&env, &ratings, &p, &a) == SEG_OK);
	CHECK(seg_svd_train(&env, &other, &p, &b) == SEG_OK);
	CHECK_NEAR(b.rmse, 10 * a.rmse, 1e-9);
	CHECK_NEAR(b.deviation, 10 * a.deviation, 1e-12);
	for (int32_t u = 0; u < USERS; u++)
		for (int32_t i = 0; i < ITEMS; i++)
			CHECK_NEAR(predict(&b, u, i), 100 + 10 * predict(&a, u, i), 1e-9);
	unit_env_free(&env);
}

static void
seeds_and_order_matter(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	SegSvd a, b, c, d;

	CHECK(seg_svd_train(&env, &ratings, &p, &a) == SEG_OK);
	CHECK(seg_svd_train(&env, &ratings, &p, &b) == SEG_OK);
	p.shuffle = false;
	CHECK(seg_svd_train(&env, &ratings, &p, &c) == SEG_OK);
	p.seed++;
	CHECK(seg_svd_train(&env, &ratings, &p, &d) == SEG_OK);
	CHECK(memcmp(a.factors.user,
	             b.factors.user,
	             (size_t) (USERS * a.factors.width) * sizeof(double)) == 0);
	CHECK(predict(&a, 0, 0) != predict(&c, 0, 0));
	CHECK(predict(&c, 0, 0) != predict(&d, 0, 0));
	unit_env_free(&env);
}

/*
 * Folding a user in is least squares on the history: normal equations, built
 * and solved in another way.
 */
static void
folding_in_is_least_squares(double regularization)
{
	enum
	{
		F = 5,
		N = F + 1
	};
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	SegSvd svd;
	SegSvdItems items;

	CHECK(seg_svd_train(&env, &ratings, &p, &svd) == SEG_OK);
	items = (SegSvdItems){svd.factors.width,
	                      svd.factors.item,
	                      svd.biases.item,
	                      ratings.mean,
	                      regularization * svd.deviation,
	                      regularization};
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory h = seg_list(&ratings.by_user, u);
		double a[N * N] = {0}, b[N] = {0}, got[8], bias;

		if (h.n < N && regularization == 0)
			continue;
		for (int j = 0; j < N; j++)
			a[j * N + j] =
				(double) h.n * (j < F ? items.factor_penalty : regularization);
		for (int64_t k = 0; k < h.n; k++)
		{
			const double *q = items.factors + h.other[k] * items.width;
			double rest = h.value[k] - ratings.mean - items.biases[h.other[k]];

			for (int i = 0; i < N; i++)
			{
				for (int j = 0; j < N; j++)
					a[i * N + j] += (i < F ? q[i] : 1) * (j < F ? q[j] : 1);
				b[i] += (i < F ? q[i] : 1) * rest;
			}
		}
		cf_unit_solve(a, b, N);
		CHECK(seg_svd_fold_in(&env, &items, &h, got, &bias) == SEG_OK);
		for (int f = 0; f < 8; f++)
			CHECK_NEAR(got[f], f < F ? b[f] : 0, 1e-6);
		CHECK_NEAR(bias, b[F], 1e-6);
	}
	unit_env_free(&env);
}

static void
descent_that_diverges_is_an_error(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	SegSvd svd;

	p.learning_rate = p.learning_rate_decay = 1;
	p.init_deviation = 10;
	p.iterations = 50;
	p.regularization = 0;
	CHECK(seg_svd_train(&env, &ratings, &p, &svd) == SEG_DIVERGED);
	CHECK(strcmp(env.diag.what, "learning_rate") == 0 && env.diag.got >= 1);
	unit_env_free(&env);
}

static void
one_rating_is_enough(void)
{
	static const SegRating rating[] = {{0, 0, 4}};
	SegRatingBlock block = {rating, 1};
	SegRatingBlocks blocks = {&block, 1, 1, NULL, NULL, 1, 1};
	SegEnv env = unit_env();
	SegCfParams p = parameters();
	SegRatings ratings;
	SegSvd svd;

	CHECK(seg_ratings_build(&env, &blocks, SEG_DUPLICATES_MEAN, &ratings) ==
	      SEG_OK);
	CHECK(seg_svd_train(&env, &ratings, &p, &svd) == SEG_OK);
	CHECK(svd.deviation == 1);
	CHECK_NEAR(predict(&svd, 0, 0), 4, 0.01);
	unit_env_free(&env);
}

/* ---------- biases ---------- */

/* Once biases have converged, another round of fitting changes nothing. */
static void
baseline_settles(void)
{
	SegBaseline baseline = {200, 15, 10};
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegBiases b;

	CHECK(seg_bias_baseline(&env, &ratings, &baseline, &b) == SEG_OK);
	for (int32_t i = 0; i < ITEMS; i++)
	{
		SegHistory list = seg_list(&ratings.by_item, i);
		double sum = 0;

		for (int64_t k = 0; k < list.n; k++)
			sum += list.value[k] - ratings.mean - b.user[list.other[k]];
		CHECK_NEAR(b.item[i], sum / (10 + (double) list.n), 1e-12);
	}
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory list = seg_list(&ratings.by_user, u);
		double sum = 0;

		for (int64_t k = 0; k < list.n; k++)
			sum += list.value[k] - ratings.mean - b.item[list.other[k]];
		CHECK_NEAR(b.user[u], sum / (15 + (double) list.n), 1e-12);
	}
	CHECK(seg_bias_means(&env, &ratings, &b) == SEG_OK);
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory list = seg_list(&ratings.by_user, u);
		double sum = 0;

		for (int64_t k = 0; k < list.n; k++)
			sum += list.value[k];
		CHECK_NEAR(b.mean + b.user[u], sum / (double) list.n, 1e-12);
	}
	CHECK(seg_bias_of(&(SegHistory){0, NULL, NULL}, 3, NULL, 0) == 0);
	unit_env_free(&env);
}

static SegStatus
train(SegEnv *env, const SegRatings *ratings)
{
	SegCfParams p = parameters();
	SegSvd svd;

	return seg_svd_train(env, ratings, &p, &svd);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);

	cf_unit_trouble_is_passed_on(train, &ratings);
	unit_env_free(&env);
}

void
test_cf_svd(void)
{
	biases_descend_in_order();
	learns_what_there_is();
	units_do_not_matter();
	tiny_ratings_have_a_deviation();
	seeds_and_order_matter();
	folding_in_is_least_squares(0.1);
	folding_in_is_least_squares(0);
	descent_that_diverges_is_an_error();
	one_rating_is_enough();
	baseline_settles();
	trouble_of_the_host_is_passed_on();
}
