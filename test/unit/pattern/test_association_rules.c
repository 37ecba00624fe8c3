/* test_association_rules.c: rules of small models, by brute force */
#include "kernel/pattern/association_rules.h"

#include "unit.h"

void test_association_rules(void);

#define MOST_ITEMS 8

static uint64_t seed;

typedef struct Data
{
	int n;
	int items;
	int baskets[40];
	int min_count;
	SegItemset model;
} Data;

static int
count_of(const Data *d, int set)
{
	int count = 0;

	for (int b = 0; b < d->n; b++)
		count += (d->baskets[b] & set) == set;
	return count;
}

static void
make_data(SegEnv *env, Data *d, int64_t max_length)
{
	static const int64_t numbers[] = {0, 1, 2, 3, 4, 5, 6, 7};
	static const int32_t places[] = {0, 1, 2, 3, 4, 5, 6, 7};
	SegItemLists lists = {0};
	SegIds ids = {MOST_ITEMS, numbers, {NULL, NULL, 0}};
	SegItemRows rows = {&lists, &ids, places, 100000, 1 << 24, NULL};
	SegItemsetParams p = {0, max_length, SEG_ITEMSET_ALL, SEG_ITEMSET_ECLAT};

	*d = (Data){.n = 1 + unit_draw(&seed, 40), .items = MOST_ITEMS};
	for (int b = 0; b < d->n; b++)
	{
		int32_t list[MOST_ITEMS];
		int n = 0;

		for (int i = 0; i < MOST_ITEMS; i++)
		{
			if (unit_draw(&seed, MOST_ITEMS + 2) > i)
				list[n++] = i;
		}
		for (int i = 0; i < n; i++)
			d->baskets[b] |= 1 << list[i];
		CHECK(seg_item_lists_add(env, &lists, list, n) == SEG_OK);
	}
	d->min_count = 1 + unit_draw(&seed, d->n);
	p.min_support = d->min_count / (double) d->n;
	CHECK(seg_itemset_train(env, &rows, &p, &d->model) == SEG_OK);
}

static int
antecedent_of(const Data *d, const SegRule *rule)
{
	int32_t items[2 * MOST_ITEMS];
	int32_t n = seg_itemset_items(&d->model, rule->antecedent, items);
	int set = 0;

	for (int i = 0; i < n; i++)
		set |= 1 << d->model.item_numbers[items[i]];
	return set;
}

static int
consequent_of(const Data *d, const SegRule *rule)
{
	return (int) d->model.item_numbers[rule->consequent];
}

/* Is a rule with a part of the antecedent as confident? */
static bool
is_redundant(const Data *d, int set, int item)
{
	int64_t both = count_of(d, set | 1 << item);
	int64_t all = count_of(d, set);

	for (int part = (set - 1) & set; part != 0; part = (part - 1) & set)
	{
		if (count_of(d, part | 1 << item) * all >= both * count_of(d, part))
			return true;
	}
	return false;
}

static bool
is_rule(const Data *d, int set, int item, const SegRuleBounds *bounds,
        int64_t max_length)
{
	int both = count_of(d, set | 1 << item);
	double confidence = (double) both / count_of(d, set);
	double lift = confidence * d->n / count_of(d, 1 << item);

	return set != 0 && (set >> item & 1) == 0 && both >= d->min_count &&
	       (max_length == 0 ||
	        __builtin_popcount((unsigned) set) < max_length) &&
	       confidence >= bounds->confidence - 1e-12 &&
	       lift >= bounds->lift - 1e-12 &&
	       !(bounds->drop_redundant && is_redundant(d, set, item));
}

static void
check_measures(const Data *d, const SegRule *rule)
{
	SegRuleMeasures m = seg_rule_measures(&d->model, rule);
	double n = d->n;
	double x = count_of(d, antecedent_of(d, rule)) / n;
	double y = count_of(d, 1 << consequent_of(d, rule)) / n;
	double both =
		count_of(d, antecedent_of(d, rule) | 1 << consequent_of(d, rule)) / n;

	CHECK_NEAR(m.support, both, 1e-14);
	CHECK_NEAR(m.coverage, x, 1e-14);
	CHECK_NEAR(m.confidence, both / x, 1e-14);
	CHECK_NEAR(m.lift, both / (x * y), 1e-14);
	CHECK_NEAR(m.leverage, both - x * y, 1e-14);
	if (both < x)
		CHECK_NEAR(m.conviction, (1 - y) / (1 - both / x), 1e-12);
	else if (y < 1)
		CHECK(m.conviction == INFINITY);
	else
		CHECK(m.conviction != m.conviction);
}

