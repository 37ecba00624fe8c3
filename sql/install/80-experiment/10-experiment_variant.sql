--- experiment_variant(key text | bigint | uuid, salt text, weights float8[]) -> int
---                                                                      since 0.1.0
---
--- Which variant of an experiment a user sees: decided by a hash of the key, so a
--- user sees the same one everywhere and always, and nothing has to be stored.
---
--- Input        key        text, an integer type or uuid; cast others to text.  It
---                         counts as its text: 7, 7::bigint and '7' are one key
---              salt       the name of the experiment: another one gives another
---                         split, independent of the first
---              weights    one for each variant, not negative; only their
---                         proportions count: {1,1} and {50,50} are halves.  A
---                         variant of weight 0 gets nobody
--- Output       1 to the number of weights; NULL when an argument is NULL
--- Defined      the first i for which h < 2^64 (w1 + ... + wi) / (w1 + ... + wn), h
---              as for fold: fold(key, 2, salt) is
---              experiment_variant(key, salt, '{1,1}')
--- Errors       22004  a weight is NULL
---              22023  a weight is negative or not finite; all are 0; there are
---                     none, or more than 1000
CREATE FUNCTION experiment_variant(key bigint, salt text, weights float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_experiment_variant_bigint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION experiment_variant(key text, salt text, weights float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_experiment_variant_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION experiment_variant(key uuid, salt text, weights float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_experiment_variant_uuid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION experiment_variant(bigint, text, float8[]) IS 'variant that a key sees in an experiment, by its hash';
COMMENT ON FUNCTION experiment_variant(text, text, float8[]) IS 'variant that a key sees in an experiment, by its hash';
COMMENT ON FUNCTION experiment_variant(uuid, text, float8[]) IS 'variant that a key sees in an experiment, by its hash';
