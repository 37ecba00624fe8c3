-- key_drivers: every combination against PostgreSQL's own CUBE and golden numbers.
BEGIN;
SELECT plan(28);

CREATE TEMP TABLE visit AS
	SELECT i, 'country=' || (ARRAY['AT', 'DE', 'FR'])[1 + i * 7 % 11 % 3] AS country,
		'plan=' || (ARRAY['free', 'pro'])[1 + i * 5 % 7 % 2] AS plan, 'device=' || (ARRAY['app', 'web'])[1 + i * i % 5 % 2] AS device,
		(i * 13 % 37 + CASE WHEN i % 2 = 0 AND i * 7 % 11 % 3 = 0 THEN 30 ELSE 0 END) / 4.0::float8 AS spend,
		1.0::float8 + i % 5 AS hours, i % 2 = 0 AS is_test
	FROM generate_series(1, 200) AS i;
ALTER TABLE visit ADD attributes text[];
UPDATE visit SET attributes = ARRAY[country, plan, device];

-- numbers made by test/oracle/key_drivers.py
CREATE TEMP TABLE golden (is_rate boolean, attributes text[], test float8, control float8, difference float8,
	relative_difference float8, unexpected_difference float8, contribution float8, share_of_change float8, support float8);
INSERT INTO golden VALUES
	(false, '{}', 727.5, 448.75, 278.75, 0.6211699164345403,
		NULL, 278.75, 1.0, 1.0),
	(false, '{country=AT}', 442.75, 168.0, 274.75, 1.6354166666666667,
		272.35641139804096, 274.75, 0.9856502242152466, 0.6085910652920962),
	(false, '{country=DE}', 168.5, 158.5, 10.0, 0.06309148264984227,
		-136.75925925925927, 10.0, 0.03587443946188341, 0.3532033426183844),
	(false, '{country=FR}', 116.25, 122.25, -6.0, -0.049079754601226995,
		-112.6177258805513, -6.0, -0.021524663677130046, 0.2724233983286908),
	(false, '{device=app}', 444.75, 260.0, 184.75, 0.7105769230769231,
		55.26655629139073, 184.75, 0.662780269058296, 0.6113402061855671),
	(false, '{device=web}', 282.75, 188.75, 94.0, 0.49801324503311256,
		-40.12139423076923, 94.0, 0.33721973094170404, 0.4206128133704735),
	(false, '{plan=free}', 405.75, 264.25, 141.5, 0.5354777672658467,
		-55.076219512195124, 141.5, 0.5076233183856502, 0.588857938718663),
	(false, '{plan=pro}', 321.75, 184.5, 137.25, 0.7439024390243902,
		38.45435193945128, 137.25, 0.4923766816143498, 0.4422680412371134),
	(false, '{country=AT,device=app}', 280.75, 102.75, 178.0, 1.732360097323601,
		148.08074421965318, 178.0, 0.6385650224215247, 0.3859106529209622),
	(false, '{country=AT,device=web}', 162.0, 65.25, 96.75, 1.4827586206896552,
		65.78389830508475, 96.75, 0.347085201793722, 0.22268041237113403),
	(false, '{country=AT,plan=free}', 254.25, 109.5, 144.75, 1.321917808219178,
		101.49871039056742, 144.75, 0.5192825112107623, 0.3494845360824742),
	(false, '{country=AT,plan=pro}', 188.5, 58.5, 130.0, 2.2222222222222223,
		107.70179372197309, 130.0, 0.4663677130044843, 0.259106529209622),
	(false, '{country=DE,device=app}', 85.25, 104.75, -19.5, -0.18615751789976134,
		-110.31885901162791, -19.5, -0.06995515695067264, 0.23342618384401115),
	(false, '{country=DE,device=web}', 83.25, 53.75, 29.5, 0.5488372093023256,
		-4.4169303797468356, 29.5, 0.10582959641255606, 0.11977715877437325),
	(false, '{country=DE,plan=free}', 88.25, 87.5, 0.75, 0.008571428571428572,
		-66.58564013840831, 0.75, 0.0026905829596412557, 0.19498607242339833),
	(false, '{country=DE,plan=pro}', 80.25, 71.0, 9.25, 0.13028169014084506,
		-41.40387160820649, 9.25, 0.033183856502242155, 0.15821727019498608),
	(false, '{country=FR,device=app}', 78.75, 52.5, 26.25, 0.5,
		-7.204258675078864, 26.25, 0.09417040358744394, 0.116991643454039),
	(false, '{country=FR,device=web}', 37.5, 69.75, -32.25, -0.46236559139784944,
		-89.48548812664907, -32.25, -0.11569506726457399, 0.1554317548746518),
	(false, '{country=FR,plan=free}', 63.25, 67.25, -4.0, -0.05947955390334572,
		-53.842562254259505, -4.0, -0.014349775784753363, 0.14986072423398328),
	(false, '{country=FR,plan=pro}', 53.0, 55.0, -2.0, -0.03636363636363636,
		-41.215873015873015, -2.0, -0.007174887892376682, 0.12256267409470752),
	(false, '{device=app,plan=free}', 256.75, 162.75, 94.0, 0.5775729646697388,
		-11.133085664335665, 94.0, 0.33721973094170404, 0.3626740947075209),
	(false, '{device=app,plan=pro}', 188.0, 97.25, 90.75, 0.9331619537275064,
		38.735775248933145, 90.75, 0.3255605381165919, 0.2584192439862543),
	(false, '{device=web,plan=free}', 149.0, 101.5, 47.5, 0.46798029556650245,
		-20.093592512598992, 47.5, 0.17040358744394618, 0.22618384401114205),
	(false, '{device=web,plan=pro}', 133.75, 87.25, 46.5, 0.5329512893982808,
		-9.554806362378976, 46.5, 0.16681614349775784, 0.1944289693593315),
	(true, '{}', 2.425, 1.4958333333333333, 0.9291666666666667, 0.6211699164345403,
		NULL, 0.9291666666666667, 1.0, 1.0),
	(true, '{country=AT}', 3.9887387387387387, 1.5555555555555556, 2.4331831831831834, 1.5641891891891893,
		2.385977176345238, 0.8962291666666666, 0.9645515695067264, 0.37),
	(true, '{country=DE}', 1.5318181818181817, 1.440909090909091, 0.09090909090909091, 0.06309148264984227,
		-1.2432659932659933, 0.03333333333333334, 0.035874439461883414, 0.36666666666666664),
	(true, '{country=FR}', 1.4715189873417722, 1.4908536585365855, -0.019334671194813215, -0.012968859206336879,
		-1.2816630147529295, -0.0003958333333333332, -0.00042600896860986535, 0.2733333333333333),
	(true, '{device=app}', 2.7796875, 1.625, 1.1546875, 0.7105769230769231,
		0.34541597682119207, 0.6158333333333333, 0.6627802690582959, 0.5333333333333333),
	(true, '{device=web}', 2.0196428571428573, 1.3482142857142858, 0.6714285714285714, 0.49801324503311256,
		-0.2865813873626374, 0.31333333333333335, 0.33721973094170404, 0.4666666666666667),
	(true, '{plan=free}', 2.359011627906977, 1.591867469879518, 0.7671441580274587, 0.4819145893379684,
		-0.5471778212004285, 0.43245833333333333, 0.46542600896860986, 0.5733333333333334),
	(true, '{plan=pro}', 2.513671875, 1.376865671641791, 1.136806203358209, 0.8256478658536586,
		0.47327454863540924, 0.4967083333333333, 0.5345739910313901, 0.44666666666666666),
	(true, '{country=AT,device=app}', 4.679166666666666, 1.7415254237288136, 2.937641242937853, 1.6868207623682077,
		2.4211659150378826, 0.5867986111111112, 0.6315321375186846, 0.2),
	(true, '{country=AT,device=web}', 3.176470588235294, 1.3316326530612246, 1.8448379351740696, 1.385395537525355,
		1.1971048374424305, 0.30943055555555554, 0.33301943198804185, 0.17),
	(true, '{country=AT,plan=free}', 4.4605263157894735, 1.8879310344827587, 2.572595281306715, 1.3626532083633742,
		1.8377214282144287, 0.4890347222222222, 0.5263153961136023, 0.19333333333333333),
	(true, '{country=AT,plan=pro}', 3.490740740740741, 1.17, 2.3207407407407405, 1.9835390946502058,
		1.848500775740194, 0.4071944444444444, 0.43823617339312404, 0.18),
	(true, '{country=DE,device=app}', 1.5223214285714286, 1.7172131147540983, -0.19489168618266978, -0.11349301056938288,
		-1.6180277587289658, -0.03232638888888889, -0.03479073243647235, 0.20333333333333334),
	(true, '{country=DE,device=web}', 1.5416666666666667, 1.096938775510204, 0.4447278911564626, 0.4054263565891473,
		-0.28381861003123077, 0.06565972222222222, 0.07066517189835575, 0.18),
	(true, '{country=DE,plan=free}', 1.2977941176470589, 1.4112903225806452, -0.11349620493358634, -0.08042016806722689,
		-1.2641415298043577, -0.03670833333333333, -0.0395067264573991, 0.22666666666666666),
	(true, '{country=DE,plan=pro}', 1.9107142857142858, 1.4791666666666667, 0.43154761904761907, 0.2917505030181087,
		-0.5648005435224742, 0.07004166666666667, 0.07538116591928251, 0.16),
	(true, '{country=FR,device=app}', 1.7897727272727273, 1.3125, 0.4772727272727273, 0.36363636363636365,
		-0.392659621899197, 0.06136111111111109, 0.06603886397608368, 0.14666666666666667),
	(true, '{country=FR,device=web}', 1.0714285714285714, 1.6607142857142858, -0.5892857142857143, -0.3548387096774194,
		-1.8721703447147764, -0.06175694444444445, -0.06646487294469357, 0.14),
	(true, '{country=FR,plan=free}', 1.3457446808510638, 1.4619565217391304, -0.1162118408880666, -0.07949062722455114,
		-1.2098070301458355, -0.019868055555555552, -0.021382660687593417, 0.15666666666666668),
	(true, '{country=FR,plan=pro}', 1.65625, 1.5277777777777777, 0.1284722222222222, 0.08409090909090909,
		-0.9217962765537392, 0.01947222222222222, 0.020956651718983556, 0.12),
	(true, '{device=app,plan=free}', 2.9176136363636362, 1.8286516853932584, 1.0889619509703778, 0.5954999301773495,
		-0.07811092772237303, 0.3198680555555556, 0.34425261584454414, 0.2966666666666667),
	(true, '{device=app,plan=pro}', 2.611111111111111, 1.369718309859155, 1.2413928012519562, 0.9063124821479577,
		0.4995774152873954, 0.29596527777777776, 0.3185276532137518, 0.24),
	(true, '{device=web,plan=free}', 1.7738095238095237, 1.3181818181818181, 0.4556277056277056, 0.34564860426929395,
		-0.4933784950883583, 0.11259027777777778, 0.12117339312406576, 0.28),
	(true, '{device=web,plan=pro}', 2.388392857142857, 1.3849206349206349, 1.0034722222222223, 0.7245702005730659,
		0.1789705888704256, 0.20074305555555555, 0.21604633781763824, 0.21);
