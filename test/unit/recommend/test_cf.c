/*
 * test_cf.c: kernel/recommend/cf.c, cf_model.c, cf_options.c, cf_score.c and
 * cf_recommend.c: models of all methods, and their answers
 */
#include <float.h>

#include "cf_unit.h"
#include "kernel/recommend/cf_score.h"

void test_cf(void);

#define USERS 23
#define ITEMS 19

static const int64_t user_numbers[USERS] = {0,  1,  2,  3,  4,  5,  6,  7,
                                            8,  9,  10, 11, 12, 13, 14, 15,
                                            16, 17, 18, 19, 20, 21, 22};
static const int64_t item_ends[ITEMS] =
	{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

static SegCfParams
parameters(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegCfParams p = {0};

	seg_options_defaults(seg_cf_options(method), &p, sizeof(p));
	if (method == SEG_CF_SVD || method == SEG_CF_ALS)
	{
		p.factors = 5;
		p.iterations = 4;
	}
	if (method == SEG_CF_EASE)
		p.regularization = 10;
	CHECK(seg_cf_settle(&env, &p) == SEG_OK);
	unit_env_free(&env);
	return p;
}

/* A model of the ratings of cf_unit.h: users are numbers, items are letters. */
static SegStatus
train(SegEnv *env, const SegCfParams *p, SegCf *model)
{
	SegRatings all = cf_unit_ratings(env, USERS, ITEMS);
	SegRating *rating =
		env->alloc(env->host, (size_t) all.n * sizeof(SegRating));
	SegRatingBlock block = {rating, 0};
	SegRatingBlocks blocks = {&block, 1, all.n, NULL, NULL, USERS, ITEMS};
	SegRatings ratings;

	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory h = seg_list(&all.by_user, u);

		for (int64_t i = 0; i < h.n; i++)
			rating[block.n++] = (SegRating){u, h.other[i], h.value[i]};
	}
	*model = (SegCf){.options = {"{}", 2}, .version = {"0", 1}};
	model->user_number_count = USERS;
	model->item_name_count = ITEMS;
	model->user_numbers = user_numbers;
	model->item_names = (SegTexts){item_ends, "abcdefghijklmnopqrs", ITEMS};
	SEG_TRY(seg_cf_plan(env, &blocks, p, &ratings, model));
	return seg_cf_train(env, &ratings, p, model);
}

static void
check_train(SegEnv *env, SegCfMethod method, SegCf *model, SegCfScorer **scorer)
{
	SegCfParams p = parameters(method);

	CHECK(train(env, &p, model) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_cf_method, model) == SEG_OK);
	CHECK(seg_cf_scorer(env, model, scorer) == SEG_OK);
}

/* ---------- models ---------- */

/* A model gives the same answers after being written and opened again. */
static void
models_survive_storage(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegCfScorer *a, *b;
	SegCf model, back;
	size_t size;
	char *body;

	check_train(&env, method, &model, &a);
	CHECK(seg_image_size(&env, &seg_cf_method, &model, &size) == SEG_OK);
	CHECK(seg_cf_size(&model) <= size && size - seg_cf_size(&model) < 512);
	body = env.alloc(env.host, size);
	seg_image_write(&seg_cf_method, &model, body);
	CHECK(seg_image_open(&env, &seg_cf_method, body, size, &back) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_cf_method, &back) == SEG_OK);
	CHECK(seg_image_verify(&env, &seg_cf_method, &back, body, size) == SEG_OK);
	CHECK(seg_cf_scorer(&env, &back, &b) == SEG_OK);
	for (int32_t u = -1; u < USERS; u++)
	{
		SegCfUser x, y;

		CHECK(seg_cf_user(&env, a, u, &x) == SEG_OK);
		CHECK(seg_cf_user(&env, b, u, &y) == SEG_OK);
		for (int32_t i = -1; i < ITEMS; i++)
		{
			double p, q;

			CHECK(seg_cf_predict(&env, a, &x, i, &p) == SEG_OK);
			CHECK(seg_cf_predict(&env, b, &y, i, &q) == SEG_OK);
			CHECK(p == q && isfinite(p));
			if (model.feedback == SEG_CF_EXPLICIT)
				CHECK(p >= model.rating_min && p <= model.rating_max);
		}
	}
	for (size_t cut = 0; cut < size; cut += 1 + cut / 50)
		CHECK(seg_image_open(&env, &seg_cf_method, body, cut, &back) ==
		      SEG_CORRUPT);
	unit_env_free(&env);
}

