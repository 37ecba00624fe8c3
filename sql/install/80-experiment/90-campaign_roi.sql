--- campaign_roi(state segment_summary, cost_per_user float8, value float8,
---   control text, confidence float8)
---   -> rows (variant, n, cost, incremental, incremental_low, incremental_high,
---     profit, profit_low, profit_high, roi, roi_low, roi_high)         since 0.1.0
---
--- What did a campaign earn, compared with users who were left alone?  A row for
--- each variant but the control.
---
--- Input        state          from ab_state, ab_winsorized_state, ab_winsorize or their
---                             rollup
---              cost_per_user  what the variant costs for each of its users, 0 or
---                             more, in the unit of value
---              value          of one unit of the outcome, above 0: the margin of a
---                             spend, or what a yes is worth; 1
---              control        as in ab_test; by default the first variant
---              confidence     of intervals, between 0 and 1; 0.95
--- cost         of all users of the variant
--- incremental  what its users brought in more than as many users of the control
--- profit       incremental less cost
--- roi          profit by cost: 0.5 is a return of 50 %.  NULL if there is no cost
--- Interval     each amount has the one of the difference of the means
--- NULL         what the users do not tell, as in ab_test
--- Rows         none when state is NULL
--- Errors       22003  an amount is beyond the range of float8
---              22004  an argument but state or control is NULL
---              22023  there is no such control; cost_per_user is negative or not
---                     finite; value is not positive and finite; confidence is not
---                     between 0 and 1
---              42804  not a state of variants with one outcome
CREATE FUNCTION campaign_roi(
	state segment_summary, cost_per_user float8, value float8 DEFAULT 1, control text DEFAULT NULL,
	confidence float8 DEFAULT 0.95,
	OUT variant text, OUT n bigint, OUT cost float8, OUT incremental float8, OUT incremental_low float8,
	OUT incremental_high float8, OUT profit float8, OUT profit_low float8, OUT profit_high float8,
	OUT roi float8, OUT roi_low float8, OUT roi_high float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_campaign_roi' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 2;
COMMENT ON FUNCTION campaign_roi(segment_summary, float8, float8, text, float8) IS
	'what a campaign earned, compared with users who were left alone';
