"""A number -> a project: who builds what where for how much, what is said of it, and what becomes of it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from bench.scale import names

_PEOPLE = 5  # in a story
_LENDING, _FIRST_OF_LENDERS = 200, 30_000


@dataclass(frozen=True)
class Kind:
    """A kind of project.

    Attributes:
        noun: the last of its name; `goods` what is hoped of it; `unit` what its size is counted in.
        least, most: of its size; `two` where it joins two towns.
    """

    noun: str
    body: str
    goods: str
    unit: str
    least: int
    most: int
    two: bool


_KINDS = (
    Kind("Railway", "Railways Authority", "freight and passengers", "kilometres", 40, 900, True),
    Kind("Highway", "Roads Authority", "lorries and buses", "kilometres", 30, 600, True),
    Kind("Pipeline", "Water Authority", "drinking water", "kilometres", 20, 400, True),
    Kind("Tunnel", "Roads Authority", "cars and lorries", "kilometres", 2, 30, True),
    Kind("Dam", "Water Authority", "irrigation", "megawatts", 20, 900, False),
    Kind("Solar Plant", "Energy Agency", "electricity", "megawatts", 20, 700, False),
    Kind("Wind Farm", "Energy Agency", "electricity", "megawatts", 30, 800, False),
    Kind("Port", "Ports Authority", "containers and grain", "berths", 2, 14, False),
    Kind("Hospital", "Health Agency", "patients", "beds", 60, 900, False),
    Kind("Airport", "Airports Authority", "flights", "gates", 4, 40, False),
)

COUNTRIES = {
    "Kenya": "Nairobi", "Peru": "Lima", "Zambia": "Lusaka", "Ghana": "Accra", "Nepal": "Kathmandu",
    "Georgia": "Tbilisi", "Albania": "Tirana", "Uruguay": "Montevideo", "Senegal": "Dakar", "Uganda": "Kampala",
    "Vietnam": "Hanoi", "Bolivia": "La Paz", "Jordan": "Amman", "Morocco": "Rabat", "Mongolia": "Ulaanbaatar",
    "Laos": "Vientiane", "Tanzania": "Dodoma", "Namibia": "Windhoek", "Ecuador": "Quito", "Armenia": "Yerevan",
    "Kazakhstan": "Astana", "Indonesia": "Jakarta", "Bangladesh": "Dhaka", "Malawi": "Lilongwe", "Rwanda": "Kigali",
    "Serbia": "Belgrade", "Moldova": "Chisinau", "Paraguay": "Asuncion", "Tunisia": "Tunis",
    "Cambodia": "Phnom Penh", "Ethiopia": "Addis Ababa", "Botswana": "Gaborone", "Honduras": "Tegucigalpa",
    "Malaysia": "Kuala Lumpur", "Oman": "Muscat", "Fiji": "Suva",
}  # fmt: skip
_BUILDERS = ("Construction", "Engineering", "Builders", "Contractors", "Infrastructure")
_LENDERS = ("Development Bank", "Investment Bank", "Infrastructure Fund")
_PAPERS = ("Herald", "Courier", "Tribune", "Dispatch", "Observer", "Chronicle")


@dataclass(frozen=True)
class Story:
    """One project. Sums in millions of dollars.

    Attributes:
        project: its name; `town` where it is; `other` the town that it reaches.
        cost: None where no document gives one. `revised`: what it costs by a later document, or None.
        other_cost, other_size: what a second paper has, where the two differ.
        idea: another project, which is proposed and no more.
        outcome: what its last document tells: done, cancelled, late.
        moved: households that have to move, None where no document counts them.
    """

    number: int
    kind: Kind
    project: str
    town: str
    other: str
    country: str
    capital: str
    agency: str
    builder: str
    lender: str
    agency_paper: str
    papers: tuple[str, str]
    minister: str
    director: str
    engineer: str
    critic: str
    mayor: str
    cost: int | None
    revised: int | None
    other_cost: int | None
    size: int
    other_size: int | None
    workers: int
    moved: int | None
    agreed: date
    begun: date
    due: int
    idea: str
    outcome: str


def story(number: int, seed: int) -> Story:
    """The story of this number: always the same, however many there are."""
    rng = random.Random(f"{seed}/{number}")
    kind = rng.choice(_KINDS)
    country, capital = rng.choice(list(COUNTRIES.items()))
    town, other = names.town(2 * number), names.town(2 * number + 1)
    people = [f"{names.first_name(rng)} {names.surname((_PEOPLE + 1) * number + place)}" for place in range(_PEOPLE)]
    agreed = date(2009, 1, 5) + timedelta(days=rng.randrange(4500))
    cost = None if number % 5 == 3 else rng.randrange(31, 990)
    size = rng.randrange(kind.least, kind.most)
    differs = number % 5
    return Story(
        number=number,
        kind=kind,
        project=f"{town}–{other} {kind.noun}" if kind.two else f"{town} {kind.noun}",
        town=town,
        other=other,
        country=country,
        capital=capital,
        agency=f"{country} {kind.body}",
        builder=f"{names.surname((_PEOPLE + 1) * number + _PEOPLE)} {rng.choice(_BUILDERS)}",
        lender=f"{names.town(_FIRST_OF_LENDERS + rng.randrange(_LENDING))} {rng.choice(_LENDERS)}",
        agency_paper=f"{country} News Agency",
        papers=(f"{capital} {rng.choice(_PAPERS)}", f"{town} {rng.choice(_PAPERS)}"),
        minister=people[0],
        director=people[1],
        engineer=people[2],
        critic=people[3],
        mayor=people[4],
        cost=cost,
        revised=cost + rng.randrange(12, 200) if cost and differs == 1 else None,
        other_cost=cost + rng.randrange(9, 90) if cost and differs == 0 else None,
        size=size,
        other_size=size + rng.randrange(2, 9) if differs == 2 else None,
        workers=10 * rng.randrange(12, 400),
        moved=rng.randrange(110, 4000) if number % 3 else None,
        agreed=agreed,
        begun=agreed + timedelta(days=rng.randrange(40, 300)),
        due=agreed.year + rng.randrange(2, 7),
        idea=f"{other} {rng.choice(('Bridge', 'Museum', 'Stadium', 'Ferry Terminal'))}",
        outcome=rng.choice(("done", "done", "cancelled", "late")),
    )
