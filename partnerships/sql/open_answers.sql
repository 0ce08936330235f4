-- A second wall round the answers of a partnership check, inside the organisation's: whoever acts sees their own;
-- the other's when all who are asked have answered; and whoever is not asked nothing unless all have agreed to it.
-- It counts the answers themselves: no flag that the application writes opens it.
-- The function belongs to the tables' owner, who passes row security: it names the organisation itself.
CREATE FUNCTION partnerships_answer_is_open(asked uuid, author uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
WITH actor AS (
    SELECT nullif(current_setting('clinicleader.actor', true), '')::uuid AS id
), place AS (
    SELECT p.person_id, p.shared_since,
           EXISTS (SELECT FROM public.partnerships_checkanswer a
                   WHERE a.organization_id = p.organization_id AND a.check_round_id = p.check_round_id
                     AND a.person_id = p.person_id) AS answered
    FROM public.partnerships_checkplace p
    WHERE p.organization_id = public.tenancy_organization() AND p.check_round_id = asked
)
SELECT coalesce(author = actor.id, false)
    OR (coalesce((SELECT bool_and(answered) FROM place), false)
        AND (EXISTS (SELECT FROM place WHERE place.person_id = actor.id)
             OR (SELECT bool_and(shared_since IS NOT NULL) FROM place)))
FROM actor
$$;

REVOKE ALL ON FUNCTION partnerships_answer_is_open(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partnerships_answer_is_open(uuid, uuid) TO clinicleader_app;

CREATE POLICY partnerships_checkanswer_open ON partnerships_checkanswer AS RESTRICTIVE FOR SELECT TO PUBLIC
    USING (partnerships_answer_is_open(check_round_id, person_id));

-- Who is asked stays asked: to take somebody off the roll would open the others' answers.
REVOKE UPDATE, DELETE, TRUNCATE ON partnerships_checkplace FROM PUBLIC, clinicleader_app;
GRANT UPDATE (answered_at, reminded_on, shared_since) ON partnerships_checkplace TO clinicleader_app;
