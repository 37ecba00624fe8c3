# Real baskets with published answers: frequent, closed and maximal itemsets, and
# association rules.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are those of arules and fim4r, in
# reference/rules_*.json, complete lists in reference/*_itemsets_*.psv.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use List::Util qw(max);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my @sets = qw(housevotes84 msweb mushroom);
foreach my $set (@sets)
{
	plan skip_all => "no data: $data/reference/rules_$set.json is not there (SEGMENT_DATA names the folder)"
	  unless -r "$data/reference/rules_$set.json";
}

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');

# one session for all of the hundreds of short queries
my $session = $node->background_psql('postgres');
sub value { my $answer = $session->query(shift); return $answer }

# baskets as text, and as numbers where items are numbers
sub load_set
{
	my ($set, $file) = @_;

	if ($set eq 'housevotes84')
	{
		my $columns = join ', ', 'class', map { "v$_" } 1 .. 16;
		my $items = join ', ', "'Class=' || class", map { "'V$_=' || v$_" } 1 .. 16;

		value('CREATE TABLE raw (' . join(' text, ', split /, /, $columns) . ' text)');
		value("\\copy raw FROM '$data/$file' CSV HEADER");
		value("CREATE TABLE $set AS SELECT array_remove(ARRAY[$items], NULL) AS items FROM raw");
	}
	else
	{
		value('CREATE TABLE raw (tid int, items text)');
		value("\\copy raw FROM '$data/$file' CSV HEADER");
		value("CREATE TABLE $set AS SELECT string_to_array(items, ' ') AS items FROM raw");
	}
	value('DROP TABLE raw');
	return;
}

# Put a model into a table of that name
sub train
{
	my ($model, $set, %options) = @_;
	my $options = join ', ', map { "$_ => $options{$_}" } sort keys %options;

	value("DROP TABLE IF EXISTS $model; CREATE TABLE $model AS SELECT itemset_train(items, itemset_options($options)) AS model FROM $set");
	return;
}

# The lists in the form of the references, one line each: items in byte order, '|',
# count.  Sets are ordered by their items, rules by the whole line.
my $by_bytes = q{array_to_string(ARRAY(SELECT i FROM unnest(%s) AS i ORDER BY i COLLATE "C"), ' ')};
my $lhs = sprintf $by_bytes, 'antecedent';

sub canonical
{
	my ($model) = @_;
	my $items = sprintf $by_bytes, 'items';

	return "SELECT $items AS key, $items || '|' || support_count AS line FROM $model, frequent_itemsets(model)";
}

sub sha256_of
{
	my ($query) = @_;

	return value(qq{SELECT encode(sha256(convert_to(string_agg(line || E'\\n', '' ORDER BY key COLLATE "C"), 'UTF8')), 'hex') FROM ($query) AS t});
}

my $worst = 0;
sub near
{
	my ($got, $want, $name) = @_;
	my $error = $got eq $want ? 0 : abs($got - $want) / max(abs($want), 1);

	$worst = max($worst, $error);
	cmp_ok($error, '<=', 1e-12, $name) or diag("got $got, want $want");
	return;
}

