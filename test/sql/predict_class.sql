-- predict_class, predict_probabilities, predict_cost, explain_prediction: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i AS user_id, i * 37 % 61 AS days, i * 13 % 8 AS lessons, i * 7919 % 1009 % 7 < 2 + i * 13 % 8 / 3 AS churned,
		i * 13 % 8 * 2 + i * 7919 % 1009 % 11 AS spend, (i * 7919 % 1009 + 100 * (i * 13 % 8)) / 600 AS plan
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE models AS
	SELECT logistic_train(churned, ARRAY[days, lessons], '{"feature_names": ["days", "lessons"]}') AS churn,
		softmax_train(plan, ARRAY[days, lessons]) AS plan, linear_train(spend, ARRAY[days, lessons]) AS spend,
		poisson_train(spend, ARRAY[days, lessons]) AS visits, cox_train(1 + days, churned, ARRAY[days % 7, lessons]) AS cox
	FROM users;

SELECT x, predict_class(churn, x), round(predict(churn, x)::numeric, 6) AS chance, predict_class(churn, x::feature_vector) AS of_vector
FROM models, unnest(ARRAY['[30,0]', '[0,7]']::feature_vector[]) AS v, LATERAL (SELECT v::float8[] AS x) AS x;
SELECT method, class, round(probability::numeric, 6) AS probability
FROM models, LATERAL (VALUES ('churn', churn), ('plan', plan)) AS m (method, model), predict_probabilities(model, ARRAY[20, 4]);
SELECT count(*) AS rows, count(*) FILTER (WHERE v.probability = p.probability) AS same
FROM models, predict_probabilities(plan, ARRAY[20, 4]) AS p, predict_probabilities(plan, feature_vector(20, 4)) AS v
WHERE v.class = p.class;

-- the least cost: a gift of 1 for somebody who would stay, 5 for somebody lost
SELECT round(predict(churn, x)::numeric, 3) AS chance, predict_class(churn, x), predict_cost(churn, x, '{{0,1},{5,0}}') AS least_cost,
	predict_cost(churn, x::feature_vector, ARRAY[[0, 1], [5, 0]]) AS of_vector, predict_cost(churn, x, '{{1,1},{1,1}}') AS of_equal_cost
FROM models, unnest(ARRAY['[60,0]', '[30,4]', '[0,7]']::feature_vector[]) AS v, LATERAL (SELECT v::float8[] AS x) AS x;
SELECT predict_cost(plan, ARRAY[20, 4], '{{0,1,2},{1,0,1},{2,1,0}}') AS middle, predict_class(plan, ARRAY[20, 4]) AS likely FROM models;

-- reasons: they and the base add up to the prediction on the link scale
SELECT feature, value, round(contribution::numeric, 6) AS contribution FROM models, explain_prediction(churn, ARRAY[20, 4]);
SELECT feature, value, round(contribution::numeric, 6) AS contribution
FROM models, explain_prediction(churn, feature_vector(20, 4), 'false');
SELECT max(abs(ln(churn / (1 - churn)) - added[1])) < 1e-12 AS churn, max(abs(spend - added[2])) < 1e-12 AS spend,
	max(abs(ln(visits) - added[3])) < 1e-12 AS visits, max(abs(ln(cox) - added[4])) < 1e-12 AS cox
FROM (SELECT predict(m.churn, x) AS churn, predict(m.spend, x) AS spend, predict(m.visits, x) AS visits, predict(m.cox, x) AS cox,
		ARRAY(SELECT (SELECT sum(contribution) FROM explain_prediction(model, x))
			FROM unnest(ARRAY[m.churn, m.spend, m.visits, m.cox]) AS model) AS added
	FROM models AS m, users AS u, LATERAL (SELECT ARRAY[days, lessons]::float8[] AS x) AS x) AS t;
