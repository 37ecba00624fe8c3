-- Linear, logistic, Poisson and gamma regressions against R's lm and glm.
-- The golden answers are printed by test/oracle/regression.R.
BEGIN;
SELECT plan(16);

CREATE TEMP TABLE learners AS
SELECT a, b, c, (1 + i % 3)::float8 AS w,
	0.3 * a - 0.05 * b + 6 * noise > 4.5 AS yes,
	20 + 3 * a + b / 4 + 40 * noise AS spend,
	floor(exp(0.1 * a + 0.5 * c + noise) * 0.8) AS orders,
	ln(1 + (i * 13) % 29 / 4::float8) AS log_time
FROM generate_series(1, 240) AS i,
	LATERAL (SELECT ((i * 7919) % 101)::float8 / 10 AS a, ((i * 104729) % 37 - 18)::float8 AS b, ((i * 31) % 2)::float8 AS c,
		((i * 31337) % 211)::float8 / 211 AS noise) AS x;

CREATE TEMP TABLE golden (key, want) AS SELECT key, want::float8[] FROM (VALUES
	('linear coefficients', '{39.937054930368653,1.1752790337443886,33.980913284167855,2.3054540044641848e-129,2.9545012977805283,
	0.18001454764936389,16.412569630402139,2.6787324858533591e-48,0.11418377307900827,0.049397496352889064,2.3115295614031686,
	0.02122979130643448,0.18078606664593791,1.0512180167642986,0.17197770944071755,0.86352814430609315}'),
	('linear intervals', '{37.633550352444615,42.240559508292691,2.6016792676945055,3.307323327866551,0.017366459300897058,
	0.21100108685711949,-1.8795633861117094,2.2411355194035854}'),
	('linear statistics', '{62813.903022030579,98610.320949731467,3711.7708845580601,-1850.88544227903,476,131.96198113871969}'),
	('linear hc0', '{1.1465030866359081,0.17816428423332853,0.045962732299262871,1.0413335562271069}'),
	('linear hc1', '{1.151310248543957,0.17891130756935283,0.046155449003190144,1.0456997538094948}'),
	('linear hc2', '{1.1517531968190775,0.17904076366507815,0.046191458756117701,1.0455391250030488}'),
	('linear hc3', '{1.157031823577938,0.1799221999886248,0.046421499602857456,1.049765357698889}'),
	('logistic coefficients', '{-0.9051960486085977,0.22688416986129745,-3.9896835868363008,6.616149412076288e-05,
	0.18412961569598399,0.035281039201699636,5.2189396872162908,1.7995034613402748e-07,-0.06920856643852015,0.0099133969222601689,
	-6.9813169977200102,2.9242564512355116e-12,0.012373086087655402,0.20040699061912606,0.06173979285568177,
	0.95077005028189909}'),
	('logistic intervals', '{-1.3498808501990087,-0.4605112470181868,0.11498004952350693,0.25327918186846105,
	-0.088638467370600299,-0.049778665506440001,-0.38041739777588807,0.4051635699511989}'),
	('logistic statistics', '{580.30299870245096,665.28795383068871,588.30299870245096,-290.15149935122548,476,1}'),
	('logistic hc0', '{0.22969317297665323,0.034980132995533937,0.0097530999339721387,0.20008256415490105}'),
	('logistic hc1', '{0.23065625130111847,0.035126800863099772,0.0097939936140978342,0.20092148843873567}'),
	('logistic hc2', '{0.23079317767663562,0.035153664392248485,0.0097993098372699868,0.20093832761330846}'),
	('logistic hc3', '{0.23189940954768215,0.035328198476527968,0.0098457829382189652,0.20179847492479647}'),
	('poisson coefficients', '{-0.019592227194397828,0.076343152340209039,-0.25663372016770697,0.79746154164603966,
	0.11851831685837093,0.010007298939244987,11.843187415295969,2.3341037994022031e-32,-0.0029435711746117941,
	0.002692040719063162,-1.093434862915508,0.27420291357141541,0.58708658682520454,0.058696666096488943,10.002043146030099,
	1.4928472794955517e-23}'),
	('poisson intervals', '{-0.16922205624746225,0.13003760185866661,0.098904371354924872,0.13813226236181697,
	-0.0082198740288909004,0.0023327316796673118,0.47204323526351299,0.70212993838689608}'),
	('poisson statistics', '{169.73504435015559,415.99501070008614,1480.371109254871,-736.18555462743552,476,1}'),
	('poisson hc0', '{0.042164028340345876,0.0060416695100883253,0.001570008543416455,0.034691465995620445}'),
	('poisson hc1', '{0.042340817494505932,0.0060670015688228844,0.0015765914173338489,0.034836923514062756}'),
	('poisson hc2', '{0.04235681908078013,0.0060756610584125929,0.0015794263164633443,0.034850264408962495}'),
	('poisson hc3', '{0.042550983515150034,0.0061099140056076751,0.0015889178487992429,0.035010086668295907}'),
	('poisson offset coefficients', '{-1.1171305500228248,0.065946517200275459,-16.939947664410678,2.2832768559109147e-64,
	0.1040402035991205,0.010021364551355032,10.381840024475785,2.9993773436979965e-25,-0.0013808753454580187,
	0.0026458808128582228,-0.52189627694012519,0.60174255066868865}'),
	('poisson offset intervals', '{-1.2463833486412159,-0.98787775140443368,0.084398690002518248,0.12368171719572275,
	-0.0065667064460456972,0.0038049557551296594}'),
	('poisson offset statistics', '{719.04439901717024,831.86990636982262,2027.6804639218856,-1010.8402319609428,477,1}'),
	('poisson offset hc0', '{0.064241880483480049,0.011024900064002743,0.003167129404967967}'),
	('poisson offset hc1', '{0.06444358233138342,0.0110595152200213,0.0031770733208173405}'),
	('poisson offset hc2', '{0.064458338309316701,0.01107070597596669,0.003181229790361422}'),
	('poisson offset hc3', '{0.064676347555200464,0.011116909363100015,0.0031954578253768013}'),
	('gamma coefficients', '{3.7148860999697462,0.022212323764728991,167.24437025668715,0,0.055163864236053434,
	0.0034022060293288172,16.214145692680489,2.1525342205844844e-47,0.0024558422609386637,0.00093359376850419391,
	2.6305255495368396,0.0088016063051023288,0.00064691784480507746,0.019867618042408896,0.032561419462775236,
	0.97403798503502925}'),
	('gamma intervals', '{3.6713507453779344,3.758421454561558,0.048495662950583933,0.061832065521522935,0.00062603209847941939,
	0.0042856524233979079,-0.038292897976914521,0.039586733666524675}'),
	('gamma statistics', '{23.444259872394582,35.719552814061338,3733.560864897197,-1861.7804324485985,476,0.047136229509632095}'),
	('gamma hc0', '{0.024200140166067374,0.0034595757482697911,0.00087670557874092224,0.019683208017247173}'),
	('gamma hc1', '{0.024301608704034507,0.0034740813705824943,0.00088038150923934336,0.019765737553287401}'),
	('gamma hc2', '{0.024315452918390844,0.0034771644713631573,0.00088126362364077267,0.019764183619363253}'),
	('gamma hc3', '{0.024431424055588419,0.0034948579747379419,0.00088584972112344055,0.019845573627183408}'),
	('no intercept coefficients', '{0.11649191767714302,0.0061456706783666118,18.955118777712329,4.0064838913696053e-80,
	-0.0029523993253686692,0.0026876416135920246,-1.098509306612051,0.27198215605706672,0.57945840651454428,0.050517866399943601,
	11.470365789541564,1.858719233185849e-30}'),
	('no intercept intervals', '{0.10444662448670063,0.12853721086758543,-0.0082200800913601532,0.002315281440622814,
	0.48044520779484873,0.67847160523423988}'),
	('no intercept statistics', '{169.80110610673458,1289.9298239629288,1478.4371710114499,-736.21858550572495,477,1}'),
	('no intercept hc0', '{0.0037417318756538952,0.0015677645696168497,0.029928634952652567}'),
	('no intercept hc1', '{0.0037534798853323236,0.0015726869194669813,0.030022602640549647}'),
	('no intercept hc2', '{0.0037585702679633157,0.0015757636352062574,0.03003952895736357}'),
	('no intercept hc3', '{0.0037755124229318119,0.0015838182215907584,0.030151002128051413}'),
	('linear student intervals', '{37.627678371623176,42.24643148911413,2.6007798710907819,3.3082227244702747,
	0.017119657356096593,0.21124788880191997,-1.8848155278213476,2.2463876611132236}'),
	('linear r squared', '{0.36300883703592052}')
) AS g (key, want);

