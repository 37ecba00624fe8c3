/*-------------------------------------------------------------------------
 *
 * cell_state.c
 *	  The state of charts that show sums of a value by one to three labels: a count
 *	  map of sums. Its setting counts the rows that were skipped, and the options
 *	  are kept as a key.
 *
 * src/fmgr/chart/cell_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/contingency.h"
#include "fmgr/chart/cell_state.h"
#include "fmgr/chart/chart_options.h"
#include "fmgr/chart/chart_result.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_chart_cells_combine);

#define CELL_STATE 0x43454c4c /* "CELL" */

/* ---------- rows ---------- */

/*
 * Keep the options with the first row that is shown; if they may change, with each.
 * Different ones are different keys, which the end will notice.
 */
void
cell_state_keep_options(FunctionCallInfo fcinfo, int argno, CountState **state)
{
	bool is_first = (*state)->map.n == 0;
	SegText key;

	if (PG_NARGS() <= argno ||
	    (!is_first && argument_is_constant(fcinfo, argno)))
		return;
	argument_refuse_null(fcinfo, argno, "options");
	key = chart_options_key(PG_GETARG_DATUM(argno));
	(void) count_state_add(state, key.bytes, key.length);
}

#define SMALL_KEY 128

static SegText
chart_pair_key(SegText a, SegText b, char small[SMALL_KEY])
{
	int64 size = seg_pair_key_size(a, b);
	char *key = size <= SMALL_KEY ? small : palloc(size);

	seg_pair_key(a, b, key);
	return (SegText){key, size};
}

/*
 * One label is a pair with an empty one, of three labels the first two are a pair.
 */
static inline void
add_to_chart_cell(CountState **state, LabelView *views, int labels,
                  double value)
{
	char small[2][SMALL_KEY];
	SegText first = text_to_utf8(views[0].text);
	SegText last =
		labels < 2 ? (SegText){"", 0} : text_to_utf8(views[labels - 1].text);
	SegText key;
	SegWide *sum;
	int64 at;

	if (labels == 3)
		first = chart_pair_key(first, text_to_utf8(views[1].text), small[0]);
	key = chart_pair_key(first, last, small[1]);
	at = count_state_add(state, key.bytes, key.length);
	sum = seg_count_map_words(&(*state)->map, at);
	*sum = seg_wide_add(*sum, (SegWide){value, 0});
}

static double
chart_value(double value, bool is_amount)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_check_finite(&env, "value", value));
	if (is_amount && value < 0)
		segment_check(&env,
		              seg_fail(&env, SEG_ARGUMENT_BELOW, "value", value, 0));
	return value;
}

/*
 * (state, label, … value [, options]): a row with a NULL is not shown, but counted.
 * is_amount: what is drawn has no negative form.
 */
static inline Datum
chart_cells_transit(FunctionCallInfo fcinfo, const LabelArgument *types,
                    int labels, bool is_amount)
{
	int value_at = labels + 1;
	LabelView views[3];
	bool is_shown = !PG_ARGISNULL(value_at);
	double value = 0;
	CountState *state;

	for (int i = 0; i < labels; i++)
		is_shown =
			label_argument(fcinfo, i + 1, types[i], &views[i]) && is_shown;
	if (is_shown)
		value = chart_value(PG_GETARG_FLOAT8(value_at), is_amount);
	state = count_state_of_group(fcinfo, CELL_STATE, SEG_CELLS_WIDTH);
	if (is_shown)
	{
		cell_state_keep_options(fcinfo, value_at + 1, &state);
		add_to_chart_cell(&state, views, labels, value);
	}
	else
		state->setting++;
	PG_RETURN_POINTER(state);
}

