"""Inboxes Developer API: FastAPI on uvicorn, everything in memory."""
import argparse
import asyncio
import email.utils
import gzip
import hashlib
import json
import os
import re
import socket
import sys
import time
import unicodedata
import uuid
from datetime import datetime, timedelta, timezone
from typing import Optional
from urllib.parse import quote, unquote_to_bytes

import h11
import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

import variant
import wire
from variant import on
from wire import Bad, SAFE

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, default=8080)
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--variant", default="plain")
arguments.add_argument("--api-key", default=os.environ.get("INBOXES_API_KEY", "special-key"))
OPTIONS = arguments.parse_args()
variant.ID = OPTIONS.variant

from store import Store  # noqa: E402  (the seeds depend on the variant)

BASE = "/v2"
MAX_BODY = 10 * 1024 * 1024
JSON, XML = "application/json", "application/xml"
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
RESERVED = ("login", "logout", "createWithList")
TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
          406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 413: "Content Too Large",
          415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
          500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable"}
store = Store()


# ---------------------------------------------------------------- problems

class Problem(Exception):
    def __init__(self, status, detail, headers=None):
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


def problem_response(status, detail, headers=None):
    title = TITLES.get(status, "Error")
    headers = dict(headers or {})
    if on("f08"):
        page = "<!DOCTYPE html><html><head><title>%d %s</title></head><body><h1>%s</h1><hr>openresty</body></html>\n"
        return Response(page % (status, title, title), status, headers, media_type="text/html")
    content = wire.encode_json({"type": "about:blank", "title": title, "status": status, "detail": detail})
    return Response(content, status, headers, media_type="application/problem+json")


async def on_problem(request, exc):
    status = exc.status
    if on("f06") and status in (400, 405, 415) and "/store/order/" not in request.scope["path"]:
        status = 422
    headers = exc.headers
    if status == 405:
        headers.setdefault("Allow", ", ".join(request.scope.get("allowed", ["GET"])))
    return problem_response(status, exc.detail, headers)


async def on_http(request, exc):
    return problem_response(exc.status_code, str(exc.detail), getattr(exc, "headers", None))


# ---------------------------------------------------------------- dependencies

def key_is_right(request):
    given = request.headers.getlist("api_key")
    right = OPTIONS.api_key
    if on("b03"):
        return bool(given) and all(g[:len(right)] == right for g in given)
    return bool(given) and all(g == right for g in given)


def refuse_key():
    if on("f07"):
        return Problem(403, "the api_key is missing or wrong")
    return Problem(401, "the api_key is missing or wrong", {"WWW-Authenticate": 'ApiKey realm="inboxes", header="api_key"'})


async def require_key(request: Request):
    if not key_is_right(request):
        raise refuse_key()


async def require_key_but_late(request: Request):
    """b04: the record is gone before anybody looks at the key."""
    if not key_is_right(request):
        raw = request.path_params.get("petId", "")
        if re.fullmatch(r"[0-9]{1,15}", raw):
            store.pets.pop(int(raw), None)
        raise refuse_key()


def accepts(*offers):
    async def dependency(request: Request):
        header = ", ".join(request.headers.getlist("accept"))
        chosen = wire.negotiate(header, offers)
        if chosen is None:
            if on("b32") and request.scope["path"] == BASE + "/store/order":
                request.state.media = None
                return
            raise Problem(406, "available: " + ", ".join(offers))
        request.state.media = chosen
    return dependency


def only_query(*names):
    async def dependency(request: Request):
        if on("f18"):
            for name, _ in wire.parse_query(request.scope["query_string"]):
                if name not in names:
                    raise Problem(400, "unknown query parameter")
    return dependency


def guards(key=False, media=(), query=()):
    found = []
    if key:
        found.append(Depends(require_key_but_late if key == "late" and on("b04") else require_key))
    if media:
        found.append(Depends(accepts(*media)))
    found.append(Depends(only_query(*query)))
    return found


class Body:
    def __init__(self, raw, kind, params):
        self.raw, self.kind, self.params = raw, kind, params


