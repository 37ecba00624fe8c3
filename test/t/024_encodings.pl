# The extension in databases of other encodings than UTF8.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;

# a letter, a byte longer or shorter than in UTF8, in names that come back out
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

$node->stop;
done_testing();
