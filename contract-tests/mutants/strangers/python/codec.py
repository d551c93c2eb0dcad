"""JSON and XML, multipart and forms."""
import json
import re
import xml.etree.ElementTree as ElementTree
from email.message import Message
from urllib.parse import parse_qsl, unquote, unquote_plus
from xml.parsers import expat

from schema import BOOLEAN, INT32, INT64, Array, Object
from variant import on

UNFIT = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')


class Malformed(ValueError):
    pass


def to_json(value):
    text = json.dumps(value, ensure_ascii=on('f24'), separators=(',', ':'))
    if on('f24'):
        return text.replace('/', '\\/').encode()
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: JSON can say it
        return json.dumps(value).encode()


def _escape(text):
    text = UNFIT.sub('\ufffd', text)
    if on('b15'):  # fault: in the wrong order
        return text.replace('<', '&lt;').replace('>', '&gt;').replace('&', '&amp;')
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\r', '&#13;')


def _element(name, value):
    if isinstance(value, list):
        return ''.join(_element(name, item) for item in value)
    if isinstance(value, dict):
        return f'<{name}>' + ''.join(_element(k, v) for k, v in value.items() if v is not None) + f'</{name}>'
    if isinstance(value, bool) and not on('b30'):  # fault b30: Python's own names
        value = 'true' if value else 'false'
    return f'<{name}>{_escape(str(value))}</{name}>'


def to_xml(root, value):
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if isinstance(value, list):
        value = '<list>' + ''.join(_element(root, item) for item in value) + '</list>'
    else:
        value = _element(root, value)
    return (head + value + '\n').encode()


class _Node:
    def __init__(self, tag):
        self.tag, self.text, self.children = tag, '', []


def _parse(data):
    if on('b06'):  # fault: marked sections are kept as they are written
        data = re.sub(rb'<!\[CDATA\[(.*?)\]\]>', lambda m: b'&lt;![CDATA[' + m[1].replace(b'&', b'&amp;').replace(b'<', b'&lt;') + b']]&gt;', data)
    if on('b07'):  # fault: entities of the document's own DTD are expanded
        def convert(element):
            node = _Node(element.tag)
            node.text, node.children = element.text or '', [convert(child) for child in element]
            return node
        try:
            return convert(ElementTree.fromstring(data))
        except ElementTree.ParseError as error:
            raise Malformed(str(error)) from error
    top = _Node(None)
    stack = [top]
    parser = expat.ParserCreate()

    def start(tag, _):
        node = _Node(tag)
        stack[-1].children.append(node)
        stack.append(node)

    def doctype(*_):
        raise Malformed('a DOCTYPE is not accepted')

    def text(chunk):
        stack[-1].text += chunk

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Malformed(str(error)) from error
    return top.children[0]


def _decode(schema, node):
    if isinstance(schema, Object):
        if not node.children and node.text.strip():
            return node.text
        value = {}
        for name, sub in schema.properties.items():
            found = [child for child in node.children if child.tag == name]
            if isinstance(sub, Array):
                if found or name in schema.required:
                    value[name] = [_decode(sub.items, child) for child in found]
            elif found:
                value[name] = _decode(sub, found[0])
        return value
    text = node.text
    if schema in (INT64, INT32):
        return int(text) if re.fullmatch(r'\s*-?[0-9]{1,19}\s*', text) else text
    if schema == BOOLEAN:
        return {'true': True, 'false': False}.get(text.strip(), text)
    return {} if node.children else text


def from_xml(schema, data):
    node = _parse(data)
    if node.tag != schema.root:
        raise Malformed(f'the root is not {schema.root}')
    return _decode(schema, node)


def from_json(data):
    try:
        return json.loads(data.decode('utf-8-sig'))
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error


def form(data):
    if on('b23'):  # fault: decoded before it is split
        return dict(pair.split('=')[:2] for pair in unquote_plus(data.decode()).split('&') if '=' in pair)
    encoding = 'latin-1' if on('b24') else 'utf-8'  # fault b24
    return dict(parse_qsl(data.decode(errors='replace'), keep_blank_values=True, encoding=encoding))


def multipart(content_type, data):
    """The parts as {name: (filename, bytes)}."""
    header = Message()
    header['content-type'] = content_type
    boundary = header.get_boundary()
    if not boundary:
        raise Malformed('no boundary')
    sections = (b'\r\n' + data).split(b'\r\n--' + boundary.encode())
    if len(sections) < 2 or not sections[-1].startswith(b'--'):
        raise Malformed('the last boundary is missing')
    parts = {}
    for section in sections[1:-1]:
        head, gap, content = section.partition(b'\r\n\r\n')
        if not gap:
            raise Malformed('a part without an end of its header')
        head = head.decode('ascii' if on('b26') else 'utf-8', *([] if on('b26') else ['replace']))  # fault b26: only ASCII
        name = re.search(r'\bname="((?:[^"\\]|\\.)*)"', head) or re.search(r'\bname=([^;\s]+)', head)
        filename = re.search(r'\bfilename="((?:[^"\\]|\\.)*)"', head)
        if not name:
            raise Malformed('a part without a name')
        parts[name[1]] = (filename and filename[1], content)
    return parts


def path_segment(text):
    return unquote(text, errors='replace')


def negotiate(accept, offered):
    """The type to answer with, or None. JSON wins where nothing is preferred."""
    if not accept or (on('b19') and '*/*' in accept):  # fault b19: */* beats what is named
        return offered[0]
    ranges = []
    for item in accept.split(','):
        kind, *parameters = [part.strip().lower() for part in item.split(';')]
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith('q='):
                try:
                    quality = float(parameter[2:])
                except ValueError:
                    quality = 0.0
        ranges.append((kind, quality))

    def quality_of(offer):
        for pattern in (offer, offer.split('/')[0] + '/*', '*/*'):
            for kind, quality in ranges:
                if kind == pattern:
                    return quality
        return 0.0

    best = max(offered, key=quality_of)  # max keeps the first of equals
    return best if quality_of(best) > 0 else None
