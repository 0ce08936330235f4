-- All that the matcher may see: the frozen profiles, without whose they are. It writes nothing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicleader_matcher') THEN
        RAISE EXCEPTION 'The role clinicleader_matcher is missing: run launch/roles.sql again (docs/operations.md, Upgrade).';
    END IF;
END
$$;
GRANT SELECT (organization_id, run_id, side, tier, key, level, tags, tag_weights, free_slots, rating_sum,
              rating_count, places, excluded, excluded_why, locked, running)
    ON mentoring_matchprofile TO clinicleader_matcher;

-- Functions are everybody's unless said otherwise; this one acts with the rights of the audit role.
SET LOCAL ROLE clinicleader_audit;
REVOKE ALL ON FUNCTION tenancy_seal_audit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenancy_seal_audit() TO clinicleader_app, clinicleader_owner;
RESET ROLE;
