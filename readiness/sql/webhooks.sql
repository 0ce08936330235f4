-- A scoring goes into the outbox as one event, for the webhooks of an organisation that has any: 50,000 scores are
-- fetched by the list of changes, not told one by one.
CREATE FUNCTION readiness_tell_of_scores() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenancy_outboxmessage (id, organization_id, topic, payload, created_at)
    SELECT gen_random_uuid(), s.organization_id, 'webhook event',
           jsonb_build_object('kind', 'scores.released', 'ids', jsonb_build_object('quarter', s.quarter)),
           clock_timestamp()
    FROM (SELECT DISTINCT organization_id, quarter FROM new_rows) s
    WHERE EXISTS (
        SELECT FROM public.people_webhookendpoint w
        WHERE w.organization_id = s.organization_id AND w.switched_off_at IS NULL);
    RETURN NULL;
END
$$;

CREATE TRIGGER readiness_snapshot_told AFTER INSERT ON readiness_snapshot
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION readiness_tell_of_scores();
