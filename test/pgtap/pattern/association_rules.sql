-- Association rules against SQL's own counting.
BEGIN;
SELECT plan(19);

CREATE TABLE baskets AS
	SELECT i AS user_id, array_agg(DISTINCT course) AS items
	FROM generate_series(1, 3000) AS i,
		LATERAL (SELECT (i * 7919 % 97 + j * (i % 13) * 31) % (10 + i % 31) AS course FROM generate_series(1, 1 + i % 7) AS j) AS c
	GROUP BY i;
ANALYZE baskets;
CREATE TEMP TABLE models AS SELECT itemset_train(items, itemset_options(min_support => 0.01)) AS model FROM baskets;
CREATE TEMP TABLE rules AS SELECT r.* FROM models, association_rules(model, 0, 0, NULL::int) WITH ORDINALITY AS r;
CREATE TEMP TABLE sets AS SELECT f.* FROM models, frequent_itemsets(model, NULL::int) AS f;

-- every item of every set is the consequent of a rule
SELECT is_empty($$
	WITH want AS (
		SELECT array_remove(items, item) AS antecedent, item AS consequent, support_count
		FROM sets, unnest(items) AS item WHERE cardinality(items) > 1),
	got AS (SELECT antecedent, consequent, support_count FROM rules)
	(TABLE want EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE want)
$$, 'all rules, and no others');
SELECT is(count(*), (SELECT sum(cardinality(items)) FROM sets WHERE cardinality(items) > 1), 'each once') FROM rules;

-- measures by definition, from the rows
CREATE TEMP TABLE counted AS
	SELECT antecedent, consequent, n::float8, xy::float8, x::float8, y::float8
	FROM rules, LATERAL (
		SELECT count(*) AS n, count(*) FILTER (WHERE items @> antecedent) AS x, count(*) FILTER (WHERE consequent = ANY (items)) AS y,
			count(*) FILTER (WHERE items @> antecedent AND consequent = ANY (items)) AS xy FROM baskets) AS c
	WHERE ordinality % 7 = 0;
CREATE FUNCTION pg_temp.differs(got float8, want float8) RETURNS boolean LANGUAGE sql
	RETURN got IS NULL OR abs(got - want) > 1e-12 * greatest(1, abs(want));
SELECT cmp_ok(count(*), '>', 100::bigint, 'there are rules to check') FROM counted;
SELECT is_empty($$ SELECT *
	FROM counted JOIN rules USING (antecedent, consequent) WHERE pg_temp.differs(support, xy / n) OR support_count <> xy $$, 'support');
SELECT is_empty($$ SELECT * FROM counted JOIN rules USING (antecedent, consequent) WHERE pg_temp.differs(confidence, xy / x) $$,
	'confidence');
SELECT is_empty($$ SELECT *
	FROM counted JOIN rules USING (antecedent, consequent) WHERE pg_temp.differs(lift, (xy / n) / ((x / n) * (y / n))) $$, 'lift');
SELECT is_empty($$ SELECT *
	FROM counted JOIN rules USING (antecedent, consequent) WHERE pg_temp.differs(leverage, xy / n - (x / n) * (y / n)) $$, 'leverage');
SELECT is_empty($$ SELECT * FROM counted JOIN rules USING (antecedent, consequent) WHERE pg_temp.differs(coverage, x / n) $$, 'coverage');
SELECT is_empty($$
	SELECT * FROM counted JOIN rules USING (antecedent, consequent)
	WHERE CASE WHEN xy < x THEN pg_temp.differs(conviction, (1 - y / n) / (1 - xy / x)) ELSE conviction <> 'Infinity' END
$$, 'conviction');
SELECT is_empty($$
	SELECT ordinality FROM (SELECT *, lag(rules) OVER (ORDER BY ordinality) AS before FROM rules) AS r
	WHERE (-(before).confidence, -round((before).lift::numeric, 12), -(before).support, cardinality((before).antecedent),
		(before).antecedent, (before).consequent)
		>= (-confidence, -round(lift::numeric, 12), -support, cardinality(antecedent), antecedent, consequent)
$$, 'best first');
SELECT results_eq(
	$$ SELECT r.* FROM models, association_rules(model, 0.3, 1.2, NULL::int) AS r $$,
	$$ SELECT antecedent, consequent, support, confidence, lift, leverage, conviction, coverage, support_count
	   FROM rules WHERE confidence >= 0.3 AND lift >= 1.2 ORDER BY ordinality $$, 'bounds');
