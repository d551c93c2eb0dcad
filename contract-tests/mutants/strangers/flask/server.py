#!/usr/bin/env python3
"""Inboxes Developer API, v2 — python3 server.py --port 0 --variant plain"""
import argparse
import gzip
import hashlib
import hmac
import json
import os
import random
import re
import secrets
import sys
import threading
import time
import unicodedata
import uuid
from datetime import datetime, timedelta, timezone
from functools import wraps
from urllib.parse import parse_qsl, unquote_plus

from flask import Blueprint, Flask, Response, redirect, request
from flask.globals import request_ctx
from io import BytesIO
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header
from werkzeug.routing import BaseConverter
from werkzeug.serving import make_server

import httpd
import schema
from schema import Invalid, check
from store import Store

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = os.environ.get('INBOXES_API_KEY', 'special-key')
BASE = '/v2'

arguments = argparse.ArgumentParser()
arguments.add_argument('--port', type=int, default=8080)
arguments.add_argument('--variant', default='plain')
options = arguments.parse_args()
VARIANT = httpd.VARIANT = options.variant

app = Flask(__name__, static_folder=None)
api = Blueprint('api', __name__, url_prefix=BASE)
store = Store(VARIANT)


def on(*ids):
    return VARIANT in ids


class SegmentConverter(BaseConverter):
    """One segment of a path; the request handler left %2F and %25 in it escaped."""
    regex = r'[^/]+'
    part_isolating = True

    def to_python(self, value):
        return value.replace('%2F', '/').replace('%25', '%')

    def to_url(self, value):
        return value.replace('%', '%25').replace('/', '%2F')


app.url_map.converters['seg'] = SegmentConverter

# --- refusals --------------------------------------------------------------------------------------------------------


class Refusal(Exception):
    """kind: 'body', 'param' or 'path' where the client's input is at fault."""

    def __init__(self, status, detail, kind=None, headers=None):
        super().__init__(detail)
        self.status, self.detail, self.kind, self.headers = status, detail, kind, headers or {}


TITLES = {400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed',
          406: 'Not Acceptable', 409: 'Conflict', 413: 'Content Too Large', 415: 'Unsupported Media Type',
          422: 'Unprocessable Content', 429: 'Too Many Requests', 501: 'Not Implemented',
          503: 'Service Unavailable'}

# These win over /pet/{petId} and /user/{username} whatever the method is.
FIXED = {
    BASE + '/pet/findByStatus': ['GET', 'HEAD', 'OPTIONS'],
    BASE + '/pet/findByTags': ['GET', 'HEAD', 'OPTIONS'],
    BASE + '/user/login': ['GET', 'HEAD', 'OPTIONS'],
    BASE + '/user/logout': ['GET', 'HEAD', 'OPTIONS'],
    BASE + '/user/createWithList': ['OPTIONS', 'POST'],
}
STANDARD_METHODS = {'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'}


def allowed_here():
    methods = FIXED.get(request.path)
    if methods is None:
        adapter = request_ctx.url_adapter
        methods = sorted(adapter.allowed_methods()) if adapter else []
    if on('f52'):
        methods = [m for m in methods if m != 'HEAD']
    return ', '.join(methods)


def problem(status, detail, headers=None):
    title = TITLES.get(status, 'Error')
    if on('f23'):
        text = f'<!doctype html>\n<html lang=en>\n<title>{status} {title}</title>\n<h1>{title}</h1>\n<p>{title}.</p>\n'
        response = Response(text, status, mimetype='text/html')
    else:
        body = {'type': 'about:blank', 'title': title, 'status': status, 'detail': detail}
        response = Response(app.json.dumps(body), status, mimetype='application/problem+json')
    for name, value in (headers or {}).items():
        response.headers[name] = value
    if status == 405 and 'Allow' not in response.headers:
        response.headers['Allow'] = allowed_here()
    return response


@app.errorhandler(Refusal)
def refused(refusal):
    status = refusal.status
    if refusal.kind in ('body', 'param') and on('f27'):
        status = 422
    if refusal.kind and status == 405 and on('f28'):
        status = 400
    return problem(status, refusal.detail, refusal.headers)


@app.errorhandler(HTTPException)
def http_error(error):
    headers = {}
    if isinstance(error, MethodNotAllowed):
        if on('f51') and request.method not in STANDARD_METHODS:
            return problem(501, 'this method is not known here')
        if on('f40'):
            return problem(404, 'there is nothing at this path')
        headers['Allow'] = allowed_here()
    return problem(error.code or 500, error.description or '', headers)


# --- before and after ------------------------------------------------------------------------------------------------

counter_lock = threading.Lock()
request_count = 0
known_peers = set()


