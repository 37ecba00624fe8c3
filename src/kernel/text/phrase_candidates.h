/*-------------------------------------------------------------------------
 *
 * phrase_candidates.h
 *	  How often each sequence of units occurs in texts, and beside what.
 *
 * src/kernel/text/phrase_candidates.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_CANDIDATES_H
#define SEG_KERNEL_PHRASE_CANDIDATES_H

#include "kernel/text/phrase_texts.h"
#include "kernel/text/phrase_trie.h"

/* What is known of a sequence. */
typedef struct SegPhraseCount
{
	int64_t count;
	double left;  /* entropy of the units before it, in bits */
	double right; /* of those after it */
} SegPhraseCount;

/* Which sequences are looked for. */
typedef struct SegPhraseSearch
{
	int64_t alphabet;  /* units are below this */
	int64_t min_count; /* sequences of so many occurrences */
	int64_t max_length;
	double min_freedom; /* the left entropy of others is not looked for */
	const SegPhraseTrie *wanted; /* besides, those that are in here */
} SegPhraseSearch;

/*
 * Fill a tree whose values are SegPhraseCount: all sequences that are looked for
 * and occur.  Single units that are not wanted have no entropies.
 */
extern SegStatus
seg_phrase_candidates(SegEnv *env, const SegPhraseTexts *texts,
                      const SegPhraseSearch *search, SegPhraseTrie *found);

/*
 * The cohesion of a sequence of two units or more, in bits: how much more often
 * it occurs than its two parts would be beside each other by chance, where it
 * may most easily be split.  suffix: seg_phrase_suffixes.
 */
extern double
seg_phrase_cohesion(const SegPhraseTrie *found, const int32_t *suffix,
                    int64_t units, int32_t node);

/*
 * The cohesion that a sequence has at least, as far as its count can be trusted.
 */
extern double seg_phrase_cohesion_low(double cohesion, int64_t count);

/* For each node that of its sequence without the first unit. */
extern SegStatus
seg_phrase_suffixes(SegEnv *env, const SegPhraseTrie *found, int32_t **suffix);

#endif /* SEG_KERNEL_PHRASE_CANDIDATES_H */
