/*-------------------------------------------------------------------------
 *
 * steps.c
 *	  A user's events by time, and which steps (or conditions) each one meets.
 *
 * src/kernel/journey/steps.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/steps.h"

#include <string.h>

#include "base/sort.h"

#define STRETCH 65536 /* events between checks for a stop */

static int64_t
lowest_bit(uint64_t word)
{
	return __builtin_ctzll(word);
}

int64_t
seg_steps_first(const uint64_t *met, int64_t words)
{
	int64_t w = 0;

	while (w < words && met[w] == 0)
		w++;
	return w * SEG_STEPS_WORD + (w < words ? lowest_bit(met[w]) : 0) + 1;
}

int
seg_steps_compare(const uint64_t *a, const uint64_t *b, int64_t words)
{
	for (int64_t w = 0; w < words; w++)
	{
		if (a[w] != b[w])
			return a[w] >> lowest_bit(a[w] ^ b[w]) & 1 ? -1 : 1;
	}
	return 0;
}

static int
compare_events(const void *of, int64_t a, int64_t b)
{
	const SegSteps *s = of;
	int order;

	if (s->time[a] != s->time[b])
		return s->time[a] < s->time[b] ? -1 : 1;
	order = seg_steps_compare(seg_steps_of(s, a), seg_steps_of(s, b), s->words);
	if (order == 0 && s->value != NULL)
		order = seg_text_compare(s->value[a], s->value[b]);
	return order;
}

static SegStatus
are_sorted(SegEnv *env, const SegSteps *s, bool *result)
{
	*result = false;
	for (int64_t i = 1; i < s->n; i++)
	{
		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (compare_events(s, i - 1, i) > 0)
			return SEG_OK;
	}
	*result = true;
	return SEG_OK;
}

SegStatus
seg_steps_sort(SegEnv *env, SegSteps *s)
{
	size_t bytes = (size_t) s->words * sizeof(uint64_t);
	SegSteps sorted = *s;
	int64_t *order;
	bool done;

	/* most tables deliver them sorted */
	SEG_TRY(are_sorted(env, s, &done));
	if (done)
		return SEG_OK;

	SEG_ALLOC(env, order, s->n);
	SEG_ALLOC(env, sorted.time, s->n);
	SEG_ALLOC(env, sorted.met, s->n * s->words);
	if (s->value != NULL)
		SEG_ALLOC(env, sorted.value, s->n);
	for (int64_t i = 0; i < s->n; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, s->n, compare_events, s));
	for (int64_t i = 0; i < s->n; i++)
	{
		if (i % STRETCH == 0 && env->stop(env->host))
			return SEG_STOPPED;
		sorted.time[i] = s->time[order[i]];
		memcpy(sorted.met + i * s->words, seg_steps_of(s, order[i]), bytes);
		if (s->value != NULL)
			sorted.value[i] = s->value[order[i]];
	}
	*s = sorted;
	return SEG_OK;
}

int64_t
seg_steps_moment_end(const SegSteps *s, int64_t event)
{
	int64_t end = event + 1;

	while (end < s->n && s->time[end] == s->time[event])
		end++;
	return end;
}
