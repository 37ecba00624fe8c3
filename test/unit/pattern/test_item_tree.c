/* test_item_tree.c: kernel/pattern/item_tree.c, lists of items as a tree of prefixes */
#include "kernel/pattern/item_tree.h"
#include "unit.h"

void test_item_tree(void);

/*
 * Sets of the items 0 to 4, with item 2 in the fewest baskets:
 *   2:3 (2,0:2 (2,0,4:1)) (2,4:0 (2,4,1:1)) | 0:4 | 4:5 | 1:6
 */
static const int32_t weights[] = {4, 6, 3, 1, 5};
static const int32_t items[] = {2, 0, 4, 4, 1, 0, 4, 1};
static const int32_t counts[] = {3, 2, 1, 0, 1, 4, 5, 6};
static const int32_t parents[] = {-1, 0, 1, 0, 3, -1, -1, -1};
static const SegItemTree example = {8, items, counts, parents};

static void
describes_a_tree(void)
{
	SegEnv env = unit_env();
	int32_t depths[8];
	int32_t way[3];
	int64_t *order;
	int64_t n;

	CHECK(seg_item_tree_is_sound(&example, 5, weights));
	CHECK(seg_item_tree_members(&example) == 7);
	CHECK(seg_item_tree_longest(&example) == 3);
	CHECK(seg_item_tree_depths(&example, depths) == 3);
	CHECK(depths[0] == 1 && depths[2] == 3 && depths[4] == 3 && depths[5] == 1);
	CHECK(seg_item_tree_way(&example, 4, way) == 3);
	CHECK(way[0] == 2 && way[1] == 4 && way[2] == 1);
	CHECK(seg_item_tree_way(&example, 6, way) == 1 && way[0] == 4);
	CHECK(seg_item_tree_order(&env, &example, depths, &order, &n) == SEG_OK);
	CHECK(n == 7);
	CHECK(order[0] == 7 && order[1] == 6 && order[2] == 5 && order[3] == 0 &&
	      order[4] == 1 && order[5] == 2 && order[6] == 4);
	unit_env_free(&env);
}

/* Whatever number is put in whatever place, no tree is accepted whose parents
 * are not what the walk says. */
static void
tells_unsound_trees(void)
{
	int32_t changed[3][8];
	SegItemTree tree = {8, changed[0], changed[1], changed[2]};
	int sound = 0;

	for (int array = 0; array < 3; array++)
		for (int at = 0; at < 8; at++)
			for (int32_t value = -3; value < 9; value++)
			{
				memcpy(changed[0], items, sizeof(items));
				memcpy(changed[1], counts, sizeof(counts));
				memcpy(changed[2], parents, sizeof(parents));
				changed[array][at] = value;
				if (!seg_item_tree_is_sound(&tree, 5, weights))
					continue;
				sound++;
				for (int i = 0; i < 8; i++)
				{
					int32_t parent = changed[2][i];

					CHECK(parent >= -1 && parent < i);
					CHECK(changed[0][i] >= 0 && changed[0][i] < 5);
					CHECK(parent < 0 || parent == i - 1 ||
					      changed[2][i - 1] >= parent);
				}
			}
	CHECK(sound > 24); /* the tree itself, every time, and other counts */
}

/* In a tree of sequences items need not ascend on the way down. */
static void
tells_sets_from_sequences(void)
{
	const int32_t i[] = {0, 0, 1, 0};
	const int32_t c[] = {3, 2, 2, 1};
	const int32_t p[] = {-1, 0, 0, 2};
	const int32_t w[] = {1, 2};
	SegItemTree tree = {4, i, c, p};

	CHECK(seg_item_tree_is_sound(&tree, 2, NULL));
	CHECK(!seg_item_tree_is_sound(&tree, 2, w));
	CHECK(!seg_item_tree_is_sound(&tree, 1, NULL));
	tree.n = 0;
	CHECK(seg_item_tree_is_sound(&tree, 0, NULL));
	CHECK(seg_item_tree_longest(&tree) == 0);
}

