-- Answers on scales, and averages of few votes.
CREATE TABLE answer (tier int, score int);
INSERT INTO answer SELECT 1 + i % 2, i % 11 FROM generate_series(0, 54) AS i;
INSERT INTO answer VALUES (3, NULL);

SELECT tier, (n).responses, (n).promoters, (n).passives, (n).detractors, round((n).nps::numeric, 6) AS nps,
	round((n).ci_low::numeric, 6) AS ci_low, round((n).ci_high::numeric, 6) AS ci_high
FROM (SELECT tier, nps(score) AS n FROM answer GROUP BY tier) AS t ORDER BY tier;
SELECT tier, (c).responses, (c).satisfied, round((c).csat::numeric, 6) AS csat,
	round((c).ci_low::numeric, 6) AS ci_low, round((c).ci_high::numeric, 6) AS ci_high
FROM (SELECT tier, csat(score, 0, 10) AS c FROM answer GROUP BY tier) AS t ORDER BY tier;
SELECT csat(score, 0, 10) = csat(score::numeric, 0, 10, 9) AS default_of_two,
	nps(score) = nps(score, 0, 10, 6, 9) AS default_of_nps,
	(csat(score, 0, 10, 9.5)).satisfied AS between_answers, nps(score)::nps_result IS NULL AS is_null,
	csat(score, 0, 10)::csat_result IS NULL AS is_null
FROM answer;
SELECT nps(5), csat(1, 1, 2, 2), csat(NULL, 1, 5), nps(NULL);

SELECT bayes_average(r, 3, 2), bayes_average(r, 3, 0) = avg(r) AS no_prior, bayes_average(r::int, 3, 1e9)::numeric(10,6) AS all_prior
FROM unnest('{5,4,4}'::float8[]) AS r;
SELECT bayes_average(NULL, 3, 2), bayes_average(r, 3, 2) FILTER (WHERE r > 9) AS none FROM unnest('{5,4,4}'::float8[]) AS r;

-- errors
\set SHOW_CONTEXT never
SELECT nps(11);
SELECT nps(-1);
SELECT nps('NaN');
SELECT csat(6, 1, 5);
SELECT csat(3, 5, 1);
SELECT csat(3, 1, 'Infinity');
SELECT csat(3, NULL, 5);
SELECT csat(3, 1, 5, 1);
SELECT csat(3, 1, 5, 6);
SELECT nps(3, 1, 5, 4, 4);
SELECT csat(score, 0, 10 + tier) FROM answer;
SELECT bayes_average(3, NULL, 1);
SELECT bayes_average(3, 3, NULL);
SELECT bayes_average(3, 3, -1);
SELECT bayes_average('NaN', 3, 1);
SELECT bayes_average(3, 'Infinity', 1);
SELECT bayes_average(score, tier, 1) FROM answer;
SELECT bayes_average(1e308, 1e308, 1e308);
SELECT csat_final('\x00');
SELECT bayes_average_final('\x00');
DROP TABLE answer;
