/*-------------------------------------------------------------------------
 *
 * ranked_uplift.h
 *	  Users of two arms with their outcome, the highest score first.
 *
 * src/kernel/experiment/ranked_uplift.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RANKED_UPLIFT_H
#define SEG_KERNEL_RANKED_UPLIFT_H

#include "base/radix_sort.h"
#include "base/rows.h"
#include "base/wide.h"

typedef enum SegUpliftArm
{
	SEG_UPLIFT_CONTROL,
	SEG_UPLIFT_TREATED,
	SEG_UPLIFT_ARMS
} SegUpliftArm;

/* A row of the stream. */
typedef struct SegUpliftRow
{
	double score;
	double outcome;
	double arm;
} SegUpliftRow;

#define SEG_UPLIFT_COLUMNS 3

/* Users and the sum of their outcomes, of each arm. */
typedef struct SegUpliftSums
{
	int64_t n[SEG_UPLIFT_ARMS];
	SegWide sum[SEG_UPLIFT_ARMS];
} SegUpliftSums;

/* Users who are alike. */
typedef struct SegUpliftUsers
{
	double outcome; /* scaled */
	int64_t n;      /* above 0: treated, below 0: control */
} SegUpliftUsers;

typedef struct SegRankedUplift
{
	SegRadixItem *items;   /* by score */
	SegUpliftUsers *users; /* of each item */
	int64_t n;
	int64_t scores; /* different ones */
	SegUpliftSums all;
	int unit;       /* an outcome is scaled by 2^-unit: none is above 2 */
	int score_unit; /* the same for scores, which are not scaled yet */
	bool is_share;  /* all outcomes are 0 or 1; they are not scaled */
} SegRankedUplift;

/* Bytes for each different row. */
#define SEG_RANKED_UPLIFT_BYTES \
	((int64_t) (2 * (sizeof(SegRadixItem) + sizeof(SegUpliftUsers))))

/* distinct: how many different rows there are */
extern SegStatus
seg_ranked_uplift_read(SegEnv *env, SegRows *rows, int64_t distinct,
                       SegRankedUplift *ranked);

static inline SegUpliftArm
seg_uplift_arm(const SegUpliftUsers *users)
{
	return users->n > 0 ? SEG_UPLIFT_TREATED : SEG_UPLIFT_CONTROL;
}

static inline void
seg_uplift_add(SegUpliftSums *sums, const SegUpliftUsers *users)
{
	SegUpliftArm arm = seg_uplift_arm(users);
	int64_t n = users->n > 0 ? users->n : -users->n;

	sums->n[arm] += n;
	sums->sum[arm] = seg_wide_add(sums->sum[arm],
	                              seg_wide_product(users->outcome, (double) n));
}

static inline int64_t
seg_uplift_users(const SegUpliftSums *sums)
{
	return sums->n[SEG_UPLIFT_CONTROL] + sums->n[SEG_UPLIFT_TREATED];
}

/*
 * Add the users of the next score and move on, *at being 0 at first; false at the
 * end.
 */
static inline bool
seg_ranked_uplift_next(const SegRankedUplift *ranked, int64_t *at,
                       double *score, SegUpliftSums *sums)
{
	int64_t i = *at;
	uint64_t key;

	if (i == ranked->n)
		return false;
	key = ranked->items[i].key;
	*score = seg_radix_unkey(~key);
	for (; i < ranked->n && ranked->items[i].key == key; i++)
		seg_uplift_add(sums, &ranked->users[i]);
	*at = i;
	return true;
}

#endif /* SEG_KERNEL_RANKED_UPLIFT_H */
