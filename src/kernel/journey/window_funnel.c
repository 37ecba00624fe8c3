/*-------------------------------------------------------------------------
 *
 * window_funnel.c
 *	  How many steps of a funnel a user took within a time window.
 *
 * One pass over the events by time keeps, for every step, the way that reached
 * it and whose window ends last.  No other way to that step is needed: whatever
 * it can still reach, this one can.  It is the one that began last, unless
 * months of different length end on one day: 29 January 12:00 plus a month is
 * later than 30 January 11:00 plus a month.  Events of one moment are taken
 * together, as their order is arbitrary.  docs/design/events.md defines what a
 * way is and what the modes ask of it.
 *
 * src/kernel/journey/window_funnel.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/window_funnel.h"

#include <string.h>

const char *const seg_funnel_modes[] = {"default",
                                        "strict_once",
                                        "strict_increase",
                                        "strict_order",
                                        NULL};

#define NO_TIME INT64_MIN
#define STRETCH 1000000 /* looks between checks for a stop */

/* A way: its window, and when it reached its steps, if asked for. */
typedef struct Way
{
	int64_t start; /* NO_TIME: there is none */
	int64_t deadline;
	int64_t *reached;
} Way;

typedef struct Funnel
{
	const SegSteps *steps;
	Way *way;  /* to each step, 1 … count; the one to step 0 begins now */
	Way *next; /* strict_order: the same after this moment */

	/* this moment: events first … end - 1 */
	int64_t now;
	int64_t first;
	int64_t end;
	uint64_t *met; /* by any of them */

	/* the best way: highest step, then earliest there, then latest window */
	int64_t level;
	int64_t *reached; /* NULL: not asked for */
	Way best;
	int64_t best_end;

	/* strict_once: the step that each event of this moment serves; 0: none */
	int64_t *step_of;
	bool *is_tried;
	int64_t looks; /* at events, to serve a step */
	bool must_stop;
} Funnel;

static bool
is_open(const Funnel *f, int64_t step)
{
	return f->way[step].start != NO_TIME && f->now <= f->way[step].deadline;
}

/*
 * The times of the way to step "from", and now for the steps up to "to".
 */
static void
write_times(const Funnel *f, int64_t from, int64_t to, int64_t *reached)
{
	const int64_t *before = f->way[from].reached;

	if (reached == NULL)
		return;
	if (reached != before)
		memcpy(reached, before, (size_t) from * sizeof(int64_t));
	for (int64_t j = from; j < to; j++)
		reached[j] = f->now;
}

/*
 * Does the window of a way end later or, if both end at once, begin later?
 */
static bool
is_later(const Way *a, const Way *b)
{
	if (a->deadline != b->deadline)
		return a->deadline > b->deadline;
	return a->start > b->start;
}

static void
note_best(Funnel *f, int64_t from, int64_t to)
{
	if (to < f->level ||
	    (to == f->level &&
	     (f->best_end < f->now || !is_later(&f->way[from], &f->best))))
		return;
	f->level = to;
	f->best = f->way[from];
	f->best_end = f->now;
	write_times(f, from, to, f->reached);
}

/*
 * Let the way to step "from" go on to step "to", all now; it is kept there
 * unless one no worse is there.
 */
static void
window_funnel_go_on(Funnel *f, int64_t from, int64_t to, Way *ways)
{
	const Way *old = &f->way[from];
	Way *new = &ways[to];

	note_best(f, from, to);
	if (new->start != NO_TIME && !is_later(old, new))
		return;
	new->start = old->start;
	new->deadline = old->deadline;
	write_times(f, from, to, new->reached);
}

/* ---------- what a moment does, by mode ---------- */

static void
window_funnel_take_step(Funnel *f, int64_t step)
{
	if (seg_steps_has(f->met, step) && is_open(f, step - 1))
		window_funnel_go_on(f, step - 1, step, f->way);
}

/*
 * Ascending: a way goes through all steps that are met.
 */
static void
plain_moment(Funnel *f)
{
	for (int64_t j = 1; j <= f->steps->count; j++)
		window_funnel_take_step(f, j);
}

/*
 * Descending: a way goes on by one step.
 */
static void
strict_increase_moment(Funnel *f)
{
	for (int64_t j = f->steps->count; j >= 1; j--)
		window_funnel_take_step(f, j);
}

/*
 * Find an event for a step, moving other steps to other events if needed.
 */
static bool
window_funnel_assign(SegEnv *env, Funnel *f, int64_t step)
{
	for (int64_t i = f->first; i < f->end && !f->must_stop; i++)
	{
		int64_t at = i - f->first;

		if (++f->looks % STRETCH == 0)
			f->must_stop = env->stop(env->host);
		if (f->is_tried[at] || !seg_steps_has(seg_steps_of(f->steps, i), step))
			continue;
		f->is_tried[at] = true;
		if (f->step_of[at] == 0 || window_funnel_assign(env, f, f->step_of[at]))
		{
			f->step_of[at] = step;
			return true;
		}
	}
	return false;
}

