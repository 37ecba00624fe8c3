# Topics of Jane Austen's novels: do the chapters of each novel meet in one topic, and
# are held-out chapters predicted as well as scikit-learn does (test/oracle/lda.py)?
#
# The text is that of R's package janeaustenr (Debian: r-cran-janeaustenr), which is not
# part of the repository.
use strict;
use warnings FATAL => 'all';
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $script = "$FindBin::RealBin/../oracle/lda_austen.R";
plan skip_all => 'R has no package janeaustenr'
	if system(q{Rscript -e 'if (!requireNamespace("janeaustenr", quietly = TRUE)) quit(status = 1)' >/dev/null 2>&1}) != 0;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
my $file = $node->basedir . '/chapters';
system("Rscript '$script' > '$file'") == 0 or die "$script failed\n";
$node->safe_psql('postgres', 'CREATE EXTENSION segment; CREATE TABLE raw (n serial, novel text, words text)');
$node->safe_psql('postgres', "\\copy raw (novel, words) FROM '$file'");
$node->safe_psql('postgres', q{
	CREATE TABLE chapters AS SELECT n - 1 AS n, novel, string_to_array(words, ' ') AS words FROM raw;
	CREATE TABLE frequent AS SELECT w FROM chapters, LATERAL (SELECT DISTINCT w FROM unnest(words) AS w) AS d
		GROUP BY w HAVING count(*) BETWEEN 2 AND 0.5 * 269});
is($node->safe_psql('postgres', 'SELECT count(*), count(DISTINCT novel) FROM chapters'), '269|6', 'chapters');

foreach my $seed (42, 1, 2)
{
	my $options = "lda_options(k => 6, min_documents => 2, max_document_share => 0.5, seed => $seed)";

	is($node->safe_psql('postgres', qq{
		SELECT count(DISTINCT novel), count(DISTINCT topic), sum(n) FROM (
			SELECT novel, topic, count(*) AS n,
				row_number() OVER (PARTITION BY novel ORDER BY count(*) DESC) AS r
			FROM (SELECT lda_train(words, $options) AS model FROM chapters) AS m, chapters,
				LATERAL (SELECT n AS topic FROM unnest(lda_topics(model, words)::float8[]) WITH ORDINALITY AS t (share, n)
					ORDER BY share DESC LIMIT 1) AS t
			GROUP BY novel, topic) AS c
		WHERE r = 1}), '6|6|269', "seed $seed: the chapters of each novel meet in a topic of its own");
}

# scikit-learn 1.2.1, 50 passes, the best of three seeds
my $want = 3570.5;
my $perplexity = $node->safe_psql('postgres', q{
	SELECT lda_perplexity(model, words)
	FROM (SELECT lda_train(ARRAY(SELECT w FROM unnest(words) AS w JOIN frequent USING (w)), lda_options(k => 6)) AS model
		FROM chapters WHERE n % 5 < 4) AS m, chapters WHERE n % 5 = 4});
cmp_ok($perplexity, '<', 1.02 * $want, 'held-out chapters as scikit-learn');
note("held-out perplexity $perplexity, scikit-learn $want");
done_testing();
