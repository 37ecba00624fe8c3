-- Fill the tables of the sample course platform.
--
-- Two years of invented history from 2024-01-01, plus one month, which
-- hold_back.sql then sets aside.  There is no random(): every draw is a hash of
-- a key and the name of the draw, so that the same rows come out on every
-- machine and server version, in any order and plan.  README.md lists the
-- built-in truths for models to find.

SET timezone = 'UTC';
SET work_mem = '64MB';
-- each statement runs once: JIT compilation costs more than it saves
SET jit = off;
SET client_min_messages = warning;

CREATE SCHEMA generator;
COMMENT ON SCHEMA generator IS
	'how the sample data were made, with the truths that no platform would know';

-- A number above 0 and below 1 that depends only on the key (0 to 2^32 - 1) and
-- the name of the draw.  The name goes through md5, which the planner folds
-- to a constant; the key through the server's hash of integers, which hash
-- partitions rely on and which is therefore the same in all versions.
CREATE FUNCTION generator.uniform(key bigint, draw text) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN (((hashint8extended(key, ('x' || left(md5(draw), 16))::bit(64)::bigint) >> 11)
			 & 9007199254740991)::float8 + 0.5) / 9007199254740992.0;

-- Exponential with mean 1.  ln() may differ in its last bit between C
-- libraries; six decimals are the same everywhere.
CREATE FUNCTION generator.exponential(key bigint, draw text) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN round(-ln(generator.uniform(key, draw)) * 1e6) / 1e6;

-- Bell-shaped with mean 0 and deviation 1: the scaled sum of four uniform numbers, which needs no function of the C library (bounds: -3.46 and 3.46).
CREATE FUNCTION generator.normal(key bigint, draw text) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN (generator.uniform(key, draw || ' 1') + generator.uniform(key, draw || ' 2')
			+ generator.uniform(key, draw || ' 3') + generator.uniform(key, draw || ' 4')
			- 2) * 1.7320508;

-- The moment a number of days (at most a century) after another, in whole seconds.
CREATE FUNCTION generator.days_after(start timestamptz, days float8) RETURNS timestamptz
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN start + floor(least(days, 36525) * 86400) * interval '1 second';

-- First and last moment of the history, and the number of people.
CREATE FUNCTION generator.beginning() RETURNS timestamptz
	LANGUAGE sql IMMUTABLE RETURN timestamptz '2024-01-01 00:00:00+00';
CREATE FUNCTION generator.ending() RETURNS timestamptz
	LANGUAGE sql IMMUTABLE RETURN timestamptz '2026-02-01 00:00:00+00';
CREATE FUNCTION generator.people() RETURNS int
	LANGUAGE sql IMMUTABLE RETURN 21200;

\ir catalogue.sql

-- Channels: their share of the sign-ups, and how many continue from a visit to a
-- course page, from there to the cart, and from there to the first payment.
CREATE TABLE generator.channel (
	channel_no  int PRIMARY KEY,
	channel     text NOT NULL,
	share       float8 NOT NULL,
	view        float8 NOT NULL,
	cart        float8 NOT NULL,
	pay         float8 NOT NULL
);
INSERT INTO generator.channel VALUES
	(1, 'search',     0.30, 0.92, 0.70, 0.85),
	(2, 'social',     0.25, 0.85, 0.55, 0.75),
	(3, 'referral',   0.15, 0.96, 0.80, 0.90),
	(4, 'newsletter', 0.10, 0.94, 0.75, 0.88),
	(5, 'partner',    0.12, 0.90, 0.65, 0.80),
	(6, 'display',    0.08, 0.75, 0.45, 0.65);

