-- who will not be back, and why?
--
-- A warning may use only what was known when it would have been given: the same
-- function describes users a month ago, when we know how it went on, and today.
-- Users seen in the two months before are in question; those not seen in the month
-- after have left.  Two models learn from 70 % of the users; the tables are about the
-- others: how well the risk ranks them (0.5 is a coin), how many of those who left a
-- call list of a tenth would catch, and whether 30 % means 30 %.  At the end, today's
-- users with the highest risk who have spent most, with the three strongest reasons
-- and what each adds to the log odds.  The names in a body BEGIN ATOMIC are looked up
-- once, as a materialized view of PostgreSQL 17 calls functions without a search path.

CREATE FUNCTION known_on(today timestamptz, OUT user_id bigint, OUT features feature_vector)
RETURNS SETOF record LANGUAGE sql STABLE BEGIN ATOMIC
	WITH shop AS (
		SELECT e.user_id, max(happened_at) AS last_at, count(*) FILTER (WHERE event = 'visit') AS visits,
			   count(*) FILTER (WHERE event = 'visit' AND happened_at >= today - interval '30 days') AS visits_month
		FROM events AS e
		WHERE happened_at >= today - interval '180 days' AND happened_at < today
		GROUP BY e.user_id),
	learning AS (
		SELECT l.user_id, max(viewed_at) AS last_at, count(*) AS lessons,
			   count(*) FILTER (WHERE viewed_at >= today - interval '30 days') AS lessons_month
		FROM lesson_views AS l
		WHERE viewed_at >= today - interval '180 days' AND viewed_at < today
		GROUP BY l.user_id),
	paying AS (
		SELECT p.user_id, count(*) AS purchases, sum(amount) AS spend, max(paid_at) AS last_at
		FROM payments AS p
		WHERE paid_at < today
		GROUP BY p.user_id),
	dates AS (
		SELECT u.user_id, u.device, extract(epoch FROM today - signed_up_at) / 86400 AS days_known,
			   extract(epoch FROM today - greatest(s.last_at, l.last_at)) / 86400 AS days_away,
			   extract(epoch FROM today - p.last_at) / 86400 AS days_since_purchase,
			   s.visits, s.visits_month, l.lessons, l.lessons_month, p.purchases, p.spend
		FROM users AS u
		LEFT JOIN shop AS s USING (user_id)
		LEFT JOIN learning AS l USING (user_id)
		LEFT JOIN paying AS p USING (user_id))
	SELECT user_id, feature_vector(round(days_away::numeric, 1), round(days_known::numeric, 1),
			   round(coalesce(days_since_purchase, days_known)::numeric, 1), coalesce(visits, 0), coalesce(visits_month, 0),
			   coalesce(lessons, 0), coalesce(lessons_month, 0), coalesce(purchases, 0), coalesce(spend, 0),
			   (device = 'mobile')::int)
	FROM dates
	WHERE days_away < 60;
END;

CREATE TABLE churn_example AS
SELECT k.user_id, features, is_train(k.user_id, 0.7) AS is_train,
	   NOT EXISTS (SELECT FROM seen AS s WHERE s.user_id = k.user_id AND s.at >= since AND s.at < as_of) AS churned
FROM (SELECT as_of, as_of - interval '1 month' AS since FROM clock) AS c, known_on(since) AS k;

CREATE TABLE churn_model AS
WITH options AS (
	SELECT '{days away,days known,days since purchase,visits,visits this month,lessons,lessons this month,purchases,spend,mobile}'::text[]
		AS names)
SELECT 'logistic' AS method, logistic_train(churned, features, regression_options(feature_names => names, when_too_few => 'null')) AS model
FROM churn_example, options WHERE is_train GROUP BY names
UNION ALL
SELECT 'boosted trees', boosting_train(churned, features, boosting_options(feature_names => names, trees => 60, max_leaves => 8,
	when_too_few => 'null'))
FROM churn_example, options WHERE is_train GROUP BY names;

CREATE TABLE churn_held_out AS
SELECT method, user_id, churned, predict(model, features) AS risk
FROM churn_example, churn_model
WHERE NOT is_train;

SELECT method AS model, count(*) AS users, round(100 * avg(churned::int), 1) AS "left, %",
	   round((auc).auc::numeric, 3) AS "ROC AUC", round((auc).ci_low::numeric, 3) AS "from", round((auc).ci_high::numeric, 3) AS "to",
	   round(log_loss::numeric, 4) AS "log loss"
FROM (SELECT method, roc_auc_interval(churned, risk) AS auc, log_loss(churned, risk) FROM churn_held_out GROUP BY method) AS m
JOIN churn_held_out USING (method)
GROUP BY method, auc, log_loss
ORDER BY log_loss;

SELECT bin AS tenth, users, round(100 * rate::numeric, 1) AS "left, %", round(lift::numeric, 2) AS lift,
	   round(100 * gain::numeric, 1) AS "of all who left, %"
FROM unnest((SELECT lift_table(churned, risk, 10) FROM churn_held_out WHERE method = 'boosted trees')) AS l;

SELECT format('%s to %s %%', round(100 * low::numeric), round(100 * high::numeric)) AS "risk", users,
	   round(100 * mean_probability::numeric, 1) AS "mean risk, %", round(100 * rate::numeric, 1) AS "left, %"
FROM unnest((SELECT calibration_table(churned, risk, 5) FROM churn_held_out WHERE method = 'boosted trees')) AS c;

CREATE MATERIALIZED VIEW churn_risk AS
SELECT k.user_id, features, predict(model, features) AS risk
FROM clock, known_on(as_of) AS k, churn_model
WHERE method = 'boosted trees';
CREATE UNIQUE INDEX ON churn_risk (user_id);

SELECT r.user_id, round(100 * risk::numeric) AS "risk, %", round(features[9]) AS spent, explain_text(model, features, 3) AS reasons
FROM churn_risk AS r, churn_model
WHERE method = 'boosted trees' AND risk >= 0.5
ORDER BY features[9] DESC, r.user_id
LIMIT 5;
