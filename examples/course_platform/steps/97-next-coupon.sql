-- who gets the next coupon, on a budget of 400?
--
-- The test tells what a coupon adds to the spending of a user, by what the user spent
-- before: one model learns it with the coupon, one without.  The next coupon may go out
-- by e-mail, for ten cents, or as a letter, for 80; say that six in ten read the one
-- and nine in ten the other, and that 300 letters can be printed.  60 % of the revenue
-- is margin.  The allocation brings the most that 400 euros can: no other one exceeds
-- the bound.  "worth of one more euro" says whether a larger budget would pay.

CREATE TABLE next_coupon AS
SELECT offer_allocate(user_id, channel, 0.6 * reach * added, cost,
					  offer_allocate_options(budget => 400, capacities => '{"letter": 300}')) AS allocation
FROM (SELECT user_id, predict_uplift(with_coupon, without, ARRAY[spend_before]) AS added
	  FROM coupon_exposures, (
			SELECT linear_train(revenue, ARRAY[spend_before]) FILTER (WHERE variant = 'coupon') AS with_coupon,
				linear_train(revenue, ARRAY[spend_before]) FILTER (WHERE variant = 'control') AS without
			FROM coupon_exposures) AS m) AS u,
	(VALUES ('e-mail', 0.1, 0.6), ('letter', 0.8, 0.9)) AS c(channel, cost, reach);

SELECT users, served AS "get a coupon", round(cost::numeric, 2) AS cost, round(value) AS "margin added", round(bound) AS "at most",
	   round(budget_price::numeric, 2) AS "worth of one more euro"
FROM next_coupon, offer_allocation_summary(allocation);

SELECT offer AS channel, assigned AS users, round(cost::numeric, 2) AS cost, round(value) AS "margin added", capacity,
	   round(capacity_price::numeric, 2) AS "worth of one more"
FROM next_coupon, offer_limits(allocation) ORDER BY offer;
