/*-------------------------------------------------------------------------
 *
 * options.c
 *	  Defaults, look-up and checked setting of options.
 *
 * src/base/options.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/options.h"

#include <math.h>
#include <string.h>

#define MAX_NAME       64
#define MAX_SUGGESTION 3 /* typos in a name that we still recognise */

static void *
member(const SegOption *option, void *params)
{
	return (char *) params + option->offset;
}

void
seg_options_defaults(const SegOption *table, void *params, size_t size)
{
	memset(params, 0, size);
	for (const SegOption *o = table; o->name != NULL; o++)
	{
		switch (o->type)
		{
			case SEG_OPTION_INT:
			case SEG_OPTION_ELEMENT:
				*(int64_t *) member(o, params) = (int64_t) o->initial;
				break;
			case SEG_OPTION_REAL:
				*(double *) member(o, params) = o->initial;
				break;
			case SEG_OPTION_BOOL:
				*(bool *) member(o, params) = o->initial != 0;
				break;
			case SEG_OPTION_ENUM:
				*(int *) member(o, params) = (int) o->initial;
				break;
			case SEG_OPTION_MATRIX:
				*(SegMatrix *) member(o, params) = (SegMatrix){NULL, 0, 0};
				break;
			case SEG_OPTION_TEXT:
				*(SegText *) member(o, params) = (SegText){"", 0};
				break;
			case SEG_OPTION_TEXTS:
				*(SegTexts *) member(o, params) = (SegTexts){NULL, NULL, 0};
				break;
			case SEG_OPTION_NUMBERS:
				*(SegNamedNumbers *) member(o, params) =
					(SegNamedNumbers){{NULL, NULL, 0}, NULL};
				break;
		}
	}
}

bool
seg_option_is_initial(const SegOption *option, const void *params)
{
	const void *value = (const char *) params + option->offset;

	switch (option->type)
	{
		case SEG_OPTION_INT:
		case SEG_OPTION_ELEMENT:
			return *(const int64_t *) value == (int64_t) option->initial;
		case SEG_OPTION_REAL:
			return *(const double *) value == option->initial;
		case SEG_OPTION_BOOL:
			return *(const bool *) value == (option->initial != 0);
		case SEG_OPTION_ENUM:
			return *(const int *) value == (int) option->initial;
		case SEG_OPTION_MATRIX:
			return ((const SegMatrix *) value)->rows == 0;
		case SEG_OPTION_TEXT:
			return ((const SegText *) value)->length == 0;
		case SEG_OPTION_TEXTS:
			return ((const SegTexts *) value)->count == 0;
		case SEG_OPTION_NUMBERS:
			return ((const SegNamedNumbers *) value)->names.count == 0;
	}
	return true;
}

/*
 * Number of edits (insert, delete, replace) from a to b, up to MAX_NAME
 * letters.
 */
static int
edit_distance(const char *a, const char *b)
{
	int row[MAX_NAME + 1];
	int n = 0;

	while (n < MAX_NAME && b[n] != '\0')
		n++;
	for (int j = 0; j <= n; j++)
		row[j] = j;
	for (int i = 0; a[i] != '\0' && i < MAX_NAME; i++)
	{
		int corner = row[0];

		row[0] = i + 1;
		for (int j = 0; j < n; j++)
		{
			int cost = corner + (a[i] != b[j]);

			corner = row[j + 1];
			if (row[j + 1] + 1 < cost)
				cost = row[j + 1] + 1;
			if (row[j] + 1 < cost)
				cost = row[j] + 1;
			row[j + 1] = cost;
		}
	}
	return row[n];
}

/*
 * Find an option by name; name the nearest one if there is none.  The name must
 * outlive the error.
 */
SegStatus
seg_option_find(SegEnv *env, const SegOption *table, const char *name,
                const SegOption **result)
{
	const char *nearest = NULL;
	int least = MAX_SUGGESTION + 1;

	for (const SegOption *o = table; o->name != NULL; o++)
	{
		int distance;

		if (strcmp(o->name, name) == 0)
		{
			*result = o;
			return SEG_OK;
		}
		distance = edit_distance(name, o->name);
		if (distance < least)
		{
			least = distance;
			nearest = o->name;
		}
	}
	return seg_fail_name(env, SEG_UNKNOWN_OPTION, name, nearest);
}