CREATE TEMP TABLE answer AS
	SELECT false AS is_rate, d.* FROM unnest((SELECT key_drivers(attributes, spend, is_test,
		'{"max_length": 2, "max_results": 0, "min_support": 0, "keep_redundant": true}') FROM visit)) AS d
	UNION ALL SELECT true, d.* FROM unnest((SELECT key_drivers_rate(attributes, spend, hours, is_test,
		'{"max_length": 2, "max_results": 0, "min_support": 0, "keep_redundant": true}') FROM visit)) AS d;
-- attributes are in byte order, in the golden numbers too
SELECT is((SELECT count(*)::int FROM golden JOIN answer USING (is_rate, attributes)),
	(SELECT count(*)::int FROM golden), 'every combination');
SELECT is((SELECT count(*) FROM answer), (SELECT count(*) FROM golden), 'and no other');
SELECT cmp_ok((SELECT max(abs(a - g) / greatest(1, abs(g))) FROM golden AS w JOIN answer AS d USING (is_rate, attributes),
		LATERAL (VALUES (d.test, w.test), (d.control, w.control), (d.difference, w.difference),
			(d.relative_difference, w.relative_difference), (d.unexpected_difference, w.unexpected_difference),
			(d.contribution, w.contribution), (d.share_of_change, w.share_of_change), (d.support, w.support)) AS v(a, g)),
	'<', 1e-12::float8, 'exact fractions and numerical integrals');
