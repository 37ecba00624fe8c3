/*-------------------------------------------------------------------------
 *
 * step_events.c
 *	  Events and the steps that they meet, from arguments to a kernel.
 *
 * src/fmgr/journey/step_events.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "fmgr/journey/step_events.h"

/* What a call site knows of its steps. */
typedef struct StepArguments
{
	int count; /* of booleans; 0: one boolean[] */
} StepArguments;

/* ---------- types ---------- */

static bool
is_array_of_steps(Oid type)
{
	Oid element = get_base_element_type(type);

	return OidIsValid(element) && getBaseType(element) == BOOLOID;
}

pg_noreturn static void
refuse_step(int step, Oid type)
{
	ereport(ERROR,
	        errcode(ERRCODE_DATATYPE_MISMATCH),
	        errmsg("step %d must be a boolean, not of type %s",
	               step,
	               format_type_be(type)),
	        is_array_of_steps(type)
	            ? errhint("Give steps one by one, or as a single boolean[].")
	            : errhint(
					  "A step is a condition, such as event = 'pay'. Cast a "
					  "constant or a parameter: $1::boolean."));
	pg_unreachable();
}

/*
 * A NULL without a type is a step that is not met.
 */
static bool
is_step(FunctionCallInfo fcinfo, int argno, Oid type)
{
	return type == UNKNOWNOID ? PG_ARGISNULL(argno)
	                          : getBaseType(type) == BOOLOID;
}

static StepArguments *
make_step_arguments(FunctionCallInfo fcinfo, int argno)
{
	StepArguments *arguments =
		MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(StepArguments));
	Oid first = get_fn_expr_argtype(fcinfo->flinfo, argno);

	if (!OidIsValid(first))
		ereport(ERROR,
		        errcode(ERRCODE_INDETERMINATE_DATATYPE),
		        errmsg("could not determine the types of steps"));
	if (PG_NARGS() == argno + 1 && is_array_of_steps(first))
		return arguments;
	for (int i = argno; i < PG_NARGS(); i++)
	{
		Oid type = get_fn_expr_argtype(fcinfo->flinfo, i);

		if (!is_step(fcinfo, i, type))
			refuse_step(i - argno + 1, type);
	}
	arguments->count = PG_NARGS() - argno;
	return arguments;
}

/* ---------- values ---------- */

static void
check_array(const ArrayType *array)
{
	int count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1 || count < 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("steps must be an array of at least one element"));
	if (count > SEG_STEPS_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many steps: %d", count),
		        errdetail("The limit is %d.", SEG_STEPS_MAX));
}

static void
steps_of_array(FunctionCallInfo fcinfo, int argno, StepBits *steps)
{
	ArrayType *array;
	const bool *met;
	const uint8 *known;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("array of steps must not be null"));
	array = PG_GETARG_ARRAYTYPE_P(argno);
	check_array(array);
	met = (const bool *) ARR_DATA_PTR(array);
	known = ARR_NULLBITMAP(array);

	steps->count = ARR_DIMS(array)[0];
	steps->any = false;
	memset(steps->bits, 0, STEP_BYTES(steps->count));
	for (int j = 0; j < steps->count; j++)
	{
		if (known != NULL && !(known[j / 8] & 1 << j % 8))
			continue;
		if (*met++)
		{
			steps->bits[j / 8] |= 1 << j % 8;
			steps->any = true;
		}
	}
}

/*
 * A step that is NULL is not met.
 */
static void
steps_one_by_one(const NullableDatum *args, int count, StepBits *steps)
{
	uint8 all = 0;

	steps->count = count;
	for (int first = 0; first < count; first += 8)
	{
		int n = Min(count - first, 8);
		uint8 byte = 0;

		for (int j = 0; j < n; j++, args++)
			byte |= (!args->isnull & DatumGetBool(args->value)) << j;
		steps->bits[first / 8] = byte;
		all |= byte;
	}
	steps->any = all != 0;
}

void
step_arguments(FunctionCallInfo fcinfo, EventCall *call, int argno,
               StepBits *steps)
{
	const StepArguments *arguments = call->arguments;

	if (unlikely(arguments == NULL))
		arguments = call->arguments = make_step_arguments(fcinfo, argno);
	if (arguments->count > 0)
		steps_one_by_one(&fcinfo->args[argno], arguments->count, steps);
	else
		steps_of_array(fcinfo, argno, steps);
}

/* ---------- to a kernel ---------- */

void
step_bits_unpack(const char *bits, int32 count, uint64 *words)
{
	const uint8 *at = (const uint8 *) bits;

	memset(words, 0, seg_steps_words(count) * sizeof(uint64));
	for (Size b = 0; b < STEP_BYTES(count); b++)
		words[b / 8] |= (uint64) at[b] << b % 8 * 8;
}

SegSteps
step_events_sorted(SegEnv *env, const EventList *list, int32 count)
{
	int64 n = event_list_count(list);
	SegSteps steps = {n, count, seg_steps_words(count), NULL, NULL, NULL};

	steps.time = palloc_extended(n * sizeof(int64), MCXT_ALLOC_HUGE);
	steps.met =
		palloc_extended(n * steps.words * sizeof(uint64), MCXT_ALLOC_HUGE);
	for (; list != NULL; list = event_list_older(list))
	{
		const char *item = list->items;

		CHECK_FOR_INTERRUPTS();
		for (int64 i = list->before; i < event_list_count(list); i++)
		{
			memcpy(&steps.time[i], item, sizeof(int64));
			step_bits_unpack(item + sizeof(int64),
			                 count,
			                 steps.met + i * steps.words);
			item += STEP_EVENT_WIDTH(count);
		}
	}
	segment_check(env, seg_steps_sort(env, &steps));
	return steps;
}
