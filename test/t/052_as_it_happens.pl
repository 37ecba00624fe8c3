# The recipes of docs/guides/as_it_happens.md when sessions write at once: no row is
# lost, none counts twice, and no two sessions wait for each other.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off\ndeadlock_timeout = 100ms");
$node->start;

# the recipes as the guide has them
my $guide = slurp_file("$ENV{TESTDIR}/as_it_happens.md");
my ($users) = $guide =~ /(CREATE TABLE users .*?;)/s or die 'the guide has no users';
my ($scored) = $guide =~ /(ALTER TABLE users ADD churn_risk.*?EXECUTE FUNCTION score_user\(\);)/s
  or die 'the guide has no scored rows';
my ($added) = $guide =~ /(CREATE TABLE stays .*?EXECUTE FUNCTION add_to_day\(\);)/s or die 'the guide adds no events';
my ($window) = $guide =~ /(CREATE VIEW last_30_days.*?;)/s or die 'the guide has no window';
$node->safe_psql('postgres', qq{
	CREATE EXTENSION segment;
	CREATE TABLE models (name text PRIMARY KEY, model segment_model NOT NULL);
	$users
	$scored
	$added
	$window
});

my $days_agree = q{
	SELECT count(*) FILTER (WHERE d.stays IS DISTINCT FROM s.stays) FROM daily AS d
	FULL JOIN (SELECT day, kaplan_meier(days_stayed, has_left) AS stays FROM stays GROUP BY day) AS s USING (day)};
my $window_agrees = q{
	SELECT stays = (SELECT kaplan_meier(days_stayed, has_left) FROM stays
		WHERE day > (SELECT max(day) FROM stays) - 30) FROM last_30_days};

# Events over 40 days, in the order of time or against it.
sub batch
{
	my ($seed, $direction) = @_;
	return "INSERT INTO stays SELECT i, date '2026-06-01' + fold(i, 40, 'day$seed'), 1 + fold(i, 90, 'stay$seed'), i % 3 > 0"
	  . " FROM generate_series(1, 300) AS i ORDER BY fold(i, 40, 'day$seed') $direction, i";
}

# Each of two sessions writes into the same days; the first one ends as told.
foreach my $end ('COMMIT', 'ROLLBACK')
{
	my ($first, $second) = map { $node->background_psql('postgres') } 1, 2;

	$first->query_safe('BEGIN');
	$first->query_safe(batch($end, 'ASC'));
	$second->query_until(qr/asked/, "\\echo asked\n" . batch("second $end", 'DESC') . ";\n\\echo over\n");
	$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'})
	  or die 'the second session does not wait';
	$first->query_safe($end);
	$second->{run}->pump until $second->{stdout} =~ /over/;
	$_->quit foreach $first, $second;
	is($node->safe_psql('postgres', $days_agree), 0, "$end of the first session: each day holds its rows, once");
	is($node->safe_psql('postgres', $window_agrees), 't', "$end of the first session: and so do the last 30 days");
}

# many sessions, small batches, days in any order
my $log = $node->logfile;
my $from = -s $log;
my $script = PostgreSQL::Test::Utils::tempdir() . '/write.sql';
append_to_file($script, q{
	\set seed random(1, 1000000)
	INSERT INTO stays SELECT i, date '2026-06-01' + fold(i + :seed, 40, 'day'), 1 + fold(i + :seed, 90, 'stay'), i % 3 > 0
	FROM generate_series(1, 20) AS i ORDER BY fold(i + :seed, 7, 'order');
	UPDATE users SET visits = visits + 1, spend = spend + 10 WHERE user_id = 1 + :seed % 5;
});
$node->safe_psql('postgres', 'INSERT INTO users (user_id) SELECT generate_series(1, 5)');
is($node->safe_psql('postgres', 'SELECT count(*) FROM users WHERE churn_risk IS NULL'), 5, 'without a model rows are written, unscored');
$node->safe_psql('postgres', q{
	INSERT INTO models
	SELECT 'churn', logistic_train(i % 40 + fold(i, 20, 'chance') > 35, feature_vector(i % 40, i * 7 % 30))
	FROM generate_series(1, 2000) AS i});
$node->command_ok([ 'pgbench', '-n', '-c', '6', '-t', '40', '-f', $script, '-h', $node->host, '-p', $node->port, 'postgres' ],
	'six sessions write 240 batches');
is($node->safe_psql('postgres', 'SELECT count(*) FROM stays'), 3 * 300 + 240 * 20, 'no batch was refused');
unlike(slurp_file($log, $from), qr/deadlock/, 'no sessions wait for each other');
is($node->safe_psql('postgres', $days_agree), 0, 'six sessions: each day holds its rows, once');
is($node->safe_psql('postgres', $window_agrees), 't', 'six sessions: and so do the last 30 days');
is($node->safe_psql('postgres', 'SELECT sum(visits), sum(spend) FROM users'), '240|2400', 'each update counts');
is($node->safe_psql('postgres', q{
	SELECT count(*) FROM users, models WHERE name = 'churn' AND visits > 0
		AND (churn_risk IS DISTINCT FROM predict(model, feature_vector(days_away, visits)) OR tier <> tier(spend, ARRAY[50, 150]))}),
	0, 'score and tier are those of the row');

done_testing();
