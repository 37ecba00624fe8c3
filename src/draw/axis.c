/*-------------------------------------------------------------------------
 *
 * axis.c
 *	  Axes of numbers and of time.
 *
 * Each kind of axis has a list of ticks from the finest to the coarsest; the first
 * whose texts stay apart is taken.
 *
 * src/draw/axis.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/axis.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/gregorian.h"
#include "draw/chart.h"
#include "draw/lettering.h"

#define MOST_ACROSS    10
#define TEXT_DISTANCE  14.0 /* between texts beside each other */
#define LINE_DISTANCE  34.0 /* between lines of texts above each other */
#define NARROWEST_TIME 2e6  /* two seconds */
#define WIDEN_RATIO    0.05 /* of an axis of ratios without a width, in decades */
#define LEAST_DECADE   (-290) /* below it, differences of numbers are rounded */

/*
 * Units may be long: what is left of a text begins with the number.
 */
static void
cut_tick_text(const SegAxis *axis, SegAxisTick *tick)
{
	if (axis->most_width > 0)
		tick->length = seg_text_cut(tick->text,
		                            tick->length,
		                            SEG_TEXT_SIZE,
		                            axis->most_width);
}

static SegText
tick_text(const SegAxisTick *tick)
{
	return (SegText){tick->text, tick->length};
}

/* ---------- dates ---------- */

typedef struct Clock
{
	int64_t year;
	int month; /* 1 to 12 */
	int day;
	int64_t second; /* of the day */
} Clock;

#define SECONDS_A_DAY INT64_C(86400)

static Clock
clock_of(double microseconds)
{
	int64_t seconds = (int64_t) floor(microseconds / 1e6);
	int64_t day = seg_floor_divide(seconds, SECONDS_A_DAY);
	int64_t month = seg_month_of_day(day);
	int64_t year = seg_floor_divide(month, 12);

	return (Clock){.year = year,
	               .month = (int) (month - year * 12) + 1,
	               .day = (int) (day - seg_start_of_month(month)) + 1,
	               .second = seconds - day * SECONDS_A_DAY};
}

/* A whole number with zeros before it, to so many digits. */
static char *
put_padded(char *to, int64_t number, int digits)
{
	char text[24];
	int n = 0;

	if (number < 0)
	{
		*to++ = '-';
		number = -number;
	}
	for (; number > 0 || n < digits; number /= 10)
		text[n++] = (char) ('0' + number % 10);
	while (n > 0)
		*to++ = text[--n];
	return to;
}

static char *
put_date(char *to, const Clock *clock)
{
	to = put_padded(to, clock->year, 4);
	*to++ = '-';
	to = put_padded(to, clock->month, 2);
	*to++ = '-';
	return put_padded(to, clock->day, 2);
}

static char *
put_time(char *to, const Clock *clock)
{
	to = put_padded(to, clock->second / 3600, 2);
	*to++ = ':';
	to = put_padded(to, clock->second / 60 % 60, 2);
	if (clock->second % 60 == 0)
		return to;
	*to++ = ':';
	return put_padded(to, clock->second % 60, 2);
}

/* ---------- ticks ---------- */

typedef enum TimeUnit
{
	UNIT_SECOND,
	UNIT_DAY, /* weeks begin on Monday */
	UNIT_MONTH,
	UNIT_YEAR
} TimeUnit;

typedef struct TimeStep
{
	TimeUnit unit;
	int64_t n;
} TimeStep;

static const TimeStep time_steps[] =
	{{UNIT_SECOND, 1},     {UNIT_SECOND, 2},     {UNIT_SECOND, 5},
     {UNIT_SECOND, 15},    {UNIT_SECOND, 30},    {UNIT_SECOND, 60},
     {UNIT_SECOND, 120},   {UNIT_SECOND, 300},   {UNIT_SECOND, 900},
     {UNIT_SECOND, 1800},  {UNIT_SECOND, 3600},  {UNIT_SECOND, 7200},
     {UNIT_SECOND, 10800}, {UNIT_SECOND, 21600}, {UNIT_SECOND, 43200},
     {UNIT_DAY, 1},        {UNIT_DAY, 2},        {UNIT_DAY, 7},
     {UNIT_DAY, 14},       {UNIT_MONTH, 1},      {UNIT_MONTH, 2},
     {UNIT_MONTH, 3},      {UNIT_MONTH, 6},      {UNIT_YEAR, 1},
     {UNIT_YEAR, 2},       {UNIT_YEAR, 5},       {UNIT_YEAR, 10},
     {UNIT_YEAR, 20},      {UNIT_YEAR, 50},      {UNIT_YEAR, 100},
     {UNIT_YEAR, 200},     {UNIT_YEAR, 500},     {UNIT_YEAR, 1000},
     {UNIT_YEAR, 2000},    {UNIT_YEAR, 5000},    {UNIT_YEAR, 10000},
     {UNIT_YEAR, 50000},   {UNIT_YEAR, 100000},  {UNIT_YEAR, 500000}};

