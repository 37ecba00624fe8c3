-- Differences in differences against statsmodels (test/oracle/difference_in_differences.py),
-- however rows are split and planned.
BEGIN;
SELECT plan(24);

-- the rows of the oracle
CREATE TABLE panel AS
	SELECT kind, u AS unit, treated, t AS period, copy,
		(seed * seed) % 1009 / 100.0::float8 + (u * u * 13) % 97 / 10.0::float8 + t * 0.5
			+ CASE WHEN treated AND t >= 4 THEN CASE kind WHEN 'trend' THEN 1.5 * t ELSE 3.25 END ELSE 0 END
			+ CASE WHEN treated AND kind = 'trend' THEN t * 0.75 ELSE 0 END AS outcome
	FROM unnest('{step,trend,mixed}'::text[]) AS kind, generate_series(1, 60) AS u, generate_series(1, 6) AS t,
		generate_series(1, 2) AS copy, LATERAL (SELECT (u * 7919 + t * 104729 + copy * 31)::bigint AS seed,
			CASE WHEN kind = 'mixed' THEN (u + t) % 3 = 0 ELSE u % 5 < 2 END AS treated) AS s
	WHERE seed % 11 >= CASE copy WHEN 1 THEN 1 ELSE 8 END;

CREATE TABLE golden (kind text, errors text, name text, value float8);
INSERT INTO golden VALUES
	('step', 'unit', 'effect', 3.2415040852451584),
	('step', 'unit', 'standard_error', 0.5966711593998816),
	('step', 'unit', 'statistic', 5.432647504708272),
	('step', 'unit', 'degrees_of_freedom', 59.0),
	('step', 'unit', 'p_value', 1.1047062415305296e-06),
	('step', 'unit', 'ci_low', 2.0475678530474273),
	('step', 'unit', 'ci_high', 4.43544031744289),
	('step', 'unit', 'effect 1', -0.09403679653679087),
	('step', 'unit', 'standard_error 1', 1.004470224027205),
	('step', 'unit', 'statistic 1', -0.09361830175489999),
	('step', 'unit', 'p_value 1', 0.9257295680767159),
	('step', 'unit', 'ci_low 1', -2.103977072242515),
	('step', 'unit', 'ci_high 1', 1.9159034791689336),
	('step', 'unit', 'effect 2', 0.4848059498640889),
	('step', 'unit', 'standard_error 2', 0.980475483793311),
	('step', 'unit', 'statistic 2', 0.49446004298694773),
	('step', 'unit', 'p_value 2', 0.622817477209842),
	('step', 'unit', 'ci_low 2', -1.4771209615351848),
	('step', 'unit', 'ci_high 2', 2.4467328612633628),
	('step', 'unit', 'effect 4', 2.9103042887345207),
	('step', 'unit', 'standard_error 4', 0.98608077030949),
	('step', 'unit', 'statistic 4', 2.9513852986110827),
	('step', 'unit', 'p_value 4', 0.004533045865888504),
	('step', 'unit', 'ci_low 4', 0.9371612249235122),
	('step', 'unit', 'ci_high 4', 4.883447352545529),
	('step', 'unit', 'effect 5', 3.2510822510822552),
	('step', 'unit', 'standard_error 5', 0.9773998403207396),
	('step', 'unit', 'statistic 5', 3.326256171696727),
	('step', 'unit', 'p_value 5', 0.001518465343468373),
	('step', 'unit', 'ci_low 5', 1.2953096880562442),
	('step', 'unit', 'ci_high 5', 5.206854814108266),
	('step', 'unit', 'effect 6', 3.913582251082251),
	('step', 'unit', 'standard_error 6', 0.9713452397929224),
	('step', 'unit', 'statistic 6', 4.029033232217799),
	('step', 'unit', 'p_value 6', 0.0001624914855724154),
	('step', 'unit', 'ci_low 6', 1.9699249157285728),
	('step', 'unit', 'ci_high 6', 5.857239586435929),
	('step', 'unit', 'pretrend statistic', 0.18543247956709963),
	('step', 'unit', 'pretrend p_value', 0.8312272047075085),
	('step', NULL, 'effect', 3.2415040852451584),
	('step', NULL, 'standard_error', 0.7406838980530325),
	('step', NULL, 'statistic', 4.376366347055473),
	('step', NULL, 'degrees_of_freedom', 420.0),
	('step', NULL, 'p_value', 1.5245964354505302e-05),
	('step', NULL, 'ci_low', 1.7855948653719071),
	('step', NULL, 'ci_high', 4.69741330511841),
	('step', NULL, 'effect 1', -0.09403679653679087),
	('step', NULL, 'standard_error 1', 1.2757820215133433),
	('step', NULL, 'statistic 1', -0.07370914070825645),
	('step', NULL, 'p_value 1', 0.941277597483231),
	('step', NULL, 'ci_low 1', -2.6018907473700548),
	('step', NULL, 'ci_high 1', 2.4138171542964733),
	('step', NULL, 'effect 2', 0.4848059498640889),
	('step', NULL, 'standard_error 2', 1.151886488698091),
	('step', NULL, 'statistic 2', 0.4208799691817171),
	('step', NULL, 'p_value 2', 0.6740621904703943),
	('step', NULL, 'ci_low 2', -1.7795017711102896),
	('step', NULL, 'ci_high 2', 2.7491136708384674),
	('step', NULL, 'effect 4', 2.9103042887345207),
	('step', NULL, 'standard_error 4', 1.2650677965011685),
	('step', NULL, 'statistic 4', 2.300512507538036),
	('step', NULL, 'p_value 4', 0.021917991393586505),
	('step', NULL, 'ci_low 4', 0.42351170345885114),
	('step', NULL, 'ci_high 4', 5.39709687401019),
	('step', NULL, 'effect 5', 3.2510822510822552),
	('step', NULL, 'standard_error 5', 1.1689412147962248),
	('step', NULL, 'statistic 5', 2.781219628438714),
	('step', NULL, 'p_value 5', 0.005664075157915887),
	('step', NULL, 'ci_low 5', 0.9532493968920561),
	('step', NULL, 'ci_high 5', 5.548915105272455),
	('step', NULL, 'effect 6', 3.913582251082251),
	('step', NULL, 'standard_error 6', 1.0867473261833513),
	('step', NULL, 'statistic 6', 3.6011887554641824),
	('step', NULL, 'p_value 6', 0.00035540208894808446),
	('step', NULL, 'ci_low 6', 1.7773210955178333),
	('step', NULL, 'ci_high 6', 6.049843406646668),
	('step', NULL, 'pretrend statistic', 0.12009217468411207),
	('step', NULL, 'pretrend p_value', 0.8868697212966137),
	('trend', 'unit', 'effect', 9.741504085245168),
	('trend', 'unit', 'standard_error', 0.6234734548231763),
	('trend', 'unit', 'statistic', 15.624569113384245),
	('trend', 'unit', 'degrees_of_freedom', 59.0),
	('trend', 'unit', 'p_value', 1.2364455631226214e-22),
	('trend', 'unit', 'ci_low', 8.493936583783269),
	('trend', 'unit', 'ci_high', 10.989071586707068),
	('trend', 'unit', 'effect 1', -1.5940367965368043),
	('trend', 'unit', 'standard_error 1', 1.0044702240272054),
	('trend', 'unit', 'statistic 1', -1.5869428066726157),
	('trend', 'unit', 'p_value 1', 0.11787101843740737),
	('trend', 'unit', 'ci_low 1', -3.6039770722425297),
	('trend', 'unit', 'ci_high 1', 0.4159034791689209),
	('trend', 'unit', 'effect 2', -0.2651940501359238),
	('trend', 'unit', 'standard_error 2', 0.980475483793313),
	('trend', 'unit', 'statistic 2', -0.2704749425349502),
	('trend', 'unit', 'p_value 2', 0.7877388237784095),
	('trend', 'unit', 'ci_low 2', -2.2271209615352014),
	('trend', 'unit', 'ci_high 2', 1.6967328612633539),
	('trend', 'unit', 'effect 4', 6.410304288734509),
	('trend', 'unit', 'standard_error 4', 0.9860807703094887),
	('trend', 'unit', 'statistic 4', 6.500790281837245),
	('trend', 'unit', 'p_value 4', 1.8821975774736184e-08),
	('trend', 'unit', 'ci_low 4', 4.4371612249235035),
	('trend', 'unit', 'ci_high 4', 8.383447352545515),
	('trend', 'unit', 'effect 5', 9.001082251082245),
	('trend', 'unit', 'standard_error 5', 0.9773998403207409),
	('trend', 'unit', 'statistic 5', 9.209211910786147),
	('trend', 'unit', 'p_value 5', 5.127610036749912e-13),
	('trend', 'unit', 'ci_low 5', 7.045309688056231),
	('trend', 'unit', 'ci_high 5', 10.956854814108258),
	('trend', 'unit', 'effect 6', 11.913582251082236),
	('trend', 'unit', 'standard_error 6', 0.9713452397929201),
	('trend', 'unit', 'statistic 6', 12.265033855132783),
	('trend', 'unit', 'p_value 6', 7.131776871517277e-18),
	('trend', 'unit', 'ci_low 6', 9.969924915728562),
	('trend', 'unit', 'ci_high 6', 13.85723958643591),
	('trend', 'unit', 'pretrend statistic', 1.384636115177006),
	('trend', 'unit', 'pretrend p_value', 0.2584318587595826),
	('trend', NULL, 'effect', 9.741504085245168),
	('trend', NULL, 'standard_error', 0.8006917330330736),
	('trend', NULL, 'statistic', 12.166360264947038),
	('trend', NULL, 'degrees_of_freedom', 420.0),
	('trend', NULL, 'p_value', 2.2138226571104856e-29),
	('trend', NULL, 'ci_low', 8.167641767644634),
	('trend', NULL, 'ci_high', 11.315366402845703),
	('trend', NULL, 'effect 1', -1.5940367965368043),
	('trend', NULL, 'standard_error 1', 1.2757820215133433),
	('trend', NULL, 'statistic 1', -1.2494585827804223),
	('trend', NULL, 'p_value 1', 0.2122067390583703),
	('trend', NULL, 'ci_low 1', -4.101890747370068),
	('trend', NULL, 'ci_high 1', 0.9138171542964597),
	('trend', NULL, 'effect 2', -0.2651940501359238),
	('trend', NULL, 'standard_error 2', 1.151886488698091),
	('trend', NULL, 'statistic 2', -0.2302258536217895),
	('trend', NULL, 'p_value 2', 0.8180305398536802),
	('trend', NULL, 'ci_low 2', -2.5295017711103025),
	('trend', NULL, 'ci_high 2', 1.9991136708384547),
	('trend', NULL, 'effect 4', 6.410304288734509),
	('trend', NULL, 'standard_error 4', 1.2650677965011685),
	('trend', NULL, 'statistic 4', 5.067162650463207),
	('trend', NULL, 'p_value 4', 6.108295938451461e-07),
	('trend', NULL, 'ci_low 4', 3.9235117034588396),
	('trend', NULL, 'ci_high 4', 8.89709687401018),
	('trend', NULL, 'effect 5', 9.001082251082245),
	('trend', NULL, 'standard_error 5', 1.1689412147962246),
	('trend', NULL, 'statistic 5', 7.700200948643389),
	('trend', NULL, 'p_value 5', 1.0191279780577504e-13),
	('trend', NULL, 'ci_low 5', 6.703249396892046),
	('trend', NULL, 'ci_high 5', 11.298915105272444),
	('trend', NULL, 'effect 6', 11.913582251082236),
	('trend', NULL, 'standard_error 6', 1.0867473261833513),
	('trend', NULL, 'statistic 6', 10.962605533084355),
	('trend', NULL, 'p_value 6', 1.034661620543062e-24),
	('trend', NULL, 'ci_low 6', 9.777321095517818),
	('trend', NULL, 'ci_high 6', 14.049843406646653),
	('trend', NULL, 'pretrend statistic', 0.814504774379812),
	('trend', NULL, 'pretrend p_value', 0.4435703929580387),
	('mixed', 'unit', 'effect', 3.1775221327967844),
	('mixed', 'unit', 'standard_error', 0.5902400407139174),
	('mixed', 'unit', 'statistic', 5.383440487963934),
	('mixed', 'unit', 'degrees_of_freedom', 59.0),
	('mixed', 'unit', 'p_value', 1.3271805417337154e-06),
	('mixed', 'unit', 'ci_low', 1.9964545393656046),
	('mixed', 'unit', 'ci_high', 4.358589726227964),
	('mixed', 'unit', 'effect 1', -1.576639492753624),
	('mixed', 'unit', 'standard_error 1', 1.6193943122359509),
	('mixed', 'unit', 'statistic 1', -0.9735982650060726),
	('mixed', 'unit', 'p_value 1', 0.33423093202292087),
	('mixed', 'unit', 'ci_low 1', -4.817040026840191),
	('mixed', 'unit', 'ci_high 1', 1.6637610413329431),
	('mixed', 'unit', 'effect 2', -1.2360235507246407),
	('mixed', 'unit', 'standard_error 2', 1.6651788051280234),
	('mixed', 'unit', 'statistic 2', -0.7422767734721508),
	('mixed', 'unit', 'p_value 2', 0.4608646477527708),
	('mixed', 'unit', 'ci_low 2', -4.56803864347636),
	('mixed', 'unit', 'ci_high 2', 2.095991542027079),
	('mixed', 'unit', 'effect 4', 1.1154122340425523),
	('mixed', 'unit', 'standard_error 4', 1.5445066197720678),
	('mixed', 'unit', 'statistic 4', 0.7221802870661445),
	('mixed', 'unit', 'p_value 4', 0.47303639305455936),
	('mixed', 'unit', 'ci_low 4', -1.975138373548089),
	('mixed', 'unit', 'ci_high 4', 4.205962841633194),
	('mixed', 'unit', 'effect 5', 3.8641132824545137),
	('mixed', 'unit', 'standard_error 5', 1.5999457399483599),
	('mixed', 'unit', 'statistic 5', 2.4151527054781448),
	('mixed', 'unit', 'p_value 5', 0.01884589078432075),
	('mixed', 'unit', 'ci_low 5', 0.6626292516258316),
	('mixed', 'unit', 'ci_high 5', 7.065597313283195),
	('mixed', 'unit', 'effect 6', 1.751603260869564),
	('mixed', 'unit', 'standard_error 6', 1.081256585398704),
	('mixed', 'unit', 'statistic 6', 1.6199700279500961),
	('mixed', 'unit', 'p_value 6', 0.11057205292231059),
	('mixed', 'unit', 'ci_low 6', -0.41198616904074514),
	('mixed', 'unit', 'ci_high 6', 3.915192690779873),
	('mixed', 'unit', 'pretrend statistic', 0.5300735586299107),
	('mixed', 'unit', 'pretrend p_value', 0.591338001524935),
	('mixed', NULL, 'effect', 3.1775221327967844),
	('mixed', NULL, 'standard_error', 0.80804794583328),
	('mixed', NULL, 'statistic', 3.932343556074561),
	('mixed', NULL, 'degrees_of_freedom', 420.0),
	('mixed', NULL, 'p_value', 9.838469183117674e-05),
	('mixed', NULL, 'ci_low', 1.5892002352494974),
	('mixed', NULL, 'ci_high', 4.765844030344072),
	('mixed', NULL, 'effect 1', -1.576639492753624),
	('mixed', NULL, 'standard_error 1', 1.3803620546009667),
	('mixed', NULL, 'statistic 1', -1.1421927221908437),
	('mixed', NULL, 'p_value 1', 0.2540372748771185),
	('mixed', NULL, 'ci_low 1', -4.290070450265475),
	('mixed', NULL, 'ci_high 1', 1.136791464758227),
	('mixed', NULL, 'effect 2', -1.2360235507246407),
	('mixed', NULL, 'standard_error 2', 1.3552515554780993),
	('mixed', NULL, 'statistic 2', -0.9120251850872084),
	('mixed', NULL, 'p_value 2', 0.36228879215203114),
	('mixed', NULL, 'ci_low 2', -3.9000938311217768),
	('mixed', NULL, 'ci_high 2', 1.4280467296724957),
	('mixed', NULL, 'effect 4', 1.1154122340425523),
	('mixed', NULL, 'standard_error 4', 1.3150849394110733),
	('mixed', NULL, 'statistic 4', 0.8481674457788717),
	('mixed', NULL, 'p_value 4', 0.3968372087294223),
	('mixed', NULL, 'ci_low 4', -1.4697009791623337),
	('mixed', NULL, 'ci_high 4', 3.700525447247438),
	('mixed', NULL, 'effect 5', 3.8641132824545137),
	('mixed', NULL, 'standard_error 5', 1.38921534601002),
	('mixed', NULL, 'statistic 5', 2.7815077723930086),
	('mixed', NULL, 'p_value 5', 0.005659143700830686),
	('mixed', NULL, 'ci_low 5', 1.1332790683802796),
	('mixed', NULL, 'ci_high 5', 6.594947496528748),
	('mixed', NULL, 'effect 6', 1.751603260869564),
	('mixed', NULL, 'standard_error 6', 1.27590776751857),
	('mixed', NULL, 'statistic 6', 1.3728290597964956),
	('mixed', NULL, 'p_value 6', 0.17055225784677308),
	('mixed', NULL, 'ci_low 6', -0.7564978737385859),
	('mixed', NULL, 'ci_high 6', 4.259704395477714),
	('mixed', NULL, 'pretrend statistic', 0.7546491034097335),
	('mixed', NULL, 'pretrend p_value', 0.47082434272368834);

