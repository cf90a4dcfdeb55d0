"""Options in DATABASE_URL reach the driver: a site that asks for TLS sends nothing without it."""

import datetime
import ipaddress

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import OperationalError

from cms.settings.base import parse_database_url
from tests import postgres
from tests.production_site import free_port


def test_options_of_the_address_go_before_ours():
    options = parse_database_url("postgres://u@h/db?sslmode=verify-full&sslrootcert=/ca.pem&connect_timeout=9")[
        "OPTIONS"
    ]
    assert options["sslmode"] == "verify-full" and options["sslrootcert"] == "/ca.pem"
    assert options["connect_timeout"] == 9 and options["pool"]["max_size"] > 0
    assert parse_database_url("postgres://u@h/db")["OPTIONS"]["connect_timeout"] == 2
    ours = parse_database_url("sqlite:////tmp/x.sqlite3?timeout=7")["OPTIONS"]
    assert ours["timeout"] == 7 and ours["transaction_mode"] == "IMMEDIATE"


def make_certificate(folder):
    """A self-signed certificate of 127.0.0.1 in `folder`, as PostgreSQL wants it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(
        now + datetime.timedelta(days=1)
    )
    made = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    (folder / "server.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "server.key").write_bytes(pem)
    postgres.give_to_server(folder / "server.key")


def uses_tls(connection):
    """Whether it is encrypted, as the server says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.postgres
@pytest.mark.slow
def test_a_connection_that_must_be_verified_is_refused_without_tls_and_made_with_it(connect):
    port = free_port()
    address = f"postgres://voice@127.0.0.1:{port}/postgres"
    with postgres.cluster(port=port) as server:
        verified = f"{address}?sslmode=verify-full&sslrootcert={server.data / 'server.crt'}"
        assert uses_tls(connect("plain", address)) is False
        make_certificate(server.data)
        with pytest.raises(OperationalError):
            uses_tls(connect("refused", verified))
        with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
            psycopg.connect(verified)
        server.superuser("ALTER SYSTEM SET ssl = on")
        server.stop("fast")
        server.start()
        assert uses_tls(connect("verified", verified)) is True
        with pytest.raises(OperationalError):
            uses_tls(connect("stranger", f"{address}?sslmode=verify-full&sslrootcert=/etc/hostname"))
