"""Invented names that could be real ones, as many as a hundred thousand documents need. No two numbers share one."""

from __future__ import annotations

import random
from functools import cache
from itertools import product

_ONSETS = (
    "Bal Ban Bel Bor Bran Cal Cor Dal Dar Del Dor Fal Far Fel Gal Gar Gol Hal Har Hol Kal Kar Kel Kor Lan Lar Lem Lor "
    "Mal Mar Mel Mor Nal Nar Nor Ol Or Pal Par Pel Por Ral Ran Rol Sal Sar Sel Sol Tal Tam Tar Tel Tor Ul Val Var Vel "
    "Vor Wal War Wel Yal Yar Zal Zan Zor"
).split()
_MIDDLES = "a e i o u ae ia ira eni ova ami uma ela isi ondo ura ewa obi ani olo ude ika eshi oru".split()
_TOWNS = "bad bek bury dara dorf gora grad hamn kand koro kot lund mbe mora nda ndo nga nova pur rran ska tala ti tovo "
_PEOPLE = "ba beck der dze ekar ente gren kov lescu llo mans mura nen nko oğlu ppa reth rud sen ssi tti vic waite yan "
_FIRST = (
    "Aaron Abena Adaeze Adil Agnes Aiko Akua Alba Alena Amara Amir Ana Anders Aneta Anton Ariel Astrid Ayesha Bao "
    "Beata Bilal Bruno Camila Carlos Cheng Chidi Clara Dalia Daniel Daria Davit Diego Dina Ebba Edgar Elena Elif "
    "Emeka Emil Erika Esther Eva Farid Fatima Felix Fiona Gita Goran Grace Hana Hassan Hector Helga Hugo Ines "
    "Ingrid Irina Isaac Ivan Jana Javier Joao Joseph Julia Kamal Karin Kenji Khalid Kofi Laila Lars Leila Linh "
    "Lucia Luka Magda Malik Mara Marco Maria Marta Mehmet Mei Milan Mina Miriam Moses Nadia Naomi Nikola Nina "
    "Noor Olga Omar Oscar Paula Pedro Petra Priya Rafael Rana Ravi Rosa Ruth Samir Sandra Sara Selma Simon Sofia "
    "Stefan Sunil Tariq Tania Teresa Thomas Tomas Vera Viktor Wanja Yara Yusuf Zara"
).split()


def town(number: int) -> str:
    """An invented town."""
    return _nth(_TOWNS, number)


def surname(number: int) -> str:
    """An invented surname. After 36,000 of them they come again, as surnames do."""
    return _nth(_PEOPLE, number)


def first_name(rng: random.Random) -> str:
    """A first name, of any country."""
    return rng.choice(_FIRST)


def _nth(endings: str, number: int) -> str:
    names = _all(endings)
    return names[number % len(names)]


@cache
def _all(endings: str) -> tuple[str, ...]:
    made = sorted({"".join(parts) for parts in product(_ONSETS, _MIDDLES, endings.split())})
    random.Random(endings).shuffle(made)
    return tuple(made)
