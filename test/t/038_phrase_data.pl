# Jane Austen's novels with all spaces taken out: how many of their words does the
# segmentation have, by a dictionary of the words and their counts learned from the texts
# without spaces; of novels that were trained on, and of one that was not?
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
$node->safe_psql('postgres', 'CREATE EXTENSION segment; CREATE TABLE chapters (novel text, words text)');
$node->safe_psql('postgres', "\\copy chapters FROM '$file'");

# the places of words in a text without spaces
sub places
{
	my ($words) = @_;
	my $at = 0;
	return map { my $start = $at; $at += length; "$start-$at" => 1 } split ' ', $words;
}

# recall and precision of the words of novels that meet a condition, by a model of others
sub segmented
{
	my ($trained, $asked) = @_;
	my ($right, $want, $got) = (0, 0, 0);

	foreach my $row (split /\n/, $node->safe_psql('postgres', qq{
		WITH model AS (
			SELECT phrase_train(replace(words, ' ', ''), (SELECT phrase_options(unit => 'character', min_cohesion => 1000,
				dictionary => array_agg(DISTINCT word)) FROM chapters, unnest(string_to_array(words, ' ')) AS word WHERE $trained)) AS m
			FROM chapters WHERE $trained)
		SELECT words, array_to_string(phrase_tokens(m, replace(words, ' ', '')), ' ') FROM model, chapters WHERE $asked}))
	{
		my ($words, $tokens) = split /\|/, $row;
		my %words = places($words);
		my %tokens = places($tokens);

		$want += keys %words;
		$got += keys %tokens;
		$right += grep { $words{$_} } keys %tokens;
	}
	return ($right / $want, $right / $got);
}

my ($recall, $precision) = segmented('true', 'true');
note("all novels: recall $recall, precision $precision");
cmp_ok($recall, '>=', 0.96, 'words of novels');
cmp_ok($precision, '>=', 0.95, 'and no others');
($recall, $precision) = segmented(q{novel <> 'Persuasion'}, q{novel = 'Persuasion'});
note("a novel of which nothing was seen: recall $recall, precision $precision");
cmp_ok($recall, '>=', 0.93, 'words of a new novel');
done_testing();
