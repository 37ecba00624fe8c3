-- The catalogue of the sample platform: 10 topics, 50 learning paths of three
-- courses each (beginner, intermediate, advanced), and one free first course per
-- topic; 160 courses.  Topics, titles and descriptions are invented.
--
-- course_id = 100 * topic + 10 * path + level, and 100 * topic for the free one.

CREATE TABLE generator.topic (
	topic_no      int PRIMARY KEY,
	topic         text NOT NULL,
	free_title    text NOT NULL,
	free_content  text NOT NULL
);
INSERT INTO generator.topic VALUES
	(1, 'Data', 'Your First Hour with Data', 'tables, averages and a first chart from a spreadsheet'),
	(2, 'Programming', 'What Programmers Do All Day', 'a first small program, read and changed line by line'),
	(3, 'Design', 'Seeing Like a Designer', 'contrast, white space and hierarchy on pages that you know'),
	(4, 'Photo and Video', 'Better Pictures by Tonight', 'light, framing and focus with the camera in your pocket'),
	(5, 'Marketing', 'Why People Buy', 'needs, offers and messages, with ten campaigns taken apart'),
	(6, 'Business', 'How a Company Works', 'customers, costs and cash explained with a lemonade stand'),
	(7, 'Languages', 'How to Learn a Language', 'sounds, spaced repetition and the first two hundred words'),
	(8, 'Writing', 'Write One Good Page', 'a clear point, short sentences and a friendly editor'),
	(9, 'Music', 'Hear What You Listen To', 'beat, melody and harmony in songs that everybody knows'),
	(10, 'Wellbeing', 'Ten Quiet Minutes', 'breath, posture and a daily pause that lasts');

