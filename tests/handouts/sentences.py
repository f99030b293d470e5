"""Which sentence of the paper's fixed text may stand beside which schedule, and why. Written by hand:
whoever changes a sentence reads it beside each shape first, as the patient who does exactly what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .shapes import SHAPES

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
    }
)
MEASURED: Final = frozenset(
    {"a liquid", "a liquid, then a stop", "a tablet and a liquid", "everything, then a stop"}
)
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
        "everything, then a stop",
        "no dose at the end, then a stop",
        "no dose at the end, and to stay there",
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


def _all(beside: frozenset[str], *rows: tuple[str, str, str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(english, spanish, beside, because) for english, spanish, because in rows)


SENTENCES: Final = (
    *_all(
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
    *_all(
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
    *_all(
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
    *_all(
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
    *_all(
        SPLIT | SPLIT_MELTING,
        (
            "Take only the part that this paper says.",
            "Tome solo la parte que dice esta hoja.",
            "the schedule says how much",
        ),
    ),
    *_all(
        EVERY,
        ("Do not stop suddenly", "No deje su medicina de golpe", "a planned stop is none that is sudden"),
        (
            "Stopping suddenly can make you very ill.",
            "Si la deja de golpe, puede enfermarse mucho.",
            "a planned stop is none that is sudden",
        ),
        ("It can cause seizures.", "Puede tener convulsiones.", SIGN),
        ("It can put your life at risk.", "Su vida puede correr peligro.", SIGN),
        (
            "Take your medicine as this paper says, day by day.",
            "Tome su medicina como dice esta hoja, día por día.",
            "not: each day, for on some days, and after a stop, nothing of it is taken",
        ),
        (
            "Do not skip a dose to save medicine.",
            "No se salte una dosis para ahorrar medicina.",
            "a day without a dose has none to skip",
        ),
        (
            "Do not take extra to make up for a dose you missed.",
            "No tome de más para reponer una dosis que olvidó.",
            "whatever the dose",
        ),
        ("Call the clinic.", "Llame a la clínica.", CALL),
        (
            "Will your medicine run out before your next visit?",
            "¿Se le va a acabar la medicina antes de su próxima cita?",
            CALL,
        ),
        ("Call the clinic now.", "Llame a la clínica ahora.", CALL),
        ("Do not wait.", "No espere.", CALL),
        ("If you feel worse, call us.", "Si se siente peor, llámenos.", CALL),
        ("We can look at your plan together.", "Podemos revisar su plan con usted.", CALL),
        ("Call 911 right away for", "Llame al 911 de inmediato si", CALL),
        ("a seizure", "hay una convulsión", SIGN),
        (
            "very slow or weak breathing, or no breathing",
            "la respiración es muy lenta o muy débil, o la persona no respira",
            SIGN,
        ),
        ("a person who cannot be woken up", "no se puede despertar a la persona", SIGN),
        (
            "being very mixed up, or not knowing where you are",
            "hay mucha confusión, o la persona no sabe dónde está",
            SIGN,
        ),
        (
            "seeing or hearing things that are not there",
            "la persona ve u oye cosas que no existen",
            SIGN,
        ),
        ("chest pain, or passing out", "hay dolor de pecho o un desmayo", SIGN),
        (
            "Might an opioid have been taken (a strong pain pill, heroin, fentanyl)?",
            "¿Es posible que haya tomado opioides (pastillas fuertes para el dolor, heroína, fentanilo)?",
            CALL,
        ),
        (
            "Give naloxone if you have it, and call 911.",
            "Dele naloxona si la tiene y llame al 911.",
            CALL,
        ),
        (
            "Show this list to the people you live with.",
            "Muestre esta lista a las personas con quienes vive.",
            CALL,
        ),
        (
            "Call or text 988 right now for",
            "Llame o mande un mensaje de texto al 988 ahora mismo si tiene",
            CALL,
        ),
        (
            "thoughts of ending your life or hurting yourself",
            "pensamientos de quitarse la vida o de hacerse daño",
            SIGN,
        ),
        (
            "thoughts of hurting someone else",
            "pensamientos de hacerle daño a otra persona",
            SIGN,
        ),
        ("You can call 988 day or night.", "Puede llamar al 988 de día o de noche.", CALL),
        ("It is free.", "Es gratis.", CALL),
        ("", "Para español, oprima el dos.", "the line answers in English first"),
        ("", "Por texto, mande la palabra AYUDA al 988.", "the line answers in English first"),
        ("In danger right now?", "¿Está en peligro ahora mismo?", CALL),
        ("Call 911.", "Llame al 911.", CALL),
        ("Call the clinic the same day for", "Llame a la clínica el mismo día si", CALL),
        (
            "shaking that gets worse, throwing up, or a fast heartbeat",
            "tiene temblores que empeoran, vómitos o el corazón muy acelerado",
            SIGN,
        ),
        (
            "no sleep, strong worry or panic, or feeling very low",
            "no puede dormir, o tiene mucha angustia, pánico o mucha tristeza",
            SIGN,
        ),
        (
            "a missed dose, or medicine that will run out early",
            "se le pasó una dosis, o la medicina se le va a acabar antes de tiempo",
            CALL,
        ),
        (
            "any new medicine, vitamin or herb, above all a pain pill, a sleep pill or something that makes you sleepy",
            (
                "toma cualquier medicina, vitamina o hierba nueva, sobre todo pastillas para el dolor o para dormir,"
                " o algo que le dé sueño"
            ),
            "any: also one that does not sedate may change the level of this one",
        ),
        (
            "a pregnancy, or if you may be pregnant",
            "está embarazada, o cree que puede estarlo",
            SIGN,
        ),
        ("Stay safe", "Cuídese", CALL),
        ("Do not drink alcohol.", "No tome bebidas alcohólicas.", "also for a while after a stop"),
        (
            "With this medicine it can stop your breathing.",
            "Junto con esta medicina, pueden hacer que deje de respirar.",
            "whatever the dose",
        ),
        (
            "Do you drink most days?",
            "¿Toma casi todos los días?",
            "to stop at once would be a second withdrawal",
        ),
        (
            "Tell us before you stop.",
            "Díganos antes de dejarlo.",
            "of drinking, which the sentence before names",
        ),
        (
            "Opioid pain pills and other drugs that make you sleepy can stop your breathing too.",
            (
                "Las pastillas opioides para el dolor y otras medicinas o sustancias que dan sueño también pueden"
                " hacer que deje de respirar."
            ),
            "whatever the dose",
        ),
        ("Tell us about all you take.", "Díganos todo lo que toma.", CALL),
        (
            "Do not drive or use machines until you know how this medicine acts on you.",
            "No maneje ni use máquinas hasta saber cómo le cae esta medicina.",
            "whatever the dose",
        ),
        (
            "Never do it when you feel sleepy, dizzy or slow.",
            "No lo haga nunca si tiene sueño o mareo, o si reacciona lento.",
            "whatever the dose",
        ),
        ("Do not share this medicine.", "No comparta esta medicina.", "whatever the dose"),
        (
            "Keep it locked up, away from children.",
            "Guárdela bajo llave, lejos de los niños.",
            "also what is left over, until it is taken back",
        ),
        ("Bring this paper to each visit.", "Traiga esta hoja a cada cita.", CALL),
        (
            "Keep this paper until the first day of a new one.",
            "Guárdela hasta el primer día de la hoja nueva.",
            "as the head of a paper that replaces it says, and the page of its code",
        ),
        (
            "Then throw this one out.",
            "Después, tírela.",
            "on the first day of the new one, not on the day it is handed out",
        ),
    ),
    *_all(
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
