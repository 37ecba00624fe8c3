-- Did the coupon work?
--
-- Half of the users, chosen at random, got a 10% coupon; the others saw the same offer without it.
-- Each square shows the percentage change due to the coupon; the line through it is the range in
-- which the truth lies with 95% confidence. Only a range that does not touch 0 is a result; what
-- touches it may be chance. The two rows in the middle are those who had, and had not, spent
-- anything in the three months before.

SELECT forest_svg(outcome, lift, lift_low, lift_high,
	chart_options(title => 'Change due to the coupon', y_format => 'percent',
		width => 360, label_order => ARRAY['buyers', 'who had spent',
			'who had not', 'revenue']))
FROM (SELECT 'buyers' AS outcome, rollup(bought) AS state
	FROM coupon_day
	UNION ALL
	SELECT CASE WHEN spend_before > 0 THEN 'who had spent'
			ELSE 'who had not' END, ab_state(variant, converted)
	FROM coupon_exposures GROUP BY 1
	UNION ALL
	SELECT 'revenue', rollup(revenue)
	FROM coupon_day) AS s, ab_test(state, control => 'control')
WHERE variant = 'coupon' AND lift IS NOT NULL;

SELECT caption(format('With the coupon %s of the users bought, without it %s: '
	'%s to %s points more, with 95%% confidence. Revenue changed by between %s%% and %s%%.',
	percent(b.mean), percent(b.mean - b.difference),
	round(100 * b.ci_low::numeric, 1), round(100 * b.ci_high::numeric, 1),
	replace(to_char(100 * r.lift_low, 'FMSG990'), '-', '−'),
	replace(to_char(100 * r.lift_high, 'FMSG990'), '-', '−')))
FROM (SELECT rollup(bought) AS buyers, rollup(revenue) AS revenue FROM coupon_day) AS s,
	ab_test(buyers, control => 'control') AS b,
	ab_test(revenue, control => 'control') AS r
WHERE b.variant = 'coupon' AND r.variant = 'coupon';
