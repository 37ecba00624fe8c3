/*-------------------------------------------------------------------------
 *
 * chart_options.h
 *	  Options of a chart in the state of its aggregate.
 *
 * src/fmgr/chart/chart_options.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CHART_OPTIONS_H
#define SEGMENT_FMGR_CHART_OPTIONS_H

#include "kernel/chart/cells.h"
#include "pg/segment_pg.h"

/* The options in a jsonb, in UTF-8. */
extern void chart_options_from_jsonb(Datum jsonb, SegChartOptions *options);

/*
 * The key of the options of a row, argument argno; false: there are none, or those of
 * the first row, which cannot change, are kept.
 */
extern bool chart_options_of_row(FunctionCallInfo fcinfo, int argno,
                                 bool is_first, SegText *key);
pg_noreturn extern void chart_options_changed(void);

/* The options in such a key, in UTF-8; bytes NULL: the defaults. */
extern void chart_options_read(SegText key, SegChartOptions *options);

#endif /* SEGMENT_FMGR_CHART_OPTIONS_H */
