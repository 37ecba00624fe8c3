-- Where do new users come from, and who buys?
--
-- A new user visits, opens a course page, puts a course into the cart and pays; at each step some
-- are lost. There is a bar for each channel through which they came. Its length is the percentage of
-- that channel's visitors who reached the step within two weeks; the first number is how many people
-- that is. A channel with a short last bar brings visitors, not buyers.

SELECT grouped_funnel_svg(step, channel, users,
	chart_options(title => 'From a visit to a payment', width => 360,
		label_order => ARRAY['visit', 'course page', 'cart', 'payment']))
FROM (SELECT channel, step, count(*) FILTER (WHERE level >= number) AS users
	FROM funnel, (VALUES (1, 'visit'), (2, 'course page'), (3, 'cart'),
		(4, 'payment')) AS s (number, step)
	GROUP BY channel, step) AS t;

SELECT caption(format('Of the users who come through %s, %s pay within two '
	'weeks; of those through %s, %s.', channels[1], percent(shares[1]),
	channels[cardinality(channels)], percent(shares[cardinality(channels)])))
FROM (SELECT array_agg(channel ORDER BY share DESC, channel) AS channels,
		array_agg(share ORDER BY share DESC, channel) AS shares
	FROM (SELECT channel, avg((level >= 4)::int)::float8 AS share
		FROM funnel GROUP BY channel) AS c) AS t
WHERE channels IS NOT NULL;
