# Real data sets with scipy's hierarchies: heights, and clusters of every row.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it. Answers are in reference/clustering_open.json.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use List::Util qw(max);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $reference = "$data/reference/clustering_open.json";
plan skip_all => "no data: $reference is not there (SEGMENT_DATA names the folder)" unless -r $reference;

my $sets = decode_json(slurp_file($reference))->{datasets};

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');

my $worst = 0;

# Table NAME of a CSV file: id and the features x
sub load_set
{
	my ($name, $set) = @_;
	my $file = "$data/clustering/$set->{file}";
	my ($head) = split /\n/, slurp_file($file);
	my @columns = split /,/, $head;
	my @features = grep { !/^(id|state|target)$/ } @columns;
	my $list = join ', ', map { $_ . ($_ eq 'state' || $_ eq 'target' ? ' text' : ' float8') } @columns;

	$node->safe_psql('postgres', "CREATE TABLE raw_$name ($list)");
	my ($rc, $out, $err) = $node->psql('postgres', "\\copy raw_$name FROM '$file' CSV HEADER");
	is($rc, 0, "$name: loaded") or diag($err);
	$node->safe_psql('postgres', "CREATE TABLE $name AS SELECT id::int, ARRAY["
		. join(', ', @features) . "]::feature_vector AS x FROM raw_$name");
	return;
}

sub heights_agree
{
	my ($label, $got, $want) = @_;
	my $error = max(map { abs($got->[$_] - $want->[$_]) / max(abs($want->[$_]), 1e-300) } 0 .. $#$want);

	$error = 0 if "@$got" eq "@$want";
	$worst = max($worst, $error);
	ok(@$got == @$want && $error <= 1e-9, "$label: heights") or diag("relative error $error");
	return;
}

sub check_tree
{
	my ($name, $linkage, $form, $want) = @_;
	my $label = "$name, $linkage, $form";
	my $flag = $form eq 'raw' ? 'false' : 'true';
	my ($all, $sum, $sizes, $labels) = split /\|/, $node->safe_psql('postgres', qq{
		SELECT json_agg(height), sum(height),
			(SELECT json_agg(size ORDER BY size DESC) FROM (SELECT count(*) AS size FROM hierarchical_cut(m, $want->{k})
				GROUP BY cluster) AS c),
			(SELECT json_agg(cluster ORDER BY id) FROM hierarchical_cut(m, $want->{k}, NULL::int))
		FROM (SELECT hierarchical_train(id, x, hierarchical_options(linkage => '$linkage', standardize => $flag)) AS m
			FROM $name) AS t, hierarchical_merges(m) GROUP BY m});
	my $heights = decode_json($all);
	my $number = 0;
	my %number_of;

	heights_agree($label, [ @$heights[-10 .. -1] ], $want->{last10_heights});
	heights_agree("$label, all", $heights, $want->{all_heights}) if $want->{all_heights};
	ok(abs($sum - $want->{sum_heights}) <= 1e-9 * $want->{sum_heights}, "$label: sum of heights");
	is_deeply(decode_json($sizes), $want->{sizes_sorted}, "$label: sizes");
	# the reference numbers clusters in its own way
	is_deeply(decode_json($labels), [ map { $number_of{$_} //= ++$number } @{ $want->{labels_in_id_order} } ],
		"$label: clusters") if $want->{labels_in_id_order};
	return;
}

for my $name (sort keys %$sets)
{
	load_set($name, $sets->{$name});
	for my $form (qw(raw standardised))
	{
		my $trees = $sets->{$name}{"hierarchical_$form"} // {};

		for my $linkage (grep { $trees->{$_} } qw(ward average complete single))
		{
			check_tree($name, $linkage, $form, $trees->{$linkage});
		}
	}
}
note(sprintf 'largest relative error of a height %.1e', $worst);
done_testing();
