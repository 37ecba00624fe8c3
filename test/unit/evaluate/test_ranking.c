/*-------------------------------------------------------------------------
 *
 * test_ranking.c
 *	  Scores of ranked lists.
 *
 * test/unit/recommend/test_ranking.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/ranking.h"
#include "unit.h"

/* Items of one letter; '-' is an unknown one. */
static SegItems
letters(SegEnv *env, const char *list)
{
	int64_t n = (int64_t) strlen(list);
	SegText *items = env->alloc(env->host, (size_t) (n + 1) * sizeof(SegText));

	for (int64_t i = 0; i < n; i++)
		items[i] = list[i] == '-' ? (SegText){NULL, 0} : (SegText){list + i, 1};
	return (SegItems){n, items};
}

static SegRanking
match(SegEnv *env, int64_t k, const char *recommended, const char *relevant,
      const double *grades, SegGain gain)
{
	SegItems list = letters(env, recommended);
	SegItems wanted = letters(env, relevant);
	SegRanking ranking;
	double *gains;

	CHECK(seg_ranking_grade(env, gain, wanted.count, grades, &gains) == SEG_OK);
	CHECK(seg_ranking_match(env, k, &list, &wanted, gains, &ranking) == SEG_OK);
	return ranking;
}

static void
scores_by_hand(void)
{
	SegEnv env = unit_env();
	SegRanking r = match(&env, 4, "xaybz", "abc", NULL, SEG_GAIN_LINEAR);
	double dcg = 1 / log2(3) + 1 / log2(5);
	double ideal = 1 + 1 / log2(3) + 1 / log2(4);

	CHECK(r.relevant == 3 && r.places == 4);
	CHECK(seg_precision_at(&r) == 0.5);
	CHECK(seg_recall_at(&r) == 2.0 / 3);
	CHECK(seg_hit_rate_at(&r) == 1);
	CHECK(seg_reciprocal_rank(&r) == 0.5);
	CHECK_NEAR(seg_average_precision_at(&r), (1.0 / 2 + 2.0 / 4) / 3, 1e-15);
	CHECK_NEAR(seg_ndcg_at(&r), dcg / ideal, 1e-15);

	/* the list ends before k; a perfect list; no hit */
	r = match(&env, 10, "ab", "abc", NULL, SEG_GAIN_LINEAR);
	CHECK(r.places == 2 && seg_precision_at(&r) == 0.2);
	r = match(&env, 2, "abxyc", "abc", NULL, SEG_GAIN_LINEAR);
	CHECK(seg_precision_at(&r) == 1 && seg_average_precision_at(&r) == 1 &&
	      seg_ndcg_at(&r) == 1);
	r = match(&env, 3, "xyza", "abc", NULL, SEG_GAIN_LINEAR);
	CHECK(seg_precision_at(&r) == 0 && seg_hit_rate_at(&r) == 0 &&
	      seg_reciprocal_rank(&r) == 0 && seg_ndcg_at(&r) == 0 &&
	      seg_average_precision_at(&r) == 0);
	r = match(&env, 3, "", "abc", NULL, SEG_GAIN_LINEAR);
	CHECK(r.places == 0 && seg_precision_at(&r) == 0 && seg_ndcg_at(&r) == 0);
	unit_env_free(&env);
}

/* Repeated and unknown items fill places; no score rises above 1. */
static void
repetitions_are_misses(void)
{
	SegEnv env = unit_env();
	SegRanking r = match(&env, 5, "aa-ba", "ab-ba", NULL, SEG_GAIN_LINEAR);

	CHECK(r.relevant == 2);
	CHECK(seg_precision_at(&r) == 0.4);
	CHECK(seg_recall_at(&r) == 1);
	CHECK(seg_average_precision_at(&r) == (1 + 2.0 / 4) / 2);
	r = match(&env, 3, "---", "a-", NULL, SEG_GAIN_LINEAR);
	CHECK(r.relevant == 1 && seg_hit_rate_at(&r) == 0);
	r = match(&env, 3, "abc", "--", NULL, SEG_GAIN_LINEAR);
	CHECK(r.relevant == 0);
	unit_env_free(&env);
}

static void
grades_make_gains(void)
{
	SegEnv env = unit_env();
	const double grades[] = {3, 0, NAN, 1, 2};
	SegRanking r = match(&env, 3, "dae", "abcda", grades, SEG_GAIN_LINEAR);

	/* a comes twice, as 3 and as 2; b and c do not count */
	CHECK(r.relevant == 2);
	CHECK(r.relevant_gain[0] == 3 && r.relevant_gain[1] == 1);
	CHECK_NEAR(seg_ndcg_at(&r), (1 + 3 / log2(3)) / (3 + 1 / log2(3)), 1e-15);
	r = match(&env, 3, "dae", "abcda", grades, SEG_GAIN_EXPONENTIAL);
	CHECK(r.relevant_gain[0] == 7 && r.relevant_gain[1] == 1);
	r = match(&env, 1, "dae", "abcda", grades, SEG_GAIN_EXPONENTIAL);
	CHECK_NEAR(seg_ndcg_at(&r), 1.0 / 7, 1e-15);
	unit_env_free(&env);
}

