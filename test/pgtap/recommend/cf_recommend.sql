-- cf_recommend in use: where items come from, a list of one's own to fill up with, items shown lately.
BEGIN;
SELECT plan(16);

CREATE TABLE visits AS
	SELECT u, i, 1.0::float8 AS w FROM generate_series(1, 60) AS u, generate_series(1, 20) AS i
	WHERE (u * 7 + i * 11 + u * i) % 5 < 2 OR i < u % 6;
CREATE TABLE m AS SELECT cf_train(u, i, w, cf_options('ease', regularization => 5)) AS model FROM visits;
CREATE TABLE ratings AS SELECT cf_train(u, i, 1 + (u * i) % 5, cf_options('svd', factors => 4)) AS model FROM visits;

-- users of the model are predicted, strangers get what is popular
SELECT is(array_agg(DISTINCT source), '{predicted}'::text[], 'predicted') FROM m, cf_recommend(model, 7, NULL::int[], 5);
SELECT is(array_agg(DISTINCT source), '{popular}'::text[], 'popular') FROM m, cf_recommend(model, 999, NULL::int[], 5);
SELECT is(array_agg(source), '{predicted,predicted,predicted}'::text[], 'a history is predicted')
FROM ratings, cf_recommend_history(model, '{1,2}'::int[], '{5,1}', 3);

-- a list of one's own comes before what is popular, as far as the model knows it, once, and without what was seen
CREATE TABLE own AS SELECT r.* FROM ratings,
	cf_recommend(model, 999, '{9}'::int[], 6, cf_recommend_options(fallback_items => '{12,9,77,3,12,05}')) AS r;
SELECT is(array_agg(item_id ORDER BY rank) FILTER (WHERE source = 'given'), '{12,3}'::int[], 'a list to fill up with') FROM own;
SELECT is(array_agg(source ORDER BY rank), '{given,given,popular,popular,popular,popular}'::text[], 'then popular items') FROM own;
SELECT is(max(n), 1::bigint, 'no item comes twice') FROM (SELECT count(*) AS n FROM own GROUP BY item_id) AS t;
SELECT is(count(*), 6::bigint, 'scores are shares of users')
FROM own WHERE score = (SELECT count(DISTINCT u) FILTER (WHERE i = item_id) / count(DISTINCT u)::float8 FROM visits);
SELECT is(array_agg(item_id ORDER BY rank), '{12,3}'::int[], 'without popular items')
FROM ratings, cf_recommend(model, 999, NULL::int[], 6, cf_recommend_options(fallback => 'none', fallback_items => '{12,3}'));
SELECT is(array_agg(item_id ORDER BY rank), '{b,a}'::text[], 'ids of text')
FROM (SELECT cf_train(u, chr(96 + i), w, cf_options('ease')) AS model FROM visits) AS t,
	cf_recommend(model, 999, NULL::text[], 2, cf_recommend_options(fallback_items => '{b,a}'));

-- items shown lately, by the definition: all items, scaled over the pool, times 0.8 ^ shown
CREATE TABLE shown AS SELECT jsonb_object_agg(i, (i * 3) % 4 + i % 2 * 0.5) AS shown FROM generate_series(1, 20, 2) AS i;
CREATE TABLE plain AS SELECT u, r.* FROM m, generate_series(1, 30) AS u, cf_recommend(model, u, NULL::int[], 20) AS r;
CREATE TABLE tired AS SELECT u, r.* FROM m, shown, generate_series(1, 30) AS u,
	cf_recommend(model, u, NULL::int[], 20, cf_recommend_options(shown => shown)) AS r;
SELECT is((SELECT array_agg(item_id ORDER BY u, rank) FROM tired WHERE source = 'predicted'),
	(SELECT array_agg(item_id ORDER BY u, worth DESC, rank)
	FROM (SELECT u, item_id, rank, (score - min(score) OVER w) / (max(score) OVER w - min(score) OVER w)
			* power(0.8::float8, coalesce((shown ->> item_id::text)::float8, 0)) AS worth
		FROM plain, shown WHERE source = 'predicted' WINDOW w AS (PARTITION BY u)) AS t), 'shown items lose a part of their score');
SELECT is(count(*), (SELECT count(*) FROM plain), 'the score is still what is predicted')
FROM tired JOIN plain USING (u, item_id, score, source);
SELECT is(array_agg(item_id ORDER BY u, rank), (SELECT array_agg(item_id ORDER BY u, rank) FROM plain), 'no fatigue')
FROM m, shown, generate_series(1, 30) AS u,
	cf_recommend(model, u, NULL::int[], 20, cf_recommend_options(shown => shown, fatigue => 0)) AS r;
SELECT is(array_agg(DISTINCT r.item_id ORDER BY r.item_id), (SELECT array_agg(DISTINCT item_id ORDER BY item_id) FROM plain, shown
	WHERE coalesce((shown ->> item_id::text)::float8, 0) < 2), 'items shown twice are left out')
FROM m, shown, generate_series(1, 30) AS u,
	cf_recommend(model, u, NULL::int[], 20, cf_recommend_options(shown => shown, most_shown => 2)) AS r;
SELECT is(count(*), 0::bigint, 'also for strangers')
FROM ratings, cf_recommend(model, 999, NULL::int[], 20, cf_recommend_options(shown => '{"3": 5}', most_shown => 5)) WHERE item_id = 3;
SELECT cmp_ok(count(DISTINCT item_id), '=', 5::bigint, 'with diversity')
FROM m, shown, cf_recommend(model, 7, NULL::int[], 5, cf_recommend_options(diversity => 0.5, shown => shown));
SELECT throws_ok($$SELECT cf_recommend(model, 7, NULL::int[], 5, '{"shown": {"3": -1}}') FROM m$$, '22023',
	'option "shown" is out of range: -1', 'shown less than never');
SELECT * FROM finish();
ROLLBACK;
