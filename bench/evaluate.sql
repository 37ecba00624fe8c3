-- evaluate.sql: a table for the benchmarks of metrics and feature preparation
--
-- scored: a label with the chance that a model gave it, and the vector
\ir regression.sql

DROP TABLE IF EXISTS scored;
CREATE UNLOGGED TABLE scored AS
	SELECT yes, predict(m, v) AS chance, v
	FROM narrow, (SELECT logistic_train(yes, v) AS m FROM (SELECT * FROM narrow LIMIT 10000) AS t) AS trained;
VACUUM (FREEZE, ANALYZE) scored;
