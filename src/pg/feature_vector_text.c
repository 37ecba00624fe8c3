/*-------------------------------------------------------------------------
 *
 * feature_vector_text.c
 *	  The text form of a feature_vector: [1,2.5,NULL].
 *
 * Braces are read too, so that array syntax also works. We print the shortest
 * digits that read back to the same number, whatever extra_float_digits says: a
 * dump must restore bit for bit.
 *
 * src/pg/feature_vector_text.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"

#include "pg/segment_pg.h"

/* A place in the text that we are reading. */
typedef struct Cursor
{
	const char *text;
	const char *at;
	struct Node *escontext;
} Cursor;

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_spaces(Cursor *c)
{
	while (is_space(*c->at))
		c->at++;
}

/*
 * Complain that something else was expected here.
 */
static bool
refuse_syntax(Cursor *c, const char *expected)
{
	int position = pg_mbstrlen_with_len(c->text, c->at - c->text) + 1;

	ereturn(c->escontext,
	        false,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("invalid input syntax for type feature_vector: \"%s\"",
	               c->text),
	        errdetail("Expected %s at position %d.", expected, position));
}

/*
 * Read a word: NULL for a missing element, unless it is quoted, as in arrays. The names of non-finite numbers are
 * recognised too, so that the error says why they are refused.
 */
static bool
parse_word(Cursor *c, bool is_quoted, float8 *x)
{
	static const char *const infinite[] =
		{"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"};
	size_t length = strcspn(c->at, ",]}\" \t\n\v\f\r");

	if (!is_quoted && length == 4 && pg_strncasecmp(c->at, "null", 4) == 0)
	{
		*x = feature_vector_missing();
		c->at += length;
		return true;
	}
	if (length == 3 && pg_strncasecmp(c->at, "nan", 3) == 0)
		return feature_vector_element_is_legal(NAN, c->escontext);
	for (int i = 0; i < lengthof(infinite); i++)
		if (length == strlen(infinite[i]) &&
		    pg_strncasecmp(c->at, infinite[i], length) == 0)
			return feature_vector_element_is_legal(INFINITY, c->escontext);
	return refuse_syntax(c, "a number");
}

/*
 * Is there a decimal number here?  strtod() alone would also take words and
 * hexadecimal digits.
 */
static bool
starts_decimal(const char *at)
{
	if (*at == '+' || *at == '-')
		at++;
	if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X'))
		return false;
	return isdigit((unsigned char) at[0]) ||
	       (at[0] == '.' && isdigit((unsigned char) at[1]));
}

/*
 * Read one number or word.
 */
static bool
parse_number(Cursor *c, bool is_quoted, float8 *x)
{
	char *end;

	skip_spaces(c);
	if (!starts_decimal(c->at))
		return parse_word(c, is_quoted, x);

	errno = 0;
	*x = strtod(c->at, &end);
	/* subnormal numbers set ERANGE too, but are valid */
	if (errno == ERANGE && (*x == 0.0 || isinf(*x)))
		ereturn(c->escontext,
		        false,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("\"%.*s\" is out of range for type feature_vector",
		               (int) (end - c->at),
		               c->at),
		        errhint("Elements are numbers of type double precision."));
	*x += 0.0; /* no -0 */
	c->at = end;
	return true;
}

/*
 * Read one element. In braces, as arrays are written, it may be quoted: some
 * drivers quote every element of an array.
 */
static bool
parse_element(Cursor *c, char close, float8 *x)
{
	bool is_quoted;

	skip_spaces(c);
	is_quoted = close == '}' && *c->at == '"';
	if (is_quoted)
		c->at++;
	if (!parse_number(c, is_quoted, x))
		return false;
	skip_spaces(c);
	if (!is_quoted)
		return true;
	if (*c->at != '"')
		return refuse_syntax(c, "\"\"\"");
	c->at++;
	skip_spaces(c);
	return true;
}

/*
 * The number of elements if the text is well-formed.
 */
static int64
count_elements(const char *text, char close)
{
	int64 n = 1;

	while (is_space(*text))
		text++;
	if (*text == close)
		return 0;
	for (; *text != close && *text != '\0'; text++)
		n += *text == ',';
	return n;
}

/*
 * Read the elements and the closing bracket.
 */
static bool
parse_elements(Cursor *c, char close, FeatureVector *v)
{
	for (int i = 0; i < v->dim; i++)
	{
		bool is_last = i + 1 == v->dim;

		if (!parse_element(c, close, &v->x[i]))
			return false;
		if (isnan(v->x[i]))
			v->flags |= FEATURE_VECTOR_HAS_MISSING;
		if (*c->at != (is_last ? close : ','))
			return refuse_syntax(c,
			                     close == ']' ? "\",\" or \"]\""
			                                  : "\",\" or \"}\"");
		c->at++;
	}
	skip_spaces(c);
	if (*c->at != '\0')
		return refuse_syntax(c, "the end");
	return true;
}

/*
 * Read a vector; NULL after a soft error.
 */
FeatureVector *
feature_vector_parse(const char *text, struct Node *escontext)
{
	Cursor c = {text, text, escontext};
	FeatureVector *v;
	int64 dim;
	char close;

	skip_spaces(&c);
	if (*c.at != '[' && *c.at != '{')
	{
		refuse_syntax(&c, "\"[\"");
		return NULL;
	}
	close = *c.at++ == '[' ? ']' : '}';

	/* Check the length before using it: it decides what we allocate. */
	dim = count_elements(c.at, close);
	if (!feature_vector_dim_is_legal(dim, escontext))
		return NULL;
	v = feature_vector_make((int) dim);
	return parse_elements(&c, close, v) ? v : NULL;
}

/*
 * Write a vector, with the given word for a missing element.
 */
char *
feature_vector_format(const FeatureVectorView *view, const char *missing)
{
	char *text = palloc(3 + (Size) view->dim * DOUBLE_SHORTEST_DECIMAL_LEN);
	char *at = text;

	*at++ = '[';
	for (int i = 0; i < view->dim; i++)
	{
		if (i > 0)
			*at++ = ',';
		if (isnan(view->x[i]))
		{
			strcpy(at, missing);
			at += strlen(missing);
		}
		else
			at += double_to_shortest_decimal_bufn(view->x[i], at);
	}
	*at++ = ']';
	*at = '\0';
	return text;
}
