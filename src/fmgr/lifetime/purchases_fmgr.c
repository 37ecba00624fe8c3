/*-------------------------------------------------------------------------
 *
 * purchases_fmgr.c
 *	  Transition functions of the aggregates that fit models of purchases.
 *
 * src/fmgr/lifetime/purchases_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/purchases.h"
#include "fmgr/lifetime/lifetime.h"

PG_FUNCTION_INFO_V1(segment_purchases_trans);
PG_FUNCTION_INFO_V1(segment_purchases_weighted_trans);

/* (state, frequency, recency, age [, options]) */
Datum
segment_purchases_trans(PG_FUNCTION_ARGS)
{
	static const LifetimeArguments arguments = {SEG_PURCHASE_COLUMNS,
	                                            0,
	                                            4,
	                                            seg_purchases_check};

	return lifetime_trans(fcinfo, &arguments);
}

/* (state, frequency, recency, age, weight [, options]) */
Datum
segment_purchases_weighted_trans(PG_FUNCTION_ARGS)
{
	static const LifetimeArguments arguments = {SEG_PURCHASE_COLUMNS,
	                                            4,
	                                            5,
	                                            seg_purchases_check};

	return lifetime_trans(fcinfo, &arguments);
}
