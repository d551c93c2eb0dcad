#!/usr/bin/env python3
"""The Inboxes Developer API with Python's standard library. One variant at a time (see variants.json)."""
import base64
import hashlib
import hmac
import json
import re
import secrets
import struct
import sys
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import codec
from schema import API_RESPONSE, DOMAIN, DOMAIN_IN, INT64, PET, STATUSES, USER, clean, pick, violation
from store import later, other_client, store
from variant import on, options

KEY = 'special-key'
JSON, XML = 'application/json', 'application/xml'
FORM, MULTIPART = 'application/x-www-form-urlencoded', 'multipart/form-data'
LIMIT = 10 * 1024 * 1024
STARTED = time.time()
SKEW = 420 if on('f39') else 0


class Refusal(Exception):
    def __init__(self, status, detail, headers=()):
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, list(headers)


def invalid(status, detail):
    """An invalid request, with the status that the operation documents for it."""
    if on('f01'):
        status = 400
    if on('f02'):
        status = 422
    return Refusal(status, detail)


def check(schema, value, status):
    if found := violation(schema, value):
        raise invalid(status, found)


# ---------------------------------------------------------------- operations
# Each takes the request and gives (status, schema, record): a schema of None means no body.

OPERATIONS = []


def operation(method, path, secure=False, body=(), required=True, param=400, wrong=400, offers=()):
    pattern = re.compile('^' + re.sub(r'\{(\w+)\}', r'(?P<\1>[^/]+)', path) + '$')

    def register(function):
        OPERATIONS.append(dict(method=method, pattern=pattern, fixed='{' not in path, secure=secure, body=body, required=required,
                               param=param, wrong=wrong, offers=offers, run=function, name=function.__name__))
        return function
    return register


def pet_id(request):
    text, status = request.parts['petId'], request.operation['param']
    if on('b16'):  # fault: whatever int() takes
        try:
            number = int(text)
        except ValueError:
            raise invalid(status, 'Invalid ID supplied') from None
        if number < 0:
            raise invalid(status, 'Invalid ID supplied')
        return number
    if not re.fullmatch('[0-9]{1,18}', text):
        raise invalid(status, 'Invalid ID supplied')
    return int(text)


def order_id(request):
    text = request.parts['orderId']
    if on('f04') and text in store.orders:
        return text
    if not re.fullmatch('[1-9][0-9]{0,17}', text):
        raise Refusal(404, 'Order not found') if on('f03') else Refusal(400, 'Invalid ID supplied')
    return int(text)


def known_pet(number):
    if (pet := store.copy(store.pets, number)) is None:
        raise Refusal(404, 'Pet not found')
    return pet


# --- domain

@operation('POST', '/domain', secure=True, body=(JSON,), wrong=405, offers=(JSON,))
def addDomain(request):
    check(DOMAIN_IN, request.content, 405)
    name = pick(DOMAIN_IN, request.content).get('name', '')
    if not name.strip():
        raise invalid(405, 'a domain needs a name')
    if on('f38') and name in store.domains:
        return 200, DOMAIN, store.domains[name]
    if on('b01') and name in store.domains:  # fault: nobody catches what the database says
        raise KeyError(f'UNIQUE constraint failed: domains.name {name}')
    domain = {'id': uuid.uuid4().hex, 'name': name, 'validate': 'v=inboxes1; token=' + secrets.token_hex(12),
              'status': 'missing validation', 'active': False}
    if on('f07'):
        domain.update(status='validated', active=True)
    store.put(store.domains, name, domain)
    if on('f08'):
        return 202, None, None
    return 200, DOMAIN, domain


def build_pet(body, tags=[]):
    """Fault b04: one list of tags for all pets that are ever built."""
    tags.extend(body.get('tags', []))
    return {**body, 'tags': list(tags)}


