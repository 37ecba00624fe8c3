/*-------------------------------------------------------------------------
 *
 * activity.c
 *	  On which days which users were active.
 *
 * A block that is no longer a user's latest one goes behind the log, whatever is
 * there already: so the log may have a block twice, but only where events came
 * out of time order. When the log is full, and many of its blocks came late, such
 * blocks are united before it grows; it never has many more blocks than twice
 * those that differ.
 *
 * src/kernel/journey/activity.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/activity.h"

#include <string.h>

#include "base/radix_sort.h"

#define FIRST_CAPACITY 4 /* of the log */

static SegStatus
damaged_activity(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

static size_t
rounded_up(size_t bytes)
{
	return (bytes + 7) / 8 * 8;
}

/*
 * Is this an activity that fills size bytes? Cheap: it does not read the users.
 */
SegStatus
seg_activity_check(SegEnv *env, const SegActivity *activity, size_t size)
{
	const SegCountMap *map = seg_activity_users(activity);
	size_t map_size;

	if (size < sizeof(SegActivity) + sizeof(SegCountMap) ||
	    size != sizeof(SegActivity) + activity->map_room +
	                activity->capacity * sizeof(SegActiveBlock))
		return damaged_activity(env, "length");
	if (activity->n > activity->capacity || activity->late > activity->n)
		return damaged_activity(env, "n");
	if (activity->map_room < sizeof(SegCountMap) ||
	    seg_count_map_size(env,
	                       map->capacity,
	                       map->width,
	                       map->pool,
	                       &map_size) != SEG_OK ||
	    rounded_up(map_size) != activity->map_room)
		return damaged_activity(env, "length");
	return seg_count_map_check(env, map, map_size, SEG_ACTIVITY_WIDTH);
}

SegStatus
seg_activity_validate(SegEnv *env, const SegActivity *activity)
{
	const SegCountMap *map = seg_activity_users(activity);
	const SegActiveBlock *log = seg_activity_log(activity);
	int64_t steps = 0;

	SEG_TRY(seg_count_map_validate(env, map));
	for (int64_t i = 0; i < map->n; i++)
	{
		const SegLatestBlock *latest = seg_activity_latest(activity, i);

		if (latest->days == 0 || latest->block != (int32_t) latest->block)
			return damaged_activity(env, "days");
		SEG_TRY(seg_count_steps(env, &steps, 1));
	}
	for (int64_t i = 0; i < activity->n; i++)
	{
		if (log[i].days == 0 || log[i].user >= map->n)
			return damaged_activity(env, "days");
		SEG_TRY(seg_count_steps(env, &steps, 1));
	}
	return SEG_OK;
}

/* ---------- adding ---------- */

bool
seg_activity_add(SegActivity *activity, SegText user,
                 const SegActiveBlock *block)
{
	SegActiveBlock *behind = seg_activity_log(activity) + activity->n;
	SegLatestBlock *latest;
	int64_t at = seg_count_map_add(seg_activity_users(activity),
	                               user.bytes,
	                               user.length);

	if (at < 0)
		return false;
	latest = seg_activity_latest(activity, at);
	if (latest->days == 0)
		latest->block = block->block;
	if (latest->block == block->block)
	{
		latest->days |= block->days;
		return true;
	}
	if (activity->n == activity->capacity)
		return false;
	if (block->block < latest->block)
	{
		*behind = (SegActiveBlock){block->days, (uint32_t) at, block->block};
		activity->late++;
	}
	else
	{
		*behind = (SegActiveBlock){latest->days,
		                           (uint32_t) at,
		                           (int32_t) latest->block};
		*latest = (SegLatestBlock){block->days, block->block};
	}
	activity->n++;
	return true;
}

/* ---------- growing ---------- */

/*
 * Make one of those blocks of the log that are the same one.
 */
static SegStatus
unite_blocks(SegEnv *env, SegActivity *activity)
{
	SegActiveBlock *log = seg_activity_log(activity);
	SegRadixItem *items, *scratch;
	SegActiveBlock *united;
	uint32_t n = 0;

	SEG_ALLOC(env, items, activity->n);
	SEG_ALLOC(env, scratch, activity->n);
	SEG_ALLOC(env, united, activity->n);
	for (int64_t i = 0; i < activity->n; i++)
		items[i] = (SegRadixItem){.key = (uint64_t) log[i].user << 32 |
		                                 (uint32_t) log[i].block,
		                          .index = i};
	SEG_TRY(seg_radix_sort(env, items, scratch, activity->n));
	for (int64_t i = 0; i < activity->n; i++)
	{
		if (i == 0 || items[i].key != items[i - 1].key)
			united[n++] = log[items[i].index];
		else
			united[n - 1].days |= log[items[i].index].days;
	}
	memcpy(log, united, n * sizeof(*log));
	activity->n = n;
	activity->late = 0;
	return SEG_OK;
}

/*
 * The shape with this map and log.
 */
static SegStatus
shape_of(SegEnv *env, const SegCountMap *map, int64_t capacity,
         SegActivityShape *shape)
{
	size_t map_size;
	double size;

	SEG_TRY(seg_count_map_size(env,
	                           map->capacity,
	                           SEG_ACTIVITY_WIDTH,
	                           map->pool,
	                           &map_size));
	size = (double) (sizeof(SegActivity) + rounded_up(map_size)) +
	       (double) capacity * sizeof(SegActiveBlock);
	if (size > (double) SEG_COUNT_MAP_MAX_BYTES)
		return seg_fail(env,
		                SEG_STATE_LIMIT,
		                "state of the aggregate",
		                size,
		                (double) SEG_COUNT_MAP_MAX_BYTES);
	shape->map = *map;
	shape->head = (SegActivity){.map_room = (uint32_t) rounded_up(map_size),
	                            .capacity = (uint32_t) capacity};
	shape->size = (size_t) size;
	return SEG_OK;
}

SegStatus
seg_activity_first(SegEnv *env, int64_t head, SegActivityShape *shape)
{
	SegCountMap map;
	size_t size;

	SEG_TRY(seg_count_map_first(env,
	                            SEG_ACTIVITY_WIDTH,
	                            head + (int64_t) sizeof(SegActivity),
	                            &map,
	                            &size));
	return shape_of(env, &map, 0, shape);
}

/*
 * Whichever is short of room doubles at least: the map, or the log.
 */
SegStatus
seg_activity_enlarged(SegEnv *env, SegActivity *activity, SegText user,
                      int64_t head, SegActivityShape *shape)
{
	const SegCountMap *users = seg_activity_users(activity);
	int64_t capacity = activity->capacity;
	SegCountMap map;
	size_t size;

	seg_count_map_init(&map, users->capacity, users->width, users->pool);
	if (seg_count_map_find(users, user.bytes, user.length) < 0)
		SEG_TRY(seg_count_map_enlarged(env,
		                               users,
		                               user.length,
		                               head + (int64_t) sizeof(SegActivity),
		                               &map,
		                               &size));
	else
	{
		if (activity->late > activity->n / 2)
			SEG_TRY(unite_blocks(env, activity));
		if (activity->n > activity->capacity / 2)
			capacity *= 2;
		/* most users will have an earlier block when the first of them has */
		if (capacity < users->n)
			capacity = users->n;
		if (capacity < FIRST_CAPACITY)
			capacity = FIRST_CAPACITY;
	}
	return shape_of(env, &map, capacity, shape);
}

SegStatus
seg_activity_move(SegEnv *env, const SegActivity *from,
                  const SegActivityShape *shape, SegActivity *into)
{
	const SegCountMap *users = seg_activity_users(from);

	*into = shape->head;
	if (users->capacity == shape->map.capacity &&
	    users->pool == shape->map.pool)
		memcpy(into + 1, users, into->map_room);
	else
		SEG_TRY(seg_count_map_move(env,
		                           users,
		                           &shape->map,
		                           seg_activity_users(into)));
	memcpy(seg_activity_log(into),
	       seg_activity_log(from),
	       from->n * sizeof(SegActiveBlock));
	into->n = from->n;
	into->late = from->late;
	return SEG_OK;
}
