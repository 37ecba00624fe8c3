-- als_solve, als_wr_solve and als_gram: against numpy, SQL's regression and the
-- equations themselves; alternating; and however rows are split and planned.
BEGIN;
SELECT plan(23);

-- largest gap between two vectors, relative to the larger of the second
CREATE FUNCTION pg_temp.gap(got feature_vector, want feature_vector) RETURNS float8
	LANGUAGE sql RETURN (got <-> want) / greatest(1, l2_norm(want));

-- made by test/oracle/als_solve.py
CREATE TEMP TABLE golden (lambda float8, dim int, plain feature_vector, wr feature_vector,
	weighted feature_vector, wr_weighted feature_vector, with_gram feature_vector);
INSERT INTO golden VALUES
	(0.1, 1, '{0.4383116883116883}', '{0.3329223181257707}', '{0.6331298115211043}', '{0.4821103699211643}', '{0.38399613588794074}'),
	(0.1, 2, '{0.3455643288434742,-0.7324663260566655}', '{0.2783422100881708,-0.5674931745960704}',
		'{0.588809006977172,-0.7420287587421902}', '{0.4560482376998565,-0.5730194137724883}',
		'{0.34614809951988323,-0.43775447650280214}'),
	(0.1, 3, '{0.5896914421096174,-0.6639574350365851,1.1243302966850994}', '{0.41355123644882213,-0.5329753005263589,
	0.8291637690003931}',
		'{0.7376474285321797,-0.7085082369306255,0.751538337758304}', '{0.5374761925696441,-0.5557100049755075,0.5420237442411941}',
		'{0.4393335227385017,-0.41466498245853406,0.4523766815567624}'),
	(0.1, 7, '{0.6777569957223499,-0.4496957390444171,1.2844071530377168,0.6140433375632586,-0.3078275134099413,
	0.21258397695503595,0.200765287782781}', '{0.4398170714415329,-0.44413548640755857,0.8920929230162699,0.34745633697613515,
	-0.23754788554252262,0.17037361814872362,0.07750379964097674}', '{0.7814909290512504,-0.48476316013314324,0.8716510666820845,
	0.4813380003945023,-0.366828826385815,0.12770101072590376,0.006721794690063378}', '{0.5425116191657378,-0.4399445065573488,
	0.5980603745199403,0.2989900950272735,-0.26487892373279887,0.09618929669580605,-0.06311061659102789}', '{0.46464459792951307,
	-0.2768884055320821,0.5284623432385405,0.29734770968510654,-0.203959639000928,0.08038893145924912,0.005142605174732147}'),
	(5.0, 1, '{0.31358885017421606}', '{0.025445292620865142}', '{0.5024225826838002}', '{0.037413525342369046}',
	'{0.3316645807259074}'),
	(5.0, 2, '{0.2649793388429752,-0.5365742212333122}', '{0.025104472349824235,-0.04636466533352584}',
		'{0.47417190579065277,-0.5960265031634268}', '{0.03724969134728651,-0.046417447486785474}',
		'{0.3031039743895495,-0.38245683457122764}'),
	(5.0, 3, '{0.38413092763899187,-0.5067183856413598,0.7772152153271167}',
		'{0.02582993950224802,-0.04623604946439438,0.05959612338431417}', '{0.5632791417623045,-0.5769324061865396,
	0.5688802681217813}',
		'{0.037671163730600615,-0.04634391580812052,0.036482412216609555}', '{0.370291031368173,-0.36649011725393804,
	0.3790479229503967}'),
	(5.0, 7, '{0.4046515221894737,-0.42999097586757795,0.8301620492427306,0.315331231524649,-0.2267322193588622,0.1576947033500351,
	0.06409100096927577}', '{0.02572819616330129,-0.04557691277989928,0.05985583405509503,0.020927521246867517,
	-0.022199705074883044,0.005667876446153384,-0.003934613771883224}', '{0.5712376197888537,-0.4511208230045026,
	0.6307744138087976,0.3169194832049413,-0.2768274976415229,0.10264493208737879,-0.05812123249797447}', '{0.03737410267281592,
	-0.0452142321263339,0.03689957657988686,0.025053290434244677,-0.01880560567453442,-0.002040209878951263,
	-0.017092654520599503}', '{0.3789765214954515,-0.273894752305413,0.42717804228045114,0.2222718861276631,-0.17089119855944965,
	0.07224501705240147,-0.024770196598892995}');
CREATE TABLE rated AS
	SELECT dim, i, f::feature_vector AS f, i * 5 % 9 - 3.5 AS r, 1 + i % 3 / 2.0 AS w
	FROM generate_series(1, 7) AS dim, generate_series(1, 40) AS i,
		LATERAL (SELECT array_agg(((i * (j + 3) * 7 + j * j) % 19 - 9) / 10.0) AS f FROM generate_series(1, dim) AS j) AS t;
