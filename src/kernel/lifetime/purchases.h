/*-------------------------------------------------------------------------
 *
 * purchases.h
 *	  What the models of purchases have in common: a customer's history, and the
 *	  two ways it may have come about.
 *
 * src/kernel/lifetime/purchases.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PURCHASES_H
#define SEG_KERNEL_PURCHASES_H

#include "kernel/lifetime/fit.h"

/* Columns of a row; in training its weight follows. */
enum
{
	SEG_FREQUENCY, /* repeat purchases: a whole number */
	SEG_RECENCY,   /* time of the last one, since the first purchase */
	SEG_AGE,       /* time for which the customer was watched, since then */
	SEG_PURCHASE_COLUMNS
};

/* Can a customer have such a history? */
extern SegStatus
seg_purchases_check(SegEnv *env, double *customer, bool *counts);

/*
 * Repeat purchases at the very time of the first one: where a model lets rates
 * and leaving differ without limit, the likelihood of that has none.
 */
extern bool seg_purchases_are_at_once(const double *customer);

#define SEG_PURCHASE_PARAMETERS 4

/* The first two parameters are those of the gamma distribution of rates. */
enum
{
	SEG_RATE_SHAPE, /* r */
	SEG_RATE_SCALE  /* alpha, an inverse scale */
};

/* Starting point: a shape, and the scale that makes the mean rate right. */
extern void
seg_purchases_start(const double *means, double shape, double *parameters);

/* Minus (r + x) log(1 + time / alpha): no other purchase until then. */
extern SegDerivatives
seg_purchases_silence(const double *parameters, double x, double time);

/*
 * What a model adds to the rates: the log-likelihood of a customer who is still
 * there, of one who has left (minus infinity: impossible), and what depends on
 * the frequency alone (may be NULL).
 */
typedef struct SegLeaving
{
	SegDerivatives (*alive)(const double *parameters, const double *row);
	SegDerivatives (*dead)(const double *parameters, const double *row);
	void (*add_count)(const double *parameters, double x, double weight,
	                  SegDerivatives *sum);
} SegLeaving;

/* Add the log-likelihood of rows, which are sorted by frequency. */
extern void
seg_purchases_add(const SegLeaving *leaving, const double *parameters,
                  const double *rows, int64_t n, SegDerivatives *sum);

/* 1 / (1 + exp(log_odds)) */
extern double seg_purchases_alive(double log_odds);

/* Log-likelihood in the unit of the rows, from that in the unit of the fit. */
extern SegStatus
seg_purchases_finish(SegEnv *env, SegFit *fit, const SegEstimates *estimates);

#endif /* SEG_KERNEL_PURCHASES_H */
