/*-------------------------------------------------------------------------
 *
 * trend.c
 *	  What was known of a user at a date: how much in the days before it, whether
 *	  it rises or falls, when last, and for how many days in a row.
 *
 * The trend of a window of w days is the least squares line through the totals of
 * its days, of which those without an event are 0. With day 0 the last one, total
 * T and moment M = sum of value * day, its slope is
 *
 *     sum ((w - 1) / 2 - day) value / sum ((w - 1) / 2 - day)^2
 *       = 6 ((w - 1) T - 2 M) / (w (w^2 - 1)).
 *
 * T and M are exact, and so is the difference: events in any order and in any
 * parts give the same bits.
 *
 * src/kernel/journey/trend.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/trend.h"

#include <math.h>

#include "base/exact_sum.h"

#define MICROSECONDS_OF_DAY INT64_C(86400000000)
#define BITS                64
#define HEAD_LENGTH         ((int64_t) (sizeof(SegTrendHead) / sizeof(int64_t)))

/* Digits above a value's own: its product with a day has one more, and carries
 * need one. */
#define DIGITS_ABOVE 2
#define MAX_DIGITS   (SEG_EXACT_HIGHEST - SEG_EXACT_LOWEST + 1 + DIGITS_ABOVE)

/* The highest digit has carries alone, of fewer events than 2^52. */
#define MOST_EVENTS (INT64_C(1) << 48)

SegStatus
seg_trend_check_windows(SegEnv *env, const int64_t *lengths, int64_t n)
{
	if (n < 1 || n > SEG_TREND_MAX_WINDOWS)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of windows",
		                      (double) n,
		                      1,
		                      SEG_TREND_MAX_WINDOWS);
	for (int64_t i = 0; i < n; i++)
	{
		if (lengths[i] < 1 || lengths[i] > SEG_TREND_MAX_WINDOW)
			return seg_fail_range(env,
			                      SEG_ARGUMENT_RANGE,
			                      "length of a window",
			                      (double) lengths[i],
			                      1,
			                      SEG_TREND_MAX_WINDOW);
		if (i > 0 && lengths[i] <= lengths[i - 1])
			return seg_fail_facts(env,
			                      SEG_NOT_BELOW,
			                      (SegDiag){.what = "length of a window",
			                                .name = "that of the next one",
			                                .got = (double) lengths[i - 1],
			                                .want = (double) lengths[i]});
	}
	return SEG_OK;
}

/* ---------- the state ---------- */

int64_t
seg_trend_length(const SegTrendHead *head)
{
	return HEAD_LENGTH + head->windows * (2 + SEG_TREND_SUMS * head->digits) +
	       head->words;
}

/*
 * The parts of a state whose head is sound.
 */
static SegTrend
trend_parts(int64_t *numbers)
{
	SegTrendHead *head = (SegTrendHead *) numbers;
	SegTrend trend = {.head = head, .lengths = numbers + HEAD_LENGTH};

	trend.events = trend.lengths + head->windows;
	trend.sums = trend.events + head->windows;
	trend.days = (uint64_t *) (trend.sums +
	                           head->windows * SEG_TREND_SUMS * head->digits);
	return trend;
}

SegTrend
seg_trend_begin(int64_t *numbers, const SegTrendHead *room,
                const int64_t *lengths)
{
	SegTrendHead *head = (SegTrendHead *) numbers;
	SegTrend trend;

	*head = (SegTrendHead){.windows = room->windows,
	                       .lowest_digit = room->lowest_digit,
	                       .digits = room->digits,
	                       .words = room->words};
	trend = trend_parts(numbers);
	memcpy(trend.lengths, lengths, (size_t) head->windows * sizeof(*lengths));
	return trend;
}

static bool
lies_between(int64_t x, int64_t low, int64_t high)
{
	return low <= x && x <= high;
}

