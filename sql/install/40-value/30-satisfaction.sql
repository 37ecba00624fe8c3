--- type csat_result                                                      since 0.1.0
---
--- Satisfied users, see csat.
CREATE TYPE csat_result AS (
	responses bigint, satisfied bigint, csat float8, ci_low float8, ci_high float8
);
COMMENT ON TYPE csat_result IS 'share of satisfied users';

--- type nps_result                                                       since 0.1.0
---
--- Promoters and detractors, see nps.
CREATE TYPE nps_result AS (
	responses bigint, promoters bigint, passives bigint, detractors bigint, nps float8, ci_low float8,
	ci_high float8
);
COMMENT ON TYPE nps_result IS 'net promoter score';

CREATE FUNCTION csat_trans(bytea, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_csat_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION csat_trans(bytea, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_csat_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION csat_final(bytea) RETURNS csat_result
	AS 'MODULE_PATHNAME', 'segment_csat_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION nps_trans(bytea, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_nps_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_trans(bytea, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_nps_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION nps_final(bytea) RETURNS nps_result
	AS 'MODULE_PATHNAME', 'segment_nps_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION satisfaction_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_satisfaction_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- csat(score float8, low float8, high float8 [, satisfied_from float8]) -> csat_result
---                                                                      since 0.1.0
---
--- Customer satisfaction: the share of answers that are satisfied, with its interval.
---
--- Input        score           an answer; NULL: none, skipped
---              low, high       the ends of the scale, such as 1 and 5
---              satisfied_from  the lowest score that counts as satisfied, above low;
---                              high - 1 by default: the two best of whole numbers
---                              All but score are the same for all rows
--- Output       responses; satisfied of them; csat, their share, 0 to 1; ci_low and
---              ci_high, Wilson's interval with a confidence of 95 %.  NULL when
---              nobody answered
--- Exact        counts are whole numbers: any order and plan give the same bits
--- Cost         one pass; parallel and distributed plans, windows
--- Errors       22003  low or high is NaN or infinite
---              22004  an argument but score is NULL
---              22023  score is not on the scale; low is not below high; satisfied_from
---                     is not above low and up to high; or they are not the same for
---                     all rows
--- Source       Wilson (1927)
CREATE AGGREGATE csat(score float8, low float8, high float8) (
	SFUNC = csat_trans, STYPE = bytea, SSPACE = 80, COMBINEFUNC = satisfaction_combine,
	FINALFUNC = csat_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE csat(score float8, low float8, high float8, satisfied_from float8) (
	SFUNC = csat_trans, STYPE = bytea, SSPACE = 80, COMBINEFUNC = satisfaction_combine,
	FINALFUNC = csat_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE csat(float8, float8, float8) IS 'share of satisfied users, with its interval';
COMMENT ON AGGREGATE csat(float8, float8, float8, float8) IS 'share of satisfied users, with its interval';

--- nps(score float8 [, low float8, high float8, detractors_to float8, promoters_from float8])
---   -> nps_result                                                       since 0.1.0
---
--- Net promoter score: promoters less detractors, in percent of all who answered the
--- question whether they would recommend the product.
---
--- Input        score           an answer from 0 to 10; NULL: none, skipped
---              low, high       ends of another scale
---              detractors_to   the highest score of a detractor; 6
---              promoters_from  the lowest score of a promoter, above it; 9
---                              All but score are the same for all rows
--- Output       responses; promoters, passives and detractors of them; nps, from -100
---              to 100; ci_low and ci_high, the adjusted Wald interval of Bonett &
---              Price with a confidence of 95 %.  NULL when nobody answered
--- Exact        as for csat
--- Cost         as for csat
--- Errors       22003  low or high is NaN or infinite
---              22004  an argument but score is NULL
---              22023  score is not on the scale; low is not below high; promoters_from
---                     is not above low and up to high, or not above detractors_to; or
---                     they are not the same for all rows
--- Source       Reichheld (2003); Bonett & Price (2012)
CREATE AGGREGATE nps(score float8) (
	SFUNC = nps_trans, STYPE = bytea, SSPACE = 80, COMBINEFUNC = satisfaction_combine,
	FINALFUNC = nps_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE nps(score float8, low float8, high float8, detractors_to float8, promoters_from float8) (
	SFUNC = nps_trans, STYPE = bytea, SSPACE = 80, COMBINEFUNC = satisfaction_combine,
	FINALFUNC = nps_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE nps(float8) IS 'net promoter score, with its interval';
COMMENT ON AGGREGATE nps(float8, float8, float8, float8, float8) IS 'net promoter score on another scale, with its interval';
