-- linucb_state, linucb_score, linear_thompson_sample, linucb_coefficients: golden answers of numpy, ridge regression, regret.
BEGIN;
SELECT plan(24);
SET LOCAL extra_float_digits = 1;

-- made by test/oracle/linucb.py
CREATE TEMP TABLE golden (dim int, lambda float8, n int, coefficients float8[], widths float8[], means float8[], score_widths float8[]);
INSERT INTO golden VALUES
	(1, 1.0, 40, '{0.06561360874848116}', '{0.19718554337886554}', '{-0.06561360874848116,-0.03280680437424058,0.0}',
		'{0.19718554337886554,0.09859277168943277,0.0}'),
	(2, 0.1, 1, '{-0.5319148936170215,0.531914893617021}', '{2.3595287424663476,2.3595287424663476}', '{0.797872340425532,
		-0.2659574468085103,0.531914893617021}', '{1.5895268933493547,3.375180583558635,2.3595287424663476}'),
	(3, 1.0, 40, '{0.06762991556321478,0.09655075627752767,-0.08152441451008584}', '{0.19725311899912093,0.1785296480900724,
		0.17618596285428245}', '{0.021407669830591974,-0.17112792131417798,-0.025735865487601088}', '{0.23776144914549813,
		0.2355735149096901,0.29113732379927487}'),
	(5, 50.0, 200, '{0.06917776060958002,0.06673809039072562,-0.09268344202451495,-0.00021165569771695967,
		-0.22631860044554175}', '{0.07942785259717057,0.07112289158079965,0.0705186966879256,0.07606048006150823,
		0.0764106733451651}', '{-0.10252046677587212,0.07854408088891016,-0.298923156638164}', '{0.11906104855157362,
		0.1305553871210785,0.18398080303281894}'),
	(10, 1.0, 6, '{-0.2720590951604593,0.28129188513262027,0.07572426885043304,0.0679024934552205,-0.12172120507196732,
		0.1370421666081923,0.010243062653489836,-0.4064836393668681,0.10116643549894899,-0.23828364001603597}',
		'{0.7590575338413218,0.49538946887910756,0.6084643887567132,0.6744101817838267,0.7743984541766432,0.7353284706106339,
		0.8027792421217231,0.6567103704419598,0.6529718018385734,0.8328858309141062}', '{0.7038329705738925,
		-0.05267986443546038,0.10338720501379356}', '{1.8509922892136659,1.5623717579200795,2.070378550031487}'),
	(10, 0.25, 500, '{0.1860815248500311,0.1545380861579669,-0.15359056754114744,-0.09814773210596403,-0.38032613475109317,
		0.021855725044127028,0.015049010394404483,-0.11855628515812862,0.12693547981427394,0.08003529982959512}',
		'{0.07040210846164895,0.05991319714145266,0.061573656645166966,0.0723468910801545,0.07416246778001571,
		0.052090777566640364,0.06454803768651084,0.060537131010675524,0.06712510219636354,0.07084511438265309}',
		'{-0.07552926480830416,-0.054262929089527345,-0.3789805840967335}', '{0.1728730235965499,0.18384543936177686,
		0.20686499272076475}');
CREATE TEMP TABLE element AS
	SELECT g.*, i, ARRAY(SELECT ((i * (j + 3) * 7 + j * j * i * i) % 23 - 11) / 8.0 FROM generate_series(1, dim) AS j)::float8[] AS x,
		(i * 5) % 9 / 4.0 - 0.5 AS r
	FROM golden AS g, generate_series(1, n) AS i;
CREATE TEMP TABLE arm AS
	SELECT dim, lambda, n, coefficients, widths, means, score_widths, linucb_state(x, r, lambda) AS state,
		linucb_state(x::feature_vector, r, lambda) AS vectors
	FROM element GROUP BY 1, 2, 3, 4, 5, 6, 7;
CREATE TEMP TABLE context AS
	SELECT a.*, c, ARRAY(SELECT (c * j * j % 7 - 3) / 2.0 FROM generate_series(1, dim) AS j)::float8[] AS x
	FROM arm AS a, generate_series(1, 3) AS c;
