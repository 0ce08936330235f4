-- The audit trail. Its table and functions belong to a role that nobody can log in as; the application's
-- role may read it, under row security, and reaches it in no other way.
CREATE TABLE tenancy_audit (
    organization_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    -- Rows become visible in the order of commits, not of ids: seals are cut by transaction.
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id uuid,
    request_id text NOT NULL,
    reason text NOT NULL,
    table_name text NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    change jsonb NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX tenancy_audit_key ON tenancy_audit (organization_id, key);
CREATE INDEX tenancy_audit_actor ON tenancy_audit (organization_id, actor_id, id);
CREATE INDEX tenancy_audit_at ON tenancy_audit USING brin (at);

CREATE TABLE tenancy_audit_seal (
    organization_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    number integer NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    from_xact xid8 NOT NULL,
    to_xact xid8 NOT NULL,
    row_count bigint NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (organization_id, number)
);

ALTER TABLE tenancy_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY tenancy_audit_tenant ON tenancy_audit TO PUBLIC
    USING (organization_id = (SELECT tenancy_organization()))
    WITH CHECK (organization_id = (SELECT tenancy_organization()));
ALTER TABLE tenancy_audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy_audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY tenancy_audit_seal_tenant ON tenancy_audit_seal TO PUBLIC
    USING (organization_id = (SELECT tenancy_organization()))
    WITH CHECK (organization_id = (SELECT tenancy_organization()));

-- Statement triggers: one insert for each statement, however many rows it touched. The trigger's arguments
-- name columns whose values are never written here; that they changed is.
CREATE FUNCTION tenancy_redacted(change jsonb, columns text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN columns IS NULL OR columns = '{}' THEN change
    ELSE (SELECT coalesce(jsonb_object_agg(key, CASE WHEN key = ANY (columns) THEN '"redacted"' ELSE value END), '{}')
          FROM jsonb_each(change)) END
$$;

CREATE FUNCTION tenancy_record_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenancy_audit
        (organization_id, actor_id, request_id, reason, table_name, operation, key, change)
    SELECT n.organization_id,
           nullif(current_setting('clinicleader.actor', true), '')::uuid,
           coalesce(current_setting('clinicleader.request', true), ''),
           coalesce(current_setting('clinicleader.reason', true), ''),
           TG_TABLE_NAME, 'insert', n.id::text,
           public.tenancy_redacted(to_jsonb(n) - 'organization_id' - 'id', TG_ARGV)
    FROM new_rows n;
    RETURN NULL;
END
$$;

CREATE FUNCTION tenancy_record_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenancy_audit
        (organization_id, actor_id, request_id, reason, table_name, operation, key, change)
    SELECT n.organization_id,
           nullif(current_setting('clinicleader.actor', true), '')::uuid,
           coalesce(current_setting('clinicleader.request', true), ''),
           coalesce(current_setting('clinicleader.reason', true), ''),
           TG_TABLE_NAME, 'update', n.id::text,
           public.tenancy_redacted(d.change, TG_ARGV)
    FROM old_rows o
    JOIN new_rows n USING (id)
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(key, jsonb_build_array(b.value, a.value)) AS change
        FROM jsonb_each(to_jsonb(o)) b JOIN jsonb_each(to_jsonb(n)) a USING (key)
        WHERE a.value IS DISTINCT FROM b.value
    ) d
    WHERE d.change IS NOT NULL;
    RETURN NULL;
END
$$;

CREATE FUNCTION tenancy_record_delete() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO public.tenancy_audit
        (organization_id, actor_id, request_id, reason, table_name, operation, key, change)
    SELECT o.organization_id,
           nullif(current_setting('clinicleader.actor', true), '')::uuid,
           coalesce(current_setting('clinicleader.request', true), ''),
           coalesce(current_setting('clinicleader.reason', true), ''),
           TG_TABLE_NAME, 'delete', o.id::text,
           public.tenancy_redacted(to_jsonb(o) - 'organization_id' - 'id', TG_ARGV)
    FROM old_rows o;
    RETURN NULL;
END
$$;

-- The digest of all rows whose transactions lie in [from_xact, to_xact), chained to the seal before.
CREATE FUNCTION tenancy_audit_digest(previous bytea, from_xact xid8, to_xact xid8)
RETURNS TABLE (row_count bigint, digest bytea)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $$
    SELECT count(*),
           sha256(previous || coalesce(string_agg(sha256(convert_to(
               concat_ws('|', a.id, a.xact, extract(epoch FROM a.at), a.actor_id, to_jsonb(a.request_id),
                         to_jsonb(a.reason), a.table_name, a.operation, to_jsonb(a.key), a.change), 'UTF8')),
               ''::bytea ORDER BY a.id), ''::bytea))
    FROM public.tenancy_audit a
    WHERE a.organization_id = public.tenancy_organization() AND a.xact >= from_xact AND a.xact < to_xact
$$;

-- Seals everything of the organisation in scope that no running transaction can still add to.
CREATE FUNCTION tenancy_seal_audit() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    last public.tenancy_audit_seal;
    upto xid8 := pg_snapshot_xmin(pg_current_snapshot());
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('tenancy_seal_audit'), organization::integer);
    SELECT * INTO last FROM public.tenancy_audit_seal s
        WHERE s.organization_id = organization ORDER BY s.number DESC LIMIT 1;
    INSERT INTO public.tenancy_audit_seal (organization_id, number, from_xact, to_xact, row_count, digest)
    SELECT organization, coalesce(last.number, 0) + 1, coalesce(last.to_xact, '0'::xid8), upto, d.row_count, d.digest
    FROM public.tenancy_audit_digest(coalesce(last.digest, ''::bytea), coalesce(last.to_xact, '0'::xid8), upto) d;
    RETURN coalesce(last.number, 0) + 1;
END
$$;

ALTER TABLE tenancy_audit OWNER TO clinicleader_audit;
ALTER TABLE tenancy_audit_seal OWNER TO clinicleader_audit;
ALTER FUNCTION tenancy_record_insert() OWNER TO clinicleader_audit;
ALTER FUNCTION tenancy_record_update() OWNER TO clinicleader_audit;
ALTER FUNCTION tenancy_record_delete() OWNER TO clinicleader_audit;
ALTER FUNCTION tenancy_seal_audit() OWNER TO clinicleader_audit;

SET LOCAL ROLE clinicleader_audit;
REVOKE ALL ON FUNCTION tenancy_record_insert(), tenancy_record_update(), tenancy_record_delete() FROM PUBLIC;
REVOKE ALL ON tenancy_audit, tenancy_audit_seal FROM PUBLIC, clinicleader_app, clinicleader_owner;
GRANT SELECT ON tenancy_audit, tenancy_audit_seal TO clinicleader_app, clinicleader_owner;
-- Backups are taken by the owner; the values of the sequences are part of them.
GRANT SELECT ON SEQUENCE tenancy_audit_id_seq, tenancy_audit_seal_id_seq TO clinicleader_owner;
-- Only the owner may attach the triggers: on a temporary table of its own anyone else could forge entries.
GRANT EXECUTE ON FUNCTION tenancy_record_insert(), tenancy_record_update(), tenancy_record_delete()
    TO clinicleader_owner;
RESET ROLE;
