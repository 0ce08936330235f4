-- The map with what became of somebody's claims: a row for each claim, for each milestone in force without one,
-- and for each stage without milestones. A retired milestone, or one for other professions, stays with those who
-- claimed it.
SELECT stage.id,
       stage.key,
       stage.name,
       stage.focus,
       stage.position,
       milestone.id,
       milestone.stage_id,
       milestone.title,
       milestone.description,
       milestone.dimension,
       milestone.points,
       milestone.required,
       milestone.position,
       milestone.icon,
       milestone.tone,
       milestone.retired_on,
       stamp.id,
       stamp.person_id,
       stamp.milestone_id,
       stamp.state,
       stamp.earned_on,
       stamp.prior_learning,
       stamp.submitted_on,
       stamp.rule,
       stamp.verified_by_id,
       stamp.decided_at,
       stamp.decision_note,
       verifier.id,
       verifier.given_name,
       verifier.family_name,
       is_on_map
FROM passport_stage AS stage
LEFT JOIN (
    passport_milestone AS milestone
    CROSS JOIN LATERAL (
        SELECT (milestone.retired_on IS NULL OR milestone.retired_on > %(on)s)
           AND (milestone.professions = '{}' OR EXISTS (
                SELECT FROM people_person AS person
                WHERE person.organization_id = milestone.organization_id AND person.id = %(person)s
                  AND person.profession = ANY (milestone.professions))) AS is_on_map
    ) AS map
    LEFT JOIN passport_stamp AS stamp
           ON stamp.organization_id = milestone.organization_id AND stamp.milestone_id = milestone.id
          AND stamp.person_id = %(person)s
    LEFT JOIN people_person AS verifier
           ON verifier.organization_id = stamp.organization_id AND verifier.id = stamp.verified_by_id
) ON milestone.organization_id = stage.organization_id AND milestone.stage_id = stage.id
 AND (is_on_map OR stamp.id IS NOT NULL)
WHERE stage.organization_id = %(organization)s
ORDER BY stage.position, milestone.position, milestone.title
