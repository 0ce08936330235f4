-- What the matcher is told of the mentors of a run: one row for each tier they have places in and may mentor in.
-- Parameters: run, today, leaving (who leaves before this day is not proposed), and stages, grades, levels (arrays
-- side by side: the training level of each grade that occurs).
--
-- Who may mentor in a tier at all is said in mentoring/tiers.py: in_training, attendings, chairs.
-- A place is free for the run unless a mentee outside it holds it. Who takes nobody new keeps the places of pairs
-- that go on, and no more. Ratings (rated, totals, numbers, side by side) come as ratings_for_matcher() tells them: of
-- fewer than five mentees, a score would tell whoever sees its arithmetic what one of them said.
WITH this AS MATERIALIZED (
    SELECT r.id, r.cohort_id, r.tiers, r.places FROM mentoring_matchrun r
    WHERE r.organization_id = (SELECT tenancy_organization()) AND r.id = %(run)s
), level AS MATERIALIZED (
    SELECT * FROM unnest(%(stages)s::text[], %(grades)s::text[], %(levels)s::int[]) AS l (stage, grade, level)
), tag AS MATERIALIZED (
    SELECT t.id, t.weight, row_number() OVER (ORDER BY t.id) - 1 AS number FROM mentoring_tag t
    WHERE t.organization_id = (SELECT tenancy_organization())
      AND (t.retired_on IS NULL OR t.retired_on > %(today)s)
), mentee AS MATERIALIZED (
    SELECT m.person_id FROM people_cohortmembership m JOIN this ON m.cohort_id = this.cohort_id
    JOIN people_person p ON p.organization_id = m.organization_id AND p.id = m.person_id
    WHERE m.organization_id = (SELECT tenancy_organization())
      AND m.start_date <= %(today)s AND (m.end_date IS NULL OR m.end_date > %(today)s)
      AND p.start_date <= %(today)s AND (p.end_date IS NULL OR p.end_date >= %(leaving)s)
), alive AS MATERIALIZED (
    SELECT s.mentor_id, s.tier, count(*) FILTER (WHERE e.person_id IS NULL) AS elsewhere,
           count(*) FILTER (WHERE e.person_id IS NOT NULL) AS here
    FROM mentoring_mentorship s LEFT JOIN mentee e ON e.person_id = s.mentee_id
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.state IN ('offered', 'accepted', 'active')
    GROUP BY 1, 2
), chair AS MATERIALIZED (
    SELECT DISTINCT a.person_id FROM people_appointment a
    JOIN people_position p ON p.organization_id = a.organization_id AND p.id = a.position_id
    WHERE a.organization_id = (SELECT tenancy_organization())
      AND p.type = ANY (%(chairs)s::text[])
      AND a.start_date <= %(today)s AND (a.end_date IS NULL OR a.end_date > %(today)s)
), expertise AS MATERIALIZED (
    SELECT x.mentor_id, array_agg(tag.number ORDER BY tag.number) AS tags,
           array_agg(tag.weight ORDER BY tag.number) AS tag_weights
    FROM mentoring_expertise x JOIN tag ON tag.id = x.tag_id
    WHERE x.organization_id = (SELECT tenancy_organization())
    GROUP BY 1
), rating AS MATERIALIZED (
    SELECT * FROM unnest(%(rated)s::uuid[], %(totals)s::int[], %(numbers)s::int[]) AS r (mentor_id, total, number)
)
INSERT INTO mentoring_matchprofile
    (id, organization_id, run_id, person_id, side, tier, key, level, tags, tag_weights, free_slots, rating_sum,
     rating_count, places, excluded, excluded_why, locked, running)
SELECT gen_random_uuid(), f.organization_id, this.id, f.person_id, 'mentor', c.tier,
       md5('match ' || f.person_id)::uuid, level.level, coalesce(x.tags, '{}'), coalesce(x.tag_weights, '{}'),
       f.free_slots, coalesce(rating.total, 0), coalesce(rating.number, 0),
       greatest(CASE WHEN f.offering
           THEN coalesce((this.places -> f.person_id::text ->> c.tier)::int, c.places) - coalesce(alive.elsewhere, 0)
           ELSE coalesce(alive.here, 0) END, 0),
       '{}', '{}', '{}', '{}'
FROM this
JOIN mentoring_mentorprofile f ON f.organization_id = (SELECT tenancy_organization())
JOIN mentoring_capacity c ON c.organization_id = f.organization_id AND c.mentor_id = f.id AND c.tier = ANY (this.tiers)
JOIN people_person p ON p.organization_id = f.organization_id AND p.id = f.person_id
JOIN level ON level.stage = p.career_stage AND level.grade = p.training_grade
LEFT JOIN alive ON alive.mentor_id = f.person_id AND alive.tier = c.tier
LEFT JOIN rating ON rating.mentor_id = f.person_id
LEFT JOIN expertise x ON x.mentor_id = f.id
WHERE p.start_date <= %(today)s AND (p.end_date IS NULL OR p.end_date >= %(leaving)s)
  AND (f.offering OR alive.here > 0)
  AND CASE c.tier WHEN 'peer' THEN p.career_stage = ANY (%(in_training)s::text[])
                  WHEN 'senior' THEN p.career_stage = ANY (%(attendings)s::text[])
                  ELSE f.person_id IN (SELECT chair.person_id FROM chair) END