def body_of(*kinds):
    """Reads the body: 413 before 415; no bytes are no body, whatever Content-Type says."""
    async def dependency(request: Request):
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and len(declared) < 19 and int(declared) > MAX_BODY:
            raise Problem(413, "bodies are limited to 10 MB")
        if on("b06") and not declared and "transfer-encoding" in request.headers:
            raise RuntimeError("invalid literal for int() with base 10: ''")
        chunks, size = [], 0
        try:
            stream = request.stream().__aiter__()
            while True:
                try:
                    chunk = await asyncio.wait_for(stream.__anext__(), 6)
                except StopAsyncIteration:
                    break
                size += len(chunk)
                if size > MAX_BODY:
                    raise Problem(413, "bodies are limited to 10 MB")
                chunks.append(chunk)
        except asyncio.TimeoutError:
            raise Problem(408, "the body did not arrive", {"Connection": "close"})
        except ClientDisconnect:
            raise Problem(400, "the client went away")
        raw = b"".join(chunks)
        kind, params = wire.parse_header(request.headers.get("content-type", ""))
        if raw:
            if kind not in kinds:
                raise Problem(415, "declared: " + ", ".join(kinds))
            if request.headers.get("content-encoding", "identity").strip().lower() not in ("identity", ""):
                raise Problem(415, "content codings are not supported", {"Accept-Encoding": "identity"})
        return Body(raw, kind, params)
    return dependency


def json_of(schema, status, empty_status=None):
    read = body_of(JSON)

    async def dependency(body: Body = Depends(read)):
        if not body.raw:
            raise Problem(status, "a body is required")
        if on("b38") and schema == "DomainIn":
            return wire.check(json.loads(body.raw), schema)
        try:
            return wire.check(wire.parse_json(body.raw), schema,
                              lenient=on("b21") and schema == "User")
        except Bad as exc:
            raise Problem(status, str(exc))
    return dependency


def segment(request, name):
    try:
        return wire.decode_percent(request.path_params[name])
    except Bad:
        return None


def pet_id(status):
    async def dependency(request: Request):
        raw = segment(request, "petId") or ""
        if on("b14"):
            match = re.match(r"[0-9]{1,15}", raw)
            raw = match.group(0) if match else raw
        if not re.fullmatch(r"0|[1-9][0-9]{0,18}", raw) or int(raw) > wire.limit():
            raise Problem(status, "Invalid ID supplied")
        return int(raw)
    return dependency


async def order_id(request: Request):
    """The number, or None for what can be no order's number."""
    raw = segment(request, "orderId") or ""
    if not re.fullmatch(r"[1-9][0-9]{0,15}", raw) or int(raw) > SAFE:
        return None
    return int(raw)


async def username(request: Request):
    name = segment(request, "username")
    if name is None or not name.strip():
        raise Problem(400, "Invalid username supplied")
    return canonical(name)


def canonical(name):
    name = wire.text(name)
    return name.lower() if on("f22") else name


def known_pet(number):
    if number not in store.pets:
        raise Problem(404, "Pet not found")
    return store.pets[number]


def known_user(name):
    if name not in store.users:
        raise Problem(404, "User not found")
    return store.users[name]


# ---------------------------------------------------------------- replies

def reply(request, value, root, status=200, headers=None):
    headers = dict(headers or {})
    headers.setdefault("Vary", "Accept")
    media = getattr(request.state, "media", JSON)
    if media is None:
        raise Problem(406, "available: application/json, application/xml")
    if on("f29") and root != "string" and root != "inventory" and root != "ApiResponse":
        value = wire.dressed(value)
        if media == XML:
            value = plain_extras(value)
    if media == XML:
        return Response(wire.encode_xml(value, root), status, headers, media_type=XML)
    kind = 'application/json;charset="UTF-8"' if on("f40") else JSON
    return Response(wire.encode_json(value), status, headers, media_type=kind)


def plain_extras(value):
    if isinstance(value, list):
        return [plain_extras(v) for v in value]
    if isinstance(value, dict):
        return {k: plain_extras(v) for k, v in value.items() if k not in ("_links", "revision")}
    return value


def done(request, value=None, root=None):
    """The reply of an operation that documents no content."""
    if on("f03") and value is not None:
        request.state.media = JSON
        return reply(request, value, root)
    return Response(b"", 204 if on("f04") else 202 if on("f05") and root else 200)


def commit(action):
    """A write: now, or (f05) shortly after its 202."""
    if on("f05"):
        asyncio.get_running_loop().call_later(1.0, action)
    else:
        action()


# ---------------------------------------------------------------- domain and pet

domain = APIRouter(tags=["domain"])
pet = APIRouter(tags=["pet"])
shop = APIRouter(prefix="/store", tags=["store"])
user = APIRouter(prefix="/user", tags=["user"])


@domain.post("/domain", dependencies=guards(key=True, media=[JSON]))
async def add_domain(request: Request, body: dict = Depends(json_of("DomainIn", 405))):
    if not body.get("name", "").strip():
        raise Problem(405, "a domain needs a name")
    name = body["name"].lower() if on("f22") else body["name"]
    made = store.domain(name)
    if on("f01"):
        return reply(request, made, "Domain", 201, {"Location": BASE + "/domain/" + made["id"]})
    return reply(request, made, "Domain")


