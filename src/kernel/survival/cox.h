/*-------------------------------------------------------------------------
 *
 * cox.h
 *	  Cox regression: options, model, training, scoring.
 *
 * src/kernel/survival/cox.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_COX_H
#define SEG_KERNEL_COX_H

#include "base/supervised.h"
#include "base/trainer.h"

#define SEG_COX_MAX_DIM 1000 /* the covariance is dim * dim */

/* Columns of a row after its vector. */
enum
{
	SEG_COX_DURATION,
	SEG_COX_EVENT, /* 0 or 1 */
	SEG_COX_EXTRA
};

/* How events at the same time share the users at risk. */
typedef enum SegCoxTies
{
	SEG_TIES_EFRON,
	SEG_TIES_BRESLOW
} SegCoxTies;

typedef struct SegCoxParams
{
	int ties;
	int64_t max_iterations;
	double tolerance;
	bool timefix; /* times that are equal but for rounding are one */
} SegCoxParams;

typedef struct SegCox
{
	int64_t dim;
	int64_t rank; /* elements with a coefficient */
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t event_count;
	int64_t iterations;
	int64_t converged;    /* 0 or 1 */
	double gradient_norm; /* of the log-likelihood, for standardized elements */
	double null_log_likelihood;
	double log_likelihood;
	double likelihood_ratio; /* three tests of all coefficients together */
	double wald;
	double score;
	double concordance;
	int64_t concordant_pairs;
	int64_t discordant_pairs;
	int64_t tied_pairs;
	double longest_duration;
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegTrainingRows training_rows;
	int64_t event_times;
	const double *coefficients;       /* dim; 0 where there is none */
	const int64_t *aliased;           /* dim: depends on elements before it */
	const double *means;              /* dim: the reference of predictions */
	const double *covariance;         /* dim * dim */
	const double *times;              /* event_times, ascending */
	const double *cumulative_hazards; /* up to each time, at the reference */
} SegCox;

extern const SegOption seg_cox_options[];
extern const SegMethod seg_cox_method;
extern const SegTrainer seg_cox_trainer;

/* Bytes that training takes per row. */
extern int64_t seg_cox_row_bytes(int64_t dim);

extern SegStatus seg_cox_check(SegEnv *env, int64_t dim);

/*
 * Rows have SEG_COX_EXTRA columns after the vector.  *runaway is the element,
 * from 1, whose coefficient still grew when the likelihood no longer did; or 0.
 */
extern SegStatus
seg_cox_train(SegEnv *env, SegRows *rows, const SegCoxParams *params,
              SegCox *model, int64_t *runaway);

/* Chance of a statistic at least as large if no element has an effect. */
extern double seg_cox_p_value(const SegCox *model, double statistic);

/* Hazard of a row over that of the reference. */
extern SegStatus seg_cox_hazard(SegEnv *env, const SegCox *model,
                                const double *x, double *result);

/*
 * Share still there at a time, of those there at the time given, which may be
 * -INFINITY; false if nobody was watched that long.
 */
extern bool seg_cox_survival(const SegCox *model, double hazard, double given,
                             double time, double *survival);

#endif /* SEG_KERNEL_COX_H */
