-- k-prototypes and k-modes: what they print, and their messages
\pset null (null)
CREATE TABLE people (id int, age float8, visits float8, plan text, device text);
INSERT INTO people VALUES
	(1, 21, 30, 'free', 'phone'), (2, 23, 34, 'free', 'phone'), (3, 22, 28, 'free', NULL), (4, 24, 31, 'basic', 'phone'),
	(5, 45, 5, 'pro', 'desktop'), (6, 47, 7, 'pro', 'desktop'), (7, 44, 4, 'pro', 'tablet'), (8, 46, 6, 'team', 'desktop'),
	(9, 44, 30, 'basic', 'tablet'), (10, 46, 33, 'basic', 'tablet'), (11, NULL, 32, 'basic', 'tablet');
CREATE TABLE model AS
SELECT kprototypes_train(ARRAY[age, visits], ARRAY[plan, device], 3) AS mixed,
	kmodes_train(ARRAY[plan, device], 3) AS alone
FROM people WHERE age IS NOT NULL;
SELECT cluster, size, round(share::numeric, 6) AS share, centroid, modes, round(cost::numeric, 6) AS cost
FROM model, kprototypes_clusters(mixed);
SELECT cluster, size, round(share::numeric, 6) AS share, centroid, modes, cost FROM model, kprototypes_clusters(alone);
SELECT model_info(mixed) - '{version,cost}'::text[] FROM model;
SELECT model_info(alone) - 'version' FROM model;
SELECT id, kprototypes_assign(mixed, ARRAY[age, visits], ARRAY[plan, device]) AS cluster,
	round(kprototypes_distance(mixed, ARRAY[age, visits], ARRAY[plan, device])::numeric, 6) AS distance,
	kprototypes_assign(alone, ARRAY[plan, device]) AS of_modes, kprototypes_distance(alone, ARRAY[plan, device]) AS differ
FROM people, model WHERE age IS NOT NULL ORDER BY id;

-- a category that is missing, and one that was not in training
SELECT kprototypes_distance(alone, c) FROM model, (VALUES (1, ARRAY['pro', 'desktop']), (2, ARRAY['pro', NULL]),
	(3, ARRAY['pro', 'watch']), (4, ARRAY['?', 'watch']), (5, ARRAY[NULL, NULL])) AS v(n, c) ORDER BY n;
-- of a category that no row has there is no mode
SELECT c.* FROM (SELECT kmodes_train(ARRAY[p, NULL], 2) AS model FROM unnest('{a,b}'::text[]) AS p) AS t, kprototypes_clusters(model) AS c;
SELECT kmodes_train(ARRAY[NULL]::text[], 1) IS NOT NULL AS of_nothing;
SELECT kprototypes_train(ARRAY[age], '{}', 2) IS NOT NULL AS without_categories FROM people WHERE age IS NOT NULL;
-- rows with a NULL are skipped; none is left
SELECT model_info(kprototypes_train(v, c, 1)) ->> 'rows_skipped' AS skipped
FROM (VALUES (ARRAY[1], ARRAY['a']), (NULL, ARRAY['a']), (ARRAY[1], NULL)) AS r(v, c);
SELECT kprototypes_train(ARRAY[age], NULL, 2), kmodes_train(NULL, 2), kmodes_train(ARRAY[plan], 2, NULL, 0) FROM people;
SELECT kprototypes_assign(NULL, ARRAY[1], '{a}'), kprototypes_assign(mixed, NULL::float8[], '{a,b}'),
	kprototypes_distance(alone, NULL) FROM model;
-- preparation; warning
SELECT round((model_info(kprototypes_train(ARRAY[age, visits], ARRAY[plan, device], 3,
	kprototypes_options(impute => 'mean', scale => 'minmax', standardize => false))) ->> 'gamma')::numeric, 6) AS gamma FROM people;
SELECT model_info(kprototypes_train(ARRAY[age, visits], ARRAY[plan, device], 3,
	kprototypes_options(max_iterations => 1, gamma => 0.25))) -> 'converged' AS converged FROM people WHERE age IS NOT NULL;

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
		'SELECT kprototypes_train(ARRAY[age], ARRAY[plan], 2) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 0) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 65536) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], NULL) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 12) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], id) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, ''{"gamma": -1}'') FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, ''{"lambda": 1}'') FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, ''{"rank_by": 2}'') FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, ''{"scale": "minmax"}'') FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, NULL, -1) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ARRAY[plan], 2, NULL, 1e308) FROM people',
		'SELECT kprototypes_train(ARRAY[visits * 1e200], ARRAY[plan], 2) FROM people',
		'SELECT kprototypes_train(array_fill(1, ARRAY[id]), ARRAY[plan], 2) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], ''{{a}}'', 2) FROM people',
		'SELECT kprototypes_train(ARRAY[visits], string_to_array(repeat(''a'', id), NULL), 2) FROM people',
		'SELECT kmodes_train(''{}'', 2) FROM people',
		'SELECT kmodes_train(ARRAY[plan], 2, ''{"gamma": 1}'') FROM people',
		'SELECT kmodes_train(ARRAY[plan], 5) FROM people',
		'SELECT kmodes_train(ARRAY[i::text], 2) FROM generate_series(1, 1001) AS i',
		'SELECT kmodes_train(array_fill(''a''::text, ARRAY[1001]), 1) FROM people',
		'SELECT kprototypes_assign(mixed, ARRAY[1], ''{a,b}'') FROM model',
		'SELECT kprototypes_assign(mixed, ARRAY[1, NULL], ''{a,b}'') FROM model',
		'SELECT kprototypes_assign(mixed, ARRAY[1, 2], ''{a}'') FROM model',
		'SELECT kprototypes_assign(mixed, ARRAY[1, 2], ''{{a,b}}'') FROM model',
		'SELECT kprototypes_assign(mixed, ''{a,b}''::text[]) FROM model',
		'SELECT kprototypes_assign(alone, ARRAY[1], ''{a,b}'') FROM model',
		'SELECT kprototypes_distance(mixed, ARRAY[1e300, 2], ''{a,b}'') FROM model',
		'SELECT kprototypes_clusters(kmeans_train(ARRAY[visits], 2)) FROM people',
		'SELECT kmeans_clusters(mixed) FROM model']
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
SELECT kmodes_train(ARRAY[plan], 5, '{"when_too_few": "null"}') FROM people;

-- the limit of counts: 2^24
DO $$
BEGIN
	PERFORM kprototypes_train(ARRAY[i], ARRAY[(i % 999)::text, (i % 998)::text], 8500) FROM generate_series(1, 9000) AS i;
EXCEPTION WHEN program_limit_exceeded THEN
	RAISE NOTICE '%', SQLERRM;
END $$;
DROP TABLE people, model;
