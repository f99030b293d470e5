"""What was ever signed keeps its bytes: the hashes below were written down once, and no release may change one."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import replace
from typing import Final
from uuid import UUID

import pytest

from taperplanner.doses import Quantity, parse_dose
from taperplanner.label_strength import LabelStrength
from taperplanner.tapers.actions.signing import _write
from taperplanner.tapers.models import Draft, Plan, Product, Version
from taperplanner.tapers.signed.content import SignedContent, Tampered, verified_content

from ..world.contents import OF_FORMAT_1, OF_FORMAT_2
from ..world.plans import open_plan
from ..world.tampering import past_the_triggers
from ..world.universe import NOW, House, Universe

GOLDEN: Final = {
    "whole tablets, then a stop": "d3c8cfec30d237e880e29a03f59a8b668d6a8f271db7a5f88b7f325a646a5220",
    "whole tablets, to stay on": "61078f8a2ed59bee3da432cc4f51d965ab1ad538980986c2254d7041169f16eb",
    "halves and quarters at each time of day": "70e99672e69e3f4f0ca698ed806027213dbeb93e8f09fedc6f639ece2a877524",
    "tablets that melt": "639114c9b5be33b7814219fed21e476375b524282c676731cac72e89fb1055f5",
    "a liquid in mL": "8d94a107ebfd1743d07932e4c39425d249081e06271bbaf38bf5f34987fe5509",
    "every form on one day": "421165d4a3208a603a9a8b5e8c06f687e45485d1c809a0927eaf60681574a038",
    "two makers of one strength": "00213ba01313d32bb54655dce369c6717760c8dcb9e804894746a41e255e8393",
    "another drug, days without a dose": "b560c9c903323be7d38a5649361a8d0b501d19723afcad615f20c6b179b14d5d",
    "names and notes in other scripts": "21fa8a139bed927cd2d25f0f0765dfbddc2e378475aaf6b308f453cd45ad3014",
    "a revision with an explanation": "658f2d51715077b838f71021fe74a4cd235889bda51edc036975060662d10714",
    "a hold": "c898cd13ae04c61a5c9078669d64481c74292f468ef6bfcf688b1c587a8c5e38",
    "the end of a hold": "bef4516e72da1a322d3c219263819570ddef21117362364223e88e208dda0e49",
    "held when a hold and its end were one reason": "906ffac936d64b7fc814f8c7d6266ee09e5c8864fee50c117ea799919e5e1286",
    "several warnings acknowledged": "2aa945ac5e47d19a82ad93161ba79dbc1c85154da8e414099ef0bcf7a1ecd00c",
    "signed at the last moment of a year": "fe3b5fa94b0ee0816cb456cd01b720f5949d5a4eae5e3539e3a6d2ea7f467ef7",
}
GOLDEN_OF_FORMAT_2: Final = {
    "alternate days": "fae5a3844fdc8dcc85b0fc8903f15e64607710e538a2d0e43eb2bd7ecdb2f709",
    "alternate days from the second of the pattern on": (
        "e9d3d427e947454e5b35bc83358f4d7eaddd7fabcfbf7a1c3691c41550c8222f"
    ),
    "by weekday, with a night without a dose": "5abd9544fde8d37f11f438232c0fb0902127c8a6fa47d4950f515af722c72b67",
    "seven days that are not weekdays": "5a57504ee790d83a4ec70602630ad4300602f465a4837fc35eb7a479339bc1f8",
    "drops": "d8a38dd4cc5b984bbf588b8035c48ba05d62fddcc64452020cdf178f0a51af85",
    "a dose as needed beside the schedule": "7ab4fa974f63f9a5ede2845a010ab584a83c97d344e4809022c1016193e9bec0",
    "a liquid as labelled": "4f6e5c1c236fa59545f55aac370518b2d281cb1c910fa8d0032d67259d719eb5",
    "a liquid as labelled, one of one mL, and tablets": (
        "a10444a1cb8a7e6f003e517fb95a972250614e81ad571bd3ab7fe67f00e158f7"
    ),
}
EVERY: Final = OF_FORMAT_1 | OF_FORMAT_2
EVERY_GOLDEN: Final = GOLDEN | GOLDEN_OF_FORMAT_2


def test_every_fixed_content_has_its_hash() -> None:
    assert {name: content.content_hash() for name, content in EVERY.items()} == EVERY_GOLDEN


@pytest.mark.parametrize("name", sorted(OF_FORMAT_2))
def test_what_uses_something_new_says_its_format(name: str) -> None:
    assert json.loads(OF_FORMAT_2[name].canonical())["format"] == 2


def test_only_a_product_with_a_label_is_written_longer() -> None:
    products = json.loads(OF_FORMAT_2["a liquid as labelled, one of one mL, and tablets"].canonical())[
        "products"
    ]
    assert [len(product) for product in products] == [6, 6, 7]
    assert products[2][3:] == [400_000, 100, "Выдуманная", [2_000_000, 5_000]]


def test_the_label_is_under_the_hash() -> None:
    """The same strength in one mL from another label is another content."""
    one = OF_FORMAT_2["a liquid as labelled"]
    product = one.schedule.products[6]
    for label in (None, LabelStrength(parse_dose("4"), Quantity(10_000))):
        other = replace(one.schedule, products={6: replace(product, label=label)})
        assert replace(one, schedule=other).content_hash() != one.content_hash()


@pytest.mark.parametrize(
    "changed",
    [
        "label_nanograms = NULL, label_thousandths = NULL",
        "label_nanograms = 4000000, label_thousandths = 10000",
        "label_thousandths = 0",
        "label_thousandths = NULL",
    ],
)
def test_a_version_whose_label_was_changed_is_not_shown(universe: Universe, changed: str) -> None:
    version = written(OF_FORMAT_2["a liquid as labelled"], universe.ours)
    past_the_triggers(f"UPDATE tapers_signedproduct SET {changed}")
    with pytest.raises(Tampered):
        verified_content(Version.objects.select_related("plan").get(pk=version.pk))


def test_a_label_put_beside_a_product_that_had_none_is_noticed(universe: Universe) -> None:
    version = written(OF_FORMAT_1["a liquid in mL"], universe.ours)
    past_the_triggers("UPDATE tapers_signedproduct SET label_nanograms = 500000, label_thousandths = 5000")
    with pytest.raises(Tampered):
        verified_content(Version.objects.select_related("plan").get(pk=version.pk))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("alternate days", "UPDATE tapers_step SET pattern_starts_on = 2"),
        ("alternate days", "UPDATE tapers_step SET pattern_by_weekday = TRUE"),
        ("alternate days", "UPDATE tapers_step SET pattern_starts_on = NULL"),
        ("alternate days", "UPDATE tapers_patternday SET dose_nanograms = 500000"),
        ("alternate days", "UPDATE tapers_patterndose SET quantity_thousandths = 1000"),
        ("by weekday, with a night without a dose", "DELETE FROM tapers_patterndose WHERE day = 2"),
        ("drops", "UPDATE tapers_signedproduct SET drops_per_ml = 20"),
        ("a dose as needed beside the schedule", "UPDATE tapers_asneededdose SET times_a_day = 4"),
        ("a dose as needed beside the schedule", "DELETE FROM tapers_asneededdose"),
    ],
)
def test_a_version_is_not_shown_once_what_format_2_added_was_changed(
    universe: Universe, name: str, changed: str
) -> None:
    version = written(OF_FORMAT_2[name], universe.ours)
    past_the_triggers(changed)
    with pytest.raises(Tampered):
        verified_content(Version.objects.select_related("plan").get(pk=version.pk))


@pytest.mark.parametrize("name", sorted(OF_FORMAT_1))
def test_what_uses_nothing_new_says_no_format(name: str) -> None:
    """Absent means 1."""
    assert "format" not in json.loads(OF_FORMAT_1[name].canonical())


@pytest.mark.parametrize("name", sorted(EVERY))
def test_what_was_signed_has_its_hash_when_it_is_read_back(universe: Universe, name: str) -> None:
    version = written(EVERY[name], universe.ours)
    assert version.content_hash == EVERY_GOLDEN[name]
    again = verified_content(Version.objects.select_related("plan").get(pk=version.pk))
    assert again.content_hash() == EVERY_GOLDEN[name]
    assert again.canonical() == EVERY[name].canonical()


def written(content: SignedContent, house: House) -> Version:
    """The rows of these very values, with the ids that they name, written as a signature writes them."""
    plan = open_plan(house)
    patient, signer = plan.patient, copy(house.provider)
    for row, pk in ((patient, content.patient_id), (signer, content.signed_by_id), (plan, content.plan_id)):
        row.pk, row._state.adding = pk, True
    patient.mrn, signer.email = "another", "another@clinic.example"
    patient.save()
    signer.save()
    plan.patient = patient
    plan.save()
    for product in content.schedule.products.values():
        Product.objects.create(
            plan=plan,
            number=product.number,
            drug=product.drug,
            form=product.form,
            strength_nanograms=product.strength.nanograms,
            smallest_part_thousandths=product.smallest_part.thousandths,
            maker=product.maker,
            label_nanograms=product.label.amount.nanograms if product.label else None,
            label_thousandths=product.label.volume.thousandths if product.label else None,
            drops_per_ml=product.drops_per_ml,
            confirmed_by=signer,
            confirmed_at=NOW,
        )
    return _write(content, Plan.objects.get(pk=UUID(int=1)), Draft(typed_by=[]))
