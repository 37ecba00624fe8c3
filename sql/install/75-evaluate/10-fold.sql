--- fold(key text | bigint | uuid, n bigint [, salt text]) -> int        since 0.1.0
---
--- Which of n parts a user is in, for cross-validation: decided by a hash of the
--- key, so it is the same in every run, on every machine and server version, no
--- matter who else is in the table.
---
--- Input        key        text, an integer type or uuid; cast others to text.  It
---                         counts as its text: 7, 7::bigint and '7' are one key
---              n          number of parts, 1 or more
---              salt       another salt gives another split, independent of the
---                         first; empty if left out
--- Output       1 to n, all equally likely; NULL when an argument is NULL
--- Defined      floor(h * n / 2^64) + 1, where h is XXH64 of the key's bytes with
---              the seed XXH64 of the salt's bytes (itself with seed 0); the bytes
---              are those of the database's encoding
--- Errors       22023  n is below 1
CREATE FUNCTION fold(key bigint, n bigint) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION fold(key bigint, n bigint, salt text) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION fold(key text, n bigint) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION fold(key text, n bigint, salt text) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION fold(key uuid, n bigint) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION fold(key uuid, n bigint, salt text) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_fold_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION fold(bigint, bigint) IS 'part that a key is in, by its hash';
COMMENT ON FUNCTION fold(bigint, bigint, text) IS 'part that a key is in, by its hash';
COMMENT ON FUNCTION fold(text, bigint) IS 'part that a key is in, by its hash';
COMMENT ON FUNCTION fold(text, bigint, text) IS 'part that a key is in, by its hash';
COMMENT ON FUNCTION fold(uuid, bigint) IS 'part that a key is in, by its hash';
COMMENT ON FUNCTION fold(uuid, bigint, text) IS 'part that a key is in, by its hash';

--- is_train(key text | bigint | uuid, share float8 [, salt text]) -> boolean
---                                                                      since 0.1.0
---
--- Is a user among the share to train on?  The others are for testing.  Decided by
--- the same hash as fold.
---
--- Input        key, salt  as for fold
---              share      0 to 1
--- Output       true for a share of the keys; NULL when an argument is NULL.  A
---              larger share contains a smaller one.  With one salt,
---              is_train(key, 0.8) is fold(key, 5) <= 4
--- Defined      h < share * 2^64, h as for fold; share 1 is everybody
--- Errors       22003  share is NaN or infinite
---              22023  share is not between 0 and 1
CREATE FUNCTION is_train(key bigint, share float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION is_train(key bigint, share float8, salt text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION is_train(key text, share float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION is_train(key text, share float8, salt text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION is_train(key uuid, share float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION is_train(key uuid, share float8, salt text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_is_train_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION is_train(bigint, float8) IS 'whether a key is in the share to train on, by its hash';
COMMENT ON FUNCTION is_train(bigint, float8, text) IS 'whether a key is in the share to train on, by its hash';
COMMENT ON FUNCTION is_train(text, float8) IS 'whether a key is in the share to train on, by its hash';
COMMENT ON FUNCTION is_train(text, float8, text) IS 'whether a key is in the share to train on, by its hash';
COMMENT ON FUNCTION is_train(uuid, float8) IS 'whether a key is in the share to train on, by its hash';
COMMENT ON FUNCTION is_train(uuid, float8, text) IS 'whether a key is in the share to train on, by its hash';
