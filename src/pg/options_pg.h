/*-------------------------------------------------------------------------
 *
 * options_pg.h
 *	  A method's options from jsonb, and back as the text that a model stores.
 *
 * src/pg/options_pg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_OPTIONS_H
#define SEGMENT_PG_OPTIONS_H

#include "base/options.h"
#include "pg/segment_pg.h"

extern void
options_from_jsonb(const SegOption *table, Datum jsonb, void *params);
/* The word given for an option, as its number; by default the initial one. */
extern int options_word(const SegOption *option, Datum jsonb);
/* Visit the keys of an object; anything else has none. */
extern void
options_each_key(Datum jsonb, void (*visit)(const char *key, const void *arg),
                 const void *arg);
extern SegText options_to_text(const SegOption *table, const void *params);

#endif /* SEGMENT_PG_OPTIONS_H */
