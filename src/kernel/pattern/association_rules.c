/*-------------------------------------------------------------------------
 *
 * association_rules.c
 *	  Rules between the items of frequent itemsets [1].
 *
 * Each item of each frequent set is the consequent of a rule, and the rest its
 * antecedent, which is frequent too, and so is in the model with its count.
 * The measures come from three counts and the number of baskets [2].  Products
 * of two counts fit into 64 bits: confidences are compared, and leverages
 * computed, without rounding.
 *
 * For baskets, rules hang at the nodes of their antecedents: a basket's are
 * found on the ways through the tree that use only its items.
 *
 * [1] R. Agrawal, T. Imielinski, A. Swami, "Mining Association Rules between Sets
 * of Items in Large Databases", SIGMOD 1993.
 *
 * [2] S. Brin, R. Motwani, J. Ullman, S. Tsur, "Dynamic Itemset Counting and
 * Implication Rules for Market Basket Data", SIGMOD 1997 (lift, conviction); G.
 * Piatetsky-Shapiro, "Discovery, Analysis, and Presentation of Strong Rules",
 * Knowledge Discovery in Databases, 1991 (leverage).
 *
 * src/kernel/pattern/association_rules.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/association_rules.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/radix_sort.h"
#include "base/sort.h"
#include "kernel/pattern/itemset_walk.h"
#include "kernel/pattern/rule_redundancy.h"

#define RULE_WORDS 3

/* What makes the rules fewer, and what makes their model smaller. */
#define RULE_OPTIONS  "min_confidence or min_lift"
#define MODEL_OPTIONS "\"min_support\" or \"max_length\""

/* ---------- measures ---------- */

SegStatus
seg_rule_bounds_check(SegEnv *env, const SegRuleBounds *bounds)
{
	if (!(bounds->confidence >= 0.0 && bounds->confidence <= 1.0))
		return seg_fail_share(env, "min_confidence", bounds->confidence);
	if (!(bounds->lift >= 0.0 && bounds->lift <= DBL_MAX))
		return seg_fail(env, SEG_ARGUMENT_BELOW, "min_lift", bounds->lift, 0);
	return SEG_OK;
}

static double
lift_of(int64_t both, int64_t x, int64_t y, int64_t n)
{
	return (double) (both * n) / (double) (x * y);
}

SegRuleMeasures
seg_rule_measures(const SegItemset *model, const SegRule *rule)
{
	int64_t n = model->rows_used;
	int64_t both = rule->count;
	int64_t x = model->node_counts[rule->antecedent];
	int64_t y = model->item_counts[rule->consequent];
	SegRuleMeasures m;

	m.support = (double) both / (double) n;
	m.confidence = (double) both / (double) x;
	m.coverage = (double) x / (double) n;
	m.lift = lift_of(both, x, y, n);
	m.leverage = (double) (both * n - x * y) / ((double) n * (double) n);
	if (both < x)
		m.conviction =
			(double) ((n - y) * x) / ((double) n * (double) (x - both));
	else
		m.conviction = y < n ? INFINITY : NAN;
	return m;
}

static bool
reaches(const SegItemset *model, const SegRule *rule,
        const SegRuleBounds *bounds)
{
	int64_t x = model->node_counts[rule->antecedent];

	if ((double) rule->count / (double) x < bounds->confidence)
		return false;
	return bounds->lift <= 0.0 || lift_of(rule->count,
	                                      x,
	                                      model->item_counts[rule->consequent],
	                                      model->rows_used) >= bounds->lift;
}

/* ---------- order ---------- */

static int
compare_antecedents(const SegItemset *model, int32_t a, int32_t b)
{
	int32_t items[2][128];
	int32_t n = seg_itemset_items(model, a, items[0]);
	int32_t m = seg_itemset_items(model, b, items[1]);

	if (n != m)
		return n < m ? -1 : 1;
	for (int32_t i = 0; i < n; i++)
	{
		if (items[0][i] != items[1][i])
			return items[0][i] < items[1][i] ? -1 : 1;
	}
	return 0;
}

/*
 * The better rule first.  At equal confidence, lift is greater where the
 * consequent is rarer.
 */
static int
compare_rules(const SegItemset *model, const SegRule *a, const SegRule *b)
{
	const int32_t *counts = model->node_counts;
	int64_t x = (int64_t) a->count * counts[b->antecedent];
	int64_t y = (int64_t) b->count * counts[a->antecedent];
	int order;

	if (x != y)
		return x > y ? -1 : 1;
	x = model->item_counts[a->consequent];
	y = model->item_counts[b->consequent];
	if (x != y)
		return x < y ? -1 : 1;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	if (a->antecedent != b->antecedent)
	{
		order = compare_antecedents(model, a->antecedent, b->antecedent);
		if (order != 0)
			return order;
	}
	return (a->consequent > b->consequent) - (a->consequent < b->consequent);
}

