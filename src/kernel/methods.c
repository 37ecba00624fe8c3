/*-------------------------------------------------------------------------
 *
 * methods.c
 *	  Every kind of model and summary there is.
 *
 * src/kernel/methods.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/methods.h"

#include <string.h>

#include "kernel/cf.h"
#include "kernel/kmeans.h"
#include "kernel/kmeans_elbow.h"
#include "kernel/rfm.h"
#include "kernel/tier.h"
#include "kernel/tier_transition.h"

static const SegMethod *const methods[] = {
	&seg_kmeans_method,
	&seg_kmeans_elbow_method,
	&seg_tier_method,
	&seg_tier_transition_method,
	&seg_rfm_method,
	&seg_cf_method,
};

#define N_METHODS (sizeof(methods) / sizeof(methods[0]))

const SegMethod *
seg_method_by_tag(uint16_t tag)
{
	for (size_t i = 0; i < N_METHODS; i++)
	{
		if (methods[i]->tag == tag)
			return methods[i];
	}
	return NULL;
}

const SegMethod *
seg_method_by_name(const char *name)
{
	for (size_t i = 0; i < N_METHODS; i++)
	{
		if (strcmp(methods[i]->name, name) == 0)
			return methods[i];
	}
	return NULL;
}