/* Lexicographic order of the sets as lists. */
static int
compare_sets(int a, int b)
{
	int n = __builtin_popcount((unsigned) a);
	int m = __builtin_popcount((unsigned) b);
	int differ = a ^ b;

	if (n != m || a == b)
		return n - m;
	/* the set with the lowest item in which they differ comes first */
	return (a & (differ & -differ)) != 0 ? -1 : 1;
}

static bool
is_before(const Data *d, const SegRule *a, const SegRule *b)
{
	SegRuleMeasures m[2] = {seg_rule_measures(&d->model, a),
	                        seg_rule_measures(&d->model, b)};
	int order = compare_sets(antecedent_of(d, a), antecedent_of(d, b));

	if (m[0].confidence != m[1].confidence)
		return m[0].confidence > m[1].confidence;
	/* the last digit of a lift does not decide */
	if (fabs(m[0].lift - m[1].lift) > 1e-12)
		return m[0].lift > m[1].lift;
	if (m[0].support != m[1].support)
		return m[0].support > m[1].support;
	return order != 0 ? order < 0 : a->consequent < b->consequent;
}

static void
finds_all_rules(void)
{
	for (seed = 1; seed < 600; seed++)
	{
		uint64_t kept = seed;
		SegEnv env = unit_env();
		int64_t max_length = unit_draw(&seed, 3) == 0 ? 3 : 0;
		SegRuleBounds bounds = {unit_draw(&seed, 5) / 4.0,
		                        unit_draw(&seed, 4) / 2.0,
		                        unit_draw(&seed, 2) == 0};
		SegRule *rules;
		int64_t n;
		int want = 0;
		int wrong = 0;
		Data d;

		make_data(&env, &d, max_length);
		for (int set = 1; set < 1 << MOST_ITEMS; set++)
			for (int item = 0; item < MOST_ITEMS; item++)
				want += is_rule(&d, set, item, &bounds, max_length);
		CHECK(
			seg_rules_find(&env, &d.model, &bounds, want, 1 << 24, &rules, &n) ==
			SEG_OK);
		CHECK(n == want);
		for (int64_t i = 0; i < n; i++)
		{
			wrong += !is_rule(&d,
			                  antecedent_of(&d, &rules[i]),
			                  consequent_of(&d, &rules[i]),
			                  &bounds,
			                  max_length);
			wrong += i > 0 && !is_before(&d, &rules[i - 1], &rules[i]);
			if (i % 7 == 0)
				check_measures(&d, &rules[i]);
		}
		CHECK(wrong == 0);
		if (want > 0)
			CHECK(seg_rules_find(&env,
			                     &d.model,
			                     &bounds,
			                     want - 1,
			                     1 << 24,
			                     &rules,
			                     &n) == SEG_SET_LIMIT);
		unit_env_free(&env);
		seed = kept;
	}
}

/* For every possible basket: the first matching rule, in the order of all
 * rules, is the one for its consequent. */
static void
recommends_the_best(void)
{
	for (seed = 1; seed < 100; seed++)
	{
		uint64_t kept = seed;
		SegEnv env = unit_env();
		SegRuleBounds bounds = {unit_draw(&seed, 4) / 4.0,
		                        unit_draw(&seed, 3) / 2.0,
		                        false};
		SegRecommender *recommender;
		SegRule *all;
		int64_t n;
		int wrong = 0;
		Data d;

		make_data(&env, &d, 0);
		CHECK(
			seg_rules_find(&env, &d.model, &bounds, 10000, 1 << 24, &all, &n) ==
			SEG_OK);
		CHECK(seg_recommender_make(&env, &d.model, 1 << 20, &recommender) ==
		      SEG_OK);
		for (int basket = 0; basket < 1 << d.model.item_count; basket++)
		{
			int32_t items[MOST_ITEMS];
			int32_t n_items = 0;
			int numbers = 0; /* the basket as ids */
			int done = 0;
			const SegRule *rules;
			int64_t limit = 1 + unit_draw(&seed, 4);
			int64_t found;
			int64_t at = 0;

			for (int i = 0; i < d.model.item_count; i++)
			{
				if ((basket >> i & 1) == 0)
					continue;
				items[n_items++] = i;
				numbers |= 1 << d.model.item_numbers[i];
			}
			if (basket % 5 == 0) /* an error on the way leaves no trace */
			{
				unit_env_fail_after(&env, 0);
				(void) seg_recommend(&env,
				                     recommender,
				                     items,
				                     n_items,
				                     &bounds,
				                     limit,
				                     &rules,
				                     &found);
				unit_env_fail_after(&env, -1);
			}
			CHECK(seg_recommend(&env,
			                    recommender,
			                    items,
			                    n_items,
			                    &bounds,
			                    limit,
			                    &rules,
			                    &found) == SEG_OK);
			for (int64_t i = 0; i < n && at < limit; i++)
			{
				int item = consequent_of(&d, &all[i]);

				if ((antecedent_of(&d, &all[i]) & ~numbers) != 0 ||
				    (numbers >> item & 1) != 0 || (done >> item & 1) != 0)
					continue;
				done |= 1 << item;
				wrong += at >= found ||
				         rules[at].antecedent != all[i].antecedent ||
				         rules[at].consequent != all[i].consequent ||
				         rules[at].count != all[i].count;
				at++;
			}
			wrong += found != at;
		}
		CHECK(wrong == 0);
		unit_env_free(&env);
		seed = kept;
	}
}

