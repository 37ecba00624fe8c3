/* test_activity.c: kernel/journey/activity.c without a server */
#include "kernel/journey/activity.h"
#include "unit.h"

void test_activity(void);

#define HEAD 16

/* A flat copy in its own memory, so that a sanitizer sees every step outside. */
static SegActivity *
make_flat(SegEnv *env, const SegActivityShape *shape)
{
	return env->alloc(env->host, shape->size);
}

static SegActivity *
first_activity(SegEnv *env, size_t *size)
{
	SegActivityShape shape;
	SegActivity *activity;

	CHECK(seg_activity_first(env, HEAD, &shape) == SEG_OK);
	activity = make_flat(env, &shape);
	*activity = shape.head;
	*seg_activity_users(activity) = shape.map;
	*size = shape.size;
	return activity;
}

static SegStatus
add_active(SegEnv *env, SegActivity **activity, size_t *size, int64_t user,
           int32_t block, uint64_t days)
{
	SegText key = {(const char *) &user, sizeof(user)};
	SegActiveBlock added = {.days = days, .block = block};
	SegActivityShape shape;
	SegActivity *larger;

	if (seg_activity_add(*activity, key, &added))
		return SEG_OK;
	SEG_TRY(seg_activity_enlarged(env, *activity, key, HEAD, &shape));
	larger = make_flat(env, &shape);
	SEG_TRY(seg_activity_move(env, *activity, &shape, larger));
	CHECK(seg_activity_check(env, larger, shape.size) == SEG_OK);
	CHECK(seg_activity_add(larger, key, &added));
	*activity = larger;
	*size = shape.size;
	return SEG_OK;
}

/* The days of a block, wherever they are kept. */
static uint64_t
days_in(const SegActivity *activity, int64_t user, int32_t block)
{
	int64_t at =
		seg_count_map_find(seg_activity_users(activity), &user, sizeof(user));
	const SegLatestBlock *latest;
	uint64_t days = 0;

	if (at < 0)
		return 0;
	latest = seg_activity_latest(activity, at);
	if (latest->block == block)
		days |= latest->days;
	for (uint32_t i = 0; i < activity->n; i++)
		if (seg_activity_log(activity)[i].user == at &&
		    seg_activity_log(activity)[i].block == block)
			days |= seg_activity_log(activity)[i].days;
	return days;
}

#define USERS  150
#define BLOCKS 12

/* Blocks in time order, in the opposite one, or in any. */
static void
every_day_is_kept(void)
{
	uint64_t seed = 3;

	for (int order = 0; order < 3; order++)
	{
		static uint64_t expected[USERS][BLOCKS];
		SegEnv env = unit_env();
		size_t size;
		SegActivity *activity = first_activity(&env, &size);
		int bad = 0;

		memset(expected, 0, sizeof(expected));
		for (int i = 0; i < 30000; i++)
		{
			int user = unit_draw(&seed, USERS);
			int block = order == 0   ? i * BLOCKS / 30000
			            : order == 1 ? BLOCKS - 1 - i * BLOCKS / 30000
			                         : unit_draw(&seed, BLOCKS);
			uint64_t days = UINT64_C(1) << unit_draw(&seed, 64);

			expected[user][block] |= days;
			CHECK(add_active(&env, &activity, &size, user, block - 5, days) ==
			      SEG_OK);
		}
		CHECK(seg_activity_validate(&env, activity) == SEG_OK);
		for (int user = 0; user < USERS; user++)
			for (int block = 0; block < BLOCKS; block++)
				bad +=
					days_in(activity, user, block - 5) != expected[user][block];
		CHECK(bad == 0);
		/* blocks that differ, twice, and what doubling leaves free */
		CHECK(activity->n <= 2 * USERS * BLOCKS);
		CHECK(activity->capacity <= 4 * USERS * BLOCKS);
		CHECK(order > 0 || activity->late == 0);
		unit_env_free(&env);
	}
}

