# Arguments: literals and expressions over the columns of tables.sql, most of them
# sensible, some at the edge of their type.
package Attack::Values;
use strict;
use warnings FATAL => 'all';
use Attack::Damage qw(damage_text damage_state);

sub pick { return $_[ rand @_ ] }

# Values in quotes, and columns, by type: [ sensible ones ], [ edges ]
my %literals = (
	'integer' => [ [ 0 .. 5, 10 ], [ qw(0 -1 1 100 16000 1000000 2147483647 -2147483648) ] ],
	'smallint' => [ [ 0 .. 5 ], [ qw(0 -1 32767 -32768) ] ],
	'bigint' => [ [ 0 .. 5, 1000 ], [ qw(0 -1 9223372036854775807 -9223372036854775808 4611686018427387904 9007199254740993 2147483648) ] ],
	'double precision' => [ [ qw(0 0.05 0.1 0.5 0.9 1 2 3 10 25 100) ],
		[ qw(0 -0 -1 1e308 -1e308 1.7976931348623157e308 5e-324 1e-300 1e150 -1e150 NaN Infinity -Infinity 0.9999999999999999 9007199254740993 1e18) ] ],
	'real' => [ [ qw(0 0.5 1 3) ], [ qw(NaN Infinity 3e38 1e-45) ] ],
	'numeric' => [ [ qw(0 0.05 0.5 1 3 100) ], [ qw(NaN Infinity -Infinity 1e400 -1e400 1e-400 -1 1e131071) ] ],
	'boolean' => [ [ qw(t f) ], [ qw(t f) ] ],
	'text' => [ [ qw(a b c strict_increase log-log log plain exponential linear salt forward first_match sliding entropy critic pca) ], [ '', 'x' x 300, 'é', "\n", '(?1)', '{' ] ],
	'uuid' => [ [ '00000000-0000-0000-0000-000000000001', 'cfcd2084-95d5-65ef-66e7-dff9f98764da' ], [ 'ffffffff-ffff-ffff-ffff-ffffffffffff' ] ],
	'date' => [ [ '2024-03-01', '2024-04-15' ], [ 'infinity', '-infinity', '4713-01-01 BC', '5874897-12-31' ] ],
	'timestamp without time zone' => [ [ '2024-03-01', '2024-04-15 12:00' ], [ 'infinity', '-infinity', '4713-01-01 BC', '294276-12-31 23:59:59' ] ],
	'timestamp with time zone' => [ [ '2024-03-01 UTC', '2024-04-15 12:00 UTC' ], [ 'infinity', '-infinity', '4713-01-02 BC UTC', '294276-12-31 23:59:59 UTC' ] ],
	'interval' => [ [ '1 day', '7 days', '1 month', '3 hours', '30 days' ], [ '0', '-1 day', '178000000 years', '-178000000 years', '1 microsecond', '1 month -30 days', '2000000000 days' ] ],
	'jsonb' => [ ['{}'], [ 'null', '[]', '{"x": 1}', '{"seed": null}', '1e400', '"a"' ] ],
	'feature_vector' => [ [ '[1,2,3]', '[10,5,1]', '[0,0,1]' ],
		[ '[]', '[1,2]', '[1,NULL,3]', '[0,0,0]', '[1e308,-1e308,1e308]', '[1e-300,5e-324,0]', '[1.7976931348623157e308,1.7976931348623157e308,1]' ] ],
	'double precision[]' => [ [ '{1,2,3}', '{10,5,1}', '{0,0,1}', '{{1,2,3},{4,5,6}}', '{1}', '{5,4}' ],
		[ '{}', '{1,2}', '{1,NULL,3}', '{NaN,1,2}', '{1e308,-1e308,1e308}', '{Infinity,0,0}', '{{{1}}}', '[5:7]={1,2,3}', '{{1e308,1,1},{-1e308,1,1}}' ] ],
	'feature_vector[]' => [ [ '{"[1,2,3]","[4,5,6]"}', '{"[0,0,1]"}' ], [ '{}', '{NULL}', '{"[1,2,3]",NULL}', '{"[1,2]","[1,2,3]"}', '{"[1e308,1,1]","[-1e308,1,1]"}', '{{"[1,2,3]"},{"[4,5,6]"}}' ] ],
	'boolean[]' => [ [ '{t,f,t}', '{t}' ], [ '{}', '{NULL}', '{{t,f},{f,t}}' ] ],
	'integer[]' => [ [ '{1,2,3}', '{1,5,8}', '{0}', '{3,4,7}' ], [ '{}', '{NULL}', '{1,1}', '{{1,2},{3,4}}', '{2147483647,-2147483648}' ] ],
	'bigint[]' => [ [ '{1,2,3}', '{1,5,8}', '{0}' ], [ '{}', '{NULL}', '{1,1}', '{9223372036854775807,-9223372036854775808}' ] ],
	'text[]' => [ [ '{a,b}', '{1,5}', '{a}', '{low,middle,high}' ], [ '{}', '{NULL}', '{a,a}', '{""}', '{{a,b},{c,d}}' ] ],
	'uuid[]' => [ ['{cfcd2084-95d5-65ef-66e7-dff9f98764da}'], [ '{}', '{NULL}' ] ],
	'numeric[]' => [ [ '{1,2,3}', '{10,20}' ], [ '{}', '{NULL}', '{NaN}', '{1e400,1}', '{3,2,1}' ] ],
	'real[]' => [ ['{1,2}'], [ '{}', '{NaN}' ] ],
	'smallint[]' => [ ['{1,2}'], [ '{}', '{NULL}' ] ],
	'tsvector' => [ [ 'a b c', 'a' ], [''] ],
	'bytea' => [ ['\x'], [ '\x00', '\x' . '00' x 64, '\x' . 'ff' x 64 ] ],
	'cstring' => [ [ '[1]', '{}' ], [ '', '{' ] ],
	'cstring[]' => [ ['{3}'], [ '{}', '{-1}', '{99999999999}', '{1,2}' ] ],
	'oid' => [ [0], [4294967295] ],
	'json' => [ ['{}'], ['[]'] ],
);

