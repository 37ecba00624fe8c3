# A standby that serves reports trains and scores like the primary.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = PostgreSQL::Test::Cluster->new('primary');
$primary->init(allows_streaming => 1);
$primary->append_conf('postgresql.conf', "fsync = off\njit = off");
$primary->start;
$primary->backup('copy');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'copy', has_streaming => 1);
$standby->start;

$primary->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE rows AS
		SELECT i, feature_vector(sin(i), i % 7, sqrt(i)) AS v FROM generate_series(1, 30000) AS i;
	CREATE TABLE models AS SELECT kmeans_train(v, 5) AS model FROM rows;
	INSERT INTO models SELECT kmeans_train(array_fill(sin(i), '{1000}'), 30, '{"restarts": 1}') FROM rows WHERE i <= 100;
	CREATE MATERIALIZED VIEW segments AS
		SELECT i, kmeans_assign((SELECT model FROM models LIMIT 1), v) AS cluster FROM rows;
});
$primary->wait_for_catchup($standby, 'replay', $primary->lsn('write'));

is($standby->safe_psql('postgres', 'SELECT pg_is_in_recovery()'), 't', 'the standby is one');
foreach my $query (
	'SELECT md5(string_agg(model::text, chr(10))) FROM models',
	'SELECT md5(kmeans_train(v, 5)::text) FROM rows',
	"SET segment.training_memory = '1MB'; SELECT md5(kmeans_train(v, 5)::text) FROM rows",
	'SELECT md5(string_agg(cluster::text, \'\' ORDER BY i)) FROM segments',
	'SELECT md5(string_agg(kmeans_assign((SELECT model FROM models LIMIT 1), v)::text, \'\' ORDER BY i)) FROM rows',
	'SELECT md5(string_agg(t::text, \'\')) FROM (SELECT * FROM models, kmeans_clusters(model)) AS t')
{
	my $want = $primary->safe_psql('postgres', $query);
	like($want, qr/^[0-9a-f]{32}$/, 'the primary answers');
	is($standby->safe_psql('postgres', $query), $want, $query);
}

$standby->stop;
$primary->stop;
done_testing();
