-- Winsorizers against percentile_cont, and in SQL.
BEGIN;
SELECT plan(9);

CREATE TABLE spend AS
	SELECT i, i % 4 AS part, (hashint4(i) & 1023)::float8 ^ 2 AS x, CASE WHEN i % 3 > 0 THEN ln(1 + (hashint4(i * 7) & 255)) END AS y
	FROM generate_series(1, 999) AS i;
CREATE TABLE models AS
	SELECT winsorizer_train(ARRAY[x, y]) AS m, winsorizer_train(ARRAY[x, y], winsorizer_options(0.1, 0.8)) AS wide FROM spend;

SELECT is((model_info(m) -> 'lower', model_info(m) -> 'upper')::text, '(0.01,0.99)', 'the hundredth part at either end') FROM models;
SELECT is(count(*), 0::bigint, 'every value is within its quantiles, or pulled in')
FROM models, spend, (SELECT percentile_cont('{0.1,0.8}'::float8[]) WITHIN GROUP (ORDER BY x) AS qx,
	percentile_cont('{0.1,0.8}'::float8[]) WITHIN GROUP (ORDER BY y) AS qy FROM spend) AS q
WHERE winsorize_features(wide, ARRAY[x, y])::float8[] IS DISTINCT FROM ARRAY[least(greatest(x, qx[1]), qx[2]),
	CASE WHEN y IS NOT NULL THEN least(greatest(y, qy[1]), qy[2]) END];
SELECT is(winsorizer_train(ARRAY[x, y], '{"lower": 0.1, "upper": 0.8}' ORDER BY -i)::text, (SELECT wide::text FROM models), 'any order')
FROM spend;
SELECT is(winsorizer_train(feature_vector(x, y), '{"lower": 0.1, "upper": 0.8}')::text, (SELECT wide::text FROM models), 'vectors')
FROM spend;
SELECT is(min(t[1]) = min(x) AND max(t[1]) = max(x), true, 'from 0 to 1 nothing changes')
FROM (SELECT winsorizer_train(ARRAY[x, y], '{"lower": 0, "upper": 1}') AS m FROM spend) AS m, spend,
	LATERAL (SELECT winsorize_features(m.m, ARRAY[x, y])::float8[]) AS w (t);
SELECT is(winsorize_features(winsorizer_train(ARRAY[1, NULL]::float8[]), '{5,5}'::float8[])::text, '[1,NULL]',
	'no limits for what no row had');
SELECT is(winsorize_features(m, '[NULL,3]'::feature_vector)::text, '[NULL,3]', 'missing stays missing') FROM models;
SELECT throws_ok($$SELECT winsorizer_train(ARRAY[1.0::float8], winsorizer_options(lower => 0.5, upper => 0.5))$$, '22023', NULL,
	'lower must be below upper');
SELECT throws_ok($$SELECT winsorize_features(scaler_train(ARRAY[1.0::float8], 'minmax'), ARRAY[1.0::float8])$$, '42804', NULL,
	'a scaler is no winsorizer');

SELECT * FROM finish();
ROLLBACK;