my %columns = (
	'integer' => [ [ qw(user_id item_id cluster period) ], ['int_e'] ],
	'bigint' => [ [ qw(whole user_id) ], ['whole_e'] ],
	'smallint' => [ ['small'], ['small'] ],
	'double precision' => [ [ qw(frequency recency age monetary weight duration score revenue rating probability) ], [ 'float_e', 'float_e', 'float_n' ] ],
	'real' => [ ['single'], ['single'] ],
	'numeric' => [ ['num'], ['num_e'] ],
	'boolean' => [ [ qw(event churned) ], [ '(i % 3 = 0)', 'NULL::boolean' ] ],
	'text' => [ ['word'], ['word_e'] ],
	'uuid' => [ ['uid'], ['uid'] ],
	'date' => [ ['day'], ['day_e'] ],
	'timestamp without time zone' => [ ['ts'], ['ts_e'] ],
	'timestamp with time zone' => [ ['tz'], ['tz_e'] ],
	'interval' => [ ['span'], ['span_e'] ],
	'feature_vector' => [ ['vec'], [ 'vec_e', 'vec_e', 'vec_n' ] ],
	'double precision[]' => [ ['arr'], [ 'arr_e', 'arr_e', 'arr_n' ] ],
	'feature_vector[]' => [ ['vecs'], ['ARRAY[vec, vec_e]', 'ARRAY[vec, vec_n]'] ],
	'boolean[]' => [ ['met'], ['met_e'] ],
	'integer[]' => [ ['ids'], ['ids_e'] ],
	'bigint[]' => [ ['wholes'], [ 'ARRAY[whole_e, whole]' ] ],
	'text[]' => [ ['ids_text'], [ 'ARRAY[word_e, word]' ] ],
	'uuid[]' => [ ['ids_uuid'], [ 'ARRAY[uid, NULL]' ] ],
	'numeric[]' => [ ['nums'], ['ARRAY[num_e, num]'] ],
	'real[]' => [ ['reals'], ['reals'] ],
	'smallint[]' => [ ['ids_small'], ['ids_small'] ],
	'tsvector' => [ ['document'], ['document'] ],
);

