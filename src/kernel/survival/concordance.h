/*-------------------------------------------------------------------------
 *
 * concordance.h
 *	  Harrell's C: how often the user with the higher score has the event first.
 *
 * src/kernel/survival/concordance.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CONCORDANCE_H
#define SEG_KERNEL_CONCORDANCE_H

#include "base/env.h"
#include "base/radix_sort.h"

/* Pairs of rows for which it is known who had the event first. */
typedef struct SegConcordance
{
	int64_t concordant; /* the one with the higher score */
	int64_t discordant; /* the one with the lower score */
	int64_t tied;       /* scores are equal */
} SegConcordance;

/*
 * Rows come by descending time, in any order where times are equal.  items and
 * scratch are room for n items each.
 */
extern SegStatus
seg_concordance(SegEnv *env, int64_t n, const double *times,
                const char *is_event, const double *scores, SegRadixItem *items,
                SegRadixItem *scratch, SegConcordance *result);

/* Share of concordant pairs, a tie counting half; 0.5 if there are no pairs. */
extern double seg_concordance_index(const SegConcordance *pairs);

#endif /* SEG_KERNEL_CONCORDANCE_H */