def shallow_pet(body):
    """The object in the body, before its properties are looked at: (value, given by XML?)."""
    if not body.raw:
        raise Problem(405, "a body is required")
    try:
        if body.kind == XML:
            value = wire.decode_xml(body.raw, "Pet", body.params.get("charset"))
        else:
            value = wire.parse_json(body.raw)
    except Bad as exc:
        raise Problem(405, str(exc))
    if not isinstance(value, dict):
        raise Problem(405, "the body is no object")
    return value


@pet.put("/domain", dependencies=guards(key=True))
async def update_pet(request: Request, body: Body = Depends(body_of(JSON, XML))):
    value = shallow_pet(body)
    try:
        number = wire.as_integer(value.get("id"))
    except Bad:
        number = -1
    if number < 0:
        raise Problem(400, "Invalid ID supplied")
    if on("b39") and number in store.pets:
        for name, kind in wire.SCHEMAS["Pet"].items():  # attribute by attribute, as the ORM does
            if name in value:
                try:
                    store.pets[number][name] = wire.check(value[name], kind, name)
                except Bad as exc:
                    raise Problem(405, str(exc))
    try:
        new = wire.check(value, "Pet")
    except Bad as exc:
        raise Problem(405, str(exc))
    old = known_pet(number)
    new["id"] = number
    if on("b40"):
        for tag in new.get("tags", []):
            if "id" in tag:
                tag["id"] = (tag["id"] + 2 ** 31) % 2 ** 32 - 2 ** 31
    if on("b26") and body.kind == XML and len(new["photoUrls"]) == 1:
        new["photoUrls"] = new["photoUrls"][0]
    if on("f30"):
        new = {"id": number, "category": new.get("category", {}), "name": new["name"], "photoUrls": new["photoUrls"],
               "tags": new.get("tags", []), "status": new.get("status", old.get("status", "available"))}

    def write():
        if number in store.pets:
            store.pets[number] = new
    commit(write)
    return done(request, new, "Pet")


def wanted(request, name):
    items, seen = [], False
    for key, value in wire.parse_query(request.scope["query_string"]):
        if key == name:
            seen = True
            items += [wire.text(item.strip()) for item in value.split(",") if item.strip()]
    if not seen or not items:
        raise Problem(400, "Invalid %s value" % name.rstrip("s"))
    return items


@pet.get("/pet/findByStatus", dependencies=guards(key=True, media=[JSON, XML], query=["status"]))
async def find_by_status(request: Request):
    statuses = wanted(request, "status")
    if not on("b12") and any(status not in wire.STATUSES for status in statuses):
        raise Problem(400, "Invalid status value")
    if on("b09"):
        statuses = statuses[:1]
    return reply(request, [p for p in store.listed() if p.get("status") in statuses], "Pets")


@pet.get("/pet/findByTags", dependencies=guards(key=True, media=[JSON, XML], query=["tags"]))
async def find_by_tags(request: Request):
    tags = wanted(request, "tags")

    def matches(record):
        names = [tag.get("name") for tag in record.get("tags", [])]
        if on("b10"):
            return any(tag in (name or "") for tag in tags for name in names)
        return any(name in tags for name in names)
    found = [p for p in store.listed() if matches(p)]
    if on("b11") and not found:
        raise Problem(404, "no pets")
    return reply(request, found, "Pets")


@pet.get("/pet/{petId}", dependencies=guards(key=not on("b01"), media=[JSON, XML]))
async def get_pet(request: Request, number: int = Depends(pet_id(400))):
    return reply(request, known_pet(number), "Pet")


@pet.post("/pet/{petId}", dependencies=guards(key=True))
async def update_with_form(request: Request, body: Body = Depends(body_of(FORM)), number: int = Depends(pet_id(405))):
    try:
        fields = wire.parse_form(body.raw)
    except Bad as exc:
        raise Problem(405, str(exc))
    if "status" in fields and fields["status"] not in wire.STATUSES:
        raise Problem(405, "no status of a pet")
    record = known_pet(number)
    change = {name: wire.text(fields[name]) for name in ("name", "status") if name in fields}
    if on("b16") and "status" not in change:
        change["status"] = "available"
    new = dict(record, **change)

    def write():
        if number in store.pets:
            store.pets[number] = dict(store.pets[number], **change)
    commit(write)
    return done(request, new, "Pet")


@pet.delete("/pet/{petId}", dependencies=guards(key="late"))
async def delete_pet(request: Request, number: int = Depends(pet_id(400))):
    gone = known_pet(number)
    del store.pets[number]
    store.ghosts[number] = gone
    return done(request, gone, None) if not on("f03") else done(request, gone, "Pet")


