/*-------------------------------------------------------------------------
 *
 * lifetime.h
 *	  What the aggregates that fit models of customers have in common.
 *
 * src/fmgr/lifetime/lifetime.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_LIFETIME_H
#define SEGMENT_FMGR_LIFETIME_H

#include "kernel/lifetime/fit.h"
#include "pg/training.h"

/*
 * Is a row as it must be, and does it count?  The words for a failure are those
 * of error_words.h.
 */
typedef SegStatus (*LifetimeCheck)(SegEnv *env, const double *row,
                                   bool *counts);

/*
 * Reads a row from the arguments, from 1 on, and checks it; false if one of them
 * is NULL.
 */
typedef bool (*LifetimeRead)(FunctionCallInfo fcinfo, double *row);

/* The arguments of a transition function. */
typedef struct LifetimeArguments
{
	int columns;
	int weight_at;  /* 0: there is no such argument */
	int options_at; /* the same; the last one */

	/* one of the two; with check, columns are arguments of type float8 */
	LifetimeCheck check;
	LifetimeRead read;
} LifetimeArguments;

typedef struct LifetimeState
{
	TrainingRows training;
	const SegFitParams *options;
} LifetimeState;

extern Datum
lifetime_trans(FunctionCallInfo fcinfo, const LifetimeArguments *arguments);

/*
 * Warnings, each given once in a query: one may fit a model to each of a million
 * groups.  What became of a fit stands in its model.
 */
typedef enum LifetimeWarning
{
	LIFETIME_NOT_CONVERGED,
	LIFETIME_CORRELATED
} LifetimeWarning;

extern bool lifetime_is_first(FunctionCallInfo fcinfo, LifetimeWarning warning);
extern void
lifetime_warn(FunctionCallInfo fcinfo, const SegFit *fit, const char *title);

/* Arguments from first on as a row for scoring, which must count. */
extern void lifetime_arguments(FunctionCallInfo fcinfo, int first, int columns,
                               LifetimeCheck check, double *row);

#endif /* SEGMENT_FMGR_LIFETIME_H */
