/*-------------------------------------------------------------------------
 *
 * key_drivers.h
 *	  Which combinations of attributes explain the change of a sum or a rate
 *	  between two groups of rows.
 *
 * src/kernel/pattern/key_drivers.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KEY_DRIVERS_H
#define SEG_KERNEL_KEY_DRIVERS_H

#include "base/item_lists.h"
#include "base/trainer.h"

typedef enum SegDriverRank
{
	SEG_DRIVER_CONTRIBUTION,
	SEG_DRIVER_UNEXPECTED,
	SEG_DRIVER_RELATIVE
} SegDriverRank;

typedef struct SegDriverParams
{
	double min_support;
	int64_t max_length;  /* 0: any */
	int64_t max_results; /* 0: all */
	int rank_by;
	bool keep_redundant;
} SegDriverParams;

/*
 * Attributes as lists of codes; for each list its numbers: the measure, or
 * numerator and denominator of a rate, then 1 in the test group and 0 in the
 * control group.
 */
typedef struct SegDriverRows
{
	const SegItemRows *items;
	const double *numbers;
	int measures; /* 1: a sum; 2: a rate */
} SegDriverRows;

/* What is undefined is NaN. */
typedef struct SegDriver
{
	const int32_t *attributes; /* among the ids, ascending */
	int64_t n;
	double test;
	double control;
	double difference;
	double relative_difference;
	double unexpected_difference;
	double contribution;
	double share_of_change;
	double support;
} SegDriver;

typedef struct SegDrivers
{
	int64_t n;
	const SegDriver *drivers; /* the first one is all rows */
} SegDrivers;

extern const SegOption seg_key_drivers_options[];

/* They make no model: only what the driver of trainers reads is there. */
extern const SegTrainer seg_key_drivers_sum_trainer;
extern const SegTrainer seg_key_drivers_rate_trainer;

extern SegStatus
seg_key_drivers(SegEnv *env, const SegDriverRows *rows,
                const SegDriverParams *params, SegDrivers *result);

#endif /* SEG_KERNEL_KEY_DRIVERS_H */
