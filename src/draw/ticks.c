/*-------------------------------------------------------------------------
 *
 * ticks.c
 *	  Round numbers along an axis.
 *
 * src/draw/ticks.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/ticks.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* A range narrower than this part of its numbers would show how they are rounded. */
#define NARROWEST 0x1p-40

#define SMALLEST 1e-300 /* a wider range than this is shown */

static double
step_size(const SegTicks *ticks)
{
	return seg_scale_by_tens((double) ticks->step, ticks->exponent);
}

static void
next_coarser(SegTicks *ticks)
{
	if (ticks->step == 5)
		ticks->exponent++;
	ticks->step = ticks->step == 1 ? 2 : ticks->step == 2 ? 5 : 1;
}

SegTicks
seg_ticks(double low, double high, int64_t most)
{
	SegTicks ticks = {.step = 1};

	/* halves: the range itself may be beyond a double */
	ticks.exponent =
		(int) floor(log10((high / 2 - low / 2) / (double) most)) - 1;
	for (;;)
	{
		double step = step_size(&ticks);
		double first = ceil(low / step);
		double last = floor(high / step);

		if (last - first < (double) most)
		{
			ticks.first = (int64_t) first;
			ticks.last = (int64_t) last;
			return ticks;
		}
		next_coarser(&ticks);
	}
}

double
seg_tick_value(const SegTicks *ticks, int64_t i)
{
	return seg_scale_by_tens((double) (i * ticks->step), ticks->exponent);
}

int64_t
seg_tick_print(const SegTicks *ticks, int64_t i, const SegNumberStyle *style,
               char *text)
{
	return seg_print_decimal(i * ticks->step, ticks->exponent, style, text);
}

void
seg_scale_set_range(SegScale *scale, double low, double high)
{
	double size = fmax(fabs(low), fabs(high));
	double least = fmax(size * NARROWEST, SMALLEST);
	bool is_narrow = high / 2 - low / 2 < least;

	scale->low = is_narrow ? fmax(low - least, -DBL_MAX) : low;
	scale->high = is_narrow ? fmin(high + least, DBL_MAX) : high;
}

double
seg_scale_place(const SegScale *scale, double x)
{
	double share =
		(x / 2 - scale->low / 2) / (scale->high / 2 - scale->low / 2);

	return scale->from + (scale->to - scale->from) * share;
}
