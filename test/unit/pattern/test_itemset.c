/*
 * test_itemset.c: frequent, closed and maximal itemsets, by three algorithms
 * and by brute force
 */
#include "base/sort.h"
#include "kernel/pattern/itemset.h"
#include "kernel/pattern/itemset_mining.h"
#include "unit.h"

void test_itemset(void);

#define MOST_ITEMS   12
#define MOST_BASKETS 160

/* Baskets as bit sets, and as training gets them: codes in a shuffled order,
 * items of a basket in any order, some of them twice. */
typedef struct Data
{
	SegItemLists lists;
	SegIds ids;
	SegItemRows rows;
	int64_t numbers[MOST_ITEMS];
	int32_t places[MOST_ITEMS];
	int n;
	int items;
	int32_t baskets[MOST_BASKETS];
	int counts[1 << MOST_ITEMS]; /* baskets that have a set, for every set */
} Data;

static uint64_t seed;

static void
add_basket(SegEnv *env, Data *d, int32_t basket)
{
	int32_t list[3 * MOST_ITEMS];
	int n = 0;

	for (int i = 0; i < d->items; i++)
	{
		if ((basket >> d->places[i] & 1) == 0)
			continue;
		list[n++] = i;
		if (unit_draw(&seed, 10) == 0)
			list[n++] = i;
	}
	for (int i = n - 1; i > 0; i--)
	{
		int j = unit_draw(&seed, i + 1);
		int32_t other = list[i];

		list[i] = list[j];
		list[j] = other;
	}
	d->baskets[d->n++] = basket;
	CHECK(seg_item_lists_add(env, &d->lists, list, n) == SEG_OK);
}

static void
count_subsets(Data *d)
{
	for (int32_t set = 0; set < 1 << d->items; set++)
		for (int b = 0; b < d->n; b++)
			d->counts[set] += (d->baskets[b] & set) == set;
}

/*
 * Skewed: some items are rare compared with others, which are in more than 32
 * baskets.
 */
static void
make_data(SegEnv *env, bool is_skewed, Data *d)
{
	int baskets = is_skewed ? 64 : 1 + unit_draw(&seed, 20);
	int density = 10 * (1 + unit_draw(&seed, 9));
	int rates[] = {is_skewed ? 3 : density, is_skewed ? 60 : density};

	*d = (Data){.items = 1 + unit_draw(&seed, MOST_ITEMS)};
	for (int i = 0; i < d->items; i++)
	{
		int j = unit_draw(&seed, i + 1);

		d->numbers[i] = i;
		d->places[i] = d->places[j];
		d->places[j] = i;
	}
	d->ids = (SegIds){d->items, d->numbers, {NULL, NULL, 0}};
	d->rows =
		(SegItemRows){&d->lists, &d->ids, d->places, 100000, 1 << 24, NULL};
	for (int b = 0; b < baskets; b++)
	{
		int32_t basket = 0;

		if (d->n > 0 && unit_draw(&seed, 4) == 0)
			basket =
				d->baskets[unit_draw(&seed,
			                         d->n)]; /* again, or with one item fewer */
		else
			for (int i = 0; i < d->items; i++)
				basket |= (unit_draw(&seed, 100) < rates[i % 2]) << i;
		if (unit_draw(&seed, 5) == 0)
			basket &= ~(1 << unit_draw(&seed, d->items));
		add_basket(env, d, basket);
	}
	count_subsets(d);
}

/* Is a set wanted, by definition? */
static bool
is_wanted(const Data *d, int32_t set, int min_count, const SegItemsetParams *p)
{
	int count = d->counts[set];

	if (set == 0 || count < min_count ||
	    (p->max_length > 0 &&
	     __builtin_popcount((unsigned) set) > p->max_length))
		return false;
	for (int i = 0; i < d->items && p->target != SEG_ITEMSET_ALL; i++)
	{
		int larger = d->counts[set | 1 << i];

		if ((set >> i & 1) == 0 &&
		    (p->target == SEG_ITEMSET_CLOSED ? larger == count
		                                     : larger >= min_count))
			return false;
	}
	return true;
}

