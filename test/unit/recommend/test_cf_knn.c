/*
 * test_cf_knn.c: kernel/recommend/cf_knn.c and cf_knn_predict.c against definitions
 * written down pair by pair
 */
#include "cf_unit.h"
#include "kernel/recommend/cf_knn.h"

void test_cf_knn(void);

#define USERS 17
#define ITEMS 13

/* ---------- definitions ---------- */

typedef struct Model
{
	const SegRatings *ratings;
	SegKnnRule rule;
	bool of_users;
	SegBiases baseline;
} Model;

/* Rating of "other" in list l, NAN if there is none. */
static double
rating_in(const Model *m, int32_t l, int32_t other)
{
	return m->of_users ? cf_unit_rating(m->ratings, l, other)
	                   : cf_unit_rating(m->ratings, other, l);
}

static int32_t
count(const Model *m, bool own)
{
	return own == m->of_users ? m->ratings->users : m->ratings->items;
}

static double
baseline_of(const Model *m, int32_t l, int32_t other)
{
	int32_t user = m->of_users ? l : other;
	int32_t item = m->of_users ? other : l;

	return m->baseline.mean + m->baseline.user[user] + m->baseline.item[item];
}

static double
mean_of(const Model *m, int32_t l)
{
	double sum = 0;
	int n = 0;

	for (int32_t o = 0; o < count(m, false); o++)
	{
		double r = rating_in(m, l, o);

		sum += isnan(r) ? 0 : r;
		n += !isnan(r);
	}
	return sum / n;
}

static double
whole_square(const Model *m, int32_t l)
{
	double sum = 0;

	for (int32_t o = 0; o < count(m, false); o++)
	{
		double r = rating_in(m, l, o);

		sum += isnan(r) ? 0 : r * r;
	}
	return sum;
}

/* Sums over common ratings, of values minus their means if there are any. */
static double
similarity(const Model *m, int32_t a, int32_t b)
{
	double x[USERS + ITEMS], y[USERS + ITEMS];
	double mx = 0, my = 0, xy = 0, xx = 0, yy = 0, gap = 0, s;
	bool pearson = m->rule.similarity >= SEG_CF_PEARSON;
	int n = 0;

	for (int32_t o = 0; o < count(m, false); o++)
	{
		double p = rating_in(m, a, o);
		double q = rating_in(m, b, o);

		if (isnan(p) || isnan(q))
			continue;
		x[n] = p;
		y[n] = q;
		if (m->rule.similarity == SEG_CF_PEARSON_BASELINE)
		{
			x[n] -= baseline_of(m, a, o);
			y[n] -= baseline_of(m, b, o);
		}
		mx += x[n];
		my += y[n];
		n++;
	}
	if (n < m->rule.min_support || n == 0 || a == b)
		return 0;
	if (m->rule.similarity != SEG_CF_PEARSON)
		mx = my = 0;
	for (int i = 0; i < n; i++)
	{
		double p = x[i] - mx / n;
		double q = y[i] - my / n;

		xy += p * q;
		xx += p * p;
		yy += q * q;
		gap += (p - q) * (p - q);
	}
	if (m->rule.implicit)
	{
		xx = whole_square(m, a);
		yy = whole_square(m, b);
	}
	s = m->rule.similarity == SEG_CF_MSD ? 1 / (1 + gap / n)
	    : xx > 1e-9 && yy > 1e-9         ? xy / sqrt(xx * yy)
	                                     : 0;
	n -= pearson;
	return m->rule.shrinkage > 0 ? s * n / (n + m->rule.shrinkage) : s;
}

static double
center(const Model *m, int32_t l, int32_t other)
{
	switch (m->rule.center)
	{
		case SEG_CF_CENTER_NONE:
			return 0;
		case SEG_CF_CENTER_MEAN:
			return mean_of(m, l);
		default:
			return baseline_of(m, l, other);
	}
}

