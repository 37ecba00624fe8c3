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
 * to the smallest, its body and a frame that says its size. Bodies of small sums
 * are packed, as there may be a million groups; those of larger sums are not, as
 * time counts there. As a bytea may be untrusted, a sum is validated before it is
 * added up or returned.
 *
 * src/pg/rollup_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "base/pack.h"
#include "pg/rollup_state.h"

#define ROLLUP_STATE 0x524f4c4c /* "ROLL", in the reserved place of the head */

#define LARGEST_PACKED 1024 /* body, in bytes */
#define SECOND_SIZE    256  /* of a state, once it has to grow */

typedef struct Frame
{
	uint32 stored; /* bytes before it */
	uint32 size;   /* of the body that they are */
} Frame;

/* Room for n bytes and their frame. */
#define FRAMED(n) ((n) + sizeof(Frame))

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
	if (state != (ModelValue *) MAXALIGN(state) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		state = memcpy(palloc(size), state, size);
	rollup_state_check(
		size >= MODEL_HEADER_SIZE && state->reserved == ROLLUP_STATE &&
		state->body_size > 0 && state->body_size <= size - MODEL_HEADER_SIZE);
	return state;
}

/*
 * The frame of the sum that ends where this many bytes are in use.
 */
static Frame
last_frame(const ModelValue *state, size_t used)
{
	Frame frame = {0, 0};

	if (used >= FRAMED(0))
		memcpy(&frame, state->body + used - FRAMED(0), FRAMED(0));
	rollup_state_check(used >= FRAMED(0) && frame.stored <= used - FRAMED(0) &&
	                   frame.size % sizeof(uint64) == 0);
	return frame;
}

/*
 * Open the sum of that frame that ends there.
 */
static void *
last_value(const ModelValue *state, const SegMethod *method, size_t used,
           Frame frame)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const char *body = state->body + used - FRAMED(frame.stored);
	void *value = palloc0(method->size);

	if (frame.size <= LARGEST_PACKED)
	{
		char *unpacked = palloc(Max(frame.size, 1));

		rollup_state_check(
			seg_unpack(body, frame.stored, unpacked, frame.size));
		body = unpacked;
	}
	else
		rollup_state_check(frame.stored == frame.size &&
		                   body == (const char *) MAXALIGN(body));
	segment_check(&env, seg_image_open(&env, method, body, frame.size, value));
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
		Frame last = last_frame(state, *used);
		void *sum;

		if ((double) last.size >= factor * size)
			break;
		CHECK_FOR_INTERRUPTS();
		sum = palloc0(method->size);
		segment_check(&env,
		              method->merge(&env,
		                            last_value(state, method, *used, last),
		                            value,
		                            sum));
		*used -= FRAMED(last.stored);
		value = sum;
		size = (double) rollup_state_size_of(method, value);
	}
	return value;
}

/*
 * A body with its frame, in memory of its own; returns the bytes of both.
 */
static size_t
framed_body(const SegMethod *method, const void *value, char **result)
{
	size_t size = rollup_state_size_of(method, value);
	Frame frame = {(uint32) size, (uint32) size};
	char *body;

	model_check_size(size, NULL);
	body = segment_alloc(CurrentMemoryContext, FRAMED(size));
	seg_image_write(method, value, body);
	if (size <= LARGEST_PACKED)
	{
		char *packed = palloc(FRAMED(SEG_PACKED_MOST(size)));

		frame.stored = (uint32) seg_pack(body, size, packed);
		pfree(body);
		body = packed;
	}
	memcpy(body + frame.stored, &frame, sizeof(frame));
	*result = body;
	return FRAMED(frame.stored);
}

/*
 * Put a value on top of the stack. If it does not fit, a larger state is made,
 * with spare room unless it is the first.
 */
static ModelValue *
push(ModelValue *state, const SegMethod *method, const void *value)
{
	size_t used = state != NULL ? state->body_size : 0;
	size_t size;
	char *body;

	value = rollup_absorb(state, method, &used, value, 2.0);
	/* a copy, as the value may point into the stack */
	size = framed_body(method, value, &body);
	model_check_size(used + size, NULL);
	if (state == NULL || used + size > VARSIZE(state) - MODEL_HEADER_SIZE)
	{
		Size whole = MODEL_HEADER_SIZE + used + size;
		ModelValue *larger;

		if (state != NULL)
			whole = Max(summary_grown_size(whole), SECOND_SIZE);
		larger = segment_alloc(CurrentMemoryContext, whole);
		if (used > 0)
			segment_copy(larger->body, state->body, used);
		SET_VARSIZE(larger, whole);
		larger->format = method->format;
		larger->method = method->tag;
		larger->reserved = ROLLUP_STATE;
		state = larger;
	}
	segment_copy(state->body + used, body, size);
	state->body_size = (uint32) (used + size);
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
		Frame last = last_frame(from, used);

		state = push(state, method, last_value(from, method, used, last));
		used -= FRAMED(last.stored);
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
	Frame last = last_frame(state, used);
	const void *value = last_value(state, method, used, last);

	used -= FRAMED(last.stored);
	value = rollup_absorb(state, method, &used, value, INFINITY);
	return summary_final(summary_make(method, value));
}
