/*-------------------------------------------------------------------------
 *
 * chart_result.h
 *	  What the functions that draw return.
 *
 * src/fmgr/chart/chart_result.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CHART_RESULT_H
#define SEGMENT_FMGR_CHART_RESULT_H

#include "base/text.h"
#include "pg/segment_pg.h"

extern Datum chart_result(SegText svg);

#endif /* SEGMENT_FMGR_CHART_RESULT_H */
