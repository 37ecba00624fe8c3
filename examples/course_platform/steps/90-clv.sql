-- what each customer will bring
--
-- Two models of the purchases, day by day: BG/NBD predicts how many more there will
-- be and who is still a customer, gamma-gamma for how much.  Together they give
-- every customer's revenue over the next year, discounted at 1 % interest per
-- month.  Customers are then split into tenths by it.

CREATE TABLE customers AS
SELECT user_id, (history).*
FROM (SELECT user_id, purchase_summary(paid_at, amount, as_of) AS history
	  FROM payments, clock
	  WHERE paid_at < as_of
	  GROUP BY user_id) AS h;

INSERT INTO models
SELECT name, model, as_of
FROM clock, (SELECT 'purchases' AS name, bgnbd_train(frequency, recency, age) AS model FROM customers
			 UNION ALL
			 SELECT 'spend', gamma_gamma_train(frequency, monetary) FROM customers) AS trained;

CREATE TABLE customer_value AS
SELECT user_id, frequency, recency, age, monetary,
	   bgnbd_p_alive(purchases.model, frequency, recency, age) AS alive,
	   bgnbd_expected_purchases(purchases.model, frequency, recency, age, 365) AS purchases_to_come,
	   clv(purchases.model, spend.model, frequency, recency, age, monetary, 365, 0.01, 365 / 12.0) AS value
FROM customers,
	 (SELECT model FROM models WHERE name = 'purchases') AS purchases,
	 (SELECT model FROM models WHERE name = 'spend') AS spend;

SELECT name, round((info ->> 'log_likelihood')::numeric, 1) AS log_likelihood, info -> 'converged' AS converged,
	   (SELECT string_agg(key || ' ' || round(value::numeric, 2), ', ' ORDER BY key)
		FROM jsonb_each_text(info) WHERE key IN ('r', 'alpha', 'a', 'b', 'p', 'q', 'v')) AS parameters
FROM models, model_info(model) AS info
WHERE name IN ('purchases', 'spend')
ORDER BY name;

SELECT tenth, count(*) AS customers, round(avg(frequency + 1), 1) AS "purchases so far",
	   round(100 * avg(alive)::numeric) AS "alive %", round(avg(purchases_to_come)::numeric, 1) AS "to come",
	   round(avg(value)) AS "value of one", round(sum(value)) AS "value of all",
	   round((100 * sum(value) / sum(sum(value)) OVER ())::numeric, 1) AS "share %"
FROM (SELECT *, ntile(10) OVER (ORDER BY value DESC, user_id) AS tenth FROM customer_value) AS t
GROUP BY tenth
ORDER BY tenth;

SELECT user_id, frequency + 1 AS "purchases so far", age - recency AS "days since the last",
	   round(100 * alive::numeric) AS "alive %", round(purchases_to_come::numeric, 1) AS "to come", round(value) AS value
FROM customer_value
ORDER BY value DESC, user_id
LIMIT 5;