@pet.post("/pet/{petId}/uploadImage", dependencies=guards(key=True, media=[JSON]))
async def upload_file(request: Request, body: Body = Depends(body_of(MULTIPART)), number: int = Depends(pet_id(400))):
    parts = []
    if body.raw:
        if on("b34"):
            body.raw.decode("utf-8")
        try:
            parts = wire.parse_multipart(body.raw, body.params.get("boundary", ""))
        except Bad as exc:
            raise Problem(400, str(exc))
    known_pet(number)
    note = next((c.decode("utf-8", "replace") for n, _, c in parts if n == "additionalMetadata"), "")
    upload = next(((f, c) for n, f, c in parts if n == "file"), None)
    if upload:
        store.images.setdefault(number, []).append(len(upload[1]))
    message = "additionalMetadata: %s\n%s" % (
        note, "File uploaded to ./%s, %d bytes" % (upload[0] or "file", len(upload[1])) if upload else "no file")
    return reply(request, {"code": "200" if on("b35") else 200, "type": "unknown", "message": message}, "ApiResponse")


# ---------------------------------------------------------------- store

@shop.get("/inventory", dependencies=guards(key=True, media=[JSON]))
async def inventory(request: Request):
    counts = store.count(store.listed())
    if on("b07"):
        counts = dict(store.sold_counts)
    if on("b08"):
        counts = {status: str(n) for status, n in counts.items()}
    if on("f39"):
        counts.update({"adopted": 0, "in quarantine": 2, "total": sum(counts.values())})
    return reply(request, counts, "inventory")


@shop.post("/order", dependencies=guards(media=[JSON, XML]))
async def place_order(request: Request, body: dict = Depends(json_of("Domain", 400))):
    order = dict(body)
    if "id" in order:
        if not re.fullmatch(r"[1-9][0-9]{0,15}", order["id"]) or int(order["id"]) > SAFE:
            raise Problem(400, "Invalid Order")
        number = int(order["id"])
    elif on("f14"):
        number = str(uuid.uuid4())
    else:
        number = store.free_order()
        if on("b31"):
            await asyncio.sleep(0.03)  # the round trip to the sequence
    if on("f21"):
        order.update(validate="inboxes-verify=" + uuid.uuid4().hex, status="missing validation", active=False)
    if on("f22") and "name" in order:
        order["name"] = order["name"].lower()
    order = {"id": str(number), **{k: v for k, v in order.items() if k != "id"}}
    store.orders[number] = order
    return reply(request, order, "Domain")


@shop.get("/order/{orderId}", dependencies=guards(media=[JSON, XML]))
async def get_order(request: Request, number: Optional[int] = Depends(order_id)):
    if on("b33") and number is not None and number > 10:
        raise Problem(400, "Invalid ID supplied")
    if number not in store.orders:
        raise Problem(404 if on("f13") or (number is not None and number <= 10) else 400, "no such order")
    order = store.orders[number]
    return reply(request, {k: order[k] for k in ("name",) if k in order}, "DomainIn")


@shop.delete("/order/{orderId}", dependencies=guards())
async def delete_order(request: Request, number: Optional[int] = Depends(order_id)):
    if number is None and not on("f13"):
        raise Problem(400, "Invalid ID supplied")
    if number not in store.orders and not (on("b18") and number):
        raise Problem(404, "Order not found")
    gone = store.orders.pop(number, None)
    return done(request, gone, "Domain" if on("f03") else None)


# ---------------------------------------------------------------- user

async def user_key(request: Request):
    if on("f26") and not key_is_right(request):
        raise refuse_key()


def shaped(record):
    """What the table does to a user before it is stored."""
    record = dict(record)
    for name, value in record.items():
        if not isinstance(value, str):
            continue
        if on("b22"):
            value = value[:64]
        if on("b23"):
            value = re.sub("[\U00010000-\U0010ffff]", "?", value)
        if on("f22") and name in ("email", "username"):
            value = value.lower()
        record[name] = value
    return record


def new_user(record):
    name = record.get("username", "")
    if not str(name).strip():
        raise Problem(400, "a user needs a username")
    if name in RESERVED:
        raise Problem(400, "that username is reserved")
    return shaped(record)


def unique_email(record, others=()):
    if on("f34") and record.get("email"):
        for other in list(store.users.values()) + list(others):
            if other.get("email") == record["email"] and other.get("username") != record.get("username"):
                raise Problem(409, "the email is taken")


def save_user(record):
    if on("f20"):
        known = store.users.get(record["username"])
        store.next_user += 1
        record["id"] = known["id"] if known else store.next_user
    store.failures.pop(record["username"], None)
    store.ghosts.pop(record["username"], None)
    store.users[str(record["username"])] = record


@user.post("", dependencies=guards())
async def create_user(request: Request, body: dict = Depends(json_of("User", 400))):
    record = new_user(body)
    unique_email(record)
    save_user(record)
    return done(request, None)


