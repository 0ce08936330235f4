-- The feed of stamps: one entry for each that was earned or revoked, without a number until somebody reads the
-- feed (tenancy/feeds.py). One statement, however many stamps were written.
CREATE FUNCTION passport_note_stamp_changes() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.passport_stampchange (id, organization_id, stamp_id)
    SELECT gen_random_uuid(), n.organization_id, n.id FROM new_rows n WHERE n.state IN ('verified', 'revoked')
    ON CONFLICT (organization_id, stamp_id) DO UPDATE SET number = NULL;
    RETURN NULL;
END
$$;

CREATE TRIGGER passport_stamp_new_in_feed AFTER INSERT ON passport_stamp
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION passport_note_stamp_changes();
CREATE TRIGGER passport_stamp_changed_in_feed AFTER UPDATE ON passport_stamp
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION passport_note_stamp_changes();

INSERT INTO passport_stampchange (id, organization_id, stamp_id)
SELECT gen_random_uuid(), organization_id, id FROM passport_stamp WHERE state IN ('verified', 'revoked');
