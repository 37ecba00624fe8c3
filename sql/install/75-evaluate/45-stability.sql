CREATE FUNCTION population_stability_trans(internal, boolean, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_population_stability_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION population_stability_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_population_stability_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- population_stability(is_current boolean, value float8, n bigint) -> float8
---                                                                      since 0.1.0
---
--- Population stability index (PSI): how far the distribution of a number, such as a
--- score or a feature, has moved from reference rows to current ones.
---
--- Input        is_current  true for rows of today, false for those to compare with
---              value       finite numbers of any scale
---              n           number of bins, 1 to 10000, the same for all rows; 10
---                          is usual
---                          A row with a NULL is skipped
--- Output       0 or more: the sum over bins of (c - r) * ln(c / r), c and r being
---              the shares of current and of reference rows; NULL unless there are
---              rows of both
--- Bins         of equally many reference rows, from the highest value down: of r such
---              rows, bin k reaches down to the value of the ceil(k r / n)-th; equal
---              values stay together, so bins may be fewer and unequal.  The first
---              and the last one have no outer edge
--- Empty bins   a bin without current rows counts as half a row
--- Repeatable   any order and plan give the same bits, on one type of processor
--- Cost         as for roc_auc
--- Errors       22003  a value is NaN or infinite
---              22004  n is NULL
---              22023  n is out of range, or not the same for all rows
---              54000  as for roc_auc
--- Source       Kullback & Leibler (1951), the symmetric divergence
CREATE AGGREGATE population_stability(is_current boolean, value float8, n bigint) (
	SFUNC = population_stability_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = population_stability_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE population_stability(boolean, float8, bigint) IS 'how far the distribution of a number has moved';
