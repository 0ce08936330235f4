-- Totals summed up by quarter. Revisions count on by one, and few scores have a second: those that a revision has
-- replaced are kept in a hash table. Asked row by row for a newer one, all rows were hashed or merged.
SELECT quarter, count(total), avg(total), stddev_samp(total)
FROM ({scores}) AS score
WHERE (quarter, person_id, revision) NOT IN (
    SELECT newer.quarter, newer.person_id, newer.revision - 1
    FROM readiness_snapshot AS newer
    WHERE newer.organization_id = %s AND newer.revision >= 2
)
GROUP BY quarter
ORDER BY quarter DESC
LIMIT 12
