/*-------------------------------------------------------------------------
 *
 * group_values_state.h
 *	  The state of aggregates that count the values of groups.
 *
 * src/fmgr/experiment/group_values_state.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_GROUP_VALUES_STATE_H
#define SEGMENT_FMGR_GROUP_VALUES_STATE_H

#include "kernel/experiment/group_values.h"
#include "pg/count_state.h"

/* The map in argument 0 of a final function. */
extern const SegCountMap *group_values_argument(FunctionCallInfo fcinfo);

#endif /* SEGMENT_FMGR_GROUP_VALUES_STATE_H */
