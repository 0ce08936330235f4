-- Ten at most who may be asked first: the immediate leader, then directors and champions of the person's cohorts.
-- They come as an array, so that they are looked up by their ids: joined with OR, everybody was read.
WITH leader AS MATERIALIZED (
    SELECT line.manager_id
    FROM people_reportingline AS line
    WHERE line.organization_id = %(organization)s AND line.person_id = %(person)s AND line.start_date <= %(on)s
      AND (line.end_date IS NULL OR line.end_date > %(on)s)
)
SELECT person.id, person.email, btrim(person.given_name || ' ' || person.family_name)
FROM people_person AS person
WHERE person.organization_id = %(organization)s
  AND person.id = ANY (ARRAY(
      SELECT manager_id
      FROM leader
      UNION ALL
      SELECT director.person_id
      FROM people_rolegrant AS director
      WHERE director.organization_id = %(organization)s AND director.role = %(director)s
        AND (director.cohort_id IS NULL OR director.cohort_id = ANY (%(cohorts)s::uuid[]))
      UNION ALL
      SELECT programme.champion_id
      FROM people_cohort AS cohort
      JOIN people_programme AS programme
        ON programme.organization_id = %(organization)s AND programme.id = cohort.programme_id
      WHERE cohort.organization_id = %(organization)s AND cohort.id = ANY (%(cohorts)s::uuid[])
  ))
  AND person.id <> %(person)s AND person.email <> ''
  AND (person.end_date IS NULL OR person.end_date >= %(on)s)
ORDER BY person.id IN (SELECT manager_id FROM leader) DESC, person.search_key
LIMIT 10
