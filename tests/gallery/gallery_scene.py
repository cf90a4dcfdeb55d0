"""Steps of a visitor on a browser page, used by the gallery states."""

from contextlib import ExitStack

from cms.demo.demo_staff import PASSWORD
from consultation.surveys.questionnaire_schema import ALSO
from tests.gallery.gallery_data import MAIN


class UnexpectedPage(Exception):
    """A page answered with another status than the state needs."""


class Scene:
    """The page object passed to each state. It never searches for text, so it works in every language."""

    def __init__(self, page, ground, language, base, script=True):
        self.page, self.ground, self.language, self.base, self.script = page, ground, language, base, script
        self.meanwhile = ExitStack()  # temporary changes of a state, undone after its pictures

    def open(self, path="", status=200):
        """Open a page of the site in this language."""
        return self.go(f"/{self.language}/{path}", status)

    def go(self, path, status=200):
        answer = self.page.goto(self.base + path)
        if answer is not None and answer.status != status:
            raise UnexpectedPage(f"{path} answers {answer.status}, not {status}")
        return answer

    def survey(self, at="", slug=MAIN, **more):
        """Open the survey at a question, without keyboard focus, as by touch."""
        self.slug = slug
        self.open(f"have-your-say/{slug}/answer/" + (f"#q{self.key(at)}" if at else ""), **more)
        self.page.evaluate("document.activeElement.blur()")

    def open_with(self, token, slug):
        """Open the survey form with an earlier form token."""
        self.slug = slug
        self.page.set_extra_http_headers({"Form-Token": token})
        self.open(f"have-your-say/{slug}/answer/")
        self.page.set_extra_http_headers({})

    @property
    def asked(self):
        return self.ground.surveys[self.slug]

    def key(self, question):
        return self.asked.keys[question]

    def choose(self, question, *options, row=""):
        """Tick options of a question, visible or not."""
        named = self.asked.options[question]
        name = f"{self.key(question)}.{named[row]}" if row else self.key(question)
        for option in options:
            self.tick(name, named.get(option, ALSO.get(option, option)))

    def tick(self, name, value):
        control = self.page.locator(f'[name="{name}"][value="{value}"]').first
        control.evaluate("c => { c.checked = true; c.dispatchEvent(new Event('change', { bubbles: true })) }")

    def write(self, question, text):
        area = self.page.locator(f'[name="{self.key(question)}"]').first
        tell = "a.dispatchEvent(new Event('input', { bubbles: true }))"
        area.evaluate(f"(a, text) => {{ a.value = text; {tell} }}", text)

    def write_beside(self, question, text):
        """Write into the text box of an "other" choice."""
        self.page.locator(f"#q{self.key(question)} .other input").first.evaluate(
            "(a, text) => { a.value = text }", text
        )

    def next(self):
        self.page.locator(".go a.btn:visible").first.click()

    def to_check(self):
        self.page.locator('.go a[href="#check"]:visible').first.click()

    def fill_in(self):
        """Answer some questions of the main survey."""
        self.choose("go-where", "park", "stops")
        self.choose("bus-wait", "2")
        for row, column in (("town", "middle"), ("park", "bit-unsafe"), ("school", "very-safe")):
            self.choose("place-feel", column, row=row)
        self.choose("unsafe-when", "evening")
        self.write("one-change", EXAMPLE_ANSWERS[self.language])
        self.choose("know-where", "agree-bit")

    def send(self):
        self.page.locator(".end button.btn:visible").last.click()

    def answered(self):
        """Fill in and send the main survey; ends on the thank-you page."""
        self.survey()
        self.fill_in()
        self.to_check()
        self.send()
        self.page.locator("form[action$='/receipt/words/']").wait_for(state="attached")

    def four_words(self):
        """Receipt words, taken from the thank-you page."""
        self.page.locator("form[action$='/receipt/words/'] button").click()
        self.page.locator(".words li").first.wait_for()
        return " ".join(self.page.locator(".words li").all_inner_texts())

    def come_back(self, words):
        self.open("receipt/")
        self.page.fill("#words", words)
        self.page.locator("main form .btn").first.click()
        self.page.wait_for_load_state()

    def sign_in(self, who):
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", f"{who}@example.org")
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main form button:not([name])")
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)

    def first_link(self, selector):
        """Follow the first link that matches."""
        self.go(self.page.locator(selector).first.get_attribute("href"))


EXAMPLE_ANSWERS = {
    "en": "More lights on the path from the bus to my street, please.",
    "ur": "بس سے میری گلی تک کے راستے پر زیادہ روشنی ہونی چاہیے۔",
    "pl": "Więcej światła na drodze z autobusu na moją ulicę.",
    "bn": "বাস থেকে আমার রাস্তা পর্যন্ত পথে আরও আলো দরকার।",
    "sk": "Viac svetla na ceste od autobusu k nám na ulicu.",
    "ro": "Mai multă lumină pe drumul de la autobuz la strada mea.",
    "pa": "ਬੱਸ ਤੋਂ ਮੇਰੀ ਗਲੀ ਤੱਕ ਦੇ ਰਸਤੇ ’ਤੇ ਵੱਧ ਬੱਤੀਆਂ ਚਾਹੀਦੀਆਂ ਹਨ।",
    "ar": "نريد أضواء أكثر على الطريق من الحافلة إلى شارعي.",
}
