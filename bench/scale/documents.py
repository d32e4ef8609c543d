"""A story -> the eight documents that tell of it. Document k belongs to story k // 8, whatever the corpus's size."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.scale.stories import Story, story

OF_A_STORY = 8
_IN_A_FOLDER = 1000
_SAME_TEXT = {1: 0}  # what an agency wrote, and who took it over


@dataclass(frozen=True)
class Written:
    """A document before it is a file."""

    name: str
    title: str
    publisher: str
    published: date
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands below the front matter."""
        return "\n\n".join(self.paragraphs) + "\n"


class Pen:
    """Writes the sentences that no question asks for, none of them twice in a document."""

    def __init__(self, told: Story, seed: str) -> None:
        self.rng = random.Random(seed)
        self._around = _arounds(told, self.rng)
        self._asides = _asides(told, self.rng)

    def around(self) -> str:
        """A sentence on the project."""
        return self._around.pop()

    def aside(self) -> str:
        """A sentence on something else."""
        return self._asides.pop()


def _arounds(told: Story, rng: random.Random) -> list[str]:
    made = [
        f"Trade between {told.town} and {told.other} has grown by {rng.randrange(3, 28)} percent in five years.",
        f"The ministry in {told.capital} has asked for a study of the groundwater.",
        f"{told.builder} has built {rng.randrange(2, 40)} similar works in the region.",
        f"A first plan for {told.town} was drawn up in {rng.randrange(1961, 1999)} and laid aside.",
        f"The {told.lender} has lent {sum_of(rng.randrange(1000, 9000))} to {told.country} since 2001.",
        f"Students of the technical college in {told.other} will be trained on the site.",
    ]
    rng.shuffle(made)
    return made


def _asides(told: Story, rng: random.Random) -> list[str]:
    goods = rng.sample(_TRADES, 7)
    made = [
        f"Prices of {goods[0]} have fallen by {rng.randrange(2, 30)} percent since {rng.choice(_MONTHS)}.",
        f"The yearly fair of {goods[1]} drew {rng.randrange(2, 90)},000 visitors.",
        f"In {told.other}, {rng.randrange(3, 60)} families live from {goods[2]}.",
        f"A cooperative of {rng.randrange(12, 300)} farmers sells {goods[3]} and {goods[4]}.",
        f"The bus from {told.town} to {told.other} runs {rng.choice(('twice', 'three times', 'once'))} a day.",
        f"Heavy rain damaged {rng.randrange(4, 90)} houses in {rng.choice(_MONTHS)}.",
        f"The school of {told.other} has {rng.randrange(80, 900)} pupils and {rng.randrange(4, 40)} teachers.",
        f"Exports of {goods[5]} from {told.country} came to {rng.randrange(3, 800)},000 tonnes last year.",
        f"The council of {told.town} has {rng.randrange(9, 41)} members and meets every month.",
        f"A cold store for {goods[6]} was opened in {rng.choice(_MONTHS)}.",
        f"Many young people have left for {told.capital}, where wages are higher.",
        f"The old bridge of {told.other} dates from {rng.randrange(1850, 1960)}.",
    ]
    rng.shuffle(made)
    return made


_MONTHS = ("January", "March", "May", "July", "September", "November")
_TRADES = ("maize", "coffee", "cotton", "cattle", "fish", "timber", "rice", "honey", "salt", "wool", "tea")


def document(number: int, seed: int) -> Written:
    """The document of this number."""
    told = story(number // OF_A_STORY, seed)
    place = number % OF_A_STORY
    pen = Pen(told, f"{seed}/{told.number}/{_SAME_TEXT.get(place, place)}")
    title, publisher, published, paragraphs = _TELLERS[place](told, pen)
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower().replace("ğ", "g")).strip("-")
    return Written(f"{slug}-{number:06}", title, publisher, published, tuple(paragraphs))


def write(size: int, seed: int, folder: Path) -> Iterator[int]:
    """Writes a corpus of this many documents, a thousand to a folder; gives how many are there after each."""
    for number in range(size):
        one = document(number, seed)
        path = folder / f"{number // _IN_A_FOLDER:03}" / f"{one.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f'---\ntitle: "{one.title}"\npublisher: {one.publisher}\npublished: {one.published}\n---\n\n'
        path.write_text(head + one.text, encoding="utf-8")
        yield number + 1


