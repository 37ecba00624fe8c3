/*-------------------------------------------------------------------------
 *
 * satisfaction.h
 *	  What users answered on a scale: shares of answers, and shrunk averages.
 *
 * src/kernel/value/satisfaction.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_SATISFACTION_H
#define SEG_KERNEL_SATISFACTION_H

#include "base/env.h"
#include "base/wide.h"

/* Scores from low to high; those up to lower_to and from upper_from on count. */
typedef struct SegScale
{
	double low;
	double high;
	double lower_to;
	double upper_from;
} SegScale;

extern SegStatus seg_scale_check(SegEnv *env, const SegScale *scale);

/* Answers, as the state of an aggregate: doubles that are whole numbers. */
typedef struct SegAnswers
{
	SegScale scale;
	double lower;
	double middle;
	double upper;
} SegAnswers;

extern SegStatus
seg_answers_add(SegEnv *env, SegAnswers *answers, double score);
extern SegStatus seg_answers_check(SegEnv *env, const SegAnswers *answers);
extern void seg_answers_merge(SegAnswers *into, const SegAnswers *from);

typedef struct SegEstimate
{
	double value;
	double low; /* confidence of 95 % */
	double high;
} SegEstimate;

/* Share of the upper answers, with Wilson's interval; there must be an answer. */
extern SegEstimate seg_upper_share(const SegAnswers *answers);

/* Share of the upper answers less that of the lower ones. */
extern SegEstimate seg_net_share(const SegAnswers *answers);

/* Votes, and what is believed of an item before it has any. */
typedef struct SegVotes
{
	double prior_mean;
	double prior_votes;
	double n;
	SegWide sum;
} SegVotes;

extern SegStatus seg_votes_prior_check(SegEnv *env, const SegVotes *votes);
extern SegStatus seg_votes_check(SegEnv *env, const SegVotes *votes);
extern void seg_votes_merge(SegVotes *into, const SegVotes *from);

static inline void
seg_votes_add(SegVotes *votes, double rating)
{
	votes->n += 1.0;
	votes->sum = seg_wide_add(votes->sum, (SegWide){rating, 0.0});
}

/* The mean of the votes and of as many votes for the prior mean. */
extern SegStatus
seg_votes_mean(SegEnv *env, const SegVotes *votes, double *mean);

#endif /* SEG_KERNEL_SATISFACTION_H */
