/*-------------------------------------------------------------------------
 *
 * encoding.h
 *	  Texts in UTF-8, as models keep their ids, and in the database's encoding.
 *
 * src/pg/encoding.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ENCODING_H
#define SEGMENT_PG_ENCODING_H

#include "base/text.h"

/*
 * Are the database's texts kept as they are? They are in UTF-8, and in
 * encodings that cannot be converted to it.
 */
extern bool encoding_is_kept(void);

/*
 * The text itself if nothing changes; otherwise a copy in the current context.
 */
extern SegText text_to_utf8(SegText text);
extern SegText text_from_utf8(SegText text);

#endif /* SEGMENT_PG_ENCODING_H */