CREATE TABLE result (kind text, errors text, did difference_in_differences_result, study event_study_period[],
	pretrend pretrend_test_result);
INSERT INTO result
	SELECT kind, 'unit' AS errors, difference_in_differences(outcome, treated, period >= 4, unit) AS did,
		event_study(outcome, treated, period, 4, unit) AS study, pretrend_test(outcome, treated, period, 4, unit) AS pretrend
	FROM panel GROUP BY kind
	UNION ALL
	SELECT kind, NULL, difference_in_differences(outcome, treated, period >= 4), event_study(outcome, treated, period, 4),
		pretrend_test(outcome, treated, period, 4)
	FROM panel GROUP BY kind;
CREATE TABLE answer AS
	SELECT kind, errors, key || suffix AS name, value::float8
	FROM (SELECT kind, errors, '' AS suffix, to_jsonb(did) AS row FROM result
		UNION ALL SELECT kind, errors, ' ' || p.period, to_jsonb(p) FROM result, unnest(study) AS p) AS r,
		jsonb_each_text(row) AS e (key, value)
	UNION ALL SELECT kind, errors, 'pretrend ' || key, value::float8
	FROM result, jsonb_each_text(to_jsonb(pretrend)) AS e (key, value);

SELECT is(count(*), 234::bigint, 'there is an answer for every golden number')
FROM golden AS g JOIN answer AS a ON a.name = g.name AND a.kind = g.kind AND a.errors IS NOT DISTINCT FROM g.errors;
SELECT is(string_agg(format('%s %s %s: %s', g.kind, g.errors, g.name, a.value / g.value - 1), E'\n'), NULL, 'as statsmodels, to 1e-9')
FROM golden AS g JOIN answer AS a ON a.name = g.name AND a.kind = g.kind AND a.errors IS NOT DISTINCT FROM g.errors
WHERE NOT abs(a.value / g.value - 1) < 1e-9;

