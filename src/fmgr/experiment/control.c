/*-------------------------------------------------------------------------
 *
 * control.c
 *	  An argument that names the control of an experiment.
 *
 * src/fmgr/experiment/control.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/label_order.h"
#include "fmgr/experiment/control.h"
#include "pg/encoding.h"
#include "pg/results.h"

int64
control_argument(FunctionCallInfo fcinfo, int argno, const SegTexts *names)
{
	text *name;
	SegText label;
	int64 control;

	if (PG_ARGISNULL(argno))
		return 0;
	name = PG_GETARG_TEXT_PP(argno);
	label = (SegText){VARDATA_ANY(name), (int64) VARSIZE_ANY_EXHDR(name)};
	control = seg_labels_find(names, text_to_utf8(label));
	if (control < 0)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("there is no variant \"%s\"", text_to_cstring(name)),
		        errdetail("The first variant is \"%s\".",
		                  TextDatumGetCString(result_text(
							  text_from_utf8(seg_texts_get(names, 0))))));
	return control;
}
