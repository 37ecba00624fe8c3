/*-------------------------------------------------------------------------
 *
 * label.h
 *	  Labels and ids of several types, treated alike: as the bytes of their
 *	  text.
 *
 * src/pg/label.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_LABEL_H
#define SEGMENT_PG_LABEL_H

#include "base/text.h"
#include "pg/segment_pg.h"

/* How an argument holds a label: a C symbol serves one SQL signature. */
typedef enum LabelArgument
{
	LABEL_IS_BIGINT,
	LABEL_IS_TEXT,
	LABEL_IS_BOOLEAN,
	LABEL_IS_UUID
} LabelArgument;

typedef struct LabelView
{
	SegText text;
	char buffer[24]; /* for a number */
} LabelView;

extern bool label_argument(FunctionCallInfo fcinfo, int argno,
                           LabelArgument type, LabelView *view);

#endif /* SEGMENT_PG_LABEL_H */
