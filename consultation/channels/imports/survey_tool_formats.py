"""Export formats of other survey tools, and their identifying columns.

LimeSurvey's columns come from its source. Microsoft Forms, SmartSurvey and Citizen Space publish no list: the
identifying columns are those that users report, the rest follows their guides, so a reader checks each column before
acceptance.

The headings identify the tool. Times, addresses, names and personal numbers are dropped before storage; of the time of
sending only the day stays. A question of the consultation is never dropped, unless the tool itself writes a column of
that name.
"""

import re
from dataclasses import dataclass

from consultation.channels.imports.closed_columns import fold_words

# Headings of columns that identify a person, in any tool.
ABOUT_A_PERSON = re.compile(
    r"\b(e-?mail|ip(?: ?addr(?:ess)?)?|phone number|telephone|post(?:al)? ?code|zip ?code|"
    r"date of birth|dob|year of birth|birth ?year|birthday|(?:full|first|last|family)[ _]?name|"
    r"surname|firstname|lastname|forenames?|name|initials|(?:home|street|postal|full|your) address|"
    r"contact (?:number|details)|nhs (?:no|number)|upn|"
    r"(?:pupil|student|learner|member|patient|client|case) ?(?:id|no|number)|"
    r"user ?(?:id|no|name)|respondent ?(?:id|no)|(?:response|session|visitor|network|contact) ?(?:id|no|number)|"
    r"uuid|submitt(?:er|ed by)|device ?id|phone ?number|(?:sim|subscriber) ?(?:id|serial)|"
    r"(?:survey|participant) identifier)\b|"
    r"^(?:id|#|\w+[ _]id|postal)$|^address(?: line \d)?$",
    re.IGNORECASE,
)
WITHIN_NAMES = re.compile(r"_|(?<=[a-z])(?=[A-Z])")
GROUP_NAME = re.compile(r"^\S+[/:](?=\S+$)")
# Headings about the visit or the device; a question may contain these words.
ABOUT_A_VISIT = re.compile(
    r"\b(phone|mobile|token|access code|device|browser|user agent|latitude|longitude|lat|lng|coordinates|gps|"
    r"referr?er|tracking link|unique id|"
    r"collector)\b",
    re.IGNORECASE,
)
ABOUT_TIME = re.compile(
    r"\b(time|timestamp|date|started?|ended?|completed?|duration|seconds|datestamp)\b|(?:^|\.)(?:start|end)$",
    re.IGNORECASE,
)
DAY_HEADINGS = ("day", "date", "timestamp", "submitted", "date submitted", "submitted date", "end date", "completed")
# ... and of other tools' columns with the time of sending; without a day, all answers would be of the day of the import.
SENT = "(?:submit(?:ted)?|submission|contribution|completed|completion|recorded|sent|created|creation)"
SENT_LIKE = re.compile(
    rf"(?:\w+ )?(?:{SENT} ?(?:date|time|at|on|day)(?: \(utc\))?|(?:date|time|day) ?(?:of )?{SENT})|created|id\.date|"
    r"response date|[\w ]+ timestamp"
)
# Columns that say whether a row is a whole answer, and what they say where it is a preview, a test or unfinished, or where
# somebody refused it.
STATES = {
    "status": r"(?:survey )?(?:preview|test)|test data|partial(?:ly completed?)?|incomplete|in progress|disqualified|spam|"
    r"deleted|screened out|terminated|(?:over )?quota(?: full)?|rejected|draft|trash(?:ed)?|not submitted",
    "finished": r"false|no|0",
}
STATES |= dict.fromkeys(("response type", "response status", "entry status", "entry_status"), STATES["status"])
STATES["completed"] = STATES["id.completed"] = STATES["finished"]
STATES |= {"reviewstate": "rejected", "_validation_status": "(?:validation_status_)?not[ _]approved"}
STATES |= {"complete?": "incomplete"}
FORM_COMPLETE = re.compile(r"\w+_complete$")  # of a form in REDCap
# Qualtrics’ “numeric values”: previews, tests, spam, and both that were filled in without a connection.
STATES["status. response type"] = STATES["status"] + "|1|2|8|9|12|17|40|48"


