-- Everybody whose latest score of the quarter is below the line and who is not being coached already.
INSERT INTO readiness_coachingtask (
    id, organization_id, person_id, quarter, snapshot_id, state, opened_on, due_on, close_reason, close_note)
SELECT gen_random_uuid(), s.organization_id, s.person_id, s.quarter, s.id, 'open', %(today)s,
       %(today)s::date + %(days)s, '', ''
FROM (SELECT DISTINCT ON (person_id) * FROM readiness_snapshot
      WHERE organization_id = (SELECT tenancy_organization()) AND quarter = %(quarter)s
      ORDER BY person_id, revision DESC) s
WHERE s.state = 'flagged'
  AND NOT EXISTS (SELECT FROM readiness_coachingtask t
                  WHERE t.organization_id = s.organization_id AND t.person_id = s.person_id
                    AND (t.state <> 'closed' OR t.quarter = s.quarter))
ON CONFLICT DO NOTHING