#define TIME_STEPS ((int) (sizeof(time_steps) / sizeof(time_steps[0])))

#define MONDAY 2 /* days from 2000-01-01, a Saturday, to the next Monday */

static double
start_of_day(int64_t day)
{
	return (double) (day * SECONDS_A_DAY) * 1e6;
}

/*
 * The time of tick i: multiples of the step of a day, of the calendar, or of weeks.
 */
static double
time_of_tick(TimeStep step, int64_t i)
{
	int64_t at = i * step.n;

	switch (step.unit)
	{
		case UNIT_SECOND:
			return (double) at * 1e6;
		case UNIT_DAY:
			return start_of_day(at + (step.n >= 7 ? MONDAY : 0));
		case UNIT_MONTH:
			return start_of_day(seg_start_of_month(at));
		case UNIT_YEAR:
			return start_of_day(seg_start_of_month(12 * at));
	}
	return 0;
}

/*
 * The last tick that is not behind a time.
 */
static int64_t
tick_before(TimeStep step, double microseconds)
{
	int64_t second = (int64_t) floor(microseconds / 1e6);
	int64_t day = seg_floor_divide(second, SECONDS_A_DAY);

	switch (step.unit)
	{
		case UNIT_SECOND:
			return seg_floor_divide(second, step.n);
		case UNIT_DAY:
			return seg_floor_divide(day - (step.n >= 7 ? MONDAY : 0), step.n);
		case UNIT_MONTH:
			return seg_floor_divide(seg_month_of_day(day), step.n);
		case UNIT_YEAR:
			return seg_floor_divide(seg_month_of_day(day), 12 * step.n);
	}
	return 0;
}

/*
 * No longer than needed: 2024, 2024-03, 2024-03-05; times of one day follow its date.
 */
static int64_t
print_time_tick(TimeStep step, double value, bool is_first, char *text)
{
	Clock clock = clock_of(value);
	char *to = text;

	if (step.unit == UNIT_YEAR)
		return put_padded(to, clock.year, 4) - text;
	if (step.unit == UNIT_MONTH)
	{
		to = put_padded(to, clock.year, 4);
		*to++ = '-';
		return put_padded(to, clock.month, 2) - text;
	}
	if (is_first || clock.second == 0)
		to = put_date(to, &clock);
	if (step.unit == UNIT_DAY || clock.second == 0)
		return to - text;
	if (to > text)
		*to++ = ' ';
	return put_time(to, &clock) - text;
}

static bool
fill_time_ticks(SegAxis *axis, TimeStep step)
{
	int64_t i = tick_before(step, axis->scale.low);

	axis->count = 0;
	for (;; i++)
	{
		double value = time_of_tick(step, i);
		SegAxisTick *tick = &axis->ticks[axis->count];

		if (value > axis->scale.high)
			return true;
		if (value < axis->scale.low)
			continue;
		if (axis->count == SEG_AXIS_MOST_TICKS)
			return false;
		tick->value = value;
		tick->length =
			print_time_tick(step, value, axis->count == 0, tick->text);
		axis->count++;
	}
}

static bool
fill_number_ticks(SegAxis *axis, double low, double high, int64_t most)
{
	SegTicks ticks = seg_ticks(low, high, most);

	if (axis->is_whole && ticks.exponent < 0)
		return false;
	axis->count = 0;
	for (int64_t i = ticks.first; i <= ticks.last; i++)
	{
		SegAxisTick *tick = &axis->ticks[axis->count++];

		tick->value = seg_tick_value(&ticks, i);
		tick->length = seg_tick_print(&ticks, i, &axis->style, tick->text);
		cut_tick_text(axis, tick);
	}
	return true;
}

/* Digits that a decade of an axis of ratios shows, from the finest. */
static const int decade_digits[][3] = {{1, 2, 5}, {1, 3, 0}, {1, 0, 0}};

/*
 * Every decades-th power of ten, and some multiples of it.
 */
static bool
fill_decade_ticks(SegAxis *axis, const int *digits, int decades)
{
	int first = (int) floor(axis->scale.low / decades) * decades;
	int last = (int) ceil(axis->scale.high);

	axis->count = 0;
	for (int power = first; power <= last; power += decades)
	{
		for (int i = 0; i < 3 && digits[i] > 0; i++)
		{
			double value = seg_scale_by_tens(digits[i], power);
			SegAxisTick *tick = &axis->ticks[axis->count];

			if (log10(value) < axis->scale.low ||
			    log10(value) > axis->scale.high)
				continue;
			if (axis->count == SEG_AXIS_MOST_TICKS)
				return false;
			tick->value = value;
			tick->length =
				seg_print_decimal(digits[i], power, &axis->style, tick->text);
			cut_tick_text(axis, tick);
			axis->count++;
		}
	}
	return true;
}

