-- Checks of the generated rows: row counts, keys, dates, and the truths that
-- README.md promises.  Any failure stops psql with an error:
--
--	psql -X -v ON_ERROR_STOP=1 -f schema.sql -f generate.sql -f keys.sql \
--		-f hold_back.sql -f check.sql
--
-- Meant for the generated rows before the next month arrives; the extension
-- is not needed.

SET timezone = 'UTC';
SET datestyle = 'ISO';

-- Volumes and dates.
DO $$
BEGIN
	ASSERT (SELECT count(*) FROM users) BETWEEN 19000 AND 21000, 'users';
	ASSERT (SELECT count(*) FROM courses) = 160, 'courses';
	ASSERT (SELECT count(DISTINCT topic) FROM courses) = 10, 'topics';
	ASSERT (SELECT count(DISTINCT title) FROM courses) = 160, 'titles are distinct';
	ASSERT (SELECT count(*) FROM enrolments) BETWEEN 40000 AND 50000, 'enrolments';
	ASSERT (SELECT count(*) FROM payments) BETWEEN 27000 AND 33000, 'payments';
	ASSERT (SELECT count(*) FROM lesson_views) BETWEEN 350000 AND 450000, 'lesson views';
	ASSERT (SELECT count(*) FROM events) BETWEEN 450000 AND 550000, 'events';
	ASSERT (SELECT count(*) FROM ratings) BETWEEN 19000 AND 24000, 'ratings';
	ASSERT (SELECT count(*) FROM coupon_exposures) BETWEEN 15000 AND 18000, 'exposures';
	ASSERT (SELECT count(*) FROM incoming.users) BETWEEN 1000 AND 1400, 'sign-ups to come';
	ASSERT (SELECT count(*) FROM incoming.payments) BETWEEN 2000 AND 2700, 'payments to come';

	ASSERT (SELECT as_of FROM clock) = timestamptz '2026-01-01 00:00:00+00', 'clock';
	ASSERT (SELECT bool_and(at >= timestamptz '2024-01-01 00:00:00+00'
							AND at < timestamptz '2026-01-01 00:00:00+00')
			FROM (SELECT signed_up_at FROM users
				  UNION ALL SELECT enrolled_at FROM enrolments
				  UNION ALL SELECT paid_at FROM payments
				  UNION ALL SELECT viewed_at FROM lesson_views
				  UNION ALL SELECT happened_at FROM events
				  UNION ALL SELECT rated_at FROM ratings
				  UNION ALL SELECT exposed_at FROM coupon_exposures) AS moment(at)),
		'dates of the two years';
	ASSERT (SELECT bool_and(at >= timestamptz '2026-01-01 00:00:00+00'
							AND at < timestamptz '2026-02-01 00:00:00+00')
			FROM (SELECT signed_up_at FROM incoming.users
				  UNION ALL SELECT enrolled_at FROM incoming.enrolments
				  UNION ALL SELECT paid_at FROM incoming.payments
				  UNION ALL SELECT viewed_at FROM incoming.lesson_views
				  UNION ALL SELECT happened_at FROM incoming.events
				  UNION ALL SELECT rated_at FROM incoming.ratings) AS moment(at)),
		'dates of the month to come';
END
$$;

-- Rows are consistent (orphans aside: keys.sql declares foreign keys).
DO $$
BEGIN
	ASSERT NOT EXISTS (SELECT FROM payments AS p JOIN users AS u USING (user_id)
					   WHERE p.paid_at < u.signed_up_at), 'nobody pays before the sign-up';
	ASSERT NOT EXISTS (SELECT FROM payments AS p
					   LEFT JOIN enrolments AS e USING (user_id, course_id)
					   WHERE e.enrolled_at IS DISTINCT FROM p.paid_at), 'what is paid is taken';
	ASSERT NOT EXISTS (SELECT FROM payments GROUP BY user_id, course_id HAVING count(*) > 1),
		'nobody buys a course twice';
	ASSERT NOT EXISTS (SELECT FROM lesson_views AS v
					   LEFT JOIN enrolments AS e USING (user_id, course_id)
					   WHERE e.enrolled_at IS NULL OR v.viewed_at < e.enrolled_at),
		'lessons are of courses taken';
	ASSERT NOT EXISTS (SELECT FROM lesson_views JOIN courses USING (course_id)
					   WHERE lesson NOT BETWEEN 1 AND lessons), 'lesson numbers';
	ASSERT NOT EXISTS (SELECT FROM ratings AS r
					   LEFT JOIN enrolments AS e USING (user_id, course_id)
					   WHERE e.enrolled_at IS NULL OR r.rated_at < e.enrolled_at),
		'ratings are of courses taken';
	ASSERT (SELECT count(*) FROM events WHERE event = 'pay') = (SELECT count(*) FROM payments),
		'every payment is an event';
	ASSERT NOT EXISTS (SELECT FROM coupon_exposures WHERE converted <> (revenue > 0)),
		'revenue where converted';