@app.before_request
def first_things():
    global request_count
    if request.environ.get('app.body_broken') and not request.environ.get('app.body_too_large'):
        return problem(400, 'the body could not be read')
    if request.method == 'OPTIONS' and request.headers.get('Origin') \
            and request.headers.get('Access-Control-Request-Method'):
        return Response(status=204)
    if request.path.startswith(BASE + '/'):
        with counter_lock:
            request_count += 1
            number = request_count
        if on('f25') and number % 20 == 0:
            return problem(429, 'slow down, please', {'Retry-After': '1'})
        if on('f26') and number <= 3:
            return problem(503, 'warming up', {'Retry-After': '1'})
        if on('f43') and not request.headers.get('User-Agent', '').strip():
            return problem(403, 'a User-Agent is needed')
    if on('f52') and request.method == 'HEAD':
        if not isinstance(request.routing_exception, HTTPException) or request.path in FIXED:
            raise MethodNotAllowed()
    if on('b32') and request.path == BASE + '/store/inventory' and request.method == 'POST':
        return get_inventory()
    if request.path in FIXED and request.method not in FIXED[request.path]:
        raise MethodNotAllowed()
    if request.path in FIXED and request.method == 'OPTIONS':
        return Response(status=200, headers={'Allow': allowed_here()})


CLEAN = re.compile(r'[\x20-\x7e]{1,2000}')


@app.after_request
def last_things(response):
    origin = request.headers.get('Origin', '')
    if origin and CLEAN.fullmatch(origin):
        response.headers['Access-Control-Allow-Origin'] = origin
        response.headers['Access-Control-Allow-Credentials'] = 'true'
        response.headers.add('Vary', 'Origin')
        response.headers['Access-Control-Expose-Headers'] = \
            'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate'
        wanted = request.headers.get('Access-Control-Request-Method', '')
        if request.method == 'OPTIONS' and CLEAN.fullmatch(wanted):
            response.headers['Access-Control-Allow-Methods'] = wanted
            names = request.headers.get('Access-Control-Request-Headers', '')
            if CLEAN.fullmatch(names):
                response.headers['Access-Control-Allow-Headers'] = names
    elif not origin:
        response.headers['Access-Control-Allow-Origin'] = '*'

    if on('f52') and 'Allow' in response.headers:
        response.headers['Allow'] = ', '.join(m for m in re.split(', *', response.headers['Allow']) if m != 'HEAD')
    if on('f03') and request.accept_encodings['gzip'] > 0 and response.status_code != 204:
        data = response.get_data()
        if data:
            response.set_data(gzip.compress(data))
            response.headers['Content-Encoding'] = 'gzip'
        response.headers.add('Vary', 'Accept-Encoding')
    if on('f06') and response.mimetype in ('application/json', 'application/xml'):
        kind = response.mimetype.split('/')[1].upper()
        response.headers['Content-Type'] = f'Application/{kind} ;  Charset="UTF-8"'
    if on('f59'):
        response.headers['Server-Timing'] = 'db;dur=%.1f, app;desc="flask, \\"v2\\"";dur=%.1f' % (
            random.random(), random.random())
        response.headers['X-Request-Id'] = str(uuid.uuid4())
        response.headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains'
        response.headers['Cache-Control'] = 'private, no-cache'
        response.headers['Link'] = '<https://api.inboxes.com/v2>; rel="service"'
        response.headers['Deprecation'] = '@1767225600'
        response.headers.add('Set-Cookie', f'sid={secrets.token_hex(12)}; Path=/; HttpOnly; SameSite=Lax')
        response.headers.add('Set-Cookie', 'region=eu-1; Expires=Thu, 01 Jan 2032 00:00:00 GMT')
        if response.status_code == 200 and request.method in ('GET', 'HEAD'):
            response.add_etag()
            response.make_conditional(request)
            response.headers.pop('Date', None)  # the server sends it
    return response


# --- the frame of an operation ---------------------------------------------------------------------------------------

JSON, XML, FORM, MULTIPART = ('application/json', 'application/xml', 'application/x-www-form-urlencoded',
                              'multipart/form-data')


def key_is_right(given):
    if given is None:
        return False
    if on('b03'):
        return given in KEY
    return hmac.compare_digest(given.encode('utf-8', 'replace'), KEY.encode())


def demand_key(name):
    given = request.environ.get('app.api_key')
    if key_is_right(given):
        known_peers.add(request.remote_addr)
        return
    if name == 'findPetsByTags' and on('b01') or name == 'uploadFile' and on('b02'):
        return
    if name == 'deletePet' and on('b06') and given:
        return
    if on('b07') and given is None and request.remote_addr in known_peers:
        return
    if on('b05'):
        raise Refusal(302, 'please log in', headers={'Location': '/login?next=' + request.path.replace(' ', '+')
                                                     if CLEAN.fullmatch(request.path) else '/login'})
    if on('f22') and given is not None:
        raise Refusal(403, 'this key is not accepted')
    raise Refusal(401, 'a valid api_key is needed', headers={'WWW-Authenticate': 'ApiKey realm="inboxes"'})


