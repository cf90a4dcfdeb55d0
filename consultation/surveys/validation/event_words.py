"""The words of questions about an event, each under its role: who did it, what was done, to whom.

`mark_roles` writes a text as its roles, so that `event_grammar` describes sentences and not phrases:
“Has your dad ever hit me?” becomes “has your KIN ever HARM ME”.
"""

import re
from functools import cache

from consultation.surveys.validation.typing_errors import correct_typing_errors

# Verbs that hurt whoever does it; then those that hurt only when a person does it to a person.
HARM = """abandon abduct abuse ambush assault attack bash batter beat bite blackmail bully burgle catcall choke coerce
    cyberbully defile exploit flog fondle frogmarch grope groom harass harm hit humiliate hurt imprison injure insult
    intimidate kick kidnap kill lynch maltreat manhandle mistreat mock molest mug murder neglect punch punish rape ridicule
    rob scratch shoot shove slap smack spank stab stalk starve strangle strike swear taunt terrorise terrorize
    thrash threaten throttle thump torment torture traffic troll victimise victimize violate wallop whack whip wound
    yell shout scream spit assail persecute clout pinch headbutt trick brainwash spike"""
SOFT = """approach burn chase control corner cut drag drug film flash follow force fool grab jump kiss lick lock
    manipulate pester photograph poke pressure pressurise pressurize push restrain shake snatch spy squeeze stroke
    touch trap undress watch bribe tease bother
    whistle stare leer"""
IRREGULAR = {
    "beat": "beaten",
    "bite": "bitten",
    "strike": "struck stricken",
    "swear": "swore sworn",
    "spit": "spat",
    "shoot": "shot",
    "shake": "shook shaken",
    "traffic": "trafficked",
}
SAME_IN_THE_PAST = {"hit", "hurt", "cut", "spit"}
DOUBLED = {
    "hit",
    "rob",
    "mug",
    "stab",
    "slap",
    "whip",
    "cut",
    "drag",
    "drug",
    "grab",
    "trap",
    "trip",
    "spit",
    "kidnap",
}
NOUN_OF_HARM = """abuse assault assaults attack attacks bullying cyberbullying blackmail beating beatings cruelty
    exploitation grooming groomer harassment harm injury injuries maltreatment neglect rape stalking torture trafficking
    violence threats threat molestation punishment slur slurs insults restraint fgm sextortion catcalling mugging robbery"""
KIN = """mum mums mam mummy mom dad dads daddy mother mothers father fathers parent parents carer carers guardian
    guardians stepdad stepfather stepmum stepmother brother brothers sister sisters stepbrother sibling siblings uncle
    uncles aunt aunts auntie aunty cousin cousins grandad granddad grandfather grandpa grandma gran nan grandmother
    grandparent grandparents boyfriend boyfriends girlfriend girlfriends partner partners husband wife ex family
    relative relatives"""
SOMEBODY = """anyone anybody someone somebody everyone everybody nobody person stranger strangers
    gang gangs user users player players gamer gamers"""
OFFENDER = "abuser abusers attacker attackers perpetrator perpetrators groomer rapist offender offenders"
ADULT = """adult adults grown-up grown-ups grownup grownups man men woman women guy guys boy boys girl girls lad lads
    teenager teenagers kid kids child children pupil pupils student students classmate classmates peer peers friend
    friends mate mates neighbour neighbours roommate lodger visitor dealer"""
ROLE = """teacher teachers tutor tutors coach coaches driver drivers staff worker workers police policeman policewoman
    officer officers guard guards doctor doctors nurse nurses dentist therapist counsellor priest imam vicar pastor rabbi
    leader leaders babysitter childminder nanny manager boss employer professional professionals smuggler smugglers
    soldier soldiers landlord caretaker volunteer volunteers instructor mentor headteacher headmaster conductor carer
    housemate inspector inspectors warden wardens member members shopkeeper receptionist cleaner bouncer
    photographer agent influencer porter matron governor keeper trainer trainers owner steward stewards"""
SEXUAL = """sex sexual sexually nude nudes naked porn pornography genitals penis vagina breasts boobs bum willy
    underwear knickers indecent intimate inappropriately sexting sext sexts dick topless undressed privates sexualised
    sexualized"""
CONTRABAND = """drugs drug weed cannabis cocaine spice pills alcohol vodka vape vapes cigarettes tobacco knife knives
    weapon weapons gun"""
GIFTS = "money cash gift gifts present presents phone phones trainers clothes jewellery treats lifts vouchers"
PICTURES = "picture pictures photo photos photograph photographs image images video videos pic pics selfie selfies"
FRIGHT = "scare scares scared frighten frightens frightened terrify terrifies terrified"
BAD_FEELING = """unsafe afraid uncomfortable ashamed dirty worthless bad uneasy degraded
    fearful"""
MEAN = "mean unkind nasty cruel horrible violent aggressive abusive rough inappropriate threatening brutal vicious"
# Small words that typing errors are put right to, so that a sentence keeps its shape.
SMALL = "people been your have when made paid sent asked something school private secret family home ever hurted being"

