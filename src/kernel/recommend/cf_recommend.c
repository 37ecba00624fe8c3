/*-------------------------------------------------------------------------
 *
 * cf_recommend.c
 *	  Recommendations and similar items.
 *
 * Items are ranked by their prediction before it is clipped to the range of
 * ratings, where many would be equal.  With diversity, the list is chosen by
 * maximal marginal relevance (mmr.c) from a pool of the best, with the pool's
 * scores stretched from 0 to 1, so that it means the same whatever the scores
 * are.
 *
 * An item that was shown lately loses a share of its stretched score each time.
 *
 * Items for which nothing can be predicted for this user come last: those that
 * the request lists, then the most popular ones.
 *
 * src/kernel/recommend/cf_recommend.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>

#include "kernel/recommend/cf_algorithm.h"
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
	{"fallback_items", SEG_OPTION_TEXTS, offsetof(SegCfRequestParams, fallback_items), 0, 0, 0, NULL,
		"items that fill up a list first"},
	{"shown", SEG_OPTION_NUMBERS, offsetof(SegCfRequestParams, shown), 0, 0, 1e9, NULL,
		"how often items were shown lately"},
	{"fatigue", SEG_OPTION_REAL, offsetof(SegCfRequestParams, fatigue), 0.2, 0, 1, NULL,
		"the share of its score that an item loses each time"},
	{"most_shown", SEG_OPTION_REAL, offsetof(SegCfRequestParams, most_shown), NAN, 0, 1e9, NULL,
		"items shown so often are left out"},
	SEG_OPTION_END
};
/* clang-format on */

/* ---------- similar items ---------- */

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
		double x = s->item_squares[item];
		double y = s->item_squares[i];
		/* one root is exact for equal vectors, two have no underflow */
		double lengths = x * y >= DBL_MIN ? sqrt(x * y) : sqrt(x) * sqrt(y);

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
	if (s->width > 0)
	{
		cosines_of_factors(s, item, room);
		return SEG_OK;
	}
	if (!(s->algorithm->arrays & SEG_CF_HISTORIES))
		return seg_cf_lacks(env, s->model, "similarities of items");
	if (s->item_knn == NULL)
		SEG_TRY(seg_knn_create(&s->home,
		                       &s->ratings,
		                       &s->item_rule,
		                       false,
		                       &s->item_knn));
	return seg_knn_row(env, s->item_knn, (int32_t) item, to);
}

/*
 * The items with the largest similarities.
 */
static SegStatus
offer_similar(SegEnv *env, SegCfScorer *s, int64_t item, SegTop *top)
{
	int64_t items = s->items.count;
	const double *similarity;
	double *room;

	SEG_ALLOC(env, room, items);
	SEG_TRY(item_similarities(env, s, item, room, &similarity));
	for (int64_t i = 0; i < items; i++)
	{
		if (i != item && similarity[i] > 0.0)
			seg_top_offer(top, similarity[i], i);
	}
	return SEG_OK;
}

SegStatus
seg_cf_similar(SegEnv *env, SegCfScorer *s, int64_t item, int64_t n,
               SegTop *top)
{
	int64_t items = s->items.count;

	SEG_TRY(seg_top_create(env, n < items ? n : items, top));
	if (s->algorithm->similar != NULL)
		s->algorithm->similar(s, item, top);
	else
		SEG_TRY(offer_similar(env, s, item, top));
	seg_top_sort(top);
	return SEG_OK;
}

/* ---------- scores of all items ---------- */

/*
 * Biases, if there are any, and factors.
 */
static void
combine_all(const SegCfScorer *s, const SegCfUser *user, double *value)
{
	const SegCf *m = s->model;

	if (s->width > 0)
		s->loops->products(s->item_factors,
		                   m->items,
		                   s->width,
		                   user->factors,
		                   value);
	for (int64_t i = 0; i < m->items && s->item_biases != NULL; i++)
		value[i] += m->mean + user->bias + s->item_biases[i];
}

