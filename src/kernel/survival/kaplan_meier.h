/*-------------------------------------------------------------------------
 *
 * kaplan_meier.h
 *	  Share of users who are still there after a time: a table of counts that
 *	  adds up, and its survival curve.
 *
 * src/kernel/survival/kaplan_meier.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KAPLAN_MEIER_H
#define SEG_KERNEL_KAPLAN_MEIER_H

#include "base/count_map.h"
#include "base/image.h"
#include "kernel/survival/duration.h"

/* Times are kept as they came; those that count as one meet in the curve. */
typedef struct SegKaplanMeier
{
	int64_t distinct_times;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t event_count;
	int64_t timefix; /* 1: times equal but for rounding are one */
	const double *times;     /* distinct_times, ascending */
	const int64_t *events;   /* at each time */
	const int64_t *censored; /* the same */
} SegKaplanMeier;

extern const SegMethod seg_kaplan_meier_method;

/*
 * The table of a map whose keys are the 8 bytes of a duration and whose words
 * are counts (see duration.h).  The empty key counts skipped rows, as events.
 */
extern SegStatus
seg_kaplan_meier_from_counts(SegEnv *env, const SegCountMap *map, bool timefix,
                             SegKaplanMeier *result);

typedef struct SegSurvivalStep
{
	double time;
	int64_t at_risk; /* still watched just before */
	int64_t events;
	int64_t censored;
	double survival;     /* from this time on, up to the next one */
	double log_variance; /* of ln survival; infinite where survival is 0 */
} SegSurvivalStep;

typedef struct SegSurvivalCurve
{
	const SegSurvivalStep *steps; /* by ascending time */
	int64_t n;
	double longest; /* duration; the last step may begin earlier, by a rounding */
} SegSurvivalCurve;

/* Scale on which an interval is symmetric. */
typedef enum SegSurvivalScale
{
	SEG_SCALE_LOG_LOG,
	SEG_SCALE_LOG,
	SEG_SCALE_PLAIN
} SegSurvivalScale;

extern SegStatus seg_survival_curve(SegEnv *env, const SegKaplanMeier *table,
                                    SegSurvivalCurve *result);

/* Greenwood's standard error of the survival. */
extern double seg_survival_std_error(const SegSurvivalStep *step);

/* These return false where the answer is not known. */
extern bool
seg_survival_interval(const SegSurvivalStep *step, SegSurvivalScale scale,
                      double half_width, double *low, double *high);

/*
 * Share still there at a time, of those there at the time given, which may be
 * -INFINITY; false if nobody was watched that long, or none of them was left.
 */
extern bool seg_survival_at(const SegSurvivalCurve *curve, double given,
                            double time, double *survival);
extern bool seg_survival_median(const SegSurvivalCurve *curve, double *median);

#endif /* SEG_KERNEL_KAPLAN_MEIER_H */
