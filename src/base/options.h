/*-------------------------------------------------------------------------
 *
 * options.h
 *	  A method's options, declared once as a table.
 *
 * The table drives the parser, the bounds, the defaults, the error messages,
 * the copy stored in a model and the table in the manual.
 *
 * src/base/options.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_OPTIONS_H
#define SEG_BASE_OPTIONS_H

#include "base/env.h"
#include "base/text.h"

typedef enum SegOptionType
{
	SEG_OPTION_INT,     /* int64_t */
	SEG_OPTION_REAL,    /* double */
	SEG_OPTION_BOOL,    /* bool */
	SEG_OPTION_ENUM,    /* int: index into words */
	SEG_OPTION_MATRIX,  /* SegMatrix: rows of equal length; none by default */
	SEG_OPTION_TEXT,    /* SegText of at most max bytes; empty by default */
	SEG_OPTION_TEXTS,   /* SegTexts: list of names; none by default */
	SEG_OPTION_NUMBERS, /* SegNamedNumbers: by name; none by default */
	SEG_OPTION_ELEMENT  /* int64_t: an element of a vector, from 1, given by its
	                     * number or its name */
} SegOptionType;

typedef struct SegMatrix
{
	const double *x; /* rows * cols, row by row */
	int64_t rows;
	int64_t cols;
} SegMatrix;

/* Numbers by name, each within the bounds of the option. */
typedef struct SegNamedNumbers
{
	SegTexts names; /* each once */
	const double *numbers;
} SegNamedNumbers;

typedef struct SegOption
{
	const char *name;
	SegOptionType type;
	size_t offset; /* of the member in the method's parameters */
	double initial;
	double min;
	double max;
	const char *const *words; /* SEG_OPTION_ENUM: ends with NULL */
	const char *help;
} SegOption;

#define SEG_OPTION_END \
	{ \
		NULL, SEG_OPTION_INT, 0, 0, 0, 0, NULL, NULL \
	}

/* Fills the whole struct: 0 where it has a member that no option sets. */
extern void
seg_options_defaults(const SegOption *table, void *params, size_t size);

/* Whether an option still has its default; a list or text is empty then. */
extern bool seg_option_is_initial(const SegOption *option, const void *params);

extern SegStatus seg_option_find(SegEnv *env, const SegOption *table,
                                 const char *name, const SegOption **result);
extern SegStatus
seg_option_check_number(SegEnv *env, const SegOption *option, double value);
extern SegStatus seg_option_set_number(SegEnv *env, const SegOption *option,
                                       void *params, double value);
extern SegStatus seg_option_set_bool(SegEnv *env, const SegOption *option,
                                     void *params, bool value);
extern SegStatus seg_option_set_word(SegEnv *env, const SegOption *option,
                                     void *params, const char *word);
extern SegStatus seg_option_set_text(SegEnv *env, const SegOption *option,
                                     void *params, SegText text);
extern SegStatus seg_option_mistyped(SegEnv *env, const SegOption *option);
extern SegStatus
seg_option_bad_size(SegEnv *env, const char *option, const char *noun,
                    int64_t got, int64_t want);

#endif /* SEG_BASE_OPTIONS_H */
