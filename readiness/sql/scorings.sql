-- The feed of scores: one entry for the snapshots of one scoring, which have the same first twenty hexadecimal
-- digits in their ids. Once a statement: an entry for each snapshot would double what writing 50,000 costs.
CREATE FUNCTION readiness_note_scoring() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.readiness_scoring (id, organization_id, first)
    SELECT gen_random_uuid(), s.organization_id, s.first
    FROM (SELECT DISTINCT n.organization_id, overlay(n.id::text PLACING '000000000000' FROM 25)::uuid AS first
          FROM new_rows n) s;
    RETURN NULL;
END
$$;

CREATE TRIGGER readiness_snapshot_in_feed AFTER INSERT ON readiness_snapshot
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION readiness_note_scoring();

INSERT INTO readiness_scoring (id, organization_id, first)
SELECT gen_random_uuid(), s.organization_id, s.first
FROM (SELECT DISTINCT organization_id, overlay(id::text PLACING '000000000000' FROM 25)::uuid AS first
      FROM readiness_snapshot) s;
