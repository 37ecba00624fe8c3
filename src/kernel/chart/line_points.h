/*-------------------------------------------------------------------------
 *
 * line_points.h
 *	  Points of lines as a chart shows them: in order, of the largest series.
 *
 * src/kernel/chart/line_points.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINE_POINTS_H
#define SEG_KERNEL_LINE_POINTS_H

#include "base/count_map.h"
#include "base/wide.h"
#include "draw/chart.h"

/* What an x is: a number, a time on a clock, or one of UTC. */
typedef enum SegLineX
{
	SEG_LINE_X_NUMBER,
	SEG_LINE_X_CLOCK,
	SEG_LINE_X_UTC
} SegLineX;

/*
 * The words of a key, which is the pair of an x and a series. rows: those with a
 * value; 0: the line has a gap here. What has an interval is no sum, and so has no
 * remainder.
 */
typedef struct SegLineSum
{
	double y;
	union
	{
		double rest; /* of a sum, see SegWide */
		double low;  /* of the interval; missing: there is none */
	};
	double high;
	double marks;
	int64_t rows;
} SegLineSum;

#define SEG_LINE_WIDTH ((int64_t) (sizeof(SegLineSum) / sizeof(int64_t)))

/* The first part of a key. */
#define SEG_LINE_X_BYTES ((int64_t) sizeof(double) + 1)

extern void seg_line_x_key(SegLineX kind, double x, char key[SEG_LINE_X_BYTES]);

extern void seg_line_merge(SegLineSum *into, const SegLineSum *from);

/* What charts of lines differ in. */
typedef struct SegLineKind
{
	const char *name;
	bool has_interval; /* then an x and a series have one row */
	bool is_survival;
} SegLineKind;

typedef struct SegLinePoint
{
	double x;
	double y; /* missing: a gap */
	double low;
	double high;
	double marks;
} SegLinePoint;

typedef struct SegLine
{
	SegText name;
	SegLinePoint *points; /* the first and the last are no gaps */
	int64_t n;
} SegLine;

typedef struct SegLines
{
	int64_t count; /* 0: nothing is shown */
	SegLine lines[SEG_SERIES_MOST];
	int64_t hidden; /* series that are not shown */
	bool is_time;
} SegLines;

/* Read a clock that goes by some time zone. */
typedef double (*SegLineClock)(double utc);

extern SegStatus
seg_lines_read(SegEnv *env, const SegLineKind *kind, const SegTexts *first,
               const SegCountMap *sums, SegLineClock clock, SegLines *lines);

#endif /* SEG_KERNEL_LINE_POINTS_H */
