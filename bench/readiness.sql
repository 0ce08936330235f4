-- Everybody in one cohort with a pulse, about twelve verified stamps each (most of what their stage asks), three marked
-- pods, every fifth with one of them done again, every second with a capstone, every twenty-fifth with an index.
INSERT INTO people_unit (id, organization_id, external_id, name, kind, path, depth)
VALUES (gen_random_uuid(), %(org)s, 'U', 'Hospital', 'organisation', '/u/', 0);

INSERT INTO people_person (id, organization_id, external_id, given_name, family_name, email, unit_id,
    job_title, profession, specialty, training_grade, career_stage, start_date, locale)
SELECT gen_random_uuid(), %(org)s, 'P' || n, 'Given' || n, 'Family' || n, '', u.id, '', 'physician', '',
       '', (ARRAY['resident', 'fellow', 'early_attending'])[1 + n %% 3], '2020-01-01', ''
FROM generate_series(1, %(people)s) n, people_unit u WHERE u.organization_id = %(org)s;

INSERT INTO people_programme (id, organization_id, name, champion_id, pilot, start_date)
SELECT gen_random_uuid(), %(org)s, 'Programme', id, false, '2020-01-01'
FROM people_person WHERE organization_id = %(org)s LIMIT 1;

INSERT INTO people_cohort (id, organization_id, programme_id, name, start_date)
SELECT gen_random_uuid(), %(org)s, id, 'Cohort', '2020-01-01'
FROM people_programme WHERE organization_id = %(org)s;

INSERT INTO people_cohortmembership (id, organization_id, cohort_id, person_id, start_date)
SELECT gen_random_uuid(), %(org)s, c.id, p.id, '2020-01-01'
FROM people_person p, people_cohort c WHERE p.organization_id = %(org)s AND c.organization_id = %(org)s;

INSERT INTO surveys_confidencepulse (id, organization_id, person_id, quarter, answers, strategic_insight,
    financial_acumen, team_leadership, governance_experience, mentorship_engagement, answered_at)
SELECT gen_random_uuid(), %(org)s, id, %(quarter)s, ARRAY[3, 3, 3, 3, 3, 3, 3, 3, 3, 3]::smallint[],
       random() * 100, random() * 100, random() * 100, random() * 100, random() * 100, now()
FROM people_person WHERE organization_id = %(org)s;

INSERT INTO passport_stamp (id, organization_id, person_id, milestone_id, state, earned_on, statement, link,
    file, file_name, prior_learning, submitted_on, rule, verified_by_id, decided_at, decision_note,
    revoke_reason)
SELECT gen_random_uuid(), %(org)s, p.id, m.id, 'verified', '2026-01-15', 'Done.', '', '', '', false,
       '2026-01-20', m.evidence_rule, v.id, now(), '', ''
FROM people_person p
JOIN passport_stage own ON own.organization_id = %(org)s AND own.key = p.career_stage
JOIN passport_stage s ON s.organization_id = %(org)s AND s.position <= own.position
JOIN passport_milestone m ON m.organization_id = %(org)s AND m.stage_id = s.id
CROSS JOIN LATERAL (SELECT id FROM people_person
                    WHERE organization_id = %(org)s AND external_id IN ('P1', 'P2') AND id <> p.id LIMIT 1) v
WHERE p.organization_id = %(org)s AND random() < 0.85;

INSERT INTO passport_pod (id, organization_id, key, version, state, preset, content, title, kind, minutes,
    expected_level, milestone_id, published_at)
SELECT gen_random_uuid(), %(org)s, 'pod-' || row_number() OVER (ORDER BY dimension), 1, 'published', true, '', 'Pod',
       'decision', 120, 3, id, now()
FROM (SELECT DISTINCT ON (dimension) dimension, id FROM passport_milestone
      WHERE organization_id = %(org)s ORDER BY dimension, id) one;

INSERT INTO passport_podattempt (id, organization_id, person_id, pod_id, begun_at, finished_at, state, moves, moved_at,
    confidence_before, confidence_after, marked_by_id, marked_at)