-- a linear regression of segment, which knows HC1
SELECT ok(abs(c.estimate / (did).effect - 1) < 1e-9 AND abs(c.std_error / (did).standard_error - 1) < 1e-9,
	'the coefficient of linear_train, and its robust error')
FROM result, LATERAL (SELECT linear_train(outcome, ARRAY[treated::int, (period >= 4)::int, (treated AND period >= 4)::int]::float8[],
	regression_options(std_errors => 'hc1')) AS model FROM panel WHERE panel.kind = result.kind) AS m, coefficients(model) AS c
WHERE kind = 'step' AND errors IS NULL AND c.feature = '3';

SELECT ok(abs((did).treated_after - (did).treated_before - ((did).control_after - (did).control_before) - (did).effect) < 1e-12,
	'the effect is the difference of differences') FROM result WHERE kind = 'step' AND errors = 'unit';
SELECT is(((did).treated_units, (did).control_units, (did).rows), (count(DISTINCT unit) FILTER (WHERE treated),
	count(DISTINCT unit) FILTER (WHERE NOT treated), count(*)), 'units and rows are counted')
FROM result, panel AS p WHERE result.kind = 'step' AND errors = 'unit' AND p.kind = 'step' GROUP BY did;
SELECT is(((did).treated_units, (did).control_units), (60::bigint, 60::bigint), 'a unit may be in both groups')
FROM result WHERE kind = 'mixed' AND errors = 'unit';
SELECT is((p.effect, p.standard_error, p.p_value)::text, '(0,,)', 'the last period before the start is the reference')
FROM result, unnest(study) AS p WHERE kind = 'step' AND errors = 'unit' AND period = 3;