/* The set of the data's items that a node of a model stands for. */
static int32_t
set_of(const SegItemset *m, int64_t node)
{
	int32_t items[2 * MOST_ITEMS];
	int32_t n = seg_itemset_items(m, node, items);
	int32_t set = 0;

	for (int i = 0; i < n; i++)
		set |= 1 << m->item_numbers[items[i]];
	return set;
}

static bool
validates(SegEnv *env, SegItemset *m)
{
	m->options = (SegText){"{}", 2};
	m->version = (SegText){"0", 1};
	return seg_image_validate(env, &seg_itemset_method, m) == SEG_OK;
}

static bool
is_same_tree(const SegItemset *a, const SegItemset *b)
{
	size_t bytes = (size_t) a->node_count * sizeof(int32_t);

	return a->node_count == b->node_count && a->set_count == b->set_count &&
	       a->longest == b->longest && a->item_count == b->item_count &&
	       memcmp(a->node_items, b->node_items, bytes) == 0 &&
	       memcmp(a->node_counts, b->node_counts, bytes) == 0 &&
	       memcmp(a->node_parents, b->node_parents, bytes) == 0;
}

static void
check_order(SegEnv *env, const SegItemset *m)
{
	int64_t *order;
	int32_t items[2][2 * MOST_ITEMS];
	int32_t before = 0;
	int32_t count = 0;

	CHECK(seg_itemset_order(env, m, &order) == SEG_OK);
	for (int64_t i = 0; i < m->set_count; i++)
	{
		int32_t n = seg_itemset_items(m, order[i], items[i % 2]);
		int32_t at = 0;

		while (i > 0 && n == before && count == m->node_counts[order[i]] &&
		       at < n - 1 && items[0][at] == items[1][at])
			at++;
		CHECK(i == 0 || n > before ||
		      (n == before && (count > m->node_counts[order[i]] ||
		                       (count == m->node_counts[order[i]] &&
		                        items[i % 2][at] > items[1 - i % 2][at]))));
		before = n;
		count = m->node_counts[order[i]];
	}
}

/* One set of options, one algorithm, every subset. */
static void
check_sets(SegEnv *env, const Data *d, const SegItemsetParams *p,
           SegItemset *model)
{
	int min_count = seg_item_rows_share(&d->rows, p->min_support);
	int want = 0;
	int wrong = 0;

	*model = (SegItemset){0};
	CHECK(seg_itemset_train(env, &d->rows, p, model) == SEG_OK);
	CHECK(validates(env, model));
	for (int32_t set = 0; set < 1 << d->items; set++)
		want += is_wanted(d, set, min_count, p);
	for (int64_t i = 0; i < model->node_count; i++)
	{
		int32_t set = set_of(model, i);

		if (model->node_counts[i] == 0)
			continue;
		wrong += model->node_counts[i] != d->counts[set] ||
		         !is_wanted(d, set, min_count, p);
	}
	CHECK(model->set_count == want && wrong == 0);
}

/* Thousands of small data sets. */
static void
finds_what_brute_force_finds(void)
{
	for (seed = 1; seed < 4000; seed++)
	{
		uint64_t kept = seed;
		SegEnv env = unit_env();
		SegItemsetParams p = {.min_support = 1};
		SegItemset models[3];
		Data d;

		make_data(&env, kept % 4 == 0, &d);
		p.min_support =
			(1 + unit_draw(&seed, kept % 4 == 0 ? 2 : d.n)) / (double) d.n;
		p.max_length = unit_draw(&seed, 3) == 0 ? 1 + unit_draw(&seed, 4) : 0;
		p.target = unit_draw(&seed, 3);
		for (p.algorithm = 0; p.algorithm < 3; p.algorithm++)
		{
			int failed = unit_failed;

			check_sets(&env, &d, &p, &models[p.algorithm]);
			if (unit_failed > failed)
				fprintf(stderr,
				        "seed %d, algorithm %d, target %d, support %g, length "
				        "%d\n",
				        (int) kept,
				        p.algorithm,
				        p.target,
				        p.min_support,
				        (int) p.max_length);
			CHECK(is_same_tree(&models[0], &models[p.algorithm]));
		}
		check_order(&env, &models[0]);
		unit_env_free(&env);
		seed = kept;
	}
}

