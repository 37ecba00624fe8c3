-- The population stability index against its definition in SQL.
BEGIN;
SELECT plan(9);

CREATE TABLE rows AS
	SELECT i, i % 3 = 0 AS is_current,
		(i * 7919 % 100003) * CASE WHEN i % 3 = 0 THEN 1.3 ELSE 1 END AS value FROM generate_series(1, 6000) AS i;
ANALYZE rows;
CREATE FUNCTION pg_temp.wanted(n int) RETURNS float8 LANGUAGE sql AS $$
	WITH edges AS (
		SELECT bin, min(value) AS low FROM (SELECT value, ntile(n) OVER (ORDER BY value DESC) AS bin FROM rows WHERE NOT is_current) AS t
		GROUP BY bin),
	counts AS (
		SELECT bin, greatest(count(*) FILTER (WHERE is_current), 0.5) / 2000.0 AS c, count(*) FILTER (WHERE NOT is_current) / 4000.0 AS r
		FROM (SELECT is_current, coalesce((SELECT min(bin) FROM edges WHERE value >= low), n) AS bin FROM rows) AS t GROUP BY bin)
	SELECT sum((c - r) * ln(c / r)) FROM counts $$;
SELECT cmp_ok(abs(population_stability(is_current, value, n) - pg_temp.wanted(n)), '<', 1e-12::float8, n || ' bins')
FROM rows, unnest('{2,10,20,400}'::int[]) AS n GROUP BY n;
SELECT is(population_stability(is_current, value, 10 ORDER BY -i), population_stability(is_current, value, 10), 'in any order') FROM rows;
SELECT is(population_stability(is_current, value, 1), 0::float8, 'one bin tells nothing') FROM rows;
SELECT cmp_ok(population_stability(i % 2 = 0, i / 2, 10), '<', 1e-4::float8, 'the same numbers twice') FROM generate_series(2, 2001) AS i;
SELECT is(population_stability(i % 2 = 0, 7, 10), 0::float8, 'all values equal') FROM generate_series(1, 9) AS i;
SELECT is(ARRAY[population_stability(true, i, 10), population_stability(false, i, 10), population_stability(NULL, i, 10)],
	'{NULL,NULL,NULL}', 'rows of both are needed') FROM generate_series(1, 9) AS i;

SELECT * FROM finish();
ROLLBACK;
