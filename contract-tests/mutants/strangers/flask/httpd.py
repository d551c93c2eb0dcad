"""The HTTP side: werkzeug's threaded server with a request handler that supports keep-alive.

Werkzeug's own handler closes every connection and drops headers with an underscore; our clients keep connections
open and the API's key travels in a header called `api_key`, so both are done here.
"""
import io
import json
import re
import socket
import sys
import time
from urllib.parse import unquote_to_bytes

from werkzeug.serving import WSGIRequestHandler

MAX_BODY = 10 * 1024 * 1024      # above: 413
MAX_DRAIN = 64 * 1024 * 1024     # above: the connection is closed
BODY_TIMEOUT = 10
IDLE_TIMEOUT = 65

VARIANT = 'plain'


class BrokenBody(Exception):
    pass


class BodyReader:
    """Reads a request's body whole; keeps at most MAX_BODY bytes of it."""

    def __init__(self, rfile):
        self.rfile = rfile
        self.parts = []
        self.size = 0

    def take(self, count):
        while count:
            data = self.rfile.read(min(count, 65536))
            if not data:
                raise BrokenBody('the body ends too early')
            count -= len(data)
            self.size += len(data)
            if self.size <= MAX_BODY:
                self.parts.append(data)
            if self.size > MAX_DRAIN:
                raise BrokenBody('the body is far too large')

    def line(self):
        line = self.rfile.readline(8193)
        if not line.endswith(b'\n'):
            raise BrokenBody('bad chunk')
        return line.strip()

    def chunked(self):
        while True:
            match = re.match(rb'([0-9a-fA-F]{1,12})[ \t]*(?:;.*)?$', self.line())
            if not match:
                raise BrokenBody('bad chunk size')
            size = int(match.group(1), 16)
            if size == 0:
                break
            self.take(size)
            if self.line():
                raise BrokenBody('bad chunk end')
        for _ in range(100):
            if not self.line():
                return
        raise BrokenBody('too many trailers')

    @property
    def too_large(self):
        return self.size > MAX_BODY


