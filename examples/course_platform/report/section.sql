-- The section in :file: its title and text, what its queries print, and their SQL.
\set source `cat :'file'`
SELECT format(E'<section id="%s">\n<div>\n<h2>%s</h2>\n<p>%s</p>\n</div>\n<figure>',
			  section_name(:'file'), html(section_title(:'source')), html(section_text(:'source')));
\i :file
SELECT format(E'</figure>\n<details>\n<summary>Show the SQL</summary>\n<pre><code>%s</code></pre>\n</details>\n</section>',
			  html(section_query(:'source')));
