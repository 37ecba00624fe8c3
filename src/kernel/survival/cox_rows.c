/*-------------------------------------------------------------------------
 *
 * cox_rows.c
 *	  Rows of a Cox regression in the form its likelihood needs.
 *
 * The likelihood is a sum over the users who are still at risk, from the last
 * time to the first, so rows are brought into that order once, in a copy.  Rows
 * of one time stay in canonical order: the sums do not depend on the plan.
 *
 * Elements are centered on their mean and scaled by their deviation, so that
 * neither a large offset nor units of very different size can take digits from
 * the products.  Coefficients and covariance are scaled back at the end.
 *
 * src/kernel/survival/cox_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/cox_rows.h"

#include <string.h>

#include "base/range.h"
#include "base/timefix.h"
#include "kernel/survival/cox.h"

/* What the first pass finds for each element. */
typedef struct Survey
{
	double *low;
	double *high;
	double *sum;        /* about the first row */
	double *first;      /* the first row */
	char *is_indicator; /* all are -1, 0 or 1 */
} Survey;

static SegStatus
cox_rows_make_room(SegEnv *env, const SegRows *source, SegCoxRows *rows,
                   Survey *survey)
{
	int64_t n = source->n;
	int64_t dim = source->dim;

	*rows = (SegCoxRows){.n = n, .dim = dim};
	SEG_ALLOC(env, rows->x, n * dim);
	SEG_ALLOC(env, rows->times, n);
	SEG_ALLOC(env, rows->is_event, n);
	SEG_ALLOC(env, rows->items, n);
	SEG_ALLOC(env, rows->scratch, n);
	SEG_ALLOC(env, rows->center, dim);
	SEG_ALLOC(env, rows->scale, dim);
	SEG_ALLOC(env, rows->reference, dim);
	SEG_ALLOC(env, survey->low, dim);
	SEG_ALLOC(env, survey->high, dim);
	SEG_ALLOC(env, survey->sum, dim);
	SEG_ALLOC(env, survey->first, dim);
	SEG_ALLOC(env, survey->is_indicator, dim);
	return SEG_OK;
}

static void
begin_survey(Survey *s, const double *x, int64_t dim)
{
	for (int64_t j = 0; j < dim; j++)
	{
		s->low[j] = s->high[j] = s->first[j] = x[j];
		s->is_indicator[j] = 1;
	}
}

static void
survey_row(Survey *s, const double *x, int64_t dim)
{
	for (int64_t j = 0; j < dim; j++)
	{
		s->low[j] = x[j] < s->low[j] ? x[j] : s->low[j];
		s->high[j] = x[j] > s->high[j] ? x[j] : s->high[j];
		s->sum[j] += x[j] - s->first[j];
		if (x[j] != 0.0 && fabs(x[j]) != 1.0)
			s->is_indicator[j] = 0;
	}
}

/*
 * First pass: where the elements lie, and the durations.
 */
static SegStatus
cox_rows_look_at_rows(SegEnv *env, SegRows *source, SegCoxRows *rows,
                      Survey *survey)
{
	SegBlock block;

	source->rewind(source);
	while (source->next(source, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * source->stride;
			int64_t at = block.first + i;
			/* longest first: invert the order */
			uint64_t key = ~seg_radix_key(x[rows->dim + SEG_COX_DURATION]);

			if (at == 0)
				begin_survey(survey, x, rows->dim);
			survey_row(survey, x, rows->dim);
			rows->items[at] = (SegRadixItem){key, .index = at};
		}
	}
	for (int64_t j = 0; j < rows->dim; j++)
	{
		SEG_TRY(seg_check_range(env, survey->low[j], survey->high[j], j + 1));
		rows->center[j] = survey->first[j] + survey->sum[j] / (double) rows->n;
	}
	return SEG_OK;
}

/*
 * Second pass: every row goes to its place.
 */
