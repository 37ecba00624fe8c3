/*-------------------------------------------------------------------------
 *
 * axis.h
 *	  Axes of numbers, equal in differences or in ratios, and of time.
 *
 * Times are microseconds since 2000-01-01, in whatever time zone the caller reads
 * its clock.
 *
 * src/draw/axis.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_AXIS_H
#define SEG_DRAW_AXIS_H

#include <stdbool.h>

#include "draw/ticks.h"

typedef enum SegAxisKind
{
	SEG_AXIS_NUMBERS,
	SEG_AXIS_LOG, /* of numbers above 0 */
	SEG_AXIS_TIME
} SegAxisKind;

#define SEG_AXIS_MOST_TICKS 32

typedef struct SegAxisTick
{
	double value;
	int64_t length; /* of the text */
	char text[SEG_MAX_DIGITS];
} SegAxisTick;

/* Set kind and style, then the range, then the pixels of its ends, then ticks. */
typedef struct SegAxis
{
	SegAxisKind kind;
	SegNumberStyle style; /* of numbers */
	bool is_whole;        /* numbers are whole: no ticks between them */
	SegScale scale;       /* of a SEG_AXIS_LOG: of logarithms */
	double most_width;    /* of the text of a tick; 0: any */
	int64_t count;
	SegAxisTick ticks[SEG_AXIS_MOST_TICKS];
} SegAxis;

/* The range is widened where it has no width. */
extern void seg_axis_set_range(SegAxis *axis, double low, double high);

/* Ticks at round values, as many as fit beside, or above, each other. */
extern void seg_axis_set_ticks_across(SegAxis *axis);
extern void seg_axis_set_ticks_up(SegAxis *axis);

extern double seg_axis_place(const SegAxis *axis, double value);

/* The width of the widest text of a tick. */
extern double seg_axis_widest(const SegAxis *axis);

/* A value in full, into SEG_MAX_DIGITS bytes; returns its length. */
extern int64_t seg_axis_print(const SegAxis *axis, double value, char *text);

#endif /* SEG_DRAW_AXIS_H */
