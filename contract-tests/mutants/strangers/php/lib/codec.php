<?php
// Schemas, JSON/XML/form/multipart codecs and content negotiation.
// Objects are stdClass and lists are PHP lists everywhere, so {} and [] never mix; int64 is PHP's own int.

const JSON = 'application/json';
const XML = 'application/xml';

// 'x!' is required, '[X]' a list of X, 'a|b' an enum.
const SCHEMAS = [
  'Domain' => ['id' => 'string', 'name' => 'string', 'validate' => 'string', 'status' => 'missing validation|validated', 'active' => 'boolean'],
  'DomainIn' => ['name' => 'string'],
  'Tag' => ['id' => 'int64', 'name' => 'string'],
  'User' => ['id' => 'int64', 'username' => 'string', 'firstName' => 'string', 'lastName' => 'string', 'email' => 'string',
    'password' => 'string', 'phone' => 'string', 'userStatus' => 'int32'],
  'Pet' => ['id' => 'int64', 'category' => 'DomainIn', 'name' => 'string!', 'photoUrls' => '[string]!', 'tags' => '[Tag]', 'status' => 'available|pending|sold'],
  'ApiResponse' => ['code' => 'int32', 'type' => 'string', 'message' => 'string'],
];

final class BadInput extends Exception {}

function v(string ...$ids): bool { return in_array(VARIANT, $ids, true); }
function utf8(string $s): bool { return preg_match('//u', $s) === 1; }
function blank(string $s): bool { return preg_match('/^[\s\p{Z}\p{Cc}\x{FEFF}]*$/u', $s) === 1; }

/** Checks a decoded value against a type and returns it in stored form: known properties only, in schema order. */
function cast(string $type, mixed $x, string $at = 'body'): mixed {
  if ($type[0] === '[') {
    if (!is_array($x)) throw new BadInput("$at must be an array");
    $out = [];
    foreach ($x as $i => $item) $out[] = cast(substr($type, 1, -1), $item, "{$at}[$i]");
    return $out;
  }
  if (isset(SCHEMAS[$type])) {
    if (!$x instanceof stdClass) throw new BadInput("$at must be an object");
    $out = new stdClass;
    foreach (SCHEMAS[$type] as $key => $t) {
      $required = str_ends_with($t, '!');
      if (property_exists($x, $key)) $out->$key = cast(rtrim($t, '!'), $x->$key, "$at.$key");
      elseif ($required) throw new BadInput("$at.$key is missing");
    }
    return $out;
  }
  if (str_contains($type, '|')) {
    if (!is_string($x) || !in_array($x, explode('|', $type), true)) throw new BadInput("$at must be one of " . strtr($type, '|', ','));
    return $x;
  }
  switch ($type) {
    case 'string':
      if (!is_string($x)) throw new BadInput("$at must be a string");
      return v('f08') ? preg_replace('/^\s+|\s+$/u', '', $x) : $x;
    case 'boolean':
      if (!is_bool($x)) throw new BadInput("$at must be a boolean");
      return $x;
    default: // int32, int64; 1.0 is an integer in JSON Schema, a float beyond 2^53 is not one that we could keep
      if (is_float($x) && floor($x) === $x && abs($x) < 2 ** 53) $x = (int)$x;
      if (!is_int($x)) throw new BadInput("$at must be an integer");
      if ($type === 'int32' && ($x > 2147483647 || $x < -2147483648)) throw new BadInput("$at is out of range");
      return $x;
  }
}

/** A canonical decimal int64, or null. */
function decimal(?string $s): ?int {
  return $s !== null && preg_match('/^(0|-?[1-9]\d{0,18})$/D', $s) && (string)(int)$s === $s ? (int)$s : null;
}

// ---- JSON

function fromJson(string $s): mixed {
  if (str_starts_with($s, "\xEF\xBB\xBF")) $s = substr($s, 3);
  $x = json_decode($s, false, 512); // integers beyond int64 become floats, which cast() refuses
  if (json_last_error() === JSON_ERROR_INVALID_PROPERTY_NAME) { // PHP cannot hold names that begin with NUL; they are unknown anyway
    $x = json_decode(preg_replace('/"\\\\u0000((?:[^"\\\\]|\\\\.)*"\s*:)/', '"_$1', $s), false, 512);
  }
  if (json_last_error() !== JSON_ERROR_NONE) throw new BadInput('malformed JSON: ' . json_last_error_msg());
  return $x;
}

