-- Tasks whose score a revision has lifted to the line or above, or left without a total.
UPDATE readiness_coachingtask t
SET state = 'closed', close_reason = 'score_corrected', closed_on = %(today)s
WHERE t.organization_id = (SELECT tenancy_organization()) AND t.quarter = %(quarter)s AND t.state <> 'closed'
  AND (%(people)s::uuid[] IS NULL OR t.person_id = ANY (%(people)s::uuid[]))
  AND 'flagged' <> (SELECT s.state FROM readiness_snapshot s
                    WHERE s.organization_id = t.organization_id AND s.quarter = t.quarter
                      AND s.person_id = t.person_id
                    ORDER BY s.revision DESC LIMIT 1)
