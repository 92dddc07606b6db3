"""The interface over HTTP, as OpenAPI; each room brings its own part."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from hue.people.gate import signed_in
from hue.publishing.access import Wipe
from hue.publishing.api import router as posts
from hue.training.api import router as questions

# What it describes is for our own phones, so its description is for those who are signed in.
api = NinjaAPI(title="Hue & Cry", version="1", docs_url=None, docs_decorator=signed_in)
api.add_router("/posts", posts)
api.add_router("/questions", questions)


@api.exception_handler(Wipe)
def _wipe(request: HttpRequest, error: Wipe) -> HttpResponse:
    told = {"reason": "This account may not post any more.", "wipe": True}
    return api.create_response(request, told, status=403)


@api.exception_handler(AuthenticationError)
def _sign_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return api.create_response(request, {"reason": "Sign in again on this phone."}, status=401)


@api.exception_handler(ValidationError)
def _shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = ", ".join(str(fault["loc"][-1]) for fault in error.errors)
    return api.create_response(request, {"reason": f"Not understood: {fields}."}, status=422)
