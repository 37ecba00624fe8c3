# Customer lifetime models of real customers, the CDNOW data, against published
# fits and the predictions of other programs.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are in reference/ltv_cdnow.json (scipy)
# and ltv_peers.json (BTYD, CLVTools).  The maxima are flat, and scipy stopped
# slightly short of them: parameters are compared to 1e-3, the likelihood to 1e-5;
# predictions are made with the reference's parameters, and compared to 1e-9.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $reference = "$data/reference/ltv_cdnow.json";
plan skip_all => "no data: $reference is not there (SEGMENT_DATA names the folder)" unless -r $reference;

my $want = decode_json(slurp_file($reference));
my $peers = decode_json(slurp_file("$data/reference/ltv_peers.json"));

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
sub value { return $node->safe_psql('postgres', shift) }

value(q{
	CREATE EXTENSION segment;
	CREATE TABLE customers (customer_id int, frequency float8, recency float8, age float8, monetary float8);
	CREATE TABLE transactions (customer_id int, day date, cds int, amount numeric);
});
$node->safe_psql('postgres', "\\copy customers FROM '$data/ltv/cdnow_customers.csv' CSV HEADER");
$node->safe_psql('postgres', "\\copy transactions FROM '$data/ltv/cdnow_transactions.csv' CSV HEADER");
value(q{
	CREATE TABLE summary AS
		SELECT customer_id, count(*) - 1 AS frequency, (max(day) - min(day)) / 7.0::float8 AS recency, (DATE '1997-09-30' - min(day)) / 7.0::float8 AS age,
			coalesce(avg(amount) FILTER (WHERE day > first), 0)::float8 AS monetary
		FROM (SELECT customer_id, day, sum(amount) AS amount, min(min(day)) OVER (PARTITION BY customer_id) AS first
			FROM transactions WHERE day <= '1997-09-30' GROUP BY customer_id, day) AS d
		GROUP BY customer_id;
});

# a model with these parameters, named like its fields
sub model
{
	my ($method, $params) = @_;
	my %model = (method => $method, format => 1, fingerprint => undef, converged => JSON::PP::false,
		(map { $_ => 0 } qw(iterations log_likelihood aic gradient_norm rows_skipped)), rows_used => 1, weight => 1, version => '0');

	$model{$_} = $params->{$_} for keys %$params;
	$model{"${_}_std_error"} = undef for keys %$params;
	$model{options} = {} unless $method eq 'gamma_gamma';
	$model{correlation} = undef if $method eq 'gamma_gamma';
	$model{$method eq 'gamma_gamma' ? 'rows_without_spend' : 'rows_without_recency'} = 0;
	return "'" . JSON::PP->new->encode(\%model) . "'::segment_model";
}

sub is_near
{
	my ($got, $wanted, $tolerance, $name) = @_;
	my $error = abs($got - $wanted) / (abs($wanted) || 1);

	ok($error <= $tolerance, "$name: $got") or diag("wanted $wanted, off by $error");
}

# Fit a method and compare it with a reference.
sub fit_is
{
	my ($call, $table, $ref, $name) = @_;
	my $got = decode_json(value("SELECT model_info($call) FROM $table"));

	ok($got->{converged}, "$name: converged");
	cmp_ok($got->{gradient_norm}, '<', 1e-9, "$name: to the level of rounding");
	cmp_ok($got->{log_likelihood}, '>', $ref->{loglik} - 1e-5, "$name: no less likely");
	is_near($got->{log_likelihood}, $ref->{loglik}, 1e-8, "$name: log-likelihood");
	is_near($got->{$_}, $ref->{params}{$_}, 1e-3, "$name: $_") for sort keys %{ $ref->{params} };
	is_near($got->{"${_}_std_error"}, $ref->{se}{$_}, 3e-3, "$name: standard error of $_") for sort keys %{ $ref->{se} };
	return;
}

