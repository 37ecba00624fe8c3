/*-------------------------------------------------------------------------
 *
 * json_reader.h
 *	  A JSON text, read token by token: softly, and looking for cancel, as the
 *	  server's parser of whole texts does not.
 *
 * A reader stands at a token. A function that returns false has refused the
 * text: softly if the reader has an error context that wants it, otherwise it
 * has not returned.
 *
 * src/pg/json_reader.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_JSON_READER_H
#define SEGMENT_PG_JSON_READER_H

#include "common/jsonapi.h"
#include "nodes/pg_list.h"

#include "base/text.h"
#include "pg/compat.h"

typedef struct JsonReader
{
	const char *type; /* that the text is input of */
	struct Node *escontext;
	JsonLexContext *lex;
} JsonReader;

/* A member of an object: its key, and its value as text. */
typedef struct JsonMember
{
	const char *key;
	SegText value;
} JsonMember;

/* Stand at the first token; type and escontext are set. */
extern bool json_begin(JsonReader *reader, SegText text);

/* Step over the token where we stand. */
extern bool json_advance(JsonReader *reader);

/* The members of a text that is an object. */
extern bool json_members(JsonReader *reader, SegText text, List **members);

static inline bool
json_is(const JsonReader *reader, JsonTokenType token)
{
	return reader->lex->token_type == token;
}

/* The string where we stand, without quotes and escapes; until the next. */
static inline SegText
json_string(const JsonReader *reader)
{
	return (SegText){reader->lex->strval->data, reader->lex->strval->len};
}

#endif /* SEGMENT_PG_JSON_READER_H */
