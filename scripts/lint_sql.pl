#!/usr/bin/perl
# lint_sql.pl: public functions, aggregates, types and operators of sql/install
# have a contract comment, a COMMENT, a reference page and a test.
#
# A function that an aggregate, a type, an operator, a cast or an operator class
# refers to is a support function; all others are public.
use strict;
use warnings;

my $support_suffix = qr/_(?:trans|transfn|combine|combinefn|final|finalfn|serial|deserial|in|out|recv|send|
	typmod_in|typmod_out|subscript|cmp|eq|ne|lt|le|gt|ge|hash|hash_extended|accum|sfunc|ffunc|check)$/x;

sub slurp
{
	my ($file) = @_;
	open my $in, '<', $file or die "$file: $!\n";
	local $/;
	return scalar <$in>;
}

my (%public, %support, %contract, %commented);
for my $file (sort glob 'sql/install/*/*.sql')
{
	my $sql = slurp($file);

	# names in the head of a contract: its lines up to the first bare "---"
	while ($sql =~ /((?:^---(?: .*)?\n)+)/mg)
	{
		my ($head) = $1 =~ /\A((?:--- .*\n)+)/ or next;
		$contract{$1} = 1 while $head =~ /([a-z_0-9]+)\s*\(/g;
		$contract{$1} = 1 while $head =~ /type\s+([a-z_0-9]+)/g;
		$contract{$1} = 1 while $head =~ m{(?:^|\s)([-+*/<>=~!@#%^&|`?]+)(?:\s|$)}mg;
	}

	$sql =~ s/--.*$//mg;
	$sql =~ s/\$(\w*)\$.*?\$\1\$//sg;
	$sql =~ s/'(?:[^']|'')*'/''/sg;

	while ($sql =~ /\bCREATE\s+(?:OR\s+REPLACE\s+)?(FUNCTION|AGGREGATE|TYPE|OPERATOR(?!\s+(?:CLASS|FAMILY)))\s+([^\s(;]+)/gi)
	{
		my ($kind, $name) = (lc $1, $2);
		$public{$name} = [$kind, $file];
	}
	while ($sql =~ /\bCOMMENT\s+ON\s+(?:FUNCTION|AGGREGATE|TYPE|OPERATOR)\s+([^\s(;]+)/gi)
	{
		$commented{$1} = 1;
	}
	while ($sql =~ /\b(?:M?SFUNC|MINVFUNC|COMBINEFUNC|M?FINALFUNC|(?:DE)?SERIALFUNC|INPUT|OUTPUT|RECEIVE|SEND|
			TYPMOD_IN|TYPMOD_OUT|ANALYZE|SUBSCRIPT|PROCEDURE|FUNCTION|RESTRICT|JOIN)\s*=\s*([a-z_0-9]+)/gix)
	{
		$support{$1} = 1;
	}
	$support{$1} = 1 while $sql =~ /\bWITH\s+FUNCTION\s+([a-z_0-9]+)/gi;
	$support{$1} = 1 while $sql =~ /\bFUNCTION\s+\d+\s*(?:\([^)]*\)\s*)?([a-z_0-9]+)/gi;
}

my $pages = join "\n", map { slurp($_) } glob 'docs/reference/*.md';
my $tests = join "\n", map { slurp($_) } grep { -f } glob 'test/sql/*.sql test/pgtap/*/*.sql test/t/*.pl';

sub named_in
{
	my ($name, $text) = @_;
	return $name =~ /^\w/ ? $text =~ /\b\Q$name\E\b/ : index($text, $name) >= 0;
}

for my $name (sort keys %public)
{
	my ($kind, $file) = @{ $public{$name} };
	# the name of an aggregate is public, whatever else has that name
	next if $kind eq 'function' && ($support{$name} || $name =~ $support_suffix) && !$contract{$name};
	my @lacks;
	push @lacks, 'a contract comment' unless $contract{$name};
	push @lacks, 'COMMENT ON' unless $commented{$name};
	push @lacks, 'a page in docs/reference' unless named_in($name, $pages);
	push @lacks, 'a test' unless named_in($name, $tests);
	print "$file: $kind $name lacks ", join(', ', @lacks), "\n" if @lacks;
}