# Sensible literals by the argument's name
my %named = (
	k => [ 1 .. 4 ], n => [ 1 .. 5 ], k_min => [ 1, 2 ], k_max => [ 3, 4, 5 ], catalogue_size => [ 20, 100 ], min_support => [ 0, 1, 2 ],
	pattern => [ '(?1)(?2)', '(?1).*(?2)', '(?1)(?t<86400)(?2)', '(?2)' ],
	mode => [ 'strict_increase', 'strict_order', 'strict_deduplication', 'forward', 'backward', 'calendar', 'rolling', '' ],
	gain => [ 'exponential', 'linear' ], ci_type => [ 'log-log', 'log', 'plain' ],
	edges => [ '{1,2,3}', '{10,20}' ], labels => [ '{a,b,c,d}', '{a,b,c}' ],
	share => [ 0.2, 0.5 ], confidence => [ 0.9, 0.95 ], lambda => [ 0.1, 0.5, 1 ], discount_rate => [ 0, 0.1 ], churn_rate => [ 0.05, 0.2 ],
	method => [qw(standard minmax maxabs robust yeo_johnson log1p)], strategy => [qw(mean median constant uniform quantile)],
	fractions => [ '{0.5}', '{0.25,0.5,0.75}' ], costs => [ '{{0,1},{5,0}}', '{{0,1,2},{1,0,2},{3,1,0}}' ], columns => ['{a,b,c}'],
	periods => [ 1, 3, 6 ], typmod => [-1]);

# Columns by the argument's name, where the type alone does not say
my %filled_by = (items => 1, recommended => 1, relevant => 1, features => 1, factors => 1, vectors => 1, steps => 1);

# What of a call is told by its other arguments and by earlier ones: Call->new
# (states => states of the function, method => of its models, ...)
sub new
{
	my ($class, %call) = @_;

	# "any" and the polymorphic types stand for one type in a call
	$call{element} = pick('integer', 'integer', 'text', 'uuid', 'bigint');
	$call{tainted} ||= 0;
	return bless \%call, $class;
}

sub concrete
{
	my ($call, $type) = @_;

	return $call->{element} if $type =~ /^any(non)?(element|compatible)$/;
	return "$call->{element}\[]" if $type =~ /^any(compatible)?array$/;
	return pick($call->{element}, 'integer', 'text', 'double precision', 'uuid', 'boolean') if $type eq '"any"';
	return $type;
}

sub quoted
{
	my ($text, $type) = @_;

	$text =~ s/'/''/g;
	return "'$text'::$type";
}

# A model, summary or state; damaged in one of four cases
sub stored
{
	my ($call, $values, $type, $damage) = @_;
	my $text = @$values ? pick(@$values) : return "NULL::$type";

	if (rand() < ($call->{tame} ? 0 : 0.4))
	{
		$text = $damage->($text);
		$call->{tainted} = $call->{damaged} = 1;
	}
	return quoted($text, $type);
}

# Notes an edge value that is missing or not finite: so may the answer be
sub noted
{
	my ($call, $value) = @_;

	$call->{tainted} = 1 if $value =~ /NaN|Inf|NULL|_n\b|1e400|1e131071/i;
	return $value;
}

# A literal of a type
sub literal
{
	my ($call, $type, $name) = @_;
	my $wild = $call->{wild};

	$type = $call->concrete($type);
	if (rand() < $wild * 0.15)
	{
		$call->{tainted} = 1;
		return $type =~ /^(internal|"any"|record)$/ ? 'NULL' : "NULL::$type";
	}
	return 'NULL' if $type eq 'internal';
	return $call->stored($call->{models}, $type, \&damage_text) if $type eq 'segment_model';
	return $call->stored($call->{states} || $call->{summaries}, $type, \&damage_text) if $type eq 'segment_summary';
	return $call->options if $type eq 'jsonb' && $name =~ /options/ && rand() > $wild * 0.1;
	my $pool = $literals{$type} or return "NULL::$type";
	return $call->noted(quoted(pick(@{ $pool->[1] }), $type)) if rand() < $wild;
	return quoted(pick(@{ $named{$name} || $pool->[0] }), $type);
}

