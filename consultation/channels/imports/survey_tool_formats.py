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
from datetime import date, datetime, time, timedelta, timezone

from django.utils.timezone import get_default_timezone

from consultation.channels.imports.closed_columns import fold_words

# Headings of columns that identify a person, in any tool.
ABOUT_A_PERSON = re.compile(
    r"\b(e-?mail|ip(?: ?addr(?:ess)?)?|phone number|telephone|post(?:al)? ?code|zip ?code|"
    r"date of birth|dob|year of birth|birth ?year|birthday|(?:full|first|last|family)[ _]?name|"
    r"surname|firstname|lastname|forenames?|name|initials|(?:home|street|postal|full|your) address|"
    r"contact (?:number|details)|nhs (?:no|number)|upn|"
    r"(?:pupil|student|learner|member|patient|client|case) ?(?:id|no|number)|"
    r"user ?(?:id|no|name)|respondent ?(?:id|no)|(?:response|session|visitor|network|contact) ?(?:id|no|number))\b|"
    r"^(?:id|#|\w+[ _]id|postal)$|^address(?: line \d)?$",
    re.IGNORECASE,
)
# Headings about the visit or the device; a question may contain these words.
ABOUT_A_VISIT = re.compile(
    r"\b(phone|mobile|token|access code|device|browser|user agent|latitude|longitude|referr?er|tracking link|unique id|"
    r"collector)\b",
    re.IGNORECASE,
)
ABOUT_TIME = re.compile(
    r"\b(time|timestamp|date|started?|ended?|completed?|duration|seconds|datestamp)\b|(?:^|\.)(?:start|end)$",
    re.IGNORECASE,
)
DAY_HEADINGS = ("day", "date", "timestamp", "submitted", "date submitted", "submitted date", "end date", "completed")
# ... and of other tools' columns with the time of sending; without a day, all answers would be of the day of the import.
SENT = "(?:submit(?:ted)?|submission|contribution|completed|completion|recorded|sent|created)"
SENT_LIKE = re.compile(
    rf"{SENT}(?: (?:date|time|at|on|day))(?: \(utc\))?|(?:date|time|day) (?:of )?{SENT}|created|id\.date|response date"
)
# Columns that say whether a row is a whole answer, and what they say where it is a preview, a test or an unfinished one.
STATES = {
    "status": r"(?:survey )?(?:preview|test)|test data|partial(?:ly completed?)?|incomplete|in progress|disqualified|spam|"
    r"deleted|screened out|terminated|(?:over )?quota(?: full)?",
    "finished": r"false|no|0",
}
STATES |= {"response type": STATES["status"], "response status": STATES["status"], "completed": STATES["finished"]}
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
    language: tuple[str, ...] = ("language", "lang")
    own: tuple[str, ...] = ()  # the tool's own columns, which are no answers
    own_like: str = r"(?!)"
    unsent: bool = False  # a row without a time of sending was not sent
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
    GOOGLE_FORMS,
)  # fmt: skip
TOOLS_BY_SLUG = {tool.slug: tool for tool in (*KNOWN_TOOLS, PLAIN_SPREADSHEET)}


def recognise_tool(columns):
    """The Tool that wrote these headings; SHEET for an unknown one."""
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
    sent = [*tool.sent, *filter(SENT_LIKE.fullmatch, names)]
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
            and (name in sent or _find_state_words(name) or _is_about_person_or_visit(name))
        )
    ]
    kept = [place for place in range(len(names)) if place not in {*dropped, day, language}]
    states = tuple((place, words) for place in dropped if (words := _find_state_words(names[place])))
    return ColumnSort(tuple(kept), tuple(dropped), day, language, states)


def _find_state_words(name):
    said = STATES.get(name) or STATES.get(name.split(". ")[0])
    return re.compile(said, re.IGNORECASE) if said else None


def _is_about_person_or_visit(name):
    """Only for short headings: a long one is probably a question, so a reader decides."""
    if name.endswith("?") or len(name) > 30:
        return len(name) <= 60 and ABOUT_A_PERSON.search(name)
    return ABOUT_A_PERSON.search(name) or ABOUT_A_VISIT.search(name) or ABOUT_TIME.search(name)


def _first_wanted_place(names, wanted, questions):
    return next((names.index(name) for name in wanted if name in names and names.index(name) not in questions), None)


ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
TRUE_DATE = re.compile(rf"{ISO_DATE.pattern}((?:T\d\d:\d\d)?)")  # as a cell that is one is written
WRITTEN_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")


MONTHS = (
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)?".split()
)
MONTHS += ["nov(?:ember)?", "dec(?:ember)?"]
NAMED_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -])?(?P<name>{'|'.join(MONTHS)})\.?[ -]"
    r"(?(day)|(?P<after>\d{1,2}),? )(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
