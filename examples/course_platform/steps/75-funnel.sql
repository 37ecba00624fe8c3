-- a funnel by channel
--
-- How many of the people who signed up in the last year went from a visit to a
-- course page, to the cart and to a payment within two weeks; and how many days
-- after the sign-up half of the payers, and nine in ten, had paid.

CREATE TABLE funnel AS
SELECT u.channel, u.signed_up_at,
	   window_funnel('14 days', e.happened_at, e.event = 'visit', e.event = 'view_course',
					 e.event = 'add_to_cart', e.event = 'pay') AS level,
	   funnel_times('14 days', e.happened_at, e.event = 'visit', e.event = 'view_course',
					e.event = 'add_to_cart', e.event = 'pay') AS reached
FROM users AS u
JOIN events AS e USING (user_id), clock
WHERE u.signed_up_at >= as_of - interval '1 year' AND e.happened_at < as_of
GROUP BY u.user_id;

SELECT channel,
	   count(*) AS visited,
	   round(100.0 * count(*) FILTER (WHERE level >= 2) / count(*)) AS "to a course %",
	   round(100.0 * count(*) FILTER (WHERE level >= 3) / nullif(count(*) FILTER (WHERE level >= 2), 0)) AS "to the cart %",
	   round(100.0 * count(*) FILTER (WHERE level >= 4) / nullif(count(*) FILTER (WHERE level >= 3), 0)) AS "to a payment %",
	   round(100.0 * count(*) FILTER (WHERE level >= 4) / count(*), 1) AS "all the way %",
	   round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::numeric, 1) AS "half paid by day",
	   round(percentile_cont(0.9) WITHIN GROUP (ORDER BY days)::numeric, 1) AS "nine in ten"
FROM funnel, LATERAL (SELECT extract(epoch FROM reached[4] - signed_up_at) / 86400) AS t(days)
GROUP BY channel
ORDER BY "all the way %" DESC;
