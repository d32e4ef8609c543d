-- What people look at in a store, under plain names, and what `rahdari export` writes: docs/exchange.md tells of it.
-- Each view ends with a semicolon at the end of a line; nothing else does. SQLite keeps the comments inside a view,
-- and whoever opens the store in Datasette or another browser reads them there.

CREATE VIEW facts_told AS
SELECT
    f.row AS fact,                     -- tells facts apart in this store; the next ingest may number anew
    f.subject AS subject,              -- in the document's words
    f.predicate AS predicate,          -- a verb or a noun of doing, in its plain form: sign, cost
    f.object AS object,                -- in the document's words, a table's figure with the unit in its header
    f.modality AS modality,            -- proposed, planned, agreed, under_way, done, cancelled; stated: a description
    f.speaker AS speaker,              -- who says it; empty where the document itself does
    f.as_of AS as_of,                  -- the year, month or day that it holds for, where one is told
    s.text AS sentence,                -- the sentence that it was read from
    d.title AS title,                  -- of the document
    d.publisher AS publisher,
    d.published AS published,
    d.source AS source,                -- the document's address
    f.document AS document,            -- its id
    f.sentence AS sentence_number,     -- in the document, from 0
    s.start AS sentence_start,         -- in characters of the document's text, from 0
    s."end" AS sentence_end,           -- of the first character that is no longer in it
    f.subject_entity AS subject_entity,-- id of what the subject names
    a.name AS subject_name,            -- its fullest name
    f.object_entity AS object_entity,  -- id of what the object names
    b.name AS object_name
FROM facts AS f
LEFT JOIN sentences AS s ON s.document = f.document AND s."index" = f.sentence
LEFT JOIN documents AS d ON d.id = f.document
LEFT JOIN entities AS a ON a.id = f.subject_entity
LEFT JOIN entities AS b ON b.id = f.object_entity;

CREATE VIEW documents_read AS
SELECT
    d.id AS document,                  -- the file's name without its ending
    d.title AS title,
    d.publisher AS publisher,
    d.author AS author,
    d.published AS published,
    d.language AS language,
    d.source AS source,                -- its address
    d.copy_of AS copy_of,              -- the document that has nearly the same text and counts in its stead
    (SELECT count(*) FROM sentences AS s WHERE s.document = d.id) AS sentences,
    (SELECT count(*) FROM facts AS f WHERE f.document = d.id) AS facts,
    (SELECT max(v.ingested) FROM versions AS v WHERE v.document = d.id AND v.ended IS NULL) AS ingested, -- UTC
    d.text AS text                     -- as it was read, unchanged: every offset counts in it
FROM documents AS d;

CREATE VIEW sentences_read AS
SELECT
    s.text AS sentence,
    s.kind AS kind,                    -- prose, heading, item, byline, other
    s.modality AS modality,            -- as of facts
    s.speaker AS speaker,              -- whose words it reports
    s.heading AS heading,              -- the nearest one above it
    d.title AS title,                  -- of the document
    d.publisher AS publisher,
    d.published AS published,
    d.source AS source,
    s.document AS document,
    s."index" AS sentence_number,      -- in the document, from 0
    s.start AS sentence_start,         -- in characters of the document's text, from 0
    s."end" AS sentence_end,           -- of the first character that is no longer in it
    s.echo_document AS repeats         -- the document that has the same sentence and counts in its stead
FROM sentences AS s
LEFT JOIN documents AS d ON d.id = s.document;

CREATE VIEW entities_named AS
SELECT
    e.id AS entity,
    e.name AS name,                    -- the fullest that documents use
    e.type AS type,                    -- project, agreement, sector, programme, organisation, person, place, event
    (
        SELECT json_group_array(x.alias)
        FROM (SELECT alias FROM aliases WHERE entity = e.id AND alias != e.name ORDER BY position) AS x
    ) AS other_names,                  -- a JSON list
    (SELECT count(*) FROM mentions AS m WHERE m.entity = e.id) AS mentions,
    (SELECT count(DISTINCT m.document) FROM mentions AS m WHERE m.entity = e.id) AS documents -- that name it
FROM entities AS e;

CREATE VIEW entities_mentioned AS
SELECT
    e.name AS name,                    -- the fullest name
    e.type AS type,
    m.text AS words,                   -- as it stands in the sentence
    s.text AS sentence,
    d.title AS title,                  -- of the document
    d.publisher AS publisher,
    d.published AS published,
    m.entity AS entity,
    m.document AS document,
    m.sentence AS sentence_number,     -- in the document, from 0
    m.start AS words_start,            -- in characters of the document's text, from 0
    m."end" AS words_end               -- of the first character that is no longer in them
FROM mentions AS m
JOIN entities AS e ON e.id = m.entity
LEFT JOIN sentences AS s ON s.document = m.document AND s."index" = m.sentence
LEFT JOIN documents AS d ON d.id = m.document;

CREATE VIEW figures_told AS
SELECT
    m.type AS kind,                    -- amount: of money; quantity: of anything else
    CAST(substr(m.value, 1, instr(m.value, ' ')) AS REAL) AS number,
    substr(m.value, instr(m.value, ' ') + 1) AS unit, -- a currency's code, a unit, or what is counted
    m.text AS words,                   -- as it stands in the sentence
    s.text AS sentence,
    d.title AS title,                  -- of the document
    d.publisher AS publisher,
    d.published AS published,
    m.document AS document,
    m.sentence AS sentence_number,     -- in the document, from 0
    m.start AS words_start,            -- in characters of the document's text, from 0
    m."end" AS words_end               -- of the first character that is no longer in them
FROM mentions AS m
LEFT JOIN sentences AS s ON s.document = m.document AND s."index" = m.sentence
LEFT JOIN documents AS d ON d.id = m.document
WHERE m.type IN ('amount', 'quantity') AND m.value GLOB '[0-9]* *';

CREATE VIEW dates_told AS
SELECT
    m.value AS date,                   -- a year, month or day, where the words tell one
    m.text AS words,                   -- as it stands in the sentence
    s.text AS sentence,
    d.title AS title,                  -- of the document
    d.publisher AS publisher,
    d.published AS published,
    m.document AS document,
    m.sentence AS sentence_number,     -- in the document, from 0
    m.start AS words_start,            -- in characters of the document's text, from 0
    m."end" AS words_end               -- of the first character that is no longer in them
FROM mentions AS m
LEFT JOIN sentences AS s ON s.document = m.document AND s."index" = m.sentence
LEFT JOIN documents AS d ON d.id = m.document
WHERE m.type = 'date' AND m.value GLOB '[0-9][0-9][0-9][0-9]*';
