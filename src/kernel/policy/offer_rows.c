/*-------------------------------------------------------------------------
 *
 * offer_rows.c
 *	  From rows of users and offers to a problem of numbers.
 *
 * Offers that nobody can take are left out: without a value above 0, or beyond a
 * limit all alone. So are limits that all users together cannot reach.
 *
 * src/kernel/policy/offer_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "base/missing.h"
#include "base/radix_sort.h"
#include "kernel/policy/offer_allocation.h"

/* ---------- reading ---------- */

/*
 * What the work takes for each row at the most: offers twice, sorted, and the
 * interior point method.
 */
static SegStatus
check_memory(SegEnv *env, const SegOfferRows *rows, int64_t per_user)
{
	double of_row = 2 * sizeof(SegOffer) + 2 * sizeof(SegRadixItem) +
	                (per_user > 1 ? 10 : 6) * sizeof(double);
	double of_user = 8 * sizeof(double);
	double bytes =
		of_row * (double) rows->rows->n + of_user * (double) rows->users.count;

	if (bytes > rows->most_bytes)
		return seg_fail_facts(env,
		                      SEG_WORK_LIMIT,
		                      (SegDiag){.what = "the allocation of offers",
		                                .options = "fewer offers for each user",
		                                .got = bytes,
		                                .want = rows->most_bytes});
	return SEG_OK;
}

static SegStatus
check_offer_counts(SegEnv *env, const SegOfferRows *rows)
{
	if (rows->offers.count > SEG_OFFER_MAX_OFFERS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "offers",
		                (double) rows->offers.count,
		                SEG_OFFER_MAX_OFFERS);
	if (rows->rows->n > SEG_OFFER_MAX_ROWS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "rows",
		                (double) rows->rows->n,
		                (double) SEG_OFFER_MAX_ROWS);
	return SEG_OK;
}

static SegStatus
read_offers(SegEnv *env, const SegOfferRows *input, SegOffer *offers)
{
	SegRows *rows = input->rows;
	SegBlock block;
	int64_t done = 0;
	int64_t n = 0;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			offers[n++] = (SegOffer){input->user_place[(int64_t) x[0]],
			                         input->offer_place[(int64_t) x[1]],
			                         x[2],
			                         x[3]};
		}
		SEG_TRY(seg_count_steps(env, &done, 4 * block.n));
	}
	return SEG_OK;
}

/*
 * The order of the offers by user, then by offer.
 */
static SegStatus
sort_offers(SegEnv *env, const SegOffer *offers, int64_t n,
            SegRadixItem **sorted)
{
	SegRadixItem *order;
	SegRadixItem *scratch;

	SEG_ALLOC(env, order, n);
	SEG_ALLOC(env, scratch, n);
	for (int64_t i = 0; i < n; i++)
		order[i] = (SegRadixItem){.key = (uint64_t) offers[i].user << 32 |
		                                 (uint64_t) offers[i].offer,
		                          .index = i};
	SEG_TRY(seg_radix_sort(env, order, scratch, n));
	for (int64_t i = 1; i < n; i++)
	{
		if (order[i].key == order[i - 1].key)
			return seg_fail_name(env, SEG_REPEATED_PAIR, "user", "offer");
	}
	*sorted = order;
	return SEG_OK;
}

/* ---------- limits ---------- */

/*
 * The number that each offer has in an option.
 */
static SegStatus
find_numbers(SegEnv *env, const char *option, const SegNamedNumbers *given,
             const SegIds *offers, double **result)
{
	SEG_ALLOC(env, *result, offers->count);
	for (int64_t i = 0; i < offers->count; i++)
		(*result)[i] = seg_missing();
	for (int64_t i = 0; i < given->names.count; i++)
	{
		SegId id = {.text = seg_texts_get(&given->names, i)};
		int64_t at = seg_ids_find(offers, &id);

		if (at >= 0)
			(*result)[at] = given->numbers[i];
		else
		{
			char *name;

			SEG_ALLOC(env, name, id.text.length + 1);
			memcpy(name, id.text.bytes, (size_t) id.text.length);
			seg_note(env,
			         SEG_NOTE_NO_ROW,
			         (SegDiag){.what = option, .name = "offer", .seen = name});
		}
	}
	return SEG_OK;
}

/*
 * Does a use fit into a limit, if there is one?
 */
static bool
fits_alone(double amount, double limit)
{
	return isnan(limit) || amount <= limit + SEG_OFFER_SLACK * limit;
}

static bool
can_be_taken(const SegOfferInput *input, double budget, const SegOffer *offer)
{
	return offer->value > 0.0 && fits_alone(offer->cost, budget) &&
	       fits_alone(offer->cost, input->offer_budgets[offer->offer]) &&
	       fits_alone(1.0, input->capacities[offer->offer]);
}

/* What all users could use of limits together, at most. */
typedef struct Reach
{
	double budget;
	double *cost;   /* of each offer */
	double *number; /* of each offer */
} Reach;

