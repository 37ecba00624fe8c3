--- k_anonymous(count bigint, k bigint) -> boolean                       since 0.1.0
---
--- Is a group large enough to be shown?  For HAVING: a report of groups with k users
--- or more.
---
--- Input        count  number of users of the group, count(DISTINCT user_id)
---              k      smallest number that may be shown, 1 or more
--- Output       whether count is k or more; NULL when an argument is NULL
--- Caution      hides small groups, but a total less the groups shown tells a hidden
---              one.  dp_count_threshold does not have this flaw
--- Errors       22023  k is below 1, or count is negative
CREATE FUNCTION k_anonymous(count bigint, k bigint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_k_anonymous' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION k_anonymous(bigint, bigint) IS 'whether a group is large enough to be shown';

CREATE FUNCTION k_anonymity_trans(bytea, text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_k_anonymity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION k_anonymity_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_k_anonymity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION k_anonymity_final(bytea) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_k_anonymity_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- k_anonymity(quasi_identifiers text[]) -> bigint                      since 0.1.0
---
--- The k of a table that is to be given away: the smallest number of rows that are
--- alike in all that others may know of a person, such as age, sex and place.
---
--- Input        quasi_identifiers  ARRAY[city, age::text, sex]: one row per person.
---                                 A NULL among them is a value like others; a row
---                                 where all is NULL::text[] is skipped
--- Output       1: somebody is the only one of the kind; NULL when no row was seen
--- Exact        counts are whole numbers, compared in bytes: any order and plan give
---              the same
--- Cost         one pass; 40 bytes and the values per distinct combination, up to
---              five times that while it grows; parallel and distributed plans
--- Errors       2202E  an array has more than one dimension, or another length
---              54000  more than 400 MB of combinations
--- Source       Sweeney (2002)
CREATE AGGREGATE k_anonymity(quasi_identifiers text[]) (
	SFUNC = k_anonymity_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = k_anonymity_combine,
	FINALFUNC = k_anonymity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE k_anonymity(text[]) IS 'smallest number of rows that are alike';

CREATE FUNCTION l_diversity_trans(bytea, text[], text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_l_diversity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION l_diversity_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_l_diversity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION l_diversity_final(bytea) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_l_diversity_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- l_diversity(quasi_identifiers text[], sensitive text) -> bigint      since 0.1.0
---
--- The l of a table that is to be given away: the smallest number of different
--- sensitive values among rows that are alike in all that others may know.  With 1,
--- who knows a person's age, sex and place also knows the sensitive value.
---
--- Input        quasi_identifiers  as for k_anonymity
---              sensitive          what must not be found out; cast others to text.
---                                 A row with NULL for either is skipped
--- Output       1 or more; NULL when no row was seen
--- Exact        as k_anonymity
--- Cost         as k_anonymity, per combination with a sensitive value
--- Errors       as k_anonymity
--- Source       Machanavajjhala et al. (2007), distinct l-diversity
CREATE AGGREGATE l_diversity(quasi_identifiers text[], sensitive text) (
	SFUNC = l_diversity_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = l_diversity_combine,
	FINALFUNC = l_diversity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE l_diversity(text[], text) IS 'smallest number of sensitive values among rows that are alike';

--- generalize(x numeric, width numeric) -> numeric                      since 0.1.0
---
--- A number made coarser: the lower end of the interval that it is in.  An age of 37
--- becomes 30.
---
--- Input        x      a number; float8 needs a cast, x::numeric.  For dates use
---                     date_trunc
---              width  of an interval; the intervals start at its multiples
--- Output       the largest multiple of width that is not above x, exactly; NULL when
---              an argument is NULL
--- Errors       22003  x or width is NaN or infinite
---              22023  width is not positive
CREATE FUNCTION generalize(x numeric, width numeric) RETURNS numeric
	AS 'MODULE_PATHNAME', 'segment_generalize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION generalize(numeric, numeric) IS 'lower end of the interval that a number is in';
