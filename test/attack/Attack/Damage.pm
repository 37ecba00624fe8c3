# Damage to models, summaries and states that leaves their fingerprints right,
# so that it is not noticed at the first check.
package Attack::Damage;
use strict;
use warnings FATAL => 'all';
no warnings 'portable';
use Exporter 'import';
our @EXPORT_OK = qw(damage_text damage_wire damage_state hash);

sub pick { return $_[ rand @_ ] }

# Numbers that stand for nothing in particular, but at the edge of something
my @numbers = qw(0 -1 1 2 3 7 0.5 1.5 -0.0 1e308 -1e308 1.7976931348623157e308 5e-324 1e-300
	2147483647 2147483648 -2147483648 4294967296 9007199254740993 4611686018427387904
	9223372036854775807 -9223372036854775808 1e400 100000 134217728);

# Changes numbers and words of a JSON text or an array, and lengthens or shortens lists
sub damage_text
{
	my ($text) = @_;

	for (1 .. 1 + int rand 3)
	{
		my $token = pick(qr/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![^"{}\[\],]*")/i, qr/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/i,
			qr/"[^"]*"(?!\s*:)/, qr/true|false|null/);
		my @at;
		push @at, [ $-[0], $+[0] - $-[0] ] while $text =~ /$token/g;
		next unless @at;
		my ($start, $length) = @{ pick(@at) };
		my $old = substr($text, $start, $length);
		my $new = pick((pick(@numbers)) x 6, $old . ', ' . pick($old, @numbers), 'null', '""', '[]', 'true', '"é"');
		if (rand() < 0.15 && substr($text, $start + $length) =~ /^(\s*,\s*)/)
		{
			$length += length $1;
			$new = '';
		}
		substr($text, $start, $length, $new);
	}
	$text =~ s/("fingerprint": )"[0-9a-f]*"/$1null/;
	return $text;
}

my @words = (
	(map { pack 'q<', $_ } 0, 1, -1, 2, 3, 100, 2147483648, 134217728, 4611686018427387904, 9223372036854775807, -9223372036854775807 - 1),
	(map { pack 'd<', $_ } 0, 1, -1, 0.5, 1e308, -1e308, 5e-324, 9**9**9, -9**9**9, -sin(9**9**9), -0.0),
	(map { pack 'l<l<', @$_ } [ 1, 1 ], [ 0, 1 ], [ 2147483647, -1 ], [ -2147483648, 0 ]));

# Changes words and bytes of a body
sub damage_bytes
{
	my ($body) = @_;

	for (1 .. 1 + int rand 3)
	{
		my $n = length $body;
		my $how = rand;
		if ($how < 0.65 && $n >= 8) { substr($body, 8 * int(rand($n / 8 - 0.01)), 8, pick(@words)) }
		elsif ($how < 0.8 && $n >= 4) { substr($body, 4 * int(rand($n / 4 - 0.01)), 4, pack 'l<', pick(0, 1, -1, 5, 2147483647, -2147483648)) }
		elsif ($how < 0.9 && $n > 0) { substr($body, int(rand $n), 1, chr int rand 256) }
		elsif ($how < 0.95 && $n >= 8) { substr($body, -8, 8, '') }
		else { $body .= pick(@words) }
	}
	return $body;
}

# ---------- XXH64, as src/base/hash.c has it ----------

use constant {
	PRIME_1 => 0x9E3779B185EBCA87, PRIME_2 => 0xC2B2AE3D27D4EB4F, PRIME_3 => 0x165667B19E3779F9,
	PRIME_4 => 0x85EBCA77C2B2AE63, PRIME_5 => 0x27D4EB2F165667C5 };

# "use integer" wraps around; the mask makes the result unsigned again
sub mul { use integer; my $x = $_[0] * $_[1]; no integer; return $x & 0xFFFFFFFFFFFFFFFF }
sub add { use integer; my $x = $_[0] + $_[1]; no integer; return $x & 0xFFFFFFFFFFFFFFFF }
sub rotate { return (($_[0] << $_[1]) | ($_[0] >> (64 - $_[1]))) & 0xFFFFFFFFFFFFFFFF }
sub mix { return mul(rotate(add($_[0], mul($_[1], PRIME_2)), 31), PRIME_1) }

sub hash
{
	my ($data, $seed) = @_;
	my $length = length $data;
	my ($at, $hash) = (0, add($seed, PRIME_5));

	if ($length >= 32)
	{
		my @lane = (add($seed, add(PRIME_1, PRIME_2)), add($seed, PRIME_2), $seed, add($seed, add(~(PRIME_1), 1)));
		for (; $length - $at >= 32; $at += 32)
		{
			my @word = unpack 'Q<4', substr($data, $at, 32);
			$lane[$_] = mix($lane[$_], $word[$_]) for 0 .. 3;
		}
		$hash = add(add(rotate($lane[0], 1), rotate($lane[1], 7)), add(rotate($lane[2], 12), rotate($lane[3], 18)));
		$hash = add(mul($hash ^ mix(0, $_), PRIME_1), PRIME_4) for @lane;
	}
	$hash = add($hash, $length);
	for (; $length - $at >= 8; $at += 8)
	{
		$hash = add(mul(rotate($hash ^ mix(0, unpack('Q<', substr($data, $at, 8))), 27), PRIME_1), PRIME_4);
	}
	if ($length - $at >= 4)
	{
		$hash = add(mul(rotate($hash ^ mul(unpack('L<', substr($data, $at, 4)), PRIME_1), 23), PRIME_2), PRIME_3);
		$at += 4;
	}
	$hash = mul(rotate($hash ^ mul(ord(substr($data, $at++, 1)), PRIME_5), 11), PRIME_1) while $at < $length;
	$hash = mul($hash ^ ($hash >> 33), PRIME_2);
	$hash = mul($hash ^ ($hash >> 29), PRIME_3);
	return $hash ^ ($hash >> 32);
}

# Damages the body of a value as COPY BINARY sends it: method, format, fingerprint, body
sub damage_wire
{
	my ($wire) = @_;
	my ($tag, $format) = unpack 'n n', $wire;
	my $body = damage_bytes(substr($wire, 12));

	return pack('n n Q>', $tag, $format, hash($body, $tag << 16 | $format)) . $body;
}

# Damages the text of an aggregate's state
sub damage_state
{
	my ($text) = @_;

	return $text =~ /^\\x(.*)/ ? '\x' . unpack('H*', damage_bytes(pack('H*', $1))) : damage_text($text);
}

1;
