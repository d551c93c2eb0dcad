"""The schemas of the reference, and the reading and writing of JSON and XML by them."""
import json
import random
import re
from xml.parsers import expat

MAX_SAFE = 2 ** 53 - 1

INT64, INT32, TEXT, BOOL = 'int64', 'int32', 'text', 'bool'


class Enum(tuple):
    pass


PET_STATUS = Enum(('available', 'pending', 'sold'))
DOMAIN_STATUS = Enum(('missing validation', 'validated'))

DOMAIN_IN = {'name': TEXT}
DOMAIN = {'id': TEXT, 'name': TEXT, 'validate': TEXT, 'status': DOMAIN_STATUS, 'active': BOOL}
USER = {'id': INT64, 'username': TEXT, 'firstName': TEXT, 'lastName': TEXT, 'email': TEXT, 'password': TEXT,
        'phone': TEXT, 'userStatus': INT32}
TAG = {'id': INT64, 'name': TEXT}
PET = {'id': INT64, 'category': DOMAIN_IN, 'name': TEXT, 'photoUrls': [TEXT], 'tags': [TAG], 'status': PET_STATUS}


class Invalid(Exception):
    def __init__(self, detail, field=None):
        super().__init__(detail)
        self.detail = detail
        self.field = field


def whole(value):
    """The integer in a JSON number, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) else None


def check(kind, value, where='the body'):
    """The value with only what the schema names, or Invalid."""
    if isinstance(kind, dict):
        if not isinstance(value, dict):
            raise Invalid(f'{where} must be an object')
        return {name: check(sub, value[name], name) for name, sub in kind.items() if name in value}
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise Invalid(f'{where} must be an array')
        return [check(kind[0], item, f'{where}[{n}]') for n, item in enumerate(value)]
    if kind == BOOL:
        if not isinstance(value, bool):
            raise Invalid(f'{where} must be a boolean')
        return value
    if kind in (INT64, INT32):
        number = whole(value)
        if number is None or abs(number) > MAX_SAFE or (kind == INT32 and not -2 ** 31 <= number < 2 ** 31):
            raise Invalid(f'{where} must be an integer ({kind})')
        return number
    if not isinstance(value, str):
        raise Invalid(f'{where} must be a string')
    if isinstance(kind, Enum) and value not in kind:
        raise Invalid(f'{where} must be one of: ' + ', '.join(kind))
    return value


# --- JSON ----------------------------------------------------------------------------------------------------------

def _no_constant(name):
    raise ValueError(f'{name} is no JSON')


def read_json(data, encoding='utf-8'):
    try:
        return json.loads(data.decode(encoding), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Invalid('the body is not JSON') from None


# --- XML -----------------------------------------------------------------------------------------------------------

class Node:
    __slots__ = ('name', 'text', 'children')

    def __init__(self, name):
        self.name = name
        self.text = []
        self.children = []


def read_tree(data, allow_doctype=False):
    parser = expat.ParserCreate()
    stack = [Node('')]

    def start(name, attributes):
        if len(stack) > 60:
            raise Invalid('the XML is nested too deeply')
        node = Node(name.split(':')[-1])
        stack[-1].children.append(node)
        stack.append(node)

    def doctype(*args):
        raise Invalid('a DOCTYPE is not accepted')

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].text.append(text)
    if not allow_doctype:
        parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except Invalid:
        raise
    except Exception:                                   # expat raises several kinds, by encoding
        raise Invalid('the body is not XML') from None
    return stack[0].children[0]


def from_tree(kind, node):
    """What JSON would have said."""
    if isinstance(kind, dict):
        if ''.join(node.text).strip():
            raise Invalid(f'{node.name} holds text', node.name)
        value = {}
        for child in node.children:
            sub = kind.get(child.name)
            if sub is None:
                continue
            if isinstance(sub, list):
                value.setdefault(child.name, []).append(from_tree(sub[0], child))
            elif child.name in value:
                raise Invalid(f'{child.name} is there twice', child.name)
            else:
                value[child.name] = from_tree(sub, child)
        return value
    text = ''.join(node.text)
    if node.children:
        return {}                                       # no schema takes it for a text
    if kind in (INT64, INT32):
        text = text.strip()
        return int(text) if re.fullmatch(r'[+-]?[0-9]{1,30}', text) else text
    if kind == BOOL:
        return {'true': True, '1': True, 'false': False, '0': False}.get(text.strip(), text)
    if isinstance(kind, Enum):
        return text.strip()
    return text


def read_xml(data, kind, root, allow_doctype=False):
    node = read_tree(data, allow_doctype)
    if node.name != root:
        raise Invalid(f'the root must be {root}')
    value = from_tree(kind, node)
    for name, sub in kind.items():
        if isinstance(sub, list) and name == 'photoUrls':
            value.setdefault(name, [])                  # absent repeated element of a required array
    return value


_NOT_XML = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')


def xml_text(text, variant):
    text = _NOT_XML.sub('\ufffd', text)
    if variant == 'b21':
        return text
    if variant == 'f09':
        return re.sub('[^A-Za-z0-9]', lambda m: f'&#x{ord(m.group()):X};', text)
    if variant == 'f08' and text and '\r' not in text:
        return '<![CDATA[' + text.replace(']]>', ']]]]><![CDATA[>') + ']]>'
    return (text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;').replace('\r', '&#13;'))


def xml_element(name, value, variant, depth=0):
    pretty = variant == 'f07'
    pad = '\r\n' + '\t' * (depth + 1) if pretty else ''
    if isinstance(value, dict):
        inner = ''
        for key, item in value.items():
            for one in item if isinstance(item, list) else [item]:
                inner += pad + xml_element(key, one, variant, depth + 1)
        if pretty:
            inner = pad + f'<!-- {len(value)} properties -->' + inner + '\r\n' + '\t' * depth
        return f'<{name}>{inner}</{name}>'
    if isinstance(value, bool):
        text = str(value) if variant == 'b36' else 'true' if value else 'false'
    else:
        text = str(value)
    return f'<{name}>{xml_text(text, variant)}</{name}>'


def write_xml(root, value, variant):
    if isinstance(value, list):
        item, root = root, 'ArrayList' if variant == 'f10' else root + 's'
        body = f'<{root}>' + ''.join(xml_element(item, one, variant) for one in value) + f'</{root}>'
    else:
        if variant == 'b51' and root == 'User':
            root = 'user'
        body = xml_element(root, value, variant)
    if variant == 'f07':
        return "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n<!-- inboxes -->\r\n" + body + '\r\n'
    encoding = 'US-ASCII' if variant == 'f09' else 'UTF-8'
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{body}'


def shuffled(value):
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key]) for key in keys}
    return [shuffled(item) for item in value] if isinstance(value, list) else value