-- types of units, order, parts, plans
SELECT is(difference_in_differences(outcome, treated, period >= 4, unit::text)::text,
	difference_in_differences(outcome, treated, period >= 4, unit)::text, 'units may be text')
FROM panel WHERE kind = 'step';
SELECT is(event_study(outcome, treated, period, 4, lpad(unit::text, 32, '0')::uuid), event_study(outcome, treated, period, 4, unit),
	'or uuid') FROM panel WHERE kind = 'step';
SELECT is(event_study(outcome, treated, period, 4, unit ORDER BY copy DESC, outcome), event_study(outcome, treated, period, 4, unit),
	'order does not matter') FROM panel WHERE kind = 'trend';
CREATE AGGREGATE pg_temp.part(float8, boolean, bigint, bigint, bigint) (SFUNC = event_study_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = difference_in_differences_combine, STYPE = bytea, FINALFUNC = event_study_final);
SELECT is(pg_temp.merge(state::text::bytea), (SELECT study FROM result WHERE kind = 'trend' AND errors = 'unit'), 'nor do parts')
FROM (SELECT pg_temp.part(outcome, treated, period, 4, unit) AS state FROM panel WHERE kind = 'trend'
	GROUP BY copy, unit % 7 UNION ALL SELECT NULL) AS t;
