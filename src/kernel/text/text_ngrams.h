/*-------------------------------------------------------------------------
 *
 * text_ngrams.h
 *	  All sequences of n units of a text that follow each other.
 *
 * src/kernel/text/text_ngrams.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TEXT_NGRAMS_H
#define SEG_KERNEL_TEXT_NGRAMS_H

#include "kernel/text/units.h"

#define SEG_NGRAM_MAX 100 /* units */

typedef struct SegNgramWalk
{
	int64_t length;    /* units of each n-gram */
	int64_t run;       /* units since one began a run */
	SegUnitWalk first; /* at the first unit of the n-gram */
	SegUnitWalk last;  /* behind its last unit */
} SegNgramWalk;

static inline SegNgramWalk
seg_ngram_walk(SegUnitKind kind, const uint32_t *text, int64_t n,
               int64_t length)
{
	SegUnitWalk start = seg_unit_walk(kind, text, n);

	return (SegNgramWalk){length, 0, start, start};
}

/* The next n-gram, which does not leave its run; false: there is none. */
extern bool seg_ngram_next(SegNgramWalk *walk);

/* Bytes that are enough for it. */
static inline int64_t
seg_ngram_room(const SegNgramWalk *walk)
{
	return 4 * (walk->last.at - walk->first.at);
}

/* Write it as UTF-8; returns the number of bytes. */
extern int64_t seg_ngram_write(const SegNgramWalk *walk, char *utf8);

#endif /* SEG_KERNEL_TEXT_NGRAMS_H */
