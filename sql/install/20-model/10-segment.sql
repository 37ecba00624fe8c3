--- segment_version() -> text                                            since 0.1.0
---
--- Version of the library that answers, for example 0.1.0.
CREATE FUNCTION segment_version() RETURNS text
	AS 'MODULE_PATHNAME', 'segment_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segment_version() IS
	'version of the segment library';