CREATE TEMP TABLE models AS
SELECT std_errors,
	linear_train(spend, ARRAY[a, b, c], options, w) AS linear,
	logistic_train(yes, ARRAY[a, b, c], options, w) AS logistic,
	poisson_train(orders, ARRAY[a, b, c], options, w) AS poisson,
	poisson_train(orders, ARRAY[a, b, log_time], options || '{"offset": 3}', w) AS poisson_offset,
	gamma_train(spend, ARRAY[a, b, c], options, w) AS gamma,
	poisson_train(orders, ARRAY[a, b, c], options || '{"intercept": false}', w) AS no_intercept
FROM learners, unnest(ARRAY['model', 'hc0', 'hc1', 'hc2', 'hc3']) AS std_errors,
	LATERAL (SELECT regression_options(std_errors => std_errors) AS options) AS o
GROUP BY std_errors;

CREATE TEMP TABLE fits AS
SELECT std_errors, key, model
FROM models, LATERAL (VALUES ('linear', linear), ('logistic', logistic), ('poisson', poisson), ('poisson offset', poisson_offset),
	('gamma', gamma), ('no intercept', no_intercept)) AS m (key, model);

-- how far apart, relative to the larger, or absolute below 1e-3
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8 LANGUAGE sql AS $$
	SELECT CASE WHEN cardinality(got) = cardinality(want)
		THEN max(abs(g - w) / greatest(abs(g), abs(w), 1e-3)) ELSE 'infinity' END
	FROM unnest(got, want) AS x (g, w)
