/*-------------------------------------------------------------------------
 *
 * event_list.h
 *	  The events of one group on their way from the executor to a kernel: items
 *	  of a fixed number of bytes, in the order in which they came.
 *
 * Users have few events each and there are millions of users, so a list is one
 * chunk of memory, 64 bytes at first, and items are packed: they lie unaligned.
 * A kernel gets them unpacked, in an array that the final function makes and
 * sorts, and the list stays as it is.
 *
 * src/pg/event_list.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_EVENT_LIST_H
#define SEGMENT_PG_EVENT_LIST_H

#include "pg/segment_pg.h"

typedef struct EventList
{
	const void *settings; /* the arguments that are the same for all rows */
	int32 n;
	int32 room;
	char items[FLEXIBLE_ARRAY_MEMBER];
} EventList;

extern EventList *
event_list_create(MemoryContext context, const void *settings, Size width);
extern EventList *event_list_grow(EventList *list, Size width);

/*
 * Room for one more item of width bytes; *list may move.
 */
static inline char *
event_list_add(EventList **list, Size width)
{
	if (unlikely((*list)->n == (*list)->room))
		*list = event_list_grow(*list, width);
	return (*list)->items + (Size) (*list)->n++ * width;
}

/*
 * Arguments that must be the same for all rows of a group, as bytes (pad with
 * zeros), and what a final function wants to know of them.  Equal arguments give
 * the same pointer for as long as the query runs, so a state sees by the pointer
 * whether they changed.
 */
typedef void (*EventSettingsPrepare)(void *settings);
extern const void *
event_settings(FunctionCallInfo fcinfo, const void *given, Size key_size,
               Size size, EventSettingsPrepare prepare);

#endif /* SEGMENT_PG_EVENT_LIST_H */
