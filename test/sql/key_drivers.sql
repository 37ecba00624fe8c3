-- Key drivers: ordinary calls and every error
\pset null NULL
CREATE TEMP TABLE sale AS
	SELECT ARRAY['country=' || (ARRAY['AT', 'DE'])[1 + i % 2], 'plan=' || (ARRAY['free', 'pro', 'team'])[1 + i % 3]] AS attributes,
		CASE WHEN i > 12 AND i % 6 = 2 THEN 40 ELSE 10 + i % 3 END AS amount, i % 4 + 1 AS visits, i > 12 AS is_test
	FROM generate_series(1, 24) AS i;
SELECT attributes, test, control, difference, round(relative_difference::numeric, 4) AS relative,
	round(unexpected_difference::numeric, 4) AS unexpected,
	contribution, round(share_of_change::numeric, 4) AS share, round(support::numeric, 4) AS support
FROM unnest((SELECT key_drivers(attributes, amount, is_test) FROM sale)) AS d;
SELECT attributes, round(test::numeric, 4) AS test, round(control::numeric, 4) AS control, round(difference::numeric, 4) AS difference,
	round(contribution::numeric, 4) AS contribution, round(share_of_change::numeric, 4) AS share, round(support::numeric, 4) AS support
FROM unnest((SELECT key_drivers_rate(attributes, amount, visits, is_test, key_drivers_options(max_results => 4)) FROM sale)) AS d;

-- one result per group; a growing frame; no attributes
SELECT is_test, cardinality(key_drivers(attributes, amount, amount > 12)) FROM sale GROUP BY is_test ORDER BY is_test;
SELECT i, cardinality(key_drivers(ARRAY['i=' || i % 3], i, i % 2 = 0) OVER (ORDER BY i)) FROM generate_series(1, 4) AS i;
SELECT key_drivers('{}', i, i % 2 = 0) FROM generate_series(1, 4) AS i;
SELECT key_drivers(NULL::text[], 1, true);

-- an empty text, names that need quotes, the element of an array
SELECT (key_drivers(ARRAY['', 'city=St. Pölten, "NÖ"'], 1, true, '{"keep_redundant": true, "max_length": 1}'))[3].attributes;

-- parameters without types
PREPARE untyped AS SELECT cardinality(key_drivers($1, $2, $3, $4));
EXECUTE untyped('{a,b}', 5, true, '{"keep_redundant": true}');

-- errors
SELECT key_drivers('{a}', 'NaN', true);
SELECT key_drivers_rate('{a}', 'Infinity', 1, true);
SELECT key_drivers_rate('{a}', 1, -1, true);
SELECT key_drivers_rate('{a}', 1, 'Infinity', true);
SELECT key_drivers('{a}', x, true) FROM unnest('{1e308,1e308}'::float8[]) AS x;
SELECT key_drivers('{a}', 1, true, '{"min_support": 2}');
SELECT key_drivers('{a}', 1, true, '{"max_length": -1}');
SELECT key_drivers('{a}', 1, true, '{"rank_by": "size"}');
SELECT key_drivers('{a}', 1, true, '{"when_too_few": "null"}');
SELECT key_drivers('{a}', 1, true, '{"top": 3}');
SELECT key_drivers('{a}', i, true, jsonb_build_object('max_length', i)) FROM generate_series(1, 2) AS i;
SELECT key_drivers(ARRAY(SELECT 'a' || j FROM generate_series(1, 70) AS j), i, i > 1, '{"max_length": 0}') FROM generate_series(1, 2) AS i;
SET segment.training_memory = '1MB';
SELECT key_drivers(ARRAY(SELECT 'a' || j FROM generate_series(1, 70) AS j), i, i > 1) FROM generate_series(1, 2) AS i;
SELECT key_drivers('{a,b,c}', i, i > 1) FROM generate_series(1, 100000) AS i;
RESET segment.training_memory;