/*
 * The items Z, E, B, C, from the rarest to the most frequent.  B and C meet in two
 * baskets, which have E as well, so B with C is not closed.  E has no row of bits,
 * being in 2 of 72 baskets of B: it must be found in the baskets themselves, also
 * in the second one, where Z, of rank 0, stands before it.
 */
static void
looks_past_the_first_rank(void)
{
	enum
	{
		Z = 1,
		E = 2,
		B = 4,
		C = 8
	};

	for (int target = 0; target < 3; target++)
	{
		SegEnv env = unit_env();
		SegItemsetParams p = {.target = target};
		SegItemset m;
		Data d = {.items = 4, .numbers = {0, 1, 2, 3}, .places = {0, 1, 2, 3}};

		d.ids = (SegIds){d.items, d.numbers, {NULL, NULL, 0}};
		d.rows =
			(SegItemRows){&d.lists, &d.ids, d.places, 100000, 1 << 24, NULL};
		add_basket(&env, &d, E | B | C);
		add_basket(&env, &d, Z | E | B | C);
		for (int i = 0; i < 70; i++)
			add_basket(&env, &d, B);
		for (int i = 0; i < 80; i++)
			add_basket(&env, &d, C);
		count_subsets(&d);
		p.min_support = 1.0 / d.n;
		for (p.algorithm = 0; p.algorithm < 3; p.algorithm++)
			check_sets(&env, &d, &p, &m);
		unit_env_free(&env);
	}
}

/* Many baskets and items: rows of bits longer than a vector, lists longer than
 * what is sorted by insertion; no brute force, but three algorithms. */
static void
algorithms_agree_on_larger_data(void)
{
	enum
	{
		ITEMS = 300
	};

	for (int round = 0; round < 3; round++)
	{
		SegEnv env = unit_env();
		SegItemLists lists = {0};
		int64_t *numbers = env.alloc(env.host, ITEMS * sizeof(int64_t));
		int32_t *places = env.alloc(env.host, ITEMS * sizeof(int32_t));
		SegIds ids = {ITEMS, numbers, {NULL, NULL, 0}};
		SegItemRows rows = {&lists, &ids, places, 1000000, 1 << 26, NULL};

		seed = (uint64_t) round + 1;
		for (int i = 0; i < ITEMS; i++)
			numbers[i] = places[i] = i;
		for (int b = 0; b < 1100; b++)
		{
			int32_t list[200];
			int n = 0;
			int length = round == 0 ? 50 : 12;

			for (int i = 0; i < length; i++)
				list[n++] = unit_draw(&seed, 1 + unit_draw(&seed, ITEMS));
			CHECK(seg_item_lists_add(&env, &lists, list, n) == SEG_OK);
		}
		for (int target = 0; target < 3; target++)
		{
			SegItemsetParams p = {round == 0 ? 0.06 : 0.005,
			                      round == 2 ? 3 : 0,
			                      target,
			                      0};
			SegItemset models[3] = {{0}};

			for (p.algorithm = 0; p.algorithm < 3; p.algorithm++)
			{
				SegItemset *m = &models[p.algorithm];

				CHECK(seg_itemset_train(&env, &rows, &p, m) == SEG_OK);
				CHECK(validates(&env, m) && m->set_count > ITEMS / 4);
				CHECK(is_same_tree(&models[0], m));
			}
		}
		unit_env_free(&env);
	}
}

