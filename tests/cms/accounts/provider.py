"""A work-account provider on loopback that speaks OpenID Connect with its own key."""

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "voice", "a secret between the two"
POLL = {"poll_interval": 0.02}  # seconds until the server hears that it shall end


@cache
def key_of(owner):
    """One key for each owner: making one takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Says `claims` of whoever comes. `forged` signs with another key; `other` says the token was meant for someone else."""

    def __init__(self):
        self.key = key_of("provider")
        self.claims = {"sub": "s-1", "email": "sam@staff.test", "email_verified": True}
        self.forged = False
        self.audience = CLIENT
        self.codes: dict[str, str] = {}
        self.asked: list[str] = []
        self.url = ""

    def configuration(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query):
        """Where the browser is sent back to."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = query["code_challenge"][0]
        return f"{query['redirect_uri'][0]}?code={code}&state={query['state'][0]}"

    def token(self, form):
        challenge = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        expected = self.codes.pop(form["code"][0])
        if base64.urlsafe_b64encode(challenge).decode().rstrip("=") != expected or form["client_secret"][0] != SECRET:
            return {"error": "invalid_grant"}
        signer = key_of("somebody else") if self.forged else self.key
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + 60, **self.claims}
        signed = jwt.encode(claims, signer, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": signed}


def handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(parse_qs(parts.query)))
                self.end_headers()
            elif parts.path == "/.well-known/openid-configuration":
                self.say(provider.configuration())
            elif parts.path == "/keys":
                self.say(provider.keys())
            else:
                self.send_error(404)

        def do_POST(self):
            provider.asked.append(self.path)
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.say(provider.token(form))

        def say(self, data):
            body = json.dumps(data).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            """Quiet."""

    return Handler


@contextlib.contextmanager
def running():
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(provider))
    provider.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs=POLL, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
