-- What the matcher is told of the mentees of a run: one row for each of them and each tier. After freeze_mentors.sql,
-- with the same parameters.
--
-- Kept apart from a mentee: who leads them, and who leads those (both have a say in the appraisal); who reports to
-- them; mentors of pairs that were declined; whom they have in another tier; whom the director keeps apart.
-- Held fast: what the director locks; and a pair that goes on with somebody who takes nobody new.
WITH this AS MATERIALIZED (
    SELECT r.id, r.organization_id, r.cohort_id, r.tiers FROM mentoring_matchrun r
    WHERE r.organization_id = (SELECT tenancy_organization()) AND r.id = %(run)s
), level AS MATERIALIZED (
    SELECT * FROM unnest(%(stages)s::text[], %(grades)s::text[], %(levels)s::int[]) AS l (stage, grade, level)
), tag AS MATERIALIZED (
    SELECT t.id, t.weight, row_number() OVER (ORDER BY t.id) - 1 AS number FROM mentoring_tag t
    WHERE t.organization_id = (SELECT tenancy_organization())
      AND (t.retired_on IS NULL OR t.retired_on > %(today)s)
), mentee AS MATERIALIZED (
    SELECT p.id, level.level FROM people_cohortmembership m
    JOIN this ON m.cohort_id = this.cohort_id
    JOIN people_person p ON p.organization_id = m.organization_id AND p.id = m.person_id
    JOIN level ON level.stage = p.career_stage AND level.grade = p.training_grade
    WHERE m.organization_id = (SELECT tenancy_organization())
      AND m.start_date <= %(today)s AND (m.end_date IS NULL OR m.end_date > %(today)s)
      AND p.start_date <= %(today)s AND (p.end_date IS NULL OR p.end_date >= %(leaving)s)
), mentor AS MATERIALIZED (
    SELECT m.person_id, m.tier, m.key, f.offering FROM mentoring_matchprofile m
    JOIN this ON m.run_id = this.id
    JOIN mentoring_mentorprofile f ON f.organization_id = m.organization_id AND f.person_id = m.person_id
    WHERE m.organization_id = (SELECT tenancy_organization()) AND m.side = 'mentor'
), line AS MATERIALIZED (
    SELECT l.person_id, l.manager_id FROM people_reportingline l
    WHERE l.organization_id = (SELECT tenancy_organization())
      AND l.start_date <= %(today)s AND (l.end_date IS NULL OR l.end_date > %(today)s)
), alive AS MATERIALIZED (
    SELECT s.mentee_id, s.mentor_id, s.tier, s.state = 'active' AS runs FROM mentoring_mentorship s
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.state IN ('offered', 'accepted', 'active')
), rule AS MATERIALIZED (
    SELECT r.mentee_id, r.mentor_id, r.tier, r.kind FROM mentoring_pairrule r
    JOIN this ON r.cohort_id = this.cohort_id
    WHERE r.organization_id = (SELECT tenancy_organization())
), apart AS (
    SELECT mentee.id AS mentee_id, line.manager_id AS mentor_id, '' AS tier, 'line_manager' AS why
    FROM mentee JOIN line ON line.person_id = mentee.id
    UNION ALL
    SELECT mentee.id, above.manager_id, '', 'evaluator'
    FROM mentee JOIN line ON line.person_id = mentee.id JOIN line above ON above.person_id = line.manager_id
    UNION ALL
    SELECT mentee.id, line.person_id, '', 'reports_to' FROM mentee JOIN line ON line.manager_id = mentee.id
    UNION ALL
    SELECT mentee.id, mentee.id, '', 'oneself' FROM mentee
    UNION ALL
    SELECT s.mentee_id, s.mentor_id, s.tier, 'declined' FROM mentoring_mentorship s
    JOIN mentee ON mentee.id = s.mentee_id
    WHERE s.organization_id = (SELECT tenancy_organization()) AND s.state = 'declined'
    UNION ALL
    SELECT rule.mentee_id, rule.mentor_id, rule.tier, 'excluded' FROM rule WHERE rule.kind = 'exclude'
), apart_in_tier AS (
    SELECT apart.mentee_id, mentor.tier, mentor.key, apart.why FROM apart
    JOIN mentor ON mentor.person_id = apart.mentor_id AND apart.tier IN ('', mentor.tier)
    UNION ALL
    SELECT alive.mentee_id, mentor.tier, mentor.key, 'other_tier' FROM alive
    JOIN mentor ON mentor.person_id = alive.mentor_id AND mentor.tier <> alive.tier
    JOIN mentee ON mentee.id = alive.mentee_id
), excluded AS MATERIALIZED (
    SELECT a.mentee_id, a.tier, array_agg(a.key ORDER BY a.key, a.why) AS keys,
           array_agg(a.why ORDER BY a.key, a.why) AS why
    FROM apart_in_tier a GROUP BY 1, 2
), running AS MATERIALIZED (
    SELECT alive.mentee_id, alive.tier, array_agg(mentor.key) AS keys,
           coalesce(array_agg(mentor.key) FILTER (WHERE NOT mentor.offering
               AND NOT coalesce(mentor.key = ANY (excluded.keys), false)), '{}') AS held
    FROM alive JOIN mentee ON mentee.id = alive.mentee_id
    JOIN mentor ON mentor.person_id = alive.mentor_id AND mentor.tier = alive.tier
    LEFT JOIN excluded ON excluded.mentee_id = alive.mentee_id AND excluded.tier = alive.tier
    LEFT JOIN alive asked ON asked.mentee_id = alive.mentee_id AND asked.tier = alive.tier AND NOT asked.runs
    -- Where somebody else has been asked to take over, that is the pair to keep.
    WHERE NOT alive.runs OR asked.mentee_id IS NULL
    GROUP BY 1, 2
), locked AS MATERIALIZED (
    SELECT rule.mentee_id, rule.tier, array_agg(md5('match ' || rule.mentor_id)::uuid) AS keys
    FROM rule WHERE rule.kind = 'lock' GROUP BY 1, 2
), interest AS MATERIALIZED (
    SELECT i.person_id, array_agg(tag.number ORDER BY tag.number) AS tags,
           array_agg(tag.weight ORDER BY tag.number) AS tag_weights
    FROM mentoring_interest i JOIN tag ON tag.id = i.tag_id
    WHERE i.organization_id = (SELECT tenancy_organization())
    GROUP BY 1
)
INSERT INTO mentoring_matchprofile
    (id, organization_id, run_id, person_id, side, tier, key, level, tags, tag_weights, free_slots, rating_sum,
     rating_count, places, excluded, excluded_why, locked, running)
SELECT gen_random_uuid(), this.organization_id, this.id, mentee.id, 'mentee', tier.tier,
       md5('match ' || mentee.id)::uuid, mentee.level, coalesce(interest.tags, '{}'),
       coalesce(interest.tag_weights, '{}'), 0, 0, 0, 0,
       coalesce(excluded.keys, '{}'), coalesce(excluded.why, '{}'),
       coalesce(locked.keys, running.held, '{}'), coalesce(running.keys, '{}')
FROM this CROSS JOIN unnest(this.tiers) AS tier (tier) CROSS JOIN mentee
LEFT JOIN interest ON interest.person_id = mentee.id
LEFT JOIN excluded ON excluded.mentee_id = mentee.id AND excluded.tier = tier.tier
LEFT JOIN running ON running.mentee_id = mentee.id AND running.tier = tier.tier
LEFT JOIN locked ON locked.mentee_id = mentee.id AND locked.tier = tier.tier
-- Peers are for whoever is in training.
WHERE tier.tier <> 'peer' OR mentee.level BETWEEN 1 AND %(longest)s
