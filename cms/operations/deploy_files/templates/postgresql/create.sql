-- runuser -u postgres -- psql -f - <create.sql: the database and its owner. Put the password into DATABASE_URL.
CREATE ROLE voice LOGIN PASSWORD 'change-me';
CREATE DATABASE voice OWNER voice ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE voice FROM PUBLIC;
