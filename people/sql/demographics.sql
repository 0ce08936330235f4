-- What people say about themselves. The application's role has no right to the table: a person's own
-- declaration is written, read and withdrawn through these functions, keyed on the actor of the running
-- transaction, and nobody else's is reached by anything. (Representation at group level gets one function of
-- its own, with small-cell rules, where it is needed.)
REVOKE ALL ON people_demographics FROM clinicleader_app;

-- The functions run as the tables' owner, whom row policies do not bind: each names the organisation itself.
CREATE FUNCTION people_actor() RETURNS uuid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    setting text := nullif(current_setting('clinicleader.actor', true), '');
BEGIN
    IF setting IS NULL THEN
        RAISE EXCEPTION 'no actor in scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN setting::uuid;
END
$$;

CREATE FUNCTION people_declare_demographics(new_gender text, new_ethnicity text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.people_demographics (organization_id, id, person_id, gender, ethnicity, declared_at)
    VALUES (public.tenancy_organization(), gen_random_uuid(), public.people_actor(),
            new_gender, new_ethnicity, clock_timestamp())
    ON CONFLICT (organization_id, person_id)
    DO UPDATE SET gender = excluded.gender, ethnicity = excluded.ethnicity, declared_at = excluded.declared_at;
END
$$;

CREATE FUNCTION people_own_demographics() RETURNS TABLE (gender text, ethnicity text, declared_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    RETURN QUERY SELECT d.gender::text, d.ethnicity::text, d.declared_at FROM public.people_demographics d
        WHERE d.organization_id = public.tenancy_organization() AND d.person_id = public.people_actor();
END
$$;

CREATE FUNCTION people_withdraw_demographics() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM public.people_demographics d
        WHERE d.organization_id = public.tenancy_organization() AND d.person_id = public.people_actor();
    RETURN FOUND;
END
$$;

REVOKE ALL ON FUNCTION people_declare_demographics(text, text), people_own_demographics(),
    people_withdraw_demographics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_declare_demographics(text, text), people_own_demographics(),
    people_withdraw_demographics() TO clinicleader_app;