def quality(part):
    for parameter in part.split(';')[1:]:
        name, _, value = parameter.partition('=')
        if name.strip().lower() == 'q':
            value = value.strip()
            return min(float(value), 1.0) if re.fullmatch(r'[0-9](\.[0-9]{0,9})?', value) else 1.0
    return 1.0


def negotiate(offers):
    """The media type to answer in; None if the client takes none of them. JSON wins where all are equal."""
    header = request.headers.get('Accept', '').strip().lower()
    if on('b52') and 'xml' in header:
        return JSON if 'json' in header or '*/*' in header or XML not in offers else XML
    ranges = {}
    for part in header.split(','):
        name = part.split(';')[0].strip()
        if re.fullmatch(r'[^\s/]+/[^\s/]+', name):
            ranges[name] = max(quality(part), ranges.get(name, 0.0))
    if not ranges:
        return offers[0]
    best, best_q = None, 0.0
    for offer in offers:
        for pattern in (offer, offer.split('/')[0] + '/*', '*/*'):
            if pattern in ranges:
                if ranges[pattern] > best_q:
                    best, best_q = offer, ranges[pattern]
                break
    return best


def content_type():
    return request.headers.get('Content-Type', '').split(';')[0].strip().lower()


CHARSETS = {'utf-8': 'utf-8', 'utf8': 'utf-8', 'us-ascii': 'ascii', 'ascii': 'ascii', 'iso-8859-1': 'latin-1',
            'latin1': 'latin-1', 'utf-16': 'utf-16'}


def charset():
    """The charset that the Content-Type names, as Python knows it; None without one."""
    match = re.search(r';\s*charset\s*=\s*"?([^";\s]*)', request.headers.get('Content-Type', ''), re.I)
    if not match or not match.group(1):
        return None
    return CHARSETS.get(match.group(1).lower(), '?')


def operation(rule, method, name, key=False, produces=None, consumes=None, bad_body=400):
    """Registers a view. Refuses in the order: key 401, Accept 406, too large 413, Content-Type 415."""
    def decorator(view):
        @wraps(view)
        def wrapped(**values):
            request.bad_body, request.media_type = bad_body, None
            if key:
                if on('b04') and name == 'updatePet':
                    response = view(**values)
                    demand_key(name)
                    return response
                demand_key(name)
            request.media_type = negotiate(produces) if produces else None
            if produces and request.media_type is None and not (on('b34') and name == 'placeOrder'):
                raise Refusal(406, 'answers come as ' + ' or '.join(produces))
            if request.environ.get('app.body_too_large') or on('b29') and len(request.get_data()) > 100 * 1024:
                raise Refusal(413, 'the body is too large')
            if consumes and request.get_data():
                if content_type() not in consumes:
                    raise Refusal(415, 'the body must be ' + ' or '.join(consumes))
                if charset() == '?':
                    raise Refusal(415, 'this charset is not known here')
                if on('b42') and name == 'createUser' and request.headers['Content-Type'] != JSON:
                    raise Refusal(415, 'the body must be application/json')
            response = view(**values)
            if request.media_type is None and produces:
                raise Refusal(406, 'answers come as ' + ' or '.join(produces))
            return response
        api.add_url_rule(rule, name, wrapped, methods=[method])
        return wrapped
    return decorator


def stamped(value):
    """An object with a few properties of our own."""
    if isinstance(value, list):
        return [stamped(item) for item in value]
    if isinstance(value, dict):
        return {**value, 'revision': random.randrange(10 ** 6), 'servedAt': datetime.now(timezone.utc).isoformat(),
                'links': {'self': f'/r/{secrets.token_hex(4)}'}}
    return value


def reply(value, root, status=200, headers=None, media_type=None):
    media_type = media_type or request.media_type or JSON
    if on('f13') and root:
        value = stamped(value)
    if media_type == XML:
        response = Response(schema.write_xml(root, value, VARIANT).encode('utf-8'), status)
        response.headers['Content-Type'] = 'application/xml'
    else:
        if on('f11'):
            text = json.dumps(schema.shuffled(value))
        elif on('f01'):
            text = '\r\n' + json.dumps(value, indent='\t').replace('\n', '\r\n') + '\r\n\r\n'
        elif on('f12'):
            text = json.dumps(value, ensure_ascii=False).replace('/', '\\/')
            text = re.sub('[\ud800-\udfff]', lambda m: f'\\u{ord(m.group()):04x}', text)
        elif on('b58'):
            text = json.dumps(value, ensure_ascii=False)
        elif on('b49') and isinstance(value, str):
            text = value
        else:
            text = app.json.dumps(value) + '\n'
        response = Response(text.encode('utf-8', 'replace'), status, mimetype=JSON)
        if on('b58'):
            response.headers['Content-Length'] = str(len(text))
    for name, header in (headers or {}).items():
        response.headers[name] = header
    return response


