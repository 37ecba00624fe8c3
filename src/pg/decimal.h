/*-------------------------------------------------------------------------
 *
 * decimal.h
 *	  A numeric as the nearest double, without a detour through text.
 *
 * src/pg/decimal.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_DECIMAL_H
#define SEGMENT_PG_DECIMAL_H

#include "pg/segment_pg.h"

extern double decimal_to_double(Datum numeric);

#endif /* SEGMENT_PG_DECIMAL_H */
