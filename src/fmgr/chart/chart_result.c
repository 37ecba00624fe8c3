/*-------------------------------------------------------------------------
 *
 * chart_result.c
 *	  What the functions that draw return.
 *
 * Every chart leaves through here, so that tests can look at all of them: the build
 * with checks (SANITIZE=1) refuses one that is not well-formed XML.
 *
 * src/fmgr/chart/chart_result.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "fmgr/chart/chart_result.h"
#include "pg/encoding.h"
#include "pg/results.h"

#if defined(SEGMENT_CHECKED) && defined(USE_LIBXML)
#define IS_CHECKED true
#else
#define IS_CHECKED false
#endif

Datum
chart_result(SegText svg)
{
	Datum result = result_text(text_from_utf8(svg));

	if (IS_CHECKED &&
	    !DatumGetBool(DirectFunctionCall1(xml_is_well_formed_document, result)))
		elog(ERROR, "chart is not well-formed XML");
	return result;
}
