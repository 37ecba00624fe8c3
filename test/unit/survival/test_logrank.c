/* test_logrank.c: kernel/survival/logrank.c against its definition, row by row */
#include "kernel/survival/logrank.h"

#include "base/incomplete_gamma.h"
#include "unit.h"

void test_logrank(void);

#define MOST 400
#define K    6

typedef struct Row
{
	const char *group;
	double duration;
	bool event;
} Row;

static SegText
text(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

static void
add_row(SegEnv *env, SegCountMap **map, const Row *row)
{
	char key[64];
	int64_t at;

	seg_logrank_key(row->duration, row->event, text(row->group), key);
	CHECK(seg_count_map_insert(env,
	                           map,
	                           key,
	                           seg_logrank_key_size(text(row->group)),
	                           &at) == SEG_OK);
	++*(int64_t *) seg_count_map_words(*map, at);
}

/* The test of rows taken in steps; 1: in their order. */
static SegLogrank
test_of(SegEnv *env, const Row *rows, int n, int step)
{
	SegCountMap *map;
	SegLogrank test = {0};

	seg_count_map_create(env, SEG_DURATION_WIDTH, &map);
	for (int i = 0; i < n; i++)
		add_row(env, &map, &rows[(int64_t) i * step % n]);
	CHECK(seg_logrank(env, map, true, &test) == SEG_OK);
	return test;
}

/* Solve by Gaussian elimination with pivoting; overwrites a and b. */
static void
solve(int n, double a[K][K], double *b)
{
	for (int i = 0; i < n; i++)
	{
		int best = i;

		for (int j = i + 1; j < n; j++)
			best = fabs(a[j][i]) > fabs(a[best][i]) ? j : best;
		for (int c = 0; c < n; c++)
		{
			double swap = a[i][c];

			a[i][c] = a[best][c];
			a[best][c] = swap;
		}
		b[K - 1] = b[i], b[i] = b[best], b[best] = b[K - 1];
		for (int j = i + 1; j < n; j++)
		{
			double factor = a[j][i] / a[i][i];

			for (int c = i; c < n; c++)
				a[j][c] -= factor * a[i][c];
			b[j] -= factor * b[i];
		}
	}
	for (int i = n - 1; i >= 0; i--)
	{
		for (int c = i + 1; c < n; c++)
			b[i] -= a[i][c] * b[c];
		b[i] /= a[i][i];
	}
}

/* Observed minus expected and its covariance, from the rows of all groups. */
static void
brute_sums(const Row *rows, int n, const SegLogrank *test, double *gap,
           double v[K][K])
{
	for (int i = 0; i < n; i++)
	{
		double at_risk[K] = {0}, all = 0, events = 0;
		bool is_first = true;

		for (int j = 0; j < n; j++)
		{
			bool same = rows[j].duration == rows[i].duration;

			is_first = is_first && !(same && j < i);
			events += same && rows[j].event;
			all += rows[j].duration >= rows[i].duration;
			for (int g = 0; g < test->groups; g++)
				at_risk[g] += rows[j].duration >= rows[i].duration &&
				              strcmp(rows[j].group, test->names[g].bytes) == 0;
		}
		if (!is_first || events == 0)
			continue;
		for (int g = 0; g < test->groups; g++)
		{
			gap[g] -= events * at_risk[g] / all;
			for (int h = 0; all > 1 && h < test->groups; h++)
				v[g][h] += events * (all - events) / (all - 1) *
				           (at_risk[g] / all) * ((g == h) - at_risk[h] / all);
		}
	}
	for (int g = 0; g < test->groups; g++)
		gap[g] += (double) test->observed[g];
}

static void
follows_its_definition(int n, int k, int distinct)
{
	static const char *const names[] = {"b", "10", "a", "9", "c"};
	SegEnv env = unit_env();
	Row rows[MOST];
	double gap[K] = {0}, v[K][K] = {{0}}, x[K];
	SegLogrank test;
	double chi_square = 0;

	for (int i = 0; i < n; i++)
	{
		int g = i * 31 % 97 % k;

		rows[i] = (Row){names[g],
		                (double) (i * 7919L % distinct) / (3 + g),
		                i % 5 != 0};
	}
	test = test_of(&env, rows, n, 1);
	/* names are back to back in the map: make C strings of them */
	for (int64_t g = 0; g < test.groups; g++)
	{
		char *name = env.alloc(env.host, (size_t) test.names[g].length + 1);

		memcpy(name, test.names[g].bytes, (size_t) test.names[g].length);
		((SegText *) test.names)[g].bytes = name;
	}
	brute_sums(rows, n, &test, gap, v);
	for (int g = 0; g < k; g++)
		CHECK_NEAR((double) test.observed[g] - test.expected[g], gap[g], 1e-10);
	/* the first group left out here, the largest there */
	for (int g = 1; g < k; g++)
		x[g - 1] = gap[g];
	for (int g = 1; g < k; g++)
		memmove(v[g - 1], v[g] + 1, (size_t) (k - 1) * sizeof(double));
	solve(k - 1, v, x);
	for (int g = 1; g < k; g++)
		chi_square += gap[g] * x[g - 1];
	CHECK(test.groups == k && test.degrees_of_freedom == k - 1);
	CHECK_NEAR(test.chi_square, chi_square, 1e-10);
	CHECK(test.p_value == seg_chi_square_upper(test.chi_square, k - 1));
	unit_env_free(&env);
}

/* The same bits in whatever order rows arrive. */
static void
has_no_order(void)
{
	static const char *const names[] = {"x", "2", "10", ""};
	SegEnv env = unit_env();
	Row rows[211];
	SegLogrank a, b;

	for (int i = 0; i < 211; i++)
		rows[i] = (Row){names[i * 3 % 4], (double) (i * i % 37), i % 3 > 0};
	a = test_of(&env, rows, 211, 1);
	b = test_of(&env, rows, 211, 58);
	CHECK(a.chi_square == b.chi_square && a.p_value == b.p_value);
	for (int g = 0; g < 4; g++)
	{
		static const int64_t lengths[] = {1, 2, 0, 1}; /* 2, 10, "", x */

		CHECK(a.names[g].length == lengths[g]);
		CHECK(a.users[g] == b.users[g] && a.observed[g] == b.observed[g] &&
		      a.expected[g] == b.expected[g]);
	}
	unit_env_free(&env);
}

/* Without two groups to compare there is no statistic, and no error. */
static void
may_have_nothing_to_compare(void)
{
	static const Row one[] = {{"a", 1, true}, {"a", 2, true}};
	static const Row censored[] = {{"a", 1, false}, {"b", 2, false}};
	static const Row at_once[] = {{"a", 1, true}, {"b", 1, true}};
	static const Row late[] = {{"a", 1, false}, {"b", 2, true}, {"b", 3, true}};
	const Row *const cases[] = {one, censored, at_once, late};
	const int sizes[] = {2, 2, 2, 3};

	for (int i = 0; i < 4; i++)
	{
		SegEnv env = unit_env();
		SegLogrank test = test_of(&env, cases[i], sizes[i], 1);

		CHECK(test.degrees_of_freedom == 0);
		CHECK(test.groups == (i == 0 ? 1 : 2));
		unit_env_free(&env);
	}
}

/* A group with nobody at risk at any event is listed, not compared. */
static void
leaves_out_who_was_never_at_risk(void)
{
	static const Row rows[] = {{"early", 0.5, false},
	                           {"a", 1, true},
	                           {"b", 2, true},
	                           {"b", 3, false},
	                           {"a", 4, true}};
	SegEnv env = unit_env();
	SegLogrank with = test_of(&env, rows, 5, 1);
	SegLogrank without = test_of(&env, rows + 1, 4, 1);

	CHECK(with.groups == 3 && with.degrees_of_freedom == 1);
	CHECK(with.users[2] == 1 && with.expected[2] == 0);
	CHECK(with.chi_square == without.chi_square);
	unit_env_free(&env);
}

/* One user against a million: the small pivot stays precise. */
static void
compares_groups_of_unlike_size(void)
{
	SegEnv env = unit_env();
	Row row = {"few", 500, true};
	SegLogrank test = {0};
	SegCountMap *map;
	double gap = 1, variance = 0;

	seg_count_map_create(&env, SEG_DURATION_WIDTH, &map);
	add_row(&env, &map, &row);
	for (int t = 1; t <= 1000; t++)
	{
		char key[64];
		int64_t at;

		seg_logrank_key(t, true, text("many"), key);
		seg_count_map_insert(&env,
		                     &map,
		                     key,
		                     seg_logrank_key_size(text("many")),
		                     &at);
		*(int64_t *) seg_count_map_words(map, at) = 1000000;
	}
	CHECK(seg_logrank(&env, map, true, &test) == SEG_OK);
	for (int t = 1; t <= 500; t++)
	{
		double n = (1001.0 - t) * 1e6 + 1, d = 1e6 + (t == 500);

		gap -= d / n;
		variance += d * (n - d) / (n - 1) / n * ((n - 1) / n);
	}
	CHECK_NEAR(test.chi_square, gap * gap / variance, 1e-12);
	unit_env_free(&env);
}

static void
keeps_its_limits(void)
{
	char names[SEG_LOGRANK_MAX_GROUPS + 1][16];
	SegEnv env = unit_env();
	SegLogrank test;
	SegCountMap *map;

	seg_count_map_create(&env, SEG_DURATION_WIDTH, &map);
	for (int i = 0; i <= SEG_LOGRANK_MAX_GROUPS; i++)
	{
		Row row = {names[i], i % 7, i % 2 == 0};

		snprintf(names[i], sizeof(names[i]), "%d", i);
		if (i == SEG_LOGRANK_MAX_GROUPS)
		{
			CHECK(seg_logrank(&env, map, true, &test) == SEG_OK);
			CHECK(test.groups == SEG_LOGRANK_MAX_GROUPS);
			CHECK(test.names[999].length == 3 &&
			      memcmp(test.names[999].bytes, "999", 3) == 0);
		}
		add_row(&env, &map, &row);
	}
	CHECK(seg_logrank(&env, map, true, &test) == SEG_LIMIT);
	unit_env_free(&env);
}

static SegStatus
read_one(const void *key, int64_t length, int64_t events)
{
	SegEnv env = unit_env();
	Row row = {"a", 1, true};
	SegCountMap *map;
	SegLogrank test;
	SegStatus status;
	int64_t at;

	seg_count_map_create(&env, SEG_DURATION_WIDTH, &map);
	add_row(&env, &map, &row);
	seg_count_map_insert(&env, &map, key, length, &at);
	*(int64_t *) seg_count_map_words(map, at) = events;
	status = seg_logrank(&env, map, true, &test);
	unit_env_free(&env);
	return status;
}

static void
refuses_maps_that_make_no_sense(void)
{
	static const double bad[] = {NAN, -NAN, INFINITY, -INFINITY};
	double good = 2;
	SegEnv env = unit_env();
	SegCountMap *map;
	SegLogrank test;

	seg_count_map_create(&env, SEG_DURATION_WIDTH, &map);
	CHECK(seg_logrank(&env, map, true, &test) == SEG_OK && test.groups == 0 &&
	      test.degrees_of_freedom == 0);
	unit_env_free(&env);
	CHECK(read_one(&good, 8, 1) == SEG_OK);
	CHECK(read_one(&good, 7, 1) == SEG_CORRUPT);
	CHECK(read_one("", 0, 1) == SEG_CORRUPT);
	CHECK(read_one(&good, 8, -1) == SEG_CORRUPT);
	CHECK(read_one(&good, 8, SEG_DURATION_MAX_ROWS - 1) == SEG_OK);
	CHECK(read_one(&good, 8, SEG_DURATION_MAX_ROWS) == SEG_CORRUPT);
	CHECK(read_one(&good, 8, INT64_MAX) == SEG_CORRUPT);
	for (int i = 0; i < 4; i++)
		CHECK(read_one(&bad[i], 8, 1) == SEG_CORRUPT);
}

void
test_logrank(void)
{
	follows_its_definition(60, 2, 1000);
	follows_its_definition(MOST, 2, 20);
	follows_its_definition(MOST, 3, 1000);
	follows_its_definition(MOST, 5, 50);
	has_no_order();
	may_have_nothing_to_compare();
	leaves_out_who_was_never_at_risk();
	compares_groups_of_unlike_size();
	keeps_its_limits();
	refuses_maps_that_make_no_sense();
}