static void
checks_bounds(void)
{
	static const double bad[][2] =
		{{-0.1, 0}, {1.1, 0}, {NAN, 0}, {0, -1}, {0, NAN}, {0, INFINITY}};
	SegEnv env = unit_env();
	SegRuleBounds bounds = {1, 1e300, false};

	CHECK(seg_rule_bounds_check(&env, &bounds) == SEG_OK);
	for (int i = 0; i < 6; i++)
	{
		bounds = (SegRuleBounds){bad[i][0], bad[i][1], false};
		CHECK(seg_rule_bounds_check(&env, &bounds) ==
		      (i < 3 ? SEG_NOT_SHARE : SEG_ARGUMENT_BELOW));
	}
	unit_env_free(&env);
}

/* A model from outside may have valid numbers and lack a subset. */
static void
tells_missing_subsets(void)
{
	static const int64_t numbers[] = {0, 1, 2};
	static const int32_t counts[] = {5, 6, 7};
	static const int32_t items[] = {0, 1, 2, 1, 2};
	static const int32_t node_counts[] = {5, 4, 3, 6, 7};
	static const int32_t parents[] = {-1, 0, 1, -1, -1};
	static const int32_t all_items[] = {0, 1, 2, 2, 1, 2, 2};
	static const int32_t all_parents[] = {-1, 0, 1, 0, -1, 4, -1};
	int32_t all_counts[] = {5, 4, 3, 3, 6, 2, 7}; /* 1, 2: 2; 0, 1, 2: 3 */
	SegItemset m = {.rows_used = 9,
	                .min_count = 1,
	                .item_count = 3,
	                .set_count = 5,
	                .longest = 3,
	                .has_all = 1,
	                .id_numbers = 3,
	                .node_count = 5,
	                .item_numbers = numbers,
	                .item_counts = counts,
	                .node_items = items,
	                .node_counts = node_counts,
	                .node_parents = parents};
	SegEnv env = unit_env();
	SegRuleBounds bounds = {0, 0, true};
	SegRecommender *recommender;
	SegRule *rules;
	int64_t n;

	CHECK(seg_rules_find(&env, &m, &bounds, 99, 1 << 24, &rules, &n) ==
	      SEG_CORRUPT);
	CHECK(seg_recommender_make(&env, &m, 1 << 20, &recommender) == SEG_CORRUPT);

	/* or have a subset in fewer baskets than the set itself */
	m.set_count = m.node_count = 7;
	m.node_items = all_items;
	m.node_counts = all_counts;
	m.node_parents = all_parents;
	CHECK(seg_rules_find(&env, &m, &bounds, 99, 1 << 24, &rules, &n) ==
	      SEG_CORRUPT);
	all_counts[5] = 3;
	CHECK(seg_rules_find(&env, &m, &bounds, 99, 1 << 24, &rules, &n) == SEG_OK);
	CHECK(n == 9);
	unit_env_free(&env);
}

static void
fails_in_order(void)
{
	SegEnv env = unit_env();
	SegRuleBounds bounds = {0, 0, true};
	SegRecommender *recommender;
	SegRule *rules;
	int before;
	int needed;
	int64_t n;
	Data d;

	seed = 5;
	make_data(&env, &d, 0);
	before = unit_env_allocations(&env);
	CHECK(seg_rules_find(&env, &d.model, &bounds, 10000, 1 << 24, &rules, &n) ==
	      SEG_OK);
	needed = unit_env_allocations(&env) - before;
	for (int i = 0; i < needed; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(
			seg_rules_find(&env, &d.model, &bounds, 10000, 1 << 24, &rules, &n) ==
			SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, -1);
	before = unit_env_allocations(&env);
	CHECK(seg_recommender_make(&env, &d.model, 1 << 20, &recommender) ==
	      SEG_OK);
	needed = unit_env_allocations(&env) - before;
	for (int i = 0; i < needed; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(seg_recommender_make(&env, &d.model, 1 << 20, &recommender) ==
		      SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, -1);
	CHECK(seg_recommender_make(&env, &d.model, 7, &recommender) ==
	      SEG_WORK_LIMIT);
	unit_env_free(&env);
}

void
test_association_rules(void)
{
	checks_bounds();
	finds_all_rules();
	recommends_the_best();
	tells_missing_subsets();
	fails_in_order();
}
