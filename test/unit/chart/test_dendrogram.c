/* test_dendrogram.c: pictures of hierarchies (kernel/chart/dendrogram.c) without a server */
#include "chart_marks.h"
#include "kernel/chart/dendrogram.h"
#include "kernel/chart/merge_tree.h"
#include "unit.h"

void test_dendrogram(void);

#define MOST_POINTS 120

typedef struct Hierarchy
{
	SegHierarchical model;
	int64_t ids[MOST_POINTS];
	int32_t first[MOST_POINTS];
	int32_t second[MOST_POINTS];
	double heights[MOST_POINTS];
} Hierarchy;

/*
 * Merge two clusters drawn at random until there is one. Heights may be equal.
 */
static void
random_hierarchy(uint64_t *seed, int n, Hierarchy *h)
{
	int32_t open[MOST_POINTS];
	double scale = pow(10, unit_draw(seed, 600) - 300);
	int steps = 1 + unit_draw(seed, 50);
	double height = 0;

	for (int i = 0; i < n; i++)
	{
		open[i] = i;
		h->ids[i] = i * 3 - 7;
	}
	for (int i = 0; i < n - 1; i++)
	{
		int left = n - i;
		int a = unit_draw(seed, left), b = unit_draw(seed, left - 1);

		b += b >= a;
		height += unit_draw(seed, steps);
		h->first[i] = open[a] < open[b] ? open[a] : open[b];
		h->second[i] = open[a] < open[b] ? open[b] : open[a];
		h->heights[i] = scale * height;
		open[a] = n + i;
		open[b] = open[left - 1];
	}
	h->model = (SegHierarchical){.rows_used = n,
	                             .dim = 1,
	                             .options = {"{}", 2},
	                             .number_count = n,
	                             .id_numbers = h->ids,
	                             .merges = n - 1,
	                             .first = h->first,
	                             .second = h->second,
	                             .heights = h->heights};
	CHECK(seg_hierarchical_method.is_sound(&h->model));
}

/* ---------- places ---------- */

/*
 * The rows of a cluster, each in the branch given, which must be the only one.
 */
static void
mark_rows(const SegHierarchical *m, int64_t cluster, int branch, int *branch_of)
{
	if (cluster < m->rows_used)
	{
		CHECK(branch_of[cluster] == -1);
		branch_of[cluster] = branch;
		return;
	}
	mark_rows(m, m->first[cluster - m->rows_used], branch, branch_of);
	mark_rows(m, m->second[cluster - m->rows_used], branch, branch_of);
}

/*
 * The clusters that are left before the last merges, in the order of the merges
 * from the root: the first of two above the second.
 */
static int
leaves_below(const SegHierarchical *m, int64_t cluster, int64_t last, int at,
             int *branch_of)
{
	if (cluster < m->rows_used + last)
	{
		mark_rows(m, cluster, at, branch_of);
		return at + 1;
	}
	at = leaves_below(m, m->first[cluster - m->rows_used], last, at, branch_of);
	return leaves_below(m,
	                    m->second[cluster - m->rows_used],
	                    last,
	                    at,
	                    branch_of);
}

static void
check_leaves(SegEnv *env, const SegDendrogram *d, const SegMergeTree *tree)
{
	const SegHierarchical *m = d->model;
	int64_t hidden = m->rows_used - tree->leaves;
	int branch_of[MOST_POINTS];
	int rows[MOST_POINTS] = {0};
	int32_t *numbers;
	int64_t total = 0;

	for (int64_t i = 0; i < m->rows_used; i++)
		branch_of[i] = -1;
	CHECK(leaves_below(m, 2 * m->rows_used - 2, hidden, 0, branch_of) ==
	      tree->leaves);
	for (int64_t i = 0; i < m->rows_used; i++)
		rows[branch_of[i]]++;
	CHECK(seg_hierarchical_cut(env, m, m->rows_used - d->clusters, &numbers) ==
	      SEG_OK);
	for (int64_t i = 0; i < tree->leaves; i++)
	{
		const SegBranch *leaf = &tree->branches[i];

		CHECK(leaf->first == -1 && leaf->leaves == 1);
		CHECK_NEAR(leaf->place, branch_of[leaf->row] + 0.5, 1e-12);
		CHECK(leaf->rows == rows[branch_of[leaf->row]]);
		CHECK((leaf->height > 0) <= (leaf->rows > 1));
		total += leaf->rows;
		for (int64_t row = 0; row < m->rows_used; row++)
			CHECK(branch_of[row] != branch_of[leaf->row] ||
			      numbers[row] == leaf->group + 1);
	}
	CHECK(total == m->rows_used);
}

