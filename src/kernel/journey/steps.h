/*-------------------------------------------------------------------------
 *
 * steps.h
 *	  A user's events by time, and which steps (or conditions) each one meets.
 *
 * src/kernel/journey/steps.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_STEPS_H
#define SEG_KERNEL_STEPS_H

#include "base/env.h"
#include "base/text.h"

/* More than a query can list; the state has a bit per step and event. */
#define SEG_STEPS_MAX 1000

#define SEG_STEPS_WORD 64

typedef struct SegSteps
{
	int64_t n;      /* events */
	int64_t count;  /* of steps, which are numbered from 1 */
	int64_t words;  /* 64-bit words for the steps of an event */
	int64_t *time;  /* microseconds */
	uint64_t *met;  /* n * words; bit j - 1: meets step j */
	SegText *value; /* what else an event is; NULL: not asked for */
} SegSteps;

static inline int64_t
seg_steps_words(int64_t count)
{
	return (count + SEG_STEPS_WORD - 1) / SEG_STEPS_WORD;
}

static inline const uint64_t *
seg_steps_of(const SegSteps *s, int64_t event)
{
	return s->met + event * s->words;
}

static inline bool
seg_steps_has(const uint64_t *met, int64_t step)
{
	return met[(step - 1) / SEG_STEPS_WORD] >> (step - 1) % SEG_STEPS_WORD & 1;
}

/* The first step that is met; count + 1 or more: none. */
extern int64_t seg_steps_first(const uint64_t *met, int64_t words);

/*
 * Negative, zero, positive, as in sorting: the event that meets the first step
 * in which they differ comes first, so one that meets none comes last.
 */
extern int
seg_steps_compare(const uint64_t *a, const uint64_t *b, int64_t words);

/*
 * Sort by time, events of one moment by the steps they meet, then by the bytes
 * of their values.
 */
extern SegStatus seg_steps_sort(SegEnv *env, SegSteps *steps);

/* Where the events of the moment that begins with this one end. */
extern int64_t seg_steps_moment_end(const SegSteps *s, int64_t event);

#endif /* SEG_KERNEL_STEPS_H */
