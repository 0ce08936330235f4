-- Somebody as the holder of a Passport, with what every page about them shows: unit, number, cohorts, immediate
-- leader. It runs before each of these pages, and writing it by Django's query builder took a tenth of the time
-- of a Passport. One reporting line at most is in force on a day (people_reportingline_one_at_a_time).
SELECT person.given_name,
       person.family_name,
       person.job_title,
       person.profession,
       person.specialty,
       person.training_grade,
       person.career_stage,
       person.unit_id,
       unit.name,
       holder.id,
       holder.serial,
       holder.issued_on,
       manager.id,
       manager.given_name,
       manager.family_name,
       manager.job_title,
       ARRAY(
           SELECT membership.cohort_id
           FROM people_cohortmembership AS membership
           WHERE membership.organization_id = person.organization_id AND membership.person_id = person.id
             AND membership.start_date <= %(on)s AND (membership.end_date IS NULL OR membership.end_date > %(on)s)
       ) AS cohorts
FROM people_person AS person
JOIN people_unit AS unit ON unit.organization_id = person.organization_id AND unit.id = person.unit_id
LEFT JOIN passport_passportholder AS holder
       ON holder.organization_id = person.organization_id AND holder.person_id = person.id
LEFT JOIN people_reportingline AS line
       ON line.organization_id = person.organization_id AND line.person_id = person.id
      AND line.start_date <= %(on)s AND (line.end_date IS NULL OR line.end_date > %(on)s)
LEFT JOIN people_person AS manager
       ON manager.organization_id = line.organization_id AND manager.id = line.manager_id
WHERE person.organization_id = %(organization)s AND person.id = %(person)s
