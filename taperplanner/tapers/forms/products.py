"""The form of a product: added to a plan, or corrected before anything is signed with it."""

from __future__ import annotations

import re
from typing import Any, Final

from crispy_forms.layout import Div, Layout
from django import forms

from taperplanner.doses import Dose, NotAnAmount, Quantity, parse_dose
from taperplanner.fields import QuantityField, TextField, WholeNumberField
from taperplanner.forms import Fold, PlainForm
from taperplanner.label_strength import MOST_DROPS_PER_ML, LabelStrength, measured_in_ml, parse_label

from ..actions import ProductDetails
from ..draft.quantities import read_millilitres
from ..marketed import MARKETED, MarketedProduct
from ..models import Product
from ..schedule.schedule import Form, ScheduleProduct, Unit
from ..wording.sentences import COMPARE_BOTH, said_of_drops

TYPED: Final = "typed"
ONE_DROP: Final = Quantity(1000)
# The number alone of a label's "2 mg/5 mL" would be a liquid five times as strong.
OF_WHAT_VOLUME: Final = "Enter a liquid's strength with its volume, as its label has it: the amount with mg, a slash, and the volume with mL."
NO_VOLUME: Final = (
    "Of a tablet, enter the number without the mg. Of a liquid, enter the volume on its label, too."
)
_VOLUME: Final = re.compile("mg ?/|m[lL]")
TABLET_PARTS: Final = [
    ("1000", "Whole tablets only: it may not be split"),
    ("500", "Halves"),
    ("250", "Quarters"),
]


class MillilitreField(QuantityField):
    """An amount of a liquid in a text box. Returns a Quantity."""

    def to_python(self, value: Any) -> Quantity | None:
        if value in self.empty_values:
            return None
        try:
            return read_millilitres(str(value))
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem)) from problem


