/*-------------------------------------------------------------------------
 *
 * segment_pg.h
 *	  What every fmgr file needs: environments, errors, aggregate states.
 *
 * src/pg/segment_pg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_H
#define SEGMENT_PG_H

#include "fmgr.h"
#include "nodes/nodes.h"

#include "base/env.h"
#include "pg/compat.h"
#include "pg/feature_vector.h"

/*
 * Row-collecting states are passed as "internal", a bare pointer; NULL means
 * that no row has been seen.
 */
#define SEGMENT_ARG_STATE(n, type) \
	(PG_ARGISNULL(n) ? NULL : (type *) PG_GETARG_POINTER(n))
#define SEGMENT_RETURN_STATE(state) \
	do \
	{ \
		if ((state) == NULL) \
			PG_RETURN_NULL(); \
		PG_RETURN_POINTER(state); \
	} while (0)

/* A row that does not count leaves the state of an aggregate as it is. */
#define RETURN_STATE_UNCHANGED() \
	do \
	{ \
		if (PG_ARGISNULL(0)) \
			PG_RETURN_NULL(); \
		PG_RETURN_DATUM(PG_GETARG_DATUM(0)); \
	} while (0)

/* env_pg.c */
extern void *segment_alloc(MemoryContext context, Size size);
extern void segment_copy(void *to, const void *from, Size size);
extern SegEnv segment_env(MemoryContext context);
extern MemoryContext segment_agg_context(FunctionCallInfo fcinfo);

/*
 * AggCheckCallContext, inline: does the executor run this function as part of an
 * aggregate, so that it may change its state in place?
 */
static inline bool
segment_is_in_aggregate(FunctionCallInfo fcinfo)
{
	return fcinfo->context != NULL && (IsA(fcinfo->context, AggState) ||
	                                   IsA(fcinfo->context, WindowAggState));
}

/* errors.c */
pg_noreturn extern void segment_raise(const SegEnv *env, SegStatus status);
extern bool
segment_accept(const SegEnv *env, SegStatus status, struct Node *escontext);
extern void
segment_warn(const SegEnv *env, SegStatus status, const SegDiag *facts);
extern char *segment_number_text(double x);

struct StringInfoData;

/* Adds number i of n names to a list for a message; false: those are enough. */
extern bool
segment_list_name(struct StringInfoData *list, SegText name, int64 i, int64 n);
pg_noreturn extern void segment_changed(const char *what, const char *way_out);

/* One of several settings that are kept side by side as bytes. */
typedef struct SettingPart
{
	const char *name;
	Size offset;
	Size size; /* 0: all that follows */
} SettingPart;

#define SETTING_PART(name, type, member) \
	{ \
		name, offsetof(type, member), sizeof(((type *) NULL)->member) \
	}
#define SETTING_PARTS_END \
	{ \
		NULL, 0, 0 \
	}

pg_noreturn extern void
segment_settings_changed(const SettingPart *parts, const void *a, Size a_size,
                         const void *b, Size b_size, const char *way_out);

/* guc.c */
extern int segment_training_memory; /* kB */
extern int segment_max_model_size;  /* kB */
extern bool segment_progress;
extern void segment_define_settings(void);

/*
 * Raise the failure that a kernel reported, if it reported one; inline, since
 * some do so for every row.
 */
static inline void
segment_check(const SegEnv *env, SegStatus status)
{
	if (unlikely(status != SEG_OK))
		segment_raise(env, status);
}

#endif /* SEGMENT_PG_H */
