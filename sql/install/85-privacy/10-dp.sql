CREATE FUNCTION dp_count_threshold_trans(bytea, bigint, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_threshold_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_threshold_trans(bytea, text, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_threshold_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_threshold_trans(bytea, uuid, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_threshold_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, bigint, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, bigint, float8, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, text, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, text, float8, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, uuid, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, uuid, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_count_trans(bytea, uuid, float8, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_count_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, bigint, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, bigint, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, text, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, text, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, uuid, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_sum_trans(bytea, uuid, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_sum_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, bigint, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, bigint, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, text, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, text, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, uuid, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_avg_trans(bytea, uuid, float8, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_avg_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dp_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dp_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
-- VOLATILE: separate executions draw separate noise
CREATE FUNCTION dp_count_final(bytea) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_dp_count_final' LANGUAGE C VOLATILE STRICT PARALLEL SAFE;
CREATE FUNCTION dp_number_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_dp_number_final' LANGUAGE C VOLATILE STRICT PARALLEL SAFE;

--- dp_count(unit bigint | text | uuid, epsilon float8
---     [, delta float8 [, max_rows bigint]]) -> bigint                   since 0.1.0
---
--- Number of different units (users), or of their rows, with noise that hides
--- whether any one of them is there: differentially private.
---
--- Input        unit       whom to protect: an integer type, text or uuid; cast
---                         others to text.  A row where it is NULL adds nothing
---              epsilon    strength of the noise: smaller hides more.  1e-6 to 1e6;
---                         common values are 0.1 to 1
---              delta      0 (default): Laplace noise; 1e-30 to 0.1: Gaussian
---                         noise, which keeps epsilon but with this chance; far
---                         below 1 / number of units
---              max_rows   rows of a unit that count, 1 to 2147483647; 1 if left
---                         out, which counts units.
---              Settings are the same for all rows
--- Output       whole number, which may be negative; another one each time.  NULL
---              when there is no row at all, which tells that there is none: write a
---              condition as CASE WHEN condition THEN unit END instead of WHERE
--- Noise        a unit more or less changes the total by max_rows at most.  Laplace
---              noise has the scale max_rows / epsilon; Gaussian noise the smallest
---              deviation that holds epsilon and delta.  Exact: whole numbers from
---              the server's strong random source
--- Exact        what is counted, before noise, is the same in any order and plan
--- Caution      epsilon holds for one result: those of several groups, if a unit may
---              be in more than one, and of repeated queries add up
--- Cost         one pass; 40 bytes per bigint unit, up to 130 while it grows;
---              parallel and distributed plans, windows.  A state holds the ids
--- Errors       22004  epsilon, delta or max_rows is NULL
---              22023  one is out of range, or not the same for all rows
---              54000  more than 400 MB of units (about 8 million) in one group
--- Source       Canonne, Kamath & Steinke (2020); Balle & Wang (2018)
CREATE AGGREGATE dp_count(unit bigint, epsilon float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit bigint, epsilon float8, delta float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit bigint, epsilon float8, delta float8, max_rows bigint) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit text, epsilon float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit text, epsilon float8, delta float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit text, epsilon float8, delta float8, max_rows bigint) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit uuid, epsilon float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit uuid, epsilon float8, delta float8) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count(unit uuid, epsilon float8, delta float8, max_rows bigint) (
	SFUNC = dp_count_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dp_count(bigint, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(bigint, float8, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(bigint, float8, float8, bigint) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(text, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(text, float8, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(text, float8, float8, bigint) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(uuid, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(uuid, float8, float8) IS 'number of units, differentially private';
COMMENT ON AGGREGATE dp_count(uuid, float8, float8, bigint) IS 'number of units, differentially private';

--- dp_count_threshold(unit bigint | text | uuid, epsilon float8,
---     delta float8) -> bigint                                           since 0.1.0
---
--- dp_count for groups that only the data name, such as search terms: NULL where
--- the noisy number of units is below a threshold, so that a group of one is seen
--- with a chance of delta at most.
---
--- Input        unit, epsilon, delta   as for dp_count; delta from 1e-30.  The noise
---                                     is Laplace noise
--- Output       number of units with noise, or NULL below the threshold
---              1 + k, where k is the smallest whole number that the noise reaches
---              with a chance of delta: about ln(1 / (2 delta)) / epsilon
--- Use          HAVING dp_count_threshold(unit, 0.5, 1e-6) IS NOT NULL guards other
---              results of the group, too; their epsilon is added to this one
--- Caution      as for dp_count
--- Cost         as for dp_count, with 8 bytes less per unit
--- Errors       as for dp_count
--- Source       Korolova et al. (2009), with the tail of the discrete noise
CREATE AGGREGATE dp_count_threshold(unit bigint, epsilon float8, delta float8) (
	SFUNC = dp_count_threshold_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count_threshold(unit text, epsilon float8, delta float8) (
	SFUNC = dp_count_threshold_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_count_threshold(unit uuid, epsilon float8, delta float8) (
	SFUNC = dp_count_threshold_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dp_count_threshold(bigint, float8, float8) IS 'number of units, differentially private; NULL for rare groups';
COMMENT ON AGGREGATE dp_count_threshold(text, float8, float8) IS 'number of units, differentially private; NULL for rare groups';
COMMENT ON AGGREGATE dp_count_threshold(uuid, float8, float8) IS 'number of units, differentially private; NULL for rare groups';

--- dp_sum(unit bigint | text | uuid, x float8, lower float8, upper float8,
---     epsilon float8 [, delta float8]) -> float8                        since 0.1.0
---
--- Sum over units of the sum of their rows, each clamped to the bounds, with noise
--- that hides any one unit: differentially private.
---
--- Input        unit           whom to protect, as for dp_count
---              x              a number.  A row where it or the unit is NULL, or x is
---                             NaN, adds nothing; infinity counts as the bound
---              lower, upper   what a unit adds at least and at most, within 1e100.
---                             Choose them without looking at the data
---              epsilon, delta as for dp_count
---              Settings are the same for all rows
--- Output       float8; another one each time.  NULL when there is no row at all, see
---              dp_count
--- Noise        a unit more or less changes the total by the larger of |lower| and
---              |upper| at most, which the noise is scaled with, as for dp_count
--- Exact        each x is rounded to a multiple of a power of two, which is at most
---              2^-39 of the larger bound; sums are sums of whole numbers, so what is
---              summed, before noise, is the same in any order and plan
--- Caution      as for dp_count
--- Cost         as for dp_count, with 8 bytes more per unit
--- Errors       22004  a setting is NULL
---              22023  one is out of range or not the same for all rows, or lower is
---                     not below upper
---              54000  more than 400 MB of units (about 7 million) in one group
--- Source       Casacuberta et al. (2022); Canonne, Kamath & Steinke (2020)
CREATE AGGREGATE dp_sum(unit bigint, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_sum(unit bigint, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_sum(unit text, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_sum(unit text, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_sum(unit uuid, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_sum(unit uuid, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_sum_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dp_sum(bigint, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';
COMMENT ON AGGREGATE dp_sum(bigint, float8, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';
COMMENT ON AGGREGATE dp_sum(text, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';
COMMENT ON AGGREGATE dp_sum(text, float8, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';
COMMENT ON AGGREGATE dp_sum(uuid, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';
COMMENT ON AGGREGATE dp_sum(uuid, float8, float8, float8, float8, float8) IS 'sum of what units add within bounds, differentially private';

--- dp_avg(unit bigint | text | uuid, x float8, lower float8, upper float8,
---     epsilon float8 [, delta float8]) -> float8                        since 0.1.0
---
--- Mean over units of the mean of their rows, each clamped to the bounds, with noise
--- that hides any one unit: differentially private.
---
--- Input        as for dp_sum; the bounds are those of a unit's mean
--- Output       float8 from lower to upper; another one each time.  NULL when there is
---              no row at all, see dp_count
--- Noise        half of epsilon and delta for the sum of the differences from the
---              middle of the bounds, which a unit changes by half their distance, and
---              half for the number of units
--- Exact        as dp_sum, with the power of two set by half the distance of the
---              bounds
--- Caution      as for dp_count
--- Cost         as for dp_sum, with 8 bytes more per unit
--- Errors       as for dp_sum
--- Source       Li et al. (2016), algorithm 2.4
CREATE AGGREGATE dp_avg(unit bigint, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_avg(unit bigint, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_avg(unit text, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_avg(unit text, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_avg(unit uuid, x float8, lower float8, upper float8, epsilon float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE dp_avg(unit uuid, x float8, lower float8, upper float8, epsilon float8, delta float8) (
	SFUNC = dp_avg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = dp_combine,
	FINALFUNC = dp_number_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dp_avg(bigint, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
COMMENT ON AGGREGATE dp_avg(bigint, float8, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
COMMENT ON AGGREGATE dp_avg(text, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
COMMENT ON AGGREGATE dp_avg(text, float8, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
COMMENT ON AGGREGATE dp_avg(uuid, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
COMMENT ON AGGREGATE dp_avg(uuid, float8, float8, float8, float8, float8) IS 'mean of units within bounds, differentially private';
