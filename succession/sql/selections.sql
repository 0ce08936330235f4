-- What keeps a selection honest, whoever writes: the roll stays as it was frozen, the panel comes from other departments,
-- scores are given apart and stay as they were handed in.

-- The roll: written once, with the selection; later only what belongs to the interviews.
REVOKE UPDATE, DELETE, TRUNCATE ON succession_rollmember FROM PUBLIC, clinicleader_app;
GRANT UPDATE (interviewer_id, offered_for, place, wants_other, declined, held_says_staff, held_says_interviewer)
    ON succession_rollmember TO clinicleader_app;

CREATE FUNCTION succession_guard_roll() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM new_rows n JOIN public.succession_selection s
               ON s.organization_id = n.organization_id AND s.id = n.selection_id WHERE s.asked IS NOT NULL) THEN
        RAISE EXCEPTION 'the roll of a selection is frozen' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER succession_rollmember_frozen AFTER INSERT ON succession_rollmember
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION succession_guard_roll();

CREATE FUNCTION succession_guard_selection() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.state IN ('appointed', 'stopped')
       OR (OLD.asked IS NOT NULL AND (NEW.asked, NEW.position_id, NEW.unit_id, NEW.below, NEW.opened_on, NEW.quorum)
           IS DISTINCT FROM (OLD.asked, OLD.position_id, OLD.unit_id, OLD.below, OLD.opened_on, OLD.quorum))
       OR (OLD.state IN ('selecting', 'decided') AND NEW.criteria IS DISTINCT FROM OLD.criteria) THEN
        RAISE EXCEPTION 'this of a selection is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER succession_selection_guard BEFORE UPDATE ON succession_selection
    FOR EACH ROW EXECUTE FUNCTION succession_guard_selection();

-- Whether somebody works in the department of a position: in the nearest department above the position's unit, or anywhere
-- below that one. A unit above all departments is its own, without what lies below.
CREATE FUNCTION succession_own_department(person uuid, unit uuid) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT coalesce(
        (SELECT works.path LIKE home.path || '%'
         FROM public.people_unit home
         WHERE home.organization_id = of_position.organization_id AND home.kind = 'department'
           AND of_position.path LIKE home.path || '%'
         ORDER BY home.depth DESC LIMIT 1),
        works.id = of_position.id)
    FROM public.people_unit of_position, public.people_person p, public.people_unit works
    WHERE of_position.organization_id = (SELECT public.tenancy_organization()) AND of_position.id = unit
      AND p.organization_id = of_position.organization_id AND p.id = person
      AND works.organization_id = p.organization_id AND works.id = p.unit_id
$$;

CREATE FUNCTION succession_guard_panel() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.selection_id, NEW.person_id) IS DISTINCT FROM (OLD.selection_id, OLD.person_id)
           OR OLD.handed_in_on IS NOT NULL AND (NEW.handed_in_on, NEW.stepped_back) IS DISTINCT FROM
                                               (OLD.handed_in_on, OLD.stepped_back)
              AND (SELECT s.state <> 'preparing' FROM public.succession_selection s
                   WHERE s.organization_id = NEW.organization_id AND s.id = NEW.selection_id) THEN
            RAISE EXCEPTION 'a place on a panel is not given to another' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (SELECT public.succession_own_department(NEW.person_id, p.unit_id)
        FROM public.succession_selection s
        JOIN public.people_position p ON p.organization_id = s.organization_id AND p.id = s.position_id
        WHERE s.organization_id = NEW.organization_id AND s.id = NEW.selection_id) THEN
        RAISE EXCEPTION 'the panel comes from other departments' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'succession_panel_outside', TABLE = 'succession_panelmember';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER succession_panelmember_guard BEFORE INSERT OR UPDATE ON succession_panelmember
    FOR EACH ROW EXECUTE FUNCTION succession_guard_panel();

-- Scores are given apart: one's own, and the others' when all of the panel who stay have handed in. The function belongs
-- to the tables' owner, who passes row security: it names the organisation itself.
CREATE FUNCTION succession_scores_are_open(place uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT own.person_id = nullif(current_setting('clinicleader.actor', true), '')::uuid
        OR NOT EXISTS (
            SELECT FROM public.succession_panelmember other
            WHERE other.organization_id = own.organization_id AND other.selection_id = own.selection_id
              AND NOT other.stepped_back AND other.handed_in_on IS NULL)
    FROM public.succession_panelmember own
    WHERE own.organization_id = public.tenancy_organization() AND own.id = place
$$;
REVOKE ALL ON FUNCTION succession_scores_are_open(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION succession_scores_are_open(uuid) TO clinicleader_app;
CREATE POLICY succession_panelscore_apart ON succession_panelscore AS RESTRICTIVE FOR SELECT TO PUBLIC
    USING (succession_scores_are_open(panel_member_id));

CREATE FUNCTION succession_guard_score() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    given record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT FROM public.succession_panelmember m
               WHERE m.organization_id = given.organization_id AND m.id = given.panel_member_id
                 AND (m.handed_in_on IS NOT NULL OR m.stepped_back)) THEN
        RAISE EXCEPTION 'scores that were handed in stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN given;
END
$$;
CREATE TRIGGER succession_panelscore_guard BEFORE INSERT OR UPDATE OR DELETE ON succession_panelscore
    FOR EACH ROW EXECUTE FUNCTION succession_guard_score();

-- Back from the panel to names: nothing of the scores stays. Whoever causes it may not see them.
CREATE FUNCTION succession_forget_scores() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE public.succession_panelmember m SET handed_in_on = NULL
    WHERE m.organization_id = NEW.organization_id AND m.selection_id = NEW.id AND m.handed_in_on IS NOT NULL;
    DELETE FROM public.succession_panelscore p USING public.succession_panelmember m
    WHERE m.organization_id = NEW.organization_id AND m.selection_id = NEW.id
      AND p.organization_id = m.organization_id AND p.panel_member_id = m.id AND NOT m.stepped_back;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION succession_forget_scores() FROM PUBLIC;
CREATE TRIGGER succession_selection_back AFTER UPDATE ON succession_selection
    FOR EACH ROW WHEN (OLD.state = 'selecting' AND NEW.state = 'preparing') EXECUTE FUNCTION succession_forget_scores();

-- Whose place it is stays: to take somebody off the panel would open the others' scores.
REVOKE DELETE, TRUNCATE ON succession_panelmember FROM PUBLIC, clinicleader_app;
