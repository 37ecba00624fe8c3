--- pseudonym(key bytea, id text | bigint | uuid) -> text                since 0.1.0
---
--- A name for an id that only the holder of the key can find again, the same each
--- time: HMAC-SHA-256.
---
--- Input        key  16 bytes or more; 32 random ones are best
---              id   text, an integer type or uuid; cast others to text.  It counts
---                   as its text, in the database's encoding: 7, 7::bigint and '7'
---                   are one id
--- Output       64 hexadecimal digits; NULL when an argument is NULL
--- Caution      who has the key can try out all ids.  A pseudonym is still personal
---              data; without the key, and with the rest of the row coarse enough, it
---              may be none
--- Errors       22023  key has fewer than 16 bytes
--- Source       RFC 2104, FIPS 180-4
CREATE FUNCTION pseudonym(key bytea, id text) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_pseudonym_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION pseudonym(key bytea, id bigint) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_pseudonym_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION pseudonym(key bytea, id uuid) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_pseudonym_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION pseudonym(bytea, text) IS 'HMAC-SHA-256 of an id';
COMMENT ON FUNCTION pseudonym(bytea, bigint) IS 'HMAC-SHA-256 of an id';
COMMENT ON FUNCTION pseudonym(bytea, uuid) IS 'HMAC-SHA-256 of an id';
