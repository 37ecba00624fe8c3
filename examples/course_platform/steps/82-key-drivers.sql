-- what explains the change of revenue?
--
-- The last three months against the three before them: which combinations of topic,
-- level, device and channel make up the difference?  Payments with the same attributes
-- are added up first.  Unexpected is what would be left if the combination had changed
-- as the rest did; combinations overlap, so their shares do not add up to 100 %.

WITH sale AS (
	SELECT ARRAY['topic=' || topic, 'level=' || level, 'device=' || device, 'channel=' || channel] AS attributes,
		   paid_at >= as_of - interval '3 months' AS is_recent, sum(amount) AS revenue
	FROM payments JOIN courses USING (course_id) JOIN users USING (user_id), clock
	WHERE paid_at >= as_of - interval '6 months' AND paid_at < as_of
	GROUP BY 1, 2)
SELECT CASE WHEN attributes = '{}' THEN 'everything' ELSE array_to_string(attributes, ', ') END AS "attributes",
	   round(control::numeric) AS before, round(test::numeric) AS recent, round(difference::numeric) AS difference,
	   round(unexpected_difference::numeric) AS unexpected, round(100 * share_of_change::numeric) AS "share of change, %"
FROM unnest((SELECT key_drivers(attributes, revenue, is_recent,
				key_drivers_options(rank_by => 'unexpected_difference', min_support => 0.02, max_results => 8)) FROM sale)) AS d;
