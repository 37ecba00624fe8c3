/*-------------------------------------------------------------------------
 *
 * bgnbd.h
 *	  The BG/NBD model of repeat purchases: training and scoring.
 *
 * src/kernel/lifetime/bgnbd.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_BGNBD_H
#define SEG_KERNEL_BGNBD_H

#include "kernel/lifetime/purchases.h"

/* Purchase rates have a gamma distribution, chances of leaving a beta one. */
typedef struct SegBgnbd
{
	double r;     /* shape of the rates */
	double alpha; /* their inverse scale, a time */
	double a;
	double b;
	double r_std_error; /* missing, like the others, unless converged */
	double alpha_std_error;
	double a_std_error;
	double b_std_error;
	SegFit fit;
	SegText options;
} SegBgnbd;

extern const SegMethod seg_bgnbd_method;
extern const SegTrainer seg_bgnbd_trainer;
extern const SegLikelihood seg_bgnbd_likelihood;

extern SegStatus seg_bgnbd_train(SegEnv *env, SegRows *rows,
                                 const SegFitParams *params, SegBgnbd *model);
extern double seg_bgnbd_p_alive(const SegBgnbd *model, const double *customer);

/* Purchases expected within a time from a customer who is still there. */
extern double
seg_bgnbd_purchases_if_alive(const SegBgnbd *model, const double *customer,
                             double horizon);

#endif /* SEG_KERNEL_BGNBD_H */
