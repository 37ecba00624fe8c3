/*-------------------------------------------------------------------------
 *
 * word_argument.h
 *	  An argument that is one of a few words.
 *
 * src/pg/word_argument.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_WORD_ARGUMENT_H
#define SEGMENT_PG_WORD_ARGUMENT_H

#include "pg/segment_pg.h"

/* Its position in a list of words that ends with NULL; what: its name. */
extern int word_argument(FunctionCallInfo fcinfo, int argno, const char *what,
                         const char *const *words);

#endif /* SEGMENT_PG_WORD_ARGUMENT_H */
