--- type segment_model                                                   since 0.1.0
---
--- A trained model of any method, as a value: store it in a column, pass it to a
--- function, dump it, compare it.
---
--- Text         a JSON object: method, format, fingerprint, then the fields of the
---              method; reads back to the same model bit for bit, at any
---              extra_float_digits
--- Binary       method, format and fingerprint in network byte order, then the body
---              as in memory: portable between processors of the same byte order
--- Order        = compares method and content; <, <=, >, >= define an arbitrary
---              order, for sorting and indexes
--- Size         at most segment.max_model_size when it is created
--- Errors       22P02  the text is JSON, but not a model
---              22P03  the binary form is not a model
---              0A000  a method or format written by a later version
---              XX001  the content contradicts itself or its fingerprint
CREATE TYPE segment_model;

CREATE FUNCTION segment_model_in(cstring) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_model_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_out(segment_model) RETURNS cstring
	AS 'MODULE_PATHNAME', 'segment_model_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_recv(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_model_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_send(segment_model) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_model_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE segment_model (
	INPUT = segment_model_in,
	OUTPUT = segment_model_out,
	RECEIVE = segment_model_recv,
	SEND = segment_model_send,
	ALIGNMENT = double,
	STORAGE = external,
	-- models and summaries are a category of their own, and a model is preferred: an
	-- untyped parameter in model_info($1) is then a model, not an ambiguity
	CATEGORY = 'm',
	PREFERRED = true
);
COMMENT ON FUNCTION segment_model_in(cstring) IS 'text input of type segment_model';
COMMENT ON FUNCTION segment_model_out(segment_model) IS 'text output of type segment_model';
COMMENT ON FUNCTION segment_model_recv(internal) IS 'binary input of type segment_model';
COMMENT ON FUNCTION segment_model_send(segment_model) IS 'binary output of type segment_model';
COMMENT ON TYPE segment_model IS
	'trained model of any method';

--- type segment_summary                                                 since 0.1.0
---
--- Counts and sums of the rows that an aggregate has seen, as a value: store one
--- per day and add them up.
---
--- Text         as segment_model
--- Binary       as segment_model
--- Errors       as segment_model
CREATE TYPE segment_summary;

CREATE FUNCTION segment_summary_in(cstring) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_out(segment_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'segment_model_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_recv(internal) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_send(segment_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_model_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE segment_summary (
	INPUT = segment_summary_in,
	OUTPUT = segment_summary_out,
	RECEIVE = segment_summary_recv,
	SEND = segment_summary_send,
	ALIGNMENT = double,
	STORAGE = external,
	CATEGORY = 'm'
);
COMMENT ON FUNCTION segment_summary_in(cstring) IS 'text input of type segment_summary';
COMMENT ON FUNCTION segment_summary_out(segment_summary) IS 'text output of type segment_summary';
COMMENT ON FUNCTION segment_summary_recv(internal) IS 'binary input of type segment_summary';
COMMENT ON FUNCTION segment_summary_send(segment_summary) IS 'binary output of type segment_summary';
COMMENT ON TYPE segment_summary IS
	'mergeable summary of rows';

--- model_info(model segment_model) -> jsonb                             since 0.1.0
---
--- A model for people to read: method, options in effect, rows used and skipped,
--- whether it converged, fit statistics, version of the extension that made it.
--- Everything in a model except its arrays of numbers and ids.
---
--- All models   method, format, version, options (empty if the method has none),
---              rows_used, rows_skipped; converged, if the method searches step by
---              step until nothing changes; dim, if it learns from vectors
--- Summaries    method, format, rows_used, and what they are made for.  They have no
---              version, as those of all versions add up
CREATE FUNCTION model_info(model segment_model) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_model_info' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION model_info(segment_model) IS
	'method, options, rows and fit of a model';