static void
damage_is_found(void)
{
	SegEnv env = unit_env();
	size_t size;
	SegActivity *activity = first_activity(&env, &size);
	SegActivity sound;
	SegLatestBlock *latest;
	SegActiveBlock *log;

	for (int i = 0; i < 1000; i++)
		CHECK(add_active(&env, &activity, &size, i % 90, i / 90, 1) == SEG_OK);
	CHECK(seg_activity_check(&env, activity, size) == SEG_OK);
	CHECK(seg_activity_validate(&env, activity) == SEG_OK);
	CHECK(seg_activity_check(&env, activity, size - 8) == SEG_CORRUPT);
	CHECK(seg_activity_check(&env, activity, 8) == SEG_CORRUPT);
	sound = *activity;
	activity->n = activity->capacity + 1;
	CHECK(seg_activity_check(&env, activity, size) == SEG_CORRUPT);
	*activity = sound;
	activity->late = activity->n + 1;
	CHECK(seg_activity_check(&env, activity, size) == SEG_CORRUPT);
	*activity = sound;
	activity->map_room -= sizeof(SegActiveBlock);
	activity->capacity++;
	CHECK(seg_activity_check(&env, activity, size) == SEG_CORRUPT);
	activity->map_room = 0;
	activity->capacity =
		(uint32_t) ((size - sizeof(SegActivity)) / sizeof(SegActiveBlock));
	CHECK(seg_activity_check(&env, activity, size) == SEG_CORRUPT);
	*activity = sound;
	seg_activity_users(activity)->width = 1;
	CHECK(seg_activity_check(&env, activity, size) == SEG_CORRUPT);
	seg_activity_users(activity)->width = 2;
	CHECK(seg_activity_check(&env, activity, size) == SEG_OK);

	log = seg_activity_log(activity);
	log[5].user = seg_activity_users(activity)->n;
	CHECK(seg_activity_validate(&env, activity) == SEG_CORRUPT);
	log[5].user = 0;
	log[5].days = 0;
	CHECK(seg_activity_validate(&env, activity) == SEG_CORRUPT);
	log[5].days = 1;
	latest = seg_activity_latest(activity, 7);
	latest->block += INT64_C(1) << 32;
	CHECK(seg_activity_validate(&env, activity) == SEG_CORRUPT);
	latest->block -= INT64_C(1) << 32;
	latest->days = 0;
	CHECK(seg_activity_validate(&env, activity) == SEG_CORRUPT);
	latest->days = 1;
	CHECK(seg_activity_validate(&env, activity) == SEG_OK);
	unit_env_free(&env);
}

/* The limit of a state, by what the log may grow to. */
static void
the_limit_is_kept(void)
{
	SegEnv env = unit_env();
	SegActivityShape shape;
	SegActivity *activity = env.alloc(env.host, 4096);
	int64_t user = 1;

	CHECK(seg_activity_first(&env, HEAD, &shape) == SEG_OK);
	*activity = shape.head;
	*seg_activity_users(activity) = shape.map;
	CHECK(seg_activity_add(activity,
	                       (SegText){(const char *) &user, sizeof(user)},
	                       &(SegActiveBlock){.days = 1, .block = 1}));
	activity->n = activity->capacity = 13000000; /* only said to be there */
	CHECK(seg_activity_enlarged(&env,
	                            activity,
	                            (SegText){(const char *) &user, sizeof(user)},
	                            HEAD,
	                            &shape) == SEG_OK);
	activity->n = activity->capacity = 13200000;
	CHECK(seg_activity_enlarged(&env,
	                            activity,
	                            (SegText){(const char *) &user, sizeof(user)},
	                            HEAD,
	                            &shape) == SEG_STATE_LIMIT);
	unit_env_free(&env);
}

/* A full log of blocks that came late is united, which needs memory. */
static void
late_blocks_are_united(void)
{
	SegEnv env = unit_env();
	size_t size;
	SegActivity *activity = first_activity(&env, &size);
	int64_t user = 1;
	SegText key = {(const char *) &user, sizeof(user)};
	SegActivityShape shape;
	int i;

	for (i = 0; activity->capacity < 64; i++)
		CHECK(add_active(&env, &activity, &size, user, 1000 - i, 1) == SEG_OK);
	/* all of them again */
	while (activity->n < activity->capacity)
		CHECK(add_active(&env, &activity, &size, user, 1000 - --i, 2) ==
		      SEG_OK);
	CHECK(!seg_activity_add(activity,
	                        key,
	                        &(SegActiveBlock){.days = 4, .block = 900}));
	unit_env_fail_after(&env, 0);
	CHECK(seg_activity_enlarged(&env, activity, key, HEAD, &shape) ==
	      SEG_NO_MEMORY);
	unit_env_fail_after(&env, -1);
	CHECK(activity->n == 64 && activity->late > 32);
	CHECK(seg_activity_enlarged(&env, activity, key, HEAD, &shape) == SEG_OK);
	CHECK(activity->n < 64 && activity->late == 0);
	CHECK(days_in(activity, user, 1000 - i) == 3);
	CHECK(seg_activity_validate(&env, activity) == SEG_OK);
	unit_env_free(&env);
}

void
test_activity(void)
{
	every_day_is_kept();
	damage_is_found();
	the_limit_is_kept();
	late_blocks_are_united();
}