sub predictions_are
{
	my ($ref, $table) = @_;
	my ($bg, $pn, $gg) = (model('bgnbd', $ref->{bgnbd}{params}), model('paretonbd', $ref->{pareto_nbd}{params}), model('gamma_gamma', $ref->{gamma_gamma}{params}));

	foreach my $c (@{ $ref->{sample_customers} })
	{
		my $at = "$c->{x}, $c->{t_x}, $c->{T}";
		my @got = split /\|/, value(qq{
			SELECT bgnbd_p_alive($bg, $at), bgnbd_expected_purchases($bg, $at, 39), paretonbd_p_alive($pn, $at), paretonbd_expected_purchases($pn, $at, 39),
				gamma_gamma_expected_spend($gg, $c->{x}, $c->{m}), clv($bg, $gg, $at, $c->{m}, 360 / 7.0, 0.01, period => 30 / 7.0)
		});

		is_near(shift @got, $c->{$_}, 1e-9, "$table, customer $c->{customer_id}: $_") for qw(bg_p_alive bg_cond_exp pn_p_alive pn_cond_exp gg_cond_mean clv12);
	}
	is_near(value("SELECT bgnbd_expected_purchases($bg, 0, 0, 0, $_)"), $ref->{bgnbd}{E_X_t}{$_}, 1e-9, "$table, a new customer in $_ weeks") for sort { $a <=> $b } keys %{ $ref->{bgnbd}{E_X_t} };
	is_near(value("SELECT sum(clv($bg, $gg, frequency, recency, age, monetary, 360 / 7.0, 0.01, 30 / 7.0)) FROM $table"), $ref->{clv12}{total}, 1e-9, "$table: total value");
	foreach my $m ([ 'bgnbd', $bg, $ref->{bgnbd} ], [ 'paretonbd', $pn, $ref->{pareto_nbd} ])
	{
		my ($stem, $model, $of) = @$m;

		is_near(value("SELECT avg(${stem}_p_alive($model, frequency, recency, age)) FROM $table"), $of->{mean_p_alive}, 1e-9, "$table, $stem: mean P(alive)");
		is_near(value("SELECT sum(${stem}_expected_purchases($model, frequency, recency, age, 39)) FROM $table"), $of->{sum_cond_expected}, 1e-9, "$table, $stem: purchases of all");
	}
	is_near(value("SELECT gamma_gamma_expected_spend($gg, 0, 0)"), $ref->{gamma_gamma}{population_mean}, 1e-9, "$table: mean spend");
	is_near(value("SELECT (model_info(gamma_gamma_train(frequency, monetary))->>'correlation')::float8 FROM $table"), $ref->{gamma_gamma}{corr_x_m}, 1e-9, "$table: correlation");
	return;
}

foreach my $of ([ 'customers', 'from_cdnow_customers.csv' ], [ 'summary', 'from_cdnow_transactions.csv (cal end 1997-09-30, holdout to 1998-06-30, 39 weeks)' ])
{
	my ($table, $key) = @$of;
	my $ref = $want->{$key};

	is(value("SELECT count(*) FROM $table"), $ref->{n_customers}, "$table: customers");
	is_near(value("SELECT sum(frequency) FROM $table"), $ref->{sum_x}, 0, "$table: purchases");
	fit_is("bgnbd_train(frequency, recency, age)", $table, $ref->{bgnbd}, "$table, BG/NBD");
	fit_is("paretonbd_train(frequency, recency, age)", $table, $ref->{pareto_nbd}, "$table, Pareto/NBD");
	fit_is("gamma_gamma_train(frequency, monetary)", $table, $ref->{gamma_gamma}, "$table, gamma-gamma");
	predictions_are($ref, $table);
}

# predictions of other programs for the first customers
{
	my $bg = model('bgnbd', $want->{'from_cdnow_customers.csv'}{bgnbd}{params});
	my @rows = split /\n/, value("SELECT bgnbd_expected_purchases($bg, frequency, recency, age, 39), bgnbd_p_alive($bg, frequency, recency, age) FROM customers WHERE customer_id <= 6 ORDER BY customer_id");

	foreach my $i (0 .. 5)
	{
		my ($purchases, $alive) = split /\|/, $rows[$i];

		is_near($purchases, $peers->{BTYD_cdnow}{bgnbd_CET_39_first6}[$i], 1e-9, 'BTYD: purchases of customer ' . ($i + 1));
		is_near($alive, $peers->{BTYD_cdnow}{bgnbd_PAlive_first6}[$i], 1e-9, 'BTYD: P(alive) of customer ' . ($i + 1));
	}
	foreach my $m ([ 'bgnbd', 'bgnbd' ], [ 'paretonbd', 'pnbd' ])
	{
		my $got = decode_json(value("SELECT model_info($m->[0]_train(frequency, recency, age)) FROM summary"));

		cmp_ok($got->{log_likelihood}, '>', $peers->{CLVTools_cdnow}{"$m->[1]_ll"} - 1e-7, "CLVTools: no less likely, $m->[0]");
		is_near($got->{$_}, $peers->{CLVTools_cdnow}{ $m->[1] }{$_}, 1e-3, "CLVTools: $_") for sort keys %{ $peers->{CLVTools_cdnow}{ $m->[1] } };
	}
}

done_testing();
