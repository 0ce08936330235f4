-- The database roles and the empty database. Safe to run again: every start does, and so can an operator.
--
--   psql -v ON_ERROR_STOP=1 -f launch/roles.sql      as a superuser, with these in the environment:
--   OWNER_PASSWORD, APP_PASSWORD, MATCHER_PASSWORD   required
--   APP_DATABASE                                     the database to make, clinicleader if not given
--
-- clinicleader_owner owns the tables and runs migrations and backups; it passes row security, so nothing that
--                    serves people may use it.
-- clinicleader_app   serves people: reads and writes rows under row security, owns and creates nothing.
-- clinicleader_matcher  proposes mentors: reads the columns of one table that a migration grants, and nothing else,
--                    so that no name and no demographic can come into a match.
-- clinicleader_audit cannot sign in; owns the audit table and the functions that write it.

\set ON_ERROR_STOP on
\set database clinicleader
\getenv database APP_DATABASE
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
\getenv matcher_password MATCHER_PASSWORD
SET client_min_messages = warning;
SET log_min_error_statement = panic;  -- a failing statement would otherwise put its password into the log

SELECT 'CREATE ROLE clinicleader_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicleader_owner') \gexec
SELECT 'CREATE ROLE clinicleader_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicleader_app') \gexec
SELECT 'CREATE ROLE clinicleader_matcher' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicleader_matcher') \gexec
SELECT 'CREATE ROLE clinicleader_audit' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicleader_audit') \gexec

ALTER ROLE clinicleader_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS PASSWORD :'owner_password';
ALTER ROLE clinicleader_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
ALTER ROLE clinicleader_matcher LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOBYPASSRLS PASSWORD :'matcher_password';
ALTER ROLE clinicleader_matcher SET default_transaction_read_only = on;
ALTER ROLE clinicleader_audit NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;

-- What people answer and write stands in the statements of the application: none comes into a log, with an error
-- or without, and no other session can watch it run.
ALTER ROLE clinicleader_app SET log_statement = none;
ALTER ROLE clinicleader_app SET log_min_duration_statement = -1;
ALTER ROLE clinicleader_app SET log_min_error_statement = panic;
ALTER ROLE clinicleader_app SET log_error_verbosity = terse;
ALTER ROLE clinicleader_app SET track_activities = off;

-- Migrations hand tables and functions to the audit role without having its rights themselves.
GRANT clinicleader_audit TO clinicleader_owner WITH INHERIT FALSE, SET TRUE;

SELECT format('CREATE DATABASE %I OWNER clinicleader_owner', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO clinicleader_app;
GRANT CONNECT ON DATABASE :"database" TO clinicleader_matcher;

\connect :"database"
SET client_min_messages = warning;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO clinicleader_app, clinicleader_matcher;
GRANT USAGE, CREATE ON SCHEMA public TO clinicleader_audit;

ALTER DEFAULT PRIVILEGES FOR ROLE clinicleader_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO clinicleader_app;
ALTER DEFAULT PRIVILEGES FOR ROLE clinicleader_owner IN SCHEMA public
  GRANT USAGE ON SEQUENCES TO clinicleader_app;

CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;  -- exclusion constraints over (uuid, daterange)
