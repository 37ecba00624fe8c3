/*-------------------------------------------------------------------------
 *
 * guc.c
 *	  The settings.  None of them changes a result.
 *
 * src/pg/guc.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <limits.h>

#include "utils/guc.h"

#include "pg/segment_pg.h"

int segment_training_memory = 256 * 1024;
int segment_max_model_size = 64 * 1024;
bool segment_progress = false;

void
segment_define_settings(void)
{
	DefineCustomIntVariable("segment.training_memory",
	                        "Memory that collected training rows may take in one session.",
	                        "It bounds the sum over all groups that are being trained; rows beyond "
	                        "it go to temporary files. The model does not depend on it.",
	                        &segment_training_memory,
	                        256 * 1024,
	                        1024,
	                        MAX_KILOBYTES,
	                        PGC_USERSET,
	                        GUC_UNIT_KB,
	                        NULL,
	                        NULL,
	                        NULL);
	DefineCustomIntVariable("segment.max_model_size",
	                        "Largest model value that training may return.",
	                        NULL,
	                        &segment_max_model_size,
	                        64 * 1024,
	                        1,
	                        512 * 1024,
	                        PGC_USERSET,
	                        GUC_UNIT_KB,
	                        NULL,
	                        NULL,
	                        NULL);
	DefineCustomBoolVariable("segment.progress",
	                         "Reports the progress of long training runs.",
	                         "Sends a NOTICE about once a second.",
	                         &segment_progress,
	                         false,
	                         PGC_USERSET,
	                         0,
	                         NULL,
	                         NULL,
	                         NULL);
	MarkGUCPrefixReserved("segment");
}
