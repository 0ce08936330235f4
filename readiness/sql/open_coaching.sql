-- Everybody whose latest score of the quarter is below the line and who is not being coached already.
INSERT INTO readiness_coachingtask (
    id, organization_id, person_id, quarter, snapshot_id, state, opened_on, due_on, close_reason, close_note)
SELECT gen_random_uuid(), s.organization_id, s.person_id, %(quarter)s, s.id, 'open', %(today)s,
       %(today)s::date + %(days)s, '', ''
FROM (SELECT DISTINCT ON (person_id) organization_id, person_id, id, state FROM readiness_snapshot
      WHERE organization_id = (SELECT tenancy_organization()) AND quarter = %(quarter)s
        AND (%(people)s::uuid[] IS NULL OR person_id = ANY (%(people)s::uuid[]))
      ORDER BY person_id, revision DESC) s
-- Not as NOT EXISTS: joined without statistics, thousands of people had the whole table read for each of them.
WHERE s.state = 'flagged'
  AND s.person_id NOT IN (SELECT t.person_id FROM readiness_coachingtask t
                          WHERE t.organization_id = (SELECT tenancy_organization())
                            AND (t.state <> 'closed' OR t.quarter = %(quarter)s))
