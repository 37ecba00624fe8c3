/*-------------------------------------------------------------------------
 *
 * rfm.h
 *	  Recency, frequency and monetary value: options, model, training, and the
 *	  scores and segment of a user.
 *
 * src/kernel/tier/rfm.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RFM_H
#define SEG_KERNEL_RFM_H

#include "base/trainer.h"

#define SEG_RFM_MAX_N     9 /* a score is one digit of the cell */
#define SEG_RFM_MAX_RULES 1000

/* Columns of a row. */
enum
{
	SEG_RFM_RECENCY,
	SEG_RFM_FREQUENCY,
	SEG_RFM_MONETARY,
	SEG_RFM_COLUMNS
};

typedef struct SegRfmParams
{
	int64_t n;
	SegTexts segment_names;  /* one for each rule; none: the default rules */
	SegMatrix segment_rules; /* least recency score, least mean of the others */
} SegRfmParams;

typedef struct SegRfm
{
	int64_t n;          /* scores go from 1 to n */
	int64_t edge_count; /* n - 1 */
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t rule_count;
	SegText options;
	SegText version;
	SegTexts segment_names;          /* rule_count */
	const double *recency_edges;     /* ascending, some perhaps equal */
	const double *frequency_edges;   /* the same */
	const double *monetary_edges;    /* the same */
	const double *segment_recencies; /* rule_count: least recency score */
	const double *segment_values;    /* rule_count: least mean of the others */
} SegRfm;

typedef struct SegRfmScores
{
	int recency; /* each from 1 to n */
	int frequency;
	int monetary;
} SegRfmScores;

extern const SegOption seg_rfm_options[];
extern const SegMethod seg_rfm_method;
extern const SegTrainer seg_rfm_trainer;

extern SegStatus seg_rfm_check(SegEnv *env, const SegRfmParams *params);
extern SegStatus seg_rfm_check_row(SegEnv *env, double *x, bool *counts);
extern SegStatus seg_rfm_train(SegEnv *env, SegRows *rows,
                               const SegRfmParams *params, SegRfm *model);
extern SegRfmScores seg_rfm_scores(const SegRfm *model, const double *x);
extern int64_t seg_rfm_rule(const SegRfm *model, const SegRfmScores *scores);

#endif /* SEG_KERNEL_RFM_H */
