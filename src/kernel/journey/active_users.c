/*-------------------------------------------------------------------------
 *
 * active_users.c
 *	  How many users were active on each day, and in the days before it.
 *
 * A user who was active on day d is in the windows that end on d to d + length -
 * 1. These intervals, joined where they overlap, begin and end at a few days of
 * each user; adding up the beginnings and ends over days counts the users, in
 * time that is linear in active days whatever the length of a window.
 *
 * src/kernel/journey/active_users.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/active_users.h"

#include <string.h>

SegStatus
seg_active_windows_check(SegEnv *env, const SegActiveWindows *windows)
{
	if (windows->week < 1 || windows->week > SEG_ACTIVE_MAX_WINDOW)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "week",
		                      (double) windows->week,
		                      1,
		                      SEG_ACTIVE_MAX_WINDOW);
	if (windows->month < windows->week ||
	    windows->month > SEG_ACTIVE_MAX_WINDOW)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "month",
		                      (double) windows->month,
		                      (double) windows->week,
		                      SEG_ACTIVE_MAX_WINDOW);
	return SEG_OK;
}

/* ---------- the blocks of days, by user and time ---------- */

typedef struct UserBlock
{
	int64_t user;
	int64_t first; /* day of the lowest bit */
	uint64_t days;
} UserBlock;

typedef struct UserBlocks
{
	UserBlock *blocks;
	int64_t n;
	int64_t users;
	int64_t first; /* day on which anybody was active */
	int64_t last;
} UserBlocks;

static SegStatus
damaged_keys(SegEnv *env)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "keys");
}

static int64_t
first_day(const UserBlock *b)
{
	return b->first + __builtin_ctzll(b->days);
}

static int64_t
last_day(const UserBlock *b)
{
	return b->first + SEG_BLOCK_DAYS - 1 - __builtin_clzll(b->days);
}

/*
 * The block in a key; users get numbers.
 */
static SegStatus
read_block(SegEnv *env, const SegCountMap *active, int64_t i,
           SegCountMap **users, UserBlock *b)
{
	SegText key = seg_count_map_key(active, i);
	SegDayBlock block;

	memcpy(&b->days, seg_count_map_words(active, i), sizeof(uint64_t));
	if (key.length < (int64_t) sizeof(block) || b->days == 0)
		return damaged_keys(env);
	memcpy(&block, key.bytes, sizeof(block));
	b->first = (int64_t) block * SEG_BLOCK_DAYS;
	return seg_count_map_insert(env,
	                            users,
	                            key.bytes + sizeof(block),
	                            key.length - (int64_t) sizeof(block),
	                            &b->user);
}

static SegStatus
read_blocks(SegEnv *env, const SegCountMap *active, UserBlocks *result)
{
	SegCountMap *users;
	int64_t steps = 0;

	*result =
		(UserBlocks){.n = active->n, .first = INT64_MAX, .last = INT64_MIN};
	SEG_TRY(seg_count_map_create(env, 0, &users));
	SEG_ALLOC(env, result->blocks, result->n);
	for (int64_t i = 0; i < result->n; i++)
	{
		UserBlock *b = &result->blocks[i];

		SEG_TRY(seg_count_steps(env, &steps, 32));
		SEG_TRY(read_block(env, active, i, &users, b));
		if (first_day(b) < result->first)
			result->first = first_day(b);
		if (last_day(b) > result->last)
			result->last = last_day(b);
	}
	if (result->first < INT32_MIN || result->last > INT32_MAX)
		return damaged_keys(env);
	if (result->last - result->first >= SEG_ACTIVE_MAX_DAYS)
		return seg_fail(env,
		                SEG_TOO_MANY_DAYS,
		                NULL,
		                (double) (result->last - result->first + 1),
		                SEG_ACTIVE_MAX_DAYS);
	result->users = users->n;
	return SEG_OK;
}

static int64_t
block_of(const UserBlocks *blocks, const UserBlock *b)
{
	/* the first day is anywhere in the first block */
	return (b->first - blocks->first + SEG_BLOCK_DAYS) / SEG_BLOCK_DAYS;
}

