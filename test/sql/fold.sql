-- fold and is_train: ordinary calls and every error
SELECT fold(42, 5) AS int, fold(42::bigint, 5) AS bigint, fold(42::smallint, 5) AS smallint, fold('42', 5) AS literal,
	fold('42'::text, 5) AS text, fold('42'::varchar, 5) AS varchar,
	fold(42, 5, '') AS salted, fold(42, 5, 'courses 2026') AS otherwise;
SELECT fold('6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid, 1000) AS uuid, fold('6f9619ff-8b86-d011-b42d-00c04fc964ff', 1000) AS text;
SELECT array_agg(fold(i, 3) ORDER BY i) AS folds, array_agg(is_train(i, 0.6) ORDER BY i) AS trained FROM generate_series(1, 8) AS i;
SELECT is_train('anna', 0.8), is_train('anna', 0.8, 'b') AS salted, is_train(7, 1) AS everybody, is_train(7, 0) AS nobody,
	is_train(7::bigint, 0.5::numeric) AS bigint,
	is_train('6f9619ff-8b86-d011-b42d-00c04fc964ff'::uuid, 0.5) AS uuid;
SELECT fold('', 5) AS empty, fold(repeat('long ', 1000), 5) AS long, fold('x', 2147483647) BETWEEN 1 AND 2147483647 AS most_parts,
	fold(-9223372036854775808, 5) AS smallest;
SELECT fold(NULL::int, 5) IS NULL AS key, fold(1, NULL) IS NULL AS n, fold(1, 5, NULL) IS NULL AS salt,
	is_train(NULL::text, 0.5) IS NULL AS train_key,
	is_train(1, NULL) IS NULL AS share, is_train(1, 0.5, NULL) IS NULL AS train_salt;

-- in an index, and in a generated column
CREATE TEMP TABLE learners (learner_id bigint PRIMARY KEY, part int GENERATED ALWAYS AS (fold(learner_id, 5)) STORED);
CREATE INDEX ON learners ((is_train(learner_id, 0.8)));
INSERT INTO learners SELECT generate_series(1, 1000);
SELECT part, count(*) > 150 AS even, bool_and(is_train(learner_id, 0.8)) AS trained FROM learners GROUP BY part ORDER BY part;

-- errors
SELECT fold(1, 0);
SELECT fold('a', -1);
SELECT is_train(1, 1.5);
SELECT is_train(1, -0.1);
SELECT is_train(1, -0.1 * 3);
SELECT is_train(1, -0.1::float8 * 3);
SELECT is_train(1, 1e15);
SELECT is_train(1, 1e300);
SELECT is_train(1, 'NaN');
SELECT is_train(1, 'Infinity');
