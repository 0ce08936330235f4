-- Tasks whose score a revision has lifted to the line or above, or left without a total.
UPDATE readiness_coachingtask t
SET state = 'closed', close_reason = 'score_corrected', closed_on = %(today)s
FROM (SELECT DISTINCT ON (person_id) person_id, state FROM readiness_snapshot
      WHERE organization_id = (SELECT tenancy_organization()) AND quarter = %(quarter)s
      ORDER BY person_id, revision DESC) s
WHERE t.organization_id = (SELECT tenancy_organization()) AND t.quarter = %(quarter)s
  AND t.person_id = s.person_id AND t.state <> 'closed' AND s.state <> 'flagged'
