/*-------------------------------------------------------------------------
 *
 * cf_knn_predict.c
 *	  Predictions from neighbours: see cf_knn.c.
 *
 * src/kernel/recommend/cf_knn_predict.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_knn.h"

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
 * The prediction without any neighbour, to which they add.
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
 * What the chosen ones add to the prediction, the most similar first.
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
 * Neighbours of all items at once, when all of a user's items count: then one
 * row of similarities after the other is used and done with.
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

	/* one by one, too, where keeping the k most similar of all takes too much */
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
