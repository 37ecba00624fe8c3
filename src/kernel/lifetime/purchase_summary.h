/*-------------------------------------------------------------------------
 *
 * purchase_summary.h
 *	  What models of returning customers need to know about one: how often, when
 *	  last, since when, and for how much.
 *
 * src/kernel/lifetime/purchase_summary.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PURCHASE_SUMMARY_H
#define SEG_KERNEL_PURCHASE_SUMMARY_H

#include "base/env.h"

/* Calendar periods: weeks begin on Monday. */
typedef enum SegPeriodUnit
{
	SEG_PERIOD_DAY,
	SEG_PERIOD_WEEK,
	SEG_PERIOD_MONTH
} SegPeriodUnit;

/*
 * A day is a number, 0 for 2000-01-01, always in the Gregorian calendar; so is
 * a period, numbered separately for each unit.
 */
extern int64_t seg_day_of_microsecond(int64_t microseconds);
extern int32_t seg_period_of_day(SegPeriodUnit unit, int64_t day);

/* From the start of one period to that of another, in units. */
extern double seg_period_distance(SegPeriodUnit unit, int32_t from, int32_t to);

typedef struct SegPurchase
{
	int32_t period;
	double amount;
} SegPurchase;

typedef struct SegPurchaseHistory
{
	int32_t frequency; /* periods with purchases, except the first */
	double recency;    /* from the first period to the last, in units */
	double age;        /* from the first period to that of as_of, in units */
	double monetary;   /* mean over the periods of frequency; 0 if none */
} SegPurchaseHistory;

/* Sort order of purchases: by period, then by amount. */
extern int seg_purchase_compare(const void *a, const void *b, void *unused);

/* History of a customer with n purchases, 1 or more, in that order. */
extern SegStatus
seg_purchase_summary(SegEnv *env, SegPeriodUnit unit, int32_t as_of,
                     const SegPurchase *purchases, int64_t n,
                     SegPurchaseHistory *history);

#endif /* SEG_KERNEL_PURCHASE_SUMMARY_H */
