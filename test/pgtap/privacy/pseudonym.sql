-- pseudonym: published values of HMAC-SHA-256, and types of ids
BEGIN;
SELECT plan(8);

SELECT is(pseudonym(decode(repeat('0b', 20), 'hex'), 'Hi There'),
	'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7', 'RFC 4231, case 1');
SELECT is(pseudonym(decode(repeat('aa', 131), 'hex'), 'Test Using Larger Than Block-Size Key - Hash Key First'),
	'60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54', 'RFC 4231, case 6: a key longer than a block');
-- the definition, with the server's sha256: H(K xor opad, H(K xor ipad, text))
CREATE FUNCTION pg_temp.padded(key bytea, pad int) RETURNS bytea LANGUAGE sql AS $$
	SELECT decode(string_agg(lpad(to_hex(CASE WHEN i < length(key) THEN get_byte(key, i) ELSE 0 END # pad), 2, '0'), '' ORDER BY i), 'hex')
	FROM generate_series(0, 63) AS i $$;
SELECT is((SELECT count(*) FROM generate_series(16, 64) AS n,
	LATERAL (SELECT decode(repeat(lpad(to_hex(n), 2, '0'), n), 'hex') AS key) AS k
	WHERE pseudonym(key, n) <> encode(sha256(pg_temp.padded(key, 92) || sha256(pg_temp.padded(key, 54) || convert_to(n::text, 'UTF8'))),
		'hex')), 0::bigint, 'keys of 16 to 64 bytes');
SELECT is(pseudonym(decode(repeat('0b', 16), 'hex'), 42), pseudonym(decode(repeat('0b', 16), 'hex'), '42'), 'a number is its text');
SELECT is(pseudonym(decode(repeat('0b', 16), 'hex'), '6F9619FF-8B86-D011-B42D-00C04FC964FF'::uuid),
	pseudonym(decode(repeat('0b', 16), 'hex'), '6f9619ff-8b86-d011-b42d-00c04fc964ff'), 'so is a uuid');
SELECT is((SELECT count(DISTINCT pseudonym(decode(repeat('0b', 16), 'hex'), i)) FROM generate_series(1, 1000) AS i), 1000::bigint,
	'different ids, different pseudonyms');
SELECT is(pseudonym(NULL, 1), NULL, 'NULL for NULL');
SELECT throws_ok($$SELECT pseudonym('\x0011223344556677889900112233ff', 1)$$, '22023', 'key is too short', 'a key of 15 bytes is refused');

SELECT * FROM finish();
ROLLBACK;
