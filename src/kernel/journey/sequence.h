/*-------------------------------------------------------------------------
 *
 * sequence.h
 *	  Patterns of events: does a user's history match one, how often, and what
 *	  came next.
 *
 * src/kernel/journey/sequence.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SEQUENCE_H
#define SEG_KERNEL_SEQUENCE_H

#include "kernel/journey/steps.h"
#include "base/text.h"

/* One event of a pattern, and what lies between it and the one before. */
typedef struct SegPatternEvent
{
	int64_t condition; /* its number, from 1; 0: any event */
	bool is_adjacent;  /* no event lies between */
	int64_t least;     /* microseconds between, if others may lie between */
	int64_t most;
} SegPatternEvent;

typedef struct SegPattern
{
	const SegPatternEvent *event;
	int64_t n; /* 1 or more */
} SegPattern;

/*
 * Read a pattern with this many conditions; docs/design/events.md describes the
 * language.
 */
extern SegStatus seg_pattern_parse(SegEnv *env, SegText text,
                                   int64_t conditions, SegPattern *result);

/* Bytes needed to match a pattern, per event of the history. */
extern int64_t seg_sequence_event_bytes(const SegPattern *pattern);

/*
 * Matches that do not overlap, at most "wanted" of them.  Events are sorted.
 */
extern SegStatus
seg_sequence_count(SegEnv *env, const SegSteps *events,
                   const SegPattern *pattern, int64_t wanted, int64_t *count);

/* ---------- what came next ---------- */

typedef enum SegSequenceBase
{
	SEG_SEQUENCE_HEAD, /* the steps begin with the first event */
	SEG_SEQUENCE_TAIL, /* with the last one */
	SEG_SEQUENCE_FIRST_MATCH,
	SEG_SEQUENCE_LAST_MATCH
} SegSequenceBase;

extern const char *const seg_sequence_bases[]; /* ends with NULL */

/*
 * Number of the event after those that meet step 1, step 2 … in a row; before
 * them if the direction is -1, not 1.  *next is -1 if there is none.
 */
extern SegStatus
seg_sequence_next(SegEnv *env, const SegSteps *events, int direction,
                  SegSequenceBase base, int64_t *next);

#endif /* SEG_KERNEL_SEQUENCE_H */
