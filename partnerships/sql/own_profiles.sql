-- Beside the wall of the organisation: a profile is its owner's. Whatever a page or a statement asks for, it is shown
-- to them, and to those they showed it to for as long as both lead the same unit together (C17). Nobody writes,
-- changes or removes it for somebody else.
CREATE POLICY partnerships_profile_seen ON partnerships_profile AS RESTRICTIVE FOR SELECT TO PUBLIC USING (
    EXISTS (
        SELECT FROM partnerships_programmeparticipant own
        WHERE own.id = participant_id
          AND (own.person_id = (SELECT nullif(current_setting('clinicleader.actor', true), '')::uuid)
               OR ((SELECT nullif(current_setting('clinicleader.actor', true), '')::uuid) = ANY (readers)
                   AND EXISTS (
                       SELECT FROM partnerships_partner mine
                       JOIN partnerships_partner other ON other.partnership_id = mine.partnership_id
                       WHERE mine.partnership_id = own.partnership_id AND mine.person_id = own.person_id
                         AND other.person_id = (SELECT nullif(current_setting('clinicleader.actor', true), '')::uuid)
                         AND mine.end_date IS NULL AND other.end_date IS NULL)))
    )
);
CREATE POLICY partnerships_profile_kept ON partnerships_profile AS RESTRICTIVE FOR INSERT TO PUBLIC WITH CHECK (
    participant_id IN (
        SELECT own.id FROM partnerships_programmeparticipant own
        WHERE own.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid)
);
CREATE POLICY partnerships_profile_changed ON partnerships_profile AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (
    participant_id IN (
        SELECT own.id FROM partnerships_programmeparticipant own
        WHERE own.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid)
);
CREATE POLICY partnerships_profile_dropped ON partnerships_profile AS RESTRICTIVE FOR DELETE TO PUBLIC USING (
    participant_id IN (
        SELECT own.id FROM partnerships_programmeparticipant own
        WHERE own.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid)
);

-- How many of a programme keep one, from five on (surveys.disclosure.THRESHOLD_FLOOR): all that others learn.
-- The function belongs to the tables' owner, who passes row security: it names the organisation itself.
CREATE FUNCTION partnerships_profiles_kept(programme uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT CASE WHEN count(*) >= 5 THEN count(*) END
FROM public.partnerships_profile p
JOIN public.partnerships_programmeparticipant own
  ON own.organization_id = p.organization_id AND own.id = p.participant_id
WHERE p.organization_id = public.tenancy_organization() AND own.programme_id = programme AND own.left_on IS NULL
$$;

REVOKE ALL ON FUNCTION partnerships_profiles_kept(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partnerships_profiles_kept(uuid) TO clinicleader_app;
