--- one_hot(value, categories) -> feature_vector                          since 0.1.0
---
--- A category as a vector: 1 at the place that the value has in a list, 0 at all
--- others.
---
--- Input        value       of any type that can be compared
---              categories  array of that type, 1 to 16000; it may have a NULL
--- Output       a vector with an element for each category.  A value that is not in
---              the list gives zeros.  A NULL that is not in the list gives missing
---              elements: it might be any of them.  NULL where the list is NULL.  Of
---              equal categories the first counts
--- Compared     as = does, texts byte by byte
--- Errors       42883  the type has no equality
---              54000  no category, or more than 16000
CREATE FUNCTION one_hot(value anycompatible, categories anycompatiblearray) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_one_hot' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
COMMENT ON FUNCTION one_hot(anycompatible, anycompatiblearray) IS 'a category as a vector of zeros and a one';

--- feature_hash(tokens text[], n bigint) -> feature_vector               since 0.1.0
---
--- Words, tags or ids as a vector of fixed length, without a list of them: each is
--- counted, with the sign that its hash has, at the place that its hash gives.
---
--- Input        tokens     any number of texts; NULL ones are skipped
---              n          elements of the vector, 1 to 16000
--- Output       a vector; without tokens all zeros.  The same tokens give the same
---              vector everywhere
--- Errors       22023  n is out of range
--- Source       Weinberger et al. (2009); MurmurHash3 of the UTF-8, as scikit-learn's
---              FeatureHasher with input_type string
CREATE FUNCTION feature_hash(tokens text[], n bigint) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION feature_hash(text[], bigint) IS 'words as a vector of fixed length, by their hash';

--- bucketize(value float8, edges float8[]) -> int                        since 0.1.0
---
--- The bucket of a value: the number of edges at or below it.
---
--- Input        value      a number or infinity
---              edges      strictly ascending, finite, or none
--- Output       0 below the first edge, up to the number of edges from the last one
---              on; a value that equals an edge is in the bucket above it
--- Errors       22003  the value is NaN
---              22023  the edges do not ascend
--- Source       as numpy.digitize
CREATE FUNCTION bucketize(value float8, edges float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_bucketize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bucketize(float8, float8[]) IS 'number of edges at or below a value';
