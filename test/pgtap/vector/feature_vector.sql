-- What feature_vector promises, checked against SQL's own aggregates and arrays.
BEGIN;
SELECT plan(54);

-- largest relative gap between two arrays, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(CASE WHEN g IS NULL AND w IS NULL THEN 0
							WHEN g IS NULL OR w IS NULL THEN 'Infinity'
							ELSE abs(g - w) / greatest(1, abs(w)) END)
			FROM unnest(got, want) AS t(g, w));

-- 5000 rows in 7 groups; b sits far from zero, c has few enough digits that the
-- server adds it exactly and is missing in every third row,
-- d always
CREATE TEMP TABLE points AS
	SELECT i, i % 7 AS g, (i % 17)::float8 AS a, 1000000 + (i % 5)::float8 AS b,
		   CASE WHEN i % 3 > 0 THEN floor(sin(i) * 2 ^ 40) / 2 ^ 40 END AS c
	FROM generate_series(1, 5000) AS i;
ALTER TABLE points ADD v feature_vector(4);
UPDATE points SET v = feature_vector(a, b, c, NULL);
INSERT INTO points (i, g) VALUES (0, 0);	-- a NULL row
ANALYZE points;

-- elements and arrays
SELECT is(count(*), 0::bigint, 'text reads back to the same value')
	FROM points WHERE v::text::feature_vector IS DISTINCT FROM v;
SELECT is(count(*), 0::bigint, 'an array reads back to the same value')
	FROM points WHERE v::float8[]::feature_vector IS DISTINCT FROM v;
SELECT is(count(*), 0::bigint, 'subscripts and arrays agree')
	FROM points WHERE ARRAY[v[1], v[2], v[3], v[4]] <> v::float8[];
SELECT is(count(*), 0::bigint, 'a vector is the sum of its slices')
	FROM points WHERE v[:2] || v[3:] IS DISTINCT FROM v;
SELECT is(count(*), 0::bigint, 'JSON carries the elements')
	FROM points WHERE to_jsonb(v) IS DISTINCT FROM to_jsonb(v::float8[]) OR v::jsonb <> to_jsonb(v);
SELECT is(count(*), 0::bigint, 'missing_count counts NULLs')
	FROM points WHERE missing_count(v) <> cardinality(array_positions(v::float8[], NULL));

-- algebra
SELECT is(count(*), 0::bigint, 'v + v = 2 * v, v - v = 0 * v')
	FROM points WHERE v + v <> 2 * v OR v - v <> v * 0;
SELECT is(count(*), 0::bigint, 'scalars work on either side')
	FROM points WHERE v + 3 <> 3 + v OR v - 3 <> -1 * (3 - v) OR v * 3 <> 3 * v;
SELECT is(count(*), 0::bigint, 'l2_norm is the root of the sum of squares')
	FROM points AS p
	WHERE abs(l2_norm(v[1:2]) / sqrt((SELECT sum(x * x) FROM unnest(v[1:2]::float8[]) AS x)) - 1) > 1e-15;
