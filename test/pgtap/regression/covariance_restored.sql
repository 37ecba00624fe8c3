-- Models of few rows, where rounding leaves nothing of a variance: they have no
-- standard errors, and can be dumped and restored.
BEGIN;
SELECT plan(6);

CREATE TEMP TABLE few AS
	SELECT s, i, hashint8(s * 1000 + i * 17) % 7 / 3.0 AS x, hashint8(s * 1003 + i * 19) % 1000 / 7.0 AS z,
		(i + hashint8(s * 31 + i * 5) % 3) > 3 AS yes, hashint8(s * 13 + i) % 5 AS y,
		(ARRAY[1, 2, 0.25, 3])[1 + abs(hashint8(s * 3 + i)) % 4] AS weight
	FROM generate_series(1::bigint, 1000) AS s, generate_series(1, 4 + (s % 3)::int) AS i;
CREATE TEMP TABLE models AS
	SELECT s, linear_train(y, ARRAY[x, z, z - x, 7, i], '{"scale": "minmax", "std_errors": "hc0"}', weight) AS model
	FROM few WHERE s BETWEEN 200 AND 400 GROUP BY s;
SET LOCAL client_min_messages = error; -- rows are separated
INSERT INTO models
	SELECT s, logistic_train(yes, ARRAY[x, i], '{"std_errors": "hc0", "when_too_few": "null"}', weight)
	FROM few WHERE s < 500 GROUP BY s;
INSERT INTO models
	SELECT s, softmax_train(y, ARRAY[x, i], '{"when_too_few": "null"}', weight) FROM few WHERE s > 780 GROUP BY s;
DELETE FROM models WHERE model IS NULL;

SELECT is(count(*) FILTER (WHERE model::text::segment_model = model), count(*), min(model_method(model)) || ': all are restored')
FROM models GROUP BY model_method(model) ORDER BY model_method(model);
SELECT cmp_ok(count(*), '>', 0::bigint, min(model_method(model)) || ': some have no covariance')
FROM models WHERE model_info(model) ->> 'covariance_size' = '0' GROUP BY model_method(model) ORDER BY model_method(model);

SELECT * FROM finish();
ROLLBACK;
