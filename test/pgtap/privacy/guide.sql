-- The recipes of docs/guides/privacy.md: a budget that survives a rollback, and who may read what.
BEGIN;
SELECT plan(17);

CREATE SCHEMA shop;
SET LOCAL search_path = shop, public;
CREATE TABLE visits AS SELECT i % 900 AS user_id, (ARRAY['Lyon', 'Porto', 'Turin'])[1 + i % 900 % 3] AS city
	FROM generate_series(1, 9000) AS i;
CREATE SEQUENCE privacy_budget MAXVALUE 3000;
CREATE FUNCTION privacy_left() RETURNS numeric LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
	SELECT (3000 - CASE WHEN is_called THEN last_value ELSE 0 END) / 1000.0 FROM privacy_budget;
END;
CREATE FUNCTION spend_privacy(epsilon float8) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = shop, public, pg_temp AS $$
BEGIN
	IF epsilon IS NULL OR NOT (epsilon > 0 AND epsilon <= privacy_left()) THEN
		RAISE EXCEPTION 'no privacy budget for epsilon %', epsilon
			USING DETAIL = format('%s is left.', round(privacy_left(), 3));
	END IF;
	FOR i IN 1 .. ceil(epsilon * 1000) LOOP
		PERFORM nextval('privacy_budget');
	END LOOP;
END $$;
CREATE FUNCTION visitors(epsilon float8) RETURNS TABLE (city text, users bigint) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = shop, public, pg_temp AS $$
BEGIN
	PERFORM spend_privacy(epsilon);
	RETURN QUERY SELECT v.city, dp_count(v.user_id, epsilon) FROM visits AS v GROUP BY v.city;
END $$;

-- ---------- the budget ----------

SELECT is(privacy_left(), 3.0, 'all is left');
SAVEPOINT before;
SELECT is((SELECT count(*) FROM visitors(1.5)), 3::bigint, 'an answer');
ROLLBACK TO before;
SELECT is(privacy_left(), 1.5, 'is paid for, even if it is rolled back');
SELECT throws_ok('SELECT * FROM visitors(1.6)', 'P0001', 'no privacy budget for epsilon 1.6', 'too dear a question is refused');
SELECT is(privacy_left(), 1.5, 'and costs nothing');
SELECT throws_ok('SELECT * FROM visitors(-1)', 'P0001', NULL, 'nobody earns');
SELECT throws_ok('SELECT * FROM visitors(''NaN'')', 'P0001', NULL, 'not by NaN either');
SELECT throws_ok('SELECT * FROM visitors(NULL)', 'P0001', NULL, 'nor by NULL');
SELECT lives_ok('SELECT * FROM visitors(1.5)', 'the rest can be spent');
SELECT throws_ok('SELECT * FROM visitors(0.001)', 'P0001', NULL, 'then nothing is left');

-- a table of the caller with the name of ours
CREATE TEMP TABLE visits AS SELECT 1 AS user_id, 'Bergen' AS city;
CREATE TEMP SEQUENCE privacy_budget;
SELECT is(privacy_left(), 0.0, 'temporary objects are not taken for ours');
DROP TABLE pg_temp.visits;
DROP SEQUENCE pg_temp.privacy_budget;

-- ---------- roles ----------

CREATE TABLE user_tiers (user_id int PRIMARY KEY, region text, tier int, churn_risk float8);
INSERT INTO user_tiers SELECT i, (ARRAY['north', 'south'])[1 + i % 2], i % 4, i / 10.0 FROM generate_series(1, 9) AS i;
CREATE TABLE spending AS SELECT i AS user_id, (i % 3 * 10)::float8 AS spend, (i % 3)::float8 AS visits FROM generate_series(1, 30) AS i;
CREATE TABLE models AS SELECT 'spend' AS name, date '2026-01-01' AS trained, kmeans_train(ARRAY[spend, visits], 3) AS model FROM spending;
CREATE VIEW user_clusters WITH (security_barrier) AS
	SELECT user_id, kmeans_assign(model, ARRAY[spend, visits]) AS cluster FROM spending, models WHERE name = 'spend';
CREATE ROLE segment_analyst;
CREATE ROLE segment_reporting;
GRANT USAGE ON SCHEMA shop TO segment_analyst, segment_reporting;
REVOKE EXECUTE ON FUNCTION visitors(float8), spend_privacy(float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION visitors(float8), privacy_left() TO segment_analyst;
GRANT SELECT (region, tier) ON user_tiers TO segment_reporting;
GRANT SELECT (name, trained) ON models TO segment_reporting;
GRANT SELECT ON user_clusters TO segment_reporting;
ALTER TABLE user_tiers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_region ON user_tiers TO segment_reporting USING (region = current_setting('app.region', true));

-- runs a query as a role; what it gives, or its SQLSTATE
CREATE FUNCTION pg_temp.as_role(who text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SET LOCAL ROLE %I', who);
	EXECUTE query INTO result;
	RESET ROLE;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RESET ROLE;
	RETURN sqlstate;
END $$;
SELECT is(ARRAY[pg_temp.as_role('segment_analyst', 'SELECT count(*) FROM visits'),
	pg_temp.as_role('segment_analyst', 'SELECT nextval(''privacy_budget'')'),
	pg_temp.as_role('segment_analyst', 'SELECT spend_privacy(1)')], '{42501,42501,42501}', 'analysts read neither rows nor the account');
SELECT is(pg_temp.as_role('segment_analyst', 'SELECT count(*) FROM visitors(0.1)'), 'P0001', 'they may ask, if there is a budget');
SELECT is(ARRAY[pg_temp.as_role('segment_reporting', 'SELECT max(churn_risk) FROM user_tiers'),
	pg_temp.as_role('segment_reporting', 'SELECT count(*) FROM models WHERE model IS NOT NULL'),
	pg_temp.as_role('segment_reporting', 'SELECT count(*) FROM visitors(0.1)')], '{42501,42501,42501}',
	'reporting reads no risk and no model, and asks nothing');
SELECT is(pg_temp.as_role('segment_reporting', 'SELECT count(tier) FROM user_tiers'), '0', 'no row without a region');
SET LOCAL app.region = 'south';
SELECT is(pg_temp.as_role('segment_reporting', 'SELECT string_agg(DISTINCT region, '','') || count(tier) FROM user_tiers'), 'south5',
	'the rows of its region');
SELECT is(pg_temp.as_role('segment_reporting', 'SELECT count(DISTINCT cluster) FROM user_clusters'), '3',
	'a view scores with a model that it does not show');

SELECT * FROM finish();
ROLLBACK;
