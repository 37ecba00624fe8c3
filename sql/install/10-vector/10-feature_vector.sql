--- feature_vector, feature_vector(n)                                    since 0.1.0
---
--- The features of one user: a row of 1 to 16000 numbers, some of which may be
--- missing.
---
--- Text         [1,2.5,NULL]; {1,2.5,NULL} is read too, NULL in any case, with
---              spaces. Printed with the fewest digits that read back to the same
---              number, at any extra_float_digits
--- Binary       int16 number of elements, int16 zero, then float8 elements, in
---              network byte order; a missing element is the NaN 7ff8000000000000
--- Elements     finite float8 or missing; NaN and infinity are refused, -0 is 0
--- Length       feature_vector(n) takes vectors of n elements only
--- Order        element by element; missing comes after every number, a prefix
---              before the longer vector. btree and hash operator classes
--- Subscripts   v[1] is a float8, v[2:3] a feature_vector; NULL where there is
---              nothing. They cannot be assigned to
--- Storage      8 bytes per element, plus 5 for up to 15 elements or 8 for more
--- Errors       22P02  the text is not a vector
---              22003  an element is NaN, infinite or too large
---              54000  no elements, or more than 16000
---              2202E  not the n elements that the column requires
---              22P03  the binary form is damaged
CREATE TYPE feature_vector;

CREATE FUNCTION feature_vector_in(cstring, oid, integer) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_in(cstring, oid, integer) IS
	'input function of type feature_vector';
CREATE FUNCTION feature_vector_out(feature_vector) RETURNS cstring
	AS 'MODULE_PATHNAME', 'segment_feature_vector_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_out(feature_vector) IS
	'output function of type feature_vector';
CREATE FUNCTION feature_vector_recv(internal, oid, integer) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_recv(internal, oid, integer) IS
	'binary input function of type feature_vector';
