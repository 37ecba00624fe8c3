/*
 * test_hierarchical.c
 *	  From rows with ids to a model, its cuts, and damaged models.
 */
#include "unit.h"

#include "base/id_rows.h"
#include "kernel/hierarchy/hierarchical.h"

#define MOST_ROWS 64

static double data[MOST_ROWS * 4];
static int64_t numbers[MOST_ROWS];
static SegMemoryRows source;
static SegIdRows rows;

/*
 * n rows of (x, y, place, weight). The row of id i is the same whatever the order
 * in which rows come.
 */
static void
make_rows(int64_t n, int order, double offset, double scale, double mass)
{
	for (int64_t i = 0; i < n; i++)
	{
		int64_t id = order == 0 ? i : (i * 37 + order) % n;
		double *row = &data[4 * i];

		row[0] = offset + scale * (double) (id * id % 41);
		row[1] = offset - scale * (double) (id * 7 % 19);
		row[2] = (double) id;
		row[3] = mass * (double) (1 + id % 3);
		numbers[i] = 10 * i;
	}
	seg_memory_rows(&source, data, n, 2, 4, 7);
	rows = (SegIdRows){&source.rows, 0, {n, numbers, {NULL, NULL, 0}}};
}

static SegHierarchicalParams
parameters(const char *linkage, bool standardize)
{
	SegHierarchicalParams params;
	SegEnv env = unit_env();

	seg_options_defaults(seg_hierarchical_options, &params, sizeof(params));
	CHECK(seg_option_set_word(&env,
	                          &seg_hierarchical_options[0],
	                          &params,
	                          linkage) == SEG_OK);
	params.standardize = standardize;
	unit_env_free(&env);
	return params;
}

static SegStatus
train(SegEnv *env, const char *linkage, bool standardize,
      SegHierarchical *model)
{
	SegHierarchicalParams params = parameters(linkage, standardize);

	*model = (SegHierarchical){.options = {"{}", 2}, .version = {"", 0}};
	return seg_hierarchical_trainer.train(env, &rows, &params, model);
}

static void
same_hierarchy(const SegHierarchical *a, const SegHierarchical *b)
{
	CHECK(a->merges == b->merges);
	for (int64_t i = 0; i < a->merges; i++)
		CHECK(a->first[i] == b->first[i] && a->second[i] == b->second[i] &&
		      a->heights[i] == b->heights[i]);
}

static const char *const linkages[] = {"ward", "average", "complete", "single"};

/*
 * The order of rows does not matter, nor a shift far away, nor, with standardize,
 * a scale; and heights grow with the root of the weights only with ward.
 */
static void
depends_on_what_it_should(void)
{
	SegEnv env = unit_env();

	for (int l = 0; l < 4; l++)
	{
		SegHierarchical model;
		SegHierarchical other;

		make_rows(53, 0, 0.0, 1.0, 1.0);
		CHECK(train(&env, linkages[l], false, &model) == SEG_OK);
		CHECK(seg_hierarchical_method.is_sound(&model));
		make_rows(53, 5, 0.0, 1.0, 1.0);
		CHECK(train(&env, linkages[l], false, &other) == SEG_OK);
		same_hierarchy(&model, &other);
		make_rows(53, 0, 1048576.0 * 1048576.0, 1.0, 1.0);
		CHECK(train(&env, linkages[l], false, &other) == SEG_OK);
		for (int64_t i = 0; i < 52; i++)
			CHECK_NEAR(model.heights[i], other.heights[i], 1e-12);
		make_rows(53, 0, 0.0, 1.0, 4294967296.0);
		CHECK(train(&env, linkages[l], false, &other) == SEG_OK);
		for (int64_t i = 0; i < 52; i++)
			CHECK(other.heights[i] ==
			      model.heights[i] * (l == 0 ? 65536.0 : 1.0));
		make_rows(53, 0, 0.0, 1.0, 1.0);
		CHECK(train(&env, linkages[l], true, &model) == SEG_OK);
		make_rows(53, 0, 0.0, 1024.0, 1.0);
		CHECK(train(&env, linkages[l], true, &other) == SEG_OK);
		same_hierarchy(&model, &other);
	}
	unit_env_free(&env);
}