SELECT is(count(*), 0::bigint, 'distances agree with SQL')
	FROM (SELECT v[1:2] AS v, lag(v[1:2]) OVER (ORDER BY i) AS w FROM points WHERE i > 0) AS t,
		 LATERAL (SELECT sum((x - y) ^ 2) AS l2, sum(abs(x - y)) AS l1, sum(x * y) AS dot
				  FROM unnest(v::float8[], w::float8[]) AS u(x, y)) AS s
	WHERE abs((v <-> w) - sqrt(l2)) > 1e-12 OR abs((v <+> w) - l1) > 1e-12
	   OR abs((v <#> w) / dot + 1) > 1e-14 OR (v <-> w) <> (w <-> v) OR (v <=> w) <> (w <=> v)
	   OR l2_distance(v::float8[], w::float8[]) <> (v <-> w)
	   OR abs((v <=> w) - (l2_normalize(v) <-> l2_normalize(w)) ^ 2 / 2) > 1e-15;
SELECT is('[1,2]'::feature_vector <=> '[1,2]', 0::float8, 'equal vectors are at cosine distance 0');

-- order and hash
SELECT is(count(*), 0::bigint, 'order is that of arrays')
	FROM (SELECT row_number() OVER (ORDER BY v[:3], i) AS by_vector,
				 row_number() OVER (ORDER BY (v[:3])::float8[], i) AS by_array
		  FROM points WHERE i > 0) AS t
	WHERE by_vector <> by_array;
SELECT is(count(DISTINCT v), count(DISTINCT v::float8[]), 'equality is that of arrays') FROM points;
SET LOCAL enable_sort = off;
SELECT is(count(*), (SELECT count(DISTINCT (a, b)) FROM points WHERE i > 0), 'hashing agrees with equality')
	FROM (SELECT v[:2] FROM points WHERE i > 0 GROUP BY v[:2]) AS t;
RESET enable_sort;
SELECT is(count(DISTINCT feature_vector_hash_extended(v, 1)) FILTER (WHERE v IS NOT NULL),
		  count(DISTINCT v), 'extended hashes tell these values apart') FROM points;

-- aggregates against the server's own
CREATE TEMP TABLE answers AS
	SELECT NULL::int AS g, sum(v) AS total, avg(v) AS mean, stddev(v) AS deviation,
		   min_elements(v) AS low, max_elements(v) AS high
	FROM points
	UNION ALL
	SELECT g, sum(v), avg(v), stddev(v), min_elements(v), max_elements(v) FROM points GROUP BY g;
SELECT cmp_ok(pg_temp.gap(total::float8[], want), '<', 1e-15::float8, 'sum agrees with sum()')
	FROM answers, (SELECT ARRAY[sum(a), sum(b), sum(c), NULL] AS want FROM points) AS s WHERE g IS NULL;
SELECT cmp_ok(pg_temp.gap(mean::float8[], want), '<', 1e-15::float8, 'avg agrees with avg()')
	FROM answers, (SELECT ARRAY[avg(a), avg(b), avg(c), NULL] AS want FROM points) AS s WHERE g IS NULL;
SELECT cmp_ok(pg_temp.gap(deviation::float8[], want), '<', 1e-14::float8, 'stddev agrees with stddev()')
	FROM answers,
		 (SELECT ARRAY[stddev(a::numeric), stddev(b::numeric), stddev(c::text::numeric), NULL]::float8[] AS want
		  FROM points) AS s
	WHERE g IS NULL;
SELECT is(low::float8[], want, 'min_elements agrees with min()')
	FROM answers, (SELECT ARRAY[min(a), min(b), min(c), NULL] AS want FROM points) AS s WHERE g IS NULL;
SELECT is(high::float8[], want, 'max_elements agrees with max()')
	FROM answers, (SELECT ARRAY[max(a), max(b), max(c), NULL] AS want FROM points) AS s WHERE g IS NULL;
SELECT cmp_ok(max(pg_temp.gap(deviation::float8[], want)), '<', 1e-14::float8, 'groups agree too')
	FROM answers
		 JOIN (SELECT g, ARRAY[stddev(a::numeric), stddev(b::numeric), stddev(c::text::numeric), NULL]::float8[] AS want
			   FROM points GROUP BY g) AS s USING (g);

-- any plan: a parallel one, sorted and hashed groups, another row order
CREATE TABLE points_of_test AS TABLE points;
ALTER TABLE points_of_test SET (parallel_workers = 2);
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.uses_workers(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found boolean := false;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		found := found OR line ~ 'Partial (Hash|Group)?Aggregate|Partial Aggregate';
	END LOOP;
	RETURN found;
END $$;
SELECT ok(pg_temp.uses_workers('SELECT sum(v) FROM points_of_test'), 'sum has a partial plan');
SELECT ok(pg_temp.uses_workers('SELECT g, stddev(v) FROM points_of_test GROUP BY g'), 'grouped stddev has a partial plan');
SELECT ok(pg_temp.uses_workers('SELECT min_elements(v) FROM points_of_test'), 'min_elements has a partial plan');
SELECT cmp_ok(pg_temp.gap(sum(v)::float8[], (SELECT total::float8[] FROM answers WHERE g IS NULL)),
			  '<', 1e-15::float8, 'parallel sum is the serial one') FROM points_of_test;
SELECT cmp_ok(pg_temp.gap(avg(v)::float8[], (SELECT mean::float8[] FROM answers WHERE g IS NULL)),
			  '<', 1e-15::float8, 'parallel avg is the serial one') FROM points_of_test;
SELECT cmp_ok(pg_temp.gap(stddev(v)::float8[], (SELECT deviation::float8[] FROM answers WHERE g IS NULL)),
			  '<', 1e-14::float8, 'parallel stddev is the serial one') FROM points_of_test;
SELECT is(min_elements(v) || max_elements(v), (SELECT low || high FROM answers WHERE g IS NULL),
		  'parallel and serial extremes agree') FROM points_of_test;
SELECT cmp_ok(max(pg_temp.gap((total || mean || low || high)::float8[],
							  (t || m || l || h)::float8[])), '<', 1e-15::float8, 'parallel and serial groups agree')
	FROM answers
		 JOIN (SELECT g, sum(v) AS t, avg(v) AS m, min_elements(v) AS l, max_elements(v) AS h
			   FROM points_of_test GROUP BY g) AS p USING (g);
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT cmp_ok(pg_temp.gap((sum(v ORDER BY i) || avg(v ORDER BY b, i) || stddev(v ORDER BY c, i))::float8[],
						  (sum(v ORDER BY -i) || avg(v ORDER BY -i) || stddev(v ORDER BY -i))::float8[]),
			  '<', 1e-14::float8, 'row order moves the answers by rounding only') FROM points;
SET LOCAL enable_hashagg = off;
SELECT is(count(*), 0::bigint, 'sorted and hashed groups agree')
	FROM (SELECT g, sum(v) AS t, stddev(v) AS s FROM points GROUP BY g) AS p JOIN answers USING (g)
	WHERE p.t <> total OR p.s <> deviation;
RESET enable_hashagg;

-- windows: the state remains in use while results are read
SELECT is(count(*), 0::bigint, 'a running window gives the sums of its rows')
	FROM (SELECT i, sum(v[:2]) OVER w AS total, min_elements(v[:2]) OVER w AS low,
				 feature_vector(sum(a) OVER w, sum(b) OVER w) AS want_total,
				 feature_vector(min(a) OVER w, min(b) OVER w) AS want_low
		  FROM points WHERE i BETWEEN 1 AND 300 WINDOW w AS (ORDER BY i)) AS t
	WHERE total <> want_total OR low <> want_low;
SELECT is(count(*), 0::bigint, 'a moving window too')
	FROM (SELECT i, max_elements(v[:2]) OVER w AS high, avg(v[:2]) OVER w AS mean,
				 feature_vector(max(a) OVER w, max(b) OVER w) AS want_high,
				 feature_vector(avg(a) OVER w, avg(b) OVER w) AS want_mean
		  FROM points WHERE i BETWEEN 1 AND 300
		  WINDOW w AS (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 2 FOLLOWING)) AS t
	WHERE high <> want_high OR pg_temp.gap(mean::float8[], want_mean::float8[]) > 1e-15;
SELECT is(count(DISTINCT (low, total)), 1::bigint, 'stored results do not change when rows follow')
	FROM (SELECT first_value(low) OVER (ORDER BY i) AS low, first_value(total) OVER (ORDER BY i) AS total
		  FROM (SELECT i, min_elements(v) OVER w AS low, sum(v) OVER w AS total
				FROM points WHERE i > 0 WINDOW w AS (ORDER BY i DESC)) AS t) AS u;

-- states travel as text: partial states by group, merged, equal the whole
CREATE AGGREGATE pg_temp.sums_state(feature_vector) (SFUNC = feature_vector_sums_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.squares_state(feature_vector) (SFUNC = feature_vector_squares_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_sums(bytea) (SFUNC = feature_vector_sums_combine, STYPE = bytea, FINALFUNC = feature_vector_sum_final);
CREATE AGGREGATE pg_temp.merge_squares(bytea) (SFUNC = feature_vector_squares_combine, STYPE = bytea,
	FINALFUNC = feature_vector_stddev_final);
CREATE TEMP TABLE states AS
	SELECT g, pg_temp.sums_state(v)::text AS sums, pg_temp.squares_state(v)::text AS squares,
		   min_elements(v)::text AS low
	FROM points GROUP BY g
	UNION ALL SELECT 99, pg_temp.sums_state(v)::text, pg_temp.squares_state(v)::text, min_elements(v)::text
	FROM points WHERE false;
SELECT cmp_ok(pg_temp.gap(pg_temp.merge_sums(sums::bytea)::float8[], (SELECT total::float8[] FROM answers WHERE answers.g IS NULL)),
			  '<', 1e-15::float8, 'merged states of sum give the sum, an empty part included') FROM states;
SELECT cmp_ok(pg_temp.gap(pg_temp.merge_squares(squares::bytea)::float8[],
	(SELECT deviation::float8[] FROM answers WHERE answers.g IS NULL)),
			  '<', 1e-14::float8, 'merged states of stddev give the stddev') FROM states;
SELECT is(min_elements(low::feature_vector), (SELECT answers.low FROM answers WHERE answers.g IS NULL),
		  'merged minima give the minimum') FROM states;
SELECT is(pg_temp.merge_sums(sums::bytea), NULL, 'no part, no sum') FROM states WHERE g = 99;
SELECT is(feature_vector_sums_combine(s.sums::bytea, s.sums::bytea)
		  = feature_vector_sums_combine(s.sums::bytea, s.sums::bytea), true,
		  'called outside an aggregate, the arguments do not change') FROM states AS s WHERE g = 1;
SELECT throws_ok(
	$$ SELECT feature_vector_sums_combine(NULL, squares::bytea) FROM states WHERE g = 1 $$,
	'XX001', 'state of the aggregate is corrupted', 'a state of another aggregate is refused');

-- errors by SQLSTATE
SELECT throws_ok($$ SELECT '[1,,2]'::feature_vector $$, '22P02',
	'invalid input syntax for type feature_vector: "[1,,2]"', 'bad syntax');
SELECT throws_ok($$ SELECT feature_vector('NaN'::float8) $$, '22003',
	'NaN is not allowed in type feature_vector', 'NaN');
SELECT throws_ok($$ SELECT '[]'::feature_vector $$, '54000',
	'feature_vector must have between 1 and 16000 elements', 'no elements');
SELECT throws_ok($$ SELECT '[1]'::feature_vector(2) $$, '2202E',
	'expected 2 elements, not 1', 'length modifier');
SELECT throws_ok($$ SELECT sum(x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x) $$, '2202E',
	'vectors must have the same number of elements', 'rows of different lengths');
SELECT throws_ok($$ SELECT l2_norm(ARRAY[1, NULL]) $$, '22004',
	'L2 norm cannot use missing elements', 'missing element');
SELECT throws_ok($$ SELECT '[1e308]'::feature_vector + '[1e308]' $$, '22003',
	'sum is out of range', 'overflow');
SELECT throws_ok($$ SELECT ARRAY[[1]]::feature_vector $$, '2202E',
	'array must be one-dimensional', 'two dimensions');

-- bad input is reported softly from 16 on
CREATE FUNCTION pg_temp.is_valid(input text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	answer boolean;
BEGIN
	EXECUTE 'SELECT pg_input_is_valid($1, ''feature_vector(2)'')' INTO answer USING input;
	RETURN answer;
END $$;
SELECT CASE WHEN current_setting('server_version_num')::int >= 160000
			THEN results_eq($$ SELECT pg_temp.is_valid(x)
				FROM unnest('{"[1,2]","[1,","[1]","[1,NaN]","[1,1e400]","[]",""}'::text[]) AS x $$,
							ARRAY[true, false, false, false, false, false, false], 'soft errors')
			ELSE pass('soft errors are of 16 and later') END;

-- the functions behind operators and casts, by name, against arrays
CREATE TEMP TABLE behind AS SELECT '[1,2,NULL]'::feature_vector AS v, '[4,-0.5,7]'::feature_vector AS w, ARRAY[1, 2, NULL]::float8[] AS a,
	ARRAY[4, -0.5, 7]::float8[] AS b;
SELECT is(ARRAY[feature_vector_add(v, w), feature_vector_add(v, 2), feature_vector_add(2, v), feature_vector_subtract(v, w),
	feature_vector_subtract(v, 2),
		feature_vector_subtract(2, v), feature_vector_multiply(v, w), feature_vector_multiply(v, 2), feature_vector_multiply(2, v)],
	(SELECT ARRAY[array_agg(x + y)::feature_vector, array_agg(x + 2)::feature_vector, array_agg(2 + x)::feature_vector,
		array_agg(x - y)::feature_vector, array_agg(x - 2)::feature_vector,
		array_agg(2 - x)::feature_vector, array_agg(x * y)::feature_vector, array_agg(x * 2)::feature_vector,
		array_agg(2 * x)::feature_vector] FROM unnest(a, b) AS t(x, y)),
	'sums, differences and products') FROM behind;
SELECT is(feature_vector_concat(v, w), (a || b)::feature_vector, 'one behind the other') FROM behind;
SELECT is(feature_vector_length(v, 3, true), v, 'a vector of the length that a column has') FROM behind;
SELECT throws_ok('SELECT feature_vector_length(v, 2, false) FROM behind', '2202E', NULL, 'and of another');
SELECT is(ARRAY[feature_vector_to_float8_array(v)::text, feature_vector_to_float4_array(v)::text, feature_vector_to_json(v)::text,
	feature_vector_to_jsonb(v)::text],
	ARRAY[a::text, a::float4[]::text, to_json(a)::text, to_jsonb(a)::text], 'arrays and JSON') FROM behind;

SELECT * FROM finish();
ROLLBACK;