@operation('PUT', '/domain', secure=True, body=(JSON, XML), wrong=405)
def updatePet(request):
    body = request.content
    if not isinstance(body, dict):
        raise invalid(405, 'a Pet is needed')
    if violation(INT64, body.get('id')) or isinstance(body['id'], bool) or body['id'] < 0:
        raise invalid(400, 'Invalid ID supplied')
    check(PET, body, 405)
    before = known_pet(body['id'])
    pet = pick(PET, body)
    if on('b04'):
        pet = build_pet(pet)
    store.put(store.pets, pet['id'], pet)
    if on('b05'):  # fault: a write-behind cache that writes the old page
        later(1.0, store.put, store.pets, pet['id'], before)
    return 200, None, None


# --- pet

def list_parameter(request, name):
    items = [clean(item.strip()) for value in request.query.get(name, []) for item in value.split(',')]
    items = [item for item in items if item]
    if not items:
        raise invalid(400, f'Invalid {name} value')
    return items


def pets_where(test):
    if on('b11'):  # fault: walks the living dictionary, slowly
        found = []
        for pet in store.pets.values():
            time.sleep(0.02)
            if test(pet):
                found.append(pet)
        return found
    with store.lock:
        return [dict(pet) for pet in store.pets.values() if test(pet)]


@operation('GET', '/pet/findByStatus', secure=True, offers=(JSON, XML))
def findPetsByStatus(request):
    wanted = list_parameter(request, 'status')
    if not set(wanted) <= set(STATUSES):
        raise invalid(400, 'Invalid status value')
    found = pets_where(lambda pet: pet.get('status') in wanted)
    return 200, PET, found[:5] if on('b10') else found  # fault b10: a page, and no way to the next


@operation('GET', '/pet/findByTags', secure=True, offers=(JSON, XML))
def findPetsByTags(request):
    wanted = set(list_parameter(request, 'tags'))
    matches = wanted.issubset if on('b14') else wanted.intersection  # fault b14: all of them
    return 200, PET, pets_where(lambda pet: matches({tag.get('name') for tag in pet.get('tags', [])}))


@operation('GET', '/pet/{petId}', secure=True, offers=(JSON, XML))
def getPetById(request):
    number = pet_id(request)
    if on('b17'):  # fault: the key of the table has 32 bits
        struct.pack('>i', number)
    return 200, PET, known_pet(number)


@operation('POST', '/pet/{petId}', secure=True, body=(FORM,), required=False, param=405, wrong=405)
def updatePetWithForm(request):
    number = pet_id(request)
    fields = request.content or {}
    if 'status' in fields and fields['status'] not in STATUSES:
        raise invalid(405, 'Invalid input')
    with store.lock:
        pet = known_pet(number)
        pet.update({name: clean(fields[name]) for name in ('name', 'status') if name in fields})
        store.put(store.pets, number, pet)
    return 200, None, None


@operation('DELETE', '/pet/{petId}', secure=True)
def deletePet(request):
    number = pet_id(request)
    known_pet(number)
    if on('f10'):
        later(1.0, store.pets.pop, number, None)
        return 202, None, None
    with store.lock:
        store.pets.pop(number, None)
    return 200, None, None


@operation('POST', '/pet/{petId}/uploadImage', secure=True, body=(MULTIPART,), required=False, offers=(JSON,))
def uploadFile(request):
    number = pet_id(request)
    pet = known_pet(number)
    parts = request.content or {}
    filename, data = parts.get('file', (None, b''))
    _, metadata = parts.get('additionalMetadata', (None, b''))
    if on('b27'):  # fault: a partial record is written back
        store.put(store.pets, number, {key: value for key, value in pet.items() if key != 'tags'})
    if on('f29') and 'file' in parts:
        pet['photoUrls'].append(f'https://pics.example/{number}/{hashlib.md5(data).hexdigest()}')
        store.put(store.pets, number, pet)
    message = f'{len(data)} bytes of {filename or "nothing"}; {metadata.decode(errors="replace")}'
    if on('f30'):
        return 200, API_RESPONSE, {'code': 0, 'type': 'image/unknown', 'message': f'OK\n\t"{message}"\r\n', 'sha1': hashlib.sha1(data).hexdigest(), 'took': time.time() % 1}
    return 200, API_RESPONSE, {'code': 200, 'type': 'upload', 'message': message}


# --- store

counted = {'at': 0.0, 'value': None}