SELECT throws_ok($$SELECT pg_temp.merge(state) FROM (SELECT pg_temp.part(outcome, treated, period, 3 + copy, unit) AS state
	FROM panel GROUP BY copy) AS t$$, '22023', 'start must be the same for all rows', 'parts have one start');
SELECT throws_ok($$SELECT event_study_final('\x00')$$, 'XX001', NULL, 'a damaged state is refused');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'workers compute parts')
FROM pg_temp.plan_of($$SELECT event_study(outcome, treated, period, 4, unit) FROM panel WHERE kind = 'trend'$$) AS line
WHERE line ~ 'Partial Aggregate';
SELECT is(event_study(outcome, treated, period, 4, unit), (SELECT study FROM result WHERE kind = 'trend' AND errors = 'unit'),
	'and give the same result') FROM panel WHERE kind = 'trend';

-- what cannot be known
SELECT is(difference_in_differences(outcome, treated, period >= 4, unit) IS NULL, true, 'no row, no result') FROM panel WHERE false;
SELECT is((d).effect IS NULL AND (d).treated_before IS NULL AND (d).control_after IS NOT NULL, true,
	'"is treated now" leaves a cell empty')
FROM (SELECT difference_in_differences(outcome, treated AND period >= 4, period >= 4, unit) AS d FROM panel WHERE kind = 'step') AS t;
SELECT is((d).effect IS NOT NULL AND (d).standard_error IS NULL AND (d).degrees_of_freedom IS NULL AND (d).p_value IS NULL, true,
	'one treated unit has no error')
