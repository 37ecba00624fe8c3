/*-------------------------------------------------------------------------
 *
 * cf_recommend.c
 *	  Recommendations and similar items.
 *
 * Items are ranked by what is predicted, before it is brought into the range of
 * ratings, where many would be equal.  With diversity, the list is chosen by
 * maximal marginal relevance (mmr.c) from a pool of the best, scores of the pool
 * stretched from 0 to 1, so that it means the same whatever the scores are.
 *
 * Items of which nothing can be predicted for this user come last, the popular
 * ones first.
 *
 * src/kernel/recommend/cf_recommend.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "kernel/recommend/cf_score.h"
#include "kernel/recommend/mmr.h"

#define POOL       10 /* candidates for each place in a varied list */
#define LEAST_POOL 100

static const char *const fallback_words[] = {"popularity", "none", NULL};

/* clang-format off */
const SegOption seg_cf_request_options[] = {
	{"diversity", SEG_OPTION_REAL, offsetof(SegCfRequestParams, diversity), 0, 0, 1, NULL,
		"0: the best; 1: the most different"},
	{"fallback", SEG_OPTION_ENUM, offsetof(SegCfRequestParams, fallback), SEG_CF_POPULARITY, 0, 0, fallback_words,
		"popularity, none"},
	SEG_OPTION_END
};
/* clang-format on */

/* ---------- similar items ---------- */

/*
 * Similarities of items that the ratings of a model tell, whatever its
 * predictions come from; made when they are first asked for.
 */
static SegStatus
item_neighbours(SegCfScorer *s)
{
	const SegCf *m = s->model;
	SegKnnRule rule = {.similarity = SEG_CF_COSINE,
	                   .center = SEG_CF_CENTER_NONE,
	                   .implicit = true,
	                   .k = 1,
	                   .min_k = 1,
	                   .min_support = 1};

	if (s->item_knn != NULL)
		return SEG_OK;
	if (m->algorithm == SEG_CF_USER_KNN)
		rule = s->knn->rule;
	return seg_knn_create(&s->home, &s->ratings, &rule, false, &s->item_knn);
}

static void
cosines_of_factors(const SegCfScorer *s, int64_t item, double *to)
{
	s->loops->products(s->item_factors,
	                   s->items.count,
	                   s->width,
	                   s->item_factors + item * s->width,
	                   to);
	for (int64_t i = 0; i < s->items.count; i++)
	{
		double lengths = s->item_lengths[item] * s->item_lengths[i];

		/* not above 1, by rounding */
		to[i] = lengths > 0.0 ? fmin(1.0, to[i] / lengths) : 0.0;
	}
}

/*
 * Similarities of an item to all items; *to may be pointed elsewhere.
 */
static SegStatus
item_similarities(SegEnv *env, SegCfScorer *s, int64_t item, double *room,
                  const double **to)
{
	*to = room;
	if (s->model->item_factor_count > 0 && s->width > 0)
	{
		cosines_of_factors(s, item, room);
		return SEG_OK;
	}
	if (s->model->history_count == 0)
		return seg_fail_name(env,
		                     SEG_NOT_IN_METHOD,
		                     "similarities of items",
		                     seg_cf_method_words[s->model->algorithm]);
	SEG_TRY(item_neighbours(s));
	return seg_knn_row(env, s->item_knn, (int32_t) item, to);
}

SegStatus
seg_cf_similar(SegEnv *env, SegCfScorer *s, int64_t item, int64_t n,
               SegTop *top)
{
	int64_t items = s->items.count;
	const double *similarity;
	double *room;

	SEG_TRY(seg_top_create(env, n < items ? n : items, top));
	if (s->model->algorithm == SEG_CF_EASE)
	{
		SegHistory to = seg_list(&s->to, item);

		for (int64_t i = 0; i < to.n; i++)
		{
			if (to.value[i] > 0.0)
				seg_top_offer(top, to.value[i], to.other[i]);
		}
		seg_top_sort(top);
		return SEG_OK;
	}
	SEG_ALLOC(env, room, items);
	SEG_TRY(item_similarities(env, s, item, room, &similarity));
	for (int64_t i = 0; i < items; i++)
	{
		if (i != item && similarity[i] > 0.0)
			seg_top_offer(top, similarity[i], i);
	}
	seg_top_sort(top);
	return SEG_OK;
}

/* ---------- scores of all items ---------- */

/* What is predicted, and of which items anything can be. */
typedef struct Scores
{
	double *value;
	int64_t *found; /* neighbours; 0: none, and so no prediction */
	int64_t least;  /* neighbours that are needed */
} Scores;

static void
score_factors(const SegCfScorer *s, const SegCfUser *user, Scores *scores)
{
	const SegCf *m = s->model;

	if (s->width > 0)
		s->loops->products(s->item_factors,
		                   m->items,
		                   s->width,
		                   user->factors,
		                   scores->value);
	for (int64_t i = 0; i < m->items; i++)
	{
		if (m->feedback == SEG_CF_EXPLICIT)
			scores->value[i] += m->mean + user->bias + s->item_biases[i];
		scores->found[i] = 1;
	}
}