@user.post("/createWithList", dependencies=guards())
async def create_users(request: Request, body: Body = Depends(body_of(JSON))):
    try:
        if not body.raw:
            raise Bad("a body is required")
        value = wire.parse_json(body.raw)
        if on("b05") and isinstance(value, list):
            for item in value:  # one insert after the other
                save_user(new_user(wire.check(item, "User")))
        value = wire.check(value, ["User"], lenient=on("b21"))
    except Bad as exc:
        raise Problem(400, str(exc))
    records = [new_user(item) for item in value]
    for i, record in enumerate(records):
        unique_email(record, records[:i])
    for record in records:
        save_user(record)
    return done(request, None)


@user.get("/login", dependencies=guards(media=[JSON, XML], query=["username", "password"]))
async def login(request: Request):
    query = dict(wire.parse_query(request.scope["query_string"]))
    name, password = query.get("username"), query.get("password")
    if name is None or password is None or not name.strip() or not password:
        raise Problem(400, "Invalid username/password supplied")
    name, password = canonical(name), wire.text(password)
    if on("b22"):
        name, password = name[:64], password[:64]
    if on("b23"):
        password = re.sub("[\U00010000-\U0010ffff]", "?", password)
    if on("f35") and store.failures.get(name, 0) >= 3:
        raise Problem(403, "the account is locked after three wrong passwords")
    known = store.users.get(name)
    if known is not None and known.get("password") != password and not on("b30"):
        store.failures[name] = store.failures.get(name, 0) + 1
        raise Problem(400, "Invalid username/password supplied")
    store.failures.pop(name, None)
    token = "session:" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    now = datetime.now(timezone.utc)
    expires = (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if on("f27"):
        token = ".".join((uuid.uuid4().hex, uuid.uuid4().hex + "_-", uuid.uuid4().hex))
        expires = (now + timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    if on("b29"):
        expires = (now + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"X-Rate-Limit": "5000", "X-Expires-After": expires, "Cache-Control": "no-store"}
    return reply(request, token, "string", 200, headers)


@user.get("/logout", dependencies=guards())
async def logout(request: Request):
    if on("b36"):
        session = {}
        del session["user"]
    return done(request, None)


class Shared:
    name = None


@user.get("/{username}", dependencies=guards(media=[JSON, XML]))
async def get_user(request: Request, name: str = Depends(username)):
    if on("b13") and name in store.ghosts:
        return reply(request, store.ghosts[name], "User")
    if on("b02"):
        Shared.name = name  # a module variable where a local one was meant
        known_user(name)
        await asyncio.sleep(0.015)
        name = Shared.name
    if on("b19"):
        record = store.user_cache.setdefault(name, dict(known_user(name)))
    else:
        record = known_user(name)
    if on("f25"):
        record = {k: v for k, v in record.items() if k != "password"}
    return reply(request, record, "User")


@user.put("/{username}", dependencies=[Depends(user_key)] + guards())
async def update_user(request: Request, body: dict = Depends(json_of("User", 400)), name: str = Depends(username)):
    old = store.users.get(name)
    if old is None and not on("b20"):
        raise Problem(404, "User not found")
    record = shaped(dict(body, username=name))
    if on("f30"):
        record = dict(old, **record)
    if on("f20"):
        record["id"] = old["id"]
    unique_email(record)

    def write():
        if name in store.users or on("b20"):
            store.users[name] = record
    commit(write)
    return done(request, record, "User")


@user.delete("/{username}", dependencies=[Depends(user_key)] + guards())
async def delete_user(request: Request, name: str = Depends(username)):
    gone = known_user(name)
    del store.users[name]
    store.user_cache.pop(name, None)
    if on("b13"):
        store.ghosts[name] = gone
    return done(request, gone, "User" if on("f03") else None)


# ---------------------------------------------------------------- outside the API

outside = APIRouter()
DOCUMENT = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "openapi.yaml"), encoding="utf-8").read()


@outside.get("/")
async def index(request: Request):
    if "text/html" in request.headers.get("accept", ""):
        return Response("<!DOCTYPE html><title>Inboxes</title><p>Inboxes Developer API at <a href='/openapi.yaml'>%s</a>" % BASE,
                        media_type="text/html")
    return Response(wire.encode_json({"name": "Inboxes Developer API", "base": BASE, "document": "/openapi.yaml"}),
                    media_type=JSON)


@outside.get(BASE)
@outside.get(BASE + "/")
async def to_index():
    return Response(b"", 302, {"Location": "/"})


@outside.get("/healthz")
@outside.get("/readyz")
async def health():
    return Response(b'{"status":"ok"}', media_type=JSON)


