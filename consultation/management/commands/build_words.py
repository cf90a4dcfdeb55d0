"""`manage.py build_words`: build the gettext catalogues and the text table, or import a translator's edits."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultation.words import catalogue


class Command(BaseCommand):
    help = "Build the gettext catalogues and the table of words from consultation/words/*.yaml."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a built file is behind")
        parser.add_argument(
            "--take", metavar="LANGUAGE", help="first bring the edits in this language's .po into its YAML file"
        )
        parser.add_argument(
            "--from",
            dest="file",
            type=Path,
            metavar="FILE",
            help="with --take: this .po, such as the officers' download",
        )

    def handle(self, *, check, take, file=None, **options):
        if file and not take:
            raise CommandError("--from needs --take LANGUAGE")
        if take:
            self.stdout.write(f"{take}: {catalogue.take(take, file=file)} texts taken")
        if wrong := list(catalogue.mismatched_placeholders()):
            raise CommandError("Placeholders differ: " + ", ".join(f"{language} {key}" for language, key in wrong))
        if check and (behind := catalogue.stale()):
            raise CommandError("Run manage.py build_words: " + ", ".join(path.name for path in behind))
        if not check:
            self.stdout.write(f"{len(catalogue.write())} files changed")
