--- ab_test(state segment_summary, control text, confidence float8, adjustment text,
---   always_valid boolean, expected_effect float8, shares float8[])
---   -> rows (variant, n, mean, difference, ci_low, ci_high, lift, lift_low,
---     lift_high, statistic, degrees_of_freedom, p_value, adjusted_p_value,
---     srm_p_value, variance_reduction, capped)                         since 0.1.0
---
--- Does a variant of an experiment differ from the control?  A row for each
--- variant; that of the control has its n and mean.
---
--- Input        state            from ab_state, ab_winsorized_state, ab_ratio_state,
---                               ab_winsorize or their rollup
---              control          the variant to compare with; by default the first
---              confidence       of intervals, between 0 and 1; 0.95
---              adjustment       of p-values for the number of variants: holm (the
---                               default) keeps the chance of any false alarm low,
---                               bh (Benjamini and Hochberg) the share of false
---                               alarms among all; none
---              always_valid     results stay valid however often one looks, and
---                               whenever one stops; false
---              expected_effect  for always_valid: the difference for which the
---                               intervals shall be narrowest, in units of the
---                               mean.  Choose it before the experiment.  By
---                               default a tenth of the standard deviation of a
---                               user
---              shares           of the users that each variant should have, in the
---                               order of the rows; only proportions count.  By
---                               default equal
--- Test         of outcomes that are true or false, or 0 or 1 for all users, without
---              a covariate: the two-proportion z test, with Newcombe's interval.
---              Of other outcomes: Welch's t test.  With a covariate: Welch's t test
---              of outcomes less what the covariate explains (CUPED).  Of ratios: a
---              z test with the variance of the delta method
--- mean         of the outcome; less what the covariate explains; or the ratio
--- difference   mean less that of the control, with ci_low and ci_high
--- lift         difference by mean of the control: 0.05 is 5 % more, with lift_low
---              and lift_high.  NULL where the mean of the control is not above 0
--- statistic    z or t: the difference in standard errors, with degrees_of_freedom
---              for t
--- p_value      chance of a difference this large if the variant does nothing;
---              adjusted_p_value for the number of variants
--- srm_p_value  chance that numbers of users differ this much from the shares
---              (sample ratio mismatch), the same in all rows.  Below 0.001, look
---              for what went wrong before anything else
--- variance_reduction  share of the variance that the covariate explains
--- capped       users whose outcome was above the cap; NULL where there is none
--- NULL         what the users do not tell: differences from a variant with one
---              user or without variance have no test; the shares of yes have one
---              always
--- Order        of variants: numbers by value, then other names in byte order
--- Rows         none when state is NULL
--- Errors       22003  a difference is beyond the range of float8
---              22004  an argument but state, control, expected_effect or shares
---                     is NULL; a share is NULL
---              22023  there is no such control; confidence is not between 0 and 1;
---                     adjustment is no known word; expected_effect or a share is not
---                     positive and finite
---              2202E  shares are not as many as variants
---              42804  not a state of variants
--- Source       Newcombe (1998); Deng, Xu, Kohavi & Walker (2013); Deng, Knoblich &
---              Lu (2018); Johari, Koomen, Pekelis & Walsh (2022) after Robbins
---              (1970).  Checked against R and statsmodels
CREATE FUNCTION ab_test(
	state segment_summary, control text DEFAULT NULL, confidence float8 DEFAULT 0.95, adjustment text DEFAULT 'holm',
	always_valid boolean DEFAULT false, expected_effect float8 DEFAULT NULL, shares float8[] DEFAULT NULL,
	OUT variant text, OUT n bigint, OUT mean float8, OUT difference float8, OUT ci_low float8, OUT ci_high float8,
	OUT lift float8, OUT lift_low float8, OUT lift_high float8, OUT statistic float8, OUT degrees_of_freedom float8,
	OUT p_value float8, OUT adjusted_p_value float8, OUT srm_p_value float8, OUT variance_reduction float8,
	OUT capped bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_ab_test' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 3;
COMMENT ON FUNCTION ab_test(segment_summary, text, float8, text, boolean, float8, float8[]) IS
	'test of whether the variants of an experiment differ from its control';
