"""The system on one page: tables, blueprints, socket namespaces, subscriptions, sweeps, jobs."""

from collections.abc import Callable

from flask import Blueprint, Flask
from flask_socketio import Namespace, SocketIO

import certificates.models
import examsvc.accounts.models
import examsvc.core.audit
import examsvc.core.calendar.models
import examsvc.core.jobs.models
import examsvc.core.mail.models
import examsvc.delivery.handover.models
import examsvc.delivery.ledger.models
import examsvc.delivery.models
import examsvc.delivery.on_paper.models
import examsvc.delivery.reconciling.models
import examsvc.delivery.rescue.models
import examsvc.delivery.safe_browser.models
import examsvc.registry.applications.models
import examsvc.registry.cases.models
import examsvc.registry.desks.models
import examsvc.registry.developing.models
import examsvc.registry.models
import examsvc.registry.occupations.models
import examsvc.registry.publicity.models
import examsvc.registry.recommending.models
import examsvc.registry.reviews.models
import proctoring.misconduct.file_models
import proctoring.misconduct.models
import proctoring.models
import questionbank.calibrations.models
import questionbank.importing.models
import questionbank.likeness.models
import questionbank.models
import questionbank.registration.models
import questionbank.secrecy.models
import scoring.models
import scoring.written.models
from certificates import issuing
from certificates import naming as certificates_naming
from certificates import pages as certificates_pages
from certificates import routes as certificates_routes
from certificates import voiding as certificates_voiding
from examsvc.accounts import routes as accounts_routes
from examsvc.core.db import Base
from examsvc.core.jobs.kinds import Kind
from examsvc.core.mail import posting
from examsvc.core.settings import Settings
from examsvc.core.sweeps import Sweep
from examsvc.core.web.refusals import RefusingApi
from examsvc.delivery import sweeping, withholding
from examsvc.delivery.accommodations import following as accommodations_following
from examsvc.delivery.handover import routes as handover_routes
from examsvc.delivery.ledger import giving, proposing
from examsvc.delivery.ledger import routes as ledger_routes
from examsvc.delivery.on_paper import routes as on_paper_routes
from examsvc.delivery.receipts import pages as receipt_pages
from examsvc.delivery.routes import BLUEPRINTS as DELIVERY_BLUEPRINTS
from examsvc.delivery.routes.short_way import ShortWay
from examsvc.delivery.safe_browser import routes as safe_browser_routes
from examsvc.jobs import routes as jobs_routes
from examsvc.registry import pages as registry_pages
from examsvc.registry import routes as registry_routes
from examsvc.registry.annexes import routes as annexes_routes
from examsvc.registry.applications import returning
from examsvc.registry.applications.routes import BLUEPRINTS as APPLICATION_BLUEPRINTS
from examsvc.registry.calendar import routes as calendar_routes
from examsvc.registry.centres import routes as centres_routes
from examsvc.registry.desks import notices, searching
from examsvc.registry.desks.routes import BLUEPRINTS as DESK_BLUEPRINTS
from examsvc.registry.developing import routes as developing_routes
from examsvc.registry.developing import service as developing
from examsvc.registry.developing import sweeping as developing_sweeping
from examsvc.registry.occupations import routes as occupations_routes
from examsvc.registry.publicity import ending, keeping
from examsvc.registry.publicity import pages as publicity_pages
from examsvc.registry.publicity.routes import BLUEPRINTS as PUBLICITY_BLUEPRINTS
from examsvc.registry.recommending.routes import BLUEPRINTS as RECOMMENDING_BLUEPRINTS
from examsvc.registry.reviews import breaking_off
from examsvc.registry.reviews.routes import BLUEPRINTS as REVIEW_BLUEPRINTS
from examsvc.supervision import routes as supervision_routes
from proctoring import carrying_out, network_outages, paused_rooms
from proctoring import crediting as proctoring_crediting
from proctoring import handing_over as proctoring_handing_over
from proctoring import live as proctoring_live
from proctoring import online as proctoring_online
from proctoring import relaying as proctoring_relaying
from proctoring import sockets as proctoring_sockets
from proctoring.misconduct.routes import BLUEPRINTS as MISCONDUCT_BLUEPRINTS
from proctoring.routes import BLUEPRINTS as PROCTORING_BLUEPRINTS
from questionbank import describing, draw_jobs
from questionbank.importing import jobs as import_jobs
from questionbank.registration import registering
from questionbank.routes import BLUEPRINTS as QUESTIONBANK_BLUEPRINTS
from scoring import following, voiding
from scoring.routes import BLUEPRINTS as SCORING_BLUEPRINTS

