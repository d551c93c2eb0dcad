"""The schemas of the reference, and what is done to a body before it is stored."""
import re
import unicodedata

from variant import on

STATUSES = ('available', 'pending', 'sold')
STRING, BOOLEAN, INT64, INT32 = 'string', 'boolean', 64, 32


class Object:
    def __init__(self, root, properties, required=()):
        self.root, self.properties, self.required = root, properties, required


class Array:
    def __init__(self, items):
        self.items = items


class Enum:
    def __init__(self, *values):
        self.values = values


DOMAIN_IN = Object('DomainIn', {'name': STRING})
DOMAIN = Object('Domain', {'id': STRING, 'name': STRING, 'validate': STRING,
                           'status': Enum('missing validation', 'validated'), 'active': BOOLEAN})
TAG = Object('Tag', {'id': INT64, 'name': STRING})
PET = Object('Pet', {'id': INT64, 'category': DOMAIN_IN, 'name': STRING, 'photoUrls': Array(STRING),
                     'tags': Array(TAG), 'status': Enum(*STATUSES)}, ('name', 'photoUrls'))
USER = Object('User', {'id': INT64, 'username': STRING, 'firstName': STRING, 'lastName': STRING, 'email': STRING,
                       'password': STRING, 'phone': STRING, 'userStatus': INT32})
API_RESPONSE = Object('ApiResponse', {'code': INT32, 'type': STRING, 'message': STRING})


def violation(schema, value, at='body'):
    """The first thing that is wrong, or None."""
    if schema == STRING or isinstance(schema, Enum):
        if not isinstance(value, str):
            return f'{at}: not a string'
        if isinstance(schema, Enum) and value not in schema.values:
            return f'{at}: not one of {", ".join(schema.values)}'
    elif schema == BOOLEAN:
        if on('b31') and isinstance(value, (str, int)):  # fault: whatever has a truth value
            return None
        if not isinstance(value, bool):
            return f'{at}: not a boolean'
    elif schema in (INT64, INT32):
        if not isinstance(value, int) or (isinstance(value, bool) and not on('b03')):  # fault b03: True is an int
            return f'{at}: not an integer'
        if not -2 ** (schema - 1) <= value < 2 ** (schema - 1):
            return f'{at}: out of range'
    elif isinstance(schema, Array):
        if not isinstance(value, list):
            return f'{at}: not a list'
        for i, item in enumerate(value):
            if found := violation(schema.items, item, f'{at}.{i}'):
                return found
    else:
        if not isinstance(value, dict):
            return f'{at}: not an object'
        for name in schema.required:
            if name not in value:
                return f'{at}.{name}: missing'
        for name, sub in schema.properties.items():
            if name in value and (found := violation(sub, value[name], f'{at}.{name}')):
                return found
    return None


def clean(text):
    if on('b34'):  # fault: compatibility forms are other texts
        return unicodedata.normalize('NFKC', text)
    if on('b09'):  # fault: a database with three bytes a character
        return re.split('[\U00010000-\U0010ffff]', text)[0]
    return text


def pick(schema, value):
    """Only what the schema names, in its order."""
    if isinstance(schema, Array):
        return [pick(schema.items, item) for item in value]
    if isinstance(schema, Object):
        picked = {name: pick(sub, value[name]) for name, sub in schema.properties.items() if name in value}
        if on('f36') and schema in (DOMAIN, DOMAIN_IN) and 'name' in picked:
            picked['name'] = picked['name'].lower()
        return picked
    if schema == BOOLEAN:
        return bool(value)
    return clean(value) if schema == STRING else value
