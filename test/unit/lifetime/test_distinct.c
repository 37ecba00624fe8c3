/* test_distinct.c: kernel/lifetime/distinct.c against counting by hand */
#include "kernel/lifetime/distinct.h"

#include "unit.h"

void test_distinct(void);

#define MAX_ROWS 3000

static double rows[MAX_ROWS * 3];

/*
 * n rows of two columns and a weight, with "values" different ones, unordered
 */
static void
fill(int n, int values)
{
	for (int i = 0; i < n; i++)
	{
		rows[3 * i] = (double) (i * 7919 % values % 5);
		rows[3 * i + 1] = (double) (i * 7919 % values) - 100;
		rows[3 * i + 2] = 1 + i % 3;
	}
}

/* Total weight of the rows equal to this one. */
static double
weight_of(const double *row, int n)
{
	double weight = 0.0;

	for (int i = 0; i < n; i++)
	{
		if (rows[3 * i] == row[0] && rows[3 * i + 1] == row[1])
			weight += rows[3 * i + 2];
	}
	return weight;
}

static bool
is_ascending(const SegDistinct *table)
{
	for (int64_t i = 1; i < table->n; i++)
	{
		const double *a = table->x + 3 * i - 3;
		const double *b = table->x + 3 * i;

		if (!(a[0] < b[0] || (a[0] == b[0] && a[1] < b[1])))
			return false;
	}
	return true;
}

static void
collapses(int n, int values, int64_t block_rows)
{
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegDistinct table;
	bool is_read;

	fill(n, values);
	seg_memory_rows(&source, rows, n, 2, 3, block_rows);
	CHECK(seg_distinct_open(&env, &source.rows, 4096, &table) == SEG_OK);
	CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK);
	CHECK(is_read && table.is_last && is_ascending(&table));
	CHECK(table.n == (n < values ? n : values));
	for (int64_t i = 0; i < table.n; i += 7)
		CHECK(table.x[3 * i + 2] == weight_of(table.x + 3 * i, n));
	CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK && !is_read);
	unit_env_free(&env);
}

/* Many tables: each in order, together all the rows, pass after pass. */
static void
goes_on_in_tables(int64_t first_limit, int64_t limit)
{
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegDistinct table;
	bool is_read;
	int allocations = 0;

	fill(MAX_ROWS, MAX_ROWS);
	seg_memory_rows(&source, rows, MAX_ROWS, 2, 3, 77);
	CHECK(seg_distinct_open(&env, &source.rows, first_limit, &table) == SEG_OK);
	CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK);
	CHECK(is_read && !table.is_last && table.n == first_limit);
	allocations = unit_env_allocations(&env);
	for (int time = 0; time < 3; time++)
	{
		int64_t n = 0;
		double weight = 0.0;

		seg_distinct_rewind(&table, limit);
		CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK);
		while (is_read)
		{
			CHECK(table.n <= limit && is_ascending(&table));
			for (int64_t i = 0; i < table.n; i++)
				weight += table.x[3 * i + 2];
			n += table.n;
			CHECK(n == MAX_ROWS || !table.is_last);
			CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK);
		}
		CHECK(n == MAX_ROWS && weight == 2.0 * MAX_ROWS);
	}
	/* another pass costs no memory */
	CHECK(unit_env_allocations(&env) == allocations);
	unit_env_free(&env);
}

/* Equal rows that are apart make room when the table is full. */
static void
collapses_when_full(void)
{
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegDistinct table;
	bool is_read;

	fill(MAX_ROWS, 40);
	seg_memory_rows(&source, rows, MAX_ROWS, 2, 3, 500);
	CHECK(seg_distinct_open(&env, &source.rows, 100, &table) == SEG_OK);
	CHECK(seg_distinct_next(&env, &table, &is_read) == SEG_OK);
	CHECK(is_read && table.is_last && table.n == 40);
	CHECK(table.x[2] == weight_of(table.x, MAX_ROWS));
	unit_env_free(&env);
}

/* Rows given once with their count as weight, or that often: the same table. */
static void
weights_are_repetitions(void)
{
	static const double few[] = {1, 5, 3, 0, 9, 2, 1, 4, 1};
	static const double many[] = {1, 4, 0, 9, 1, 5, 1, 5, 0, 9, 1, 5};
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegDistinct a, b;
	bool is_read;

	seg_memory_rows(&source, few, 3, 2, 3, 2);
	CHECK(seg_distinct_open(&env, &source.rows, 10, &a) == SEG_OK);
	CHECK(seg_distinct_next(&env, &a, &is_read) == SEG_OK);
	seg_memory_rows(&source, many, 6, 2, 2, 1);
	CHECK(seg_distinct_open(&env, &source.rows, 10, &b) == SEG_OK);
	CHECK(seg_distinct_next(&env, &b, &is_read) == SEG_OK);
	CHECK(a.n == 3 && b.n == 3);
	CHECK(memcmp(a.x, b.x, 9 * sizeof(double)) == 0);
	unit_env_free(&env);
}

static SegStatus
read_all(SegEnv *env)
{
	SegMemoryRows source;
	SegDistinct table;
	bool is_read;

	seg_memory_rows(&source, rows, MAX_ROWS, 2, 3, 1000);
	SEG_TRY(seg_distinct_open(env, &source.rows, 4096, &table));
	return seg_distinct_next(env, &table, &is_read);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegEnv env = unit_env();
	int allocations, questions;

	fill(MAX_ROWS, MAX_ROWS);
	CHECK(read_all(&env) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(read_all(&env) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(read_all(&env) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_distinct(void)
{
	collapses(1, 1, 1);
	collapses(10, 3, 4);
	collapses(2000, 600, 1);
	collapses(MAX_ROWS, 2500, 4096);
	goes_on_in_tables(1024, 100);
	goes_on_in_tables(2999, 2999);
	collapses_when_full();
	weights_are_repetitions();
	trouble_of_the_host_is_passed_on();
}
