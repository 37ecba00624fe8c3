/*-------------------------------------------------------------------------
 *
 * cf_knn.c
 *	  Similarities of users or items, and predictions from neighbours.
 *
 * Similarities compare what two lists have in common [1, 2]:
 *
 *     msd                1 / (1 + mean (x - y)^2)
 *     cosine             sum x y / sqrt(sum x^2 sum y^2)
 *     pearson            the same of x and y less their means, over what is
 *                        common
 *     pearson_baseline   the same of x and y less what the biases of user and
 *                        item explain
 *
 * and, for implicit feedback, cosine with the sums of squares over each list as
 * a whole, since a missing weight is 0.  The fewer ratings two lists share, the
 * less their similarity is worth: shrinkage.
 *
 * Similarities are computed on demand, a row at a time: walk the list and, for
 * each of its ratings, the list on the other side.  This is a row of the
 * product of a sparse matrix with its transpose, in time that grows with the
 * ratings it touches; a matrix of all similarities would outgrow the ratings.
 * Rows are kept, up to a number of bytes.  They are symmetric to the bit: both
 * ways, sums run over the same ratings in the same order.
 *
 * A prediction takes the k most similar of the users who rated the item, or of
 * the items that the user rated, if their similarity is positive; ties go to
 * the lower id:
 *
 *     center + sum s (r - its center) / sum s       explicit
 *     sum s r                                       implicit
 *
 * [1] Y. Koren, "Factor in the Neighbors", ACM TKDD 4(1), 2010, section 2.2.
 *
 * [2] N. Hug, "Surprise: A Python library for recommender systems", JOSS 5(52),
 * 2020, whose definitions these are.
 *
 * src/kernel/recommend/cf_knn.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_knn.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define ROW_BYTES (64 * 1024 * 1024) /* of rows that are kept */
#define WORK      1000000            /* steps between checks whether to stop */

/* Sums of squares that differ by less than this share count as equal. */
#define EQUAL 1e-12

#define INLINE static inline __attribute__((always_inline))

/* ---------- one row of similarities ---------- */

INLINE void
add_pair(SegPairSums *p, double x, double y, SegCfSimilarity similarity)
{
	p->n += 1.0;
	if (similarity == SEG_CF_MSD)
	{
		p->xy += (x - y) * (x - y);
		return;
	}
	p->xy += x * y;
	p->xx += x * x;
	p->yy += y * y;
	if (similarity == SEG_CF_PEARSON)
	{
		p->x += x;
		p->y += y;
	}
}

/*
 * Forget the lists that were met: those of the last row, or of one that was
 * stopped midway.
 */
static void
forget_pairs(SegKnn *knn)
{
	for (int64_t i = 0; i < knn->met; i++)
		knn->pair[knn->touched[i]] = (SegPairSums){0};
	knn->met = 0;
}

/*
 * Meet all lists that share something with this one.
 */
INLINE SegStatus
add_pairs(SegEnv *env, SegKnn *knn, const SegHistory *seen,
          SegCfSimilarity similarity)
{
	int64_t work = 0;

	for (int64_t i = 0; i < seen->n; i++)
	{
		SegHistory other = seg_list(&knn->other_seen, seen->other[i]);

		work += other.n;
		if (work > WORK)
		{
			work = 0;
			if (env->stop(env->host))
				return SEG_STOPPED;
		}
		for (int64_t j = 0; j < other.n; j++)
		{
			SegPairSums *pair = &knn->pair[other.other[j]];

			if (pair->n == 0.0)
				knn->touched[knn->met++] = other.other[j];
			add_pair(pair, seen->value[i], other.value[j], similarity);
		}
	}
	return SEG_OK;
}

/*
 * One root of the product: for whole numbers it is exact, so that equal
 * similarities come out equal.  Two roots only where the product would be too
 * small.
 */
static double
cosine(double xy, double xx, double yy)
{
	double product = xx * yy;

	if (!(xx > 0.0 && yy > 0.0))
		return 0.0;
	/* not above 1, by rounding */
	return fmin(1.0,
	            product >= DBL_MIN ? xy / sqrt(product)
	                               : xy / sqrt(xx) / sqrt(yy));
}

static double
cf_knn_correlation(const SegPairSums *p)
{
	double x = p->n * p->xx - p->x * p->x;
	double y = p->n * p->yy - p->y * p->y;

	/* no variance, up to rounding */
	if (!(x > EQUAL * p->n * p->xx) || !(y > EQUAL * p->n * p->yy))
		return 0.0;
	return cosine(p->n * p->xy - p->x * p->y, x, y);
}

static double
cf_knn_shrunk(double similarity, double n, double shrinkage)
{
	return shrinkage > 0.0 ? similarity * (n / (n + shrinkage)) : similarity;
}