static bool
head_is_sound(const SegTrendHead *head)
{
	return lies_between(head->windows, 1, SEG_TREND_MAX_WINDOWS) &&
	       lies_between(head->digits, 0, MAX_DIGITS) &&
	       lies_between(head->lowest_digit,
	                    SEG_EXACT_LOWEST,
	                    SEG_EXACT_LOWEST + MAX_DIGITS - head->digits) &&
	       lies_between(head->words, 0, SEG_TREND_MAX_DAYS / BITS + 1) &&
	       lies_between(head->events, 0, MOST_EVENTS) &&
	       lies_between(head->newest, 0, head->oldest) &&
	       head->oldest <= SEG_TREND_MAX_DAYS * MICROSECONDS_OF_DAY;
}

static SegStatus
damaged_trend(SegEnv *env)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

SegStatus
seg_trend_open(SegEnv *env, int64_t *numbers, int64_t length, SegTrend *trend)
{
	const SegTrendHead *head = (const SegTrendHead *) numbers;

	if (length < HEAD_LENGTH || !head_is_sound(head) ||
	    length != seg_trend_length(head))
		return damaged_trend(env);
	*trend = trend_parts(numbers);
	return SEG_OK;
}

/* ---------- room ---------- */

static void
make_room_for_digits(SegTrendHead *room, int64_t lowest, int64_t digits)
{
	int64_t end = room->lowest_digit + room->digits;

	if (digits == 0)
		return;
	if (room->digits == 0)
	{
		room->lowest_digit = lowest;
		end = lowest;
	}
	if (lowest + digits > end)
		end = lowest + digits;
	if (lowest < room->lowest_digit)
		room->lowest_digit = lowest;
	room->digits = end - room->lowest_digit;
}

static int64_t
day_of_age(int64_t age)
{
	return (age - 1) / MICROSECONDS_OF_DAY;
}

SegStatus
seg_trend_make_room(SegEnv *env, SegTrendHead *room, uint64_t age, double value)
{
	SegExactNumber number;
	int64_t words;

	if (age > (uint64_t) (SEG_TREND_MAX_DAYS * MICROSECONDS_OF_DAY))
		return seg_fail(env,
		                SEG_TOO_MANY_DAYS,
		                NULL,
		                ceil((double) age / (double) MICROSECONDS_OF_DAY),
		                SEG_TREND_MAX_DAYS);
	SEG_TRY(seg_check_finite(env, "value", value));
	words = day_of_age((int64_t) age) / BITS + 1;
	if (words > room->words)
		room->words = words;
	number = seg_exact_number(value);
	if (!seg_exact_is_zero(&number))
		make_room_for_digits(room,
		                     number.low,
		                     seg_exact_top(&number) - number.low + 1 +
		                         DIGITS_ABOVE);
	return SEG_OK;
}

void
seg_trend_make_room_for(SegTrendHead *room, const SegTrendHead *other)
{
	make_room_for_digits(room, other->lowest_digit, other->digits);
	if (other->words > room->words)
		room->words = other->words;
}

bool
seg_trend_has_room(const SegTrendHead *head, const SegTrendHead *room)
{
	return head->digits == room->digits && head->words == room->words &&
	       head->lowest_digit == room->lowest_digit;
}

/* ---------- adding ---------- */

/*
 * What a transition does not look at: is it such that nothing overflows?
 */
static SegStatus
check_trend(SegEnv *env, const SegTrend *trend)
{
	int64_t n = trend->head->windows * SEG_TREND_SUMS * trend->head->digits;
	bool is_sound =
		seg_trend_check_windows(env, trend->lengths, trend->head->windows) ==
		SEG_OK;

	for (int64_t i = 0; i < trend->head->windows; i++)
		is_sound &= lies_between(trend->events[i], 0, trend->head->events);
	for (int64_t i = 0; i < n; i++)
		is_sound &= lies_between(trend->sums[i],
		                         -SEG_EXACT_MAX_DIGIT,
		                         SEG_EXACT_MAX_DIGIT);
	return is_sound ? SEG_OK : damaged_trend(env);
}

static int64_t *
sum_of(const SegTrend *trend, int64_t window, int64_t sum)
{
	return trend->sums + (window * SEG_TREND_SUMS + sum) * trend->head->digits;
}