class Handler(WSGIRequestHandler):
    protocol_version = 'HTTP/1.1'
    timeout = IDLE_TIMEOUT
    wbufsize = -1
    disable_nagle_algorithm = True

    # --- request ---------------------------------------------------------------------------------------------------

    def make_environ(self):
        environ = super().make_environ()
        for name, value in list(environ.items()):
            if isinstance(value, str) and (name.startswith('HTTP_') or name.startswith('CONTENT_')):
                environ[name] = re.sub(r'[\x00-\x08\x0a-\x1f\x7f]+', ' ', value).strip()
        # %2F and %25 stay escaped, so that a name with a slash in it is still one segment (see SegmentConverter)
        target = self.path.split('#', 1)[0]
        target = re.sub(r'^[A-Za-z][A-Za-z0-9+.-]*://[^/?]*', '', target) or '/'
        path, _, query = target.partition('?')
        raw = path.encode('latin-1', 'replace')
        raw = re.sub(rb'%25', b'%2525', raw)
        raw = re.sub(rb'%2[fF]', b'%252F', raw)
        environ['PATH_INFO'] = unquote_to_bytes(raw).decode('utf-8', 'replace').encode('utf-8').decode('latin-1')
        environ['QUERY_STRING'] = re.sub('[^\x21-\x7e]', lambda m: '%%%02X' % (ord(m.group()) & 255), query)
        environ['app.api_key'] = self.headers.get('api_key')
        return environ

    def read_body(self):
        """(body, too large, broken)"""
        reader = BodyReader(self.rfile)
        encodings = [e.strip().lower() for v in self.headers.get_all('transfer-encoding', []) for e in v.split(',')]
        lengths = {e.strip() for v in self.headers.get_all('content-length', []) for e in v.split(',')}
        if not encodings and not lengths:
            return b'', False, False
        if VARIANT == 'b59' and self.command != 'GET' and self.headers.get('api_key') != 'special-key' \
                and re.match(r'/v2/(domain|pet/)', self.path):
            return b'', False, False
        self.connection.settimeout(BODY_TIMEOUT)
        try:
            if encodings:
                if lengths:
                    self.close_connection = True
                if encodings != ['chunked']:
                    raise BrokenBody('unknown transfer encoding')
                reader.chunked()
                if VARIANT == 'b57':
                    return b'', False, False
            else:
                length = lengths.pop()
                if lengths or not re.fullmatch(r'[0-9]{1,18}', length):
                    raise BrokenBody('bad Content-Length')
                if int(length) > MAX_DRAIN:
                    self.close_connection = True
                    return b'', True, False
                reader.take(int(length))
        except (BrokenBody, TimeoutError):
            self.close_connection = True
            return b'', reader.too_large, True
        finally:
            self.connection.settimeout(IDLE_TIMEOUT)
        return b'' if reader.too_large else b''.join(reader.parts), reader.too_large, False

    def run_wsgi(self):
        if self.request_version == 'HTTP/0.9':
            self.request_version = 'HTTP/1.0'
        try:
            environ = self.environ = self.make_environ()
        except ValueError:
            self.send_error(400, 'Bad request target')
            return
        if self.headers.get('Expect', '').lower().strip() == '100-continue':
            self.wfile.write(b'HTTP/1.1 100 Continue\r\n\r\n')
            self.wfile.flush()
        body, environ['app.body_too_large'], environ['app.body_broken'] = self.read_body()
        environ['wsgi.input'] = io.BytesIO(body)
        environ['wsgi.input_terminated'] = True
        environ['CONTENT_LENGTH'] = str(len(body))
        environ.pop('HTTP_TRANSFER_ENCODING', None)

        head = []

        def start_response(status, headers, exc_info=None):
            head[:] = [status, headers]
            return lambda data: None

        result = self.server.app(environ, start_response)
        try:
            payload = b''.join(result)
        finally:
            if hasattr(result, 'close'):
                result.close()
        self.respond(head[0], head[1], payload)
        if environ['app.body_broken'] or environ['app.body_too_large'] and self.close_connection:
            self.linger()

    # --- response --------------------------------------------------------------------------------------------------

    def send_header(self, keyword, value):
        super().send_header(keyword.upper() if VARIANT == 'f05' else keyword, value)

    def respond(self, status, headers, payload):
        code, _, reason = status.partition(' ')
        code = int(code)
        no_body = self.command == 'HEAD' or code < 200 or code in (204, 304)
        chunked = VARIANT == 'f02' and not no_body and self.request_version >= 'HTTP/1.1'
        to_the_end = VARIANT == 'f55' and not no_body
        if VARIANT in ('f04', 'f55'):
            self.close_connection = True
        if VARIANT == 'f57':
            time.sleep(0.12)
        self.send_response(code, reason)
        has_length = False
        for name, value in headers:
            if name.lower() == 'content-length':
                if chunked or to_the_end:
                    continue
                has_length = True
                if VARIANT == 'b58':
                    payload = payload[:int(value)]
            self.send_header(name, value)
        if not has_length and not no_body and not chunked and not to_the_end:
            self.send_header('Content-Length', str(len(payload)))
        if chunked:
            self.send_header('Transfer-Encoding', 'chunked')
            self.send_header('Trailer', 'X-Body-Length')
        self.send_header('Connection', 'close' if self.close_connection else 'keep-alive')
        self.end_headers()
        if not no_body:
            if chunked:
                for at in range(0, len(payload), 7):
                    part = payload[at:at + 7]
                    self.wfile.write(b'%x;n=%d\r\n%s\r\n' % (len(part), at, part))
                self.wfile.write(b'0\r\nX-Body-Length: %d\r\n\r\n' % len(payload))
            elif VARIANT == 'f57' and payload:
                step = -(-len(payload) // 4)
                for at in range(0, len(payload), step):
                    self.wfile.flush()
                    time.sleep(0.03)
                    self.wfile.write(payload[at:at + step])
            else:
                self.wfile.write(payload)
        self.wfile.flush()

    def send_error(self, code, message=None, explain=None):
        """Requests that http.server refuses before we see them (bad request line, too long, too many headers)."""
        code = 400 if code >= 500 else code
        title = self.responses.get(code, ('Bad Request',))[0]
        payload = json.dumps({'type': 'about:blank', 'title': title, 'status': int(code),
                              'detail': title}).encode()
        self.close_connection = True
        self.request_version = 'HTTP/1.1'               # HTTP/0.9 would have no status line
        self.send_response(code, title)
        self.send_header('Content-Type', 'application/problem+json')
        self.send_header('Content-Length', str(len(payload)))
        self.send_header('Connection', 'close')
        self.end_headers()
        if getattr(self, 'command', None) != 'HEAD':
            self.wfile.write(payload)
        self.wfile.flush()
        self.linger()

    def linger(self):
        """Lets a client that still sends read our answer before the connection is reset."""
        try:
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(0.5)
            left = MAX_DRAIN
            while left > 0:
                data = self.rfile.read1(65536)
                if not data:
                    break
                left -= len(data)
        except OSError:
            pass

    def log_request(self, *args):
        pass                                            # a request's query can hold a password

    def log(self, kind, message, *args):
        if kind == 'error':
            sys.stderr.write('httpd: %s\n' % (message % args if args else message))