/* Make one number after another invalid. */
static void
nonsense_is_not_valid(void)
{
	static const int64_t one_user[] = {1};
	SegEnv env = unit_env();
	SegCfScorer *scorer;
	SegCf good, bad;
	int64_t *numbers = env.alloc(env.host, 1000 * sizeof(int64_t));
	double *reals = env.alloc(env.host, 1000 * sizeof(double));

#define IS_BAD(...) \
	do \
	{ \
		bad = good; \
		__VA_ARGS__; \
		CHECK(seg_image_validate(&env, &seg_cf_method, &bad) == SEG_CORRUPT); \
	} while (0)

	check_train(&env, SEG_CF_EASE, &good, &scorer);
	IS_BAD(bad.algorithm = SEG_CF_ALS);
	IS_BAD(bad.algorithm = SEG_CF_BASELINE);
	IS_BAD(bad.feedback = SEG_CF_EXPLICIT);
	IS_BAD(bad.user_number_count = 1; bad.user_numbers = one_user);
	IS_BAD(bad.item_name_count = 0);
	IS_BAD(bad.ratings++);
	IS_BAD(bad.users++);
	IS_BAD(bad.weight_list_count--);
	IS_BAD(bad.weight_count--);
	IS_BAD(bad.history_length--);
	IS_BAD(bad.rating_min = 1);

	memcpy(numbers, good.user_numbers, USERS * sizeof(int64_t));
	numbers[3] = numbers[2];
	IS_BAD(bad.user_numbers = numbers);
	memcpy(numbers, good.item_counts, ITEMS * sizeof(int64_t));
	numbers[0]++;
	IS_BAD(bad.item_counts = numbers);
	numbers[0] = 0;
	IS_BAD(bad.item_counts = numbers);

	memcpy(numbers, good.history_ends, USERS * sizeof(int64_t));
	numbers[0] = numbers[1];
	IS_BAD(bad.history_ends = numbers);
	numbers[0] = numbers[1] + 1;
	IS_BAD(bad.history_ends = numbers);
	memcpy(numbers,
	       good.history_items,
	       (size_t) good.history_length * sizeof(int64_t));
	numbers[1] = numbers[0];
	IS_BAD(bad.history_items = numbers);
	numbers[1] = ITEMS;
	IS_BAD(bad.history_items = numbers);
	memcpy(reals,
	       good.history_ratings,
	       (size_t) good.history_length * sizeof(double));
	reals[5] = 0;
	IS_BAD(bad.history_ratings = reals);

	memcpy(numbers,
	       good.weight_items,
	       (size_t) good.weight_count * sizeof(int64_t));
	numbers[0] = 0; /* the item itself */
	IS_BAD(bad.weight_items = numbers);

	check_train(&env, SEG_CF_SVD, &good, &scorer);
	IS_BAD(bad.user_bias_count = 0);
	IS_BAD(bad.item_factor_count = 0);
	IS_BAD(bad.feedback = SEG_CF_IMPLICIT);
	IS_BAD(bad.rating_max = bad.rating_min - 1);
	check_train(&env, SEG_CF_ITEM_KNN, &good, &scorer);
	IS_BAD(bad.k = 0);
	IS_BAD(bad.history_count = 0);
	check_train(&env, SEG_CF_ALS, &good, &scorer);
	IS_BAD(bad.factors = 0);
#undef IS_BAD
	unit_env_free(&env);
}

