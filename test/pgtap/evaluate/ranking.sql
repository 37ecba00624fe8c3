-- Ranking metrics against scikit-learn, against the definitions in SQL, and
-- however rows are split, ordered and planned.
BEGIN;
SELECT plan(33);

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want), '<=', 1e-13::float8, what);

-- made by test/oracle/ranking.py
CREATE TEMP TABLE golden (k int, users int, precision_k float8, recall_k float8, ndcg float8, ndcg_linear float8, ndcg_exponential float8);
INSERT INTO golden VALUES
	(1, 36, 0.25, 0.03171296296296297, 0.25, 0.18287037037037035, 0.1447089947089947),
	(3, 36, 0.2592592592592593, 0.10841049382716048, 0.2582244975268296, 0.20320154835110193, 0.17085004188639613),
	(5, 36, 0.34444444444444444, 0.24777637485970816, 0.32699143883291343, 0.2747836639469614, 0.24418955001633527),
	(10, 36, 0.4166666666666667, 0.5470679012345678, 0.44545261599315084, 0.4217385152032675, 0.39754067195439186),
	(20, 36, 0.3777777777777777, 1.0, 0.6630736807499632, 0.6102795091736332, 0.569591470433138);
CREATE TABLE lists AS
	SELECT u, array_agg(item ORDER BY place) AS ranked, coalesce(array_agg(item ORDER BY item) FILTER (WHERE grade > 0), '{}') AS relevant,
		array_agg(item ORDER BY item) AS items, array_agg(grade ORDER BY item) AS grades
	FROM (SELECT u, place, (place * 3 + u * 7) % 20 AS item FROM generate_series(1, 40) AS u, generate_series(0, 19) AS place) AS p,
		LATERAL (SELECT CASE WHEN u % 10 = 0 THEN 0 ELSE greatest(0, (u * item * item + 3 * u + item * 5) % 11 - 6) END AS grade) AS g
	GROUP BY u;
CREATE TEMP TABLE answer AS
	SELECT golden.*, precision_at(k, ranked, relevant) AS p, recall_at(k, ranked, relevant) AS r, ndcg_at(k, ranked, relevant) AS n,
		ndcg_at(k, ranked, items, grades, 'linear') AS n_linear, ndcg_at(k, ranked, items, grades) AS n_default,
		ndcg_at(k, ranked, items, grades, 'exponential') AS n_exponential,
		ndcg_at(k, ranked, items, (SELECT array_agg(2 ^ g - 1) FROM unnest(grades) AS g), 'linear') AS n_gains
	FROM golden, lists GROUP BY 1, 2, 3, 4, 5, 6, 7;
SELECT pg_temp.is_near(max(abs(p - precision_k)), 0, 'precision is that of scikit-learn') FROM answer;
SELECT pg_temp.is_near(max(abs(r - recall_k)), 0, 'recall, too') FROM answer;
SELECT pg_temp.is_near(max(abs(n - ndcg)), 0, 'NDCG of relevant or not') FROM answer;
SELECT pg_temp.is_near(max(abs(n_linear - ndcg_linear)), 0, 'NDCG of grades, linear') FROM answer;
SELECT pg_temp.is_near(max(abs(n_exponential - ndcg_exponential)), 0, 'NDCG of grades, exponential') FROM answer;
SELECT pg_temp.is_near(max(abs(n_gains - ndcg_exponential)), 0, 'exponential gains are linear ones of 2^grade - 1') FROM answer;
SELECT is(count(*), 5::bigint, 'exponential is the default') FROM answer WHERE n_default = n_exponential;
SELECT pg_temp.is_near(average_precision_at(20, ranked, relevant), 0.4490055346648195, 'average precision') FROM lists;
SELECT pg_temp.is_near(mrr(ranked, ARRAY[best]), 0.3297602089268754, 'reciprocal rank')
FROM (SELECT ranked, (SELECT ranked[i] FROM generate_series(1, 20) AS i ORDER BY grades[ranked[i] + 1] DESC, i LIMIT 1) AS best
	FROM lists WHERE cardinality(relevant) > 0) AS t;

-- the definitions in SQL, one row for each place; lists of any length, with NULLs and
-- repetitions
CREATE TABLE users AS
	SELECT u, ARRAY(SELECT CASE WHEN (u + i) % 13 > 0 THEN (u * i * 7 + i * i) % 31 END FROM generate_series(1, u % 23) AS i) AS ranked,
		ARRAY(SELECT CASE WHEN (u + i) % 11 > 0 THEN (u * u + i * 5) % 31 END FROM generate_series(1, u * 7 % 9) AS i) AS relevant
	FROM generate_series(1, 2000) AS u;
