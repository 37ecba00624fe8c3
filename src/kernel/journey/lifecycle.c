/*-------------------------------------------------------------------------
 *
 * lifecycle.c
 *	  Is a user new, returning, resurrecting or dormant?
 *
 * src/kernel/journey/lifecycle.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/lifecycle.h"

#include <stddef.h>

const char *
seg_lifecycle(int64_t active)
{
	if (active == 0)
		return NULL;
	if (!(active & SEG_ACTIVE_CURRENT))
		return "dormant";
	if (active & SEG_ACTIVE_PREVIOUS)
		return "returning";
	return active & SEG_ACTIVE_EARLIER ? "resurrecting" : "new";
}
