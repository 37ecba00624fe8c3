/*-------------------------------------------------------------------------
 *
 * json_reader.c
 *	  A JSON text, read token by token: softly, and looking for cancel.
 *
 * src/pg/json_reader.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "pg/json_reader.h"

static bool
refuse_token(JsonReader *reader, JsonParseErrorType error)
{
	if (json_is(reader, JSON_TOKEN_END))
		error = JSON_EXPECTED_MORE;
	ereturn(reader->escontext,
	        false,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("invalid input syntax for type %s", reader->type),
	        errdetail_internal("%s", json_errdetail(error, reader->lex)));
}

bool
json_advance(JsonReader *reader)
{
	JsonParseErrorType error;

	CHECK_FOR_INTERRUPTS();
	error = json_lex(reader->lex);
	return error == JSON_SUCCESS || refuse_token(reader, error);
}

bool
json_begin(JsonReader *reader, SegText text)
{
	reader->lex =
		json_lexer(text.bytes, text.length, GetDatabaseEncoding(), true);
	return json_advance(reader);
}

/* Step over a token that must be here. */
static bool
take_token(JsonReader *reader, JsonTokenType token,
           JsonParseErrorType otherwise)
{
	return json_is(reader, token) ? json_advance(reader)
	                              : refuse_token(reader, otherwise);
}

static bool skip_value(JsonReader *reader);

/*
 * Step over a member of an object; list it, unless members is NULL.
 */
static bool
skip_member(JsonReader *reader, List **members)
{
	JsonMember *member = NULL;

	if (json_is(reader, JSON_TOKEN_STRING) && members != NULL)
	{
		member = palloc(sizeof(JsonMember));
		member->key = pstrdup(json_string(reader).bytes);
		*members = lappend(*members, member);
	}
	if (!take_token(reader, JSON_TOKEN_STRING, JSON_EXPECTED_STRING) ||
	    !take_token(reader, JSON_TOKEN_COLON, JSON_EXPECTED_COLON))
		return false;
	if (member != NULL)
		member->value.bytes = reader->lex->token_start;
	if (!skip_value(reader))
		return false;
	if (member != NULL)
		member->value.length =
			reader->lex->prev_token_terminator - member->value.bytes;
	return true;
}

/*
 * Step over an object, or an array: members is NULL for all but the outermost.
 */
static bool
skip_container(JsonReader *reader, List **members)
{
	bool is_object = json_is(reader, JSON_TOKEN_OBJECT_START);
	JsonTokenType close =
		is_object ? JSON_TOKEN_OBJECT_END : JSON_TOKEN_ARRAY_END;

	if (!json_advance(reader))
		return false;
	if (json_is(reader, close))
		return json_advance(reader);
	while (is_object ? skip_member(reader, members) : skip_value(reader))
	{
		if (json_is(reader, close))
			return json_advance(reader);
		if (!take_token(reader,
		                JSON_TOKEN_COMMA,
		                is_object ? JSON_EXPECTED_OBJECT_NEXT
		                          : JSON_EXPECTED_ARRAY_NEXT))
			return false;
	}
	return false;
}

static bool
skip_value(JsonReader *reader)
{
	check_stack_depth();
	switch (reader->lex->token_type)
	{
		case JSON_TOKEN_OBJECT_START:
		case JSON_TOKEN_ARRAY_START:
			return skip_container(reader, NULL);
		case JSON_TOKEN_STRING:
		case JSON_TOKEN_NUMBER:
		case JSON_TOKEN_TRUE:
		case JSON_TOKEN_FALSE:
		case JSON_TOKEN_NULL:
			return json_advance(reader);
		default:
			return refuse_token(reader, JSON_EXPECTED_JSON);
	}
}

/*
 * Anything but an object is most likely the name under which a value is stored.
 */
static bool
refuse_other(JsonReader *reader)
{
	ereturn(reader->escontext,
	        false,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("invalid input syntax for type %s", reader->type),
	        errdetail("A JSON object was expected."),
	        errhint("To use a stored value by its name, read it with a "
	                "subquery: (SELECT model FROM models WHERE name = "
	                "'value')."));
}

bool
json_members(JsonReader *reader, SegText text, List **members)
{
	int64 i = 0;

	while (i < text.length && strchr(" \t\n\r", text.bytes[i]) != NULL)
		i++;
	if (i == text.length || text.bytes[i] != '{')
		return refuse_other(reader);
	return json_begin(reader, text) && skip_container(reader, members) &&
	       (json_is(reader, JSON_TOKEN_END) ||
	        refuse_token(reader, JSON_EXPECTED_END));
}