-- People and what drives them.  Sign-ups grow: ids ascend with time.
CREATE TABLE generator.user_truth AS
SELECT id AS user_id,
	   generator.days_after(generator.beginning(),
							762 * (0.45 * u + 0.55 * sqrt(u))) AS signed_up_at,
	   1 + width_bucket(generator.uniform(id, 'channel'),
						'{0.30,0.55,0.70,0.80,0.92}'::float8[]) AS channel_no,
	   generator.uniform(id, 'device') < 0.45 AS mobile,
	   -- purchases per day: gamma with shape 1/2 (half a squared normal), rate 30 days
	   round((-ln(generator.uniform(id, 'rate 1'))
			  * cos(2 * pi() * generator.uniform(id, 'rate 2')) ^ 2 / 30 * 1e8)) / 1e8
		   + 1e-8 AS purchase_rate,
	   -- chance of leaving after a repeat purchase: beta (1, 3), the least of three uniforms
	   least(generator.uniform(id, 'dropout 1'), generator.uniform(id, 'dropout 2'),
			 generator.uniform(id, 'dropout 3')) AS dropout,
	   -- price paid over the list price: inverse gamma, shape 5, mean 1
	   round(least(5, 4 / (generator.exponential(id, 'budget 1')
						   + generator.exponential(id, 'budget 2')
						   + generator.exponential(id, 'budget 3')
						   + generator.exponential(id, 'budget 4')
						   + generator.exponential(id, 'budget 5')))::numeric, 3) AS budget,
	   1 + width_bucket(generator.uniform(id, 'topic'),
						'{0.18,0.34,0.45,0.53,0.64,0.75,0.84,0.90,0.95}'::float8[]) AS topic_no,
	   0 AS second_topic_no,
	   0 AS depth,
	   0.5 + 1.5 * generator.uniform(id, 'activity') AS activity,
	   0.7 + 2.8 * generator.uniform(id, 'pace') ^ 2 AS days_a_lesson,
	   0.4 * generator.normal(id, 'rating bias') AS rating_bias
FROM generate_series(1, generator.people()) AS id,
	 LATERAL (SELECT (id - 1 + generator.uniform(id, 'sign-up')) / generator.people()) AS s(u);

-- The second topic is, for seven in ten, the partner of the first (Data and
-- Programming, Design and Photo, …), otherwise any of the other nine.  The depth
-- is how far into the funnel a person ever goes: 1 visit … 4 payment.
UPDATE generator.user_truth AS t SET
	second_topic_no = CASE
		WHEN generator.uniform(user_id, 'second topic is partner') < 0.7
		THEN topic_no - 1 + 2 * (topic_no % 2)
		ELSE 1 + (topic_no + floor(9 * generator.uniform(user_id, 'second topic'))::int) % 10
	END,
	depth = CASE
		WHEN generator.uniform(user_id, 'goes on to view') >= c.view THEN 1
		WHEN generator.uniform(user_id, 'goes on to cart') >= c.cart THEN 2
		WHEN generator.uniform(user_id, 'goes on to pay') >= c.pay THEN 3
		ELSE 4
	END
FROM generator.channel AS c
WHERE c.channel_no = t.channel_no;
ALTER TABLE generator.user_truth ADD PRIMARY KEY (user_id);
ANALYZE generator.user_truth;

INSERT INTO users (user_id, signed_up_at, country, channel, device, birth_year)
SELECT user_id, signed_up_at,
	   (ARRAY['DE', 'FR', 'GB', 'ES', 'IT', 'NL', 'PL', 'SE'])
		   [1 + width_bucket(generator.uniform(user_id, 'country'),
							 '{0.24,0.42,0.58,0.70,0.80,0.88,0.95}'::float8[])],
	   c.channel,
	   CASE WHEN mobile THEN 'mobile' ELSE 'desktop' END,
	   2006 - floor(45 * generator.uniform(user_id, 'birth year') ^ 2)::int
FROM generator.user_truth
JOIN generator.channel AS c USING (channel_no)
ORDER BY user_id;

-- Purchases, as in the BG/NBD model: a first one soon after the sign-up, then
-- exponential times at the person's own rate; after each repeat purchase the
-- person leaves for good with an individual probability, so that the number of
-- purchases is geometric.  Only rows that can fall into the history are made.
CREATE TEMP TABLE purchase AS
SELECT user_id, n,
	   generator.days_after(first_at,
							sum(CASE WHEN n = 0 THEN 0
									 ELSE generator.exponential(key, 'time to purchase') / purchase_rate
								END)
							OVER (PARTITION BY user_id ORDER BY n)) AS paid_at,
	   n = repeats AS is_last,
	   key
