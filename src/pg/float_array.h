/*-------------------------------------------------------------------------
 *
 * float_array.h
 *	  An argument that is a list of numbers.
 *
 * src/pg/float_array.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_FLOAT_ARRAY_H
#define SEGMENT_PG_FLOAT_ARRAY_H

#include "pg/segment_pg.h"

typedef struct FloatArray
{
	const double *x;
	int n;
} FloatArray;

/* A list without NULLs, not NULL itself; what: its name. */
extern FloatArray
float_array_argument(FunctionCallInfo fcinfo, int argno, const char *what);

#endif /* SEGMENT_PG_FLOAT_ARRAY_H */
