-- Arguments that must be the same for all rows: the error names the one that differs.
BEGIN;
SELECT plan(20);

-- name: the argument that differs between the rows 1 and 2; call: $ stands for it
CREATE TEMP TABLE calls (name text, call text, first text, second text);
INSERT INTO calls VALUES
	('start', $$retention('2026-01-02'::timestamp, $, '1 day', 3)$$, $$'2026-01-01'::timestamp$$, $$'2026-01-02'::timestamp$$),
	('period', $$retention('2026-01-02'::date, '2026-01-01'::date, $, 3)$$, $$'1 day'::interval$$, $$'1 month'::interval$$),
	('period', $$retention('2026-01-02'::date, '2026-01-01'::date, $, 3)$$, $$'1 day'::interval$$, $$'24 hours'::interval$$),
	('n', $$retention('2026-01-02'::date, '2026-01-01'::date, '1 day', $)$$, '3', '4'),
	('mode', $$retention('2026-01-02'::date, '2026-01-01'::date, '1 day', 3, $)$$, $$'bounded'$$, $$'unbounded'$$),
	('as_of', $$retention('2026-01-02'::date, '2026-01-01'::date, '1 day', 3, 'bounded', $)$$,
		$$'2026-02-01'::date$$, $$'2026-02-02'::date$$),
	('as_of', $$lifecycle('2026-01-02'::date, $, '1 day')$$, $$'2026-02-01'::date$$, $$'2026-02-02'::date$$),
	('period', $$lifecycle('2026-01-02'::date, '2026-02-01'::date, $)$$, $$'1 month'::interval$$, $$'1 month 1 day'::interval$$),
	('as_of', $$trend('2026-01-02'::date, 1, $)$$, $$'2026-02-01'::date$$, $$'2026-02-02'::date$$),
	('windows', $$trend('2026-01-02'::date, 1, '2026-02-01', $)$$, $$'{7}'::bigint[]$$, $$'{7,8}'::bigint[]$$),
	('window', $$window_funnel($, '2026-01-02'::timestamp, true)$$, $$'1 day'::interval$$, $$'2 days'::interval$$),
	('mode', $$window_funnel('1 day', $, '2026-01-02'::timestamp, true)$$, $$'strict_order'$$, $$'strict_once'$$),
	('number of steps', $$window_funnel('1 day', '2026-01-02'::timestamp, VARIADIC $)$$, $$'{t}'::boolean[]$$, $$'{t,f}'::boolean[]$$),
	('pattern', $$sequence_match($, '2026-01-02'::timestamp, true)$$, $$'(?1)'$$, $$'(?1).*'$$),
	('pattern', $$sequence_count($, '2026-01-02'::timestamp, true)$$, $$'(?1)(?1)'$$, $$'(?1).*(?1)'$$),
	('number of conditions', $$sequence_match('(?1)', '2026-01-02'::timestamp, VARIADIC $)$$,
		$$'{t}'::boolean[]$$, $$'{t,f}'::boolean[]$$),
	('direction', $$sequence_next($, 'last_match', i, '2026-01-02'::timestamp, true)$$, $$'forward'$$, $$'backward'$$),
	('base', $$sequence_next('forward', $, i, '2026-01-02'::timestamp, true)$$, $$'last_match'$$, $$'first_match'$$),
	('unit', $$purchase_summary('2026-01-02'::date, 1.0::float8, '2026-02-01'::date, $)$$, $$'1 day'::interval$$, $$'1 week'::interval$$),
	('as_of', $$purchase_summary('2026-01-02'::date, 1.0::float8, $, '1 day')$$, $$'2026-02-01'::date$$, $$'2026-02-02'::date$$);

SELECT throws_ok(format('SELECT %s FROM generate_series(1, 2) AS i',
	replace(call, '$', format('CASE WHEN i = 1 THEN %s ELSE %s END', first, second))),
	'22023', name || ' must be the same for all rows', split_part(call, '(', 1) || ': ' || name) FROM calls;

SELECT * FROM finish();
ROLLBACK;
