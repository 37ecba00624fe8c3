-- did the coupon work?
--
-- In October, half of the users saw an offer for a certificate with a coupon of 10 %,
-- the others without.  Read the check of the groups' sizes first (below 0.001 the
-- groups are not what they should be), then the difference to the control and its
-- interval.  What users spent before explains part of what they spend now, so the
-- money is compared with it: more certificates are sold, at a lower price.  Whoever
-- looks each week needs intervals that allow it, which are wider.  Then what the coupon
-- brings if 60 % of the revenue is margin and an exposure costs ten cents.  At the end,
-- whom it persuades: what it adds for users who spent more and for those who spent less.

CREATE TABLE coupon_day AS
SELECT exposed_at::date AS day, ab_state(variant, converted) AS bought, ab_state(variant, revenue, spend_before) AS revenue
FROM coupon_exposures
GROUP BY exposed_at::date;

SELECT outcome, n AS users, round(mean::numeric, 3) AS mean, round(difference::numeric, 3) AS difference,
	   round(ci_low::numeric, 3) AS "from", round(ci_high::numeric, 3) AS "to", round(p_value::numeric, 4) AS "p-value",
	   round(100 * variance_reduction::numeric, 1) AS "less variance, %", round(srm_p_value::numeric, 2) AS "sizes, p-value"
FROM (SELECT 'bought' AS outcome, rollup(bought) AS state FROM coupon_day
	  UNION ALL
	  SELECT 'revenue', rollup(revenue) FROM coupon_day) AS s, ab_test(state, control => 'control')
WHERE variant = 'coupon';

SELECT day, n AS users, round(difference::numeric, 3) AS difference, round(ci_low::numeric, 3) AS "from, always valid",
	   round(ci_high::numeric, 3) AS "to", round(p_value::numeric, 4) AS "p-value"
FROM (SELECT day, rollup(bought) OVER (ORDER BY day) AS so_far FROM coupon_day) AS d,
	 ab_test(so_far, control => 'control', always_valid => true, expected_effect => 0.03)
WHERE variant = 'coupon' AND extract(day FROM day) IN (7, 14, 21, 28, 31)
ORDER BY day;

SELECT n AS users, cost, round(incremental) AS incremental, round(profit) AS profit,
	   round(profit_low) AS "from", round(profit_high) AS "to"
FROM (SELECT rollup(revenue) AS state FROM coupon_day) AS s,
	 campaign_roi(state, 0.1, value => 0.6, control => 'control');

SELECT lowest_score AS "spent before, at least", n_treated + n_control AS users, round(mean_control::numeric, 3) AS "bought without",
	   round(uplift::numeric, 3) AS "with coupon, more", round(ci_low::numeric, 3) AS "from", round(ci_high::numeric, 3) AS "to"
FROM unnest((SELECT uplift_table(variant = 'coupon', converted, spend_before, 5) FROM coupon_exposures)) AS u
ORDER BY bin;
