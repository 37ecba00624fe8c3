/*-------------------------------------------------------------------------
 *
 * offer_allocation.c
 *	  Who gets which offer: from rows to the allocation that is stored.
 *
 * Prices of the limits and the bound come first, then a good allocation by
 * these prices, then a search for a better one: see the files of the three.
 *
 * H. Kellerer, U. Pferschy, D. Pisinger, Knapsack Problems, Springer, 2004,
 * chapters 9 and 11.
 *
 * src/kernel/policy/offer_allocation.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/policy/offer_allocation.h"

#include <float.h>
#include <math.h>

#include "base/missing.h"
#include "base/tags.h"

#define COUNT      ((double) SEG_OFFER_MAX_ROWS)
#define HUGE_COUNT 9007199254740992.0
#define SUM        (SEG_OFFER_MAX * COUNT)

#define OPTION(member) offsetof(SegOfferParams, member)

/* clang-format off */
static const SegOption options[] = {
	{"budget", SEG_OPTION_REAL, OPTION(budget), NAN, 0, SEG_OFFER_MAX, NULL,
		"the most that all offers may cost"},
	{"per_user", SEG_OPTION_INT, OPTION(per_user), 1, 1, SEG_OFFER_MAX_ROOM, NULL,
		"the most offers for a user"},
	{"offer_budgets", SEG_OPTION_NUMBERS, OPTION(offer_budgets), 0, 0, SEG_OFFER_MAX, NULL,
		"the most that each of these offers may cost"},
	{"capacities", SEG_OPTION_NUMBERS, OPTION(capacities), 0, 0, SEG_OFFER_MAX, NULL,
		"the most users for each of these offers"},
	{"search_steps", SEG_OPTION_INT, OPTION(search_steps), 1e7, 0, 1e12, NULL,
		"steps of the search for a better allocation"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegOfferAllocation, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegOfferAllocation, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegOfferAllocation, users, 1, COUNT),
	SEG_INT(SegOfferAllocation, served, 0, COUNT),
	SEG_INT(SegOfferAllocation, offers, 1, SEG_OFFER_MAX_OFFERS),
	SEG_INT(SegOfferAllocation, per_user, 1, SEG_OFFER_MAX_ROOM),
	SEG_INT(SegOfferAllocation, assigned, 0, COUNT),
	SEG_OPTIONAL_REAL(SegOfferAllocation, budget, 0, SEG_OFFER_MAX),
	SEG_REAL(SegOfferAllocation, budget_price, 0, DBL_MAX),
	SEG_REAL(SegOfferAllocation, bound, 0, SUM),
	SEG_BOOL(SegOfferAllocation, is_optimal),
	SEG_JSON_FIELD(SegOfferAllocation, options),
	SEG_TEXT_FIELD(SegOfferAllocation, version),
	SEG_INT(SegOfferAllocation, user_number_count, 0, COUNT),
	SEG_INT(SegOfferAllocation, user_name_count, 0, COUNT),
	SEG_INT(SegOfferAllocation, offer_number_count, 0, SEG_OFFER_MAX_OFFERS),
	SEG_INT(SegOfferAllocation, offer_name_count, 0, SEG_OFFER_MAX_OFFERS),
	SEG_INTS(SegOfferAllocation, user_numbers, user_number_count, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegOfferAllocation, user_names, user_name_count, SEG_MANY),
	SEG_INTS(SegOfferAllocation, offer_numbers, offer_number_count, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegOfferAllocation, offer_names, offer_name_count, SEG_MANY),
	SEG_OPTIONAL_REALS(SegOfferAllocation, offer_budgets, offers, 0, SEG_OFFER_MAX),
	SEG_OPTIONAL_REALS(SegOfferAllocation, capacities, offers, 0, SEG_OFFER_MAX),
	SEG_REALS(SegOfferAllocation, offer_budget_prices, offers, 0, DBL_MAX),
	SEG_REALS(SegOfferAllocation, capacity_prices, offers, 0, DBL_MAX),
	SEG_INT32S(SegOfferAllocation, assigned_users, assigned, 0, COUNT),
	SEG_INT32S(SegOfferAllocation, assigned_offers, assigned, 0, SEG_OFFER_MAX_OFFERS),
	SEG_REALS(SegOfferAllocation, values, assigned, 0, SEG_OFFER_MAX),
	SEG_REALS(SegOfferAllocation, costs, assigned, 0, SEG_OFFER_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Is each user of the list served, with offers that ascend, and not too many?
 */
static bool
allocation_is_sound(const void *value)
{
	const SegOfferAllocation *a = value;
	SegIds users = seg_offer_allocation_users(a);
	SegIds offers = seg_offer_allocation_offers(a);
	int64_t user = -1;
	int64_t run = 0;

	if (!seg_ids_are_sound(&users, a->user_number_count, a->user_name_count) ||
	    !seg_ids_are_sound(&offers, a->offer_number_count, a->offer_name_count))
		return false;
	for (int64_t i = 0; i < a->assigned; i++)
	{
		if (a->assigned_users[i] == user)
		{
			if (a->assigned_offers[i] <= a->assigned_offers[i - 1] ||
			    ++run > a->per_user)
				return false;
		}
		else if (a->assigned_users[i] != ++user)
			return false;
		else
			run = 1;
		if (a->assigned_offers[i] >= a->offers)
			return false;
	}
	return user + 1 == a->served && a->served <= a->users &&
	       a->assigned <= a->rows_used;
}

const SegMethod seg_offer_allocation_method = {.tag = SEG_TAG_OFFER_ALLOCATION,
                                               .format = 1,
                                               .name = "offer_allocation",
                                               .title = "budget allocation",
                                               .fields = fields,
                                               .size =
                                                   sizeof(SegOfferAllocation),
                                               .is_sound = allocation_is_sound};

/* ---------- what it comes to ---------- */

SegStatus
seg_offer_totals(SegEnv *env, const SegOfferAllocation *a,
                 SegOfferTotal **totals)
{
	SegWide *value;
	SegWide *cost;

	SEG_ALLOC(env, *totals, a->offers + 1);
	SEG_ALLOC(env, value, a->offers + 1);
	SEG_ALLOC(env, cost, a->offers + 1);
	for (int64_t i = 0; i < a->assigned; i++)
	{
		const int64_t places[] = {a->assigned_offers[i], a->offers};

		for (int p = 0; p < 2; p++)
		{
			int64_t at = places[p];

			(*totals)[at].assigned++;
			value[at] = seg_wide_add(value[at], (SegWide){a->values[i], 0.0});
			cost[at] = seg_wide_add(cost[at], (SegWide){a->costs[i], 0.0});
		}
	}
	for (int64_t o = 0; o <= a->offers; o++)
	{
		(*totals)[o].value = value[o].hi;
		(*totals)[o].cost = cost[o].hi;
	}
	return SEG_OK;
}

/* ---------- the allocation ---------- */

static double
price_of(const double *prices, int32_t limit)
{
	return limit >= 0 ? prices[limit] : 0.0;
}

static SegStatus
store_limits(SegEnv *env, const SegOfferRows *rows, const SegOfferInput *input,
             const double *prices, SegOfferAllocation *a)
{
	const SegOfferProblem *problem = &input->problem;
	const SegIds *ids = &rows->offers;
	double *offer_budget_prices;
	double *capacity_prices;

	a->offers = ids->count;
	a->offer_number_count = ids->numbers != NULL ? ids->count : 0;
	a->offer_name_count = ids->numbers != NULL ? 0 : ids->count;
	a->offer_numbers = ids->numbers;
	a->offer_names = ids->names;
	a->offer_budgets = input->offer_budgets;
	a->capacities = input->capacities;
	a->budget_price = price_of(prices, problem->budget);
	SEG_ALLOC(env, offer_budget_prices, a->offers);
	SEG_ALLOC(env, capacity_prices, a->offers);
	for (int64_t o = 0; o < a->offers; o++)
	{
		offer_budget_prices[o] = price_of(prices, problem->offer_budget[o]);
		capacity_prices[o] = price_of(prices, problem->capacity[o]);
	}
	a->offer_budget_prices = offer_budget_prices;
	a->capacity_prices = capacity_prices;
	return SEG_OK;
}

static SegStatus
store_users(SegEnv *env, const SegOfferRows *rows, const int32_t *served,
            SegOfferAllocation *a)
{
	SegIds ids;

	SEG_TRY(seg_ids_select(env, &rows->users, served, a->served, &ids));
	a->user_number_count = ids.numbers != NULL ? ids.count : 0;
	a->user_name_count = ids.numbers != NULL ? 0 : ids.count;
	a->user_numbers = ids.numbers;
	a->user_names = ids.names;
	return SEG_OK;
}

static SegStatus
store_assignments(SegEnv *env, const SegOfferRows *rows,
                  const SegOfferInput *input, const bool *taken,
                  SegOfferAllocation *a)
{
	const SegOfferProblem *problem = &input->problem;
	int32_t *served;
	int32_t *users;
	int32_t *offers;
	double *values;
	double *costs;
	int64_t last = -1;

	for (int64_t j = 0; j < problem->n; j++)
		a->assigned += taken[j];
	SEG_ALLOC(env, served, a->assigned);
	SEG_ALLOC(env, users, a->assigned);
	SEG_ALLOC(env, offers, a->assigned);
	SEG_ALLOC(env, values, a->assigned);
	SEG_ALLOC(env, costs, a->assigned);
	a->assigned = 0;
	for (int64_t j = 0; j < problem->n; j++)
	{
		const SegOffer *offer = &problem->offers[j];

		if (!taken[j])
			continue;
		if (offer->user != last)
			served[a->served++] = input->user_place[offer->user];
		last = offer->user;
		users[a->assigned] = (int32_t) (a->served - 1);
		offers[a->assigned] = offer->offer;
		values[a->assigned] = offer->value;
		costs[a->assigned++] = offer->cost;
	}
	a->assigned_users = users;
	a->assigned_offers = offers;
	a->values = values;
	a->costs = costs;
	return store_users(env, rows, served, a);
}

static SegStatus
make_choice(SegEnv *env, const SegOfferProblem *problem, SegOfferChoice *choice)
{
	SEG_ALLOC(env, choice->taken, problem->n);
	SEG_ALLOC(env, choice->room, problem->users);
	SEG_ALLOC(env, choice->used, problem->limits);
	for (int64_t u = 0; u < problem->users; u++)
		choice->room[u] = (int32_t) problem->per_user;
	return SEG_OK;
}

/*
 * A part of the work in memory of its own.
 */
static SegStatus
find_choice(SegEnv *env, const SegOfferProblem *problem, const double *prices,
            double bound, int64_t steps, SegOfferChoice *choice,
            bool *is_optimal)
{
	SegEnv inner = seg_enter(env);

	SEG_TRY(seg_leave(env,
	                  &inner,
	                  seg_offer_greedy(&inner, problem, prices, choice)));
	inner = seg_enter(env);
	return seg_leave(env,
	                 &inner,
	                 seg_offer_search(&inner,
	                                  problem,
	                                  prices,
	                                  bound,
	                                  steps,
	                                  choice,
	                                  is_optimal));
}

static SegStatus
allocate(SegEnv *env, void *input, const void *given, void *result)
{
	const SegOfferRows *rows = input;
	const SegOfferParams *params = given;
	SegOfferAllocation *a = result;
	SegOfferInput in;
	SegOfferChoice choice;
	double *prices;
	bool is_optimal;

	SEG_TRY(seg_offer_input(env, rows, params, &in));
	SEG_ALLOC(env, prices, in.problem.limits);
	SEG_TRY(seg_offer_prices(env, &in.problem, prices, &a->bound));
	SEG_TRY(make_choice(env, &in.problem, &choice));
	SEG_TRY(find_choice(env,
	                    &in.problem,
	                    prices,
	                    a->bound,
	                    params->search_steps,
	                    &choice,
	                    &is_optimal));
	a->rows_used = in.rows;
	a->users = rows->users.count;
	a->per_user = params->per_user;
	a->budget = isnan(params->budget) ? seg_missing() : params->budget;
	a->is_optimal = is_optimal;
	SEG_TRY(store_limits(env, rows, &in, prices, a));
	return store_assignments(env, rows, &in, choice.taken, a);
}

/* ---------- the trainer ---------- */

SegStatus
seg_offer_check(SegEnv *env, double value, double cost)
{
	SEG_TRY(seg_check_finite(env, "value", value));
	SEG_TRY(seg_check_finite(env, "cost", cost));
	if (fabs(value) > SEG_OFFER_MAX)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "value",
		                      value,
		                      -SEG_OFFER_MAX,
		                      SEG_OFFER_MAX);
	if (cost < 0.0 || cost > SEG_OFFER_MAX)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "cost",
		                      cost,
		                      0.0,
		                      SEG_OFFER_MAX);
	return SEG_OK;
}

static SegStatus
check_capacities(SegEnv *env, const void *given)
{
	const SegOfferParams *params = given;

	for (int64_t i = 0; i < params->capacities.names.count; i++)
	{
		double capacity = params->capacities.numbers[i];

		if (capacity != floor(capacity))
			return seg_fail(env, SEG_NOT_COUNT, "a capacity", capacity, 0);
	}
	return SEG_OK;
}

const SegTrainer seg_offer_allocation_trainer =
	{.method = &seg_offer_allocation_method,
     .columns = {{SEG_COLUMN_OTHER},
                 {SEG_COLUMN_OTHER},
                 {SEG_COLUMN_OTHER},
                 {SEG_COLUMN_OTHER}},
     .options = options,
     .params_size = sizeof(SegOfferParams),
     .check = check_capacities,
     .smaller = "fewer users, in several allocations with a part of the budget "
                "each",
     .train = allocate};
