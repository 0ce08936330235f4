-- Representation in the pools, told once a year in groups. Beside people's own page and the fairness report of the matcher
-- nothing else reads what people declared about themselves; what may be told is decided here. The rules are those of
-- representation_release.py, which tests compare this file with.
REVOKE ALL ON succession_countedperson FROM PUBLIC, clinicleader_app;
-- The space of answers that were taken back, and of years that were kept back, is cleared.
GRANT MAINTAIN ON succession_countedperson TO clinicleader_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON succession_representationtelling, succession_representationfigure
    FROM PUBLIC, clinicleader_app;
-- The planner's statistics are copies of values: none are taken of answers.
ALTER TABLE succession_countedperson ALTER answer SET STATISTICS 0;
-- Whoever is erased leaves a row that is nobody's: the sum that was told stays the sum of what is here.
ALTER TABLE succession_countedperson DROP CONSTRAINT succession_countedperson_person_link;
ALTER TABLE succession_countedperson ADD CONSTRAINT succession_countedperson_person_link
    FOREIGN KEY (organization_id, person_id) REFERENCES people_person (organization_id, id)
    ON DELETE SET NULL (person_id);

-- Whether so many of each group may be told of a set of people: ten people, five of each of two groups or more, and of those
-- who did not declare five or nobody. `groups` in their order, `silent`: who did not declare.
CREATE FUNCTION succession_may_tell(groups bigint[], silent bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((SELECT sum(n) FROM unnest(groups) n), 0) + silent >= 10
       AND cardinality(groups) >= 2 AND (SELECT min(n) FROM unnest(groups) n) >= 5
       AND (silent = 0 OR silent >= 5)
$$;

-- The groups as they are told: by themselves, small ones together and last. `names` with their numbers in pools and outside.
CREATE FUNCTION succession_join_groups(names text[], pool bigint[], rest bigint[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    together integer[];
    alone integer[];
    places integer[];
    in_pool bigint := 0;
    outside bigint := 0;
    place integer;
BEGIN
    places := ARRAY(SELECT at FROM generate_subscripts(names, 1) at ORDER BY least(pool[at], rest[at]), at);
    together := ARRAY(SELECT at FROM unnest(places) WITH ORDINALITY p (at, o)
                      WHERE least(pool[at], rest[at]) < 5 ORDER BY o);
    alone := ARRAY(SELECT at FROM unnest(places) WITH ORDINALITY p (at, o)
                   WHERE least(pool[at], rest[at]) >= 5 ORDER BY o);
    FOREACH place IN ARRAY together LOOP
        in_pool := in_pool + pool[place];
        outside := outside + rest[place];
    END LOOP;
    WHILE cardinality(together) > 0 AND cardinality(alone) > 0 AND least(in_pool, outside) < 5 LOOP
        in_pool := in_pool + pool[alone[1]];
        outside := outside + rest[alone[1]];
        together := together || alone[1];
        alone := alone[2:];
    END LOOP;
    RETURN ARRAY(SELECT names[at] FROM unnest(alone) at ORDER BY at)
        || CASE WHEN cardinality(together) > 0 THEN
               ARRAY[(SELECT string_agg(names[at], ' · ' ORDER BY at) FROM unnest(together) at)]
           ELSE ARRAY[]::text[] END;
END
$$;

-- The numbers of one part of those who were counted: by group, and of who did not declare.
CREATE FUNCTION succession_counted(telling uuid, told text[], part uuid[], whole boolean, pooled boolean,
                                   OUT groups bigint[], OUT silent bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH part AS (
        SELECT c.answer FROM public.succession_countedperson c
        WHERE c.organization_id = public.tenancy_organization() AND c.telling_id = telling AND c.in_pool = pooled
          AND (whole OR c.unit_id = ANY (part))
    )
    SELECT ARRAY(SELECT (SELECT count(*) FROM part WHERE part.answer = name)
                 FROM unnest(told) WITH ORDINALITY g (name, o) ORDER BY o),
           (SELECT count(*) FROM part WHERE part.answer = '')
$$;

-- Whether a telling may follow an earlier one: the people of both by where they were then and are now. Who answered otherwise,
-- or withdrew, is gone with the old answer and come with the new one.
CREATE FUNCTION succession_may_follow(telling uuid, earlier uuid, told text[]) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH past AS (
        SELECT c.person_id, coalesce(c.unit_id::text, 'rest') || c.in_pool AS place, c.answer
        FROM public.succession_countedperson c
        WHERE c.organization_id = public.tenancy_organization() AND c.telling_id = earlier
    ), present AS (
        SELECT c.person_id, coalesce(c.unit_id::text, 'rest') || c.in_pool AS place, c.answer
        FROM public.succession_countedperson c
        WHERE c.organization_id = public.tenancy_organization() AND c.telling_id = telling
    ), people AS (
        SELECT past.place AS place_then, present.place AS place_now, past.answer AS said, present.answer AS says,
               coalesce(past.answer = present.answer, false) AS same
        FROM past FULL JOIN present ON present.person_id = past.person_id
    ), moves AS (
        SELECT place_then, place_now, says AS answer FROM people WHERE same
        UNION ALL
        SELECT place_then, 'outside', coalesce(said, '') FROM people WHERE NOT same AND place_then IS NOT NULL
        UNION ALL
        SELECT 'outside', place_now, coalesce(says, '') FROM people WHERE NOT same AND place_now IS NOT NULL
    ), cells AS (
        SELECT array_agg(n ORDER BY o) FILTER (WHERE o IS NOT NULL) AS groups,
               coalesce(sum(n) FILTER (WHERE o IS NULL), 0)::bigint AS silent
        FROM (
            SELECT cell.place_then, cell.place_now, g.o, count(m.answer) AS n
            FROM (SELECT DISTINCT place_then, place_now FROM moves) cell
            CROSS JOIN (SELECT name, o FROM unnest(told) WITH ORDINALITY u (name, o)
                        UNION ALL SELECT '', NULL) g
            LEFT JOIN moves m ON m.place_then = cell.place_then AND m.place_now = cell.place_now
                AND m.answer = g.name
            GROUP BY cell.place_then, cell.place_now, g.o, g.name
        ) counts
        GROUP BY place_then, place_now
    )
    SELECT coalesce(bool_and(public.succession_may_tell(groups, silent)), true) FROM cells
$$;

-- Of the units below the top those that may be told, so that what is left of the organisation may be as well.
CREATE FUNCTION succession_told_units(telling uuid, told text[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    kept uuid[];
    pool record;
    rest record;
    least_of uuid;
BEGIN
    SELECT coalesce(array_agg(u.id ORDER BY u.path), '{}') INTO kept
    FROM public.people_unit u
    WHERE u.organization_id = public.tenancy_organization() AND u.depth = 1
      AND (SELECT public.succession_may_tell(groups, silent)
           FROM public.succession_counted(telling, told, ARRAY[u.id], false, true))
      AND (SELECT public.succession_may_tell(groups, silent)
           FROM public.succession_counted(telling, told, ARRAY[u.id], false, false));
    LOOP
        SELECT * INTO pool FROM public.succession_left_over(telling, told, kept, true);
        SELECT * INTO rest FROM public.succession_left_over(telling, told, kept, false);
        EXIT WHEN pool.is_safe AND rest.is_safe;
        -- The one with the smallest pools is told with the whole organisation.
        SELECT u INTO least_of FROM unnest(kept) WITH ORDINALITY k (u, o) ORDER BY (
            SELECT count(*) FROM public.succession_countedperson c
            WHERE c.organization_id = public.tenancy_organization() AND c.telling_id = telling
              AND c.in_pool AND c.unit_id = k.u), o LIMIT 1;
        kept := array_remove(kept, least_of);
    END LOOP;
    RETURN kept;
END
$$;

-- Whether what the organisation has beside its told units is nothing, or may be told.
CREATE FUNCTION succession_left_over(telling uuid, told text[], kept uuid[], pooled boolean, OUT is_safe boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    WITH part AS (
        SELECT c.answer FROM public.succession_countedperson c
        WHERE c.organization_id = public.tenancy_organization() AND c.telling_id = telling AND c.in_pool = pooled
          AND (c.unit_id IS NULL OR NOT c.unit_id = ANY (kept))
    )
    SELECT (SELECT count(*) FROM part) = 0 OR public.succession_may_tell(
        ARRAY(SELECT (SELECT count(*) FROM part WHERE part.answer = name)
              FROM unnest(told) WITH ORDINALITY g (name, o) ORDER BY o),
        (SELECT count(*) FROM part WHERE part.answer = ''))
$$;

-- One trait of one year: counts everybody who works here, joins groups, and keeps what may be told. Whether anything may.
CREATE FUNCTION succession_tell_trait(organization bigint, telling uuid, asked text, today date) RETURNS boolean
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    told text[];
    kept uuid[];
    before uuid;
BEGIN
    INSERT INTO public.succession_countedperson (id, organization_id, telling_id, person_id, unit_id, in_pool, answer)
    SELECT gen_random_uuid(), organization, telling, p.id, top.id,
           EXISTS (SELECT FROM public.succession_candidacy c WHERE c.organization_id = organization
                   AND c.person_id = p.id AND c.state = 'member'),
           coalesce(CASE asked WHEN 'gender' THEN d.gender ELSE d.ethnicity END, '')
    FROM public.people_person p
    JOIN public.people_unit u ON u.organization_id = organization AND u.id = p.unit_id
    LEFT JOIN public.people_unit top
      ON top.organization_id = organization AND top.depth = 1 AND starts_with(u.path, top.path)
    LEFT JOIN public.people_demographics d ON d.organization_id = organization AND d.person_id = p.id
    WHERE p.organization_id = organization AND p.start_date <= today AND (p.end_date IS NULL OR p.end_date >= today);
    SELECT t.groups INTO told FROM public.succession_representationtelling t
    WHERE t.organization_id = organization AND t.trait = asked AND t.is_told ORDER BY t.year LIMIT 1;
    IF told IS NULL THEN
        SELECT public.succession_join_groups(array_agg(answer ORDER BY answer), array_agg(pool ORDER BY answer),
                                             array_agg(rest ORDER BY answer)) INTO told
        FROM (SELECT c.answer, count(*) FILTER (WHERE c.in_pool) AS pool, count(*) FILTER (WHERE NOT c.in_pool) AS rest
              FROM public.succession_countedperson c
              WHERE c.organization_id = organization AND c.telling_id = telling AND c.answer <> ''
              GROUP BY c.answer) counts;
    END IF;
    IF coalesce(cardinality(told), 0) < 2 THEN
        RETURN false;
    END IF;
    -- What nobody had said when the groups were joined goes with the last one if small ones are together there, and else with
    -- who did not declare: nobody is counted as what they did not say.
    UPDATE public.succession_countedperson c
    SET answer = coalesce((SELECT name FROM unnest(told) name WHERE c.answer = ANY (string_to_array(name, ' · '))),
                          CASE WHEN strpos(told[cardinality(told)], ' · ') > 0 THEN told[cardinality(told)] ELSE '' END)
    WHERE c.organization_id = organization AND c.telling_id = telling AND c.answer <> '';
    IF NOT (SELECT public.succession_may_tell(groups, silent)
            FROM public.succession_counted(telling, told, NULL, true, true))
       OR NOT (SELECT public.succession_may_tell(groups, silent)
               FROM public.succession_counted(telling, told, NULL, true, false)) THEN
        RETURN false;
    END IF;
    kept := public.succession_told_units(telling, told);
    UPDATE public.succession_countedperson c SET unit_id = NULL
    WHERE c.organization_id = organization AND c.telling_id = telling AND NOT c.unit_id = ANY (kept);
    FOR before IN SELECT t.id FROM public.succession_representationtelling t
                  WHERE t.organization_id = organization AND t.trait = asked AND t.is_told LOOP
        IF NOT public.succession_may_follow(telling, before, told) THEN
            RETURN false;
        END IF;
    END LOOP;
    UPDATE public.succession_representationtelling t SET is_told = true, groups = told
    WHERE t.organization_id = organization AND t.id = telling;
    INSERT INTO public.succession_representationfigure
        (id, organization_id, telling_id, unit_id, "group", in_pools, workforce)
    SELECT gen_random_uuid(), organization, telling, part.unit, g.name,
           count(c.id) FILTER (WHERE c.in_pool), count(c.id)
    FROM (SELECT unnest(kept) AS unit UNION ALL SELECT NULL) part
    CROSS JOIN (SELECT unnest(told) AS name UNION ALL SELECT '') g
    LEFT JOIN public.succession_countedperson c
      ON c.organization_id = organization AND c.telling_id = telling AND c.answer = g.name
         AND (part.unit IS NULL OR c.unit_id = part.unit)
    GROUP BY part.unit, g.name;
    RETURN true;
END
$$;

-- Once a calendar year, in the first night that finds it switched on: how many traits are told anew. What may not be told leaves
-- nothing behind but that it was tried.
CREATE FUNCTION succession_tell_representation() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    today date := public.succession_today(organization);
    telling uuid;
    trait text;
    told integer := 0;
BEGIN
    IF NOT EXISTS (SELECT FROM public.succession_representationrule r
                   WHERE r.organization_id = organization AND r.is_on) THEN
        RETURN 0;
    END IF;
    FOREACH trait IN ARRAY ARRAY['gender', 'ethnicity'] LOOP
        INSERT INTO public.succession_representationtelling AS t
            (id, organization_id, year, trait, told_on, is_told, groups)
        VALUES (gen_random_uuid(), organization, extract(year FROM today), trait, today, false, '{}')
        ON CONFLICT DO NOTHING RETURNING t.id INTO telling;
        IF telling IS NULL THEN
            CONTINUE;
        END IF;
        IF public.succession_tell_trait(organization, telling, trait, today) THEN
            told := told + 1;
        ELSE
            DELETE FROM public.succession_countedperson c
            WHERE c.organization_id = organization AND c.telling_id = telling;
        END IF;
        telling := NULL;
    END LOOP;
    RETURN told;
END
$$;

-- Who takes a declaration back takes it back from what was counted as well.
CREATE FUNCTION succession_forget_answer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    UPDATE public.succession_countedperson c SET answer = NULL
    FROM public.succession_representationtelling t
    WHERE c.organization_id = OLD.organization_id AND c.person_id = OLD.person_id
      AND t.organization_id = c.organization_id AND t.id = c.telling_id
      AND (TG_OP = 'DELETE' OR CASE t.trait WHEN 'gender' THEN NEW.gender ELSE NEW.ethnicity END = '');
    RETURN NULL;
END
$$;
CREATE TRIGGER succession_answer_withdrawn AFTER DELETE OR UPDATE ON people_demographics
    FOR EACH ROW EXECUTE FUNCTION succession_forget_answer();

REVOKE ALL ON FUNCTION succession_may_tell(bigint[], bigint), succession_join_groups(text[], bigint[], bigint[]),
    succession_counted(uuid, text[], uuid[], boolean, boolean), succession_may_follow(uuid, uuid, text[]),
    succession_told_units(uuid, text[]), succession_left_over(uuid, text[], uuid[], boolean),
    succession_tell_trait(bigint, uuid, text, date), succession_tell_representation(), succession_forget_answer()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION succession_tell_representation() TO clinicleader_app;
