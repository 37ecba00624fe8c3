/* test_sort.c: base/sort.c is a stable sort */
#include "base/sort.h"
#include "unit.h"

void test_sort(void);

#define MAX_N 200000

static int
by_value(const void *of, int64_t a, int64_t b)
{
	const int *value = of;

	return (value[a] > value[b]) - (value[a] < value[b]);
}

static void
sorts(int64_t n, int levels)
{
	SegEnv env = unit_env();
	int64_t *order = malloc((size_t) (n + 1) * sizeof(int64_t));
	int *value = malloc((size_t) (n + 1) * sizeof(int));
	int64_t sum = 0;
	bool good = true;

	for (int64_t i = 0; i < n; i++)
	{
		value[i] = (int) ((uint64_t) i * 2654435761u % 1000003u) % levels;
		order[i] = i;
	}
	CHECK(seg_sort(&env, order, n, by_value, value) == SEG_OK);
	for (int64_t i = 0; i < n; i++)
	{
		int step = i > 0 ? by_value(value, order[i - 1], order[i]) : -1;

		good = good && (step < 0 || (step == 0 && order[i - 1] < order[i]));
		sum += order[i];
	}
	CHECK(good);
	CHECK(sum == n * (n - 1) / 2);
	free(order);
	free(value);
	unit_env_free(&env);
}

static void
stops_and_runs_out(void)
{
	SegEnv env = unit_env();
	int64_t *order = malloc(MAX_N * sizeof(int64_t));
	int *value = malloc(MAX_N * sizeof(int));

	for (int64_t i = 0; i < MAX_N; i++)
	{
		value[i] = (int) (MAX_N - i);
		order[i] = i;
	}
	unit_env_stop_after(&env, 3);
	CHECK(seg_sort(&env, order, MAX_N, by_value, value) == SEG_STOPPED);
	unit_env_free(&env);
	env = unit_env();
	unit_env_fail_after(&env, 0);
	CHECK(seg_sort(&env, order, MAX_N, by_value, value) == SEG_NO_MEMORY);
	unit_env_free(&env);
	free(order);
	free(value);
}

/* Comparisons since the last question, and the most seen. */
static int64_t since, most_since;

static int
counted(const void *of, int64_t a, int64_t b)
{
	since++;
	most_since = since > most_since ? since : most_since;
	return by_value(of, a, b);
}

static bool
goes_on(void *host)
{
	(void) host;
	since = 0;
	return false;
}

/*
 * However much there is to sort, the host is asked often.
 */
static void
asks_often(void)
{
	SegEnv env = unit_env();
	int64_t n = 10 * MAX_N;
	int64_t *order = malloc((size_t) n * sizeof(int64_t));
	int *value = malloc((size_t) n * sizeof(int));

	for (int64_t i = 0; i < n; i++)
	{
		value[i] = (int) ((uint64_t) i * 2654435761u % 1000003u);
		order[i] = i;
	}
	env.stop = goes_on;
	since = most_since = 0;
	CHECK(seg_sort(&env, order, n, counted, value) == SEG_OK);
	CHECK(most_since < 600000);
	free(order);
	free(value);
	unit_env_free(&env);
}

void
test_sort(void)
{
	for (int64_t n = 0; n < 70; n++)
		for (int levels = 1; levels <= 1000; levels *= 10)
			sorts(n, levels);
	sorts(MAX_N, 1);
	sorts(MAX_N, 7);
	sorts(MAX_N, 1000003);
	stops_and_runs_out();
	asks_often();
}
