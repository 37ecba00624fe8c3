/*-------------------------------------------------------------------------
 *
 * sequence.c
 *	  Matching patterns against a user's events, and what came next.
 *
 * One pass over the events keeps, for every event of the pattern, where a match
 * up to it has ended.  An event of the history extends all of these at once,
 * the last ones first, so that it serves one event of the pattern; there is no
 * backtracking.  Time: n * length of the pattern.
 *
 * Of matches that do not overlap, the one that ends first is taken, and the
 * search starts again after it: no other choice gives more.
 *
 * src/kernel/journey/sequence.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/sequence.h"

#define STRETCH 4096 /* events between checks for a stop */

const char *const seg_sequence_bases[] = {"head",
                                          "tail",
                                          "first_match",
                                          "last_match",
                                          NULL};

/* Where matches up to an event of the pattern have ended. */
typedef struct Ends
{
	int64_t n;
	int64_t last;  /* number of the last of these events */
	int64_t *time; /* of all of them, ascending; NULL: not asked for */
	int64_t early; /* how many are known to be early enough for the next one */
} Ends;

static bool
is_timed(const SegPatternEvent *event)
{
	return !event->is_adjacent && (event->least > 0 || event->most < INT64_MAX);
}

int64_t
seg_sequence_event_bytes(const SegPattern *pattern)
{
	int64_t bytes = 0;

	for (int64_t j = 1; j < pattern->n; j++)
		bytes += is_timed(&pattern->event[j]) ? (int64_t) sizeof(int64_t) : 0;
	return bytes;
}

static SegStatus
make_ends(SegEnv *env, const SegPattern *pattern, int64_t n, Ends **result)
{
	Ends *ends;

	SEG_ALLOC(env, ends, pattern->n);
	for (int64_t j = 0; j < pattern->n; j++)
	{
		if (j + 1 < pattern->n && is_timed(&pattern->event[j + 1]))
			SEG_ALLOC(env, ends[j].time, n);
	}
	*result = ends;
	return SEG_OK;
}

static void
forget_ends(Ends *ends, int64_t n)
{
	for (int64_t j = 0; j < n; j++)
		ends[j].n = ends[j].early = 0;
}

/*
 * From an earlier time to a later one; at most what int64_t holds.
 */
static int64_t
time_between(int64_t earlier, int64_t later)
{
	uint64_t between = (uint64_t) later - (uint64_t) earlier;

	return between < INT64_MAX ? (int64_t) between : INT64_MAX;
}

/*
 * Does a match that ended earlier leave the right gap before event i?
 */
static bool
gap_fits(const SegPatternEvent *next, Ends *ends, const SegSteps *events,
         int64_t i)
{
	int64_t now = events->time[i];

	if (ends->n == 0)
		return false;
	if (next->is_adjacent)
		return ends->last == i - 1;
	if (!is_timed(next))
		return true;
	/* times only grow, so what was early enough once remains so */
	while (ends->early < ends->n &&
	       time_between(ends->time[ends->early], now) >= next->least)
		ends->early++;
	return ends->early > 0 &&
	       time_between(ends->time[ends->early - 1], now) <= next->most;
}

static bool
event_fits(const SegPatternEvent *event, const SegSteps *events, int64_t i)
{
	return event->condition == 0 ||
	       seg_steps_has(seg_steps_of(events, i), event->condition);
}

static void
add_end(Ends *ends, const SegSteps *events, int64_t i)
{
	if (ends->time != NULL)
		ends->time[ends->n] = events->time[i];
	ends->last = i;
	ends->n++;
}

SegStatus
seg_sequence_count(SegEnv *env, const SegSteps *events,
                   const SegPattern *pattern, int64_t wanted, int64_t *count)
{
	const SegPatternEvent *want = pattern->event;
	Ends *ends;

	*count = 0;
	SEG_TRY(make_ends(env, pattern, events->n, &ends));
	for (int64_t i = 0; i < events->n && *count < wanted; i++)
	{
		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t j = pattern->n - 1; j >= 0; j--)
		{
			if (event_fits(&want[j], events, i) &&
			    (j == 0 || gap_fits(&want[j], &ends[j - 1], events, i)))
				add_end(&ends[j], events, i);
		}
		if (ends[pattern->n - 1].n > 0)
		{
			(*count)++;
			forget_ends(ends, pattern->n);
		}
	}
	return SEG_OK;
}

/* ---------- what came next ---------- */

/*
 * Do the events from i on, in this direction, meet the steps?
 */
static bool
steps_fit(const SegSteps *events, int64_t i, int direction)
{
	for (int64_t j = 1; j <= events->count; j++, i += direction)
	{
		if (i < 0 || i >= events->n ||
		    !seg_steps_has(seg_steps_of(events, i), j))
			return false;
	}
	return true;
}

SegStatus
seg_sequence_next(SegEnv *env, const SegSteps *events, int direction,
                  SegSequenceBase base, int64_t *next)
{
	bool from_end =
		base == SEG_SEQUENCE_TAIL || base == SEG_SEQUENCE_LAST_MATCH;
	bool once = base == SEG_SEQUENCE_HEAD || base == SEG_SEQUENCE_TAIL;
	int64_t tries = once && events->n > 0 ? 1 : events->n;

	*next = -1;
	for (int64_t k = 0; k < tries; k++)
	{
		int64_t i = from_end ? events->n - 1 - k : k;

		if (k % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (!steps_fit(events, i, direction))
			continue;
		i += direction * events->count;
		if (i >= 0 && i < events->n)
			*next = i;
		break;
	}
	return SEG_OK;
}
