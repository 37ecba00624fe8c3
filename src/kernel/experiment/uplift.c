/*-------------------------------------------------------------------------
 *
 * uplift.c
 *	  Does a score find the users whom a treatment moves?
 *
 * Going down from the highest score, let there be n1 treated users and n0 of the
 * control so far, and y1 and y0 the sums of their outcomes. Then
 *
 *	  qini = y1 - y0 n1 / n0                 Radcliffe [1]
 *	  gain = (y1 / n1 - y0 / n0) (n1 + n0)   Gutierrez and Gerardy [2]
 *
 * are what the treatment added: to the treated users so far, and if all users so
 * far were treated. Without a user of the control, qini is y1.
 *
 * The best order of outcomes of 0 and 1 has the treated users who converted
 * first, and those of the control last. Between its curve and the straight line of
 * a random order is an area of
 *
 *	  (y1 (n - y1) + y0 (n - y0) n1 / n0) / 2
 *
 * with the sums over all n users. The coefficient divides by it [1].
 *
 * The uplift of a bin is the difference that an A/B test of its users finds.
 *
 * [1] N. J. Radcliffe, "Using Control Groups to Target on Predicted Lift:
 * Building and Assessing Uplift Models", Direct Marketing Analytics Journal, 2007.
 *
 * [2] P. Gutierrez, J.-Y. Gerardy, "Causal Inference and Uplift Modelling: A
 * Review of the Literature", Proceedings of Machine Learning Research 67, 2017.
 *
 * src/kernel/experiment/uplift.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/uplift.h"

#include <math.h>

#include "base/missing.h"
#include "kernel/experiment/ab_test.h"

#define CONTROL SEG_UPLIFT_CONTROL
#define TREATED SEG_UPLIFT_TREATED

static bool
has_both_arms(const SegUpliftSums *s)
{
	return s->n[CONTROL] > 0 && s->n[TREATED] > 0;
}

static SegWide
mean_of_arm(const SegUpliftSums *s, SegUpliftArm arm)
{
	return seg_wide_divide(s->sum[arm], (double) s->n[arm]);
}

static double
qini_of(const SegUpliftSums *s)
{
	SegWide treated = {(double) s->n[TREATED], 0.0};
	SegWide expected = {0.0, 0.0};

	if (s->n[CONTROL] > 0)
		expected = seg_wide_divide(seg_wide_multiply(s->sum[CONTROL], treated),
		                           (double) s->n[CONTROL]);
	return seg_wide_subtract(s->sum[TREATED], expected).hi;
}

static double
uplift_of(const SegUpliftSums *s)
{
	if (!has_both_arms(s))
		return seg_missing();
	return seg_wide_subtract(mean_of_arm(s, TREATED), mean_of_arm(s, CONTROL))
	    .hi;
}

static double
gain_of(const SegUpliftSums *s)
{
	return uplift_of(s) * (double) seg_uplift_users(s);
}

/*
 * Bring a result to the units of the data.
 */
static SegStatus
to_data_unit(SegEnv *env, int unit, const char *what, double *x)
{
	*x = ldexp(*x, unit);
	return isinf(*x) ? seg_fail(env, SEG_NOT_FINITE, what, *x, 0) : SEG_OK;
}

/* ---------- bins ---------- */

/* Items from one on to before another. */
typedef struct Stretch
{
	int64_t from;
	int64_t to;
} Stretch;

/* What takes another pass over the users of a bin. */
typedef struct BinSums
{
	double mean_score;
	double squares[SEG_UPLIFT_ARMS]; /* of deviations from the mean of an arm */
} BinSums;

