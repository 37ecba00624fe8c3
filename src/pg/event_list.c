/*-------------------------------------------------------------------------
 *
 * event_list.c
 *	  The events of one group on their way from the executor to a kernel.
 *
 * Chunks are cut from arenas, so that each lies on one cache line.  An arena
 * belongs to an aggregate context and goes with it.
 *
 * The server's hash aggregation counts the memory of its context, and makes no
 * new groups beyond its limit; so many small lists are in its care.  One list
 * that outgrows segment.training_memory is refused.
 *
 * src/pg/event_list.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/hsearch.h"
#include "utils/memutils.h"

#include "base/hash.h"
#include "pg/event_list.h"

/* Small at first: a sorted plan has a new context for each group. */
#define FIRST_ARENA 1024
#define LAST_ARENA  (256 * 1024)

/* Bytes that a final function takes for each event besides: two arrays of times
 * and steps, and an order with room to merge. */
#define SORTING_WIDTH 48

/* Where the lists of one aggregate context get their chunks; lives in it. */
typedef struct EventArena
{
	struct EventArena *next;
	struct EventCache *cache;
	MemoryContext context;
	MemoryContextCallback callback;
	char *at;
	char *end;
	Size size;
} EventArena;

/* Settings whose keys have one hash. */
typedef struct EventSlot
{
	uint64 hash;
	EventSettings *first;
} EventSlot;

/* Kept in fn_extra of a transition function. */
typedef struct EventCache
{
	EventSettings *last; /* asked for: mostly there is no other */
	HTAB *slots;
	int count;
	EventArena *arenas; /* one, but for grouping sets */
} EventCache;

static EventCache *
create_cache(MemoryContext context)
{
	EventCache *cache = MemoryContextAllocZero(context, sizeof(EventCache));
	HASHCTL control = {.keysize = sizeof(uint64),
	                   .entrysize = sizeof(EventSlot),
	                   .hcxt = context};

	cache->slots = hash_create("segment settings",
	                           16,
	                           &control,
	                           HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	return cache;
}

static EventCache *
cache_of(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = create_cache(fcinfo->flinfo->fn_mcxt);
	return fcinfo->flinfo->fn_extra;
}

/* ---------- settings ---------- */

static EventSettings *
make_settings(FunctionCallInfo fcinfo, const EventKind *kind, const void *key,
              Size key_size)
{
	EventCache *cache = cache_of(fcinfo);
	MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	EventSettings *settings = palloc(sizeof(EventSettings));

	if (cache->count == PG_UINT16_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many different values of %s in one query",
		               kind->what),
		        errdetail("The limit is %d.", PG_UINT16_MAX));
	settings->kind = kind;
	settings->id = (uint16) ++cache->count;
	settings->key = memcpy(palloc(key_size), key, key_size);
	settings->key_size = key_size;
	settings->data = palloc0(kind->size);
	kind->prepare(settings->data, settings->key, key_size);
	MemoryContextSwitchTo(old);
	return settings;
}

static inline bool
has_key(const EventSettings *settings, const void *key, Size key_size)
{
	return settings->key_size == key_size &&
	       memcmp(settings->key, key, key_size) == 0;
}

const EventSettings *
event_settings(FunctionCallInfo fcinfo, const EventKind *kind, const void *key,
               Size key_size)
{
	EventCache *cache = cache_of(fcinfo);
	EventSettings *settings = cache->last;
	EventSlot *slot;
	uint64 hash;
	bool found;

	if (likely(settings != NULL && has_key(settings, key, key_size)))
		return settings;
	hash = seg_hash(key, key_size, 0);
	slot = hash_search(cache->slots, &hash, HASH_ENTER, &found);
	if (!found)
		slot->first = NULL;
	settings = slot->first;
	while (settings != NULL && !has_key(settings, key, key_size))
		settings = settings->next;
	if (settings == NULL)
	{
		settings = make_settings(fcinfo, kind, key, key_size);
		settings->next = slot->first;
		slot->first = settings;
	}
	cache->last = settings;
	return settings;
}

/*
 * The settings of a list, which all its rows had.
 */
const EventSettings *
event_list_settings(const EventList *list)
{
	while (list->before > 0)
		list = list->older;
	return list->settings;
}

/* ---------- chunks ---------- */

static void
forget_arena(void *arg)
{
	EventArena *arena = arg;
	EventArena **at = &arena->cache->arenas;

	while (*at != arena)
		at = &(*at)->next;
	*at = arena->next;
}

static EventArena *
arena_of(FunctionCallInfo fcinfo)
{
	EventCache *cache = cache_of(fcinfo);
	MemoryContext context = segment_agg_context(fcinfo);
	EventArena *arena = cache->arenas;

	while (arena != NULL && arena->context != context)
		arena = arena->next;
	if (arena != NULL)
		return arena;

	arena = MemoryContextAllocZero(context, sizeof(EventArena));
	arena->cache = cache;
	arena->context = context;
	arena->size = FIRST_ARENA;
	arena->next = cache->arenas;
	cache->arenas = arena;
	arena->callback.func = forget_arena;
	arena->callback.arg = arena;
	MemoryContextRegisterResetCallback(context, &arena->callback);
	return arena;
}

static EventList *
new_chunk(EventArena *arena, Size size)
{
	EventList *chunk;

	if (arena->at + size > arena->end)
	{
		Size bytes = Max(arena->size, size + EVENT_LINE);
		char *memory = MemoryContextAlloc(arena->context, bytes);

		arena->at = (char *) TYPEALIGN(EVENT_LINE, memory);
		arena->end = memory + bytes;
		arena->size = Min(arena->size * 2, LAST_ARENA);
	}
	chunk = (EventList *) arena->at;
	arena->at += size;
	return chunk;
}

/*
 * The events of one group that fit into segment.training_memory, with what it
 * takes to sort them.
 */
static int32
most_events(Size width)
{
	Size most = (Size) segment_training_memory * 1024 / (width + SORTING_WIDTH);

	return (int32) Min(most, PG_INT32_MAX - EVENT_LINE);
}

/*
 * The first chunk of a list, or one more; the list stays as it is if that fails.
 */
EventList *
event_list_extend(FunctionCallInfo fcinfo, EventList *list,
                  const EventSettings *settings, Size width)
{
	EventList *chunk;

	if (list != NULL)
	{
		if (list->settings_id != settings->id)
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s must be the same for all rows",
			               settings->kind->what),
			        errdetail("Two rows differ."),
			        errhint("GROUP BY what they depend on."));
		if (event_list_count(list) >= most_events(width))
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("too many events in one group: more than %d",
			               event_list_count(list)),
			        errdetail("They would take more memory than the setting %s "
			                  "allows.",
			                  "segment.training_memory"),
			        errhint("GROUP BY user, filter the events, or raise the "
			                "setting."));
	}
	chunk = new_chunk(arena_of(fcinfo), EVENT_CHUNK_SIZE(width));
	if (list != NULL)
		chunk->older = list;
	else
		chunk->settings = settings;
	chunk->before = list != NULL ? event_list_count(list) : 0;
	chunk->settings_id = settings->id;
	chunk->n = 0;
	return chunk;
}
