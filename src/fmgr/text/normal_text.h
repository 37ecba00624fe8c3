/*-------------------------------------------------------------------------
 *
 * normal_text.h
 *	  Texts as the functions of this family read them: characters in normal
 *	  form (NFKC) and lower case, whatever the locale and the encoding.
 *
 * src/fmgr/text/normal_text.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_NORMAL_TEXT_H
#define SEGMENT_FMGR_NORMAL_TEXT_H

#include "kernel/text/characters.h"
#include "pg/segment_pg.h"

typedef struct NormalText
{
	uint32_t *characters; /* palloc'd */
	int64 n;
} NormalText;

extern NormalText normal_text(SegText text);

#endif /* SEGMENT_FMGR_NORMAL_TEXT_H */
