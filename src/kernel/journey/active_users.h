/*-------------------------------------------------------------------------
 *
 * active_users.h
 *	  How many users were active on each day, and in the days before it.
 *
 * src/kernel/journey/active_users.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ACTIVE_USERS_H
#define SEG_KERNEL_ACTIVE_USERS_H

#include "kernel/journey/activity.h"

/* Trailing windows, in days that end with the day itself. */
typedef struct SegActiveWindows
{
	int64_t week;
	int64_t month;
} SegActiveWindows;

#define SEG_ACTIVE_MAX_WINDOW 3660

extern SegStatus
seg_active_windows_check(SegEnv *env, const SegActiveWindows *windows);

typedef struct SegActiveDay
{
	int64_t daily;
	int64_t weekly;
	int64_t monthly;
	int64_t joined;   /* active for the first time */
	int64_t returned; /* active again, after more than a month without */
	int64_t lost;     /* the month without activity is over */
} SegActiveDay;

/* Every day from the first to the last on which anybody was active. */
typedef struct SegActiveDays
{
	int32_t first;
	int64_t n;
	SegActiveDay *days;
} SegActiveDays;

#define SEG_ACTIVE_MAX_DAYS 36525 /* a century */

/* SEG_TOO_MANY_DAYS if the first and last day are too far apart. */
extern SegStatus
seg_active_users(SegEnv *env, const SegActivity *activity,
                 const SegActiveWindows *windows, SegActiveDays *result);

#endif /* SEG_KERNEL_ACTIVE_USERS_H */
