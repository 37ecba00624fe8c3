/* test_offer_allocation.c: kernel/policy/offer_*.c against all allocations of small sets */
#include "kernel/policy/offer_allocation.h"

#include "base/missing.h"
#include "unit.h"

void test_offer_allocation(void);

#define MOST_USERS  6
#define MOST_OFFERS 4
#define MOST_ROWS   (MOST_USERS * MOST_OFFERS)

/* Rows of users and offers 0, 1, ...; limits below 0: none */
typedef struct Case
{
	int64_t users;
	int64_t offers;
	int64_t n;
	double rows[MOST_ROWS][SEG_OFFER_COLUMNS];
	double budget;
	int64_t per_user;
	double offer_budgets[MOST_OFFERS];
	double capacities[MOST_OFFERS];
	int64_t search_steps;
} Case;

static const int64_t numbers[] = {0, 1, 2, 3, 4, 5};
static const int32_t places[] = {0, 1, 2, 3, 4, 5};
static const char names[] = "012345";
static const int64_t ends[] = {1, 2, 3, 4, 5, 6};

/*
 * The limits that a case has, as an option gives them.
 */
static SegNamedNumbers
given(const double *limits, int64_t n, char *bytes, double *to)
{
	int64_t count = 0;

	for (int64_t i = 0; i < n; i++)
	{
		if (limits[i] >= 0)
		{
			bytes[count] = names[i];
			to[count++] = limits[i];
		}
	}
	return (SegNamedNumbers){{ends, bytes, count}, to};
}

static SegStatus
allocate(SegEnv *env, const Case *c, int64_t block_rows, SegOfferAllocation *a)
{
	char bytes[2][MOST_OFFERS];
	double to[2][MOST_OFFERS];
	SegOfferParams params =
		{.budget = c->budget < 0 ? NAN : c->budget,
	     .per_user = c->per_user,
	     .offer_budgets = given(c->offer_budgets, c->offers, bytes[0], to[0]),
	     .capacities = given(c->capacities, c->offers, bytes[1], to[1]),
	     .search_steps = c->search_steps};
	SegMemoryRows source;
	SegOfferRows rows = {.rows = &source.rows,
	                     .users = {c->users, numbers, {0}},
	                     .offers = {c->offers, numbers, {0}},
	                     .user_place = places,
	                     .offer_place = places,
	                     .offer_budgets = params.offer_budgets,
	                     .capacities = params.capacities,
	                     .most_bytes = 1e9};

	seg_memory_rows(&source,
	                &c->rows[0][0],
	                c->n,
	                SEG_OFFER_COLUMNS,
	                SEG_OFFER_COLUMNS,
	                block_rows);
	memset(a, 0, sizeof(*a));
	return seg_offer_allocation_trainer.train(env, &rows, &params, a);
}

/* What is taken so far of each limit. */
typedef struct Used
{
	double cost;
	double offer_cost[MOST_OFFERS];
	double number[MOST_OFFERS];
	int64_t of_user[MOST_USERS];
} Used;

static bool
add(const Case *c, Used *used, int64_t row)
{
	int64_t user = (int64_t) c->rows[row][0];
	int64_t offer = (int64_t) c->rows[row][1];

	used->cost += c->rows[row][3];
	used->offer_cost[offer] += c->rows[row][3];
	used->number[offer]++;
	used->of_user[user]++;
	return used->of_user[user] <= c->per_user &&
	       (c->budget < 0 || used->cost <= c->budget) &&
	       (c->offer_budgets[offer] < 0 ||
	        used->offer_cost[offer] <= c->offer_budgets[offer]) &&
	       (c->capacities[offer] < 0 ||
	        used->number[offer] <= c->capacities[offer]);
}

/*
 * The best of all allocations, by trying them; costs are small whole numbers.
 */
static double
best_of_all(const Case *c, const Used *used, int64_t row)
{
	Used with = *used;
	double best;

	if (row == c->n)
		return 0;
	best = best_of_all(c, used, row + 1);
	if (c->rows[row][2] > 0 && add(c, &with, row))
		best = fmax(best, c->rows[row][2] + best_of_all(c, &with, row + 1));
	return best;
}

