-- The organisation of the running transaction. Raises when there is none: a policy that silently returned
-- no rows would let a foreign key over an orphan row be accepted as validated.
CREATE FUNCTION tenancy_organization() RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- PostgreSQL leaves '' and not NULL when a transaction-local setting has ended.
    setting text := nullif(current_setting('clinicleader.organization', true), '');
BEGIN
    IF setting IS NULL THEN
        RAISE EXCEPTION 'no organisation in scope' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN setting::bigint;
END
$$;
