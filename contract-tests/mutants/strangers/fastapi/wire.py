"""Codecs: JSON and XML in both directions, by the schemas of the reference; forms; multipart; negotiation."""
import json
import random
import re
import time
import unicodedata
import uuid
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from variant import on

SAFE = 2 ** 53 - 1
STATUSES = ("available", "pending", "sold")
DOMAIN_STATUSES = ("missing validation", "validated")

SCHEMAS = {
    "DomainIn": {"name": "string"},
    "Domain": {"id": "string", "name": "string", "validate": "string", "status": DOMAIN_STATUSES, "active": "boolean"},
    "Tag": {"id": "int64", "name": "string"},
    "Pet": {"id": "int64", "category": "DomainIn", "name": "string", "photoUrls": ["string"], "tags": ["Tag"],
            "status": STATUSES},
    "User": {"id": "int64", "username": "string", "firstName": "string", "lastName": "string", "email": "string",
             "password": "string", "phone": "string", "userStatus": "int32"},
}
REQUIRED = {"Pet": ("name", "photoUrls")}


class Bad(Exception):
    """The bytes or the value are not what the schema says."""


def limit():
    return 2 ** 63 - 1 if on("f19") else SAFE


# ---------------------------------------------------------------- JSON in

def _no_constant(name):
    raise Bad("%s is no JSON" % name)


def parse_json(raw):
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except Bad:
        raise
    except (ValueError, RecursionError, MemoryError) as exc:
        raise Bad("the body is no JSON: %s" % type(exc).__name__)


def as_integer(value, bits=64):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Bad("no integer")
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")) or value != int(value):
            raise Bad("no integer")
        value = int(value)
    top = 2 ** 31 - 1 if bits == 32 else limit()
    if value > top or value < -top - (1 if bits == 32 else 0):
        raise Bad("the integer is out of range")
    return value


def check(value, schema, where="body", lenient=False):
    """The value with only the properties that the schema names, or Bad."""
    if isinstance(schema, list):
        if not isinstance(value, list):
            raise Bad("%s is no array" % where)
        return [check(item, schema[0], "%s[%d]" % (where, i), lenient) for i, item in enumerate(value)]
    if isinstance(schema, tuple):
        if not isinstance(value, str) or value not in schema:
            raise Bad("%s is none of %s" % (where, ", ".join(schema)))
        return value
    if schema == "string":
        if not isinstance(value, str):
            if lenient and isinstance(value, (int, float, bool)):
                return value
            raise Bad("%s is no string" % where)
        return text(value)
    if schema == "boolean":
        if not isinstance(value, bool):
            raise Bad("%s is no boolean" % where)
        return value
    if schema in ("int64", "int32"):
        if lenient and isinstance(value, str):
            return value
        try:
            return as_integer(value, int(schema[3:]))
        except Bad as exc:
            raise Bad("%s: %s" % (where, exc))
    if not isinstance(value, dict):
        raise Bad("%s is no object" % where)
    properties = SCHEMAS[schema]
    for name in REQUIRED.get(schema, ()):
        if name not in value:
            raise Bad("%s.%s is missing" % (where, name))
    return {name: check(value[name], kind, "%s.%s" % (where, name), lenient)
            for name, kind in properties.items() if name in value}


def text(value):
    if on("f23"):
        value = value.strip()
    if on("f24"):
        value = unicodedata.normalize("NFC", value)
    return value


# ---------------------------------------------------------------- XML in

class Node:
    __slots__ = ("name", "children", "chunks")

    def __init__(self, name):
        self.name, self.children, self.chunks = name, [], []

    @property
    def text(self):
        return "".join(self.chunks)