static SegStatus
measure_reach(SegEnv *env, const SegOfferProblem *problem, int64_t offers,
              Reach *reach)
{
	reach->budget = 0.0;
	SEG_ALLOC(env, reach->cost, offers);
	SEG_ALLOC(env, reach->number, offers);
	for (int64_t u = 0; u < problem->users; u++)
	{
		double most = 0.0;
		double sum = 0.0;

		for (int64_t j = problem->start[u]; j < problem->start[u + 1]; j++)
		{
			const SegOffer *offer = &problem->offers[j];

			most = fmax(most, offer->cost);
			sum += offer->cost;
			reach->cost[offer->offer] += offer->cost;
			reach->number[offer->offer] += 1.0;
		}
		reach->budget += fmin(sum, (double) problem->per_user * most);
	}
	return SEG_OK;
}

/*
 * The number of a limit that can be reached; most: what there is of it.
 */
static int32_t
limit_if_reached(SegOfferProblem *problem, double *most, double limit,
                 double reach)
{
	if (isnan(limit) || !(reach > limit))
		return SEG_NO_LIMIT;
	/* an offer that fits is above 0, so the limit is */
	most[problem->limits] = limit;
	return (int32_t) problem->limits++;
}

static SegStatus
set_limits(SegEnv *env, const SegOfferParams *params, int64_t offers,
           SegOfferInput *input)
{
	SegOfferProblem *problem = &input->problem;
	int32_t *offer_budget;
	int32_t *capacity;
	double *most;
	Reach reach;

	SEG_ALLOC(env, offer_budget, offers);
	SEG_ALLOC(env, capacity, offers);
	SEG_ALLOC(env, most, 2 * offers + 1);
	SEG_TRY(measure_reach(env, problem, offers, &reach));
	problem->limits = 0;
	problem->budget =
		limit_if_reached(problem, most, params->budget, reach.budget);
	for (int64_t o = 0; o < offers; o++)
	{
		offer_budget[o] = limit_if_reached(problem,
		                                   most,
		                                   input->offer_budgets[o],
		                                   reach.cost[o]);
		capacity[o] = limit_if_reached(problem,
		                               most,
		                               input->capacities[o],
		                               reach.number[o]);
	}
	if (problem->limits > SEG_OFFER_MAX_LIMITS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "limits that can be reached",
		                (double) problem->limits,
		                SEG_OFFER_MAX_LIMITS);
	problem->most = most;
	problem->offer_budget = offer_budget;
	problem->capacity = capacity;
	return SEG_OK;
}

/* ---------- the problem ---------- */

/*
 * Offers in order, users numbered without gaps.
 */
static SegStatus
arrange_offers(SegEnv *env, const SegOfferRows *rows,
               const SegOfferParams *params, SegOfferInput *input,
               SegOffer *offers)
{
	SegOfferProblem *problem = &input->problem;
	int64_t n = rows->rows->n;
	int64_t users = 0;
	int64_t *start;
	int32_t *user_place;
	SegEnv inner = seg_enter(env);
	SegOffer *unsorted;
	SegRadixItem *order = NULL;
	SegStatus status = SEG_NO_MEMORY;

	SEG_ALLOC(env, start, rows->users.count + 1);
	SEG_ALLOC(env, user_place, rows->users.count);
	unsorted = inner.alloc(inner.host, (size_t) n * sizeof(SegOffer));
	if (unsorted != NULL)
		status = read_offers(&inner, rows, unsorted);
	if (status == SEG_OK)
		status = sort_offers(&inner, unsorted, n, &order);
	for (int64_t i = 0; status == SEG_OK && i < n; i++)
	{
		SegOffer offer = unsorted[order[i].index];

		if (!can_be_taken(input, params->budget, &offer))
			continue;
		if (users == 0 || user_place[users - 1] != offer.user)
		{
			user_place[users] = offer.user;
			start[users++] = problem->n;
		}
		offer.user = (int32_t) (users - 1);
		offers[problem->n++] = offer;
	}
	start[users] = problem->n;
	problem->users = users;
	problem->start = start;
	problem->offers = offers;
	input->user_place = user_place;
	return seg_leave(env, &inner, status);
}

SegStatus
seg_offer_input(SegEnv *env, const SegOfferRows *rows,
                const SegOfferParams *params, SegOfferInput *input)
{
	SegOffer *offers;

	*input = (SegOfferInput){.rows = rows->rows->n,
	                         .problem = {.per_user = params->per_user}};
	SEG_TRY(check_offer_counts(env, rows));
	SEG_TRY(check_memory(env, rows, params->per_user));
	SEG_TRY(find_numbers(env,
	                     "offer_budgets",
	                     &rows->offer_budgets,
	                     &rows->offers,
	                     &input->offer_budgets));
	SEG_TRY(find_numbers(env,
	                     "capacities",
	                     &rows->capacities,
	                     &rows->offers,
	                     &input->capacities));
	SEG_ALLOC(env, offers, rows->rows->n);
	SEG_TRY(arrange_offers(env, rows, params, input, offers));
	return set_limits(env, params, rows->offers.count, input);
}
