/*-------------------------------------------------------------------------
 *
 * summary.c
 *	  Summaries as states of aggregates: changed in place, merged, returned.
 *
 * src/pg/summary.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/summary.h"

/* Up to this size the allocator rounds up to powers of two. */
#define LARGEST_CHUNK 8192

/*
 * The size of a state that has to grow to this size, and will grow again: what
 * the allocator would round up to anyway, or half as much again.
 */
Size
summary_grown_size(Size size)
{
	Size chunk = 64;

	if (size > LARGEST_CHUNK)
		return size + size / 2;
	while (chunk < size)
		chunk *= 2;
	return chunk;
}

static ModelValue *
summary_make_state(const SegMethod *method, const void *value, size_t size,
                   size_t room)
{
	ModelValue *state;

	model_check_size(size + room, NULL);
	state =
		segment_alloc(CurrentMemoryContext, MODEL_HEADER_SIZE + size + room);
	SET_VARSIZE(state, MODEL_HEADER_SIZE + size + room);
	state->format = method->format;
	state->method = method->tag;
	state->body_size = (uint32) size;
	seg_image_write(method, value, state->body);
	return state;
}

static size_t
size_of(const SegMethod *method, const void *value)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	size_t size;

	segment_check(&env, seg_image_size(&env, method, value, &size));
	return size;
}

/*
 * A first state, without spare room, as there may be a million groups.
 */
ModelValue *
summary_make(const SegMethod *method, const void *value)
{
	return summary_make_state(method, value, size_of(method, value), 0);
}

/*
 * Open a summary of the given method into the caller's struct.
 */
void
summary_open(const ModelValue *summary, const SegMethod *method, void *value)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegMethod *actual = model_method(summary);

	if (actual != method)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a %s, got a %s", method->title, actual->title),
		        method->is_summary ? errhint("%s() makes one.", method->name)
		                           : 0);
	segment_check(&env,
	              seg_image_open(&env,
	                             method,
	                             summary->body,
	                             summary->body_size,
	                             value));
}

/*
 * Store the changed scalars of an opened state, whose arrays were changed in
 * place.
 */
void
summary_write_slots(ModelValue *state, const SegMethod *method,
                    const void *value)
{
	state->fingerprint = 0;
	seg_image_write_slots(method, value, state->body);
}

/*
 * Store a value in a state, or in a new, larger one. The value may point into
 * the old state.
 */
ModelValue *
summary_store(ModelValue *state, const SegMethod *method, const void *value)
{
	size_t size = size_of(method, value);
	char *body;

	if (size > VARSIZE(state) - MODEL_HEADER_SIZE)
		return summary_make_state(method,
		                          value,
		                          size,
		                          summary_grown_size(MODEL_HEADER_SIZE + size) -
		                              (MODEL_HEADER_SIZE + size));
	body = segment_alloc(CurrentMemoryContext, Max(size, 1));
	seg_image_write(method, value, body);
	segment_copy(state->body, body, size);
	pfree(body);
	state->body_size = (uint32) size;
	state->fingerprint = 0;
	return state;
}

/*
 * Add an opened value to the opened value of a state.
 */
ModelValue *
summary_add(ModelValue *state, const SegMethod *method, const void *value,
            const void *more)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	void *sum = palloc0(method->size);

	if (method->merge == NULL)
		elog(ERROR, "%s cannot be merged", method->title);
	segment_check(&env, method->merge(&env, value, more, sum));
	return summary_store(state, method, sum);
}

/*
 * Refuse to add a summary of one kind to a state of another.
 */
void
summary_check_kind(const ModelValue *state, const SegMethod *method)
{
	if (model_method(state) != method)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("summaries of different kinds cannot be merged"),
		        errdetail("One is a %s, another is a %s.",
		                  model_method(state)->title,
		                  method->title),
		        errhint("Use GROUP BY model_method(summary)."));
}

/*
 * Add a summary to a state; without a state, a copy of the summary becomes one,
 * as the summary may be freed with its row.
 */
ModelValue *
summary_merge(ModelValue *state, const ModelValue *from)
{
	const SegMethod *method = model_method(from);
	void *more = palloc0(method->size);
	void *value;

	summary_open(from, method, more);
	if (state == NULL)
		return summary_make(method, more);
	value = palloc0(method->size);
	summary_check_kind(state, method);
	summary_open(state, method, value);
	return summary_add(state, method, value, more);
}

/*
 * A summary of the rows of a whole that are not in a part; NULL: there are none.
 */
ModelValue *
summary_subtract(const ModelValue *whole, const ModelValue *part)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegMethod *method = model_method(whole);
	void *value = palloc0(method->size);
	void *less = palloc0(method->size);
	void *rest = palloc0(method->size);
	bool is_empty;

	if (method->subtract == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("a %s cannot be subtracted", method->title),
		        errdetail(
					"It keeps more than sums, such as smallest and largest "
					"values, which do not tell what they are without some "
					"of its rows."),
		        errhint("Summarize the rows that are left."));
	summary_open(whole, method, value);
	summary_open(part, method, less);
	segment_check(&env, method->subtract(&env, value, less, rest, &is_empty));
	return is_empty ? NULL : summary_final(summary_make(method, rest));
}

/*
 * The value of a state, without spare room.
 */
ModelValue *
summary_final(const ModelValue *state)
{
	const SegMethod *method = model_method(state);
	size_t size = MODEL_HEADER_SIZE + state->body_size;
	ModelValue *result = segment_alloc(CurrentMemoryContext, size);

	segment_copy(result, state, size);
	SET_VARSIZE(result, size);
	result->fingerprint =
		seg_image_fingerprint(method, result->body, result->body_size);
	return result;
}