CREATE TEMP TABLE by_user AS
	WITH scored AS (
		SELECT k, u, ranked, relevant, n FROM users, generate_series(1, 25, 6) AS k,
			LATERAL (SELECT count(DISTINCT item) AS n FROM unnest(relevant) AS item) AS c WHERE n > 0),
	places AS (
		SELECT k, u, place, item = ANY (relevant) AND place = min(place) OVER (PARTITION BY k, u, item) AS hit
		FROM scored, unnest(ranked[1:k]) WITH ORDINALITY AS r(item, place)),
	hits AS (
		SELECT k, u, place, count(*) OVER (PARTITION BY k, u ORDER BY place) AS hit FROM places WHERE hit)
	SELECT k, u, n, count(place) AS hits, coalesce(max(1.0 / place), 0) AS reciprocal, coalesce(sum(hit / place::float8), 0) AS precisions,
		coalesce(sum(1 / log(2, place + 1)), 0) AS gain
	FROM scored LEFT JOIN hits USING (k, u) GROUP BY k, u, n;
CREATE TEMP TABLE want AS
	SELECT k, avg(hits / k::float8) AS p, avg(hits / n::float8) AS r, avg((hits > 0)::int)::float8 AS h,
		avg(precisions / least(n, k)) AS ap,
		avg(gain::float8 / (SELECT sum(1 / log(2, i + 1)) FROM generate_series(1, least(n, k)) AS i)::float8) AS ndcg,
		avg(reciprocal)::float8 AS rr
	FROM by_user GROUP BY k;
CREATE TEMP TABLE got AS
	SELECT k, precision_at(k, ranked, relevant) AS p, recall_at(k, ranked, relevant) AS r, hit_rate_at(k, ranked, relevant) AS h,
		average_precision_at(k, ranked, relevant) AS ap, ndcg_at(k, ranked, relevant) AS ndcg, mrr(ranked[1:k], relevant) AS rr
	FROM users, generate_series(1, 25, 6) AS k GROUP BY k;
SELECT is(count(*), 5::bigint, 'five k') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.p - want.p)), 0, 'precision_at by hand') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.r - want.r)), 0, 'recall_at by hand') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.h - want.h)), 0, 'hit_rate_at by hand') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.ap - want.ap)), 0, 'average_precision_at by hand') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.ndcg - want.ndcg)), 0, 'ndcg_at by hand') FROM got JOIN want USING (k);
SELECT pg_temp.is_near(max(abs(got.rr - want.rr)), 0, 'mrr by hand') FROM got JOIN want USING (k);

-- ids of other types
CREATE TEMP VIEW typed AS
	SELECT ranked, relevant, ranked::bigint[] AS ranked_big, relevant::smallint[] AS relevant_small, ranked::text[] AS ranked_text,
		relevant::varchar[] AS relevant_text, ARRAY(SELECT lpad(i::text, 32, '0')::uuid FROM unnest(ranked) AS i) AS ranked_uuid,
		ARRAY(SELECT lpad(i::text, 32, '0')::uuid FROM unnest(relevant) AS i) AS relevant_uuid
	FROM users;
SELECT is(ARRAY[ndcg_at(7, ranked_big, relevant_small), ndcg_at(7, ranked_text, relevant_text), ndcg_at(7, ranked_uuid, relevant_uuid)],
	array_fill(ndcg_at(7, ranked, relevant), ARRAY[3]), 'NDCG of bigint, text and uuid') FROM typed;
SELECT is(ARRAY[catalog_coverage(ranked_big, 40), catalog_coverage(ranked_text, 40), catalog_coverage(ranked_uuid, 40)],
	array_fill((SELECT count(DISTINCT i) / 40.0::float8 FROM users, unnest(ranked) AS i), ARRAY[3]), 'coverage of bigint, text and uuid')
FROM typed;

-- diversity: all pairs
CREATE TABLE vectors AS
	SELECT u, ARRAY(SELECT ARRAY[u % 7 - 3, i % 3, i * u % 5 - 2, (i * i + u) % 4 / 2.0]::feature_vector
		FROM generate_series(1, u % 9) AS i) AS list
	FROM generate_series(1, 500) AS u;
SELECT pg_temp.is_near(intra_list_diversity(list), (SELECT avg(d)
	FROM (SELECT avg(list[i] <=> list[j]) AS d
		FROM vectors, generate_series(1, 9) AS i, generate_series(1, 9) AS j WHERE i < j GROUP BY u) AS t),
	'diversity is the mean of <=> over pairs') FROM vectors;
SELECT is(intra_list_diversity(array_list), intra_list_diversity(list), 'arrays of arrays')
FROM (SELECT list, (SELECT array_agg(v::float8[]) FROM unnest(list) AS v) AS array_list FROM vectors) AS t;

