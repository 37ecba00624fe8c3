/* test_concordance.c: kernel/survival/concordance.c by brute force over pairs */
#include "kernel/survival/concordance.h"

#include "unit.h"

void test_concordance(void);

#define MOST 500

static SegConcordance
brute_force(int n, const double *times, const char *is_event,
            const double *scores)
{
	SegConcordance pairs = {0};

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			/* i had the event while j was still at risk */
			if (!is_event[i] || times[j] < times[i] ||
			    (times[j] == times[i] && is_event[j]))
				continue;
			pairs.concordant += scores[i] > scores[j];
			pairs.discordant += scores[i] < scores[j];
			pairs.tied += scores[i] == scores[j];
		}
	}
	return pairs;
}

static void
counts_every_pair(int n, int times_step, int distinct_scores, int censoring)
{
	SegEnv env = unit_env();
	double times[MOST], scores[MOST];
	char is_event[MOST];
	SegRadixItem items[MOST], scratch[MOST];
	SegConcordance got, want;

	for (int i = 0; i < n; i++)
	{
		times[i] = (double) ((n - i) / times_step);
		scores[i] = (double) (i * 7919L % distinct_scores) - 3.0;
		is_event[i] = i * 31 % 13 >= censoring;
	}
	if (n > 0)
		scores[0] = -0.0; /* ties with 0 */
	want = brute_force(n, times, is_event, scores);
	CHECK(
		seg_concordance(&env, n, times, is_event, scores, items, scratch, &got) ==
		SEG_OK);
	CHECK(got.concordant == want.concordant &&
	      got.discordant == want.discordant && got.tied == want.tied);
	unit_env_free(&env);
}

static void
may_be_stopped_or_run_out_of_memory(void)
{
	double times[200], scores[200];
	char is_event[200];
	SegRadixItem items[200], scratch[200];
	SegConcordance pairs;

	for (int i = 0; i < 200; i++)
	{
		times[i] = 200 - i;
		scores[i] = i % 7;
		is_event[i] = 1;
	}
	for (int i = 0; i < 14; i++)
	{
		SegEnv env = unit_env();
		SegStatus status;

		if (i < 2)
			unit_env_fail_after(&env, i);
		else
			unit_env_stop_after(&env, i - 2);
		status = seg_concordance(&env,
		                         200,
		                         times,
		                         is_event,
		                         scores,
		                         items,
		                         scratch,
		                         &pairs);
		CHECK(status == (i < 2    ? SEG_NO_MEMORY
		                 : i < 13 ? SEG_STOPPED
		                          : SEG_OK));
		unit_env_free(&env);
	}
}

void
test_concordance(void)
{
	for (int n = 0; n < 70; n += 3)
		for (int step = 1; step < 9; step += 3)
			for (int scores = 1; scores < 12; scores += 5)
				counts_every_pair(n, step, scores, 6);
	counts_every_pair(MOST, 1, 100000, 0);
	counts_every_pair(MOST, 20, 50, 9);
	counts_every_pair(MOST, 1000, 50, 4); /* all at the same time */
	counts_every_pair(MOST, 3, 50, 13);   /* no events */
	CHECK(seg_concordance_index(&(SegConcordance){0, 0, 0}) == 0.5);
	CHECK(seg_concordance_index(&(SegConcordance){3, 1, 0}) == 0.75);
	CHECK(seg_concordance_index(&(SegConcordance){0, 0, 7}) == 0.5);
	CHECK(seg_concordance_index(&(SegConcordance){2, 1, 2}) == 0.6);
	may_be_stopped_or_run_out_of_memory();
}
