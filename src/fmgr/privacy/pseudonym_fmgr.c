/*-------------------------------------------------------------------------
 *
 * pseudonym_fmgr.c
 *	  SQL face of pseudonym.
 *
 * src/fmgr/privacy/pseudonym_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hmac.h"
#include "common/sha2.h"
#include "utils/builtins.h"

#include "pg/label.h"

#define LEAST_KEY 16 /* bytes */

/*
 * HMAC-SHA-256 of an id.
 */
static void
authentication_code(const bytea *key, SegText id, uint8 *code)
{
	pg_hmac_ctx *hmac = pg_hmac_create(PG_SHA256);
	bool is_done;

	if (hmac == NULL)
		ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
	is_done = pg_hmac_init(hmac,
	                       (const uint8 *) VARDATA_ANY(key),
	                       VARSIZE_ANY_EXHDR(key)) >= 0 &&
	          pg_hmac_update(hmac, (const uint8 *) id.bytes, id.length) >= 0 &&
	          pg_hmac_final(hmac, code, PG_SHA256_DIGEST_LENGTH) >= 0;
	pg_hmac_free(hmac);
	if (!is_done)
		ereport(ERROR,
		        errcode(ERRCODE_INTERNAL_ERROR),
		        errmsg("could not compute HMAC-SHA-256"));
}

static Datum
pseudonym(FunctionCallInfo fcinfo, LabelArgument type)
{
	const bytea *key = PG_GETARG_BYTEA_PP(0);
	uint8 code[PG_SHA256_DIGEST_LENGTH];
	char hex[2 * PG_SHA256_DIGEST_LENGTH];
	LabelView id;

	if (VARSIZE_ANY_EXHDR(key) < LEAST_KEY)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("key is too short"),
		        errdetail("It has %d bytes, and needs %d at least.",
		                  (int) VARSIZE_ANY_EXHDR(key),
		                  LEAST_KEY));
	(void) label_argument(fcinfo, 1, type, &id);
	authentication_code(key, id.text, code);
	(void) hex_encode((const char *) code, sizeof(code), hex);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(hex, sizeof(hex)));
}

#define PSEUDONYM(name, type) \
	PG_FUNCTION_INFO_V1(segment_pseudonym_##name); \
	Datum segment_pseudonym_##name(PG_FUNCTION_ARGS) \
	{ \
		return pseudonym(fcinfo, type); \
	}

PSEUDONYM(text, LABEL_IS_TEXT)
PSEUDONYM(bigint, LABEL_IS_BIGINT)
PSEUDONYM(uuid, LABEL_IS_UUID)
