/*-------------------------------------------------------------------------
 *
 * activity.h
 *	  On which days which users were active: the state of active_users.
 *
 * Days are kept in blocks of 64, as sets. Events come mostly in time order, so a
 * map has the latest block of each user, where most events find their place, and
 * a log has the earlier ones. It is one block of bytes without pointers, like
 * the map, and the same holds: the bytes may be untrusted, seg_activity_check
 * makes every other call safe, seg_activity_validate says whether they are
 * consistent.
 *
 * src/kernel/journey/activity.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ACTIVITY_H
#define SEG_KERNEL_ACTIVITY_H

#include "base/count_map.h"

#define SEG_BLOCK_DAYS 64

/* Layout: this head, the map, the log. */
typedef struct SegActivity
{
	uint32_t map_room; /* bytes of the map, rounded up to 8 */
	uint32_t capacity; /* blocks that fit into the log */
	uint32_t n;        /* blocks in the log */
	uint32_t late;     /* those that came after a later one of their user */
} SegActivity;

/* A block of the log, of a user by number in the map; or any block. */
typedef struct SegActiveBlock
{
	uint64_t days; /* a bit for each, not 0 */
	uint32_t user;
	int32_t block; /* day / 64, rounded down */
} SegActiveBlock;

/* The words of a user in the map. */
typedef struct SegLatestBlock
{
	uint64_t days;
	int64_t block;
} SegLatestBlock;

#define SEG_ACTIVITY_WIDTH 2

static inline SegCountMap *
seg_activity_users(const SegActivity *activity)
{
	return (SegCountMap *) (activity + 1);
}

static inline SegActiveBlock *
seg_activity_log(const SegActivity *activity)
{
	return (SegActiveBlock *) ((char *) (activity + 1) + activity->map_room);
}

static inline SegLatestBlock *
seg_activity_latest(const SegActivity *activity, int64_t user)
{
	return seg_count_map_words(seg_activity_users(activity), user);
}

static inline int32_t
seg_block_of_day(int32_t day)
{
	return day >= 0 ? day / SEG_BLOCK_DAYS : ~(~day / SEG_BLOCK_DAYS);
}

static inline uint64_t
seg_bit_of_day(int32_t day)
{
	return UINT64_C(1) << (day & (SEG_BLOCK_DAYS - 1));
}

extern SegStatus
seg_activity_check(SegEnv *env, const SegActivity *activity, size_t size);
extern SegStatus
seg_activity_validate(SegEnv *env, const SegActivity *activity);

/*
 * Add days of a block to a user; false: there is no room. The user's number in
 * the block does not count.
 */
extern bool seg_activity_add(SegActivity *activity, SegText user,
                             const SegActiveBlock *block);

/* The shape of an activity: its head, with room for as much. */
typedef struct SegActivityShape
{
	SegActivity head;
	SegCountMap map;
	size_t size;
} SegActivityShape;

/*
 * The first shape, the shape in which this user fits who did not, and the move to
 * it, into zeroed memory. The owner puts a head of so many bytes before it.
 */
extern SegStatus
seg_activity_first(SegEnv *env, int64_t head, SegActivityShape *shape);
extern SegStatus
seg_activity_enlarged(SegEnv *env, SegActivity *activity, SegText user,
                      int64_t head, SegActivityShape *shape);
extern SegStatus
seg_activity_move(SegEnv *env, const SegActivity *from,
                  const SegActivityShape *shape, SegActivity *into);

#endif /* SEG_KERNEL_ACTIVITY_H */
