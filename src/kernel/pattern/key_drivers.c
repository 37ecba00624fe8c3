/*-------------------------------------------------------------------------
 *
 * key_drivers.c
 *	  Which combinations of attributes explain the change of a sum or a rate
 *	  between two groups of rows.
 *
 * A combination's part in the change of a sum is its difference.  Its part in
 * the change of a rate N / D is that of Aumann and Shapley [1]: on the straight
 * way from control to test each combination is charged for its own steps dn and
 * dd, at the rate's slopes 1 / D and -N / D^2 there.  Both slopes are integrals
 * over all rows, so the parts are as additive as those of a sum: combinations
 * that have no row in common have a part in the change that is the sum of theirs.
 *
 * [1] R. J. Aumann, L. S. Shapley, Values of Non-Atomic Games, Princeton, 1974.
 *
 * src/kernel/pattern/key_drivers.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/key_drivers.h"

#include <math.h>

#include "base/sort.h"
#include "kernel/pattern/key_drivers_search.h"

#define OPTION(member) offsetof(SegDriverParams, member)

static const char *const rank_words[] = {"contribution",
                                         "unexpected_difference",
                                         "relative_difference",
                                         NULL};

/* clang-format off */
const SegOption seg_key_drivers_options[] = {
	{"min_support", SEG_OPTION_REAL, OPTION(min_support), 0.01, 0, 1, NULL,
		"share of the measure that a combination must have"},
	{"max_length", SEG_OPTION_INT, OPTION(max_length), 3, 0, 1e6, NULL,
		"most attributes of a combination; 0: any number"},
	{"max_results", SEG_OPTION_INT, OPTION(max_results), 20, 0, 1e9, NULL,
		"most combinations in the result; 0: all"},
	{"rank_by", SEG_OPTION_ENUM, OPTION(rank_by), SEG_DRIVER_CONTRIBUTION, 0, 2, rank_words,
		"contribution, unexpected_difference, relative_difference"},
	{"keep_redundant", SEG_OPTION_BOOL, OPTION(keep_redundant), 0, 0, 1, NULL,
		"also combinations that say the same as one of fewer attributes"},
	SEG_OPTION_END
};
/* clang-format on */

/* ---------- the parts in the change ---------- */

enum
{
	CONTROL,
	TEST
};

/* What a step of the measures means for the metric. */
typedef struct Slopes
{
	double of_first;  /* the sum, or the numerator */
	double of_second; /* the denominator */
} Slopes;

/*
 * (log1p(u) / u - 1 / (1 + u)) / u, for u above -1.
 */
static double
bend(double u)
{
	double sum = 0.0;

	if (fabs(u) > 0.1)
		return (log1p(u) / u - 1.0 / (1.0 + u)) / u;
	/* the series 1/2 - 2/3 u + 3/4 u^2 - ... */
	for (int k = 18; k > 0; k--)
		sum = (double) k / (k + 1) - u * sum;
	return sum;
}

/*
 * The slopes of a rate, integrated from control to test: of 1 / D and -N / D^2.
 */
static Slopes
slopes_of(const SegDriverSums *total, int measures)
{
	double n = total->of[CONTROL][0].hi;
	double d = total->of[CONTROL][1].hi;
	double d_test = total->of[TEST][1].hi;
	double step;
	double u;

	if (measures == 1)
		return (Slopes){1.0, 0.0};
	if (!(d > 0 && d_test > 0))
		return (Slopes){NAN, NAN};
	step = seg_wide_subtract(total->of[TEST][0], total->of[CONTROL][0]).hi;
	u = seg_wide_subtract(total->of[TEST][1], total->of[CONTROL][1]).hi / d;
	return (Slopes){(u == 0 ? 1.0 : log1p(u) / u) / d,
	                -(n / d / d_test + step / d * bend(u) / d)};
}

/* ---------- the numbers of a combination ---------- */

/*
 * A number, or NaN if it is none; -0 becomes 0.
 */
static double
or_undefined(double x)
{
	return x - x == 0 ? x + 0.0 : NAN;
}

static double
quotient(double a, double b)
{
	return b != 0 ? or_undefined(a / b) : NAN;
}

/*
 * The sum or the rate of some measures.
 */
static double
metric(const SegWide *of, int measures)
{
	if (measures == 1)
		return of[0].hi;
	return of[1].hi != 0 ? or_undefined(seg_wide_divide(of[0], of[1].hi).hi)
	                     : NAN;
}

/*
 * How many times as much has what is not in the combination become?
 */
