/*-------------------------------------------------------------------------
 *
 * line_svg_fmgr.c
 *	  SQL face of charts of lines: line_svg, band_svg, survival_svg.
 *
 * The state is a count map of points by x and series, with the number of rows that
 * were skipped and the options as in other charts. A timestamptz is kept in UTC,
 * and read in the session's time zone only when the chart is drawn, so that workers
 * need not agree on one.
 *
 * src/fmgr/chart/line_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/contingency.h"
#include "base/missing.h"
#include "fmgr/chart/cell_state.h"
#include "fmgr/chart/chart_result.h"
#include "kernel/chart/line_chart.h"
#include "pg/calendar.h"
#include "pg/encoding.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_line_svg_combine);
PG_FUNCTION_INFO_V1(segment_line_svg_final);
PG_FUNCTION_INFO_V1(segment_band_svg_final);
PG_FUNCTION_INFO_V1(segment_survival_svg_final);

#define LINE_STATE 0x4c494e45 /* "LINE" */

/* ---------- rows ---------- */

/* How an argument holds x. */
typedef enum XArgument
{
	X_IS_FLOAT8,
	X_IS_TIMESTAMP,
	X_IS_DATE,
	X_IS_TIMESTAMPTZ
} XArgument;

typedef enum SeriesArgument
{
	SERIES_IS_NONE,
	SERIES_IS_TEXT,
	SERIES_IS_BIGINT
} SeriesArgument;

/* Values of a row; those that are NULL are missing. */
typedef struct LineRow
{
	double y;
	double low;
	double high;
	double marks;
	int last; /* argument */
} LineRow;

static double
float8_or_missing(FunctionCallInfo fcinfo, int argno, const char *name)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double x;

	if (PG_ARGISNULL(argno))
		return seg_missing();
	x = PG_GETARG_FLOAT8(argno);
	segment_check(&env, seg_check_finite(&env, name, x));
	return x;
}

static double
x_argument(FunctionCallInfo fcinfo, XArgument type, const char *name)
{
	switch (type)
	{
		case X_IS_FLOAT8:
			return float8_or_missing(fcinfo, 1, name);
		case X_IS_DATE:
			return (double) calendar_argument(fcinfo, 1, TIME_IS_DATE, name);
		default:
			return (
				double) calendar_argument(fcinfo, 1, TIME_IS_TIMESTAMP, name);
	}
}

/*
 * y [, low, high] of a line with or without an interval.
 */
static LineRow
line_row(FunctionCallInfo fcinfo, int at, bool has_interval)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LineRow row = {.y = float8_or_missing(fcinfo, at, "y"),
	               .last = has_interval ? at + 2 : at};

	if (!has_interval || isnan(row.y))
		return row;
	row.low = float8_or_missing(fcinfo, at + 1, "low");
	row.high = float8_or_missing(fcinfo, at + 2, "high");
	if (row.low > row.high)
		segment_check(&env,
		              seg_fail_facts(&env,
		                             SEG_ABOVE,
		                             (SegDiag){.what = "low",
		                                       .name = "high",
		                                       .got = row.low,
		                                       .want = row.high}));
	return row;
}

static void
check_survival_share(const char *name, double x)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (!isnan(x))
		segment_check(&env, seg_check_share(&env, name, x));
}

/*
 * censored, survival, low, high.
 */
static LineRow
survival_row(FunctionCallInfo fcinfo, int at)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LineRow row = line_row(fcinfo, at + 1, true);

	if (isnan(row.y))
		return row;
	if (PG_GETARG_FLOAT8(1) < 0)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_ARGUMENT_BELOW,
		                       "time",
		                       PG_GETARG_FLOAT8(1),
		                       0));
	row.marks = PG_ARGISNULL(at) ? 0 : (double) PG_GETARG_INT64(at);
	if (row.marks < 0)
		segment_check(&env,
		              seg_fail(&env, SEG_NOT_COUNT, "censored", row.marks, 0));
	check_survival_share("survival", row.y);
	check_survival_share("low", row.low);
	check_survival_share("high", row.high);
	return row;
}

static void
add_point(CountState **state, SegLineX kind, double x, SegText series,
          const LineRow *row)
{
	SegLineSum sum = {.y = row->y,
	                  .low = row->low,
	                  .high = row->high,
	                  .marks = row->marks,
	                  .rows = 1};
	char x_bytes[SEG_LINE_X_BYTES];
	SegText x_key = {x_bytes, SEG_LINE_X_BYTES};
	SegLineSum *into;

	seg_line_x_key(kind, x, x_bytes);
	into = cell_state_add_pair(state, x_key, series);
	if (!isnan(row->y))
		seg_line_merge(into, &sum);
}