TABLES = (
    examsvc.core.audit,
    examsvc.core.mail.models,
    examsvc.core.calendar.models,
    examsvc.accounts.models,
    examsvc.core.jobs.models,
    examsvc.registry.models,
    examsvc.registry.cases.models,
    examsvc.registry.reviews.models,
    examsvc.registry.occupations.models,
    examsvc.registry.recommending.models,
    examsvc.registry.publicity.models,
    examsvc.registry.applications.models,
    examsvc.registry.developing.models,
    examsvc.registry.desks.models,
    questionbank.models,
    questionbank.calibrations.models,
    questionbank.importing.models,
    questionbank.likeness.models,
    questionbank.registration.models,
    questionbank.secrecy.models,
    examsvc.delivery.models,
    examsvc.delivery.ledger.models,
    examsvc.delivery.handover.models,
    examsvc.delivery.rescue.models,
    examsvc.delivery.safe_browser.models,
    examsvc.delivery.on_paper.models,
    examsvc.delivery.reconciling.models,
    proctoring.models,
    proctoring.misconduct.models,
    proctoring.misconduct.file_models,
    scoring.models,
    scoring.written.models,
    certificates.models,
)
METADATA = Base.metadata

BLUEPRINTS = (
    accounts_routes.blp,
    jobs_routes.blp,
    *QUESTIONBANK_BLUEPRINTS,
    *DELIVERY_BLUEPRINTS,
    ledger_routes.blp,
    handover_routes.blp,
    safe_browser_routes.blp,
    on_paper_routes.blp,
    *PROCTORING_BLUEPRINTS,
    *MISCONDUCT_BLUEPRINTS,
    supervision_routes.blp,
    *SCORING_BLUEPRINTS,
    registry_routes.blp,
    *REVIEW_BLUEPRINTS,
    annexes_routes.blp,
    occupations_routes.blp,
    *RECOMMENDING_BLUEPRINTS,
    calendar_routes.blp,
    centres_routes.blp,
    developing_routes.blp,
    *PUBLICITY_BLUEPRINTS,
    *APPLICATION_BLUEPRINTS,
    *DESK_BLUEPRINTS,
    certificates_routes.blp,
)
PAGES: tuple[Blueprint, ...] = (registry_pages.blp, publicity_pages.blp, certificates_pages.blp, receipt_pages.blp)
NAMESPACES: tuple[Callable[[Flask], tuple[Namespace, ...]], ...] = (proctoring_sockets.namespaces,)
SWEEPS: tuple[Sweep, ...] = (
    proposing.SWEEP,
    giving.SWEEP,
    accommodations_following.SWEEP,
    *carrying_out.SWEEPS,
    network_outages.SWEEP,
    *sweeping.SWEEPS,
    *developing_sweeping.SWEEPS,
    issuing.SWEEP,
    posting.SWEEP,
    ending.SWEEP,
    keeping.SWEEP,
    describing.SWEEP,
)
JOBS: tuple[Kind, ...] = (draw_jobs.KIND, import_jobs.KIND)


def add_blueprints(app: Flask) -> None:
    """Register every API blueprint, described in one OpenAPI document, and every page blueprint."""
    api = RefusingApi(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)


def add_short_ways(app: Flask) -> None:
    """Put what answers the most frequent request before the application."""
    app.wsgi_app = ShortWay(app, app.wsgi_app)  # type: ignore[method-assign]


def add_namespaces(server: SocketIO, app: Flask) -> None:
    """Register every socket namespace."""
    for make in NAMESPACES:
        for namespace in make(app):
            server.on_namespace(namespace)


def speak_from_afar(settings: Settings) -> None:
    """Let a process that serves no page be heard by the pages of those that do."""
    if settings.redis_url:
        proctoring_live.use(proctoring_sockets.Distant(settings.redis_url))


def subscribe() -> None:
    """Connect later stages to what earlier ones announce; saying it twice connects once."""
    developing.subscribe()
    searching.subscribe()
    notices.subscribe()
    returning.subscribe()
    ending.subscribe()
    breaking_off.subscribe()
    registering.subscribe()
    withholding.subscribe()
    following.subscribe()
    voiding.subscribe()
    certificates_voiding.subscribe()
    certificates_naming.subscribe()
    proctoring_live.subscribe()
    paused_rooms.subscribe()
    proctoring_relaying.subscribe()
    proctoring_crediting.subscribe()
    proctoring_handing_over.subscribe()
    proctoring_online.subscribe()
