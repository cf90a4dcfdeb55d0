-- runuser -u postgres -- psql -f - <create.sql: the database and its owner. Put the password into DATABASE_URL.
-- CREATEDB: each backup is restored into a scratch database for a trial. The second: its disk is watched.
CREATE ROLE voice LOGIN CREATEDB PASSWORD 'change-me';
GRANT pg_read_all_settings TO voice;
CREATE DATABASE voice OWNER voice ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE voice FROM PUBLIC;
