-- How many people work in some units and everything below them. Two indexes tell it without reading a row of a
-- person: everybody by unit, less those who have left.
WITH here AS (
    SELECT person.unit_id, count(*) AS people
    FROM people_person AS person
    WHERE person.organization_id = %(organization)s
      AND (%(low)s = '' OR person.unit_id = ANY (ARRAY(
          SELECT id
          FROM people_unit
          WHERE organization_id = %(organization)s AND path >= %(low)s AND path < %(high)s
      )))
    GROUP BY person.unit_id
    UNION ALL
    SELECT person.unit_id, -count(*)
    FROM people_person AS person
    WHERE person.organization_id = %(organization)s AND person.end_date < %(on)s
    GROUP BY person.unit_id
)
SELECT above.key::uuid, sum(here.people)::integer
FROM here
JOIN people_unit AS part ON part.organization_id = %(organization)s AND part.id = here.unit_id
CROSS JOIN LATERAL unnest(string_to_array(part.path, '/')) AS above (key)  -- the way from the root to the unit
WHERE above.key = ANY (%(units)s)
GROUP BY above.key
