-- campaign_roi: what a campaign earned, by adding it up.
BEGIN;
SELECT plan(4);

CREATE TEMP TABLE users AS
	SELECT CASE WHEN i % 4 = 0 THEN 'control' ELSE 'mail' END AS variant, (i * 7 % 13 + (i % 4) * 2)::float8 AS spent
	FROM generate_series(1, 1000) AS i;
CREATE TEMP TABLE answer AS
	SELECT r.* FROM (SELECT ab_state(variant, spent) AS s FROM users) AS t, campaign_roi(s, 0.75, 0.4) AS r;
SELECT is(array_agg(variant), '{mail}', 'no row for the control') FROM answer;
SELECT cmp_ok(abs(incremental - (SELECT 0.4 * (sum(spent) FILTER (WHERE variant = 'mail')
	- 750 * avg(spent) FILTER (WHERE variant = 'control')) FROM users)), '<', 1e-9::float8, 'spend beyond that of as many of the control')
FROM answer;
SELECT is(ARRAY[n, cost, round((profit - incremental)::numeric, 9)], ARRAY[750, 562.5, -562.5]::numeric[],
	'cost of all users of the variant')
FROM (SELECT n::numeric, cost::numeric, profit, incremental FROM answer) AS a;
SELECT is(ARRAY[profit_low < profit, profit < profit_high, roi_low < roi, abs(roi - profit / cost) < 1e-12], '{t,t,t,t}', 'intervals')
FROM answer;

SELECT * FROM finish();
ROLLBACK;
