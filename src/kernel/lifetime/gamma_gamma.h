/*-------------------------------------------------------------------------
 *
 * gamma_gamma.h
 *	  The gamma-gamma model of spend per purchase: training and scoring.
 *
 * src/kernel/lifetime/gamma_gamma.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_GAMMA_GAMMA_H
#define SEG_KERNEL_GAMMA_GAMMA_H

#include "kernel/lifetime/fit.h"

/* Columns of a row; in training its weight follows. */
enum
{
	SEG_SPEND_FREQUENCY, /* purchases in the mean: a whole number */
	SEG_SPEND_MEAN,      /* spend per purchase */
	SEG_SPEND_COLUMNS
};

/* If frequency and spend correlate more, the model's assumption fails. */
#define SEG_SPEND_CORRELATION 0.3

/* Spend has a gamma distribution of shape p, its rate one of q and v. */
typedef struct SegGammaGamma
{
	double p;
	double q;
	double v;           /* in the unit of spend */
	double p_std_error; /* missing, like the others, unless converged */
	double q_std_error;
	double v_std_error;
	double correlation; /* of frequency and spend; missing if one is constant */
	SegFit fit;
	int64_t rows_without_spend; /* with purchases; skipped */
} SegGammaGamma;

extern const SegMethod seg_gamma_gamma_method;
extern const SegTrainer seg_gamma_gamma_trainer;
extern const SegLikelihood seg_gamma_gamma_likelihood;

extern SegStatus
seg_gamma_gamma_train(SegEnv *env, SegRows *rows, SegGammaGamma *model);

/* Validate a row; it counts if something was bought and paid. */
extern SegStatus seg_gamma_gamma_check(SegEnv *env, double *row, bool *counts);

/*
 * Expected spend per purchase; without purchases, that of all customers.  Spend
 * below 0 is taken as 0.  False: there is none, as it would be infinite.
 */
extern bool seg_gamma_gamma_expected(const SegGammaGamma *model,
                                     const double *row, double *mean);

#endif /* SEG_KERNEL_GAMMA_GAMMA_H */
