-- At the close nobody shall tell from places or transactions of the roll's rows who had stopped reminders: all rows
-- of the wave are written anew, one by one in an order of chance, in one transaction.
CREATE FUNCTION surveys_forget_stops(wave uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    entry uuid;
BEGIN
    IF NOT EXISTS (SELECT FROM public.surveys_rollentry r WHERE r.organization_id = organization
                   AND r.wave_id = wave AND NOT r.wants_reminders) THEN
        RETURN;
    END IF;
    FOR entry IN SELECT r.id FROM public.surveys_rollentry r
                 WHERE r.organization_id = organization AND r.wave_id = wave ORDER BY gen_random_uuid()
    LOOP
        UPDATE public.surveys_rollentry r SET wants_reminders = true
        WHERE r.organization_id = organization AND r.id = entry;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION surveys_forget_stops(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION surveys_forget_stops(uuid) TO clinicleader_app;
