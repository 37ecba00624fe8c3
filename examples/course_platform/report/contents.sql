-- A line of the table of contents: the section in :file
\set source `cat :'file'`
SELECT format('<li><a href="#%s">%s</a></li>', section_name(:'file'), html(section_title(:'source')));
