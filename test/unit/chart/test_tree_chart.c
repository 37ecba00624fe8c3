/* test_tree_chart.c: pictures of decision trees (kernel/chart/tree_chart.c) without a server */
#include <float.h>

#include "chart_marks.h"
#include "kernel/chart/tree_chart.h"
#include "kernel/chart/tree_outline.h"
#include "unit.h"

void test_tree_chart(void);

#define MOST_NODES   400
#define MOST_CLASSES 12
#define ELEMENTS     5

/* A model in arrays of its own. */
typedef struct Wood
{
	SegTree model;
	bool adds_up;
	int32_t tree_ends[MOST_CLASSES];
	int32_t features[MOST_NODES];
	int32_t links[MOST_NODES];
	int32_t missing_left[MOST_NODES];
	double thresholds[MOST_NODES];
	double covers[MOST_NODES];
	double values[MOST_NODES * MOST_CLASSES];
	double zeros[MOST_CLASSES];
	double missing[ELEMENTS];
	int64_t class_ends[MOST_CLASSES];
	char class_bytes[MOST_CLASSES * 40];
} Wood;

/* ---------- models ---------- */

static void
plant_classes(Wood *wood, int classes)
{
	static const char *const names[] = {"a", "b<i>", "c of a long name", "d\""};
	int64_t end = 0;

	for (int k = 0; k < classes; k++)
	{
		end += snprintf(wood->class_bytes + end,
		                sizeof(wood->class_bytes) - (size_t) end,
		                "%02d%s",
		                k,
		                names[k % 4]);
		wood->class_ends[k] = end;
	}
	wood->model.class_count = classes;
	wood->model.classes =
		(SegTexts){wood->class_ends, wood->class_bytes, classes};
}

static void
grow_leaf(Wood *wood, uint64_t *seed, double scale)
{
	SegTree *m = &wood->model;
	double *values = wood->values + m->leaves * m->leaf_width;
	double sum = 0;

	for (int64_t k = 0; k < m->leaf_width; k++)
		values[k] = scale * (unit_draw(seed, 1001) -
		                     (m->class_count > 0 && !wood->adds_up ? 0 : 500));
	for (int64_t k = 0; m->leaf_width > 1 && k < m->leaf_width; k++)
		sum += values[k];
	for (int64_t k = 0; sum > 0 && k < m->leaf_width; k++)
		values[k] /= sum * (double) m->trees;
	if (m->class_count == 2 && !wood->adds_up)
		values[0] = unit_draw(seed, 1001) / 1000.0 / (double) m->trees;
	wood->links[m->nodes] = (int32_t) m->leaves++;
	wood->features[m->nodes] = -1;
	wood->covers[m->nodes] = 1 + unit_draw(seed, 500);
}

/*
 * A tree of at most so many nodes, level by level.
 */
static void
grow_tree(Wood *wood, uint64_t *seed, int tree, int most, double scale)
{
	SegTree *m = &wood->model;
	int64_t root = m->nodes;
	int64_t end = root + 1;

	for (; m->nodes < end; m->nodes++)
	{
		if (end - root + 2 > most || unit_draw(seed, 4) == 0)
		{
			grow_leaf(wood, seed, scale);
			continue;
		}
		wood->features[m->nodes] = unit_draw(seed, ELEMENTS);
		wood->links[m->nodes] = (int32_t) end;
		wood->missing_left[m->nodes] = unit_draw(seed, 2);
		wood->thresholds[m->nodes] = unit_draw(seed, 9) == 0
		                                 ? DBL_MAX
		                                 : (unit_draw(seed, 2001) - 1000) *
		                                       pow(10, unit_draw(seed, 9) - 4);
		end += 2;
	}
	for (int64_t i = end - 1; i >= root; i--)
	{
		if (wood->features[i] >= 0)
			wood->covers[i] =
				wood->covers[wood->links[i]] + wood->covers[wood->links[i] + 1];
	}
	wood->tree_ends[tree] = (int32_t) end;
}

