-- Rules for segments: what they say is true of the rows, by counting with SQL.
BEGIN;
SELECT plan(10);

CREATE TEMP TABLE t AS
	SELECT i, i * 37 % 50 * 10 AS spend, i * 7919 % 10007 / 100.0::float8 AS days,
		CASE WHEN i % 5 > 0 THEN i * 11 % 6 END AS rating, i % 3 = 0 AS app
	FROM generate_series(1, 3000) AS i;
ALTER TABLE t ADD segment text;
UPDATE t SET segment = CASE WHEN i % 17 = 0 THEN (ARRAY['gold', 'new', 'plain'])[1 + i % 3] WHEN spend > 312 AND days <= 20 THEN 'gold'
	WHEN rating IS NULL THEN 'new' ELSE 'plain' END;
CREATE FUNCTION pg_temp.found(options jsonb) RETURNS SETOF segment_rule LANGUAGE sql AS $$
	SELECT unnest(segment_rules(segment, ARRAY[spend, days, rating, app::int]::float8[],
		options || '{"feature_names": ["spend", "days", "rating", "app::int"]}')) FROM t $$;

-- the rows that a rule selects, and how many are of its segment
CREATE FUNCTION pg_temp.counted(rule text, segment text, OUT rows bigint, OUT hits bigint) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT count(*), count(*) FILTER (WHERE segment = %L) FROM t WHERE %s', segment,
		replace(replace(rule, 'is missing', 'IS NULL'), 'is not missing', 'IS NOT NULL')) INTO rows, hits;
END $$;
CREATE TEMP TABLE rules AS
	SELECT options, f.*, c.rows AS counted, c.hits, s.size
	FROM unnest(ARRAY['{}', '{"max_depth": 1}', '{"max_depth": 6, "rules": 20, "min_coverage": 0, "min_leaf_rows": 1}',
			'{"max_bins": 4, "rules": 10}']::jsonb[]) AS options, pg_temp.found(options) AS f,
		LATERAL pg_temp.counted(f.rule, f.segment) AS c, LATERAL (SELECT count(*) AS size FROM t WHERE t.segment = f.segment) AS s;

SELECT cmp_ok(count(*), '>=', 20::bigint, 'rules') FROM rules;
SELECT is(count(*), 0::bigint, 'rows are those that a WHERE finds') FROM rules WHERE rows <> counted;
SELECT is(count(*), 0::bigint, 'precision is the share of the segment in them') FROM rules
WHERE precision <> hits / rows::float8;
SELECT is(count(*), 0::bigint, 'coverage is their share of the segment') FROM rules WHERE coverage <> hits / size::float8;
SELECT is(count(*), 0::bigint, 'lift is precision over the base rate') FROM rules
WHERE abs(lift - precision / (size / 3000.0::float8)) > 1e-12 OR lift <= 1;
SELECT is(max(regexp_count), 1::bigint, 'one condition at depth 1') FROM rules,
	LATERAL (SELECT count(*) AS regexp_count FROM regexp_split_to_table(rule, ' and ')) AS c WHERE options = '{"max_depth": 1}';
SELECT is(array_agg(rule), '{days <= 20 and spend > 310}', 'the rule that made the segment, in numbers as short')
FROM rules WHERE options = '{}' AND segment = 'gold';
SELECT is(array_agg(rule), '{rating is missing}', 'and the one of missing elements')
FROM rules WHERE options = '{}' AND segment = 'new';

-- the same in any order
SELECT is((SELECT segment_rules(segment, ARRAY[spend, days, rating] ORDER BY md5(i::text)) FROM t),
	(SELECT segment_rules(segment, ARRAY[spend, days, rating] ORDER BY segment, i) FROM t), 'any order');
SELECT throws_ok('SELECT segment_rules(segment, ARRAY[spend]) FROM t WHERE segment = ''gold''', '22000',
	'segment_rules needs labels that differ', 'one segment');

SELECT * FROM finish();
ROLLBACK;