FROM (
	SELECT user_id, purchase_rate,
		   generator.days_after(signed_up_at,
								least(14, 4 * generator.exponential(user_id, 'time to first purchase'))) AS first_at,
		   ceil(least(1000, ln(generator.uniform(user_id, 'repeats')) / ln(1 - dropout)))::int AS repeats
	FROM generator.user_truth
	WHERE depth = 4) AS buyer,
	LATERAL generate_series(0, least(repeats, 99, 10 + (1000 * purchase_rate
									 + 6 * sqrt(1000 * purchase_rate)))::int) AS n,
	LATERAL (SELECT user_id * 100 + n) AS k(key);

-- How long a person is around: until a few weeks after the last purchase or,
-- without purchases, a few weeks in total.
CREATE TEMP TABLE life AS
SELECT user_id, activity, depth, topic_no, signed_up_at,
	   CASE
		   WHEN depth < 4
		   THEN generator.days_after(signed_up_at, 40 * generator.exponential(user_id, 'life'))
		   WHEN left_at IS NULL THEN generator.ending()
		   ELSE generator.days_after(left_at, 20 * generator.exponential(user_id, 'life'))
	   END AS ends_at
FROM generator.user_truth
LEFT JOIN (SELECT user_id, paid_at AS left_at FROM purchase
		   WHERE is_last) AS last_purchase USING (user_id);

DELETE FROM purchase WHERE paid_at >= generator.ending();
ANALYZE purchase;

-- The level at which a person enters a path.
CREATE FUNCTION generator.first_level(key bigint) RETURNS int
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN 1 + width_bucket(generator.uniform(key, 'level'), '{0.65,0.90}'::float8[]);

-- Which course: half the time the next level of the path just taken (a run),
-- otherwise a new run, or, after the advanced course, any: topic by taste, path
-- by popularity, level mostly the first.
CREATE TEMP TABLE choice AS
WITH run AS (
	SELECT *, count(*) FILTER (WHERE n = 0 OR generator.uniform(key, 'goes on') >= 0.5)
			  OVER (PARTITION BY user_id ORDER BY n) AS run_no
	FROM purchase),
step AS (
	SELECT *, first_value(key) OVER w AS run_key, row_number() OVER w - 1 AS steps
	FROM run WINDOW w AS (PARTITION BY user_id, run_no ORDER BY n)),
goal AS (
	SELECT user_id, n, key, paid_at, steps,
		   CASE WHEN generator.first_level(run_key) + steps > 3 THEN key ELSE run_key END AS draw_key,
		   CASE WHEN generator.first_level(run_key) + steps > 3 THEN generator.first_level(key)
				ELSE generator.first_level(run_key) + steps END AS level_no
	FROM step)
SELECT user_id, n, key, paid_at,
	   100 * CASE
		   WHEN generator.uniform(draw_key, 'course topic') < 0.60 THEN topic_no
		   WHEN generator.uniform(draw_key, 'course topic') < 0.85 THEN second_topic_no
		   ELSE 1 + floor(10 * generator.uniform(draw_key, 'any topic'))::int
	   END
	   + 10 * (1 + width_bucket(generator.uniform(draw_key, 'course path'),
								'{0.40,0.65,0.81,0.92}'::float8[]))
	   + level_no AS course_id
FROM goal
JOIN generator.user_truth USING (user_id);

-- Nobody buys a course twice: a repetition becomes one of the courses that the
-- person never takes, in an individual order, first topic first.
WITH repetition AS (
	SELECT user_id, n, row_number() OVER (PARTITION BY user_id ORDER BY n) AS turn
	FROM (SELECT *, row_number() OVER (PARTITION BY user_id, course_id ORDER BY n) > 1 AS again
		  FROM choice) AS c
	WHERE again),
other AS (
	SELECT r.user_id, c.course_id,
		   row_number() OVER (PARTITION BY r.user_id
							  ORDER BY (c.course_id / 100 <> t.topic_no)
									   AND (c.course_id / 100 <> t.second_topic_no),
									   generator.uniform(r.user_id * 1054 + c.course_id, 'other course')) AS turn
	FROM (SELECT DISTINCT user_id FROM repetition) AS r
	JOIN generator.user_truth AS t USING (user_id)
	JOIN courses AS c ON c.price > 0
	WHERE NOT EXISTS (SELECT FROM choice AS taken
					  WHERE taken.user_id = r.user_id AND taken.course_id = c.course_id))
