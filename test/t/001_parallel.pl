# Serial and parallel plans give the same model, and score the same.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', q{
fsync = off
jit = off
parallel_setup_cost = 0
parallel_tuple_cost = 0
min_parallel_table_scan_size = 0
max_worker_processes = 16
max_parallel_workers = 16
});
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE rows AS
		SELECT i, i % 5 AS g, feature_vector(sin(i), cos(i * 7) + i % 3, i % 101, sqrt(i)) AS v, 1 + i % 4 AS w
		FROM generate_series(1, 60000) AS i;
	ANALYZE rows;
	CREATE TABLE models AS SELECT 1 AS id, kmeans_train(v, 6) AS model FROM rows;
});

sub with_workers
{
	my ($workers, $query) = @_;
	return $node->safe_psql('postgres',
		"ALTER TABLE rows SET (parallel_workers = $workers); SET max_parallel_workers_per_gather = $workers; $query");
}

my %query = (
	'one group' => 'SELECT md5(kmeans_train(v, 6)::text) FROM rows WHERE i > 0',
	'weighted' => "SELECT md5(kmeans_train(v, 6, '{}', w)::text) FROM rows WHERE i > 0",
	'on disk' => "SET segment.training_memory = '1MB'; SELECT md5(kmeans_train(v, 6)::text) FROM rows WHERE i > 0",
	'by group' => "SELECT md5(string_agg(m::text, '' ORDER BY g)) FROM (SELECT g, kmeans_train(v, 3) AS m FROM rows GROUP BY g) AS t",
	'by window' => "SELECT md5(string_agg(DISTINCT m, '')) FROM (SELECT kmeans_train(v, 3) OVER (PARTITION BY g)::text AS m FROM rows) AS t",
	'clusters' => 'SELECT string_agg(c || \':\' || n, \',\' ORDER BY c) FROM (SELECT kmeans_assign((SELECT model FROM models), v) AS c, count(*) AS n FROM rows GROUP BY 1) AS t',
	'prototypes' => "SELECT md5(kprototypes_train(v, ARRAY[(i % 7)::text, (i % 3)::text], 4, '{}', w)::text) FROM rows WHERE i > 0",
	'hierarchy' => "SELECT md5(hierarchical_train(i, v, '{}', w)::text) FROM rows WHERE i <= 3000",
	'fit to customers' => 'SELECT md5(bgnbd_train(i % 7, i % 7 * (i % 4), 25 + i % 9, \'{}\', w)::text || paretonbd_train(i % 7, i % 7 * (i % 4), 25 + i % 9)::text) FROM rows WHERE i > 0',
	'distances' => 'SELECT sum(kmeans_distance((SELECT model FROM models), v)::numeric) FROM rows',
);
foreach my $name (sort keys %query)
{
	my $serial = with_workers(0, $query{$name});
	isnt($serial, '', "$name has an answer");
	is(with_workers($_, $query{$name}), $serial, "$name: the same with $_ workers") foreach 1, 2, 4;
}
is(with_workers(2, $query{'on disk'}), with_workers(0, $query{'one group'}), 'on disk as in memory');

# the scan below training is parallel; training itself runs in the leader
my $plan = with_workers(2, 'EXPLAIN (COSTS off) SELECT kmeans_train(v, 6) FROM rows WHERE l2_norm(v) > 0');
like($plan, qr/Aggregate.*Gather.*Parallel Seq Scan/s, 'training reads in parallel');
unlike($plan, qr/Partial/, 'and has no partial states');

# scoring happens in the workers, with the model read once
$plan = with_workers(2, 'EXPLAIN (COSTS off) SELECT sum(kmeans_assign((SELECT model FROM models), v)) FROM rows');
like($plan, qr/InitPlan.*Gather.*Partial Aggregate.*Parallel Seq Scan on rows/s, 'scoring happens in the workers');
$plan = with_workers(2, 'EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, VERBOSE) SELECT i FROM rows WHERE kmeans_assign((SELECT model FROM models), v) = 2');
like($plan, qr/Workers Launched: 2/, 'workers run');
like($plan, qr/Filter: \(kmeans_assign|Filter: \(public\.kmeans_assign/, 'and filter by the cluster');

$node->stop;
done_testing();