/* The same bit rows come out, whatever the processor supports. */
static void
builds_agree_on_bits(void)
{
	SegEnv env = unit_env();
	SegStack stack;

	seg_stack_init(&stack, &env, SIZE_MAX);
	for (int words = SEG_BIT_WORDS; words <= 5 * SEG_BIT_WORDS;
	     words += SEG_BIT_WORDS)
	{
		SegExtensions from = {.n = 9, .words = words, .stride = words + 8};
		SegExtensions first = {0};
		void *memory;
		int32_t items[9];
		int32_t counts[9];

		CHECK(seg_stack_take(&stack, 9 * 8 * (size_t) from.stride, &memory) ==
		      SEG_OK);
		from.bits = memory;
		from.items = items;
		from.counts = counts;
		for (int i = 0; i < 9 * from.stride; i++)
			from.bits[i] = (uint64_t) unit_draw(&seed, 1 << 30) << 34 ^
			               (uint64_t) unit_draw(&seed, 1 << 30) << 8;
		for (int i = 0; i < 9; i++)
			items[i] = i;
		for (int build = 0; build < 3; build++)
		{
			SegExtensions to;
			const SegBits *bits = seg_bits_build(build);

			if (bits == NULL)
				continue;
			CHECK(seg_stack_take(&stack, 2 * 9 * 4, &memory) == SEG_OK);
			to.items = memory;
			to.counts = to.items + 9;
			CHECK(seg_stack_take(&stack, 9 * 8 * (size_t) words, &memory) ==
			      SEG_OK);
			to.bits = memory;
			bits->extend(&from, 2, 14 * words, &to);
			for (int i = 0; i < to.n; i++)
				CHECK(to.counts[i] ==
				      bits->common(from.bits + 2 * (int64_t) from.stride,
				                   from.bits +
				                       to.items[i] * (int64_t) from.stride,
				                   words));
			if (build == 0)
				first = to;
			CHECK(to.n == first.n && to.words == words && to.stride == words);
			CHECK(memcmp(to.items, first.items, 4 * (size_t) to.n) == 0);
			CHECK(memcmp(to.counts, first.counts, 4 * (size_t) to.n) == 0);
			CHECK(memcmp(to.bits, first.bits, 8 * (size_t) (to.n * words)) ==
			      0);
		}
		CHECK(first.n > 0 && first.items[0] > 2);
	}
	CHECK(seg_bits_build(3) == NULL);
	unit_env_free(&env);
}

/* A basket with that many items, twice. */
static Data *
twins(SegEnv *env, int items)
{
	Data *d = env->alloc(env->host, sizeof(Data));
	int64_t *numbers = env->alloc(env->host, (size_t) items * 8);
	int32_t *list = env->alloc(env->host, (size_t) items * 4);

	for (int i = 0; i < items; i++)
		numbers[i] = list[i] = i;
	d->ids = (SegIds){items, numbers, {NULL, NULL, 0}};
	d->rows = (SegItemRows){&d->lists, &d->ids, list, 5000000, 1 << 28, NULL};
	for (int i = 0; i < 2; i++)
		CHECK(seg_item_lists_add(env, &d->lists, list, items) == SEG_OK);
	return d;
}

/* Apriori counts sets before it finds how many there must be. */
#define TOO_MANY(algorithm) \
	((algorithm) == SEG_ITEMSET_APRIORI ? SEG_SET_LIMIT : SEG_SUBSET_LIMIT)

/* What would take forever is refused at once, and closed sets are found. */
static void
stops_explosions(void)
{
	SegEnv env = unit_env();
	Data *d = twins(&env, 2000);

	for (int algorithm = 0; algorithm < 3; algorithm++)
	{
		SegItemsetParams p = {1.0, 0, SEG_ITEMSET_ALL, algorithm};
		SegItemset m = {0};

		/* Apriori would need all pairs of all pairs, so fewer sets */
		d->rows.most_nodes = algorithm == SEG_ITEMSET_APRIORI ? 5000 : 5000000;
		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == TOO_MANY(algorithm));
		CHECK(env.diag.want == (double) d->rows.most_nodes);
	}
	for (int target = 1; target < 3; target++)
	{
		SegItemsetParams p = {1.0, 0, target, 0};
		SegItemset m = {0};

		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
		CHECK(validates(&env, &m));
		CHECK(m.set_count == 1 && m.longest == 2000 && m.node_count == 2000);
		p.max_length = 1999;
		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
		CHECK(m.set_count == 0 && m.item_count == 2000);
	}
	d = twins(&env, 18);
	for (int algorithm = 0; algorithm < 3; algorithm++)
	{
		SegItemsetParams p = {1.0, 0, SEG_ITEMSET_ALL, algorithm};
		SegItemset m = {0};

		if (algorithm == SEG_ITEMSET_APRIORI)
			d = twins(&env, 12); /* this takes a while */
		d->rows.most_nodes = (INT64_C(1) << d->ids.count) - 1;
		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
		CHECK(m.set_count == d->rows.most_nodes && validates(&env, &m));
		d->rows.most_nodes--;
		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == TOO_MANY(algorithm));
	}
	unit_env_free(&env);
}

