#!/usr/bin/perl
# attack.pl: random calls of every function and aggregate of the extension
#
# Arguments have the right types and are sensible or at the edge (NULL, NaN,
# infinity, huge, tiny, empty, wrong length); models, summaries and states of
# aggregates are damaged in place, with a right fingerprint. Fails on
#	a server process that ends (a signal, or a check of a build with SANITIZE=1),
#	an internal error (XX000), "corrupted" where nothing was damaged,
#	a NaN or infinity that nobody put in,
#	a model that cannot be read back,
#	a call that does not stop when it is cancelled,
#	another answer from a parallel plan, from partitions, from states that were
#	merged, or from a window frame instead of a subquery.
#
# ATTACK_SECONDS (60), ATTACK_SEED (the date), ATTACK_ONLY (a pattern for the names
# of what is called). Each batch of calls has a seed of its own, so that
# "ATTACK_SEED=N ATTACK_BATCH=B" repeats that batch alone. Findings are files
# build/attack/*.sql, to be run after test/attack/tables.sql. The last lines say which
# functions never gave an answer, so that nothing but their refusals was tried.
use strict;
use warnings FATAL => 'all';
use File::Basename qw(dirname);
use File::Path qw(make_path);
use IPC::Run ();
use POSIX qw(strftime);
use Time::HiRes qw(time sleep);
use lib dirname(__FILE__);
use Attack::Damage qw(damage_wire damage_state);
use Attack::Values;

use constant { CASES => 100, STATEMENT_TIMEOUT => 10, MOST_FINDINGS => 20 };

my $here = dirname(__FILE__);
my $seconds = $ENV{ATTACK_SECONDS} || 60;
my $seed = $ENV{ATTACK_SEED} || strftime('%Y%m%d', localtime);
my $database = "segment_attack_$seed";
my $out = "$here/../../build/attack";
make_path($out);

sub pick { return @_ ? $_[ rand @_ ] : undef }

# ---------- psql ----------

sub psql
{
	my ($script, $db) = @_;
	my ($stdout, $stderr) = ('', '');
	my $file = "$out/script-$seed.sql";

	open my $to, '>', $file or die "attack: $file: $!\n";
	print $to $script;
	close $to;
	# without ON_ERROR_STOP psql goes on after an error, and ends with the connection
	IPC::Run::run([ 'psql', '-XqAt', '-F', "\t", '-d', $db || $database, '-f', $file ], '<', '/dev/null', '>', \$stdout, '2>', \$stderr,
		IPC::Run::timeout(CASES * STATEMENT_TIMEOUT * 4));
	return ($stdout, $stderr);
}

sub rows_of
{
	my ($query) = @_;
	my ($stdout, $stderr) = psql("\\set ON_ERROR_STOP on\n$query");

	die "attack: $stderr\n" if $stderr =~ /ERROR|FATAL/;
	return map { [ split /\t/, $_, -1 ] } split /\n/, $stdout;
}

# ---------- what there is to call ----------

my (@functions, @aggregates, %options_of, %words_of, %models_of, %readers, %wires_of, %states_of, %state_type);

sub split_array { return map { s/^"(.*)"$/$1/r =~ s/\\"/"/gr } $_[0] =~ /("(?:[^"\\]|\\.)*"|[^,{}]+)/g }

