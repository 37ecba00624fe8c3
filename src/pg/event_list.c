/*-------------------------------------------------------------------------
 *
 * event_list.c
 *	  The events of one group on their way from the executor to a kernel.
 *
 * The server's hash aggregation counts the memory of states, and makes no new
 * groups beyond its limit; so many small lists are in its care.  One list that
 * outgrows segment.training_memory is refused.
 *
 * src/pg/event_list.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "pg/event_list.h"

/* The allocator rounds up to powers of two: so we ask for these. */
#define FIRST_SIZE 64
#define HEAD_SIZE  offsetof(EventList, items)

static int32
room_of(Size size, Size width)
{
	return (int32) ((size - HEAD_SIZE) / width);
}

EventList *
event_list_create(MemoryContext context, const void *settings, Size width)
{
	Size size = FIRST_SIZE;
	EventList *list;

	while (room_of(size, width) == 0)
		size *= 2;
	list = MemoryContextAlloc(context, size);
	list->settings = settings;
	list->n = 0;
	list->room = room_of(size, width);
	return list;
}

/*
 * Twice the room, where the list lives.
 */
EventList *
event_list_grow(EventList *list, Size width)
{
	Size used = HEAD_SIZE + (Size) list->n * width;
	Size size = FIRST_SIZE;
	EventList *larger;

	while (room_of(size, width) <= list->n)
		size *= 2;
	if (size > (Size) segment_training_memory * 1024 || size > MaxAllocSize)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many events in one group: more than %d", list->n),
		        errdetail("They would take more memory than the setting %s "
		                  "allows.",
		                  "segment.training_memory"),
		        errhint("GROUP BY user, filter the events, or raise the "
		                "setting."));
	larger = MemoryContextAlloc(GetMemoryChunkContext(list), size);
	memcpy(larger, list, used);
	larger->room = room_of(size, width);
	pfree(list);
	return larger;
}

/* Kept in fn_extra of a transition function; the newest first. */
typedef struct SettingsEntry
{
	struct SettingsEntry *next;
	int64 settings[FLEXIBLE_ARRAY_MEMBER]; /* aligned bytes */
} SettingsEntry;

const void *
event_settings(FunctionCallInfo fcinfo, const void *given, Size key_size,
               Size size, EventSettingsPrepare prepare)
{
	SettingsEntry *first = fcinfo->flinfo->fn_extra;
	SettingsEntry *entry;

	for (entry = first; entry != NULL; entry = entry->next)
	{
		if (memcmp(entry->settings, given, key_size) == 0)
			return entry->settings;
	}
	entry = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
	                               offsetof(SettingsEntry, settings) + size);
	memcpy(entry->settings, given, key_size);
	if (prepare != NULL)
		prepare(entry->settings);
	entry->next = first;
	fcinfo->flinfo->fn_extra = entry;
	return entry->settings;
}