/*
 * Number of questions whether to stop, while training on baskets that have all
 * items; or each lacks another one, and another half has only the first half.
 */
static int
questions_for(int items, bool lacks, int target, int64_t *sets)
{
	SegEnv env = unit_env();
	Data *d = twins(&env, items);
	SegItemsetParams p = {0.001, 0, target, 0};
	SegItemset m = {0};
	int before = unit_env_questions(&env);
	int asked;

	d->lists = (SegItemLists){0};
	for (int32_t b = 0; b < 40; b++)
	{
		const int32_t *all = d->rows.places;
		int32_t list[2000];
		int32_t n = 0;

		for (int32_t i = 0; i < (lacks || b % 2 == 0 ? items : items / 2); i++)
		{
			if (!lacks || i != b)
				list[n++] = all[i];
		}
		CHECK(seg_item_lists_add(&env, &d->lists, list, n) == SEG_OK);
	}
	unit_env_stop_after(&env, 1000);
	CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
	asked = unit_env_questions(&env) - before;
	*sets = m.set_count;
	unit_env_free(&env);
	return asked;
}

/*
 * Items in the same baskets, and maximal sets with many closed ones below them.
 */
static void
takes_short_cuts(void)
{
	int64_t sets;

	CHECK(questions_for(2000, false, SEG_ITEMSET_CLOSED, &sets) < 60);
	CHECK(sets == 2);
	CHECK(questions_for(2000, false, SEG_ITEMSET_MAXIMAL, &sets) < 60);
	CHECK(sets == 1);
	CHECK(questions_for(40, true, SEG_ITEMSET_MAXIMAL, &sets) < 60);
	CHECK(sets == 40);
}

/* Sets are sorted with room only for the most that are tied, while asking
 * whether to stop, however long they are. */
static void
orders_in_little_room(void)
{
	SegEnv env = unit_env();
	Data *d = twins(&env, 12);
	SegItemsetParams p = {0.5, 0, SEG_ITEMSET_ALL, 0};
	SegItemset m = {0};
	int64_t *order;
	int before;

	CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
	before = unit_env_allocations(&env);
	CHECK(seg_itemset_order(&env, &m, &order) == SEG_OK);
	CHECK(m.longest == 12 && unit_env_allocations(&env) - before < 12);

	/* one item is missing from each of 40 baskets */
	d = twins(&env, 2000);
	d->lists = (SegItemLists){0};
	for (int32_t b = 0; b < 40; b++)
	{
		int32_t list[2000];

		memcpy(list, d->rows.places, sizeof(list));
		list[b] = list[1999];
		CHECK(seg_item_lists_add(&env, &d->lists, list, 1999) == SEG_OK);
	}
	p = (SegItemsetParams){0.001, 0, SEG_ITEMSET_MAXIMAL, 0};
	CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
	CHECK(m.set_count == 40 && m.longest == 1999);
	before = unit_env_questions(&env);
	CHECK(seg_itemset_order(&env, &m, &order) == SEG_OK);
	CHECK(unit_env_questions(&env) > before);
	unit_env_free(&env);
}

