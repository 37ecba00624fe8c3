/*-------------------------------------------------------------------------
 *
 * difference_in_differences_fmgr.c
 *	  SQL face of difference_in_differences, event_study and pretrend_test:
 *	  aggregates over the outcomes of treated and other users, by period.
 *
 * They have one state, a count map of cells, see
 * kernel/experiment/difference_in_differences.h, with the first period of the
 * treatment as its setting. Before and after are the periods 0 and 1.
 *
 * src/fmgr/experiment/difference_in_differences_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/uuid.h"

#include "base/missing.h"
#include "kernel/experiment/difference_in_differences.h"
#include "pg/arguments.h"
#include "pg/count_state.h"
#include "pg/label.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_difference_in_differences_combine);
PG_FUNCTION_INFO_V1(segment_difference_in_differences_final);
PG_FUNCTION_INFO_V1(segment_event_study_final);
PG_FUNCTION_INFO_V1(segment_pretrend_test_final);

#define CELLS_STATE 0x43454c4c /* "CELL" */
#define WAY_OUT     "GROUP BY it to get one result for each value."

/* ---------- transitions ---------- */

/*
 * What an aggregate takes: (state, outcome, treated, after [, unit]) or (state,
 * outcome, treated, period, start [, unit]).
 */
typedef struct CellArguments
{
	bool has_periods;
	bool has_units;
	LabelArgument unit;
} CellArguments;

/*
 * The unit as bytes, which are in *number for a bigint.
 */
static inline SegText
unit_bytes(FunctionCallInfo fcinfo, int argno, LabelArgument type,
           int64 *number)
{
	text *unit;

	if (type == LABEL_IS_BIGINT)
	{
		*number = PG_GETARG_INT64(argno);
		return (SegText){(const char *) number, sizeof(*number)};
	}
	if (type == LABEL_IS_UUID)
		return (SegText){(const char *) PG_GETARG_UUID_P(argno)->data,
		                 UUID_LEN};
	unit = PG_GETARG_TEXT_PP(argno);
	return (SegText){VARDATA_ANY(unit), (int64) VARSIZE_ANY_EXHDR(unit)};
}

static inline double
outcome_argument(FunctionCallInfo fcinfo)
{
	double outcome = PG_GETARG_FLOAT8(1);

	/* also true for NaN */
	if (unlikely(!(fabs(outcome) <= SEG_LARGEST_OUTCOME)))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_check_outcome(&env, outcome));
	}
	return outcome;
}

/*
 * Add an outcome to the sums of a key.
 */
static Datum
add_to_cell(FunctionCallInfo fcinfo, int64 width, int32 start, const char *key,
            int64 length, double outcome)
{
	CountState *state = count_state_of_group(fcinfo, CELLS_STATE, width);
	int64 at;

	if (PG_ARGISNULL(0))
		state->setting = start;
	if (unlikely(state->setting != start))
		segment_changed("start", WAY_OUT);
	at = count_state_add(&state, key, length);
	seg_cell_add(seg_count_map_words(&state->map, at), width, outcome);
	PG_RETURN_POINTER(state);
}

static inline Datum
cell_trans(FunctionCallInfo fcinfo, const CellArguments *takes)
{
	int unit_at = takes->has_periods ? 5 : 4;
	int64 width = takes->has_units ? SEG_CELL_UNIT_WIDTH : SEG_CELL_ROWS_WIDTH;
	int32 start = 1;
	SegText unit = {NULL, 0};
	char buffer[64];
	char *key = buffer;
	int32 period;
	double outcome;
	int64 number;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
	    (takes->has_units && PG_ARGISNULL(unit_at)))
		RETURN_STATE_UNCHANGED();
	outcome = outcome_argument(fcinfo);
	if (takes->has_periods)
	{
		period = argument_int32(fcinfo, 3, "period");
		start = argument_int32(fcinfo, 4, "start");
	}
	else
		period = PG_GETARG_BOOL(3) ? 1 : 0;
	if (takes->has_units)
		unit = unit_bytes(fcinfo, unit_at, takes->unit, &number);
	if (SEG_CELL_SIZE + unit.length > (int64) sizeof(buffer))
		key = palloc(SEG_CELL_SIZE + unit.length);
	seg_cell_key(period, PG_GETARG_BOOL(2), key);
	if (unit.length > 0)
		memcpy(key + SEG_CELL_SIZE, unit.bytes, unit.length);
	return add_to_cell(fcinfo,
	                   width,
	                   start,
	                   key,
	                   SEG_CELL_SIZE + unit.length,
	                   outcome);
}

#define CELL_TRANSITION(symbol, ...) \
	PG_FUNCTION_INFO_V1(symbol); \
	Datum symbol(PG_FUNCTION_ARGS) \
	{ \
		static const CellArguments takes = {__VA_ARGS__}; \
\
		return cell_trans(fcinfo, &takes); \
	}