typedef struct RuleOrder
{
	const SegItemset *model;
	const SegRule *rules;
} RuleOrder;

static int
compare_by_number(const void *of, int64_t a, int64_t b)
{
	const RuleOrder *o = of;

	return compare_rules(o->model, &o->rules[a], &o->rules[b]);
}

static SegStatus
sort_rules(SegEnv *env, const SegItemset *model, SegRule *rules, int64_t n,
           SegRule *sorted)
{
	RuleOrder o = {model, rules};
	int64_t *order;

	SEG_ALLOC(env, order, n);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, n, compare_by_number, &o));
	for (int64_t i = 0; i < n; i++)
		sorted[i] = rules[order[i]];
	return SEG_OK;
}

/* ---------- all rules ---------- */

/* The search for rules. */
typedef struct RuleSearch
{
	SegItemsetWalk walk;
	const SegRuleBounds *bounds;
	int64_t most;
	size_t most_work;
	SegRedundancy redundancy; /* if redundant rules are dropped */
	bool *is_redundant;       /* each rule of the current set */
	int32_t *words;           /* rules of the current set */
	SegItemLists found;
} RuleSearch;

static SegStatus
begin_search(SegEnv *env, const SegItemset *model, RuleSearch *search)
{
	SEG_TRY(seg_itemset_walk_begin(env, model, &search->walk));
	SEG_ALLOC(env, search->words, RULE_WORDS * model->longest);
	SEG_ALLOC(env, search->is_redundant, model->longest);
	if (!search->bounds->drop_redundant)
		return SEG_OK;
	return seg_redundancy_begin(env,
	                            model,
	                            search->most_work,
	                            &search->redundancy);
}

/*
 * The set after this one; those of the model in any order, unless subsets must
 * come first.
 */
static int32_t
next_set(const RuleSearch *search, int32_t node)
{
	if (search->bounds->drop_redundant)
		return seg_redundancy_next(&search->redundancy, node);
	return node + 1 < search->walk.model->node_count ? node + 1
	                                                 : SEG_ITEM_TREE_TOP;
}

/*
 * Write the good rules of a set as words of a list; returns how many words.
 */
static int32_t
rules_of_set(RuleSearch *search, int32_t node, const int32_t *subsets,
             int32_t n)
{
	const SegItemset *model = search->walk.model;
	int32_t used = 0;

	for (int32_t i = 0; i < n; i++)
	{
		SegRule rule = {subsets[i],
		                seg_itemset_walk_item(&search->walk, i),
		                model->node_counts[node]};

		if (search->is_redundant[i] || !reaches(model, &rule, search->bounds))
			continue;
		search->words[used++] = rule.antecedent;
		search->words[used++] = rule.consequent;
		search->words[used++] = rule.count;
	}
	return used;
}

static SegStatus
collect_rules(SegEnv *env, RuleSearch *search)
{
	for (int32_t node = next_set(search, SEG_ITEM_TREE_TOP);
	     node != SEG_ITEM_TREE_TOP;
	     node = next_set(search, node))
	{
		const int32_t *subsets;
		int32_t n;
		int64_t n_found;

		SEG_TRY(seg_itemset_walk_to(&search->walk, node, &subsets, &n));
		if (n == 1)
			continue;
		if (search->bounds->drop_redundant)
			seg_redundancy_find(&search->redundancy,
			                    node,
			                    subsets,
			                    n,
			                    search->is_redundant);
		SEG_TRY(seg_item_lists_add(env,
		                           &search->found,
		                           search->words,
		                           rules_of_set(search, node, subsets, n)));
		n_found = search->found.total / RULE_WORDS;
		if (n_found > search->most)
			return seg_fail_facts(env,
			                      SEG_SET_LIMIT,
			                      (SegDiag){.what = "rules",
			                                .name = "the setting "
			                                        "segment.training_memory",
			                                .options = RULE_OPTIONS,
			                                .got = (double) n_found,
			                                .want = (double) search->most});
	}
	return SEG_OK;
}

