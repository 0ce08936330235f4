-- A stamp is decided once; a verified one can only be revoked; whatever was claimed and shown stays as it was.
-- A claim that nobody has decided may be withdrawn (deleted). The tables' owner may erase (see tenancy_is_owner).
CREATE FUNCTION passport_guard_stamp() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := CASE
        WHEN OLD.state = 'submitted' AND NEW.state IN ('verified', 'declined')
            THEN ARRAY['state', 'rule', 'verified_by_id', 'decided_at', 'decision_note']
        WHEN OLD.state = 'verified' AND NEW.state = 'revoked'
            THEN ARRAY['state', 'revoked_by_id', 'revoked_at', 'revoke_reason']
        ELSE ARRAY[]::text[] END;
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.state = 'submitted' OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a % stamp is not changed in this way', OLD.state USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_stamp_guard BEFORE UPDATE OR DELETE ON passport_stamp
    FOR EACH ROW EXECUTE FUNCTION passport_guard_stamp();
CREATE TRIGGER passport_stamp_keep BEFORE TRUNCATE ON passport_stamp
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change();
