/* test_leak.c: base/leak.c against counting all pairs */
#include "base/leak.h"
#include "base/missing.h"
#include "unit.h"

void test_leak(void);

#define MOST 3000
#define DIM  5

typedef struct Table
{
	int n;
	double x[MOST][DIM + 2]; /* vector, label, and something else */
} Table;

/* Count all pairs, a missing element being below or above all. */
static double
area_by_pairs(const Table *t, int j, double no, double missing)
{
	double above = 0, pairs = 0;

	for (int a = 0; a < t->n; a++)
	{
		for (int b = 0; b < t->n; b++)
		{
			double x = isnan(t->x[a][j]) ? missing : t->x[a][j];
			double y = isnan(t->x[b][j]) ? missing : t->x[b][j];

			if (t->x[a][DIM] == no || t->x[b][DIM] != no)
				continue;
			pairs += 1;
			above += x > y ? 1 : x == y ? 0.5 : 0;
		}
	}
	above /= pairs;
	return above > 0.5 ? above : 1 - above;
}

static SegNotes
notes_of(const Table *t, int block)
{
	SegEnv env = unit_env();
	SegNotes notes = {0};
	SegMemoryRows rows;

	env.notes = &notes;
	seg_memory_rows(&rows, t->x[0], t->n, DIM, DIM + 2, block);
	CHECK(seg_leak_find(&env, &rows.rows) == SEG_OK);
	unit_env_free(&env);
	return notes;
}

static double
noise(uint64_t *seed)
{
	return unit_draw(seed, 10000) / 10000.0;
}

/*
 * A table in which element 3 tells the label, but for some of the rows.
 */
static void
draw_table(Table *t, uint64_t *seed, int kind, double wrong)
{
	for (int i = 0; i < t->n; i++)
	{
		double label = unit_draw(seed, 3) == 0 ? 7 : -2;
		bool tells = noise(seed) >= wrong;
		bool yes = (label == 7) == tells;
		double *x = t->x[i];

		for (int j = 0; j < DIM; j++)
			x[j] = noise(seed) + (label == 7 ? 0.3 : 0);
		x[0] = 1;
		x[DIM] = label;
		x[DIM + 1] = 1;
		switch (kind)
		{
			case 0: /* above, and below */
				x[3] = yes ? 5 + noise(seed) : noise(seed);
				break;
			case 1:
				x[3] = yes ? -1e300 : noise(seed);
				break;
			case 2: /* there or not */
				x[3] = yes ? noise(seed) : seg_missing();
				break;
			default: /* a flag */
				x[3] = yes;
		}
	}
}

static void
leaks_are_found_in_pairs(void)
{
	uint64_t seed = 3;
	int leaks = 0, none = 0;

	for (int turn = 0; turn < 160; turn++)
	{
		Table *t = calloc(1, sizeof(Table));
		double best = 0;
		SegNotes notes;

		t->n = 200 + unit_draw(&seed, 1200);
		draw_table(t, &seed, turn % 4, turn % 8 < 4 ? 0 : noise(&seed) / 20);
		for (int j = 0; j < DIM; j++)
		{
			best = fmax(best, area_by_pairs(t, j, -2, -INFINITY));
			best = fmax(best, area_by_pairs(t, j, -2, INFINITY));
		}
		notes = notes_of(t, 1 + unit_draw(&seed, 700));
		CHECK(notes.n == (best >= SEG_LEAK_AUC));
		if (notes.n > 0)
		{
			CHECK(notes.status[0] == SEG_NOTE_LEAK);
			CHECK(notes.diag[0].got == 4);
			CHECK_NEAR(notes.diag[0].want, best, 5.1e-5);
		}
		leaks += notes.n;
		none += notes.n == 0;
		free(t);
	}
	CHECK(leaks > 80 && none > 20);
}

