-- experiment_variant: ordinary calls and every error
SELECT experiment_variant(42, 'coupon', '{1,1}') AS int, experiment_variant(42::bigint, 'coupon', '{1,1}') AS bigint,
	experiment_variant('42', 'coupon', '{1,1}') AS literal, experiment_variant('42'::varchar, 'coupon', ARRAY[0.5, 0.5]) AS varchar,
	experiment_variant(42, 'price', ARRAY[1, 1]) AS otherwise,
	experiment_variant('6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid, 'coupon', '{1,1}') AS uuid;
SELECT array_agg(experiment_variant(i, 'coupon', '{1,0,2}') ORDER BY i) AS thirds,
	array_agg(experiment_variant(i, 'coupon', '{7}') ORDER BY i) AS all_alike FROM generate_series(1, 12) AS i;
SELECT experiment_variant('', '', '{1,1}') AS empty, experiment_variant(1, 'a', '{{1,1},{1,1}}') BETWEEN 1 AND 4 AS matrix,
	experiment_variant(1, 'a', array_fill(1e308::float8, ARRAY[1000])) BETWEEN 1 AND 1000 AS most;

-- in a generated column
CREATE TEMP TABLE users (user_id bigint PRIMARY KEY,
	variant int GENERATED ALWAYS AS (experiment_variant(user_id, 'coupon', '{80,20}')) STORED);
INSERT INTO users SELECT generate_series(1, 1000);
SELECT variant, round(count(*) / 1000.0, 1) AS share FROM users GROUP BY variant ORDER BY variant;

-- errors
SELECT experiment_variant(1, 'a', '{1,-0.5}');
SELECT experiment_variant(1, 'a', '{1,NaN}');
SELECT experiment_variant(1, 'a', '{1,Infinity}');
SELECT experiment_variant(1, 'a', '{1,NULL}');
SELECT experiment_variant(1, 'a', '{0,0}');
SELECT experiment_variant(1, 'a', '{}');
SELECT experiment_variant(1, 'a', array_fill(1::float8, ARRAY[1001]));
