/*-------------------------------------------------------------------------
 *
 * clv.h
 *	  Customer lifetime value, from a model of purchases and one of spend.
 *
 * src/kernel/lifetime/clv.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CLV_H
#define SEG_KERNEL_CLV_H

#include "kernel/lifetime/gamma_gamma.h"

#define SEG_CLV_MAX_PERIODS 10000

/* Is it a model of purchases? */
extern bool seg_clv_takes(const SegMethod *method);

typedef struct SegClvTerms
{
	double horizon;       /* in the model's time unit, like period */
	double discount_rate; /* per period */
	double period;
} SegClvTerms;

/* Who buys, and what is spent. */
typedef struct SegClvModels
{
	const SegMethod *method; /* of purchases, one that seg_clv_takes */
	const void *purchases;
	const SegGammaGamma *spend;
} SegClvModels;

/*
 * customer is a row of purchases.h, spending one of gamma_gamma.h; *is_known is
 * false if expected spend is infinite.
 */
extern SegStatus
seg_clv(SegEnv *env, const SegClvModels *models, const double *customer,
        const double *spending, const SegClvTerms *terms, double *value,
        bool *is_known);

#endif /* SEG_KERNEL_CLV_H */