static void
draw_case(uint64_t *seed, int kind, Case *c)
{
	c->users = 1 + unit_draw(seed, MOST_USERS);
	c->offers = 1 + unit_draw(seed, kind == 0 ? 3 : MOST_OFFERS);
	c->n = 0;
	c->per_user = kind == 2 ? 1 + unit_draw(seed, 3) : 1;
	c->search_steps = 10000000;
	c->budget = unit_draw(seed, 8) > 0 ? unit_draw(seed, 40) : -1;
	for (int64_t o = 0; o < c->offers; o++)
	{
		c->offer_budgets[o] =
			kind > 0 && unit_draw(seed, 2) ? unit_draw(seed, 15) : -1;
		c->capacities[o] =
			kind > 0 && unit_draw(seed, 2) ? unit_draw(seed, 4) : -1;
	}
	for (int64_t u = 0; u < c->users; u++)
	{
		for (int64_t o = 0; o < c->offers; o++)
		{
			double value = unit_draw(seed, 12) - 1;

			if (unit_draw(seed, 5) == 0 && c->n > 0)
				continue;
			c->rows[c->n][0] = (double) u;
			c->rows[c->n][1] = (double) o;
			c->rows[c->n][2] = value + unit_draw(seed, 2) * 0.37;
			c->rows[c->n++][3] = unit_draw(seed, 9);
		}
	}
}

/*
 * Is it an allocation of these rows that keeps all limits?
 */
static void
check_feasible(SegEnv *env, const Case *c, const SegOfferAllocation *a)
{
	Used used = {0};
	SegOfferTotal *totals;

	CHECK(seg_offer_allocation_method.is_sound(a));
	for (int64_t i = 0; i < a->assigned; i++)
	{
		int64_t user = a->user_numbers[a->assigned_users[i]];
		int64_t row = 0;

		while (row < c->n && (c->rows[row][0] != (double) user ||
		                      c->rows[row][1] != a->assigned_offers[i]))
			row++;
		CHECK(row < c->n && add(c, &used, row));
		CHECK(a->values[i] == c->rows[row][2] &&
		      a->costs[i] == c->rows[row][3]);
	}
	CHECK(seg_offer_totals(env, a, &totals) == SEG_OK);
	CHECK(totals[a->offers].assigned == a->assigned);
	CHECK(totals[a->offers].cost == used.cost);
	for (int64_t o = 0; o < a->offers; o++)
		CHECK(totals[o].cost == used.offer_cost[o] &&
		      totals[o].assigned == (int64_t) used.number[o]);
}

static double
value_of(SegEnv *env, const SegOfferAllocation *a)
{
	SegOfferTotal *totals;

	CHECK(seg_offer_totals(env, a, &totals) == SEG_OK);
	return totals[a->offers].value;
}

static void
small_sets_are_solved_exactly(void)
{
	uint64_t seed = 7;

	for (int i = 0; i < 600; i++)
	{
		SegEnv env = unit_env();
		SegOfferAllocation a;
		Case c;
		double best;

		draw_case(&seed, i % 3, &c);
		best = best_of_all(&c, &(Used){0}, 0);
		CHECK(allocate(&env, &c, 1 + i % 7, &a) == SEG_OK);
		check_feasible(&env, &c, &a);
		CHECK_NEAR(value_of(&env, &a), best, 1e-12);
		CHECK(a.is_optimal);
		CHECK(a.bound >= best - 1e-9);

		/* without the search it is never better than that, and says so */
		c.search_steps = 0;
		CHECK(allocate(&env, &c, 5, &a) == SEG_OK);
		check_feasible(&env, &c, &a);
		CHECK(value_of(&env, &a) <= best + 1e-12);
		CHECK(!a.is_optimal || value_of(&env, &a) >= best - 1e-9);
		unit_env_free(&env);
	}
}

static void
order_of_rows_does_not_matter(void)
{
	uint64_t seed = 11;

	for (int i = 0; i < 50; i++)
	{
		SegEnv env = unit_env();
		SegOfferAllocation a;
		SegOfferAllocation b;
		Case c;

		draw_case(&seed, i % 3, &c);
		CHECK(allocate(&env, &c, 100, &a) == SEG_OK);
		for (int64_t j = c.n - 1; j > 0; j--)
		{
			int64_t k = unit_draw(&seed, (int) j + 1);

			for (int x = 0; x < SEG_OFFER_COLUMNS; x++)
			{
				double swap = c.rows[j][x];

				c.rows[j][x] = c.rows[k][x];
				c.rows[k][x] = swap;
			}
		}
		CHECK(allocate(&env, &c, 3, &b) == SEG_OK);
		CHECK(a.bound == b.bound && a.budget_price == b.budget_price);
		CHECK(a.assigned == b.assigned && a.served == b.served);
		for (int64_t j = 0; j < a.assigned && j < b.assigned; j++)
			CHECK(a.assigned_users[j] == b.assigned_users[j] &&
			      a.assigned_offers[j] == b.assigned_offers[j] &&
			      a.values[j] == b.values[j]);
		unit_env_free(&env);
	}
}

/* Two users, two offers that are equally good. */
static const Case even =
	{.users = 2,
     .offers = 2,
     .n = 4,
     .rows = {{0, 0, 5, 2}, {0, 1, 5, 2}, {1, 0, 5, 2}, {1, 1, 5, 2}},
     .budget = 2,
     .per_user = 1,
     .offer_budgets = {-1, -1},
     .capacities = {-1, -1},
     .search_steps = 1000};