$$;

SELECT cmp_ok(max(pg_temp.gap(got, want)), '<', 1e-8::float8, fits.key || ': coefficients, standard errors, statistics, p-values as R')
FROM fits JOIN golden AS g ON g.key = fits.key || ' coefficients',
	LATERAL (SELECT array_agg(x ORDER BY n, k) AS got
		FROM coefficients(model) WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n),
			LATERAL (VALUES (1, estimate), (2, std_error), (3, statistic), (4, p_value)) AS x (k, x)
		WHERE std_error IS NOT NULL) AS c
WHERE std_errors = 'model'
GROUP BY fits.key ORDER BY fits.key;

SELECT cmp_ok(max(pg_temp.gap(got, want)), '<', 1e-9::float8, 'deviances, AIC, log-likelihood, degrees of freedom, dispersion as R')
FROM fits JOIN golden AS g ON g.key = fits.key || ' statistics',
	LATERAL (SELECT array_agg((model_info(model) ->> name)::float8 ORDER BY n) AS got
		FROM unnest(ARRAY['deviance', 'null_deviance', 'aic', 'log_likelihood', 'degrees_of_freedom', 'dispersion'])
			WITH ORDINALITY AS x (name, n)) AS i
WHERE std_errors = 'model';

SELECT cmp_ok(max(pg_temp.gap(got, want)), '<', 1e-8::float8, 'intervals of normal tests as R')
FROM fits JOIN golden AS g ON g.key = fits.key || ' intervals',
	LATERAL (SELECT array_agg(x ORDER BY n, k) AS got
		FROM coefficients(model) WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n),
			LATERAL (VALUES (1, low), (2, high)) AS x (k, x)
		WHERE std_error IS NOT NULL) AS c
WHERE std_errors = 'model' AND fits.key IN ('logistic', 'poisson', 'poisson offset', 'no intercept');

SELECT cmp_ok(pg_temp.gap(array_agg(x ORDER BY n, k), (SELECT want FROM golden WHERE key = 'linear student intervals')), '<', 1e-8::float8,
	'intervals of Student''s tests as R')
FROM fits, coefficients(model) WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n),
	LATERAL (VALUES (1, low), (2, high)) AS x (k, x)
WHERE std_errors = 'model' AND key = 'linear';

SELECT cmp_ok(pg_temp.gap(ARRAY[(model_info(model) ->> 'r_squared')::float8], (SELECT want FROM golden WHERE key = 'linear r squared')),
	'<', 1e-12::float8, 'r_squared as R')
FROM fits WHERE std_errors = 'model' AND key = 'linear';

SELECT cmp_ok(max(pg_temp.gap(got, want)), '<', 1e-8::float8, std_errors || ': robust standard errors as R')
FROM fits JOIN golden AS g ON g.key = fits.key || ' ' || std_errors,
	LATERAL (SELECT array_agg(std_error ORDER BY n) AS got
		FROM coefficients(model) WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n)
		WHERE std_error IS NOT NULL) AS c
GROUP BY std_errors ORDER BY std_errors;

-- a prediction is the inverse link of the sum
SELECT cmp_ok(max(abs(predict(l.logistic, ARRAY[a, b, c]) - 1 / (1 + exp(-(s -> 0)::float8 - (s -> 1)::float8 * a - (s -> 2)::float8 * b -
	(s -> 3)::float8 * c)))), '<', 1e-15::float8, 'logistic predictions')
FROM models AS l, learners, LATERAL (SELECT jsonb_agg(estimate) AS s FROM coefficients(l.logistic)) AS x
WHERE std_errors = 'model';

SELECT cmp_ok(max(abs(predict(p.poisson, ARRAY[a, b, c]) / exp((s -> 0)::float8 + (s -> 1)::float8 * a + (s -> 2)::float8 * b +
	(s -> 3)::float8 * c) - 1)), '<', 1e-14::float8, 'Poisson predictions')
FROM models AS p, learners, LATERAL (SELECT jsonb_agg(estimate) AS s FROM coefficients(p.poisson)) AS x
WHERE std_errors = 'model';
SELECT * FROM finish();
ROLLBACK;
