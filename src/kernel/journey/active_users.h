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

#include "base/count_map.h"

/*
 * A count map has the days of all users, as sets of 64 days each: its keys are
 * a block of days and then the user, and the one word of a key has a bit for
 * each day of the block.
 */
#define SEG_BLOCK_DAYS 64

typedef int32_t SegDayBlock; /* the first bytes of a key */

static inline SegDayBlock
seg_block_of_day(int32_t day)
{
	return day >= 0 ? day / SEG_BLOCK_DAYS : ~(~day / SEG_BLOCK_DAYS);
}

static inline uint64_t
seg_bit_of_day(int32_t day)
{
	return UINT64_C(1) << (day & (SEG_BLOCK_DAYS - 1));
}

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
seg_active_users(SegEnv *env, const SegCountMap *active,
                 const SegActiveWindows *windows, SegActiveDays *result);

#endif /* SEG_KERNEL_ACTIVE_USERS_H */
