-- A badge stays as it was issued and is revoked once. A key is retired once, and its private half goes with it.
-- (Rows are permanent: see the models.)
CREATE FUNCTION passport_guard_award() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := ARRAY['revoked_at', 'revoked_by_id', 'revoke_reason'];
BEGIN
    IF OLD.revoked_at IS NULL AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a badge is not changed in this way' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_award_guard BEFORE UPDATE ON passport_award
    FOR EACH ROW EXECUTE FUNCTION passport_guard_award();

CREATE FUNCTION passport_guard_signing_key() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    free text[] := ARRAY['retired_at', 'private_sealed'];
BEGIN
    IF OLD.retired_at IS NULL AND NEW.retired_at IS NOT NULL
            AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a key is not changed in this way' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_signingkey_guard BEFORE UPDATE ON passport_signingkey
    FOR EACH ROW EXECUTE FUNCTION passport_guard_signing_key();