def parse_xml(raw, charset=None):
    roots, stack = [], []

    def start(name, _attributes):
        node = Node(name)
        (stack[-1].children if stack else roots).append(node)
        stack.append(node)
        if len(stack) > 200:
            raise Bad("the document is nested too deeply")

    def end(_name):
        stack.pop()

    def data(chunk):
        if stack:
            stack[-1].chunks.append(chunk)

    def doctype(*_):
        raise Bad("a DOCTYPE is refused")

    try:
        parser = expat.ParserCreate(charset)
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = data, doctype
        parser.Parse(raw, True)
    except Bad:
        raise
    except Exception as exc:  # expat.ExpatError, LookupError and ValueError for odd encodings
        raise Bad("the body is no XML: %s" % type(exc).__name__)
    if not roots:
        raise Bad("the body is no XML")
    return roots[0]


def xml_value(node, schema):
    """Decodes by the schema; what cannot be decoded is given back as text, for check() to refuse."""
    if isinstance(schema, str) and schema in SCHEMAS:
        if node.text.strip():
            return node.text
        found = {}
        for child in node.children:
            kind = SCHEMAS[schema].get(child.name)
            if kind is None:
                continue
            if isinstance(kind, list):
                found.setdefault(child.name, []).append(xml_value(child, kind[0]))
            elif child.name in found:
                found[child.name] = None  # twice: refused by its type
            else:
                found[child.name] = xml_value(child, kind)
        for name in REQUIRED.get(schema, ()):
            if isinstance(SCHEMAS[schema][name], list):
                found.setdefault(name, [])
        return found
    if node.children:
        return None
    value = node.text
    if schema in ("int64", "int32"):
        value = value.strip()
        return int(value) if re.fullmatch(r"-?[0-9]{1,19}", value) else value
    if schema == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip(), value)
    if isinstance(schema, tuple):
        return value.strip()
    return value


def decode_xml(raw, root, charset=None):
    node = parse_xml(raw, charset)
    if node.name != root:
        raise Bad("the root element is no %s" % root)
    return xml_value(node, root)


# ---------------------------------------------------------------- out

def encode_json(value):
    if on("f40"):
        return json.dumps(shuffled(value), indent=3, ensure_ascii=True).replace("/", "\\/").encode()
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # a lone surrogate: only an escape can carry it
        return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def shuffled(value):
    if isinstance(value, dict):
        return {k: shuffled(value[k]) for k in sorted(value, key=lambda _: random.random())}
    if isinstance(value, list):
        return [shuffled(v) for v in value]
    return value


_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(value):
    if value is True or value is False:
        return "true" if value else "false"
    value = _ILLEGAL.sub("\ufffd", str(value))
    if on("b24"):
        return value
    if on("f37"):
        if "\r" not in value and value:
            return "<![CDATA[%s]]>" % value.replace("]]>", "]]]]><![CDATA[>")
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def xml_element(name, value, schema=None):
    if isinstance(value, list):
        if on("b27"):
            inner = {"tags": "tag", "photoUrls": "photoUrl"}.get(name, name)
            return "<%s>%s</%s>" % (name, "".join(xml_element(inner, item) for item in value), name)
        return "".join(xml_element(name, item) for item in value)
    if isinstance(value, dict):
        gap = "\n  " if on("f37") else ""
        inner = "".join(gap + xml_element(k, v) for k, v in value.items() if v is not None)
        if on("f37"):
            inner = "\n  <!-- rendered by the view layer -->" + inner + "\n"
        return "<%s>%s</%s>" % (name, inner, name)
    return "<%s>%s</%s>" % (name, xml_text(value), name)


def encode_xml(value, root):
    if root == "Pets":
        outer = "ArrayOfPet" if on("f37") else "Pets"
        inner = "".join(xml_element("Pet", pet) for pet in value)
        body = "<%s>%s</%s>" % (outer, inner, outer)
    else:
        if on("b25") and root == "DomainIn":
            root = "Order"
        body = xml_element(root, value)
    head = "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n" if on("f37") \
        else '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + body).encode()


