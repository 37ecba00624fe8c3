/*-------------------------------------------------------------------------
 *
 * offer_search.c
 *	  Branch and bound: a better allocation of offers, or the proof that there
 *	  is none.
 *
 * Each offer in turn is taken or not. At the prices, the bound falls by what a
 * decision loses against the user's best choice, so a branch ends where it has
 * lost more than the gap between the bound and the best allocation so far. Users
 * come in the order of how much another choice would lose: those whose choice
 * is sure are decided at once, and the search goes back and forth among the
 * others.
 *
 * src/kernel/policy/offer_search.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "base/radix_sort.h"
#include "kernel/policy/offer_margins.h"

/* Values that differ by less are equal; of the larger. */
#define SMALLEST 1e-12

/* An offer, in the order of the search. */
typedef struct Place
{
	int64_t offer;
	int64_t end; /* the first place of the next user */
	double reduced;
	double above; /* sum of what is above 0 in the places before this one */
	double rest;  /* what users after this one get at most */
	bool is_taken;
	double value;    /* of what is taken before this place */
	double at_price; /* and the bound without what may still come */
} Place;

typedef struct Search
{
	SegEnv *env;
	const SegOfferProblem *problem;
	SegOfferChoice now;
	Place *places; /* and one behind the last */
	double best;
	bool *best_taken; /* of each offer */
	bool is_better;
} Search;

/* ---------- the order ---------- */

/*
 * Users by what the least of their margins is, the largest first.
 */
static SegStatus
order_users(SegEnv *env, const SegOfferProblem *problem, const double *margin,
            int64_t *users)
{
	SegRadixItem *order;
	SegRadixItem *scratch;

	SEG_ALLOC(env, order, problem->users);
	SEG_ALLOC(env, scratch, problem->users);
	for (int64_t u = 0; u < problem->users; u++)
	{
		double least = INFINITY;

		for (int64_t j = problem->start[u]; j < problem->start[u + 1]; j++)
			least = fmin(least, fabs(margin[j]));
		order[u] =
			(SegRadixItem){.key = ~seg_radix_key(least + 0.0), .index = u};
	}
	SEG_TRY(seg_radix_sort(env, order, scratch, problem->users));
	for (int64_t u = 0; u < problem->users; u++)
		users[u] = order[u].index;
	return SEG_OK;
}

/*
 * What a user gets at most from a place on.
 */
static double
most_from(const Place *places, int64_t p, int64_t end, int64_t room)
{
	int64_t to = end - p < room ? end : p + room;

	return places[to].above - places[p].above;
}

static void
fill_places(Search *search, const double *reduced, const int64_t *users,
            int64_t *order)
{
	const SegOfferProblem *problem = search->problem;
	Place *places = search->places;
	double above = 0.0;
	double rest = 0.0;
	int64_t p = 0;

	for (int64_t i = 0; i < problem->users; i++)
	{
		int64_t u = users[i];
		int64_t n = problem->start[u + 1] - problem->start[u];

		seg_offer_rank(reduced, problem->start[u], problem->start[u + 1], order);
		for (int64_t k = 0; k < n; k++)
		{
			places[p + k] = (Place){.offer = order[k],
			                        .end = p + n,
			                        .reduced = reduced[order[k]],
			                        .above = above};
			above += fmax(reduced[order[k]], 0.0);
		}
		p += n;
	}
	places[p].above = above;
	for (int64_t end = p; end > 0;)
	{
		int64_t user = problem->offers[places[end - 1].offer].user;
		int64_t first = end - (problem->start[user + 1] - problem->start[user]);

		for (p = first; p < end; p++)
			places[p].rest = rest;
		rest += most_from(places, first, end, problem->per_user);
		end = first;
	}
}

static SegStatus
make_search(SegEnv *env, const SegOfferProblem *problem, const double *prices,
            Search *search)
{
	SegOfferMargins margins;
	int64_t *users;
	int64_t *order;

	SEG_ALLOC(env, search->places, problem->n + 1);
	SEG_ALLOC(env, search->best_taken, problem->n);
	SEG_ALLOC(env, search->now.room, problem->users);
	SEG_ALLOC(env, search->now.used, problem->limits);
	SEG_ALLOC(env, users, problem->users);
	SEG_ALLOC(env, order, problem->n);
	SEG_TRY(seg_offer_margins(env, problem, prices, &margins));
	SEG_TRY(order_users(env, problem, margins.margin, users));
	fill_places(search, margins.reduced, users, order);
	for (int64_t u = 0; u < problem->users; u++)
		search->now.room[u] = (int32_t) problem->per_user;
	for (int64_t k = 0; k < problem->limits; k++)
		search->places[0].at_price += prices[k] * problem->most[k];
	return SEG_OK;
}

/* ---------- the search ---------- */

/*
 * Could more be made of a place than of the best allocation so far?
 */
