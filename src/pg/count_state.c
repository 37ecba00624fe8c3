/*-------------------------------------------------------------------------
 *
 * count_state.c
 *	  A count map as the bytea state of a mergeable aggregate.
 *
 * The state is changed in place. When a key does not fit, a larger value is
 * made in the current context: the executor copies it to the aggregate's
 * context and frees the old one, so we must not free that.
 *
 * The state is a plain bytea and not a segment_summary because nobody stores or
 * reads it: what matters is that a row costs one probe. A bytea may be
 * untrusted, so every map is checked before use; see base/count_map.h.
 *
 * src/pg/count_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "pg/count_state.h"

#define HEAD_SIZE offsetof(CountState, map)

/*
 * Make an empty state whose map has a shape of map_size bytes.
 */
static CountState *
make_shaped(uint32 kind, SegWide total, SegCountMap shape, Size map_size)
{
	CountState *state =
		segment_alloc(CurrentMemoryContext, HEAD_SIZE + map_size);

	SET_VARSIZE(state, HEAD_SIZE + map_size);
	state->kind = kind;
	state->total = total; /* or setting */
	state->map = shape;
	return state;
}

/*
 * Make an empty state in the current context. There may be millions, one per
 * user with a few keys.
 */
CountState *
count_state_make(uint32 kind, int64 width)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegCountMap shape;
	size_t size;

	segment_check(&env,
	              seg_count_map_first(&env, width, HEAD_SIZE, &shape, &size));
	return make_shaped(kind, (SegWide){0, 0}, shape, size);
}

/*
 * Read a state argument, aligned; writable: it will be changed, which we may do
 * in place only if the executor runs us as part of an aggregate.
 */
CountState *
count_state_argument(FunctionCallInfo fcinfo, int argno, uint32 kind,
                     int64 width, bool writable)
{
	CountState *state = (CountState *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	Size size = VARSIZE(state);
	SegEnv env = segment_env(CurrentMemoryContext);

	if (state != (CountState *) MAXALIGN(state) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		state = memcpy(palloc(size), state, size);
	if (size < sizeof(CountState) || state->kind != kind)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "kind"));
	segment_check(&env,
	              seg_count_map_check(&env,
	                                  &state->map,
	                                  size - HEAD_SIZE,
	                                  width == COUNT_STATE_ANY_WIDTH
	                                      ? state->map.width
	                                      : width));
	return state;
}

CountState *
count_state_of_group(FunctionCallInfo fcinfo, uint32 kind, int64 width)
{
	return PG_ARGISNULL(0) ? count_state_make(kind, width)
	                       : count_state_argument(fcinfo, 0, kind, width, true);
}

/*
 * The number of a key, which is added if it is new; *state may move.
 */
int64
count_state_add(CountState **state, const void *key, int64 length)
{
	int64 at = seg_count_map_add(&(*state)->map, key, length);
	SegEnv env;
	SegCountMap shape;
	size_t size;
	CountState *larger;

	if (likely(at >= 0))
		return at;
	env = segment_env(CurrentMemoryContext);
	segment_check(&env,
	              seg_count_map_enlarged(&env,
	                                     &(*state)->map,
	                                     length,
	                                     HEAD_SIZE,
	                                     &shape,
	                                     &size));
	larger = make_shaped((*state)->kind, (*state)->total, shape, size);
	segment_check(&env,
	              seg_count_map_move(&env,
	                                 &(*state)->map,
	                                 &shape,
	                                 &larger->map));
	*state = larger;
	at = seg_count_map_add(&larger->map, key, length);
	if (at < 0)
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "keys"));
	return at;
}

void
count_state_check_text(SegText key)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (!pg_verifymbstr(key.bytes, (int) key.length, true))
		segment_check(&env,
		              seg_fail_name(&env,
		                            SEG_CORRUPT,
		                            "state of the aggregate",
		                            "keys"));
}

/*
 * Unsigned: damaged counts must not overflow.
 */
void
count_state_add_counts(void *into, const void *from, int64 width)
{
	for (int64 i = 0; i < width; i++)
		((uint64 *) into)[i] += ((const uint64 *) from)[i];
}

/*
 * Combine two states. The second one may be freed with its tuple, so an absent
 * first state becomes a new one, never an alias.
 */
Datum
count_state_combine(FunctionCallInfo fcinfo, uint32 kind, int64 width,
                    CountStateMerge merge)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *into, *from;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	from = count_state_argument(fcinfo, 1, kind, width, false);
	segment_check(&env, seg_count_map_validate(&env, &from->map));
	into = PG_ARGISNULL(0) ? count_state_make(kind, from->map.width)
	                       : count_state_argument(fcinfo, 0, kind, width, true);
	if (PG_ARGISNULL(0))
		into->total = from->total;
	if (into->map.width != from->map.width)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_BAD_DIM,
		                       "vectors",
		                       from->map.width,
		                       into->map.width));
	for (int64 i = 0; i < from->map.n; i++)
	{
		SegText key = seg_count_map_key(&from->map, i);
		int64 at = count_state_add(&into, key.bytes, key.length);

		CHECK_FOR_INTERRUPTS();
		merge(seg_count_map_words(&into->map, at),
		      seg_count_map_words(&from->map, i),
		      from->map.width);
	}
	PG_RETURN_POINTER(into);
}
