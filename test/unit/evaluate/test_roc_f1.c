/* test_roc_f1.c: kernel/evaluate/roc_f1.c against counting at every threshold */
#include "kernel/evaluate/roc_f1.h"
#include "unit.h"

void test_roc_f1(void);

#define MOST 400

static void
best_is_best_of_all(void)
{
	uint64_t seed = 8;

	for (int turn = 0; turn < 200; turn++)
	{
		SegEnv env = unit_env();
		int n = 1 + unit_draw(&seed, MOST);
		int levels = 1 + unit_draw(&seed, 100);
		SegScoredRow rows[MOST];
		SegRankedScores ranked;
		SegMemoryRows source;
		SegDecisions best, parts[2];
		double highest = 0, at = INFINITY;
		int positives = 0;

		for (int i = 0; i < n; i++)
		{
			double score = unit_draw(&seed, levels) - 5;

			rows[i] =
				(SegScoredRow){score, unit_draw(&seed, levels) - 5 < score};
			positives += rows[i].label != 0;
		}
		seg_memory_rows(&source, &rows[0].score, n, 1, 2, 33);
		CHECK(seg_ranked_read(&env, &source.rows, n, &ranked) == SEG_OK);
		CHECK(seg_best_f1(&env, &ranked, &best) ==
		      (positives > 0 ? SEG_OK : SEG_UNDEFINED));
		/* every score as a threshold, the highest first */
		for (double threshold = 100; threshold >= -5; threshold--)
		{
			double right = 0, said = 0;
			SegF1 f1;

			parts[0] = parts[1] = (SegDecisions){.threshold = threshold};
			for (int i = 0; i < n; i++)
			{
				right += rows[i].score >= threshold && rows[i].label != 0;
				said += rows[i].score >= threshold;
				seg_decisions_add(&parts[i % 2],
				                  rows[i].label != 0,
				                  rows[i].score);
			}
			seg_decisions_merge(&parts[0], &parts[1]);
			CHECK(seg_decisions_check(&env, &parts[0]) == SEG_OK);
			f1 = seg_f1_of(&parts[0]);
			CHECK(f1.precision == (said > 0 ? right / said : 0));
			CHECK(f1.recall == (positives > 0 ? right / positives : 0));
			if (right > 0)
				CHECK_NEAR(f1.f1,
				           2 / (1 / f1.precision + 1 / f1.recall),
				           1e-14);
			else
				CHECK(f1.f1 == 0);
			if (f1.f1 > highest)
			{
				highest = f1.f1;
				at = threshold;
			}
		}
		if (positives > 0)
			CHECK(best.threshold == at && seg_f1_of(&best).f1 == highest);
		unit_env_free(&env);
	}
}

static void
odd_decisions_are_refused(void)
{
	SegEnv env = unit_env();
	SegDecisions d = {0.5, 1, 2, 3, 4};

	CHECK(seg_decisions_check(&env, &d) == SEG_OK);
	d.true_positives = 0.5;
	CHECK(seg_decisions_check(&env, &d) == SEG_CORRUPT);
	d.true_positives = -1;
	CHECK(seg_decisions_check(&env, &d) == SEG_CORRUPT);
	d = (SegDecisions){NAN, 1, 2, 3, 4};
	CHECK(seg_decisions_check(&env, &d) == SEG_CORRUPT);
	d = (SegDecisions){1, 1, 2, 3, INFINITY};
	CHECK(seg_decisions_check(&env, &d) == SEG_CORRUPT);
	CHECK(seg_threshold_check(&env, -INFINITY) == SEG_OK);
	CHECK(seg_threshold_check(&env, NAN) == SEG_INFINITE);
	unit_env_free(&env);
}

void
test_roc_f1(void)
{
	best_is_best_of_all();
	odd_decisions_are_refused();
}
