-- Stamps that are earned or revoked go into the outbox as events, for the webhooks of an organisation that has
-- any: with the change itself, and whichever room decided about the stamp.
CREATE FUNCTION passport_tell_of_stamps() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenancy_outboxmessage (id, organization_id, topic, payload, created_at)
    SELECT gen_random_uuid(), n.organization_id, 'webhook event',
           jsonb_build_object(
               'kind', CASE n.state WHEN 'verified' THEN 'stamp.earned' ELSE 'stamp.revoked' END,
               'ids', jsonb_build_object('stamp', n.id, 'person', n.person_id, 'milestone', n.milestone_id)),
           clock_timestamp()
    FROM new_rows n
    WHERE n.state IN ('verified', 'revoked') AND EXISTS (
        SELECT FROM public.people_webhookendpoint w
        WHERE w.organization_id = n.organization_id AND w.switched_off_at IS NULL);
    RETURN NULL;
END
$$;

CREATE TRIGGER passport_stamp_new_told AFTER INSERT ON passport_stamp
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION passport_tell_of_stamps();
CREATE TRIGGER passport_stamp_changed_told AFTER UPDATE ON passport_stamp
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION passport_tell_of_stamps();