static SegStatus
place_rows(SegEnv *env, SegRows *source, SegCoxRows *rows)
{
	size_t bytes = (size_t) rows->dim * sizeof(double);
	SegBlock block;

	/* where a row goes, by its number in the stream; scratch is free again */
	for (int64_t i = 0; i < rows->n; i++)
		rows->scratch[rows->items[i].index].index = i;
	source->rewind(source);
	while (source->next(source, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * source->stride;
			int64_t to = rows->scratch[block.first + i].index;

			memcpy(rows->x + to * rows->dim, x, bytes);
			rows->times[to] = x[rows->dim + SEG_COX_DURATION];
			rows->is_event[to] = x[rows->dim + SEG_COX_EVENT] != 0.0;
		}
	}
	return SEG_OK;
}

/*
 * Times that are equal but for rounding become the earliest of them.
 */
static void
join_times(SegCoxRows *rows)
{
	SegTimefix fix = {.gap = 0.0};
	double earlier;

	for (int64_t i = 0; i < rows->n; i++)
	{
		if (i == 0 || rows->times[i] != rows->times[i - 1])
			seg_timefix_add(&fix, rows->times[i]);
	}
	seg_timefix_settle(&fix);
	earlier = rows->times[rows->n - 1];
	for (int64_t i = rows->n - 2; i >= 0; i--)
	{
		double time = rows->times[i];

		if (seg_timefix_joins(&fix, earlier, time))
			rows->times[i] = rows->times[i + 1];
		earlier = time;
	}
}

static void
count_events(SegCoxRows *rows)
{
	double last = -1.0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		if (!rows->is_event[i])
			continue;
		rows->events++;
		rows->event_times += rows->times[i] != last;
		last = rows->times[i];
	}
}

/*
 * Mean and deviation, in two passes: the mean of the first pass is corrected by
 * what is left of the sum about it.
 */
static SegStatus
measure_columns(SegEnv *env, SegCoxRows *rows, const Survey *survey)
{
	double n = (double) rows->n;
	double *sum = survey->sum;
	double *squares = rows->scale;

	memset(sum, 0, (size_t) rows->dim * sizeof(double));
	for (int64_t i = 0; i < rows->n; i++)
	{
		const double *x = rows->x + i * rows->dim;

		if (i % 4096 == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t j = 0; j < rows->dim; j++)
		{
			double gap = x[j] - rows->center[j];

			sum[j] += gap;
			squares[j] += gap * gap;
		}
	}
	for (int64_t j = 0; j < rows->dim; j++)
	{
		double gap = sum[j] / n;
		double variance = squares[j] / n - gap * gap;

		if (survey->low[j] == survey->high[j])
		{
			rows->center[j] = survey->low[j];
			rows->scale[j] = 1.0;
		}
		else
		{
			rows->center[j] += gap;
			rows->scale[j] = sqrt(variance);
		}
		rows->reference[j] = survey->is_indicator[j] ? 0.0 : rows->center[j];
	}
	return SEG_OK;
}

static SegStatus
standardize(SegEnv *env, SegCoxRows *rows)
{
	for (int64_t i = 0; i < rows->n; i++)
	{
		double *x = rows->x + i * rows->dim;

		if (i % 4096 == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t j = 0; j < rows->dim; j++)
			x[j] = (x[j] - rows->center[j]) / rows->scale[j];
	}
	return SEG_OK;
}

SegStatus
seg_cox_rows(SegEnv *env, SegRows *source, bool timefix, SegCoxRows *result)
{
	Survey survey;

	SEG_TRY(cox_rows_make_room(env, source, result, &survey));
	SEG_TRY(cox_rows_look_at_rows(env, source, result, &survey));
	SEG_TRY(seg_radix_sort(env, result->items, result->scratch, result->n));
	SEG_TRY(place_rows(env, source, result));
	result->longest = result->times[0];
	if (timefix)
		join_times(result);
	count_events(result);
	SEG_TRY(measure_columns(env, result, &survey));
	return standardize(env, result);
}