CREATE FUNCTION model_info(summary segment_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_model_info' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION model_info(segment_summary) IS
	'kind and counts of a summary';

--- model_method(model segment_model) -> text                            since 0.1.0
---
--- Name of the method that made a model, for example kmeans.
CREATE FUNCTION model_method(model segment_model) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_model_method' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION model_method(segment_model) IS
	'name of the method that made a model';
CREATE FUNCTION model_method(summary segment_summary) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_model_method' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION model_method(segment_summary) IS
	'name of the kind of a summary';

--- model_size(model segment_model) -> bigint                            since 0.1.0
---
--- Size of a model in bytes: what it takes up in a table (it is not compressed),
--- and what segment.max_model_size limits.
CREATE FUNCTION model_size(model segment_model) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_model_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION model_size(segment_model) IS
	'size of a model in bytes';
CREATE FUNCTION model_size(summary segment_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_model_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION model_size(segment_summary) IS
	'size of a summary in bytes';

CREATE FUNCTION segment_model_to_json(segment_model) RETURNS json
	AS 'MODULE_PATHNAME', 'segment_model_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION segment_model_to_json(segment_model) IS
	'everything in a model as json: model::json, to_json(model)';
CREATE FUNCTION segment_summary_to_json(segment_summary) RETURNS json
	AS 'MODULE_PATHNAME', 'segment_model_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION segment_summary_to_json(segment_summary) IS
	'everything in a summary as json: summary::json, to_json(summary)';
CREATE CAST (segment_model AS json) WITH FUNCTION segment_model_to_json(segment_model);
CREATE CAST (segment_summary AS json) WITH FUNCTION segment_summary_to_json(segment_summary);
COMMENT ON CAST (segment_model AS json) IS 'everything in a model';
COMMENT ON CAST (segment_summary AS json) IS 'everything in a summary';
CREATE FUNCTION segment_model_to_jsonb(segment_model) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_model_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION segment_model_to_jsonb(segment_model) IS
	'everything in a model as jsonb: model::jsonb';
CREATE FUNCTION segment_summary_to_jsonb(segment_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_model_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION segment_summary_to_jsonb(segment_summary) IS
	'everything in a summary as jsonb: summary::jsonb';
CREATE CAST (segment_model AS jsonb) WITH FUNCTION segment_model_to_jsonb(segment_model);
CREATE CAST (segment_summary AS jsonb) WITH FUNCTION segment_summary_to_jsonb(segment_summary);
COMMENT ON CAST (segment_model AS jsonb) IS 'everything in a model';
COMMENT ON CAST (segment_summary AS jsonb) IS 'everything in a summary';

CREATE FUNCTION segment_model_cmp(segment_model, segment_model) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_model_compare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_eq(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_ne(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_lt(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_le(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_gt(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_ge(segment_model, segment_model) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_hash(segment_model) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_model_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_model_hash_extended(segment_model, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_model_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segment_model_cmp(segment_model, segment_model) IS 'comparison of models: -1, 0 or 1';
COMMENT ON FUNCTION segment_model_eq(segment_model, segment_model) IS 'implementation of = operator';
COMMENT ON FUNCTION segment_model_ne(segment_model, segment_model) IS 'implementation of <> operator';
COMMENT ON FUNCTION segment_model_lt(segment_model, segment_model) IS 'implementation of < operator';
COMMENT ON FUNCTION segment_model_le(segment_model, segment_model) IS 'implementation of <= operator';
COMMENT ON FUNCTION segment_model_gt(segment_model, segment_model) IS 'implementation of > operator';
COMMENT ON FUNCTION segment_model_ge(segment_model, segment_model) IS 'implementation of >= operator';
COMMENT ON FUNCTION segment_model_hash(segment_model) IS 'hash of a model';
COMMENT ON FUNCTION segment_model_hash_extended(segment_model, bigint) IS 'hash of a model, with a seed';

CREATE OPERATOR = (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
	LEFTARG = segment_model, RIGHTARG = segment_model, FUNCTION = segment_model_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR = (segment_model, segment_model) IS 'same method and content';
COMMENT ON OPERATOR <> (segment_model, segment_model) IS 'different method or content';
COMMENT ON OPERATOR < (segment_model, segment_model) IS 'before, in an arbitrary order for sorting';
COMMENT ON OPERATOR <= (segment_model, segment_model) IS 'not after, in an arbitrary order for sorting';
COMMENT ON OPERATOR > (segment_model, segment_model) IS 'after, in an arbitrary order for sorting';
COMMENT ON OPERATOR >= (segment_model, segment_model) IS 'not before, in an arbitrary order for sorting';

CREATE OPERATOR CLASS segment_model_ops DEFAULT FOR TYPE segment_model USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 segment_model_cmp(segment_model, segment_model);
CREATE OPERATOR CLASS segment_model_ops DEFAULT FOR TYPE segment_model USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 segment_model_hash(segment_model),
	FUNCTION 2 segment_model_hash_extended(segment_model, bigint);
