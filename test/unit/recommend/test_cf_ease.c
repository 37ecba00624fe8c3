/* test_cf_ease.c: kernel/recommend/cf_ease.c against an explicit inverse */
#include "cf_unit.h"
#include "kernel/recommend/cf_ease.h"

void test_cf_ease(void);

/* Inverse of a by Gauss-Jordan elimination without pivoting; destroys a. */
static void
invert(double *a, double *inverse, int n)
{
	for (int k = 0; k < n; k++)
	{
		double pivot = a[k * n + k];

		for (int j = 0; j < n; j++)
		{
			a[k * n + j] /= pivot;
			inverse[k * n + j] = (inverse[k * n + j] + (j == k)) / pivot;
		}
		for (int i = 0; i < n; i++)
		{
			double share = a[i * n + k];

			if (i == k || share == 0)
				continue;
			for (int j = 0; j < n; j++)
			{
				a[i * n + j] -= share * a[k * n + j];
				inverse[i * n + j] -= share * inverse[k * n + j];
			}
		}
	}
}

/* All weights; row i has the weights of each j for i. */
static double *
weights_of(SegEnv *env, const SegRatings *ratings, double regularization)
{
	int n = ratings->items;
	size_t bytes = (size_t) n * (size_t) n * sizeof(double);
	double *gram = env->alloc(env->host, bytes);
	double *p = env->alloc(env->host, bytes);
	double *weight = env->alloc(env->host, bytes);

	for (int i = 0; i < n; i++)
		gram[i * n + i] = regularization;
	for (int32_t u = 0; u < ratings->users; u++)
	{
		SegHistory h = seg_list(&ratings->by_user, u);

		for (int64_t i = 0; i < h.n; i++)
			for (int64_t j = 0; j < h.n; j++)
				gram[h.other[i] * n + h.other[j]] += h.value[i] * h.value[j];
	}
	invert(gram, p, n);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			weight[i * n + j] = i == j ? 0 : -p[j * n + i] / p[i * n + i];
	return weight;
}

/* How many weights are larger than a given one? */
static int
larger(const double *weight, int n, double than)
{
	int count = 0;

	for (int j = 0; j < n; j++)
		count += fabs(weight[j]) > fabs(than) * (1 + 1e-6);
	return count;
}

static void
weights_are_as_defined(int32_t users, int32_t items, int64_t neighbours,
                       double regularization)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, users, items);
	double *want = weights_of(&env, &ratings, regularization);
	int64_t most = neighbours < items - 1 ? neighbours : items - 1;
	SegCfParams p = {0};
	SegRatingLists got;

	seg_options_defaults(seg_cf_options(SEG_CF_EASE), &p, sizeof(p));
	p.k = neighbours;
	p.regularization = regularization;
	CHECK(seg_ease_train(&env, &ratings, &p, &got) == SEG_OK);
	CHECK(got.count == items);
	for (int32_t i = 0; i < items; i++)
	{
		SegHistory list = seg_list(&got, i);

		CHECK(list.n == most);
		for (int64_t k = 0; k < list.n; k++)
		{
			double weight = want[i * items + list.other[k]];

			CHECK(list.other[k] != i);
			CHECK(k == 0 || list.other[k] > list.other[k - 1]);
			CHECK_NEAR(list.value[k], weight, 1e-9);
			CHECK(larger(want + i * items, items, weight) < most);
		}
	}
	unit_env_free(&env);
}

/* Equal items, with weights so large that the penalty is lost in rounding. */
static void
items_that_are_alike_are_refused(void)
{
	static const SegRating rating[] = {{0, 0, 1e20},
	                                   {0, 1, 1e20},
	                                   {1, 0, 3e20},
	                                   {1, 1, 3e20}};
	SegRatingBlock block = {rating, 4};
	SegRatingBlocks blocks = {&block, 1, 4, NULL, NULL, 2, 2};
	SegEnv env = unit_env();
	SegCfParams p = {0};
	SegRatings ratings;
	SegRatingLists got;

	seg_options_defaults(seg_cf_options(SEG_CF_EASE), &p, sizeof(p));
	CHECK(seg_ratings_build(&env, &blocks, SEG_DUPLICATES_SUM, &ratings) ==
	      SEG_OK);
	CHECK(seg_ease_train(&env, &ratings, &p, &got) == SEG_SINGULAR);
	p.regularization = 1e12;
	CHECK(seg_ease_train(&env, &ratings, &p, &got) == SEG_SINGULAR);
	unit_env_free(&env);
}

static void
too_many_items_are_refused(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = {1, SEG_CF_MAX_ITEMS + 1, 0, {0}, {0}, 0, 0, 0};
	SegCfParams p = {0};
	SegRatingLists got;

	CHECK(seg_ease_train(&env, &ratings, &p, &got) == SEG_LIMIT);
	CHECK(env.diag.want == SEG_CF_MAX_ITEMS);
	CHECK(seg_ease_memory(5000) > 5000.0 * 5000.0 * 8.0);
	unit_env_free(&env);
}

static SegStatus
train(SegEnv *env, const SegRatings *ratings)
{
	SegCfParams p = {0};
	SegRatingLists weights;

	seg_options_defaults(seg_cf_options(SEG_CF_EASE), &p, sizeof(p));
	return seg_ease_train(env, ratings, &p, &weights);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, 9, 40);

	cf_unit_trouble_is_passed_on(train, &ratings);
	unit_env_free(&env);
}

void
test_cf_ease(void)
{
	weights_are_as_defined(1, 1, 100, 500);
	weights_are_as_defined(5, 2, 100, 1);
	weights_are_as_defined(20, 8, 100, 10);
	weights_are_as_defined(20, 9, 3, 10);
	weights_are_as_defined(60, 150, 20, 50); /* more than one block */
	weights_are_as_defined(10, 300, 300, 0.5);
	items_that_are_alike_are_refused();
	too_many_items_are_refused();
	trouble_of_the_host_is_passed_on();
}
