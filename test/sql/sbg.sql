-- sBG: the natural calls, and every mistake
CREATE TEMP TABLE cohort AS
	SELECT t - 1 AS year, n AS customers FROM unnest('{1000,869,743,653,593,551,517,491}'::int[]) WITH ORDINALITY AS u(n, t);
CREATE TEMP TABLE model AS SELECT sbg_train(year, customers) AS model FROM cohort;

SELECT key, CASE WHEN jsonb_typeof(value) = 'number' THEN to_jsonb(trim_scale(round(value::numeric, 4))) ELSE value END AS value
FROM model, jsonb_each(model_info(model) - '{version,iterations,gradient_norm}'::text[]) ORDER BY key COLLATE "C";
SELECT year, customers, round(1000 * sbg_survival(model, year)::numeric, 2) AS fitted, CASE WHEN year > 0 THEN round(sbg_retention(model, year)::numeric, 4) END AS retention
FROM generate_series(0, 12) AS year LEFT JOIN cohort USING (year), model ORDER BY year;
SELECT round(sbg_ltv(model, 100, 0.5, d)::numeric, 4) AS ltv FROM model, (VALUES (0.1), (0.01), (1e-9), (0), (NULL)) AS t(d);

-- in numeric, out of order, and with periods left out
SELECT round((model_info(m) ->> 'a')::numeric, 4) AS a, round((model_info(m) ->> 'b')::numeric, 4) AS b, model_info(m) -> 'last_period' AS last_period, model_info(m) -> 'rows_skipped' AS skipped
FROM (SELECT sbg_train(p, n) AS m FROM (VALUES (7::numeric, 491.0), (0, 1000), (2, 743), (NULL, 3), (3, NULL)) AS t(p, n)) AS s;

-- nothing to learn from: NULL
SELECT sbg_train(p, n) IS NULL AS nothing FROM (VALUES (0, 1000)) AS t(p, n);
SELECT sbg_train(p, n) IS NULL AS nothing FROM (VALUES (0, 0), (1, 0)) AS t(p, n);
SELECT sbg_train(0, NULL) IS NULL AS nothing, sbg_train(0, 5) FILTER (WHERE false) IS NULL AS nothing;

-- one period, nobody lost, all lost; one warning for all groups
SET enable_hashagg = off; -- the first group is the first in order
SELECT cohort, model_info(m) -> 'converged' AS converged, model_info(m) -> 'a_std_error' AS a_std_error, round(sbg_retention(m, 1)::numeric, 3) AS retention
FROM (SELECT cohort, sbg_train(p, n) AS m
	FROM (VALUES ('all lost', 0, 1000), ('all lost', 1, 0), ('nobody lost', 0, 50), ('nobody lost', 1, 50), ('nobody lost', 2, 50), ('one period', 0, 1000), ('one period', 1, 800), ('young', 0, 9)) AS t(cohort, p, n)
	GROUP BY cohort) AS s ORDER BY cohort;

SELECT sbg_train(year, customers) FROM cohort WHERE year > 0;
SELECT sbg_train(year % 3, customers) FROM cohort;
SELECT sbg_train(1, 5) FROM generate_series(1, 2);
SELECT sbg_train(7 - year, customers) FROM cohort;
SELECT sbg_train(year * 0.5, customers) FROM cohort;
SELECT sbg_train(-1, 5);
SELECT sbg_train(1e10, 5);
SELECT sbg_train(0, -5);
SELECT sbg_train(0, 'NaN');
SELECT sbg_train(i, 20000 - i) FROM generate_series(0, 10001) AS i;
SELECT sbg_retention(model, 0) FROM model;
SELECT sbg_retention(model, 1.5) FROM model;
SELECT sbg_survival(model, -1) FROM model;
SELECT sbg_ltv(model, 100, 0.5, -0.1) FROM model;
SELECT sbg_ltv(model, 'NaN', 0.5, 0.1) FROM model;
SELECT sbg_ltv(model, 1e300, 1e300, 0.1) FROM model;
SELECT sbg_retention(tier_train(1, 2), 1);
SELECT (model::jsonb || '{"fingerprint": null, "last_period": 0}')::text::segment_model FROM model;
