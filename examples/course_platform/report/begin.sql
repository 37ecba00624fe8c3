-- The head of the page: how it looks on a phone, a wide screen and paper.
SELECT $$<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title>The course platform in ten pictures</title>
<style>
:root{color-scheme:light dark;--paper:#ffffff;--ink:#1f2328;--soft:#59636e;--line:#d8dee4;--code:#f6f8fa;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--soft:#9da7b3;--line:#30363d;--code:#161b22;--link:#79c0ff}}
*{box-sizing:border-box}
body{margin:0 auto;padding:0 16px 48px;max-width:1040px;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,Arial,Helvetica,sans-serif}
h1{margin:32px 0 8px;font-size:28px;line-height:1.2}
h2{margin:0 0 8px;font-size:20px;line-height:1.3}
p{margin:0 0 12px;max-width:64ch}
a{color:var(--link)}
nav ol{margin:0 0 8px;padding-left:28px}
nav li{padding:2px 0}
section{padding:28px 0;border-top:1px solid var(--line)}
figure{margin:12px 0}
svg{display:block}
figcaption{margin-top:12px;font-weight:600;line-height:1.4;max-width:64ch}
table{border-collapse:collapse;margin:12px 0 0;font-size:14px;line-height:1.4}
caption{text-align:left;color:var(--soft);padding-bottom:4px}
th,td{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;text-align:left}
td[align=right]{text-align:right;font-variant-numeric:tabular-nums}
summary{color:var(--link);cursor:pointer;padding:4px 0}
pre{margin:8px 0 0;padding:12px;background:var(--code);border-radius:6px;font:12px/1.45 ui-monospace,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:2}
@media (min-width:900px),print{
nav ol{columns:2}
section{display:grid;grid-template-columns:minmax(0,1fr) 376px;grid-template-areas:"text figure" "query figure";grid-template-rows:auto 1fr;column-gap:48px}
section>div{grid-area:text}
figure{grid-area:figure;margin:0}
details{grid-area:query}
}
@media print{
body{max-width:none;padding:0;font-size:10.5pt}
section{padding:12pt 0;column-gap:16pt;grid-template-columns:minmax(0,1fr) 360px;break-inside:avoid}
h1{margin-top:0}
nav,details{display:none}
figure{break-inside:avoid}
}
</style>
</head>
<body>
<header>
<h1>The course platform in ten pictures</h1>$$;

SELECT format('<p>An online school with %s users and %s courses, as seen on %s. Each picture is drawn by one query in the database; “Show the SQL” shows it.</p>',
			  (SELECT thousands(count(*)) FROM users), (SELECT thousands(count(*)) FROM courses),
			  to_char(as_of AT TIME ZONE 'UTC', 'FMDD FMMonth YYYY'))
FROM clock;
\qecho '<nav aria-label="Contents">'
\qecho '<ol>'
