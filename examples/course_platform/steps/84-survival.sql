-- how long do users of each tier stay?
--
-- The clock is turned back by half a year, and the same model says in which tier each
-- user was then; so nobody is in a high tier because of having stayed.  Of those seen
-- in the 30 days before, how many are still there after a time?  Whoever has not been
-- seen for the last month has left on the last day seen; the others are still there.

CREATE TABLE tier_before (user_id bigint PRIMARY KEY, tier int NOT NULL, as_of timestamptz NOT NULL);

BEGIN;
UPDATE clock SET as_of = as_of - interval '6 months';
INSERT INTO tier_before
SELECT user_id, kmeans_assign((SELECT model FROM models WHERE name = 'value'), features), as_of
FROM profile, clock
WHERE recency_days < 30;
UPDATE clock SET as_of = as_of + interval '6 months';
COMMIT;

CREATE TABLE stay AS
SELECT t.user_id, n.name AS tier, least(greatest(last_at, t.as_of), until)::date - t.as_of::date AS days,
	   last_at IS NULL OR last_at < until AS has_left
FROM tier_before AS t
JOIN tier_names AS n USING (tier)
LEFT JOIN (SELECT user_id, max(at) AS last_at FROM seen, clock WHERE at < as_of GROUP BY user_id) AS s USING (user_id),
	 (SELECT as_of - interval '1 month' AS until FROM clock) AS c;

SELECT tier, count(*) AS users, round(100 * survival_at(kept, 30)::numeric) AS "after 30 days, %",
	   round(100 * survival_at(kept, 60)::numeric) AS "60 days", round(100 * survival_at(kept, 120)::numeric) AS "120 days",
	   median_survival(kept) AS "half have left by day"
FROM (SELECT tier, kaplan_meier(days, has_left) AS kept FROM stay GROUP BY tier) AS k
JOIN stay USING (tier)
GROUP BY tier, kept
ORDER BY survival_at(kept, 120) DESC NULLS LAST, tier;