/* No memory, too little memory for the search, or a stop, at any moment. */
static void
fails_in_order(void)
{
	for (int algorithm = 0; algorithm < 3; algorithm++)
		for (int target = 0; target < 3; target++)
		{
			SegItemsetParams p = {0.2, 0, target, algorithm};
			SegEnv env = unit_env();
			SegItemset m = {0};
			int before;
			int needed;
			Data d;

			seed = 7;
			make_data(&env, false, &d);
			before = unit_env_allocations(&env);
			CHECK(seg_itemset_train(&env, &d.rows, &p, &m) == SEG_OK);
			needed = unit_env_allocations(&env) - before;
			/* Eclat, and the search for closed sets, tell of every item */
			CHECK(algorithm != 0 || unit_env_reports(&env) == m.item_count);
			for (int n = 0; n < needed; n++)
			{
				unit_env_fail_after(&env, n);
				CHECK(seg_itemset_train(&env, &d.rows, &p, &m) ==
				      SEG_NO_MEMORY);
			}
			unit_env_fail_after(&env, -1);
			d.rows.most_work = 0;
			CHECK(seg_itemset_train(&env, &d.rows, &p, &m) == SEG_WORK_LIMIT);
			unit_env_free(&env);
		}
}

static void
asks_to_be_stopped(void)
{
	SegEnv env = unit_env();
	Data *d = twins(&env, 20);

	for (int algorithm = 0; algorithm < 2; algorithm++)
	{
		SegItemsetParams p = {1.0, 0, SEG_ITEMSET_ALL, algorithm};
		SegItemset m = {0};
		int before = unit_env_questions(&env);
		int asked;

		CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_OK);
		asked = unit_env_questions(&env) - before;
		CHECK(asked >= 3);
		for (int n = 0; n < 3; n++)
		{
			unit_env_stop_after(&env, n);
			CHECK(seg_itemset_train(&env, &d->rows, &p, &m) == SEG_STOPPED);
		}
		unit_env_stop_after(&env, -1);
	}
	unit_env_free(&env);
}

static void
checks_options(void)
{
	SegEnv env = unit_env();
	SegItemsetParams p;

	seg_options_defaults(seg_itemset_options, &p, sizeof(p));
	CHECK(p.min_support == 0.01 && p.max_length == 0 && p.target == 0 &&
	      p.algorithm == 0);
	CHECK(seg_itemset_check(&env, &p) == SEG_OK);
	p.min_support = 1;
	CHECK(seg_itemset_check(&env, &p) == SEG_OK);
	for (int i = 0; i < 4; i++)
	{
		const double bad[] = {0, -0.1, 1.0001, NAN};

		p.min_support = bad[i];
		CHECK(seg_itemset_check(&env, &p) == SEG_SHARE_RANGE);
	}
	unit_env_free(&env);
}

/* A model from outside. */
static void
tells_unsound_models(void)
{
	SegEnv env = unit_env();
	SegItemsetParams p = {0.3, 0, SEG_ITEMSET_ALL, 0};
	SegItemset m = {0};
	SegItemset bad;
	Data d;

	seed = 11;
	make_data(&env, false, &d);
	CHECK(seg_itemset_train(&env, &d.rows, &p, &m) == SEG_OK);
	CHECK(validates(&env, &m) && m.longest >= 2);
#define DAMAGE(change) \
	bad = m; \
	change; \
	CHECK(!validates(&env, &bad))
	DAMAGE(bad.rows_used = bad.min_count - 1);
	DAMAGE(bad.min_count = bad.rows_used + 1);
	DAMAGE(bad.set_count--);
	DAMAGE(bad.longest++);
	DAMAGE(bad.longest = 62);
	DAMAGE(bad.node_count--);
	DAMAGE(bad.id_numbers--);
	DAMAGE(bad.id_numbers--; bad.id_texts = 1);
	DAMAGE(bad.item_count--; bad.id_numbers--);
	DAMAGE(bad.node_items = bad.node_parents);
	DAMAGE(bad.node_counts = bad.node_items);
	DAMAGE(bad.node_parents = bad.node_items);
#undef DAMAGE
	unit_env_free(&env);
}

void
test_itemset(void)
{
	checks_options();
	finds_what_brute_force_finds();
	looks_past_the_first_rank();
	algorithms_agree_on_larger_data();
	builds_agree_on_bits();
	stops_explosions();
	takes_short_cuts();
	orders_in_little_room();
	fails_in_order();
	asks_to_be_stopped();
	tells_unsound_models();
}
