/*-------------------------------------------------------------------------
 *
 * dp.h
 *	  Differentially private numbers of users, sums and means: what a unit (a
 *	  user) contributes, and the noise that hides it.
 *
 * The state is a count map of the units with what each has so far. Its first
 * key is no unit but the settings, which hold a zero byte and are of no length
 * that an id of fixed length has: no id can be taken for them.
 *
 * src/kernel/privacy/dp.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_DP_H
#define SEG_KERNEL_DP_H

#include "base/count_map.h"
#include "base/dice.h"

typedef enum SegDpMethod
{
	SEG_DP_COUNT_THRESHOLD = 1,
	SEG_DP_COUNT,
	SEG_DP_SUM,
	SEG_DP_AVG
} SegDpMethod;

/* Bytes without gaps: settings are compared as such. */
typedef struct SegDpSettings
{
	double lower;
	double upper;
	double epsilon;
	double delta;     /* 0: Laplace noise */
	int64_t max_rows; /* of a unit that count */
	uint32_t method;
	uint32_t zero;
} SegDpSettings;

/* Words of a unit: nothing, its rows, its sum, its sum and its rows. */
#define SEG_DP_THRESHOLD_WIDTH 0
#define SEG_DP_COUNT_WIDTH     1
#define SEG_DP_SUM_WIDTH       2
#define SEG_DP_AVG_WIDTH       3

extern int64_t seg_dp_width(uint32_t method);
extern SegStatus seg_dp_check(SegEnv *env, const SegDpSettings *settings);

/* The settings of a state, which may be damaged. */
extern SegStatus
seg_dp_settings(SegEnv *env, const SegCountMap *map, SegDpSettings *settings);

/* Add a row with x, which is not NaN, to the words of its unit. */
extern void
seg_dp_add(const SegDpSettings *settings, double x, uint64_t *words);
extern void seg_dp_merge(void *into, const void *from, int64_t width);

/* The noisy result; hidden: it is not to be seen. */
extern SegStatus
seg_dp_count(SegEnv *env, const SegDice *dice, const SegCountMap *map,
             const SegDpSettings *settings, int64_t *count, bool *hidden);
extern SegStatus
seg_dp_number(SegEnv *env, const SegDice *dice, const SegCountMap *map,
              const SegDpSettings *settings, double *number);

#endif /* SEG_KERNEL_DP_H */
