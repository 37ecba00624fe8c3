/*-------------------------------------------------------------------------
 *
 * event_list.h
 *	  The events of one group on their way from the executor to a kernel: items
 *	  of a fixed number of bytes, in order of arrival.
 *
 * Users have few events each, there are millions of users, and rows of one user
 * are seldom adjacent, so the cost of an event is the memory that it touches. A
 * list is therefore a chain of chunks of one cache line, the newest first, and
 * a row touches only that one. Items are packed, so they are unaligned. The
 * final function copies them into an array and does not change the list.
 *
 * src/pg/event_list.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_EVENT_LIST_H
#define SEGMENT_PG_EVENT_LIST_H

#include "pg/segment_pg.h"

/*
 * What an aggregate over events knows about its arguments besides the events:
 * those that are the same for all rows of a group, as the bytes of a key (pad
 * with zeros), and what is derived from them.
 */
typedef struct EventKind
{
	const char *what; /* these arguments, in messages */
	Size size;        /* of the kind's own struct, zeroed at first */

	/* returns the bytes that the final function takes for each event */
	Size (*prepare)(void *data, const void *key, Size key_size);
} EventKind;

/*
 * Settings in use, made once for all groups in memory that share them.
 */
typedef struct EventSettings
{
	const EventKind *kind;
	struct EventSettings *next;
	uint16 id;
	Size key_size;
	void *key;
	void *data; /* the kind's own struct */
	Size work;  /* bytes that the final function takes for each event */
} EventSettings;

extern const EventSettings *
event_settings(FunctionCallInfo fcinfo, const EventKind *kind, const void *key,
               Size key_size);

/* A chunk of a list: the newest one stands for the list. */
typedef struct EventList
{
	union
	{
		struct EventList *older;
		const EventSettings *settings; /* in the oldest one */
	};
	int32 before; /* items in older chunks */
	uint16 settings_id;
	uint8 n; /* items in this one */
	char items[FLEXIBLE_ARRAY_MEMBER];
} EventList;

#define EVENT_LINE 64
#define EVENT_CHUNK_SIZE(width) \
	TYPEALIGN(EVENT_LINE, offsetof(EventList, items) + (width))
#define EVENT_CHUNK_ROOM(width) \
	((EVENT_CHUNK_SIZE(width) - offsetof(EventList, items)) / (width))

extern EventList *event_list_extend(FunctionCallInfo fcinfo, EventList *list,
                                    const EventSettings *settings, Size width);
extern const EventSettings *event_list_settings(const EventList *list);

/*
 * Refuse one more event of a list that has count of them, of width bytes each,
 * and takes some bytes besides, if segment.training_memory has no room for it.
 */
extern void event_list_check_room(const EventSettings *settings, int32 count,
                                  Size width, Size besides);

/*
 * Prefetch a list that is needed soon, while the caller unpacks its arguments.
 */
static inline void
event_list_expect(const EventList *list)
{
	__builtin_prefetch(list, 1);
}

/*
 * Room for one more item of width bytes; *list may change.
 */
static inline char *
event_list_add(FunctionCallInfo fcinfo, EventList **list,
               const EventSettings *settings, Size width)
{
	if (*list == NULL || (*list)->n == EVENT_CHUNK_ROOM(width) ||
	    unlikely((*list)->settings_id != settings->id))
		*list = event_list_extend(fcinfo, *list, settings, width);
	return (*list)->items + (Size) (*list)->n++ * width;
}

static inline int32
event_list_count(const EventList *list)
{
	return list->before + list->n;
}

/*
 * The older chunk, or NULL; item i of a chunk is number before + i of the list.
 */
static inline const EventList *
event_list_older(const EventList *list)
{
	return list->before > 0 ? list->older : NULL;
}

#endif /* SEGMENT_PG_EVENT_LIST_H */
