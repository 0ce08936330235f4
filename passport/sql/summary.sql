-- What a summary said stays said; its code may be revoked, once. The tables' owner may erase.
CREATE FUNCTION passport_guard_summary() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND OLD.revoked_at IS NULL
        AND to_jsonb(NEW) - 'revoked_at' = to_jsonb(OLD) - 'revoked_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a summary that was issued stays as it is' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER passport_summary_guard BEFORE UPDATE OR DELETE ON passport_promotionsummary
    FOR EACH ROW EXECUTE FUNCTION passport_guard_summary();
CREATE TRIGGER passport_summary_keep BEFORE TRUNCATE ON passport_promotionsummary
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change();
