/*-------------------------------------------------------------------------
 *
 * segment_fmgr.c
 *	  The module itself: magic block, settings, kinds of models, version.
 *
 * src/fmgr/model/segment_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "kernel/model/methods.h"
#include "pg/model.h"
#include "pg/trainer_pg.h"

PG_MODULE_MAGIC_EXT(.name = "segment", .version = SEGMENT_VERSION);

PG_FUNCTION_INFO_V1(segment_version);

extern PGDLLEXPORT void _PG_init(void);

void
_PG_init(void)
{
	segment_define_settings();
	model_use_methods(seg_methods);
	trainer_use_preparer(seg_methods_preparer);
}

/*
 * Version of the library, which may be newer than the installed SQL objects.
 */
Datum
segment_version(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	PG_RETURN_TEXT_P(cstring_to_text(SEGMENT_VERSION));
}