#define CELL_TRANSITIONS(name, with_periods) \
	CELL_TRANSITION(segment_##name##_trans, .has_periods = with_periods) \
	CELL_TRANSITION(segment_##name##_bigint_trans, \
	                .has_periods = with_periods, \
	                .has_units = true, \
	                .unit = LABEL_IS_BIGINT) \
	CELL_TRANSITION(segment_##name##_text_trans, \
	                .has_periods = with_periods, \
	                .has_units = true, \
	                .unit = LABEL_IS_TEXT) \
	CELL_TRANSITION(segment_##name##_uuid_trans, \
	                .has_periods = with_periods, \
	                .has_units = true, \
	                .unit = LABEL_IS_UUID)

CELL_TRANSITIONS(difference_in_differences, false)
CELL_TRANSITIONS(event_study, true)

/* ---------- combine ---------- */

static CountState *
cells_argument(FunctionCallInfo fcinfo, int argno)
{
	return count_state_argument(fcinfo,
	                            argno,
	                            CELLS_STATE,
	                            COUNT_STATE_ANY_WIDTH,
	                            false);
}

/*
 * The words of a key are read as sums, whatever a damaged state says of their
 * number.
 */
static void
merge_cells(void *into, const void *from, int64 width)
{
	if (width == SEG_CELL_UNIT_WIDTH || width == SEG_CELL_ROWS_WIDTH)
		seg_cell_merge(into, from, width);
}

Datum
segment_difference_in_differences_combine(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1) &&
	    cells_argument(fcinfo, 0)->setting !=
	        cells_argument(fcinfo, 1)->setting)
		segment_changed("start", WAY_OUT);
	return count_state_combine(fcinfo,
	                           CELLS_STATE,
	                           COUNT_STATE_ANY_WIDTH,
	                           merge_cells);
}

/* ---------- finals ---------- */

/*
 * The effects of the state in argument 0. has_units: whether it has units.
 */
static void
find_period_effects(FunctionCallInfo fcinfo, bool test_pretrend,
                    bool *has_units, SegPeriodEffects *effects)
{
	CountState *state = cells_argument(fcinfo, 0);
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env,
	              seg_period_effects(&env,
	                                 &state->map,
	                                 state->setting,
	                                 test_pretrend,
	                                 effects));
	*has_units = state->map.width == SEG_CELL_UNIT_WIDTH;
}

/*
 * Numbers as values of a row; a missing one is NULL.
 */
static void
put_numbers(const double *numbers, int n, Datum *values, bool *nulls)
{
	for (int i = 0; i < n; i++)
	{
		values[i] = Float8GetDatum(numbers[i]);
		nulls[i] = isnan(numbers[i]);
	}
}

Datum
segment_difference_in_differences_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID};
	double none = seg_missing();
	SegPeriodEffect before = {.treated_mean = none, .control_mean = none};
	SegPeriodEffect after = {.effect = none,
	                         .standard_error = none,
	                         .statistic = none,
	                         .p_value = none,
	                         .low = none,
	                         .high = none,
	                         .treated_mean = none,
	                         .control_mean = none};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegPeriodEffects effects;
	bool has_units;

	find_period_effects(fcinfo, false, &has_units, &effects);
	for (int64 i = 0; i < effects.n; i++)
		*(effects.periods[i].period == 0 ? &before : &after) =
			effects.periods[i];
	{
		double numbers[] = {after.effect,
		                    after.standard_error,
		                    after.statistic,
		                    effects.freedom,
		                    after.p_value,
		                    after.low,
		                    after.high,
		                    before.treated_mean,
		                    after.treated_mean,
		                    before.control_mean,
		                    after.control_mean};

		put_numbers(numbers, lengthof(numbers), values, nulls);
		nulls[3] |= nulls[1]; /* freedom of an error */
	}
	values[11] = Int64GetDatum(effects.rows);
	values[12] = Int64GetDatum(effects.units[1]);
	values[13] = Int64GetDatum(effects.units[0]);
	nulls[12] = nulls[13] = !has_units;
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

Datum
segment_event_study_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {INT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            INT8OID};
	SegPeriodEffects effects;
	bool has_units;
	RowArray rows;

	find_period_effects(fcinfo, false, &has_units, &effects);
	rows = row_array_begin(fcinfo, types, lengthof(types), effects.n);
	for (int64 i = 0; i < effects.n; i++)
	{
		const SegPeriodEffect *e = &effects.periods[i];
		double numbers[] = {e->effect,
		                    e->standard_error,
		                    e->statistic,
		                    e->p_value,
		                    e->low,
		                    e->high,
		                    e->treated_mean,
		                    e->control_mean};
		bool nulls[lengthof(types)] = {false};
		Datum values[lengthof(types)];

		values[0] = Int64GetDatum(e->period);
		put_numbers(numbers, lengthof(numbers), values + 1, nulls + 1);
		values[9] = Int64GetDatum(e->rows);
		row_array_add(&rows, values, nulls);
	}
	PG_RETURN_DATUM(row_array_end(&rows));
}

Datum
segment_pretrend_test_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID, INT8OID, FLOAT8OID, FLOAT8OID};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegPeriodEffects effects;
	bool has_units;

	find_period_effects(fcinfo, true, &has_units, &effects);
	put_numbers(&effects.pretrend.statistic, 1, &values[0], &nulls[0]);
	values[1] = Int64GetDatum(effects.pretrend.periods);
	put_numbers(&effects.freedom, 1, &values[2], &nulls[2]);
	put_numbers(&effects.pretrend.p_value, 1, &values[3], &nulls[3]);
	nulls[2] |= nulls[0];
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
