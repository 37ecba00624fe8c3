/*-------------------------------------------------------------------------
 *
 * fit.h
 *	  Parameters of a distribution by maximum likelihood, from rows.
 *
 * A method supplies its log-likelihood and derivatives; the rest is shared:
 * distinct rows, units, starts, Newton's method, standard errors.
 *
 * src/kernel/lifetime/fit.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FIT_H
#define SEG_KERNEL_FIT_H

#include "base/maximize.h"
#include "base/trainer.h"

#define SEG_MAX_COLUMNS 3

/* Columns hold numbers up to this, so that their products stay finite. */
#define SEG_LARGEST_INPUT 1e100

#define SEG_LARGEST_COUNT 0x1p53

/* Check a number for a column; check a count for one. */
extern SegStatus seg_check_input(SegEnv *env, const char *what, double x);
extern SegStatus seg_check_count(SegEnv *env, const char *what, double x);

/* Limits of a model's parameters; a fit stays well within them. */
#define SEG_SMALLEST_SHAPE 1e-9
#define SEG_LARGEST_SHAPE  1e9
#define SEG_SMALLEST_SCALE 1e-110
#define SEG_LARGEST_SCALE  1e110

/*
 * All parameters are positive.  Derivatives are in their logs: no parameter can
 * leave its range, and the likelihood is closer to a parabola.
 */
typedef struct SegLikelihood
{
	const char *name;                          /* of the model, for users */
	int n;                                     /* parameters */
	const char *parameters[SEG_MAX_VARIABLES]; /* their names */
	bool has_unit; /* columns after the first may be divided by a unit */
	bool is_scale[SEG_MAX_VARIABLES]; /* a parameter is in that unit too */

	/* A starting point, given the means of the columns, in a unit that makes
	 * the last of them 1 (if has_unit); if the search from the first does not
	 * converge, the others are tried too. */
	int starts;
	void (*start)(int which, const double *means, double *parameters);

	/* Add the share of rows (columns, then the weight), which ascend. */
	void (*add)(const double *parameters, const double *rows, int64_t n,
	            SegDerivatives *sum);
} SegLikelihood;

typedef struct SegFitParams
{
	int64_t max_iterations;
	double tolerance;
	int64_t resident_rows; /* not an option: 0, or in tests a few, at least 8 */
} SegFitParams;

extern const SegOption seg_fit_options[];

/* What a model says about its fit. */
typedef struct SegFit
{
	int64_t converged;
	int64_t iterations;
	double log_likelihood;
	double aic;
	double gradient_norm; /* largest derivative in the log of a parameter */
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t rows_without_recency; /* of models of purchases: see purchases.h */
	double weight;                /* of the rows used */
	SegText version;

	/* not stored */
	SegOutcome outcome;
	const char *bound; /* name of the parameter that ran to its limit */
} SegFit;

/* The fields of a SegFit that is the member "fit". */
#define SEG_FIT_FIELD(type, kind, member, min, max) \
	{ \
#member, kind, offsetof(type, fit.member), SEG_NO_COUNT, SEG_NO_COUNT, \
			min, max \
	}
#define SEG_FIT_FIELDS(type) \
	SEG_FIT_FIELD(type, SEG_FIELD_BOOL, converged, 0, 1), \
		SEG_FIT_FIELD(type, SEG_FIELD_INT, iterations, 0, 0x1p53), \
		SEG_FIT_FIELD(type, SEG_FIELD_REAL, log_likelihood, -DBL_MAX, DBL_MAX), \
		SEG_FIT_FIELD(type, SEG_FIELD_REAL, aic, -DBL_MAX, DBL_MAX), \
		SEG_FIT_FIELD(type, SEG_FIELD_REAL, gradient_norm, 0, DBL_MAX), \
		SEG_FIT_FIELD(type, SEG_FIELD_INT, rows_used, 1, 0x1p53), \
		SEG_FIT_FIELD(type, SEG_FIELD_INT, rows_skipped, 0, 0x1p53), \
		SEG_FIT_FIELD(type, SEG_FIELD_REAL, weight, 0, DBL_MAX), \
		SEG_FIT_FIELD(type, SEG_FIELD_TEXT, version, 0, 0)

/* Estimates in a unit, and what was learned along the way. */
typedef struct SegEstimates
{
	double value[SEG_MAX_VARIABLES];
	double std_error[SEG_MAX_VARIABLES]; /* missing unless converged */
	double unit; /* a power of two: of every column but the first */
	double means[SEG_MAX_COLUMNS]; /* of the columns as they came */
	double correlation; /* of first and last; missing if one is constant */
} SegEstimates;

/*
 * Weighted rows have an extra column.  The likelihood is that of the rows in
 * the unit of the estimates; seg_fit_set_likelihood replaces it.
 */
extern SegStatus
seg_fit(SegEnv *env, SegRows *rows, const SegLikelihood *likelihood,
        const SegFitParams *params, SegFit *fit, SegEstimates *estimates);

/* Add a note if a fit did not converge. */
extern void seg_fit_note(SegEnv *env, const SegFit *fit, const char *title);

/* A fit that did not converge has no standard errors. */
extern bool
seg_fit_is_sound(const SegFit *fit, const double *std_errors, int n);
extern SegStatus seg_fit_set_likelihood(SegEnv *env, SegFit *fit,
                                        int parameters, double log_likelihood);

#endif /* SEG_KERNEL_FIT_H */