PHRASES = {
    r"\b(?:your|my) (?:own )?(?:child|children|son|sons|daughter|daughters|kid|kids|baby|little one|teenager)\b(?!')":
        "CHILD",
    r"\b(any|some|every|no) (one|body)\b": r"\1\2",
    r"\bno one\b": "nobody",
    r"\bgrown up(s?)\b": r"grown-up\1",
    r"\bstep (dad|mum|father|mother|brother|sister)": r"step\1",
    r"\b(?:picked|picks|pick|ganged up|gangs? up|gang up) on\b": "bullied",
    r"\b(?:picking|ganging up) on\b": "bullying",
    r"\b(?:make|makes|made|making|poke|poked) fun (?:of|at)\b": "mocked",
    r"\b(?:take|takes|took|taken) advantage of\b": "exploited",
    r"\b(?:told|tell|tells) off\b": "scolded",
    r"\b(?:kick|kicked|push|pushed|forced|chased) (?:out|off)\b": "expelled",
    r"\bprivate (?:parts?|places?|areas?|bits)\b": "genitals",
    r"\b(?:without|with no|take off|took off|taking off|remove) (?:your |my |their |any )?clothes(?: on)?\b": "naked",
    r"\b(?:had|have|having|has) sex\b": "sexual",
    r"\b(?:down there)\b": "genitals",
    r"\blaugh(?:s|ed|ing)? at (you|me|the way)\b": r"mocked \1",
    r"\b(did|does) (?:the|this|that) (?:stranger|person)\b": r"\1 he",
    r"\b(?:the|this|that) (?:man|woman|guy)\b": "he",
    r"\buse of force\b": "violence",
    r"\bstrip.?search(?:ed)?\b": "humiliated",
    r"\b(?:put|puts|putting) (you|me|CHILD) down\b": r"humiliated \1",
    r"\b(?:unwanted|inappropriate|unwelcome|rude|nasty|abusive|threatening|horrible|racist|racial|sexist|homophobic) "
    r"(?:physical |sexual )?(?:contact|touch|touching|attention|messages?|comments?|advances|pictures?|photos?|"
    r"videos?|images?|texts?|things?|words|remarks|jokes)\b":
        "harassment",
    r"\bphysically violent\b": "violent",
    r"\b(?:domestic|sexual|physical|emotional|racist|racial|homophobic|online|verbal|family|honour.based|"
    r"peer.on.peer|child) (abuse|violence|assaults?|attacks?|harassment|bullying|exploitation|cruelty|neglect)\b": r"\1",
    r"\b(?:hate crimes?|female genital mutilation|county lines|modern slavery)\b": "fgm",
    r"\bforced marriages?\b": "fgm",
    r"\b(?:harsh|cruel|rough) treatment\b": "maltreatment",
    r"\b(?:treat|treats|treated|treating) (you|me|CHILD) (?:very |really |so )?(?:badly|cruelly|roughly|violently)\b":
        r"mistreated \1",
    r"\btreated (?:very |really |so )?(?:badly|cruelly|roughly|violently)\b": "mistreated",
    r"\bcut(?:ting)? (?:yourself|myself) off\b": "left",
    r"\bcut(?:ting)? (?:yourself|myself)\b": "self-harmed",
    r"\b(gangs?) (?:asked|wanted|told|tried to get) (you|me) to join\b": r"\1 groomed \2",
    r"\bgirl friend\b": "girlfriend",
    r"\bboy friend\b": "boyfriend",
}  # fmt: skip
SHORTENED = re.compile(r"^(?:ever )?(been|had|got|seen|felt)\b")  # “Ever been hit?”
WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*|CHILD|[,;:]", re.IGNORECASE)


def inflect(verb: str) -> dict[str, str]:
    """{form: "" or "ING"}: the present, past, participle and -ing form of a verb."""
    stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in DOUBLED else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        past, third = verb[:-1] + "ied", verb[:-1] + "ies"
    else:
        past, third = stem + "ed", verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    childs = verb + (
        "d" if verb.endswith("e") else "ed"
    )  # "hitted" and "bullyed", as children and hurried people write
    forms = {verb: "", third: "", (verb if verb in SAME_IN_THE_PAST else past): "", childs: ""}
    forms |= dict.fromkeys(IRREGULAR.get(verb, "").split(), "")
    return forms | {stem + "ing": "ING"}


@cache
def list_roles() -> dict[str, str]:
    """{word: its role}"""
    roles: dict[str, str] = {}
    nouns = (
        ("NOUN", NOUN_OF_HARM), ("CONTRABAND", CONTRABAND), ("GIFT", GIFTS), ("PICTURE", PICTURES), ("SEX", SEXUAL),
        ("BADFEELING", BAD_FEELING), ("ROLE", ROLE), ("ADULT", ADULT), ("SOMEBODY", SOMEBODY), ("KIN", KIN),
        ("OFFENDER", OFFENDER), ("MEAN", MEAN), ("FRIGHT", FRIGHT),
    )  # fmt: skip
    for role, verbs in (("SOFT", SOFT), ("HARM", HARM)):
        for verb in verbs.split():
            roles |= {form: role + ending for form, ending in inflect(verb).items()}
    for role, words in nouns:
        for word in words.split():
            if role != "NOUN" or word not in roles:  # "abuse" and "attack" are verbs, too, and stay HARM
                roles[word] = role
    return roles | {"you": "YOU", "me": "ME", "i": "I", "yourself": "YOURSELF", "who": "who"}


@cache
def _list_wanted_words() -> frozenset[str]:
    return frozenset(list_roles()) | frozenset(SMALL.split())


def _find_role(word: str) -> str:
    """The role of a word; “stepdad's” has that of “stepdad”, with its ending."""
    if word.endswith("'s") and (role := list_roles().get(word.removesuffix("'s"))):
        return f"{role}'s"
    return list_roles().get(word, word)


def mark_roles(sentence: str) -> tuple[str, list[str]]:
    """(the sentence as roles and small words, the word that stands at each of their places)."""
    text = correct_typing_errors(sentence.lower(), _list_wanted_words())
    text = SHORTENED.sub(r"have you \1", text)
    for phrase, instead in PHRASES.items():
        text = re.sub(phrase, instead, text)
    words = WORD.findall(text)
    return " ".join(map(_find_role, words)), words
