# Recommenders in a server: training and queries are cancelled promptly, stay
# within their memory, and leave the session as it was.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time sleep);

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off\nmax_parallel_workers_per_gather = 0");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE ratings AS
		SELECT (i * 7919::bigint % 4001)::int AS user_id, (sqrt(i * 104729::bigint % 4000003))::int AS item_id, i % 5 + 1 AS rating
		FROM generate_series(1, 200000) AS i;
	CREATE TABLE models AS SELECT cf_train(user_id, item_id, rating, cf_options('user_knn')) AS model FROM ratings;
});

# each takes long enough to be cancelled halfway
my %query = (
	svd => q{SELECT cf_train(user_id, item_id, rating, cf_options(epochs => 100000)) FROM ratings},
	als_implicit => q{SELECT cf_train(user_id, item_id, rating, cf_options('als_implicit', factors => 300, iterations => 100)) FROM ratings},
	ease => q{SELECT cf_train(user_id, item_id + 2001 * i, rating, cf_options('ease')) FROM ratings CROSS JOIN generate_series(1, 3) AS i},
	baseline => q{SELECT cf_train(user_id, item_id, rating, cf_options('baseline', iterations => 100000)) FROM ratings},
	recommend => q{SELECT count(*) FROM generate_series(1, 100000) AS u, cf_recommend((SELECT model FROM models), u, NULL::int[], 10)},
);
my $session = $node->background_psql('postgres', on_error_stop => 0);
$session->query(q{SET segment.training_memory = '1GB'});
my $pid = $session->query('SELECT pg_backend_pid()');

foreach my $name (sort keys %query)
{
	$session->query_until(qr/begun/, "\\echo begun\n$query{$name};\n\\echo it is over\n\\warn it is over\n");
	$node->poll_query_until('postgres', "SELECT state = 'active' AND query LIKE '%cf_%' FROM pg_stat_activity WHERE pid = $pid")
	  or die 'it did not begin';
	sleep 0.5;
	my $cancelled = time;
	$node->safe_psql('postgres', "SELECT pg_cancel_backend($pid)");
	$session->{run}->pump until $session->{stdout} =~ /it is over/ && $session->{stderr} =~ /it is over/;
	my $took = time - $cancelled;
	cmp_ok($took, '<', 1, sprintf('%s is cancelled: it took %.0f ms, connecting included', $name, 1000 * $took));
	like($session->{stderr}, qr/canceling statement due to user request/, 'with the usual error');
	$session->{stdout} = $session->{stderr} = '';
}

is($session->query('SELECT cf_predict(model, 17, 1234) BETWEEN 1 AND 5 FROM models'), 't', 'the session works on');
$session->quit;

# memory limits
my ($rc, $out, $err) = $node->psql('postgres', q{
	SET segment.training_memory = '1MB';
	SELECT cf_train(user_id, item_id, rating) FROM ratings;
	SET segment.training_memory = '16MB';
	SELECT 'fits ' || (cf_train(user_id, item_id, rating, cf_options('item_knn')) = (SELECT cf_train(user_id, item_id, rating, cf_options('item_knn')) FROM ratings)) FROM ratings;
	SET segment.training_memory = '2MB';
	DO $$
	BEGIN
		FOR n IN 1..20 LOOP
			BEGIN
				PERFORM cf_train(i, i, 1 / (3000 - i)) FROM generate_series(1, 4000) AS i;
			EXCEPTION WHEN division_by_zero THEN NULL;
			END;
		END LOOP;
	END $$;
	SELECT 'rows ' || (model_info(cf_train(i, i % 10, 1, cf_options('baseline'))) ->> 'rows_used') FROM generate_series(1, 4000) AS i;
	SELECT 'groups ' || count(m) FROM (SELECT cf_train(i, 1, 1, cf_options('baseline')) AS m FROM generate_series(1, 3000) AS i GROUP BY i / 3) AS t;
}, on_error_stop => 0);
like($err, qr/ratings take more memory than the setting segment.training_memory allows/, 'ratings beyond the budget are an error');
like($err, qr/HINT: .*als_solve\(\) and cf_predict\(\)/, 'that names the row form');
like($out, qr/fits true/, 'within it, the model does not depend on it');
like($out, qr/rows 4000/, 'errors in loops leave the budget as it was');
like($out, qr/groups 1001/, 'many small groups fit');

# memory does not grow with a million answers
sub peak_of
{
	my ($query) = @_;
	my $other = $node->background_psql('postgres');
	my $backend = $other->query('SELECT pg_backend_pid()');
	$other->query($query);
	my ($peak) = slurp_file("/proc/$backend/status") =~ /^RssAnon:\s+(\d+) kB/m;
	$other->quit;
	return $peak;
}
SKIP:
{
	skip 'no /proc', 1 unless -r '/proc/self/status';
	my $answers = q{SELECT count(*) FROM generate_series(1, %d) AS u, cf_recommend((SELECT cf_train(i, i %% 7, i) FROM generate_series(1, 20) AS i), u, NULL::int[], 3)};
	my ($few, $many) = map { peak_of(sprintf($answers, $_)) } (1000, 200000);
	cmp_ok($many - $few, '<', 20000, "200000 lists take no more memory than 1000: $many and $few kB");
}

$node->stop;
done_testing();
