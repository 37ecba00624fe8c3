/*
 * test_frequent_sequence.c: frequent sequences by brute force, and what comes
 * next
 */
#include "kernel/pattern/frequent_sequence.h"
#include "unit.h"

void test_frequent_sequence(void);

#define MOST_ITEMS  5
#define MOST_LENGTH 8

static uint64_t seed;

typedef struct Path
{
	int n;
	int32_t items[MOST_LENGTH]; /* ids */
} Path;

/* Paths as ids, and as training gets them: codes in another order. */
typedef struct Data
{
	SegItemLists lists;
	SegIds ids;
	SegItemRows rows;
	int64_t numbers[MOST_ITEMS];
	int32_t places[MOST_ITEMS];
	int n;
	int items;
	Path paths[30];
} Data;

static void
make_data(SegEnv *env, Data *d)
{
	*d = (Data){.n = 1 + unit_draw(&seed, 30),
	            .items = 1 + unit_draw(&seed, MOST_ITEMS)};
	for (int i = 0; i < d->items; i++)
	{
		int j = unit_draw(&seed, i + 1);

		d->numbers[i] = i;
		d->places[i] = d->places[j];
		d->places[j] = i;
	}
	d->ids = (SegIds){d->items, d->numbers, {NULL, NULL, 0}};
	d->rows =
		(SegItemRows){&d->lists, &d->ids, d->places, 1000000, 1 << 26, NULL};
	for (int p = 0; p < d->n; p++)
	{
		int32_t codes[MOST_LENGTH];
		Path *path = &d->paths[p];

		path->n = unit_draw(&seed, MOST_LENGTH + 1);
		for (int i = 0; i < path->n; i++)
		{
			codes[i] = unit_draw(&seed, 1 + unit_draw(&seed, d->items));
			path->items[i] = d->places[codes[i]];
		}
		CHECK(seg_item_lists_add(env, &d->lists, codes, path->n) == SEG_OK);
	}
}

/* Can the rest of a sequence follow a position in the path? */
static bool
follows(const Path *path, const int32_t *sequence, int n, int place,
        int64_t max_gap)
{
	if (n == 0)
		return true;
	for (int i = place + 1; i < path->n; i++)
	{
		if (place >= 0 && max_gap > 0 && i - place > max_gap)
			break;
		if (path->items[i] == sequence[0] &&
		    follows(path, sequence + 1, n - 1, i, max_gap))
			return true;
	}
	return false;
}

static int
count_of(const Data *d, const int32_t *sequence, int n, int64_t max_gap)
{
	int count = 0;

	for (int p = 0; p < d->n; p++)
		count += follows(&d->paths[p], sequence, n, -1, max_gap);
	return count;
}

/* All frequent sequences that start with a given one: how many are there, and
 * are they the nodes of the model from *node on? */
static int
compare_below(const Data *d, const SegFrequentSequence *m,
              const SegSequenceParams *p, int32_t *sequence, int n,
              int64_t parent, int64_t *node)
{
	int wrong = 0;

	if (n == MOST_LENGTH || (p->max_length > 0 && n == p->max_length))
		return 0;
	for (int32_t item = 0; item < d->items; item++)
	{
		int64_t at = *node;
		int count;

		sequence[n] = item;
		count = count_of(d, sequence, n + 1, p->max_gap);
		if (count < m->min_count)
			continue;
		if (at >= m->sequence_count ||
		    m->item_numbers[m->node_items[at]] != item ||
		    m->node_counts[at] != count || m->node_parents[at] != parent)
			return 1;
		(*node)++;
		wrong += compare_below(d, m, p, sequence, n + 1, at, node);
	}
	return wrong;
}

static bool
validates(SegEnv *env, SegFrequentSequence *m)
{
	m->options = (SegText){"{}", 2};
	m->version = (SegText){"0", 1};
	return seg_image_validate(env, &seg_frequent_sequence_method, m) == SEG_OK;
}