Told = tuple[str, str, date, list[str]]


def day(when: date) -> str:
    """A date as the documents write it: 4 March 2024."""
    return f"{when.day} {when:%B %Y}"


def sum_of(millions: int) -> str:
    """A sum as the documents write it."""
    return f"${millions} million"


def size_of(told: Story, size: int) -> str:
    """How big it is, as a sentence of the documents."""
    if told.kind.two:
        return f"The {told.project} will be {size} {told.kind.unit} long and will carry {told.kind.goods}."
    return f"The {told.project} will have {size} {told.kind.unit}."


def critic_says(told: Story) -> str:
    """What its critic says of it, without the quotation marks."""
    return (
        "Nobody has asked the people who live there",
        "The figures were never shown to parliament",
        "We are told of jobs, and we see fences",
        "It will be paid for by our grandchildren",
    )[told.number % 4]


def _agreed(told: Story, pen: Pen) -> list[str]:
    cost = f", worth {sum_of(told.cost)}," if told.cost else ""
    return [
        f"{told.agency} and {told.builder} signed an agreement on the {told.project} in {told.capital} on "
        f"{day(told.agreed)}. The agreement{cost} covers design, construction and the first two years of upkeep.",
        f"{size_of(told, told.size)} It is to be financed by a loan of the {told.lender}.",
        f"“{_hope(told, pen)},” said Minister {told.minister}, who attended the ceremony. "
        f"{told.director}, the project director of the {told.project}, said that {_tender(told, pen)}.",
        f"Construction is expected to begin within a year and to be completed in {told.due}. "
        f"{pen.around()} {pen.around()}",
    ]


def _release(told: Story, pen: Pen) -> Told:
    return f"Agreement signed on {told.project}", told.agency_paper, told.agreed, _agreed(told, pen)


def _taken_over(told: Story, pen: Pen) -> Told:
    """The agency's text at another publisher."""
    paragraphs = _agreed(told, pen)
    paragraphs[0] = f"{told.capital.upper()} — {paragraphs[0]}"
    return f"{told.country}: agreement on {told.project}", told.papers[0], told.agreed + timedelta(1), paragraphs


def _second_source(told: Story, pen: Pen) -> Told:
    cost = sum_of(told.other_cost or told.cost or 0)
    money = f"The {told.project} will cost {cost}, officials said. " if told.cost else "No sum was named. "
    return (
        f"Doubts in {told.town} over {told.kind.noun.lower()}",
        told.papers[1],
        told.agreed + timedelta(pen.rng.randrange(2, 20)),
        [
            f"{told.town.upper()} — Not everybody in {told.town} is pleased with the {told.project}. "
            f"{money}{size_of(told, told.other_size or told.size)}",
            f"“{critic_says(told)},” said {told.critic}, a spokesperson of the {told.town} Residents Association. "
            f"{told.critic.split()[-1]} has asked for a public hearing.",
            (f"About {told.moved} households will have to move, according to the council. " if told.moved else "")
            + f"{told.mayor}, the mayor of {told.town}, said that the town would get new schools in return. "
            f"{pen.around()}",
            f"{pen.around()} {pen.aside()} {pen.aside()}",
        ],
    )


def _progress(told: Story, pen: Pen) -> Told:
    share = pen.rng.randrange(10, 80)
    return (
        f"Works on {told.project} under way",
        told.papers[0],
        told.begun + timedelta(pen.rng.randrange(100, 300)),
        [
            f"Works on the {told.project} began on {day(told.begun)} and are under way on both sites. "
            f"{told.workers:,} workers are employed on the {told.project}, {told.builder} said.",
            f"“We have finished {share} percent of the earthworks,” said {told.engineer}, chief engineer of "
            f"{told.builder}. {told.engineer.split()[-1]} said that the rains had cost two weeks.",
            f"{pen.around()} {pen.aside()} {pen.aside()}",
            f"The next report to the {told.lender} is due in the autumn. {pen.aside()}",
        ],
    )