@dataclass(frozen=True)
class SurveyTool:
    """`told_by`: groups of headings, one of which is in every file of the tool. `sent`: columns with the sending
    time."""

    slug: str
    name: str
    told_by: tuple[tuple[str, ...], ...] = ()
    sent: tuple[str, ...] = DAY_HEADINGS
    language: tuple[str, ...] = ("language", "lang", "languages")
    own: tuple[str, ...] = ()  # the tool's own columns, which are no answers
    own_like: str = r"(?!)"
    unsent: bool = False  # a row without a time of sending was not sent
    split: str = ""  # its sign between the choices in one cell, where other tools have none such
    blank: tuple[str, ...] = ()  # its cells for "not asked"

    def is_own(self, heading: str) -> bool:
        """Whether the tool writes this column of its own accord; with words behind a code, the code decides."""
        return heading in self.own or heading.split(". ")[0] in self.own or bool(re.match(self.own_like, heading))


# As users report: one row a response, choices joined by ";".
MICROSOFT_FORMS = SurveyTool(
    slug="microsoft-forms",
    name="Microsoft Forms",
    told_by=(("id", "start time", "completion time"),),
    sent=("completion time",),
    own=(
        "id",
        "start time",
        "completion time",
        "email",
        "name",
        "last modified time",
        "total points",
        "quiz feedback",
    ),
    own_like=r"(points|feedback) - |grade posted time",
)
# manual.limesurvey.org, "Exporting results": headings are codes, full texts, or "code. text"; parts of a question in [].
LIMESURVEY = SurveyTool(
    slug="limesurvey",
    name="LimeSurvey",
    told_by=(
        ("submitdate", "lastpage", "startlanguage"),
        ("date submitted", "last page", "start language"),
        ("submitdate. date submitted", "lastpage. last page", "startlanguage. start language"),
        ("submitdate. date submitted", "lastpage", "startlanguage"),
    ),
    sent=("submitdate", "date submitted", "submitdate. date submitted"),
    language=("startlanguage", "start language", "startlanguage. start language"),
    own=(
        "id", "response id", "lastpage", "last page", "seed", "startdate", "date started", "datestamp",
        "date last action", "ipaddr", "ip address", "refurl", "referrer url", "token", "access code", "interviewtime",
        "total time", "firstname", "first name", "lastname", "last name", "email", "email address",
    ),
    own_like=r"grouptime\d+|(question|group) time: |.+\btime$",
    unsent=True,
    blank=("N/A", "{question_not_shown}"),  # the second stands in its VV files
)  # fmt: skip
# Data about the person first, then "Q1. ..." and a column for each tick.
SMARTSURVEY = SurveyTool(
    slug="smartsurvey",
    name="SmartSurvey",
    told_by=(
        ("userid", "userno"),
        ("userno", "started", "ended"),
        ("tracking link", "started", "ended"),
    ),
    sent=("ended", "completed"),
    language=("language", "survey language"),
    own=(
        "userid",
        "userno",
        "name",
        "email",
        "ip address",
        "unique id",
        "tracking link",
        "started",
        "ended",
        "collector",
        "status",
        "completed",
        "device",
        "browser",
        "duration",
    ),
    unsent=True,
)
# One row a response; each part of a question has a column, "question - part". Analysts' notes are no answers.
CITIZEN_SPACE = SurveyTool(
    slug="citizen-space",
    name="Citizen Space",
    told_by=(
        ("response id", "submitted date"),
        ("response id", "date submitted"),
        ("response id", "submitted"),
        ("respondent id", "submitted date"),
    ),
    sent=("submitted date", "date submitted", "submitted"),
    own=(
        "response id",
        "respondent id",
        "submitted date",
        "date submitted",
        "submitted",
        "published",
        "tags",
        "notes",
    ),
    own_like=r".* - (analyst notes?|tags?)$|analyst ",
    blank=("Not Answered",),
)
# help.surveymonkey.com, "Exporting results": two heading rows, or "condensed" one; times as the account's country has them.
SURVEYMONKEY = SurveyTool(
    slug="surveymonkey",
    name="SurveyMonkey",
    told_by=(("respondent id", "collector id"), ("respondentid", "collectorid")),
    sent=("end date", "date modified", "enddate"),
    own=(
        "respondent id", "collector id", "start date", "date created", "ip address", "email address", "first name",
        "last name", "custom data 1", "custom data", "respondentid", "collectorid", "startdate",
    ),
)  # fmt: skip
# qualtrics.com/support, "Understanding your dataset": codes, words and import ids in three heading rows.
QUALTRICS = SurveyTool(
    slug="qualtrics",
    name="Qualtrics",
    told_by=(("startdate", "enddate", "finished"), ("startdate", "recordeddate")),
    sent=("recordeddate", "enddate"),
    language=("userlanguage", "q_language"),
    own=(
        "startdate", "enddate", "status", "ipaddress", "progress", "duration (in seconds)", "finished", "responseid",
        "recordeddate", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference",
        "externaldatareference", "locationlatitude", "locationlongitude", "distributionchannel", "q_recaptchascore",
    ),
)  # fmt: skip
# support.google.com/docs, "View & manage form responses": one heading row; the rows of a grid in [], choices joined by ", ".
GOOGLE_FORMS = SurveyTool(
    slug="google-forms",
    name="Google Forms",
    told_by=(("timestamp", "email address"), ("timestamp", "username"), ("timestamp", "score"), ("timestamp",)),
    sent=("timestamp",),
    own=("email address", "username", "score"),
)
# "choice:question", and what the browser told.
ALCHEMER = SurveyTool(
    slug="alchemer",
    name="Alchemer",
    told_by=(("response id", "time started", "date submitted"),),
    own=("status", "legacy comments", "comments", "sessionid", "tags", "country", "city", "state/region"),
)
# Its program (input_sheet_generator.rb): a statement of a grid is a heading of its own, with numbers below.
GO_VOCAL = SurveyTool(slug="go-vocal", name="Go Vocal", told_by=(("id", "author id", "submitted at", "project"),))
# What XLSForms record of the visit and the device, as a column of any group ("meta/instanceID", "meta-instanceID").
XLSFORM_OWN = (
    "start",
    "end",
    "today",
    "username",
    "email",
    "phonenumber",
    "deviceid",
    "simserial",
    "subscriberid",
    "audit",
)
XLSFORM_OWN_LIKE = r"\*?meta[-:/]|formhub/|(?:.+[-:/])?(?:instanceid|instancename|rootuuid|(?:latitude|longitude)$)"
# support.kobotoolbox.org, "Exporting your data": names or labels, "group/question/choice"; what it adds begins with "_".
KOBOTOOLBOX = SurveyTool(
    slug="kobotoolbox",
    name="KoboToolbox",
    told_by=(("_uuid", "_submission_time"), ("_id", "_uuid"), ("_id", "_submission_time")),
    sent=("_submission_time", "end", "today", "start"),
    own=XLSFORM_OWN,
    own_like=rf"_|{XLSFORM_OWN_LIKE}",
    split=" ",
)
# docs.getodk.org, "Exporting submissions": names, "group-question" and "question/choice"; at the end what Central adds.
ODK = SurveyTool(
    slug="odk",
    name="ODK",
    told_by=(("submissiondate", "key"), ("submissiondate", "meta-instanceid"), ("*meta-submission-date*",)),
    sent=("submissiondate", "*meta-submission-date*", "end", "today", "start"),
    own=(
        *XLSFORM_OWN, "key", "parent_key", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected",
        "status", "reviewstate", "edits", "formversion", "isvalidated",
    ),
    own_like=XLSFORM_OWN_LIKE,
    split=" ",
)  # fmt: skip
# Labels, "question (choice=choice)"; or names, "question___1".
REDCAP = SurveyTool(
    slug="redcap",
    name="REDCap",
    told_by=(("record id", "complete?"), ("record id", "survey timestamp"), ("record_id", "redcap_survey_identifier")),
    own=("record id", "record_id", "survey identifier", "event name", "repeat instrument", "repeat instance"),
    own_like=r"redcap_|data[ _]access[ _]group",
)
TYPEFORM = SurveyTool(
    slug="typeform",
    name="Typeform",
    told_by=(("#", "submit date (utc)", "network id"),),
    own=("response type", "network id", "tags", "ending"),
)
JISC = SurveyTool(slug="jisc", name="Jisc Online Surveys", told_by=(("unique response number",),))
PLAIN_SPREADSHEET = SurveyTool(slug="sheet", name="A spreadsheet")
KNOWN_TOOLS = (
    MICROSOFT_FORMS, LIMESURVEY, SMARTSURVEY, ALCHEMER, JISC, CITIZEN_SPACE, SURVEYMONKEY, QUALTRICS, GO_VOCAL, TYPEFORM,
    KOBOTOOLBOX, ODK, REDCAP, GOOGLE_FORMS,
)  # fmt: skip
TOOLS_BY_SLUG = {tool.slug: tool for tool in (*KNOWN_TOOLS, PLAIN_SPREADSHEET)}


