-- Errors of predictions against scikit-learn and SQL, however rows are split,
-- ordered and planned.
BEGIN;
SELECT plan(20);

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want), '<=', 1e-12 * greatest(1, abs(want)), what);
CREATE TABLE outcomes AS
	SELECT i, y, y + (i * i * 31 % 101 - 50) / 7.0::float8 AS guess, score, (i * i * 31 + i * 17) % 1009 < score * 1009 AS label,
		(1 + i % 5) / 4.0::float8 AS weight
	FROM (SELECT i, 1000 + (i * 7919 % 1009) / 10.0::float8 AS y, (i * 7919 % 101) / 100.0::float8 AS score
		FROM generate_series(1, 2000) AS i) AS t;
UPDATE outcomes SET score = 1, label = true WHERE score > 1;
ANALYZE outcomes;

-- made by test/oracle/evaluate.py
CREATE TEMP TABLE golden (name text, mae float8, rmse float8, r2 float8, log_loss float8, brier_score float8);
INSERT INTO golden VALUES
	('unweighted', 3.8719285714285707, 4.344542671030882, 0.9777511374205108, 0.48863252918988326, 0.16216375),
	('weighted', 3.8735476190476184, 4.3460659354922635, 0.9777406883608315, 0.4831849649521655, 0.15987878333333336);
CREATE TEMP TABLE answer AS
	SELECT 'unweighted' AS name, mae(y, guess), rmse(y, guess), r2(y, guess), log_loss(label, score), brier_score(label, score)
	FROM outcomes
	UNION ALL SELECT 'weighted', mae(y, guess, weight), rmse(y, guess, weight), r2(y, guess, weight),
		log_loss(label, score, weight), brier_score(label, score, weight) FROM outcomes;
SELECT pg_temp.is_near(a.mae, g.mae, 'mae ' || name) FROM answer AS a JOIN golden AS g USING (name);
SELECT pg_temp.is_near(a.rmse, g.rmse, 'rmse ' || name) FROM answer AS a JOIN golden AS g USING (name);
SELECT pg_temp.is_near(a.r2, g.r2, 'r2 ' || name) FROM answer AS a JOIN golden AS g USING (name);
SELECT pg_temp.is_near(a.log_loss, g.log_loss, 'log_loss ' || name) FROM answer AS a JOIN golden AS g USING (name);
SELECT pg_temp.is_near(a.brier_score, g.brier_score, 'brier_score ' || name) FROM answer AS a JOIN golden AS g USING (name);

-- certainties: the machine epsilon, as scikit-learn
SELECT pg_temp.is_near(log_loss(false, 1), -ln(2.220446049250313e-16::float8), 'a wrong certainty');
SELECT cmp_ok(log_loss(true, 1), '<', 3e-16::float8, 'a right one');
-- a weight of 2 is two rows
SELECT is(ARRAY[mae(y, guess, 1 + i % 3), rmse(y, guess, 1 + i % 3), r2(y, guess, 1 + i % 3), log_loss(label, score, 1 + i % 3)],
	(SELECT ARRAY[mae(y, guess), rmse(y, guess), r2(y, guess), log_loss(label, score)] FROM outcomes, generate_series(0, i % 3)),
	'a weight counts rows') FROM outcomes;
-- values far from zero; the variance has few digits of the sum of squares
SELECT pg_temp.is_near(r2(1e8 + y, 1e8 + y + d), 1 - sum(d * d) / sum((y - m) ^ 2), 'far from zero')
FROM (SELECT y, avg(y) OVER () AS m, (i % 8) / 8.0::float8 AS d FROM (SELECT i, round(y) AS y FROM outcomes) AS t) AS u;

-- the same bits in any order and plan
CREATE TEMP TABLE bits AS
	SELECT ARRAY[mae(y, guess, weight), rmse(y, guess, weight), r2(y, guess, weight), log_loss(label, score, weight),
		brier_score(label, score, weight)] AS x FROM outcomes;
SELECT is(ARRAY[mae(y, guess, weight ORDER BY i % 17, -i), rmse(y, guess, weight ORDER BY i % 17, -i),
	r2(y, guess, weight ORDER BY i % 17, -i), log_loss(label, score, weight ORDER BY i % 17, -i),
	brier_score(label, score, weight ORDER BY i % 17, -i)], x, 'in another order')
FROM outcomes, bits GROUP BY x;
CREATE AGGREGATE pg_temp.part(float8, float8, float8) (SFUNC = r2_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = r2_combine, STYPE = bytea, FINALFUNC = r2_final);
CREATE AGGREGATE pg_temp.part_loss(boolean, float8, float8) (SFUNC = log_loss_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_loss(bytea) (SFUNC = mean_loss_combine, STYPE = bytea, FINALFUNC = mean_loss_final);
SELECT is(ARRAY[pg_temp.merge(a::text::bytea), pg_temp.merge_loss(b::text::bytea)], (SELECT x[3:4] FROM bits), 'in parts, sent as text')
FROM (SELECT NULL::bytea AS a, NULL::bytea AS b UNION ALL
	SELECT pg_temp.part(y, guess, weight), pg_temp.part_loss(label, score, weight) FROM outcomes GROUP BY i % 53) AS t;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(ARRAY[mae(y, guess, weight), rmse(y, guess, weight), r2(y, guess, weight), log_loss(label, score, weight),
	brier_score(label, score, weight)], x, 'in parallel') FROM outcomes, bits GROUP BY x;

SELECT is(ARRAY[r2(5, i), r2(i, i) FILTER (WHERE i = 1)], '{NULL,NULL}', 'r2 of equal values is not defined')
FROM generate_series(1, 9) AS i;
SELECT is(ARRAY[r2(0.1, i) FILTER (WHERE i < 4), r2(i, i), r2(i, 5)], '{NULL,1,0}', 'nor of three times 0.1; a perfect one, and the mean')
FROM generate_series(1, 9) AS i;
SELECT is(ARRAY[mae(1e300, -1e300), rmse(1e100, 0)], '{2e300,1e100}', 'large errors');

SELECT * FROM finish();
ROLLBACK;
