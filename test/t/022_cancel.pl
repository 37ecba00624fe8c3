# Training is cancelled promptly and leaves neither files nor a broken session.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time sleep);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE rows AS
		SELECT ARRAY[sin(i), cos(i * 7), sin(i * 3), i % 101, sqrt(i), cos(i)]::feature_vector AS v
		FROM generate_series(1, 200000) AS i;
});

my $pid_file = $node->data_dir . '/base/pgsql_tmp';
sub temporary_files
{
	opendir(my $dir, $pid_file) or return 0;
	return scalar grep { !/^\./ } readdir $dir;
}

# long enough to be cancelled halfway, in memory and on disk
my $training = q{SELECT kmeans_train(v, 200, '{"tolerance": 0, "max_iterations": 100000, "restarts": 100}') FROM rows};
my $session = $node->background_psql('postgres', on_error_stop => 0);

foreach my $case ([ '256MB', 0.3 ], [ '256MB', 1.0 ], [ '1MB', 0.3 ], [ '1MB', 1.5 ])
{
	my ($memory, $after) = @$case;
	my $pid = $session->query('SELECT pg_backend_pid()');
	$session->query("SET segment.training_memory = '$memory'");
	$session->query_until(qr/begun/, "\\echo begun\n$training;\n\\echo it is over\n");
	$node->poll_query_until('postgres',
		"SELECT state = 'active' AND query LIKE '%kmeans_train%' FROM pg_stat_activity WHERE pid = $pid")
	  or die 'training did not begin';
	sleep $after;
	my $cancelled = time;
	$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
	$session->{run}->pump until $session->{stdout} =~ /it is over/;
	my $took = time - $cancelled;
	cmp_ok($took, '<', 1, sprintf('cancelled after %.1f s at %s: it took %.0f ms, connecting included', $after, $memory, 1000 * $took));
	like($session->{stderr}, qr/canceling statement due to user request/, 'with the usual error');
	$session->{stdout} = $session->{stderr} = '';
	is(temporary_files(), 0, 'no temporary file stays behind');
	is($session->query('SELECT model_info(kmeans_train(v, 2)) ->> \'rows_used\' FROM rows'), '200000', 'the session works on');
}
$session->quit;

# the same with a time limit
my ($rc, $out, $err) = $node->psql('postgres', "SET statement_timeout = 300; $training");
is($rc, 3, 'a time limit ends training');
like($err, qr/canceling statement due to statement timeout/, 'with its error');
is(temporary_files(), 0, 'and leaves no temporary file');

# mining, on data that would take many seconds
$node->safe_psql('postgres', q{
	CREATE TABLE baskets AS
		SELECT array_agg(j) AS items FROM generate_series(1, 20000) AS i, generate_series(1, 60) AS j
		WHERE (i::bigint * i * j + i * 7919 + j * j * 31) % 10007 % 100 < 45 GROUP BY i;
});
foreach my $mining (
	q{lda_train(items::text[], '{"k": 200, "tolerance": 0, "max_iterations": 100000}')},
	q{itemset_train(items, '{"min_support": 0.01, "algorithm": "apriori"}')},
	q{itemset_train(items, '{"min_support": 0.01, "target": "closed"}')},
	q{itemset_train(items, '{"min_support": 0.01, "target": "maximal"}')},
	q{frequent_sequence_train(items, '{"min_support": 0.01}')},
	q{key_drivers(items::text[], items[1], items[2] % 2 = 0, '{"max_length": 5, "min_support": 0.001}')})
{
	my $from = time;

	($rc, $out, $err) = $node->psql('postgres', "SET statement_timeout = 400; SELECT $mining FROM baskets");
	like($err, qr/canceling statement due to statement timeout/, "$mining: a time limit ends it");
	cmp_ok(time - $from, '<', 2, 'at once');
}