static SegStatus
sum_bin(SegEnv *env, const SegRankedUplift *ranked, Stretch stretch,
        const SegUpliftSums *sums, const SegWide *means, BinSums *result)
{
	double scale = ldexp(1.0, -ranked->score_unit);
	SegWide squares[SEG_UPLIFT_ARMS] = {{0.0, 0.0}};
	SegWide scores = {0.0, 0.0};
	int64_t steps = 0;

	for (int64_t i = stretch.from; i < stretch.to; i++)
	{
		const SegUpliftUsers *users = &ranked->users[i];
		SegUpliftArm arm = seg_uplift_arm(users);
		double n = fabs((double) users->n);
		double score = seg_radix_unkey(~ranked->items[i].key) * scale;
		double gap = (users->outcome - means[arm].hi) - means[arm].lo;

		scores = seg_wide_add(scores, seg_wide_product(score, n));
		squares[arm] =
			seg_wide_add(squares[arm], seg_wide_product(gap, gap * n));
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	result->mean_score =
		ldexp(seg_wide_divide(scores, (double) seg_uplift_users(sums)).hi,
	          ranked->score_unit);
	for (int arm = 0; arm < SEG_UPLIFT_ARMS; arm++)
		result->squares[arm] = squares[arm].hi;
	return SEG_OK;
}

static SegAbEstimate
estimate_arm(const SegRankedUplift *ranked, double n, SegWide mean,
             double squares)
{
	SegAbEstimate e = {.n = n,
	                   .mean = n > 0.0 ? mean.hi : seg_missing(),
	                   .mean_rest = mean.lo,
	                   .variance = seg_missing(),
	                   .freedom = ranked->is_share ? seg_missing() : n - 1.0,
	                   .is_share = ranked->is_share};

	if (ranked->is_share)
		e.variance = e.mean * (1.0 - e.mean) / n;
	else if (n > 1.0)
		e.variance = squares / (n - 1.0) / n;
	return e;
}

static SegStatus
fill_bin(SegEnv *env, const SegRankedUplift *ranked, Stretch stretch,
         const SegUpliftSums *sums, const SegUpliftSums *so_far,
         double confidence, SegUpliftBin *bin)
{
	SegAbTestOptions options = {.confidence = confidence};
	SegAbEstimate arms[SEG_UPLIFT_ARMS];
	SegWide means[SEG_UPLIFT_ARMS];
	SegAbComparison c;
	BinSums more;
	bool told = has_both_arms(so_far);
	int unit = ranked->unit;

	for (int arm = 0; arm < SEG_UPLIFT_ARMS; arm++)
		means[arm] = mean_of_arm(sums, arm);
	SEG_TRY(sum_bin(env, ranked, stretch, sums, means, &more));
	for (int arm = 0; arm < SEG_UPLIFT_ARMS; arm++)
	{
		arms[arm] = estimate_arm(ranked,
		                         (double) sums->n[arm],
		                         means[arm],
		                         more.squares[arm]);
		bin->n[arm] = sums->n[arm];
		bin->mean[arm] = ldexp(arms[arm].mean, unit);
	}
	c = seg_ab_compare(&arms[CONTROL], &arms[TREATED], &options);
	bin->mean_score = more.mean_score;
	bin->uplift = c.difference;
	bin->low = c.low;
	bin->high = c.high;
	bin->uplift_so_far = uplift_of(so_far);
	bin->gain = gain_of(so_far);
	bin->qini = told ? qini_of(so_far) : seg_missing();
	SEG_TRY(to_data_unit(env, unit, "uplift", &bin->uplift));
	SEG_TRY(to_data_unit(env, unit, "uplift", &bin->low));
	SEG_TRY(to_data_unit(env, unit, "uplift", &bin->high));
	SEG_TRY(to_data_unit(env, unit, "uplift", &bin->uplift_so_far));
	SEG_TRY(to_data_unit(env, unit, "gain", &bin->gain));
	return to_data_unit(env, unit, "qini", &bin->qini);
}

static void
add_to_sums(SegUpliftSums *to, const SegUpliftSums *sums)
{
	for (int arm = 0; arm < SEG_UPLIFT_ARMS; arm++)
	{
		to->n[arm] += sums->n[arm];
		to->sum[arm] = seg_wide_add(to->sum[arm], sums->sum[arm]);
	}
}

/*
 * The users before the end of a bin, from 1, if equally many were in each, as in
 * SQL's ntile.
 */
static int64_t
end_of_bin(int64_t users, int64_t bins, int64_t number)
{
	int64_t longer = users % bins;

	return number * (users / bins) + (number < longer ? number : longer);
}

/*
 * All users of one score are in the bin of the first one of them. So a bin may
 * have more users, and one whose users all are in an earlier bin is left out.
 */
SegStatus
seg_uplift_bins(SegEnv *env, const SegRankedUplift *ranked, int64_t max_bins,
                double confidence, SegUpliftBin **bins, int64_t *n)
{
	int64_t users = seg_uplift_users(&ranked->all);
	int64_t most = max_bins < users ? max_bins : users;
	SegUpliftSums so_far = {{0}, {{0}}};
	int64_t number = 1;
	int64_t steps = 0;
	int64_t at = 0;

	SEG_ALLOC(env, *bins, most);
	*n = 0;
	while (at < ranked->n)
	{
		SegUpliftBin *bin = &(*bins)[(*n)++];
		SegUpliftSums sums = {{0}, {{0}}};
		Stretch stretch = {.from = at};
		int64_t before = seg_uplift_users(&so_far);

		while (end_of_bin(users, most, number) <= before)
			number++;
		*bin =
			(SegUpliftBin){.number = number,
		                   .highest = seg_radix_unkey(~ranked->items[at].key)};
		while (before + seg_uplift_users(&sums) <
		       end_of_bin(users, most, number))
		{
			int64_t from = at;

			(void) seg_ranked_uplift_next(ranked, &at, &bin->lowest, &sums);
			SEG_TRY(seg_count_steps(env, &steps, 8 * (at - from)));
		}
		stretch.to = at;
		add_to_sums(&so_far, &sums);
		SEG_TRY(
			fill_bin(env, ranked, stretch, &sums, &so_far, confidence, bin));
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	return SEG_OK;
}

/* ---------- the curve ---------- */

static SegStatus
fill_point(SegEnv *env, const SegRankedUplift *ranked,
           const SegUpliftSums *so_far, SegQiniPoint *point)
{
	double share = (double) seg_uplift_users(so_far) /
	               (double) seg_uplift_users(&ranked->all);

	for (int arm = 0; arm < SEG_UPLIFT_ARMS; arm++)
		point->n[arm] = so_far->n[arm];
	point->qini = qini_of(so_far);
	point->random_qini = share * qini_of(&ranked->all);
	point->gain = gain_of(so_far);
	SEG_TRY(to_data_unit(env, ranked->unit, "qini", &point->qini));
	SEG_TRY(to_data_unit(env, ranked->unit, "qini", &point->random_qini));
	return to_data_unit(env, ranked->unit, "gain", &point->gain);
}

SegStatus
seg_qini_curve(SegEnv *env, const SegRankedUplift *ranked,
               SegQiniPoint **points, int64_t *n)
{
	SegUpliftSums so_far = {{0}, {{0}}};
	int64_t steps = 0;
	int64_t at = 0;

	if (!has_both_arms(&ranked->all))
		return SEG_UNDEFINED;
	*n = ranked->scores + 1;
	if (*n > SEG_QINI_MAX_POINTS)
		return seg_fail_facts(env,
		                      SEG_DISTINCT_LIMIT,
		                      (SegDiag){.what = "scores",
		                                .name = "a Qini curve",
		                                .got = (double) *n,
		                                .want = SEG_QINI_MAX_POINTS});
	SEG_ALLOC(env, *points, *n);
	(*points)[0] = (SegQiniPoint){.threshold = INFINITY};
	for (int64_t i = 1; i < *n; i++)
	{
		SegQiniPoint *point = &(*points)[i];

		(void) seg_ranked_uplift_next(ranked, &at, &point->threshold, &so_far);
		SEG_TRY(fill_point(env, ranked, &so_far, point));
		SEG_TRY(seg_count_steps(env, &steps, 16));
	}
	return SEG_OK;
}

/* ---------- its area ---------- */

/*
 * Above the line of a random order, over numbers of users.
 */
static SegStatus
area_above_random(SegEnv *env, const SegRankedUplift *ranked, double *area)
{
	double users = (double) seg_uplift_users(&ranked->all);
	SegWide twice = seg_wide_product(-qini_of(&ranked->all), users);
	SegUpliftSums so_far = {{0}, {{0}}};
	int64_t steps = 0;
	int64_t at = 0;
	double score;
	double last = 0.0;
	int64_t before = 0;

	while (seg_ranked_uplift_next(ranked, &at, &score, &so_far))
	{
		int64_t n = seg_uplift_users(&so_far);
		double qini = qini_of(&so_far);

		twice =
			seg_wide_add(twice,
		                 seg_wide_product(last + qini, (double) (n - before)));
		last = qini;
		before = n;
		SEG_TRY(seg_count_steps(env, &steps, 16));
	}
	*area = twice.hi / 2.0;
	return SEG_OK;
}

SegStatus
seg_qini_area(SegEnv *env, const SegRankedUplift *ranked, double *area)
{
	double users = (double) seg_uplift_users(&ranked->all);

	if (!has_both_arms(&ranked->all))
		return SEG_UNDEFINED;
	SEG_TRY(area_above_random(env, ranked, area));
	*area /= users * (double) ranked->all.n[TREATED];
	return to_data_unit(env, ranked->unit, "area", area);
}

SegStatus
seg_qini_coefficient(SegEnv *env, const SegRankedUplift *ranked,
                     double *coefficient)
{
	const SegUpliftSums *all = &ranked->all;
	double n = (double) seg_uplift_users(all);
	double treated = all->sum[TREATED].hi;
	double control = all->sum[CONTROL].hi;
	double best = (treated * (n - treated) + control * (n - control) *
	                                             (double) all->n[TREATED] /
	                                             (double) all->n[CONTROL]) /
	              2.0;

	if (!has_both_arms(all) || !ranked->is_share || !(best > 0.0))
		return SEG_UNDEFINED;
	SEG_TRY(area_above_random(env, ranked, coefficient));
	*coefficient /= best;
	return SEG_OK;
}
