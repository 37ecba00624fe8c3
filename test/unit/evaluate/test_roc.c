/* test_roc.c: kernel/evaluate/roc.c and ranked_scores.c against all pairs of rows */
#include "kernel/evaluate/roc.h"
#include "unit.h"

void test_roc(void);

enum
{
	MOST = 60
};

static const double *
drawn_row(const void *rows, uint64_t index)
{
	return &((const SegScoredRow *) rows)[index].score;
}

/* Random rows with few different scores, in canonical order. */
static int
draw_rows(uint64_t *seed, SegScoredRow *rows)
{
	int n = 2 + unit_draw(seed, MOST - 2);
	int levels = 1 + unit_draw(seed, 40);
	int rate = 1 + unit_draw(seed, 8);
	SegScoredRow drawn[MOST];
	SegKey keys[MOST], scratch[MOST];

	for (int i = 0; i < n; i++)
	{
		drawn[i].score = unit_draw(seed, levels) - levels / 2;
		drawn[i].label = unit_draw(seed, 9) < rate;
		keys[i] = (SegKey){seg_row_hash(&drawn[i].score, 2), (uint64_t) i};
	}
	seg_sort_keys(keys, scratch, n, 0, drawn_row, drawn, 2);
	for (int i = 0; i < n; i++)
		rows[i] = drawn[keys[i].index];
	return n;
}

static SegRankedScores
read_rows(SegEnv *env, const SegScoredRow *rows, int n, int block)
{
	SegRankedScores ranked;
	SegMemoryRows source;
	int64_t distinct;

	seg_memory_rows(&source, &rows[0].score, n, 1, 2, block);
	CHECK(seg_rows_distinct(env, &source.rows, &distinct) == SEG_OK);
	CHECK(seg_ranked_read(env, &source.rows, distinct, &ranked) == SEG_OK);
	return ranked;
}

static double
placed(const SegScoredRow *a, const SegScoredRow *b)
{
	return a->score > b->score ? 1 : a->score == b->score ? 0.5 : 0;
}

/* Means over rows of the other label, and the variance of such means. */
static void
check_interval(SegEnv *env, const SegScoredRow *rows, int n,
               const SegRankedScores *ranked)
{
	double auc = 0, variance[2] = {0, 0};
	double count[2] = {(double) ranked->negatives, (double) ranked->positives};
	SegRocInterval interval;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
			auc +=
				rows[i].label > rows[j].label ? placed(&rows[i], &rows[j]) : 0;
	}
	auc /= count[0] * count[1];
	for (int i = 0; i < n; i++)
	{
		int side = rows[i].label != 0;
		double mean = 0;

		for (int j = 0; j < n; j++)
		{
			if (rows[j].label != rows[i].label)
				mean += side ? placed(&rows[i], &rows[j])
				             : placed(&rows[j], &rows[i]);
		}
		variance[side] += pow(mean / count[1 - side] - auc, 2);
	}
	CHECK(seg_roc_auc_interval(env, ranked, 1.5, &interval) == SEG_OK);
	CHECK_NEAR(interval.auc, auc, 1e-14);
	if (count[0] < 2 || count[1] < 2)
	{
		CHECK(isnan(interval.std_error));
		return;
	}
	CHECK_NEAR(interval.std_error,
	           sqrt(variance[0] / (count[0] - 1) / count[0] +
	                variance[1] / (count[1] - 1) / count[1]),
	           1e-13);
	CHECK_NEAR(interval.low, fmax(0, auc - 1.5 * interval.std_error), 1e-13);
	CHECK_NEAR(interval.high, fmin(1, auc + 1.5 * interval.std_error), 1e-13);
}