FROM (SELECT difference_in_differences(outcome, treated, period >= 4, unit) AS d
	FROM panel WHERE kind = 'step' AND (unit = 1 OR NOT treated)) AS t;
SELECT is((pretrend_test(outcome, treated, period, 2, unit))::text, '(,0,,)', 'one period before has no trend')
FROM panel WHERE kind = 'step';
SELECT is((p).statistic IS NULL AND (p).periods = 4, true, 'too few units for a test of four periods')
FROM (SELECT pretrend_test(sin(u * 7 + period), u % 2 = 0, period, 6, u) AS p
	FROM generate_series(1, 4) AS u, generate_series(1, 6) AS period) AS t;

-- a planted effect, with shocks that rows of a user share
CREATE FUNCTION pg_temp.share(i bigint) RETURNS float8 LANGUAGE sql AS 'SELECT (hashint8(i) & 65535) / 65536.0::float8';
CREATE TABLE campaign AS
	SELECT run, u AS user_id, u % 2 = 0 AS treated, after = 1 AS after,
		pg_temp.share(((run * 100 + u) * 2 + after) * 10 + i) + pg_temp.share(-(run * 100 + u)) * 5
			+ pg_temp.share(-1000000 - (run * 100 + u)) * 3 * after + CASE WHEN u % 2 = 0 THEN 2 * after ELSE 0 END AS spent
	FROM generate_series(1, 200) AS run, generate_series(1, 40) AS u, generate_series(0, 1) AS after, generate_series(1, 5) AS i;
