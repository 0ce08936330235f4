-- Mentoring at the scale of 73,000 people, one statement a table. Parameters: organization, today, zone,
-- quarters (closed ones, the oldest first). "Chance" is a hash of what a row is about, so it repeats.
--
-- Mentors: a fifth of the fellows and later residents, a third of the attendings, and up to a hundred who lead the
-- organisation and its parts. Chairs are no members of a programme, so nobody meets anybody in two tiers.
CREATE OR REPLACE FUNCTION pg_temp.chance(about text) RETURNS double precision LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashtextextended(about, 0) & 1048575) / 1048576.0 $$;

CREATE TEMPORARY TABLE member ON COMMIT DROP AS
SELECT p.id, p.external_id AS name, p.career_stage AS stage, row_number() OVER (ORDER BY p.external_id) - 1 AS n
FROM people_person p
WHERE p.organization_id = %(organization)s AND EXISTS (
    SELECT FROM people_cohortmembership m WHERE m.organization_id = p.organization_id AND m.person_id = p.id);

CREATE TEMPORARY TABLE mentor ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, found.* FROM (
    SELECT m.id AS person_id, m.name, 'peer' AS tier, 3 AS places FROM member m JOIN people_person p ON p.id = m.id
    WHERE p.organization_id = %(organization)s AND m.stage IN ('resident', 'fellow') AND p.training_grade <> 'PGY-1'
      AND m.n > 0 AND pg_temp.chance('peer' || m.name) < 0.2
    UNION ALL
    SELECT m.id, m.name, 'senior', 4 FROM member m
    WHERE m.stage IN ('early_attending', 'attending') AND m.n > 0 AND pg_temp.chance('senior' || m.name) < 0.34
    UNION ALL
    SELECT a.person_id, s.external_id, 'chair', 12 FROM people_position s
    JOIN people_appointment a ON a.organization_id = s.organization_id AND a.position_id = s.id
    WHERE s.organization_id = %(organization)s AND s.external_id < 'P0100'
      AND a.start_date <= %(today)s AND a.end_date > %(today)s
) AS found;
ANALYZE member; ANALYZE mentor;

INSERT INTO mentoring_mentorprofile
    (id, organization_id, person_id, offering, about, languages, formats, time_zone, source, feed, free_slots, problem)
SELECT id, %(organization)s, person_id, true, 'Bring what is on your desk this week.', '{en}', '{in_person,video}', '',
       'weekly', '', (16 * pg_temp.chance('free' || name))::int, ''
FROM mentor;

INSERT INTO mentoring_capacity (id, organization_id, mentor_id, tier, places, taken)
SELECT gen_random_uuid(), %(organization)s, id, tier, places, 0 FROM mentor;

INSERT INTO mentoring_weeklyhours (id, organization_id, mentor_id, weekday, starts, ends)
SELECT gen_random_uuid(), %(organization)s, id, floor(5 * pg_temp.chance('day' || name)), '16:30', '18:00' FROM mentor;

INSERT INTO mentoring_expertise (id, organization_id, mentor_id, tag_id)
SELECT gen_random_uuid(), %(organization)s, mentor.id, tag.id FROM mentor CROSS JOIN LATERAL (
    SELECT t.id FROM mentoring_tag t WHERE t.organization_id = %(organization)s
    ORDER BY hashtextextended(mentor.name || t.name, 1) LIMIT 6) AS tag;

INSERT INTO mentoring_interest (id, organization_id, person_id, tag_id)
SELECT gen_random_uuid(), %(organization)s, member.id, tag.id FROM member CROSS JOIN LATERAL (
    SELECT t.id FROM mentoring_tag t WHERE t.organization_id = %(organization)s
    ORDER BY hashtextextended(member.name || t.name, 1) LIMIT 5) AS tag;

-- Those who wait for a mentor take the free seats one by one: residents and fellows half of the seniors' and
-- two thirds of the chairs' seats, the first member among them. What ran a year before ran with the next mentor.
CREATE TEMPORARY TABLE pair ON COMMIT DROP AS
WITH seat AS (
    SELECT person_id, tier, round, row_number() OVER (PARTITION BY tier ORDER BY round, name) AS number
    FROM mentor CROSS JOIN generate_series(1, CASE tier WHEN 'senior' THEN 2 WHEN 'chair' THEN 8 ELSE 0 END) AS round
), waiting AS (
    SELECT id, tier, row_number() OVER (PARTITION BY tier ORDER BY n) AS number
    FROM member JOIN (VALUES ('senior'), ('chair')) AS wanted (tier)
      ON CASE tier WHEN 'senior' THEN stage IN ('resident', 'fellow') ELSE mod(n, 5) = 0 END
)
SELECT gen_random_uuid() AS id, waiting.id AS mentee_id, seat.person_id AS mentor_id, seat.tier,
       %(today)s - 100 - mod(seat.number, 300)::int AS began, seat.number, now.state
