/* test_env.c: base/env.h, and the host that other tests rely on */
#include "unit.h"

static SegStatus
take(SegEnv *env, size_t n, double **result)
{
	SEG_ALLOC(env, *result, n);
	return SEG_OK;
}

/* Two allocations, then a question. */
static SegStatus
work(SegEnv *env)
{
	double *a, *b;

	SEG_TRY(take(env, 10, &a));
	SEG_TRY(take(env, 0, &b));
	CHECK(a[0] == 0.0 && a[9] == 0.0); /* memory comes zeroed */
	CHECK((void *) a != (void *) b);
	if (env->stop(env->host))
		return SEG_STOPPED;
	return SEG_OK;
}

static void
runs_out_of_memory_when_told(void)
{
	for (int n = 0; n <= 2; n++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, n);
		CHECK(work(&env) == (n < 2 ? SEG_NO_MEMORY : SEG_OK));
		CHECK(unit_env_allocations(&env) == n);
		unit_env_free(&env);
	}
}

static void
stops_when_told(void)
{
	SegEnv env = unit_env();

	unit_env_stop_after(&env, 2);
	CHECK(work(&env) == SEG_OK);
	CHECK(work(&env) == SEG_OK);
	CHECK(work(&env) == SEG_STOPPED);
	CHECK(unit_env_questions(&env) == 3);
	unit_env_free(&env);
}

static void
keeps_the_facts_of_a_failure(void)
{
	SegEnv env = unit_env();

	CHECK(seg_fail(&env, SEG_BAD_DIM, "rows", 3, 2) == SEG_BAD_DIM);
	CHECK(strcmp(env.diag.what, "rows") == 0 && env.diag.name == NULL);
	CHECK(env.diag.got == 3 && env.diag.want == 2);
	CHECK(seg_fail_range(&env, SEG_OPTION_RANGE, "k", 0, 1, 9) ==
	      SEG_OPTION_RANGE);
	CHECK(env.diag.want == 1 && env.diag.limit == 9);
	CHECK(seg_fail_name(&env, SEG_UNKNOWN_OPTION, "kk", "k") ==
	      SEG_UNKNOWN_OPTION);
	CHECK(strcmp(env.diag.name, "k") == 0);
	CHECK(seg_fail_facts(&env,
	                     SEG_LIMIT,
	                     (SegDiag){.what = "rows", .got = 9}) == SEG_LIMIT);
	CHECK(env.diag.got == 9 && env.diag.options == NULL);
	CHECK(seg_name_options(&env, SEG_LIMIT, "\"k\"") == SEG_LIMIT);
	CHECK(env.diag.got == 9 && strcmp(env.diag.options, "\"k\"") == 0);
	CHECK(seg_name_options(&env, SEG_OK, NULL) == SEG_OK);
	CHECK(env.diag.options != NULL);
	unit_env_free(&env);
}

static void
holds_many_blocks(void)
{
	SegEnv env = unit_env();
	double *block;

	for (int i = 0; i < 10000; i++)
	{
		if (take(&env, 1, &block) != SEG_OK)
			break;
	}
	CHECK(unit_env_allocations(&env) == 10000);
	unit_env_free(&env);
}

void
test_env(void)
{
	runs_out_of_memory_when_told();
	stops_when_told();
	keeps_the_facts_of_a_failure();
	holds_many_blocks();
}
