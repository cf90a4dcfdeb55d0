"""Rules for places, schools and clubs in small letters or everyday words: by preceding words and by last word."""

import re
from collections.abc import Iterator

from consultation.reading.redaction.gazetteers import first_names, is_common, is_misspelt, listed_towns, not_names
from consultation.reading.redaction.personal_data_spans import Span, find_pattern_spans
from consultation.reading.redaction.place_vocabulary import KINDS, ORG, SCHOOL_WORDS, STREET_FIRST, UNNAMED

LAND = (
    r"moor|ash|bank|hill|edge|vale|dene|grove|woods?|gate|green|park|beck|brook|ridge|mount|cross|royds?|hall|view"
    r"|bridge|mill|dale|heath|lodge|heights|ley|brow|lea|nook|crag|moss|fold|croft|cliffe?|castle|chapel|ends?|pool"
    r"|baths|hub|corner|meadows?|stables|pike|square|top|slip|bottoms|wharf|cemetery|allotments|arcade|roundabout"
    r"|pavilion|flats|steps|grange|gates|skatepark|skatey|playground|bus shelter|play barn|taxi rank|jungle"
    r"|(?:children['’]s|community|health|business|sports|leisure) (?:centre|ctr|hall)|mini ?market|news|methodist"
    r"|buildings|mandir|co-op"
)
STREETS = r"lane|road|street|avenue|terrace|crescent|parade|grove|brow"
WAYS = r"row|way|walk|close|drive|mount|rise|steps|fold|place|gardens"
BEFORE = (
    r"(?:at|in|near|nr|by|behind|round|outside|from|through|thru|past|opposite|along|down|up|on|off|next to|above"
    r"|between|across|to|of|under)"
)
PHRASE = re.compile(rf"\b{BEFORE}\s+(?:the\s+)?((?:[a-z][a-z'’]{{2,}}\s){{1,2}}?)(?:{LAND})\b(?!['’-])")
STREET = re.compile(rf"\b{BEFORE}\s+((?:[a-z][a-z'’]{{2,}}\s){{1,2}})(?:{STREETS})\b")
WAY = re.compile(rf"\b{BEFORE}\s+(?:of\s+)?([a-z][a-z'’]{{3,}})\s(?:{WAYS})\b")
# After going, teaching or cleaning: two words, or one unknown word, name a school.
TO_SCHOOL = re.compile(
    r"\b(?:(?:i'?m|i am|she'?s|he'?s|they'?re|kids|children|clean|cook|work|worked) at|(?:i|he|she|they|we|who|son"
    r"|daughter|brother|sister|kids|cousin|lad) (?:go|goes|went)(?: to)?|goes(?: to)?|y(?:ea)?r ?\w{1,6} (?:at|in)"
    r"|(?:teacher|caretaker|head ?teacher|head|ta|tutor|deputy|lady|governor|senco|cook|cleaner|assistant|pupils?"
    r"|students?|kids|lads|girls|choir|office|gates?) (?:at|from|of)|school (?:is|was)|fault|moved to|beat)"
    r"\s+(?!the\b)([a-z][a-z'’]{2,}\s(?:moor|ash|bank|hill|edge|vale|dene|grove|woods?|gate|green|beck|brook|ridge"
    r"|mount|cross|royd|view|mill|dale|heath|lodge|heights|top|lea|croft|fields?|field|cliffe?|end|oak|park|lane"
    r"|road))\b(?!['’-])"
)  # fmt: skip
# A word for a firm, a team or a group after its name.
FIRM = (
    r"tyres|pizza co|cars|cabs|taxis|lettings|roofing|plumbing|motors|tuition|counselling|grill|banqueting|tattoos?"
    r"|radio|university|news|mini ?market|private hire|fostering(?: ltd)?|ltd|larder|outlet|play "
    r"therapy|cod|bean|logistics|scaffolding"
)
TEAM = (
    r"fc|afc|jfc|rlfc|arlfc|rfc|rufc|abc|harriers|comets|tigers|rovers|rangers|wanderers|mavericks|netball|gymnastics"
    r"|boxing|karate|choir|brass|cadets|cubs|brownies|beavers|scouts|dancers|voices|angels|threads|fellowship|young carers"
    r"|women['’]s (?:group|circle)|parish club|lunch club|after school club|explorers|tenants and residents|under \d{1,2}s"
    r"|juniors|cricket academy|day cent(?:re|er)|family trust|neighbours|climbing wall|brass band|netball|litter pickers"
    r"|warriors|wolves|wheelers|growers|street angels|monday crew|aggregates|boxing club|youth music"
    r"|sat league|youth choir|takeaway"
)
CLUB = re.compile(
    rf"(?:\b(?:for|with|from|at|by|join|joined|our|use|in the|in|to|contact|is|are|its|runs|run|like"
    rf"|and|then|of|chair of|got into|attends?|go|firm,|rate|raised (?:\S+ )?for|join in with|club is|thing is"
    rf"|shout ?out(?: to)?|thanks to|shukriya to|says)\s+|(?:^|[.!?\n]\s*))"
    rf"(?P<the>the\s+)?((?:[a-z][a-z'’-]{{2,}}\s){{1,3}}?)(?:{FIRM}|{TEAM})\b(?!['’-])"
)
PARTNERS = re.compile(
    r"\b[a-z]{3,} (?:&|and) (?:(?!the\b)[a-z]{3,} )?(?:sons?|daughters?|lads|bro(?:ther)?s|co)\b"
    rf"(?:\s(?:{FIRM}|builders|joinery|electrical|garage|butchers|bakers|solicitors|autos|fruit (?:&|and) veg))?"
)
STORE = re.compile(
    r"\b([a-z]{2,})['’]s\s+(?:mini ?market|supermarket|fruit (?:&|and) veg|store|corner|news|offy|tyres|autos)\b"
)
INTERCHANGE = re.compile(r"(?:^|\b(?:the|at|la)\s)(interchange)\b")
SIDES = frozenset({"low", "upper", "lower", "nether"})
FAITH = re.compile(
    r"\b(?:(?:masjid|mandir|gurdwara|jamia) [a-z][\w-]{2,}|(?:shree |sri )?(?!the |a |my |our "
    r")[a-z]{4,} mandir|(?:ysgol|cwm) [a-z]+(?: [a-z]{5,})?)\b"
)
EVERYDAY = UNNAMED | KINDS | frozenset(
    "mums dads nans mates friends cousins aunties uncles grandads grandmas kids families parents carers teachers pupils "
    "people anyone someone everyone lads girls boys women men man woman person baby babies own "
    "other another same every each "
    "different nearest closest biggest nearby favourite beautiful dirty clean dark quiet noisy busy empty long short wide "
    "narrow steep muddy grassy green grass garden gardens rubbish litter dead broken steel iron "
    "stone brick wooden metal glass "
    "high highest higher top bottom middle front back side left right far deep shallow diving hot cold warm outdoor indoor "
    "outside inside school schools college university work job home house houses flat flats shop shops bus train tram tube "
    "taxi car cars bike bikes walk walking run running drive driving play playing swim swimming paddling splash football "
    "cricket rugby tennis netball basketball gym dance music art cinema bowling skating ice snow water fire flood rain "
    "river canal lake sea beach forest country countryside city town towns village local national royal british english "
    "one two three four five six seven eight nine ten first second third last next few many much more most some any no all "
    "both either neither the a an my our your his her their its this that these those is was are were be been being am "
    "has have had do does did can could will would shall should may might must not and or but so if because cos when where "
    "while until since after before during with without for from about into onto over under between through across along "
    "down up off out on in at to by of near behind beside besides past round around opposite against toward towards "
    "always never often sometimes usually just only even also too very really quite pretty well good better best bad worse "
    "worst nice lovely great fun safe unsafe dangerous scary rough proper decent big small large little tiny huge new old "
    "young used closed open shut free cheap expensive happy sad angry alone together again still yet now then here there "
    "what who whom whose which why how he she they we you i me him them us go goes going went come comes came get gets got "
    "make makes made take takes took want wants need needs like likes love loves see seeing look looks looking sit sits "
    "hang hanging sleeping eating selling smoking drinking building mental physical public private social community youth "
    "family child children adult adults health nhs police council care food coffee phone computer community's church "
    "professional amateur premier sunday saturday friday thursday wednesday tuesday monday morning afternoon evening night "
    "day days week weekend weekends month year years time times minute minutes hour hours away later early late real live "
    "living lives lived stay stays staying end ends start starts line middle loud drug crime knife gang gangs special "
    "needs support help charity voluntary business street road lane main cross dead west east north south central red blue "
    "black white yellow golden brown pink football's double single extra level steep slow fast street's land foot mid down "
    "data memory piggy food blood sperm power river left jungle blanket fluffy learning central information digital social "
    "creative innovation hubs family's west's than women womens women's mens men's ladies ladys gents hospital ward "
    "online support access crisis resource resident residents mountain coal dog speed lamp goal finger lawn rock bouncy "
    "sand disney windsor football pitch skate wrong right sharp tight street dead loose opposite odd split weekend deep "
    "snooker exploitation podiatry latest fake range brings ordered eats table pool darts keep stop cut "
    "west business tail rear bitter receiving book receiving other's front kid's back's pointed".split()
)  # fmt: skip


