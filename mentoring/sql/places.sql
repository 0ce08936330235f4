-- A mentor's places in a tier. `taken` is counted, never told: whoever writes the row, it says how many mentorships
-- take a place. Two acceptances of the last place at once wait for each other at the row of the tier; the second one
-- counts one too many, and the CHECK (taken <= places) refuses it.
CREATE FUNCTION mentoring_count_places() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    NEW.taken := (
        SELECT count(*) FROM public.mentoring_mentorship m
        JOIN public.mentoring_mentorprofile p
            ON p.organization_id = m.organization_id AND p.person_id = m.mentor_id
        WHERE m.organization_id = NEW.organization_id AND p.id = NEW.mentor_id
          AND m.tier = NEW.tier AND m.state IN ('accepted', 'active'));
    RETURN NEW;
END
$$;

CREATE TRIGGER mentoring_capacity_count BEFORE INSERT OR UPDATE ON mentoring_capacity
    FOR EACH ROW EXECUTE FUNCTION mentoring_count_places();

CREATE FUNCTION mentoring_take_place() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    taking constant text[] := ARRAY['accepted', 'active'];
    before constant boolean := TG_OP <> 'INSERT' AND OLD.state = ANY (taking);
    after constant boolean := TG_OP <> 'DELETE' AND NEW.state = ANY (taking);
    subject public.mentoring_mentorship := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF before = after THEN
        RETURN NULL;
    END IF;
    UPDATE public.mentoring_capacity c SET taken = c.taken  -- counted anew by the trigger above
    FROM public.mentoring_mentorprofile p
    WHERE p.organization_id = subject.organization_id AND p.person_id = subject.mentor_id
      AND c.organization_id = subject.organization_id AND c.mentor_id = p.id AND c.tier = subject.tier;
    IF after AND NOT FOUND THEN
        RAISE EXCEPTION 'mentor % offers no places as %', subject.mentor_id, subject.tier
            USING ERRCODE = 'check_violation', CONSTRAINT = 'mentoring_capacity_offered';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER mentoring_mentorship_place AFTER INSERT OR UPDATE OF state OR DELETE ON mentoring_mentorship
    FOR EACH ROW EXECUTE FUNCTION mentoring_take_place();
