-- What people say about themselves. The application's role may put declarations in (a file of them, one day) and
-- never gets one out: no row can be selected, changed or removed but by the functions below, and these reach the
-- acting person's own row alone.
REVOKE ALL ON people_demographics FROM PUBLIC, clinicleader_app;
GRANT INSERT ON people_demographics TO clinicleader_app;

CREATE FUNCTION people_actor() RETURNS uuid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting text := nullif(current_setting('clinicleader.actor', true), '');
BEGIN
    IF setting IS NULL THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN setting::uuid;
END
$$;

-- The functions belong to the tables' owner, who passes row security: each names organisation and person itself.
CREATE FUNCTION people_own_demographics()
RETURNS TABLE (gender text, ethnicity text, declared_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT d.gender::text, d.ethnicity::text, d.declared_at FROM public.people_demographics d
    WHERE d.organization_id = public.tenancy_organization() AND d.person_id = public.people_actor()
$$;

CREATE FUNCTION people_declare_demographics(new_gender text, new_ethnicity text) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO public.people_demographics (id, organization_id, person_id, gender, ethnicity, declared_at)
    VALUES (gen_random_uuid(), public.tenancy_organization(), public.people_actor(),
            new_gender, new_ethnicity, now())
    ON CONFLICT (organization_id, person_id) DO UPDATE
        SET gender = excluded.gender, ethnicity = excluded.ethnicity, declared_at = excluded.declared_at
$$;

CREATE FUNCTION people_withdraw_demographics() RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    DELETE FROM public.people_demographics d
    WHERE d.organization_id = public.tenancy_organization() AND d.person_id = public.people_actor()
$$;

-- Whoever is erased takes the declaration along: the key itself removes it, which the application could not.
ALTER TABLE people_demographics DROP CONSTRAINT people_demographics_person_link;
ALTER TABLE people_demographics ADD CONSTRAINT people_demographics_person_link
    FOREIGN KEY (organization_id, person_id) REFERENCES people_person (organization_id, id) ON DELETE CASCADE;

REVOKE ALL ON FUNCTION people_own_demographics(), people_declare_demographics(text, text),
    people_withdraw_demographics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_own_demographics(), people_declare_demographics(text, text),
    people_withdraw_demographics() TO clinicleader_app;