CREATE FUNCTION feature_vector_send(feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_feature_vector_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_send(feature_vector) IS
	'binary output function of type feature_vector';
CREATE FUNCTION feature_vector_typmod_in(cstring[]) RETURNS integer
	AS 'MODULE_PATHNAME', 'segment_feature_vector_typmod_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_typmod_in(cstring[]) IS
	'reads the n of feature_vector(n)';
CREATE FUNCTION feature_vector_typmod_out(integer) RETURNS cstring
	AS 'MODULE_PATHNAME', 'segment_feature_vector_typmod_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_typmod_out(integer) IS
	'writes the n of feature_vector(n)';
CREATE FUNCTION feature_vector_subscript(internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_vector_subscript' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_subscript(internal) IS
	'subscripts of type feature_vector';

CREATE TYPE feature_vector (
	INPUT = feature_vector_in,
	OUTPUT = feature_vector_out,
	RECEIVE = feature_vector_recv,
	SEND = feature_vector_send,
	TYPMOD_IN = feature_vector_typmod_in,
	TYPMOD_OUT = feature_vector_typmod_out,
	SUBSCRIPT = feature_vector_subscript,
	ALIGNMENT = double,
	STORAGE = external,
	-- preferred among arrays: an untyped literal in kmeans_assign(model, '[1,2]')
	-- is then a vector, not an ambiguity between vector and float8[]
	CATEGORY = 'A',
	PREFERRED = true
);
COMMENT ON TYPE feature_vector IS
	'features of one user: 1 to 16000 finite numbers, some possibly missing';

--- feature_vector(VARIADIC float8[]) -> feature_vector                  since 0.1.0
---
--- A vector of the given numbers, of any numeric type.
---
--- Input        numbers; one that is NULL becomes a missing element
--- Errors       22003  a number is NaN or infinite
---              54000  more than 16000 numbers
CREATE FUNCTION feature_vector(VARIADIC float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector(VARIADIC float8[]) IS
	'vector of the given numbers; NULL becomes a missing element';

--- array::feature_vector                                                since 0.1.0
---
--- A one-dimensional array of float8, float4, int2, int4, int8 or numeric becomes a
--- vector when it is cast or assigned to a column. feature_vector(array) is the
--- same. (The casts are not implicit: otherwise the server could not tell which =
--- or || is meant between arrays.)
---
--- Input        a NULL element becomes a missing one
--- Errors       2202E  the array has more than one dimension
---              22003  an element is NaN, infinite or beyond float8
---              54000  no elements, or more than 16000
---              42846  feature_vector(array) of anything but numbers
-- one function for each type: anyarray alone would make VARIADIC int4[] ambiguous,
-- and float8[] is taken by the constructor above
CREATE FUNCTION feature_vector(float4[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(float4[]) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE FUNCTION feature_vector(int2[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(int2[]) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE FUNCTION feature_vector(int4[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(int4[]) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE FUNCTION feature_vector(int8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(int8[]) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE FUNCTION feature_vector(numeric[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(numeric[]) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE FUNCTION feature_vector(anyarray) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector(anyarray) IS
	'vector from a one-dimensional array; NULL elements are missing';

CREATE CAST (float8[] AS feature_vector)
	WITH FUNCTION feature_vector(float8[]) AS ASSIGNMENT;
COMMENT ON CAST (float8[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE CAST (float4[] AS feature_vector)
	WITH FUNCTION feature_vector(float4[]) AS ASSIGNMENT;
COMMENT ON CAST (float4[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE CAST (int2[] AS feature_vector)
	WITH FUNCTION feature_vector(int2[]) AS ASSIGNMENT;
COMMENT ON CAST (int2[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE CAST (int4[] AS feature_vector)
	WITH FUNCTION feature_vector(int4[]) AS ASSIGNMENT;
COMMENT ON CAST (int4[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE CAST (int8[] AS feature_vector)
	WITH FUNCTION feature_vector(int8[]) AS ASSIGNMENT;
COMMENT ON CAST (int8[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';
CREATE CAST (numeric[] AS feature_vector)
	WITH FUNCTION feature_vector(numeric[]) AS ASSIGNMENT;
COMMENT ON CAST (numeric[] AS feature_vector) IS
	'vector from a one-dimensional array; NULL elements are missing';

-- the length check when a value goes into a column of type feature_vector(n)
CREATE FUNCTION feature_vector_length(feature_vector, integer, boolean) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_length' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION feature_vector_length(feature_vector, integer, boolean) IS
	'checks a vector against the n of feature_vector(n)';
CREATE CAST (feature_vector AS feature_vector)
	WITH FUNCTION feature_vector_length(feature_vector, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (feature_vector AS feature_vector) IS
	'checks the number of elements against feature_vector(n)';

--- vector::float8[], ::float4[], ::json, ::jsonb                        since 0.1.0
---
--- The elements as an array; a missing one is NULL (null in JSON). to_json,
--- to_jsonb, row_to_json and json_agg use the cast, so they give an array of
--- numbers too.
---
--- Errors       22003  an element is beyond float4
CREATE FUNCTION feature_vector_to_float8_array(feature_vector) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_feature_vector_to_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_to_float8_array(feature_vector) IS
	'elements as an array; a missing one is NULL';
CREATE CAST (feature_vector AS float8[])
	WITH FUNCTION feature_vector_to_float8_array(feature_vector);
COMMENT ON CAST (feature_vector AS float8[]) IS
	'elements as an array; a missing one is NULL';
CREATE FUNCTION feature_vector_to_float4_array(feature_vector) RETURNS float4[]
	AS 'MODULE_PATHNAME', 'segment_feature_vector_to_float4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION feature_vector_to_float4_array(feature_vector) IS
	'elements as an array; a missing one is NULL';
CREATE CAST (feature_vector AS float4[])
	WITH FUNCTION feature_vector_to_float4_array(feature_vector);
COMMENT ON CAST (feature_vector AS float4[]) IS
	'elements as an array; a missing one is NULL';
CREATE FUNCTION feature_vector_to_json(feature_vector) RETURNS json
	AS 'MODULE_PATHNAME', 'segment_feature_vector_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION feature_vector_to_json(feature_vector) IS
	'elements as a JSON array; a missing one is null';
CREATE CAST (feature_vector AS json)
	WITH FUNCTION feature_vector_to_json(feature_vector);
COMMENT ON CAST (feature_vector AS json) IS
	'elements as a JSON array; a missing one is null';
CREATE FUNCTION feature_vector_to_jsonb(feature_vector) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_feature_vector_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION feature_vector_to_jsonb(feature_vector) IS
	'elements as a JSON array; a missing one is null';
CREATE CAST (feature_vector AS jsonb)
	WITH FUNCTION feature_vector_to_jsonb(feature_vector);
COMMENT ON CAST (feature_vector AS jsonb) IS
	'elements as a JSON array; a missing one is null';

--- jsonb::feature_vector, jsonb::feature_vector[]                        since 0.1.0
---
--- A JSON array of numbers becomes a vector, an array of such arrays an array of
--- vectors: the way back from to_jsonb and row_to_json.
---
--- Input        null becomes a missing element; in an array of vectors, a NULL
--- Errors       42804  anything but an array of numbers and nulls
---              22003  an element is beyond float8
---              54000  no elements, or more than 16000
CREATE FUNCTION feature_vector(jsonb) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_feature_vector_from_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION feature_vector(jsonb) IS
	'vector from a JSON array; null elements are missing';
CREATE CAST (jsonb AS feature_vector)
	WITH FUNCTION feature_vector(jsonb);
COMMENT ON CAST (jsonb AS feature_vector) IS
	'vector from a JSON array; null elements are missing';
CREATE FUNCTION feature_vectors(jsonb) RETURNS feature_vector[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
	BEGIN ATOMIC
		SELECT coalesce(array_agg(CASE WHEN vector <> jsonb 'null' THEN vector::feature_vector END ORDER BY i), '{}')
		FROM jsonb_array_elements($1) WITH ORDINALITY AS vectors(vector, i);
	END;
COMMENT ON FUNCTION feature_vectors(jsonb) IS
	'array of vectors from a JSON array of arrays';
CREATE CAST (jsonb AS feature_vector[])
	WITH FUNCTION feature_vectors(jsonb);
COMMENT ON CAST (jsonb AS feature_vector[]) IS
	'array of vectors from a JSON array of arrays';

--- unnest(v feature_vector) -> setof float8                              since 0.1.0
---
--- The elements of a vector as rows, as unnest of an array; a missing one is NULL.
CREATE FUNCTION unnest(v feature_vector) RETURNS SETOF float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 10
	BEGIN ATOMIC
		SELECT unnest(v::float8[]);
	END;
COMMENT ON FUNCTION unnest(feature_vector) IS
	'elements as rows; a missing one is NULL';