class StrengthField(forms.Field):
    """Of a tablet, milligrams as a number. Returns a Dose; of a liquid or drops typed as the label has it, a LabelStrength."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> Dose | LabelStrength | None:
        if value in self.empty_values:
            return None
        text = str(value)
        if "mg" in text.lower() and not _VOLUME.search(text):
            raise forms.ValidationError(NO_VOLUME)
        try:
            return parse_label(text) if _VOLUME.search(text) else parse_dose(text)
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem)) from problem


class ProductForm(PlainForm):
    """A marketed strength to choose, or any product to type. What it may be split into is never preset."""

    marketed = forms.ChoiceField(label="Strength and form", widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label="Form, if typed",
        required=False,
        choices=[("", "Choose"), *Form.choices],
    )
    strength = StrengthField(
        label="Strength in mg, if typed",
        required=False,
        help_text=(
            "Of a tablet, the mg in one tablet, as a number. Of a liquid or drops, what the label of the bottle says: the"
            " amount with mg, a slash, and the volume with mL."
        ),
    )
    tablet_part = forms.ChoiceField(
        label="A tablet: what may this maker's tablet be split into?",
        required=False,
        choices=TABLET_PARTS,
        widget=forms.RadioSelect,
        help_text="Read it off the label or the score line of the product the patient has. Makers differ.",
    )
    liquid_part = MillilitreField(
        label="A liquid: the smallest amount that can be measured, in mL",
        required=False,
        help_text="The smallest mark on the syringe or cup the patient uses.",
    )
    drops_per_ml = WholeNumberField(
        label="Drops: how many of them are one mL?",
        lowest=1,
        highest=MOST_DROPS_PER_ML,
        wrong="Enter a whole number, in digits alone, as the label of the dropper has it.",
        help_text="Read it off the label of the dropper and bottle that the patient has. Droppers differ.",
    )
    read_back = forms.CharField(label="What both labels say", required=False, widget=forms.HiddenInput)
    maker = TextField(label="Maker", max_length=120, not_asked="the name of a company")
    ndc = TextField(label="NDC", max_length=20, not_asked="a code of digits")
    rxnorm = forms.RegexField(
        label="RxNorm code, if typed",
        regex=r"^[0-9]{1,20}$",
        required=False,
        error_messages={"invalid": "An RxNorm code is digits only."},
    )
    is_another = forms.BooleanField(
        label="It is another one, and gets columns of its own", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, drug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {marketed.key: marketed for marketed in MARKETED.get(drug, ())}
        choices = [(key, marketed.label) for key, marketed in self.offered.items()]
        field = self.fields["marketed"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [*choices, (TYPED, "Another product, typed below")]
        field.error_messages["required"] = "Choose a strength, or choose to type another product."
        self.helper.layout = Layout(
            "is_another",
            Div("marketed", css_class="in-columns"),
            "tablet_part",
            Fold(
                "Another product: a form, a strength, a liquid or drops",
                *("form", "strength", "liquid_part", "drops_per_ml"),
                is_open=not choices,
                is_section=False,
                opened_by=f"marketed={TYPED}",
            ),
            "read_back",
            Div(*(Div(name, css_class="col-sm-4") for name in ("maker", "ndc", "rxnorm")), css_class="row"),
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        chosen = data.get("marketed")
        if chosen == TYPED:
            self._require("form", "Choose the form of the product.")
            self._require("strength", "Enter the strength in mg, as it stands on the label.")
            if data.get("strength") == Dose(0):
                self.add_error("strength", "The strength must be more than zero.")
            elif data.get("form") in {Form.LIQUID, Form.DROPS} and isinstance(data.get("strength"), Dose):
                self.add_error("strength", OF_WHAT_VOLUME)
        form = self._form()
        if form is not None and form.unit is Unit.TABLET and self._label():
            self.add_error(
                "strength",
                "Only a liquid has a volume. Enter the mg in one tablet, or choose the liquid or the drops as form.",
            )
        if form is not Form.DROPS and data.get("drops_per_ml"):
            self.add_error(
                "drops_per_ml", "Only drops have this number. Leave it empty, or choose the drops as form."
            )
        if form is Form.LIQUID:
            self._check_liquid()
        elif form is Form.DROPS:
            self._check_drops()
        elif form is not None:
            self._require("tablet_part", "Answer what this maker's tablet may be split into.")
        self._check_code(self.offered.get(chosen or ""))
        return data

    def ask_whether_another(self) -> None:
        """Show the box that confirms a second product like one that the plan has."""
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.order_fields(["is_another"])

    def product(self) -> dict[str, Any]:
        """What `add_product` and `correct_product` take."""
        return {"details": self.details(), "is_another": self.cleaned_data["is_another"]}

    def details(self) -> ProductDetails:
        data = self.cleaned_data
        marketed = self.offered.get(data["marketed"])
        form = self._form()
        assert form is not None  # noqa: S101 - a valid form has one
        label = self._label()
        return ProductDetails(
            form=form,
            strength=marketed.strength if marketed else self._strength(label),
            smallest_part=self._smallest_part(form),
            maker=data["maker"],
            ndc=data["ndc"],
            rxnorm=data["rxnorm"] or (marketed.rxnorm if marketed else ""),
            label=None if label and label.is_of_one_ml and form is Form.LIQUID else label,
            drops_per_ml=data["drops_per_ml"],
        )

    @staticmethod
    def values_of(product: Product) -> dict[str, Any]:
        """The RxNorm code of a marketed strength is left empty, so that it is not carried to another strength."""
        data = product.as_data()
        key = MarketedProduct(data.form, data.strength).key
        marketed = {one.key: one for one in MARKETED.get(product.drug, ())}.get(key)
        return {
            "marketed": key if marketed else TYPED,
            "form": "" if marketed else data.form.value,
            "strength": "" if marketed else _as_typed(data),
            "tablet_part": str(data.smallest_part.thousandths) if data.form.unit is Unit.TABLET else "",
            "liquid_part": data.smallest_part.number if data.form is Form.LIQUID else "",
            "drops_per_ml": product.drops_per_ml,
            "maker": product.maker,
            "ndc": product.ndc,
            "rxnorm": "" if marketed and product.rxnorm == marketed.rxnorm else product.rxnorm,
        }

    def _check_liquid(self) -> None:
        part, label = self.cleaned_data.get("liquid_part"), self._label()
        self._require("liquid_part", "Enter the smallest amount that can be measured, in mL.")
        if part is not None and not part:
            self.add_error("liquid_part", "The smallest amount must be more than zero.")
        try:
            if label:
                measured_in_ml(label)
        except NotAnAmount as problem:
            self.add_error("strength", str(problem))

    def _check_drops(self) -> None:
        """Both labels are read back with what they come to, and a tick belongs to the very sentence that it was given for."""
        self._require("drops_per_ml", "Enter how many drops are one mL, as the label of the dropper has it.")
        label, drops = self._label(), self.cleaned_data.get("drops_per_ml")
        if label is None or drops is None:
            return
        try:
            said = said_of_drops(label, drops)
        except NotAnAmount as problem:
            self.add_error("strength", str(problem))
            return
        if self.cleaned_data.get("read_back") != said:
            self.fields["read_back"].widget = forms.RadioSelect(choices=[(said, "Yes, both labels say so")])
            self.add_error("read_back", f"{said} {COMPARE_BOTH} Nothing is saved yet.")

    def _label(self) -> LabelStrength | None:
        """None: the strength is chosen, or typed as a number alone."""
        is_typed = self.cleaned_data.get("marketed") == TYPED
        strength = self.cleaned_data.get("strength") if is_typed else None
        return strength if isinstance(strength, LabelStrength) else None

    def _strength(self, label: LabelStrength | None) -> Dose:
        data = self.cleaned_data
        if label is None:
            strength: Dose = data["strength"]
            return strength
        return label.in_one_drop(data["drops_per_ml"]) if data["drops_per_ml"] else label.in_one_ml

    def _smallest_part(self, form: Form) -> Quantity:
        if form is Form.LIQUID:
            part: Quantity = self.cleaned_data["liquid_part"]
            return part
        return ONE_DROP if form is Form.DROPS else Quantity(int(self.cleaned_data["tablet_part"]))

    def _form(self) -> Form | None:
        marketed = self.offered.get(self.cleaned_data.get("marketed", ""))
        if marketed:
            return marketed.form
        typed = self.cleaned_data.get("form")
        return Form(typed) if typed else None

    def _check_code(self, chosen: MarketedProduct | None) -> None:
        code = self.cleaned_data.get("rxnorm")
        if code and any(one.rxnorm == code for one in self.offered.values() if one != chosen):
            self.add_error(
                "rxnorm", "This is the code of another strength or form. Leave it out, or correct it."
            )

    def _require(self, name: str, sentence: str) -> None:
        if name not in self.errors and self.cleaned_data.get(name) in {None, ""}:
            self.add_error(name, sentence)


def _as_typed(product: ScheduleProduct) -> str:
    if product.form.unit is Unit.TABLET:
        return product.strength.number
    if product.form is Form.DROPS and product.label:
        return product.label.shortest
    return str(product.label or f"{product.strength}/mL")
