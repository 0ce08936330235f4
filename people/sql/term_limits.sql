-- The rule of terms, once: which of some appointments lie beyond the limit of their position. The clock runs for a person in
-- a position. An interim appointment counts when it lasts longer than the position says. Time away of at least the
-- cool-off lets the clock begin anew; a cool-off of 0 never does. Without an end a term lasts as long as the policy.
CREATE FUNCTION people_over_limit(
    ids uuid[], positions uuid[], people uuid[], starts date[], ends date[], interims boolean[]
) RETURNS TABLE (id uuid, position_id uuid, person_id uuid, terms bigint, years numeric, most integer)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH held AS (
        SELECT a.id, a.position_id, a.person_id, a.interim, a.starts,
               coalesce(a.ends, (a.starts + make_interval(years => p.term_years))::date) AS ends,
               p.max_terms, p.interim_months, p.cool_off_years,
               least(p.most_years, p.term_years * p.max_terms)::integer AS most
        FROM unnest(ids, positions, people, starts, ends, interims)
             AS a (id, position_id, person_id, starts, ends, interim)
        JOIN public.people_position p
          ON p.organization_id = (SELECT public.tenancy_organization()) AND p.id = a.position_id
        WHERE p.hard_limit
    ), counted AS (
        SELECT *, lag(ends) OVER w AS before FROM held
        WHERE NOT interim OR ends > (starts + make_interval(months => interim_months))::date
        WINDOW w AS (PARTITION BY position_id, person_id ORDER BY starts)
    ), clocks AS (
        SELECT *, count(*) FILTER (
            WHERE cool_off_years > 0 AND starts >= (before + make_interval(years => cool_off_years))::date
        ) OVER (PARTITION BY position_id, person_id ORDER BY starts) AS clock
        FROM counted
    ), sums AS (
        -- In calendar years, months and days: a year is a year, whether it has a 29 February or not.
        SELECT *, count(*) FILTER (WHERE NOT interim) OVER w AS terms_so_far,
               sum(extract(year FROM age(ends, starts)) + extract(month FROM age(ends, starts)) / 12
                   + extract(day FROM age(ends, starts)) / 365.25) OVER w AS years_so_far
        FROM clocks WINDOW w AS (PARTITION BY position_id, person_id, clock ORDER BY starts)
    )
    SELECT s.id, s.position_id, s.person_id, s.terms_so_far, round(s.years_so_far, 1), s.most
    FROM sums s
    WHERE (s.terms_so_far > s.max_terms OR round(s.years_so_far, 4) > s.most)
      AND NOT EXISTS (
        SELECT FROM public.people_termexception e
        WHERE e.organization_id = (SELECT public.tenancy_organization()) AND e.position_id = s.position_id
          AND e.person_id = s.person_id AND e.approved_on IS NOT NULL AND e.expires_on >= s.ends - 1)
$$;

-- Refuses what would lie beyond. What only shortens an appointment is never refused: it may be the way back.
CREATE FUNCTION people_guard_terms() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    stray record;
    touched uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY(SELECT n.id FROM new_rows n);
    ELSE
        touched := ARRAY(SELECT n.id FROM new_rows n JOIN old_rows o USING (organization_id, id)
                         WHERE (n.position_id, n.person_id) IS DISTINCT FROM (o.position_id, o.person_id)
                            OR n.interim IS DISTINCT FROM o.interim
                            OR n.start_date < o.start_date OR coalesce(n.end_date, 'infinity') > o.end_date
                            OR (n.end_date > o.start_date AND o.end_date IS NULL));
    END IF;
    IF cardinality(touched) = 0 THEN
        RETURN NULL;
    END IF;
    SELECT f.* INTO stray FROM (
        SELECT array_agg(a.id) AS ids, array_agg(a.position_id) AS positions, array_agg(a.person_id) AS people,
               array_agg(a.start_date) AS starts, array_agg(a.end_date) AS ends, array_agg(a.interim) AS interims
        FROM public.people_appointment a
        JOIN (SELECT DISTINCT organization_id, position_id, person_id FROM new_rows WHERE id = ANY (touched)) n
          USING (organization_id, position_id, person_id)
    ) all_of, people_over_limit(ids, positions, people, starts, ends, interims) f LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the term limit of a position is passed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_term_limit', TABLE = 'people_appointment';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER people_appointment_terms_insert AFTER INSERT ON people_appointment
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_guard_terms();
CREATE TRIGGER people_appointment_terms_update AFTER UPDATE ON people_appointment
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION people_guard_terms();

-- An exception is asked for by one and approved by another; neither is whom it is for, and it is never changed.
CREATE FUNCTION people_guard_exception() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF OLD.approved_on IS NOT NULL
       OR (NEW.id, NEW.position_id, NEW.person_id, NEW.expires_on, NEW.reason, NEW.asked_by_id, NEW.asked_on)
          IS DISTINCT FROM
          (OLD.id, OLD.position_id, OLD.person_id, OLD.expires_on, OLD.reason, OLD.asked_by_id, OLD.asked_on) THEN
        RAISE EXCEPTION 'an exception is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER people_termexception_guard BEFORE UPDATE ON people_termexception
    FOR EACH ROW EXECUTE FUNCTION people_guard_exception();