static double
growth_beside(const SegDriverSums *sums, const SegDriverSums *total,
              int measures)
{
	double beside[SEG_DRIVER_GROUPS];

	for (int g = 0; g < SEG_DRIVER_GROUPS; g++)
	{
		SegWide rest[SEG_DRIVER_MEASURES];

		for (int m = 0; m < SEG_DRIVER_MEASURES; m++)
			rest[m] = seg_wide_subtract(total->of[g][m], sums->of[g][m]);
		beside[g] = metric(rest, measures);
	}
	return quotient(beside[TEST], beside[CONTROL]);
}

/* All rows, against which combinations are held. */
typedef struct Whole
{
	const SegDriverSums *sums;
	int measures;
	Slopes slopes;
	double change;
} Whole;

static double
contribution(const Whole *whole, const SegDriverSums *sums)
{
	double first =
		seg_wide_subtract(sums->of[TEST][0], sums->of[CONTROL][0]).hi;
	double second =
		seg_wide_subtract(sums->of[TEST][1], sums->of[CONTROL][1]).hi;

	return or_undefined(whole->measures == 1
	                        ? first
	                        : whole->slopes.of_first * first +
	                              whole->slopes.of_second * second);
}

static SegDriver
describe(const Whole *whole, const SegDriverSums *sums)
{
	double test = metric(sums->of[TEST], whole->measures);
	double control = metric(sums->of[CONTROL], whole->measures);
	double part = contribution(whole, sums);
	double difference =
		whole->measures == 1 ? part : or_undefined(test - control);

	return (SegDriver){.test = test,
	                   .control = control,
	                   .difference = difference,
	                   .relative_difference = quotient(difference, control),
	                   .unexpected_difference = or_undefined(
						   test - control * growth_beside(sums,
	                                                      whole->sums,
	                                                      whole->measures)),
	                   .contribution = part,
	                   .share_of_change = quotient(part, whole->change),
	                   .support = seg_driver_support(sums, whole->sums)};
}

/* ---------- combinations that say nothing new ---------- */

static bool
says_the_same(const SegDriverSums *a, const SegDriverSums *b)
{
	for (int g = 0; g < SEG_DRIVER_GROUPS; g++)
	{
		for (int m = 0; m < SEG_DRIVER_MEASURES; m++)
		{
			if (a->of[g][m].hi != b->of[g][m].hi)
				return false;
		}
	}
	return true;
}

/*
 * Which combinations have the sums of one with an attribute less?  No attribute
 * is all rows.
 */
static SegStatus
find_redundant(SegEnv *env, const SegDriverSets *sets, const Whole *whole,
               bool *is_redundant)
{
	int64_t steps = 0;
	SegItemTreeIndex index;
	SegItemSubsets walk;

	SEG_TRY(seg_item_tree_index(env, &sets->tree, &index));
	SEG_TRY(seg_item_subsets_begin(env,
	                               &index,
	                               (int32_t) seg_item_tree_longest(&sets->tree),
	                               &walk));
	for (int64_t node = 0; node < sets->tree.n; node++)
	{
		const int32_t *subsets = seg_item_subsets_next(&walk, node);

		/* a subset may be missing only by an error of rounding at the limit */
		for (int32_t i = 0; subsets != NULL && i < walk.length; i++)
		{
			const SegDriverSums *fewer = subsets[i] == SEG_ITEM_TREE_TOP
			                                 ? whole->sums
			                                 : &sets->sums[subsets[i]];

			is_redundant[node] |= says_the_same(&sets->sums[node], fewer);
		}
		SEG_TRY(seg_count_steps(env, &steps, 16 * walk.length));
	}
	return SEG_OK;
}

/* ---------- the most important ones ---------- */

typedef struct Ranking
{
	const SegDriver *drivers; /* of each node */
	int rank_by;
} Ranking;

static double
weight_of(const SegDriver *driver, int rank_by)
{
	switch ((SegDriverRank) rank_by)
	{
		case SEG_DRIVER_UNEXPECTED:
			return fabs(driver->unexpected_difference);
		case SEG_DRIVER_RELATIVE:
			return fabs(driver->relative_difference);
		default:
			return fabs(driver->contribution);
	}
}

static int
compare_drivers(const void *of, int64_t a, int64_t b)
{
	const Ranking *r = of;
	const SegDriver *x = &r->drivers[a];
	const SegDriver *y = &r->drivers[b];
	double p = weight_of(x, r->rank_by);
	double q = weight_of(y, r->rank_by);

	if (isnan(p) != isnan(q))
		return isnan(p) ? 1 : -1;
	if (!isnan(p) && p != q)
		return p > q ? -1 : 1;
	return (x->n > y->n) - (x->n < y->n);
}