def find_places_by_context(text: str) -> Iterator[Span]:
    yield from _find_schools_by_context(text)
    yield from _find_named_places(text)
    for match in STREET.finditer(text):
        if _may_be_name(match.group(1).replace("old ", "").replace("upper ", "")):
            yield Span(match.start(1), match.end(), "PLACE", "Street")
    for match in WAY.finditer(text):
        word = match.group(1)
        if word in listed_towns() or word in STREET_FIRST.split("|") or _is_unknown_word(word):
            yield Span(match.start(1), match.end(), "PLACE", "Street")
    yield from _find_clubs_and_firms(text)


OPENING = re.compile(
    r"(?:^|[.!?:,(\n]\s*|\b(?:why does|serves|shut|cover|covers|like|love|card says|tutor|lead|girl|then|and|still at"
    r"|three schools|said|attends?|at|from|for|in|near|to)\s+)((?:[a-z][a-z'’-]{2,}\s){1,3}?)(?:special school"
    r"|day nursery|studio school|village school|beacon school|girls['’]? (?:school|academy)|primary(?: school)?"
    r"|academy|high(?=\s(?:is|was|has|had|nobody)\b|[,.])|pru|juniors|infants|grammar|college)\b(?!['’-])"
)
ROYD = re.compile(
    r"(?:^|[.!?\n]\s*)([a-z]{3,} (?:moor|bank|royd|syke|beck|vale|dene|edge|ridge|heath|grange|gate|brow|hollow|upper"
    r"|ash|wood))(?= (?:is|was|has|had|and|cares|needs|should|sorted|did|got)\b)"
)


