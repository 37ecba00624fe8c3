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
	if (windows->month < 1 || windows->month > SEG_ACTIVE_MAX_WINDOW)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "month",
		                      (double) windows->month,
		                      1,
		                      SEG_ACTIVE_MAX_WINDOW);
	if (windows->week > windows->month)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = "week",
		                                .name = "month",
		                                .got = (double) windows->week,
		                                .want = (double) windows->month});
	return SEG_OK;
}

/* ---------- the blocks of each user ---------- */

/* Blocks of days that the days of all users may touch. */
#define MOST_BLOCKS (SEG_ACTIVE_MAX_DAYS / SEG_BLOCK_DAYS + 2)

typedef struct UserBlocks
{
	const SegCountMap *active;
	SegCountMap *users; /* each with the number of its last block, from 1 */
	uint32_t *before;   /* of a user's blocks, by number; 0: none */
	int64_t first;      /* day on which anybody was active */
	int64_t last;
	uint64_t days[MOST_BLOCKS]; /* of a user, while they are counted; or 0 */
} UserBlocks;

static SegStatus
damaged_keys(SegEnv *env)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "keys");
}

static uint64_t
days_of(const SegCountMap *active, int64_t i)
{
	uint64_t days;

	memcpy(&days, seg_count_map_words(active, i), sizeof(days));
	return days;
}

static int64_t
block_of(SegText key)
{
	SegDayBlock block;

	memcpy(&block, key.bytes, sizeof(block));
	return block;
}

/*
 * Put a block behind the others of its user.
 */
static SegStatus
add_block(SegEnv *env, UserBlocks *blocks, int64_t i)
{
	SegText key = seg_count_map_key(blocks->active, i);
	uint64_t days = days_of(blocks->active, i);
	int64_t at, first;
	uint64_t *last_block;

	if (key.length < (int64_t) sizeof(SegDayBlock) || days == 0)
		return damaged_keys(env);
	first = block_of(key) * SEG_BLOCK_DAYS;
	if (first + __builtin_ctzll(days) < blocks->first)
		blocks->first = first + __builtin_ctzll(days);
	if (first + SEG_BLOCK_DAYS - 1 - __builtin_clzll(days) > blocks->last)
		blocks->last = first + SEG_BLOCK_DAYS - 1 - __builtin_clzll(days);
	SEG_TRY(seg_count_map_insert(env,
	                             &blocks->users,
	                             key.bytes + sizeof(SegDayBlock),
	                             key.length - (int64_t) sizeof(SegDayBlock),
	                             &at));
	last_block = seg_count_map_words(blocks->users, at);
	blocks->before[i] = (uint32_t) *last_block;
	*last_block = (uint64_t) i + 1;
	return SEG_OK;
}

static SegStatus
find_blocks(SegEnv *env, const SegCountMap *active, UserBlocks *blocks)
{
	int64_t steps = 0;

	*blocks =
		(UserBlocks){.active = active, .first = INT64_MAX, .last = INT64_MIN};
	SEG_TRY(seg_count_map_create(env, 1, &blocks->users));
	SEG_ALLOC(env, blocks->before, active->n);
	for (int64_t i = 0; i < active->n; i++)
	{
		SEG_TRY(seg_count_steps(env, &steps, 32));
		SEG_TRY(add_block(env, blocks, i));
	}
	if (blocks->first < INT32_MIN || blocks->last > INT32_MAX)
		return damaged_keys(env);
	if (blocks->last - blocks->first >= SEG_ACTIVE_MAX_DAYS)
		return seg_fail(env,
		                SEG_TOO_MANY_DAYS,
		                NULL,
		                (double) (blocks->last - blocks->first + 1),
		                SEG_ACTIVE_MAX_DAYS);
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
 * Count a user's days in time order, and forget them; the blocks are those from
 * low to high.
 */
static void
count_days(SegActiveDays *result, const SegActiveWindows *windows,
           uint64_t *days, int64_t low, int64_t high)
{
	int64_t start = seg_block_of_day(result->first) * SEG_BLOCK_DAYS;
	int64_t day = -1;

	for (int64_t block = low; block <= high; block++)
	{
		for (; days[block] != 0; days[block] &= days[block] - 1)
		{
			int64_t next = start + block * SEG_BLOCK_DAYS +
			               __builtin_ctzll(days[block]) - result->first;

			if (day < 0)
				result->days[next].joined++;
			else
				count_day(result, windows, day, next);
			day = next;
		}
	}
	count_day(result, windows, day, INT64_MAX);
}

/*
 * Count one user, whose blocks came in any order.
 */
static SegStatus
count_user(SegEnv *env, UserBlocks *blocks, int64_t user,
           const SegActiveWindows *windows, SegActiveDays *result,
           int64_t *steps)
{
	int64_t start = seg_block_of_day((int32_t) blocks->first);
	int64_t low = MOST_BLOCKS;
	int64_t high = 0;
	int64_t i = *(int64_t *) seg_count_map_words(blocks->users, user);

	for (; i > 0; i = blocks->before[i - 1])
	{
		int64_t at = block_of(seg_count_map_key(blocks->active, i - 1)) - start;

		blocks->days[at] = days_of(blocks->active, i - 1);
		low = at < low ? at : low;
		high = at > high ? at : high;
	}
	SEG_TRY(seg_count_steps(env, steps, (high - low + 1) * SEG_BLOCK_DAYS));
	count_days(result, windows, blocks->days, low, high);
	return SEG_OK;
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
	int64_t steps = 0;

	*result = (SegActiveDays){0};
	if (active->n == 0)
		return SEG_OK;
	SEG_TRY(find_blocks(env, active, &blocks));
	result->first = (int32_t) blocks.first;
	result->n = blocks.last - blocks.first + 1;
	SEG_ALLOC(env, result->days, result->n + 1); /* one for what is beyond */
	for (int64_t user = 0; user < blocks.users->n; user++)
		SEG_TRY(count_user(env, &blocks, user, windows, result, &steps));
	add_up_changes(result);
	return SEG_OK;
}
