/*-------------------------------------------------------------------------
 *
 * kaplan_meier.c
 *	  Share of users who are still there after a time.
 *
 * We keep the distinct times, each with its numbers of events and of users
 * watched no longer.  These are whole numbers, so tables add up exactly,
 * however the rows were split.  Only the curve joins times that are equal but
 * for rounding (timefix.h), as which they are depends on all times.
 *
 * At each time with d events among n users at risk, survival falls by the
 * factor (n - d) / n [1]; a user censored at that time was still at risk.  The
 * product carries twice the digits of a double, so that a survival of one half
 * is exactly 0.5.  The variance of ln S is Greenwood's sum of d / (n (n - d)).
 *
 * An interval is symmetric on the scale of ln(-ln S) by default, where it stays
 * between 0 and 1 and keeps its confidence level even for few users; R's
 * default is ln S.  Conventions at 0 and 1 and for the median are those of R's
 * survfit [2].
 *
 * [1] E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete
 * Observations", Journal of the American Statistical Association 53, 1958.
 *
 * [2] T. M. Therneau, survival 3.5, survfit.formula and print.survfit.
 *
 * src/kernel/survival/kaplan_meier.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/kaplan_meier.h"

#include <math.h>
#include <string.h>

#include "base/radix_sort.h"
#include "base/tags.h"
#include "base/timefix.h"
#include "base/wide.h"

#define MAX_ROWS SEG_DURATION_MAX_ROWS
#define STRETCH  65536 /* times between two checks for a stop */

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegKaplanMeier, distinct_times, 0, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegKaplanMeier, rows_used, 0, (double) MAX_ROWS),
	SEG_INT(SegKaplanMeier, rows_skipped, 0, (double) MAX_ROWS),
	SEG_INT(SegKaplanMeier, event_count, 0, (double) MAX_ROWS),
	SEG_BOOL(SegKaplanMeier, timefix),
	SEG_REALS(SegKaplanMeier, times, distinct_times, 0, DBL_MAX),
	SEG_INTS(SegKaplanMeier, events, distinct_times, 0, (double) MAX_ROWS),
	SEG_INTS(SegKaplanMeier, censored, distinct_times, 0, (double) MAX_ROWS),
	SEG_FIELD_END
};
/* clang-format on */

static bool
kaplan_meier_is_sound(const void *value)
{
	const SegKaplanMeier *v = value;
	int64_t rows = 0;
	int64_t events = 0;

	for (int64_t i = 0; i < v->distinct_times; i++)
	{
		int64_t here = v->events[i] + v->censored[i];

		/* a sum of two bounded counts cannot overflow */
		if (here < 1 || here > MAX_ROWS - rows ||
		    (i > 0 && v->times[i] <= v->times[i - 1]))
			return false;
		rows += here;
		events += v->events[i];
	}
	return rows == v->rows_used && events == v->event_count;
}

/* ---------- making one, and adding two up ---------- */

typedef struct Columns
{
	double *times;
	int64_t *events;
	int64_t *censored;
} Columns;

/*
 * Room for n times; ours alone until we hand the table over.
 */
static SegStatus
make_table(SegEnv *env, int64_t n, SegKaplanMeier *table, Columns *columns)
{
	SEG_ALLOC(env, columns->times, n + 1);
	SEG_ALLOC(env, columns->events, n + 1);
	SEG_ALLOC(env, columns->censored, n + 1);
	*table = (SegKaplanMeier){.times = columns->times,
	                          .events = columns->events,
	                          .censored = columns->censored};
	return SEG_OK;
}

/*
 * Add users whose time is the last one in the table, or later.
 */
static void
append_count(SegKaplanMeier *table, Columns *columns, double time,
             int64_t events, int64_t censored)
{
	int64_t i = table->distinct_times - 1;

	if (i < 0 || columns->times[i] != time)
	{
		i = table->distinct_times++;
		columns->times[i] = time;
		columns->events[i] = columns->censored[i] = 0;
	}
	columns->events[i] += events;
	columns->censored[i] += censored;
	table->rows_used += events + censored;
	table->event_count += events;
}

static SegStatus
kaplan_meier_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

/*
 * The keys of a map that are times, in order; up to two are the same time.
 */
static SegStatus
order_times(SegEnv *env, const SegCountMap *map, SegRadixItem **result,
            int64_t *count)
{
	SegRadixItem *items, *scratch;
	int64_t n = 0;

	SEG_ALLOC(env, items, map->n + 1);
	SEG_ALLOC(env, scratch, map->n + 1);
	for (int64_t i = 0; i < map->n; i++)
	{
		SegText key = seg_count_map_key(map, i);
		double time;
		bool event;

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (key.length == 0)
			continue;
		if (key.length != sizeof(time) ||
		    !seg_duration_of_key(key.bytes, key.length, &time, &event))
			return kaplan_meier_damaged(env, "keys");
		items[n++] = (SegRadixItem){seg_radix_key(time), .index = i};
	}
	*result = items;
	*count = n;
	return seg_radix_sort(env, items, scratch, n);
}

