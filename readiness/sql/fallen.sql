-- Whose total is some points or more below the one of the quarter before. Parameters: quarter, the one before, points.
-- Two quarters are joined at once: asked row by row for the one before, each row was a look into the index. Revisions
-- count on by one, and few scores have a second (as in trend.sql).
SELECT score.person_id
FROM readiness_snapshot AS score
JOIN readiness_snapshot AS before
  ON before.organization_id = score.organization_id AND before.person_id = score.person_id
WHERE score.organization_id = (SELECT tenancy_organization())
  AND score.quarter = %s AND before.quarter = %s AND score.total <= before.total - %s
  AND (score.quarter, score.person_id, score.revision) NOT IN (
      SELECT newer.quarter, newer.person_id, newer.revision - 1
      FROM readiness_snapshot AS newer
      WHERE newer.organization_id = (SELECT tenancy_organization()) AND newer.revision >= 2
  )
  AND (before.quarter, before.person_id, before.revision) NOT IN (
      SELECT newer.quarter, newer.person_id, newer.revision - 1
      FROM readiness_snapshot AS newer
      WHERE newer.organization_id = (SELECT tenancy_organization()) AND newer.revision >= 2
  )
