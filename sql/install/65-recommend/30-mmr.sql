--- mmr(ids anyarray, scores float8[], vectors feature_vector[], n int, lambda float8)
---   -> rows (id, score float8, rank int)                                 since 0.1.0
---
--- A list that is good and varied: maximal marginal relevance.
---
--- Input        ids        candidates; it types id
---              scores     how good each is, best brought to 0 … 1, where cosines lie
---              vectors    what each is like
---                         Where one of the three is NULL, the candidate is left out
---              n          candidates to choose at most
---              lambda     1: by score alone; 0: after the best, by difference alone
--- Choice       the best, and then one by one the largest lambda * score -
---              (1 - lambda) * largest cosine with one chosen before; of equal ones
---              that which stands first.  A vector of zeros is similar to nothing
--- Output       at most n rows, by rank; none when an argument is NULL
--- Cost         n * candidates * elements
--- Errors       22003  a score is NaN or infinite
---              22004  a vector has a missing element
---              22023  n is negative, or lambda outside of 0 to 1
---              2202E  arrays, or vectors, of different length
--- Source       Carbonell & Goldstein (1998)
CREATE FUNCTION mmr(ids anyarray, scores float8[], vectors feature_vector[], n int, lambda float8)
	RETURNS TABLE (id anyelement, score float8, rank int)
	AS 'MODULE_PATHNAME', 'segment_mmr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION mmr(anyarray, float8[], feature_vector[], int, float8) IS 'choose candidates that are good and unlike each other';