function toJson(mixed $x): string {
  if (v('f19')) $x = reversed($x);
  if (v('f17')) return str_replace("\n", "\r\n\t", json_encode($x, JSON_PRETTY_PRINT | JSON_THROW_ON_ERROR)) . "\r\n";
  return json_encode($x, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR);
}

function reversed(mixed $x): mixed {
  if ($x instanceof stdClass) return (object)array_reverse(array_map('reversed', (array)$x), true);
  return is_array($x) ? array_map('reversed', $x) : $x;
}

// ---- XML

function xmlText(string $s): string {
  $s = preg_replace('/[^\x{9}\x{A}\x{D}\x{20}-\x{D7FF}\x{E000}-\x{FFFD}\x{10000}-\x{10FFFF}]/u', "\u{FFFD}", $s);
  if (v('b38')) return $s;
  if (v('f20') && !str_contains($s, "\r")) return '<![CDATA[' . str_replace(']]>', ']]]]><![CDATA[>', $s) . ']]>';
  return strtr($s, ['&' => '&amp;', '<' => '&lt;', '>' => '&gt;', "\r" => '&#13;']);
}

function xmlElement(string $name, string $type, mixed $x): string {
  if ($type !== '' && $type[0] === '[') {
    return implode('', array_map(fn($i) => xmlElement($name, substr($type, 1, -1), $i), is_array($x) ? $x : [$x]));
  }
  if (isset(SCHEMAS[$type]) && $x instanceof stdClass) {
    $in = '';
    foreach ((array)$x as $k => $val) $in .= xmlElement($k, rtrim(SCHEMAS[$type][$k] ?? 'string', '!'), $val);
    if (v('f20')) $in = "<!-- $type -->\n  $in\n";
  } else {
    $in = is_bool($x) ? ($x ? 'true' : 'false') : (is_string($x) ? xmlText($x) : (is_scalar($x) ? (string)$x : ''));
  }
  return $in === '' ? "<$name/>" : "<$name>$in</$name>";
}

function toXml(string $root, string $type, mixed $x): string {
  $decl = v('f20') ? "<?xml version='1.0' standalone='yes'?>\n<?gateway revision=\"7\"?>\n" : '<?xml version="1.0" encoding="UTF-8"?>' . "\n";
  if ($type[0] === '[') {
    $in = xmlElement(substr($type, 1, -1), $type, $x);
    return "$decl<$root>$in</$root>";
  }
  return $decl . xmlElement($root, $type, $x);
}

function fromXml(string $s, string $type, ?string $charset): mixed {
  if ($charset !== null && !in_array(strtolower($charset), ['utf-8', 'utf8', 'utf-16'], true)) {
    $s = @iconv($charset, 'UTF-8', $s);
    if ($s === false) throw new BadInput('unknown charset');
    $s = preg_replace('/^(<\?xml[^>]*?)\s+encoding\s*=\s*("[^"]*"|\'[^\']*\')/', '$1', $s);
  }
  $doc = new DOMDocument;
  libxml_use_internal_errors(true);
  $ok = $s !== '' && @$doc->loadXML($s, LIBXML_NONET | LIBXML_COMPACT); // neither DTDs nor entities are loaded or expanded
  libxml_clear_errors();
  if (!$ok || $doc->doctype !== null) throw new BadInput('malformed XML, or a DOCTYPE in it');
  if ($doc->documentElement->localName !== $type) throw new BadInput("the root must be $type");
  return xmlValue($doc->documentElement, $type);
}

function xmlValue(DOMElement $e, string $type): mixed {
  $children = array_values(array_filter(iterator_to_array($e->childNodes), fn($n) => $n instanceof DOMElement));
  if (isset(SCHEMAS[$type])) {
    foreach ($e->childNodes as $n) { // text between the elements of an object is no object
      if ($n instanceof DOMText && trim($n->data) !== '') throw new BadInput("$type holds elements, not text");
    }
    $out = new stdClass;
    foreach ($children as $c) {
      $k = $c->localName;
      $t = rtrim(SCHEMAS[$type][$k] ?? '', '!');
      if ($t === '') continue;
      if ($t[0] === '[') $out->$k[] = xmlValue($c, substr($t, 1, -1));
      elseif (property_exists($out, $k)) throw new BadInput("$k is repeated");
      else $out->$k = xmlValue($c, $t);
    }
    foreach (SCHEMAS[$type] as $k => $t) if (str_starts_with($t, '[') && str_ends_with($t, '!') && !property_exists($out, $k)) $out->$k = [];
    return $out;
  }
  if ($children) throw new BadInput("{$e->localName} must not hold elements");
  $text = $e->textContent;
  if ($type === 'string') return $text;
  $text = trim($text);
  if ($type === 'boolean') return ['true' => true, '1' => true, 'false' => false, '0' => false][$text] ?? $text;
  if (str_starts_with($type, 'int')) return preg_match('/^[+-]?\d+$/D', $text) ? (decimal(preg_replace('/^\+?(-?)0*(?=\d)/', '$1', $text)) ?? ($text === '-0' ? 0 : $text)) : $text;
  return $text;
}

