/*-------------------------------------------------------------------------
 *
 * cox_likelihood.h
 *	  Partial likelihood of a Cox regression, with its derivatives.
 *
 * src/kernel/survival/cox_likelihood.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_COX_LIKELIHOOD_H
#define SEG_KERNEL_COX_LIKELIHOOD_H

#include "base/climb.h"
#include "kernel/survival/cox.h"
#include "kernel/survival/cox_rows.h"

/* The rows, and what the last pass over them left. */
typedef struct SegCoxLikelihood
{
	const SegCoxRows *rows;
	SegCoxTies ties;
	double *linear;  /* n: of each row, x' coefficients */
	double *hazards; /* event_times: hazard from one to the next, descending,
	                  * where x is 0 */

	/* those at risk: weights are exp(linear - shift) */
	double shift;
	double weight;  /* sum */
	double *mean;   /* dim: weighted */
	double *spread; /* dim * dim, lower triangle: weighted squares and products
	                 * about the mean */

	/* those of them who have the event at one time */
	double tied_weight;  /* sum */
	double *tied_sum;    /* dim: weighted, about the mean */
	double *tied_spread; /* dim * dim */
	double *gap;         /* dim: of one row from the mean */
	int64_t steps;       /* multiplications since we asked whether to stop */
} SegCoxLikelihood;

extern SegStatus seg_cox_likelihood(SegEnv *env, const SegCoxRows *rows,
                                    SegCoxTies ties, SegCoxLikelihood *result);

/* One pass over the rows, for a climb: context is a SegCoxLikelihood. */
extern SegStatus seg_cox_evaluate(SegEnv *env, void *context,
                                  const double *coefficients, SegHeight *fit);

#endif /* SEG_KERNEL_COX_LIKELIHOOD_H */