/* The k most similar by repeated search. */
static double
predict(const Model *m, int32_t user, int32_t item)
{
	int32_t own = m->of_users ? user : item;
	int32_t other = m->of_users ? item : user;
	bool used[USERS + ITEMS] = {false};
	double rated = 0, sum = 0;
	int n = 0;

	for (; n < m->rule.k; n++)
	{
		int32_t best = -1;
		double most = 0;

		for (int32_t l = 0; l < count(m, true); l++)
		{
			double s = similarity(m, own, l);

			if (!used[l] && !isnan(rating_in(m, l, other)) && s > most + 1e-12)
			{
				most = s;
				best = l;
			}
		}
		if (best < 0)
			break;
		used[best] = true;
		rated += most * (rating_in(m, best, other) - center(m, best, other));
		sum += most;
	}
	if (m->rule.implicit)
		return n < m->rule.min_k ? 0 : rated;
	if (n < m->rule.min_k)
		return m->rule.center == SEG_CF_CENTER_NONE ? m->ratings->mean
		                                            : center(m, own, other);
	return center(m, own, other) + rated / sum;
}

/* ---------- the checks ---------- */

static void
rows_are_similarities(SegEnv *env, const Model *m, SegKnn *knn)
{
	for (int32_t a = 0; a < count(m, true); a++)
	{
		const double *row;
		double kept[USERS + ITEMS];

		CHECK(seg_knn_row(env, knn, a, &row) == SEG_OK);
		memcpy(kept, row, (size_t) count(m, true) * sizeof(double));
		for (int32_t b = 0; b < count(m, true); b++)
		{
			const double *back;

			CHECK_NEAR(kept[b], similarity(m, a, b), 1e-9);
			CHECK(seg_knn_row(env, knn, b, &back) == SEG_OK);
			CHECK(back[a] == kept[b]);
		}
	}
}

static void
reasons_add_up(const Model *m, const SegKnn *knn, const SegKnnReason *reason,
               int64_t n, int32_t user, int32_t item, double prediction)
{
	double sum =
		m->rule.center == SEG_CF_CENTER_NONE
			? 0
			: center(m, m->of_users ? user : item, m->of_users ? item : user);

	for (int64_t i = 0; i < n; i++)
	{
		sum += reason[i].contribution;
		CHECK(i == 0 || reason[i].similarity <= reason[i - 1].similarity);
	}
	if (n >= knn->rule.min_k)
		CHECK_NEAR(sum, prediction, 1e-12);
}

static void
predictions_are_as_defined(SegEnv *env, const Model *m, SegKnn *knn)
{
	double all[ITEMS];
	int64_t found_all[ITEMS];
	SegKnnReason reason[USERS + ITEMS];

	for (int32_t u = 0; u < USERS; u++)
	{
		SegKnnUser user;

		seg_knn_user(knn, u, &user);
		CHECK(seg_knn_predict_all(env, knn, &user, all, found_all) == SEG_OK);
		for (int32_t i = 0; i < ITEMS; i++)
		{
			double prediction;
			int64_t found;

			CHECK(seg_knn_predict(env,
			                      knn,
			                      &user,
			                      i,
			                      &prediction,
			                      &found,
			                      reason) == SEG_OK);
			CHECK_NEAR(prediction, predict(m, u, i), 1e-9);
			CHECK_NEAR(all[i], prediction, 1e-12);
			CHECK(found_all[i] == found && found <= m->rule.k);
			reasons_add_up(m, knn, reason, found, u, i, prediction);
		}
	}
}

/* A visitor with a user's history gets that user's predictions. */
static void
visitors_are_like_users(SegEnv *env, const Model *m, SegKnn *knn)
{
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory history = seg_list(&m->ratings->by_user, u);
		SegKnnUser user, visitor;

		seg_knn_user(knn, u, &user);
		CHECK(seg_knn_visitor(env, knn, &history, &visitor) == SEG_OK);
		/* a baseline is fitted to all users together */
		CHECK_NEAR(visitor.bias, user.bias, 1e-12);
		if (m->of_users)
			visitor.row[u] = 0; /* the model cannot know who the visitor is */
		for (int32_t i = 0; i < ITEMS; i++)
		{
			double a, b;
			int64_t found;

			CHECK(seg_knn_predict(env, knn, &user, i, &a, &found, NULL) ==
			      SEG_OK);
			CHECK(seg_knn_predict(env, knn, &visitor, i, &b, &found, NULL) ==
			      SEG_OK);
			CHECK_NEAR(b, a, 1e-9);
		}
	}
}

