/* test_assignment.c: base/assignment.c against every permutation */
#include "base/assignment.h"
#include "unit.h"

void test_assignment(void);

#define MAX_COLUMNS 7

static uint64_t state = 88172645463325252u;

static double
draw(int levels)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (double) (state % (uint64_t) levels);
}

static double
least_cost(const double *cost, int row, int rows, int columns, unsigned used)
{
	double least = row == rows ? 0.0 : INFINITY;

	for (int c = 0; c < columns && row < rows; c++)
	{
		if (used >> c & 1)
			continue;
		least =
			fmin(least,
		         cost[row * columns + c] +
		             least_cost(cost, row + 1, rows, columns, used | 1u << c));
	}
	return least;
}

static void
finds_the_least(int rows, int columns, int levels)
{
	SegEnv env = unit_env();
	double cost[MAX_COLUMNS * MAX_COLUMNS];
	int64_t column_of[MAX_COLUMNS];
	unsigned used = 0;
	double total = 0.0;

	for (int i = 0; i < rows * columns; i++)
		cost[i] = draw(levels) - levels / 3;
	CHECK(seg_assignment(&env, cost, rows, columns, column_of) == SEG_OK);
	for (int row = 0; row < rows; row++)
	{
		CHECK(column_of[row] >= 0 && column_of[row] < columns);
		used |= 1u << column_of[row];
		total += cost[row * columns + column_of[row]];
	}
	CHECK(__builtin_popcount(used) == rows);
	CHECK(total == least_cost(cost, 0, rows, columns, 0));
	unit_env_free(&env);
}

void
test_assignment(void)
{
	SegEnv env = unit_env();
	double cost[4] = {1, 2, 3, 4};
	int64_t column_of[2];

	for (int rows = 1; rows <= MAX_COLUMNS; rows++)
		for (int columns = rows; columns <= MAX_COLUMNS; columns++)
			for (int levels = 1; levels <= 1000; levels *= 10)
				finds_the_least(rows, columns, levels);

	unit_env_stop_after(&env, 1);
	CHECK(seg_assignment(&env, cost, 2, 2, column_of) == SEG_STOPPED);
	unit_env_free(&env);
	env = unit_env();
	unit_env_fail_after(&env, 3);
	CHECK(seg_assignment(&env, cost, 2, 2, column_of) == SEG_NO_MEMORY);
	unit_env_free(&env);
}
