/*-------------------------------------------------------------------------
 *
 * event_list.c
 *	  The events of one group on their way from the executor to a kernel.
 *
 * Chunks are cut from arenas, so that each lies on one cache line. An arena
 * belongs to an aggregate context and is freed with it.
 *
 * The server's hash aggregation counts the memory of its context and makes no
 * new groups beyond its limit, so it takes care of many small lists. A single
 * list that outgrows segment.training_memory is refused.
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

/*
 * Where the lists of one aggregate context get their chunks; part of that
 * context.
 */
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

/* Settings whose keys have the same hash. */
typedef struct EventSlot
{
	uint64 hash;
	EventSettings *first;
} EventSlot;

/* This many settings are dropped when there is no list: consecutive groups may
 * all have different ones. */
#define MANY_SETTINGS 1000

/* Kept in fn_extra of a transition function. */
typedef struct EventCache
{
	MemoryContext context; /* of the settings */
	EventSettings *last;   /* asked for: usually the only one */
	HTAB *slots;
	int count;
	EventArena *arenas; /* one, except for grouping sets; none: no lists */
} EventCache;

static void
begin_settings(EventCache *cache)
{
	HASHCTL control = {.keysize = sizeof(uint64),
	                   .entrysize = sizeof(EventSlot),
	                   .hcxt = cache->context};

	cache->last = NULL;
	cache->count = 0;
	cache->slots = hash_create("segment settings",
	                           16,
	                           &control,
	                           HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

static EventCache *
create_cache(MemoryContext context)
{
	EventCache *cache = MemoryContextAllocZero(context, sizeof(EventCache));

	cache->context = AllocSetContextCreate(context,
	                                       "segment settings",
	                                       ALLOCSET_SMALL_SIZES);
	begin_settings(cache);
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
	MemoryContext old = MemoryContextSwitchTo(cache->context);
	EventSettings *settings = palloc(sizeof(EventSettings));

	if (cache->count == PG_UINT16_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many different values of %s in one query",
		               kind->what),
		        errdetail("The limit is %d.", PG_UINT16_MAX),
		        errhint("It applies to groups that are in memory at once. "
		                "With SET enable_hashagg = off they are processed one "
		                "by one."));
	settings->kind = kind;
	settings->id = (uint16) ++cache->count;
	settings->key = memcpy(palloc(key_size), key, key_size);
	settings->key_size = key_size;
	settings->data = palloc0(kind->size);
	settings->work = kind->prepare(settings->data, settings->key, key_size);
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
	if (cache->count >= MANY_SETTINGS && cache->arenas == NULL)
	{
		MemoryContextReset(cache->context);
		begin_settings(cache);
	}
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
 * The settings of a list, the same for all its rows.
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

void
event_list_check_room(const EventSettings *settings, int32 count, Size width,
                      Size besides)
{
	Size most = (Size) segment_training_memory * 1024;
	Size room = EVENT_CHUNK_ROOM(width);
	Size each = (EVENT_CHUNK_SIZE(width) + room - 1) / room + settings->work;

	if (likely(besides + (Size) count * each < most &&
	           count < PG_INT32_MAX - EVENT_LINE))
		return;
	ereport(ERROR,
	        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
	        errmsg("too many events in one group: more than %d", count),
	        errdetail("They would take more memory than the setting %s "
	                  "allows.",
	                  "segment.training_memory"),
	        errhint("GROUP BY user, filter the events, or raise the "
	                "setting."));
}

/*
 * Make the first chunk of a list, or one more; if that fails, the list is
 * unchanged.
 */
EventList *
event_list_extend(FunctionCallInfo fcinfo, EventList *list,
                  const EventSettings *settings, Size width)
{
	EventList *chunk;

	if (list != NULL)
	{
		if (list->settings_id != settings->id)
			segment_changed(settings->kind->what,
			                "GROUP BY what they depend on.");
		event_list_check_room(settings, event_list_count(list), width, 0);
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