/*
 * Nodes of the combinations to report, the most important first, those without a
 * number to rank by last; ties: the shorter first, then in the order of their
 * attributes, which is the tree's.
 */
static SegStatus
rank_sets(SegEnv *env, const SegDriverSets *sets, const Whole *whole,
          const SegDriverParams *params, SegDriver *drivers, int64_t *order,
          int64_t *n)
{
	Ranking ranking = {drivers, params->rank_by};
	bool *is_redundant;
	int32_t *depths;

	SEG_ALLOC(env, is_redundant, sets->tree.n);
	SEG_ALLOC(env, depths, sets->tree.n);
	(void) seg_item_tree_depths(&sets->tree, depths);
	if (!params->keep_redundant)
		SEG_TRY(find_redundant(env, sets, whole, is_redundant));
	*n = 0;
	for (int64_t node = 0; node < sets->tree.n; node++)
	{
		drivers[node] = describe(whole, &sets->sums[node]);
		drivers[node].n = depths[node];
		if (!is_redundant[node])
			order[(*n)++] = node;
	}
	SEG_TRY(seg_sort(env, order, *n, compare_drivers, &ranking));
	if (params->max_results > 0 && *n > params->max_results)
		*n = params->max_results;
	return SEG_OK;
}

/*
 * The attributes of a node, as places among the ids.
 */
static SegStatus
name_attributes(SegEnv *env, const SegDriverCells *cells,
                const SegItemTree *tree, int64_t node, SegDriver *driver)
{
	int32_t *attributes;

	SEG_ALLOC(env, attributes, driver->n);
	(void) seg_item_tree_way(tree, node, attributes);
	for (int64_t i = 0; i < driver->n; i++)
		attributes[i] = cells->places[attributes[i]];
	driver->attributes = attributes;
	return SEG_OK;
}

SegStatus
seg_key_drivers(SegEnv *env, const SegDriverRows *rows,
                const SegDriverParams *params, SegDrivers *result)
{
	SegDriverCells cells;
	SegDriverSets sets;
	Whole whole;
	SegDriver *drivers; /* of each node */
	SegDriver *chosen;
	int64_t *order;
	int64_t n;

	SEG_TRY(seg_driver_cells_make(env, rows, params->min_support, &cells));
	SEG_TRY(
		seg_driver_search(env, &cells, params, rows->items->most_work, &sets));
	whole = (Whole){.sums = &cells.total,
	                .measures = rows->measures,
	                .slopes = slopes_of(&cells.total, rows->measures)};
	whole.change = contribution(&whole, whole.sums);
	SEG_ALLOC(env, drivers, sets.tree.n);
	SEG_ALLOC(env, order, sets.tree.n);
	SEG_TRY(rank_sets(env, &sets, &whole, params, drivers, order, &n));
	SEG_ALLOC(env, chosen, n + 1);
	chosen[0] = describe(&whole, whole.sums);
	for (int64_t i = 0; i < n; i++)
	{
		chosen[i + 1] = drivers[order[i]];
		SEG_TRY(
			name_attributes(env, &cells, &sets.tree, order[i], &chosen[i + 1]));
	}
	*result = (SegDrivers){n + 1, chosen};
	return SEG_OK;
}

/* ---------- rows ---------- */

static SegStatus
check_sum(SegEnv *env, double *numbers, bool *counts)
{
	(void) counts;
	return seg_check_finite(env, "measure", numbers[0]);
}

static SegStatus
check_rate(SegEnv *env, double *numbers, bool *counts)
{
	(void) counts;
	SEG_TRY(seg_check_finite(env, "numerator", numbers[0]));
	/* also true for NaN */
	if (!(numbers[1] >= 0 && numbers[1] - numbers[1] == 0))
		return seg_fail(env, SEG_ARGUMENT_BELOW, "denominator", numbers[1], 0);
	return SEG_OK;
}

const SegTrainer seg_key_drivers_sum_trainer =
	{.columns = {{SEG_COLUMN_OTHER}, {SEG_COLUMN_NUMBER}, {SEG_COLUMN_NUMBER}},
     .options = seg_key_drivers_options,
     .params_size = sizeof(SegDriverParams),
     .check_row = check_sum};

const SegTrainer seg_key_drivers_rate_trainer =
	{.columns = {{SEG_COLUMN_OTHER},
                 {SEG_COLUMN_NUMBER},
                 {SEG_COLUMN_NUMBER},
                 {SEG_COLUMN_NUMBER}},
     .options = seg_key_drivers_options,
     .params_size = sizeof(SegDriverParams),
     .check_row = check_rate};