SELECT cmp_ok(max(abs(coefficient - coefficients[feature::int])), '<', 1e-12::float8, 'coefficients of numpy')
FROM arm, linucb_coefficients(state);
SELECT cmp_ok(max(abs(width - widths[feature::int])), '<', 1e-12::float8, 'their widths') FROM arm, linucb_coefficients(state);
SELECT cmp_ok(max(abs(linucb_score(state, x, 0) - means[c])), '<', 1e-12::float8, 'means of numpy') FROM context;
SELECT cmp_ok(max(abs(linucb_score(state, x, 0.5) - means[c] - 0.5 * score_widths[c])), '<', 1e-12::float8, 'scores of numpy')
FROM context;
SELECT is(count(*) FILTER (WHERE state::text = vectors::text AND linucb_score(state, x, 1) = linucb_score(vectors, x::feature_vector, 1)),
	18::bigint, 'feature_vector gives the same bits') FROM context;
SELECT is(string_agg(feature, ' '), 'one two three', 'names') FROM arm, linucb_coefficients(state, '{one,two,three}') WHERE dim = 3;

-- the mean is that of ridge regression
SELECT cmp_ok(max(abs(l.coefficient - r.estimate)), '<', 1e-11::float8, 'coefficients of linear_train')
FROM (SELECT dim, lambda, n, linear_train(r, x, jsonb_build_object('intercept', false, 'l2', lambda)) AS model,
			linucb_state(x, r, lambda) AS state
		FROM element GROUP BY 1, 2, 3) AS t, coefficients(model) AS r, linucb_coefficients(state) AS l WHERE l.feature = r.feature;
SELECT cmp_ok(max(abs(linucb_score(state, x, 0) - predict(model, x))), '<', 1e-11::float8, 'and its predictions')
FROM (SELECT dim, lambda, n, linear_train(r, x, jsonb_build_object('intercept', false, 'l2', lambda)) AS model,
			linucb_state(x, r, lambda) AS state
		FROM element GROUP BY 1, 2, 3) AS t JOIN element USING (dim, lambda, n);

-- the same rows, the same bits; days add up, and users are forgotten
CREATE TABLE shown AS
	SELECT i, i % 7 AS day, i * 7919 % 41 AS user_id, ARRAY[1, sin(i), 1e9 + i % 3, exp(i % 90 - 45)]::float8[] AS x, (i % 5) / 3.0 AS r
	FROM generate_series(1, 3000) AS i;
ANALYZE shown;
CREATE TEMP TABLE whole AS SELECT linucb_state(x, r ORDER BY i) AS state FROM shown;
SELECT is(linucb_state(x, r ORDER BY md5(i::text))::text, (SELECT state::text FROM whole), 'any order') FROM shown;
SELECT is(rollup(s ORDER BY day DESC)::text, (SELECT state::text FROM whole), 'days add up')
FROM (SELECT day, linucb_state(x, r) AS s FROM shown GROUP BY day) AS d;
SELECT is((SELECT count(*) FROM (SELECT DISTINCT user_id FROM shown) AS u,
	LATERAL (SELECT linucb_state(x, r) FILTER (WHERE shown.user_id = u.user_id) AS part,
		linucb_state(x, r) FILTER (WHERE shown.user_id <> u.user_id) AS others FROM shown) AS s
	WHERE rollup_subtract((SELECT state FROM whole), part)::text = others::text), 41::bigint, 'every user in turn is forgotten');
SELECT ok(rollup_subtract(state, state) IS NULL, 'nothing is left of nobody') FROM whole;
SELECT ok(state::text::segment_summary = state, 'through text') FROM whole;
SELECT is((SELECT (linucb_state(x, r) OVER (ORDER BY i))::text FROM shown WHERE i <= 200 ORDER BY i DESC LIMIT 1),
	(SELECT linucb_state(x, r)::text FROM shown WHERE i <= 200), 'over a window');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(linucb_state(x, r)::text, (SELECT state::text FROM whole), 'in a parallel plan') FROM shown;

-- contexts whose elements add up to others, or that no row has
CREATE TEMP TABLE singular AS
	SELECT linucb_state(ARRAY[1, i % 2, 1 - i % 2, 0], 2 * (i % 2) + 1) AS state FROM generate_series(1, 1000) AS i;
SELECT cmp_ok(max(abs(linucb_score(state, ARRAY[1, k, 1 - k, 0], 0) - (2 * k + 1))), '<', 0.01::float8, 'collinear elements')
FROM singular, generate_series(0, 1) AS k;
-- 1, 0, 0 and 0, 1, 0 are known only as far as their difference is
SELECT cmp_ok(abs(linucb_score(state, '{0,0,0,2}', 1) - 2), '<', 1e-15::float8, 'an element that no row has is known by lambda')
FROM singular;
SELECT ok(linucb_score(state, '{1,-1,-1,0}', 1) - linucb_score(state, '{1,-1,-1,0}', 0) BETWEEN 1.5 AND sqrt(3),
	'a direction that no row has, too') FROM singular;
