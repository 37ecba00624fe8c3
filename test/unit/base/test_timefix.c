/* test_timefix.c: base/timefix.h */
#include "base/timefix.h"

#include <float.h>

#include "unit.h"

void test_timefix(void);

static SegTimefix
fix_of(const double *times, int n)
{
	SegTimefix fix = {.gap = 0.0};

	for (int i = 0; i < n; i++)
		seg_timefix_add(&fix, times[i]);
	seg_timefix_settle(&fix);
	return fix;
}

static void
joins_rounding(void)
{
	double small[] = {1.2, 3.6 - 2.4, 2.0};
	double large[] = {1e6, 2e6, 3e6};
	SegTimefix fix = fix_of(small, 3);

	CHECK(small[1] != small[0]);
	CHECK(seg_timefix_joins(&fix, small[0], small[1]));
	CHECK(!seg_timefix_joins(&fix, small[1], small[2]));
	/* in themselves, even where the mean is small; relative to the mean */
	fix = fix_of((double[]){1e-10, 2e-10}, 2);
	CHECK(seg_timefix_joins(&fix, 1e-10, 1.4e-8));
	CHECK(!seg_timefix_joins(&fix, 1e-10, 1.6e-8));
	fix = fix_of(large, 3);
	CHECK(seg_timefix_joins(&fix, 1e6, 1e6 + 0.0298));
	CHECK(!seg_timefix_joins(&fix, 1e6, 1e6 + 0.0299));
}

static void
takes_any_times(void)
{
	double huge[] = {0, DBL_MAX, DBL_MAX / 2};
	SegTimefix fix = fix_of(huge, 3);
	SegTimefix none = fix_of(NULL, 0);
	SegTimefix off = {.gap = 0.0};

	CHECK(fix.gap > 0 && fix.gap < DBL_MAX / 1e7);
	CHECK(none.gap == SEG_TIMEFIX_GAP);
	CHECK(seg_timefix_joins(&off, 1.2, 1.2));
	CHECK(!seg_timefix_joins(&off, 0, 4.9e-324));
}

static void
periods_are_whole(void)
{
	CHECK(seg_timefix_periods((0.1 + 0.2) * 10) == 3);
	CHECK(seg_timefix_periods(2.9999999999) == 3);
	CHECK(seg_timefix_periods(2.9999) == 2.9999);
	CHECK(seg_timefix_periods(0) == 0 && seg_timefix_periods(1e4) == 1e4);
}

void
test_timefix(void)
{
	joins_rounding();
	takes_any_times();
	periods_are_whole();
}
