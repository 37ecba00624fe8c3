/*-------------------------------------------------------------------------
 *
 * control.h
 *	  An argument that names the control of an experiment.
 *
 * src/fmgr/experiment/control.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CONTROL_H
#define SEGMENT_FMGR_CONTROL_H

#include "base/text.h"
#include "pg/segment_pg.h"

/* The number of a variant; by default, NULL, the first one. */
extern int64
control_argument(FunctionCallInfo fcinfo, int argno, const SegTexts *names);

#endif /* SEGMENT_FMGR_CONTROL_H */
