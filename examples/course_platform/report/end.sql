-- The end of the page.
\qecho '</main>'
\qecho '</body>'
\qecho '</html>'