static void
score_weights(const SegCfScorer *s, const SegCfUser *user, Scores *scores)
{
	for (int64_t h = 0; h < user->history.n; h++)
	{
		SegHistory to = seg_list(&s->to, user->history.other[h]);

		for (int64_t i = 0; i < to.n; i++)
		{
			scores->value[to.other[i]] += user->history.value[h] * to.value[i];
			scores->found[to.other[i]]++;
		}
	}
}

static SegStatus
score_items(SegEnv *env, SegCfScorer *s, const SegCfUser *user, Scores *scores)
{
	SEG_ALLOC(env, scores->value, s->items.count);
	SEG_ALLOC(env, scores->found, s->items.count);
	scores->least = 1;
	if (!user->is_known)
		return SEG_OK;
	if (s->knn != NULL)
	{
		scores->least = s->model->min_k;
		return seg_knn_predict_all(env,
		                           s->knn,
		                           &user->knn,
		                           scores->value,
		                           scores->found);
	}
	if (s->model->algorithm == SEG_CF_EASE)
		score_weights(s, user, scores);
	else
		score_factors(s, user, scores);
	return SEG_OK;
}

/* ---------- a varied list ---------- */

typedef struct Pool
{
	SegCfScorer *scorer;
	const SegScored *item;
	int64_t count;
	double *room;
} Pool;

static SegStatus
similarities_in_pool(SegEnv *env, void *of, int64_t c, double *to)
{
	Pool *pool = of;
	const double *similarity;

	SEG_TRY(item_similarities(env,
	                          pool->scorer,
	                          pool->item[c].index,
	                          pool->room,
	                          &similarity));
	for (int64_t i = 0; i < pool->count; i++)
		to[i] = similarity[pool->item[i].index];
	return SEG_OK;
}

/*
 * Choose n of the pool, which is sorted.
 */
static SegStatus
vary(SegEnv *env, SegCfScorer *s, const SegTop *best, int64_t n,
     double diversity, SegScored *result, int64_t *count)
{
	Pool pool = {s, best->item, best->n, NULL};
	SegMmr mmr = {best->n, NULL, 1.0 - diversity, similarities_in_pool, &pool};
	double *score;
	int64_t *chosen;

	SEG_ALLOC(env, pool.room, s->items.count);
	SEG_ALLOC(env, score, best->n + 1);
	SEG_ALLOC(env, chosen, best->n + 1);
	for (int64_t i = 0; i < best->n; i++)
	{
		double low = best->item[best->n - 1].score;
		double range = best->item[0].score - low;

		score[i] = range > 0.0 ? (best->item[i].score - low) / range : 0.0;
	}
	mmr.score = score;
	SEG_TRY(seg_mmr(env, &mmr, n, chosen, count));
	for (int64_t i = 0; i < *count; i++)
		result[i] = best->item[chosen[i]];
	return SEG_OK;
}

/* ---------- recommendations ---------- */

static int64_t
pool_size(const SegCfRequest *request, int64_t n, int64_t items)
{
	int64_t size = n;

	if (request->diversity > 0.0)
		size = POOL * n > LEAST_POOL ? POOL * n : LEAST_POOL;
	return size < items ? size : items;
}

/*
 * The best of those that are not seen.
 */
static SegStatus
choose(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
       const SegCfRequest *request, int64_t n, SegScored *result,
       int64_t *count)
{
	int64_t items = s->items.count;
	Scores scores;
	SegTop best;

	SEG_TRY(score_items(env, s, user, &scores));
	SEG_TRY(seg_top_create(env, pool_size(request, n, items), &best));
	for (int64_t i = 0; i < items; i++)
	{
		if (request->is_seen[i] || scores.found[i] < scores.least)
			continue;
		if (!isfinite(scores.value[i]))
			return seg_fail(env, SEG_NOT_FINITE, "score", scores.value[i], 0);
		seg_top_offer(&best, scores.value[i], i);
	}
	seg_top_sort(&best);
	if (request->diversity > 0.0)
		return vary(env, s, &best, n, request->diversity, result, count);
	for (int64_t i = 0; i < best.n; i++)
		result[i] = best.item[i];
	*count = best.n;
	return SEG_OK;
}

/*
 * Fill up with popular items; their score is their share of users.
 */
static SegStatus
fill_up(SegEnv *env, const SegCfScorer *s, const SegCfRequest *request,
        int64_t n, SegScored *result, int64_t *count)
{
	const SegCf *m = s->model;
	bool *is_chosen;

	SEG_ALLOC(env, is_chosen, m->items);
	for (int64_t i = 0; i < *count; i++)
		is_chosen[result[i].index] = true;
	for (int64_t i = 0; i < m->items && *count < n; i++)
	{
		int64_t item = s->popular[i];

		if (is_chosen[item] || request->is_seen[item])
			continue;
		result[*count] =
			(SegScored){(double) m->item_counts[item] / (double) m->users,
		                item};
		++*count;
	}
	return SEG_OK;
}

SegStatus
seg_cf_recommend(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                 const SegCfRequest *request, SegScored **items, int64_t *count)
{
	int64_t n = request->n < s->items.count ? request->n : s->items.count;

	SEG_ALLOC(env, *items, n + 1);
	SEG_TRY(choose(env, s, user, request, n, *items, count));
	for (int64_t i = 0; i < *count; i++)
		(*items)[i].score = seg_cf_clip(s->model, (*items)[i].score);
	if (request->fallback && *count < n)
		return fill_up(env, s, request, n, *items, count);
	return SEG_OK;
}
