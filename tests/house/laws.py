"""The laws that are found by reading the files. An exception is a line in `excused`, with its reason."""

from __future__ import annotations

from typing import Final

from . import code, pages, papers, static
from .far import OF_FAR_DAYS
from .law import Law
from .laws_of_views import OF_VIEWS
from .packages import LAWS_OF_PACKAGES
from .patterns import OF_PATTERNS
from .posts import FORMS_WITHOUT_A_KEY

HOUSE: Final = ("taperplanner/**/*.py",)
MIGRATIONS: Final = "taperplanner/*/migrations/*.py"
ACTIONS: Final = ("taperplanner/**/actions.py", "taperplanner/**/actions/*.py")
NEAR_DOSES: Final = (
    "taperplanner/doses.py",
    "taperplanner/tapers/**/*.py",
    "taperplanner/monitoring/**/*.py",
    "taperplanner/handouts/**/*.py",
)

LAWS: Final = (
    OF_FAR_DAYS,
    OF_PATTERNS,
    *OF_VIEWS,
    *static.LAWS,
    Law(
        says="only actions and models write",
        finder=code.writes,
        within=HOUSE,
        but_not=(
            *ACTIONS,
            MIGRATIONS,
            "taperplanner/**/models.py",
            "taperplanner/**/models/*.py",
            "taperplanner/append_only.py",
            "taperplanner/inserted_once.py",
            "taperplanner/audit/chain.py",
            "taperplanner/audit/log.py",
            "taperplanner/audit/verify/known.py",  # in a file of its own
            "taperplanner/catalogue/*.py",
            "taperplanner/backups/*.py",  # in copies, and in databases that it makes
        ),
        broken_by=(
            "patient.save()",
            "form.save()",
            "Patient.objects.create(name='')",
            "patients.filter(pk=1).update(name='')",
            *("patient.delete()", "Patient.objects.get_or_create(mrn='1')"),
            "connection.cursor().execute('SELECT 1')",
        ),
        excused={
            "taperplanner/day_book/writing.py: cursor.execute()": "queues for a patient, and writes nothing",
            "taperplanner/clock/comparing.py: cursor.execute()": "asks the database what time it is",
            "taperplanner/serving/health.py: cursor.execute()": "asks whether the database is there",
            "taperplanner/serving/durability.py: cursor.execute()": "asks whether a commit lies on the disk",
            "taperplanner/serving/time_outs.py: cursor.execute()": "asks which limits hold",
            "taperplanner/going_back.py: cursor.execute()": "counts what would be dropped",
            "taperplanner/lock_waits.py: cursor.execute()": "says how long a migration waits",
            "taperplanner/accounts/sessions.py: super().save()": "Django's own session, where it can be written",
            "taperplanner/accounts/sessions.py: super().delete()": "Django's own session, where it can be written",
            "taperplanner/accounts/limits.py: super().delete()": "Django's own cache, where it can be written",
            "taperplanner/accounts/passkey_forms.py: super().save()": "allauth's own row, whose new name is recorded",
        },
    ),
    Law(
        says="only signing makes a signed version",
        finder=code.writes_of_signed_rows,
        within=HOUSE,
        but_not=("taperplanner/tapers/actions/signing.py", MIGRATIONS),
        where="taperplanner/tapers/somewhere.py",
        broken_by=(
            "from .models import Step\nStep(position=1)",
            "from taperplanner.tapers.models.versions import Dose as Row\nRow(position=1)",
            "from .models import Version\nVersion.objects.create(number=1)",
            "version.steps.create(position=1)",
            "version.doses.bulk_create([])",
            "apps.get_model('tapers', 'Step')",
        ),
    ),
    Law(
        says="the newest version is not taken for the one in force",
        finder=code.newest_versions,
        within=HOUSE,
        but_not=(
            "taperplanner/tapers/schedule/chain.py",
            "taperplanner/tapers/schedule/course.py",
            "taperplanner/protocols/*.py",  # of a clinic's own note the newest version is the one in use
            MIGRATIONS,
        ),
        where="taperplanner/tapers/somewhere.py",
        broken_by=(
            "plan.versions.newest_first().first()",
            "versions[0]",
            "versions[-1]",
            "max(versions, key=lambda one: one.number)",
            "plan.versions.filter(number__gt=1)",
            "Version.objects.order_by('-number')[:1]",
            "from .schedule.chain import newest",
        ),
        excused={
            "taperplanner/audit/verify/chains.py: number__gt": "of events: those that follow",
            "taperplanner/handouts/models/copies.py: number__gt": "a copy must come back once a newer version is signed,"
            " whenever that begins",
            "taperplanner/recall/affected.py: number__gt": "asks of each newer one whether it has begun",
            "taperplanner/monitoring/follow_ups/actions.py: number__gt": "refuses where one was signed meanwhile",
            "taperplanner/monitoring/models/follow_ups.py: number__gt": "asks of each newer one whether it begins"
            " before the step",
            "taperplanner/tapers/models/assignments.py: number__gt": "whether a version was signed since",
            "taperplanner/tapers/on_patient_list.py: Version.objects.filter(plan=of_plan).order_by('-number')": "whose plan"
            " it is: who signed last",
            "taperplanner/tapers/actions/signing.py: Max('number')": "compare and set: the head is replaced once",
            "taperplanner/tapers/actions/signing.py: plan.versions.aggregate(last=Max('number'))['last']": "the same",
            "taperplanner/tapers/decorators.py: from chain import newest": "says whose signature ended the draft",
            "taperplanner/tapers/signed/second_check.py: plan.versions.filter(number__lt=version.number).newest_first()"
            ".first()": "since when somebody typed in this version's draft",
            "taperplanner/saving.py: Max('number')": "the next number of any numbered rows",
        },
    ),
    Law(
        says="a number near a dose is exact",
        finder=code.inexact_numbers,
        within=NEAR_DOSES,
        broken_by=("float('1')", "Decimal('0.1')", "half = 0.5", "mg = dose / 2", "mg /= 2", "round(dose)"),
    ),
    Law(
        says="no column or field holds an inexact number",
        finder=code.inexact_fields,
        within=HOUSE,
        broken_by=("models.FloatField()", "forms.DecimalField()", "from x import FloatField\nFloatField()"),
    ),
    Law(
        says="no signals",
        finder=code.signals,
        within=HOUSE,
        broken_by=(
            "from django.db.models.signals import post_save",
            "from django.db.models import signals",
            "from django.dispatch import receiver",
            "from allauth.account.signals import user_logged_in",
        ),
        excused={
            "taperplanner/audit/apps.py: django.db.models.signals: post_migrate": "puts the triggers back"
            " after each migrate, because SQLite drops them when a table is rebuilt",
        },
    ),
    Law(
        says="an action is keyword-only, takes by and at, is one audited transaction and is recorded",
        finder=code.shapeless_actions,
        within=ACTIONS,
        broken_by=(
            "@audited_transaction()\ndef edit(row, *, by, at): record()",
            "@audited_transaction()\ndef edit(*, row, at): record()",
            "@audited_transaction()\ndef edit(*, row, by): record()",
            "def edit(*, row, by, at): record()",
            "@audited_transaction()\ndef edit(*, row, by, at): row.save()",
        ),
        excused={
            "taperplanner/handouts/batches/actions.py: print_item records nothing": "print_handout does, in it",
            "taperplanner/accounts/actions/confirmations.py: use_confirmation records nothing": "the event of the"
            " signature or the check names it",
        },
    ),
    papers.NOT_IN_A_TRANSACTION,
    Law(
        says="the environment is read in one place",
        finder=code.environment,
        within=HOUSE,
        but_not=("taperplanner/settings.py", "taperplanner/wsgi.py", "taperplanner/open_papers.py"),
        broken_by=("import os\nos.environ['A']", "os.getenv('A')", "from os import environ\nenviron['A']"),
    ),
    Law(
        says="every function says what it returns",
        finder=code.without_return_type,
        within=("taperplanner/**/*.py", "tests/**/*.py"),
        but_not=(MIGRATIONS,),
        broken_by=("def view(request): ...", "async def view(request): ..."),
    ),
    Law(
        says="no search that an index cannot answer",
        finder=code.slow_lookups,
        within=HOUSE,
        but_not=(MIGRATIONS,),
        broken_by=("patients.filter(name__icontains='a')", "Q(**{'name__icontains': 'a'})"),
    ),
    Law(
        says="no text is let through into a page unescaped",
        finder=code.unsafe_markup,
        within=HOUSE,
        broken_by=(
            "from django.utils.safestring import mark_safe\nmark_safe('')",
            "SafeString('')",
            "@html_safe\nclass Cell: ...",
        ),
    ),
    Law(
        says="one module says which characters are stored, seen and joined",
        finder=code.opinions_on_characters,
        within=HOUSE,
        but_not=("taperplanner/text.py",),
        broken_by=(
            "import unicodedata",
            "from unicodedata import category",
            "from unicodedata import normalize",
            "text.isprintable()",
        ),
    ),
    Law(
        says="every field of text is one of ours",
        finder=code.other_text_fields,
        within=HOUSE,
        but_not=("taperplanner/fields.py",),
        broken_by=(
            "note = forms.CharField()",
            "class Note(forms.CharField): ...",
            "from django.forms import CharField",
            "from django.forms.fields import CharField",
            "code = forms.RegexField(regex='.')",
        ),
        excused={
            "taperplanner/monitoring/check_ins/forms/runs.py: forms.CharField": "a hidden count of rows, read as a number",
            "taperplanner/tapers/forms/products.py: forms.CharField": "a sentence of ours, compared letter for letter",
            "taperplanner/tapers/forms/products.py: forms.RegexField": "digits and nothing else",
            "taperplanner/accounts/confirm_form.py: forms.CharField": "a password is compared letter for letter",
        },
    ),
    Law(
        says="no admin",
        finder=code.admin,
        within=HOUSE,
        broken_by=(
            "INSTALLED_APPS = ['django.contrib.admin']",
            "from django.contrib import admin",
            "from django.contrib.admin.sites import site",
        ),
    ),
    Law(
        says="no module is longer than 300 lines",
        finder=code.too_long,
        within=("taperplanner/**/*.py", "tests/**/*.py", "static/**/*.js"),
        but_not=(MIGRATIONS,),
        broken_by=("pass\n" * 301,),
    ),
    Law(
        says="no template is longer than 150 lines",
        finder=lambda source: code.too_long(source, longest=150),
        within=("templates/**/*.html",),
        broken_by=("<p>\n" * 151,),
    ),
    Law(
        says="a page holds no script, style, handler, sum or number made over",
        finder=pages.in_a_page,
        within=("templates/**/*.html", "taperplanner/**/*.html"),
        broken_by=(
            "{{ dose|floatformat }}",
            "{{ dose | floatformat:2 }}",
            "{{ days|add:1 }}",
            "{{ note|safe }}",
            "{% autoescape off %}",
            "<style>p {}</style>",
            '<p style="color: red">',
            '<p onclick="go()">',
            '<p hx-on::click="go()">',
            "<script>go()</script>",
            '<input type="number">',
            "<input type=date>",
            '<button formmethod="get">',
        ),
    ),
    Law(
        says="a form that is posted has a key, by which it is taken once",
        finder=pages.forms_without_a_key,
        within=("templates/**/*.html",),
        but_not=("templates/account/*.html", "templates/mfa/**/*.html"),
        excused={f"templates/{path}: {to}": why for (path, to), why in FORMS_WITHOUT_A_KEY.items()},
        broken_by=(
            '<form method="post">{% csrf_token %}</form>',
            """<form action="{% url 'a:b' %}">{% once %}{% csrf_token %}</form><form>{% csrf_token %}</form>""",
        ),
    ),
    Law(
        says="a script works out no date and no number, and keeps nothing in the browser",
        finder=pages.in_a_script,
        within=("static/**/*.js",),
        excused={
            "static/js/idle.js: a date: Date.": "counts the minutes until somebody idle is signed out",
            "static/js/idle.js: kept in the browser: localStorage": "when somebody last did something, in any tab",
        },
        broken_by=(
            *("new Date()", "Date.now()", "parseFloat(cell.value)", "dose.toFixed(2)", "eval(text)"),
            *("localStorage.setItem('draft', text)", "navigator.serviceWorker.register('/sw.js')"),
        ),
    ),
    *LAWS_OF_PACKAGES,
)