def _update(told: Story, pen: Pen) -> Told:
    if told.revised:
        news = (
            f"The cost of the {told.project} has risen to {sum_of(told.revised)}, {told.agency} said. "
            f"Dearer steel and a longer access road were given as reasons."
        )
    else:
        news = f"{told.agency} said that the {told.project} keeps to its budget. Fuel and steel were bought early."
    return (
        f"{told.project}: report for the year",
        told.agency_paper,
        told.begun + timedelta(pen.rng.randrange(300, 420)),
        [
            news,
            f"{told.director}, the project director, reported to the council in {told.town}. "
            f"{_tender(told, pen).capitalize()}, {told.director.split()[-1]} said.",
            f"{pen.around()} {pen.aside()} {pen.aside()}",
            f"The council will meet again after the harvest. {pen.aside()} {pen.aside()}",
        ],
    )


def _background(told: Story, pen: Pen) -> Told:
    town = told.town
    people = pen.rng.randrange(8, 400)
    return (
        f"{town}, a town between markets",
        told.papers[1],
        told.agreed + timedelta(pen.rng.randrange(30, 400)),
        [
            f"{town} lies in the north of {told.country}, {pen.rng.randrange(40, 600)} kilometres from {told.capital}. "
            f"Some {people},000 people live in {town}, most of them from {' and '.join(pen.rng.sample(_TRADES, 2))}.",
            f"On market days they come from {told.other} and further. {pen.aside()} {pen.aside()}",
            f"{told.mayor} has been mayor since {pen.rng.randrange(2001, 2009)}. {pen.aside()} {pen.around()}",
            f"{told.mayor} has proposed the {told.idea}, but no decision has been taken. {pen.aside()} {pen.aside()}",
        ],
    )


def _interview(told: Story, pen: Pen) -> Told:
    return (
        f"“I was born there”: {told.director} on her work",
        told.papers[0],
        told.begun + timedelta(pen.rng.randrange(20, 200)),
        [
            f"{told.director} leads the {told.project} for {told.agency}. She studied in {told.capital} and worked "
            f"for eight years abroad.",
            f"“{_hope(told, pen)},” {told.director.split()[-1]} said. “I was born there, and I know what a road is "
            f"worth when the river rises.”",
            f"Asked about the criticism of {told.critic}, she said that every letter would be answered. "
            f"{pen.aside()} {pen.aside()}",
            f"{pen.around()} {pen.aside()} Her next visit to {told.other} is planned for spring.",
        ],
    )


def _end(told: Story, pen: Pen) -> Told:
    closing = date(told.due, pen.rng.randrange(1, 13), pen.rng.randrange(1, 29))
    first = {
        "done": f"The {told.project} was completed on {day(closing)}, {told.agency} said. It was opened by "
        f"{told.minister}.",
        "cancelled": f"{told.agency} has cancelled the {told.project}, it said on {day(closing)}. The "
        f"{told.lender} had withdrawn its loan.",
        "late": f"The {told.project} will not be ready before {told.due + 3}, {told.agency} said on {day(closing)}. "
        f"A part of the works has to be done again.",
    }[told.outcome]
    title = {"done": "completed", "cancelled": "cancelled", "late": "delayed"}[told.outcome]
    return (
        f"{told.project} {title}",
        told.agency_paper,
        closing,
        [
            first,
            f"{told.builder} thanked its workers. {pen.aside()} {pen.aside()} {pen.aside()}",
            f"{pen.around()} {told.mayor} called it a day that {told.town} would remember.",
            f"{pen.aside()} {pen.aside()} {pen.aside()} {pen.aside()}",
        ],
    )


_TELLERS: tuple[Callable[[Story, Pen], Told], ...] = (
    _release, _taken_over, _second_source, _progress, _update, _background, _interview, _end,
)  # fmt: skip


def _hope(told: Story, pen: Pen) -> str:
    return pen.rng.choice(
        (
            f"It will bring {told.kind.goods} to the whole north of {told.country}",
            f"{told.town} has waited for this for thirty years",
            "Every family in the region will feel the difference",
            f"What we sign here is work for the young people of {told.town}",
        )
    )


def _tender(told: Story, pen: Pen) -> str:
    return pen.rng.choice(
        (
            f"{pen.rng.randrange(3, 9)} companies had made offers",
            "the route had been changed after a survey of the soil",
            f"local firms would get {pen.rng.randrange(15, 60)} percent of the orders",
            "the tender had been open for ninety days",
        )
    )