/*
 * One row has no merge; equal rows are merged at height 0, exactly.
 */
static void
few_and_equal_rows(void)
{
	SegEnv env = unit_env();

	for (int l = 0; l < 4; l++)
	{
		SegHierarchical model;
		int32_t *clusters;

		make_rows(1, 0, 3.0, 1.0, 1.0);
		CHECK(train(&env, linkages[l], true, &model) == SEG_OK);
		CHECK(model.merges == 0 && seg_hierarchical_method.is_sound(&model));
		CHECK(seg_hierarchical_cut(&env, &model, 0, &clusters) == SEG_OK);
		CHECK(clusters[0] == 1);
		make_rows(33, 0, 0.1, 0.0, 1.0 / 3.0);
		CHECK(train(&env, linkages[l], true, &model) == SEG_OK);
		for (int64_t i = 0; i < 32; i++)
			CHECK(model.heights[i] == 0.0);
	}
	unit_env_free(&env);
}

/*
 * Each cut joins two clusters of the next finer one, and numbers clusters by
 * their first row.
 */
static void
cuts_are_nested(void)
{
	SegEnv env = unit_env();
	SegHierarchical model;
	int32_t *fine = NULL;
	int32_t *sizes;

	make_rows(50, 3, 0.0, 1.0, 1.0);
	CHECK(train(&env, "average", true, &model) == SEG_OK);
	CHECK(seg_hierarchical_sizes(&env, &model, &sizes) == SEG_OK);
	CHECK(sizes[48] == 50);
	for (int64_t k = 50; k >= 1; k--)
	{
		int64_t merges;
		int32_t *clusters;
		int32_t most = 0;
		int64_t joined = 0;

		CHECK(seg_hierarchical_merges_to(&env, &model, k, &merges) == SEG_OK);
		CHECK(merges == 50 - k);
		CHECK(seg_hierarchical_cut(&env, &model, merges, &clusters) == SEG_OK);
		for (int64_t i = 0; i < 50; i++)
		{
			CHECK(clusters[i] >= 1 && clusters[i] <= most + 1);
			if (clusters[i] == most + 1)
				most++;
			for (int64_t j = 0; fine != NULL && j < i; j++)
			{
				CHECK(fine[i] != fine[j] || clusters[i] == clusters[j]);
				joined += fine[i] != fine[j] && clusters[i] == clusters[j];
			}
		}
		CHECK(most == k);
		CHECK(fine == NULL || joined > 0);
		fine = clusters;
	}
	unit_env_free(&env);
}

