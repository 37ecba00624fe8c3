--- mmr(ids anycompatiblearray, scores float8[], vectors feature_vector[], n bigint, lambda float8)
---   -> rows (id, score float8, rank int)                               since 0.1.0
---
--- A list that is good and varied: maximal marginal relevance.
---
--- Input        ids        candidates; their type is that of id
---              scores     how good each is, best scaled to 0 … 1, where cosines
---                         lie
---              vectors    features of each
---                         A candidate for which one of the three is NULL is left
---                         out
---              n          maximum number of candidates to choose
---              lambda     1: by score alone; 0: after the best, by difference alone
--- Choice       the best, then one by one the largest lambda * score -
---              (1 - lambda) * largest cosine with one already chosen; ties go to
---              the one that stands first.  A vector of zeros is similar to nothing
--- Output       at most n rows, by rank; none when an argument is NULL
--- Cost         n * candidates * elements
--- Errors       22003  a score is NaN or infinite
---              22004  a vector has a missing element
---              22023  n is negative, or lambda is not between 0 and 1
---              2202E  arrays, or vectors, of different lengths
--- Source       Carbonell & Goldstein (1998)
CREATE FUNCTION mmr(ids anycompatiblearray, scores float8[], vectors feature_vector[], n bigint, lambda float8)
	RETURNS TABLE (id anycompatible, score float8, rank int)
	AS 'MODULE_PATHNAME', 'segment_mmr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION mmr(anycompatiblearray, float8[], feature_vector[], bigint, float8) IS 'candidates that are good and unlike each other';
