-- put every user into a tier
--
-- A materialized view scores each user with the stored model.  The model is
-- read once and the scan stays parallel; REFRESH ... CONCURRENTLY needs the
-- unique index.

CREATE TABLE tier_names (
	tier  int PRIMARY KEY,
	name  text NOT NULL
);
INSERT INTO tier_names VALUES (1, 'basic'), (2, 'bronze'), (3, 'silver'), (4, 'gold'), (5, 'platinum');

CREATE MATERIALIZED VIEW user_tiers AS
SELECT user_id, recency_days, purchases, spend, average_spend, active_days, completion,
	   kmeans_assign((SELECT model FROM models WHERE name = 'value'), features) AS tier
FROM profile;

CREATE UNIQUE INDEX ON user_tiers (user_id);

SELECT user_id, tier, name, round(spend) AS spend, purchases, active_days,
	   round(recency_days) AS recency
FROM user_tiers
JOIN tier_names USING (tier)
ORDER BY md5(user_id::text)  -- always the same five
LIMIT 5;
