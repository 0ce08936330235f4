-- Scores after a position in their feed: of one scoring after another the snapshots that no later one has
-- replaced, since a later one comes later in the feed itself. Parameters: number, after, most.
-- PostgreSQL takes the scorings one by one and stops when it has enough: a page costs what it shows.
SELECT g.number, s.id
FROM (SELECT first, number FROM readiness_scoring
      WHERE organization_id = (SELECT tenancy_organization()) AND number >= %(number)s
      ORDER BY number) g
CROSS JOIN LATERAL (
    SELECT s.id FROM readiness_snapshot s
    WHERE s.organization_id = (SELECT tenancy_organization())
      AND s.id >= g.first AND s.id <= overlay(g.first::text PLACING 'ffffffffffff' FROM 25)::uuid
      AND (g.number > %(number)s OR s.id > %(after)s)
      AND NOT EXISTS (
          SELECT FROM readiness_snapshot n
          WHERE n.organization_id = (SELECT tenancy_organization()) AND n.quarter = s.quarter
            AND n.person_id = s.person_id AND n.revision > s.revision AND n.revision >= 2)
    ORDER BY s.id
    LIMIT %(most)s) s
ORDER BY g.number, s.id
LIMIT %(most)s
