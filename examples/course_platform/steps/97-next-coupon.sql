-- who gets the next coupon, on a budget of 1,800?
--
-- The test tells how many more users buy a certificate with a coupon, by what they
-- spent before: one model learns it with the coupon, one without.  Whoever has a
-- certificate takes further courses; say that this is worth twelve euros.  The next
-- coupon may go out by e-mail, for ten cents, or as a letter, for 25; say that six in
-- ten read the one and nineteen in twenty the other, and that 1,000 letters can be
-- printed.  The allocation brings the most that 1,800 euros can: no other one exceeds
-- "at most".  What one more euro is worth says whether a larger budget would pay.

CREATE TABLE next_coupon AS
SELECT offer_allocate(user_id, channel, 12 * reach * added, cost,
					  offer_allocate_options(budget => 1800, capacities => '{"letter": 1000}')) AS allocation
FROM (SELECT user_id, predict_uplift(with_coupon, without, ARRAY[spend_before]) AS added
	  FROM coupon_exposures, (
			SELECT linear_train(converted::int, ARRAY[spend_before]) FILTER (WHERE variant = 'coupon') AS with_coupon,
				linear_train(converted::int, ARRAY[spend_before]) FILTER (WHERE variant = 'control') AS without
			FROM coupon_exposures) AS m) AS u,
	(VALUES ('e-mail', 0.1, 0.6), ('letter', 0.25, 0.95)) AS c(channel, cost, reach);

SELECT users, served AS "get a coupon", round(cost::numeric, 2) AS cost, round(value) AS "worth", round(bound) AS "at most",
	   round(budget_price::numeric, 2) AS "worth of one more euro"
FROM next_coupon, offer_allocation_summary(allocation);

SELECT offer AS channel, assigned AS users, round(cost::numeric, 2) AS cost, round(value) AS "worth", capacity,
	   round(capacity_price::numeric, 2) AS "worth of one more"
FROM next_coupon, offer_limits(allocation) ORDER BY offer;
