"""The sentences that stand on every paper, and why they are true beside every schedule."""

from __future__ import annotations

from typing import Final

from .sentences import CALL, EVERY, OF_WHAT_IS_TAKEN, SIGN, rows

ALWAYS: Final = rows(
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
        "¿Bebe casi todos los días?",
        "to stop at once would be a second withdrawal",
    ),
    (
        "Tell us before you stop drinking.",
        "Díganos antes de dejar de beber.",
        "of drinking, and never of the medicine",
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
)
SENTENCES: Final = (*OF_WHAT_IS_TAKEN, *ALWAYS)
