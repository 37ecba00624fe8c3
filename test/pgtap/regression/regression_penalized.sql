-- Ridge, lasso and elastic net against scikit-learn: the same objective, the same coefficients.
-- The golden answers are printed by test/oracle/regression_penalized.py.
BEGIN;
SELECT plan(19);

CREATE TEMP TABLE learners AS
SELECT ARRAY[a, b, c, d] AS x, 0.3 * a - 0.05 * b + 6 * noise > 4.5 AS yes, spend, orders,
	CASE WHEN spend > 60 THEN 'pro' WHEN orders > 1 THEN 'team' ELSE 'free' END AS plan
FROM generate_series(1, 300) AS i,
	LATERAL (SELECT ((i * 7919) % 101)::float8 / 10 AS a, ((i * 104729) % 37)::float8 / 10 AS b, ((i * 31) % 2)::float8 AS c,
		((i * 613) % 17)::float8 / 4 AS d, ((i * 31337) % 211)::float8 / 211 AS noise) AS u,
	LATERAL (SELECT 20 + 3 * a + b / 4 + 40 * noise AS spend, floor(exp(0.1 * a + 0.5 * c + noise) * 0.8) AS orders) AS v;

CREATE TEMP TABLE golden (key, want) AS SELECT key, want::float8[] FROM (VALUES
('ridge', '{41.794118951494674,2.8984716026555821,-0.4799429152180345,-0.23442515398246741,0.066050214167886243}'),
	('lasso', '{41.019914682994163,2.8842953796468285,-0,-0,0}'),
	('elastic net', '{41.568826225138487,2.7750302594535454,-0,-0,0}'),
	('logistic l2', '{-0.86311934349351083,0.2054463254741066,-0.16500307896197969,0.0017106583216920232,0.05661846773465648}'),
	('logistic l1', '{-0.85243569701913313,0.19296258006304087,-0.073101198153256691,0,0}'),
	('logistic elastic net', '{-0.85178961831974753,0.19159875581238095,-0.069642560882127336,0,0}'),
	('poisson l2', '{0.067287836483944569,0.11605983405093011,-0.023148999470695132,0.53559811987897044,0.0018378188417802089}'),
	('softmax l2', '{1.4976046523773483,-0.33768032822921146,0.034663532777098556,-1.1636963105972353,0.055524910413542787,
	-1.055451021243704,0.27794296795391765,-0.06572008629499014,0.20214210340214031,-0.019432567747245659,-0.44215363113364359,
	0.059737360275296025,0.031056553517893312,0.96155420719509466,-0.036092342666295803}'),
	('softmax elastic net', '{1.3436430826892598,-0.33356347870171599,0,-0.82408581279231552,0,-1.0977760404841315,
	0.21602613073799759,0,0,0,-0.24586704220516528,0,0,0.58237787843560052,0}')
) AS g (key, want);

CREATE TEMP TABLE fits (key, family, l1, l2, model) AS
SELECT 'ridge', 'linear', 0.0, 50.0, linear_train(spend, x, '{"l2": 50}') FROM learners
UNION ALL SELECT 'lasso', 'linear', 200, 0, linear_train(spend, x, '{"l1": 200}') FROM learners
UNION ALL SELECT 'elastic net', 'linear', 200, 100, linear_train(spend, x, '{"l1": 200, "l2": 100}') FROM learners
UNION ALL SELECT 'logistic l2', 'logistic', 0, 5, logistic_train(yes, x, '{"l2": 5}') FROM learners
UNION ALL SELECT 'logistic l1', 'logistic', 8, 0, logistic_train(yes, x, '{"l1": 8}') FROM learners
UNION ALL SELECT 'logistic elastic net', 'logistic', 8, 4, logistic_train(yes, x, '{"l1": 8, "l2": 4}') FROM learners
UNION ALL SELECT 'poisson l2', 'poisson', 0, 10, poisson_train(orders, x, '{"l2": 10}') FROM learners
UNION ALL SELECT 'softmax l2', 'softmax', 0, 5, softmax_train(plan, x, '{"l2": 5}') FROM learners
UNION ALL SELECT 'softmax elastic net', 'softmax', 8, 4, softmax_train(plan, x, '{"l1": 8, "l2": 4}') FROM learners;

-- the loss that both minimize, at coefficients (b0, b1, ..., b4), for each class of softmax
CREATE FUNCTION pg_temp.objective(family text, l1 float8, l2 float8, b float8[]) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(CASE family WHEN 'linear' THEN (spend - eta[1]) ^ 2 / 2
			WHEN 'logistic' THEN ln(1 + exp(CASE WHEN yes THEN -eta[1] ELSE eta[1] END))
			WHEN 'poisson' THEN exp(eta[1]) - orders * eta[1]
			ELSE ln(exp(eta[1]) + exp(eta[2]) + exp(eta[3]))
				- eta[CASE plan WHEN 'free' THEN 1 WHEN 'pro' THEN 2 ELSE 3 END] END)
		+ (SELECT sum(l1 * abs(c) + l2 / 2 * c ^ 2) FROM unnest(b) WITH ORDINALITY AS u (c, n) WHERE n % 5 <> 1)
	FROM learners, LATERAL (SELECT array_agg(b[k * 5 + 1] + b[k * 5 + 2] * x[1] + b[k * 5 + 3] * x[2] + b[k * 5 + 4] * x[3]
		+ b[k * 5 + 5] * x[4] ORDER BY k) AS eta FROM generate_series(0, cardinality(b) / 5 - 1) AS k) AS e
$$;
CREATE TEMP TABLE answers AS
SELECT f.*, want, (SELECT array_agg(estimate ORDER BY n) FROM coefficients(model)
	WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n)) AS got
FROM fits AS f JOIN golden USING (key);

SELECT cmp_ok(pg_temp.objective(family, l1, l2, got) / pg_temp.objective(family, l1, l2, want) - 1, '<', 1e-12::float8,
	key || ': no worse an objective than scikit-learn''s')
FROM answers ORDER BY key;
SELECT cmp_ok((SELECT max(abs(g - w)) FROM unnest(got, want) AS u (g, w)), '<', 2e-5::float8, key || ': its coefficients')
FROM answers ORDER BY key;
SELECT is((SELECT array_agg(DISTINCT (g = 0) = (w = 0)) FROM answers, unnest(got, want) AS u (g, w)), '{t}',
	'the same ones are exactly 0');
SELECT * FROM finish();
ROLLBACK;
