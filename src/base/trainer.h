/*-------------------------------------------------------------------------
 *
 * trainer.h
 *	  How a method is trained, as a table: what an aggregate takes, what is
 *	  checked, and the function that makes a model from the rows.
 *
 * The host has one driver for all methods (pg/trainer_pg.c). It reads
 * arguments, skips and counts rows with a NULL, parses options, collects rows,
 * returns NULL for no rows, and writes into the model what every model records:
 * rows skipped, options, version, what its vectors were like. So a new method
 * only needs its mathematics, its SegMethod, its options, its SegTrainer and its
 * SQL.
 *
 * src/base/trainer.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TRAINER_H
#define SEG_BASE_TRAINER_H

#include "base/image.h"
#include "base/options.h"
#include "base/preparation.h"
#include "base/rows.h"
#include "base/training_rows.h"

/*
 * The arguments of the aggregate, in order. Options (jsonb) and the weight of a
 * row (float8) come last, in any order; the host recognises them by type.
 */
typedef enum SegColumnType
{
	SEG_COLUMN_END,
	SEG_COLUMN_VECTOR, /* the elements of a row */
	SEG_COLUMN_NUMBER, /* a number, or a boolean as 0 or 1 */
	SEG_COLUMN_CLASS,  /* a label of any type, as a number: a key, see
	                     * base/class_rows.h */
	SEG_COLUMN_ID,     /* an id of any type, no two the same, as a number: its
	                     * place, see base/id_rows.h */
	SEG_COLUMN_CATEGORIES, /* texts, as many in each row, as numbers: keys; some
	                        * may be missing */
	SEG_COLUMN_SETTING, /* a whole number, the same for all rows: a parameter */
	SEG_COLUMN_WORD,    /* the same for one of a few words: its number */
	SEG_COLUMN_OTHER    /* read by the method's own row collector */
} SegColumnType;

typedef struct SegColumn
{
	SegColumnType type;
	const char *name;         /* of a setting, in messages */
	size_t offset;            /* of a setting, an int64_t, in the parameters */
	const char *const *words; /* SEG_COLUMN_WORD: ends with NULL */
} SegColumn;

static inline bool
seg_column_is_setting(const SegColumn *column)
{
	return column->type == SEG_COLUMN_SETTING ||
	       column->type == SEG_COLUMN_WORD;
}

#define SEG_MAX_ARGUMENTS 4 /* besides options and weight */
#define SEG_MAX_NUMBERS   3

typedef struct SegTrainer
{
	const SegMethod *method;
	const char *title; /* what cannot use missing elements: "k-means" */
	SegColumn columns[SEG_MAX_ARGUMENTS + 1];
	bool takes_missing;  /* elements of the vector may be missing */
	bool warns_of_leaks; /* the first column is a label: see base/leak.h */

	/*
	 * What the host may do to the rows before this method sees them, as the model
	 * then says in its fields SEG_PREPARATION_FIELDS. Parameters that speak of
	 * rows as they were go through prepare_params, on a copy.
	 */
	SegPreparations preparations;
	SegStatus (*check_preparation)(SegEnv *env, const void *params,
	                               const SegPreparationParams *preparation);
	SegStatus (*prepare_params)(SegEnv *env, const SegPreparation *preparation,
	                            void *params);

	/*
	 * Options, none of them required; NULL: there are none. Where the set of
	 * options depends on one of them, "selector" is that one, a word, and
	 * options_of gives the table for each of its words.
	 */
	const SegOption *options;
	const SegOption *selector;
	const SegOption *(*options_of)(int word);
	size_t params_size; /* of the struct that options and settings fill */

	/*
	 * Checks; NULL where a method has none. settle runs once for each distinct
	 * value of the options in a query.
	 */
	SegStatus (*settle)(SegEnv *env, void *params);
	SegStatus (*check)(SegEnv *env, const void *params);
	SegStatus (*check_dim)(SegEnv *env, const void *params, int64_t dim);

	/* Validate the numbers of a row, and say whether it counts. */
	SegStatus (*check_row)(SegEnv *env, double *numbers, bool *counts);

	/*
	 * Rows of a kind that the model counts in its field odd_rows, which is set
	 * before training, whether the row itself counts or not; NULL: no kind.
	 */
	bool (*is_odd)(const double *numbers);
	const char *odd_rows;

	/*
	 * Memory and size, to refuse early what will not fit: bytes of the model as
	 * far as params and dim determine them; bytes per row that training copies
	 * (0: it reads the stream), or, where its memory is not in proportion to the
	 * rows, for how many rows so many bytes are enough; dim then counts categories
	 * as well. label_bytes: see rowstore_create.
	 */
	int64_t (*model_bytes)(const void *params, int64_t dim);
	int64_t (*row_bytes)(int64_t dim);
	int64_t (*most_rows)(const void *params, int64_t dim, int64_t bytes);
	int32_t label_bytes;
	const char *smaller; /* what makes a smaller model: "fewer clusters" */

	/*
	 * Rows are a SegRows: the vector, then the numbers, then the categories, then
	 * the weight, if there is one; without a vector the numbers are the elements.
	 * A method of classes gets a SegClassRows, one of ids a SegIdRows, one with
	 * its own collector what that made.
	 * SEG_UNDEFINED: return NULL, no model.
	 */
	SegStatus (*train)(SegEnv *env, void *rows, const void *params,
	                   void *model);
} SegTrainer;

#endif /* SEG_BASE_TRAINER_H */