FROM waiting JOIN (VALUES ('active', 0), ('ended', 1)) AS now (state, shift) ON true
JOIN seat ON seat.tier = waiting.tier AND seat.number = waiting.number + now.shift
WHERE now.shift = 0 OR mod(waiting.number, 2) = 0;
UPDATE pair SET began = began - 500 WHERE state = 'ended';
ANALYZE pair;

INSERT INTO mentoring_mentorship
    (id, organization_id, mentee_id, mentor_id, tier, state, initiator, score, why, offered_on, accepted_on, started_on,
     planned_end, over_on, over_by_id, over_cause, over_reason, extended_why, replaces_id)
SELECT id, %(organization)s, mentee_id, mentor_id, tier, state, 'matcher', 0.5 + mod(number, 40) / 100.0,
       'You both care for how a service is run.', began - 6, began - 3, began, began + 365,
       CASE state WHEN 'ended' THEN began + 365 END, NULL, CASE state WHEN 'ended' THEN 'time_over' ELSE '' END,
       CASE state WHEN 'ended' THEN 'The year agreed is over.' ELSE '' END, '', NULL
FROM pair;

INSERT INTO mentoring_exposure (id, organization_id, mentorship_id, day, kind, text, logged_by_id, logged_at)
SELECT gen_random_uuid(), %(organization)s, pair.id, day.day,
       (ARRAY['committee_seat', 'introduced', 'led_meeting', 'presented', 'chair_meeting'])[1 + mod(number, 5)], '',
       mentor_id, day.day + time '17:00' AT TIME ZONE %(zone)s
FROM pair CROSS JOIN generate_series(1, 5) AS round
CROSS JOIN LATERAL (SELECT began + 80 * round - (40 * pg_temp.chance(pair.id::text))::int AS day) AS day
WHERE day.day < %(today)s AND (state = 'active' OR day.day < began + 365) AND mod(number + round, 4) > 0;

INSERT INTO mentoring_satisfaction (id, organization_id, mentorship_id, quarter, side, overall, useful, often)
SELECT gen_random_uuid(), %(organization)s, pair.id, quarter, side, 2 + mod(number, 4), 2 + mod(number + 1, 4),
       1 + mod(number, 5)
FROM pair CROSS JOIN unnest(%(quarters)s::text[]) AS quarter CROSS JOIN (VALUES ('mentee'), ('mentor')) AS rated (side)
WHERE state = 'active' AND mod(number + length(side), 5) > 0;

INSERT INTO mentoring_session
    (id, organization_id, mentorship_id, starts_at, minutes, format, agenda, sequence, changed_at, cancelled_at)
SELECT gen_random_uuid(), %(organization)s, pair.id, at.at, 60, 'video', 'My next step.', 0, at.at - interval '7 days', NULL
FROM pair CROSS JOIN generate_series(0, 5) AS month
CROSS JOIN LATERAL (SELECT (%(today)s + 7 - 30 * month) + time '16:00' AT TIME ZONE %(zone)s AS at) AS at
WHERE state = 'active';

INSERT INTO mentoring_contract
    (id, organization_id, mentorship_id, version, revision, purpose, rhythm, confidentiality, drafted_by_id, drafted_at,
     mentor_signed_at, mentee_signed_at)
SELECT gen_random_uuid(), %(organization)s, pair.id, 1, 1, t.purpose, t.rhythm, t.confidentiality, mentee_id, began, NULL, NULL
FROM pair JOIN mentoring_contracttemplate t ON t.organization_id = %(organization)s
WHERE state = 'active';

INSERT INTO mentoring_deliverable
    (id, organization_id, contract_id, follows_id, title, due_on, milestone, position, state, report, reported_on,
     attested_by_id, attested_on)
SELECT gen_random_uuid(), %(organization)s, c.id, NULL, t.title, pair.began + t.due_days, NULL, t.position, 'open', '', NULL,
       NULL, NULL
FROM pair JOIN mentoring_contract c ON c.organization_id = %(organization)s AND c.mentorship_id = pair.id
JOIN mentoring_templatedeliverable t ON t.organization_id = %(organization)s;

UPDATE mentoring_contract SET mentee_signed_at = drafted_at, mentor_signed_at = drafted_at + interval '2 days'
WHERE organization_id = %(organization)s;

INSERT INTO mentoring_exposurereview (id, organization_id, mentor_id, quarter, opened_on, "end", note)
SELECT gen_random_uuid(), %(organization)s, person_id, (%(quarters)s::text[])[1], %(today)s, '', ''
FROM mentor WHERE tier = 'senior' AND pg_temp.chance('silent' || name) < 0.2;