CREATE TABLE generator.path (
	topic_no  int NOT NULL REFERENCES generator.topic,
	path_no   int NOT NULL,
	content   text NOT NULL,
	titles    text[] NOT NULL,
	PRIMARY KEY (topic_no, path_no)
);
INSERT INTO generator.path VALUES
	(1, 1, 'SQL queries, joins, grouping and window functions over relational tables', '{SQL from Zero,SQL for Analysts,SQL at Scale}'),
	(1, 2, 'charts, dashboards, key figures and honest scales for readers in a hurry', '{Charts That Speak,Dashboards People Use,Storytelling with Data}'),
	(1, 3, 'probability, samples, confidence intervals and tests on real surveys', '{Statistics without Fear,Statistics for Decisions,Bayesian Thinking}'),
	(1, 4, 'regression, decision trees, clustering and the evaluation of predictions', '{Machine Learning First Steps,Machine Learning in Practice,Machine Learning in Production}'),
	(1, 5, 'spreadsheets, formulas, pivot tables and clean columns', '{Spreadsheets Made Simple,Spreadsheets for Analysis,Spreadsheet Models That Last}'),

	(2, 1, 'Python syntax, functions, files, packages and tests', '{Python for Beginners,Python Projects,Python Under the Hood}'),
	(2, 2, 'JavaScript, the browser, events and small web applications', '{JavaScript Basics,Modern Web Applications,Fast Web Front Ends}'),
	(2, 3, 'servers, interfaces, queues, caching and databases behind an application', '{Back Ends Explained,Building Web Services,Designing Large Systems}'),
	(2, 4, 'C, pointers, memory, compilers and the machine below', '{C Step by Step,Data Structures in C,Systems Programming}'),
	(2, 5, 'version control, reviews, automation and releases in a team', '{Git Gently,Testing and Automation,Delivering Software Every Day}'),

	(3, 1, 'interface sketches, screens, buttons, flows and prototypes', '{Interface Design Basics,Interface Design Patterns,Design Systems}'),
	(3, 2, 'typefaces, grids, line lengths and the printed page', '{Typography for Everyone,Layout and Grids,Type Design Studio}'),
	(3, 3, 'interviews, usability tests, personas and insight from users', '{Meet Your Users,Usability Testing,Research That Changes Products}'),
	(3, 4, 'logos, colours, marks and a consistent brand', '{Logo Design,Brand Identity,Brand Strategy for Designers}'),
	(3, 5, 'drawing, shape, perspective and digital illustration', '{Drawing Every Day,Digital Illustration,Illustration for Publishing}'),

	(4, 1, 'exposure, aperture, lenses and natural light in portraits', '{Photography Basics,Portrait Photography,Studio Lighting}'),
	(4, 2, 'cutting, rhythm, sound and colour in short films', '{Video Editing Basics,Editing Stories,Colour Grading}'),
	(4, 3, 'landscapes, weather, travel and long exposures', '{Travel Photography,Landscape Photography,Night Photography}'),
	(4, 4, 'retouching, masks, raw files and colour correction', '{Photo Retouching Basics,Retouching Workflows,Retouching for Print}'),
	(4, 5, 'keyframes, titles, moving shapes and animation', '{Animation Basics,Motion Graphics,Animated Explainers}'),

	(5, 1, 'search engines, keywords, landing pages and organic traffic', '{Search Marketing Basics,Search Content That Ranks,Technical Search Audits}'),
	(5, 2, 'social networks, communities, short posts and paid reach', '{Social Media Basics,Social Campaigns,Community Building}'),
	(5, 3, 'newsletters, lists, subject lines and automated mail', '{Email Marketing Basics,Email Automation,Lifecycle Marketing}'),
	(5, 4, 'segments, experiments, attribution and the value of a customer', '{Marketing Numbers,Marketing Experiments,Customer Lifetime Value}'),
	(5, 5, 'positioning, pricing, launches and product messages', '{Product Marketing Basics,Launching Products,Pricing Strategy}'),

	(6, 1, 'balance sheets, profit, cash flow and budgets', '{Accounting for Everyone,Financial Analysis,Valuation}'),
	(6, 2, 'plans, deadlines, risks and teams that deliver', '{Project Management Basics,Agile Projects,Leading Programmes}'),
	(6, 3, 'feedback, delegation, hiring and difficult conversations', '{Your First Team,Managing People,Leading Leaders}'),
	(6, 4, 'ideas, customers, business models and investors', '{Start a Small Business,Business Models,Raising Money}'),
	(6, 5, 'offers, interests, concessions and agreements', '{Negotiation Basics,Negotiating Contracts,Complex Deals}'),

	(7, 1, 'Spanish vocabulary, verbs, listening and everyday talk', '{Spanish for Beginners,Spanish in Conversation,Spanish at Work}'),
	(7, 2, 'English grammar, pronunciation, meetings and presentations', '{English Foundations,English in Meetings,English for Presentations}'),
	(7, 3, 'French vocabulary, sounds, reading and travel', '{French for Beginners,French in Conversation,French Literature Aloud}'),
	(7, 4, 'German cases, word order, listening and daily life', '{German for Beginners,German in Conversation,German at Work}'),
	(7, 5, 'Japanese script, politeness, particles and culture', '{Japanese for Beginners,Japanese in Conversation,Reading Japanese News}'),

	(8, 1, 'characters, scenes, dialogue and short stories', '{Short Stories,The Novel in Drafts,Publishing Your Novel}'),
	(8, 2, 'clear instructions, manuals, examples and reference pages', '{Technical Writing Basics,Documentation That Works,Docs as Code}'),
	(8, 3, 'letters, reports, summaries and persuasion at work', '{Business Writing Basics,Reports That Get Read,Writing for Executives}'),
	(8, 4, 'headlines, hooks, slogans and texts that sell', '{Copywriting Basics,Copy for the Web,Copy Chief}'),
	(8, 5, 'facts, interviews, sources and the structure of an article', '{Journalism Basics,Feature Writing,Investigative Reporting}'),

	(9, 1, 'guitar chords, strumming, fingerpicking and songs', '{Guitar for Beginners,Guitar Beyond Chords,Guitar Improvisation}'),
	(9, 2, 'piano scales, both hands, reading notes and pieces', '{Piano for Beginners,Piano Pieces,Jazz Piano}'),
	(9, 3, 'recording, microphones, mixing and mastering at home', '{Home Recording,Mixing Music,Mastering}'),
	(9, 4, 'breath, pitch, range and singing with others', '{Singing Basics,Singing with Style,Vocal Performance}'),
	(9, 5, 'chords, cadences, melody and writing songs', '{Music Theory Basics,Writing Songs,Arranging and Composition}'),

	(10, 1, 'breathing, attention, stress and a calm routine', '{Meditation for Beginners,Mindfulness at Work,Teaching Meditation}'),
	(10, 2, 'yoga postures, flow, balance and flexibility', '{Yoga for Beginners,Yoga Flow,Advanced Yoga Practice}'),
	(10, 3, 'running, intervals, recovery and race plans', '{Start Running,Half Marathon Plan,Marathon Training}'),
	(10, 4, 'nutrition, cooking, meals and healthy habits', '{Everyday Nutrition,Meal Planning,Sports Nutrition}'),
	(10, 5, 'sleep, energy, habits and time of one''s own', '{Better Sleep,Habits That Stick,Coaching for Change}');

INSERT INTO courses (course_id, title, topic, level, price, lessons, description)
SELECT id, p.titles[l.level_no], t.topic, l.level,
	   (ARRAY[99, 149, 199, 249, 249, 299, 349, 449, 599])
		   [1 + floor(9 * generator.uniform(id, 'course price'))::int],
	   8 + floor(13 * generator.uniform(id, 'course lessons'))::int,
	   format(l.sentence, p.content)
FROM generator.path AS p
JOIN generator.topic AS t USING (topic_no),
	 (VALUES
		 (1, 'beginner', 'An introduction with no previous knowledge: %s.'),
		 (2, 'intermediate', 'A practical course for those who know the basics: %s, with projects of your own.'),
		 (3, 'advanced', 'A demanding course for experienced learners: %s, in depth and with expert feedback.')
	 ) AS l(level_no, level, sentence),
	 LATERAL (SELECT topic_no * 100 + path_no * 10 + level_no) AS c(id)
UNION ALL
SELECT topic_no * 100, free_title, topic, 'beginner', 0, 5,
	   format('A free first lesson series: %s.', free_content)
FROM generator.topic
ORDER BY 1;

-- How good a course is, and therefore how much its buyers like it.
CREATE TABLE generator.course_truth AS
SELECT course_id,
	   round((0.4 * generator.normal(course_id, 'course quality'))::numeric, 3) AS quality
FROM courses;
