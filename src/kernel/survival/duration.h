/*-------------------------------------------------------------------------
 *
 * duration.h
 *	  How long a user was watched: until an event, or until we last looked (then
 *	  the duration is censored).
 *
 * src/kernel/survival/duration.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DURATION_H
#define SEG_KERNEL_DURATION_H

#include <float.h>

#include "base/env.h"

/* Words per key in a map of counts, and their places. */
#define SEG_DURATION_WIDTH 2
enum
{
	SEG_EVENTS,
	SEG_CENSORED
};

/* No sum of counts is larger: every whole number up to here is a double. */
#define SEG_DURATION_MAX_ROWS INT64_C(9007199254740992)

/*
 * Check a duration.  -0 comes back as 0, because equal durations must have
 * equal bytes.
 */
static inline SegStatus
seg_check_duration(SegEnv *env, double *duration)
{
	*duration += 0.0;
	if (*duration >= 0.0 && *duration <= DBL_MAX)
		return SEG_OK;
	return seg_fail(env, SEG_ARGUMENT_BELOW, "duration", *duration, 0);
}

#endif /* SEG_KERNEL_DURATION_H */
