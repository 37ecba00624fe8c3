-- Settings accept their limits and nothing beyond.
BEGIN;
SELECT plan(8);

-- this call loads the library; before that, the server accepts any value
SELECT is(segment_version(), (SELECT extversion FROM pg_extension WHERE extname = 'segment'),
	'library and SQL have the same version');

SELECT lives_ok($$ SET LOCAL segment.training_memory = '1MB' $$, 'minimum of training memory');
SELECT throws_ok($$ SET LOCAL segment.training_memory = '1023kB' $$, '22023', NULL, 'less is refused');
SELECT lives_ok($$ SET LOCAL segment.max_model_size = '1kB' $$, 'minimum of model size');
SELECT throws_ok($$ SET LOCAL segment.max_model_size = 0 $$, '22023', NULL, 'less is refused');
SELECT lives_ok($$ SET LOCAL segment.max_model_size = '512MB' $$, 'maximum of model size');
SELECT throws_ok($$ SET LOCAL segment.max_model_size = '513MB' $$, '22023', NULL, 'more is refused');

SELECT volatility_is('segment_version', ARRAY[]::name[], 'immutable');

SELECT * FROM finish();
ROLLBACK;
