"""Ways of writing about other people, by class, learned from two writers who had not seen the software.

The texts and names here are new: each shows a class, not an answer.
"""

import pytest

from consultation.reading.redaction import propose_spans


def found(text):
    return {(text[span.start : span.end], span.type) for span in propose_spans(text)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("We play at Girlington Brow after tea and it is cold", "Girlington Brow", "PLACE"),
        ("She started at Wibsey Vale Juniors in the autumn", "Wibsey Vale Juniors", "SCHOOL"),
        ("They sing with Thackley Ladies Choir every other week", "Thackley Ladies Choir", "ORG"),
        ("She got off the bus by Beck Lane crossing and fell", "Beck Lane crossing", "PLACE"),
        ("my school is Hollin Grove and it smells of soup", "Hollin Grove", "SCHOOL"),
        ("i go to thornfield and im in year 7 with my cousin", "thornfield", "SCHOOL"),
        ("someone got robbed outside carrow view high on the way home", "carrow view high", "SCHOOL"),
        ("there is glass everywhere behind kwikwash and nobody cleans it", "kwikwash", "PLACE"),
        ("we have nowhere to sit at haven hall since it flooded", "haven hall", "PLACE"),
        ("there was a new house for us in West Mereside after that", "West Mereside", "PLACE"),
        ("They deal behind the Larches every single night", "Larches", "PLACE"),
        ("there was a fight at the crossing by Holy Family and nobody came", "Holy Family", "SCHOOL"),
        ("write to us at Flat 7, Cobden Tower, BD99 4QX before it shuts", "Flat 7, Cobden Tower", "ADDRESS"),
        ("a letter went to Units 3-4, Loom Yard and came back", "Units 3-4, Loom Yard", "ADDRESS"),
    ],
)  # fmt: skip
def test_a_name_of_a_place_is_read_to_its_end(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("my form tutor miss p sorted it out quietly", "miss p", "WORKER"),
        ("It says so on the report that Mr K sent home", "Mr K", "WORKER"),
        ("and then Mr Winter rang my mum about the trip", "Mr Winter", "WORKER"),
        ("Mr Field and Mrs Wood run the chess club together", "Mrs Wood", "WORKER"),
        ("miss king shouts at us for nothing every day", "miss king", "WORKER"),
        ("my key worker is joy and she never lies to me", "joy", "WORKER"),
        ("my social worker tafara comes on a wednesday", "tafara", "WORKER"),
        ("the book van used to come and the lady, Moira, knew us all", "Moira", "WORKER"),
        ("Adrienne in admissions found the form in the end", "Adrienne", "WORKER"),
        ("We do crafts at the hub and Delphine helps us with the glue", "Delphine", "WORKER"),
        ("His grandmother Mrs Achebe brings soup for the whole street", "Mrs Achebe", "PERSON"),
        ("We stayed with Mr and Mrs Ottershaw in the spring", "Mr and Mrs Ottershaw", "PERSON"),
        ("He was seen by Dr S. Oyelaran at the hospital", "Dr S. Oyelaran", "WORKER"),
    ],
)
def test_staff_are_known_by_their_titles_and_by_what_they_do(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("me zain autumn n jo just sat on the steps", "autumn", "PERSON"),
        ("me and grace went to the fair on our own", "grace", "PERSON"),
        ("it was jordan keen's brother who took the bike", "jordan keen", "PERSON"),
        ("Somebody should look in on Balwinder Oyelaran, Year 9, please", "Balwinder Oyelaran", "PERSON"),
        ("the form says Idris Bright, and it is wrong", "Idris Bright", "PERSON"),
        ("The knitting club closed when Njoki went on leave", "Njoki", "PERSON"),
        ("Wobbly Knees is what they call me at football", "Wobbly Knees", "NICKNAME"),
        ("one lad calls himself Captain Custard in the sessions", "Captain Custard", "NICKNAME"),
        ("my mate JJ got his phone nicked", "JJ", "PERSON"),
        ("everyone calls him biscuit and i dont know why", "biscuit", "NICKNAME"),
        ("big shaz fell off the wall and no adult came", "big shaz", "NICKNAME"),
    ],
)
def test_names_that_are_words_are_known_by_where_they_stand(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("my user is sam.the.ham on there", "sam.the.ham"),
        ("my tag is OO-Zed-Ravi so it is my name nearly", "OO-Zed-Ravi"),
        ("twitch is twitch slash ravistreamsbadly", "ravistreamsbadly"),
        ("My Facebook is /jan.from.the.stall because I have no email", "/jan.from.the.stall"),
        ("add lilsaffy on snap if you want to ask me", "lilsaffy"),
        ("im zorbykid on xbox most nights", "zorbykid"),
        ("my name on it is glitterconker4 and hers is not", "glitterconker4"),
    ],
)
def test_handles_are_known_by_the_platform_around_them(text, handle):
    assert (handle, "HANDLE") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "I AM 12 AND I GET THE BUS ALONE AND IT IS FINE",
        "we went to Cleethorpes with school and it rained",
        "Rosalind is my gerbil and she digs",
        "our old van is called Gladys and it never starts",
        "@everyone says the food is rank but the staff 10/10",
        "the driver was pleasant and the nurse was lovely",
        "a really good school near a normal high street would help",
        "I get a bus from the top of the main road to a big park",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(text):
    assert propose_spans(text) == []


def test_a_window_is_not_cut_within_a_word():
    """`peel pa|rk` was read as a personal adviser."""
    assert ("rio", "PERSON") in found("me and rio and others just sits in peel park all day")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("my lad goes marfield prim and he likes the dinners", "marfield prim", "SCHOOL"),
        ("shes in year 8 at copper vale girls, and gets lost", "copper vale girls", "SCHOOL"),
        ("im at crow bank n the dinners got better this year", "crow bank", "SCHOOL"),
        ("we waited ages by Ottershaw St and no bus came", "Ottershaw St", "PLACE"),
        ("nobody cuts the grass on harvest pk and its muddy", "harvest pk", "PLACE"),
        ("my nan lives at 14 harvest cres and needs a rail", "14 harvest cres", "ADDRESS"),
        ("we live at flt 6 lantern ct and the lights never work", "flt 6 lantern ct", "ADDRESS"),
        ("the swings at heron square are always broke", "heron square", "PLACE"),
        ("my uncle works at copper tyres and smells of rubber", "copper tyres", "ORG"),
        ("send it to post code b d six nine z q please", "b d six nine z q", "POSTCODE"),
        ("the red fiesta yg i7 qox is always outside school", "yg i7 qox", "PLATE"),
    ],
)
def test_places_cut_short_and_in_small_letters(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("i got moved to jim and dereks and it is better here", "jim", "PERSON"),
        ("i am dad to Daisy (6) and a baby and i am tired", "Daisy", "PERSON"),
        ("it was tom mills, he rang the office about it", "tom mills", "WORKER"),
        ("the dinner lady joan lets us have seconds on fridays", "joan", "WORKER"),
        ("we still wait for councillor hathersall to answer us", "councillor hathersall", "WORKER"),
        ("one boy calls himself captain trifle in the sessions", "captain trifle", "NICKNAME"),
    ],
)
def test_names_in_small_letters_are_known_by_their_frame(text, words, kind):
    assert (words, kind) in found(text)
