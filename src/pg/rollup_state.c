/*-------------------------------------------------------------------------
 *
 * rollup_state.c
 *	  Any number of summaries of one kind as the bytea state of rollup.
 *
 * Adding each summary to the sum of all before it would take time that grows
 * with the square of their number, if the sum grows with it. So a state is a
 * stack of sums, each at least twice as large as the next: a summary is put on
 * top, and takes in sums that are less than twice its size. Each part of a
 * summary is then added up a number of times that grows with the logarithm.
 *
 * A state has the head of a summary; then comes, for each sum from the largest
 * to the smallest, its body and the size of the body. As a bytea may be
 * untrusted, a sum is validated before it is added up or returned.
 *
 * src/pg/rollup_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "pg/rollup_state.h"

#define ROLLUP_STATE 0x524f4c4c /* "ROLL", in the reserved place of the head */

/* Room for n bytes and their size. */
#define FRAME(n) ((n) + sizeof(uint64))

static void
rollup_state_check(bool is_sound)
{
	if (unlikely(!is_sound))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
}

/*
 * The state in an argument, aligned; NULL: there is none yet. Writable: it will
 * be changed, which we may do in place only if the executor runs us as part of
 * an aggregate.
 */
ModelValue *
rollup_state_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	ModelValue *state = SUMMARY_ARG_STATE(argno);
	Size size;

	if (state == NULL)
		return NULL;
	size = VARSIZE(state);
	rollup_state_check(
		size >= MODEL_HEADER_SIZE && state->reserved == ROLLUP_STATE &&
		state->body_size > 0 && state->body_size <= size - MODEL_HEADER_SIZE);
	if (state != (ModelValue *) MAXALIGN(state) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		state = memcpy(palloc(size), state, size);
	return state;
}

/*
 * The size of the sum that ends where this many bytes are in use.
 */
static size_t
last_size(const ModelValue *state, size_t used)
{
	uint64 size = 0;

	if (used >= FRAME(0))
		memcpy(&size, state->body + used - FRAME(0), FRAME(0));
	rollup_state_check(used >= FRAME(0) && size % FRAME(0) == 0 &&
	                   size <= used - FRAME(0));
	return (size_t) size;
}

/*
 * Open the sum of that size that ends there.
 */
static void *
last_value(const ModelValue *state, const SegMethod *method, size_t used,
           size_t size)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	void *value = palloc0(method->size);

	segment_check(&env,
	              seg_image_open(&env,
	                             method,
	                             state->body + used - FRAME(size),
	                             size,
	                             value));
	segment_check(&env, seg_image_validate(&env, method, value));
	return value;
}

static size_t
rollup_state_size_of(const SegMethod *method, const void *value)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	size_t size;

	segment_check(&env, seg_image_size(&env, method, value, &size));
	return size;
}

/*
 * The sum of a value and those on top of the stack that are smaller than a
 * factor times it; *used is what remains of the stack.
 */
static const void *
rollup_absorb(const ModelValue *state, const SegMethod *method, size_t *used,
              const void *value, double factor)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double size = (double) rollup_state_size_of(method, value);

	while (*used > 0)
	{
		size_t last = last_size(state, *used);
		void *sum;

		if ((double) last >= factor * size)
			break;
		CHECK_FOR_INTERRUPTS();
		sum = palloc0(method->size);
		segment_check(&env,
		              method->merge(&env,
		                            last_value(state, method, *used, last),
		                            value,
		                            sum));
		*used -= FRAME(last);
		value = sum;
		size = (double) rollup_state_size_of(method, value);
	}
	return value;
}

/*
 * Put a value on top of the stack. If it does not fit, a larger state is made,
 * with spare room unless it is the first.
 */
static ModelValue *
push(ModelValue *state, const SegMethod *method, const void *value)
{
	size_t used = state != NULL ? state->body_size : 0;
	uint64 size;
	char *body;

	value = rollup_absorb(state, method, &used, value, 2.0);
	size = rollup_state_size_of(method, value);
	model_check_size(used + FRAME(size), NULL);
	body = palloc(FRAME(size)); /* as the value may point into the stack */
	seg_image_write(method, value, body);
	memcpy(body + size, &size, sizeof(size));
	if (state == NULL ||
	    used + FRAME(size) > VARSIZE(state) - MODEL_HEADER_SIZE)
	{
		Size whole = MODEL_HEADER_SIZE + used + FRAME(size);
		ModelValue *larger;

		if (state != NULL)
			whole = summary_grown_size(whole);
		larger = palloc0(whole);
		if (used > 0)
			memcpy(larger->body, state->body, used);
		SET_VARSIZE(larger, whole);
		larger->format = method->format;
		larger->method = method->tag;
		larger->reserved = ROLLUP_STATE;
		state = larger;
	}
	memcpy(state->body + used, body, FRAME(size));
	state->body_size = (uint32) (used + FRAME(size));
	pfree(body);
	return state;
}

ModelValue *
rollup_state_add(ModelValue *state, const ModelValue *summary)
{
	const SegMethod *method = model_method(summary);
	void *value = palloc0(method->size);

	if (state != NULL)
		summary_check_kind(state, method);
	if (method->merge == NULL)
		elog(ERROR, "%s cannot be merged", method->title);
	summary_open(summary, method, value);
	return push(state, method, value);
}

/*
 * Add the sums of one state to another; without one, a copy becomes it, as the
 * second state may be freed with its tuple.
 */
ModelValue *
rollup_state_merge(ModelValue *state, const ModelValue *from)
{
	const SegMethod *method = model_method(from);

	if (state == NULL)
		return memcpy(palloc(VARSIZE(from)), from, VARSIZE(from));
	summary_check_kind(state, method);
	for (size_t used = from->body_size; used > 0;)
	{
		size_t size = last_size(from, used);

		state = push(state, method, last_value(from, method, used, size));
		used -= FRAME(size);
	}
	return state;
}

/*
 * The sum of all.
 */
ModelValue *
rollup_state_final(const ModelValue *state)
{
	const SegMethod *method = model_method(state);
	size_t used = state->body_size;
	size_t size = last_size(state, used);
	const void *value = last_value(state, method, used, size);

	used -= FRAME(size);
	value = rollup_absorb(state, method, &used, value, INFINITY);
	return summary_final(summary_make(method, value));
}