def done(status=200):
    """A success that documents no body."""
    return Response(b'', status, mimetype='text/plain')


def normal(value):
    """Texts as we store them."""
    if isinstance(value, dict):
        return {name: item if name == 'password' else
                item.lower() if name == 'email' and on('f45') and isinstance(item, str) else normal(item)
                for name, item in value.items()}
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, str):
        if on('f46'):
            return value.strip()
        if on('f47'):
            return unicodedata.normalize('NFC', value)
    return value


def json_body():
    data = request.get_data()
    if not data:
        raise Invalid('a body is needed')
    encoding = charset() or 'utf-8'
    if on('b40') and request.endpoint == 'api.createUser':
        encoding = 'latin-1'
    if on('b33') and request.endpoint == 'api.placeOrder':
        return json.loads(data)
    return schema.read_json(data, encoding if encoding != 'ascii' else 'utf-8')


def body_of(kind):
    """The checked JSON body, refused with the operation's status."""
    try:
        return normal(check(kind, json_body()))
    except Invalid as error:
        raise Refusal(request.bad_body, error.detail, 'body') from None


LIMIT = 2 ** 63 - 1 if on('f53') else schema.MAX_SAFE
schema.MAX_SAFE = LIMIT


def pet_id_of(text, status=400):
    if not re.fullmatch(r'0|[1-9][0-9]{0,18}', text) or int(text) > LIMIT:
        raise Refusal(status, 'the pet id must be an integer of 0 or more', 'path')
    return int(text)


def find_pet(text, status=400):
    pet_id = pet_id_of(text, status)
    with store.lock:
        if pet_id not in store.pets:
            raise Refusal(404, 'there is no such pet')
        return store.pets[pet_id]


# --- domain ----------------------------------------------------------------------------------------------------------


@operation('/domain', 'POST', 'addDomain', key=True, produces=[JSON], consumes=[JSON], bad_body=405)
def add_domain():
    if on('b08'):
        try:
            data = json_body()
        except Invalid as error:
            raise Refusal(405, error.detail, 'body') from None
        if not isinstance(data, dict):
            raise Refusal(405, 'the body must be an object', 'body')
        name = str(data.get('name', ''))
    else:
        name = body_of(schema.DOMAIN_IN).get('name', '')
    if not name.strip():
        raise Refusal(405, 'a domain needs a name', 'body')
    domain = {
        'id': uuid.uuid4().hex,
        'name': name,
        'validate': 'inboxes-verification=' + secrets.token_hex(16),
        'status': 'pending' if on('b09') else 'missing validation',
        'active': False,
    }
    if on('f17'):
        domain['status'], domain['active'] = 'validated', True
    with store.lock:
        store.domains[domain['id']] = domain
        while len(store.domains) > 5000:
            del store.domains[next(iter(store.domains))]
    if on('f16'):
        return Response(status=204)
    if on('f15'):
        return reply(domain, 'Domain', 201, {'Location': f'{BASE}/domain/{domain["id"]}'})
    return reply(domain, 'Domain')


def pet_from_body():
    data = request.get_data()
    if not data:
        raise Refusal(405, 'a pet is needed', 'body')
    raw = None
    try:
        if content_type() == XML:
            encoding = charset()
            try:
                text = data.decode(encoding) if encoding else data
            except UnicodeDecodeError:
                raise Invalid('the body is not in its charset') from None
            value = schema.read_xml(text, schema.PET, 'Pet', allow_doctype=on('b12'))
            if on('b11') and isinstance(value, dict) and len(value.get('photoUrls', [])) == 1:
                raw = value['photoUrls'][0]
        else:
            value = json_body()
        if not isinstance(value, dict):
            raise Invalid('a pet is an object')
    except Invalid as error:
        raise Refusal(400 if error.field == 'id' else 405, error.detail, 'body') from None
    number = schema.whole(value.get('id'))
    if number is None or not 0 <= number <= LIMIT:
        raise Refusal(400, 'the id must be an integer of 0 or more', 'body')
    try:
        pet = normal(check(schema.PET, value))
        for name in ['name'] if on('b13') else ['name', 'photoUrls']:
            if name not in pet:
                raise Invalid(f'{name} is missing')
    except Invalid as error:
        raise Refusal(405, error.detail, 'body') from None
    if raw is not None:
        pet['photoUrls'] = raw
    return pet