/* Every threshold lies on the curve, and costs no less than the best. */
static void
check_thresholds(SegEnv *env, const SegScoredRow *rows, int n,
                 const SegRankedScores *ranked)
{
	SegRocPoint *points;
	SegThreshold best;
	int64_t corners;
	double precision = 0, got;

	CHECK(seg_roc_curve(env, ranked, &points, &corners) == SEG_OK);
	CHECK(points[0].true_positive_rate == 0 && isinf(points[0].threshold));
	CHECK(points[corners - 1].true_positive_rate == 1 &&
	      points[corners - 1].false_positive_rate == 1);
	CHECK(seg_best_threshold(env, ranked, 2, 3, &best) == SEG_OK);
	CHECK(best.cost == 2.0 * (double) best.false_positives +
	                       3.0 * (double) best.false_negatives);
	for (int i = 0; i < n; i++)
	{
		double right = 0, wrong = 0, equal_right = 0, equal = 0, x, y;
		int64_t c = 1;

		for (int j = 0; j < n; j++)
		{
			right += rows[j].label * (rows[j].score >= rows[i].score);
			wrong += (1 - rows[j].label) * (rows[j].score >= rows[i].score);
			equal_right += rows[j].label * (rows[j].score == rows[i].score);
			equal += rows[j].score == rows[i].score;
		}
		CHECK(2 * wrong + 3 * ((double) ranked->positives - right) >=
		      best.cost);
		precision += equal_right / equal * right / (right + wrong);
		x = wrong / (double) ranked->negatives;
		y = right / (double) ranked->positives;
		while (points[c].false_positive_rate < x ||
		       points[c].true_positive_rate < y)
			c++;
		CHECK_NEAR((y - points[c - 1].true_positive_rate) *
		               (points[c].false_positive_rate -
		                points[c - 1].false_positive_rate),
		           (x - points[c - 1].false_positive_rate) *
		               (points[c].true_positive_rate -
		                points[c - 1].true_positive_rate),
		           1e-14);
	}
	CHECK(seg_average_precision(env, ranked, &got) == SEG_OK);
	CHECK_NEAR(got, precision / (double) ranked->positives, 1e-13);
}

static void
agrees_with_all_pairs(void)
{
	uint64_t seed = 1;

	for (int round = 0; round < 300; round++)
	{
		SegEnv env = unit_env();
		SegScoredRow rows[MOST];
		int n = draw_rows(&seed, rows);
		SegRankedScores ranked = read_rows(&env, rows, n, 1 + round % 9);
		double auc;

		CHECK(ranked.positives + ranked.negatives == n);
		if (ranked.positives > 0 && ranked.negatives > 0)
		{
			check_interval(&env, rows, n, &ranked);
			check_thresholds(&env, rows, n, &ranked);
		}
		else
			CHECK(seg_roc_auc(&ranked, &auc) == SEG_UNDEFINED);
		unit_env_free(&env);
	}
}

static void
stops_and_runs_out_of_memory(void)
{
	enum
	{
		N = 300000
	};
	SegEnv env = unit_env();
	SegScoredRow *rows = env.alloc(env.host, N * sizeof(SegScoredRow));
	SegMemoryRows source;
	SegRankedScores ranked;
	int64_t distinct;
	double result;

	for (int i = 0; i < N; i++)
		rows[i] = (SegScoredRow){i, i % 2};
	seg_memory_rows(&source, &rows[0].score, N, 1, 2, 1000);
	unit_env_stop_after(&env, 0);
	CHECK(seg_rows_distinct(&env, &source.rows, &distinct) == SEG_STOPPED);
	unit_env_stop_after(&env, 3);
	CHECK(seg_rows_distinct(&env, &source.rows, &distinct) == SEG_OK);
	CHECK(distinct == N);
	CHECK(seg_ranked_read(&env, &source.rows, N, &ranked) == SEG_STOPPED);
	unit_env_stop_after(&env, 1000);
	for (int i = 0; i < 2; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(seg_ranked_read(&env, &source.rows, N, &ranked) == SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, 1000);
	CHECK(seg_ranked_read(&env, &source.rows, N, &ranked) == SEG_OK);
	unit_env_stop_after(&env, 0);
	CHECK(seg_average_precision(&env, &ranked, &result) == SEG_STOPPED);
	unit_env_free(&env);
}

static void
refuses_bad_costs(void)
{
	SegEnv env = unit_env();

	CHECK(seg_check_cost(&env, "cost", 0) == SEG_OK);
	CHECK(seg_check_cost(&env, "cost", -1e-300) == SEG_ARGUMENT_BELOW);
	CHECK(seg_check_cost(&env, "cost", NAN) == SEG_ARGUMENT_BELOW);
	CHECK(seg_check_cost(&env, "cost", INFINITY) == SEG_ARGUMENT_BELOW);
	unit_env_free(&env);
}

void
test_roc(void)
{
	agrees_with_all_pairs();
	stops_and_runs_out_of_memory();
	refuses_bad_costs();
}
