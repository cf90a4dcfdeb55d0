"""The second place of backups: a folder, or S3-compatible storage; tried on a small server on loopback."""

from datetime import timedelta

import boto3
import pytest
from django.core.files.storage import storages
from django.utils import timezone
from moto.server import ThreadedMotoServer

from cms.operations.backups import actions, deletion_journal, offsite_copies, tasks
from cms.operations.backups.backup_sealing import InvalidBackup
from cms.operations.backups.deletion_journal import load_deletion_markers
from cms.settings.storages import build_copy_storage, build_media_storage
from consultation.responses.deletion_markers import DeletionKind, record_deletion
from tests.cms.operations.backups.test_backups import backed_up

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def bucket():
    """The name of an empty bucket; boto3's own variables lead to it."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patch:
        host, port = server.get_host_and_port()
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "tests")
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-2")
        boto3.client("s3").create_bucket(Bucket="voice", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        yield "voice"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def second_place(request, settings, tmp_path):
    address = str(tmp_path / "away")
    if request.param == "s3":
        address = f"s3://{request.getfixturevalue('bucket')}/{tmp_path.name}"
    settings.STORAGES = settings.STORAGES | {"backup copy": build_copy_storage(address)}
    return storages["backup copy"]


@pytest.mark.slow
def test_backup_and_journal_go_there_and_come_back(site, folder, second_place):
    path = backed_up()
    record_deletion(DeletionKind.TEXT, 1)
    tasks.write_deletion_journal()
    assert sorted(offsite_copies.list_off_site()) == sorted([path.name, deletion_journal.NAME])
    content, markers = path.read_bytes(), load_deletion_markers(folder)
    assert len(markers) == 1
    for lost in folder.iterdir():
        lost.unlink()
    folder.rmdir()
    assert actions.fetch_newest_backup().read_bytes() == content
    assert load_deletion_markers(folder) == markers
    assert not list(folder.glob("*.unfinished"))


def test_copies_older_than_35_days_go_there_too(site, folder, second_place):
    folder.mkdir()
    for days in (0, 35, 36):
        path = actions.backup_path(TODAY - timedelta(days=days), folder)
        path.write_bytes(b"x")
        offsite_copies.copy_off_site(path)
        path.unlink()
    assert actions.delete_old_backups() == 1
    assert len(offsite_copies.list_off_site()) == 2


def test_a_copy_that_is_not_whole_is_said(site, folder, second_place, monkeypatch):
    folder.mkdir()
    path = actions.backup_path(TODAY, folder)
    path.write_bytes(b"all of it")
    monkeypatch.setattr(type(second_place), "size", lambda self, name: 3)
    with pytest.raises(offsite_copies.CopyFailed, match="not as long"):
        offsite_copies.copy_off_site(path)


def test_an_empty_second_place_has_no_backup(folder, second_place):
    assert actions.fetch_newest_backup() is None


def test_without_a_second_place_nothing_is_copied(folder):
    assert offsite_copies.list_off_site() == []
    offsite_copies.copy_off_site(folder / "none")
    assert actions.fetch_newest_backup() is None


def test_a_journal_that_was_cut_short_is_refused(site, folder):
    """Restored by it, the database would hold what people took back."""
    folder.mkdir()
    record_deletion(DeletionKind.TEXT, 1)
    deletion_journal.write_journal()
    text = (folder / deletion_journal.NAME).read_text()
    (folder / deletion_journal.NAME).write_text(text.partition("\n")[0])
    with pytest.raises(InvalidBackup, match="cut short"):
        load_deletion_markers(folder)


def test_media_on_object_storage_are_served_by_this_site(settings, bucket, client, person, client_as):
    settings.STORAGES = settings.STORAGES | {"default": build_media_storage(f"s3://{bucket}/media")}
    media = storages["default"]
    from django.core.files.base import ContentFile

    name = media.save("original_images/drawing.png", ContentFile(b"PNG"))
    assert media.url(name) == "/media/original_images/drawing.png"
    assert media.save(name, ContentFile(b"PNG")) != name, "no upload replaces another"
    officer = client_as("engagement_officer")
    assert b"".join(officer.get(media.url(name)).streaming_content) == b"PNG"
    assert officer.get("/media/original_images/none.png").status_code == 404