CREATE TEMP TABLE grams AS SELECT dim, als_gram(f) AS gram FROM rated GROUP BY dim;
CREATE TEMP TABLE answer AS
	SELECT golden.*, als_solve(f, r, lambda) AS got_plain, als_wr_solve(f, r, lambda) AS got_wr,
		als_solve(f, r, lambda, w) AS got_weighted, als_wr_solve(f, r, lambda, w) AS got_wr_weighted,
		als_solve(f, r, lambda, w, gram) AS got_with_gram, als_solve(f::float8[], r, lambda, w, gram) AS got_of_arrays
	FROM golden JOIN rated USING (dim) JOIN grams USING (dim) GROUP BY 1, 2, 3, 4, 5, 6, 7;
SELECT is(count(*), 8::bigint, 'eight systems') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_plain, plain)), '<=', 1e-12::float8, 'als_solve is numpy''s solution') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_wr, wr)), '<=', 1e-12::float8, 'als_wr_solve, too') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_weighted, weighted)), '<=', 1e-12::float8, 'with weights') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_wr_weighted, wr_weighted)), '<=', 1e-12::float8, 'both') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_with_gram, with_gram)), '<=', 1e-12::float8, 'with a gram') FROM answer;
SELECT is(count(*), 0::bigint, 'arrays are as vectors') FROM answer WHERE got_of_arrays <> got_with_gram;

-- without lambda: ordinary regression
SELECT cmp_ok(pg_temp.gap(als_solve(ARRAY[1, x], y, 0), feature_vector(regr_intercept(y, x), regr_slope(y, x))), '<=', 1e-12::float8,
	'lambda 0 is least squares')
FROM (SELECT sin(i) AS x, cos(i * 1.7) + sin(i) AS y FROM generate_series(1, 50) AS i) AS t;
SELECT is(als_solve(ARRAY[x], y, 0.5), feature_vector(sum(x * y) / (sum(x * x) + 0.5)), 'one factor by hand')
FROM (SELECT i / 8.0 AS x, (i * i % 9)::float8 AS y FROM generate_series(1, 20) AS i) AS t;
SELECT is(als_gram(f), ARRAY[[sum(a * a), sum(a * b)], [sum(a * b), sum(b * b)]], 'als_gram by hand')
FROM (SELECT ARRAY[a, b] AS f, a, b
	FROM (SELECT i / 8.0::float8 AS a, (i * i % 9)::float8 AS b FROM generate_series(1, 20) AS i) AS s) AS t;
SELECT is(als_solve(f, r, lambda) FILTER (WHERE i % 7 < 3), als_solve(f, r, lambda, CASE WHEN i % 7 < 3 THEN 1 ELSE 0 END),
	'a row of weight 0 does not count')
FROM golden JOIN rated USING (dim) WHERE dim = 3 AND lambda = 5;

-- implicit feedback: every item counts, with rating 0 and weight 1 unless it was chosen
CREATE TEMP TABLE items AS SELECT i, f, i % 5 = 0 AS chosen, 1 + i % 4 AS times FROM rated WHERE dim = 7;
SELECT cmp_ok(pg_temp.gap(
	(SELECT als_solve(f, 1 + 1 / (40.0 * times), 0.1, 40 * times, (SELECT als_gram(f) FROM items)) FROM items WHERE chosen),
	(SELECT als_solve(f, chosen::int, 0.1, CASE WHEN chosen THEN 1 + 40 * times ELSE 1 END) FROM items)),
	'<=', 1e-12::float8, 'Hu, Koren and Volinsky by gram, and over all items');

-- alternating lowers the loss with each half-step
CREATE TABLE stars AS
	SELECT u AS user_id, i AS item_id,
		((u % 3 - 1) * (i % 4 - 1.5) + (u * 7 % 5 - 2) * (i * 3 % 7 - 3) / 3.0 + (u * u + i * i * 3) % 11 / 20.0)::float8 AS rating
	FROM generate_series(1, 60) AS u, generate_series(1, 40) AS i WHERE (u * 31 + i * 17 + u * i) % 7 < 3;
CREATE TABLE p (user_id int, f feature_vector);
CREATE TABLE q AS
	SELECT item_id, array_agg((fold(item_id, 2001, 'factor ' || j) - 1001) / 1000.0 ORDER BY j)::feature_vector AS f
	FROM (SELECT DISTINCT item_id FROM stars) AS i, generate_series(1, 3) AS j GROUP BY item_id;
INSERT INTO p SELECT user_id, als_solve(f, rating, 0.3) FROM stars JOIN q USING (item_id) GROUP BY user_id;
CREATE FUNCTION pg_temp.loss() RETURNS float8 LANGUAGE sql AS $$
	SELECT sum((rating - dot_product(p.f,
	q.f)) ^ 2) + 0.3 * ((SELECT sum(l2_norm(f) ^ 2) FROM p) + (SELECT sum(l2_norm(f) ^ 2) FROM q))
	FROM stars JOIN p USING (user_id) JOIN q USING (item_id)