UPDATE choice SET course_id = other.course_id
FROM repetition JOIN other USING (user_id, turn)
WHERE choice.user_id = repetition.user_id AND choice.n = repetition.n;

INSERT INTO payments (payment_id, user_id, course_id, paid_at, amount)
SELECT row_number() OVER (ORDER BY paid_at, user_id, n),
	   user_id, course_id, paid_at, round(price * budget, 2)
FROM choice
JOIN courses USING (course_id)
JOIN generator.user_truth USING (user_id)
ORDER BY 1;

-- Bought courses are taken; over half begin with the free course of their first
-- topic, fewer with that of the second.
INSERT INTO enrolments (user_id, course_id, enrolled_at)
SELECT user_id, course_id, paid_at FROM payments
UNION ALL
SELECT user_id, 100 * topic_no,
	   generator.days_after(signed_up_at, 2 * generator.uniform(user_id, 'free course at'))
FROM generator.user_truth
WHERE generator.uniform(user_id, 'free course') < 0.55
UNION ALL
SELECT user_id, 100 * second_topic_no,
	   generator.days_after(signed_up_at, 10 * generator.uniform(user_id, 'second free course at'))
FROM generator.user_truth
WHERE generator.uniform(user_id, 'second free course') < 0.20
ORDER BY 3, 1, 2;
DELETE FROM enrolments WHERE enrolled_at >= generator.ending();
ANALYZE enrolments;

-- The chance of completing a course, from how likely the person is to leave.
CREATE FUNCTION generator.completion(dropout float8, mobile boolean, is_free boolean) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN 0.2 + 0.65 * (1 - dropout)
		   - CASE WHEN mobile THEN 0.12 ELSE 0 END
		   - CASE WHEN is_free THEN 0.15 ELSE 0 END;

-- Lessons: people who stay with the platform complete more; on mobile devices, and
-- where nothing was paid, less is completed.  The others stop somewhere.
INSERT INTO lesson_views (user_id, course_id, lesson, viewed_at, minutes)
SELECT user_id, course_id, lesson, viewed_at,
	   4 + floor(26 * generator.uniform(key * 32 + lesson, 'minutes'))::int
FROM (
	SELECT user_id, course_id, key, enrolled_at, days_a_lesson,
		   CASE
			   WHEN generator.uniform(key, 'completes') < generator.completion(dropout, mobile, price = 0)
			   THEN lessons
			   ELSE floor(lessons * (0.05 + 0.85 * generator.uniform(key, 'stops at')))::int
		   END AS seen
	FROM enrolments
	JOIN generator.user_truth USING (user_id)
	JOIN courses USING (course_id),
	LATERAL (SELECT user_id * 1054 + course_id) AS k(key)) AS taken,
	LATERAL generate_series(1, seen) AS lesson,
	LATERAL (SELECT generator.days_after(enrolled_at,
										 days_a_lesson * (lesson - 1 + generator.uniform(key * 32 + lesson, 'viewed')))
			) AS v(viewed_at)
WHERE viewed_at < generator.ending()
ORDER BY viewed_at, user_id, course_id, lesson;