/*
 * Less than a decade has ticks at equal differences. Its end may have been widened
 * beyond the range of a double.
 */
static bool
fill_log_ticks(SegAxis *axis, int level)
{
	bool is_short = axis->scale.high - axis->scale.low < 1 &&
	                axis->scale.low > LEAST_DECADE;

	if (is_short && level < MOST_ACROSS)
		return fill_number_ticks(axis,
		                         pow(10, axis->scale.low),
		                         fmin(pow(10, axis->scale.high), DBL_MAX),
		                         MOST_ACROSS - level);
	level -= is_short ? MOST_ACROSS : 0;
	if (level < 3)
		return fill_decade_ticks(axis, decade_digits[level], 1);
	return fill_decade_ticks(axis, decade_digits[2], level - 1);
}

/*
 * Fill in the ticks of a level, finest first; false: they are too many.
 */
static bool
fill_ticks(SegAxis *axis, int level)
{
	switch (axis->kind)
	{
		case SEG_AXIS_NUMBERS:
			return fill_number_ticks(axis,
			                         axis->scale.low,
			                         axis->scale.high,
			                         MOST_ACROSS - level);
		case SEG_AXIS_LOG:
			return fill_log_ticks(axis, level);
		case SEG_AXIS_TIME:
			return fill_time_ticks(axis, time_steps[level]);
	}
	return true;
}

static int
levels_of(const SegAxis *axis)
{
	static const int levels[] = {[SEG_AXIS_NUMBERS] = MOST_ACROSS,
	                             [SEG_AXIS_LOG] = 650,
	                             [SEG_AXIS_TIME] = TIME_STEPS};

	return levels[axis->kind];
}

/*
 * How far the next tick must be so that the texts stay apart.
 */
static double
distance_needed(const SegAxis *axis, int64_t i, bool is_across)
{
	if (!is_across)
		return LINE_DISTANCE;
	return (seg_text_width(tick_text(&axis->ticks[i]), SEG_TEXT_SIZE) +
	        seg_text_width(tick_text(&axis->ticks[i + 1]), SEG_TEXT_SIZE)) /
	           2 +
	       TEXT_DISTANCE;
}

static bool
ticks_are_apart(const SegAxis *axis, bool is_across)
{
	for (int64_t i = 0; i + 1 < axis->count; i++)
	{
		double distance = fabs(seg_axis_place(axis, axis->ticks[i + 1].value) -
		                       seg_axis_place(axis, axis->ticks[i].value));

		if (distance < distance_needed(axis, i, is_across))
			return false;
	}
	return true;
}

/*
 * If even the coarsest ticks are too close, only the first is left.
 */
static void
set_ticks(SegAxis *axis, bool is_across)
{
	int levels = levels_of(axis);

	for (int level = 0; level < levels; level++)
	{
		if (fill_ticks(axis, level) && ticks_are_apart(axis, is_across))
			return;
	}
	axis->count = axis->count > 1 ? 1 : axis->count;
}

void
seg_axis_set_ticks_across(SegAxis *axis)
{
	set_ticks(axis, true);
}

void
seg_axis_set_ticks_up(SegAxis *axis)
{
	set_ticks(axis, false);
}

/* ---------- range and place ---------- */

void
seg_axis_set_range(SegAxis *axis, double low, double high)
{
	SegScale *scale = &axis->scale;

	switch (axis->kind)
	{
		case SEG_AXIS_NUMBERS:
			seg_scale_set_range(scale, low, high);
			return;
		case SEG_AXIS_LOG:
			scale->low = log10(low);
			scale->high = log10(high);
			if (scale->high - scale->low < WIDEN_RATIO)
			{
				scale->low -= WIDEN_RATIO;
				scale->high += WIDEN_RATIO;
			}
			return;
		case SEG_AXIS_TIME:
			scale->low = low;
			scale->high = high;
			if (high - low < NARROWEST_TIME)
			{
				scale->low -= NARROWEST_TIME / 2;
				scale->high += NARROWEST_TIME / 2;
			}
			return;
	}
}

double
seg_axis_place(const SegAxis *axis, double value)
{
	return seg_scale_place(&axis->scale,
	                       axis->kind == SEG_AXIS_LOG ? log10(value) : value);
}

double
seg_axis_widest(const SegAxis *axis)
{
	double widest = 0;

	for (int64_t i = 0; i < axis->count; i++)
		widest =
			fmax(widest,
		         seg_text_width(tick_text(&axis->ticks[i]), SEG_TEXT_SIZE));
	return widest;
}

int64_t
seg_axis_print(const SegAxis *axis, double value, char *text)
{
	Clock clock;
	char *to;

	if (axis->kind != SEG_AXIS_TIME)
		return seg_print_rounded(value, &axis->style, text);
	clock = clock_of(value);
	to = put_date(text, &clock);
	if (clock.second == 0)
		return to - text;
	*to++ = ' ';
	return put_time(to, &clock) - text;
}
