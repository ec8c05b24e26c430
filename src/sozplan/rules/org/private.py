"""What personal data looks like in texts, as patterns that run in linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sozplan.diagnostics import Text, text
from sozplan.rules.words import NONE


class Trace(NamedTuple):
    """Personal data found in a text: of which sort, how much of it may be shown, and where it starts."""

    sort: Text
    found: str
    shown: int
    start: int

    @property
    def masked(self) -> str:
        return f"{self.found[: self.shown].rstrip()}…"


def _always(_: re.Match[str]) -> bool:
    return True


class _Pattern(NamedTuple):
    sort: Text
    signs: tuple[str, ...] | re.Pattern[str]
    """Without one of these in a text the slower pattern needn't be tried."""
    pattern: re.Pattern[str]
    shown: int
    """So many characters of it stand in the message."""
    holds: Callable[[re.Match[str]], bool] = _always

    def may_be_in(self, words: str) -> bool:
        if isinstance(self.signs, tuple):
            return any(sign in words for sign in self.signs)
        return self.signs.search(words) is not None


PROVIDERS = frozenset((
    "aol.com", "aol.de", "arcor.de", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de",
    "gmx.net", "googlemail.com", "hotmail.com", "hotmail.de", "icloud.com", "kabelmail.de", "live.com", "live.de",
    "mail.de", "mail.ru", "mailbox.org", "me.com", "msn.com", "mac.com", "o2online.de", "online.de",
    "outlook.com", "outlook.de", "posteo.de", "posteo.net", "proton.me", "protonmail.com", "t-online.de",
    "tutanota.com", "tutanota.de", "unitybox.de", "vodafone.de", "web.de", "yahoo.com", "yahoo.de", "yandex.ru",
    "ymail.com",
))  # fmt: skip
"""Where people have private mailboxes."""

_OFFICES = frozenset((
    "abt", "abteilung", "allgemein", "amt", "anfrage", "bereich", "bezirk", "buero", "büro", "dez", "dezernat",
    "dienst", "fachbereich", "fachdienst", "familie", "fb", "fd", "gemeinde", "gesundheit", "gleichstellung",
    "hilfe", "info", "integration", "jobcenter", "jugend", "kaemmerei", "kita", "kontakt", "koordination",
    "kreis", "land", "landrat", "leitung", "ob", "office", "personal", "personalrat", "planung", "post",
    "poststelle", "presse", "quartier", "rat", "referat", "sachgebiet", "schule", "sekretariat", "senioren",
    "service", "sg", "sozial", "soziales", "sozialplanung", "stab", "stabsstelle", "stadt", "stadtteil",
    "statistik", "stelle", "team", "treff", "umwelt", "vergabe", "verwaltung", "vorstand", "vorzimmer", "wohnen",
    "zentrale", "zentrum",
))  # fmt: skip
"""Words of function mailboxes: `amt.soziales@…` belongs to no person."""

_POSITIONS = (
    "meister", "meisterin", "rat", "rätin", "rats", "vorsitzende", "vorsitzenden", "vorsitzender", "präsident",
    "präsidentin", "minister", "ministerin", "dezernent", "dezernentin", "beigeordnete", "beigeordneter",
    "beigeordneten", "direktor", "direktorin", "leiter", "leiterin", "sprecher", "sprecherin", "kämmerer", "kämmerin",
    "kollege", "kollegin", "senator", "senatorin", "beauftragte", "beauftragter", "beauftragten", "doktor",
    "professor", "professorin", "abgeordnete", "abgeordneter", "rektor", "rektorin", "chair", "mayor", "president",
    "director",
)  # fmt: skip
"""How functions end that follow „Herr“ or „Frau“."""

_PLACEHOLDERS = frozenset(("n", "nn", "x", "xy", "y"))

_PLACES = (
    "straße", "strasse", "str.", "str", "schule", "platz", "weg", "allee", "haus", "gymnasium", "kolleg", "stiftung",
    "ring", "ufer", "park", "halle", "klinik", "kita", "zentrum", "heim", "gasse", "damm", "brücke", "stift",
    "institut", "preis", "bibliothek",
)  # fmt: skip
"""What is named after people."""

_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DAY = (
    rf"(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{_MONTHS})\s?(?:\d{{4}}|\d{{2}})"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
)
_NAME = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöüßéèçğışşćčñ'’-]{0,40}\.?"


