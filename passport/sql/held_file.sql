-- A file comes in waiting and is found clean or refused once; what was handed in stays what it was.
CREATE FUNCTION passport_guard_held_file() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    found text[] := ARRAY['state', 'finding', 'scanner', 'scanned_at', 'readable'];
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state = 'waiting' THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND OLD.sha256 = '' THEN
        -- From before files were held: what it is is known with the first look.
        found := found || ARRAY['sha256', 'size'];
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'waiting' AND to_jsonb(NEW) - found = to_jsonb(OLD) - found THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a file is checked once, and read when it is clean' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_heldfile_guard BEFORE INSERT OR UPDATE ON passport_heldfile
    FOR EACH ROW EXECUTE FUNCTION passport_guard_held_file();

-- A stamp is decided once; a verified one can only be revoked; whatever was claimed and shown stays as it was,
-- but for a file that was refused, which may be replaced until somebody decides. Nobody verifies by a file
-- that they could not read. A claim that nobody has decided may be withdrawn (deleted). The tables' owner may
-- erase (see tenancy_is_owner).
CREATE OR REPLACE FUNCTION passport_guard_stamp() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := ARRAY[]::text[];
BEGIN
    IF TG_OP = 'DELETE' AND (OLD.state = 'submitted' OR public.tenancy_is_owner(TG_RELID)) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' THEN
        free := CASE
            WHEN OLD.state = 'submitted' AND NEW.state IN ('verified', 'declined')
                THEN ARRAY['state', 'rule', 'verified_by_id', 'decided_at', 'decision_note']
            WHEN OLD.state = 'verified' AND NEW.state = 'revoked'
                THEN ARRAY['state', 'revoked_by_id', 'revoked_at', 'revoke_reason']
            WHEN OLD.state = 'submitted' AND NEW.state = 'submitted'
                AND public.passport_file_state(OLD.organization_id, OLD.file) = 'refused'
                THEN ARRAY['file', 'file_name']
            ELSE ARRAY[]::text[] END;
        IF OLD.state = 'submitted' AND NEW.state = 'verified' AND NEW.file <> ''
            AND public.passport_file_state(NEW.organization_id, NEW.file) <> 'clean'
        THEN
            RAISE EXCEPTION 'a stamp is verified by files that are clean' USING ERRCODE = 'restrict_violation';
        ELSIF to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a % stamp is not changed in this way', OLD.state USING ERRCODE = 'restrict_violation';
END
$$;

CREATE FUNCTION passport_file_state(organization bigint, stored text) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(
        (SELECT h.state FROM public.passport_heldfile h WHERE h.organization_id = organization AND h.path = stored),
        'waiting')
$$;
