#!/usr/bin/env python
"""manage.py: without an environment it works on the demo under var/, except for what only a server needs."""

import os
import sys

# These make a configuration, so they have none yet.
CONFIGURE = ("setup", "deploy_files", "answer_key")
# A timer or an operator runs these. Without the environment they would work on an empty demo, and report success.
SERVE = (
    "backup", "create_administrator", "create_release", "doctor", "dpia", "import_responses", "load_help", "prepare_site",
    "restore", "retention", "retrain_screen", "rotate_keys", "run_sweeps", "verify_audit", "verify_backup",
    "verify_ledger", "worker",
)  # fmt: skip
REFUSED = """{command} needs to know which site it works on, and DJANGO_SETTINGS_MODULE is not set.
On a server: voice {command} (cms/operations/INSTALL.md), or first export what voice.env and voice-keys.env say.
For the demo: DJANGO_SETTINGS_MODULE=cms.settings.dev ./dev manage {command}"""


def choose_settings(arguments):
    command = next((word for word in arguments if not word.startswith("-")), "")
    if "DJANGO_SETTINGS_MODULE" in os.environ or any(word.startswith("--settings") for word in arguments):
        return
    if command in SERVE and not {"--help", "-h"} & set(arguments):
        sys.exit(REFUSED.format(command=command))
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.unconfigured" if command in CONFIGURE else "cms.settings.dev"


if __name__ == "__main__":
    choose_settings(sys.argv[1:])
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError:
        from cms.operations.connection_trial import explain_refused_connection

        if refused := explain_refused_connection():
            sys.exit(refused)
        raise
    except ImproperlyConfigured as error:  # a setting: in a sentence, not below a page of where it was found
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The site does not start: {error}")
