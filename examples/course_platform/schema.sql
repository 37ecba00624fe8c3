-- The tables of the sample course platform.
--
-- README.md describes the columns and the generated data; the same tables are filled from CSV files by `make demo DATA=directory`.
-- Keys and indexes come after the rows, in keys.sql: loading is then several
-- times faster.

CREATE TABLE users (
	user_id       bigint PRIMARY KEY,
	signed_up_at  timestamptz NOT NULL,
	country       text,
	channel       text NOT NULL,
	device        text,
	birth_year    int
);
COMMENT ON TABLE users IS 'people with an account';

CREATE TABLE courses (
	course_id    bigint PRIMARY KEY,
	title        text NOT NULL,
	topic        text NOT NULL,
	level        text NOT NULL CHECK (level IN ('beginner', 'intermediate', 'advanced')),
	price        numeric(10,2) NOT NULL CHECK (price >= 0),
	lessons      int NOT NULL CHECK (lessons > 0),
	description  text
);
COMMENT ON TABLE courses IS 'the catalogue';

CREATE TABLE enrolments (
	user_id      bigint NOT NULL,
	course_id    bigint NOT NULL,
	enrolled_at  timestamptz NOT NULL
);
COMMENT ON TABLE enrolments IS 'who takes which course, paid or free';

CREATE TABLE payments (
	payment_id  bigint PRIMARY KEY,
	user_id     bigint NOT NULL,
	course_id   bigint NOT NULL,
	paid_at     timestamptz NOT NULL,
	amount      numeric(10,2) NOT NULL CHECK (amount > 0)
);
COMMENT ON TABLE payments IS 'money received, one row a course bought';

CREATE TABLE lesson_views (
	user_id    bigint NOT NULL,
	course_id  bigint NOT NULL,
	lesson     int NOT NULL,
	viewed_at  timestamptz NOT NULL,
	minutes    int NOT NULL
);
COMMENT ON TABLE lesson_views IS 'lessons watched';

CREATE TABLE events (
	user_id      bigint NOT NULL,
	happened_at  timestamptz NOT NULL,
	event        text NOT NULL CHECK (event IN ('visit', 'view_course', 'add_to_cart', 'pay')),
	course_id    bigint
);
COMMENT ON TABLE events IS 'steps towards a purchase, as the shop records them';

CREATE TABLE ratings (
	user_id    bigint NOT NULL,
	course_id  bigint NOT NULL,
	rating     int NOT NULL CHECK (rating BETWEEN 1 AND 5),
	rated_at   timestamptz NOT NULL
);
COMMENT ON TABLE ratings IS 'stars that users gave to courses they took';

CREATE TABLE coupon_exposures (
	user_id       bigint NOT NULL,
	variant       text NOT NULL,
	exposed_at    timestamptz NOT NULL,
	spend_before  numeric(10,2) NOT NULL,
	converted     boolean NOT NULL,
	revenue       numeric(10,2) NOT NULL
);
COMMENT ON TABLE coupon_exposures IS 'the coupon experiment, one row a user in it';

-- The platform's "today": the data have fixed dates, so now() would make
-- everybody look long gone.  On live data, use now() instead.
CREATE TABLE clock (
	as_of  timestamptz NOT NULL
);
COMMENT ON TABLE clock IS 'one row: the moment at which the data are looked at';