-- novelty: the definition of Zhou et al. (2010), and of Vargas and Castells (2011) by probabilities
CREATE TABLE known AS
	SELECT u, ARRAY(SELECT nullif((i * u * 7 + i * i) % 41, 40)::bigint FROM generate_series(1, u % 9) AS i) AS list
	FROM generate_series(1, 500) AS u;
SELECT pg_temp.is_near(list_novelty(list, 40), (SELECT avg(n)
	FROM (SELECT avg(ln(40.0::float8 / greatest(k, 1)) / ln(2.0::float8)) AS n
		FROM known, unnest(list) AS k WHERE k IS NOT NULL GROUP BY u) AS t),
	'novelty is the mean self-information') FROM known;
SELECT pg_temp.is_near(list_novelty(list, 40), (SELECT avg(n)
	FROM (SELECT avg(-log(2, (greatest(k, 1) / 40.0)::numeric))::float8 AS n
		FROM known, unnest(list) AS k WHERE k IS NOT NULL GROUP BY u) AS t),
	'in bits of the chance to know an item') FROM known;
SELECT is(ARRAY[list_novelty('{40,40}', 40), list_novelty('{10,NULL}', 40), list_novelty('{0,1}', 1), list_novelty('{}', 40)],
	'{0,2,0,NULL}'::float8[],
	'what all know has none, a quarter 2 bits, an empty list none');
SELECT throws_ok('SELECT list_novelty(ARRAY[41], 40)', '22023', 'users of an item is out of range: 41', 'more users than there are');
SELECT throws_ok('SELECT list_novelty(ARRAY[0], 0)', '22023', 'users must be positive and finite, not 0', 'no users');

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(bigint, bigint[], bigint[]) (SFUNC = ndcg_at_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.part_diversity(feature_vector[]) (SFUNC = intra_list_diversity_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = ranking_combine, STYPE = bytea, FINALFUNC = ranking_final);
CREATE AGGREGATE pg_temp.part_coverage(bigint[], bigint) (SFUNC = catalog_coverage_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_coverage(bytea) (SFUNC = catalog_coverage_combine, STYPE = bytea, FINALFUNC = catalog_coverage_final);
SELECT pg_temp.is_near(pg_temp.merge(state::text::bytea), (SELECT ndcg_at(7, ranked, relevant) FROM users), 'parts of a mean')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part(7, ranked, relevant) FROM users GROUP BY u % 53) AS t;
SELECT pg_temp.is_near(pg_temp.merge(state::text::bytea), (SELECT intra_list_diversity(list) FROM vectors), 'parts of diversity')
FROM (SELECT pg_temp.part_diversity(list) AS state FROM vectors GROUP BY u % 53) AS t;
SELECT is(pg_temp.merge_coverage(state::text::bytea), (SELECT catalog_coverage(ranked, 31) FROM users), 'parts of coverage')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part_coverage(ranked, 31) FROM users GROUP BY u % 53) AS t;
SELECT throws_ok($$
	SELECT pg_temp.merge(state)
	FROM (SELECT pg_temp.part(k, ranked, relevant) AS state FROM users, generate_series(1, 2) AS k GROUP BY k) AS t
$$, '22023', 'k must be the same for all rows', 'parts with another k are refused');

SELECT is(count(*), 0::bigint, 'a running window agrees with a group')
FROM (SELECT u, mrr(ranked, relevant) OVER w AS running, catalog_coverage(ranked, 31) OVER w AS coverage
	FROM users WHERE u <= 50 WINDOW w AS (ORDER BY u)) AS w
WHERE (running, coverage) IS DISTINCT FROM (SELECT (mrr(ranked, relevant), catalog_coverage(ranked, 31)) FROM users WHERE users.u <= w.u);

-- a parallel plan
CREATE TEMP TABLE serial AS
	SELECT ARRAY[ndcg_at(7, ranked, relevant), average_precision_at(7, ranked, relevant), catalog_coverage(ranked, 31)] AS x FROM users;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'partly computed by workers')
FROM pg_temp.plan_of('SELECT ndcg_at(7, ranked, relevant), catalog_coverage(ranked, 31) FROM users') AS line
WHERE line ~ 'Partial Aggregate';
SELECT pg_temp.is_near(max(abs(a - b)), 0, 'workers give the same result')
FROM (SELECT ARRAY[ndcg_at(7, ranked, relevant), average_precision_at(7, ranked, relevant), catalog_coverage(ranked, 31)] AS y
	FROM users) AS p, serial,
	unnest(x, y) AS t(a, b);

SELECT throws_ok($$ SELECT precision_at(0, '{1}'::int[], '{1}'::int[]) $$, '22023', 'k is out of range: 0', 'k is 1 or more');

SELECT * FROM finish();
ROLLBACK;