static void
carry_all(SegTrend *trend)
{
	if (trend->head->digits == 0)
		return;
	for (int64_t i = 0; i < trend->head->windows * SEG_TREND_SUMS; i++)
		seg_exact_carry(trend->sums + i * trend->head->digits,
		                trend->head->digits);
}

static void
add_value(SegTrend *trend, int64_t day, double value)
{
	SegExactNumber number = seg_exact_number(value);
	SegExactNumber days = seg_exact_number((double) day);
	int64_t at = number.low - trend->head->lowest_digit;

	if (seg_exact_is_zero(&number))
		return;
	for (int64_t i = 0; i < trend->head->windows; i++)
	{
		int64_t length = trend->lengths[i];

		if (day < length)
		{
			seg_exact_add(sum_of(trend, i, SEG_TREND_TOTAL) + at, &number);
			seg_exact_add_product(sum_of(trend, i, SEG_TREND_MOMENT) + at,
			                      &number,
			                      &days);
		}
		else if (day < 2 * length)
			seg_exact_add(sum_of(trend, i, SEG_TREND_EARLIER) + at, &number);
	}
}

void
seg_trend_add(SegTrend *trend, int64_t age, double value)
{
	SegTrendHead *head = trend->head;
	int64_t day = day_of_age(age);

	if (head->events == 0 || age < head->newest)
		head->newest = age;
	if (age > head->oldest)
		head->oldest = age;
	trend->days[day / BITS] |= UINT64_C(1) << (day % BITS);
	for (int64_t i = 0; i < head->windows; i++)
		trend->events[i] += day < trend->lengths[i];
	add_value(trend, day, value);
	if (++head->events % SEG_EXACT_MOST_PENDING == 0)
		carry_all(trend);
}

SegStatus
seg_trend_merge(SegEnv *env, SegTrend *into, const SegTrend *from)
{
	SegTrendHead *head = into->head;
	int64_t shift = from->head->lowest_digit - head->lowest_digit;

	SEG_TRY(check_trend(env, from));
	if (from->head->events == 0)
		return SEG_OK;
	if (head->events == 0 || from->head->newest < head->newest)
		head->newest = from->head->newest;
	if (from->head->oldest > head->oldest)
		head->oldest = from->head->oldest;
	head->events += from->head->events;
	for (int64_t i = 0; i < from->head->words; i++)
		into->days[i] |= from->days[i];
	for (int64_t i = 0; i < head->windows; i++)
	{
		into->events[i] += from->events[i];
		for (int64_t s = 0; s < SEG_TREND_SUMS; s++)
		{
			for (int64_t d = 0; d < from->head->digits; d++)
				sum_of(into, i, s)[shift + d] += sum_of(from, i, s)[d];
		}
	}
	carry_all(into);
	return SEG_OK;
}

/* ---------- the result ---------- */

static bool
was_active_on(const SegTrend *trend, int64_t day)
{
	return day < trend->head->words * BITS &&
	       (trend->days[day / BITS] >> (day % BITS) & 1) != 0;
}

/*
 * Runs of periods of so many days, each with an active day; the current one
 * begins with the last period.
 */
static void
find_runs(const SegTrend *trend, int64_t period, int64_t *current,
          int64_t *longest)
{
	int64_t run = 0;
	bool is_current = true;

	*current = *longest = 0;
	for (int64_t day = 0; day < trend->head->words * BITS; day += period)
	{
		bool active = false;

		for (int64_t i = 0; i < period; i++)
			active |= was_active_on(trend, day + i);
		run = active ? run + 1 : 0;
		is_current &= active;
		if (is_current)
			*current = run;
		if (run > *longest)
			*longest = run;
	}
}

static int64_t
count_active_days(const SegTrend *trend, int64_t length)
{
	int64_t n = 0;

	for (int64_t i = 0; i < trend->head->words && i * BITS < length; i++)
	{
		uint64_t bits = trend->days[i];

		if (length - i * BITS < BITS)
			bits &= (UINT64_C(1) << (length - i * BITS)) - 1;
		n += __builtin_popcountll(bits);
	}
	return n;
}