SegStatus
seg_option_mistyped(SegEnv *env, const SegOption *option)
{
	static const char *const wanted[] =
		{[SEG_OPTION_INT] = "a whole number",
	     [SEG_OPTION_REAL] = "a number",
	     [SEG_OPTION_BOOL] = "true or false",
	     [SEG_OPTION_ENUM] = "a string",
	     [SEG_OPTION_MATRIX] =
	         "an array of arrays of numbers, all of one length",
	     [SEG_OPTION_TEXT] = "a string",
	     [SEG_OPTION_TEXTS] = "an array of strings",
	     [SEG_OPTION_NUMBERS] = "an object of numbers by name",
	     [SEG_OPTION_ELEMENT] =
	         "the number of an element, or a name from \"feature_names\""};

	return seg_fail_name(env,
	                     SEG_OPTION_TYPE,
	                     option->name,
	                     wanted[option->type]);
}

/*
 * A list that must be as long as other arguments say.
 */
SegStatus
seg_option_bad_size(SegEnv *env, const char *option, const char *noun,
                    int64_t got, int64_t want)
{
	return seg_fail_facts(env,
	                      SEG_OPTION_SIZE,
	                      (SegDiag){.what = option,
	                                .name = noun,
	                                .got = (double) got,
	                                .want = (double) want});
}

SegStatus
seg_option_check_number(SegEnv *env, const SegOption *option, double value)
{
	bool is_share =
		option->type == SEG_OPTION_REAL && option->min >= 0 && option->max <= 1;

	if (value >= option->min && value <= option->max)
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_OPTION_RANGE,
	                      (SegDiag){.what = option->name,
	                                .got = value,
	                                .want = option->min,
	                                .limit = option->max,
	                                .name =
	                                    is_share ? seg_meant_as(value) : NULL});
}

SegStatus
seg_option_set_number(SegEnv *env, const SegOption *option, void *params,
                      double value)
{
	bool is_whole =
		option->type == SEG_OPTION_INT || option->type == SEG_OPTION_ELEMENT;

	if (!is_whole && option->type != SEG_OPTION_REAL)
		return seg_option_mistyped(env, option);
	if (is_whole && value != floor(value))
		return seg_option_mistyped(env, option);
	SEG_TRY(seg_option_check_number(env, option, value));
	if (is_whole)
		*(int64_t *) member(option, params) = (int64_t) value;
	else
		*(double *) member(option, params) = value;
	return SEG_OK;
}

SegStatus
seg_option_set_bool(SegEnv *env, const SegOption *option, void *params,
                    bool value)
{
	if (option->type != SEG_OPTION_BOOL)
		return seg_option_mistyped(env, option);
	*(bool *) member(option, params) = value;
	return SEG_OK;
}

SegStatus
seg_option_set_word(SegEnv *env, const SegOption *option, void *params,
                    const char *word)
{
	if (option->type != SEG_OPTION_ENUM)
		return seg_option_mistyped(env, option);
	for (int i = 0; option->words[i] != NULL; i++)
	{
		if (strcmp(option->words[i], word) == 0)
		{
			*(int *) member(option, params) = i;
			return SEG_OK;
		}
	}
	/* help starts with the words, see the tables */
	return seg_fail_facts(env,
	                      SEG_OPTION_WORD,
	                      (SegDiag){.what = option->name,
	                                .name = option->help,
	                                .seen = word});
}

/*
 * The text is not copied.
 */
SegStatus
seg_option_set_text(SegEnv *env, const SegOption *option, void *params,
                    SegText text)
{
	if (option->type != SEG_OPTION_TEXT)
		return seg_option_mistyped(env, option);
	if (text.length > (int64_t) option->max)
		return seg_fail_facts(env,
		                      SEG_OPTION_LONG,
		                      (SegDiag){.what = option->name,
		                                .got = (double) text.length,
		                                .want = option->max});
	*(SegText *) member(option, params) = text;
	return SEG_OK;
}