static SegSequenceParams
draw_params(const Data *d)
{
	SegSequenceParams p = {(1 + unit_draw(&seed, d->n)) / (double) d->n, 0, 0};

	if (unit_draw(&seed, 3) == 0)
		p.max_length = 1 + unit_draw(&seed, 4);
	if (unit_draw(&seed, 2) == 0)
		p.max_gap = 1 + unit_draw(&seed, 3);
	return p;
}

static void
finds_what_brute_force_finds(void)
{
	for (seed = 1; seed < 3000; seed++)
	{
		uint64_t kept = seed;
		SegEnv env = unit_env();
		SegFrequentSequence m = {0};
		int32_t sequence[MOST_LENGTH];
		int64_t node = 0;
		SegSequenceParams p;
		Data d;
		int wrong;

		make_data(&env, &d);
		p = draw_params(&d);
		CHECK(seg_frequent_sequence_train(&env, &d.rows, &p, &m) == SEG_OK);
		CHECK(validates(&env, &m));
		wrong = compare_below(&d, &m, &p, sequence, 0, -1, &node);
		if (wrong != 0 || node != m.sequence_count)
			fprintf(stderr,
			        "seed %d: support %g, length %d, gap %d\n",
			        (int) kept,
			        p.min_support,
			        (int) p.max_length,
			        (int) p.max_gap);
		CHECK(wrong == 0 && node == m.sequence_count);
		unit_env_free(&env);
		seed = kept;
	}
}

/* ---------- what comes next ---------- */

/* Is there a node for a sequence of the model's items? */
static int
count_in_model(const Data *d, const SegFrequentSequence *m,
               const SegSequenceParams *p, const int32_t *items, int n)
{
	int32_t sequence[MOST_LENGTH + 1];
	int count;

	if (n > MOST_LENGTH || (p->max_length > 0 && n > p->max_length))
		return 0;
	for (int i = 0; i < n; i++)
		sequence[i] = (int32_t) m->item_numbers[items[i]];
	count = count_of(d, sequence, n, p->max_gap);
	return count >= m->min_count ? count : 0;
}

/* The score of an item after a path, by definition; 0: it is unknown there. */
static double
score_of(const Data *d, const SegFrequentSequence *m,
         const SegSequenceParams *p, const int32_t *path, int n, int32_t item,
         int *length)
{
	int32_t end[2 * MOST_LENGTH];
	int known = 0;
	int longest = 0;
	double weight = 1;

	for (int i = n - 1, last = n; i >= 0; i--)
	{
		if (path[i] == item)
			return 0;
		if (path[i] < 0 || last < 0)
			continue;
		if (p->max_gap > 0 && last - i > p->max_gap)
			last = -1; /* go on looking only for the item */
		else
		{
			last = i;
			end[MOST_LENGTH - ++known] = path[i];
		}
	}
	while (
		longest < known &&
		count_in_model(d, m, p, end + MOST_LENGTH - longest - 1, longest + 1) >
			0)
		longest++;
	end[MOST_LENGTH] = item;
	for (*length = longest; *length >= 0; --*length, weight *= 0.4)
	{
		const int32_t *from = end + MOST_LENGTH - *length;
		int before =
			*length == 0 ? d->n : count_in_model(d, m, p, from, *length);
		int count = count_in_model(d, m, p, from, *length + 1);

		if (count > 0)
			return weight * count / before;
	}
	return 0;
}