SELECT max(abs(centered - added)) < 1e-12 AS plan
FROM (SELECT ln(probability) - avg(ln(probability)) OVER (PARTITION BY user_id) AS centered,
		(SELECT sum(contribution) FROM explain_prediction(model, ARRAY[days, lessons], class)) AS added
	FROM (SELECT plan AS model FROM models) AS m, users, predict_probabilities(model, ARRAY[days, lessons]) AS p) AS t;
SELECT e.feature, round(e.contribution::numeric, 6) AS contribution, e.contribution = c.contribution AS of_the_likeliest
FROM models, explain_prediction(plan, ARRAY[20, 4]) AS e, explain_prediction(plan, ARRAY[20, 4], predict_class(plan, ARRAY[20, 4])) AS c
WHERE e.feature = c.feature;
-- an average row has no reasons
SELECT round(sum(abs(contribution))::numeric, 9) AS sum
FROM models, (SELECT avg(days) AS days, avg(lessons) AS lessons FROM users) AS u,
	explain_prediction(churn, ARRAY[u.days, u.lessons]) WHERE feature <> '(base)';

-- NULL
SELECT predict_class(NULL, ARRAY[1, 2]), predict_class(churn, NULL::float8[]), predict_cost(churn, ARRAY[1, 2], NULL) FROM models;
SELECT count(*) FROM models, predict_probabilities(NULL, ARRAY[1, 2]);
SELECT count(*) FROM models, explain_prediction(churn, NULL::feature_vector);
SELECT count(*) FROM models, explain_prediction(churn, ARRAY[1, 2], NULL);

-- errors
SELECT predict_class(spend, ARRAY[1, 2]) FROM models;
SELECT predict_class(cox, ARRAY[1, 2]) FROM models;
SELECT predict_class(tier_train(1, 2), ARRAY[1]);
SELECT count(*) FROM models, predict_probabilities(visits, ARRAY[1, 2]);
SELECT predict_cost(spend, ARRAY[1, 2], '{{0,1},{1,0}}') FROM models;
SELECT predict_class(churn, ARRAY[1]) FROM models;
SELECT predict_class(churn, ARRAY[1, NULL]) FROM models;
SELECT predict_cost(churn, ARRAY[1, 2], '{0,1}') FROM models;
SELECT predict_cost(churn, ARRAY[1, 2], '{{0,1,2},{1,0,2},{1,2,0}}') FROM models;
SELECT predict_cost(churn, ARRAY[1, 2], '{{0,1},{NULL,0}}') FROM models;
SELECT predict_cost(churn, ARRAY[1, 2], '{{0,1},{Infinity,0}}') FROM models;
SELECT count(*) FROM models, explain_prediction(churn, ARRAY[1, 2], 'maybe');
SELECT count(*) FROM models, explain_prediction(spend, ARRAY[1, 2], 'true');
SELECT count(*) FROM models, explain_prediction(churn, ARRAY[1, NULL]);
SELECT count(*) FROM models, explain_prediction((SELECT kmeans_train(ARRAY[1], 1)), ARRAY[1]);

-- reasons as text
SELECT explain_text(churn, ARRAY[20, 4], 1) AS one, explain_text(churn, feature_vector(20, 4), 9) AS all,
	explain_text(churn, ARRAY[20, 4], 9, 'false') AS no, explain_text(plan, feature_vector(20, 4), 1, '1') AS plan,
	explain_text(churn, ARRAY[20, 4], NULL) AS none FROM models;
SELECT explain_text(churn, ARRAY[20, 4], 0) FROM models;
SELECT explain_text(churn, ARRAY[20, 4], 1, 'maybe') FROM models;
SELECT explain_text(tree_train((i % 8)::text, ARRAY[i % 8]), ARRAY[1], 1, 'maybe') FROM generate_series(1, 100) AS i;
SELECT explain_text(tree_train((i % 6)::text, ARRAY[i % 6]), ARRAY[1], 1, 'maybe') FROM generate_series(1, 100) AS i;
SELECT explain_text(churn, ARRAY[1, 2, 3], 1) FROM models;
SELECT explain_text((SELECT kmeans_train(ARRAY[1], 1)), ARRAY[1], 1);