static void
random_wood(uint64_t *seed, Wood *wood)
{
	int kind = unit_draw(seed, 6);
	int classes = kind % 3 == 0   ? 0
	              : kind % 3 == 1 ? 2
	                              : 3 + unit_draw(seed, MOST_CLASSES - 2);
	SegTree *m = &wood->model;

	memset(wood, 0, sizeof(*wood));
	wood->adds_up = kind >= 3;
	m->dim = ELEMENTS;
	m->rows_used = 1000;
	m->scores = classes > 2 ? classes : 1;
	m->leaf_width = wood->adds_up ? 1 : m->scores;
	m->link = !wood->adds_up || classes == 0 ? SEG_LINK_IDENTITY
	          : classes == 2                 ? SEG_LINK_LOGIT
	                                         : SEG_LINK_SOFTMAX;
	m->trees = m->link == SEG_LINK_SOFTMAX ? classes : 1 + unit_draw(seed, 3);
	m->tree_ends = wood->tree_ends;
	m->features = wood->features;
	m->links = wood->links;
	m->missing_left = wood->missing_left;
	m->thresholds = wood->thresholds;
	m->covers = wood->covers;
	m->values = wood->values;
	m->base = m->expected = m->feature_gains = wood->zeros;
	for (int j = 0; j < ELEMENTS; j++)
		wood->missing[j] = unit_draw(seed, 2) * 0.25;
	m->training_rows = (SegTrainingRows){.dim = ELEMENTS,
	                                     .means = wood->zeros,
	                                     .deviations = wood->zeros,
	                                     .missing = wood->missing};
	plant_classes(wood, classes);
	for (int t = 0; t < m->trees; t++)
		grow_tree(wood,
		          seed,
		          t,
		          1 + unit_draw(seed, MOST_NODES / (int) m->trees),
		          pow(10, unit_draw(seed, 40) - 20));
}

static SegChartOptions
tree_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

static SegChartOptions
random_tree_options(uint64_t *seed)
{
	static const char title[] =
		"A title that is long enough for several lines of a narrow chart";
	SegChartOptions options = tree_options();

	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	options.limit = 1 + unit_draw(seed, 60);
	if (unit_draw(seed, 2))
		options.title = (SegText){title, sizeof(title) - 1};
	if (unit_draw(seed, 2))
		options.y_label =
			(SegText){"what is shown, and how it is measured", 37};
	return options;
}

static SegTreeOfModel
random_tree_of(uint64_t *seed, const Wood *wood)
{
	static const SegText names[ELEMENTS] =
		{{"days_away", 9},
	     {"a <long> name of an element, longer than most charts are wide", 61},
	     {"", 0},
	     {"\xE7\x94\xA8\xE6\x88\xB7", 6},
	     {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 8}};

	return (SegTreeOfModel){.model = &wood->model,
	                        .adds_up = wood->adds_up,
	                        .tree = unit_draw(seed, (int) wood->model.trees),
	                        .names = unit_draw(seed, 3) > 0 ? names : NULL};
}

/* ---------- what is shown ---------- */

/*
 * Rows that are not open hold the whole tree, and each open one its two branches.
 */
static void
check_outline(const SegTreeOfModel *tree, const SegOutline *outline,
              int64_t limit)
{
	int64_t width = tree->model->leaf_width;
	int64_t closed = 0, leaves = 0;
	double share = 0;

	for (int64_t i = 0; i < outline->count; i++)
	{
		const SegOutlineRow *row = &outline->rows[i];
		const SegOutlineRow *low, *high;
		int64_t branches[2], n = 0;

		closed += !row->is_open;
		leaves += row->is_open ? 0 : row->leaves;
		share += row->is_open ? 0 : row->share;
		for (int64_t j = i + 1; j < outline->count; j++)
		{
			if (outline->rows[j].parent == i && n < 2)
				branches[n++] = j;
		}
		CHECK(n == (row->is_open ? 2 : 0));
		if (n < 2)
			continue;
		low = &outline->rows[branches[0]];
		high = &outline->rows[branches[1]];
		CHECK(low->depth == row->depth + 1 && high->depth == row->depth + 1);
		CHECK(low->node == tree->model->links[row->node] &&
		      high->node == low->node + 1);
		CHECK_NEAR(low->share + high->share, row->share, 1e-12);
		for (int64_t k = 0; k < width; k++)
			CHECK(fabs((low->scores[k] * low->share +
			            high->scores[k] * high->share) /
			               row->share -
			           row->scores[k]) <=
			      1e-9 * (fabs(low->scores[k]) + fabs(high->scores[k])));
	}
	CHECK(closed == (outline->leaves < limit ? outline->leaves : limit));
	CHECK(leaves == outline->leaves);
	CHECK_NEAR(share, 1, 1e-12);
}

/*
 * Each row has its rule, a bar, its share and what it says; bars are as long as the
 * shares.
 */