SegStatus
seg_rules_find(SegEnv *env, const SegItemset *model,
               const SegRuleBounds *bounds, int64_t most, size_t most_work,
               SegRule **rules, int64_t *n)
{
	RuleSearch search = {.bounds = bounds,
	                     .most = most,
	                     .most_work = most_work};
	SegItemWalk lists;
	SegRule *unsorted;
	const int32_t *words;
	int32_t used;

	SEG_TRY(begin_search(env, model, &search));
	SEG_TRY(collect_rules(env, &search));
	SEG_ALLOC(env, unsorted, search.found.total / RULE_WORDS);
	SEG_ALLOC(env, *rules, search.found.total / RULE_WORDS);
	lists = seg_item_walk(&search.found);
	for (*n = 0; seg_item_walk_next(&lists, &words, &used);)
	{
		for (int32_t i = 0; i < used; i += RULE_WORDS)
			unsorted[(*n)++] = (SegRule){words[i], words[i + 1], words[i + 2]};
	}
	return sort_rules(env, model, unsorted, *n, *rules);
}

/* ---------- for a basket ---------- */

/* What a rule adds to the antecedent it hangs at. */
typedef struct Tail
{
	int32_t consequent;
	int32_t count;
} Tail;

struct SegRecommender
{
	const SegItemset *model;
	SegItemTreeIndex index;
	const int32_t *rank_of; /* of each item in the order of the ways */
	const int32_t *item_at; /* rank -> item */
	const int64_t *firsts;  /* of the tails of each node; node_count + 1 */
	const Tail *tails;

	/* for the basket at hand */
	const SegRuleBounds *bounds;
	bool *is_in;     /* of each item */
	SegRule *best;   /* of each consequent; count 0: none */
	int32_t *basket; /* ranks, ascending */
	int32_t n_items;
	int32_t *scratch; /* consequents that have a best rule */
	int64_t found;    /* of these */
	SegRule *rules;   /* the best ones, unsorted; then sorted */
	SegRule *sorted;
};

static int
association_rules_compare_items(const void *of, int64_t a, int64_t b)
{
	const SegItemset *model = of;

	if (model->item_counts[a] != model->item_counts[b])
		return model->item_counts[a] < model->item_counts[b] ? -1 : 1;
	return (a > b) - (a < b);
}

static SegStatus
association_rules_rank_items(SegEnv *env, SegRecommender *r)
{
	int64_t n = r->model->item_count;
	int64_t *order;
	int32_t *rank_of;
	int32_t *item_at;

	SEG_ALLOC(env, order, n);
	SEG_ALLOC(env, rank_of, n);
	SEG_ALLOC(env, item_at, n);
	for (int64_t i = 0; i < n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, n, association_rules_compare_items, r->model));
	for (int64_t i = 0; i < n; i++)
	{
		item_at[i] = (int32_t) order[i];
		rank_of[order[i]] = (int32_t) i;
	}
	r->rank_of = rank_of;
	r->item_at = item_at;
	return SEG_OK;
}

/*
 * Count the rules that each set is the antecedent of, and add them up.
 */
static SegStatus
count_tails(SegItemsetWalk *walk, int64_t *firsts)
{
	int64_t nodes = walk->model->node_count;

	for (int64_t node = 0; node < nodes; node++)
	{
		const int32_t *subsets;
		int32_t n;

		SEG_TRY(seg_itemset_walk_to(walk, node, &subsets, &n));
		for (int32_t i = 0; i < n && n > 1; i++)
			firsts[subsets[i] + 1]++;
	}
	for (int64_t node = 0; node < nodes; node++)
		firsts[node + 1] += firsts[node];
	return SEG_OK;
}

static SegStatus
hang_tails(SegEnv *env, SegItemsetWalk *walk, const int64_t *firsts,
           Tail *tails)
{
	int64_t nodes = walk->model->node_count;
	int64_t *next;

	SEG_ALLOC(env, next, nodes);
	memcpy(next, firsts, (size_t) nodes * sizeof(int64_t));
	walk->subsets.length = 0;
	for (int64_t node = 0; node < nodes; node++)
	{
		const int32_t *subsets;
		int32_t n;

		SEG_TRY(seg_itemset_walk_to(walk, node, &subsets, &n));
		for (int32_t i = 0; i < n && n > 1; i++)
			tails[next[subsets[i]]++] = (Tail){seg_itemset_walk_item(walk, i),
			                                   walk->model->node_counts[node]};
	}
	return SEG_OK;
}

