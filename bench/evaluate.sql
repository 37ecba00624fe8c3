-- evaluate.sql: a table for the benchmarks of metrics and feature preparation
--
-- scored: a label with the chance that a model gave it, and the vector
-- experiment: users of two variants, what they did, and a number known before
\ir regression.sql

DROP TABLE IF EXISTS scored;
CREATE UNLOGGED TABLE scored AS
	SELECT yes, predict(m, v) AS chance, v
	FROM narrow, (SELECT logistic_train(yes, v) AS m FROM (SELECT * FROM narrow LIMIT 10000) AS t) AS trained;
VACUUM (FREEZE, ANALYZE) scored;

DROP TABLE IF EXISTS experiment;
CREATE UNLOGGED TABLE experiment AS
	SELECT CASE WHEN fold(n, 2) = 1 THEN 'control' ELSE 'new' END AS variant, yes AS ordered, 100 * chance AS spent,
		sqrt(n % 1009) AS spent_before
	FROM (SELECT *, row_number() OVER () AS n FROM scored) AS t;
VACUUM (FREEZE, ANALYZE) experiment;
