/* test_axis.c: ticks of numbers, ratios and times (draw/axis.c) */
#include <float.h>

#include "draw/axis.h"
#include "draw/chart.h"
#include "draw/lettering.h"
#include <float.h>

#include "unit.h"

void test_axis(void);

#define DAY 86400e6

static SegAxis
axis_of(SegAxisKind kind, double low, double high, double pixels)
{
	SegAxis axis = {.kind = kind};

	seg_axis_set_range(&axis, low, high);
	axis.scale.from = 40;
	axis.scale.to = 40 + pixels;
	seg_axis_set_ticks_across(&axis);
	return axis;
}

static bool
tick_is(const SegAxis *axis, int64_t i, const char *text)
{
	return axis->ticks[i].length == (int64_t) strlen(text) &&
	       memcmp(axis->ticks[i].text, text, strlen(text)) == 0;
}

/*
 * Texts stay apart, ticks rise and lie within the range, and there are some.
 */
static void
check_ticks(const SegAxis *axis)
{
	CHECK(axis->count >= 1 && axis->count <= SEG_AXIS_MOST_TICKS);
	for (int64_t i = 0; i < axis->count; i++)
	{
		double place = seg_axis_place(axis, axis->ticks[i].value);

		CHECK(place > axis->scale.from - 0.01 && place < axis->scale.to + 0.01);
		if (i > 0)
		{
			SegText a = {axis->ticks[i - 1].text, axis->ticks[i - 1].length};
			SegText b = {axis->ticks[i].text, axis->ticks[i].length};
			double before = seg_axis_place(axis, axis->ticks[i - 1].value);

			CHECK(axis->ticks[i].value > axis->ticks[i - 1].value);
			CHECK(place - before > (seg_text_width(a, SEG_TEXT_SIZE) +
			                        seg_text_width(b, SEG_TEXT_SIZE)) /
			                           2);
		}
	}
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Every day of 800 years, counted one by one.
 */
static void
dates_are_those_of_a_calendar(void)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const SegAxis axis = {.kind = SEG_AXIS_TIME};
	double day = -146097;
	int64_t wrong = 0;

	for (int year = 1600; year < 2400; year++)
	{
		for (int month = 1; month <= 12; month++)
		{
			int last = days[month - 1] + (month == 2 && is_leap(year));

			for (int d = 1; d <= last; d++, day++)
			{
				char text[SEG_MAX_DIGITS], want[40];
				int64_t n = seg_axis_print(&axis, day * DAY, text);

				snprintf(want, sizeof(want), "%d-%02d-%02d", year, month, d);
				wrong += n != 10 || memcmp(text, want, 10) != 0;
				n = seg_axis_print(&axis, day * DAY + 86399e6, text);
				wrong += n != 19 || memcmp(text, want, 10) != 0 ||
				         memcmp(text + 10, " 23:59:59", 9) != 0;
			}
		}
	}
	CHECK(wrong == 0);
	CHECK(day == 146097);
}

static void
times_have_round_ticks(void)
{
	SegAxis axis = axis_of(SEG_AXIS_TIME, 0, 366 * DAY, 500);

	check_ticks(&axis);
	CHECK(tick_is(&axis, 0, "2000-01") && tick_is(&axis, 1, "2000-03"));
	CHECK(axis.count == 7 && tick_is(&axis, 6, "2001-01"));
	axis = axis_of(SEG_AXIS_TIME, 9 * DAY, 30 * DAY, 400);
	check_ticks(&axis);
	CHECK(tick_is(&axis, 0, "2000-01-10")); /* a Monday */
	CHECK(tick_is(&axis, 1, "2000-01-17"));
	axis = axis_of(SEG_AXIS_TIME, 3600e6 * 20, 3600e6 * 28, 400);
	check_ticks(&axis);
	CHECK(tick_is(&axis, 0, "2000-01-01 20:00"));
	CHECK(tick_is(&axis, axis.count - 1, "04:00") ||
	      tick_is(&axis, axis.count - 1, "03:00"));
	axis = axis_of(SEG_AXIS_TIME, 5 * DAY, 5 * DAY, 400);
	check_ticks(&axis);
	CHECK(tick_is(&axis, 0, "2000-01-05 23:59:59"));
}

