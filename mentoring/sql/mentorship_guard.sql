-- A mentorship goes from the offer to the end, each step once. Who, which tier, who began it and why stays as it was;
-- what is over is not changed, and nothing is removed. It may begin in any state: earlier ones are brought along.
CREATE FUNCTION mentoring_guard_mentorship() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    over constant text[] := ARRAY['state', 'over_on', 'over_by_id', 'over_cause', 'over_reason'];
    free text[] := CASE
        WHEN OLD.state = 'offered' AND NEW.state = 'accepted' THEN ARRAY['state', 'accepted_on']
        -- The mentee asked for it: the mentor's yes is the second one.
        WHEN OLD.state = 'offered' AND NEW.state = 'active' AND OLD.initiator = 'mentee'
            THEN ARRAY['state', 'accepted_on', 'started_on', 'planned_end']
        WHEN OLD.state = 'accepted' AND NEW.state = 'active' THEN ARRAY['state', 'started_on', 'planned_end']
        WHEN OLD.state IN ('offered', 'accepted') AND NEW.state IN ('declined', 'withdrawn') THEN over
        WHEN OLD.state = 'active' AND NEW.state = 'ended' THEN over
        WHEN OLD.state = 'active' AND NEW.state = 'active' THEN ARRAY['planned_end', 'extended_why']
        ELSE ARRAY[]::text[] END;
BEGIN
    IF TG_OP = 'DELETE' AND public.tenancy_is_owner(TG_RELID) THEN
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - free = to_jsonb(OLD) - free THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a mentorship that is % is not changed in this way', OLD.state USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER mentoring_mentorship_guard BEFORE UPDATE OR DELETE ON mentoring_mentorship
    FOR EACH ROW EXECUTE FUNCTION mentoring_guard_mentorship();
CREATE TRIGGER mentoring_mentorship_keep BEFORE TRUNCATE ON mentoring_mentorship
    FOR EACH STATEMENT EXECUTE FUNCTION tenancy_refuse_change();
