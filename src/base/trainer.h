/*-------------------------------------------------------------------------
 *
 * trainer.h
 *	  How a method is trained, as a table: what an aggregate takes, what is
 *	  checked, and the function that makes a model of the rows.
 *
 * The host has one driver for all methods (pg/trainer_pg.c).  It reads arguments,
 * skips and counts rows with a NULL, parses options, collects rows, gives NULL
 * for no rows, and writes into the model what every model says: rows skipped,
 * options, version.  So a new method is its mathematics, its SegMethod, its
 * options, its SegTrainer and its SQL.
 *
 * src/base/trainer.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TRAINER_H
#define SEG_BASE_TRAINER_H

#include "base/image.h"
#include "base/options.h"
#include "base/rows.h"

/*
 * The arguments of the aggregate, in their order.  Options (jsonb) and the
 * weight of a row (float8) come last, in any order; the host knows them by type.
 */
typedef enum SegColumnType
{
	SEG_COLUMN_END,
	SEG_COLUMN_VECTOR,  /* the elements of a row */
	SEG_COLUMN_NUMBER,  /* a number, or a boolean as 0 or 1 */
	SEG_COLUMN_SETTING, /* a whole number, the same for all rows: a parameter */
	SEG_COLUMN_OTHER    /* read by the method's own way of collecting rows */
} SegColumnType;

typedef struct SegColumn
{
	SegColumnType type;
	const char *name; /* of a setting, in messages */
	size_t offset;    /* of a setting, an int64_t, in the parameters */
} SegColumn;

#define SEG_MAX_ARGUMENTS 4 /* without options and weight */
#define SEG_MAX_NUMBERS   3

typedef struct SegTrainer
{
	const SegMethod *method;
	const char *title; /* what cannot use missing elements: "k-means" */
	SegColumn columns[SEG_MAX_ARGUMENTS + 1];

	/*
	 * Options, all of them optional; NULL: there are none.  Where the options
	 * that there are depend on one of them, "selector" is that one, a word, and
	 * options_of gives the table for each of its words.
	 */
	const SegOption *options;
	const SegOption *selector;
	const SegOption *(*options_of)(int word);
	size_t params_size; /* of the struct that options and settings fill */

	/* What of the following there is. */
	SegStatus (*settle)(SegEnv *env, void *params); /* options, once a query */
	SegStatus (*check)(SegEnv *env, const void *params);
	SegStatus (*check_dim)(SegEnv *env, const void *params, int64_t dim);

	/* Validate the numbers of a row, and say whether it counts. */
	SegStatus (*check_row)(SegEnv *env, double *numbers, bool *counts);

	/*
	 * Memory and size, to refuse in time what will not fit: bytes of the model
	 * as far as params and dim tell, and bytes that training copies of each row
	 * (0: it reads the stream).  label_bytes: see rowstore_create.
	 */
	int64_t (*model_bytes)(const void *params, int64_t dim);
	int64_t (*row_bytes)(int64_t dim);
	int32_t label_bytes;
	const char *smaller; /* what makes a smaller model: "fewer clusters" */

	/*
	 * Rows are a SegRows: the vector, then the numbers, then the weight, if there
	 * is one; without a vector the numbers are the elements.  A method with its
	 * own way of collecting gets what that made.  SEG_UNDEFINED: NULL, no model.
	 */
	SegStatus (*train)(SegEnv *env, void *rows, const void *params,
	                   void *model);
} SegTrainer;

#endif /* SEG_BASE_TRAINER_H */
