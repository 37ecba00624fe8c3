/*-------------------------------------------------------------------------
 *
 * count_state.h
 *	  A count map as the bytea state of a mergeable aggregate.
 *
 * src/pg/count_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_COUNT_STATE_H
#define SEGMENT_PG_COUNT_STATE_H

#include "base/count_map.h"
#include "base/wide.h"
#include "pg/segment_pg.h"

typedef struct CountState
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint32 kind;   /* what the words of the map mean, chosen by the caller */
	union
	{
		int64 setting; /* an argument that is the same for all rows, or 0 */
		SegWide total; /* or a sum over all rows */
	};
	SegCountMap map;
} CountState;

#define COUNT_STATE_ANY_WIDTH (-1)

/* The kind of pairs of labels, which several families count. */
#define CONTINGENCY_STATE 0x434f4e54 /* "CONT" */

extern CountState *count_state_make(uint32 kind, int64 width);
extern CountState *
count_state_argument(FunctionCallInfo fcinfo, int argno, uint32 kind,
                     int64 width, bool writable);

/* The state of the group, argument 0, to be changed; initially a new one. */
extern CountState *
count_state_of_group(FunctionCallInfo fcinfo, uint32 kind, int64 width);
extern int64 count_state_add(CountState **state, const void *key, int64 length);

/* Refuse a key that is not a text in the server's encoding. */
extern void count_state_check_text(SegText key);

/* Add the words of a key in one state to those in another. */
typedef void (*CountStateMerge)(void *into, const void *from, int64 width);
extern Datum count_state_combine(FunctionCallInfo fcinfo, uint32 kind,
                                 int64 width, CountStateMerge merge);

/* One more; unsigned: a damaged count must not overflow. */
static inline void
count_state_increment(void *count)
{
	++*(uint64 *) count;
}

/* A merge for words that are counts. */
extern void count_state_add_counts(void *into, const void *from, int64 width);

#endif /* SEGMENT_PG_COUNT_STATE_H */