static void
check_bars(const ChartMark *marks, int count, const SegOutline *outline)
{
	int at = count;
	double whole = 0;

	for (int64_t texts = 0; texts < 3 * outline->count;
	     texts += marks[at].is_text)
		at--;
	for (int64_t i = 0; i < outline->count; i++)
	{
		double bar = 0;

		CHECK(marks[at].is_text);
		for (at++; at < count && !marks[at].is_text; at++)
			bar += marks[at].is_data ? marks[at].box.width : 0;
		whole = i == 0 ? bar : whole;
		CHECK(fabs(bar - whole * outline->rows[i].share) < 0.1);
		for (at++; at < count && !marks[at].is_text; at++)
			;
		at++;
	}
	CHECK(whole > 20 && at == count);
}

static void
tree_charts_hold_their_promises(void)
{
	static ChartMark marks[5000];
	static Wood wood;
	uint64_t seed = 5;
	int split = 0;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = random_tree_options(&seed);
		SegTreeOfModel tree;
		SegOutline outline;
		SegText svg, again;
		int count;

		random_wood(&seed, &wood);
		tree = random_tree_of(&seed, &wood);
		CHECK(seg_tree_outline(&env, &tree, options.limit, &outline) == SEG_OK);
		check_outline(&tree, &outline, options.limit);
		CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
		CHECK(seg_tree_chart_draw(&env, &options, &tree, &again) == SEG_OK);
		CHECK(svg.length == again.length &&
		      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
		count = chart_marks(svg, marks, 5000);
		chart_check_texts(marks, count);
		check_bars(marks, count, &outline);
		split += outline.count > 1;
		unit_env_free(&env);
	}
	CHECK(split > 100);
}

/* ---------- rules ---------- */

static bool
chart_has(SegText svg, const char *text)
{
	for (int64_t i = 0; i + (int64_t) strlen(text) <= svg.length; i++)
	{
		if (memcmp(svg.bytes + i, text, strlen(text)) == 0)
			return true;
	}
	return false;
}

/* One split at a threshold, into leaves of 3 and 1 rows. */
static void
stump(Wood *wood, double threshold)
{
	uint64_t seed = 2;

	do
		random_wood(&seed, wood);
	while (wood->adds_up || wood->model.class_count > 0 ||
	       wood->model.trees > 1);
	wood->model.nodes = 3;
	wood->model.leaves = 2;
	wood->model.tree_ends = wood->tree_ends;
	wood->tree_ends[0] = 3;
	memcpy(wood->features, (int32_t[]){1, -1, -1}, 3 * sizeof(int32_t));
	memcpy(wood->links, (int32_t[]){1, 0, 1}, 3 * sizeof(int32_t));
	memcpy(wood->covers, (double[]){4, 3, 1}, 3 * sizeof(double));
	memcpy(wood->values, (double[]){10, 50}, 2 * sizeof(double));
	wood->thresholds[0] = threshold;
	wood->missing_left[0] = 1;
	wood->missing[1] = 0;
}

