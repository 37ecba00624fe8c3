--- dims(v feature_vector | float8[]) -> int                             since 0.1.0
--- cardinality(v feature_vector) -> int
--- missing_count(v) -> int
---
--- Number of elements (cardinality is the name that arrays have for it), and how
--- many of them are missing.
CREATE FUNCTION dims(feature_vector) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_dims' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION dims(feature_vector) IS
	'number of elements';
CREATE FUNCTION dims(float8[]) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_dims_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION dims(float8[]) IS
	'number of elements';
CREATE FUNCTION cardinality(feature_vector) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_dims' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cardinality(feature_vector) IS
	'number of elements';
CREATE FUNCTION missing_count(feature_vector) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_missing_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION missing_count(feature_vector) IS
	'number of missing elements';
CREATE FUNCTION missing_count(float8[]) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_missing_count_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION missing_count(float8[]) IS
	'number of missing elements';

--- l2_norm(v feature_vector | float8[]) -> float8                       since 0.1.0
--- l2_normalize(v) -> feature_vector
---
--- Euclidean length of a vector, and the vector of length 1 in its direction
--- (a zero vector stays zero).
---
--- Range        squares that would leave the range of float8 are avoided: the norm
---              of [3e-200,4e-200] is 5e-200
--- Errors       22004  an element is missing
---              22003  the norm itself is beyond float8
CREATE FUNCTION l2_norm(feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_norm' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION l2_norm(feature_vector) IS
	'Euclidean length of a vector';
CREATE FUNCTION l2_norm(float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_norm_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION l2_norm(float8[]) IS
	'Euclidean length of a vector';
CREATE FUNCTION l2_normalize(feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_normalize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_normalize(feature_vector) IS
	'vector of length 1 in the same direction';
CREATE FUNCTION l2_normalize(float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_normalize_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_normalize(float8[]) IS
	'vector of length 1 in the same direction';

--- dot_product(v, w) -> float8                                          since 0.1.0
--- l2_distance(v, w) -> float8                                          v <-> w
--- l1_distance(v, w) -> float8                                          v <+> w
--- cosine_distance(v, w) -> float8                                      v <=> w
--- negative_dot_product(v, w) -> float8                                 v <#> w
---
--- Measures of two vectors of the same length. Either may be an array of numbers,
--- for an operator one of them. The operators are those of pgvector, with the same
--- meaning; <#> is negative so that ORDER BY puts the largest product first.
---
--- Output       cosine distance is 1 - cosine, from 0 to 2, and exactly 0 for equal
---              vectors; NULL when one vector is zero and has no direction
--- Range        intermediate results beyond float8 are avoided
--- Errors       2202E  the vectors differ in length
---              22004  an element is missing
---              22003  the result is beyond float8
CREATE FUNCTION dot_product(feature_vector, feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_dot' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION dot_product(feature_vector, feature_vector) IS
	'sum of the products of the elements';
CREATE FUNCTION dot_product(feature_vector, float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_dot_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION dot_product(feature_vector, float8[]) IS
	'sum of the products of the elements';
CREATE FUNCTION dot_product(float8[], feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_dot_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION dot_product(float8[], feature_vector) IS
	'sum of the products of the elements';
CREATE FUNCTION dot_product(float8[], float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_dot_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION dot_product(float8[], float8[]) IS
	'sum of the products of the elements';
CREATE FUNCTION l2_distance(feature_vector, feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l2_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_distance(feature_vector, feature_vector) IS
	'Euclidean distance';
CREATE FUNCTION l2_distance(feature_vector, float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l2_distance_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_distance(feature_vector, float8[]) IS
	'Euclidean distance';
CREATE FUNCTION l2_distance(float8[], feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l2_distance_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_distance(float8[], feature_vector) IS
	'Euclidean distance';
CREATE FUNCTION l2_distance(float8[], float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l2_distance_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l2_distance(float8[], float8[]) IS
	'Euclidean distance';
CREATE FUNCTION l1_distance(feature_vector, feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l1_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l1_distance(feature_vector, feature_vector) IS
	'taxicab distance: sum of absolute differences';
CREATE FUNCTION l1_distance(feature_vector, float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l1_distance_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l1_distance(feature_vector, float8[]) IS
	'taxicab distance: sum of absolute differences';
CREATE FUNCTION l1_distance(float8[], feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l1_distance_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l1_distance(float8[], feature_vector) IS
	'taxicab distance: sum of absolute differences';
CREATE FUNCTION l1_distance(float8[], float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_l1_distance_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION l1_distance(float8[], float8[]) IS
	'taxicab distance: sum of absolute differences';
CREATE FUNCTION cosine_distance(feature_vector, feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_cosine_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cosine_distance(feature_vector, feature_vector) IS
	'1 - cosine of the angle; NULL for a zero vector';
CREATE FUNCTION cosine_distance(feature_vector, float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_cosine_distance_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cosine_distance(feature_vector, float8[]) IS
	'1 - cosine of the angle; NULL for a zero vector';
CREATE FUNCTION cosine_distance(float8[], feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_cosine_distance_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cosine_distance(float8[], feature_vector) IS
	'1 - cosine of the angle; NULL for a zero vector';
CREATE FUNCTION cosine_distance(float8[], float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_cosine_distance_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION cosine_distance(float8[], float8[]) IS
	'1 - cosine of the angle; NULL for a zero vector';
CREATE FUNCTION negative_dot_product(feature_vector, feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_negative_dot' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION negative_dot_product(feature_vector, feature_vector) IS
	'minus the dot product';
CREATE FUNCTION negative_dot_product(feature_vector, float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_negative_dot_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION negative_dot_product(feature_vector, float8[]) IS
	'minus the dot product';
CREATE FUNCTION negative_dot_product(float8[], feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_negative_dot_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION negative_dot_product(float8[], feature_vector) IS
	'minus the dot product';
CREATE FUNCTION negative_dot_product(float8[], float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_vector_negative_dot_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION negative_dot_product(float8[], float8[]) IS
	'minus the dot product';

CREATE OPERATOR <-> (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = l2_distance, COMMUTATOR = <->
);
COMMENT ON OPERATOR <-> (feature_vector, feature_vector) IS
	'Euclidean distance';
CREATE OPERATOR <-> (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = l2_distance, COMMUTATOR = <->
);
COMMENT ON OPERATOR <-> (float8[], feature_vector) IS
	'Euclidean distance';
CREATE OPERATOR <-> (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = l2_distance, COMMUTATOR = <->
);
COMMENT ON OPERATOR <-> (feature_vector, float8[]) IS
	'Euclidean distance';
CREATE OPERATOR <+> (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = l1_distance, COMMUTATOR = <+>
);
COMMENT ON OPERATOR <+> (feature_vector, feature_vector) IS
	'taxicab distance';
CREATE OPERATOR <+> (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = l1_distance, COMMUTATOR = <+>
);
COMMENT ON OPERATOR <+> (float8[], feature_vector) IS
	'taxicab distance';
CREATE OPERATOR <+> (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = l1_distance, COMMUTATOR = <+>
);
COMMENT ON OPERATOR <+> (feature_vector, float8[]) IS
	'taxicab distance';
CREATE OPERATOR <=> (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = cosine_distance, COMMUTATOR = <=>
);
COMMENT ON OPERATOR <=> (feature_vector, feature_vector) IS
	'cosine distance';
CREATE OPERATOR <=> (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = cosine_distance, COMMUTATOR = <=>
);
COMMENT ON OPERATOR <=> (float8[], feature_vector) IS
	'cosine distance';
CREATE OPERATOR <=> (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = cosine_distance, COMMUTATOR = <=>
);
COMMENT ON OPERATOR <=> (feature_vector, float8[]) IS
	'cosine distance';
CREATE OPERATOR <#> (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = negative_dot_product, COMMUTATOR = <#>
);
COMMENT ON OPERATOR <#> (feature_vector, feature_vector) IS
	'negative dot product';
CREATE OPERATOR <#> (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = negative_dot_product, COMMUTATOR = <#>
);
COMMENT ON OPERATOR <#> (float8[], feature_vector) IS
	'negative dot product';
CREATE OPERATOR <#> (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = negative_dot_product, COMMUTATOR = <#>
);
COMMENT ON OPERATOR <#> (feature_vector, float8[]) IS
	'negative dot product';

--- v + w, v - w, v * w                                                  since 0.1.0
---
--- Element by element, between two vectors of the same length, of which one may be
--- an array of numbers, or a vector and a number on either side. An element that is
--- missing in one is missing in the result.
---
--- Errors       2202E  the vectors differ in length
---              22003  an element of the result is beyond float8, or the number
---                     is NaN or infinite
CREATE FUNCTION feature_vector_add(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_add(feature_vector, feature_vector) IS
	'implementation of + operator';
CREATE OPERATOR + (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (feature_vector, feature_vector) IS
	'sum element by element';
CREATE FUNCTION feature_vector_add(float8[], feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_add_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_add(float8[], feature_vector) IS
	'implementation of + operator';
CREATE OPERATOR + (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = feature_vector_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (float8[], feature_vector) IS
	'sum element by element';
CREATE FUNCTION feature_vector_add(feature_vector, float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_add_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_add(feature_vector, float8[]) IS
	'implementation of + operator';
CREATE OPERATOR + (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = feature_vector_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (feature_vector, float8[]) IS
	'sum element by element';
CREATE FUNCTION feature_vector_add(feature_vector, float8) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_add_scalar' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_add(feature_vector, float8) IS
	'implementation of + operator';
CREATE OPERATOR + (
	LEFTARG = feature_vector, RIGHTARG = float8,
	FUNCTION = feature_vector_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (feature_vector, float8) IS
	'sum element by element';
CREATE FUNCTION feature_vector_add(float8, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_scalar_add_vector' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_add(float8, feature_vector) IS
	'implementation of + operator';
CREATE OPERATOR + (
	LEFTARG = float8, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_add, COMMUTATOR = +
);
COMMENT ON OPERATOR + (float8, feature_vector) IS
	'sum element by element';
CREATE FUNCTION feature_vector_subtract(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_subtract' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_subtract(feature_vector, feature_vector) IS
	'implementation of - operator';
CREATE OPERATOR - (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_subtract
);
COMMENT ON OPERATOR - (feature_vector, feature_vector) IS
	'difference element by element';
CREATE FUNCTION feature_vector_subtract(float8[], feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_subtract_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_subtract(float8[], feature_vector) IS
	'implementation of - operator';
CREATE OPERATOR - (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = feature_vector_subtract
);
COMMENT ON OPERATOR - (float8[], feature_vector) IS
	'difference element by element';
CREATE FUNCTION feature_vector_subtract(feature_vector, float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_subtract_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_subtract(feature_vector, float8[]) IS
	'implementation of - operator';
CREATE OPERATOR - (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = feature_vector_subtract
);
COMMENT ON OPERATOR - (feature_vector, float8[]) IS
	'difference element by element';
CREATE FUNCTION feature_vector_subtract(feature_vector, float8) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_subtract_scalar' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_subtract(feature_vector, float8) IS
	'implementation of - operator';
CREATE OPERATOR - (
	LEFTARG = feature_vector, RIGHTARG = float8,
	FUNCTION = feature_vector_subtract
);
COMMENT ON OPERATOR - (feature_vector, float8) IS
	'difference element by element';
CREATE FUNCTION feature_vector_subtract(float8, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_scalar_subtract_vector' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_subtract(float8, feature_vector) IS
	'implementation of - operator';
CREATE OPERATOR - (
	LEFTARG = float8, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_subtract
);
COMMENT ON OPERATOR - (float8, feature_vector) IS
	'difference element by element';
CREATE FUNCTION feature_vector_multiply(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_multiply' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_multiply(feature_vector, feature_vector) IS
	'implementation of * operator';
CREATE OPERATOR * (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (feature_vector, feature_vector) IS
	'product element by element';
CREATE FUNCTION feature_vector_multiply(float8[], feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_multiply_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_multiply(float8[], feature_vector) IS
	'implementation of * operator';
CREATE OPERATOR * (
	LEFTARG = float8[], RIGHTARG = feature_vector,
	FUNCTION = feature_vector_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (float8[], feature_vector) IS
	'product element by element';
CREATE FUNCTION feature_vector_multiply(feature_vector, float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_multiply_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_multiply(feature_vector, float8[]) IS
	'implementation of * operator';
CREATE OPERATOR * (
	LEFTARG = feature_vector, RIGHTARG = float8[],
	FUNCTION = feature_vector_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (feature_vector, float8[]) IS
	'product element by element';
CREATE FUNCTION feature_vector_multiply(feature_vector, float8) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_multiply_scalar' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_multiply(feature_vector, float8) IS
	'implementation of * operator';
CREATE OPERATOR * (
	LEFTARG = feature_vector, RIGHTARG = float8,
	FUNCTION = feature_vector_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (feature_vector, float8) IS
	'product element by element';
CREATE FUNCTION feature_vector_multiply(float8, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_scalar_multiply_vector' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_multiply(float8, feature_vector) IS
	'implementation of * operator';
CREATE OPERATOR * (
	LEFTARG = float8, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_multiply, COMMUTATOR = *
);
COMMENT ON OPERATOR * (float8, feature_vector) IS
	'product element by element';

--- v || w -> feature_vector                                             since 0.1.0
---
--- The elements of v, then those of w.
---
--- Errors       54000  more than 16000 elements in total
CREATE FUNCTION feature_vector_concat(feature_vector, feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_vector_concat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_concat(feature_vector, feature_vector) IS
	'implementation of || operator';
CREATE OPERATOR || (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_concat
);
COMMENT ON OPERATOR || (feature_vector, feature_vector) IS
	'elements of the first vector, then of the second';

--- v = w, v <> w, v < w, v <= w, v > w, v >= w -> boolean               since 0.1.0
---
--- Element by element, as strings are ordered letter by letter. A missing
--- element equals a missing one and comes after every number; a vector comes
--- before the longer ones that begin with it.
CREATE FUNCTION feature_vector_lt(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_lt(feature_vector, feature_vector) IS
	'implementation of < operator';
CREATE FUNCTION feature_vector_le(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_le(feature_vector, feature_vector) IS
	'implementation of <= operator';
CREATE FUNCTION feature_vector_eq(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_eq(feature_vector, feature_vector) IS
	'implementation of = operator';
CREATE FUNCTION feature_vector_ne(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_ne(feature_vector, feature_vector) IS
	'implementation of <> operator';
CREATE FUNCTION feature_vector_ge(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_ge(feature_vector, feature_vector) IS
	'implementation of >= operator';
CREATE FUNCTION feature_vector_gt(feature_vector, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_gt(feature_vector, feature_vector) IS
	'implementation of > operator';
CREATE OPERATOR < (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_lt, COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (feature_vector, feature_vector) IS
	'less than';
CREATE OPERATOR <= (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_le, COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (feature_vector, feature_vector) IS
	'less than or equal';
CREATE OPERATOR = (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_eq, COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (feature_vector, feature_vector) IS
	'equal';
CREATE OPERATOR <> (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_ne, COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (feature_vector, feature_vector) IS
	'not equal';
CREATE OPERATOR >= (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_ge, COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (feature_vector, feature_vector) IS
	'greater than or equal';
CREATE OPERATOR > (
	LEFTARG = feature_vector, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_gt, COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (feature_vector, feature_vector) IS
	'greater than';

CREATE FUNCTION feature_vector_cmp(feature_vector, feature_vector) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_cmp(feature_vector, feature_vector) IS
	'comparison for btree: -1, 0 or 1';
CREATE FUNCTION feature_vector_hash(feature_vector) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_vector_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_hash(feature_vector) IS
	'hash for hash joins and indexes';
CREATE FUNCTION feature_vector_hash_extended(feature_vector, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_vector_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_hash_extended(feature_vector, bigint) IS
	'hash with a seed, for partitions';

CREATE OPERATOR CLASS feature_vector_ops
	DEFAULT FOR TYPE feature_vector USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 feature_vector_cmp(feature_vector, feature_vector);
COMMENT ON OPERATOR CLASS feature_vector_ops USING btree IS
	'order of feature_vectors, element by element';
COMMENT ON OPERATOR FAMILY feature_vector_ops USING btree IS
	'order of feature_vectors, element by element';
CREATE OPERATOR CLASS feature_vector_ops
	DEFAULT FOR TYPE feature_vector USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 feature_vector_hash(feature_vector),
	FUNCTION 2 feature_vector_hash_extended(feature_vector, bigint);
COMMENT ON OPERATOR CLASS feature_vector_ops USING hash IS
	'equality of feature_vectors';
COMMENT ON OPERATOR FAMILY feature_vector_ops USING hash IS
	'equality of feature_vectors';

--- v = array, array = v, v <> array, array <> v                         since 0.1.0
---
--- The same with an array of any number type on one side, as drivers send a list of
--- numbers. On an indexed column write the cast, v = array::feature_vector: the
--- index serves vectors.
---
--- Errors       as array::feature_vector
CREATE FUNCTION feature_vector_eq(anyarray, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_eq_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION feature_vector_eq(anyarray, feature_vector) IS
	'implementation of = operator';
CREATE FUNCTION feature_vector_eq(feature_vector, anyarray) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_eq_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION feature_vector_eq(feature_vector, anyarray) IS
	'implementation of = operator';
CREATE OPERATOR = (
	LEFTARG = anyarray, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_eq, COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (anyarray, feature_vector) IS
	'equal';
CREATE OPERATOR = (
	LEFTARG = feature_vector, RIGHTARG = anyarray,
	FUNCTION = feature_vector_eq, COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel
);
COMMENT ON OPERATOR = (feature_vector, anyarray) IS
	'equal';
CREATE FUNCTION feature_vector_ne(anyarray, feature_vector) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_ne_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION feature_vector_ne(anyarray, feature_vector) IS
	'implementation of <> operator';
CREATE FUNCTION feature_vector_ne(feature_vector, anyarray) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_vector_ne_to_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION feature_vector_ne(feature_vector, anyarray) IS
	'implementation of <> operator';
CREATE OPERATOR <> (
	LEFTARG = anyarray, RIGHTARG = feature_vector,
	FUNCTION = feature_vector_ne, COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (anyarray, feature_vector) IS
	'not equal';
CREATE OPERATOR <> (
	LEFTARG = feature_vector, RIGHTARG = anyarray,
	FUNCTION = feature_vector_ne, COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (feature_vector, anyarray) IS
	'not equal';
