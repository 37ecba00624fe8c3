/*-------------------------------------------------------------------------
 *
 * segment_rules.h
 *	  Short rules that tell the rows of a segment from all others.
 *
 * src/kernel/tree/segment_rules.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SEGMENT_RULES_H
#define SEG_KERNEL_SEGMENT_RULES_H

#include "kernel/tree/tree.h"

#define SEG_RULES_MAX_DEPTH 6
#define SEG_RULES_MAX       100 /* per segment */

typedef struct SegRulesParams
{
	int64_t rules;
	int64_t max_depth;
	double min_coverage;
	int64_t min_leaf_rows;
	int64_t max_bins;
} SegRulesParams;

typedef enum SegRuleConditionKind
{
	SEG_CONDITION_RANGE,      /* low < element <= high */
	SEG_CONDITION_MISSING,    /* the element is missing */
	SEG_CONDITION_NOT_MISSING /* it is not */
} SegRuleConditionKind;

typedef struct SegRuleCondition
{
	SegRuleConditionKind kind;
	int32_t element;
	double low;  /* -INFINITY: no bound */
	double high; /* INFINITY: no bound */
} SegRuleCondition;

typedef struct SegRule
{
	int64_t segment;
	int64_t rows; /* that satisfy it */
	int64_t hits; /* those that are of the segment */
	double precision;
	double coverage;
	double lift;
	int n;
	SegRuleCondition conditions[SEG_RULES_MAX_DEPTH];
} SegRule;

typedef struct SegSegmentRules
{
	int64_t dim;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegTexts segments;
	int64_t n;
	SegRule *rules;
} SegSegmentRules;

extern const SegOption seg_segment_rules_options[];
extern const SegTrainer seg_segment_rules_trainer;

extern SegStatus
seg_segment_rules(SegEnv *env, const SegClassRows *rows,
                  const SegRulesParams *params, SegSegmentRules *result);

/*
 * The number with the fewest decimal places from low up to, but not including,
 * high: it divides rows as any number in between.
 */
extern double seg_short_threshold(double low, double high);

#endif /* SEG_KERNEL_SEGMENT_RULES_H */
