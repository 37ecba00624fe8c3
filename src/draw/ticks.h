/*-------------------------------------------------------------------------
 *
 * ticks.h
 *	  Round numbers along an axis.
 *
 * src/draw/ticks.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_TICKS_H
#define SEG_DRAW_TICKS_H

#include "draw/digits.h"

/* Tick i, from first to last, is i * step * 10^exponent; step is 1, 2 or 5. */
typedef struct SegTicks
{
	int64_t first;
	int64_t last;
	int64_t step;
	int exponent;
} SegTicks;

/* The finest ticks within a range of which there are at most so many: 2 or more. */
extern SegTicks seg_ticks(double low, double high, int64_t most);

extern double seg_tick_value(const SegTicks *ticks, int64_t i);
extern int64_t seg_tick_print(const SegTicks *ticks, int64_t i,
                              const SegNumberStyle *style, char *text);

/* An axis: its range, widened where it has no width, and the pixels of its ends. */
typedef struct SegScale
{
	double low;
	double high;
	double from;
	double to;
} SegScale;

extern void seg_scale_set_range(SegScale *scale, double low, double high);

/* Where a number is on the axis. */
extern double seg_scale_place(const SegScale *scale, double x);

#endif /* SEG_DRAW_TICKS_H */
