/*-------------------------------------------------------------------------
 *
 * difference_in_differences.h
 *	  What a treatment changed, by period, compared with a control.
 *
 * A count map has what the rows of each cell add up to: its keys are a cell, that
 * is a period and whether it is of treated rows, and then the unit, if units are
 * given. Without units the words of a key have a sum of squares, too.
 *
 * src/kernel/experiment/difference_in_differences.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DIFFERENCE_IN_DIFFERENCES_H
#define SEG_KERNEL_DIFFERENCE_IN_DIFFERENCES_H

#include "base/count_map.h"
#include "base/wide.h"

/* The first bytes of a key. */
#define SEG_CELL_SIZE ((int64_t) (sizeof(int32_t) + 1))

static inline void
seg_cell_key(int32_t period, bool treated, char *key)
{
	memcpy(key, &period, sizeof(period));
	key[sizeof(period)] = treated;
}

typedef struct SegCellSums
{
	int64_t rows;
	SegWide sum;
	SegWide squares; /* only without units */
} SegCellSums;

#define SEG_CELL_UNIT_WIDTH 3 /* words: rows and sum */
#define SEG_CELL_ROWS_WIDTH 5 /* words: the squares as well */

/*
 * Outcomes up to this size, whose squares add up. Those that are closer to 0 than
 * its inverse count as 0.
 */
#define SEG_LARGEST_OUTCOME 1e100

extern SegStatus seg_check_outcome(SegEnv *env, double outcome);

/* Add an outcome, or the words of another map, to the words of a key. */
extern void seg_cell_add(void *words, int64_t width, double outcome);
extern void seg_cell_merge(void *into, const void *from, int64_t width);

/* What could not be computed is missing. */
typedef struct SegPeriodEffect
{
	int32_t period;
	double effect;
	double standard_error;
	double statistic;
	double p_value;
	double low; /* of 95 % */
	double high;
	double treated_mean;
	double control_mean;
	int64_t rows;
} SegPeriodEffect;

/* Are all effects of periods before the first of the treatment zero? */
typedef struct SegPretrend
{
	double statistic; /* of Wald's test, as F; missing if it cannot be known */
	double p_value;
	int64_t periods; /* that were tested: degrees of freedom */
} SegPretrend;

#define SEG_EFFECT_MAX_PERIODS 1000

typedef struct SegPeriodEffects
{
	int64_t n;
	SegPeriodEffect *periods; /* ascending */
	int64_t reference; /* last period before the treatment; -1: there is none */
	double freedom;    /* degrees of freedom of every statistic */
	int64_t rows;
	int64_t units[2]; /* of the control and treated; 0 without units */
	SegPretrend pretrend;
} SegPeriodEffects;

/*
 * start: the first period of the treatment. The map may be damaged.
 */
extern SegStatus
seg_period_effects(SegEnv *env, const SegCountMap *map, int64_t start,
                   bool test_pretrend, SegPeriodEffects *result);

#endif /* SEG_KERNEL_DIFFERENCE_IN_DIFFERENCES_H */