static void
ranges_are_given_or_theirs(void)
{
	SegEnv env = unit_env();
	SegCfParams p = parameters(SEG_CF_BASELINE);
	SegCf model;

	CHECK(train(&env, &p, &model) == SEG_OK);
	CHECK(model.rating_min == 1 && model.rating_max == 5);
	p.rating_max = 4;
	CHECK(train(&env, &p, &model) == SEG_OK);
	CHECK(model.rating_min == 1 && model.rating_max == 4);
	p.rating_max = 0.5;
	CHECK(train(&env, &p, &model) == SEG_OK);
	CHECK(model.rating_min == 0.5 && model.rating_max == 0.5);
	p.rating_min = 9;
	p.rating_max = NAN;
	CHECK(train(&env, &p, &model) == SEG_OK);
	CHECK(model.rating_min == 9 && model.rating_max == 9);
	p.rating_max = 8;
	CHECK(seg_cf_settle(&env, &p) == SEG_OPTION_RANGE);
	unit_env_free(&env);
}

static void
options_belong_to_methods(void)
{
	SegEnv env = unit_env();
	SegCfParams p = parameters(SEG_CF_USER_KNN);

	CHECK(p.similarity == SEG_CF_MSD && p.center == SEG_CF_CENTER_MEAN);
	CHECK(p.shrinkage == 10 && p.k == 40);
	p.similarity = SEG_CF_PEARSON_BASELINE;
	p.center = -1;
	p.shrinkage = NAN;
	CHECK(seg_cf_settle(&env, &p) == SEG_OK);
	CHECK(p.center == SEG_CF_CENTER_BASELINE && p.shrinkage == 100);
	p.feedback = SEG_CF_IMPLICIT;
	CHECK(seg_cf_settle(&env, &p) == SEG_OPTION_WORD);
	p.similarity = -1;
	CHECK(seg_cf_settle(&env, &p) == SEG_OPTION_WORD);
	p.center = -1;
	p.shrinkage = NAN;
	CHECK(seg_cf_settle(&env, &p) == SEG_OK);
	CHECK(p.similarity == SEG_CF_COSINE && p.center == SEG_CF_CENTER_NONE);
	CHECK(p.shrinkage == 0);

	CHECK(seg_cf_check_rating(&env, false, -3) == SEG_OK);
	CHECK(seg_cf_check_rating(&env, true, 0) == SEG_OK);
	CHECK(seg_cf_check_rating(&env, true, -1e-9) == SEG_ARGUMENT_RANGE);
	CHECK(seg_cf_check_rating(&env, false, 1.1e50) == SEG_ARGUMENT_RANGE);
	CHECK(seg_cf_check_rating(&env, false, NAN) == SEG_INFINITE);
	CHECK(seg_cf_check_rating(&env, true, INFINITY) == SEG_INFINITE);
	unit_env_free(&env);
}

/* Implicit feedback has one similarity and one center: every other word is refused. */
static void
implicit_neighbours_have_one_way(void)
{
	SegEnv env = unit_env();

	for (int similarity = -1; similarity <= SEG_CF_PEARSON_BASELINE;
	     similarity++)
		for (int center = -1; center <= SEG_CF_CENTER_NONE; center++)
		{
			SegCfParams p = parameters(SEG_CF_ITEM_KNN);
			bool is_wrong = similarity >= 0 && similarity != SEG_CF_COSINE;
			bool is_right =
				!is_wrong && (center < 0 || center == SEG_CF_CENTER_NONE);

			p.feedback = SEG_CF_IMPLICIT;
			p.similarity = similarity;
			p.center = center;
			CHECK(seg_cf_settle(&env, &p) ==
			      (is_right ? SEG_OK : SEG_OPTION_WORD));
			CHECK(is_right || strcmp(env.diag.what,
			                         is_wrong ? "similarity" : "center") == 0);
		}
	unit_env_free(&env);
}

/* ---------- memory ---------- */

/* A host that counts what it is asked for. */
typedef struct Counting
{
	SegEnv inner;
	double bytes;
} Counting;

static void *
counting_alloc(void *host, size_t size)
{
	Counting *c = host;

	c->bytes += (double) size;
	return c->inner.alloc(c->inner.host, size);
}

static bool
never_stop(void *host)
{
	(void) host;
	return false;
}

static void
measure_training(SegCfMethod method, int64_t factors, double *told,
                 double *want)
{
	Counting c = {.inner = unit_env()};
	SegEnv env = {.alloc = counting_alloc, .stop = never_stop, .host = &c};
	SegCfParams p = parameters(method);
	SegCf model;

	p.factors = factors;
	CHECK(train(&env, &p, &model) == SEG_OK);
	*told = seg_cf_memory(&p, model.ratings, USERS, ITEMS);
	*want = c.bytes;
	unit_env_free(&c.inner);
}