static int64_t
user_of(const UserBlocks *blocks, const UserBlock *b)
{
	(void) blocks;
	return b->user;
}

/*
 * Order the blocks by a number from 0 to below count, keeping the order of equal
 * ones.
 */
static SegStatus
order_by(SegEnv *env, UserBlocks *blocks, int64_t count,
         int64_t (*number)(const UserBlocks *, const UserBlock *))
{
	UserBlock *ordered;
	int64_t *next; /* place for the next one of each number */
	int64_t steps = 0;

	SEG_ALLOC(env, ordered, blocks->n);
	SEG_ALLOC(env, next, count + 1);
	for (int64_t i = 0; i < blocks->n; i++)
		next[number(blocks, &blocks->blocks[i]) + 1]++;
	for (int64_t i = 0; i < count; i++)
		next[i + 1] += next[i];
	for (int64_t i = 0; i < blocks->n; i++)
	{
		SEG_TRY(seg_count_steps(env, &steps, 4));
		ordered[next[number(blocks, &blocks->blocks[i])]++] = blocks->blocks[i];
	}
	blocks->blocks = ordered;
	return SEG_OK;
}

/* ---------- counting ---------- */

static int64_t
at_most(int64_t x, int64_t most)
{
	return x < most ? x : most;
}

/*
 * Count an active day of a user whose next one is given, beyond the last day if
 * there is none. Weekly and monthly numbers are changes from day to day so far:
 * the user is in windows from this day on until the next one takes over.
 */
static void
count_day(SegActiveDays *result, const SegActiveWindows *windows, int64_t day,
          int64_t next)
{
	SegActiveDay *days = result->days;
	int64_t n = result->n;
	int64_t over = day + windows->month;

	days[day].daily++;
	days[day].weekly++;
	days[at_most(at_most(day + windows->week, next), n)].weekly--;
	days[day].monthly++;
	days[at_most(at_most(over, next), n)].monthly--;
	if (over < next)
	{
		days[at_most(over, n)].lost++;
		days[at_most(next, n)].returned++;
	}
}

/*
 * Count one user's days, in blocks from b to before end.
 */
static void
count_user(SegActiveDays *result, const SegActiveWindows *windows,
           const UserBlock *b, const UserBlock *end)
{
	int64_t day = first_day(b) - result->first;

	result->days[day].joined++;
	for (; b < end; b++)
	{
		for (uint64_t left = b->days; left != 0; left &= left - 1)
		{
			int64_t next = b->first + __builtin_ctzll(left) - result->first;

			if (next > day)
				count_day(result, windows, day, next);
			day = next;
		}
	}
	count_day(result, windows, day, INT64_MAX);
}

static void
add_up_changes(SegActiveDays *result)
{
	for (int64_t i = 1; i < result->n; i++)
	{
		result->days[i].weekly += result->days[i - 1].weekly;
		result->days[i].monthly += result->days[i - 1].monthly;
	}
}

SegStatus
seg_active_users(SegEnv *env, const SegCountMap *active,
                 const SegActiveWindows *windows, SegActiveDays *result)
{
	UserBlocks blocks;
	int64_t end;
	int64_t steps = 0;

	*result = (SegActiveDays){0};
	if (active->n == 0)
		return SEG_OK;
	SEG_TRY(read_blocks(env, active, &blocks));
	SEG_TRY(order_by(env,
	                 &blocks,
	                 block_of(&blocks, &(UserBlock){.first = blocks.last}) + 1,
	                 block_of));
	SEG_TRY(order_by(env, &blocks, blocks.users, user_of));
	result->first = (int32_t) blocks.first;
	result->n = blocks.last - blocks.first + 1;
	SEG_ALLOC(env, result->days, result->n + 1); /* one for what is beyond */
	for (int64_t i = 0; i < blocks.n; i = end)
	{
		for (end = i + 1;
		     end < blocks.n && blocks.blocks[end].user == blocks.blocks[i].user;
		     end++)
			;
		SEG_TRY(seg_count_steps(env, &steps, (end - i) * SEG_BLOCK_DAYS));
		count_user(result, windows, &blocks.blocks[i], &blocks.blocks[end]);
	}
	add_up_changes(result);
	return SEG_OK;
}