static int
check_path(SegEnv *env, const Data *d, const SegFrequentSequence *m,
           const SegSequenceParams *p, SegNextItems *next)
{
	int32_t path[MOST_LENGTH];
	int n = unit_draw(&seed, MOST_LENGTH);
	int64_t limit = 1 + unit_draw(&seed, MOST_ITEMS);
	const SegNextItem *items;
	int64_t found;
	int known = 0;
	int wrong = 0;
	double last = 0;

	for (int i = 0; i < n; i++)
		path[i] = unit_draw(&seed, (int) m->item_count + 1) - 1;
	CHECK(seg_next_items_find(env, next, path, n, limit, &items, &found) ==
	      SEG_OK);
	for (int64_t i = 0; i < found; i++)
	{
		int length;
		double score = score_of(d, m, p, path, n, items[i].item, &length);

		wrong += fabs(items[i].score - score) > 1e-12 ||
		         items[i].length != length ||
		         (i > 0 && items[i].score > items[i - 1].score);
		last = items[i].score;
	}
	for (int32_t item = 0; item < m->item_count; item++)
	{
		int length;
		double score = score_of(d, m, p, path, n, item, &length);

		known += score > 0;
		wrong += found == limit && score > last + 1e-12 && item >= 0 &&
		         items[0].score < score - 1e-12;
	}
	return wrong + (found != (known < limit ? known : limit));
}

static void
finds_what_comes_next(void)
{
	for (seed = 1; seed < 500; seed++)
	{
		uint64_t kept = seed;
		SegEnv env = unit_env();
		SegFrequentSequence m = {0};
		SegNextItems *next;
		SegSequenceParams p;
		int wrong = 0;
		Data d;

		make_data(&env, &d);
		p = draw_params(&d);
		CHECK(seg_frequent_sequence_train(&env, &d.rows, &p, &m) == SEG_OK);
		CHECK(seg_next_items_make(&env, &m, &next) == SEG_OK);
		for (int i = 0; i < 20; i++)
			wrong += check_path(&env, &d, &m, &p, next);
		if (wrong > 0)
			fprintf(stderr, "seed %d\n", (int) kept);
		CHECK(wrong == 0);
		unit_env_free(&env);
		seed = kept;
	}
}

/* ---------- extremes ---------- */

/* n items in two equal paths: all the same, or all different. */
static Data *
twins(SegEnv *env, int n, bool is_one_item)
{
	Data *d = env->alloc(env->host, sizeof(Data));
	int64_t *numbers = env->alloc(env->host, (size_t) n * 8);
	int32_t *places = env->alloc(env->host, (size_t) n * 4);
	int32_t *path = env->alloc(env->host, (size_t) n * 4);

	for (int i = 0; i < n; i++)
	{
		numbers[i] = places[i] = i;
		path[i] = is_one_item ? 0 : i;
	}
	d->ids = (SegIds){n, numbers, {NULL, NULL, 0}};
	d->rows = (SegItemRows){&d->lists, &d->ids, places, 5000000, 1 << 28, NULL};
	for (int i = 0; i < 2; i++)
		CHECK(seg_item_lists_add(env, &d->lists, path, n) == SEG_OK);
	return d;
}

static void
goes_deep_and_stops_explosions(void)
{
	SegEnv env = unit_env();
	SegSequenceParams p = {1, 0, 0};
	SegFrequentSequence m = {0};
	Data *d = twins(&env, 3000, true);

	for (p.max_gap = 0; p.max_gap < 2; p.max_gap++)
	{
		CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) == SEG_OK);
		CHECK(validates(&env, &m));
		CHECK(m.sequence_count == 3000 && m.longest == 3000);
	}
	d = twins(&env, 1000, false);
	p.max_gap = 1; /* every contiguous part of the path */
	CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) == SEG_OK);
	CHECK(validates(&env, &m) && m.sequence_count == 1000 * 1001 / 2);
	p.max_gap = 0;
	CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) ==
	      SEG_SUBSET_LIMIT);
	CHECK(env.diag.got < 100);
	p.max_gap = 3;
	d->rows.most_nodes = 100000;
	CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) == SEG_SET_LIMIT);
	CHECK(env.diag.got == 100000);
	d = twins(&env, 17, false);
	p.max_gap = 0;
	d->rows.most_nodes = (1 << 17) - 1;
	CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) == SEG_OK);
	CHECK(m.sequence_count == d->rows.most_nodes);
	d->rows.most_nodes--;
	CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) == SEG_SET_LIMIT);
	unit_env_free(&env);
}

