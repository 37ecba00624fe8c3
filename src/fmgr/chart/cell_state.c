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
#include "fmgr/chart/chart_memory.h"
#include "fmgr/chart/chart_options.h"
#include "fmgr/chart/chart_result.h"
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
	SegText key;

	if (chart_options_of_row(fcinfo, argno, (*state)->map.n == 0, &key))
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

void *
cell_state_add_pair(CountState **state, SegText a, SegText b)
{
	char small[SMALL_KEY];
	SegText key = chart_pair_key(a, b, small);
	const CountState *before = *state;
	int64 at = count_state_add(state, key.bytes, key.length);

	if (unlikely(*state != before))
		chart_memory_check(*state);
	return seg_count_map_words(&(*state)->map, at);
}

/*
 * One label is a pair with an empty one, of three labels the first two are a pair.
 */
static inline void
add_to_chart_cell(CountState **state, LabelView *views, int labels,
                  double value)
{
	char small[SMALL_KEY];
	SegText first = text_to_utf8(views[0].text);
	SegText last =
		labels < 2 ? (SegText){"", 0} : text_to_utf8(views[labels - 1].text);
	SegWide *sum;

	if (labels == 3)
		first = chart_pair_key(first, text_to_utf8(views[1].text), small);
	sum = cell_state_add_pair(state, first, last);
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
		count_state_increment(&state->setting);
	PG_RETURN_POINTER(state);
}

#define CELLS_TRANSITION(name, is_amount, ...) \
	PG_FUNCTION_INFO_V1(segment_chart_##name##_trans); \
	Datum segment_chart_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		static const LabelArgument types[] = {__VA_ARGS__}; \
		return chart_cells_transit(fcinfo, types, lengthof(types), is_amount); \
	}

/* clang-format off */
CELLS_TRANSITION(cells_text, false, LABEL_IS_TEXT)
CELLS_TRANSITION(cells_bigint, false, LABEL_IS_BIGINT)
CELLS_TRANSITION(cells_text_text, false, LABEL_IS_TEXT, LABEL_IS_TEXT)
CELLS_TRANSITION(cells_text_bigint, false, LABEL_IS_TEXT, LABEL_IS_BIGINT)
CELLS_TRANSITION(cells_bigint_text, false, LABEL_IS_BIGINT, LABEL_IS_TEXT)
CELLS_TRANSITION(cells_bigint_bigint, false, LABEL_IS_BIGINT, LABEL_IS_BIGINT)
CELLS_TRANSITION(amounts_text, true, LABEL_IS_TEXT)
CELLS_TRANSITION(amounts_bigint, true, LABEL_IS_BIGINT)
CELLS_TRANSITION(amounts_text_text, true, LABEL_IS_TEXT, LABEL_IS_TEXT)
CELLS_TRANSITION(amounts_text_bigint, true, LABEL_IS_TEXT, LABEL_IS_BIGINT)
CELLS_TRANSITION(amounts_bigint_text, true, LABEL_IS_BIGINT, LABEL_IS_TEXT)
CELLS_TRANSITION(amounts_bigint_bigint, true, LABEL_IS_BIGINT, LABEL_IS_BIGINT)
CELLS_TRANSITION(amounts_bigint_text_text, true,
                 LABEL_IS_BIGINT, LABEL_IS_TEXT, LABEL_IS_TEXT)
CELLS_TRANSITION(amounts_bigint_text_bigint, true,
                 LABEL_IS_BIGINT, LABEL_IS_TEXT, LABEL_IS_BIGINT)
CELLS_TRANSITION(amounts_bigint_bigint_text, true,
                 LABEL_IS_BIGINT, LABEL_IS_BIGINT, LABEL_IS_TEXT)
CELLS_TRANSITION(amounts_bigint_bigint_bigint, true,
                 LABEL_IS_BIGINT, LABEL_IS_BIGINT, LABEL_IS_BIGINT)
/* clang-format on */

/* ---------- merging ---------- */

static void
merge_chart_cells(void *into, const void *from, int64 width)
{
	SegWide *sum = into;

	*sum = seg_wide_add(*sum, *(const SegWide *) from);
}

/*
 * A state that is only read, which may come from anywhere.
 */
static CountState *
cell_state_argument(FunctionCallInfo fcinfo, int argno, uint32 kind,
                    int64 width)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo, argno, kind, width, false);

	if (state->setting < 0)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "rows"));
	segment_check(&env, seg_count_map_validate(&env, &state->map));
	return state;
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
	skipped = cell_state_argument(fcinfo, 1, kind, width)->setting;
	state = (CountState *) DatumGetPointer(
		count_state_combine(fcinfo, kind, width, merge));
	chart_memory_check(state);
	state->setting = (int64) ((uint64) state->setting + (uint64) skipped);
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
static SegText
cell_state_options(const SegCountMap *map)
{
	SegText found = {NULL, 0};

	for (int64 i = 0; i < map->n; i++)
	{
		SegText key = seg_count_map_key(map, i);

		if (seg_cells_is_pair(key))
			continue;
		if (found.bytes != NULL)
			chart_options_changed();
		found = key;
	}
	return found;
}

const CountState *
cell_state_read(FunctionCallInfo fcinfo, uint32 kind, int64 width,
                SegChartOptions *options)
{
	CountState *state;
	SegText key;

	if (PG_ARGISNULL(0))
		return NULL;
	state = cell_state_argument(fcinfo, 0, kind, width);
	key = cell_state_options(&state->map);
	if (state->map.n == (key.bytes != NULL))
		return NULL;
	chart_options_read(key, options);
	return state;
}

Datum
cell_state_final(FunctionCallInfo fcinfo, const SegCellChart *chart)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegChartOptions options;
	const CountState *state =
		cell_state_read(fcinfo, CELL_STATE, SEG_CELLS_WIDTH, &options);
	SegText svg;

	if (state == NULL)
		PG_RETURN_NULL();
	segment_check(&env,
	              seg_cell_chart_draw(&env,
	                                  chart,
	                                  &options,
	                                  &state->map,
	                                  state->setting,
	                                  &svg));
	return chart_result(svg);
}
