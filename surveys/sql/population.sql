-- Whom a wave would ask on a day, one row a person of its population, as the beginning of a statement.
WITH led AS (
    SELECT appointment.person_id AS leader_id, unit.id, unit.path, unit.depth
    FROM people_appointment AS appointment
    JOIN people_position AS position
      ON position.organization_id = appointment.organization_id AND position.id = appointment.position_id
    JOIN people_unit AS unit ON unit.organization_id = position.organization_id AND unit.id = position.unit_id
    WHERE appointment.organization_id = %(organization)s AND position.leads_unit
      AND appointment.start_date <= %(on)s
      AND (appointment.end_date IS NULL OR appointment.end_date > %(on)s)
),
enrolled AS (
    SELECT membership.person_id, membership.cohort_id
    FROM people_cohortmembership AS membership
    WHERE membership.organization_id = %(organization)s AND membership.start_date <= %(on)s
      AND (membership.end_date IS NULL OR membership.end_date > %(on)s)
),
-- How often each was asked in the quarter of that day; the confidence pulse asks whoever is in a programme.
load AS (
    SELECT one.person_id, count(*) AS times
    FROM (
        SELECT roll.person_id
        FROM surveys_rollentry AS roll
        JOIN surveys_wave AS wave ON wave.organization_id = roll.organization_id AND wave.id = roll.wave_id
        WHERE roll.organization_id = %(organization)s
          AND wave.opens_on BETWEEN %(quarter_start)s AND %(quarter_end)s
        UNION ALL
        SELECT DISTINCT person_id FROM enrolled
    ) AS one
    GROUP BY one.person_id
),
population AS (
    SELECT person.id, person.unit_id, unit.path, leader.id AS leader_id,
           coalesce(load.times, 0) >= %(cap)s AS asked_enough
    FROM people_person AS person
    JOIN people_unit AS unit ON unit.organization_id = person.organization_id AND unit.id = person.unit_id
    LEFT JOIN people_reportingline AS line
      ON line.organization_id = person.organization_id AND line.person_id = person.id
      AND line.start_date <= %(on)s AND (line.end_date IS NULL OR line.end_date > %(on)s)
    LEFT JOIN people_person AS leader
      ON leader.organization_id = line.organization_id AND leader.id = line.manager_id
      AND (leader.end_date IS NULL OR leader.end_date >= %(on)s)
    LEFT JOIN load ON load.person_id = person.id
    WHERE person.organization_id = %(organization)s
      AND person.start_date <= %(on)s AND (person.end_date IS NULL OR person.end_date >= %(on)s)
      AND (%(low)s = '' OR (unit.path >= %(low)s AND unit.path < %(high)s))
      AND (%(cohort)s::uuid IS NULL
           OR person.id IN (SELECT person_id FROM enrolled WHERE cohort_id = %(cohort)s::uuid))
      AND CASE %(audience)s
          WHEN 'leaders' THEN person.id IN (SELECT leader_id FROM led)
          WHEN 'members' THEN person.id IN (SELECT person_id FROM enrolled)
          ELSE true END
      -- Whoever leads the surveyed unit would speak of a leader above it, of whom this survey tells nothing.
      AND NOT (%(about_leader)s AND %(low)s <> ''
               AND person.id IN (SELECT leader_id FROM led WHERE path = %(low)s))
),
-- Answers about a leader count in the deepest unit that this leader leads and the person is in: who leads a unit
-- counts in the one above. All other answers count in the person's own unit, as do those about somebody who leads
-- more than the surveyed unit: nothing counts above it.
placed AS (
    SELECT DISTINCT ON (population.id)
           population.id, population.leader_id, population.asked_enough,
           coalesce(led.id, population.unit_id) AS unit_id,
           coalesce(led.path, population.path) AS path,
           %(about_leader)s AND population.leader_id IS NULL AS leaderless,
           NOT population.asked_enough AND NOT (%(about_leader)s AND population.leader_id IS NULL) AS asked
    FROM population
    LEFT JOIN led
      ON %(about_leader)s AND led.leader_id = population.leader_id AND starts_with(population.path, led.path)
      AND starts_with(led.path, %(low)s)
    ORDER BY population.id, led.depth DESC NULLS LAST, led.id
)
