/*-------------------------------------------------------------------------
 *
 * trend.h
 *	  What was known of a user at a date: how much in the days before it, whether
 *	  it rises or falls, when last, and for how many days in a row.
 *
 * src/kernel/journey/trend.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREND_H
#define SEG_KERNEL_TREND_H

#include "base/env.h"

#define SEG_TREND_MAX_WINDOWS 16
#define SEG_TREND_MAX_WINDOW  3660
#define SEG_TREND_MAX_DAYS    36525 /* a century */

/*
 * A state is an array of whole numbers: this head and then windows (its lengths
 * in days), of each window the events and SEG_TREND_SUMS sums, and a bit for each
 * day on which there was an event. Day d is what lies more than d and at most
 * d + 1 days before the date.
 */
typedef struct SegTrendHead
{
	int64_t windows;
	int64_t lowest_digit; /* of each sum, see exact_sum.h */
	int64_t digits;       /* of each sum; 0: no sum has one yet */
	int64_t words;        /* of bits */
	int64_t events;
	int64_t newest; /* its age, in microseconds */
	int64_t oldest;
} SegTrendHead;

enum
{
	SEG_TREND_TOTAL,   /* in the window */
	SEG_TREND_MOMENT,  /* value * day in the window */
	SEG_TREND_EARLIER, /* in the window before it */
	SEG_TREND_SUMS
};

typedef struct SegTrend
{
	SegTrendHead *head;
	int64_t *lengths; /* windows */
	int64_t *events;  /* windows */
	int64_t *sums;    /* windows * SEG_TREND_SUMS * digits */
	uint64_t *days;   /* words */
} SegTrend;

/* Lengths must rise. */
extern SegStatus
seg_trend_check_windows(SegEnv *env, const int64_t *lengths, int64_t n);

/* Numbers of the state with such a head. */
extern int64_t seg_trend_length(const SegTrendHead *head);

/* A state without events in numbers that are 0; its head has room. */
extern SegTrend seg_trend_begin(int64_t *numbers, const SegTrendHead *room,
                                const int64_t *lengths);

/* A state in so many numbers, or SEG_CORRUPT. */
extern SegStatus
seg_trend_open(SegEnv *env, int64_t *numbers, int64_t length, SegTrend *trend);

/*
 * Widen room, a head, for an event of such an age, or for what is in another
 * state. An age is above 0.
 */
extern SegStatus seg_trend_make_room(SegEnv *env, SegTrendHead *room,
                                     uint64_t age, double value);
extern void
seg_trend_make_room_for(SegTrendHead *room, const SegTrendHead *other);
extern bool
seg_trend_has_room(const SegTrendHead *head, const SegTrendHead *room);

/* There must be room. */
extern void seg_trend_add(SegTrend *trend, int64_t age, double value);
extern SegStatus
seg_trend_merge(SegEnv *env, SegTrend *into, const SegTrend *from);

typedef struct SegTrendWindow
{
	int64_t events;
	int64_t active_days;
	double total;
	double earlier;
	double ratio; /* NaN: nothing above 0 before */
	double slope; /* NaN: the window has one day */
} SegTrendWindow;

typedef struct SegTrendResult
{
	double newest; /* days ago */
	double oldest;
	int64_t current_days; /* in a row, up to the date */
	int64_t longest_days;
	int64_t current_weeks;
	int64_t longest_weeks;
	SegTrendWindow windows[SEG_TREND_MAX_WINDOWS];
} SegTrendResult;

/* Of one event or more. */
extern SegStatus
seg_trend_result(SegEnv *env, const SegTrend *trend, SegTrendResult *result);

#endif /* SEG_KERNEL_TREND_H */
