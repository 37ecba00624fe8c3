/*-------------------------------------------------------------------------
 *
 * offer_allocation.h
 *	  Who gets which offer under budgets and capacities: the options, the rows
 *	  that it is made from, and the stored form.
 *
 * src/kernel/policy/offer_allocation.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_OFFER_ALLOCATION_H
#define SEG_KERNEL_OFFER_ALLOCATION_H

#include "base/ids.h"
#include "base/trainer.h"
#include "kernel/policy/offer_problem.h"

#define SEG_OFFER_MAX        1e100 /* of a value, a cost or a limit */
#define SEG_OFFER_MAX_OFFERS 10000
#define SEG_OFFER_MAX_LIMITS 1000
#define SEG_OFFER_MAX_ROOM   100 /* offers for a user */
#define SEG_OFFER_MAX_ROWS   (INT64_C(1) << 27)

typedef struct SegOfferParams
{
	double budget; /* NaN: none */
	int64_t per_user;
	SegNamedNumbers offer_budgets;
	SegNamedNumbers capacities;
	int64_t search_steps;
} SegOfferParams;

/* Rows in any order: code of the user, code of the offer, value, cost. */
#define SEG_OFFER_COLUMNS 4

typedef struct SegOfferRows
{
	SegRows *rows;
	SegIds users;
	SegIds offers;
	const int32_t *user_place; /* of each code */
	const int32_t *offer_place;
	SegNamedNumbers offer_budgets; /* as in the parameters, names in UTF-8 */
	SegNamedNumbers capacities;
	double most_bytes; /* of memory */
} SegOfferRows;

typedef struct SegOfferAllocation
{
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t users;  /* in the rows */
	int64_t served; /* with an offer */
	int64_t offers;
	int64_t per_user;
	int64_t assigned; /* offers taken */
	double budget;    /* missing: none */
	double budget_price;
	double bound;
	int64_t is_optimal;
	SegText options;
	SegText version;

	/* ids: numbers or names */
	int64_t user_number_count;
	int64_t user_name_count;
	int64_t offer_number_count;
	int64_t offer_name_count;
	const int64_t *user_numbers; /* of those with an offer */
	SegTexts user_names;
	const int64_t *offer_numbers;
	SegTexts offer_names;

	const double *offer_budgets; /* of each offer; missing: none */
	const double *capacities;
	const double *offer_budget_prices;
	const double *capacity_prices;

	/* what is taken, by user, then by offer */
	const int32_t *assigned_users;
	const int32_t *assigned_offers;
	const double *values;
	const double *costs;
} SegOfferAllocation;

extern const SegMethod seg_offer_allocation_method;
extern const SegTrainer seg_offer_allocation_trainer;

static inline SegIds
seg_offer_allocation_users(const SegOfferAllocation *a)
{
	return (SegIds){a->served,
	                a->user_number_count > 0 ? a->user_numbers : NULL,
	                a->user_names};
}

static inline SegIds
seg_offer_allocation_offers(const SegOfferAllocation *a)
{
	return (SegIds){a->offers,
	                a->offer_number_count > 0 ? a->offer_numbers : NULL,
	                a->offer_names};
}

/* What one offer, or all of them, come to. */
typedef struct SegOfferTotal
{
	int64_t assigned;
	double value;
	double cost;
} SegOfferTotal;

/* A total for each offer, and behind them that of all. */
extern SegStatus seg_offer_totals(SegEnv *env, const SegOfferAllocation *a,
                                  SegOfferTotal **totals);

/* By how much of the bound an allocation falls short of it. */
static inline double
seg_offer_gap(double bound, double value)
{
	return bound > value ? (bound - value) / bound : 0.0;
}

/* The checks of a row. */
extern SegStatus seg_offer_check(SegEnv *env, double value, double cost);

/* offer_rows.c: rows as a problem of numbers */
typedef struct SegOfferInput
{
	int64_t rows;
	SegOfferProblem problem;
	const int32_t *user_place; /* of each user of the problem */

	/* of each offer; missing: none */
	double *offer_budgets;
	double *capacities;
} SegOfferInput;

extern SegStatus
seg_offer_input(SegEnv *env, const SegOfferRows *rows,
                const SegOfferParams *params, SegOfferInput *input);

#endif /* SEG_KERNEL_OFFER_ALLOCATION_H */