$$;
CREATE TEMP TABLE losses (step int, loss float8);
DO $$
BEGIN
	FOR step IN 1 .. 12 LOOP
		IF step % 2 = 1 THEN
			UPDATE q SET f = s.f FROM (SELECT item_id, als_solve(p.f, rating, 0.3) AS f
				FROM stars JOIN p USING (user_id) GROUP BY item_id) AS s
			WHERE s.item_id = q.item_id;
		ELSE
			UPDATE p SET f = s.f FROM (SELECT user_id, als_solve(q.f, rating, 0.3) AS f
				FROM stars JOIN q USING (item_id) GROUP BY user_id) AS s
			WHERE s.user_id = p.user_id;
		END IF;
		INSERT INTO losses VALUES (step, pg_temp.loss());
	END LOOP;
END $$;
SELECT is(count(*), 0::bigint, 'no half-step raises the loss')
FROM (SELECT loss, lag(loss) OVER (ORDER BY step) AS before FROM losses) AS t WHERE loss > before * (1 + 1e-12);
SELECT cmp_ok(sqrt(avg((rating - dot_product(p.f, q.f)) ^ 2)), '<', stddev(rating) / 4, 'and the residuals are small')
FROM stars JOIN p USING (user_id) JOIN q USING (item_id);

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(feature_vector, float8, float8, float8, float8[]) (SFUNC = als_solve_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.wr_part(feature_vector, float8, float8, float8) (SFUNC = als_wr_solve_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.gram_part(feature_vector) (SFUNC = als_gram_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = als_combine, STYPE = bytea, FINALFUNC = als_solve_final);
CREATE AGGREGATE pg_temp.merge_gram(bytea) (SFUNC = als_combine, STYPE = bytea, FINALFUNC = als_gram_final);
SELECT cmp_ok(max(pg_temp.gap(merged, got_with_gram)), '<=', 1e-12::float8, 'parts of als_solve')
FROM (SELECT dim, pg_temp.merge(state::text::bytea) AS merged
	FROM (SELECT dim, pg_temp.part(f, r, 0.1, w, gram) AS state FROM rated JOIN grams USING (dim) GROUP BY dim, i % 9
		UNION ALL SELECT dim, NULL FROM grams) AS t GROUP BY dim) AS m JOIN answer USING (dim) WHERE lambda = 0.1;
SELECT cmp_ok(max(pg_temp.gap(merged, got_wr_weighted)), '<=', 1e-12::float8, 'parts of als_wr_solve')
FROM (SELECT dim, pg_temp.merge(state::text::bytea) AS merged
	FROM (SELECT dim, pg_temp.wr_part(CASE WHEN i % 9 > 20 THEN NULL ELSE f END, r, 0.1, w) AS state FROM rated GROUP BY dim,
	i % 9) AS t
	GROUP BY dim) AS m
JOIN answer USING (dim) WHERE lambda = 0.1;
SELECT is(pg_temp.merge_gram(state::text::bytea), (SELECT als_gram(f) FROM rated WHERE dim = 5), 'parts of als_gram')
FROM (SELECT pg_temp.gram_part(f) AS state FROM rated WHERE dim = 5 GROUP BY i % 9) AS t;
SELECT throws_ok($$
	SELECT pg_temp.merge(state) FROM (SELECT pg_temp.wr_part(f, r, dim, w) AS state FROM rated WHERE dim IN (2, 3) GROUP BY dim) AS t
$$, '2202E', 'vectors must have the same number of elements', 'parts of another dimension are refused');
SELECT throws_ok($$
	SELECT pg_temp.merge(state) FROM (SELECT pg_temp.wr_part(f, r, i, w) AS state FROM rated WHERE dim = 2 GROUP BY i) AS t
$$, '22023', 'lambda must be the same for all rows', 'parts with another lambda are refused');

SELECT is(count(*), 0::bigint, 'a running window agrees with a group')
FROM (SELECT i, als_solve(f, r, 1) OVER (ORDER BY i) AS running FROM rated WHERE dim = 3) AS w
WHERE running IS DISTINCT FROM (SELECT als_solve(f, r, 1) FROM rated WHERE dim = 3 AND rated.i <= w.i);

CREATE TABLE many AS SELECT f, r, w FROM rated, generate_series(1, 400) WHERE dim = 7;
ANALYZE many;
CREATE TEMP TABLE serial AS SELECT als_solve(f, r, 0.1, w) AS x FROM many;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(count(*), 1::bigint, 'partly computed by workers')
FROM pg_temp.plan_of('SELECT als_solve(f, r, 0.1, w) FROM many') AS line WHERE line ~ 'Partial Aggregate';
SELECT cmp_ok(pg_temp.gap(als_solve(f, r, 0.1, w), (SELECT x FROM serial)), '<=', 1e-12::float8,
	'workers give the same result') FROM many;
SELECT throws_ok($$ SELECT als_solve(f, r, 0) FROM rated WHERE dim = 7 AND i < 5 $$, '22000', 'rows do not determine all factors',
	'a singular system is refused');

SELECT * FROM finish();
ROLLBACK;
