-- k_anonymous, k_anonymity, l_diversity, generalize: ordinary calls and every error
CREATE TEMP TABLE people AS SELECT i AS id, 20 + i % 7 AS age, chr(97 + i % 2) AS city, 'secret ' || i % 3 AS secret
	FROM generate_series(1, 84) AS i;
SELECT k_anonymity(ARRAY[age::text, city]) AS k, k_anonymity(ARRAY[city]) AS by_city, l_diversity(ARRAY[age::text, city], secret) AS l,
	l_diversity(ARRAY[id::text], secret) AS by_id
FROM people;
SELECT generalize(age, 5) AS age, count(*), k_anonymous(count(*), 40) AS shown FROM people GROUP BY 1 ORDER BY 1;
SELECT generalize(37, 10), generalize(-3, 10), generalize(0, 10), generalize(0.3, 0.1), generalize(1234.5, 0.25), generalize(7, 1e30);
SELECT k_anonymity(ARRAY[age::text]) FROM people WHERE false;

-- errors
SELECT k_anonymous(5, 0);
SELECT k_anonymous(-1, 5);
SELECT generalize(1, 0);
SELECT generalize(1, -2);
SELECT generalize('NaN', 2);
SELECT generalize(1, 'Infinity');
SELECT k_anonymity(ARRAY[ARRAY[city], ARRAY[city]]) FROM people;
SELECT k_anonymity(CASE WHEN id = 7 THEN ARRAY[city, city] ELSE ARRAY[city] END) FROM people;
SELECT k_anonymity_final('\x');
SELECT l_diversity_combine('\x00', '\x00');
