"""Keys for one check of the production settings, printed as shell: `eval "$(python -m cms.settings.throwaway)"`."""

import base64
import secrets

from nacl.public import PrivateKey


def build_throwaway_environment():
    private = PrivateKey.generate()
    return {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ANSWER_SEAL_KEY": base64.b64encode(bytes(private.public_key)).decode(),
        "ANSWER_OPEN_KEYS": base64.b64encode(bytes(private)).decode(),
        "RECORD_KEY_SECRET": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "say.example.org,staff.example.org",
        "SITE_URL": "https://say.example.org",
        "STAFF_HOST": "staff.example.org",
        "DATABASE_URL": "sqlite://:memory:",
    }


if __name__ == "__main__":
    for name, value in build_throwaway_environment().items():
        print(f"export {name}='{value}'")  # noqa: T201