static void
thresholds_read_well(void)
{
	static const struct
	{
		double threshold;
		const char *text;
	} cases[] = {{2023.5, "v[2] &#8804; 2,023.5<"},
	             {2023.5, "v[2] &#62; 2,023.5<"},
	             {0.1, "v[2] &#8804; 0.1<"},
	             {20, "v[2] &#8804; 20<"},
	             {0, "v[2] &#8804; 0<"},
	             {-0.25, "v[2] &#8804; &#8722;0.25<"},
	             {1700000000.5, "v[2] &#8804; 1,700,000,000.5<"},
	             {1.0 / 3, "v[2] &#8804; 0.3333333<"},
	             {0.19999999999, "v[2] &#8804; 0.2<"},
	             {1e300, "v[2] &#8804; 1e300<"},
	             {5e-324, "v[2] &#8804; 5e"},
	             {DBL_MAX, "v[2] is missing<"},
	             {DBL_MAX, "v[2] is not missing<"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = tree_options();
		static Wood wood;
		SegTreeOfModel tree = {.model = &wood.model};
		SegText svg;

		stump(&wood, cases[i].threshold);
		CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
		CHECK(chart_has(svg, cases[i].text));
		CHECK(chart_has(svg, ">all rows<") && chart_has(svg, ">20<"));
		CHECK(chart_has(svg, ">75%<") && chart_has(svg, ">25%<"));
		unit_env_free(&env);
	}
}

static void
missing_elements_have_a_side(void)
{
	SegEnv env = unit_env();
	SegChartOptions options = tree_options();
	static Wood wood;
	SegTreeOfModel tree = {.model = &wood.model};
	SegText svg;

	stump(&wood, 7);
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	CHECK(!chart_has(svg, "missing"));
	wood.missing[1] = 0.5;
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	CHECK(chart_has(svg, "&#8804; 7 or missing<"));
	wood.missing_left[0] = 0;
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	CHECK(chart_has(svg, "&#62; 7 or missing<"));
	wood.model.preparation =
		(SegPreparation){.dim = ELEMENTS, .fills = wood.zeros};
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	CHECK(!chart_has(svg, "missing"));
	unit_env_free(&env);
}

/*
 * Of two splits, the one with fewer rows tells more.
 */
static void
best_splits_are_opened_first(void)
{
	SegEnv env = unit_env();
	static Wood wood;
	SegTreeOfModel tree = {.model = &wood.model};
	SegOutline outline;

	stump(&wood, 7);
	wood.model.nodes = 7;
	wood.model.leaves = 4;
	wood.tree_ends[0] = 7;
	memcpy(wood.features, (int32_t[]){0, 1, 2, -1, -1, -1, -1}, 28);
	memcpy(wood.links, (int32_t[]){1, 3, 5, 0, 1, 2, 3}, 28);
	memcpy(wood.covers, (double[]){100, 80, 20, 40, 40, 10, 10}, 56);
	memcpy(wood.values, (double[]){1, 2, 10, 50}, 32);
	CHECK(seg_tree_outline(&env, &tree, 3, &outline) == SEG_OK);
	CHECK(outline.count == 5 && outline.leaves == 4 && outline.deepest == 2);
	CHECK(outline.rows[0].is_open && outline.rows[0].leaves == 4);
	CHECK(!outline.rows[1].is_open && outline.rows[1].leaves == 2);
	CHECK(outline.rows[2].is_open && outline.rows[3].parent == 2);
	CHECK_NEAR(outline.rows[0].scores[0], 7.2, 1e-12);
	CHECK_NEAR(outline.rows[1].scores[0], 1.5, 1e-12);
	CHECK_NEAR(outline.rows[2].scores[0], 30, 1e-12);
	CHECK_NEAR(outline.rows[2].share, 0.2, 1e-12);
	unit_env_free(&env);
}

/*
 * A tree of the deepest levels, with many leaves below its first nodes.
 */
static void
large_trees_can_be_stopped(void)
{
	enum
	{
		LEAVES = 1 << 16
	};
	static int32_t features[2 * LEAVES], links[2 * LEAVES];
	static double covers[2 * LEAVES], values[LEAVES];
	SegEnv env = unit_env();
	SegChartOptions options = tree_options();
	static Wood wood;
	SegTreeOfModel tree = {.model = &wood.model};
	SegText svg;

	stump(&wood, 7);
	for (int i = 2 * LEAVES - 2; i >= 0; i--)
	{
		bool is_split = i < LEAVES - 1;

		features[i] = is_split ? i % ELEMENTS : -1;
		links[i] = is_split ? 2 * i + 1 : i - (LEAVES - 1);
		covers[i] = is_split ? covers[2 * i + 1] + covers[2 * i + 2] : 1;
		values[is_split ? 0 : links[i]] = i % 100;
	}
	wood.model.features = features;
	wood.model.links = links;
	wood.model.covers = covers;
	wood.model.values = values;
	wood.model.missing_left = features;
	wood.model.thresholds = covers;
	wood.tree_ends[0] = 2 * LEAVES - 1;
	options.limit = 1000;
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	unit_env_stop_after(&env, 1);
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_STOPPED);
	unit_env_free(&env);
}

/* ---------- failures ---------- */

static void
tree_failures_are_reported(void)
{
	SegChartOptions options = tree_options();
	static Wood wood;
	SegTreeOfModel tree = {.model = &wood.model};
	SegEnv env = unit_env();
	int allocations;
	SegText svg;

	stump(&wood, 7);
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) ==
		      SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	env = unit_env();
	options.layout = SEG_LAYOUT_STACKED;
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) ==
	      SEG_OPTION_UNUSED);
	options = tree_options();
	wood.model.trees = 2; /* the other one is not drawn */
	wood.values[0] = DBL_MAX;
	CHECK(seg_tree_chart_draw(&env, &options, &tree, &svg) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

void
test_tree_chart(void)
{
	tree_charts_hold_their_promises();
	thresholds_read_well();
	missing_elements_have_a_side();
	best_splits_are_opened_first();
	large_trees_can_be_stopped();
	tree_failures_are_reported();
}