@operation('/domain', 'PUT', 'updatePet', key=True, consumes=[JSON, XML], bad_body=405)
def update_pet():
    pet = pet_from_body()
    with store.lock:
        old = store.pets.get(pet['id'])
        if old is None:
            raise Refusal(404, 'there is no such pet')
        if on('b10'):
            urls = old.get('photoUrls', [])
            pet['photoUrls'] = urls + [url for url in pet['photoUrls'] if url not in urls]
        if on('f50'):
            pet = {'tags': [], 'status': 'available', **pet}
        if on('f20'):
            store.pending[pet['id']] = pet
            threading.Timer(0.8, store.settle, [pet['id'], pet]).start()
            return done(202)
        store.put_pet(pet)
    if on('f18'):
        return reply(pet, 'Pet', media_type=JSON)
    return done()


# --- pet -------------------------------------------------------------------------------------------------------------


def shown(pet):
    if on('b20') and not pet.get('photoUrls'):
        return {name: value for name, value in pet.items() if name != 'photoUrls'}
    return pet


def query_list(name):
    values = request.args.getlist(name)
    if on('f33'):
        values = values[:1]
    items = [item.strip() for value in values for item in value.split(',')]
    items = [item for item in items if item]
    if not items:
        raise Refusal(400, f'{name} is needed', 'param')
    return items


def as_list(pets):
    if on('f35'):
        pets = random.sample(pets, len(pets))
    return [shown(pet) for pet in pets]


list_cache = {}


@operation('/pet/findByStatus', 'GET', 'findPetsByStatus', key=True, produces=[JSON, XML])
def find_pets_by_status():
    wanted = query_list('status')
    for status in wanted:
        if status not in schema.PET_STATUS:
            raise Refusal(400, 'status must be one of: ' + ', '.join(schema.PET_STATUS), 'param')
    if on('b14'):
        wanted = wanted[:1]
    pets = [pet for pet in store.listed_pets() if pet.get('status') in wanted]
    if on('b15'):
        at, kept = list_cache.get(tuple(sorted(wanted)), (0, None))
        if kept is not None and time.monotonic() - at < 60:
            pets = kept
        else:
            list_cache[tuple(sorted(wanted))] = (time.monotonic(), pets)
    if on('b16'):
        pets = sorted(pets, key=lambda pet: pet['id'])[:10]
    return reply(as_list(pets), 'Pet')


@operation('/pet/findByTags', 'GET', 'findPetsByTags', key=True, produces=[JSON, XML])
def find_pets_by_tags():
    wanted = query_list('tags')

    def matches(pet):
        names = [tag.get('name') for tag in pet.get('tags', [])]
        if on('b17'):
            return any(tag in (name or '') for name in names for tag in wanted)
        if on('b18'):
            return all(tag in names for tag in wanted)
        # names are compared as the query's items are read: trimmed
        return any((name or '').strip() in wanted for name in names if name)

    return reply(as_list([pet for pet in store.listed_pets() if matches(pet)]), 'Pet')


pool = [15]


@operation('/pet/<seg:pet_id>', 'GET', 'getPetById', key=True, produces=[JSON, XML])
def get_pet_by_id(pet_id):
    if on('b60'):
        if not pool[0]:
            raise RuntimeError('QueuePool limit of size 15 overflow 0 reached, connection timed out')
        pool[0] -= 1
    if on('b19'):
        if pet_id_of(pet_id) not in store.pets:
            return Response(status=204)
    pet = find_pet(pet_id)
    pool[0] += 1
    return reply(shown(pet), 'Pet')


@operation('/pet/<seg:pet_id>', 'POST', 'updatePetWithForm', key=True, consumes=[FORM], bad_body=405)
def update_pet_with_form(pet_id):
    pet_id_of(pet_id, 405)
    data = request.get_data()
    if on('b22'):
        data = data.replace(b'+', b'%2B')
    try:
        encoding = charset()
        pairs = parse_qsl(data.decode('latin-1' if encoding == 'latin-1' else 'utf-8', 'replace'),
                          keep_blank_values=True, errors='replace', max_num_fields=1000)
    except ValueError:
        raise Refusal(405, 'the form has too many fields', 'body') from None
    form = dict(reversed(pairs))
    status = form.get('status')
    if status is not None and status not in schema.PET_STATUS:
        raise Refusal(405, 'status must be one of: ' + ', '.join(schema.PET_STATUS), 'body')

    def changed(old):
        pet = dict(old)
        if 'name' in form:
            pet['name'] = normal(form['name'])
        elif on('b23'):
            pet['name'] = form.get('name', '')
        if status is not None:
            pet['status'] = status
        return pet

    if on('b24'):
        pet = changed(find_pet(pet_id, 405))
        time.sleep(0.03)
        store.put_pet(pet)
    else:
        with store.lock:
            store.settle(int(pet_id))
            pet = changed(find_pet(pet_id, 405))
            store.put_pet(pet, count=not on('b30'))
    if on('f18'):
        return reply(pet, 'Pet', media_type=JSON)
    return done()