static void
check_rule(const SegKnnRule *rule, bool of_users)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	Model m = {&ratings, *rule, of_users, {0}};
	SegKnn *knn;

	CHECK(
		seg_bias_baseline(&env, &ratings, &seg_baseline_default, &m.baseline) ==
		SEG_OK);
	CHECK(seg_knn_create(&env, &ratings, rule, of_users, &knn) == SEG_OK);
	rows_are_similarities(&env, &m, knn);
	/* rows that have to make room for each other */
	knn->slots = 2;
	memset(knn->slot_of, 0, (size_t) count(&m, true) * sizeof(int32_t));
	knn->owner_of[0] = knn->owner_of[1] = -1;
	knn->next = 0;
	predictions_are_as_defined(&env, &m, knn);
	knn->room = 0; /* for the neighbours of all items */
	predictions_are_as_defined(&env, &m, knn);
	visitors_are_like_users(&env, &m, knn);
	unit_env_free(&env);
}

static void
explicit_rules_hold(bool of_users)
{
	for (int s = SEG_CF_MSD; s <= SEG_CF_PEARSON_BASELINE; s++)
	{
		for (int c = SEG_CF_CENTER_MEAN; c <= SEG_CF_CENTER_NONE; c++)
		{
			SegKnnRule rule =
				{(SegCfSimilarity) s, (SegCfCenter) c, false, 3, 1, 1, 0};

			check_rule(&rule, of_users);
			rule.shrinkage = 5;
			rule.k = 1000;
			check_rule(&rule, of_users);
			rule.min_support = 3;
			rule.min_k = 3;
			check_rule(&rule, of_users);
		}
	}
}

static void
implicit_rules_hold(bool of_users)
{
	SegKnnRule rule = {SEG_CF_COSINE, SEG_CF_CENTER_NONE, true, 2, 1, 1, 0};

	check_rule(&rule, of_users);
	rule.k = 40;
	rule.shrinkage = 3;
	rule.min_k = 2;
	check_rule(&rule, of_users);
}

/* Rounding does not turn constant ratings into a correlation. */
static void
no_variance_is_no_correlation(void)
{
	static const SegRating rating[] = {{0, 0, 4.3},
	                                   {0, 1, 4.3},
	                                   {0, 2, 4.3},
	                                   {1, 0, 1.1},
	                                   {1, 1, 2.2},
	                                   {1, 2, 3.7}};
	SegRatingBlock block = {rating, 6};
	SegRatingBlocks blocks = {&block, 1, 6, NULL, NULL, 2, 3};
	SegKnnRule rule = {SEG_CF_PEARSON, SEG_CF_CENTER_MEAN, false, 3, 1, 1, 0};
	SegEnv env = unit_env();
	SegRatings ratings;
	const double *row;
	SegKnn *knn;

	CHECK(seg_ratings_build(&env, &blocks, SEG_DUPLICATES_MEAN, &ratings) ==
	      SEG_OK);
	CHECK(seg_knn_create(&env, &ratings, &rule, true, &knn) == SEG_OK);
	CHECK(seg_knn_row(&env, knn, 0, &row) == SEG_OK);
	CHECK(row[1] == 0);
	unit_env_free(&env);
}

