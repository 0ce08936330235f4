-- For tables whose rows are never changed and never removed. Attached by the constraint tenancy.walls.AppendOnly.
-- The tables' owner alone may delete: an organisation that leaves is erased by the operator. Not even the owner
-- updates.
CREATE FUNCTION tenancy_is_owner(subject oid) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT relowner = current_user::regrole FROM pg_class WHERE oid = subject $$;

CREATE FUNCTION tenancy_refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