#define CELLS_TRANSITION(a, A) \
	PG_FUNCTION_INFO_V1(segment_chart_cells_##a##_trans); \
	Datum segment_chart_cells_##a##_trans(PG_FUNCTION_ARGS) \
	{ \
		const LabelArgument types[] = {LABEL_IS_##A}; \
		return chart_cells_transit(fcinfo, types, 1, false); \
	}

#define CELLS_SERIES_TRANSITION(a, b, A, B) \
	PG_FUNCTION_INFO_V1(segment_chart_cells_##a##_##b##_trans); \
	Datum segment_chart_cells_##a##_##b##_trans(PG_FUNCTION_ARGS) \
	{ \
		const LabelArgument types[] = {LABEL_IS_##A, LABEL_IS_##B}; \
		return chart_cells_transit(fcinfo, types, 2, false); \
	}

/* The same for values that must not be negative: steps of a funnel, moves. */
#define AMOUNTS_TRANSITION(a, A) \
	PG_FUNCTION_INFO_V1(segment_chart_amounts_##a##_trans); \
	Datum segment_chart_amounts_##a##_trans(PG_FUNCTION_ARGS) \
	{ \
		const LabelArgument types[] = {LABEL_IS_##A}; \
		return chart_cells_transit(fcinfo, types, 1, true); \
	}

#define AMOUNTS_PAIR_TRANSITIONS(a, b, A, B) \
	PG_FUNCTION_INFO_V1(segment_chart_amounts_##a##_##b##_trans); \
	PG_FUNCTION_INFO_V1(segment_chart_amounts_bigint_##a##_##b##_trans); \
	Datum segment_chart_amounts_##a##_##b##_trans(PG_FUNCTION_ARGS) \
	{ \
		const LabelArgument types[] = {LABEL_IS_##A, LABEL_IS_##B}; \
		return chart_cells_transit(fcinfo, types, 2, true); \
	} \
	Datum segment_chart_amounts_bigint_##a##_##b##_trans(PG_FUNCTION_ARGS) \
	{ \
		const LabelArgument types[] = {LABEL_IS_BIGINT, \
		                               LABEL_IS_##A, \
		                               LABEL_IS_##B}; \
		return chart_cells_transit(fcinfo, types, 3, true); \
	}

CELLS_TRANSITION(text, TEXT)
CELLS_TRANSITION(bigint, BIGINT)
CELLS_SERIES_TRANSITION(text, text, TEXT, TEXT)
CELLS_SERIES_TRANSITION(text, bigint, TEXT, BIGINT)
CELLS_SERIES_TRANSITION(bigint, text, BIGINT, TEXT)
CELLS_SERIES_TRANSITION(bigint, bigint, BIGINT, BIGINT)
AMOUNTS_TRANSITION(text, TEXT)
AMOUNTS_TRANSITION(bigint, BIGINT)
AMOUNTS_PAIR_TRANSITIONS(text, text, TEXT, TEXT)
AMOUNTS_PAIR_TRANSITIONS(text, bigint, TEXT, BIGINT)
AMOUNTS_PAIR_TRANSITIONS(bigint, text, BIGINT, TEXT)
AMOUNTS_PAIR_TRANSITIONS(bigint, bigint, BIGINT, BIGINT)

/* ---------- merging ---------- */

static void
merge_chart_cells(void *into, const void *from, int64 width)
{
	SegWide *sum = into;

	*sum = seg_wide_add(*sum, *(const SegWide *) from);
}

/*
 * The counts of rows that were skipped add up.
 */
Datum
cell_state_combine(FunctionCallInfo fcinfo, uint32 kind, int64 width,
                   CountStateMerge merge)
{
	int64 skipped = 0;
	CountState *state;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return count_state_combine(fcinfo, kind, width, merge);
	skipped = count_state_argument(fcinfo, 1, kind, width, false)->setting;
	state = (CountState *) DatumGetPointer(
		count_state_combine(fcinfo, kind, width, merge));
	state->setting += skipped;
	PG_RETURN_POINTER(state);
}

Datum
segment_chart_cells_combine(PG_FUNCTION_ARGS)
{
	return cell_state_combine(fcinfo,
	                          CELL_STATE,
	                          SEG_CELLS_WIDTH,
	                          merge_chart_cells);
}

/* ---------- drawing ---------- */

/*
 * The options of all rows; NULL bytes: there are none.
 */
SegText
cell_state_options(const SegCountMap *map)
{
	SegText found = {NULL, 0};

	for (int64 i = 0; i < map->n; i++)
	{
		SegText key = seg_count_map_key(map, i);

		if (seg_cells_is_pair(key))
			continue;
		if (found.bytes != NULL)
			segment_changed("options",
			                "Use GROUP BY to draw one chart for each value.");
		found = key;
	}
	return found;
}

/*
 * NULL if no row is shown.
 */
Datum
cell_state_final(FunctionCallInfo fcinfo, const SegCellChart *chart)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegChartOptions options;
	CountState *state;
	SegText key, svg;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = count_state_argument(fcinfo, 0, CELL_STATE, SEG_CELLS_WIDTH, false);
	segment_check(&env, seg_count_map_validate(&env, &state->map));
	key = cell_state_options(&state->map);
	if (state->map.n == (key.bytes != NULL))
		PG_RETURN_NULL();
	chart_options_read(key, &options);
	segment_check(&env,
	              seg_cell_chart_draw(&env,
	                                  chart,
	                                  &options,
	                                  &state->map,
	                                  state->setting,
	                                  &svg));
	return chart_result(svg);
}