# everything else that may run long looks for cancel too: the server itself measures
# how much later than its time limit a statement ends
$node->safe_psql('postgres', q{
	SET segment.training_memory = '1GB';
	CREATE TABLE large AS SELECT kaplan_meier(sqrt(i), i % 3 > 0) AS summary FROM generate_series(1, 800000) AS i;
	ALTER TABLE large ADD t text;
	ALTER TABLE large ALTER t SET STORAGE external;
	UPDATE large SET t = summary::text;
	CREATE TABLE catalog AS
		SELECT array_agg(i) AS ids, array_agg(sin(i)::float8) AS scores, array_agg(v) AS vectors
		FROM generate_series(1, 4000) AS i,
			LATERAL (SELECT array_agg(sin(i * j))::float8[]::feature_vector AS v FROM generate_series(1, 100) AS j) AS w;
	CREATE TABLE sets AS
		SELECT itemset_train(ARRAY[1,2,3,4,5,6,7,8,9,10,11,12,13,14], '{"min_support": 0.5}') AS model
		FROM generate_series(1, 4);
	CREATE FUNCTION late(query text) RETURNS interval LANGUAGE plpgsql AS $$
	BEGIN
		EXECUTE query;
		RETURN NULL; -- it was over too early
	EXCEPTION WHEN query_canceled THEN
		RETURN clock_timestamp() - statement_timestamp() - current_setting('statement_timeout')::interval;
	END $$;
});
foreach my $query (
	'SELECT count(summary::text) FROM large, generate_series(1, 100)',
	'SELECT count(summary::json) FROM large, generate_series(1, 100)',
	'SELECT count(summary::jsonb) FROM large, generate_series(1, 100)',
	'SELECT count(t::segment_summary) FROM large, generate_series(1, 100)',
	'SELECT count(summary = summary) FROM large, generate_series(1, 10000)',
	'SELECT count(segment_summary_hash(summary)) FROM large, generate_series(1, 10000)',
	'SELECT count(segment_summary_send(summary)) FROM large, generate_series(1, 10000)',
	'SELECT count(r) FROM large, generate_series(1, 100), survival_curve(summary) AS r',
	'SELECT rollup(summary) FROM large, generate_series(1, 100)',
	'SELECT count(r) FROM catalog, generate_series(1, 1000) AS i, mmr(ids, scores, vectors, 4000, 1.0 / (1 + i)) AS r',
	'SELECT count(r) FROM sets, generate_series(1, 1000) AS i, association_rules(model, 0.1 / i) AS r',
	'SELECT count(r) FROM sets, generate_series(1, 1000000) AS i, rule_recommend(model, ARRAY[1, 2, i], 10) AS r')
{
	my @late = map { $node->safe_psql('postgres', qq{
		SET statement_timeout = '${_}ms';
		SELECT round(1000 * extract(epoch FROM late(\$\$$query\$\$)));
	}) } 200, 330, 470, 610;
	my ($worst) = sort { $b <=> $a } map { /^\d+$/ ? $_ : 'inf' } @late;
	cmp_ok($worst, '<', 1000, "$query: ends @late ms after its limit");
}

# a server that stops does not wait for training
my $running = $node->background_psql('postgres', on_error_stop => 0);
$running->query("SET segment.training_memory = '1MB'");
$running->query_until(qr/begun/, "\\echo begun\n$training;\n");
$node->poll_query_until('postgres',
	"SELECT count(*) = 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT kmeans_train%'");
my $stopping = time;
$node->stop('fast');
cmp_ok(time - $stopping, '<', 10, 'a fast shutdown ends training');
$running->{run}->finish;
$node->start;
is(temporary_files(), 0, 'no temporary file after a restart');

# a cursor that fails in a subtransaction and is closed after it
($rc, $out, $err) = $node->psql('postgres', q{
	SET segment.training_memory = '1MB';
	SET work_mem = '64kB';
	BEGIN;
	DECLARE c CURSOR FOR SELECT i / 100000, kmeans_train(ARRAY[i, sin(i), 10 / (200000 - i)], 2)
		FROM generate_series(1, 300000) AS i GROUP BY 1;
	SAVEPOINT s;
	FETCH c;
	ROLLBACK TO s;
	DECLARE d CURSOR FOR SELECT i, md5(i::text) AS t FROM generate_series(1, 100000) AS i ORDER BY t, -i;
	FETCH d;
	CLOSE c;
	FETCH ABSOLUTE 90000 FROM d;
	COMMIT;
	SELECT 'all is well';
}, on_error_stop => 0);
like($err, qr/division by zero/, 'the cursor failed');
unlike($err, qr/temporary file/, 'its files are closed once');
like($out, qr/3547\|e6ba70fc093b4ce912d769ede1ceeba8.*all is well/s, 'files of others stay open');
is(temporary_files(), 0, 'no temporary file after that either');

# errors halfway, many times in one session: nothing still counts afterwards
($rc, $out, $err) = $node->psql('postgres', q{
	SET segment.training_memory = '2MB';
	DO $$
	BEGIN
		FOR n IN 1..20 LOOP
			BEGIN
				PERFORM kmeans_train(ARRAY[i, 1 / (50000 - i)], 2) FROM generate_series(1, 60000) AS i;
			EXCEPTION WHEN division_by_zero THEN NULL;
			END;
		END LOOP;
	END $$;
	SET log_temp_files = 0;
	SET client_min_messages = log;
	SELECT model_info(kmeans_train(ARRAY[i, -i], 2)) ->> 'rows_used' FROM generate_series(1, 50000) AS i;
});
is($out, '50000', 'errors in loops leave the budget as it was');
unlike($err, qr/temporary file/, 'so that later rows find room in memory');

# progress messages of training, for sessions that ask for them
($rc, $out, $err) = $node->psql('postgres', "SET segment.progress = on; SET statement_timeout = '2500ms'; $training");
my @told = $err =~ /NOTICE:  k-means(?: restarts| swaps)?: step \d+, objective [\d.e+-]+, \d+ % done/g;
ok(@told >= 1 && @told <= 4, 'segment.progress tells about once a second: ' . scalar(@told));
($rc, $out, $err) = $node->psql('postgres', 'SELECT kmeans_train(v, 2) FROM rows');
unlike($err, qr/NOTICE/, 'nobody else is told');

$node->stop;
done_testing();
