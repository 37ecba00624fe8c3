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

#include "kernel/bgnbd.h"
#include "kernel/cf.h"
#include "kernel/cox.h"
#include "kernel/frequent_sequence.h"
#include "kernel/gamma_gamma.h"
#include "kernel/itemset.h"
#include "kernel/kaplan_meier.h"
#include "kernel/kmeans.h"
#include "kernel/kmeans_elbow.h"
#include "kernel/paretonbd.h"
#include "kernel/rfm.h"
#include "kernel/sbg.h"
#include "kernel/tier.h"
#include "kernel/tier_transition.h"

static const SegMethod *const methods[] = {
	&seg_kmeans_method,
	&seg_kmeans_elbow_method,
	&seg_tier_method,
	&seg_tier_transition_method,
	&seg_rfm_method,
	&seg_kaplan_meier_method,
	&seg_cox_method,
	&seg_bgnbd_method,
	&seg_paretonbd_method,
	&seg_gamma_gamma_method,
	&seg_sbg_method,
	&seg_cf_method,
	&seg_itemset_method,
	&seg_frequent_sequence_method,
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