/* Its value is number * 2^exponent; the exponent keeps it in range. */
typedef struct Scaled
{
	SegWide number;
	int exponent;
} Scaled;

/*
 * total_times * total + moment_times * moment of a window, or one sum alone.
 */
static Scaled
combined(const SegTrend *trend, const int64_t *total, int64_t total_times,
         const int64_t *moment, int64_t moment_times)
{
	int64_t digits = trend->head->digits;
	int64_t sum[MAX_DIGITS + 1] = {0};
	int64_t part[MAX_DIGITS + 1] = {0};
	Scaled result;

	if (digits == 0)
		return (Scaled){0};
	memcpy(sum, total, (size_t) digits * sizeof(*sum));
	memcpy(part, moment, (size_t) digits * sizeof(*part));
	/* without carries a factor would overflow */
	seg_exact_carry(sum, digits + 1);
	seg_exact_carry(part, digits + 1);
	for (int64_t d = 0; d <= digits; d++)
		sum[d] = total_times * sum[d] + moment_times * part[d];
	seg_exact_carry(sum, digits + 1);
	result.number = seg_exact_value(sum, digits + 1, &result.exponent);
	result.exponent += SEG_DIGIT_BITS * (int) trend->head->lowest_digit;
	return result;
}

static Scaled
window_sum(const SegTrend *trend, int64_t window, int64_t sum)
{
	const int64_t *digits = sum_of(trend, window, sum);

	return combined(trend, digits, 1, digits, 0);
}

static SegStatus
to_double(SegEnv *env, const char *what, double number, int exponent,
          double *result)
{
	*result = ldexp(number, exponent);
	if (isinf(*result))
		return seg_fail(env, SEG_NOT_FINITE, what, *result, 0);
	return SEG_OK;
}

static SegStatus
window_result(SegEnv *env, const SegTrend *trend, int64_t i,
              SegTrendWindow *result)
{
	int64_t length = trend->lengths[i];
	double days = (double) length;
	Scaled total = window_sum(trend, i, SEG_TREND_TOTAL);
	Scaled earlier = window_sum(trend, i, SEG_TREND_EARLIER);
	Scaled rise = combined(trend,
	                       sum_of(trend, i, SEG_TREND_TOTAL),
	                       length - 1,
	                       sum_of(trend, i, SEG_TREND_MOMENT),
	                       -2);

	result->events = trend->events[i];
	result->active_days = count_active_days(trend, length);
	result->ratio = NAN;
	result->slope = NAN;
	SEG_TRY(to_double(env,
	                  "total",
	                  total.number.hi,
	                  total.exponent,
	                  &result->total));
	SEG_TRY(to_double(env,
	                  "earlier total",
	                  earlier.number.hi,
	                  earlier.exponent,
	                  &result->earlier));
	if (earlier.number.hi > 0)
		SEG_TRY(to_double(env,
		                  "ratio",
		                  total.number.hi / earlier.number.hi,
		                  total.exponent - earlier.exponent,
		                  &result->ratio));
	if (length > 1)
		SEG_TRY(to_double(env,
		                  "slope",
		                  6 * rise.number.hi / (days * (days * days - 1)),
		                  rise.exponent,
		                  &result->slope));
	return SEG_OK;
}

SegStatus
seg_trend_result(SegEnv *env, const SegTrend *trend, SegTrendResult *result)
{
	SEG_TRY(check_trend(env, trend));
	result->newest =
		(double) trend->head->newest / (double) MICROSECONDS_OF_DAY;
	result->oldest =
		(double) trend->head->oldest / (double) MICROSECONDS_OF_DAY;
	find_runs(trend, 1, &result->current_days, &result->longest_days);
	find_runs(trend, 7, &result->current_weeks, &result->longest_weeks);
	for (int64_t i = 0; i < trend->head->windows; i++)
		SEG_TRY(window_result(env, trend, i, &result->windows[i]));
	return SEG_OK;
}