/*
 * Training wants what it is said to, and not much else: beside, there are the
 * ratings of this test, counts of users and items, and equations of ALS, which
 * grow by the factors alone.
 */
static void
memory_is_foretold(SegCfMethod method)
{
	double told[3], want[3];

	for (int large = 0; large < 2; large++)
	{
		measure_training(method, large ? 100 : 5, &told[large], &want[large]);
		CHECK(told[large] <= want[large]);
		CHECK(want[large] - told[large] < 30000 ||
		      (method == SEG_CF_ALS && large));
	}
	if (method == SEG_CF_SVD)
	{
		measure_training(SEG_CF_BASELINE, 5, &told[2], &want[2]);
		/* what the factors of SVD take, and three numbers for each of their
		 * rows, over what the baseline takes */
		CHECK(fabs(want[0] - want[2] - (told[0] - told[2])) <=
		      3 * sizeof(double) * (USERS + ITEMS));
		CHECK(want[1] - want[0] == told[1] - told[0]);
	}
	else if (method != SEG_CF_ALS)
		CHECK(want[1] == want[0] && told[1] == told[0]);
}

/* ---------- answers ---------- */

/* A visitor with a user's history gets that user's predictions. */
static void
visitors_are_like_users(SegCfMethod method, double tolerance)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfScorer *scorer;
	SegCf model;

	check_train(&env, method, &model, &scorer);
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory h = seg_list(&ratings.by_user, u);
		SegRating rating[ITEMS];
		SegCfUser user, visitor;

		/* backwards, as any order will do */
		for (int64_t i = 0; i < h.n; i++)
			rating[h.n - 1 - i] = (SegRating){0, h.other[i], h.value[i]};
		CHECK(seg_cf_user(&env, scorer, u, &user) == SEG_OK);
		CHECK(seg_cf_visitor(&env, scorer, rating, h.n, &visitor) == SEG_OK);
		for (int32_t i = -1; i < ITEMS; i++)
		{
			double a, b;

			CHECK(seg_cf_predict(&env, scorer, &user, i, &a) == SEG_OK);
			CHECK(seg_cf_predict(&env, scorer, &visitor, i, &b) == SEG_OK);
			CHECK(fabs(a - b) <= tolerance);
		}
	}
	unit_env_free(&env);
}

static void
strangers_are_like_all(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfScorer *scorer;
	SegCfUser nobody, empty;
	SegCf model;

	check_train(&env, method, &model, &scorer);
	CHECK(seg_cf_user(&env, scorer, SEG_CF_UNKNOWN, &nobody) == SEG_OK);
	CHECK(seg_cf_visitor(&env, scorer, NULL, 0, &empty) == SEG_OK);
	for (int32_t i = -1; i < ITEMS; i++)
	{
		double a, b, want = model.feedback == SEG_CF_IMPLICIT ? 0 : model.mean;

		if (i >= 0 && model.feedback == SEG_CF_IMPLICIT)
			want = (double) seg_list_length(&ratings.by_item, i) / USERS;
		else if (i >= 0)
			want += scorer->item_biases[i];
		CHECK(seg_cf_predict(&env, scorer, &nobody, i, &a) == SEG_OK);
		CHECK(seg_cf_predict(&env, scorer, &empty, i, &b) == SEG_OK);
		CHECK_NEAR(a, seg_cf_clip(&model, want), 1e-12);
		CHECK(a == b);
	}
	unit_env_free(&env);
}

