--- ab_bayes(state segment_summary)
---   -> rows (variant, n, mean, chance_to_win, expected_loss)           since 0.1.0
---
--- Which variant of an experiment is the best, and what would be lost by choosing
--- another?  A row for each variant, the control included.
---
--- Input        state  from ab_state, ab_winsorized_state, ab_ratio_state,
---                     ab_winsorize or their rollup
--- mean         as in ab_test
--- chance_to_win  that no other variant has a larger mean, given what was seen
--- expected_loss  by how much the mean is expected to be below that of the best, in
---              units of the mean: what is lost by choosing the variant
--- Prior        of shares: all are equally likely.  Means and ratios are normal
---              with their standard errors, as after many users
--- NULL         chance_to_win and expected_loss of a variant with one user or
---              without variance, which is left out of the comparison
--- Order        of variants: numbers by value, then other names in byte order
--- Cost         some milliseconds for two variants, 25 times as much for ten
--- Errors       22003  a mean is beyond the range of float8
---              42804  not a state of variants
---              54000  more than 100 variants
--- Source       Stucchio (2015).  Checked against scipy
CREATE FUNCTION ab_bayes(
	state segment_summary,
	OUT variant text, OUT n bigint, OUT mean float8, OUT chance_to_win float8, OUT expected_loss float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_ab_bayes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 3;
COMMENT ON FUNCTION ab_bayes(segment_summary) IS 'chance of each variant to be the best, and expected loss';