SELECT ok(abs(avg((d).effect) - 2) < 0.08, 'a planted effect is recovered')
FROM (SELECT difference_in_differences(spent, treated, after, user_id) AS d FROM campaign GROUP BY run) AS t;
SELECT ok(count(*) BETWEEN 181 AND 198, 'and its interval holds it about 95 times of 100')
FROM (SELECT difference_in_differences(spent, treated, after, user_id) AS d FROM campaign GROUP BY run) AS t
WHERE 2 BETWEEN (d).ci_low AND (d).ci_high;

-- a large mean takes no digits from the error
SELECT ok(abs(shifted / plain - 1) < 1e-4, 'an error of 4e-4 beside a mean of 1e10')
FROM (SELECT (difference_in_differences(i % 7 * 1e-3, t, a)).standard_error AS plain,
		(difference_in_differences(1e10 + i % 7 * 1e-3, t, a)).standard_error AS shifted
	FROM generate_series(1, 100) AS i, (VALUES (true), (false)) AS x(t), (VALUES (true), (false)) AS y(a)) AS d;
SELECT is((d).standard_error, 0::float8, 'equal outcomes have none')
FROM (SELECT difference_in_differences(1e10 + 0.1, t, a) AS d
	FROM generate_series(1, 1000) AS i, (VALUES (true), (false)) AS x(t), (VALUES (true), (false)) AS y(a)) AS d;

SELECT * FROM finish();
ROLLBACK;