@operation('GET', '/store/inventory', secure=True, offers=(JSON,))
def getInventory(request):
    with store.lock:
        statuses = [pet.get('status', 'unknown') for pet in store.pets.values()]
    names = sorted(set(statuses)) if on('f34') else STATUSES
    value = {name: statuses.count(name) for name in names}
    if on('b28'):  # fault: five seconds are too long
        if time.time() - counted['at'] > 5:
            counted.update(at=time.time(), value=value)
        value = counted['value']
    return 200, None, value


@operation('POST', '/store/order', body=(JSON,), offers=(JSON, XML))
def placeOrder(request):
    check(DOMAIN, request.content, 400)
    order = pick(DOMAIN, request.content)
    if on('f06'):
        order.update(status='missing validation', active=False, validate='v=inboxes1; ' + secrets.token_hex(6))
    if on('f04'):
        number = str(uuid.uuid4())
    elif re.fullmatch('[1-9][0-9]{0,17}', order.get('id', '')) and not on('f05'):
        number = int(order['id'])
    else:
        number = store.next_number()
    order = {**order, 'id': str(number)}
    store.put(store.orders, number, order)
    return 200, DOMAIN, order


@operation('GET', '/store/order/{orderId}', offers=(JSON, XML))
def getOrderById(request):
    number = order_id(request)
    if on('b32'):  # fault: a number is a place in the list
        with store.lock:
            rows = list(store.orders.values())
        order = rows[number - 1] if number <= len(rows) else None
    else:
        order = store.copy(store.orders, number)
    if order is None:
        raise Refusal(404, 'Order not found')
    if on('f37'):
        return 200, DOMAIN_IN, {'name': order.get('name', ''), **order}
    return 200, DOMAIN_IN, {'name': order['name']} if 'name' in order else {}


@operation('DELETE', '/store/order/{orderId}')
def deleteOrder(request):
    number = order_id(request)
    if store.copy(store.orders, number) is None:
        raise Refusal(404, 'Order not found')
    if on('f10'):
        later(1.0, store.orders.pop, number, None)
        return 202, None, None
    with store.lock:
        store.orders.pop(number, None)
    return (204, None, {}) if on('b33') else (200, None, None)  # fault b33: a 204 with a body


# --- user

def new_user(body):
    check(USER, body, 400)
    user = pick(USER, body)
    name = user.get('username', '')
    if not name.strip() or name in ('login', 'logout', 'createWithList'):
        raise invalid(400, 'a username is needed')
    if on('f15') and name in store.users:
        raise Refusal(409, 'this username is taken')
    return user


def with_defaults(user):
    if on('f35'):
        return {**{name: 0 if name == 'userStatus' else '' for name in USER.properties if name not in ('id', 'password')}, **user}
    return user


def keep_user(user):
    store.put(store.users, user['username'], with_defaults(user))


def needs_login(request):
    """f13: what the reference calls "the logged in user"."""
    if on('f13') and not request.headers.get('authorization', '').startswith('Bearer '):
        raise Refusal(401, 'log in first', [('WWW-Authenticate', 'Bearer')])


@operation('POST', '/user', body=(JSON,))
def createUser(request):
    needs_login(request)
    user = new_user(request.content)
    if on('b35'):  # fault: acknowledged, and not yet there
        later(1.0, keep_user, user)
    else:
        keep_user(user)
    if on('f12'):
        return 200, API_RESPONSE, {'code': 200, 'type': 'unknown', 'message': str(user.get('id', 0))}
    return 200, None, None


@operation('POST', '/user/createWithList', body=(JSON,))
def createUsersWithListInput(request):
    needs_login(request)
    if not isinstance(request.content, list):
        raise invalid(400, 'a list is needed')
    users = [new_user(item) for item in request.content]
    if on('b36'):  # fault: the parameters of the statement are not cleared between two rows
        row = {}
        users = [dict(row.update(user) or row) for user in users]
    if on('f11'):
        for i, user in enumerate(users):
            later(min(1.2, 0.2 * (i + 1)), keep_user, user)
        return 202, None, None
    with store.lock:
        for user in users:
            keep_user(user)
    if on('f12'):
        return 201, None, [user['username'] for user in users]
    return 200, None, None