-- Shop events.  Each payment ends a session of four steps; people also come
-- to look around two or three times a month until they are gone, and never get
-- further than their depth allows.  Everybody's first visit is the sign-up.
INSERT INTO events (user_id, happened_at, event, course_id)
WITH session AS (
	SELECT user_id, paid_at - interval '20 minutes' AS began_at, 4 AS steps, course_id, key
	FROM choice
	UNION ALL
	SELECT user_id, began_at,
		   least(depth, 3, CASE
			   WHEN n = 0 THEN 3
			   ELSE 1 + width_bucket(generator.uniform(key, 'browses'), '{0.5,0.85}'::float8[])
		   END),
		   100 * topic_no
		   + 10 * (1 + width_bucket(generator.uniform(key, 'browsed path'),
									'{0.40,0.65,0.81,0.92}'::float8[]))
		   + 1 + floor(3 * generator.uniform(key, 'browsed level'))::int,
		   key
	FROM life,
		 LATERAL generate_series(0, 100) AS n,
		 LATERAL (SELECT user_id * 128 + n + 100000000) AS k(key),
		 LATERAL (SELECT CASE
					 WHEN n = 0 THEN signed_up_at
					 ELSE generator.days_after(signed_up_at,
											   15 * (n - 1 + generator.uniform(key, 'comes back')) / activity)
				 END) AS b(began_at)
	WHERE n = 0 OR began_at < ends_at)
SELECT user_id, happened_at,
	   (ARRAY['visit', 'view_course', 'add_to_cart', 'pay'])[step],
	   CASE WHEN step > 1 THEN course_id END
FROM session,
	 LATERAL generate_series(1, steps) AS step,
	 LATERAL (SELECT CASE step
				 WHEN 1 THEN began_at
				 WHEN 4 THEN began_at + interval '20 minutes'
				 ELSE began_at + (step - 1) * interval '5 minutes'
					  + floor(240 * generator.uniform(key * 4 + step, 'step')) * interval '1 second'
			 END) AS s(happened_at)
WHERE happened_at < generator.ending()
ORDER BY happened_at, user_id, step;

-- Stars: personal habit, course quality, taste and chance, rounded.
INSERT INTO ratings (user_id, course_id, rating, rated_at)
SELECT user_id, course_id,
	   greatest(1, least(5, round(3.6 + rating_bias + quality
								  + CASE course_id / 100
										WHEN topic_no THEN 0.5
										WHEN second_topic_no THEN 0.2
										ELSE -0.5
									END
								  + 0.5 * generator.normal(key, 'rating'))))::int,
	   rated_at
FROM enrolments
JOIN generator.user_truth USING (user_id)
JOIN generator.course_truth USING (course_id),
LATERAL (SELECT user_id * 1054 + course_id) AS k(key),
LATERAL (SELECT generator.days_after(enrolled_at, 5 + 35 * generator.uniform(key, 'rated at'))) AS r(rated_at)
WHERE generator.uniform(key, 'rates') < 0.5
  AND rated_at < generator.ending()
ORDER BY rated_at, user_id, course_id;

-- The coupon experiment of October 2025: everybody who had signed up before is
-- offered a certificate (bought outside the catalogue, hence not in payments),
-- a random half of them with a coupon of 10 %.  The coupon multiplies each
-- person's chance of buying by 1.12.
INSERT INTO coupon_exposures (user_id, variant, exposed_at, spend_before, converted, revenue)
SELECT user_id,
	   CASE WHEN coupon THEN 'coupon' ELSE 'control' END,
	   generator.days_after(timestamptz '2025-10-01 00:00:00+00',
							31 * generator.uniform(user_id, 'exposed')),
	   spend_before,
	   converted,
	   CASE WHEN converted THEN round(120 * budget * CASE WHEN coupon THEN 0.9 ELSE 1 END, 2)
			ELSE 0
	   END
FROM (
	SELECT user_id,
		   coalesce(sum(amount) FILTER (WHERE paid_at >= timestamptz '2025-07-01 00:00:00+00'
										  AND paid_at < timestamptz '2025-10-01 00:00:00+00'),
					0) AS spend_before
	FROM generator.user_truth AS t
	LEFT JOIN payments AS p USING (user_id)
	WHERE t.signed_up_at < timestamptz '2025-10-01 00:00:00+00'
	GROUP BY user_id) AS spender
JOIN generator.user_truth USING (user_id),
LATERAL (SELECT generator.uniform(user_id, 'coupon') < 0.5) AS v(coupon),
LATERAL (SELECT generator.uniform(user_id, 'converts')
				< (0.20 + 0.50 * spend_before / (spend_before + 300))
				  * CASE WHEN coupon THEN 1.12 ELSE 1 END) AS c(converted)
ORDER BY user_id;

DROP TABLE purchase, life, choice;
ANALYZE;
