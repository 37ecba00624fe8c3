-- What the pages and sections of the report share.

-- Text as it must stand in HTML.
CREATE OR REPLACE FUNCTION html(raw text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN replace(replace(replace(replace(raw, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;');

-- A sentence below a chart; none if a number in it is missing.
CREATE OR REPLACE FUNCTION caption(raw text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN coalesce('<figcaption>' || html(raw) || '</figcaption>', '');

-- A share of 0 to 1 as people say it.
CREATE OR REPLACE FUNCTION percent(share float8) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN round(100 * share::numeric, CASE WHEN share < 0.0995 THEN 1 ELSE 0 END) || '%';

CREATE OR REPLACE FUNCTION thousands(number float8) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN to_char(round(number), 'FM999,999,999,990');

-- A section is a file: its first comment line is the title, the comment lines
-- after it explain the chart, and the rest is the SQL.
CREATE OR REPLACE FUNCTION section_title(source text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN substring(source FROM '^-- *([^\n]*)');

CREATE OR REPLACE FUNCTION section_text(source text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN btrim(regexp_replace(substring(source FROM '^[^\n]*\n((?:--[^\n]*\n)*)'), '\s*(^|\n)-- *|\n$', ' ', 'g'));

CREATE OR REPLACE FUNCTION section_query(source text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN btrim(regexp_replace(source, '^(--[^\n]*\n)*', ''), E'\n');

CREATE OR REPLACE FUNCTION section_name(file text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN regexp_replace(file, '^.*/[0-9]+-|\.sql$', '', 'g');