END
$$;

-- The truths.
DO $$
BEGIN
	-- users who signed up at least 30 days ago have shown how far they go
	ASSERT (SELECT bool_and(abs(viewed - view) < 0.03 AND abs(carted - cart) < 0.04
							AND abs(paid - pay) < 0.05)
			FROM (SELECT channel,
						 avg((depth >= 2)::int) AS viewed,
						 avg((depth >= 3)::int) FILTER (WHERE depth >= 2) AS carted,
						 avg((depth >= 4)::int) FILTER (WHERE depth >= 3) AS paid
				  FROM (SELECT u.channel,
							   max(array_position('{visit,view_course,add_to_cart,pay}'::text[], event)) AS depth
						FROM users AS u JOIN events USING (user_id)
						WHERE u.signed_up_at < timestamptz '2025-12-01 00:00:00+00'
						GROUP BY u.user_id) AS reached
				  GROUP BY channel) AS measured
			JOIN generator.channel USING (channel)), 'funnel by channel';

	ASSERT (SELECT abs(avg(purchase_rate) * 30 - 0.5) < 0.03 AND abs(avg(dropout) - 0.25) < 0.01
				   AND abs(avg(budget) - 1) < 0.02
			FROM generator.user_truth), 'rates, dropout and budgets';

	ASSERT (SELECT avg(converted::int) FILTER (WHERE variant = 'coupon')
				   / avg(converted::int) FILTER (WHERE variant = 'control')
			FROM coupon_exposures) BETWEEN 1.05 AND 1.19, 'lift of the coupon';
	ASSERT (SELECT corr(spend_before, converted::int) FROM coupon_exposures) > 0.15,
		'earlier spending predicts conversion';

	ASSERT (SELECT avg(rating) FILTER (WHERE course_id / 100 = topic_no)
				   - avg(rating) FILTER (WHERE course_id / 100 NOT IN (topic_no, second_topic_no))
			FROM ratings JOIN generator.user_truth USING (user_id)) > 0.7, 'taste shows in ratings';

	ASSERT (SELECT avg((next_course_id = course_id + 1)::int)
			FROM (SELECT course_id,
						 lead(course_id) OVER (PARTITION BY user_id ORDER BY paid_at, payment_id)
							 AS next_course_id
				  FROM payments) AS step
			WHERE next_course_id IS NOT NULL AND course_id % 10 < 3) BETWEEN 0.35 AND 0.5,
		'paths are followed';
END
$$;

-- The same bytes everywhere: one fingerprint per table, held-back rows included.
DO $$
DECLARE
	source text;
	expected text;
	found text;
BEGIN
	FOR source, expected IN VALUES
		('users', 'db9359435df10537c90fc1ac44b7ad8b'),
		('courses', 'b78503106158252437fa45c2d06dc80a'),
		('enrolments', '91bc271c0dd2fe782beb37b41074c3aa'),
		('payments', 'ecd7a2bed0ef2f156a7305d2d4888c2f'),
		('lesson_views', '36bcfaf5f54498c33cab4ee764ef94af'),
		('events', '87a50171345e07febd92b31ec9027c58'),
		('ratings', '47ea6a9d9532db9b46795c95ee25692a'),
		('coupon_exposures', 'd921e18aec4dcbe0791e8d56c567c005')
	LOOP
		EXECUTE format('SELECT md5(string_agg(line, chr(10) ORDER BY line COLLATE "C"))
						FROM (SELECT t::text AS line FROM %1$I AS t
							  UNION ALL
							  SELECT t::text FROM %2$s AS t) AS l',
					   source,
					   CASE WHEN source = 'courses' THEN '(SELECT WHERE false)'
							ELSE format('incoming.%I', source) END)
			INTO found;
		ASSERT found = expected,
			format('table %s differs from the known one: %s', source, found);
	END LOOP;
END
$$;