static double
similarity_of(const SegKnn *knn, const SegPairSums *p, double square,
              int32_t list)
{
	const SegKnnRule *rule = &knn->rule;

	if (p->n < (double) rule->min_support)
		return 0.0;
	if (rule->implicit)
		return cf_knn_shrunk(cosine(p->xy, square, knn->square[list]),
		                     p->n,
		                     rule->shrinkage);
	switch (rule->similarity)
	{
		case SEG_CF_MSD:
			return cf_knn_shrunk(1.0 / (1.0 + p->xy / p->n),
			                     p->n,
			                     rule->shrinkage);
		case SEG_CF_COSINE:
			return cf_knn_shrunk(cosine(p->xy, p->xx, p->yy),
			                     p->n,
			                     rule->shrinkage);
		case SEG_CF_PEARSON:
			/* one common rating says nothing about correlation */
			return cf_knn_shrunk(cf_knn_correlation(p),
			                     p->n - 1.0,
			                     rule->shrinkage);
		default:
			return cf_knn_shrunk(cosine(p->xy, p->xx, p->yy),
			                     p->n - 1.0,
			                     rule->shrinkage);
	}
}

static double
square_of(const SegHistory *history)
{
	double sum = 0.0;

	for (int64_t i = 0; i < history->n; i++)
		sum += history->value[i] * history->value[i];
	return sum;
}

static SegStatus
compute_row(SegEnv *env, SegKnn *knn, const SegHistory *seen, double *row)
{
	double square = knn->rule.implicit ? square_of(seen) : 0.0;

	forget_pairs(knn);
	switch (knn->rule.similarity)
	{
		case SEG_CF_MSD:
			SEG_TRY(add_pairs(env, knn, seen, SEG_CF_MSD));
			break;
		case SEG_CF_PEARSON:
			SEG_TRY(add_pairs(env, knn, seen, SEG_CF_PEARSON));
			break;
		default:
			SEG_TRY(add_pairs(env, knn, seen, SEG_CF_COSINE));
	}
	memset(row, 0, (size_t) knn->own->count * sizeof(double));
	for (int64_t i = 0; i < knn->met; i++)
	{
		int32_t list = knn->touched[i];

		row[list] = similarity_of(knn, &knn->pair[list], square, list);
	}
	return SEG_OK;
}

/* ---------- rows that are kept ---------- */

SegStatus
seg_knn_row(SegEnv *env, SegKnn *knn, int32_t list, const double **row)
{
	int64_t slot = knn->slot_of[list] - 1;
	SegHistory seen = seg_list(&knn->own_seen, list);

	if (slot >= 0)
	{
		*row = knn->row[slot];
		return SEG_OK;
	}
	slot = knn->next;
	if (knn->row[slot] == NULL)
		SEG_ALLOC(&knn->home, knn->row[slot], knn->own->count);
	else if (knn->owner_of[slot] >= 0)
		knn->slot_of[knn->owner_of[slot]] = 0;
	/* no owner, in case the computation is stopped */
	knn->owner_of[slot] = -1;
	SEG_TRY(compute_row(env, knn, &seen, knn->row[slot]));
	knn->row[slot][list] = 0.0;
	knn->owner_of[slot] = list;
	knn->slot_of[list] = (int32_t) slot + 1;
	knn->next = (slot + 1) % knn->slots;
	*row = knn->row[slot];
	return SEG_OK;
}

static SegStatus
create_rows(SegEnv *env, SegKnn *knn)
{
	int64_t count = knn->own->count;

	knn->room = ROW_BYTES / (int64_t) sizeof(SegScored);
	knn->slots = ROW_BYTES / (count * (int64_t) sizeof(double));
	if (knn->slots > count)
		knn->slots = count;
	if (knn->slots < 1)
		knn->slots = 1;
	SEG_ALLOC(env, knn->slot_of, count);
	SEG_ALLOC(env, knn->owner_of, knn->slots);
	SEG_ALLOC(env, knn->row, knn->slots);
	SEG_ALLOC(env, knn->pair, count);
	SEG_ALLOC(env, knn->touched, count);
	return SEG_OK;
}

/* ---------- centers ---------- */

/*
 * A side's ratings minus what the biases explain.
 */
static SegStatus
take_residuals(SegEnv *env, const SegRatingLists *lists, double mean,
               const double *own, const double *other, SegRatingLists *result)
{
	double *value;

	SEG_ALLOC(env, value, lists->start[lists->count]);
	for (int32_t l = 0; l < lists->count; l++)
		for (int64_t i = lists->start[l]; i < lists->start[l + 1]; i++)
			value[i] =
				lists->value[i] - (mean + own[l] + other[lists->other[i]]);
	*result = *lists;
	result->value = value;
	return SEG_OK;
}

static SegStatus
see_residuals(SegEnv *env, SegKnn *knn)
{
	const SegBiases *b = &knn->baseline;
	const double *own = knn->of_users ? b->user : b->item;
	const double *other = knn->of_users ? b->item : b->user;

	SEG_TRY(take_residuals(env, knn->own, b->mean, own, other, &knn->own_seen));
	return take_residuals(env,
	                      knn->other,
	                      b->mean,
	                      other,
	                      own,
	                      &knn->other_seen);
}