SegStatus
seg_kaplan_meier_from_counts(SegEnv *env, const SegCountMap *map, bool timefix,
                             SegKaplanMeier *result)
{
	int64_t skipped = seg_count_map_find(map, "", 0);
	SegRadixItem *items;
	int64_t n;
	Columns columns;

	SEG_TRY(seg_count_map_validate(env, map));
	SEG_TRY(order_times(env, map, &items, &n));
	SEG_TRY(make_table(env, n, result, &columns));
	result->timefix = timefix;
	for (int64_t i = 0; i < n; i++)
	{
		SegText key = seg_count_map_key(map, items[i].index);
		int64_t count =
			*(const int64_t *) seg_count_map_words(map, items[i].index);
		double time;
		bool event;

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (!seg_duration_of_key(key.bytes, key.length, &time, &event) ||
		    count < 0 || count > MAX_ROWS || result->rows_used > MAX_ROWS)
			return kaplan_meier_damaged(env, "counts");
		append_count(result,
		             &columns,
		             time,
		             event ? count : 0,
		             event ? 0 : count);
	}
	if (skipped >= 0)
		result->rows_skipped =
			*(const int64_t *) seg_count_map_words(map, skipped);
	return seg_image_validate(env, &seg_kaplan_meier_method, result);
}

static SegStatus
kaplan_meier_merge(SegEnv *env, const void *value_a, const void *value_b,
                   void *merged)
{
	const SegKaplanMeier *a = value_a;
	const SegKaplanMeier *b = value_b;
	SegKaplanMeier *sum = merged;
	Columns columns;
	int64_t i = 0;
	int64_t j = 0;

	if (a->timefix != b->timefix)
		return seg_fail(env, SEG_UNLIKE, "timefix", 0, 0);
	if (a->rows_used + b->rows_used > MAX_ROWS ||
	    a->rows_skipped + b->rows_skipped > MAX_ROWS)
		return seg_fail(env, SEG_NOT_FINITE, "number of rows", 0, 0);
	SEG_TRY(
		make_table(env, a->distinct_times + b->distinct_times, sum, &columns));
	while (i < a->distinct_times || j < b->distinct_times)
	{
		double x = i < a->distinct_times ? a->times[i] : INFINITY;
		double y = j < b->distinct_times ? b->times[j] : INFINITY;
		bool in_a = x <= y;
		bool in_b = y <= x;

		if (sum->distinct_times % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		append_count(sum,
		             &columns,
		             in_a ? x : y,
		             (in_a ? a->events[i] : 0) + (in_b ? b->events[j] : 0),
		             (in_a ? a->censored[i] : 0) + (in_b ? b->censored[j] : 0));
		i += in_a;
		j += in_b;
	}
	sum->rows_skipped = a->rows_skipped + b->rows_skipped;
	sum->timefix = a->timefix;
	return SEG_OK;
}

/*
 * Both ascend in time, and each time of the part is one of the whole.
 */
static SegStatus
kaplan_meier_subtract(SegEnv *env, const void *value_whole,
                      const void *value_part, void *rest, bool *is_empty)
{
	const SegKaplanMeier *whole = value_whole;
	const SegKaplanMeier *part = value_part;
	SegKaplanMeier *left = rest;
	Columns columns;
	int64_t j = 0;

	if (whole->timefix != part->timefix)
		return seg_fail(env, SEG_UNLIKE, "timefix", 0, 0);
	SEG_TRY(make_table(env, whole->distinct_times, left, &columns));
	for (int64_t i = 0; i < whole->distinct_times; i++)
	{
		bool in_part =
			j < part->distinct_times && part->times[j] == whole->times[i];
		int64_t events = whole->events[i];
		int64_t censored = whole->censored[i];

		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (in_part)
		{
			SEG_TRY(seg_subtract_count(env, part->events[j], &events));
			SEG_TRY(seg_subtract_count(env, part->censored[j], &censored));
			j++;
		}
		if (events + censored > 0)
			append_count(left, &columns, whole->times[i], events, censored);
	}
	if (j < part->distinct_times)
	{
		int64_t none = 0;

		return seg_subtract_count(env,
		                          part->events[j] + part->censored[j],
		                          &none);
	}
	left->rows_skipped = whole->rows_skipped;
	SEG_TRY(seg_subtract_count(env, part->rows_skipped, &left->rows_skipped));
	left->timefix = whole->timefix;
	*is_empty = left->rows_used == 0 && left->rows_skipped == 0;
	return SEG_OK;
}

const SegMethod seg_kaplan_meier_method = {.tag = SEG_TAG_KAPLAN_MEIER,
                                           .format = 1,
                                           .is_summary = true,
                                           .name = "kaplan_meier",
                                           .title = "Kaplan-Meier summary",
                                           .fields = fields,
                                           .size = sizeof(SegKaplanMeier),
                                           .is_sound = kaplan_meier_is_sound,
                                           .merge = kaplan_meier_merge,
                                           .subtract = kaplan_meier_subtract};

/* ---------- the curve ---------- */

static SegTimefix
kaplan_meier_fix_times(const SegKaplanMeier *table)
{
	SegTimefix fix = {.gap = 0.0};

	if (!table->timefix)
		return fix;
	for (int64_t i = 0; i < table->distinct_times; i++)
		seg_timefix_add(&fix, table->times[i]);
	seg_timefix_settle(&fix);
	return fix;
}

/*
 * A chain of times that count as one; returns where the next one begins.
 */
static int64_t
take_step(const SegKaplanMeier *table, const SegTimefix *fix, int64_t i,
          SegSurvivalStep *step)
{
	*step = (SegSurvivalStep){.time = table->times[i]};
	do
	{
		step->events += table->events[i];
		step->censored += table->censored[i];
		i++;
	} while (i < table->distinct_times &&
	         seg_timefix_joins(fix, table->times[i - 1], table->times[i]));
	return i;
}

SegStatus
seg_survival_curve(SegEnv *env, const SegKaplanMeier *table,
                   SegSurvivalCurve *result)
{
	SegTimefix fix = kaplan_meier_fix_times(table);
	SegWide survival = {1.0, 0.0};
	double log_variance = 0.0;
	int64_t at_risk = table->rows_used;
	int64_t n = 0;
	SegSurvivalStep *steps;

	SEG_ALLOC(env, steps, table->distinct_times + 1);
	for (int64_t i = 0; i < table->distinct_times; n++)
	{
		SegSurvivalStep *step = &steps[n];

		if (n % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		i = take_step(table, &fix, i, step);
		if (step->events > 0)
		{
			double risk = (double) at_risk;
			double left = (double) (at_risk - step->events);

			survival = seg_wide_multiply(survival, (SegWide){left, 0.0});
			survival = seg_wide_divide(survival, risk);
			log_variance += (double) step->events / (risk * left);
		}
		step->at_risk = at_risk;
		step->survival = survival.hi;
		step->log_variance = log_variance;
		at_risk -= step->events + step->censored;
	}
	*result = (SegSurvivalCurve){.steps = steps, .n = n};
	if (n > 0)
		result->longest = table->times[table->distinct_times - 1];
	return SEG_OK;
}

double
seg_survival_std_error(const SegSurvivalStep *step)
{
	return step->survival * sqrt(step->log_variance);
}

/*
 * Confidence interval of a step; half_width is in standard errors.
 */
bool
seg_survival_interval(const SegSurvivalStep *step, SegSurvivalScale scale,
                      double half_width, double *low, double *high)
{
	double s = step->survival;
	double width = half_width * sqrt(step->log_variance);

	if (s <= 0.0 || (scale == SEG_SCALE_LOG_LOG && s >= 1.0))
		return false;
	if (scale == SEG_SCALE_LOG_LOG)
	{
		double factor = exp(width / -log(s));

		*low = exp(log(s) * factor);
		*high = exp(log(s) / factor);
	}
	else if (scale == SEG_SCALE_LOG)
	{
		*low = s * exp(-width);
		*high = fmin(s * exp(width), 1.0);
	}
	else
	{
		*low = fmax(s - s * width, 0.0);
		*high = fmin(s + s * width, 1.0);
	}
	return true;
}

/*
 * 1 before the first time; unknown after the last one, unless it has reached 0.
 */
static bool
survival_until(const SegSurvivalCurve *curve, double time, double *survival)
{
	int64_t low = 0;
	int64_t high = curve->n; /* steps[low - 1] <= time < steps[high] */

	if (curve->n == 0)
		return false;
	while (low < high)
	{
		int64_t mid = (low + high) / 2;

		if (curve->steps[mid].time <= time)
			low = mid + 1;
		else
			high = mid;
	}
	*survival = low > 0 ? curve->steps[low - 1].survival : 1.0;
	return low < curve->n || *survival <= 0.0 || time <= curve->longest;
}

bool
seg_survival_at(const SegSurvivalCurve *curve, double given, double time,
                double *survival)
{
	double before;

	if (!survival_until(curve, given, &before) || before <= 0.0 ||
	    !survival_until(curve, fmax(time, given), survival))
		return false;
	*survival /= before;
	return true;
}

/*
 * The first time at which half or fewer are left; if exactly half are, the
 * middle between it and the time at which the curve next falls.
 */
bool
seg_survival_median(const SegSurvivalCurve *curve, double *median)
{
	const SegSurvivalStep *step = curve->steps;
	const SegSurvivalStep *end = step + curve->n;

	while (step < end && step->survival > 0.5)
		step++;
	if (step == end)
		return false;
	*median = step->time;
	if (step->survival == 0.5)
	{
		while (step < end && step->survival == 0.5)
			step++;
		if (step < end)
			*median += (step->time - *median) / 2;
	}
	return true;
}
