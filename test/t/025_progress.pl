# With segment.progress, everything that trains step by step tells how far it is. A
# session hears of its first step at once, so each training has a session of its own.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE rows AS
	SELECT i, ARRAY[i % 3 * 10 + sin(i), i % 3 * 5 + cos(i * 7), 1 + sqrt(i)]::feature_vector AS v, i % 3 AS label, i % 3 > 0 AS flag,
		i * 37 % 101 AS score, 1 + i * 5 % 23 * 0.5 AS duration, i * 7 % 6 AS frequency, i * 7 % 6 * (2 + i % 4) AS recency,
		25 + i % 11 AS age, 5 + i * 13 % 17 + i % 3 * 0.25 AS monetary, i * 5 % 19 AS user_id, i * 7 % 13 AS item_id, 1 + i * 3 % 5 AS rating,
		ARRAY[i % 4, 4 + i % 3, 7 + i % 5] AS items, ARRAY[chr(97 + i % 4), chr(101 + i % 3)] AS words
	FROM generate_series(1, 3000) AS i;
});

my %training = (
	'kmeans_train(v, 3)' => 'k-means swaps',
	'kmeans_elbow(v, 2, 4)' => 'k-means swaps',
	(map { ("hierarchical_train(i, v, '{\"linkage\": \"$_\"}')" => 'hierarchical clustering') } qw(ward average complete single)),
	'hierarchical_gower_train(i, v, words)' => 'hierarchical clustering',
	q{tier_train(score, 4, '{"method": "jenks"}')} => 'natural breaks',
	'bgnbd_train(frequency, recency, age)' => 'BG/NBD model',
	'paretonbd_train(frequency, recency, age)' => 'Pareto/NBD model',
	'gamma_gamma_train(frequency, monetary) FILTER (WHERE frequency > 0)' => 'gamma-gamma model',
	'sbg_train(i::float8 - 1, 1000 - i * 50 - sqrt(i)) FILTER (WHERE i < 9)' => 'shifted-beta-geometric model',
	'cox_train(duration, flag, v)' => 'Cox regression',
	'linear_train(score, v)' => 'linear regression',
	'logistic_train(flag, v)' => 'logistic regression',
	'poisson_train(frequency, v)' => 'Poisson regression',
	'gamma_train(1 + monetary, v)' => 'gamma regression',
	'softmax_train(label, v)' => 'softmax regression',
	q{forest_train(score, v, '{"trees": 3}')} => 'forest',
	q{boosting_train(flag, v, '{"trees": 3}')} => 'boosting',
	q{isolation_train(v, '{"trees": 3}')} => 'isolation forest',
	'segment_rules(label, v)' => 'segment rules',
	q{lda_train(words, '{"k": 3}')} => 'LDA',
	'phrase_train(array_to_string(words, \' \'))' => 'phrases',
	(map { ("itemset_train(items, '{\"algorithm\": \"$_\"}')" => 'itemsets') } qw(apriori eclat fp_growth)),
	q{itemset_train(items, '{"target": "closed"}')} => 'itemsets',
	'frequent_sequence_train(items)' => 'sequences',
	(map { ("cf_train(user_id, item_id, rating, '{\"method\": \"$_\"}')" => $_) } qw(baseline svd als_implicit ease)),
	'calibrate_train(flag, score)' => 'calibration',
	q{power_train(v, 'yeo_johnson')} => 'power transformation',
	'silhouette(label, v)' => 'silhouette',
);
foreach my $call (sort keys %training)
{
	my ($rc, $out, $err) = $node->psql('postgres',
		"SET segment.progress = on; SET client_min_messages = notice; SELECT count(t) FROM (SELECT $call AS t FROM rows) AS t");
	my @told = $err =~ /NOTICE:  (.*): step \d+, objective -?[0-9.e+-]+, (\d+) % done/;
	is("$rc @told[0 .. $#told - 1]", "0 $training{$call}", $call) or diag($err);
	cmp_ok($told[1] // -1, '<=', 100, 'a share');
	($rc, $out, $err) = $node->psql('postgres', "SELECT $call FROM rows");
	unlike($err, qr/ done/, 'who does not ask hears nothing');
}

done_testing();