/* The unseen items with the largest predictions are recommended. */
static void
the_best_are_recommended(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegCfScorer *scorer;
	SegCf model;

	check_train(&env, method, &model, &scorer);
	for (int32_t u = 0; u < USERS; u++)
	{
		bool seen[ITEMS];
		SegCfRequest request = {4, seen, 0, false};
		SegCfSources sources;
		SegScored *item;
		SegCfUser user;
		int64_t n;
		double last = INFINITY;

		for (int32_t i = 0; i < ITEMS; i++)
			seen[i] = cf_unit_knows(u, i, USERS, ITEMS);
		CHECK(seg_cf_user(&env, scorer, u, &user) == SEG_OK);
		CHECK(seg_cf_recommend(&env,
		                       scorer,
		                       &user,
		                       &request,
		                       &item,
		                       &n,
		                       &sources) == SEG_OK);
		CHECK(n <= 4);
		for (int64_t k = 0; k < n; k++)
		{
			double p;

			CHECK(!seen[item[k].index]);
			seen[item[k].index] = true;
			CHECK(seg_cf_predict(&env, scorer, &user, item[k].index, &p) ==
			      SEG_OK);
			CHECK_NEAR(item[k].score, p, 1e-12);
			CHECK(p <= last);
			last = p;
		}
		for (int32_t i = 0; i < ITEMS && n == 4; i++)
		{
			double p;

			CHECK(seg_cf_predict(&env, scorer, &user, i, &p) == SEG_OK);
			CHECK(seen[i] || p <= last + 1e-12);
		}
	}
	unit_env_free(&env);
}

/* Unknown users, and all who ask for it, get the most popular items. */
static void
popular_items_fill_up(SegCfMethod method)
{
	SegEnv env = unit_env();
	bool seen[ITEMS] = {false};
	SegCfRequest request = {ITEMS + 5, seen, 0, true};
	SegCfSources sources;
	SegCfScorer *scorer;
	SegScored *item;
	SegCfUser user;
	SegCf model;
	int64_t n;

	check_train(&env, method, &model, &scorer);
	seen[3] = true;
	CHECK(seg_cf_user(&env, scorer, SEG_CF_UNKNOWN, &user) == SEG_OK);
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &item, &n, &sources) ==
		SEG_OK);
	CHECK(n == ITEMS - 1);
	for (int64_t k = 0; k < n; k++)
	{
		CHECK(item[k].index != 3);
		CHECK(item[k].score ==
		      (double) model.item_counts[item[k].index] / USERS);
		CHECK(k == 0 || seg_scored_is_better(item[k - 1], item[k]));
	}
	CHECK(sources.predicted == 0 && sources.listed == 0);
	CHECK(seg_cf_user(&env, scorer, 0, &user) == SEG_OK);
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &item, &n, &sources) ==
		SEG_OK);
	CHECK(n == ITEMS - 1);
	for (int64_t k = 0; k < n; k++)
	{
		CHECK(!seen[item[k].index]);
		seen[item[k].index] = true;
	}
	CHECK(sources.predicted + sources.listed <= n);

	/* a list of one's own comes first, without what was seen or shown too often */
	{
		const int64_t listed[] = {5, 3, 5, 2, 4};
		double shown[ITEMS] = {0};

		memset(seen, 0, sizeof(seen));
		seen[3] = true;
		shown[2] = 3;
		request.listed = listed;
		request.listed_count = 5;
		request.shown = shown;
		request.most_shown = 3;
		CHECK(seg_cf_user(&env, scorer, SEG_CF_UNKNOWN, &user) == SEG_OK);
		CHECK(seg_cf_recommend(&env,
		                       scorer,
		                       &user,
		                       &request,
		                       &item,
		                       &n,
		                       &sources) == SEG_OK);
		CHECK(sources.predicted == 0 && sources.listed == 2);
		CHECK(item[0].index == 5 && item[1].index == 4 && n == ITEMS - 2);
		request.listed_count = 0;
		request.shown = NULL;
	}
	request.n = 0;
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &item, &n, &sources) ==
		SEG_OK);
	CHECK(n == 0);
	request.n = 3;
	request.fallback = false;
	CHECK(seg_cf_user(&env, scorer, SEG_CF_UNKNOWN, &user) == SEG_OK);
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &item, &n, &sources) ==
		SEG_OK);
	CHECK(n == 0);
	unit_env_free(&env);
}

