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
#include <math.h>
#include <string.h>

#include "base/env.h"

/* Words per key in a map of counts: the number of users. */
#define SEG_DURATION_WIDTH 1

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

/*
 * A checked duration, and how it ended, in the 8 bytes of a key: censored ones
 * have a sign.  Few times have users of both kinds, so this takes less than two
 * counts for each time.
 */
static inline double
seg_duration_key(double duration, bool event)
{
	return event ? duration : -duration;
}

/*
 * The duration at the beginning of a key; false: it is invalid.
 */
static inline bool
seg_duration_of_key(const char *key, int64_t length, double *duration,
                    bool *event)
{
	if (length < (int64_t) sizeof(*duration))
		return false;
	memcpy(duration, key, sizeof(*duration));
	*event = !signbit(*duration);
	*duration = fabs(*duration);
	return *duration <= DBL_MAX;
}

#endif /* SEG_KERNEL_DURATION_H */