def _may_be_name(words: str) -> bool:
    """Whether these words may be a name: none of them is generic or a conjunction."""
    return not any(word.removesuffix("'s").removesuffix("’s") in EVERYDAY for word in words.split())


def _find_schools_by_context(text: str) -> Iterator[Span]:
    for match in TO_SCHOOL.finditer(text):
        if match.group(1).split()[0] in SIDES or _may_be_name(match.group(1).split()[0]):
            near = SCHOOL_WORDS.search(text) or "head" in text
            street = match.group(1).endswith((" park", " lane", " road")) and not near
            yield Span(*match.span(1), "PLACE" if street else "SCHOOL", "School, by the words beside it")
    for match in OPENING.finditer(text):
        words = [(m.start() + match.start(1), m.group()) for m in re.finditer(r"\S+", match.group(1))]
        if words[0][1] in ("the", "our", "my"):
            words = words[1:]
        if words and not any(word in EVERYDAY - SIDES for _, word in words):
            yield Span(words[0][0], match.end(), "SCHOOL", "Name of a school")
    for match in ROYD.finditer(text):
        if match.group(1).split()[0] in SIDES or _may_be_name(match.group(1).split()[0]):
            yield Span(*match.span(1), "SCHOOL", "Name before what it is like")


def _find_named_places(text: str) -> Iterator[Span]:
    for match in PHRASE.finditer(text):
        if _may_be_name(match.group(1)):
            yield Span(match.start(1), match.end(), "PLACE", "Name of a place")
    for match in FAITH.finditer(text):
        if match.group().split()[1] not in EVERYDAY:
            yield Span(match.start(), match.end(), "PLACE", "Name of a place of worship or of the land")
    yield from find_pattern_spans(text, "PLACE", "On the list of places", INTERCHANGE, group=1)
    for match in STORE.finditer(text):
        if match.group(1) not in EVERYDAY:
            yield Span(match.start(), match.end(), "PLACE", "Name of a shop")


def _is_unknown_word(word: str) -> bool:
    name = re.sub(r"['’]s?$", "", word)
    listed = name in not_names() or name in first_names()
    return len(name) > 3 and not listed and not is_common(name) and not is_misspelt(name)


def _find_clubs_and_firms(text: str) -> Iterator[Span]:
    for match in CLUB.finditer(text):
        words = match.group(2).split()
        if not any(word in EVERYDAY - {"young", "women's"} for word in words) and words[0] not in ("young", "women's"):
            yield Span(match.start(2), match.end(), "ORG", "Name of an organisation")
    for match in PARTNERS.finditer(text):
        first, last = match.group().split()[0], match.group().split()[-1]
        if first not in EVERYDAY and (not is_common(first) or last in ORG or re.search(FIRM, last)):
            yield Span(match.start(), match.end(), "ORG", "Name of an organisation")


FOREIGN = re.compile(r"(?<![\w-])([a-z]{5,}) (?:primary|academy|high school|high|infants|juniors)\b")


def find_english_schools(text: str) -> Iterator[Span]:
    """`thornbeck academy de khane`: the name of a school in small letters, within another language."""
    for match in FOREIGN.finditer(text):
        if not is_common(match.group(1)):
            yield Span(match.start(), match.end(), "SCHOOL", "Name of a school")
