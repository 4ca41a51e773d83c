"""The OpenAPI 3.1 document of the API; docs/openapi.json is a copy that tests compare."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.schema import NinjaGenerateJsonSchema

from tribunes import addresses
from tribunes.api.answers import listed
from tribunes.api.api import api
from tribunes.api.bearer import Bearer
from tribunes.api.problems import MEDIA_TYPE
from tribunes.api.schemas.errors import ProblemOut

_ANYBODY = Bearer("", anonymous=True)
_REF = "#/components/schemas/{model}"


def document() -> dict[str, Any]:
    """Return the document: every operation may also answer a problem."""
    made = dict(api.get_openapi_schema(path_prefix=f"{addresses.API}/"))
    made["servers"] = [{"url": "/"}]
    schema = ProblemOut.model_json_schema(
        ref_template=_REF, schema_generator=NinjaGenerateJsonSchema, mode="serialization"
    )
    made["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
    made["components"]["responses"] = {
        "Problem": {
            "description": "Problem Details (RFC 9457)",
            "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
        }
    }
    made["components"]["schemas"] = _bare(made["components"]["schemas"])
    for operations in made["paths"].values():
        for operation in operations.values():
            answers = {str(status): said for status, said in operation["responses"].items()}
            problem = {"$ref": "#/components/responses/Problem"}
            operation["responses"] = {**answers, "default": problem}
    return made


def _bare(schema: Any) -> Any:
    """Leave out what was written for programmers: the words for partners are in the contract."""
    if isinstance(schema, list):
        return [_bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _bare(part)
        for name, part in schema.items()
        if not (name in ("title", "description") and isinstance(part, str))
    }


def openapi(request: HttpRequest) -> HttpResponse:
    """Serve the document to anybody; a wrong token is refused here as everywhere."""
    _ANYBODY(request)
    return listed(request, document())
