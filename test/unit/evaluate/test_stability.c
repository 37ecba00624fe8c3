/* test_stability.c: kernel/evaluate/stability.c without a server */
#include "kernel/evaluate/stability.h"
#include "unit.h"

void test_stability(void);

/* So many current and reference rows of each value, the highest first. */
static double
stability_of(SegEnv *env, const int (*counts)[2], int values, int64_t bins)
{
	SegRankedScores ranked = {0};
	double result;

	ranked.items =
		env->alloc(env->host, (size_t) values * 2 * sizeof(SegRadixItem));
	for (int i = 0; i < values; i++)
	{
		uint64_t key = ~seg_radix_key(-i);

		if (counts[i][0] > 0)
			ranked.items[ranked.n++] = (SegRadixItem){key, {counts[i][0]}};
		if (counts[i][1] > 0)
			ranked.items[ranked.n++] = (SegRadixItem){key, {-counts[i][1]}};
		ranked.positives += counts[i][0];
		ranked.negatives += counts[i][1];
	}
	CHECK(seg_population_stability(env, &ranked, bins, &result) == SEG_OK);
	return result;
}

static double
term(double current, double reference)
{
	return (current - reference) * log(current / reference);
}

static void
by_hand(void)
{
	static const int counts[][2] =
		{{3, 0}, {1, 2}, {2, 2}, {0, 3}, {0, 1}, {4, 0}};
	SegEnv env = unit_env();

	CHECK(stability_of(&env, counts, 6, 1) == 0);
	/* half of the 8 reference rows are reached with the third value */
	CHECK_NEAR(stability_of(&env, counts, 6, 2),
	           term(0.6, 0.5) + term(0.4, 0.5),
	           1e-15);
	CHECK_NEAR(stability_of(&env, counts, 6, 3),
	           term(0.6, 0.5) + term(0.05, 0.375) + term(0.4, 0.125),
	           1e-15);
	/* the last value with a reference row ends no bin */
	CHECK_NEAR(stability_of(&env, counts, 6, 8),
	           term(0.4, 0.25) + term(0.2, 0.25) + term(0.05, 0.375) +
	               term(0.4, 0.125),
	           1e-15);
	CHECK(stability_of(&env, counts, 6, 8) ==
	      stability_of(&env, counts, 6, 10000));
	unit_env_free(&env);
}

static void
needs_both_and_stops(void)
{
	SegRadixItem items[] = {{1, {5}}, {2, {7}}};
	SegRankedScores ranked = {items, 2, 12, 0};
	SegEnv env = unit_env();
	double result;

	CHECK(seg_population_stability(&env, &ranked, 2, &result) == SEG_UNDEFINED);
	ranked = (SegRankedScores){items, 2, 0, 12};
	CHECK(seg_population_stability(&env, &ranked, 2, &result) == SEG_UNDEFINED);
	unit_env_free(&env);
}

void
test_stability(void)
{
	by_hand();
	needs_both_and_stops();
}
