/*-------------------------------------------------------------------------
 *
 * assignment.h
 *	  Match two sets one to one at the lowest total cost.
 *
 * src/base/assignment.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_ASSIGNMENT_H
#define SEG_BASE_ASSIGNMENT_H

#include "base/env.h"

/*
 * cost is rows * columns finite numbers, row by row, rows <= columns; column_of
 * gets the column of each row.
 */
extern SegStatus seg_assignment(SegEnv *env, const double *cost, int64_t rows,
                                int64_t columns, int64_t *column_of);

#endif /* SEG_BASE_ASSIGNMENT_H */
