-- Rules for segments: ordinary calls, and the words of every error
CREATE TEMP TABLE users AS
	SELECT i, i * 37 % 500 AS spend, i * 13 % 90 AS days, CASE WHEN i % 5 > 0 THEN i * 11 % 6 END AS rating
	FROM generate_series(1, 2000) AS i;
CREATE TEMP TABLE t AS
	SELECT *, CASE WHEN spend > 312 AND days <= 20 THEN 'gold' WHEN rating IS NULL THEN 'new' ELSE 'plain' END AS segment FROM users;

SELECT pg_typeof(r), cardinality(r) FROM (SELECT segment_rules(segment, ARRAY[spend, days, rating]) AS r FROM t) AS s;
SELECT segment, rule, rows, round(precision::numeric, 4) AS precision,
	round(coverage::numeric, 4) AS coverage, round(lift::numeric, 3) AS lift
FROM unnest((SELECT segment_rules(segment, ARRAY[spend, days, rating], '{"feature_names": ["spend", "days", "rating"]}') FROM t));
SELECT segment, rule, rows, precision
FROM unnest((SELECT segment_rules(spend < 50, feature_vector(spend), segment_rules_options(rules => 1, max_depth => 1)) FROM t));
SELECT segment, rule FROM unnest((SELECT segment_rules(rating IS NULL, ARRAY[rating, days]) FROM t));

-- no difference, no rules; no rows, no answer
SELECT segment_rules(i % 2, ARRAY[1, 2]) FROM generate_series(1, 100) AS i;
SELECT segment_rules(i % 2, NULL::float8[]) FROM generate_series(1, 100) AS i;
SELECT segment_rules(segment, ARRAY[spend], '{"when_too_few": "null"}') FROM t WHERE segment = 'new';

-- errors
SELECT segment_rules(segment, ARRAY[spend]) FROM t WHERE segment = 'new';
SELECT segment_rules(i, ARRAY[spend]) FROM t;
SELECT segment_rules(segment, CASE WHEN i > 5 THEN ARRAY[i] ELSE ARRAY[i, 1] END) FROM t;
SELECT segment_rules(segment, ARRAY[spend], '{"rules": 0}') FROM t;
SELECT segment_rules(segment, ARRAY[spend], '{"max_depth": 7}') FROM t;
SELECT segment_rules(segment, ARRAY[spend], '{"min_coverage": 2}') FROM t;
SELECT segment_rules(segment, ARRAY[spend], '{"depth": 2}') FROM t;
SELECT segment_rules(segment, ARRAY[spend], '{"feature_names": ["a", "b"]}') FROM t;
SET segment.training_memory = '1MB';
SELECT segment_rules(segment, ARRAY[spend]) FROM t, generate_series(1, 100);
RESET segment.training_memory;
