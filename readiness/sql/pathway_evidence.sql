-- What the pathway advisor knows of somebody beside stamps and positions: one row a pod that can be begun or
-- was done (of each the latest finished attempt, of whatever version), or one row without a pod; the counts
-- stand in every row. Nothing of what was answered before and after a pod.
WITH latest AS (
    SELECT DISTINCT ON (p.key) p.key, p.expected_level,
        (SELECT min(m.level) FROM passport_podmark m
         WHERE m.organization_id = a.organization_id AND m.attempt_id = a.id) AS lowest
    FROM passport_podattempt a
    JOIN passport_pod p ON p.organization_id = a.organization_id AND p.id = a.pod_id
    WHERE a.organization_id = (SELECT tenancy_organization()) AND a.person_id = %(person)s
        AND a.finished_at IS NOT NULL
    ORDER BY p.key, a.finished_at DESC, a.id
), versions AS (
    SELECT DISTINCT ON (key) key, id, title, state = 'published' AS is_open
    FROM passport_pod
    WHERE organization_id = (SELECT tenancy_organization()) AND state <> 'draft'
    ORDER BY key, state = 'published' DESC, version DESC
), pods AS (
    SELECT v.id, v.title, coalesce(l.lowest >= l.expected_level, false) AS done,
        l.key IS NOT NULL AND l.lowest IS NULL AS waiting, v.is_open
    FROM versions v LEFT JOIN latest l USING (key)
    WHERE v.is_open OR l.key IS NOT NULL
)
SELECT counts.publications, counts.committees, pods.id, pods.title, pods.done, pods.waiting, pods.is_open
FROM (
    SELECT
        (SELECT count(*) FROM passport_publication p
         WHERE p.organization_id = (SELECT tenancy_organization()) AND p.person_id = %(person)s
            AND p.doi <> '') AS publications,
        (SELECT count(*) FROM passport_transferoutcome o
         WHERE o.organization_id = (SELECT tenancy_organization()) AND o.person_id = %(person)s
            AND o.confirmed_at IS NOT NULL) AS committees
) counts LEFT JOIN pods ON true
ORDER BY pods.title, pods.id
