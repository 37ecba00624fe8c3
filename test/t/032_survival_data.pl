# Survival of real subscribers, the Telco churn data, against R's survival.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are in reference/survival_open.json.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use List::Util qw(max);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $reference = "$data/reference/survival_open.json";
plan skip_all => "no data: $reference is not there (SEGMENT_DATA names the folder)" unless -r $reference;

my $want = decode_json(slurp_file($reference));

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');
open(my $in, '<', "$data/$want->{file}") or die "$want->{file}: $!";
my @columns = map { /^(tenure|SeniorCitizen|MonthlyCharges)$/ ? "\"$_\" float8" : "\"$_\" text" } split /,/, (<$in> =~ s/\s+$//r);
close $in;
$node->safe_psql('postgres', 'CREATE TABLE telco (' . join(', ', @columns) . ')');
$node->safe_psql('postgres', "\\copy telco FROM '$data/$want->{file}' CSV HEADER");
$node->safe_psql('postgres', q{
	CREATE VIEW subscribers AS
		SELECT tenure AS months, "Churn" = 'Yes' AS churned, "Contract" AS contract,
			ARRAY["MonthlyCharges", "SeniorCitizen", ("Contract" = 'One year')::int, ("Contract" = 'Two year')::int] AS x
		FROM telco;
	CREATE TABLE curves AS
		SELECT 'all' AS contract, kaplan_meier(months, churned) AS summary FROM subscribers
		UNION ALL SELECT contract, kaplan_meier(months, churned) FROM subscribers GROUP BY contract;
});

sub value { return $node->safe_psql('postgres', shift) }

# The largest relative gap of a list; NA in R must be NULL here.
sub gap
{
	my ($got, $want) = @_;
	my @got = split /\|/, $got;
	my $gap = @got == @$want ? 0 : 9**9**9;

	foreach my $i (0 .. $#got)
	{
		my ($g, $w) = ($got[$i], $want->[$i]);

		$gap = max($gap, $g eq 'NA' || $w eq 'NA' ? ($g eq $w ? 0 : 9**9**9) : abs($g - $w) / max(abs($w), 1e-9));
	}
	return $gap;
}

sub is_near
{
	my ($query, $wanted, $what) = @_;

	cmp_ok(gap(value("SELECT concat_ws('|', VARIADIC ARRAY(SELECT coalesce(x::text, 'NA') FROM ($query) AS q(x)))"), $wanted), '<=', 1e-8, $what);
}

my %curves = (all => $want->{km_all}, %{ $want->{km_by_contract} });
foreach my $contract (sort keys %curves)
{
	my $km = $curves{$contract};
	my $times = join ',', @{ $km->{at} };
	my $at = "FROM curves, unnest('{$times}'::float8[]) WITH ORDINALITY AS t(at, k)";
	my $row = "$at, survival_curve(summary) AS c WHERE contract = '$contract' AND time = at ORDER BY k";

	is_near("SELECT x::float8 FROM curves, unnest(ARRAY[summary::jsonb -> 'rows_used', summary::jsonb -> 'event_count']) AS x WHERE contract = '$contract'",
		[ $km->{n}, $km->{events} ], "$contract: users and events");
	is_near("SELECT median_survival(summary) FROM curves WHERE contract = '$contract'", [ $km->{median} ], "$contract: median");
	is_near("SELECT survival_at(summary, at) $at WHERE contract = '$contract' ORDER BY k", $km->{surv}, "$contract: survival");
	is_near("SELECT at_risk $row", $km->{n_risk}, "$contract: users at risk");
	is_near("SELECT std_error $row", $km->{std_err_greenwood}, "$contract: Greenwood's error");
	is_near("SELECT ci_low $row", $km->{lower_loglog95}, "$contract: lower end");
	is_near("SELECT ci_high $row", $km->{upper_loglog95}, "$contract: upper end");
}
is(value("SELECT rollup(summary)::text = (SELECT summary::text FROM curves WHERE contract = 'all') FROM curves WHERE contract <> 'all'"),
	't', 'the contracts add up to all');

my $logrank = $want->{logrank_contract};
my $test = '(SELECT logrank_test(contract, months, churned) AS t FROM subscribers) AS s';
is_near("SELECT x FROM $test, unnest(ARRAY[(t).chi_square, (t).degrees_of_freedom]) AS x", [ @$logrank{qw(chisq df)} ], 'log-rank: statistic');
is_near("SELECT o FROM $test, unnest((t).observed) AS o", $logrank->{obs}, 'log-rank: observed');
is_near("SELECT e FROM $test, unnest((t).expected) AS e", $logrank->{exp}, 'log-rank: expected');

my @features = ('MonthlyCharges', 'SeniorCitizen', 'I(Contract == "One year")TRUE', 'I(Contract == "Two year")TRUE');
foreach my $ties (qw(efron breslow))
{
	my $model = "(SELECT cox_train(months, churned, x, cox_options(ties => '$ties')) AS m FROM subscribers) AS s";

	is_near("SELECT estimate FROM $model, coefficients(m)", [ @{ $want->{"cox_$ties"} }{@features} ], "Cox, $ties: coefficients");
	next if $ties ne 'efron';
	is_near("SELECT std_error FROM $model, coefficients(m)", $want->{cox_efron_se}, 'Cox: their errors');
	is_near("SELECT x::float8 FROM $model, unnest(ARRAY[model_info(m) -> 'null_log_likelihood', model_info(m) -> 'log_likelihood']) AS x",
		$want->{cox_efron_loglik}, 'Cox: log-likelihood');
}

done_testing();