static void
fails_in_order(void)
{
	SegEnv env = unit_env();
	SegSequenceParams p = {0.1, 0, 2};
	SegFrequentSequence m = {0};
	SegNextItems *next;
	int before;
	int needed;
	Data d;

	seed = 7;
	make_data(&env, &d);
	before = unit_env_allocations(&env);
	CHECK(seg_frequent_sequence_train(&env, &d.rows, &p, &m) == SEG_OK);
	CHECK(seg_next_items_make(&env, &m, &next) == SEG_OK);
	needed = unit_env_allocations(&env) - before;
	for (int n = 0; n < needed; n++)
	{
		SegStatus status;

		unit_env_fail_after(&env, n);
		status = seg_frequent_sequence_train(&env, &d.rows, &p, &m);
		if (status == SEG_OK)
			status = seg_next_items_make(&env, &m, &next);
		CHECK(status == SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, -1);
	d.rows.most_work = 0;
	CHECK(seg_frequent_sequence_train(&env, &d.rows, &p, &m) == SEG_WORK_LIMIT);
	unit_env_free(&env);
}

static void
asks_to_be_stopped(void)
{
	SegEnv env = unit_env();
	Data *d = twins(&env, 17, false);
	SegSequenceParams p = {1, 0, 0};
	SegFrequentSequence m = {0};

	for (int n = 0; n < 3; n++)
	{
		unit_env_stop_after(&env, n);
		CHECK(seg_frequent_sequence_train(&env, &d->rows, &p, &m) ==
		      SEG_STOPPED);
	}
	unit_env_free(&env);
}

static void
checks_options(void)
{
	SegEnv env = unit_env();
	SegSequenceParams p;

	seg_options_defaults(seg_frequent_sequence_options, &p, sizeof(p));
	CHECK(p.min_support == 0.01 && p.max_length == 0 && p.max_gap == 0);
	CHECK(seg_frequent_sequence_check(&env, &p) == SEG_OK);
	p.min_support = 0;
	CHECK(seg_frequent_sequence_check(&env, &p) == SEG_SHARE_RANGE);
	p.min_support = NAN;
	CHECK(seg_frequent_sequence_check(&env, &p) == SEG_SHARE_RANGE);
	unit_env_free(&env);
}

static void
tells_unsound_models(void)
{
	SegEnv env = unit_env();
	SegSequenceParams p = {0.2, 0, 0};
	SegFrequentSequence m = {0};
	SegFrequentSequence bad;
	Data d;

	seed = 9;
	make_data(&env, &d);
	CHECK(seg_frequent_sequence_train(&env, &d.rows, &p, &m) == SEG_OK);
	CHECK(validates(&env, &m) && m.longest >= 2);
#define DAMAGE(change) \
	bad = m; \
	change; \
	CHECK(!validates(&env, &bad))
	DAMAGE(bad.rows_used = bad.min_count - 1);
	DAMAGE(bad.min_count = bad.rows_used + 1);
	DAMAGE(bad.longest--);
	DAMAGE(bad.id_numbers--);
	DAMAGE(bad.id_numbers--; bad.id_texts = 1);
	DAMAGE(bad.item_count--; bad.id_numbers--);
	DAMAGE(bad.node_items = bad.node_counts);
	DAMAGE(bad.node_counts = bad.node_items);
	DAMAGE(bad.node_parents = bad.node_items);
#undef DAMAGE
	unit_env_free(&env);
}

void
test_frequent_sequence(void)
{
	checks_options();
	finds_what_brute_force_finds();
	finds_what_comes_next();
	goes_deep_and_stops_explosions();
	fails_in_order();
	asks_to_be_stopped();
	tells_unsound_models();
}
