-- What there is to filter a dashboard by, in one row. Quarters and specialties are few among very many rows:
-- the next one is looked up in an index each time, instead of reading all rows to leave the repeated ones out.
WITH RECURSIVE quarters AS (
    (
        SELECT quarter
        FROM readiness_snapshot
        WHERE organization_id = %(organization)s
        ORDER BY quarter DESC
        LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT earlier.quarter
        FROM readiness_snapshot AS earlier
        WHERE earlier.organization_id = %(organization)s AND earlier.quarter < quarters.quarter
        ORDER BY earlier.quarter DESC
        LIMIT 1
    )
    FROM quarters
    WHERE quarters.quarter IS NOT NULL
), specialties AS (
    (
        SELECT specialty
        FROM people_person
        WHERE organization_id = %(organization)s AND specialty <> ''
        ORDER BY specialty
        LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT next.specialty
        FROM people_person AS next
        WHERE next.organization_id = %(organization)s AND next.specialty <> ''
          AND next.specialty > specialties.specialty
        ORDER BY next.specialty
        LIMIT 1
    )
    FROM specialties
    WHERE specialties.specialty IS NOT NULL
)
SELECT ARRAY(SELECT quarter FROM quarters WHERE quarter IS NOT NULL ORDER BY quarter DESC),
       (
           SELECT json_agg(json_build_array(id, name) ORDER BY name)
           FROM people_cohort
           WHERE organization_id = %(organization)s AND (%(cohorts)s::uuid[] IS NULL OR id = ANY (%(cohorts)s::uuid[]))
       ),
       (
           SELECT json_agg(json_build_array(id, name) ORDER BY position)
           FROM passport_stage
           WHERE organization_id = %(organization)s
       ),
       (
           SELECT json_agg(json_build_array(id, name, path) ORDER BY name)
           FROM people_unit
           WHERE organization_id = %(organization)s AND kind = %(site)s
       ),
       -- Those of people who are or were in a cohort.
       ARRAY(
           SELECT specialty
           FROM specialties
           WHERE EXISTS (
               SELECT
               FROM people_person AS person
               JOIN people_cohortmembership AS membership
                 ON membership.organization_id = %(organization)s AND membership.person_id = person.id
               WHERE person.organization_id = %(organization)s AND person.specialty = specialties.specialty
                 AND person.specialty <> ''
               OFFSET 0  -- keeps PostgreSQL from joining everybody: the first one found will do
           )
           ORDER BY specialty
       )