def dressed(value):
    """f29: what the document does not name, other at every read."""
    if isinstance(value, list):
        return [dressed(v) for v in value]
    if isinstance(value, dict):
        out = {k: dressed(v) for k, v in value.items()}
        out["_links"] = {"self": {"href": "/o/" + uuid.uuid4().hex}}
        out["readAt"] = time.time()
        out["revision"] = random.choice([None, 7, "seven", [], {"a": [1]}])
        return out
    return value


# ---------------------------------------------------------------- forms

def decode_percent(value, plus=False):
    raw = unquote_to_bytes(value.replace("+", " ") if plus else value)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("the text is no UTF-8")


def parse_form(raw):
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Bad("the form is no UTF-8")
    fields = {}
    for pair in source.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            fields[decode_percent(name, True)] = decode_percent(value, not on("b15"))
    return fields


def parse_query(raw):
    pairs = []
    for pair in raw.decode("latin-1").split("&"):
        if pair:
            name, _, value = pair.partition("=")
            pairs.append(tuple(unquote_to_bytes(part.replace("+", " ")).decode("utf-8", "replace")
                               for part in (name, value)))
    return pairs


def parse_header(value):
    """`a/b; c="d"` -> ("a/b", {"c": "d"}); never raises."""
    head, _, rest = value.partition(";")
    params = {}
    for match in re.finditer(r';\s*([^\s;="]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', ";" + rest):
        item = match.group(2).strip()
        if len(item) > 1 and item[0] == item[-1] == '"':
            item = re.sub(r"\\(.)", r"\1", item[1:-1])
        params.setdefault(match.group(1).lower(), item)
    return head.strip().lower(), params


def parse_multipart(raw, boundary):
    """[(name, filename or None, bytes)]"""
    if not boundary or len(boundary) > 200:
        raise Bad("the boundary is missing")
    try:
        mark = b"--" + boundary.encode("latin-1")
    except UnicodeEncodeError:
        raise Bad("the boundary is odd")
    data = b"\r\n" + raw
    pieces = re.split(b"\r\n" + re.escape(mark) + b"(?=--|[ \t]*\r\n)", data)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        closing = next((i for i, p in enumerate(pieces[1:], 1) if p.startswith(b"--")), None)
        if closing is None:
            raise Bad("the multipart body is cut short")
        pieces = pieces[:closing + 1]
    parts = []
    for piece in pieces[1:-1]:
        if piece.startswith(b"--"):
            break
        piece = piece.lstrip(b" \t")[2:]
        head, gap, content = (b"\r\n" + piece).partition(b"\r\n\r\n")
        if not gap:
            raise Bad("a part has no header")
        name = filename = None
        for line in re.sub(rb"\r\n[ \t]+", b" ", head).split(b"\r\n"):
            key, _, value = line.partition(b":")
            if key.strip().lower() == b"content-disposition":
                kind, params = parse_header(value.decode("utf-8", "replace"))
                name = params.get("name")
                filename = params.get("filename", params.get("filename*"))
        if name is None:
            raise Bad("a part has no name")
        parts.append((name, filename, content))
    return parts


# ---------------------------------------------------------------- negotiation

def negotiate(accept, offers):
    """The offer that the Accept header prefers; the first offer wins a draw; None if none is acceptable."""
    ranges = []
    for item in accept.split(","):
        kind, params = parse_header(item)
        if not re.fullmatch(r"[^\s/]+/[^\s/]+", kind):
            continue
        try:
            q = min(1.0, max(0.0, float(params.get("q", "1"))))
            q = 1.0 if q != q else q
        except ValueError:
            q = 1.0
        ranges.append((kind, q))
    if not ranges:
        return offers[0]
    best, best_q = None, 0.0
    for offer in offers:
        q, rank = 0.0, -1
        for kind, weight in ranges:
            level = 2 if kind == offer else 1 if kind == offer.split("/")[0] + "/*" else 0 if kind == "*/*" else -1
            if level > rank or (level == rank and level >= 0 and weight > q):
                q, rank = weight, level
        if q > best_q:
            best, best_q = offer, q
    return best
