/*-------------------------------------------------------------------------
 *
 * step_events.c
 *	  Events and the steps that they meet, from a boolean[] argument to a kernel.
 *
 * src/fmgr/journey/step_events.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/array.h"

#include "fmgr/journey/step_events.h"

static int
count_steps(FunctionCallInfo fcinfo, int argno)
{
	ArrayType *array;
	int count;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("array of steps must not be null"));
	array = PG_GETARG_ARRAYTYPE_P(argno);
	count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	if (ARR_NDIM(array) > 1 || count < 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("steps must be an array of at least one element"));
	if (count > SEG_STEPS_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many steps: %d", count),
		        errdetail("The limit is %d.", SEG_STEPS_MAX));
	return count;
}

/*
 * A step that is NULL is not met.
 */
void
step_bits_argument(FunctionCallInfo fcinfo, int argno, StepBits *steps)
{
	int count = count_steps(fcinfo, argno);
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	const bool *met = (const bool *) ARR_DATA_PTR(array);
	const uint8 *known = ARR_NULLBITMAP(array);

	steps->count = count;
	steps->any = false;
	memset(steps->bits, 0, STEP_BYTES(count));
	for (int j = 0; j < count; j++)
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
