-- Between the table of contents and the sections.
\qecho '</ol>'
\qecho '</nav>'
\qecho '</header>'
\qecho '<main>'