# A column whose values are all huge or tiny, so that no other check refuses them
sub scaled
{
	my ($column, $type) = @_;
	my $scale = pick(qw(1e-320 1e-160 1e15 1e150 1e300 1.6e306 4e307));

	return "($column * $scale)" if $type =~ /^(double precision|feature_vector)$/;
	return "ARRAY[arr[1] * $scale, arr[2], arr[3] * $scale]" if $type eq 'double precision[]';
	return "ARRAY[vecs[1] * $scale, vecs[2] * $scale]" if $type eq 'feature_vector[]';
	return "($column + 9223372036854775000)" if $type eq 'bigint';
	return "($column + 2147480000)" if $type eq 'integer';
	return "($column * 1e300)" if $type eq 'numeric';
	return "${column}::$type";
}

# An expression over a row; arguments that are settings are literals most of the time
sub expression
{
	my ($call, $type, $name) = @_;
	my $setting = $name =~ /^(k|n|k_min|k_max|options|mode|pattern|within|as_of|period|periods|gain|model|summary|min_support|shrinkage|lambda|gram|inactivity|witness|confidence|catalogue_size|salt|first|unit)$/
		|| $type =~ /^(jsonb|interval|segment_model|segment_summary|internal|cstring|bytea)$/;

	return $call->literal($type, $name) if rand() < ($setting ? 0.95 : 0.1);
	$type = $call->concrete($type);
	my $pool = $columns{$type} or return $call->literal($type, $name);
	return $call->noted(pick(@{ $pool->[1] }) . "::$type") if rand() < $call->{wild} * 0.5;
	my %own = map { $_ => 1 } @{ $pool->[0] };
	my $column = $own{$name} ? $name : pick(@{ $pool->[0] });
	return scaled($column, $type) if rand() < $call->{wild};
	return "${column}::$type";
}

# Options of the function called: keys that exist, and values of their types
sub options
{
	my ($call) = @_;
	return $call->{only_options} if $call->{only_options};
	my $known = $call->{options} or return "'{}'::jsonb";
	my @parts;

	for (1 .. int rand 3)
	{
		my ($key, $type) = @{ pick(@$known) };
		my $edge = rand() < $call->{wild};
		my $value =
			$type eq 'integer' || $type eq 'bigint' ? ($edge ? pick(0, -1, 2147483647, 9007199254740993, 1.5) : 1 + int rand 5)
			: $type eq 'double precision' ? ($edge ? pick(0, -1, '1e308', '5e-324', '1e-300', '1e400') : pick(0.01, 0.1, 0.5, 1, 2))
			: $type eq 'boolean' ? pick('true', 'false')
			: $type eq 'text' ? '"' . pick(@{ $call->{words}{$key} || [] }, $edge ? '?' : 'a') . '"'
			: $type eq 'text[]' ? pick('["a", "b", "c"]', '["a"]', '[]')
			: $type eq 'integer[]' ? pick('[1, 0, -1]', '[0, 0, 0]', '[1]', '[2, 0, 0]', '[]')
			: $type eq 'double precision[]' ? pick('[[1, 2, 3], [3, 4, 5]]', '[[1e308, 1, 1], [-1e308, 1, 1]]', '[]', '[1, 2]')
			: pick('null', '{}', '1', '"a"');
		push @parts, "\"$key\": $value";
	}
	return "'{" . join(', ', @parts) . "}'::jsonb";
}

# The list of arguments of a function; each made by method $how
sub arguments
{
	my ($call, $function, $how, $skip) = @_;
	my @types = @{ $function->{types} };
	my @names = @{ $function->{names} };
	my @list;

	for my $i (($skip || 0) .. $#types)
	{
		my ($type, $name) = ($types[$i], $names[$i]);
		last if $i > $#types - $function->{defaults} && rand() < 0.4;
		if ($i == $#types && $function->{variadic} && $type =~ /^(boolean\[\]|"any")$/)
		{
			push @list, rand() < 0.3 ? 'VARIADIC ' . $call->$how('boolean[]', 'steps')
				: map { $call->$how('boolean', 'step') } 1 .. 1 + int rand 4;
		}
		elsif ($i == $#types && $function->{variadic})
		{
			push @list, 'VARIADIC ' . $call->$how($type, $name);
		}
		elsif ($i < 2 && $call->{states} && $type eq $call->{state_type})
		{
			push @list, $call->stored($call->{states}, $type, \&damage_state);
		}
		else { push @list, $call->$how($type, $name) }
	}
	return join ', ', @list;
}

1;
