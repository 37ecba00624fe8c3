-- offer_allocate: bounds and optima of scipy's linprog and milp, all allocations of small sets, ties, any order of rows.
BEGIN;
SELECT plan(17);

-- made by test/oracle/offer_allocate.py
CREATE TEMP TABLE golden (name text, bound float8, best float8, users int, offers int, options jsonb);
INSERT INTO golden VALUES
	('one budget', 979.274487179, 979.03, 200, 5, offer_allocate_options(budget => 100)),
	('a small budget', 265.148421053, 264.76, 200, 5, offer_allocate_options(budget => 7.5)),
	('budgets of offers', 1460.32839375, 1458.55, 200, 5,
		offer_allocate_options(budget => 300, offer_budgets => '{"1": 20, "2": 35.5, "3": 40}')),
	('capacities', 1332.68714932, 1332.28, 200, 5, offer_allocate_options(budget => 250, capacities => '{"2": 30, "4": 11, "5": 25}')),
	('everything', 798.982819748, 796.64, 150, 6, offer_allocate_options(budget => 120,
		offer_budgets => '{"1": 10, "2": 17.5, "6": 30}', capacities => '{"1": 9, "3": 12, "4": 20, "5": 8}')),
	('two for each', 1065.23631623, 1064.26, 120, 6, offer_allocate_options(budget => 150, per_user => 2,
		offer_budgets => '{"1": 25, "6": 30}', capacities => '{"3": 15, "4": 20}')),
	('capacities alone', 501.08, 501.08, 100, 4, offer_allocate_options(capacities => '{"1": 20, "2": 15, "3": 10, "4": 12}'));

CREATE TEMP TABLE candidates AS
	SELECT name, u, o, (u * 7919 + o * 104729) % 1009 / 100.0::float8 - 0.5 AS v,
		(u * 6007 + o * 3571 + u * o * 31) % 499 / 100.0::float8 AS c, options
	FROM golden, generate_series(1, users) AS u, generate_series(1, offers) AS o;
CREATE TEMP TABLE allocations AS
	SELECT name, offer_allocate(u, o, v, c, options) AS allocation FROM candidates GROUP BY name, options;

SELECT cmp_ok(max(abs(s.bound / g.bound - 1)), '<', 1e-9::float8, 'bounds of linprog')
FROM golden AS g JOIN allocations USING (name), offer_allocation_summary(allocation) AS s;
SELECT is(count(*) FILTER (WHERE s.value > g.best + 1e-6), 0::bigint, 'never above the optimum of milp')
FROM golden AS g JOIN allocations USING (name), offer_allocation_summary(allocation) AS s;
SELECT cmp_ok(max(1 - s.value / g.best), '<', 0.006::float8, 'and not far below it')
FROM golden AS g JOIN allocations USING (name), offer_allocation_summary(allocation) AS s;
SELECT is(count(*) FILTER (WHERE is_optimal AND abs(s.value - g.best) > 1e-6), 0::bigint, 'what is proven to be optimal is')
FROM golden AS g JOIN allocations USING (name), offer_allocation_summary(allocation) AS s;

-- limits are kept, and rows are those that were given
CREATE TEMP TABLE assigned AS
	SELECT name, a.*, n.v, n.c, g.options
	FROM allocations JOIN golden AS g USING (name), offer_assignments(allocation, NULL::int, NULL::int) AS a
		LEFT JOIN LATERAL (SELECT v, c FROM candidates WHERE candidates.name = g.name AND u = user_id AND o = offer) AS n ON true;
SELECT is(count(*) FILTER (WHERE (v = value AND c = cost AND value > 0) IS NOT true), 0::bigint, 'values and costs of the rows')
FROM assigned;
SELECT is((SELECT count(*) FROM (SELECT FROM assigned GROUP BY name, user_id, options
		HAVING count(*) > coalesce((options ->> 'per_user')::int, 1)) AS t), 0::bigint, 'not too many for a user');
SELECT is((SELECT count(*) FROM (SELECT FROM assigned GROUP BY name, options
		HAVING sum(cost::numeric) > (options ->> 'budget')::numeric) AS t), 0::bigint, 'budgets');
SELECT is((SELECT count(*) FROM (SELECT FROM assigned GROUP BY name, options, offer
		HAVING sum(cost::numeric) > (options -> 'offer_budgets' ->> offer::text)::numeric
			OR count(*) > (options -> 'capacities' ->> offer::text)::numeric) AS t), 0::bigint, 'budgets and capacities of offers');

-- the readers add up
SELECT is(count(*), 7::bigint, 'totals of the assignments')
FROM (SELECT name, count(*) AS n, count(DISTINCT user_id) AS users, round(sum(value)::numeric, 6) AS v,
		round(sum(cost)::numeric, 6) AS c FROM assigned GROUP BY name) AS t
	JOIN allocations USING (name), offer_allocation_summary(allocation) AS s
WHERE s.assigned = n AND served = t.users AND round(s.value::numeric, 6) = v AND round(s.cost::numeric, 6) = c
	AND budget_left IS NOT DISTINCT FROM budget - s.cost AND gap = (bound - s.value) / bound;
