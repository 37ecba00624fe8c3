/*-------------------------------------------------------------------------
 *
 * rule_text.h
 *	  Conditions on elements as text: "spend > 312 and days_away <= 20".
 *
 * src/fmgr/tree/rule_text.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_RULE_TEXT_H
#define SEGMENT_FMGR_RULE_TEXT_H

#include "lib/stringinfo.h"

#include "base/text.h"
#include "pg/segment_pg.h"

/*
 * Append a condition on an element: its name, or v[3] if it has none, and what is
 * said of it.
 */
extern void rule_append(StringInfo rule, const SegTexts *names, int64 element,
                        const char *says);

/* The same for a comparison with a number; nothing if that is infinite. */
extern void
rule_append_bound(StringInfo rule, const SegTexts *names, int64 element,
                  const char *comparison, double bound);

#endif /* SEGMENT_FMGR_RULE_TEXT_H */