SERIAL_DAY = re.compile(r"[2-7]\d{4}(?:\.\d+)?")  # a spreadsheet's number of a day between 1954 and 2119
SERIAL_ZERO = date(1899, 12, 30)
NO_DATE = "1980-01-01"  # LimeSurvey's time of sending in a survey that keeps none
FIRST_YEAR = 1990  # before which nobody answered a survey: a digit too few, or a clock that was never set
UNREADABLE_DAY = "?"  # is no day, so that the row is an error and not an answer of today
HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:([ap])m)?", re.IGNORECASE)
# Hours ahead of UTC. American tools write their own; CST is of America, not of China.
ZONES = {"": 0, "Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2}
ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
ZONE = re.compile(rf"\(?({'|'.join(ZONES)})(?:([+-])(\d{{1,2}})(?::?(\d{{2}}))?)?\)?", re.IGNORECASE)
IN_UTC = re.compile(r"\butc\b", re.IGNORECASE)  # in a heading: the zone of the times below it


def is_month_first(cells):
    """Whether dates are written 9/20/2026 rather than 20/9/2026: the first unambiguous one decides for all. None where
    no cell decides: then a person does."""
    for cell in cells:
        if found := WRITTEN_DATE.match(cell):
            first, second = int(found[1]), int(found[2])
            if first > 12 or second > 12:
                return second > 12
    return None


def resolve_day_order(cells):
    """(the cells, what `is_month_first` says of them), for a column of days.

    A spreadsheet that expects the day first makes 3 February of the American text 03/02/2026, and leaves 03/22/2026 a
    text. So beside such texts a day up to the 12th may have been swapped: it becomes "3/2/2026", for a person to decide.
    """
    days = [TRUE_DATE.fullmatch(cell) for cell in cells]
    if not any(days) or any(day and int(day[3]) > 12 for day in days) or not any(map(WRITTEN_DATE.match, cells)):
        return cells, is_month_first(cells)
    pairs = zip(cells, days, strict=True)
    return [f"{int(day[3])}/{int(day[2])}/{day[1]}{day[4]}" if day else cell for cell, day in pairs], None


def parse_day_of_time(cell, month_first, heading=""):
    """The day here of a timestamp as YYYY-MM-DD, "" for an empty cell, UNREADABLE_DAY, or "5/11/2026" where
    neither the cell nor `month_first` tells which is the month. The time of day is dropped here, and with it its zone."""
    cell = cell.strip()
    if not cell or cell.startswith(NO_DATE):
        return ""
    if SERIAL_DAY.fullmatch(cell):
        return (SERIAL_ZERO + timedelta(days=int(float(cell)))).isoformat()
    try:
        written = _list_written_days(cell, month_first)
        days = [_find_local_day(cell, day, heading) for day in written]
    except (ValueError, OverflowError):
        return UNREADABLE_DAY
    if len(days) == 2 and days == written:
        return f"{days[0].day}/{days[0].month}/{days[0].year}"
    return days[0].isoformat() if len(days) == 1 and days[0].year >= FIRST_YEAR else UNREADABLE_DAY


def _list_written_days(cell, month_first):
    """The days that a cell can mean: none, one, or that of each order, the day first. Raises ValueError for no day."""
    if found := ISO_DATE.match(cell):
        return [date(*map(int, found.groups()))]
    if found := WRITTEN_DATE.match(cell):
        first, second, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
        month_first = is_month_first([cell]) if month_first is None else month_first
        orders = [month_first] if month_first is not None or first == second else [False, True]
        return [date(year, first, second) if is_month else date(year, second, first) for is_month in orders]
    if found := NAMED_MONTH.match(cell):
        year, month = int(found["year"]), _number_month(found["name"])
        return [date(year if year > 99 else year + 2000, month, int(found["day"] or found["after"]))]
    return []


def _number_month(name):
    return next(number for number, month in enumerate(MONTHS, start=1) if re.fullmatch(month, name, re.IGNORECASE))


def _find_local_day(cell, day, heading):
    """The day that it was here, where the cell or its heading says the zone of the time; else the day as written."""
    hour = HOUR.search(cell)
    said = hour and (cell[hour.end() :].strip() or "UTC" * bool(IN_UTC.search(heading)))
    zone = ZONE.fullmatch(said) if said else None
    if not zone:
        return day
    name, sign, hours, minutes = zone.groups(default="0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)
    ahead += timedelta(hours=ZONES[name.upper()])
    hours = int(hour[1]) % 12 + 12 * (hour[3] in "pP") if hour[3] else int(hour[1])
    moment = datetime.combine(day, time(hours, int(hour[2])), timezone(ahead))
    return moment.astimezone(get_default_timezone()).date()
