-- text_ngrams: what it prints, and every error
SELECT text_ngrams('数据分析，入门 ABC', 2), text_ngrams('数据分析', 5) AS none, text_ngrams('', 1) AS empty;
SELECT text_ngrams('Data  analysis, don''t STOP 3.5', 1, 'word'), text_ngrams('Data  analysis, don''t STOP', 2, 'word');
SELECT text_ngrams('AI绘画 5G', 2, 'word'), text_ngrams('한국어 공부', 2, 'word'), text_ngrams('データ', 2);
-- full width, half width, ligature, typographic apostrophe, soft hyphen, capital letters with accents
SELECT text_ngrams('ＡＢＣ', 3), text_ngrams('ﾃﾞｰﾀ', 3), text_ngrams('ﬁn', 3), text_ngrams('don’t', 1, 'word'),
	text_ngrams(U&'a\00ADb', 2), text_ngrams('ÉCOLE Ǆ', 1, 'word'), text_ngrams(U&'J\030C', 1) AS composed;
-- arguments
SELECT text_ngrams(NULL, 2) IS NULL AS a, text_ngrams('a', NULL) IS NULL AS b, text_ngrams('a', 1, NULL) IS NULL AS c;
SELECT text_ngrams(document => 'abc', n => 2, unit => 'character'), cardinality(text_ngrams(repeat('a', 1000), 100));
SELECT provolatile, proparallel, proisstrict FROM pg_proc WHERE proname = 'text_ngrams';

-- errors
SELECT text_ngrams('a', 0);
SELECT text_ngrams('a', 101);
SELECT text_ngrams('a', 3000000000);
SELECT text_ngrams('a', 1, 'letter');