sub read_catalogue
{
	for my $row (rows_of(q{
		SELECT p.oid, p.proname, p.prokind, p.proretset, p.provariadic <> 0,
			coalesce((SELECT array_agg(format_type(t, NULL) ORDER BY n) FROM unnest(p.proargtypes) WITH ORDINALITY AS u(t, n)), '{}'),
			coalesce((SELECT array_agg(CASE WHEN p.proargnames[n] <> '' THEN p.proargnames[n] ELSE '-' END ORDER BY n)
				FROM generate_series(1, p.pronargs) AS n), '{}'),
			p.pronargdefaults, pg_get_function_identity_arguments(p.oid),
			a.aggtransfn::oid, a.aggcombinefn::oid, a.aggfinalfn::oid, format_type(a.aggtranstype, NULL), a.agginitval,
			a.aggfinalextra, a.aggtransfn::text, a.aggcombinefn::text, a.aggfinalfn::text, format_type(p.prorettype, NULL),
			(SELECT provolatile = 'v' FROM pg_proc AS f WHERE f.oid = a.aggfinalfn)
		FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
		JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'segment'
		LEFT JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
		ORDER BY p.proname, pg_get_function_identity_arguments(p.oid)}))
	{
		my %f;
		@f{qw(oid name kind is_set variadic types names defaults identity trans combine final state initial final_extra trans_name combine_name final_name result is_noisy)} = @$row;
		$f{types} = [ split_array($f{types}) ];
		$f{names} = [ split_array($f{names}) ];
		$f{$_} = $f{$_} eq 't' for qw(is_set variadic final_extra is_noisy);
		push @{ $f{kind} eq 'a' ? \@aggregates : \@functions }, \%f;
		if ($f{name} =~ /^(.*)_options$/)
		{
			$options_of{$1} = [ map { [ $f{names}[$_], $f{types}[$_] ] } 0 .. $#{ $f{names} } ];
		}
	}
	# SQL cannot pass a value of type internal
	@functions = grep { "@{ $_->{types} }" !~ /\binternal\b/ } @functions;
		for my $table ('models', 'summaries')
	{
		my $type = $table eq 'models' ? 'segment_model' : 'segment_summary';
		for my $row (rows_of("SELECT model_method(value), value, encode(${type}_send(value), 'hex') FROM $table ORDER BY ctid"))
		{
			push @{ $models_of{$type}{ $row->[0] } }, $row->[1];
			push @{ $wires_of{$type} }, [ $row->[0], pack 'H*', $row->[2] ];
		}
	}
}

# The aggregates' states as they are, and aggregates that merge such states
sub make_merging
{
	my $n = 0;
	my $script = "SET client_min_messages = error;\n";

	for my $a (grep { $_->{state} ne 'internal' } @aggregates)
	{
		$a->{raw} = 'raw_' . ++$n;
		my $initial = $a->{initial} ne '' ? ", INITCOND = '$a->{initial}'" : '';
		$script .= "CREATE AGGREGATE $a->{raw}($a->{identity}) (SFUNC = $a->{trans_name}, STYPE = $a->{state}$initial);\n";
		next if $a->{combine} eq '0' || $a->{final_extra};
		$a->{merge} = "merge_$n";
		my $final = $a->{final} ne '0' ? ", FINALFUNC = $a->{final_name}" : '';
		$script .= "CREATE AGGREGATE $a->{merge}($a->{state}) (SFUNC = $a->{combine_name}, STYPE = $a->{state}$initial$final);\n";
	}
	rows_of($script);
	for my $a (grep { $_->{raw} } @aggregates)
	{
		my $call = call_of($a, tame => 1);
		my ($stdout) = psql("SELECT $a->{raw}(" . $call->arguments($a, 'expression') . ") FROM rows GROUP BY g");
		my @states = grep { length } split /\n/, $stdout;
		for my $support (grep { $_ ne '0' } @$a{qw(trans combine final)})
		{
			push @{ $states_of{$support} }, @states;
			$state_type{$support} = $a->{state};
		}
		$a->{states} = \@states;
		warn "no state of $a->{name}($a->{identity})\n" if $ENV{ATTACK_DEBUG} && !@states;
	}
}

# ---------- calls ----------

# The models or summaries that a function reads; sometimes any
sub models_for
{
	my ($f, $type) = @_;
	my $read = $readers{ $f->{oid} };

	return $read if $read && @$read && rand() > 0.1;
	return [ map { @{ $models_of{$type}{$_} } } sort keys %{ $models_of{$type} } ];
}

# Options by the stem of a function, where the function that builds them has another name
sub option_stem
{
	my ($name) = @_;
	my $stem = $name =~ s/_(train|elbow|rate)\b.*//r;

	$stem =~ s/_classes$//;
	return 'regression' if $stem =~ /^(linear|logistic|poisson|gamma)$/;
	return $name =~ /^cf_recommend/ ? 'cf_recommend' : $stem;
}

sub call_of
{
	my ($f, %more) = @_;

	return Attack::Values->new(
		wild => $more{tame} ? 0 : pick(0, 0.1, 0.3, 0.7),
		models => models_for($f, 'segment_model'),
		summaries => models_for($f, 'segment_summary'),
		states => $states_of{ $f->{oid} }, state_type => $state_type{ $f->{oid} },
		options => $options_of{ option_stem($f->{name}) }, words => \%words_of,
		%more);
}

# Finds which models and summaries each function reads: those that it does not refuse
sub find_readers
{
	my @tries;
	my $script = '';

	for my $f (grep { $_->{name} !~ /_(trans|final|combine)$/ } @functions, @aggregates)
	{
		# it reads two models of different methods
		$readers{ $f->{oid} } = [ map { @{ $models_of{segment_model}{$_} } } qw(bgnbd paretonbd gamma_gamma) ] if $f->{name} eq 'clv';
		my ($type) = grep { /^segment_(model|summary)$/ } @{ $f->{types} };
		next if !$type || $readers{ $f->{oid} };
		for my $value (map { @{ $models_of{$type}{$_} } } sort keys %{ $models_of{$type} })
		{
			my $call = call_of($f, tame => 1, models => [$value], summaries => [$value]);
			my $list = $call->arguments($f, 'expression');
			my $from = '(SELECT * FROM rows LIMIT 3) AS t';
			$script .= ($f->{is_set} ? "SELECT count(*) FROM $from, LATERAL $f->{name}($list)" : "SELECT count($f->{name}($list)) FROM $from")
				. ";\n\\echo >>>${\ scalar @tries} :SQLSTATE\n";
			push @tries, [ $f, $value ];
		}
	}
	my ($stdout) = psql("SET client_min_messages = error;\n$script");
	while ($stdout =~ /^>>>(\d+) (\w+)$/mg)
	{
		my ($f, $value) = @{ $tries[$1] };
		push @{ $readers{ $f->{oid} } }, $value unless $2 =~ /^(42804|0A000)$/;
	}
}

# Finds the words that an option takes: what the hint for a wrong one lists
sub find_words
{
	my $script = '';

	for my $f (grep { "@{ $_->{names} }" =~ /\boptions\b/ && $_->{kind} eq 'a' } @aggregates)
	{
		my $known = $options_of{ option_stem($f->{name}) } or next;
		for my $key (map { $_->[0] } grep { $_->[1] eq 'text' } @$known)
		{
			my $call = call_of($f, tame => 1, only_options => "'{\"$key\": \"?\"}'::jsonb");
			$script .= "SELECT $f->{name}(" . $call->arguments($f, 'expression') . ") FROM rows;\n";
		}
	}
	my (undef, $stderr) = psql($script);
	while ($stderr =~ /unrecognized value for option "(\w+)"\n(?:DETAIL:.*\n)?HINT:  It must be one of: ([^\n]*)\./g)
	{
		$words_of{$1}{$_} = 1 for split /, /, $2;
	}
	$words_of{$_} = [ sort keys %{ $words_of{$_} } ] for keys %words_of;
}

my $serial = "SET max_parallel_workers_per_gather = 0;";
my $parallel = "SET max_parallel_workers_per_gather = 2;";
my $partitions = "$serial SET enable_partitionwise_aggregate = on;";

# A case is { variants => [ settings and query, ... ], call => what was passed }
sub literal_case
{
	my $f = pick(@functions) or return;
	my $call = call_of($f);
	my $list = $call->arguments($f, 'literal');

	# a state may remember an overflow, and two states need not fit together
	$call->{tainted} = $call->{damaged} = 1 if $states_of{ $f->{oid} };
	return { of => $f, call => $call, variants => [ [ '', $f->{is_set} ? "SELECT * FROM $f->{name}($list)" : "SELECT $f->{name}($list)" ] ] };
}

sub rows_case
{
	my $f = pick(grep { !$states_of{ $_->{oid} } } @functions) or return;
	my $call = call_of($f);
	my $list = $call->arguments($f, 'expression');
	my $query = $f->{is_set} ? "SELECT i, s FROM rows, LATERAL $f->{name}($list) AS s WHERE i <= 30" : "SELECT i, $f->{name}($list) FROM rows WHERE i <= 120";

	return { of => $f, call => $call, variants => [ [ $serial, $query ], (rand() < 0.3 ? [ $parallel, $query ] : ()) ] };
}

sub aggregate_case
{
	my $a = pick(@aggregates) or return;
	my $call = call_of($a);
	my $list = $call->arguments($a, 'expression');
	my $rest = pick('', '', ' WHERE i > 200', ' WHERE i < 4', ' WHERE i = 7', ' WHERE false') . pick('', ' GROUP BY g', ' GROUP BY i % 61', ' GROUP BY i / 2');
	my $filter = pick('', '', '', ' FILTER (WHERE event)');
	my $query = "SELECT $a->{name}($list)$filter FROM rows$rest";
	# a model must be one that can be restored
	$query = "SELECT r::text::$a->{result} FROM (" . ($query =~ s/ FROM rows/ AS r FROM rows/r) . ') AS t' if $a->{result} =~ /^segment_/;
	my @variants = ([ $serial, $query ], [ $partitions, $query =~ s/ FROM rows/ FROM parts/r ]);

	push @variants, [ $parallel, $query ] if rand() < 0.3; # it takes longer
	if ($a->{merge})
	{
		my $split = $rest =~ /GROUP BY (.*)/ ? $1 : '1';
		push @variants, [ $serial, "SELECT $a->{merge}(s) FROM (SELECT $split AS part, $a->{raw}($list)$filter AS s FROM rows"
			. ($rest =~ s/ GROUP BY.*//r) . ' GROUP BY i % 3, ' . ($split eq '1' ? 'i % 2' : $split) . ') AS t'
			. ($split eq '1' ? '' : ' GROUP BY part') ];
	}
	@variants = $variants[0] if $a->{is_noisy}; # there is nothing to compare
	return { of => $a, call => $call, variants => \@variants };
}

sub frame_case
{
	# top_interest refuses a constant weight that looks like a count, but cannot tell
	# constants in a window; noise is never the same
	my $a = pick(grep { $_->{name} ne 'top_interest' && !$_->{is_noisy} } @aggregates) or return;
	my $call = call_of($a);
	my $list = $call->arguments($a, 'expression');
	my ($back, $ahead) = (int rand 5, int rand 3);
	my $filter = pick('', '', ' FILTER (WHERE event)');

	return { of => $a, call => $call, variants => [
		[ $serial, "SELECT i, $a->{name}($list)$filter OVER (ORDER BY i ROWS BETWEEN $back PRECEDING AND $ahead FOLLOWING) FROM rows WHERE i <= 20" ],
		[ $serial, "SELECT i, (SELECT $a->{name}($list)$filter FROM rows WHERE i BETWEEN o.n - $back AND least(o.n + $ahead, 20)) FROM (SELECT i, i AS n FROM rows WHERE i <= 20) AS o" ] ] };
}

# Damaged states, changed in place as the executor lets an aggregate change them
sub state_case
{
	my $a = pick(grep { $_->{raw} && @{ $_->{states} } } @aggregates) or return;
	my $call = call_of($a, damaged => 1);
	my $quote = sub { "'" . ($_[0] =~ s/'/''/gr) . "'" };
	my @states = map { rand() < 0.6 ? damage_state($_) : $_ } map { pick(@{ $a->{states} }) } 1 .. 3;

	$call->{tainted} = 1;
	if ($a->{merge} && rand() < 0.6)
	{
		my $values = join ', ', map { '(' . $quote->($_) . "::$a->{state})" } @states;
		return { call => $call, variants => [ [ '', "SELECT $a->{merge}(s) FROM (VALUES $values) AS t(s)" ] ] };
	}
	my $list = $call->arguments($a, 'expression');
	my $final = $a->{final} ne '0' ? ", FINALFUNC = $a->{final_name}" . ($a->{final_extra} ? ', FINALFUNC_EXTRA' : '') : '';
	return { call => $call, variants => [ [ "CREATE AGGREGATE pg_temp.begun($a->{identity}) (SFUNC = $a->{trans_name}, STYPE = $a->{state}, INITCOND = "
		. $quote->($states[0]) . "$final);", "SELECT pg_temp.begun($list) FROM rows WHERE i < 10", "DROP AGGREGATE IF EXISTS pg_temp.begun($a->{identity});" ] ] };
}

# A damaged value in its binary form, with a right fingerprint
sub wire_case
{
	my ($id) = @_;
	my $type = pick('segment_model', 'segment_model', 'segment_summary');
	my ($method, $wire) = @{ pick(@{ $wires_of{$type} }) };
	my $file = "$out/wire-$seed-$id";
	my $damaged = damage_wire($wire);

	open my $to, '>:raw', $file or die "attack: $file: $!\n";
	print $to "PGCOPY\n\xff\r\n\0", pack('N N n N', 0, 0, 1, length $damaged), $damaged, pack('n', 0xFFFF);
	close $to;
	my $f = pick(grep { "@{ $_->{types} }" =~ /\b$type\b/ } @functions);
	my @fitting = grep { $_->{name} =~ /^\Q$method\E_|^(model|segment)_|^predict$|^coeff/ && "@{ $_->{types} }" =~ /\b$type\b/ } @functions;
	$f = pick(@fitting) if @fitting && rand() < 0.8;
	return unless $f;
	my $call = call_of($f, damaged => 1, tainted => 1, tame => 1);
	my $list = $call->arguments($f, 'literal');
	$list =~ s/'(?:[^']|'')*'::$type/value/;
	return { call => $call, variants => [ [ "CREATE TEMP TABLE damaged (value $type);\n\\copy damaged FROM '$file' WITH (FORMAT binary)\n",
		$f->{is_set} ? "SELECT s FROM damaged, LATERAL $f->{name}($list) AS s" : "SELECT value::text, $f->{name}($list) FROM damaged", "DROP TABLE damaged;" ] ],
		file => $file };
}

my @kinds = ((\&literal_case) x 6, (\&rows_case) x 2, (\&aggregate_case) x 4, (\&frame_case) x 2, (\&state_case) x 3, (\&wire_case) x 3);

# ---------- the loop ----------

my (%count, %states, %answers, @findings, %found);
$count{$_} = 0 for 'calls', 'cases';
my $settings = "SET client_min_messages = error; SET statement_timeout = '" . STATEMENT_TIMEOUT . "s'; SET jit = off; SET parallel_setup_cost = 0;
	SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off;
	SET segment.max_model_size = '4MB'; SET segment.training_memory = '16MB';\n";

sub finding
{
	my ($what, $case, $more) = @_;
	my $queries = join "\n", map { join "\n", grep { length } ($_->[0], "$_->[1];", $_->[2] || '') } @{ $case->{variants} };
	my ($name) = $case->{variants}[0][1] =~ /\b([a-z_0-9]+)\(/;
	my $kind = ($what =~ s/\d+/N/gr) . " $name";

	return if $found{$kind}++ > 2; # three of a kind will do
	my $file = sprintf '%s/%s-%03d.sql', $out, $seed, scalar @findings;
	push @findings, $kind;
	open my $to, '>', $file or die "attack: $file: $!\n";
	print $to "-- $what\n", map({ "-- $_\n" } split /\n/, substr($more || '', 0, 4000)), $settings, $queries, "\n";
	close $to;
	print "FOUND: $what in $name: build/attack/" . ($file =~ s/.*\///r) . "\n" . substr($queries, 0, 1000) . "\n" . substr($more || '', 0, 1000) . "\n";
}

sub server_log
{
	my $log = ($ENV{SEGMENT_HOME} || '') . '/server/log';
	open my $in, '<', $log or return '';
	my @lines = grep { /runtime error|terminated by|TRAP/ } <$in>;
	return join '', @lines > 3 ? @lines[-3 .. -1] : @lines;
}

sub wait_for_server
{
	for (1 .. 60)
	{
		my ($stdout) = psql('SELECT 1', 'postgres');
		return if $stdout =~ /^1/;
		sleep 0.5;
	}
	die "attack: the server does not come back\n" . server_log();
}

# What is wrong with the outcomes [ SQLSTATE, message, output ] of a case?
# log_loss says that plans agree to 1e-15: a probability of 1 has a loss that is 16
# digits smaller than others. All other answers are the same text.
sub agree
{
	my ($case, $first, $other) = @_;
	return 1 if $first eq $other;
	return 0 if !$case->{of} || $case->{of}{name} ne 'log_loss';
	my @x = split /[\n|]/, $first, -1;
	my @y = split /[\n|]/, $other, -1;
	my $number = qr/^\d+(?:\.\d+)?(?:e[-+]?\d+)?$/;
	return 0 if @x != @y;
	for my $i (0 .. $#x)
	{
		next if $x[$i] eq $y[$i];
		return 0 if $x[$i] !~ $number || $y[$i] !~ $number || abs($x[$i] - $y[$i]) > 1e-15 * $x[$i];
	}
	return 1;
}

sub judge
{
	my ($case, @outcomes) = @_;
	my $call = $case->{call};
	# a threshold that no row reaches is infinite, and the bound of what was never tried
	my $unwanted = $case->{variants}[0][1] =~ /\b(roc_curve|qini_curve|best_threshold|feature_relevance|ucb1)\(/ ? qr/\bNaN\b/ : qr/\b(NaN|Infinity)\b/;

	for (@outcomes)
	{
		my ($state, $message, $output) = @$_;
		$states{$state}++;
		$answers{ $case->{of}{oid} }++ if $case->{of} && $state eq '00000' && $output =~ /[^\s|]/;
		return finding("internal error $state: $message", $case) if $state eq 'XX000' || $state eq 'XX002';
		return finding("corrupted although nothing was: $message", $case) if $state eq 'XX001' && !$call->{damaged};
		return finding('a NaN or infinity that nobody put in', $case, $output)
			if $state eq '00000' && !$call->{tainted} && $output =~ $unwanted;
	}
	# A sum may be too large in one order of rows and not in another; which error
	# is met first depends on the order too; a slow call is no answer
	return if @outcomes < 2 || grep { $_->[0] =~ /^(57014|22003|53200)$/ } @outcomes;
	my ($first, @others) = map { $_->[0] eq '00000' ? join("\n", sort split /\n/, $_->[2], -1) : 'an error' } @outcomes;
	for my $i (0 .. $#others)
	{
		return finding('another answer from variant ' . ($i + 2), $case, "$first\n---- instead of\n$others[$i]") if !agree($case, $first, $others[$i]);
	}
}

sub run_batch
{
	my ($batch) = @_;
	srand($seed * 1000003 + $batch);
	my @cases = grep { $_ } map { pick(@kinds)->("$batch-$_") } 1 .. CASES;
	my $first = 0;

	while ($first < @cases)
	{
		my $script = $settings;
		for my $c ($first .. $#cases)
		{
			my $n = 0;
			for my $variant (@{ $cases[$c]{variants} })
			{
				$script .= "$variant->[0]\n\\echo <<<$c.$n\n$variant->[1];\n\\echo >>>$c.$n :SQLSTATE :LAST_ERROR_MESSAGE\n" . ($variant->[2] || '') . "\nRESET enable_partitionwise_aggregate;\n";
				$n++;
			}
		}
		print STDERR "batch $batch ", join(' ', map { "$_ $states{$_}" } sort keys %states), "\n" if $ENV{ATTACK_DEBUG};
		my ($stdout, $stderr) = eval { psql($script) };
		if ($@)
		{
			finding('a call that cannot be cancelled', { variants => [ [ '', "SELECT 'batch $batch'" ] ] });
			return;
		}
		my @outcomes;
		while ($stdout =~ /^<<<(\d+)\.(\d+)\n(.*?)^>>>\1\.\2 (\w+) ?([^\n]*)$/msg)
		{
			$outcomes[$1][$2] = [ $4, $5, $3 ];
			$count{calls}++;
		}
		my $next = @cases;
		for my $c ($first .. $#cases)
		{
			my @of_case = grep { defined } @{ $outcomes[$c] || [] };
			if (@of_case < @{ $cases[$c]{variants} })
			{
				wait_for_server();
				finding('the server process ended', $cases[$c], server_log() . substr($stderr, -500));
				$next = $c + 1;
				last;
			}
			judge($cases[$c], @of_case);
			$count{cases}++;
		}
		$first = $next;
	}
	unlink map { $_->{file} || () } @cases;
}

psql("DROP DATABASE IF EXISTS $database", 'postgres');
my (undef, $errors) = psql("CREATE DATABASE $database", 'postgres');
die "attack: $errors\n" if $errors;
rows_of("CREATE EXTENSION segment;\n\\i $here/tables.sql\n");
srand($seed);
read_catalogue();
find_readers();
find_words();
make_merging();
my $only = $ENV{ATTACK_ONLY} || '';
@$_ = grep { $_->{name} =~ /$only/ } @$_ for \@functions, \@aggregates;

my $start = time;
my $batch = $ENV{ATTACK_BATCH} || 0;
do { run_batch($batch) } while (!defined $ENV{ATTACK_BATCH} && ++$batch && time - $start < $seconds && @findings < MOST_FINDINGS);
psql("DROP DATABASE $database", 'postgres');

printf "seed %s: %d calls in %d cases of %d functions and %d aggregates, %d s\n",
	$seed, $count{calls}, $count{cases}, scalar @functions, scalar @aggregates, time - $start;
print 'outcomes: ', join(', ', map { "$_ $states{$_}" } sort { $states{$b} <=> $states{$a} || $a cmp $b } keys %states), "\n";
my @silent = map { "$_->{name}($_->{identity})" } grep { !$answers{ $_->{oid} } } @functions, @aggregates;
print 'never answered: ', join('; ', @silent), "\n" if @silent;
printf "%d passed, %d failed\n", $count{cases} - @findings, scalar @findings;
exit(@findings ? 1 : 0);