static SegStatus
association_rules_make_room(SegEnv *env, SegRecommender *r)
{
	int64_t items = r->model->item_count;

	SEG_ALLOC(env, r->is_in, items);
	SEG_ALLOC(env, r->best, items);
	SEG_ALLOC(env, r->basket, items);
	SEG_ALLOC(env, r->scratch, items);
	SEG_ALLOC(env, r->rules, items);
	SEG_ALLOC(env, r->sorted, items);
	return SEG_OK;
}

SegStatus
seg_recommender_make(SegEnv *env, const SegItemset *model, size_t limit,
                     SegRecommender **recommender)
{
	SegRecommender *r;
	SegItemsetWalk walk;
	int64_t *firsts;
	double bytes;
	Tail *tails;

	SEG_ALLOC(env, r, 1);
	r->model = model;
	SEG_TRY(association_rules_rank_items(env, r));
	SEG_TRY(seg_itemset_walk_begin(env, model, &walk));
	r->index = walk.index;
	SEG_ALLOC(env, firsts, model->node_count + 1);
	SEG_TRY(count_tails(&walk, firsts));
	bytes = (double) firsts[model->node_count] * sizeof(Tail);
	if (bytes > (double) limit)
		return seg_fail_facts(env,
		                      SEG_WORK_LIMIT,
		                      (SegDiag){.what = "the rules of the model",
		                                .options = MODEL_OPTIONS,
		                                .got = bytes,
		                                .want = (double) limit});
	SEG_ALLOC(env, tails, firsts[model->node_count]);
	SEG_TRY(hang_tails(env, &walk, firsts, tails));
	r->firsts = firsts;
	r->tails = tails;
	SEG_TRY(association_rules_make_room(env, r));
	*recommender = r;
	return SEG_OK;
}

/*
 * Compare the rules of an antecedent with the best ones so far.
 */
static void
look_at_rules(SegRecommender *r, int64_t antecedent)
{
	for (int64_t i = r->firsts[antecedent]; i < r->firsts[antecedent + 1]; i++)
	{
		SegRule rule = {(int32_t) antecedent,
		                r->tails[i].consequent,
		                r->tails[i].count};
		SegRule *best = &r->best[rule.consequent];

		if (r->is_in[rule.consequent] || !reaches(r->model, &rule, r->bounds))
			continue;
		if (best->count == 0)
			r->scratch[r->found++] = rule.consequent;
		else if (compare_rules(r->model, best, &rule) <= 0)
			continue;
		*best = rule;
	}
}

/*
 * Look at all antecedents that begin with a set and go on with the basket's
 * items starting at "from".  Sets are short (all_sets_are_sound in itemset.c),
 * so the recursion is, too.
 */
static SegStatus
look_below(SegEnv *env, SegRecommender *r, int64_t set, int32_t from,
           int64_t *steps)
{
	for (int32_t i = from; i < r->n_items; i++)
	{
		int64_t child =
			seg_item_tree_child(&r->index, set, r->item_at[r->basket[i]]);

		if (child < 0)
			continue;
		look_at_rules(r, child);
		SEG_TRY(seg_count_steps(env,
		                        steps,
		                        r->firsts[child + 1] - r->firsts[child]));
		SEG_TRY(look_below(env, r, child, i + 1, steps));
	}
	return seg_count_steps(env, steps, r->n_items - from);
}

/*
 * Forget the basket of the last call, which may have ended in an error, and take
 * another one.
 */
static void
take_basket(SegRecommender *r, const int32_t *items, int32_t n)
{
	while (r->found > 0)
		r->best[r->scratch[--r->found]].count = 0;
	while (r->n_items > 0)
		r->is_in[r->item_at[r->basket[--r->n_items]]] = false;
	for (int32_t i = 0; i < n; i++)
	{
		r->basket[r->n_items++] = r->rank_of[items[i]];
		r->is_in[items[i]] = true;
	}
	seg_radix_sort_int32(r->basket, r->scratch, n);
}

SegStatus
seg_recommend(SegEnv *env, SegRecommender *r, const int32_t *items,
              int32_t n_items, const SegRuleBounds *bounds, int64_t n,
              const SegRule **rules, int64_t *found)
{
	int64_t steps = 0;

	take_basket(r, items, n_items);
	r->bounds = bounds;
	SEG_TRY(look_below(env, r, SEG_ITEM_TREE_TOP, 0, &steps));
	for (int64_t i = 0; i < r->found; i++)
		r->rules[i] = r->best[r->scratch[i]];
	SEG_TRY(sort_rules(env, r->model, r->rules, r->found, r->sorted));
	*rules = r->sorted;
	*found = r->found < n ? r->found : n;
	return SEG_OK;
}
