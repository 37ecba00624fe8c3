-- rollup_subtract: a summary without some rows is, bit for bit, one of the others.
BEGIN;
SELECT plan(14);

CREATE TABLE moves AS
	SELECT i, i * 7919 % 37 AS user_id, CASE WHEN i % 11 > 0 THEN 'tier ' || i * 7 % 11 % 6 END AS was,
		CASE WHEN i % 13 > 1 THEN 'tier ' || i % 7 END AS is_now, (i * 31 % 500 / 4.0)::float8 AS duration, i % 3 = 0 AS event
	FROM generate_series(1, 2000) AS i;

-- every user in turn is forgotten
SELECT is((SELECT count(*) FROM (SELECT DISTINCT user_id FROM moves) AS u,
	LATERAL (SELECT tier_transition(was, is_now) AS whole, tier_transition(was, is_now) FILTER (WHERE moves.user_id = u.user_id) AS part,
		tier_transition(was, is_now) FILTER (WHERE moves.user_id <> u.user_id) AS others FROM moves) AS s
	WHERE rollup_subtract(whole, part)::text = others::text), 37::bigint, 'tier_transition');
SELECT is((SELECT count(*) FROM (SELECT DISTINCT user_id FROM moves) AS u,
	LATERAL (SELECT confusion_matrix(was, is_now) AS whole, confusion_matrix(was, is_now) FILTER (WHERE moves.user_id = u.user_id) AS part,
		confusion_matrix(was, is_now) FILTER (WHERE moves.user_id <> u.user_id) AS others FROM moves) AS s
	WHERE rollup_subtract(whole, part)::text = others::text), 37::bigint, 'confusion_matrix');
SELECT is((SELECT count(*) FROM (SELECT DISTINCT user_id FROM moves) AS u,
	LATERAL (SELECT kaplan_meier(duration, event) AS whole, kaplan_meier(duration, event) FILTER (WHERE moves.user_id = u.user_id) AS part,
		kaplan_meier(duration, event) FILTER (WHERE moves.user_id <> u.user_id) AS others FROM moves) AS s
	WHERE rollup_subtract(whole, part)::text = others::text), 37::bigint, 'kaplan_meier');

-- a day is added and taken out again
SELECT is(rollup_subtract(rollup(s), rollup(s) FILTER (WHERE day = 3))::text, rollup(s) FILTER (WHERE day <> 3)::text,
	'what rollup adds it takes out')
FROM (SELECT i % 5 AS day, tier_transition(was, is_now) AS s FROM moves GROUP BY day) AS d;
-- labels that nobody has any more are gone
SELECT is(rollup_subtract(tier_transition(a, b), tier_transition(a, b) FILTER (WHERE b = 'gone'))::jsonb -> 'names', '["x", "y"]',
	'a label of nobody is forgotten')
FROM (VALUES ('x', 'y'), ('gone', 'gone'), ('x', 'gone')) AS v(a, b);
SELECT ok(rollup_subtract(s, s) IS NULL AND rollup_subtract(s, NULL) = s AND rollup_subtract(NULL, s) IS NULL, 'nothing, and NULL')
FROM (SELECT tier_transition(was, is_now) AS s FROM moves) AS whole;
SELECT is(rollup_subtract(tier_transition(a, b), tier_transition(a, b) FILTER (WHERE a = 'x'))::text,
	(tier_transition(a, b) FILTER (WHERE a IS NULL))::text, 'skipped rows may be left alone')
FROM (VALUES ('x', 'y'), (NULL, NULL), (NULL, NULL)) AS v(a, b);

SELECT throws_ok($$SELECT rollup_subtract(tier_transition(is_now, was), tier_transition(was, is_now)) FROM moves$$, '22023',
	'a count of part must not be above that of whole', 'rows that are not there');
SELECT throws_ok($$SELECT rollup_subtract(kaplan_meier(duration, event), kaplan_meier(duration + 1, event)) FROM moves$$, '22023',
	'a count of part must not be above that of whole', 'times that are not there');
SELECT throws_ok($$SELECT rollup_subtract(kaplan_meier(duration, event), tier_transition(was, is_now)) FROM moves$$, '42804',
	NULL, 'summaries of different kinds');
SELECT throws_ok($$SELECT rollup_subtract(s, s) FROM (SELECT feature_summary(feature_vector(i, duration)) AS s FROM moves) AS f$$, '0A000',
	'a feature summary cannot be subtracted', 'smallest and largest values');
SELECT throws_ok($$SELECT rollup_subtract(s, s) FROM (SELECT segment_profile(was, feature_vector(i)) AS s FROM moves) AS f$$, '0A000',
	NULL, 'nor can a segment profile');
SELECT throws_ok($$SELECT rollup_subtract(s, s) FROM (SELECT ab_state(was, duration) AS s FROM moves) AS f$$, '0A000',
	'a variant summary cannot be subtracted', 'nor users of an experiment: how many digits the rest needs is not known');
SELECT throws_ok($$SELECT rollup_subtract(s, s) FROM (SELECT ab_ratio_state(was, duration, 1) AS s FROM moves) AS f$$, '0A000',
	NULL, 'nor ratios');

SELECT * FROM finish();
ROLLBACK;
