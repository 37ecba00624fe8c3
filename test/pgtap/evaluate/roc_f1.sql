-- Precision, recall and F1 at thresholds, against counting in SQL and scikit-learn.
BEGIN;
SELECT plan(11);

CREATE TABLE scored AS
	SELECT i, i % 5 AS part, (hashint4(i) & 1023) / 1024.0::float8 AS score,
		(hashint4(i * 31) & 1023) / 1024.0 < ((hashint4(i) & 1023) / 1024.0) ^ 2 AS label
	FROM generate_series(1, 2000) AS i;
CREATE TABLE decision OF f1_result;
INSERT INTO decision
	SELECT (f1_at(label, score, at)).* FROM scored, unnest('{0,0.25,0.5,0.75,0.9,2}'::float8[]) AS at GROUP BY at;

SELECT is(count(*), 6::bigint, 'counts and shares')
FROM decision JOIN (
	SELECT at AS threshold, count(*) FILTER (WHERE label AND score >= at) AS tp, count(*) FILTER (WHERE NOT label AND score >= at) AS fp,
		count(*) FILTER (WHERE NOT label AND score < at) AS tn, count(*) FILTER (WHERE label AND score < at) AS fn
	FROM scored, unnest('{0,0.25,0.5,0.75,0.9,2}'::float8[]) AS at GROUP BY at) AS c USING (threshold)
WHERE (true_positives, false_positives, true_negatives, false_negatives) = (tp, fp, tn, fn)
	AND abs("precision" - coalesce(tp / nullif(tp + fp, 0)::float8, 0)) < 1e-15 AND abs(recall - tp / (tp + fn)::float8) < 1e-15
	AND abs(f1 - 2 * tp / (2 * tp + fp + fn)::float8) < 1e-15;
-- sklearn 1.2.1: precision_recall_fscore_support([1,0,1,1,0,1,0,0], [.9,.8,.7,.6,.55,.4,.3,.1] >= .6, average='binary')
SELECT is((f1_at(label, score, 0.6))::text, '(0.6,0.75,0.75,0.75,3,1,3,1)', 'as scikit-learn')
FROM unnest('{t,f,t,t,f,t,f,f}'::boolean[], '{.9,.8,.7,.6,.55,.4,.3,.1}'::float8[]) AS t (label, score);
-- the best of precision_recall_curve of the same rows: 0.4, with 4 of 6
SELECT is((best_f1(label, score))::text, '(0.4,0.6666666666666666,1,0.8,4,2,2,0)', 'the best of the curve')
FROM unnest('{t,f,t,t,f,t,f,f}'::boolean[], '{.9,.8,.7,.6,.55,.4,.3,.1}'::float8[]) AS t (label, score);
SELECT is((SELECT (b).threshold FROM (SELECT best_f1(label, score) AS b FROM scored) AS t), (
	SELECT at FROM (SELECT at, (f1_at(label, score, at)).f1 FROM scored, (SELECT DISTINCT score AS at FROM scored) AS a GROUP BY at) AS f
	ORDER BY f1 DESC, at DESC LIMIT 1), 'no other score does better');
SELECT is(f1_at(label, score, 'infinity')::text, '(Infinity,0,0,0,0,0,1,1)', 'nothing by nothing is 0')
FROM (VALUES (true, 1.0::float8), (false, 0.0)) AS t (label, score);
SELECT is(f1_at(NULL, 1, 0.5), NULL, 'no row');
SELECT is(best_f1(false, 1), NULL, 'no true row');
SELECT throws_ok('SELECT f1_at(true, 1, NULL)', '22004', NULL, 'a threshold is needed');
SELECT throws_ok('SELECT f1_at(true, score, score) FROM scored', '22023', NULL, 'the same one');

CREATE AGGREGATE pg_temp.part_f1(boolean, float8, float8) (SFUNC = f1_at_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_f1(bytea) (SFUNC = f1_at_combine, STYPE = bytea, FINALFUNC = f1_at_final);
SELECT is(pg_temp.merge_f1(state::text::bytea), (SELECT f1_at(label, score, 0.5) FROM scored), 'parts of it')
FROM (SELECT pg_temp.part_f1(label, score, 0.5) AS state FROM scored GROUP BY part UNION ALL SELECT NULL) AS t;
SELECT throws_ok($$SELECT f1_at_final('\x00')$$, 'XX001', NULL, 'a damaged state is refused');

SELECT * FROM finish();
ROLLBACK;