static bool
series_argument(FunctionCallInfo fcinfo, SeriesArgument type, LabelView *view)
{
	if (type == SERIES_IS_NONE)
		return true;
	return label_argument(fcinfo,
	                      2,
	                      type == SERIES_IS_TEXT ? LABEL_IS_TEXT
	                                             : LABEL_IS_BIGINT,
	                      view);
}

/*
 * (state, x, [series,] values [, options]): a row with a NULL is counted; if only y
 * is NULL, the line has a gap there.
 */
static inline Datum
line_transit(FunctionCallInfo fcinfo, const SegLineKind *kind, XArgument type,
             SeriesArgument series_type)
{
	int at = series_type == SERIES_IS_NONE ? 2 : 3;
	LabelView series = {.text = {"", 0}};
	bool has_place =
		!PG_ARGISNULL(1) && series_argument(fcinfo, series_type, &series);
	LineRow row = {.y = seg_missing()};
	double x = 0;
	CountState *state;

	if (has_place)
	{
		x = x_argument(fcinfo, type, kind->is_survival ? "time" : "x");
		row = kind->is_survival ? survival_row(fcinfo, at)
		                        : line_row(fcinfo, at, kind->has_interval);
	}
	state = count_state_of_group(fcinfo, LINE_STATE, SEG_LINE_WIDTH);
	if (has_place)
	{
		cell_state_keep_options(fcinfo, row.last + 1, &state);
		add_point(&state,
		          type == X_IS_FLOAT8        ? SEG_LINE_X_NUMBER
		          : type == X_IS_TIMESTAMPTZ ? SEG_LINE_X_UTC
		                                     : SEG_LINE_X_CLOCK,
		          x,
		          text_to_utf8(series.text),
		          &row);
	}
	if (!has_place || isnan(row.y))
		count_state_increment(&state->setting);
	PG_RETURN_POINTER(state);
}

#define LINE_TRANSITION(chart, x, X, series, SERIES) \
	PG_FUNCTION_INFO_V1(segment_##chart##_svg_##x##_##series##_trans); \
	Datum segment_##chart##_svg_##x##_##series##_trans(PG_FUNCTION_ARGS) \
	{ \
		return line_transit(fcinfo, \
		                    &seg_##chart##_chart, \
		                    X_IS_##X, \
		                    SERIES_IS_##SERIES); \
	}

#define LINE_TRANSITIONS(chart, x, X) \
	LINE_TRANSITION(chart, x, X, none, NONE) \
	LINE_TRANSITION(chart, x, X, text, TEXT) \
	LINE_TRANSITION(chart, x, X, bigint, BIGINT)

LINE_TRANSITIONS(line, float8, FLOAT8)
LINE_TRANSITIONS(line, timestamp, TIMESTAMP)
LINE_TRANSITIONS(line, date, DATE)
LINE_TRANSITIONS(line, timestamptz, TIMESTAMPTZ)
LINE_TRANSITIONS(band, float8, FLOAT8)
LINE_TRANSITIONS(band, timestamp, TIMESTAMP)
LINE_TRANSITIONS(band, date, DATE)
LINE_TRANSITIONS(band, timestamptz, TIMESTAMPTZ)
LINE_TRANSITIONS(survival, float8, FLOAT8)

/* ---------- merging ---------- */

static void
merge_points(void *into, const void *from, int64 width)
{
	seg_line_merge(into, from);
}

Datum
segment_line_svg_combine(PG_FUNCTION_ARGS)
{
	return cell_state_combine(fcinfo, LINE_STATE, SEG_LINE_WIDTH, merge_points);
}

/* ---------- drawing ---------- */

/*
 * A time of UTC as the session's clocks show it.
 */
static double
session_clock(double utc)
{
	return utc + (double) calendar_local_offset((Timestamp) utc);
}

/*
 * NULL if no row is shown.
 */
static Datum
line_final(FunctionCallInfo fcinfo, const SegLineKind *kind)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegChartOptions options;
	const CountState *state =
		cell_state_read(fcinfo, LINE_STATE, SEG_LINE_WIDTH, &options);
	SegText svg;

	if (state == NULL)
		PG_RETURN_NULL();
	segment_check(&env,
	              seg_line_chart_draw(&env,
	                                  kind,
	                                  &options,
	                                  &state->map,
	                                  state->setting,
	                                  session_clock,
	                                  &svg));
	if (svg.bytes == NULL)
		PG_RETURN_NULL();
	return chart_result(svg);
}

Datum
segment_line_svg_final(PG_FUNCTION_ARGS)
{
	return line_final(fcinfo, &seg_line_chart);
}

Datum
segment_band_svg_final(PG_FUNCTION_ARGS)
{
	return line_final(fcinfo, &seg_band_chart);
}

Datum
segment_survival_svg_final(PG_FUNCTION_ARGS)
{
	return line_final(fcinfo, &seg_survival_chart);
}
