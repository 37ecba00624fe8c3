/*-------------------------------------------------------------------------
 *
 * sequence_pattern.c
 *	  The language of patterns.
 *
 *	pattern   = { event | gap }
 *	event     = "(?" number ")" | "."
 *	gap       = ".*" | "(?t" ( "<" | "<=" | "==" | ">=" | ">" ) seconds ")"
 *
 * What stands between two events becomes one gap, which belongs to the later
 * one.  A pattern may match anywhere, so ".*" at its ends means nothing.
 *
 * src/kernel/journey/sequence_pattern.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/sequence.h"

#include <string.h>

#define SECOND INT64_C(1000000)
#define DIGITS 6 /* of a fraction of a second */

typedef struct Parser
{
	SegEnv *env;
	const char *begin;
	const char *at;
	const char *end;
	int64_t conditions;
	SegPatternEvent *event;
	int64_t n;
	SegPatternEvent gap; /* before the next event */
	bool has_time;       /* the gap has a time condition */
} Parser;

static SegStatus
expected(const Parser *p, const char *what)
{
	return seg_fail_facts(p->env,
	                      SEG_BAD_PATTERN,
	                      (SegDiag){.what = what,
	                                .name = "pattern of events",
	                                .got = (double) (p->at - p->begin) + 1});
}

static bool
sequence_pattern_take(Parser *p, const char *token)
{
	size_t length = strlen(token);

	if ((size_t) (p->end - p->at) < length || memcmp(p->at, token, length) != 0)
		return false;
	p->at += length;
	return true;
}

static bool
at_digit(const Parser *p)
{
	return p->at < p->end && *p->at >= '0' && *p->at <= '9';
}

/*
 * Read digits as a number of at most "most".
 */
static SegStatus
take_number(Parser *p, int64_t most, const char *what, int64_t *number)
{
	*number = 0;
	if (!at_digit(p))
		return expected(p, what);
	for (; at_digit(p); p->at++)
	{
		if (*number > (most - (*p->at - '0')) / 10)
			return expected(p, what);
		*number = *number * 10 + (*p->at - '0');
	}
	return SEG_OK;
}

/*
 * Read seconds, with or without a fraction, as microseconds.
 */
static SegStatus
take_seconds(Parser *p, int64_t *span)
{
	static const char what[] = "a number of seconds";
	int64_t unit = SECOND;

	SEG_TRY(take_number(p, INT64_MAX / SECOND - 1, what, span));
	*span *= SECOND;
	if (!sequence_pattern_take(p, "."))
		return SEG_OK;
	if (!at_digit(p))
		return expected(p, what);
	for (int i = 0; at_digit(p); p->at++, i++)
	{
		if (i == DIGITS)
			return expected(p, "no more than six decimals");
		unit /= 10;
		*span += unit * (*p->at - '0');
	}
	return SEG_OK;
}

static void
clear_gap(Parser *p)
{
	p->gap = (SegPatternEvent){0, true, 0, INT64_MAX};
	p->has_time = false;
}

static void
narrow_gap(Parser *p, int64_t least, int64_t most)
{
	p->gap.is_adjacent = false;
	if (least > p->gap.least)
		p->gap.least = least;
	if (most < p->gap.most)
		p->gap.most = most;
}

/*
 * After "(?t".
 */
static SegStatus
sequence_pattern_take_time(Parser *p)
{
	static const char *const operators[] = {"<=", ">=", "==", "<", ">", NULL};
	int64_t span;
	int op = 0;

	if (p->n == 0)
		return expected(p, "an event before the time condition");
	while (operators[op] != NULL && !sequence_pattern_take(p, operators[op]))
		op++;
	if (operators[op] == NULL)
		return expected(p, "one of <, <=, ==, >=, >");
	SEG_TRY(take_seconds(p, &span));
	switch (op)
	{
		case 0:
			narrow_gap(p, 0, span);
			break;
		case 1:
			narrow_gap(p, span, INT64_MAX);
			break;
		case 2:
			narrow_gap(p, span, span);
			break;
		case 3:
			narrow_gap(p, 0, span - 1);
			break;
		default:
			narrow_gap(p, span + 1, INT64_MAX);
			break;
	}
	p->has_time = true;
	return sequence_pattern_take(p, ")")
	           ? SEG_OK
	           : expected(p, "a closing parenthesis after the seconds");
}

static void
sequence_pattern_add_event(Parser *p, int64_t condition)
{
	p->gap.condition = condition;
	p->event[p->n++] = p->gap;
	clear_gap(p);
}

/*
 * After "(?".
 */
static SegStatus
take_condition(Parser *p)
{
	int64_t condition;

	SEG_TRY(take_number(p,
	                    SEG_STEPS_MAX,
	                    "the number of a condition, or t",
	                    &condition));
	if (condition < 1 || condition > p->conditions)
		return seg_fail_range(p->env,
		                      SEG_ARGUMENT_RANGE,
		                      "condition in the pattern",
		                      (double) condition,
		                      1,
		                      (double) p->conditions);
	sequence_pattern_add_event(p, condition);
	return sequence_pattern_take(p, ")") ? SEG_OK
	                                     : expected(p, "a closing parenthesis");
}

SegStatus
seg_pattern_parse(SegEnv *env, SegText text, int64_t conditions,
                  SegPattern *result)
{
	Parser p = {.env = env,
	            .begin = text.bytes,
	            .at = text.bytes,
	            .end = text.bytes + text.length,
	            .conditions = conditions};

	SEG_ALLOC(env, p.event, text.length + 1);
	clear_gap(&p);
	while (p.at < p.end)
	{
		if (sequence_pattern_take(&p, "(?t"))
			SEG_TRY(sequence_pattern_take_time(&p));
		else if (sequence_pattern_take(&p, "(?"))
			SEG_TRY(take_condition(&p));
		else if (sequence_pattern_take(&p, ".*"))
			p.gap.is_adjacent = false;
		else if (sequence_pattern_take(&p, "."))
			sequence_pattern_add_event(&p, 0);
		else
			return expected(&p, "(?N), (?t...), . or .*");
	}
	if (p.n == 0)
	{
		p.at = p.begin; /* from there on there are gaps at most */
		return expected(&p, "an event, (?N) or .,");
	}
	if (p.has_time)
		return expected(&p, "an event after the time condition");
	*result = (SegPattern){p.event, p.n};
	return SEG_OK;
}
