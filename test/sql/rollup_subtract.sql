-- rollup_subtract: an ordinary call and every error
CREATE TEMP TABLE moves AS SELECT * FROM (VALUES (1, 'low', 'high'), (2, 'low', 'low'), (3, 'high', 'top')) AS t(user_id, was, is_now);
SELECT t.* FROM (SELECT rollup_subtract(tier_transition(was, is_now), tier_transition(was, is_now) FILTER (WHERE user_id = 3)) AS s
	FROM moves) AS left_over, tier_transitions(s) AS t;
SELECT rollup_subtract(tier_transition(was, is_now), tier_transition(was, is_now)) IS NULL AS nothing_left FROM moves;

-- errors
SELECT rollup_subtract(tier_transition(was, is_now), tier_transition(is_now, was)) FROM moves;
SELECT rollup_subtract(tier_transition(was, is_now), kaplan_meier(user_id, true)) FROM moves;
SELECT rollup_subtract(kaplan_meier(user_id, true), kaplan_meier(user_id, true, false)) FROM moves;
SELECT rollup_subtract(feature_summary(feature_vector(user_id)), feature_summary(feature_vector(user_id))) FROM moves;