SELECT is(count(*), 7::bigint, 'offers add up to the whole')
FROM allocations, offer_allocation_summary(allocation) AS s,
	LATERAL (SELECT sum(assigned) AS n, round(sum(value)::numeric, 6) AS v, round(sum(cost)::numeric, 6) AS c
		FROM offer_limits(allocation, NULL::int)) AS l
WHERE n = s.assigned AND v = round(s.value::numeric, 6) AND c = round(s.cost::numeric, 6);

-- prices are what a limit is worth: the bound with a little more of it
SELECT cmp_ok(abs((t.bound - s.bound) / 0.001 - s.budget_price), '<', 1e-3::float8, 'the price of the budget')
FROM allocations, offer_allocation_summary(allocation) AS s,
	LATERAL (SELECT offer_allocate(u, o, v, c, offer_allocate_options(budget => 100.001, search_steps => 0)) AS more
		FROM candidates WHERE name = 'one budget') AS m, offer_allocation_summary(more) AS t
WHERE name = 'one budget';

-- the same bits in any order and within any memory
SELECT is(count(*), 7::bigint, 'any order of the rows')
FROM (SELECT name, offer_allocate(u, o, v, c, options ORDER BY o DESC, u * 37 % 101, u) AS other
	FROM candidates GROUP BY name, options) AS t JOIN allocations USING (name)
WHERE other::text = allocation::text;
SELECT is(count(*), 7::bigint, 'ids as text are other users, with the same result')
FROM (SELECT name, offer_allocate(lpad(u::text, 5, '0'), 'offer ' || o, v, c, (replace(replace(options::text, '"capacities": {"',
		'"capacities": {"offer '), '"offer_budgets": {"', '"offer_budgets": {"offer '))::jsonb - 'capacities' - 'offer_budgets'
		|| jsonb_strip_nulls(jsonb_build_object(
			'capacities', (SELECT jsonb_object_agg('offer ' || key, value) FROM jsonb_each(options -> 'capacities')),
			'offer_budgets', (SELECT jsonb_object_agg('offer ' || key, value) FROM jsonb_each(options -> 'offer_budgets'))))) AS other
	FROM candidates GROUP BY name, options) AS t JOIN allocations USING (name)
WHERE (SELECT array_agg(user_id::int ORDER BY user_id, offer) FROM offer_assignments(other))
	= (SELECT array_agg(user_id ORDER BY user_id, offer) FROM offer_assignments(allocation, NULL::int, NULL::int));

-- small sets: the best of all allocations, for each of 60 groups
CREATE TEMP TABLE small AS
	SELECT g, u, o, ((g * 31 + u * 17 + o * 7 + g * u * o) % 12)::float8 AS v, ((g * 13 + u * 5 + o * 11 + g * u) % 7)::float8 AS c,
		offer_allocate_options(budget => g % 12, capacities => format('{"1": %s}', g % 3)::jsonb) AS options
	FROM generate_series(1, 60) AS g, generate_series(1, 4) AS u, generate_series(1, 3) AS o;
WITH RECURSIVE every (g, u, value, cost, ones, options) AS (
	SELECT DISTINCT g, 0, 0.0::float8, 0.0::float8, 0, options FROM small
	UNION ALL
	SELECT every.g, every.u + 1, value + x.v, cost + x.c, ones + x.one, every.options
	FROM every, LATERAL (SELECT 0.0::float8 AS v, 0.0::float8 AS c, 0 AS one
		UNION ALL SELECT v, c, (o = 1)::int FROM small WHERE small.g = every.g AND small.u = every.u + 1) AS x
	WHERE every.u < 4 AND cost + x.c <= (every.options ->> 'budget')::float8
		AND ones + x.one <= (every.options -> 'capacities' ->> '1')::int)
SELECT is(count(*), 60::bigint, 'the best of all allocations of small sets')
FROM (SELECT g, max(value) AS best FROM every WHERE u = 4 GROUP BY g) AS b
	JOIN (SELECT g, offer_allocate(u, o, v, c, options) AS allocation FROM small GROUP BY g, options) AS a USING (g),
	offer_allocation_summary(allocation) AS s
WHERE s.value = best AND is_optimal AND s.bound >= best - 1e-9;

-- ties go to lower ids
SELECT is(string_agg(user_id || ':' || offer, ' '), '1:1 2:1 3:1', 'ties')
FROM (SELECT offer_allocate(u, o, 1, 1, offer_allocate_options(budget => 3)) AS a
	FROM generate_series(1, 9) AS u, generate_series(1, 2) AS o) AS t, offer_assignments(a);

-- without limits everybody gets the best; without value nobody gets anything
SELECT is(string_agg(user_id || ':' || offer, ' '), '1:2 2:1 3:1', 'no limits')
FROM (SELECT offer_allocate(u, o, (u * o) % 4, 5) AS a FROM generate_series(1, 3) AS u, generate_series(1, 2) AS o) AS t,
	offer_assignments(a);
SELECT is(ARRAY[users, served, assigned, bound::bigint], '{9,0,0,0}'::bigint[], 'no value')
FROM (SELECT offer_allocate(u, 1, -u, 5) AS a FROM generate_series(1, 9) AS u) AS t, offer_allocation_summary(a);
SELECT * FROM finish();
ROLLBACK;
