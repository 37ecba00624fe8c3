/*-------------------------------------------------------------------------
 *
 * bracket.h
 *	  Two numbers between which a rising function passes 0, brought together.
 *
 * The next number to try is where a straight line between both passes 0, by the
 * Illinois method [1]: of an end that stays, only half the distance from 0 counts.
 * If three of them do not halve the distance of both, as where the function has
 * steps, the middle is next.
 *
 * [1] M. Dowell, P. Jarratt, "A Modified Regula Falsi Method for Computing the
 * Root of an Equation", BIT 11, 1971.
 *
 * src/base/bracket.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_BRACKET_H
#define SEG_BASE_BRACKET_H

#include <float.h>
#include <math.h>
#include <stdbool.h>

typedef struct SegBracket
{
	double low;
	double high;
	double at_low;  /* the function there: below 0 */
	double at_high; /* and here: 0 or above, or infinite */
	int side;       /* where the number before was: -1 low, 1 high */
	int steps;      /* since the width below */
	double width;
} SegBracket;

/* Are both as near to each other as doubles can be told apart? */
static inline bool
seg_bracket_is_closed(const SegBracket *b)
{
	return !(b->high - b->low > 2.0 * DBL_EPSILON * fabs(b->high));
}

static inline double
seg_bracket_next(const SegBracket *b)
{
	double width = b->high - b->low;
	double x = b->low + b->at_low / (b->at_low - b->at_high) * width;

	return b->steps < 3 && x > b->low && x < b->high ? x : b->low + 0.5 * width;
}

/* at: the function at x, which is between both. */
static inline void
seg_bracket_narrow(SegBracket *b, double x, double at)
{
	int side = at < 0.0 ? -1 : 1;
	double weight = b->side == side ? 0.5 : 1.0; /* of the end that stays */

	if (side < 0)
	{
		b->low = x;
		b->at_low = at;
		b->at_high *= weight;
	}
	else
	{
		b->high = x;
		b->at_high = at;
		b->at_low *= weight;
	}
	b->side = side;
	b->steps++;
	if (!(b->high - b->low > 0.5 * b->width) || b->steps > 3)
	{
		b->width = b->high - b->low;
		b->steps = 0;
	}
}

#endif /* SEG_BASE_BRACKET_H */
