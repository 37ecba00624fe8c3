/*-------------------------------------------------------------------------
 *
 * paretonbd.h
 *	  The Pareto/NBD model of repeat purchases: training and scoring.
 *
 * src/kernel/lifetime/paretonbd.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PARETONBD_H
#define SEG_KERNEL_PARETONBD_H

#include "kernel/lifetime/purchases.h"

/* Purchase rates and rates of leaving have gamma distributions. */
typedef struct SegParetonbd
{
	double r;           /* shape of the purchase rates */
	double alpha;       /* their inverse scale, a time */
	double s;           /* shape of the rates of leaving */
	double beta;        /* their inverse scale */
	double r_std_error; /* missing, like the others, unless converged */
	double alpha_std_error;
	double s_std_error;
	double beta_std_error;
	SegFit fit;
	SegText options;
} SegParetonbd;

extern const SegMethod seg_paretonbd_method;
extern const SegTrainer seg_paretonbd_trainer;
extern const SegLikelihood seg_paretonbd_likelihood;

extern SegStatus
seg_paretonbd_train(SegEnv *env, SegRows *rows, const SegFitParams *params,
                    SegParetonbd *model);
extern double
seg_paretonbd_p_alive(const SegParetonbd *model, const double *customer);

/* Purchases expected within a time from a customer who is still there. */
extern double
seg_paretonbd_purchases_if_alive(const SegParetonbd *model,
                                 const double *customer, double horizon);

#endif /* SEG_KERNEL_PARETONBD_H */
