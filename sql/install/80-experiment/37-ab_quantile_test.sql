--- ab_quantile_test(state segment_summary, quantile float8, control text,
---   confidence float8, adjustment text, shares float8[])
---   -> rows (variant, n, value, value_low, value_high, difference, ci_low,
---     ci_high, lift, lift_low, lift_high, p_value, adjusted_p_value,
---     srm_p_value)                                                     since 0.1.0
---
--- Does a quantile of a variant of an experiment, such as the median, differ from
--- that of the control?  A row for each variant; that of the control has its n and
--- quantile.
---
--- Input        state       from ab_quantile_state or its rollup
---              quantile    between 0 and 1: 0.5, the default, is the median
---              control     the variant to compare with; by default the first
---              confidence  of intervals, between 0 and 1; 0.95
---              adjustment  of p-values for the number of variants, as in ab_test: holm,
---                          bh or none
---              shares      of the users that each variant should have, as in ab_test
--- value        the quantile of the users, as percentile_cont gives it, with the
---              interval of value_low and value_high
--- difference   value less that of the control, with ci_low and ci_high
--- lift         difference by value of the control: 0.05 is 5 % more, with lift_low
---              and lift_high.  NULL where the value of the control is not above 0
--- p_value      1 less the confidence of the widest interval of the difference that
---              leaves out 0; adjusted_p_value for the number of variants
--- srm_p_value  chance that numbers of users differ this much from the shares, the
---              same in all rows
--- Intervals    hold for outcomes of any distribution.  Of a quantile: between order
---              statistics (Hutson); of differences and lifts: made of the intervals
---              of both (Zou and Donner).  With many equal outcomes they are wider
---              than they have to be
--- NULL         ends of intervals for which there are too few users, such as 100 for
---              the 0.99 quantile
--- Order        of variants: numbers by value, then other names in byte order
--- Rows         none when state is NULL
--- Errors       22003  a difference is beyond the range of float8
---              22004  quantile, confidence or adjustment is NULL; a share is NULL
---              22023  quantile or confidence is not between 0 and 1; there is no such
---                     control; adjustment is no known word; a share is not positive
---                     and finite
---              2202E  shares are not as many as variants
---              42804  not a state of ab_quantile_state
--- Source       Hutson (1999); Goldman & Kaplan (2017); Zou & Donner (2008).  Checked
---              against R
CREATE FUNCTION ab_quantile_test(
	state segment_summary, quantile float8 DEFAULT 0.5, control text DEFAULT NULL, confidence float8 DEFAULT 0.95,
	adjustment text DEFAULT 'holm', shares float8[] DEFAULT NULL,
	OUT variant text, OUT n bigint, OUT value float8, OUT value_low float8, OUT value_high float8, OUT difference float8,
	OUT ci_low float8, OUT ci_high float8, OUT lift float8, OUT lift_low float8, OUT lift_high float8, OUT p_value float8,
	OUT adjusted_p_value float8, OUT srm_p_value float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_ab_quantile_test' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 3;
COMMENT ON FUNCTION ab_quantile_test(segment_summary, float8, text, float8, text, float8[]) IS
	'test of whether a quantile of the variants of an experiment differs from that of its control';
