/*-------------------------------------------------------------------------
 *
 * matrix_result.h
 *	  A matrix of numbers as a result.
 *
 * src/fmgr/prepare/matrix_result.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_MATRIX_RESULT_H
#define SEGMENT_FMGR_MATRIX_RESULT_H

#include "pg/segment_pg.h"

/* A float8[][], row by row; missing numbers are NULL. */
extern Datum matrix_result(const double *x, int rows, int columns);

#endif /* SEGMENT_FMGR_MATRIX_RESULT_H */