static void
ties_go_to_lower_ids(void)
{
	SegEnv env = unit_env();
	SegOfferAllocation a;

	CHECK(allocate(&env, &even, 4, &a) == SEG_OK);
	CHECK(a.assigned == 1 && a.user_numbers[0] == 0 &&
	      a.assigned_offers[0] == 0);
	CHECK_NEAR(a.bound, 5, 1e-12);
	CHECK_NEAR(a.budget_price, 2.5, 1e-9);
	CHECK(a.is_optimal);
	unit_env_free(&env);
}

/*
 * Costs that are no sums of powers of 2 fill a budget that is their sum.
 */
static void
rounding_leaves_nothing_out(void)
{
	SegEnv env = unit_env();
	SegOfferAllocation a;
	Case c = even;

	c.budget = 0.3;
	c.per_user = 2;
	for (int i = 0; i < 4; i++)
		c.rows[i][3] = 0.1;
	CHECK(allocate(&env, &c, 4, &a) == SEG_OK);
	CHECK(a.assigned == 3);
	unit_env_free(&env);
}

static void
sizes_do_not_matter(void)
{
	const double scales[] = {1e-90, 1e-3, 1e90};

	for (int i = 0; i < 9; i++)
	{
		SegEnv env = unit_env();
		SegOfferAllocation a;
		uint64_t seed = 3;
		Case c;
		double best;

		draw_case(&seed, 1, &c);
		best = best_of_all(&c, &(Used){0}, 0);
		c.budget *= scales[i % 3];
		for (int64_t o = 0; o < c.offers; o++)
			c.offer_budgets[o] *= scales[i % 3];
		for (int64_t j = 0; j < c.n; j++)
		{
			c.rows[j][2] *= scales[i / 3];
			c.rows[j][3] *= scales[i % 3];
		}
		CHECK(allocate(&env, &c, 4, &a) == SEG_OK);
		CHECK_NEAR(value_of(&env, &a) / scales[i / 3], best, 1e-9);
		unit_env_free(&env);
	}
}

static void
failures_are_reported(void)
{
	SegEnv env = unit_env();
	SegOfferAllocation a;
	Case c = even;

	c.rows[3][0] = 0;
	CHECK(allocate(&env, &c, 4, &a) == SEG_REPEATED_PAIR);
	CHECK(seg_offer_check(&env, NAN, 0) == SEG_INFINITE);
	CHECK(seg_offer_check(&env, 1, INFINITY) == SEG_INFINITE);
	CHECK(seg_offer_check(&env, 1, -1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_offer_check(&env, -1.1e100, 1) == SEG_ARGUMENT_RANGE);
	CHECK(seg_offer_check(&env, 1, 1.1e100) == SEG_ARGUMENT_RANGE);
	CHECK(seg_offer_check(&env, -1e100, 1e100) == SEG_OK);
	unit_env_free(&env);

	/* out of memory at each allocation */
	for (int i = 0;; i++)
	{
		SegStatus status;

		env = unit_env();
		unit_env_fail_after(&env, i);
		status = allocate(&env, &even, 4, &a);
		unit_env_free(&env);
		if (status == SEG_OK)
			break;
		CHECK(status == SEG_NO_MEMORY);
		if (i > 1000)
			break;
	}
}

/*
 * Is an allocation that no longer adds up refused?
 */
static void
damage_is_found(void)
{
	SegEnv env = unit_env();
	SegOfferAllocation a;
	SegOfferAllocation b;
	int32_t list[2] = {0, 0};
	Case c = even;

	c.budget = -1;
	CHECK(allocate(&env, &c, 4, &a) == SEG_OK);
	CHECK(a.assigned == 2 && seg_offer_allocation_method.is_sound(&a));
	b = a;
	b.assigned_users = list;
	CHECK(!seg_offer_allocation_method.is_sound(&b));
	b = a;
	list[1] = 2;
	b.assigned_offers = list;
	CHECK(!seg_offer_allocation_method.is_sound(&b));
	b = a;
	b.users = 1;
	CHECK(!seg_offer_allocation_method.is_sound(&b));
	b = a;
	b.rows_used = 1;
	CHECK(!seg_offer_allocation_method.is_sound(&b));
	b = a;
	b.offer_number_count = 1;
	CHECK(!seg_offer_allocation_method.is_sound(&b));
	unit_env_free(&env);
}

void
test_offer_allocation(void)
{
	small_sets_are_solved_exactly();
	order_of_rows_does_not_matter();
	ties_go_to_lower_ids();
	rounding_leaves_nothing_out();
	sizes_do_not_matter();
	failures_are_reported();
	damage_is_found();
}