static bool
assign_anew(SegEnv *env, Funnel *f, int64_t step)
{
	memset(f->is_tried, 0, (size_t) (f->end - f->first) * sizeof(bool));
	return window_funnel_assign(env, f, step);
}

static void
release(Funnel *f, int64_t step)
{
	for (int64_t i = 0; i < f->end - f->first; i++)
	{
		if (f->step_of[i] == step)
			f->step_of[i] = 0;
	}
}

/*
 * From each step a way goes as far as different events can serve the steps.
 * The steps served after "from" grow at the front, and shrink at the back where
 * the front would otherwise find no event.
 */
static SegStatus
strict_once_moment(SegEnv *env, Funnel *f)
{
	int64_t to = f->steps->count;

	if (f->end - f->first == 1)
	{
		strict_increase_moment(f);
		return SEG_OK;
	}
	memset(f->step_of, 0, (size_t) (f->end - f->first) * sizeof(int64_t));
	for (int64_t from = f->steps->count - 1; from >= 0; from--)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		while (to > from && !assign_anew(env, f, from + 1))
			release(f, to--);
		if (f->must_stop)
			return SEG_STOPPED;
		if (to > from && is_open(f, from))
			window_funnel_go_on(f, from, to, f->way);
	}
	return SEG_OK;
}

/*
 * A way goes through all steps that are met, and survives if no event asks for
 * more than it has reached.  One that begins now may have such events before it.
 */
static void
strict_order_moment(Funnel *f)
{
	int64_t most = 0; /* step that an event asks for */
	Way *after = f->next;

	for (int64_t i = f->first; i < f->end; i++)
	{
		int64_t first =
			seg_steps_first(seg_steps_of(f->steps, i), f->steps->words);

		most = first > most ? first : most;
	}
	for (int64_t j = 1; j <= f->steps->count; j++)
		after[j].start = NO_TIME;
	for (int64_t from = f->steps->count; from >= 0; from--)
	{
		int64_t to = from;

		while (to < f->steps->count && seg_steps_has(f->met, to + 1))
			to++;
		if (to == 0 || !is_open(f, from))
			continue;
		if (from == 0 || most <= to)
			window_funnel_go_on(f, from, to, after);
		else
			note_best(f, from, to);
	}
	f->next = f->way;
	f->way = after;
}

/* ---------- all of it ---------- */

static SegStatus
make_ways(SegEnv *env, const Funnel *f, Way **result)
{
	int64_t count = f->steps->count;
	int64_t *reached = NULL;
	Way *way;

	SEG_ALLOC(env, way, count + 1);
	if (f->reached != NULL)
		SEG_ALLOC(env, reached, (count + 1) * count);
	for (int64_t j = 0; j <= count; j++)
		way[j] = (Way){NO_TIME,
		               NO_TIME,
		               reached != NULL ? reached + j * count : NULL};
	*result = way;
	return SEG_OK;
}

static SegStatus
make_funnel(SegEnv *env, Funnel *f, SegFunnelMode mode)
{
	SEG_ALLOC(env, f->met, f->steps->words);
	SEG_TRY(make_ways(env, f, &f->way));
	if (mode == SEG_FUNNEL_STRICT_ORDER)
		SEG_TRY(make_ways(env, f, &f->next));
	if (mode == SEG_FUNNEL_STRICT_ONCE)
	{
		SEG_ALLOC(env, f->step_of, f->steps->n);
		SEG_ALLOC(env, f->is_tried, f->steps->n);
	}
	return SEG_OK;
}

static void
begin_moment(Funnel *f, int64_t first, const int64_t *deadline)
{
	const SegSteps *s = f->steps;

	f->first = first;
	f->end = seg_steps_moment_end(s, first);
	f->now = s->time[first];
	f->way[0].start = f->now;
	f->way[0].deadline = deadline[first];
	memset(f->met, 0, (size_t) s->words * sizeof(uint64_t));
	for (int64_t i = f->first; i < f->end; i++)
	{
		for (int64_t w = 0; w < s->words; w++)
			f->met[w] |= seg_steps_of(s, i)[w];
	}
}

SegStatus
seg_window_funnel(SegEnv *env, const SegSteps *steps, const int64_t *deadline,
                  SegFunnelMode mode, int64_t *level, int64_t *reached)
{
	Funnel f = {.steps = steps, .reached = reached};

	SEG_TRY(make_funnel(env, &f, mode));
	/* whoever has reached the end cannot reach it sooner */
	for (int64_t i = 0; i < steps->n && f.level < steps->count; i = f.end)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		begin_moment(&f, i, deadline);
		switch (mode)
		{
			case SEG_FUNNEL_PLAIN:
				plain_moment(&f);
				break;
			case SEG_FUNNEL_STRICT_ONCE:
				SEG_TRY(strict_once_moment(env, &f));
				break;
			case SEG_FUNNEL_STRICT_INCREASE:
				strict_increase_moment(&f);
				break;
			case SEG_FUNNEL_STRICT_ORDER:
				strict_order_moment(&f);
				break;
		}
	}
	*level = f.level;
	return SEG_OK;
}
