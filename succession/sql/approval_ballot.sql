-- The ballot box of a slate: the only way of votes in, and of counts out, once. Every function belongs to the tables'
-- owner and names the organisation itself; the application's role may call them and touch nothing behind them.
REVOKE ALL ON succession_approvalkey, succession_approvalparticipation, succession_pendingapproval,
    succession_approvaltally, succession_ballotreceipt FROM PUBLIC, clinicleader_app;
-- After a close the space of deleted rows is cleared.
GRANT MAINTAIN ON succession_approvalkey, succession_approvalparticipation, succession_pendingapproval,
    succession_approvaltally, succession_ballotreceipt TO clinicleader_app;
-- The planner's statistics are copies of values, which would outlive a deleted key: none are taken.
ALTER TABLE succession_approvalkey ALTER key SET STATISTICS 0;
ALTER TABLE succession_approvalparticipation ALTER nullifier SET STATISTICS 0;
ALTER TABLE succession_pendingapproval ALTER approved SET STATISTICS 0;
ALTER TABLE succession_approvaltally ALTER n SET STATISTICS 0;
ALTER TABLE succession_ballotreceipt ALTER code SET STATISTICS 0;

-- One advisory lock a selection: shared by whoever votes, alone for the close. `place` 1 is for whoever counts.
CREATE FUNCTION succession_ballot_lock(selection uuid, place integer) RETURNS bigint
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$ SELECT hashtextextended(selection::text, 20270000 + place) $$;

CREATE FUNCTION succession_today(organization bigint) RETURNS date
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT (now() AT TIME ZONE o.time_zone)::date FROM public.tenancy_organization o WHERE o.id = organization $$;

CREATE FUNCTION succession_nullifier(organization bigint, selection uuid, person uuid) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT sha256(k.key || uuid_send(selection) || coalesce(uuid_send(person), ''))
    FROM public.succession_approvalkey k WHERE k.organization_id = organization AND k.selection_id = selection
$$;

