# Isolation forests on real data, against scikit-learn (test/oracle/isolation.py): do
# malignant tumours stand out, without any label?
#
# The data are not part of the repository, see 030_clustering_data.pl.
use strict;
use warnings FATAL => 'all';
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $file = "$data/clustering/breast_cancer.csv";
plan skip_all => "no data: $file is not there (SEGMENT_DATA names the folder)" unless -r $file;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
my ($head) = split /\n/, slurp_file($file);
my @features = grep { !/^(id|target)$/ } split /,/, $head;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');
$node->safe_psql('postgres', 'CREATE TABLE raw (' . join(', ', map { "$_ float8" } split /,/, $head) . ')');
$node->safe_psql('postgres', "\\copy raw FROM '$file' CSV HEADER");
$node->safe_psql('postgres', 'CREATE TABLE t AS SELECT id, target = 0 AS malignant, ARRAY[' . join(', ', @features) . '] AS x FROM raw');
is($node->safe_psql('postgres', 'SELECT count(*) FROM t'), 569, 'rows');

# scores of 4000 trees, and what they tell
my @want = split /[,\s]+/, q(0.5819,0.4436,0.4415,0.6250,0.4605,0.4448,0.4074,0.4202,0.4483,0.5715,0.4085,0.4096,0.5909,0.4124,0.4854,0.4649,0.3901,
	0.4363,0.4645,0.3763,0.3823,0.4105,0.4882,0.4758,0.4555,0.5202,0.4545,0.4343,0.4361,0.4051,0.4476,0.4669,0.4362,0.4575,
	0.4324,0.4218,0.3892,0.4189,0.5140,0.4030);
my $want_auc = 0.7941;

$node->safe_psql('postgres', q(CREATE TABLE s AS SELECT id, malignant, outlier_score(model, x) AS score,
	outlier_score(small, x) AS score_100
	FROM t, (SELECT isolation_train(x, '{"trees": 4000}') AS model, isolation_train(x) AS small FROM t) AS m));
cmp_ok($node->safe_psql('postgres', "SELECT max(abs(score - want)) FROM s,
	unnest('{" . join(',', @want) . "}'::float8[]) WITH ORDINALITY AS w (want, n) WHERE id = n"), '<', 0.007, 'scores of scikit-learn');
my ($auc, $auc_100) = split /\|/, $node->safe_psql('postgres', 'SELECT roc_auc(malignant, score), roc_auc(malignant, score_100) FROM s');
my $ranks = $node->safe_psql('postgres',
	'SELECT corr(a, b) FROM (SELECT rank() OVER (ORDER BY score) AS a, rank() OVER (ORDER BY score_100) AS b FROM s) AS r');
cmp_ok(abs($auc - $want_auc), '<', 0.005, 'area under the curve of scikit-learn');
cmp_ok(abs($auc_100 - $want_auc), '<', 0.03, 'with 100 trees');
cmp_ok($ranks, '>', 0.95, 'ranks of 100 trees and of 4000');
note("area under the curve $auc, with 100 trees $auc_100; rank correlation $ranks");
done_testing();