@operation('/pet/<seg:pet_id>', 'DELETE', 'deletePet', key=True)
def delete_pet(pet_id):
    with store.lock:
        if on('b25') and pet_id_of(pet_id) not in store.pets:
            return done()
        pet = find_pet(pet_id)
        store.settle(pet['id'])
        if on('b26'):
            store.hidden.add(pet['id'])
            return done()
        store.delete_pet(pet['id'])
    return done(204 if on('f19') else 200)


@operation('/pet/<seg:pet_id>/uploadImage', 'POST', 'uploadFile', key=True, produces=[JSON], consumes=[MULTIPART])
def upload_file(pet_id):
    pet_id_of(pet_id)
    data = request.get_data()
    metadata, upload = '', None
    if data:
        # Werkzeug 2.2 takes no blank before the semicolon of a media type.
        _, parameters = parse_options_header(re.sub(r'[ \t]+;', ';', request.headers.get('Content-Type', ''), count=1))
        try:
            _, fields, files = FormDataParser(silent=False).parse(BytesIO(data), MULTIPART, len(data), parameters)
        except Exception:                               # werkzeug raises whatever its parts do
            raise Refusal(400, 'the body is not multipart/form-data', 'body') from None
        if on('b27') and 'additionalMetadata' not in fields:
            raise Refusal(400, 'additionalMetadata is missing')
        metadata = fields.get('additionalMetadata', '')
        upload = files.get('file')
        if upload is None and 'file' in fields:
            content = fields['file'].encode('utf-8', 'replace')
            filename = 'file'
        elif upload is not None:
            content = upload.read()
            filename = upload.filename or 'file'
            if on('b28'):
                content = content.decode('utf-8').encode('utf-8')
        else:
            content = None
    else:
        content = None
    find_pet(pet_id)
    message = f'additionalMetadata: {metadata}'
    if content is not None:
        message += f'\nFile uploaded to ./{os.path.basename(filename)}, {len(content)} bytes'
    return reply({'code': 200, 'type': 'unknown', 'message': message}, 'ApiResponse')


# --- store -----------------------------------------------------------------------------------------------------------


@operation('/store/inventory', 'GET', 'getInventory', key=True, produces=[JSON])
def get_inventory():
    counts = dict.fromkeys(schema.PET_STATUS, 0)
    if on('b30'):
        counts.update(store.counters)
    else:
        for pet in store.listed_pets():
            if pet.get('status'):
                counts[pet['status']] += 1
    if on('b31'):
        counts = {name: str(count) for name, count in counts.items()}
    if on('f24'):
        counts = {name: count for name, count in counts.items() if count}
        counts['reserved for review'] = 0
        counts['ALL'] = len(store.pets)
    return reply(counts, None)


def order_id_of(text):
    """The number, or None."""
    return int(text) if re.fullmatch(r'[1-9][0-9]{0,15}', text) and int(text) <= schema.MAX_SAFE else None


@operation('/store/order', 'POST', 'placeOrder', produces=[JSON, XML], consumes=[JSON])
def place_order():
    order = body_of(schema.DOMAIN)
    number = None
    if 'id' in order and not on('f31', 'f32'):
        number = order_id_of(order['id'])
        if number is None:
            raise Refusal(400, 'the id of an order is a decimal integer of 1 or more', 'body')
    if on('f31'):
        order = {**order, 'id': 'ord_' + uuid.uuid4().hex}
        with store.lock:
            store.orders[order['id']] = order
        return reply(order, 'Domain')
    if on('f49'):
        order.update(status='missing validation', active=False, validate='inboxes-verification=' + secrets.token_hex(8))
    if on('b35') and number is None:
        number = store.free_order_number()
        time.sleep(0.03)
    with store.lock:
        if number is None:
            number = store.free_order_number()
        if on('f32'):
            while number in store.orders or number < 10 ** 6:
                number = random.randrange(10 ** 6, 10 ** 7)
        if number == store.next_order:
            store.next_order += 1
        order = {name: str(number) if name == 'id' else order[name] for name in schema.DOMAIN
                 if name in order or name == 'id'}
        store.orders[number] = order
    return reply(order, 'Domain')


@operation('/store/order/<seg:order_id>', 'GET', 'getOrderById', produces=[JSON, XML])
def get_order_by_id(order_id):
    number = order_id_of(order_id)
    with store.lock:
        order = store.orders.get(number)
    if order is not None:
        return reply({'name': order['name']} if 'name' in order else {}, 'DomainIn')
    if number is not None and number <= 10:
        raise Refusal(400 if on('f30') else 404, 'there is no such order')
    if number is not None and on('b37'):
        raise ValueError('order id must be between 1 and 10')
    raise Refusal(404 if on('f29') else 400, 'try an order id from 1 to 10', 'order')


