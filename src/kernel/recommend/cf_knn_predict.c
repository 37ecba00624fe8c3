/*-------------------------------------------------------------------------
 *
 * cf_knn_predict.c
 *	  Predictions from neighbours, see cf_knn.c, and the two methods that make
 *	  them: from users and from items.
 *
 * A neighbours model is its ratings, in order; similarities are computed on
 * demand.
 *
 * src/kernel/recommend/cf_knn_predict.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_knn.h"

#include "kernel/recommend/cf_algorithm.h"

/*
 * What a neighbour's rating is relative to: the neighbour's mean, or what is
 * expected of it.
 */
static double
center_of(const SegKnn *knn, const SegKnnUser *user, int32_t item,
          int32_t neighbour)
{
	const SegBiases *c = &knn->center;
	double own = knn->of_users ? c->user[neighbour] : c->item[neighbour];

	switch (knn->rule.center)
	{
		case SEG_CF_CENTER_NONE:
			return 0.0;
		case SEG_CF_CENTER_MEAN:
			return c->mean + own;
		default:
			return c->mean + own + (knn->of_users ? c->item[item] : user->bias);
	}
}

/*
 * The prediction without any neighbours, which they add to.
 */
static double
center_without(const SegKnn *knn, const SegKnnUser *user, int32_t item)
{
	const SegBiases *c = &knn->center;

	if (knn->rule.implicit)
		return 0.0;
	switch (knn->rule.center)
	{
		case SEG_CF_CENTER_NONE:
			return c->mean;
		case SEG_CF_CENTER_MEAN:
			return c->mean + (knn->of_users ? user->bias : c->item[item]);
		default:
			return c->mean + user->bias + c->item[item];
	}
}

/* Sums over neighbours. */
typedef struct Sums
{
	double rated; /* similarity times rating above its center */
	double similarity;
	int64_t n;
} Sums;

static double
predict_from(const SegKnn *knn, const SegKnnUser *user, int32_t item,
             const Sums *sums)
{
	double center = center_without(knn, user, item);

	if (sums->n < knn->rule.min_k)
		return center;
	if (knn->rule.implicit)
		return sums->rated;
	if (knn->rule.center == SEG_CF_CENTER_NONE)
		center = 0.0;
	return center + sums->rated / sums->similarity;
}

/* ---------- one item ---------- */

/*
 * Who may be a neighbour, and how similar each list is to the one that asks.
 */
static SegStatus
candidates(SegEnv *env, SegKnn *knn, const SegKnnUser *user, int32_t item,
           SegHistory *list, const double **row)
{
	if (!knn->of_users)
	{
		*list = user->history;
		return seg_knn_row(env, knn, item, row);
	}
	*list = seg_list(knn->other, item);
	*row = user->row;
	return user->row != NULL ? SEG_OK : seg_knn_row(env, knn, user->user, row);
}

/*
 * What the chosen neighbours add to the prediction, the most similar first.
 */
static void
give_reasons(const SegKnn *knn, const SegKnnUser *user, int32_t item,
             const SegHistory *list, const Sums *sums, SegKnnReason *reason)
{
	double share = knn->rule.implicit ? 1.0 : 1.0 / sums->similarity;

	for (int64_t i = 0; i < knn->top.n; i++)
	{
		SegScored chosen = knn->top.item[i];
		int32_t neighbour = list->other[chosen.index];
		double rating = list->value[chosen.index];
		double above = rating - center_of(knn, user, item, neighbour);

		reason[i] = (SegKnnReason){neighbour,
		                           chosen.score,
		                           rating,
		                           chosen.score * above * share};
	}
}

SegStatus
seg_knn_predict(SegEnv *env, SegKnn *knn, const SegKnnUser *user, int32_t item,
                double *prediction, int64_t *found, SegKnnReason *reasons)
{
	SegHistory list;
	const double *row;
	Sums sums = {0};

	SEG_TRY(candidates(env, knn, user, item, &list, &row));
	knn->top.n = 0;
	for (int64_t i = 0; i < list.n; i++)
	{
		double s = row[list.other[i]];

		if (s > 0.0)
			seg_top_offer(&knn->top, s, i);
	}
	seg_top_sort(&knn->top);
	for (int64_t i = 0; i < knn->top.n; i++)
	{
		SegScored chosen = knn->top.item[i];
		double center = center_of(knn, user, item, list.other[chosen.index]);

		sums.rated += chosen.score * (list.value[chosen.index] - center);
		sums.similarity += chosen.score;
	}
	sums.n = *found = knn->top.n;
	*prediction = predict_from(knn, user, item, &sums);
	if (reasons != NULL)
		give_reasons(knn, user, item, &list, &sums, reasons);
	return SEG_OK;
}

/* ---------- all items ---------- */

/*
 * Neighbours of all items at once, when all of a user's items count: each row
 * of similarities is then used only once.
 */
