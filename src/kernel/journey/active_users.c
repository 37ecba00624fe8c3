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
	const SegActivity *activity;
	int64_t users;
	uint32_t *last;    /* block in the log of each user, from 1; 0: none */
	uint32_t *before;  /* each of these, of the same user */
	int64_t first_day; /* on which anybody was active */
	int64_t last_day;
	uint64_t days[MOST_BLOCKS]; /* of a user, while they are counted; or 0 */
} UserBlocks;

static void
widen_range(UserBlocks *blocks, int64_t block, uint64_t days)
{
	int64_t first = block * SEG_BLOCK_DAYS + __builtin_ctzll(days);
	int64_t last =
		block * SEG_BLOCK_DAYS + SEG_BLOCK_DAYS - 1 - __builtin_clzll(days);

	if (first < blocks->first_day)
		blocks->first_day = first;
	if (last > blocks->last_day)
		blocks->last_day = last;
}

static SegStatus
find_blocks(SegEnv *env, const SegActivity *activity, UserBlocks *blocks)
{
	const SegActiveBlock *log = seg_activity_log(activity);
	int64_t steps = 0;

	*blocks = (UserBlocks){.activity = activity,
	                       .users = seg_activity_users(activity)->n,
	                       .first_day = INT64_MAX,
	                       .last_day = INT64_MIN};
	SEG_ALLOC(env, blocks->last, blocks->users);
	SEG_ALLOC(env, blocks->before, activity->n);
	for (int64_t user = 0; user < blocks->users; user++)
	{
		const SegLatestBlock *latest = seg_activity_latest(activity, user);

		widen_range(blocks, latest->block, latest->days);
		SEG_TRY(seg_count_steps(env, &steps, 4));
	}
	for (uint32_t i = 0; i < activity->n; i++)
	{
		widen_range(blocks, log[i].block, log[i].days);
		blocks->before[i] = blocks->last[log[i].user];
		blocks->last[log[i].user] = i + 1;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	if (blocks->first_day < INT32_MIN || blocks->last_day > INT32_MAX)
		return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "days");
	if (blocks->last_day - blocks->first_day >= SEG_ACTIVE_MAX_DAYS)
		return seg_fail(env,
		                SEG_TOO_MANY_DAYS,
		                NULL,
		                (double) (blocks->last_day - blocks->first_day + 1),
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
	const SegActiveBlock *log = seg_activity_log(blocks->activity);
	const SegLatestBlock *latest = seg_activity_latest(blocks->activity, user);
	int64_t start = seg_block_of_day((int32_t) blocks->first_day);
	int64_t high = latest->block - start;
	int64_t low = high;

	blocks->days[high] = latest->days;
	for (uint32_t i = blocks->last[user]; i > 0; i = blocks->before[i - 1])
	{
		int64_t at = log[i - 1].block - start;

		blocks->days[at] |= log[i - 1].days;
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
seg_active_users(SegEnv *env, const SegActivity *activity,
                 const SegActiveWindows *windows, SegActiveDays *result)
{
	UserBlocks blocks;
	int64_t steps = 0;

	*result = (SegActiveDays){0};
	if (seg_activity_users(activity)->n == 0)
		return SEG_OK;
	SEG_TRY(find_blocks(env, activity, &blocks));
	result->first = (int32_t) blocks.first_day;
	result->n = blocks.last_day - blocks.first_day + 1;
	SEG_ALLOC(env, result->days, result->n + 1); /* one for what is beyond */
	for (int64_t user = 0; user < blocks.users; user++)
		SEG_TRY(count_user(env, &blocks, user, windows, result, &steps));
	add_up_changes(result);
	return SEG_OK;
}