/* Diversity keeps the best item, and those that follow are less alike. */
static void
varied_lists_begin_with_the_best(SegCfMethod method)
{
	SegEnv env = unit_env();
	bool seen[ITEMS] = {false};
	SegCfRequest request = {6, seen, 0, false};
	SegCfSources sources;
	SegScored *plain, *varied;
	SegCfScorer *scorer;
	SegCfUser user;
	SegCf model;
	int64_t n, m;

	check_train(&env, method, &model, &scorer);
	CHECK(seg_cf_user(&env, scorer, 2, &user) == SEG_OK);
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &plain, &n, &sources) ==
		SEG_OK);
	request.diversity = 1e-12;
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &varied, &m, &sources) ==
		SEG_OK);
	CHECK(n == m && memcmp(plain, varied, (size_t) n * sizeof(*plain)) == 0);
	request.diversity = 1;
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &varied, &m, &sources) ==
		SEG_OK);
	CHECK(n == m && varied[0].index == plain[0].index);
	CHECK(memcmp(plain, varied, (size_t) n * sizeof(*plain)) != 0);
	unit_env_free(&env);
}

/* Items are as similar as the angle between their factors is narrow. */
static void
similarity_of_factors_is_their_cosine(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegCfScorer *scorer;
	SegCf model;

	check_train(&env, method, &model, &scorer);
	for (int64_t i = 0; i < ITEMS; i++)
	{
		double want[ITEMS];
		int positive = 0;
		SegTop top;

		for (int64_t other = 0; other < ITEMS; other++)
		{
			double xy = 0, xx = 0, yy = 0;

			for (int64_t f = 0; f < model.factors; f++)
			{
				double x = model.item_factors[i * model.factors + f];
				double y = model.item_factors[other * model.factors + f];

				xy += x * y;
				xx += x * x;
				yy += y * y;
			}
			want[other] = xy / sqrt(xx * yy);
			positive += other != i && want[other] > 0;
		}
		CHECK(seg_cf_similar(&env, scorer, i, ITEMS, &top) == SEG_OK);
		CHECK(top.n == positive);
		for (int64_t k = 0; k < top.n; k++)
			CHECK_NEAR(top.item[k].score, want[top.item[k].index], 1e-12);
	}
	unit_env_free(&env);
}

/* Similarity is symmetric, but for weights; nobody is similar to oneself. */
static void
similar_items_are_ranked(SegCfMethod method)
{
	SegEnv env = unit_env();
	SegCfScorer *scorer;
	SegCf model;

	check_train(&env, method, &model, &scorer);
	for (int64_t i = 0; i < ITEMS; i++)
	{
		SegTop top;

		CHECK(seg_cf_similar(&env, scorer, i, 100, &top) == SEG_OK);
		CHECK(top.n < ITEMS);
		for (int64_t k = 0; k < top.n; k++)
		{
			CHECK(top.item[k].index != i && top.item[k].score > 0);
			CHECK(top.item[k].score <= 1 + 1e-12 || method == SEG_CF_EASE);
			CHECK(k == 0 || seg_scored_is_better(top.item[k - 1], top.item[k]));
		}
		CHECK(seg_cf_similar(&env, scorer, i, 2, &top) == SEG_OK);
		CHECK(top.n <= 2);
	}
	unit_env_free(&env);
}

static void
reasons_of_ease_add_up(void)
{
	SegEnv env = unit_env();
	SegCfScorer *scorer;
	SegCf model;

	check_train(&env, SEG_CF_EASE, &model, &scorer);
	for (int32_t u = 0; u < USERS; u++)
	{
		SegCfUser user;

		CHECK(seg_cf_user(&env, scorer, u, &user) == SEG_OK);
		for (int64_t i = 0; i < ITEMS; i++)
		{
			double prediction, sum = 0;
			SegCfReasons reasons;

			CHECK(seg_cf_predict(&env, scorer, &user, i, &prediction) ==
			      SEG_OK);
			CHECK(seg_cf_reasons(&env, scorer, &user, i, &reasons) == SEG_OK);
			CHECK(reasons.ids == &scorer->items);
			for (int64_t k = 0; k < reasons.n; k++)
				sum += reasons.reason[k].contribution;
			CHECK_NEAR(sum, prediction, 1e-12);
		}
	}
	unit_env_free(&env);
}

