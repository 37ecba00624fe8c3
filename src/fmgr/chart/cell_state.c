/*-------------------------------------------------------------------------
 *
 * cell_state.c
 *	  The state of charts that show sums of a value by one or two labels: a count
 *	  map of sums. Its setting counts the rows that were skipped, and the options
 *	  are kept as a key.
 *
 * src/fmgr/chart/cell_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "base/contingency.h"
#include "fmgr/chart/cell_state.h"
#include "fmgr/chart/chart_options.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/id_type.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_chart_cells_trans);
PG_FUNCTION_INFO_V1(segment_chart_cells_series_trans);
PG_FUNCTION_INFO_V1(segment_chart_cells_combine);

#define CELL_STATE 0x43454c4c /* "CELL" */

/* ---------- rows ---------- */

/*
 * A label of any type, as text in UTF-8.
 */
static SegText
label_of(FunctionCallInfo fcinfo, int argno, char digits[SEG_ID_DIGITS])
{
	Oid oid = get_fn_expr_argtype(fcinfo->flinfo, argno);
	IdType type;
	SegId id;

	/* a literal without a type is a C string */
	if (oid == UNKNOWNOID || !OidIsValid(oid))
	{
		char *text = PG_GETARG_CSTRING(argno);

		return text_to_utf8((SegText){text, (int64) strlen(text)});
	}
	id_type_init(&type, oid, CurrentMemoryContext);
	id = id_read(&type, PG_GETARG_DATUM(argno));
	if (!id.is_number)
		return id.text;
	return (SegText){digits, seg_id_print(id.number, digits)};
}

/*
 * Keep the options with the first row that is shown; if they may change, with each.
 * Different ones are different keys, which the end will notice.
 */
static void
keep_options(FunctionCallInfo fcinfo, int argno, CountState **state)
{
	bool is_first = (*state)->map.n == 0;
	SegText key;

	if (PG_NARGS() <= argno || PG_ARGISNULL(argno) ||
	    (!is_first && argument_is_constant(fcinfo, argno)))
		return;
	key = chart_options_key(PG_GETARG_DATUM(argno));
	(void) count_state_add(state, key.bytes, key.length);
}

static void
add_value(CountState **state, SegText label, SegText series, double value)
{
	char small[128];
	int64 size = seg_pair_key_size(label, series);
	char *key = size <= (int64) sizeof(small) ? small : palloc(size);
	SegWide *sum;
	int64 at;

	seg_pair_key(label, series, key);
	at = count_state_add(state, key, size);
	sum = seg_count_map_words(&(*state)->map, at);
	*sum = seg_wide_add(*sum, (SegWide){value, 0});
}

/*
 * (state, label, [series,] value [, options]): a row with a NULL is not shown, but
 * counted.
 */
static Datum
add_chart_row(FunctionCallInfo fcinfo, bool has_series)
{
	int value_at = has_series ? 3 : 2;
	bool is_shown = !PG_ARGISNULL(1) && !PG_ARGISNULL(value_at) &&
	                !(has_series && PG_ARGISNULL(2));
	char digits[2][SEG_ID_DIGITS];
	SegText label, series = {"", 0};
	CountState *state;
	double value = 0;

	if (is_shown)
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		label = label_of(fcinfo, 1, digits[0]);
		if (has_series)
			series = label_of(fcinfo, 2, digits[1]);
		value = PG_GETARG_FLOAT8(value_at);
		segment_check(&env, seg_check_finite(&env, "value", value));
	}
	state = count_state_of_group(fcinfo, CELL_STATE, SEG_CELLS_WIDTH);
	if (is_shown)
	{
		keep_options(fcinfo, value_at + 1, &state);
		add_value(&state, label, series, value);
	}
	else
		state->setting++;
	PG_RETURN_POINTER(state);
}

Datum
segment_chart_cells_trans(PG_FUNCTION_ARGS)
{
	return add_chart_row(fcinfo, false);
}

Datum
segment_chart_cells_series_trans(PG_FUNCTION_ARGS)
{
	return add_chart_row(fcinfo, true);
}

/* ---------- merging ---------- */

static void
add_cell_sums(void *into, const void *from, int64 width)
{
	SegWide *sum = into;

	*sum = seg_wide_add(*sum, *(const SegWide *) from);
}

Datum
segment_chart_cells_combine(PG_FUNCTION_ARGS)
{
	int64 skipped = 0;
	CountState *state;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return count_state_combine(fcinfo,
		                           CELL_STATE,
		                           SEG_CELLS_WIDTH,
		                           add_cell_sums);
	skipped =
		count_state_argument(fcinfo, 1, CELL_STATE, SEG_CELLS_WIDTH, false)
			->setting;
	state = (CountState *) DatumGetPointer(
		count_state_combine(fcinfo, CELL_STATE, SEG_CELLS_WIDTH, add_cell_sums));
	state->setting += skipped;
	PG_RETURN_POINTER(state);
}

/* ---------- drawing ---------- */

/*
 * The options of all rows; NULL bytes: there are none.
 */
static SegText
options_of(const SegCountMap *map)
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
	key = options_of(&state->map);
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
	return result_text(text_from_utf8(svg));
}
