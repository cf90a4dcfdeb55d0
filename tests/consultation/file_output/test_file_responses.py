"""A file is downloaded under its name, or shown where the view says so."""

from consultation.file_output.file_responses import send_file


def test_a_file_is_downloaded_under_its_name():
    response = send_file(b"<svg/>", "link-ab.svg", "image/svg+xml")
    assert response.content == b"<svg/>" and response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'attachment; filename="link-ab.svg"'


def test_a_file_that_people_look_at_is_shown():
    assert send_file(b"%PDF", "form.pdf", "application/pdf", inline=True)["Content-Disposition"].startswith("inline;")