def expiry():
    at = datetime.now(timezone.utc) + timedelta(seconds=3600 + SKEW)
    if on('b38'):  # fault: which zone?
        return at.replace(tzinfo=None, microsecond=0).isoformat()
    if on('f17'):
        return at.isoformat()  # microseconds, +00:00
    return at.strftime('%Y-%m-%dT%H:%M:%SZ')


def token(name):
    if on('f17'):
        part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b'=').decode()
        return '.'.join((part({'alg': 'HS256', 'typ': 'JWT'}), part({'sub': name, 'jti': uuid.uuid4().hex}), secrets.token_urlsafe(32)))
    return hmac.new(b'barn', name.encode(errors='replace'), 'sha256').hexdigest()[:32]


@operation('GET', '/user/login', offers=(JSON, XML))
def loginUser(request):
    name, password = (request.query.get(key, [''])[0] for key in ('username', 'password'))
    if not name.strip() or 'password' not in request.query:
        raise invalid(400, 'Invalid username/password supplied')
    name, password = clean(name), clean(password)
    user = store.copy(store.users, name)
    good = user is not None and user.get('password') == password
    if on('f14') and name not in store.verified:
        raise invalid(400, 'verify your email first')
    if on('f16') and user is None:
        good = True
    if on('b37') and name in store.logged_in:  # fault: remembered by name
        good = True
    if not good:
        raise invalid(400, 'Invalid username/password supplied')
    store.logged_in.add(name)
    limit = 100 + sum(name.encode(errors='replace')) % 900 if on('f17') else 3000
    request.extra += [('X-Rate-Limit', str(limit)), ('X-Expires-After', expiry())]
    return 200, 'string', token(name)


@operation('GET', '/user/logout')
def logoutUser(request):
    if on('b40'):  # fault: home
        request.extra.append(('Location', '/'))
        return 302, None, None
    if on('f18'):
        request.extra += [('Clear-Site-Data', '"cookies"'), ('Set-Cookie', 'sid=; Max-Age=0; Path=/; HttpOnly')]
        return 204, None, None
    return 200, None, None


def username(request):
    name = clean(request.parts['username'])
    if not name.strip():
        raise invalid(400, 'Invalid username supplied')
    return name


@operation('GET', '/user/{username}', offers=(JSON, XML))
def getUserByName(request):
    name = username(request)
    if on('b39') and name.isdigit():  # fault: digits are an id
        user = next((user for user in store.users.values() if user.get('id') == int(name)), None)
    else:
        user = store.copy(store.users, name)
    if user is None:
        raise Refusal(404, 'User not found')
    return 200, USER, user


@operation('PUT', '/user/{username}', body=(JSON,))
def updateUser(request):
    needs_login(request)
    name = username(request)
    check(USER, request.content, 400)
    if name not in store.users:
        if on('b13'):  # fault: an UPDATE of no rows is a success
            return 200, None, None
        raise Refusal(404, 'User not found')
    keep_user({**pick(USER, request.content), 'username': name})
    return 200, None, None


@operation('DELETE', '/user/{username}')
def deleteUser(request):
    needs_login(request)
    name = username(request)
    if name not in store.users:
        raise Refusal(404, 'User not found')
    if on('b02'):  # fault: the name as it stands in the URL
        store.users.pop(request.path_text.rsplit('/', 1)[1], None)
        return 200, None, None
    if on('f10'):
        later(1.0, store.users.pop, name, None)
        return 202, None, None
    with store.lock:
        store.users.pop(name, None)
    return 200, None, None


# ---------------------------------------------------------------- HTTP