static void
writes_trees(void)
{
	SegEnv env = unit_env();
	SegItemTreeWriter writer;
	SegItemTree tree;
	const int64_t n = 100000;

	seg_item_tree_begin(&writer, &env, n, "memory", "sets");
	for (int64_t i = 0; i < n; i++)
		CHECK(seg_item_tree_add(&writer,
		                        (int32_t) i % 7,
		                        (int32_t) (n - i),
		                        i - 1) == SEG_OK);
	CHECK(seg_item_tree_add(&writer, 0, 1, 0) == SEG_SET_LIMIT);
	CHECK(env.diag.got == n && env.diag.want == n);
	CHECK(strcmp(env.diag.name, "memory") == 0);
	CHECK(seg_item_tree_end(&writer, &tree) == SEG_OK);
	CHECK(tree.n == n && tree.items[99] == 1 && tree.counts[99] == n - 99 &&
	      tree.parents[n - 1] == n - 2);
	CHECK(seg_item_tree_longest(&tree) == n);
	CHECK(seg_item_tree_is_sound(&tree, 7, NULL));

	seg_item_tree_begin(&writer, &env, 1 << 30, "memory", "sets");
	CHECK(writer.most == SEG_ITEM_TREE_MAX);
	CHECK(seg_item_tree_end(&writer, &tree) == SEG_OK && tree.n == 0);
	unit_env_fail_after(&env, 0);
	CHECK(seg_item_tree_add(&writer, 0, 1, 0) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

static void
finds_children(void)
{
	SegEnv env = unit_env();
	SegItemTreeIndex index;
	int found = 0;

	CHECK(seg_item_tree_index(&env, &example, &index) == SEG_OK);
	for (int64_t parent = -1; parent < 8; parent++)
		for (int32_t item = 0; item < 6; item++)
		{
			int64_t child = seg_item_tree_child(&index, parent, item);

			CHECK(child < 0 ||
			      (items[child] == item && parents[child] == parent));
			found += child >= 0;
		}
	CHECK(found == 8);
	unit_env_free(&env);
}

/*
 * The subsets of every set of four items are the sets without one of its items.
 */
static void
finds_subsets(void)
{
	SegEnv env = unit_env();
	SegItemTreeWriter writer;
	SegItemTree tree;
	SegItemTreeIndex index;
	SegItemSubsets walk;
	int32_t mask[15];
	int n = 0;

	/* in the order of the walk: 0, 01, 012, 0123, 013, 02, ... */
	seg_item_tree_begin(&writer, &env, 100, NULL, "sets");
	for (int a = 0; a < 4; a++)
	{
		int64_t at = writer.n;

		mask[n++] = 1 << a;
		CHECK(seg_item_tree_add(&writer, a, 1, -1) == SEG_OK);
		for (int b = a + 1; b < 4; b++)
		{
			int64_t below = writer.n;

			mask[n++] = 1 << a | 1 << b;
			CHECK(seg_item_tree_add(&writer, b, 1, at) == SEG_OK);
			for (int c = b + 1; c < 4; c++)
			{
				int64_t last = writer.n;

				mask[n++] = 1 << a | 1 << b | 1 << c;
				CHECK(seg_item_tree_add(&writer, c, 1, below) == SEG_OK);
				for (int d = c + 1; d < 4; d++)
				{
					mask[n++] = 15;
					CHECK(seg_item_tree_add(&writer, d, 1, last) == SEG_OK);
				}
			}
		}
	}
	CHECK(seg_item_tree_end(&writer, &tree) == SEG_OK && tree.n == 15);
	CHECK(seg_item_tree_index(&env, &tree, &index) == SEG_OK);
	CHECK(seg_item_subsets_begin(&env, &index, 4, &walk) == SEG_OK);
	for (int64_t node = 0; node < 15; node++)
	{
		const int32_t *subsets = seg_item_subsets_next(&walk, node);

		CHECK(subsets != NULL);
		for (int i = 0; i < walk.length; i++)
		{
			int32_t item = tree.items[walk.way[i]];
			int32_t rest = mask[node] & ~(1 << item);

			CHECK(subsets[i] < 0 ? rest == 0 : mask[subsets[i]] == rest);
		}
	}

	/* a missing subset is reported */
	CHECK(seg_item_tree_index(&env, &example, &index) == SEG_OK);
	CHECK(seg_item_subsets_begin(&env, &index, 3, &walk) == SEG_OK);
	CHECK(seg_item_subsets_next(&walk, 0) != NULL);
	CHECK(seg_item_subsets_next(&walk, 1) != NULL);
	CHECK(seg_item_subsets_next(&walk, 2) == NULL); /* 0, 4 is not there */
	unit_env_free(&env);
}

void
test_item_tree(void)
{
	describes_a_tree();
	tells_unsound_trees();
	tells_sets_from_sequences();
	writes_trees();
	finds_children();
	finds_subsets();
}
