/*-------------------------------------------------------------------------
 *
 * key_drivers_fmgr.c
 *	  SQL face of the aggregate key_drivers, for sums and for rates.
 *
 * The driver of trainers reads options and skips rows; what is made of the rows
 * is not a model but an array of rows.
 *
 * src/fmgr/pattern/key_drivers_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/memutils.h"

#include "pg/item_rows.h"
#include "kernel/pattern/key_drivers.h"
#include "pg/id_array.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_key_drivers_sum_trans);
PG_FUNCTION_INFO_V1(segment_key_drivers_rate_trans);
PG_FUNCTION_INFO_V1(segment_key_drivers_final);

/* A third of what a row usually adds to the cells: see MEMORY_FACTOR. */
#define BYTES_PER_CELL 16

/* ---------- collecting ---------- */

typedef struct DriverState
{
	ItemState items;
	const SegTrainer *trainer;
	int n_numbers;   /* of a row: its measures, and its group */
	double *numbers; /* row by row */
	int64 room;      /* rows */
} DriverState;

static void
make_room_for_row(FunctionCallInfo fcinfo, DriverState *state)
{
	Size size;

	if (state->items.lists.n < state->room)
		return;
	state->room = Max(4, 2 * state->room);
	size = state->room * state->n_numbers * sizeof(double);
	if (state->numbers == NULL)
		state->numbers =
			MemoryContextAllocHuge(segment_agg_context(fcinfo), size);
	else
		state->numbers = repalloc_huge(state->numbers, size);
}

static bool
driver_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	DriverState *state = (DriverState *) base;
	bool counts = true;
	double *numbers;

	state->trainer = call->trainer;
	state->n_numbers = call->n_numbers;
	state->items.bytes_beside =
		call->n_numbers * sizeof(double) + BYTES_PER_CELL;
	make_room_for_row(fcinfo, state);
	numbers = state->numbers + state->items.lists.n * state->n_numbers;
	for (int i = 0; i < call->n_numbers; i++)
		numbers[i] = call->is_boolean[i]
		                 ? PG_GETARG_BOOL(call->number_at[i])
		                 : PG_GETARG_FLOAT8(call->number_at[i]) + 0.0;
	segment_check(&call->env,
	              call->trainer->check_row(&call->env, numbers, &counts));
	return item_rows_add(fcinfo, call, base);
}

static const TrainerInput driver_rows = {sizeof(DriverState),
                                         driver_rows_add,
                                         item_rows_have_rows,
                                         item_rows_open,
                                         NULL};

/*
 * Transition: (state, attributes, measure, is_test [, options])
 */
Datum
segment_key_drivers_sum_trans(PG_FUNCTION_ARGS)
{
	return trainer_trans(fcinfo, &seg_key_drivers_sum_trainer, &driver_rows);
}

/*
 * Transition: (state, attributes, numerator, denominator, is_test [, options])
 */
Datum
segment_key_drivers_rate_trans(PG_FUNCTION_ARGS)
{
	return trainer_trans(fcinfo, &seg_key_drivers_rate_trainer, &driver_rows);
}

/* ---------- the result ---------- */

static Datum
driver_array(FunctionCallInfo fcinfo, const SegIds *ids,
             const SegDrivers *drivers)
{
	static const Oid types[] = {TEXTARRAYOID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID};
	IdValues *texts = id_values_create(CurrentMemoryContext, ids, TEXTOID);
	RowArray array =
		row_array_begin(fcinfo, types, lengthof(types), drivers->n);

	for (int64 i = 0; i < drivers->n; i++)
	{
		const SegDriver *d = &drivers->drivers[i];
		const double numbers[] = {d->test,
		                          d->control,
		                          d->difference,
		                          d->relative_difference,
		                          d->unexpected_difference,
		                          d->contribution,
		                          d->share_of_change,
		                          d->support};
		Datum values[lengthof(types)];
		bool nulls[lengthof(types)] = {false};

		values[0] = id_values_array(texts, d->attributes, d->n);
		for (int j = 0; j < lengthof(numbers); j++)
		{
			values[j + 1] = Float8GetDatum(numbers[j]);
			nulls[j + 1] = isnan(numbers[j]);
		}
		row_array_add(&array, values, nulls);
	}
	return row_array_end(&array);
}

/*
 * Final: an array with a row for all rows, and one for each combination.
 */
Datum
segment_key_drivers_final(PG_FUNCTION_ARGS)
{
	DriverState *state = SEGMENT_ARG_STATE(0, DriverState);
	MemoryContext outside = CurrentMemoryContext;
	MemoryContext context;
	SegEnv env;
	SegDriverRows rows;
	SegDrivers drivers;
	Datum result;

	if (state == NULL || !item_rows_have_rows(&state->items.base))
		PG_RETURN_NULL(); /* no row counted */
	context = AllocSetContextCreate(outside,
	                                "segment key drivers",
	                                ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	env = segment_env(context);
	rows = (SegDriverRows){item_rows_open(&state->items.base, &env, NULL, NULL),
	                       state->numbers,
	                       state->n_numbers - 1};
	segment_check(&env,
	              seg_key_drivers(&env,
	                              &rows,
	                              trainer_params(state->trainer,
	                                             &state->items.base),
	                              &drivers));
	MemoryContextSwitchTo(outside);
	result = driver_array(fcinfo, rows.items->ids, &drivers);
	MemoryContextDelete(context);
	return result;
}
