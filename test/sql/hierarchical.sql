-- hierarchical clustering: what it prints, and its messages
\pset null (null)
CREATE TABLE points AS
SELECT * FROM (VALUES ('ann', 1, 1), ('bob', 1, 2), ('cat', 4, 2), ('dan', 9, 9), ('eve', 10, 9)) AS v(id, x, y);
CREATE TABLE tree AS
SELECT hierarchical_train(id, ARRAY[x, y], '{"linkage": "single", "standardize": false}') AS model FROM points;
SELECT cluster, first, second, round(height::numeric, 6) AS height, size FROM tree, hierarchical_merges(model);
SELECT c.* FROM tree, hierarchical_cut(model, 2) AS c;
SELECT c.* FROM tree, hierarchical_cut_height(model, 3) AS c;
SELECT model_info(model) - 'version' FROM tree;

-- ties: all are one apart; see the contract
SELECT l AS linkage, cluster, first, second, round(height::numeric, 6) AS height
FROM unnest('{ward,average,complete,single}'::text[]) WITH ORDINALITY AS u(l, n),
	LATERAL (SELECT hierarchical_train(i, ARRAY[i], hierarchical_options(linkage => l, standardize => false)) AS model
		FROM generate_series(1, 4) AS i) AS t, hierarchical_merges(model) ORDER BY n, cluster;

-- messages
\set VERBOSITY terse
DO $$
DECLARE
	q text;
	state text;
	message text;
	detail text;
	hint text;
BEGIN
	FOREACH q IN ARRAY ARRAY[
		'SELECT hierarchical_train(i % 3, ARRAY[i]) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(id, ARRAY[x]) FROM (SELECT * FROM points UNION ALL SELECT * FROM points) AS p',
		'SELECT hierarchical_train(i, ARRAY[i], ''{"linkage": "centroid"}'') FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i], ''{"link": "single"}'') FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i], ''{"scale": "minmax"}'') FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i], jsonb_build_object(''standardize'', i > 2)) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i, NULL]) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, array_fill(i, ARRAY[i])) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i * 1e200]) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_train(i, ARRAY[i], NULL, -1) FROM generate_series(1, 5) AS i',
		'SELECT hierarchical_cut(model, 0) FROM tree',
		'SELECT hierarchical_cut(model, 6) FROM tree',
		'SELECT hierarchical_cut(model, 2, NULL::int) FROM tree',
		'SELECT hierarchical_cut_height(model, -1) FROM tree',
		'SELECT hierarchical_cut_height(model, ''NaN'') FROM tree',
		'SELECT hierarchical_cut(kmeans_train(ARRAY[x], 2), 2) FROM points',
		'SELECT hierarchical_gower_train(id, ARRAY[x], ''{}'', ''{"linkage": "ward"}'') FROM points',
		'SELECT hierarchical_gower_train(id, ARRAY[x], ''{{a}}'') FROM points',
		'SELECT hierarchical_gower_train(id, ARRAY[x], string_to_array(repeat(''a'', x), NULL)) FROM points',
		'SELECT hierarchical_gower_train(id, ARRAY[nullif(x, 1)], ARRAY[CASE WHEN x = 1 THEN ''a'' END]) FROM points',
		'SELECT hierarchical_gower_train(i, ARRAY[i], ARRAY[i::text]) FROM generate_series(1, 1001) AS i',
		'SELECT hierarchical_gower_train(i, ARRAY[i], array_fill(''a''::text, ARRAY[1001])) FROM generate_series(1, 2) AS i']
	LOOP
		BEGIN
			EXECUTE q;
			RAISE NOTICE 'no error: %', q;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
				hint = PG_EXCEPTION_HINT;
			RAISE NOTICE E'% %\n  %\n  %', state, message, detail, hint;
		END;
	END LOOP;
END $$;

-- the limit of the matrix, on both sides
SET segment.training_memory = '1MB';
SELECT hierarchical_train(i, ARRAY[i * i % 97], '{"linkage": "average"}') IS NOT NULL AS fits FROM generate_series(1, 487) AS i;
DO $$
BEGIN
	PERFORM hierarchical_train(i, ARRAY[i * i % 97], '{"linkage": "average"}') FROM generate_series(1, 488) AS i;
EXCEPTION WHEN program_limit_exceeded THEN
	RAISE NOTICE '%', SQLERRM;
END $$;
SELECT hierarchical_train(i, ARRAY[i * i % 97]) IS NOT NULL AS fits FROM generate_series(1, 2000) AS i;
