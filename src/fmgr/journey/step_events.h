/*-------------------------------------------------------------------------
 *
 * step_events.h
 *	  Events and the steps that they meet, from arguments to a kernel.
 *
 * src/fmgr/journey/step_events.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_STEP_EVENTS_H
#define SEGMENT_FMGR_STEP_EVENTS_H

#include "kernel/journey/steps.h"
#include "pg/calendar.h"
#include "pg/event_list.h"

/* The steps that one row meets: step j is bit j - 1, lowest bits first. */
typedef struct StepBits
{
	int32 count; /* number of steps */
	bool any;
	uint8 bits[(SEG_STEPS_MAX + 7) / 8];
} StepBits;

#define STEP_BYTES(count) (((Size) (count) + 7) / 8)

/*
 * The last arguments of a call, VARIADIC "any", from this one on: booleans one
 * by one or a single boolean[], with or without the word VARIADIC.
 */
extern void step_arguments(FunctionCallInfo fcinfo, EventCall *call, int argno,
                           StepBits *steps);

/* A list holds the time of each event and the bytes of its steps. */
#define STEP_EVENT_WIDTH(count) (sizeof(int64) + STEP_BYTES(count))

static inline void
step_events_add(FunctionCallInfo fcinfo, EventList **list,
                const EventSettings *settings, int64 time,
                const StepBits *steps)
{
	char *item = event_list_add(fcinfo, list, settings);

	memcpy(item, &time, sizeof(time));
	memcpy(item + sizeof(time), steps->bits, STEP_BYTES(steps->count));
}

/*
 * Bytes per event while a kernel sorts it: two arrays of times and of steps,
 * and an order with room to merge.
 */
#define STEP_EVENT_WORK(count) \
	(4 * sizeof(int64) + 2 * (Size) seg_steps_words(count) * sizeof(uint64))

/* The events of a list as a kernel takes them, sorted. */
extern SegSteps
step_events_sorted(SegEnv *env, const EventList *list, int32 count);

/* The bytes of one event's steps as words. */
extern void step_bits_unpack(const char *bits, int32 count, uint64 *words);

#endif /* SEGMENT_FMGR_STEP_EVENTS_H */
