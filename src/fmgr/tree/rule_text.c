/*-------------------------------------------------------------------------
 *
 * rule_text.c
 *	  Conditions on elements as text.
 *
 * src/fmgr/tree/rule_text.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "common/shortest_dec.h"

#include "fmgr/tree/rule_text.h"

void
rule_append(StringInfo rule, const SegTexts *names, int64 element,
            const char *says)
{
	if (rule->len > 0)
		appendStringInfoString(rule, " and ");
	if (names->count > 0)
	{
		SegText name = seg_texts_get(names, element);

		appendBinaryStringInfo(rule, name.bytes, (int) name.length);
	}
	else
		appendStringInfo(rule, "v[" INT64_FORMAT "]", element + 1);
	appendStringInfo(rule, " %s", says);
}

void
rule_append_bound(StringInfo rule, const SegTexts *names, int64 element,
                  const char *comparison, double bound)
{
	char number[DOUBLE_SHORTEST_DECIMAL_LEN];

	if (isinf(bound))
		return;
	double_to_shortest_decimal_buf(bound, number);
	rule_append(rule, names, element, comparison);
	appendStringInfo(rule, " %s", number);
}
