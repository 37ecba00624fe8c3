--
-- Training rows on disk, and queries that end halfway
--
-- The budget is so small that the rows go to temporary files.
--
SET segment.training_memory = '1MB';

-- A cursor fails and is closed later: the error has already closed its file.
BEGIN;
DECLARE trained CURSOR FOR
SELECT g, model_method(kmeans_train(feature_vector(i, i % 7), 2)), 1 / (g - 2)
FROM (SELECT i, i % 4 AS g FROM generate_series(1, 200000) AS i) AS x
GROUP BY g
ORDER BY g;
SAVEPOINT before;
FETCH ALL FROM trained;
ROLLBACK TO before;
CLOSE trained;
COMMIT;

-- A failed cursor that is still open when other queries need room.
BEGIN;
DECLARE trained CURSOR FOR
SELECT tier_train(i, 2), 1 / (200000 - max(i))
FROM generate_series(1, 200000) AS i;
SAVEPOINT before;
FETCH ALL FROM trained;
ROLLBACK TO before;
SELECT tier_edges(tier_train(i, 2)) FROM generate_series(1, 200000) AS i;
COMMIT;

-- A function trains while the query that calls it does.  The rows of the outer
-- query go to disk then, and stay there when the function's block ends.
CREATE FUNCTION trains_now_and_then(i int) RETURNS float8
LANGUAGE plpgsql AS $$
BEGIN
	IF i % 40000 = 0 THEN
		BEGIN
			PERFORM kmeans_train(feature_vector(j, j % 11), 2)
			FROM generate_series(1, 28000) AS j;
		EXCEPTION WHEN division_by_zero THEN
			NULL;
		END;
	END IF;
	RETURN i;
END $$;

SELECT kmeans_train(feature_vector(trains_now_and_then(i), i % 7), 2) AS outer
FROM generate_series(1, 100000) AS i \gset
SELECT kmeans_train(feature_vector(i, i % 7), 2) = :'outer' AS same
FROM generate_series(1, 100000) AS i;

DROP FUNCTION trains_now_and_then;
RESET segment.training_memory;

-- Rows are equal by value: -0 is 0, even in an array, which may hold it.
SELECT kmeans_train(ARRAY[x], 2) FROM unnest('{-0,0}'::float8[]) AS x;