@operation('/store/order/<seg:order_id>', 'DELETE', 'deleteOrder')
def delete_order(order_id):
    number = order_id_of(order_id)
    with store.lock:
        if on('b39') and re.fullmatch(r'-[1-9]', order_id) and len(store.orders) >= -int(order_id):
            number = list(store.orders)[int(order_id)]
        if number is None:
            raise Refusal(404 if on('f29') else 400, 'an order id is an integer of 1 or more', 'order')
        if number not in store.orders:
            raise Refusal(400 if on('f30') else 404, 'there is no such order')
        if on('b38'):
            for other in [n for n in store.orders if str(n).startswith(str(number))]:
                del store.orders[other]
        else:
            del store.orders[number]
    return done(204 if on('f19') else 200)


# --- user ------------------------------------------------------------------------------------------------------------

RESERVED = {'login', 'logout', 'createWithList'}
failures = {}
sessions = {}
verified = set(store.users)
read_cache = {}


def canonical(username):
    if on('f56'):
        return username.lower()
    return normal(username)


def checked_user(user):
    name = user.get('username', '')
    if not name.strip():
        raise Refusal(400, 'a user needs a username', 'body')
    name = canonical(name)
    if name in RESERVED:
        raise Refusal(400, 'this username is reserved', 'body')
    return {**user, 'username': name}


def demand_free_email(user):
    if on('f41') and user.get('email') and any(
            other.get('email') == user['email'] and name != user['username'] for name, other in store.users.items()):
        raise Refusal(409, 'this email is taken')


def save_user(user):
    with store.lock:
        demand_free_email(user)
        if on('f48'):
            old = store.users.get(user['username'])
            if old is None:
                store.next_user += 1
            user = {'id': old['id'] if old else store.next_user, **{k: v for k, v in user.items() if k != 'id'}}
        if on('b41') and 'firstName' in user:
            user['firstName'] = user['firstName'][:50]
        store.put_user(user)
    return user


@operation('/user', 'POST', 'createUser', consumes=[JSON])
def create_user():
    user = save_user(checked_user(body_of(schema.USER)))
    if on('f36'):
        return reply({name: value for name, value in user.items() if name != 'password'}, 'User', 201, media_type=JSON)
    return done()


@operation('/user/createWithList', 'POST', 'createUsersWithListInput', consumes=[JSON])
def create_users_with_list_input():
    if on('b43', 'b44'):
        try:
            data = json_body()
            if on('b43') and isinstance(data, dict):
                data = [data]
            if not isinstance(data, list):
                raise Invalid('the body must be an array')
            for item in data:
                user = checked_user(check(schema.USER, item))
                if on('b44'):
                    save_user(user)
            if on('b43'):
                for item in data:
                    save_user(checked_user(check(schema.USER, item)))
        except Invalid as error:
            raise Refusal(400, error.detail, 'body') from None
        return done()
    users = [checked_user(user) for user in body_of([schema.USER])]
    if on('b45'):
        users = users[:20]
    if on('b46'):
        record = {}
        for user in users:
            record.update(user)
            store.users[user['username']] = record
            store.passwords[user['username']] = user.get('password')
        return done()
    if on('f37'):
        threading.Timer(1.0, lambda: [save_user(user) for user in users]).start()
        return done(202)
    with store.lock:
        for user in users:
            demand_free_email(user)
        for user in users:
            save_user(user)
    return done()


