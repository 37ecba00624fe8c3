/*-------------------------------------------------------------------------
 *
 * sbg.h
 *	  The shifted-beta-geometric model of retention under contract.
 *
 * src/kernel/lifetime/sbg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SBG_H
#define SEG_KERNEL_SBG_H

#include "kernel/lifetime/fit.h"

/* Columns of a row, which is a period ... */
enum
{
	SEG_SBG_PERIOD, /* from 0, a whole number */
	SEG_SBG_ALIVE,  /* customers who are there in it */
	SEG_SBG_COLUMNS
};

/* ... or a contract. */
enum
{
	SEG_CONTRACT_PERIOD, /* the last one seen; if lost, the first one without */
	SEG_CONTRACT_LOST,   /* 0 or 1 */
	SEG_CONTRACT_COLUMNS
};

#define SEG_SBG_MAX_PERIODS 10000
#define SEG_SBG_LAST_PERIOD 2147483647.0

/* Chances of leaving in a period have a beta distribution. */
typedef struct SegSbg
{
	double a;
	double b;
	double a_std_error; /* missing, like the other, unless converged */
	double b_std_error;
	int64_t last_period;
	SegFit fit;
} SegSbg;

extern const SegMethod seg_sbg_method;
extern const SegTrainer seg_sbg_trainer;
extern const SegTrainer seg_sbg_contracts_trainer;
extern const SegLikelihood seg_sbg_likelihood;

extern SegStatus seg_sbg_check(SegEnv *env, double *row, bool *counts);

/* A contract as a row; its duration, in periods, may be fractional. */
extern SegStatus
seg_sbg_contract(SegEnv *env, double duration, bool lost, double *row);

/* Validate a period's number, at least low. */
extern SegStatus seg_sbg_check_period(SegEnv *env, double n, double low);

/* *is_known is false if only the start was seen, or nobody was there. */
extern SegStatus
seg_sbg_train(SegEnv *env, SegRows *rows, SegSbg *model, bool *is_known);

/* The same from contracts. */
extern SegStatus seg_sbg_train_contracts(SegEnv *env, SegRows *rows,
                                         SegSbg *model, bool *is_known);

/* Share of the customers of period n - 1 who are there in n, n >= 1. */
extern double seg_sbg_retention(const SegSbg *model, double n);

/* Share of all customers who are there in period n. */
extern double seg_sbg_survival(const SegSbg *model, double n);

typedef struct SegSbgTerms
{
	double arpu;
	double margin;
	double discount_rate; /* per period */
	double horizon;       /* periods; may be infinite */
} SegSbgTerms;

/*
 * Profit from a customer up to the horizon, discounted, the first period's in full;
 * *is_known is false if it is infinite.
 */
extern SegStatus
seg_sbg_ltv(SegEnv *env, const SegSbg *model, const SegSbgTerms *terms,
            double *value, bool *is_known);

#endif /* SEG_KERNEL_SBG_H */
