-- describe every user by a few numbers
--
-- A view over the behaviour tables: what a user spent, bought, watched and
-- completed in the year before the clock, and how long ago they were last seen.
-- The same numbers, with logarithms of the skewed ones, form the feature vector.

CREATE VIEW profile AS
WITH period AS (
	SELECT as_of, as_of - interval '365 days' AS since FROM clock),
paying AS (
	SELECT user_id, count(*) AS purchases, sum(amount) AS spend, max(paid_at) AS last_at
	FROM payments, period
	WHERE paid_at >= since AND paid_at < as_of
	GROUP BY user_id),
learning AS (
	SELECT user_id, count(*) AS lessons, max(viewed_at) AS last_at,
		   count(DISTINCT (viewed_at AT TIME ZONE 'UTC')::date) AS active_days,
		   count(DISTINCT (course_id, lesson)) AS distinct_lessons
	FROM lesson_views, period
	WHERE viewed_at >= since AND viewed_at < as_of
	GROUP BY user_id),
enrolled AS (
	SELECT user_id, count(*) AS courses, sum(lessons) AS lessons
	FROM enrolments JOIN courses USING (course_id), period
	WHERE enrolled_at >= since AND enrolled_at < as_of
	GROUP BY user_id),
numbers AS (
	SELECT u.user_id, u.channel, u.country, u.signed_up_at,
		   -- never more than the period: beyond it there is no difference
		   least(365, extract(epoch FROM as_of - greatest(u.signed_up_at, p.last_at, l.last_at)) / 86400)::float8
			   AS recency_days,
		   coalesce(p.purchases, 0) AS purchases,
		   coalesce(p.spend, 0)::float8 AS spend,
		   p.spend / p.purchases AS average_spend,
		   coalesce(e.courses, 0) AS courses,
		   coalesce(l.lessons, 0) AS lessons,
		   coalesce(l.active_days, 0) AS active_days,
		   -- at most 1: a course from the year before may be finished in this one
		   CASE WHEN l.distinct_lessons > 0 AND e.lessons > 0
				THEN least(1, l.distinct_lessons::float8 / e.lessons)
				ELSE 0
		   END AS completion
	FROM users AS u
	CROSS JOIN period
	LEFT JOIN paying AS p USING (user_id)
	LEFT JOIN learning AS l USING (user_id)
	LEFT JOIN enrolled AS e USING (user_id)
	WHERE u.signed_up_at < as_of)
SELECT *,
	   feature_vector(ln(1 + active_days), ln(1 + spend), ln(1 + purchases),
					  completion, ln(1 + recency_days)) AS features
FROM numbers;

SELECT user_id, channel, round(recency_days) AS recency, purchases, round(spend) AS spend,
	   courses, lessons, active_days, round(completion::numeric, 2) AS completion
FROM profile
ORDER BY md5(user_id::text)  -- any five
LIMIT 5;