static void
there_must_be_enough_of_two_labels(void)
{
	Table *t = calloc(1, sizeof(Table));
	uint64_t seed = 9;
	int yes = 0;

	t->n = 1000;
	draw_table(t, &seed, 0, 0);
	CHECK(notes_of(t, 64).n == 1);
	/* 50 of one label are enough, 49 are not */
	for (int i = 0; i < t->n; i++)
	{
		if (t->x[i][DIM] == 7 && ++yes > SEG_LEAK_MIN_ROWS)
		{
			t->x[i][DIM] = -2;
			t->x[i][3] = 0;
		}
	}
	CHECK(notes_of(t, 64).n == 1);
	for (int i = 0; i < t->n; i++)
	{
		if (t->x[i][DIM] == 7)
		{
			t->x[i][DIM] = -2;
			t->x[i][3] = 0;
			break;
		}
	}
	CHECK(notes_of(t, 64).n == 0);
	draw_table(t, &seed, 0, 0);
	t->x[500][DIM] = 3; /* a third label */
	CHECK(notes_of(t, 64).n == 0);
	for (int i = 0; i < t->n; i++)
		t->x[i][DIM] = 0; /* one label */
	CHECK(notes_of(t, 64).n == 0);
	t->n = 99;
	draw_table(t, &seed, 0, 0);
	CHECK(notes_of(t, 64).n == 0);
	free(t);
}

/* More rows than are kept, of which a few are of one label. */
static void
long_streams_are_thinned(void)
{
	int n = 300000;
	double *x = malloc((size_t) n * 3 * sizeof(double));
	uint64_t seed = 4;

	for (int rare = 0; rare < 2; rare++)
	{
		for (int is_leak = 0; is_leak < 2; is_leak++)
		{
			SegEnv env = unit_env();
			SegNotes notes = {0};
			SegMemoryRows rows;

			env.notes = &notes;
			for (int i = 0; i < n; i++)
			{
				double yes = rare ? i % 4000 == 7 : i % 3 == 0;
				/* of the label 0 alone: areas of 0.9955 and 0.98 */
				double error = is_leak ? 0.009 : 0.04;
				double value = noise(&seed) < error ? 1 : yes;

				x[3 * i] = noise(&seed);
				x[3 * i + 1] = value;
				x[3 * i + 2] = yes;
			}
			seg_memory_rows(&rows, x, n, 2, 3, 1000);
			CHECK(seg_leak_find(&env, &rows.rows) == SEG_OK);
			CHECK(notes.n == is_leak);
			if (is_leak)
				CHECK(notes.diag[0].got == 2 &&
				      fabs(notes.diag[0].want - 0.9955) < 0.003);
			unit_env_free(&env);
		}
	}
	free(x);
}

static void
hosts_in_trouble_are_heard(void)
{
	Table *t = calloc(1, sizeof(Table));
	SegEnv env = unit_env();
	SegNotes notes = {0};
	SegMemoryRows rows;
	SegStatus status = SEG_NO_MEMORY;
	uint64_t seed = 1;
	int allocations = 0;

	t->n = MOST;
	draw_table(t, &seed, 0, 0);
	seg_memory_rows(&rows, t->x[0], t->n, DIM, DIM + 2, 100);
	/* nobody asks */
	unit_env_fail_after(&env, 0);
	CHECK(seg_leak_find(&env, &rows.rows) == SEG_OK);
	env.notes = &notes;
	for (; status == SEG_NO_MEMORY && allocations < 100; allocations++)
	{
		unit_env_fail_after(&env, allocations);
		status = seg_leak_find(&env, &rows.rows);
	}
	CHECK(status == SEG_OK && allocations >= 6);
	CHECK(notes.n == 1);
	unit_env_free(&env);
	free(t);
}

void
test_leak(void)
{
	leaks_are_found_in_pairs();
	there_must_be_enough_of_two_labels();
	long_streams_are_thinned();
	hosts_in_trouble_are_heard();
}
