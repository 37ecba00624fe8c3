-- offer_allocate: what it refuses, and what it does with little
\set VERBOSITY default
CREATE TEMP TABLE o AS
	SELECT u AS user_id, f AS offer, (u * 7 + length(f) * 5) % 11 AS value, (u * 3 + length(f) * 4) % 5 + 1 AS cost
	FROM generate_series(1, 6) AS u, unnest('{a,bb}'::text[]) AS f;
CREATE TEMP TABLE a AS
	SELECT offer_allocate(user_id, offer, value, cost, offer_allocate_options(budget => 10, capacities => '{"a": 2}')) AS a FROM o;
SELECT user_id, offer, value, cost FROM a, offer_assignments(a);
SELECT user_id, offer, value, cost FROM a, offer_assignments(a, NULL::bigint, NULL::varchar);
SELECT users, served, assigned, value, cost, budget, budget_left, is_optimal FROM a, offer_allocation_summary(a);
SELECT offer, assigned, value, cost, budget, budget_left, capacity, capacity_left FROM a, offer_limits(a);
SELECT jsonb_pretty(model_info(a) - '{bound,budget_price,version,fingerprint}'::text[]) FROM a;

-- nothing
SELECT offer_allocate(user_id, offer, value, cost) IS NULL AS "null" FROM o WHERE false;
SELECT offer_allocate(NULL::int, offer, value, cost) IS NULL AS "null" FROM o;
SELECT count(*) FROM offer_assignments(NULL);
SELECT count(*) FROM offer_assignments(NULL, NULL::int);
SELECT count(*) FROM offer_allocation_summary(NULL);
SELECT count(*) FROM offer_limits(NULL);
SELECT users, served, value, bound, gap, is_optimal, budget, budget_left, budget_price
FROM (SELECT offer_allocate(1, 'a', 2, 3, '{"budget": 0}') AS a) AS t, offer_allocation_summary(a);

-- an offer that no row has
SELECT count(*)
FROM (SELECT offer_allocate(user_id, offer, value, cost, offer_allocate_options(capacities => '{"b": 2}')) AS a FROM o) AS t,
	offer_assignments(a);

-- wrong rows
SELECT offer_allocate(user_id, 'a', value, cost) FROM o;
SELECT offer_allocate(user_id, offer, 'NaN', cost) FROM o;
SELECT offer_allocate(user_id, offer, value, 'Infinity') FROM o;
SELECT offer_allocate(user_id, offer, value, -cost) FROM o;
SELECT offer_allocate(user_id, offer, 1e101, cost) FROM o;

-- wrong options
SELECT offer_allocate(user_id, offer, value, cost, '{"budgets": 3}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"budget": -3}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"budget": "ten"}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"per_user": 0}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"per_user": 101}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": 3}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": [3]}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": {"a": "x"}}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": {"a": {"b": 1}}}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": {"a": -1}}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"capacities": {"a": 1.5}}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, '{"offer_budgets": {"a": 1e101}}') FROM o;
SELECT offer_allocate(user_id, offer, value, cost, jsonb_build_object('budget', user_id)) FROM o;

-- wrong readers
SELECT user_id FROM (SELECT kmeans_train(ARRAY[value], 2) AS m FROM o) AS t, offer_assignments(m);
SELECT user_id FROM a, offer_assignments(a, NULL::int, NULL::int);

-- too much
SELECT offer_allocate(u, u, 1, 1) IS NOT NULL FROM generate_series(1, 10000) AS u;
SELECT offer_allocate(u, u, 1, 1) FROM generate_series(1, 10001) AS u;
SET segment.training_memory = '1MB';
SELECT offer_allocate(u, u % 7, 1, 1) FROM generate_series(1, 50000) AS u;
RESET segment.training_memory;

-- text and back
SELECT (a::text)::segment_model::text = a::text AS same FROM a;
