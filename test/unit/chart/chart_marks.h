/* chart_marks.h: what is drawn, read back from a chart */
#ifndef CHART_MARKS_H
#define CHART_MARKS_H

#include "draw/svg.h"

/* A rectangle, or a text with the room that it takes. */
typedef struct ChartMark
{
	bool is_text;
	SegBox box;   /* of a text: from its width */
	bool is_data; /* has the color of a series or of a value */
} ChartMark;

/* Those after the style sheet, the paper first; returns how many there are. */
extern int chart_marks(SegText svg, ChartMark *marks, int most);

/* Check that no text lies on another one or leaves the paper. */
extern void chart_check_texts(const ChartMark *marks, int n);

#endif /* CHART_MARKS_H */