static void
grades_have_limits(void)
{
	SegEnv env = unit_env();
	double grade = 500, *gains;

	CHECK(seg_ranking_grade(&env, SEG_GAIN_EXPONENTIAL, 1, &grade, &gains) ==
	      SEG_OK);
	CHECK(isfinite(gains[0] * 1e6));
	grade = 501;
	CHECK(seg_ranking_grade(&env, SEG_GAIN_EXPONENTIAL, 1, &grade, &gains) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_ranking_grade(&env, SEG_GAIN_LINEAR, 1, &grade, &gains) ==
	      SEG_OK);
	grade = -1;
	CHECK(seg_ranking_grade(&env, SEG_GAIN_LINEAR, 1, &grade, &gains) ==
	      SEG_ARGUMENT_RANGE);
	grade = INFINITY;
	CHECK(seg_ranking_grade(&env, SEG_GAIN_LINEAR, 1, &grade, &gains) ==
	      SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

static void
memory_may_run_out(void)
{
	for (int after = 0; after < 6; after++)
	{
		SegEnv env = unit_env();
		SegItems list = letters(&env, "abc"), wanted = letters(&env, "cba");
		double gains[] = {1, 1, 1};
		SegRanking r;
		SegStatus status;

		unit_env_fail_after(&env, after);
		status = seg_ranking_match(&env, 2, &list, &wanted, gains, &r);
		CHECK(status == SEG_NO_MEMORY || (after >= 5 && status == SEG_OK));
		unit_env_free(&env);
	}
}

/* The closed form equals the mean over pairs. */
static void
diversity_is_a_mean_over_pairs(void)
{
	SegEnv env = unit_env();
	double v[8 * 3], x, sum = 0;
	bool defined;

	for (int i = 0; i < 24; i++)
		v[i] = sin(i * 2.3) * (i % 5 == 0 ? 1e200 : 1);
	for (int i = 3; i < 6; i++)
		v[i] = 0; /* no direction */
	for (int a = 0; a < 8; a++)
	{
		for (int b = a + 1; b < 8; b++)
		{
			double p = 0, q = 0, pq = 0;

			if (a == 1 || b == 1)
				continue;
			for (int j = 0; j < 3; j++)
			{
				double s = v[3 * a + j] / 1e100, t = v[3 * b + j] / 1e100;

				p += s * s, q += t * t, pq += s * t;
			}
			sum += 1 - pq / sqrt(p) / sqrt(q);
		}
	}
	CHECK(seg_list_diversity(&env, v, 8, 3, &x, &defined) == SEG_OK && defined);
	CHECK_NEAR(x, sum / 21, 1e-14);

	CHECK(seg_list_diversity(&env, v, 2, 3, &x, &defined) == SEG_OK &&
	      !defined);
	CHECK(seg_list_diversity(&env, v, 0, 0, &x, &defined) == SEG_OK &&
	      !defined);
	for (int i = 0; i < 24; i++)
		v[i] = i % 3 + 0.1;
	CHECK(seg_list_diversity(&env, v, 8, 3, &x, &defined) == SEG_OK && x == 0);
	for (int j = 0; j < 3; j++)
		v[j] = -v[j + 3];
	CHECK(seg_list_diversity(&env, v, 2, 3, &x, &defined) == SEG_OK);
	CHECK_NEAR(x, 2, 1e-15);
	CHECK(x <= 2);
	v[0] = NAN;
	CHECK(seg_list_diversity(&env, v, 2, 3, &x, &defined) == SEG_MISSING);
	unit_env_free(&env);
}

static void
means_merge(void)
{
	SegEnv env = unit_env();

	for (int cut = 0; cut <= 100; cut += 25)
	{
		SegMeanScore part[2] = {{0}};

		for (int i = 0; i < 100; i++)
			seg_mean_score_add(&part[i >= cut], i / 99.0);
		seg_mean_score_merge(&part[0], &part[1]);
		CHECK(part[0].users == 100 &&
		      seg_mean_score_check(&env, &part[0]) == SEG_OK);
		CHECK_NEAR(part[0].sum.hi, 50, 1e-15);
	}
	for (size_t i = 0; i < sizeof(SegMeanScore) / sizeof(double); i++)
	{
		SegMeanScore state = {2, {1, 0}, 10, 1};
		const double bad[] = {NAN, INFINITY, -1, 1e300};

		CHECK(seg_mean_score_check(&env, &state) == SEG_OK);
		for (int b = 0; b < 4; b++)
		{
			((double *) &state)[i] = bad[b];
			CHECK(seg_mean_score_check(&env, &state) == SEG_CORRUPT ||
			      (i == 2 && bad[b] == -1));
		}
	}
	unit_env_free(&env);
}

static void
novelty_is_self_information(void)
{
	SegEnv env = unit_env();
	const int64_t known_by[] = {8, 4, 1, 0};
	const int64_t bad[] = {9, -1};
	bool defined;
	double x;

	/* 0, 1, 3 and 3 bits */
	CHECK(seg_list_novelty(&env, known_by, 4, 8, &x, &defined) == SEG_OK &&
	      defined && x == 7 / 4.0);
	CHECK(seg_list_novelty(&env, known_by, 0, 8, &x, &defined) == SEG_OK &&
	      !defined);
	CHECK(seg_list_novelty(&env, bad, 1, 8, &x, &defined) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_list_novelty(&env, bad + 1, 1, 8, &x, &defined) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_list_novelty(&env, known_by, 4, 0, &x, &defined) ==
	      SEG_NOT_POSITIVE);
	unit_env_free(&env);
}

void
test_ranking(void)
{
	novelty_is_self_information();
	scores_by_hand();
	repetitions_are_misses();
	grades_make_gains();
	grades_have_limits();
	memory_may_run_out();
	diversity_is_a_mean_over_pairs();
	means_merge();
}
