/* test_lift.c: kernel/evaluate/lift.c without a server */
#include "kernel/evaluate/lift.h"
#include "unit.h"

void test_lift(void);

enum
{
	LEVELS = 50
};

/* A list with so many rows of each score, the highest first. */
static SegRankedScores
draw_list(SegEnv *env, uint64_t *seed)
{
	SegRankedScores ranked = {0};
	int levels = 1 + unit_draw(seed, LEVELS);

	ranked.items =
		env->alloc(env->host, (size_t) levels * 2 * sizeof(SegRadixItem));
	for (int i = 0; i < levels; i++)
	{
		uint64_t key = ~seg_radix_key((levels - i) / (double) LEVELS);
		int right = unit_draw(seed, 5);
		int wrong = unit_draw(seed, 5) + (right == 0);

		if (right > 0)
			ranked.items[ranked.n++] = (SegRadixItem){key, {right}};
		if (wrong > 0)
			ranked.items[ranked.n++] = (SegRadixItem){key, {-wrong}};
		ranked.positives += right;
		ranked.negatives += wrong;
	}
	return ranked;
}

/* Every user counts for the share of true ones among those of the same score. */
static double
expected_positives(const SegRankedScores *ranked, int64_t from, int64_t to)
{
	SegScoreGroup group;
	int64_t at = 0, row = 0;
	double sum = 0;

	while (seg_ranked_next(ranked, &at, &group))
	{
		int64_t rows = group.positives + group.negatives;

		for (int64_t i = 0; i < rows; i++, row++)
			sum += row >= from && row < to
			           ? (double) group.positives / (double) rows
			           : 0;
	}
	return sum;
}

static void
bins_share_out(void)
{
	uint64_t seed = 7;

	for (int round = 0; round < 200; round++)
	{
		SegEnv env = unit_env();
		SegRankedScores ranked = draw_list(&env, &seed);
		int64_t rows = ranked.positives + ranked.negatives;
		int64_t n, from = 0;
		SegLiftBin *bins;

		CHECK(seg_lift_bins(&env, &ranked, 1 + round % 30, &bins, &n) ==
		      SEG_OK);
		CHECK(n == (1 + round % 30 < rows ? 1 + round % 30 : rows));
		for (int64_t b = 0; b < n; b++)
		{
			CHECK(bins[b].rows == rows / n || bins[b].rows == rows / n + 1);
			CHECK(bins[b].highest >= bins[b].lowest);
			CHECK_NEAR(bins[b].positives,
			           expected_positives(&ranked, from, from + bins[b].rows),
			           1e-12);
			from += bins[b].rows;
			CHECK(bins[b].rows_so_far == from);
		}
		CHECK(from == rows);
		CHECK(bins[n - 1].positives_so_far == (double) ranked.positives);
		unit_env_free(&env);
	}
}

static void
bins_of_probabilities(void)
{
	uint64_t seed = 11;

	for (int round = 0; round < 200; round++)
	{
		SegEnv env = unit_env();
		SegRankedScores ranked = draw_list(&env, &seed);
		int64_t n, rows = 0;
		double right = 0;
		SegCalibrationBin *bins;

		CHECK(seg_calibration_bins(&env,
		                           &ranked,
		                           1 + round % 30,
		                           (SegBinning) (round % 2),
		                           &bins,
		                           &n) == SEG_OK);
		for (int64_t b = 0; b < n; b++)
		{
			CHECK(bins[b].rows > 0);
			CHECK(bins[b].mean >= bins[b].low && bins[b].mean <= bins[b].high);
			CHECK(b == 0 || bins[b].low >= bins[b - 1].high);
			rows += bins[b].rows;
			right += bins[b].rate * (double) bins[b].rows;
		}
		CHECK(rows == ranked.positives + ranked.negatives);
		CHECK_NEAR(right, (double) ranked.positives, 1e-12);
		unit_env_free(&env);
	}
}

static void
limits(void)
{
	SegEnv env = unit_env();
	uint64_t seed = 1;
	SegRankedScores ranked = draw_list(&env, &seed);
	SegCalibrationBin *bins;
	SegLiftBin *lift;
	int64_t n;

	CHECK(seg_check_bins(&env, 1) == SEG_OK);
	CHECK(seg_check_bins(&env, SEG_LIFT_MAX_BINS) == SEG_OK);
	CHECK(seg_check_bins(&env, 0) == SEG_ARGUMENT_RANGE);
	CHECK(seg_check_bins(&env, SEG_LIFT_MAX_BINS + 1) == SEG_ARGUMENT_RANGE);
	for (int i = 0; i < 3; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(seg_calibration_bins(&env,
		                           &ranked,
		                           5,
		                           SEG_BINNING_UNIFORM,
		                           &bins,
		                           &n) == SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, 0);
	CHECK(seg_lift_bins(&env, &ranked, 5, &lift, &n) == SEG_NO_MEMORY);
	unit_env_fail_after(&env, 100);
	unit_env_stop_after(&env, 0);
	CHECK(seg_lift_bins(&env, &ranked, 5, &lift, &n) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_lift(void)
{
	bins_share_out();
	bins_of_probabilities();
	limits();
}