SELECT is((SELECT sum(num_nulls(unexpected_difference, test, support)) FROM answer),
	(SELECT sum(num_nulls(unexpected_difference, test, support)) FROM golden), 'undefined where it should be');

-- PostgreSQL's cube of the same columns
SELECT is((SELECT count(*)::int FROM (
		SELECT ARRAY(SELECT a COLLATE "C" FROM unnest(array_remove(ARRAY[country, plan, device], NULL)) AS a ORDER BY 1) AS attributes,
			sum(spend) FILTER (WHERE is_test) AS test, sum(spend) FILTER (WHERE NOT is_test) AS control
		FROM visit GROUP BY CUBE (country, plan, device)) AS c
	JOIN unnest((SELECT key_drivers(attributes, spend, is_test,
			'{"max_results": 0, "min_support": 0, "keep_redundant": true}') FROM visit)) AS d
		ON d.attributes = c.attributes AND d.test = coalesce(c.test, 0) AND d.control = coalesce(c.control, 0)),
	(SELECT count(*)::int FROM (SELECT FROM visit GROUP BY CUBE (country, plan, device)) AS c), 'the sums of GROUP BY CUBE');

SELECT is((SELECT key_drivers(attributes, spend, is_test ORDER BY i % 17, i) FROM visit),
	(SELECT key_drivers(attributes, spend, is_test) FROM visit),
	'the same in any order');