static SegStatus
add_rows(SegEnv *env, SegKnn *knn, const SegKnnUser *user, Sums *sums)
{
	for (int64_t h = 0; h < user->history.n; h++)
	{
		int32_t neighbour = user->history.other[h];
		double rating = user->history.value[h];
		const double *row;

		if (env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(seg_knn_row(env, knn, neighbour, &row));
		for (int32_t i = 0; i < knn->own->count; i++)
		{
			double s = row[i];

			if (!(s > 0.0))
				continue;
			sums[i].rated += s * (rating - center_of(knn, user, i, neighbour));
			sums[i].similarity += s;
			sums[i].n++;
		}
	}
	return SEG_OK;
}

/*
 * The same when only the k most similar count: each item keeps its own.
 */
static SegStatus
add_best(SegEnv *env, SegKnn *knn, const SegKnnUser *user, Sums *sums)
{
	int64_t k = knn->rule.k;
	int32_t items = knn->own->count;
	SegScored *room;
	SegTop *top;

	SEG_ALLOC(env, room, items * k);
	SEG_ALLOC(env, top, items);
	for (int32_t i = 0; i < items; i++)
		top[i] = (SegTop){k, 0, room + i * k};
	for (int64_t h = 0; h < user->history.n; h++)
	{
		const double *row;

		if (env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(seg_knn_row(env, knn, user->history.other[h], &row));
		for (int32_t i = 0; i < items; i++)
		{
			if (row[i] > 0.0)
				seg_top_offer(&top[i], row[i], h);
		}
	}
	for (int32_t i = 0; i < items; i++)
	{
		for (int64_t t = 0; t < top[i].n; t++)
		{
			SegScored chosen = top[i].item[t];
			double center =
				center_of(knn, user, i, user->history.other[chosen.index]);

			sums[i].rated +=
				chosen.score * (user->history.value[chosen.index] - center);
			sums[i].similarity += chosen.score;
		}
		sums[i].n = top[i].n;
	}
	return SEG_OK;
}

SegStatus
seg_knn_predict_all(SegEnv *env, SegKnn *knn, const SegKnnUser *user,
                    double *prediction, int64_t *found)
{
	int32_t items = knn->of_users ? knn->other->count : knn->own->count;
	Sums *sums;

	/* also one by one where keeping k neighbours of each item takes too much */
	if (knn->of_users ||
	    (user->history.n > knn->rule.k && knn->rule.k > knn->room / items))
	{
		for (int32_t i = 0; i < items; i++)
		{
			if (env->stop(env->host))
				return SEG_STOPPED;
			SEG_TRY(seg_knn_predict(env,
			                        knn,
			                        user,
			                        i,
			                        &prediction[i],
			                        &found[i],
			                        NULL));
		}
		return SEG_OK;
	}
	SEG_ALLOC(env, sums, items);
	if (user->history.n <= knn->rule.k)
		SEG_TRY(add_rows(env, knn, user, sums));
	else
		SEG_TRY(add_best(env, knn, user, sums));
	for (int32_t i = 0; i < items; i++)
	{
		prediction[i] = predict_from(knn, user, i, &sums[i]);
		found[i] = sums[i].n;
	}
	return SEG_OK;
}

/* ---------- as recommender methods ---------- */

static const char *const feedback_words[] = {"explicit", "implicit", NULL};
static const char *const similarity_words[] = {"msd",
                                               "cosine",
                                               "pearson",
                                               "pearson_baseline",
                                               NULL};
static const char *const center_words[] = {"mean", "baseline", "none", NULL};

/* clang-format off */
#define KNN_OPTIONS(which) \
	SEG_CF_METHOD_OPTION(which), \
	{"feedback", SEG_OPTION_ENUM, SEG_CF_OPTION(feedback), SEG_CF_EXPLICIT, 0, 0, feedback_words, \
		"explicit, implicit"}, \
	{"similarity", SEG_OPTION_ENUM, SEG_CF_OPTION(similarity), -1, 0, 0, similarity_words, \
		"msd, cosine, pearson, pearson_baseline"}, \
	{"center", SEG_OPTION_ENUM, SEG_CF_OPTION(center), -1, 0, 0, center_words, \
		"mean, baseline, none"}, \
	{"k", SEG_OPTION_INT, SEG_CF_OPTION(k), 40, 1, SEG_CF_MAX_K, NULL, \
		"neighbours that count at most"}, \
	{"min_k", SEG_OPTION_INT, SEG_CF_OPTION(min_k), 1, 1, SEG_CF_MAX_K, NULL, \
		"neighbours without which there is no prediction from them"}, \
	{"min_support", SEG_OPTION_INT, SEG_CF_OPTION(min_support), 1, 1, SEG_CF_MAX_K, NULL, \
		"ratings in common without which a similarity is 0"}, \
	{"shrinkage", SEG_OPTION_REAL, SEG_CF_OPTION(shrinkage), NAN, 0, 1e9, NULL, \
		"ratings in common at which a similarity is halved"}, \
	SEG_CF_RATING_RANGE_OPTIONS, \
	SEG_OPTION_END

static const SegOption user_knn_options[] = { KNN_OPTIONS(SEG_CF_USER_KNN) };
static const SegOption item_knn_options[] = { KNN_OPTIONS(SEG_CF_ITEM_KNN) };
/* clang-format on */

/*
 * Without shrinkage, the neighbours of an item are those that share seven ratings
 * with it, by chance the same.  With weights, a similarity is over whole lists.
 */
static double
usual_shrinkage(const SegCfParams *p)
{
	if (p->feedback == SEG_CF_IMPLICIT)
		return 0;
	return p->similarity == SEG_CF_PEARSON_BASELINE ? 100 : 10;
}

static SegStatus
refuse_word(SegEnv *env, const char *option, const char *seen,
            const char *allowed)
{
	return seg_fail_facts(env,
	                      SEG_OPTION_WORD,
	                      (SegDiag){.what = option,
	                                .name = allowed,
	                                .seen = seen});
}

static SegStatus
settle_neighbours(SegEnv *env, SegCfParams *p)
{
	if (p->feedback == SEG_CF_IMPLICIT)
	{
		if (p->similarity >= 0 && p->similarity != SEG_CF_COSINE)
			return refuse_word(env,
			                   "similarity",
			                   similarity_words[p->similarity],
			                   "cosine (with implicit feedback)");
		if (p->center >= 0 && p->center != SEG_CF_CENTER_NONE)
			return refuse_word(env,
			                   "center",
			                   center_words[p->center],
			                   "none (with implicit feedback)");
		p->similarity = SEG_CF_COSINE;
		p->center = SEG_CF_CENTER_NONE;
	}
	if (p->similarity < 0)
		p->similarity = SEG_CF_MSD;
	if (p->center < 0)
		p->center = p->similarity == SEG_CF_PEARSON_BASELINE
		                ? SEG_CF_CENTER_BASELINE
		                : SEG_CF_CENTER_MEAN;
	if (isnan(p->shrinkage))
		p->shrinkage = usual_shrinkage(p);
	return SEG_OK;
}

static SegStatus
train_neighbours(SegEnv *env, const SegRatings *ratings, const SegCfParams *p,
                 SegCf *model)
{
	model->similarity = p->similarity;
	model->center = p->center;
	model->k = p->k;
	model->min_k = p->min_k;
	model->min_support = p->min_support;
	model->shrinkage = p->shrinkage;
	return seg_cf_take_histories(env, ratings, model);
}

static bool
neighbours_are_sound(const SegCf *m)
{
	return m->k > 0 && m->min_k > 0;
}

static SegStatus
ready_neighbours(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	bool of_users = s->algorithm->of_users;
	SegKnn *knn;

	s->item_rule = (SegKnnRule){(SegCfSimilarity) m->similarity,
	                            (SegCfCenter) m->center,
	                            m->feedback == SEG_CF_IMPLICIT,
	                            m->k,
	                            m->min_k,
	                            m->min_support,
	                            m->shrinkage};
	SEG_TRY(seg_knn_create(env, &s->ratings, &s->item_rule, of_users, &knn));
	s->own = knn;
	if (!of_users)
		s->item_knn = knn;
	if (m->center == SEG_CF_CENTER_NONE)
		return SEG_OK;
	s->user_biases = knn->center.user;
	s->item_biases = knn->center.item;
	return SEG_OK;
}

static SegStatus
knn_user(SegEnv *env, const SegCfScorer *s, int64_t user, SegCfUser *result)
{
	(void) env;
	seg_knn_user(s->own, (int32_t) user, &result->knn);
	return SEG_OK;
}

static SegStatus
knn_visitor(SegEnv *env, SegCfScorer *s, SegCfUser *result)
{
	SEG_TRY(seg_knn_visitor(env, s->own, &result->history, &result->knn));
	result->bias = result->knn.bias;
	return SEG_OK;
}

static SegStatus
predict_neighbours(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                   int32_t item, double *result)
{
	int64_t found;

	return seg_knn_predict(env, s->own, &user->knn, item, result, &found, NULL);
}

static SegStatus
score_neighbours(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                 SegCfScores *scores)
{
	scores->least = s->model->min_k;
	return seg_knn_predict_all(env,
	                           s->own,
	                           &user->knn,
	                           scores->value,
	                           scores->found);
}

static SegStatus
reasons_of_neighbours(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                      int32_t item, SegCfReasons *reasons)
{
	SegKnn *knn = s->own;
	double prediction;

	SEG_ALLOC(env, reasons->reason, knn->top.most);
	SEG_TRY(seg_knn_predict(env,
	                        knn,
	                        &user->knn,
	                        item,
	                        &prediction,
	                        &reasons->n,
	                        reasons->reason));
	if (reasons->n < s->model->min_k)
		reasons->n = 0;
	return SEG_OK;
}

#define KNN \
	.feedback = SEG_CF_EITHER, .arrays = SEG_CF_HISTORIES, \
	.settle = settle_neighbours, .train = train_neighbours, \
	.is_sound = neighbours_are_sound, .ready = ready_neighbours, \
	.user = knn_user, .visitor = knn_visitor, .predict = predict_neighbours, \
	.score = score_neighbours, .reasons = reasons_of_neighbours

const SegCfAlgorithm seg_cf_user_knn = {
	.options = user_knn_options,
	.of_users = true,
	KNN,
};

const SegCfAlgorithm seg_cf_item_knn = {
	.options = item_knn_options,
	KNN,
};