// ---- forms and queries

/** name => list of values, decoded; null stands for a value that is not UTF-8. */
function formFields(string $s, bool $plusIsSpace = true): array {
  $out = [];
  foreach (explode('&', $s) as $pair) {
    if ($pair === '') continue;
    [$k, $val] = explode('=', $pair, 2) + [1 => ''];
    [$k, $val] = $plusIsSpace ? [urldecode($k), urldecode($val)] : [rawurldecode($k), rawurldecode($val)];
    $out[' ' . $k][] = utf8($val) ? $val : null; // the blank keeps numeric names strings
  }
  return $out;
}

/** Parts of a multipart body: name => [content, filename|null]; null when it is malformed. */
function multipart(string $body, string $boundary): ?array {
  $parts = [];
  $body = "\r\n" . $body;
  $mark = "\r\n--" . $boundary;
  $at = strpos($body, $mark);
  while ($at !== false) {
    $at += strlen($mark);
    if (substr($body, $at, 2) === '--') return $parts;
    if (!preg_match('/\G[ \t]*\r\n/', $body, $m, 0, $at)) return null;
    $from = $at + strlen($m[0]) - 2; // keep the CRLF: a part may have no headers
    $next = strpos($body, $mark, $from);
    if ($next === false) return null;
    $part = substr($body, $from, $next - $from);
    $gap = strpos($part, "\r\n\r\n");
    if ($gap === false) return null;
    $head = substr($part, 0, $gap);
    if (preg_match('/^content-disposition:[ \t]*form-data(.*)$/mi', $head, $d)) {
      $p = headerParams($d[1]);
      if (!isset($p['name'])) return null;
      $file = $p['filename'] ?? null;
      if (isset($p['filename*']) && preg_match("/^utf-8'[^']*'(.*)$/i", $p['filename*'], $f)) $file = rawurldecode($f[1]);
      $parts[' ' . $p['name']] = [substr($part, $gap + 4), $file];
    } else return null;
    $at = $next;
  }
  return null;
}

/** `; a=b; c="d"` as a map with lower-case names. */
function headerParams(string $s): array {
  preg_match_all('/;\s*([!#$%&\'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;"\s]*))/s', $s, $m, PREG_SET_ORDER | PREG_UNMATCHED_AS_NULL);
  $out = [];
  foreach ($m as $x) $out[strtolower($x[1])] = $x[2] !== null ? preg_replace('/\\\\(["\\\\])/', '$1', $x[2]) : ($x[3] ?? '');
  return $out;
}

/** Media type (lower case) and parameters of a Content-Type. */
function mediaType(?string $s): array {
  if ($s === null || !preg_match('~^\s*([^\s;,]+/[^\s;,]+)\s*(;.*)?$~s', $s, $m)) return [null, []];
  return [strtolower($m[1]), headerParams($m[2] ?? '')];
}

/** The best of the offered types for an Accept header, or null; the order of the offers breaks ties. */
function negotiate(?string $accept, array $offers): ?string {
  if ($accept === null || trim($accept) === '') return $offers[0];
  $best = null; $bestQ = 0.0;
  foreach ($offers as $offer) {
    [$q, $rank] = [0.0, -1];
    foreach (preg_split('/,(?=(?:[^"]*"[^"]*")*[^"]*$)/', $accept) as $range) {
      $bits = array_map('trim', explode(';', $range));
      $name = strtolower($bits[0]);
      $r = $name === $offer ? 2 : ($name === 'application/*' ? 1 : ($name === '*/*' || $name === '*' ? 0 : -1));
      if ($r < 0 || $r < $rank) continue;
      $w = 1.0;
      foreach (array_slice($bits, 1) as $b) if (preg_match('/^q\s*=\s*([01](?:\.\d{0,3})?)$/i', $b, $m)) $w = min(1.0, (float)$m[1]);
      if (v('b37') && $w > 0) $w = 1.0;
      [$q, $rank] = [$r > $rank ? $w : max($q, $w), $r];
    }
    if ($q > $bestQ) [$best, $bestQ] = [$offer, $q];
  }
  return $best;
}
