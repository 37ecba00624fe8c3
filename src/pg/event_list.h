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
typedef struct EventSettings
{
	const struct EventKind *kind;
	struct EventSettings *next;
	const void *key;
	Size key_size;
	void *data; /* the kind's own struct */
	Size width; /* bytes of an item */
	Size room;  /* items in a chunk */
	Size work;  /* bytes that the final function takes for each event */
	uint16 id;
} EventSettings;

typedef struct EventKind
{
	const char *what;         /* these arguments, in messages */
	const SettingPart *parts; /* of the key, for the same */
	Size size;                /* of the kind's own struct, zeroed at first */

	/* fills in the struct, width and work */
	void (*prepare)(EventSettings *settings);
} EventKind;

/*
 * A call site of such an aggregate, kept in fn_extra of its transition function.
 */
typedef struct EventCall
{
	EventSettings *last; /* asked for: usually the only one; NULL: none yet */
	int count;           /* of settings */
	void *arguments;     /* what the kind knows of their types; NULL at first */
	MemoryContext context; /* of the settings */
	struct HTAB *slots;
	struct EventArena *arenas; /* one, except for grouping sets; NULL: no list */
} EventCall;

extern EventCall *event_call_create(FmgrInfo *flinfo);

static inline EventCall *
event_call(FunctionCallInfo fcinfo)
{
	EventCall *call = fcinfo->flinfo->fn_extra;

	return likely(call != NULL) ? call : event_call_create(fcinfo->flinfo);
}

/*
 * Settings in use, made once for all groups in memory that share them.
 */
extern const EventSettings *
event_settings_find(EventCall *call, const EventKind *kind, const void *key,
                    Size key_size);

static inline const EventSettings *
event_settings(EventCall *call, const EventKind *kind, const void *key,
               Size key_size)
{
	const EventSettings *last = call->last;

	if (likely(last != NULL && last->key_size == key_size &&
	           memcmp(last->key, key, key_size) == 0))
		return last;
	return event_settings_find(call, kind, key, key_size);
}

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

extern EventList *event_list_extend(FunctionCallInfo fcinfo, EventList *list,
                                    const EventSettings *settings);
extern const EventSettings *event_list_settings(const EventList *list);

pg_noreturn extern void
event_settings_changed(const EventList *list, const EventSettings *settings);

/*
 * Refuse one more event of a list that has count of them, and takes some bytes
 * besides, if segment.training_memory has no room for it.
 */
extern void
event_list_check_room(const EventSettings *settings, int32 count, Size besides);

/*
 * Prefetch a list that is needed soon, while the caller unpacks its arguments.
 */
static inline void
event_list_expect(const EventList *list)
{
	__builtin_prefetch(list, 1);
}

/*
 * The list of a group to which a row belongs, made by the first one; its
 * settings must be those of the row.  While the call site has only seen one kind
 * of settings, the list need not be looked at.
 */
static inline EventList *
event_list_of_row(FunctionCallInfo fcinfo, EventList *list,
                  const EventSettings *settings)
{
	const EventCall *call = fcinfo->flinfo->fn_extra;

	if (list == NULL)
		return event_list_extend(fcinfo, NULL, settings);
	if (unlikely(call->count > 1 && list->settings_id != settings->id))
		event_settings_changed(list, settings);
	return list;
}

/*
 * Room for one more item; *list may change.
 */
static inline char *
event_list_add(FunctionCallInfo fcinfo, EventList **list,
               const EventSettings *settings)
{
	if ((*list)->n == settings->room)
		*list = event_list_extend(fcinfo, *list, settings);
	return (*list)->items + settings->width * (*list)->n++;
}

static inline int32
event_list_count(const EventList *list)
{
	return list->before + list->n;
}

/*
 * A group may have no rows at all, or none that is kept.
 */
static inline bool
event_list_is_empty(const EventList *list)
{
	return list == NULL || event_list_count(list) == 0;
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
