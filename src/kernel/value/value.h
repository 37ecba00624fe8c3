/*-------------------------------------------------------------------------
 *
 * value.h
 *	  What users are worth: revenue per user, lifetime value.
 *
 * src/kernel/value/value.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_VALUE_H
#define SEG_KERNEL_VALUE_H

#include "base/env.h"
#include "base/wide.h"

/*
 * Users and their revenue, as the state of an aggregate: four doubles.  The sum
 * has twice the digits, so that it is the same however rows are split.
 */
typedef struct SegRevenue
{
	double users;
	double churned;
	SegWide sum;
} SegRevenue;

static inline void
seg_revenue_add(SegRevenue *state, double revenue, bool churned)
{
	state->users += 1.0;
	state->churned += churned ? 1.0 : 0.0;
	state->sum = seg_wide_add(state->sum, (SegWide){revenue, 0.0});
}

extern SegStatus seg_revenue_check(SegEnv *env, const SegRevenue *state);
extern void seg_revenue_merge(SegRevenue *into, const SegRevenue *from);

/*
 * An undefined result sets *defined to false.
 */
extern SegStatus seg_revenue_arpu(SegEnv *env, const SegRevenue *state,
                                  double *result, bool *defined);
extern SegStatus seg_revenue_ltv(SegEnv *env, const SegRevenue *state,
                                 double *result, bool *defined);

typedef struct SegLtvTerms
{
	double arpu;
	double churn_rate; /* per period */
	double margin;
	double discount_rate; /* per period */
	double horizon;       /* periods; may be infinite */
} SegLtvTerms;

extern SegStatus
seg_ltv(SegEnv *env, const SegLtvTerms *terms, double *result, bool *defined);

#endif /* SEG_KERNEL_VALUE_H */