static void
cuts_at_heights(void)
{
	SegEnv env = unit_env();
	SegHierarchical model;
	int64_t merges;

	make_rows(50, 0, 0.0, 1.0, 1.0);
	CHECK(train(&env, "ward", true, &model) == SEG_OK);
	for (int64_t i = 0; i < 49; i++)
	{
		int64_t equal = i;

		while (equal + 1 < 49 && model.heights[equal + 1] == model.heights[i])
			equal++;
		CHECK(seg_hierarchical_merges_below(&env,
		                                    &model,
		                                    model.heights[i],
		                                    &merges) == SEG_OK);
		CHECK(merges == equal + 1);
	}
	CHECK(seg_hierarchical_merges_below(&env, &model, DBL_MAX, &merges) ==
	      SEG_OK);
	CHECK(merges == 49);
	CHECK(seg_hierarchical_merges_below(&env, &model, -1e-300, &merges) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_hierarchical_merges_below(&env, &model, NAN, &merges) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_hierarchical_merges_below(&env, &model, INFINITY, &merges) ==
	      SEG_ARGUMENT_BELOW);
	CHECK(seg_hierarchical_merges_to(&env, &model, 0, &merges) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_hierarchical_merges_to(&env, &model, 51, &merges) ==
	      SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

/*
 * Numbers that cannot be squared are refused; extreme weights are not.
 */
static void
extreme_numbers(void)
{
	SegEnv env = unit_env();
	SegHierarchical model;
	SegHierarchical plain;

	make_rows(20, 0, 0.0, 1e150, 1.0);
	CHECK(train(&env, "ward", true, &model) == SEG_VALUE_RANGE);
	make_rows(20, 0, 0.0, 1e-150, 1.0);
	CHECK(train(&env, "single", false, &model) == SEG_VALUE_RANGE);
	make_rows(20, 0, 0.0, 1.0, 1.0);
	CHECK(train(&env, "average", true, &plain) == SEG_OK);
	make_rows(20, 0, 0.0, 1.0, 0x1p-1000);
	CHECK(train(&env, "average", true, &model) == SEG_OK);
	same_hierarchy(&plain, &model);
	make_rows(20, 0, 0.0, 1.0, 0x1p1000);
	CHECK(train(&env, "average", true, &model) == SEG_OK);
	same_hierarchy(&plain, &model);
	CHECK(train(&env, "ward", false, &model) == SEG_OK);
	CHECK(isfinite(model.heights[18]) && model.heights[18] > 0x1p500);
	for (int l = 0; l < 4; l++)
	{
		/* nearly all of the weight in one row */
		make_rows(20, 0, 0.0, 1.0, 5e-324);
		data[3] = 1e308;
		CHECK(train(&env, linkages[l], false, &model) == SEG_OK);
		CHECK(seg_hierarchical_method.is_sound(&model));
		CHECK(train(&env, linkages[l], true, &model) == SEG_VALUE_RANGE);
	}
	unit_env_free(&env);
}

/*
 * A model whose merges do not make one tree is refused.
 */
static void
refuses_damage(void)
{
	SegEnv env = unit_env();
	SegHierarchical model;
	int32_t first[20];
	int32_t second[20];
	double heights[20];

	make_rows(20, 0, 0.0, 1.0, 1.0);
	CHECK(train(&env, "complete", true, &model) == SEG_OK);
	memcpy(first, model.first, 19 * sizeof(int32_t));
	memcpy(second, model.second, 19 * sizeof(int32_t));
	memcpy(heights, model.heights, 19 * sizeof(double));
	model.first = first;
	model.second = second;
	model.heights = heights;
	CHECK(seg_hierarchical_method.is_sound(&model));
	for (int i = 0; i < 19; i++)
	{
		int32_t kept = first[i];

		first[i] = (kept + 1) % 20;
		CHECK(!seg_hierarchical_method.is_sound(&model));
		first[i] = kept;
		kept = second[i];
		second[i] = 20 + i;
		CHECK(!seg_hierarchical_method.is_sound(&model));
		second[i] = kept;
	}
	heights[18] = heights[17] / 2.0;
	CHECK(!seg_hierarchical_method.is_sound(&model));
	heights[18] = heights[17];
	CHECK(seg_hierarchical_method.is_sound(&model));
	model.merges = 18;
	CHECK(!seg_hierarchical_method.is_sound(&model));
	unit_env_free(&env);
}

static void
hierarchical_gives_up(void)
{
	SegEnv env = unit_env();
	SegHierarchical model;
	int allocations;

	make_rows(30, 0, 0.0, 1.0, 1.0);
	CHECK(train(&env, "ward", true, &model) == SEG_OK);
	allocations = unit_env_allocations(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train(&env, "ward", true, &model) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < 2; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train(&env, "ward", true, &model) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void test_hierarchical(void);

void
test_hierarchical(void)
{
	depends_on_what_it_should();
	few_and_equal_rows();
	cuts_are_nested();
	cuts_at_heights();
	extreme_numbers();
	refuses_damage();
	hierarchical_gives_up();
}
