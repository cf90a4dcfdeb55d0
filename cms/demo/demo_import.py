"""A demo import: a youth club's file from Microsoft Forms, after a dry run."""

import io

from consultation.channels.imports import actions, import_worker
from consultation.file_output.spreadsheets import write_csv
from consultation.surveys.questionnaire_schema import Questionnaire

NAME = "Riverside youth club.csv"
MAP = "Youth club form"
SAID = (
    ("Parks;A youth club or sports club;", "Lights on the path behind the club, and someone at the gate at nine."),
    ("Town or city centre;", "More buses after eight. The last one is full when it gets to us."),
    ("Parks;", ""),
    ("Bus stops and stations;Town or city centre;", "The shelter has no light and no timetable."),
    ("A youth club or sports club;", "Open the club in the holidays too."),
    ("Town or city centre;", "More buses after eight. The last one is full when it gets to us."),
)


def import_club_file(page, staff):
    """Uploaded and tried but not accepted, so that no figure of the demo depends on it."""
    reader = staff["reader1"]
    source = actions.import_answer_file(page=page, file=_build_club_file(page), name=NAME, by=reader)
    actions.save_column_map(source=source, name=MAP, by=reader)
    actions.request_dry_run(source=source, leave_same=False, by=reader)
    import_worker.run_import_steps(seconds=60)


def _build_club_file(page):
    """A CSV file as the tool writes it: id, times and person first, then the question texts."""
    questionnaire = Questionnaire(page.versions.order_by("-number").first().content)
    asked = [questionnaire.by_id(id_)["text"]["en"] for id_ in ("go-where", "one-change")]
    day, out = page.opens, io.BytesIO()
    moments = [f"{day:%Y-%m-%d} 18:{number:02}:00" for number in range(1, len(SAID) + 1)]
    rows = [
        [number, when, when, "anonymous", "", *said]
        for number, (when, said) in enumerate(zip(moments, SAID, strict=True))
    ]
    write_csv(out, ["ID", "Start time", "Completion time", "Email", "Name", *asked], rows)
    return out.getvalue()
