/* test_stack.c: base/stack.c, memory for a search */
#include "base/stack.h"
#include "unit.h"

void test_stack(void);

/* What is taken is aligned, separate from the rest, and ours until released. */
static void
takes_and_releases(void)
{
	SegEnv env = unit_env();
	SegStack stack;
	SegStackMark marks[50];
	unsigned char *pieces[50];
	size_t sizes[50];
	size_t taken = 0;

	seg_stack_init(&stack, &env, SIZE_MAX);
	for (int round = 0; round < 20; round++)
	{
		for (int i = 0; i < 50; i++)
		{
			void *piece;

			sizes[i] = (size_t) (i * 7919 % 5000);
			marks[i] = seg_stack_mark(&stack);
			CHECK(seg_stack_take(&stack, sizes[i], &piece) == SEG_OK);
			CHECK((uintptr_t) piece % SEG_STACK_ALIGN == 0);
			pieces[i] = piece;
			memset(pieces[i], i, sizes[i]);
		}
		for (int i = 49; i >= 0; i--)
		{
			bool is_whole = true;

			for (size_t b = 0; b < sizes[i]; b++)
				is_whole = is_whole && pieces[i][b] == i;
			CHECK(is_whole);
			seg_stack_release(&stack, marks[i]);
		}
		if (round == 0)
			taken = stack.taken;
		CHECK(stack.taken == taken); /* the same chunks again */
	}
	unit_env_free(&env);
}

/* A chunk that is ready but too small is passed over. */
static void
takes_more_than_lies_ready(void)
{
	SegEnv env = unit_env();
	SegStack stack;
	SegStackMark mark;
	void *small;
	void *large;

	seg_stack_init(&stack, &env, SIZE_MAX);
	CHECK(seg_stack_take(&stack, 4000, &small) == SEG_OK);
	mark = seg_stack_mark(&stack);
	CHECK(seg_stack_take(&stack, 4000, &small) == SEG_OK);
	seg_stack_release(&stack, mark);
	CHECK(seg_stack_take(&stack, 1000000, &large) == SEG_OK);
	memset(large, 1, 1000000);
	seg_stack_release(&stack, mark);
	CHECK(seg_stack_take(&stack, 1000000, &small) == SEG_OK);
	CHECK(small == large);
	unit_env_free(&env);
}

/* Pieces that grow gradually, with something after them: memory taken for one
 * serves the next. */
static void
grows_little_by_little(void)
{
	SegEnv env = unit_env();
	SegStack stack;
	SegStatus status = SEG_OK;
	void *piece;

	seg_stack_init(&stack, &env, 1000000);
	for (size_t size = 1000; size <= 100000; size += 100)
	{
		SegStackMark mark = seg_stack_mark(&stack);

		for (int i = 0; i < 4 && status == SEG_OK; i++)
		{
			size_t bytes = i % 2 == 0 ? size : 500;

			status = seg_stack_take(&stack, bytes, &piece);
			if (status == SEG_OK)
				memset(piece, i, bytes);
		}
		seg_stack_release(&stack, mark);
	}
	CHECK(status == SEG_OK);
	unit_env_free(&env);
}

static void
keeps_its_limit(void)
{
	SegEnv env = unit_env();
	SegStack stack;
	void *piece;

	seg_stack_init(&stack, &env, 100000);
	CHECK(seg_stack_take(&stack, 50000, &piece) == SEG_OK);
	CHECK(seg_stack_take(&stack, 60000, &piece) == SEG_WORK_LIMIT);
	CHECK(env.diag.want == 100000);
	CHECK(seg_stack_take(&stack, 0, &piece) == SEG_OK);

	unit_env_fail_after(&env, 0);
	seg_stack_init(&stack, &env, SIZE_MAX);
	CHECK(seg_stack_take(&stack, 1, &piece) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

void
test_stack(void)
{
	takes_and_releases();
	takes_more_than_lies_ready();
	grows_little_by_little();
	keeps_its_limit();
}
