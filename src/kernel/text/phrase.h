/*-------------------------------------------------------------------------
 *
 * phrase.h
 *	  Words and phrases found in texts without a dictionary: options, model,
 *	  training.
 *
 * src/kernel/text/phrase.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PHRASE_H
#define SEG_KERNEL_PHRASE_H

#include "base/ids.h"
#include "base/trainer.h"
#include "kernel/text/phrase_texts.h"
#include "kernel/text/units.h"

typedef struct SegPhraseParams
{
	int unit; /* SegUnitKind */
	int64_t min_count;
	int64_t max_length;
	double min_cohesion;
	double min_freedom;
	SegTexts dictionary; /* as given */
	int64_t max_iterations;
} SegPhraseParams;

/* A training's input. */
typedef struct SegPhraseRows
{
	const SegPhraseTexts *texts; /* of units, by their codes */
	const SegIds *units;         /* their texts */
	const int32_t *places;       /* of each code, in units */
	SegTexts dictionary;         /* folded, in UTF-8 */
	double most_work;            /* bytes that texts and training may take */
	double most_model;           /* bytes of a model */
} SegPhraseRows;

/*
 * Words are the phrases that were found, those of the dictionary, and the single
 * units that these are made of.
 */
typedef struct SegPhrase
{
	int64_t rows_used; /* texts */
	int64_t rows_skipped;
	int64_t unit;         /* SegUnitKind */
	int64_t unit_count;   /* of all texts */
	int64_t token_count;  /* of the best segmentation of all texts */
	int64_t phrase_count; /* words of two units or more, or of the dictionary */
	int64_t word_count;
	int64_t iterations;
	int64_t converged;
	SegText options;
	SegText version;
	SegTexts words;         /* ascending */
	const int32_t *lengths; /* units of each */
	const int64_t *given;   /* is it of the dictionary? */
	const int64_t *counts;  /* how often it occurs */
	const int64_t *tokens;  /* how often the best segmentation has it */
	const double *cohesion; /* missing: a single unit, or it does not occur */
	const double *left; /* entropy of what stands before; missing: not known */
	const double *right;
} SegPhrase;

extern const SegOption seg_phrase_options[];
extern const SegMethod seg_phrase_method;
extern const SegTrainer seg_phrase_trainer;

extern SegStatus
seg_phrase_train(SegEnv *env, const SegPhraseRows *rows,
                 const SegPhraseParams *params, SegPhrase *model);

/* Is word i listed: not just a part of others? */
static inline bool
seg_phrase_is_listed(const SegPhrase *model, int64_t i)
{
	return model->lengths[i] > 1 || model->given[i];
}

/* The listed words, the most frequent ones first; ties in byte order. */
extern SegStatus
seg_phrase_order(SegEnv *env, const SegPhrase *model, int64_t **order);

#endif /* SEG_KERNEL_PHRASE_H */
