/*-------------------------------------------------------------------------
 *
 * forest_plot.h
 *	  Estimates with their intervals, one for each label.
 *
 * src/kernel/chart/forest_plot.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FOREST_PLOT_H
#define SEG_KERNEL_FOREST_PLOT_H

#include "kernel/chart/cells.h"

typedef enum SegEffectRows
{
	SEG_EFFECT_NONE,
	SEG_EFFECT_ONE,
	SEG_EFFECT_DIFFERENT /* rows of one label that differ */
} SegEffectRows;

/* The words of a key, which is a label and an empty one. */
typedef struct SegEffect
{
	double estimate;
	double low; /* missing: not known; -INFINITY: without bound */
	double high;
	int64_t rows; /* SegEffectRows */
} SegEffect;

#define SEG_EFFECT_WIDTH ((int64_t) (sizeof(SegEffect) / sizeof(int64_t)))

/* A row of the query: an estimate, and ends on both sides of it. */
extern SegStatus seg_effect_check(SegEnv *env, const SegEffect *effect);

/* Equal rows are one. */
extern void seg_effect_add(SegEffect *into, const SegEffect *more);

/* Had different rows the label of a key? Then it cannot be drawn. */
extern bool seg_effects_differ(const SegCountMap *effects, int64_t i);

/* Draw all effects, of which there is one at least. */
extern SegStatus
seg_forest_plot_draw(SegEnv *env, const SegChartOptions *options,
                     const SegCountMap *effects, int64_t skipped, SegText *svg);

#endif /* SEG_KERNEL_FOREST_PLOT_H */
