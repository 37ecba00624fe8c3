-- a month later: new data, same model
--
-- Today's tiers are stored under their date; then the next month's rows arrive and
-- the view is refreshed while others continue to read it.  The model has not
-- changed, so a user in another tier has really changed.

CREATE TABLE tier_history (
	as_of    timestamptz NOT NULL,
	user_id  bigint NOT NULL,
	tier     int NOT NULL,
	PRIMARY KEY (as_of, user_id)
);
INSERT INTO tier_history
SELECT as_of, user_id, tier FROM user_tiers, clock;

CREATE TEMP TABLE arriving AS
SELECT as_of AS since,
	   (SELECT count(*) FROM incoming.users) AS sign_ups,
	   (SELECT count(*) FROM incoming.payments) AS payments,
	   (SELECT round(sum(amount)) FROM incoming.payments) AS revenue,
	   (SELECT count(*) FROM incoming.lesson_views) AS lessons
FROM clock;

\ir ../new_data.sql

REFRESH MATERIALIZED VIEW CONCURRENTLY user_tiers;

SELECT since::date, as_of::date AS until, sign_ups, payments, revenue, lessons,
	   (SELECT count(*) FROM user_tiers) AS "users now in a tier"
FROM arriving, clock;
