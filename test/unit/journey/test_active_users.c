/* test_active_users.c: kernel/journey/active_users.c against a look at every window */
#include "kernel/journey/active_users.h"
#include "unit.h"

void test_active_users(void);

#define MOST_USERS 40
#define MOST_DAYS  300

typedef struct Log
{
	int users;
	int first; /* day */
	int days;
	bool active[MOST_USERS][MOST_DAYS];
} Log;

static SegActivity *
make_activity(SegEnv *env)
{
	SegActivityShape shape;
	SegActivity *activity;

	CHECK(seg_activity_first(env, 0, &shape) == SEG_OK);
	activity = env->alloc(env->host, shape.size);
	*activity = shape.head;
	*seg_activity_users(activity) = shape.map;
	return activity;
}

static void
add_days(SegEnv *env, SegActivity **activity, SegText user,
         const SegActiveBlock *block)
{
	SegActivityShape shape;
	SegActivity *larger;

	if (seg_activity_add(*activity, user, block))
		return;
	CHECK(seg_activity_enlarged(env, *activity, user, 0, &shape) == SEG_OK);
	larger = env->alloc(env->host, shape.size);
	CHECK(seg_activity_move(env, *activity, &shape, larger) == SEG_OK);
	CHECK(seg_activity_check(env, larger, shape.size) == SEG_OK);
	CHECK(seg_activity_add(larger, user, block));
	*activity = larger;
}

static void
add_day(SegEnv *env, SegActivity **activity, int user, int32_t day)
{
	char key[32];
	int length = snprintf(key, sizeof(key), "user %d", user);

	add_days(env,
	         activity,
	         (SegText){key, length},
	         &(SegActiveBlock){.days = seg_bit_of_day(day),
	                           .block = seg_block_of_day(day)});
}

static bool
was_active(const Log *log, int user, int from, int to)
{
	for (int day = from < 0 ? 0 : from; day <= to; day++)
		if (log->active[user][day])
			return true;
	return false;
}

/* What the words of the reference page say, day by day and user by user. */
static SegActiveDay
day_by_looking(const Log *log, const SegActiveWindows *w, int day)
{
	SegActiveDay count = {0};

	for (int u = 0; u < log->users; u++)
	{
		bool today = log->active[u][day];
		bool month = was_active(log, u, day - (int) w->month + 1, day);
		bool month_before = was_active(log, u, day - (int) w->month, day - 1);
		bool ever_before = was_active(log, u, 0, day - 1);

		count.daily += today;
		count.weekly += was_active(log, u, day - (int) w->week + 1, day);
		count.monthly += month;
		count.joined += today && !ever_before;
		count.returned += today && ever_before && !month_before;
		count.lost += month_before && !month;
	}
	return count;
}

static void
windows_are_looked_at(void)
{
	static const SegActiveWindows windows[] =
		{{7, 30}, {1, 1}, {7, 28}, {3, 3}, {64, 128}, {1, 3660}};
	uint64_t seed = 5;

	for (int turn = 0; turn < 300; turn++)
	{
		Log *log = calloc(1, sizeof(Log));
		SegActiveWindows w = windows[turn % 6];
		SegEnv env = unit_env();
		SegActivity *activity;
		SegActiveDays result;
		int rare = 1 + unit_draw(&seed, 60);
		int begin = 0, end = 0;

		*log = (Log){.users = 1 + unit_draw(&seed, MOST_USERS),
		             .first = unit_draw(&seed, 400) - 200,
		             .days = 1 + unit_draw(&seed, MOST_DAYS)};
		activity = make_activity(&env);
		/* days in a mixed order */
		for (int i = 0; i < log->users * log->days; i++)
		{
			int user = unit_draw(&seed, log->users);
			int day = unit_draw(&seed, log->days);

			if (unit_draw(&seed, rare) > 0)
				continue;
			log->active[user][day] = true;
			add_day(&env, &activity, user, log->first + day);
		}
		CHECK(seg_activity_validate(&env, activity) == SEG_OK);
		CHECK(seg_active_users(&env, activity, &w, &result) == SEG_OK);
		for (begin = 0; begin < log->days; begin++)
			if (day_by_looking(log, &w, begin).daily > 0)
				break;
		for (end = log->days; end > begin; end--)
			if (day_by_looking(log, &w, end - 1).daily > 0)
				break;
		CHECK(result.n == end - begin);
		if (result.n > 0)
			CHECK(result.first == log->first + begin);
		for (int day = begin; day < end; day++)
		{
			SegActiveDay expected = day_by_looking(log, &w, day);

			CHECK(memcmp(&result.days[day - begin],
			             &expected,
			             sizeof(expected)) == 0);
		}
		unit_env_free(&env);
		free(log);
	}
}

static void
limits_are_refused(void)
{
	SegEnv env = unit_env();
	SegActiveWindows w = {7, 30};
	SegActiveDays result;
	SegActivity *activity;

	CHECK(seg_active_windows_check(&env, &w) == SEG_OK);
	CHECK(seg_active_windows_check(&env, &(SegActiveWindows){0, 30}) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_active_windows_check(&env, &(SegActiveWindows){30, 7}) ==
	      SEG_ABOVE);
	CHECK(seg_active_windows_check(&env, &(SegActiveWindows){7, 0}) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_active_windows_check(&env, &(SegActiveWindows){7, INT64_MAX}) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(seg_active_windows_check(&env, &(SegActiveWindows){INT64_MIN, 7}) ==
	      SEG_ARGUMENT_RANGE);

	activity = make_activity(&env);
	add_day(&env, &activity, 1, -100);
	add_day(&env, &activity, 2, -100 + SEG_ACTIVE_MAX_DAYS - 1);
	CHECK(seg_active_users(&env, activity, &w, &result) == SEG_OK);
	CHECK(result.n == SEG_ACTIVE_MAX_DAYS &&
	      result.days[result.n - 1].daily == 1);
	add_day(&env, &activity, 2, -100 + SEG_ACTIVE_MAX_DAYS);
	CHECK(seg_active_users(&env, activity, &w, &result) == SEG_TOO_MANY_DAYS);

	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegEnv env = unit_env();
	SegActiveWindows w = {7, 30};
	SegActiveDays result;
	SegActivity *activity;
	SegStatus status = SEG_NO_MEMORY;
	int allocations = 0;

	activity = make_activity(&env);
	for (int user = 0; user < 3000; user++)
		for (int day = 0; day < 6; day++)
			add_day(&env, &activity, user, day * 64);
	for (; status == SEG_NO_MEMORY && allocations < 100; allocations++)
	{
		unit_env_fail_after(&env, allocations);
		status = seg_active_users(&env, activity, &w, &result);
	}
	CHECK(status == SEG_OK && allocations > 3);
	unit_env_fail_after(&env, -1);
	unit_env_stop_after(&env, 0);
	CHECK(seg_active_users(&env, activity, &w, &result) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_active_users(void)
{
	windows_are_looked_at();
	limits_are_refused();
	trouble_of_the_host_is_passed_on();
}