SELECT is((SELECT key_drivers_rate(attributes, spend * 0.1, hours / 3, is_test ORDER BY sin(i)) FROM visit)::text,
	(SELECT key_drivers_rate(attributes, spend * 0.1, hours / 3, is_test) FROM visit)::text, 'to the last bit');
SELECT is((SELECT key_drivers(ARRAY[device, NULL, plan, country, plan], spend, is_test) FROM visit),
	(SELECT key_drivers(attributes, spend, is_test) FROM visit), 'NULL and repeated attributes, in any order');
SELECT is((SELECT key_drivers(attributes, spend, is_test)
		FROM (SELECT attributes, sum(spend) AS spend, is_test FROM visit GROUP BY 1, 3) AS v),
	(SELECT key_drivers(attributes, spend, is_test) FROM visit), 'rows may be added up beforehand');
SELECT is((SELECT key_drivers_rate(attributes, spend, hours, is_test)
		FROM (SELECT attributes, sum(spend) AS spend, sum(hours) AS hours, is_test FROM visit GROUP BY 1, 4) AS v),
	(SELECT key_drivers_rate(attributes, spend, hours, is_test) FROM visit), 'for a rate too');
SELECT is((SELECT key_drivers(attributes, nullif(spend, 3), is_test) FROM visit),
	(SELECT key_drivers(attributes, spend, is_test) FROM visit WHERE spend <> 3), 'a NULL skips its row');
SELECT is(key_drivers(NULL, 1, true), NULL, 'no rows give NULL');

-- the whole comes first; it is the only one without attributes
SELECT is((SELECT (attributes, test, control, share_of_change, support)::text
		FROM unnest((SELECT key_drivers(attributes, spend, is_test) FROM visit)) LIMIT 1),
	(SELECT ('{}'::text[], sum(spend) FILTER (WHERE is_test), sum(spend) FILTER (WHERE NOT is_test), 1::float8, 1::float8)::text
		FROM visit), 'all rows');

-- an attribute that always comes with another says nothing new, nor does one of all rows
SELECT results_eq($$SELECT attributes FROM unnest((SELECT key_drivers(ARRAY['all', country, 'hemisphere=' || CASE country WHEN 'country=FR'
		THEN 'west' ELSE 'east' END], spend, is_test) FROM visit)) ORDER BY 1$$,
	$$VALUES ('{}'::text[]), ('{country=AT}'), ('{country=DE}'), ('{country=FR}'), ('{hemisphere=east}'), ('{hemisphere=west}')$$,
	'redundant combinations are left out');
SELECT is(cardinality(key_drivers(ARRAY['all', country, 'hemisphere=' || CASE country WHEN 'country=FR' THEN 'west' ELSE 'east' END],
	spend, is_test, '{"keep_redundant": true}')), 1 + 6 + 8 + 3, 'or kept') FROM visit;

