--- profile_score(weights feature_vector | float8[], v feature_vector | float8[]) -> float8
---                                                                      since 0.1.0
---
--- Score of a profile by weights that you set: the sum of weight times element,
--- U = w1 x1 + w2 x2 + ...
---
--- Input        weights        one per element, of any sign; they need not add up
---                             to 1
---              v              the profile, with the same number of elements, which
---                             should be on one scale.  Either may be an array
--- Output       a number in the units of weight times element; NULL when an argument
---              is NULL
--- Missing      a missing weight or element is an error, even where the other one
---              is 0: put in the number that it stands for
--- Range        intermediate results beyond float8 are avoided
--- Errors       2202E  weights and elements differ in number
---              22004  a weight or an element is missing
---              22003  the score is beyond float8
CREATE FUNCTION profile_score(weights feature_vector, v feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION profile_score(weights float8[], v float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score_arrays' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION profile_score(weights feature_vector, v float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score_of_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION profile_score(weights float8[], v feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score_by_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION profile_score(feature_vector, feature_vector) IS 'weighted sum of a profile';
COMMENT ON FUNCTION profile_score(float8[], float8[]) IS 'weighted sum of a profile';
COMMENT ON FUNCTION profile_score(feature_vector, float8[]) IS 'weighted sum of a profile';
COMMENT ON FUNCTION profile_score(float8[], feature_vector) IS 'weighted sum of a profile';
