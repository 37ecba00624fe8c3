/*-------------------------------------------------------------------------
 *
 * env_pg.c
 *	  The PostgreSQL host of the kernels: memory contexts, interrupts, notices.
 *
 * src/pg/env_pg.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <sys/mman.h>

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "pg/segment_pg.h"

#define PROGRESS_INTERVAL_MS 1000

#define HUGE_PAGE  (2 * 1024 * 1024)
#define LARGE_SIZE (2 * HUGE_PAGE)

/*
 * Zeroed memory of any size. Large blocks get huge pages: page faults on small
 * ones would cost more than what most kernels do with the memory.
 */
void *
segment_alloc(MemoryContext context, Size size)
{
	char *memory;

	if (size < LARGE_SIZE)
		return MemoryContextAllocExtended(context,
		                                  size,
		                                  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	memory = MemoryContextAllocHuge(context, size);
#ifdef MADV_HUGEPAGE
	{
		char *from = (char *) TYPEALIGN(HUGE_PAGE, memory);
		char *to = (char *) TYPEALIGN_DOWN(HUGE_PAGE, memory + size);

		(void) madvise(from, to - from, MADV_HUGEPAGE);
	}
#endif
	/* piece by piece, as the system gives us the pages only now */
	for (Size at = 0; at < size; at += LARGE_SIZE)
	{
		CHECK_FOR_INTERRUPTS();
		memset(memory + at, 0, Min(LARGE_SIZE, size - at));
	}
	return memory;
}

/*
 * Copy bytes that may be many.
 */
void
segment_copy(void *to, const void *from, Size size)
{
	for (Size at = 0; at < size; at += LARGE_SIZE)
	{
		CHECK_FOR_INTERRUPTS();
		memcpy((char *) to + at,
		       (const char *) from + at,
		       Min(LARGE_SIZE, size - at));
	}
}

static void *
env_alloc(void *host, size_t size)
{
	return segment_alloc((MemoryContext) host, size);
}

static bool
env_stop(void *host)
{
	(void) host;
	CHECK_FOR_INTERRUPTS(); /* does not return if we must stop */
	return false;
}

/*
 * At most one NOTICE per second while segment.progress is on.
 */
static void
env_progress(void *host, const char *method, int64_t step, double objective,
             double share)
{
	static TimestampTz told = 0;
	TimestampTz now;

	(void) host;
	if (!segment_progress)
		return;
	now = GetCurrentTimestamp();
	if (now >= told &&
	    !TimestampDifferenceExceeds(told, now, PROGRESS_INTERVAL_MS))
		return;
	told = now;
	ereport(NOTICE,
	        errmsg("%s: step " INT64_FORMAT ", objective %g, %d %% done",
	               method,
	               step,
	               objective,
	               (int) (100.0 * share)));
}

static void *
env_enter(void *host)
{
	return AllocSetContextCreate((MemoryContext) host,
	                             "segment training step",
	                             ALLOCSET_DEFAULT_SIZES);
}

static void
env_leave(void *inner)
{
	MemoryContextDelete((MemoryContext) inner);
}

/*
 * An environment whose memory lives in the given context.
 */
SegEnv
segment_env(MemoryContext context)
{
	SegEnv env = {.alloc = env_alloc,
	              .stop = env_stop,
	              .progress = env_progress,
	              .enter = env_enter,
	              .leave = env_leave,
	              .host = context,
	              .diag = {.what = "value"}};

	return env;
}

/*
 * The context that lives as long as the aggregate's group.
 */
MemoryContext
segment_agg_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	/* only support functions without "internal" can be called in SQL */
	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
		        errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
		        errmsg("aggregate function called in non-aggregate context"));
	return context;
}