SELECT results_eq(
	$$ SELECT antecedent::int[], consequent::int, confidence FROM models, association_rules(model, 0.4) $$,
	$$ SELECT antecedent, consequent, confidence FROM rules WHERE confidence >= 0.4 ORDER BY ordinality $$, 'as text');

-- baskets: the first fitting rule for each item
CREATE FUNCTION pg_temp.by_hand(basket int[], n int, min_confidence float8, min_lift float8)
RETURNS TABLE (item int, score float8, because int[], rank int) LANGUAGE sql AS $$
	SELECT consequent, confidence, antecedent, row_number() OVER (ORDER BY ordinality)::int
	FROM (SELECT DISTINCT ON (consequent) * FROM rules
		  WHERE antecedent <@ basket AND consequent <> ALL (basket) AND confidence >= min_confidence AND lift >= min_lift
		  ORDER BY consequent, ordinality) AS r
	ORDER BY ordinality LIMIT n
$$;
SELECT is_empty(format($q$
	SELECT user_id FROM baskets, models
	WHERE user_id %% 20 = 0 AND
		(SELECT array_agg(r) FROM rule_recommend(model, items, %1$s, %2$s, %3$s) AS r) IS DISTINCT FROM
		(SELECT array_agg(r) FROM pg_temp.by_hand(items, %1$s, %2$s, %3$s) AS r)
$q$, n, confidence, lift), format('the best %s of confidence %s and lift %s', n, confidence, lift))
FROM (VALUES (1, 0, 0), (5, 0, 0), (1000, 0.2, 1.1)) AS t(n, confidence, lift);
SELECT results_eq(
	$$ SELECT item::int, score, because::int[] FROM models, rule_recommend(model, '{3,4,5}'::text[], 4) $$,
	$$ SELECT item::int, score, because::int[] FROM models, rule_recommend(model, '{5,NULL,4,999,3,3}'::bigint[], 4) $$,
	'of any type; unknown items are ignored');
SELECT results_eq(
	$$ SELECT user_id, r.item FROM baskets, rule_recommend((SELECT model FROM models), items, 2) AS r WHERE user_id < 200 ORDER BY 1, 2 $$,
	$$ SELECT user_id, r.item
		FROM baskets, LATERAL rule_recommend((SELECT itemset_train(items, itemset_options(min_support => 0.01)) FROM baskets), items,
			2) AS r
	   WHERE user_id < 200 ORDER BY 1, 2 $$, 'in LATERAL');

-- two alternating models, and a cursor closed halfway
CREATE TEMP TABLE two AS SELECT user_id % 2 AS half, itemset_train(items, itemset_options(min_support => 0.02)) AS model
FROM baskets GROUP BY 1;
SELECT is_empty($$
	SELECT user_id FROM baskets, two WHERE half = user_id % 2 AND user_id <= 100 AND
		(SELECT array_agg(r) FROM rule_recommend(model, items, 3) AS r) IS DISTINCT FROM
		(SELECT array_agg(r) FROM rule_recommend((SELECT itemset_train(items, itemset_options(min_support => 0.02))
			FROM baskets AS b WHERE b.user_id % 2 = half), items, 3) AS r)
$$, 'two alternating models');
DECLARE c CURSOR FOR SELECT r.* FROM models, association_rules(model, 0) AS r;
MOVE 3 IN c;
CLOSE c;
SELECT is((SELECT count(*) FROM models, association_rules(model, 0)), (SELECT count(*) FROM rules), 'after a cursor was closed early');

SELECT * FROM finish();
ROLLBACK;