-- options
SELECT is((SELECT min(support) >= 0.3 FROM unnest((SELECT key_drivers(attributes, spend, is_test,
		'{"min_support": 0.3, "max_results": 0}') FROM visit))),
	true, 'no combination has less support');
SELECT is((SELECT count(*) FROM unnest((SELECT key_drivers(attributes, spend, is_test,
		'{"min_support": 0.3, "max_results": 0}') FROM visit))),
	(SELECT count(*) FROM unnest((SELECT key_drivers(attributes, spend, is_test, '{"min_support": 0, "max_results": 0}') FROM visit))
		WHERE support >= 0.3), 'and all that have it are there');
SELECT is(cardinality(key_drivers(attributes, spend, is_test, '{"max_results": 4}')), 5, 'the four most important') FROM visit;
SELECT is((SELECT max(cardinality(attributes))
	FROM unnest((SELECT key_drivers(attributes, spend, is_test, '{"max_length": 1}') FROM visit))),
	1, 'single attributes');
CREATE FUNCTION pg_temp.ranked(options jsonb) RETURNS TABLE (o bigint, d key_driver) LANGUAGE sql AS $$
	SELECT o, drivers[o] FROM (SELECT key_drivers(attributes, spend, is_test, options) AS drivers FROM visit) AS v,
		generate_subscripts(drivers, 1) AS o $$;
SELECT is((SELECT bool_and(x >= y) FROM (SELECT abs((d).contribution) AS x, lead(abs((d).contribution)) OVER (ORDER BY o) AS y
	FROM pg_temp.ranked('{}') WHERE o > 1) AS t), true, 'by contribution');
SELECT is((SELECT bool_and(x >= y) FROM (SELECT abs((d).unexpected_difference) AS x,
		lead(abs((d).unexpected_difference)) OVER (ORDER BY o) AS y
	FROM pg_temp.ranked('{"rank_by": "unexpected_difference"}') WHERE o > 1) AS t), true, 'by what is unexpected');
SELECT is((SELECT (d).attributes FROM pg_temp.ranked('{"rank_by": "unexpected_difference"}') WHERE o = 2),
	'{country=AT}', 'what was planted is found');
SELECT is((SELECT bool_and(x >= y) FROM (SELECT abs((d).relative_difference) AS x,
		lead(abs((d).relative_difference)) OVER (ORDER BY o) AS y
	FROM pg_temp.ranked('{"rank_by": "relative_difference"}') WHERE o > 1) AS t), true, 'by the relative difference');

-- one group only, no change, a denominator of zero
SELECT is((SELECT array_agg(d::text) FROM unnest(drivers) AS d), ARRAY['({},6,0,6,,,6,1,1)', '({a},6,0,6,,,6,1,1)'],
	'only rows of the test group')
FROM (SELECT key_drivers('{a}', i, true, '{"keep_redundant": true}') AS drivers FROM generate_series(1, 3) AS i) AS t;
SELECT is((SELECT array_agg(d::text) FROM unnest(drivers) AS d), ARRAY['({},3,3,0,0,,0,,1)', '({a},1,2,-1,-0.5,-3,-1,,0.6666666666666666)',
	'({b},2,1,1,1,1.5,1,,0.6666666666666666)'], 'no change to explain')
FROM (SELECT key_drivers(ARRAY[a], x, t) AS drivers
	FROM (VALUES ('a', 2, false), ('b', 1, false), ('a', 1, true), ('b', 2, true)) AS v(a, x, t)) AS t;
SELECT is((SELECT array_agg(d::text) FROM unnest(drivers) AS d), ARRAY['({},2,,,,,,,1)'], 'nothing to divide by')
FROM (SELECT key_drivers_rate('{a}', i * 2, CASE WHEN i > 1 THEN i ELSE 0 END, i > 1) AS drivers FROM generate_series(1, 3) AS i) AS t;
SELECT throws_ok($$SELECT key_drivers_rate('{a}', 1, -1, true)$$, '22023', 'denominator is out of range: -1', 'a negative denominator');
SELECT throws_ok($$SELECT key_drivers('{a}', x, true) FROM unnest('{1.7e308,1.7e308}'::float8[]) AS x$$, '22003', NULL,
	'sums beyond float8');

SELECT * FROM finish();
ROLLBACK;
