"""Set a new site up: ask, write the environment, build the database, and invite the first administrators."""

import getpass
import os
import shlex
import subprocess
import sys
from argparse import BooleanOptionalAction
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.operations.connection_trial import explain_refused_address
from cms.operations.deploy_files.server_plan import ServerPlan
from cms.operations.first_run.environment_files import make_missing_keys, read_environment, write_environment
from cms.operations.first_run.questions import QUESTIONS, Question

GROUP = "voice-site"  # of all processes of the site; Debian has a group `voice` for other things
AS_IT_IS, NONE = "as it is", "-"
KEEP = """Keep {etc}/voice.env and {etc}/voice-keys.env in two places that are not this machine, and tell two people
where. Without ANSWER_OPEN_KEYS no unread answer can ever be read; without SECRET_KEY and BACKUP_OPEN_KEYS no backup
can be restored; without RECORD_KEY_SECRET no further release can be made."""

FAILED = """{command} failed, as it says above. Mend that, and run setup again with the same languages and administrators:
all else that you said is kept."""


class Command(BaseCommand):
    help = (
        "Asks what a new site needs, writes voice.env and voice-keys.env, builds the database with roles, pages and help "
        "entries, and prints the links of the first administrators. Run again, it keeps the keys and what you do not change."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        for one in QUESTIONS:
            parser.add_argument(one.option, help=one.words, **({"nargs": "*"} if one.several else {}))
        plan = ServerPlan()
        parser.add_argument("--etc-dir", type=Path, default=Path(plan.etc_dir), help="folder of the environment files")
        parser.add_argument("--var-dir", help=f"folder of database, media and backups; at first {plan.var_dir}")
        parser.add_argument("--user", help="run the rest as this user: the owner of the folder of the data")
        parser.add_argument("--no-input", action="store_true", help="ask nothing: take options and what is there")
        parser.add_argument("--no-help-entries", action="store_true", help="begin with an empty directory of help")
        parser.add_argument(
            "--other-proxy", action=BooleanOptionalAction, help="the proxy is not the nginx of deploy_files"
        )
        parser.add_argument("--files-only", action="store_true", help="write the environment, for containers")

    def handle(self, *, etc_dir, **options):
        values = read_environment(etc_dir)
        again = bool(values.get("ANSWER_SEAL_KEY"))
        values["PUBLIC_HOST"] = find_public_host(values)
        if self._is_on_terminal(options):
            self.stdout.write(f"Enter takes what stands in brackets; {NONE} says that there is none.")
        answers = {}
        faults = [fault for one in QUESTIONS if (fault := self._answer(one, answers, options, values, again))]
        if faults:
            raise CommandError("Nothing was written. To be said again:\n" + "\n".join(faults))
        fill_environment(values, answers, var_dir=options["var_dir"], other_proxy=options["other_proxy"])
        new = make_missing_keys(values)
        for path in write_environment(etc_dir, values):
            self.stdout.write(f"Written: {path}")
        self.stdout.flush()  # what follows writes for itself
        commands = list(self._list_commands(answers, options))
        if options["files_only"]:
            self.stdout.write("Still to run, where the environment is, as in a container of staff:")
            self.stdout.writelines(f"python manage.py {shlex.join(one)}\n" for one in commands)
        try:
            for one in [] if options["files_only"] else commands:
                run_manage(one, values, options["user"])
        finally:  # the last thing to be read: 300 lines of migrations stand above it
            if new:
                self.stdout.write(KEEP.format(etc=etc_dir))
        if not options["files_only"]:
            self.stdout.write("Now start the services, then ask: voice doctor")

    def _answer(self, one: Question, answers, options, values, again):
        """Fill one answer in; on a terminal ask until it is right. Returns what is wrong with it, or nothing."""
        given = options[one.option.strip("-").replace("-", "_")]
        known = values.get(one.variable, one.default)
        if given is None and one.only_with and not answers[one.only_with]:
            answers[one.option] = known
            return ""
        terminal = self._is_on_terminal(options)
        while True:
            said = given if given is not None else self._ask(one, known) if terminal else known
            answers[one.option] = type(said)() if said in (NONE, [NONE]) else said
            fault = one.find_fault(answers[one.option], answers, again)
            if not fault and one.variable == "DATABASE_URL" and not options["files_only"]:
                fault = explain_refused_address(answers[one.option])
            if not (fault and terminal):
                return f"{one.option}: {fault}" if fault else ""
            self.stdout.write(fault)
            given = None

    def _is_on_terminal(self, options):
        return not options["no_input"] and sys.stdin.isatty()

    def _ask(self, one: Question, known):
        ask = getpass.getpass if one.hidden else input
        shown = AS_IT_IS if known and one.is_secret else known
        typed = ask(f"{one.words}{f' [{shown}]' if shown else ''}: ").strip()
        return (typed.replace(",", " ").split() if one.several else typed) or known

    def _list_commands(self, answers, options):
        languages = ["--languages", *answers["--languages"]] if answers["--languages"] else []
        yield ["prepare_site", *(["--no-help-entries"] if options["no_help_entries"] else []), *languages]
        for email in answers["--administrators"] or []:
            yield ["create_administrator", email]


def find_public_host(values):
    return urlsplit(values.get("SITE_URL", "")).hostname or ""


def fill_environment(values, answers, *, var_dir, other_proxy):
    """What was answered, and what follows from it. What is there already and nobody spoke of stays."""
    before = {find_public_host(values), values.get("STAFF_HOST", "")}
    values["DJANGO_SETTINGS_MODULE"] = "cms.settings.production"
    for one in QUESTIONS:
        if one.variable and (answers[one.option] or one.default):
            values[one.variable] = answers[one.option]
        else:  # an empty one is none: no number, and not the default
            values.pop(one.variable, None)
    public, staff = values.pop("PUBLIC_HOST"), values["STAFF_HOST"]
    more = [host for host in values.get("ALLOWED_HOSTS", "").split(",") if host not in {"", public, staff} | before]
    values["SITE_URL"] = f"https://{public}"
    values["ALLOWED_HOSTS"] = ",".join((public, staff, *more))
    if other_proxy is not None or "PROXY_LIMITS" not in values:
        values["PROXY_LIMITS"] = "0" if other_proxy else "1"
    values["VAR_DIR"] = var_dir or values.get("VAR_DIR") or ServerPlan().var_dir
    values["DATABASE_URL"] = values.get("DATABASE_URL") or f"sqlite:///{values['VAR_DIR']}/voice.sqlite3"


def run_manage(arguments, values, user):
    """manage.py in the environment that was just written, as it will run from now on. It says itself what it does."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    # HOME is root's, which the user cannot read: without it programs take that of the user.
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONDONTWRITEBYTECODE") if name in os.environ}
    whose = {"user": user, "group": GROUP, "extra_groups": []} if user else {}
    done = subprocess.run(command, env=kept | values, cwd=settings.BASE_DIR, umask=0o007, **whose)  # noqa: S603
    if done.returncode:
        raise CommandError(FAILED.format(command=" ".join(arguments)))