foreach my $set (@sets)
{
	my $reference = decode_json(slurp_file("$data/reference/rules_$set.json"));

	load_set($set, $reference->{file});
	is(value("SELECT count(*) FROM $set"), $reference->{n_transactions}, "$set: baskets");
	foreach my $key (sort keys %{ $reference->{itemsets} })
	{
		my $want = $reference->{itemsets}{$key};
		my $support = $want->{min_support};
		my $name = "$set at $support";

		train('m', $set, min_support => $support);
		is(value("SELECT model_info(model) ->> 'min_count' FROM m"), $want->{min_count}, "$name: baskets that a set must be in");
		is(value("SELECT model_info(model) ->> 'set_count' FROM m"), $want->{n_frequent}, "$name: $want->{n_frequent} frequent sets");
		is(value('SELECT string_agg(size || \':\' || n, \' \' ORDER BY size) FROM (SELECT cardinality(items) AS size, count(*) AS n '
				. 'FROM m, frequent_itemsets(model) GROUP BY 1) AS t'),
			join(' ', map { "$_:$want->{by_size}{$_}" } sort { $a <=> $b } keys %{ $want->{by_size} }), "$name: sets by size");
		is(sha256_of(canonical('m')), $want->{sha256_canonical}, "$name: the very sets and counts") if defined $want->{sha256_canonical};
		cmp_ok(value('SELECT model_size(model) FROM m'), '<', 12.5 * $want->{n_frequent} + 10000, "$name: twelve bytes a set");

		foreach my $target ('closed', 'maximal')
		{
			next unless defined $want->{"n_$target"};
			train('c', $set, min_support => $support, target => "'$target'");
			is(value("SELECT model_info(model) ->> 'set_count' FROM c"), $want->{"n_$target"}, "$name: " . $want->{"n_$target"} . " $target sets");
		}

		# FP-growth and Apriori, unless they take long
		foreach my $algorithm ('fp_growth', 'apriori')
		{
			next if $want->{n_frequent} > 15000;
			foreach my $target ('all', 'closed', 'maximal')
			{
				train('a', $set, min_support => $support, algorithm => "'$algorithm'", target => "'$target'");
				train('b', $set, min_support => $support, target => "'$target'");
				is(value("SELECT a.model::jsonb - 'options' - 'fingerprint' = b.model::jsonb - 'options' - 'fingerprint' FROM a, b"), 't',
					"$name: $algorithm finds the same $target sets");
			}
		}

		my $file = "$data/reference/${set}_itemsets_$support.psv";
		if (-r $file)
		{
			value('CREATE TABLE want (items text, n bigint)');
			value("\\copy want FROM '$file' (FORMAT csv, DELIMITER '|', HEADER)");
			is(value('SELECT count(*) FROM want'), $want->{n_frequent}, "$name: the list is complete");
			is(value("SELECT count(*) FROM (SELECT items, items || '|' || n FROM want EXCEPT " . canonical('m') . ') AS t'), 0, "$name: every set of the list");
			value('DROP TABLE want');
		}

		# numbers of any integer type are the same items
		next if $set eq 'housevotes84' || $want->{n_frequent} > 15000;
		value("CREATE OR REPLACE VIEW numbers AS SELECT items::int[] FROM $set");
		train('i', 'numbers', min_support => $support);
		is(sha256_of(canonical('i')), $want->{sha256_canonical}, "$name: of items that are numbers");
	}

	foreach my $key (sort keys %{ $reference->{rules} })
	{
		my $want = $reference->{rules}{$key};
		my $name = "$set, rules of $want->{min_support}, $want->{min_confidence}";

		train('m', $set, min_support => $want->{min_support});
		value("DROP TABLE IF EXISTS r; CREATE TABLE r AS SELECT a.*, $lhs AS lhs "
			. "FROM m, association_rules(model, $want->{min_confidence}) AS a");
		is(value('SELECT count(*) FROM r'), $want->{n_rules_single_consequent}, "$name: $want->{n_rules_single_consequent} rules");
		is(value('SELECT string_agg(size || \':\' || n, \' \' ORDER BY size) FROM (SELECT cardinality(antecedent) + 1 AS size, count(*) AS n FROM r GROUP BY 1) AS t'),
			join(' ', map { "$_:$want->{by_rule_length}{$_}" } sort { $a <=> $b } keys %{ $want->{by_rule_length} }), "$name: by length");
		is(sha256_of("SELECT line AS key, line FROM r, concat(lhs, '=>', consequent, '|', support_count) AS line"), $want->{sha256_rules}, "$name: the very rules");
		near(value('SELECT sum(lift) FROM r'), $want->{sum_lift}, "$name: sum of lifts");
		near(value('SELECT avg(confidence) FROM r'), $want->{mean_confidence}, "$name: mean confidence");

		my %got = map { my ($rule, @rest) = split /\|/; ($rule => \@rest) }
		  split /\n/, value("SELECT concat(lhs, '=>', consequent), support_count, support, confidence, lift, leverage, coverage, conviction FROM r");
		foreach my $rule (@{ $want->{top20_by_lift} })
		{
			my $of = "$name: $rule->{lhs} => $rule->{rhs}";
			my ($count, @measures) = @{ $got{"$rule->{lhs}=>$rule->{rhs}"} };

			is($count, $rule->{count}, "$of: count");
			near(shift @measures, $rule->{$_}, "$of: $_") foreach qw(support confidence lift leverage coverage);
			if (defined $rule->{conviction})
			{
				near($measures[0], $rule->{conviction}, "$of: conviction");
			}
			else
			{
				is($measures[0], 'Infinity', "$of: conviction");
			}
		}
	}
}
note(sprintf 'largest error of a measure: %.1e', $worst);

$session->quit;
$node->stop;
done_testing();
