-- Keys and indexes, after the rows are loaded: a duplicate or an orphan in
-- loaded files is refused here, by name.

ALTER TABLE enrolments ADD PRIMARY KEY (user_id, course_id);
ALTER TABLE ratings ADD PRIMARY KEY (user_id, course_id);
ALTER TABLE coupon_exposures ADD PRIMARY KEY (user_id);
CREATE INDEX ON payments (user_id, paid_at);
CREATE INDEX ON lesson_views (user_id, viewed_at);
CREATE INDEX ON events (user_id, happened_at);

ALTER TABLE enrolments
	ADD FOREIGN KEY (user_id) REFERENCES users,
	ADD FOREIGN KEY (course_id) REFERENCES courses;
ALTER TABLE payments
	ADD FOREIGN KEY (user_id) REFERENCES users,
	ADD FOREIGN KEY (course_id) REFERENCES courses;
ALTER TABLE lesson_views
	ADD FOREIGN KEY (user_id) REFERENCES users,
	ADD FOREIGN KEY (course_id) REFERENCES courses;
ALTER TABLE events
	ADD FOREIGN KEY (user_id) REFERENCES users,
	ADD FOREIGN KEY (course_id) REFERENCES courses;
ALTER TABLE ratings
	ADD FOREIGN KEY (user_id) REFERENCES users,
	ADD FOREIGN KEY (course_id) REFERENCES courses;
ALTER TABLE coupon_exposures
	ADD FOREIGN KEY (user_id) REFERENCES users;