/* The distance of whole ratings from 0 changes nothing, to the bit. */
static void
a_correlation_does_not_see_the_mean(bool of_users)
{
	SegKnnRule rule = {SEG_CF_PEARSON, SEG_CF_CENTER_MEAN, false, 3, 1, 1, 0};
	SegEnv env = unit_env();
	SegRatings near = cf_unit_ratings(&env, USERS, ITEMS);
	SegRatingLists lists = near.by_user;
	double *value = env.alloc(env.host, (size_t) near.n * sizeof(double));
	SegHistory history = seg_list(&near.by_user, 1);
	SegKnn *a, *b;
	SegKnnUser x, y;
	SegRatings far;

	for (int64_t k = 0; k < near.n; k++)
		value[k] = near.by_user.value[k] + 1e9;
	lists.value = value;
	CHECK(seg_ratings_of_users(&env, &lists, ITEMS, &far) == SEG_OK);
	CHECK(seg_knn_create(&env, &near, &rule, of_users, &a) == SEG_OK);
	CHECK(seg_knn_create(&env, &far, &rule, of_users, &b) == SEG_OK);
	for (int32_t l = 0; l < a->own->count; l++)
	{
		size_t size = (size_t) a->own->count * sizeof(double);
		const double *row, *same;

		CHECK(seg_knn_row(&env, a, l, &row) == SEG_OK);
		CHECK(seg_knn_row(&env, b, l, &same) == SEG_OK);
		CHECK(memcmp(row, same, size) == 0);
	}
	CHECK(seg_knn_visitor(&env, a, &history, &x) == SEG_OK);
	history = seg_list(&far.by_user, 1);
	CHECK(seg_knn_visitor(&env, b, &history, &y) == SEG_OK);
	for (int32_t u = 0; of_users && u < USERS; u++)
		CHECK(x.row[u] == y.row[u]);
	unit_env_free(&env);
}

/* Lists that are multiples of each other: 1, not 1.0000000000000002. */
static void
no_cosine_is_above_1(void)
{
	SegKnnRule rule = {SEG_CF_COSINE, SEG_CF_CENTER_NONE, false, 3, 1, 1, 0};

	for (int times = 1; times < 50; times++)
	{
		SegEnv env = unit_env();
		SegRating rating[120];
		SegRatingBlock block = {rating, 120};
		SegRatingBlocks blocks = {&block, 1, 120, NULL, NULL, 2, 60};
		SegRatings ratings;
		const double *row;
		SegKnn *knn;

		for (int i = 0; i < 120; i++)
			rating[i] =
				(SegRating){i % 2,
			                i / 2,
			                sqrt(i / 2 + 1) * (1 + i % 2 * times * 0.1)};
		CHECK(seg_ratings_build(&env, &blocks, SEG_DUPLICATES_MEAN, &ratings) ==
		      SEG_OK);
		CHECK(seg_knn_create(&env, &ratings, &rule, true, &knn) == SEG_OK);
		CHECK(seg_knn_row(&env, knn, 0, &row) == SEG_OK);
		CHECK(row[1] <= 1 && row[1] > 1 - 1e-15);
		unit_env_free(&env);
	}
}

/* After a row that was stopped in the middle, the next one is right. */
static void
a_stopped_row_leaves_nothing_behind(void)
{
	SegKnnRule rule = {SEG_CF_MSD, SEG_CF_CENTER_MEAN, false, 3, 1, 1, 0};
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	Model m = {&ratings, rule, true, {0}};
	SegKnn *knn;

	CHECK(seg_knn_create(&env, &ratings, &rule, true, &knn) == SEG_OK);
	knn->touched[knn->met++] = 5;
	knn->pair[5] = (SegPairSums){100, 100, 0, 0, 0, 0};
	rows_are_similarities(&env, &m, knn);
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegKnnRule rule =
		{SEG_CF_PEARSON_BASELINE, SEG_CF_CENTER_BASELINE, false, 3, 1, 1, 100};
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegKnn *knn;

	for (int i = 0;; i++)
	{
		SegEnv other = unit_env();
		SegStatus status;

		unit_env_fail_after(&other, i);
		status = seg_knn_create(&other, &ratings, &rule, false, &knn);
		unit_env_free(&other);
		if (status == SEG_OK)
			break;
		CHECK(status == SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_cf_knn(void)
{
	explicit_rules_hold(true);
	explicit_rules_hold(false);
	implicit_rules_hold(true);
	implicit_rules_hold(false);
	no_variance_is_no_correlation();
	a_correlation_does_not_see_the_mean(true);
	a_correlation_does_not_see_the_mean(false);
	no_cosine_is_above_1();
	a_stopped_row_leaves_nothing_behind();
	trouble_of_the_host_is_passed_on();
}