def recognise_tool(columns):
    """The SurveyTool that wrote these headings; PLAIN_SPREADSHEET for an unknown one."""
    found = {fold_words(column) for column in columns}
    fits = (tool for tool in KNOWN_TOOLS if any(found.issuperset(told) for told in tool.told_by))
    return next(fits, PLAIN_SPREADSHEET)


@dataclass(frozen=True)
class ColumnSort:
    """The use of each column, by its place, before storage."""

    kept: tuple[int, ...]
    dropped: tuple[int, ...]
    day: int | None
    language: int | None
    states: tuple[tuple[int, re.Pattern], ...]  # what a cell there says of a row that nobody sent

    def is_unsent(self, cells):
        """Whether a row says of itself that it is a test or unfinished."""
        return any(words.fullmatch(cells[place]) for place, words in self.states)


def sort_columns_by_use(tool, columns, questions, holds_days=lambda place: True):
    """A ColumnSort. `questions`: places of columns that are questions of the consultation; `holds_days`: whether there
    are days at a place."""
    names = [fold_words(column) for column in columns]
    alike = (fold_words(column) for column in columns if SENT_LIKE.fullmatch(_take_apart(column)))
    sent = [*tool.sent, *sorted(alike, key=lambda name: "creat" in name)]  # which may be the time of the first word
    day = _first_wanted_place(
        names, sent, {*questions, *(n for n, name in enumerate(names) if name in sent and not holds_days(n))}
    )
    language = _first_wanted_place(names, tool.language, questions)
    dropped = [
        place
        for place, name in enumerate(names)
        if place not in (day, language)
        and (
            not name
            or tool.is_own(name)
            or place not in questions
            and (name in sent or _find_state_words(name) or _is_about_person_or_visit(columns[place]))
        )
    ]
    kept = [place for place in range(len(names)) if place not in {*dropped, day, language}]
    states = tuple((place, words) for place in dropped if (words := _find_state_words(names[place])))
    return ColumnSort(tuple(kept), tuple(dropped), day, language, states)


def _find_state_words(name):
    said = STATES.get(name) or STATES.get(name.split(". ")[0]) or FORM_COMPLETE.match(name) and "incomplete|0"
    return re.compile(said, re.IGNORECASE) if said else None


def _is_about_person_or_visit(heading):
    """Only for short headings: a long one is probably a question, so a reader decides."""
    name = fold_words(heading)
    short = len(name) <= 30 and not name.endswith("?")
    return is_about_person(heading) or short and (ABOUT_A_VISIT.search(name) or ABOUT_TIME.search(name))


def is_about_person(heading):
    """Whether a heading names a person. Names of programs are taken apart: “SubmitterName”, “about/park_user_id”."""
    said = fold_words(heading), _take_apart(heading)
    return len(said[0]) <= 60 and any(map(ABOUT_A_PERSON.search, said))


def _take_apart(heading):
    return fold_words(WITHIN_NAMES.sub(" ", GROUP_NAME.sub("", heading)))


def _first_wanted_place(names, wanted, questions):
    return next((names.index(name) for name in wanted if name in names and names.index(name) not in questions), None)