static SegStatus
score_items(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
            SegCfScores *scores)
{
	SEG_ALLOC(env, scores->value, s->items.count);
	SEG_ALLOC(env, scores->found, s->items.count);
	scores->least = 1;
	if (!user->is_known)
		return SEG_OK;
	if (s->algorithm->score != NULL)
		return s->algorithm->score(env, s, user, scores);
	combine_all(s, user, scores->value);
	scores->least = 0;
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
 * The scores of the sorted pool, stretched from 0 to 1, less what items lose that
 * were shown lately.
 */
static void
stretch(const SegTop *best, const SegCfRequest *request, double *score)
{
	for (int64_t i = 0; i < best->n; i++)
	{
		double low = best->item[best->n - 1].score;
		double range = best->item[0].score - low;

		score[i] = range > 0.0 ? (best->item[i].score - low) / range : 0.0;
		if (request->shown != NULL)
			score[i] *= pow(1.0 - request->fatigue,
			                request->shown[best->item[i].index]);
	}
}

/*
 * Choose n from the sorted pool by score alone.
 */
static SegStatus
take_best(SegEnv *env, const SegTop *best, const double *score, int64_t n,
          SegScored *result, int64_t *count)
{
	SegTop top;

	SEG_TRY(seg_top_create(env, n < best->n ? n : best->n, &top));
	for (int64_t i = 0; i < best->n; i++)
		seg_top_offer(&top, score[i], i);
	seg_top_sort(&top);
	for (int64_t i = 0; i < top.n; i++)
		result[i] = best->item[top.item[i].index];
	*count = top.n;
	return SEG_OK;
}

/*
 * Choose n from the sorted pool, unlike each other.
 */
static SegStatus
vary(SegEnv *env, SegCfScorer *s, const SegTop *best, const double *score,
     int64_t n, double diversity, SegScored *result, int64_t *count)
{
	Pool pool = {s, best->item, best->n, NULL};
	SegMmr mmr = {best->n, score, 1.0 - diversity, similarities_in_pool, &pool};
	int64_t *chosen;

	SEG_ALLOC(env, pool.room, s->items.count);
	SEG_ALLOC(env, chosen, best->n + 1);
	SEG_TRY(seg_mmr(env, &mmr, n, chosen, count));
	for (int64_t i = 0; i < *count; i++)
		result[i] = best->item[chosen[i]];
	return SEG_OK;
}

static SegStatus
choose_from_pool(SegEnv *env, SegCfScorer *s, const SegTop *best,
                 const SegCfRequest *request, int64_t n, SegScored *result,
                 int64_t *count)
{
	double *score;

	SEG_ALLOC(env, score, best->n + 1);
	stretch(best, request, score);
	if (request->diversity > 0.0)
		return vary(env, s, best, score, n, request->diversity, result, count);
	return take_best(env, best, score, n, result, count);
}

/* ---------- recommendations ---------- */

static int64_t
pool_size(const SegCfRequest *request, int64_t n, int64_t items)
{
	int64_t size = n;

	if (request->diversity > 0.0 || request->shown != NULL)
		size = POOL * n > LEAST_POOL ? POOL * n : LEAST_POOL;
	return size < items ? size : items;
}

/*
 * Is an item not to be recommended?
 */
static bool
is_left_out(const SegCfRequest *request, int64_t item)
{
	/* false for a limit of NaN */
	return request->is_seen[item] ||
	       (request->shown != NULL &&
	        request->shown[item] >= request->most_shown);
}

/*
 * The best of the items not left out.
 */
static SegStatus
choose(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
       const SegCfRequest *request, int64_t n, SegScored *result,
       int64_t *count)
{
	int64_t items = s->items.count;
	SegCfScores scores;
	SegTop best;

	SEG_TRY(score_items(env, s, user, &scores));
	SEG_TRY(seg_top_create(env, pool_size(request, n, items), &best));
	for (int64_t i = 0; i < items; i++)
	{
		if (is_left_out(request, i) || scores.found[i] < scores.least)
			continue;
		if (!isfinite(scores.value[i]))
			return seg_fail(env, SEG_NOT_FINITE, "score", scores.value[i], 0);
		seg_top_offer(&best, scores.value[i], i);
	}
	seg_top_sort(&best);
	if (request->diversity > 0.0 || request->shown != NULL)
		return choose_from_pool(env, s, &best, request, n, result, count);
	for (int64_t i = 0; i < best.n; i++)
		result[i] = best.item[i];
	*count = best.n;
	return SEG_OK;
}

/* A list that is filled up. */
typedef struct Filling
{
	const SegCf *model;
	const SegCfRequest *request;
	bool *is_chosen; /* of each item */
	int64_t n;       /* of the list */
	SegScored *result;
	int64_t count;
} Filling;

/*
 * Fill up with items, the best first; their score is their share of users.
 */
static void
fill_up(Filling *f, const int64_t *items, int64_t count)
{
	for (int64_t i = 0; i < count && f->count < f->n; i++)
	{
		int64_t item = items[i];

		if (f->is_chosen[item] || is_left_out(f->request, item))
			continue;
		f->is_chosen[item] = true;
		f->result[f->count++] =
			(SegScored){(double) f->model->item_counts[item] /
		                    (double) f->model->users,
		                item};
	}
}

SegStatus
seg_cf_recommend(SegEnv *env, SegCfScorer *s, const SegCfUser *user,
                 const SegCfRequest *request, SegScored **items, int64_t *count,
                 SegCfSources *sources)
{
	int64_t n = request->n < s->items.count ? request->n : s->items.count;
	Filling f = {.model = s->model, .request = request, .n = n};

	SEG_ALLOC(env, *items, n + 1);
	SEG_ALLOC(env, f.is_chosen, s->items.count);
	SEG_TRY(choose(env, s, user, request, n, *items, &f.count));
	for (int64_t i = 0; i < f.count; i++)
	{
		(*items)[i].score = seg_cf_clip(s->model, (*items)[i].score);
		f.is_chosen[(*items)[i].index] = true;
	}
	f.result = *items;
	sources->predicted = f.count;
	fill_up(&f, request->listed, request->listed_count);
	sources->listed = f.count - sources->predicted;
	if (request->fallback)
		fill_up(&f, s->popular, s->items.count);
	*count = f.count;
	return SEG_OK;
}