SELECT is(linucb_score(s, '{3,4}', 0.5), 0.5 * l2_norm(ARRAY[3, 4]) / sqrt(4), 'what a new arm would score')
FROM (SELECT linucb_state('{0,0}'::float8[], 7, 4) AS s) AS t;

-- Regret: users of three kinds, each with an arm that it likes. 40 rounds of 25 users, states are updated after each. The same draws
-- decide about rewards whatever is shown.
CREATE TEMP TABLE chance (arm text, kind int, p float8);
INSERT INTO chance VALUES ('a', 0, 0.6), ('a', 1, 0.2), ('a', 2, 0.2), ('b', 0, 0.2), ('b', 1, 0.6), ('b', 2, 0.2),
	('c', 0, 0.2), ('c', 1, 0.2), ('c', 2, 0.7);
CREATE FUNCTION pg_temp.regret(context_of text, score text) RETURNS float8 LANGUAGE plpgsql AS $f$
DECLARE
	result float8;
BEGIN
	CREATE TEMP TABLE played (arm text, context float8[], reward float8, lost float8);
	CREATE TEMP TABLE known (arm text, state segment_summary);
	FOR step IN 0..39 LOOP
		EXECUTE format($$
			INSERT INTO played
			SELECT arm, context, (thompson_sample(0, 0, user_id, 'reward') < p)::int, best - p
			FROM (SELECT user_id, user_id * 7 %% 3 AS kind, %s AS context FROM generate_series(%s, %s) AS user_id) AS u,
				LATERAL (SELECT arm, p, max(p) OVER () AS best, %s AS score
					FROM chance LEFT JOIN known USING (arm) WHERE chance.kind = u.kind ORDER BY score DESC, arm LIMIT 1) AS choice
		$$, context_of, step * 25, step * 25 + 24, score);
		TRUNCATE known;
		INSERT INTO known SELECT arm, linucb_state(context, reward) FROM played GROUP BY arm;
	END LOOP;
	SELECT sum(lost) INTO result FROM played;
	DROP TABLE played, known;
	RETURN result;
END $f$;
CREATE TEMP TABLE regret AS SELECT
	pg_temp.regret('ARRAY[(user_id * 7 % 3 = 0)::int, (user_id * 7 % 3 = 1)::int, (user_id * 7 % 3 = 2)::int]::float8[]',
		'coalesce(linucb_score(state, context, 0.5), 0.5 * l2_norm(context))') AS linucb,
	pg_temp.regret('ARRAY[(user_id * 7 % 3 = 0)::int, (user_id * 7 % 3 = 1)::int, (user_id * 7 % 3 = 2)::int]::float8[]',
		'coalesce(linear_thompson_sample(state, context, 0.5, user_id, arm), 0.5)') AS thompson,
	pg_temp.regret('ARRAY[1]::float8[]', 'coalesce(linucb_score(state, context, 0.5), 0.5)') AS without_context;
SELECT cmp_ok(linucb, '<', without_context / 4, 'LinUCB loses less than a bandit that does not look at the user') FROM regret;
SELECT cmp_ok(thompson, '<', without_context / 4, 'and so does linear Thompson sampling') FROM regret;

-- draws have the mean and the width of the score
SELECT ok(abs(avg(z)) < 0.05 AND abs(stddev(z) - 1) < 0.05 AND count(DISTINCT z) = 6000, 'draws are normal')
FROM (SELECT (linear_thompson_sample(state, '{1,0,0.5}', 2, seed, key) - linucb_score(state, '{1,0,0.5}', 0))
			/ (linucb_score(state, '{1,0,0.5}', 2) - linucb_score(state, '{1,0,0.5}', 0)) AS z
		FROM arm, generate_series(1, 3000) AS seed, unnest('{a,b}'::text[]) AS key WHERE dim = 3) AS d;

SELECT throws_ok($$SELECT rollup(s) FROM (SELECT linucb_state(x, r, 1 + day % 2) AS s FROM shown GROUP BY day) AS d$$, '22023',
	'lambda must be the same for all summaries', 'states with another lambda');
SELECT throws_ok($$SELECT rollup_subtract(linucb_state(x, r), linucb_state(x, r + 1)) FROM shown$$, '22023',
	'part has rows that whole has not', 'rows that are not there');

SELECT * FROM finish();
ROLLBACK;