-- A ballot opens: its key is made here and never leaves.
CREATE FUNCTION succession_open_ballot(selection uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
BEGIN
    IF NOT EXISTS (SELECT FROM public.succession_selection s WHERE s.organization_id = organization
                   AND s.id = selection AND s.state = 'ballot') THEN
        RAISE EXCEPTION 'selection % has no ballot', selection USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO public.succession_approvalkey (id, organization_id, selection_id, key)
    VALUES (gen_random_uuid(), organization, selection,
            uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
END
$$;

-- Adds the votes that wait to the counts, once there are enough of them, and deletes them.
CREATE FUNCTION succession_count_votes(organization bigint, contest uuid, enough integer) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF (SELECT count(*) FROM public.succession_pendingapproval p
        WHERE p.organization_id = organization AND p.selection_id = contest) < enough THEN
        RETURN;
    END IF;
    WITH taken AS (
        DELETE FROM public.succession_pendingapproval p
        WHERE p.organization_id = organization AND p.selection_id = contest RETURNING p.approved
    )
    INSERT INTO public.succession_approvaltally AS tally (id, organization_id, selection_id, standing_id, n)
    SELECT gen_random_uuid(), organization, contest, name, count(*) FROM taken, unnest(taken.approved) name GROUP BY name
    ON CONFLICT (organization_id, selection_id, standing_id) DO UPDATE SET n = tally.n + excluded.n;
END
$$;

-- The vote of whoever the transaction acts for: 'counted' with its receipt, or why nothing was counted.
CREATE FUNCTION succession_cast_approvals(contest uuid, approved uuid[], OUT became text, OUT receipt text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    organization bigint := public.tenancy_organization();
    person uuid := nullif(current_setting('clinicleader.actor', true), '')::uuid;
    today date := public.succession_today(organization);
    nullifier bytea;
    round smallint;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(public.succession_ballot_lock(contest, 0));
    nullifier := public.succession_nullifier(organization, contest, person);
    SELECT s.ballot INTO round FROM public.succession_selection s
    WHERE s.organization_id = organization AND s.id = contest AND s.state = 'ballot' AND s.closes_on >= today;
    IF nullifier IS NULL OR round IS NULL THEN
        became := 'closed';
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM public.succession_rollmember r WHERE r.organization_id = organization
                   AND r.selection_id = contest AND r.person_id = person)
       OR EXISTS (SELECT FROM public.succession_panelmember m WHERE m.organization_id = organization
                  AND m.selection_id = contest AND m.person_id = person) THEN
        became := 'not asked';
        RETURN;
    END IF;
    IF EXISTS (SELECT FROM public.people_person p WHERE p.organization_id = organization AND p.id = person
               AND p.end_date < today) THEN
        became := 'left';
        RETURN;
    END IF;
    -- Names that stand, each once. A vote for none of them is one as well.
    IF EXISTS (SELECT FROM unnest(approved) name WHERE name IS NULL OR NOT EXISTS (
                   SELECT FROM public.succession_standing c WHERE c.organization_id = organization
                   AND c.selection_id = contest AND c.id = name AND c.state = 'standing'))
       OR cardinality(approved) > (SELECT count(DISTINCT name) FROM unnest(approved) name) THEN
        became := 'unfit';
        RETURN;
    END IF;
    INSERT INTO public.succession_approvalparticipation (id, organization_id, selection_id, nullifier)
    VALUES (gen_random_uuid(), organization, contest, nullifier)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        became := 'again';
        RETURN;
    END IF;
    INSERT INTO public.succession_pendingapproval (id, organization_id, selection_id, approved)
    VALUES (gen_random_uuid(), organization, contest, approved);
    receipt := upper(regexp_replace(gen_random_uuid()::text, '^(.{4})(.{4})-(.{4})-.*$', '\1-\2-\3'));
    INSERT INTO public.succession_ballotreceipt (id, organization_id, selection_id, ballot, code)
    VALUES (gen_random_uuid(), organization, contest, round, receipt);
    -- Of several who come at the same time one counts.
    IF pg_try_advisory_xact_lock(public.succession_ballot_lock(contest, 1)) THEN
        PERFORM public.succession_count_votes(organization, contest, 10);
    END IF;
    became := 'counted';
END
$$;

-- Whether whoever the transaction acts for has voted; NULL once nobody can tell any more.
CREATE FUNCTION succession_has_voted(contest uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT EXISTS (
        SELECT FROM public.succession_approvalparticipation p
        WHERE p.organization_id = k.organization_id AND p.selection_id = k.selection_id AND p.nullifier = sha256(
            k.key || uuid_send(k.selection_id)
            || coalesce(uuid_send(nullif(current_setting('clinicleader.actor', true), '')::uuid), '')))
    FROM public.succession_approvalkey k
    WHERE k.organization_id = public.tenancy_organization() AND k.selection_id = contest
$$;

-- After the last day, once: how many approve of each name that stands, and how many voted. Key, nullifiers, votes and counts are
-- deleted with it, and the receipts written anew in an order of chance.
CREATE FUNCTION succession_close_ballot(contest uuid)
RETURNS TABLE (standing uuid, approvals bigint, ballots bigint)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    organization bigint := public.tenancy_organization();
    counted bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(public.succession_ballot_lock(contest, 0));
    IF NOT EXISTS (SELECT FROM public.succession_approvalkey k JOIN public.succession_selection s
                   ON s.organization_id = k.organization_id AND s.id = k.selection_id
                   WHERE k.organization_id = organization AND k.selection_id = contest AND s.state = 'ballot'
                     AND s.closes_on < public.succession_today(organization)) THEN
        RAISE EXCEPTION 'the ballot of selection % is not over', contest USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM public.succession_count_votes(organization, contest, 1);
    SELECT count(*) INTO counted FROM public.succession_approvalparticipation p
    WHERE p.organization_id = organization AND p.selection_id = contest;
    RETURN QUERY
    SELECT c.id, coalesce(t.n, 0)::bigint, counted
    FROM public.succession_standing c
    LEFT JOIN public.succession_approvaltally t ON t.organization_id = c.organization_id AND t.standing_id = c.id
    WHERE c.organization_id = organization AND c.selection_id = contest AND c.state = 'standing';
    PERFORM public.succession_forget_ballot(organization, contest);
END
$$;

-- Whatever could tell who voted, or how.
CREATE FUNCTION succession_forget_ballot(organization bigint, contest uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM public.succession_approvaltally t WHERE t.organization_id = organization AND t.selection_id = contest;
    DELETE FROM public.succession_pendingapproval p WHERE p.organization_id = organization AND p.selection_id = contest;
    DELETE FROM public.succession_approvalparticipation p
    WHERE p.organization_id = organization AND p.selection_id = contest;
    DELETE FROM public.succession_approvalkey k WHERE k.organization_id = organization AND k.selection_id = contest;
    WITH taken AS (
        DELETE FROM public.succession_ballotreceipt r
        WHERE r.organization_id = organization AND r.selection_id = contest RETURNING r.*
    )
    INSERT INTO public.succession_ballotreceipt (id, organization_id, selection_id, ballot, code)
    SELECT gen_random_uuid(), t.organization_id, t.selection_id, t.ballot, t.code FROM taken t
    ORDER BY gen_random_uuid();
END
$$;

-- A selection that is stopped takes its ballot along, uncounted.
CREATE FUNCTION succession_drop_ballot(contest uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(public.succession_ballot_lock(contest, 0));
    PERFORM public.succession_forget_ballot(public.tenancy_organization(), contest);
END
$$;

-- The codes of the votes that were counted in the last ballot, when it is over: nothing says how many voted before.
CREATE FUNCTION succession_receipts(contest uuid) RETURNS SETOF varchar
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT r.code FROM public.succession_ballotreceipt r
    JOIN public.succession_selection s
      ON s.organization_id = r.organization_id AND s.id = r.selection_id AND s.ballot = r.ballot
    WHERE r.organization_id = public.tenancy_organization() AND r.selection_id = contest AND s.state <> 'ballot'
      AND NOT EXISTS (SELECT FROM public.succession_approvalkey k
                      WHERE k.organization_id = r.organization_id AND k.selection_id = r.selection_id)
    ORDER BY r.code
$$;

REVOKE ALL ON FUNCTION succession_ballot_lock(uuid, integer), succession_today(bigint),
    succession_nullifier(bigint, uuid, uuid), succession_open_ballot(uuid),
    succession_count_votes(bigint, uuid, integer), succession_cast_approvals(uuid, uuid[]),
    succession_has_voted(uuid), succession_close_ballot(uuid), succession_forget_ballot(bigint, uuid),
    succession_drop_ballot(uuid), succession_receipts(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION succession_open_ballot(uuid), succession_cast_approvals(uuid, uuid[]),
    succession_has_voted(uuid), succession_close_ballot(uuid), succession_drop_ballot(uuid),
    succession_receipts(uuid) TO clinicleader_app;