def _is_name(match: re.Match[str]) -> bool:
    name = match["name"].casefold().rstrip(".")
    return name not in _PLACEHOLDERS and not name.endswith(_POSITIONS)


def _is_person(match: re.Match[str]) -> bool:
    return not any(part.casefold().endswith(_PLACES) for part in re.split(r"[\s-]+", match["name"]))


def _is_iban(match: re.Match[str]) -> bool:
    """By its check digits (ISO 7064, remainder 1 of 97)."""
    iban = match[0].replace(" ", "")
    digits = "".join(str(int(char, 36)) for char in iban[4:] + iban[:4])
    return 15 <= len(iban) <= 34 and int(digits) % 97 == 1


def _is_insurance_number(match: re.Match[str]) -> bool:
    """By its check digit: weights 2 1 2 5 7 1 2 1 2 1 2 1, cross sums, remainder of 10."""
    number = match[0].replace(" ", "")
    digits = number[:8] + f"{ord(number[8]) - 64:02d}" + number[9:11]
    weighted = (int(d) * w for d, w in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True))
    return sum(sum(divmod(product, 10)) for product in weighted) % 10 == int(number[11])


def _has_enough_digits(match: re.Match[str]) -> bool:
    return sum(char.isdigit() for char in match[0]) >= 6


_PHONE = text(de="eine Telefonnummer", en="a phone number")
_PERSON = text(de="der Name einer Person", en="the name of a person")
_CODED = re.compile(r"[A-Z] ?\d\d")
_MARKED = ("Tel", "tel.", "telefon", "Fon", "fon:", "hone", "obil", "andy", "urchwahl", "ufnummer")
_BORN = ("eb.", "ebor", "eburts", "orn ", "irth", "*")

_PATTERNS = (
    _Pattern(
        _PHONE,
        ("015", "016", "017", "+49", "0049"),
        re.compile(r"(?<![\w.,/+-])(?:(?:\+|00)49[ ()./-]{0,3}(?:0\))?|0)1[567]\d(?:[ ./-]{0,2}\d){6,9}(?!\w)"),
        3,
    ),
    _Pattern(
        _PHONE,
        ("+49", "0049"),
        re.compile(r"(?<![\w.])(?:\+|00)49[ ()./-]{0,3}\d(?:[ ()./-]{0,2}\d){6,11}(?!\w)"),
        3,
    ),
    _Pattern(
        _PHONE,
        _MARKED,
        re.compile(
            r"\b(?:[Tt]el|(?:[Tt]ele)?[Ff]on(?:nummer)?|(?:[Tt]ele)?[Pp]hone|[Mm]obil(?:nummer|telefon)?"
            r"|[Hh]andy(?:nummer)?|[Dd]urchwahl|[Rr]ufnummer)"
            r"[.:]{0,2} {0,2}(?:\(?0|\+\d)[\d ()/.-]{4,20}\d"
        ),
        3,
        _has_enough_digits,
    ),
    _Pattern(
        _PERSON,
        ("Herr", "Frau", "Mr", "Ms"),
        re.compile(rf"\b(?:Herrn?|Frau|Mrs\.?|Mr\.?|Ms\.?)\s(?:(?:Prof|Dr)\.\s?)*(?P<name>{_NAME})"),
        4,
        _is_name,
    ),
    _Pattern(_PERSON, ("Familie ",), re.compile(r"\bFamilie\s[A-ZÄÖÜ]\."), 7),
    _Pattern(
        _PERSON,
        ("Dr.", "Prof."),
        re.compile(
            r"(?<![\w.-])(?:Prof|Dr)\.(?:\s?(?:Prof|Dr|med|phil|jur|rer|nat|pol|dent|h|c)\.){0,5}"
            rf"\s(?P<name>{_NAME}(?:\s{_NAME})?)"
        ),
        3,
        _is_person,
    ),
    _Pattern(
        text(de="eine Bankverbindung (IBAN)", en="a bank account (IBAN)"),
        _CODED,
        re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b"),
        2,
        _is_iban,
    ),
    _Pattern(
        text(de="eine Versicherungsnummer", en="an insurance number"),
        _CODED,
        re.compile(r"(?<![\w-])\d{2} ?\d{6} ?[A-Z] ?\d{3}(?![\w-])"),
        2,
        _is_insurance_number,
    ),
    _Pattern(
        text(de="ein Geburtsdatum", en="a date of birth"),
        _BORN,
        re.compile(
            r"(?:\b(?:[Gg]eb\.|[Gg]eboren|[Gg]eburtsdatum|[Gg]eburtstag|[Bb]orn|[Dd]ate of birth)(?::|\sam|\son)?"
            rf"|(?<!\S)\*)\s?{_DAY}"
        ),
        3,
    ),
    _Pattern(
        text(de="eine Nummer der Bedarfsgemeinschaft", en="the number of a household on benefits"),
        ("//",),
        re.compile(r"(?<!\w)\d{5}//\d{7}(?!\w)"),
        2,
    ),
    _Pattern(
        text(de="eine Steuer-Identifikationsnummer", en="a tax number"),
        ("teuer-I", "teuer-i", "teueri", "teuerI", "IdNr", "idnr"),
        re.compile(r"\b(?i:steuer-?id(?:nr|entifikationsnummer)?|idnr)\.?:? {0,2}\d{2}(?: ?\d{3}){3}\b"),
        6,
    ),
    _Pattern(
        text(de="eine Wohnanschrift", en="a home address"),
        ("wohnhaft", "wohnt"),
        re.compile(
            r"\bwohn(?:haft|t)\b[^\n.;]{1,60}?(?:[Ss]traße|[Ss]tr\.|[Ss]trasse|weg|platz|allee|gasse)\s\d{1,4}\b"
        ),
        8,
    ),
)

_LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[A-Za-z0-9ÄÖÜäöüß-]{1,63}(?:\.[A-Za-z0-9ÄÖÜäöüß-]{1,63}){1,5}")
_FULL_NAME = re.compile(r"([A-Za-zÄÖÜäöüß-]+)[._]([A-Za-zÄÖÜäöüß-]{2,})\d{0,4}")
_MAIL = _Pattern(NONE, ("@",), re.compile("@"), 1)
_EVERY = (_MAIL, *_PATTERNS)
_SIGNS = tuple({each.signs: each for each in _EVERY}.values())
"""One pattern for each sort of signs."""
_PRIVATE_MAIL = text(de="eine private E-Mail-Adresse", en="a private e-mail address")
_PERSONAL_MAIL = text(de="die E-Mail-Adresse einer Person", en="a person's e-mail address")


def signs_in(words: str) -> tuple[_Pattern, ...]:
    """The patterns of which there are signs in many texts joined together."""
    there = {each.signs for each in _SIGNS if each.may_be_in(words)}
    return tuple(each for each in _EVERY if each.signs in there) if there else ()


def may_hold(words: str, among: tuple[_Pattern, ...]) -> bool:
    """Whether it is worth while to look closer at a text."""
    return any(each.may_be_in(words) and each.pattern.search(words) for each in among)


def traces(words: str, domains: frozenset[str]) -> Iterator[Trace]:
    """The personal data in a text; what two patterns see is told once."""
    seen: set[int] = set()
    for start, end, trace in sorted(_all(words, domains), key=lambda each: (each[0], -each[1])):
        if start not in seen:
            yield trace
        seen.update(range(start, end))


def _all(words: str, domains: frozenset[str]) -> Iterator[tuple[int, int, Trace]]:
    yield from _mails(words, domains)
    for each in _PATTERNS:
        for match in each.pattern.finditer(words):
            if each.holds(match):
                yield match.start(), match.end(), Trace(each.sort, match[0], each.shown, match.start())


def _mails(words: str, domains: frozenset[str]) -> Iterator[tuple[int, int, Trace]]:
    at = words.find("@")
    while at != -1:
        local = _LOCAL.search(words, max(0, at - 64), at)
        domain = _DOMAIN.match(words, at + 1)
        if local and domain and (sort := _mail(local[0], domain[0].casefold(), domains)) is not None:
            found = words[local.start() : domain.end()]
            yield local.start(), domain.end(), Trace(sort, found, 1, local.start())
        at = words.find("@", at + 1)


def _mail(local: str, domain: str, domains: frozenset[str]) -> Text | None:
    if domain in PROVIDERS or domain in domains:
        return _PRIVATE_MAIL
    name = _FULL_NAME.fullmatch(local)
    if name is None or any(part.casefold() in _OFFICES for part in re.split(r"[._-]", local)):
        return None
    return _PERSONAL_MAIL
