"""Names and phrases of clusters: words that a cluster uses far more often than the others.

Without stop words, redaction tags, and words that fewer than `floor` people used: a name must not reveal one person.
"""

import re
from collections import defaultdict

import numpy as np

from insights.coding.engine.text_space import strip_redaction_tags
from insights.coding.engine.word_tokens import split_words

WORDS_OF_A_NAME, PHRASES = 3, 6
SEVERAL = 3  # people of the cluster who must share a name's word, where a floor is given
STEM = 5
LONGEST_PHRASE = 4
EDGES_SKIPPED = re.compile(r"[\d'’-]+$")
COMMON = frozenset(
    "a an the and or but if so of to in on at by for from with as is are was were be been being am do does did done doing "
    "have has had having i me my we us our you your he him his she her they them their it its this that these those there "
    "here not no nor can could would will should shall may might must just very too more most much many also what which "
    "who whom whose when where why how than then because about into onto over under out up down off all any some each "
    "every both few other another such only own same again once while until through during before after between against "
    "i'm i've i'd i'll it's that's there's don't doesn't didn't can't cannot won't wouldn't shouldn't couldn't isn't aren't "
    "wasn't weren't haven't hasn't you're they're we're he's she's what's let's get gets got getting go goes going gone "
    "make makes made like really even ever never always still yet already maybe perhaps quite rather think thinks thought "
    "know say says said thing things something anything nothing lot lots way ways want wants need needs please thank "
    "thanks ok okay yes yeah im ive dont cant doesnt didnt isnt wont one ones us".split()
)


def is_stop_word(word):
    """Whether the word is a stop word, a number or too short for a name."""
    return len(word) < 3 and word.isascii() or word in COMMON or bool(EDGES_SKIPPED.match(word))


class ClusterNamer:
    """Counts the people who used each word and word pair. `people`: the person of each text."""

    def __init__(self, texts, labels, people=None, floor=1):
        self.labels, self.floor, self.least = np.asarray(labels), floor, min(floor, SEVERAL)
        self.written = [
            [word.lower().replace("’", "'") for word in split_words(strip_redaction_tags(text))] for text in texts
        ]
        self.people = list(range(len(texts))) if people is None else list(people)
        users = defaultdict(set)
        for words, person in zip(self.written, self.people, strict=True):
            for term in _telling_terms(words):
                users[term].add(person)
        everyone = max(1, len(set(self.people)))
        self.share = {term: len(who) / everyone for term, who in users.items() if len(who) >= floor}

    def name(self, number):
        """Up to three words or word pairs, most distinctive first."""
        mine = np.flatnonzero(self.labels == number)
        users = self._group_people_by_part(mine, _telling_terms)
        scored = {
            term: self._score_term(term, len(who) / len(mine)) for term, who in users.items() if len(who) >= self.least
        }
        found = []
        for term in sorted(scored, key=lambda term: (-scored[term], term)):
            # Terms that share a word stem, such as "light" and "street lights", say the same.
            same = {word[:STEM] for word in term} & {word[:STEM] for other in found for word in other}
            if scored[term] > 0 and not same:
                found.append(term)
            if len(found) == WORDS_OF_A_NAME:
                break
        return tuple(" ".join(term) for term in found)

    def _score_term(self, term, share):
        """How much more frequent the term is here than overall; a word pair weighs more."""
        everywhere = self.share.get(term)
        weight = 1.5 if len(term) > 1 else 1.0
        return weight * share * np.log(share / everywhere) if everywhere else 0.0

    def _group_people_by_part(self, mine, parts_of):
        users = defaultdict(set)
        for at in mine:
            for part in parts_of(self.written[at]):
                users[part].add(self.people[at])
        return users

    def phrases(self, number):
        """Runs of two to four words used by at least `floor` people of the cluster. The floor matters because phrases
        may become examples of a codebook, which is kept when a text is withdrawn."""
        users = self._group_people_by_part(np.flatnonzero(self.labels == number), _word_runs)
        common = {
            run: len(who) for run, who in users.items() if len(who) >= max(2, self.floor) and self._is_shared(run)
        }
        found = []
        for run in sorted(common, key=lambda run: (-common[run] * len(run), run)):
            phrase = f" {' '.join(run)} "
            if not any(phrase in other or other in phrase for other in found):
                found.append(phrase)
        return tuple(phrase.strip() for phrase in found[:PHRASES])

    def _is_shared(self, run):
        """Whether enough people used each distinctive word of the run."""
        return all(is_stop_word(word) or (word,) in self.share for word in run)


def _telling_terms(words):
    """The distinct words and neighbouring word pairs, without stop words."""
    plainly = [is_stop_word(word) for word in words]
    single = {(word,) for word, skip in zip(words, plainly, strict=True) if not skip}
    pairs = {
        (first, second)
        for first, second, skip, skipped in zip(words, words[1:], plainly, plainly[1:], strict=False)
        if not skip and not skipped and first != second
    }
    return single | pairs


def _word_runs(words):
    found = set()
    for size in range(2, LONGEST_PHRASE + 1):
        for start in range(len(words) - size + 1):
            run = tuple(words[start : start + size])
            if not is_stop_word(run[0]) and not is_stop_word(run[-1]):
                found.add(run)
    return found
