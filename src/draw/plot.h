/*-------------------------------------------------------------------------
 *
 * plot.h
 *	  The frame of a chart with an axis of x below and one of y at the left.
 *
 * src/draw/plot.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_DRAW_PLOT_H
#define SEG_DRAW_PLOT_H

#include "draw/axis.h"
#include "draw/chart.h"

typedef struct SegPlot
{
	SegChart chart;
	SegAxis x;
	SegAxis y;
	SegBox box;
	int64_t panels;  /* of the box, above each other; 0: it is one */
	double right;    /* room for labels beside the box */
	int64_t skipped; /* rows of the query with a NULL */
	SegText note;    /* what else is not shown; may be empty */
} SegPlot;

/* The kinds and styles of both axes from the options; x is time where it is so. */
extern void seg_plot_init(SegPlot *plot, bool x_is_time);

/*
 * Place the box and the ticks; before: seg_chart_measure, seg_plot_init, the ranges
 * of both axes, and what is to be right of the box.
 */
extern void seg_plot_measure(SegPlot *plot);

/* The box of a panel below a line for its name; y is then placed in it. */
extern SegBox seg_plot_panel(SegPlot *plot, int64_t panel);

extern double seg_plot_x(const SegPlot *plot, double value);
extern double seg_plot_y(const SegPlot *plot, double value);

/* Write all that lies below the marks, and what is left at the end. */
extern SegStatus seg_plot_begin(SegPlot *plot, SegText description);
extern SegStatus seg_plot_end(SegPlot *plot, SegText *svg);

#endif /* SEG_DRAW_PLOT_H */
