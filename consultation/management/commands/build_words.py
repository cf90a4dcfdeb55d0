"""`manage.py build_words`: build the gettext catalogues and the text table, or import a translator's edits."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consultation.interface_text import gettext_catalogue


class Command(BaseCommand):
    help = "Build the gettext catalogues and the table of words from consultation/interface_text/*.yaml."
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
            self.stdout.write(f"{take}: {gettext_catalogue.import_translations(take, file=file)} texts taken")
        if wrong := list(gettext_catalogue.find_mismatched_placeholders()):
            raise CommandError("Placeholders differ: " + ", ".join(f"{language} {key}" for language, key in wrong))
        if check and (behind := gettext_catalogue.list_stale_files()):
            raise CommandError("Run manage.py build_words: " + ", ".join(path.name for path in behind))
        if not check:
            self.stdout.write(f"{len(gettext_catalogue.write_catalogue_files())} files changed")