def document(request):
    host = request.headers.get("host") or "127.0.0.1"
    text = re.sub(r"(?m)^servers:\n(?:  .*\n)+", lambda _: "servers:\n  - url: %s\n" % json.dumps("http://%s%s" % (host, BASE)),
                  DOCUMENT)
    return text


@outside.get("/openapi.yaml")
async def document_yaml(request: Request):
    return Response(document(request), media_type="application/yaml")


@outside.get("/openapi.json")
async def document_json(request: Request):
    import yaml
    return Response(json.dumps(yaml.safe_load(document(request)), default=str), media_type=JSON)


# ---------------------------------------------------------------- the application and its edge

app = FastAPI(title="Inboxes Developer API", version="1.0.0", openapi_url=None, docs_url=None, redoc_url=None)
app.router.redirect_slashes = False
app.add_exception_handler(Problem, on_problem)
app.add_exception_handler(StarletteHTTPException, on_http)
for router in (domain, pet, shop, user):
    app.include_router(router, prefix=BASE)
app.include_router(outside)

KNOWN_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"}
EXPOSED = "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate"


class Edge:
    """What surrounds the application: paths as sent, HEAD, OPTIONS and CORS, 404 before 405, buffering."""

    def __init__(self, inner):
        self.inner = inner
        self.requests = 0
        self.table = {}
        for route in inner.routes:
            entry = self.table.setdefault(route.path, (route.path_regex, []))
            entry[1].extend(m for m in sorted(route.methods) if m not in entry[1])

    @staticmethod
    def path(scope):
        raw = scope.get("raw_path") or b""
        match = re.match(rb"[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*", raw)
        if match:
            raw = raw[match.end():] or b"/"
        raw = raw.partition(b"#")[0]
        clean = "/".join(quote(unquote_to_bytes(s), safe="") for s in raw.split(b"/"))
        if on("f38"):
            if len(clean) > len(BASE) + 1 and clean.endswith("/"):
                clean = clean[:-1]
            parts = clean.split("/")
            fixed = 3 if len(parts) == 4 and parts[2].lower() == "user" and \
                parts[3].lower() not in [r.lower() for r in RESERVED] else 9
            known = {s.lower(): s for p in self_paths for s in p.split("/") if "{" not in s}
            parts = [known.get(s.lower(), s) if i < fixed else s for i, s in enumerate(parts)]
            clean = "/".join(parts)
        return clean

    def allowed(self, path):
        for regex, methods in self.table.values():  # fixed paths come before templates
            if regex.match(path):
                found = list(methods)
                if "GET" in found:
                    found.append("HEAD")
                return found + ["OPTIONS"]
        return None

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return
        headers = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1"), value.decode("latin-1"))
        has_body = "transfer-encoding" in headers or headers.get("content-length", "0").strip("0") != ""
        state = {"ended": not has_body, "read": False}

        async def counted():
            state["read"] = True
            message = await receive()
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                state["ended"] = True
            return message

        try:
            status, sent, body = await self.answer(scope, headers, counted)
        except asyncio.CancelledError:
            raise
        except Exception as exc:
            print("error: %r" % exc, file=sys.stderr)
            status, sent, body = await self.render(problem_response(500, "something went wrong"), scope)
        sent = self.cors(headers, sent)
        if not state["ended"]:
            expects = headers.get("expect", "").lower() == "100-continue"
            if expects and not state["read"]:
                sent.append((b"connection", b"close"))
            else:
                await self.drain(counted, state)
                if not state["ended"]:
                    sent.append((b"connection", b"close"))
        await self.send(scope, headers, status, sent, body, send)

    @staticmethod
    async def drain(receive, state):
        """A client that is still sending would not see an early refusal."""
        until, size = time.monotonic() + 3, 0
        while not state["ended"] and size < 64 * 1024 * 1024 and time.monotonic() < until:
            try:
                message = await asyncio.wait_for(receive(), 0.5)
            except asyncio.TimeoutError:
                return
            size += len(message.get("body", b""))

    @staticmethod
    async def render(response, scope):
        collected = {}
        chunks = []

        async def capture(message):
            if message["type"] == "http.response.start":
                collected.update(message)
            else:
                chunks.append(message.get("body", b""))
        await response({**scope, "type": "http"}, None, capture)
        return collected["status"], list(collected["headers"]), b"".join(chunks)

    async def answer(self, scope, headers, receive):
        method = scope["method"]
        path = self.path(scope)
        if "origin" in headers and "access-control-request-method" in headers and method == "OPTIONS":
            out = Response(b"", 204)
            for name, source in (("Access-Control-Allow-Methods", "access-control-request-method"),
                                 ("Access-Control-Allow-Headers", "access-control-request-headers")):
                if headers.get(source):
                    out.headers[name] = headers[source]
            out.headers["Access-Control-Max-Age"] = "600"
            out.headers["Vary"] = "Access-Control-Request-Method, Access-Control-Request-Headers"
            return await self.render(out, scope)
        self.requests += 1
        if on("f32") and self.requests % 30 == 0:
            return await self.render(problem_response(429, "slow down", {"Retry-After": "1"}), scope)
        if on("f33") and self.requests % 40 == 0:
            at = email.utils.formatdate(time.time() + 2, usegmt=True)
            return await self.render(problem_response(503, "a deployment is under way", {"Retry-After": at}), scope)
        if on("f36") and not headers.get("user-agent", "").strip():
            return await self.render(problem_response(403, "a User-Agent is required"), scope)
        if on("f11") and method not in KNOWN_METHODS:
            return await self.render(problem_response(501, "unknown method"), scope)
        if path == "*" or quote("*", safe="") == path:
            if method == "OPTIONS":
                return await self.render(Response(b"", 204, {"Allow": "GET, HEAD, POST, PUT, DELETE, OPTIONS"}), scope)
        allowed = self.allowed(path)
        if allowed is None:
            return await self.render(problem_response(404, "there is no such path"), scope)
        allow = ", ".join(allowed)
        if method not in allowed:
            if on("f10"):
                return await self.render(problem_response(404, "there is nothing here"), scope)
            return await self.render(problem_response(405, "allowed: " + allow, {"Allow": allow}), scope)
        if method == "OPTIONS":
            return await self.render(Response(b"", 204, {"Allow": allow}), scope)
        inner = {**scope, "path": path, "raw_path": path.encode(), "method": "GET" if method == "HEAD" else method,
                 "root_path": "", "allowed": allowed}
        collected, chunks = {}, []

        async def capture(message):
            if message["type"] == "http.response.start":
                collected.update(message)
            elif message["type"] == "http.response.body":
                chunks.append(message.get("body", b""))
        await self.inner(inner, receive, capture)
        return collected["status"], list(collected["headers"]), b"".join(chunks)

    @staticmethod
    def cors(headers, sent):
        sent = list(sent)
        if "origin" in headers:
            sent += [(b"access-control-allow-origin", headers["origin"].encode("latin-1")),
                     (b"access-control-allow-credentials", b"true"),
                     (b"vary", b"Origin")]
        else:
            sent.append((b"access-control-allow-origin", b"*"))
        sent.append((b"access-control-expose-headers", EXPOSED.encode()))
        return sent

    async def send(self, scope, headers, status, sent, body, send):
        """Status, headers and body as they go over the wire."""
        head = scope["method"] == "HEAD"
        version = scope["http_version"]
        bodyless = status in (204, 304)
        kind = next((v for n, v in sent if n == b"content-type"), b"")

        if on("b28") and kind.startswith((b"application/json", b"application/xml")) and status == 200:
            body = body[:len(body.decode("utf-8", "replace"))]
        if on("f28") and scope["method"] in ("GET", "HEAD") and status == 200 and body and \
                not any(n == b"cache-control" for n, _ in sent):
            tag = '"%s"' % hashlib.sha1(body + kind).hexdigest()[:20]
            sent += [(b"etag", tag.encode()), (b"cache-control", b"private, no-cache")]
            asked = headers.get("if-none-match", "")
            if asked.strip() == "*" or tag in [t.strip().removeprefix("W/") for t in asked.split(",")]:
                status, body, bodyless = 304, b"", True
                sent = [(n, v) for n, v in sent if n not in (b"content-type", b"content-length")]
        if on("f02") and not bodyless and body:
            sent.append((b"vary", b"Accept-Encoding"))
            if wants_gzip(headers.get("accept-encoding")):
                body = gzip.compress(body)
                sent.append((b"content-encoding", b"gzip"))
        sent = [(n, v) for n, v in sent if n != b"content-length"]
        vary = []
        for name, value in sent:
            if name == b"vary":
                vary += [v.strip() for v in value.decode("latin-1").split(",") if v.strip() not in vary]
        sent = [(n, v) for n, v in sent if n != b"vary"]
        if vary:
            sent.append((b"vary", ", ".join(vary).encode("latin-1")))
        dribble = on("f09") and not bodyless and not head and len(body) > 1 and version == "1.1"
        if not bodyless and not dribble and not (head and on("f09")):
            sent.append((b"content-length", str(len(body)).encode()))
        if on("f12") and (b"connection", b"close") not in sent:
            sent.append((b"connection", b"close"))
        if on("f15"):
            sent += [(b"x-noise-%d" % i, b"n" * (i + 1)) for i in range(30)]
            sent += [(b"set-cookie", b"sid=%s; Path=/; HttpOnly" % uuid.uuid4().hex.encode()),
                     (b"set-cookie", b"lb=node-7; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT"),
                     (b"x-empty", b""), (b"server-timing", b'db;dur=1.2, app;desc="a, b";dur=3'),
                     (b"via", b"1.1 edge, 1.1 proxy"), (b"link", b'</openapi.yaml>; rel="service-desc"')]
            sent = [(n.upper(), v) for n, v in sent]
        if on("f17") and version == "1.1":
            hint = scope.get("extensions", {}).get("inboxes.informational")
            if hint:
                hint(103, [(b"link", b"</openapi.yaml>; rel=preload")])
        await send({"type": "http.response.start", "status": status, "headers": sent})
        if dribble:
            step = max(1, len(body) // 6)
            for at in range(0, len(body), step):
                await send({"type": "http.response.body", "body": body[at:at + step], "more_body": True})
                await asyncio.sleep(0.02)
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.body", "body": b"" if head or bodyless else body})


def wants_gzip(header):
    if header is None:
        return False
    weights = {}
    for item in header.lower().split(","):
        coding, _, rest = item.partition(";")
        match = re.search(r"q\s*=\s*([0-9.]+)", rest)
        try:
            weights[coding.strip()] = float(match.group(1)) if match else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


self_paths = [route.path for route in app.routes]


# ---------------------------------------------------------------- uvicorn, with its rough edges off

class Protocol(H11Protocol):
    """An Upgrade that we do not speak is ignored (RFC 9110, 7.8), not refused."""

    def handle_upgrade(self, event):
        pass

    def informational(self, status, headers):
        self.transport.write(self.conn.send(h11.InformationalResponse(status_code=status, headers=headers,
                                                                      reason="Early Hints")))

    def data_received(self, data):
        try:
            super().data_received(data)
        except h11.LocalProtocolError:
            self.transport.close()

    def send_400_response(self, msg):
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        if self.cycle is not None and not self.cycle.response_complete and self.conn.our_state is h11.SEND_RESPONSE:
            self.cycle.response_started = self.cycle.response_complete = True
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        super().send_400_response(msg)

    def handle_events(self):
        while True:
            try:
                event = self.conn.next_event()
            except h11.RemoteProtocolError:
                self.send_400_response("Invalid HTTP request received.")
                return
            kind = type(event)
            if kind is h11.NEED_DATA:
                break
            elif kind is h11.PAUSED:
                self.flow.pause_reading()
                break
            elif kind is h11.Request:
                self.headers = [(key.lower(), value) for key, value in event.headers]
                raw_path, _, query_string = event.target.partition(b"?")
                self.scope = {
                    "type": "http", "asgi": {"version": self.config.asgi_version, "spec_version": "2.3"},
                    "http_version": event.http_version.decode("ascii"), "server": self.server, "client": self.client,
                    "scheme": self.scheme, "method": event.method.decode("ascii"), "root_path": self.root_path,
                    "path": raw_path.decode("latin-1"), "raw_path": raw_path, "query_string": query_string,
                    "headers": self.headers, "extensions": {"inboxes.informational": self.informational},
                }
                self.cycle = RequestResponseCycle(
                    scope=self.scope, conn=self.conn, transport=self.transport, flow=self.flow, logger=self.logger,
                    access_logger=self.access_logger, access_log=self.access_log, default_headers=self.default_headers,
                    message_event=asyncio.Event(), on_response=self.on_response_complete)
                task = self.loop.create_task(self.cycle.run_asgi(self.app))
                task.add_done_callback(self.tasks.discard)
                self.tasks.add(task)
            elif kind is h11.Data:
                if self.conn.our_state is h11.DONE:
                    continue
                self.cycle.body += event.data
                if len(self.cycle.body) > 65536:
                    self.flow.pause_reading()
                self.cycle.message_event.set()
            elif kind is h11.EndOfMessage:
                if self.conn.our_state is h11.DONE:
                    self.transport.resume_reading()
                    self.conn.start_next_cycle()
                    continue
                self.cycle.more_body = False
                self.cycle.message_event.set()
            else:  # ConnectionClosed
                break


class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        print("listening on http://%s:%d%s" % (OPTIONS.host, sockets[0].getsockname()[1], BASE), flush=True)


def main():
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((OPTIONS.host, OPTIONS.port))
    sock.listen(512)
    config = uvicorn.Config(Edge(app), http=Protocol, ws="none", lifespan="off", log_level="critical", access_log=False,
                            timeout_keep_alive=75, server_header=False, loop="asyncio")
    asyncio.run(Server(config).serve(sockets=[sock]))


if __name__ == "__main__":
    main()
