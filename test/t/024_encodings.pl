# The extension in databases with encodings other than UTF8, and dumps from them.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;

# a letter with more or fewer bytes than in UTF8, in names that are returned
my $letter = "\xc3\xa9";
my $query = q{
	SELECT top_interest(name), sequence_next(name, ts, n < 9), (top_keywords(array_to_tsvector(ARRAY[name]), 1))[1],
		(logrank_test(name, n, n % 2 = 0)).groups
	FROM (SELECT 'NAME' AS name, n, timestamp '2026-01-01' + n * interval '1 day' AS ts FROM generate_series(1, 9) AS n) AS t;
	SELECT model::text::segment_model::text = model::text, (SELECT feature FROM coefficients(model))
	FROM (SELECT cox_train(n, n % 2 = 0, ARRAY[n * n % 5], cox_options(feature_names => '{NAME}')) AS model FROM generate_series(1, 9) AS n) AS t};

foreach my $encoding ('UTF8', 'LATIN1', 'EUC_TW', 'EUC_JP', 'SQL_ASCII')
{
	my $db = lc "d_$encoding";
	my $name = 'caf' . ($encoding =~ /EUC/ ? '' : $letter);
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0 ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'");
	$node->safe_psql($db, 'CREATE EXTENSION segment');
	is($node->safe_psql($db, "SET client_encoding = 'UTF8';" . $query =~ s/NAME/$name/gr),
		"$name|$name|$name|{$name}\nt|$name", $encoding);
}

# Letters whose byte order differs between encodings: a dump restores to the
# models that would have been trained there
my $models = q{SET client_encoding = 'UTF8';
	CREATE TABLE named AS SELECT name, row_number() OVER () AS n FROM unnest('{яблоко,Юла,ёж,анис,Ель,a}'::text[]) AS name;
	CREATE TABLE models AS
		SELECT options ->> 'method' AS method, cf_train(u.name, i.name, u.n * i.n % 5 + 1, options) AS model
		FROM named AS u JOIN named AS i ON (u.n + 2 * i.n) % 3 > 0, unnest(ARRAY[cf_options('svd', factors => 2), cf_options('item_knn'), cf_options('ease')]) AS options
		GROUP BY options
		UNION ALL SELECT 'itemset', itemset_train(ARRAY[name, 'ёж']) FROM named
		UNION ALL SELECT 'lda', lda_train(ARRAY[name, 'ёж'], '{"k": 2}') FROM named
		UNION ALL SELECT 'sequence', frequent_sequence_train(ARRAY[name, 'ёж']) FROM named
		UNION ALL SELECT 'softmax', softmax_train(name, ARRAY[n, n * n % 5], '{"l2": 1}') FROM named
		UNION ALL SELECT 'hierarchical', hierarchical_gower_train(name, ARRAY[n, n * n % 5], ARRAY[name]) FROM named
		UNION ALL SELECT 'prototypes', kprototypes_train(ARRAY[n, n * n % 5], ARRAY[name], 2) FROM named
		UNION ALL SELECT 'kmeans', kmeans_train(ARRAY[n], 2, kmeans_options(feature_names => '{Ёмкость}')) FROM named;
	CREATE TABLE summaries AS SELECT tier_transition(a.name, b.name) AS summary FROM named AS a JOIN named AS b ON b.n = a.n + 1};
my $answers = q{SET client_encoding = 'UTF8';
	SELECT method, model::text FROM models ORDER BY method COLLATE "C";
	SELECT round(cf_predict(model, 'ёж', 'Юла')::numeric, 9), cf_similar_items(model, 'ёж'::text, 1) FROM models WHERE method IN ('svd', 'item_knn', 'ease') ORDER BY method COLLATE "C";
	SELECT p.* FROM models, predict_probabilities(model, ARRAY[2, 3]) AS p WHERE method = 'softmax';
	SELECT count(*) FROM models, explain_prediction(model, ARRAY[2, 3], 'ёж') WHERE method = 'softmax';
	SELECT c.* FROM models, hierarchical_cut(model, 3) AS c WHERE method = 'hierarchical';
	SELECT c.cluster, c.modes, kprototypes_distance(model, ARRAY[2, 3], ARRAY['ёж']) FROM models, kprototypes_clusters(model) AS c WHERE method = 'prototypes';
	SELECT * FROM frequent_itemsets((SELECT model FROM models WHERE method = 'itemset'));
	SELECT topic, rank, term FROM lda_terms((SELECT model FROM models WHERE method = 'lda'), 10);
	SELECT summary::text, t.* FROM summaries, tier_transitions(summary) AS t};

sub database
{
	my ($db, $encoding) = @_;
	$node->safe_psql('postgres', "CREATE DATABASE $db TEMPLATE template0 ENCODING '$encoding' LC_COLLATE 'C' LC_CTYPE 'C'");
}

database('trained', 'UTF8');
$node->safe_psql('trained', "CREATE EXTENSION segment; $models");
my $want = $node->safe_psql('trained', $answers);
my $dump = $node->basedir . '/dump.sql';
foreach my $encoding ('KOI8R', 'WIN1251')
{
	my ($from, $to) = (lc "from_$encoding", lc "to_$encoding");
	database($from, $encoding);
	$node->safe_psql($from, "CREATE EXTENSION segment; $models");
	is($node->safe_psql($from, $answers), $want, "$encoding: the models of UTF8");
	$node->command_ok([ 'pg_dump', '-f', $dump, $from ], 'dump');
	database($to, 'UTF8');
	$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', File::Spec->devnull, '-f', $dump, $to ], 'restore');
	is($node->safe_psql($to, $answers . q{; SELECT bool_and(model::text::segment_model = model) FROM models}), "$want\nt", "from $encoding to UTF8");
}
$node->command_ok([ 'pg_dump', '-f', $dump, 'trained' ], 'dump');
database('back', 'KOI8R');
$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', File::Spec->devnull, '-f', $dump, 'back' ], 'restore');
is($node->safe_psql('back', $answers), $want, 'from UTF8 to KOI8R');

$node->stop;
done_testing();
