/*-------------------------------------------------------------------------
 *
 * histogram_svg_fmgr.c
 *	  SQL face of histograms: histogram_svg.
 *
 * src/fmgr/chart/histogram_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/chart/bin_state.h"
#include "kernel/chart/histogram.h"

PG_FUNCTION_INFO_V1(segment_histogram_svg_combine);
PG_FUNCTION_INFO_V1(segment_histogram_svg_final);

/* clang-format off */
BIN_TRANSITION(histogram_svg, .kind = SEG_BINS_HISTOGRAM, .numbers = 1)
BIN_TRANSITION(histogram_svg_text, .kind = SEG_BINS_HISTOGRAM, .numbers = 1,
               .has_series = true, .series = LABEL_IS_TEXT)
BIN_TRANSITION(histogram_svg_bigint, .kind = SEG_BINS_HISTOGRAM, .numbers = 1,
               .has_series = true, .series = LABEL_IS_BIGINT)
/* clang-format on */

Datum
segment_histogram_svg_combine(PG_FUNCTION_ARGS)
{
	return bin_state_combine(fcinfo, SEG_BINS_HISTOGRAM);
}

Datum
segment_histogram_svg_final(PG_FUNCTION_ARGS)
{
	return bin_state_final(fcinfo, SEG_BINS_HISTOGRAM, seg_histogram_draw);
}