static bool
is_promising(const Search *search, double bound)
{
	return bound > search->best + SMALLEST * search->best;
}

static const SegOffer *
offer_at(const Search *search, const Place *place)
{
	return &search->problem->offers[place->offer];
}

static bool
try_take(Search *search, int64_t p)
{
	Place *place = &search->places[p];
	const SegOffer *offer = offer_at(search, place);
	int64_t room = search->now.room[offer->user];
	SegOfferUse use[SEG_OFFER_USES];
	int n = seg_offer_uses(search->problem, offer, use);

	if (room == 0 ||
	    !is_promising(search,
	                  place->at_price + place->reduced + place->rest +
	                      most_from(search->places,
	                                p + 1,
	                                place->end,
	                                room - 1)) ||
	    !seg_offer_fits(search->problem, &search->now, use, n))
		return false;
	seg_offer_count(&search->now, use, n, 1.0);
	search->now.room[offer->user]--;
	place->is_taken = true;
	place[1].value = place->value + offer->value;
	place[1].at_price = place->at_price + place->reduced;
	return true;
}

static bool
try_skip(Search *search, int64_t p)
{
	Place *place = &search->places[p];
	int64_t room = search->now.room[offer_at(search, place)->user];

	if (!is_promising(search,
	                  place->at_price + place->rest +
	                      most_from(search->places, p + 1, place->end, room)))
		return false;
	place->is_taken = false;
	place[1].value = place->value;
	place[1].at_price = place->at_price;
	return true;
}

static void
give_back(Search *search, int64_t p)
{
	const SegOffer *offer = offer_at(search, &search->places[p]);
	SegOfferUse use[SEG_OFFER_USES];

	seg_offer_count(&search->now,
	                use,
	                seg_offer_uses(search->problem, offer, use),
	                -1.0);
	search->now.room[offer->user]++;
}

/*
 * The last place where an offer was taken and may be left instead; -1: none.
 */
static int64_t
go_back(Search *search, int64_t p, int64_t *steps)
{
	while (--p >= 0)
	{
		++*steps;
		if (!search->places[p].is_taken)
			continue;
		give_back(search, p);
		if (try_skip(search, p))
			break;
	}
	return p;
}

static void
keep(Search *search)
{
	int64_t n = search->problem->n;

	search->best = search->places[n].value;
	search->is_better = true;
	for (int64_t p = 0; p < n; p++)
		search->best_taken[search->places[p].offer] =
			search->places[p].is_taken;
}

/*
 * Returns in *is_done whether all was searched.
 */
static SegStatus
explore(Search *search, int64_t most_steps, bool *is_done)
{
	int64_t n = search->problem->n;
	int64_t steps = 0;
	int64_t asked = 0;
	int64_t counted = 0;
	int64_t p = 0;

	*is_done = false;
	while (p >= 0)
	{
		if (steps >= most_steps)
			return SEG_OK;
		steps++;
		if (p < n && (try_take(search, p) || try_skip(search, p)))
			p++;
		else
		{
			if (p == n && is_promising(search, search->places[n].value))
				keep(search);
			p = go_back(search, p, &steps);
			p += p >= 0;
		}
		SEG_TRY(seg_count_steps(search->env, &asked, 16 * (steps - counted)));
		counted = steps;
	}
	*is_done = true;
	return SEG_OK;
}

/*
 * What the best allocation found uses, and leaves to the users.
 */
static void
count_again(const SegOfferProblem *problem, SegOfferChoice *choice)
{
	memset(choice->used, 0, (size_t) problem->limits * sizeof(SegWide));
	for (int64_t u = 0; u < problem->users; u++)
		choice->room[u] = (int32_t) problem->per_user;
	for (int64_t j = 0; j < problem->n; j++)
	{
		SegOfferUse use[SEG_OFFER_USES];

		if (!choice->taken[j])
			continue;
		seg_offer_count(choice,
		                use,
		                seg_offer_uses(problem, &problem->offers[j], use),
		                1.0);
		choice->room[problem->offers[j].user]--;
	}
}

SegStatus
seg_offer_search(SegEnv *env, const SegOfferProblem *problem,
                 const double *prices, double bound, int64_t steps,
                 SegOfferChoice *choice, bool *is_optimal)
{
	Search search = {.env = env,
	                 .problem = problem,
	                 .best = seg_offer_value(problem, choice)};

	*is_optimal = !is_promising(&search, bound);
	if (*is_optimal || steps == 0)
		return SEG_OK;
	SEG_TRY(make_search(env, problem, prices, &search));
	SEG_TRY(explore(&search, steps, is_optimal));
	if (search.is_better)
	{
		memcpy(choice->taken,
		       search.best_taken,
		       (size_t) problem->n * sizeof(bool));
		count_again(problem, choice);
	}
	return SEG_OK;
}
