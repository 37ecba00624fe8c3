-- pseudonym: ordinary calls and every error
SELECT pseudonym('\x000102030405060708090a0b0c0d0e0f', 'anna@example.org') AS text;
SELECT pseudonym('\x000102030405060708090a0b0c0d0e0f', 7) = pseudonym('\x000102030405060708090a0b0c0d0e0f', '7') AS same,
	pseudonym('\x000102030405060708090a0b0c0d0e0f', 7::smallint) = pseudonym('\x000102030405060708090a0b0c0d0e0f', 8) AS other,
	pseudonym('\x000102030405060708090a0b0c0d0e0f', NULL::int) IS NULL AS nothing;
SELECT pseudonym('\x00', 7);
SELECT pseudonym('', 'a');
