"""Which sentence of the paper's fixed text may stand beside which schedule, and why. Written by hand:
whoever changes a sentence reads it beside each shape first, as the patient who does exactly what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..world.shapes import SHAPES

EVERY: Final = frozenset(SHAPES)
SPLIT: Final = frozenset(
    {
        "halves",
        "halves, then a stop",
        "a half and a whole on one day",
        "one and a half",
        "quarters",
        "three quarters, then a half",
        "a half of one strength, a whole of another",
        "a half of a plain tablet, a whole one that melts",
        "everything, then a stop",
        "halves and wholes on alternate days",
    }
)
MEASURED: Final = frozenset(
    {
        "a liquid",
        "a liquid, then a stop",
        "a tablet and a liquid",
        "a liquid and drops",
        "everything, then a stop",
    }
)
COUNTED: Final = frozenset({"drops", "drops, then a stop", "a liquid and drops"})
MELTING: Final = frozenset(
    {
        "tablets that melt",
        "halves of tablets that melt",
        "a half of a plain tablet, a whole one that melts",
        "everything, then a stop",
    }
)
SPLIT_MELTING: Final = frozenset({"halves of tablets that melt", "everything, then a stop"})
LEFT_OVER: Final = frozenset(
    {
        "whole tablets, then a stop",
        "halves, then a stop",
        "a strength that drops out",
        "a liquid, then a stop",
        "drops, then a stop",
        "everything, then a stop",
        "no dose at the end, then a stop",
        "no dose at the end, and to stay there",
        "a night of each week without a dose, then a stop",
    }
)
SIGN = "a sign of illness, whatever is taken"
CALL = "whom to call does not depend on what is taken"


@dataclass(frozen=True)
class Sentence:
    english: str
    spanish: str
    beside: frozenset[str]
    because: str


def rows(beside: frozenset[str], *given: tuple[str, str, str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(english, spanish, beside, because) for english, spanish, because in given)


OF_WHAT_IS_TAKEN: Final = (
    *rows(
        SPLIT,
        ("Splitting tablets", "Cómo partir las tabletas", "a plain tablet is taken in parts"),
        (
            "Your clinic has asked you to split some tablets.",
            "Su clínica le pide que parta algunas tabletas.",
            "some: others may be whole",
        ),
        (
            "Save the other part.",
            "Guarde la otra parte.",
            "whatever the next dose is; what is never used is taken back at the end",
        ),
        (
            "Use it the next time this paper says to take a part of a tablet of the same strength.",
            "Úsela la próxima vez que esta hoja diga que tome una parte de otra tableta de la misma potencia.",
            "not at the next dose, which may be a whole tablet or of another strength",
        ),
        (
            "Then too, take no more than this paper says.",
            "También entonces, no tome más de lo que dice esta hoja.",
            "of a quarter the other part is three quarters",
        ),
        (
            "Use saved parts before you split a new tablet.",
            "Use las partes guardadas antes de partir otra tableta.",
            "only where a part is taken at all",
        ),
        (
            "When this paper says a whole tablet, take a whole tablet and no saved part.",
            "Cuando esta hoja diga tabletas enteras, tome tabletas enteras y ninguna parte guardada.",
            "no whole tablet is made of halves, nor has a half added to it",
        ),
        ("Ask your pharmacist to show you how.", "Pida en la farmacia que le enseñen cómo hacerlo.", CALL),
    ),
    *rows(
        MEASURED,
        ("Measuring the liquid", "Cómo medir el líquido", "a dose is measured"),
        (
            "Measure each dose of the liquid with the syringe from the pharmacy.",
            "Mida cada dosis del líquido con la jeringa de la farmacia.",
            "of the liquid: a tablet may stand beside it",
        ),
        ("Do not use a kitchen spoon.", "No use una cuchara de cocina.", "a dose is measured"),
        ("Ask your pharmacist to show you how.", "Pida en la farmacia que le enseñen cómo hacerlo.", CALL),
    ),
    *rows(
        COUNTED,
        ("Counting the drops", "Cómo contar las gotas", "a dose is counted in drops"),
        (
            "Count the drops of each dose with the dropper that came with that bottle.",
            "Cuente las gotas de cada dosis con el gotero que vino con ese frasco.",
            "of drops only: how many, the schedule says",
        ),
        (
            "Hold it upright, unless its leaflet says otherwise.",
            "Sosténgalo en posición vertical, a menos que su prospecto diga otra cosa.",
            "drops are of one size only where it is held as it was calibrated; some bottles drip from their edge",
        ),
        (
            "Another dropper makes drops of another size, so never use one.",
            "Otro gotero hace gotas de otro tamaño: nunca use otro.",
            "whatever is counted",
        ),
        (
            "Do not drip into the mouth from the bottle.",
            "No eche las gotas del frasco directamente en la boca.",
            "they could not be counted",
        ),
        ("Ask your pharmacist to show you how.", "Pida en la farmacia que le enseñen cómo hacerlo.", CALL),
    ),
    *rows(
        MELTING,
        ("Tablets that melt in the mouth", "Tabletas que se deshacen en la boca", "such a tablet is taken"),
        (
            "This is for the tablets that this paper says melt in the mouth.",
            "Esto es para las tabletas que, según esta hoja, se deshacen en la boca.",
            "a plain tablet may stand beside it",
        ),
        ("Are they packed in foil?", "¿Vienen envueltas en aluminio?", "some come in a bottle"),
        (
            "Open the foil only when you are about to take the tablet.",
            "Abra el aluminio solo cuando vaya a tomar la tableta.",
            "also for a part: it is about the foil",
        ),
        ("Dry your hands.", "Séquese las manos.", "such a tablet is taken"),
        ("Peel the foil back.", "Despegue el aluminio.", "such a tablet is taken"),
        ("Do not push the tablet through it.", "No empuje la tableta a través de él.", "it would break"),
        (
            "Put the tablet in your mouth and let it melt.",
            "Ponga la tableta en la boca y deje que se deshaga.",
            "how much, the schedule says; of a part the text on parts speaks",
        ),
        ("You can take it with or without water.", "Puede tomarla con agua o sin agua.", "as the label says"),
    ),
    *rows(
        SPLIT_MELTING,
        (
            "Splitting tablets that melt in the mouth",
            "Cómo partir las tabletas que se deshacen",
            "such a tablet is taken in parts",
        ),
        (
            "Your clinic has asked you to split some tablets that melt in the mouth.",
            "Su clínica le pide que parta algunas tabletas que se deshacen en la boca.",
            "some: others may be whole",
        ),
        (
            "Out of the foil, the other part may not stay good.",
            "Fuera del aluminio, la otra parte se puede echar a perder.",
            "so it is not said to save it",
        ),
        (
            "Ask your pharmacist how to split them, and what to do with the other part.",
            "Pregunte en la farmacia cómo partirlas y qué hacer con la otra parte.",
            "no fixed text can know",
        ),
    ),
    *rows(
        SPLIT | SPLIT_MELTING,
        (
            "Take only the part that this paper says.",
            "Tome solo la parte que dice esta hoja.",
            "the schedule says how much",
        ),
    ),
    *rows(
        LEFT_OVER,
        ("Medicine that is left over", "Medicina que sobra", "some of it is not used to the end"),
        (
            "Keep each strength of this medicine until the last step that uses it is over.",
            "Guarde cada potencia de esta medicina hasta que termine el último paso que la usa.",
            "a strength may drop out and come back",
        ),
        (
            "After that, do not take what is left of that strength.",
            "Después, no tome lo que sobra de esa potencia.",
            "of that strength: nobody stops another medicine",
        ),
        (
            "Take it to a drug take-back box at a pharmacy.",
            "Llévelo a un buzón para devolver medicinas en una farmacia.",
            "also the saved part of a tablet",
        ),
        ("Ask us where.", "Pregúntenos dónde.", CALL),
    ),
)
