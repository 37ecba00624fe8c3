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

#define EVENT_LINE 64

/*
 * Where the lists of one aggregate context get their chunks; part of that
 * context.
 */
typedef struct EventArena
{
	struct EventArena *next;
	EventCall *call;
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

/* ---------- settings ---------- */

static void
begin_settings(EventCall *call)
{
	HASHCTL control = {.keysize = sizeof(uint64),
	                   .entrysize = sizeof(EventSlot),
	                   .hcxt = call->context};

	call->last = NULL;
	call->count = 0;
	call->slots = hash_create("segment settings",
	                          16,
	                          &control,
	                          HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

EventCall *
event_call_create(FmgrInfo *flinfo)
{
	EventCall *call =
		MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(EventCall));

	call->context = AllocSetContextCreate(flinfo->fn_mcxt,
	                                      "segment settings",
	                                      ALLOCSET_SMALL_SIZES);
	begin_settings(call);
	flinfo->fn_extra = call;
	return call;
}

static Size
chunk_size(const EventSettings *settings)
{
	return TYPEALIGN(EVENT_LINE, offsetof(EventList, items) + settings->width);
}

static EventSettings *
make_settings(EventCall *call, const EventKind *kind, const void *key,
              Size key_size)
{
	MemoryContext old = MemoryContextSwitchTo(call->context);
	EventSettings *settings = palloc0(sizeof(EventSettings));

	if (call->count == PG_UINT16_MAX)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many different values of %s in one query",
		               kind->what),
		        errdetail("The limit is %d.", PG_UINT16_MAX),
		        errhint("It applies to groups that are in memory at once. "
		                "With SET enable_hashagg = off they are processed one "
		                "by one."));
	settings->kind = kind;
	settings->key = memcpy(palloc(key_size), key, key_size);
	settings->key_size = key_size;
	settings->data = palloc0(kind->size);
	kind->prepare(settings);
	settings->room =
		(chunk_size(settings) - offsetof(EventList, items)) / settings->width;
	settings->id = (uint16) ++call->count;
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
event_settings_find(EventCall *call, const EventKind *kind, const void *key,
                    Size key_size)
{
	EventSettings *settings;
	EventSlot *slot;
	uint64 hash;
	bool found;

	if (call->count >= MANY_SETTINGS && call->arenas == NULL)
	{
		MemoryContextReset(call->context);
		begin_settings(call);
	}
	hash = seg_hash(key, key_size, 0);
	slot = hash_search(call->slots, &hash, HASH_ENTER, &found);
	if (!found)
		slot->first = NULL;
	settings = slot->first;
	while (settings != NULL && !has_key(settings, key, key_size))
		settings = settings->next;
	if (settings == NULL)
	{
		settings = make_settings(call, kind, key, key_size);
		settings->next = slot->first;
		slot->first = settings;
	}
	call->last = settings;
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

void
event_settings_changed(const EventList *list, const EventSettings *settings)
{
	const EventSettings *first = event_list_settings(list);

	segment_settings_changed(settings->kind->parts,
	                         first->key,
	                         first->key_size,
	                         settings->key,
	                         settings->key_size,
	                         "GROUP BY what it depends on.");
}

/* ---------- chunks ---------- */

static void
forget_arena(void *arg)
{
	EventArena *arena = arg;
	EventArena **at = &arena->call->arenas;

	while (*at != arena)
		at = &(*at)->next;
	*at = arena->next;
}

static EventArena *
arena_of(FunctionCallInfo fcinfo)
{
	EventCall *call = event_call(fcinfo);
	MemoryContext context = segment_agg_context(fcinfo);
	EventArena *arena = call->arenas;

	while (arena != NULL && arena->context != context)
		arena = arena->next;
	if (arena != NULL)
		return arena;

	arena = MemoryContextAllocZero(context, sizeof(EventArena));
	arena->call = call;
	arena->context = context;
	arena->size = FIRST_ARENA;
	arena->next = call->arenas;
	call->arenas = arena;
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
event_list_check_room(const EventSettings *settings, int32 count, Size besides)
{
	Size most = (Size) segment_training_memory * 1024;
	Size each = (chunk_size(settings) + settings->room - 1) / settings->room +
	            settings->work;

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
                  const EventSettings *settings)
{
	EventList *chunk;

	if (list != NULL)
		event_list_check_room(settings, event_list_count(list), 0);
	chunk = new_chunk(arena_of(fcinfo), chunk_size(settings));
	if (list != NULL)
		chunk->older = list;
	else
		chunk->settings = settings;
	chunk->before = list != NULL ? event_list_count(list) : 0;
	chunk->settings_id = settings->id;
	chunk->n = 0;
	return chunk;
}