/*
 * Correlate ratings minus roughly their mean: if they are far from 0, sums of
 * squares would lose their differences.  The shift is a whole number, so that
 * whole ratings stay whole.
 */
static SegStatus
shift_only(SegEnv *env, const SegRatings *ratings, SegBiases *shift)
{
	shift->mean = floor(ratings->mean);
	SEG_ALLOC(env, shift->user, ratings->users);
	SEG_ALLOC(env, shift->item, ratings->items);
	return SEG_OK;
}

static SegStatus
find_centers(SegEnv *env, const SegRatings *ratings, SegKnn *knn)
{
	bool pearson = knn->rule.similarity == SEG_CF_PEARSON;
	bool residuals = knn->rule.similarity == SEG_CF_PEARSON_BASELINE;

	knn->own_seen = *knn->own;
	knn->other_seen = *knn->other;
	if (residuals || knn->rule.center == SEG_CF_CENTER_BASELINE)
		SEG_TRY(seg_bias_baseline(env,
		                          ratings,
		                          &seg_baseline_default,
		                          &knn->baseline));
	if (knn->rule.center == SEG_CF_CENTER_BASELINE)
		knn->center = knn->baseline;
	else
		SEG_TRY(seg_bias_means(env, ratings, &knn->center));
	if (pearson)
		SEG_TRY(shift_only(env, ratings, &knn->baseline));
	return pearson || residuals ? see_residuals(env, knn) : SEG_OK;
}

static SegStatus
find_squares(SegEnv *env, SegKnn *knn)
{
	SEG_ALLOC(env, knn->square, knn->own->count);
	for (int32_t l = 0; l < knn->own->count; l++)
	{
		SegHistory list = seg_list(knn->own, l);

		knn->square[l] = square_of(&list);
	}
	return SEG_OK;
}

SegStatus
seg_knn_create(SegEnv *env, const SegRatings *ratings, const SegKnnRule *rule,
               bool of_users, SegKnn **result)
{
	int64_t most =
		ratings->users > ratings->items ? ratings->users : ratings->items;
	SegKnn *knn;

	SEG_ALLOC(env, knn, 1);
	knn->home = *env;
	knn->rule = *rule;
	knn->of_users = of_users;
	knn->own = of_users ? &ratings->by_user : &ratings->by_item;
	knn->other = of_users ? &ratings->by_item : &ratings->by_user;
	SEG_TRY(create_rows(env, knn));
	if (rule->implicit)
		SEG_TRY(find_squares(env, knn));
	SEG_TRY(find_centers(env, ratings, knn));
	*result = knn;
	return seg_top_create(env, rule->k < most ? rule->k : most, &knn->top);
}

/* ---------- who asks ---------- */

void
seg_knn_user(const SegKnn *knn, int32_t user, SegKnnUser *result)
{
	const SegRatingLists *by_user = knn->of_users ? knn->own : knn->other;

	*result = (SegKnnUser){user,
	                       seg_list(by_user, user),
	                       knn->center.user[user],
	                       NULL};
}

/*
 * What a visitor rated, minus what the biases explain.
 */
static SegStatus
see_visitor(SegEnv *env, const SegKnn *knn, const SegHistory *history,
            SegHistory *seen)
{
	const SegBiases *b = &knn->baseline;
	double bias = 0.0;
	double *value;

	*seen = *history;
	if (knn->rule.similarity == SEG_CF_PEARSON_BASELINE)
		bias = seg_bias_of(history,
		                   b->mean,
		                   b->item,
		                   seg_baseline_default.user_regularization);
	else if (knn->rule.similarity != SEG_CF_PEARSON)
		return SEG_OK;
	SEG_ALLOC(env, value, history->n + 1);
	for (int64_t i = 0; i < history->n; i++)
		value[i] =
			history->value[i] - (b->mean + bias + b->item[history->other[i]]);
	seen->value = value;
	return SEG_OK;
}

SegStatus
seg_knn_visitor(SegEnv *env, SegKnn *knn, const SegHistory *history,
                SegKnnUser *user)
{
	bool baseline = knn->rule.center == SEG_CF_CENTER_BASELINE;
	SegHistory seen;

	*user = (SegKnnUser){-1, *history, 0.0, NULL};
	user->bias =
		seg_bias_of(history,
	                knn->center.mean,
	                baseline ? knn->center.item : NULL,
	                baseline ? seg_baseline_default.user_regularization : 0.0);
	if (!knn->of_users)
		return SEG_OK;
	SEG_TRY(see_visitor(env, knn, history, &seen));
	SEG_ALLOC(env, user->row, knn->own->count);
	return compute_row(env, knn, &seen, user->row);
}