static void
ratios_have_ticks_at_powers(void)
{
	SegAxis axis = axis_of(SEG_AXIS_LOG, 0.5, 200, 500);

	check_ticks(&axis);
	CHECK(tick_is(&axis, 0, "0.5") && tick_is(&axis, 1, "1") &&
	      tick_is(&axis, 2, "2") && tick_is(&axis, 8, "200"));
	CHECK_NEAR(seg_axis_place(&axis, 10), 40 + 500 * log(20) / log(400), 1e-9);
	axis = axis_of(SEG_AXIS_LOG, 0.8, 1.3, 400);
	check_ticks(&axis);
	CHECK(axis.count >= 4 && tick_is(&axis, 0, "0.8"));
	axis = axis_of(SEG_AXIS_LOG, 1e-300, 1e300, 400);
	check_ticks(&axis);
	CHECK(axis.count >= 3);
	axis = axis_of(SEG_AXIS_LOG, 7, 7, 400);
	check_ticks(&axis);
	axis = axis_of(SEG_AXIS_LOG, 5e-324, 5e-324, 400);
	check_ticks(&axis);
	axis = axis_of(SEG_AXIS_LOG, DBL_MAX, DBL_MAX, 400);
	check_ticks(&axis);
}

static void
any_range_has_ticks(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 20000; round++)
	{
		int kind = unit_draw(&seed, 3);
		double pixels = 60 + unit_draw(&seed, 900);
		double low, size;

		switch (kind)
		{
			case SEG_AXIS_LOG:
				low = pow(10, unit_draw(&seed, 601) - 300);
				size = low * pow(10, unit_draw(&seed, 300) / 37.0);
				break;
			case SEG_AXIS_TIME:
				low = (unit_draw(&seed, 2000000) - 1000000) * 1.1e10;
				size = pow(10, unit_draw(&seed, 1000) / 60.0);
				break;
			default:
				low = (unit_draw(&seed, 2001) - 1000) *
				      pow(10, unit_draw(&seed, 40) - 20);
				size = pow(10, unit_draw(&seed, 40) - 20);
				break;
		}
		{
			SegAxis axis = axis_of(kind, low, low + size, pixels);
			bool is_shown = axis.scale.high - axis.scale.low > 0;

			CHECK(is_shown);
			if (axis.count > 0)
				check_ticks(&axis);
			/* not where texts are as long as the axis, or ratios close */
			CHECK(axis.count >= 2 || pixels < 400 || kind == SEG_AXIS_LOG ||
			      size < 1e-3 * fabs(low));
			seg_axis_set_ticks_up(&axis);
			CHECK(axis.count <= SEG_AXIS_MOST_TICKS);
		}
	}
}

/*
 * At the ends of the range of a double, where an axis is widened beyond it.
 */
static void
extreme_numbers_have_ticks(void)
{
	static const double numbers[] =
		{DBL_MAX, 1.7e308, 1e308, DBL_MIN, DBL_TRUE_MIN, 1e-320};

	for (int i = 0; i < 6; i++)
	{
		double low = numbers[i];
		double near = fmin(low * (1 + 1e-14), DBL_MAX);
		SegAxis axes[] = {axis_of(SEG_AXIS_LOG, low, low, 500),
		                  axis_of(SEG_AXIS_LOG, low, near, 500),
		                  axis_of(SEG_AXIS_NUMBERS, low, near, 500),
		                  axis_of(SEG_AXIS_NUMBERS, -near, -low, 500)};

		for (int k = 0; k < 4; k++)
		{
			check_ticks(&axes[k]);
			CHECK(isfinite(axes[k].scale.low) && isfinite(axes[k].scale.high));
		}
	}
}

/*
 * A text that is cut begins with its number.
 */
static void
long_units_are_cut(void)
{
	SegAxis axis = axis_of(SEG_AXIS_NUMBERS, 0, 10, 500);

	axis.style.unit = (SegText){"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", 32};
	axis.most_width = 60;
	seg_axis_set_ticks_up(&axis);
	CHECK(axis.count >= 2);
	for (int64_t i = 0; i < axis.count; i++)
		CHECK(
			axis.ticks[i].text[0] ==
			(axis.ticks[i].value < 10 ? '0' + (int) axis.ticks[i].value : '1'));
	CHECK(seg_axis_widest(&axis) <= 60);
}

void
test_axis(void)
{
	extreme_numbers_have_ticks();
	long_units_are_cut();
	dates_are_those_of_a_calendar();
	times_have_round_ticks();
	ratios_have_ticks_at_powers();
	any_range_has_ticks();
}