static void
methods_say_what_they_lack(void)
{
	SegEnv env = unit_env();
	bool seen[ITEMS] = {false};
	SegCfRequest request = {3, seen, 0.5, true};
	SegCfSources sources;
	SegCfReasons reasons;
	SegCfScorer *scorer;
	SegScored *item;
	SegCfUser user;
	SegCf model;
	SegTop top;
	int64_t n;

	check_train(&env, SEG_CF_BASELINE, &model, &scorer);
	CHECK(seg_cf_user(&env, scorer, 0, &user) == SEG_OK);
	CHECK(seg_cf_check_factors(&env, &model) == SEG_NOT_IN_METHOD);
	CHECK(strcmp(env.diag.name, "baseline") == 0);
	CHECK(seg_cf_reasons(&env, scorer, &user, 0, &reasons) ==
	      SEG_NOT_IN_METHOD);
	CHECK(seg_cf_similar(&env, scorer, 0, 1, &top) == SEG_NOT_IN_METHOD);
	CHECK(
		seg_cf_recommend(&env, scorer, &user, &request, &item, &n, &sources) ==
		SEG_NOT_IN_METHOD);
	check_train(&env, SEG_CF_ALS, &model, &scorer);
	CHECK(seg_cf_check_factors(&env, &model) == SEG_OK);
	CHECK(seg_cf_reasons(&env, scorer, &user, 0, &reasons) ==
	      SEG_NOT_IN_METHOD);
	unit_env_free(&env);
}

/* ---------- trouble ---------- */

static SegStatus
train_and_ask(SegEnv *env, SegCfMethod method)
{
	bool seen[ITEMS] = {false};
	SegCfRequest request = {3, seen, method == SEG_CF_BASELINE ? 0 : 0.5, true};
	SegCfSources sources;
	SegCfParams p = parameters(method);
	SegRating rating = {0, 3, 4};
	SegCfScorer *scorer;
	SegScored *item;
	SegCfUser user;
	double prediction;
	SegCf model;
	int64_t n;

	SEG_TRY(train(env, &p, &model));
	SEG_TRY(seg_cf_scorer(env, &model, &scorer));
	SEG_TRY(seg_cf_user(env, scorer, 1, &user));
	SEG_TRY(seg_cf_predict(env, scorer, &user, 2, &prediction));
	SEG_TRY(
		seg_cf_recommend(env, scorer, &user, &request, &item, &n, &sources));
	SEG_TRY(seg_cf_visitor(env, scorer, &rating, 1, &user));
	return seg_cf_predict(env, scorer, &user, 2, &prediction);
}

static void
trouble_of_the_host_is_passed_on(SegCfMethod method)
{
	SegEnv env = unit_env();
	int first_allocation, first_question, allocations, questions;

	/* the fixture itself does not pass on failures */
	(void) cf_unit_ratings(&env, USERS, ITEMS);
	first_allocation = unit_env_allocations(&env) + 1;
	first_question = unit_env_questions(&env);
	unit_env_free(&env);

	env = unit_env();
	CHECK(train_and_ask(&env, method) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = first_allocation; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train_and_ask(&env, method) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = first_question; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train_and_ask(&env, method) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_cf(void)
{
	for (int m = 0; m < SEG_CF_METHODS; m++)
	{
		SegCfMethod method = (SegCfMethod) m;

		models_survive_storage(method);
		strangers_are_like_all(method);
		the_best_are_recommended(method);
		popular_items_fill_up(method);
		trouble_of_the_host_is_passed_on(method);
		memory_is_foretold(method);
		if (method == SEG_CF_BASELINE)
			continue;
		varied_lists_begin_with_the_best(method);
		similar_items_are_ranked(method);
	}
	similarity_of_factors_is_their_cosine(SEG_CF_SVD);
	similarity_of_factors_is_their_cosine(SEG_CF_ALS);
	visitors_are_like_users(SEG_CF_SVD, 2);
	visitors_are_like_users(SEG_CF_BASELINE, 1e-12);
	visitors_are_like_users(SEG_CF_ITEM_KNN, 1e-12);
	visitors_are_like_users(SEG_CF_ALS, 1e-12);
	visitors_are_like_users(SEG_CF_EASE, 0);
	nonsense_is_not_valid();
	ranges_are_given_or_theirs();
	options_belong_to_methods();
	implicit_neighbours_have_one_way();
	reasons_of_ease_add_up();
	methods_say_what_they_lack();
}