SELECT gen_random_uuid(), %(org)s, p.id, d.id, t.at, t.at, '{}', '[]', t.at, ARRAY[2, 2, 2, 2, 2]::smallint[],
       ARRAY[3, 3, 3, 3, 3]::smallint[], v.id, t.at
FROM people_person p
JOIN passport_pod d ON d.organization_id = %(org)s
     AND (substr(p.external_id, 2)::int + substr(d.key, 5)::int) %% 5 < 3
CROSS JOIN LATERAL (SELECT timestamptz '2026-03-01' AS at
                    UNION ALL SELECT timestamptz '2026-05-01'
                    WHERE (substr(p.external_id, 2)::int + substr(d.key, 5)::int) %% 5 = 0
                      AND substr(p.external_id, 2)::int %% 5 = 0) t
CROSS JOIN LATERAL (SELECT id FROM people_person
                    WHERE organization_id = %(org)s AND external_id IN ('P1', 'P2') AND id <> p.id LIMIT 1) v
WHERE p.organization_id = %(org)s;

INSERT INTO passport_podmark (id, organization_id, attempt_id, criterion, level, words)
SELECT gen_random_uuid(), %(org)s, a.id, c, 1 + floor(random() * 4), 'Seen.'
FROM passport_podattempt a, unnest(ARRAY['figures', 'clarity', 'goals']) c WHERE a.organization_id = %(org)s;

INSERT INTO passport_capstone (id, organization_id, person_id, pod_id, unit_id, title, aim, state, planned_on, result,
    link, submitted_on, decided_by_id, decided_at, decision_note)
SELECT gen_random_uuid(), %(org)s, p.id, d.id, p.unit_id, 'Project', 'Aim', 'verified', '2026-04-01', 'Done.',
       '', '2026-06-01', v.id, now(), ''
FROM people_person p
JOIN passport_pod d ON d.organization_id = %(org)s AND d.key = 'pod-' || (1 + substr(p.external_id, 2)::int %% 5)
CROSS JOIN LATERAL (SELECT id FROM people_person
                    WHERE organization_id = %(org)s AND external_id IN ('P1', 'P2') AND id <> p.id LIMIT 1) v
WHERE p.organization_id = %(org)s AND substr(p.external_id, 2)::int %% 2 = 0;

INSERT INTO surveys_instrument (id, organization_id, key, version, title, state, about, built_in, holder, licence,
    minimum_answered)
VALUES (gen_random_uuid(), %(org)s, 'index', 1, 'Leader index', 'active', 'leader', false, '', '', 10);

INSERT INTO surveys_wave (id, organization_id, instrument_id, title, opens_on, closes_on, threshold,
    scale_low, scale_high, state, imported, audience, planned)
SELECT gen_random_uuid(), %(org)s, id, 'Wave', '2026-05-01', '2026-05-31', 5, 12, 60, 'closed', true, 'everybody', false
FROM surveys_instrument WHERE organization_id = %(org)s;

INSERT INTO people_unit (id, organization_id, external_id, name, kind, path, depth)
SELECT gen_random_uuid(), %(org)s, 'U' || external_id, 'Unit', 'department', '/u/' || external_id || '/', 1
FROM people_person WHERE organization_id = %(org)s AND substr(external_id, 2)::int %% 25 = 0;

INSERT INTO surveys_publishedindex (id, organization_id, wave_id, unit_id, leader_id, position, depth,
    state, n, mean, percent, band, lowest, same_as_below, bound)
SELECT gen_random_uuid(), %(org)s, w.id, u.id, p.id, 1, 1, 'published', 12, 40, random() * 100, 'unknown', true, false, 0
FROM people_person p
JOIN people_unit u ON u.organization_id = %(org)s AND u.external_id = 'U' || p.external_id
CROSS JOIN surveys_wave w
WHERE p.organization_id = %(org)s AND w.organization_id = %(org)s;

INSERT INTO surveys_publishedwave (id, organization_id, wave_id, published_at, responses, left_out, units, withheld,
    threshold, bound, slopes)
SELECT gen_random_uuid(), %(org)s, id, '2026-06-10', 24000, 0, 2000, 0, 5, 0, '{}'
FROM surveys_wave WHERE organization_id = %(org)s;

UPDATE surveys_wave SET state = 'published' WHERE organization_id = %(org)s;
