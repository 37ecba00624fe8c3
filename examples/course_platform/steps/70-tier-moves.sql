-- who moved
--
-- The transition matrix from the kept tiers to the refreshed ones, and how many
-- users moved up or down.

CREATE VIEW tier_move AS
SELECT user_id, h.tier AS previous, t.tier AS current
FROM tier_history AS h
JOIN user_tiers AS t USING (user_id)
WHERE h.as_of = (SELECT max(as_of) FROM tier_history);

SELECT f.name AS "from", t.name AS "to", m.users, round(100 * m.share::numeric, 1) AS "share %"
FROM (SELECT (tier_transitions(tier_transition(previous, current))).* FROM tier_move) AS m
JOIN tier_names AS f ON f.tier = m.from_tier::int
JOIN tier_names AS t ON t.tier = m.to_tier::int
ORDER BY f.tier DESC, t.tier DESC;

SELECT count(*) FILTER (WHERE current <> previous) AS "users moved",
	   count(*) FILTER (WHERE current > previous) AS up,
	   count(*) FILTER (WHERE current < previous) AS down,
	   count(*) FILTER (WHERE current = previous) AS stayed,
	   (SELECT count(*) FROM user_tiers) - count(*) AS new
FROM tier_move;