static void
check_merges(const SegDendrogram *d, const SegMergeTree *tree)
{
	const SegHierarchical *m = d->model;
	int64_t hidden = m->rows_used - tree->leaves;
	int64_t above = 0;

	for (int64_t i = tree->leaves; i < tree->count; i++)
	{
		const SegBranch *merge = &tree->branches[i];
		const SegBranch *first = &tree->branches[merge->first];
		const SegBranch *second = &tree->branches[merge->second];

		CHECK(merge->height == m->heights[hidden + i - tree->leaves]);
		CHECK(merge->height >= first->height &&
		      merge->height >= second->height);
		CHECK(merge->rows == first->rows + second->rows);
		CHECK(merge->leaves == first->leaves + second->leaves);
		CHECK_NEAR(merge->place, (first->place + second->place) / 2, 1e-12);
		CHECK(first->place < second->place);
		CHECK(merge->group < 0 ||
		      (merge->group == first->group && merge->group == second->group));
		above += merge->group < 0;
		CHECK(merge->group < 0
		          ? merge->height >= tree->cut
		          : merge->height <= tree->cut || d->clusters == 1);
	}
	CHECK(above == d->clusters - 1);
	CHECK((tree->cut >= 0) == (d->clusters > 1));
}

/* ---------- drawing ---------- */

static SegChartOptions
dendrogram_options(void)
{
	SegChartOptions options;

	seg_options_defaults(seg_chart_options, &options, sizeof(options));
	return options;
}

static SegChartOptions
random_dendrogram_options(uint64_t *seed)
{
	SegChartOptions options = dendrogram_options();

	options.width = 240 + unit_draw(seed, 1000);
	options.height = unit_draw(seed, 2) * unit_draw(seed, 900);
	options.limit = 1 + unit_draw(seed, 2 * MOST_POINTS);
	options.y_format = unit_draw(seed, 2);
	if (unit_draw(seed, 2))
		options.title =
			(SegText){"A title that is long enough for two lines, or more", 50};
	if (unit_draw(seed, 2))
		options.x_label = options.y_label = (SegText){"what is shown", 13};
	return options;
}

static const SegText *
random_labels(uint64_t *seed, SegText *labels)
{
	static const SegText texts[] =
		{{"plan", 4},
	     {"", 0},
	     {"a <long> label, longer than a narrow chart has room for", 55},
	     {"\xE7\x94\xA8\xE6\x88\xB7", 6},
	     {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 8}};

	if (unit_draw(seed, 3) == 0)
		return NULL;
	for (int i = 0; i < MOST_POINTS; i++)
		labels[i] = texts[unit_draw(seed, 5)];
	return labels;
}

static void
dendrograms_hold_their_promises(void)
{
	static ChartMark marks[5000];
	static SegText labels[MOST_POINTS];
	static Hierarchy h;
	uint64_t seed = 3;
	int cut = 0;

	for (int round = 0; round < 300; round++)
	{
		SegEnv env = unit_env();
		SegChartOptions options = random_dendrogram_options(&seed);
		int n = 1 + unit_draw(&seed, round % 2 ? MOST_POINTS : 6);
		int most = n < options.limit ? n : (int) options.limit;
		SegDendrogram d = {.model = &h.model,
		                   .clusters = 1 + unit_draw(&seed, most),
		                   .labels = random_labels(&seed, labels)};
		SegMergeTree tree;
		SegText svg, again;
		int count;

		random_hierarchy(&seed, n, &h);
		CHECK(seg_merge_tree(&env, &d, options.limit, &tree) == SEG_OK);
		CHECK(tree.leaves == most && tree.count == 2 * most - 1);
		check_leaves(&env, &d, &tree);
		check_merges(&d, &tree);
		CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_OK);
		CHECK(seg_dendrogram_draw(&env, &options, &d, &again) == SEG_OK);
		CHECK(svg.length == again.length &&
		      memcmp(svg.bytes, again.bytes, (size_t) svg.length) == 0);
		count = chart_marks(svg, marks, 5000);
		chart_check_texts(marks, count);
		for (int i = 1; i < count; i++)
			CHECK(marks[i].box.x >= 0 && marks[i].box.y >= 0 &&
			      marks[i].box.x + marks[i].box.width <= marks[0].box.width &&
			      marks[i].box.y + marks[i].box.height <= marks[0].box.height);
		cut += d.clusters > 1;
		unit_env_free(&env);
	}
	CHECK(cut > 100);
}

/* ---------- failures ---------- */

static void
dendrogram_failures_are_reported(void)
{
	SegChartOptions options = dendrogram_options();
	static Hierarchy h;
	SegDendrogram d = {.model = &h.model, .clusters = 3};
	SegEnv env = unit_env();
	uint64_t seed = 1;
	int allocations;
	SegText svg;

	random_hierarchy(&seed, 12, &h);
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_OK);
	allocations = unit_env_allocations(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	env = unit_env();
	d.clusters = 13;
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_ARGUMENT_RANGE);
	d.clusters = 0;
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_ARGUMENT_RANGE);
	d.clusters = 5;
	options.limit = 4;
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_OPTION_LIMIT);
	options.limit = 5;
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_OK);
	options.layout = SEG_LAYOUT_SHARE;
	CHECK(seg_dendrogram_draw(&env, &options, &d, &svg) == SEG_OPTION_UNUSED);
	unit_env_free(&env);
}

void
test_dendrogram(void)
{
	dendrograms_hold_their_promises();
	dendrogram_failures_are_reported();
}
