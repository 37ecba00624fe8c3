-- sBG: ordinary calls and every error
CREATE TEMP TABLE cohort AS
	SELECT t - 1 AS year, n AS customers FROM unnest('{1000,869,743,653,593,551,517,491}'::int[]) WITH ORDINALITY AS u(n, t);
CREATE TEMP TABLE model AS SELECT sbg_train(year, customers) AS model FROM cohort;

SELECT key, CASE WHEN jsonb_typeof(value) = 'number' THEN to_jsonb(trim_scale(round(value::numeric, 4))) ELSE value END AS value
FROM model, jsonb_each(model_info(model) - '{version,iterations,gradient_norm}'::text[]) ORDER BY key COLLATE "C";
SELECT year, customers, round(1000 * sbg_survival(model, year)::numeric, 2) AS fitted,
	CASE WHEN year > 0 THEN round(sbg_retention(model, year)::numeric, 4) END AS retention
FROM generate_series(0, 12) AS year LEFT JOIN cohort USING (year), model ORDER BY year;
SELECT round(sbg_ltv(model, 100, 0.5, d)::numeric, 4) AS ltv FROM model, (VALUES (0.1), (0.01), (1e-9), (0), (NULL)) AS t(d);
SELECT horizon, round(sbg_ltv(model, 100, horizon => horizon)::numeric, 4) AS ltv,
	round((100 * (SELECT sum(sbg_survival(model, n)) FROM generate_series(0, horizon - 1) AS n))::numeric, 4) AS summed
FROM model, unnest('{0,1,2,12,60}'::int[]) AS horizon;

-- as numeric, out of order, and with missing periods
SELECT round((model_info(m) ->> 'a')::numeric, 4) AS a, round((model_info(m) ->> 'b')::numeric, 4) AS b,
	model_info(m) -> 'last_period' AS last_period, model_info(m) -> 'rows_skipped' AS skipped
FROM (SELECT sbg_train(p, n) AS m FROM (VALUES (7::numeric, 491.0), (0, 1000), (2, 743), (NULL, 3), (3, NULL)) AS t(p, n)) AS s;

-- nothing to learn from: NULL
SELECT sbg_train(p, n) IS NULL AS nothing FROM (VALUES (0, 1000)) AS t(p, n);
SELECT sbg_train(p, n) IS NULL AS nothing FROM (VALUES (0, 0), (1, 0)) AS t(p, n);
SELECT sbg_train(0, NULL) IS NULL AS nothing, sbg_train(0, 5) FILTER (WHERE false) IS NULL AS nothing;

-- one period, nobody lost, all lost; one warning for all groups
SET enable_hashagg = off; -- so that groups come in order
SELECT cohort, model_info(m) -> 'converged' AS converged, model_info(m) -> 'a_std_error' AS a_std_error,
	round(sbg_retention(m, 1)::numeric, 3) AS retention
FROM (SELECT cohort, sbg_train(p, n) AS m
	FROM (VALUES ('all lost', 0, 1000), ('all lost', 1, 0), ('nobody lost', 0, 50), ('nobody lost', 1, 50), ('nobody lost', 2, 50),
		('one period', 0, 1000), ('one period', 1, 800), ('young', 0, 9)) AS t(cohort, p, n)
	GROUP BY cohort) AS s ORDER BY cohort;

-- contracts, one row per contract
SELECT round((info ->> 'a')::numeric, 6) AS a, round((info ->> 'b')::numeric, 6) AS b, info -> 'converged' AS converged,
	info -> 'last_period' AS last_period,
	info -> 'weight' AS weight, info -> 'rows_used' AS rows_used, info -> 'rows_skipped' AS rows_skipped
FROM (SELECT model_info(sbg_train(duration, lost)) AS info
	FROM (VALUES (0.9, false, 40), (4.5, true, 15), (1.5, false, 200), (1, true, 300), (2, true, 100), (3.1, false, 250), (2.5, true, 50),
		(4, false, 190), (6, false, 220),
		(NULL, true, 3), (5, NULL, 4)) AS t(duration, lost, n), generate_series(1, n)) AS s;
SELECT sbg_train(0.5, false) IS NULL AS nothing_yet, sbg_train(NULL, true) IS NULL AS nothing, sbg_train(0, true) IS NULL AS lost_at_once;
SELECT sbg_train(-1, true);
SELECT sbg_train('NaN', false);
SELECT sbg_train(10000.5, true);
\set VERBOSITY terse
SELECT sbg_train(interval '1 month', true);
\set VERBOSITY default

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
SELECT sbg_ltv(model, 100, horizon => 1.5) FROM model;
SELECT sbg_ltv(model, 'NaN', 0.5, 0.1) FROM model;
SELECT sbg_ltv(model, 1e300, 1e300, 0.1) FROM model;
SELECT sbg_retention(tier_train(1, 2), 1);
SELECT (model::jsonb || '{"fingerprint": null, "last_period": 0}')::text::segment_model FROM model;

-- ten times 0.1 + 0.2 is three months but for a rounding, lost or not
SELECT sbg_train((0.1::float8 + 0.2::float8) * 10, lost) = sbg_train(3::float8, lost) AS same FROM (VALUES (true), (false)) AS v(lost);