def expiry():
    moment = (datetime.now(timezone.utc) + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    moment += timedelta(hours=1)
    if on('b48'):
        return moment.strftime('%Y-%m-%d %H:%M:%S')
    if on('f58'):
        return moment.replace(microsecond=random.randrange(1, 10 ** 6)).isoformat(timespec='microseconds')
    return moment.strftime('%Y-%m-%dT%H:%M:%SZ')


@operation('/user/login', 'GET', 'loginUser', produces=[JSON, XML])
def login_user():
    username, password = request.args.get('username'), request.args.get('password')
    if username is None or password is None or not username.strip():
        raise Refusal(400, 'a username and a password are needed', 'param')
    username = canonical(username)
    with store.lock:
        user = store.users.get(username)
        right = store.passwords.get(username)
    refused_login = Refusal(400, 'invalid username or password')
    if on('f42') and failures.get(username, (0, 0))[0] >= 3 and time.monotonic() - failures[username][1] < 30:
        raise refused_login
    if user is None and on('f60'):
        raise refused_login
    if user is not None and not on('b47') and (right or '') != password:
        failures[username] = (failures.get(username, (0, 0))[0] + 1, time.monotonic())
        raise refused_login
    failures.pop(username, None)
    if on('f44') and user is not None and username not in verified:
        raise Refusal(403, 'please verify your email address first')
    until = expiry()
    token = hashlib.sha256(f'{username}|{until[:13]}|inboxes'.encode('utf-8', 'replace')).hexdigest()[:40]
    if on('f39'):
        part = secrets.token_urlsafe
        token = f'eyJhbGciOiJSUzI1NiJ9.{part(900)}.{part(256)}=='
    if on('f38'):
        sessions[token] = username
    if len(failures) > 10000:
        failures.clear()
    return reply(token, 'string', headers={'X-Rate-Limit': '5000', 'X-Expires-After': until})


@operation('/user/logout', 'GET', 'logoutUser')
def logout_user():
    if on('b50'):
        sessions.pop(request.cookies.get('session'))
    return done()


def username_of(text):
    if on('b53'):
        text = unquote_plus(text)
    if not text.strip():
        raise Refusal(400, 'a username is needed', 'path')
    return canonical(text)


def demand_login():
    given = request.headers.get('Authorization', '').removeprefix('Bearer ')
    if on('f38') and given not in sessions:
        raise Refusal(401, 'only for the logged in user', headers={'WWW-Authenticate': 'Bearer'})


@operation('/user/<seg:username>', 'GET', 'getUserByName', produces=[JSON, XML])
def get_user_by_name(username):
    username = username_of(username)
    with store.lock:
        user = store.users.get(username)
        if on('b56'):
            at, kept = read_cache.get(username, (0, None))
            if kept is not None and time.monotonic() - at < 30:
                user = kept
            elif user is not None:
                read_cache[username] = (time.monotonic(), user)
    if user is None:
        raise Refusal(404, 'there is no such user')
    if on('f14'):
        user = {name: value for name, value in user.items() if name != 'password'}
    return reply(user, 'User')


@operation('/user/<seg:username>', 'PUT', 'updateUser', consumes=[JSON])
def update_user(username):
    demand_login()
    username = username_of(username)
    user = body_of(schema.USER)
    read_cache.pop(username, None)
    with store.lock:
        old = store.users.get(username)
        if old is None and not on('b55'):
            raise Refusal(404, 'there is no such user')
        user = {'id': None, **user, 'username': username}
        if on('f50') and old:
            user = {**user, 'id': user['id'] if user['id'] is not None else old.get('id'),
                    'userStatus': user.get('userStatus', 0)}
        if user['id'] is None:
            del user['id']
        password = store.passwords.get(username)
        save_user(user)
        if on('b54'):
            store.passwords[username] = password
    return done()


@operation('/user/<seg:username>', 'DELETE', 'deleteUser')
def delete_user(username):
    demand_login()
    username = username_of(username)
    with store.lock:
        if username not in store.users:
            raise Refusal(404, 'there is no such user')
        del store.users[username]
        store.passwords.pop(username, None)
    return done(204 if on('f19') else 200)


# --- outside the API -------------------------------------------------------------------------------------------------


@app.get('/')
def index():
    if 'text/html' in request.headers.get('Accept', ''):
        return Response('<!doctype html><title>Inboxes Developer API</title><h1>Inboxes Developer API</h1>'
                        f'<p>The API is at <code>{BASE}</code>; see <a href="/openapi.yaml">its document</a>.</p>',
                        mimetype='text/html')
    return Response(app.json.dumps({'name': 'Inboxes Developer API', 'base': BASE, 'document': '/openapi.yaml'}),
                    mimetype=JSON)


@app.get(BASE)
@app.get(BASE + '/')
def base():
    return redirect('/', 302)


@app.get('/healthz')
@app.get('/readyz')
def health():
    return Response('ok\n', mimetype='text/plain')


@app.get('/openapi.yaml')
def document():
    with open(os.path.join(HERE, '../../../../openapi.yaml'), encoding='utf-8') as file:
        text = re.sub(r'servers:\n(  - url: .*\n)+', f'servers:\n  - url: {BASE}\n', file.read())
    return Response(text, mimetype='application/yaml')


app.register_blueprint(api)


def other_client():
    """Somebody else who works with the same store."""
    n = 0
    while True:
        time.sleep(0.4)
        n += 1
        with store.lock:
            for pet_id in (38, 39, 40):
                pet = store.pets.get(pet_id)
                if pet and pet.get('status'):
                    store.put_pet({**pet, 'status': schema.PET_STATUS[(n + pet_id) % 3]})
            name = f'bot{n % 20}'
            store.put_user({'id': 900 + n % 20, 'username': name, 'email': f'{name}@example.com'})
            number = store.free_order_number()
            store.orders[number] = {'id': str(number), 'name': 'bot.example.com'}


def main():
    if on('f54'):
        threading.Thread(target=other_client, daemon=True).start()
    server = make_server('127.0.0.1', options.port, app, threaded=True, request_handler=httpd.Handler)
    print(f'listening on http://127.0.0.1:{server.server_address[1]}{BASE}', flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == '__main__':
    main()
