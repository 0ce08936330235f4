-- A person's scores by quarter, the latest revision of each, oldest first: what a chart and its sentences say,
-- without the evidence behind it.
SELECT DISTINCT ON (snapshot.quarter)
       snapshot.id,
       snapshot.quarter,
       snapshot.weights_id,
       snapshot.strategic_insight,
       snapshot.financial_acumen,
       snapshot.team_leadership,
       snapshot.governance_experience,
       snapshot.mentorship_engagement,
       snapshot.known,
       snapshot.known_count,
       snapshot.total,
       snapshot.state,
       weights.id,
       weights.flag_below,
       weights.minimum_known
FROM readiness_snapshot AS snapshot
JOIN readiness_weightset AS weights
  ON weights.organization_id = snapshot.organization_id AND weights.id = snapshot.weights_id
WHERE snapshot.organization_id = %(organization)s AND snapshot.person_id = %(person)s
ORDER BY snapshot.quarter, snapshot.revision DESC
