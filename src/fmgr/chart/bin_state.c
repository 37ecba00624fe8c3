/*-------------------------------------------------------------------------
 *
 * bin_state.c
 *	  The state of charts whose rows are counted in bins: the bytes of a SegBins,
 *	  whose first word is the head of a bytea. They are changed in place, or
 *	  replaced by larger ones in the current context, which the executor copies.
 *
 * src/fmgr/chart/bin_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/bin_state.h"
#include "fmgr/chart/chart_memory.h"
#include "fmgr/chart/chart_options.h"
#include "fmgr/chart/chart_result.h"
#include "pg/encoding.h"

/* ---------- the state ---------- */

/*
 * A state argument, aligned; writable: it will be changed, which we may do in place
 * only if the executor runs us as part of an aggregate.
 */
static SegBins *
bin_state_argument(FunctionCallInfo fcinfo, int argno, SegBinsKind kind,
                   bool writable)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegBins *bins = (SegBins *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	Size size = VARSIZE(bins);

	if (bins != (SegBins *) MAXALIGN(bins) ||
	    (writable && !segment_is_in_aggregate(fcinfo)))
		bins = memcpy(palloc(size), bins, size);
	segment_check(&env, seg_bins_check(&env, bins, size, kind));
	return bins;
}

static Datum
bins_result(SegBins *bins)
{
	SET_VARSIZE(bins, seg_bins_size(bins));
	chart_memory_check(bins);
	PG_RETURN_POINTER(bins);
}

/* ---------- rows ---------- */

/*
 * Keep the options with the first row that is shown; if they may change, with each.
 * Different ones are different keys, which the end will notice.
 */
static void
keep_bin_options(FunctionCallInfo fcinfo, const BinRow *row, SegBins **bins)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int argno = 1 + row->numbers + row->has_series;
	SegChartOptions options;
	SegText key;

	if (!chart_options_of_row(fcinfo, argno, (*bins)->rows == 0, &key))
		return;
	chart_options_read(key, &options);
	if (row->kind != SEG_BINS_HISTOGRAM &&
	    (!seg_bins_set_ratio(*bins, 0, options.x_scale == SEG_SCALE_LOG) ||
	     !seg_bins_set_ratio(*bins, 1, options.y_scale == SEG_SCALE_LOG)))
		chart_options_changed();
	segment_check(&env, seg_bins_keep(&env, bins, key));
}

/*
 * Read the numbers of a row; false: one of them, or the series, is NULL.
 */
static bool
read_bin_row(FunctionCallInfo fcinfo, const BinRow *row, double values[2],
             LabelView *series)
{
	static const char *const names[] = {"x", "y"};
	SegEnv env = segment_env(CurrentMemoryContext);

	for (int i = 0; i < row->numbers; i++)
	{
		if (PG_ARGISNULL(1 + i))
			return false;
	}
	if (row->has_series &&
	    !label_argument(fcinfo, 1 + row->numbers, row->series, series))
		return false;
	for (int i = 0; i < row->numbers; i++)
	{
		/* -0 is 0 */
		values[i] = PG_GETARG_FLOAT8(1 + i) + 0.0;
		segment_check(&env, seg_check_finite(&env, names[i], values[i]));
	}
	return true;
}

Datum
bin_state_transit(FunctionCallInfo fcinfo, const BinRow *row)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LabelView series = {.text = {"", 0}};
	double values[2] = {0, 0};
	bool is_shown = read_bin_row(fcinfo, row, values, &series);
	SegBins *bins, *before;

	if (PG_ARGISNULL(0))
		segment_check(&env, seg_bins_create(&env, row->kind, &bins));
	else
		bins = bin_state_argument(fcinfo, 0, row->kind, true);
	before = PG_ARGISNULL(0) ? NULL : bins;
	if (is_shown)
	{
		keep_bin_options(fcinfo, row, &bins);
		segment_check(&env,
		              seg_bins_add(&env,
		                           &bins,
		                           values,
		                           text_to_utf8(series.text)));
	}
	else
		bins->skipped++;
	if (bins == before)
		PG_RETURN_POINTER(bins);
	return bins_result(bins);
}

/* ---------- merging and drawing ---------- */

/*
 * The second state may be freed with its tuple, so an absent first state becomes a
 * new one, never an alias.
 */
Datum
bin_state_combine(FunctionCallInfo fcinfo, SegBinsKind kind)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegBins *into, *from;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = bin_state_argument(fcinfo, 1, kind, false);
	segment_check(&env, seg_count_map_validate(&env, &from->map));
	if (PG_ARGISNULL(0))
		segment_check(&env, seg_bins_create(&env, kind, &into));
	else
		into = bin_state_argument(fcinfo, 0, kind, true);
	if (!seg_bins_are_alike(into, from))
		chart_options_changed();
	segment_check(&env, seg_bins_merge(&env, &into, from));
	return bins_result(into);
}

/*
 * The options of all rows; NULL bytes: there are none.
 */
static SegText
bin_options_of(const SegBins *bins)
{
	SegText found = {NULL, 0};
	SegText bytes;

	for (int64 i = 0; i < bins->map.n; i++)
	{
		if (!seg_bins_kept(bins, i, &bytes))
			continue;
		if (found.bytes != NULL)
			chart_options_changed();
		found = bytes;
	}
	return found;
}

Datum
bin_state_final(FunctionCallInfo fcinfo, SegBinsKind kind, BinsDraw draw)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegChartOptions options;
	SegBins *bins;
	SegText svg;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	bins = bin_state_argument(fcinfo, 0, kind, false);
	if (bins->rows == 0)
		PG_RETURN_NULL();
	segment_check(&env, seg_count_map_validate(&env, &bins->map));
	chart_options_read(bin_options_of(bins), &options);
	segment_check(&env, draw(&env, &options, bins, &svg));
	return chart_result(svg);
}
