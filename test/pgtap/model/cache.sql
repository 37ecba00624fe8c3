-- Opened models that are kept for callers that look a function up anew for every row.
BEGIN;
SELECT plan(6);

CREATE TEMP TABLE models AS
	SELECT g, kmeans_train(ARRAY[i * g, i % g], 3) AS model
	FROM generate_series(1, 30) AS i, generate_series(1, 12) AS g GROUP BY g;
CREATE TEMP TABLE points AS SELECT ARRAY[i, i % 5]::float8[] AS x FROM generate_series(1, 8) AS i;

-- a function with settings of its own is not inlined: its body starts anew each time
CREATE FUNCTION wrapped(model segment_model, x float8[]) RETURNS int LANGUAGE sql IMMUTABLE SET enable_sort = on
	AS 'SELECT kmeans_assign(model, x)';
CREATE FUNCTION of_both(a segment_model, b segment_model, x float8[]) RETURNS text LANGUAGE sql IMMUTABLE
	SET enable_sort = on AS 'SELECT kmeans_assign(a, x) || '' '' || kmeans_assign(b, x)';
CREATE TEMP VIEW differing AS
	SELECT g FROM models, points WHERE kmeans_assign(model, x) <> wrapped(model, x)
	UNION ALL
	SELECT a.g FROM models AS a, models AS b, points AS p
	WHERE of_both(a.model, b.model, x) <> kmeans_assign(a.model, x) || ' ' || kmeans_assign(b.model, x);

SELECT is_empty('TABLE differing', 'more models than are kept, in turn');
SET LOCAL work_mem = '64kB';
SELECT is_empty('TABLE differing', 'with room for none of them');
SET LOCAL work_mem = '1MB';
SELECT is_empty('TABLE differing', 'with room again');

SAVEPOINT s;
SELECT throws_ok('SELECT wrapped(model, ARRAY[1]::float8[]) FROM models', '2202E', NULL, 'an error halfway');
ROLLBACK TO s;
SELECT is_empty('TABLE differing', 'after a subtransaction');

-- one model in functions of other argument types
SELECT is(count(*) FILTER (WHERE kmeans_assign(model, x) <> kmeans_assign(model, x::feature_vector)), 0::bigint,
	'the types of the arguments matter') FROM models, points;

SELECT * FROM finish();
ROLLBACK;
