/*-------------------------------------------------------------------------
 *
 * test_fold.c
 *	  Splitting users by a hash of their key.
 *
 * test/unit/evaluate/test_fold.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/fold.h"
#include "unit.h"

static SegText
text(const char *s)
{
	return (SegText){s, (int64_t) strlen(s)};
}

/* The ends of the line belong to the first and the last part. */
static void
the_line_is_cut_evenly(void)
{
	SegEnv env = unit_env();
	const int32_t parts[] = {1, 2, 3, 5, 10, 1000, INT32_MAX};
	int32_t fold;

	for (int i = 0; i < 7; i++)
	{
		int32_t n = parts[i];

		CHECK(seg_fold(&env, 0, n, &fold) == SEG_OK && fold == 1);
		CHECK(seg_fold(&env, UINT64_MAX, n, &fold) == SEG_OK && fold == n);
		/* the first position of a part, and the one before */
		for (int32_t part = 2; part <= n && part <= 20; part++)
		{
			uint64_t first =
				(uint64_t) ((((unsigned __int128) 1 << 64) * (part - 1) + n -
			                 1) /
			                n);

			CHECK(seg_fold(&env, first, n, &fold) == SEG_OK && fold == part);
			CHECK(seg_fold(&env, first - 1, n, &fold) == SEG_OK &&
			      fold == part - 1);
		}
	}
	CHECK(seg_fold(&env, 5, 0, &fold) == SEG_ARGUMENT_RANGE);
	CHECK(seg_fold(&env, 5, INT32_MIN, &fold) == SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

static void
shares_are_exact(void)
{
	SegEnv env = unit_env();
	bool is_train;

	CHECK(seg_fold_is_train(&env, 0, 0, &is_train) == SEG_OK && !is_train);
	CHECK(seg_fold_is_train(&env, 0, 0x1p-64, &is_train) == SEG_OK && is_train);
	CHECK(seg_fold_is_train(&env, 1, 0x1p-64, &is_train) == SEG_OK &&
	      !is_train);
	CHECK(seg_fold_is_train(&env, UINT64_MAX, 1, &is_train) == SEG_OK &&
	      is_train);
	CHECK(seg_fold_is_train(&env, UINT64_MAX, 1 - 0x1p-53, &is_train) ==
	          SEG_OK &&
	      !is_train);
	CHECK(seg_fold_is_train(&env, UINT64_C(1) << 63, 0.5, &is_train) ==
	          SEG_OK &&
	      !is_train);
	CHECK(seg_fold_is_train(&env, (UINT64_C(1) << 63) - 1, 0.5, &is_train) ==
	          SEG_OK &&
	      is_train);
	CHECK(seg_fold_is_train(&env, 5, -0.1, &is_train) == SEG_ARGUMENT_RANGE);
	CHECK(seg_fold_is_train(&env, 5, 1.1, &is_train) == SEG_ARGUMENT_RANGE);
	CHECK(seg_fold_is_train(&env, 5, NAN, &is_train) == SEG_INFINITE);
	CHECK(seg_fold_is_train(&env, 5, INFINITY, &is_train) == SEG_INFINITE);
	unit_env_free(&env);
}

/* The salt is the seed; a key and a salt are not concatenated. */
static void
salts_are_seeds(void)
{
	CHECK(seg_place(text("abc"), text("")) ==
	      seg_hash("abc", 3, UINT64_C(0xef46db3751d8e999)));
	CHECK(seg_place(text("abc"), text("a")) ==
	      seg_hash("abc", 3, UINT64_C(0xd24ec4f1a98c6e5b)));
	CHECK(seg_place(text("ab"), text("c")) != seg_place(text("a"), text("bc")));
}

void
test_fold(void)
{
	the_line_is_cut_evenly();
	shares_are_exact();
	salts_are_seeds();
}