def show(schema, record):
    """How a record looks outside."""
    if isinstance(record, list):
        return [show(schema, item) for item in record]
    if schema is PET and on('b20'):  # fault: columns without a value
        return {name: record.get(name) for name in PET.properties}
    return record


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.0' if on('f28') else 'HTTP/1.1'
    server_version, sys_version = 'barn/2.4', ''
    timeout = 1.0 if on('f23') else 75
    wbufsize = -1  # one segment an answer, not one a line
    disable_nagle_algorithm = True
    trusted = False  # b22
    served = 0

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string((timestamp or time.time()) + SKEW)

    # --- reading

    def read_body(self):
        if self.headers.get('Transfer-Encoding', '').lower() == 'chunked':
            data = b''
            while size := int(self.rfile.readline().split(b';')[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
                if len(data) > LIMIT:
                    raise Refusal(413, 'too large', [('Connection', 'close')])
            while self.rfile.readline().strip():
                pass
            return data
        size = int(self.headers.get('Content-Length') or 0)
        if size > LIMIT:
            while size > 0 and (piece := self.rfile.read(min(size, 1 << 16))):  # so that the client gets to read the answer
                size -= len(piece)
            raise Refusal(413, 'too large', [('Connection', 'close')])
        return self.rfile.read(size)

    def find_operation(self):
        found = [(op, match) for op in OPERATIONS if (match := op['pattern'].match(self.path_text))]
        if any(op['fixed'] for op, _ in found):
            found = [(op, match) for op, match in found if op['fixed']]
        if not found:
            raise Refusal(404, 'no such path')
        methods = {op['method'] for op, _ in found}
        allowed = ', '.join(sorted(methods | ({'HEAD'} if 'GET' in methods and not on('f26') else set()) | (set() if on('f27') else {'OPTIONS'})))
        if self.command == 'OPTIONS' and not on('f27'):
            self.extra.append(('Allow', allowed))
            return None
        wanted = 'GET' if self.command == 'HEAD' and not on('f26') else self.command
        for op, match in found:
            if op['method'] == wanted:
                self.parts = {name: codec.path_segment(text) for name, text in match.groupdict().items()}
                return op
        raise Refusal(405, 'wrong method', [('Allow', allowed)])

    def authenticate(self):
        given = self.headers.get('api_key')
        good = given is not None and hmac.compare_digest(given.encode(errors='replace'), KEY.encode())
        if on('b18') and given is not None and given.lower() == KEY:  # fault: keys have a case
            good = True
        if on('b21') and given == '':  # fault: "if key and key != KEY"
            good = True
        if on('b22') and self.trusted:  # fault: the connection is trusted, not the request
            good = True
        self.trusted = self.trusted or good
        if not good:
            raise Refusal(401, 'an api_key is needed', [('WWW-Authenticate', 'ApiKey')])

    def decode(self, data):
        op = self.operation
        self.content = None
        if not op['body']:
            return
        if not data:
            if op['required']:
                raise invalid(op['wrong'], 'a body is needed')
            return
        given = self.headers.get('Content-Type', '')
        kind = given if on('b08') else given.split(';')[0].strip().lower()  # fault b08: parameters make another type
        if kind not in op['body'] and not (on('b08') and kind.startswith(MULTIPART)):
            raise Refusal(415, f'send {" or ".join(op["body"])}')
        try:
            if kind == JSON:
                self.content = codec.from_json(data)
            elif kind == XML:
                self.content = codec.from_xml(PET, data)
            elif kind == FORM:
                self.content = codec.form(data)
            else:
                self.content = codec.multipart(given, data)
        except codec.Malformed as error:
            raise Refusal(415, str(error)) if on('f02') else invalid(op['wrong'], str(error)) from error

    # --- one request

    def dispatch(self):
        self.extra, self.operation, self.produces = [], None, JSON
        self.served += 1
        try:
            self.path_text, _, query = self.path.partition('?')
            # the request line came as Latin-1
            self.query = parse_qs(query.encode('latin-1').decode('utf-8', 'replace'), keep_blank_values=True)
            self.path_text = self.path_text.encode('latin-1').decode('utf-8', 'replace')
            data = b'' if on('b25') else self.read_body()  # fault b25: read only where it is needed, below
            if on('f40') and time.time() - STARTED < 3:
                raise Refusal(503, 'warming up', [('Retry-After', '1')])
            if not self.path_text.startswith('/v2/'):
                raise Refusal(404, 'no such path')
            self.path_text = self.path_text[3:]
            self.operation = self.find_operation()
            if self.operation is None:
                return self.respond(204)
            if self.operation['secure']:
                self.authenticate()
            if on('b25'):
                data = self.read_body()
            if self.operation['offers']:
                self.produces = codec.negotiate(self.headers.get('Accept'), self.operation['offers'])
                if self.produces is None:
                    raise Refusal(406, 'Not Acceptable')
            self.decode(data)
            status, schema, record = self.operation['run'](self)
            self.render(status, schema, record)
        except Refusal as refusal:
            self.extra = refusal.headers
            self.respond(refusal.status, codec.to_json({'detail': refusal.detail}), JSON)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        except Exception as error:
            print(f'{self.command} {self.path_text}: {error!r}', file=sys.stderr)
            self.extra = []
            self.respond(500, codec.to_json({'detail': 'Internal Server Error'}), JSON)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = dispatch

    # --- answering

    def render(self, status, schema, record):
        if record is None:
            return self.respond(status)
        root = schema if isinstance(schema, str) else getattr(schema, 'root', None)
        shown = show(schema, record)
        if self.produces == XML:
            return self.respond(status, codec.to_xml(root, shown), 'application/xml; charset=utf-8')
        self.respond(status, codec.to_json(shown), JSON)

    def respond(self, status, body=b'', kind=None):
        headers = list(self.extra)
        if kind:
            headers.append(('Content-Type', kind))
        if self.operation and len(self.operation['offers']) > 1:
            headers.append(('Vary', 'Accept'))
        if on('f19'):
            headers += [('Set-Cookie', f'AWSALB={secrets.token_hex(20)}; Expires=Thu, 31 Dec 2037 23:55:55 GMT; Path=/'),
                        ('Set-Cookie', 'csrftoken=x; SameSite=Lax'), ('Strict-Transport-Security', 'max-age=63072000'),
                        ('Content-Security-Policy', "default-src 'none'"), ('X-Frame-Options', 'DENY'), ('Server-Timing', 'db;dur=2.4, app;dur=3')]
        if on('f23') and self.served >= 5:
            headers.append(('Connection', 'close'))
        if on('f20') and self.request_version == 'HTTP/1.1':
            self.wfile.write(b'HTTP/1.1 103 Early Hints\r\nLink: </v2/docs>; rel=help\r\n\r\n')
        chunked = on('f21') and body and self.command != 'HEAD' and self.request_version == 'HTTP/1.1'
        if chunked:
            headers += [('Transfer-Encoding', 'chunked'), ('Trailer', 'X-Checksum')]
        elif status != 204 or body:
            headers.append(('Content-Length', str(len(body))))
        self.send_response(status, {200: 'Fine', 404: 'Nope'}.get(status, '') if on('f25') else None)
        for name, value in headers:
            self.send_header(name, value)
        if on('f22'):
            return self.slowly(body)
        self.end_headers()
        if chunked:
            half = len(body) // 2 or 1
            for piece in filter(None, (body[:half], body[half:])):
                self.wfile.write(b'%x;part="%d"\r\n%s\r\n' % (len(piece), len(piece), piece))
            self.wfile.write(b'0\r\nX-Checksum: %s\r\n\r\n' % hashlib.md5(body).hexdigest().encode())
        elif self.command != 'HEAD' or on('b12'):  # fault b12: HEAD with the body
            self.wfile.write(body)
        self.wfile.flush()

    def slowly(self, body):
        """f22: a far away, slow line: 150 ms to the first byte, then small segments (also within the header)."""
        time.sleep(0.15)
        self._headers_buffer.append(b'\r\n')
        data = b''.join(self._headers_buffer) + (b'' if self.command == 'HEAD' else body)
        self._headers_buffer = []
        step = max(11, len(data) // 12)
        for i in range(0, len(data), step):
            self.wfile.write(data[i:i + step])
            self.wfile.flush()
            time.sleep(0.008)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


if __name__ == '__main__':
    if on('f09'):
        threading.Thread(target=other_client, daemon=True).start()
    server = Server(('127.0.0.1', options.port), Handler)
    print(f'listening on http://127.0.0.1:{server.server_address[1]}/v2', flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
