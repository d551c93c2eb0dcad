<?php
// The event loop and HTTP/1.1 on it.
declare(strict_types=1);

const MAX_HEAD = 65536;
const MAX_BODY = 10 * 1024 * 1024;
const REASONS = [100 => 'Continue', 200 => 'OK', 201 => 'Created', 202 => 'Accepted', 204 => 'No Content', 302 => 'Found', 304 => 'Not Modified',
  400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found', 405 => 'Method Not Allowed', 406 => 'Not Acceptable', 409 => 'Conflict',
  413 => 'Content Too Large', 414 => 'URI Too Long', 415 => 'Unsupported Media Type', 417 => 'Expectation Failed', 422 => 'Unprocessable Content',
  429 => 'Too Many Requests', 431 => 'Request Header Fields Too Large', 500 => 'Internal Server Error', 501 => 'Not Implemented', 503 => 'Service Unavailable',
  505 => 'HTTP Version Not Supported'];

final class Request {
  public string $method; public string $path; public string $query = ''; public bool $http11 = true; public bool $keep = true;
  public array $headers = [];   // lower-case name => list of values
  public string $body = ''; public bool $tooLarge = false; public bool $bodyToCome = false;
  public string $reply = ''; // the negotiated media type
  public function header(string $name): ?string { return isset($this->headers[$name]) ? implode(', ', $this->headers[$name]) : null; }
}

final class Response {
  public ?array $later = null;  // [seconds, fn(): Response]: the answer is made up later
  public function __construct(public int $status, public array $headers = [], public string $body = '') {}
  public static function later(float $seconds, callable $fn): self { $r = new self(0); $r->later = [$seconds, $fn]; return $r; }
}

final class Conn {
  public string $in = ''; public string $out = ''; public bool $busy = false; public bool $eof = false; public bool $closing = false; public bool $linger = false;
  public int $lingered = 0;
  public ?Request $req = null;              // head is read, body is coming
  public int $need = 0; public bool $chunked = false; public int $phase = 0;
  public function __construct(public $sock) {}
}

final class Loop {
  /** @var Conn[] */ private array $conns = [];
  private array $timers = []; private int $seq = 0;
  public object $handler;
  public function __construct(private $server) {}

  public function after(float $seconds, callable $fn): void { $this->timers[++$this->seq] = [microtime(true) + $seconds, $fn]; }

  public function run(): void {
    while (true) {
      $read = count($this->conns) < 900 ? [$this->server] : []; $write = []; // select() ends at 1024 descriptors $none = null;
      foreach ($this->conns as $c) {
        if (!$c->eof && ($c->linger || strlen($c->in) < MAX_HEAD || $c->req)) $read[] = $c->sock;
        if ($c->out !== '') $write[] = $c->sock;
      }
      $wait = $this->timers ? max(0.0, min(array_column($this->timers, 0)) - microtime(true)) : null;
      $n = @stream_select($read, $write, $none, $wait === null ? null : (int)$wait, $wait === null ? null : (int)(fmod($wait, 1) * 1e6) + 500);
      if ($n === false) { usleep(1000); continue; }
      $now = microtime(true);
      foreach ($this->timers as $id => [$at, $fn]) if ($at <= $now) {
        unset($this->timers[$id]);
        try { $fn(); } catch (Throwable $e) { fwrite(STDERR, "$e\n"); }
      }
      foreach ($write as $s) if (isset($this->conns[(int)$s])) $this->flush($this->conns[(int)$s]);
      foreach ($read as $s) {
        if ($s === $this->server) {
          while ($new = @stream_socket_accept($this->server, 0)) {
            stream_set_blocking($new, false); stream_set_read_buffer($new, 0); stream_set_write_buffer($new, 0);
            $this->conns[(int)$new] = new Conn($new);
          }
        } elseif (isset($this->conns[(int)$s])) $this->readable($this->conns[(int)$s]);
      }
    }
  }

  private function drop(Conn $c): void { unset($this->conns[(int)$c->sock]); @fclose($c->sock); $c->eof = true; $c->out = ''; $c->closing = true; }
  private function alive(Conn $c): bool { return is_resource($c->sock); }

  private function readable(Conn $c): void {
    $data = @fread($c->sock, 262144);
    if ($data === false || $data === '') {
      if ($data === '' && !feof($c->sock)) return;
      $c->eof = true;
      if (!$c->busy) { $c->closing = true; $this->flush($c); }
      return;
    }
    if ($c->linger) { if (($c->lingered += strlen($data)) > 64 << 20) $this->drop($c); return; }
    $c->in .= $data;
    $this->pump($c);
  }

  private function flush(Conn $c): void {
    if (!$this->alive($c)) return;
    if ($c->out !== '') {
      $n = @fwrite($c->sock, $c->out);
      if ($n === false) { $this->drop($c); return; }
      $c->out = substr($c->out, $n);
    }
    if ($c->out === '' && !$c->busy && ($c->closing || ($c->eof && $c->in === ''))) { // say goodbye first, so that unread bytes do not reset the answer away
      if ($c->eof) { $this->drop($c); return; }
      if (!$c->linger) { $c->linger = true; $c->in = ''; @stream_socket_shutdown($c->sock, STREAM_SHUT_WR); }
    }
  }

  /** Serves what the buffer holds, one request after the other. */
  private function pump(Conn $c): void {
    while (!$c->busy && !$c->closing && $this->alive($c)) {
      try { $rq = $this->next($c); } catch (Bad $e) {
        $rq = new Request; $rq->method = 'GET'; $rq->path = '*'; $rq->keep = false;
        $this->respond($c, $rq, $this->handler->failure($rq, $e->getCode(), $e->getMessage()));
        return;
      }
      if (!$rq) break;
      $this->serve($c, $rq, $this->handler->handle($rq));
    }
    if ($c->eof && !$c->busy) { $c->closing = true; $this->flush($c); }
  }

  private function serve(Conn $c, Request $rq, Response $rs): void {
    if ($rs->later) {
      $c->busy = true;
      $this->after($rs->later[0], function () use ($c, $rq, $rs) {
        $c->busy = false;
        if (!$this->alive($c)) { $this->handler->guard($rq, $rs->later[1]); return; }
        $this->serve($c, $rq, $this->handler->guard($rq, $rs->later[1]));
        if (!$c->busy) $this->pump($c);
      });
    } else $this->respond($c, $rq, $rs);
  }

  private function respond(Conn $c, Request $rq, Response $rs): void {
    [$bytes, $keep] = render($rq, $rs);
    if (!$keep) $c->closing = true;
    $c->out .= $bytes;
    $this->flush($c);
  }

  /** The next whole request in the buffer, or null while some of it is missing. */
  private function next(Conn $c): ?Request {
    if (!$c->req) {
      $c->in = ltrim($c->in, "\r\n");
      $end = strpos($c->in, "\r\n\r\n");
      if ($end === false || $end > MAX_HEAD) {
        if (strlen($c->in) < MAX_HEAD) return null;
        throw (strpos($c->in, "\r\n") ?: MAX_HEAD) > MAX_HEAD / 2 ? new Bad('the request line is too long', 414) : new Bad('the headers are too long', 431);
      }
      $rq = parseHead(substr($c->in, 0, $end));
      $c->in = substr($c->in, $end + 4);
      $c->req = $rq; $c->phase = 0;
      $te = $rq->header('transfer-encoding'); $cl = $rq->headers['content-length'] ?? null;
      $c->chunked = $te !== null; $c->need = 0;
      if ($te !== null) {
        if ($cl !== null || !$rq->http11) throw new Bad('ambiguous message length', 400);
        if (strtolower(trim($te)) !== 'chunked') throw new Bad('unknown transfer coding', 501);
      } elseif ($cl !== null) {
        $lens = array_unique(array_map('trim', explode(',', implode(',', $cl))));
        if (count($lens) !== 1 || !preg_match('/^\d+$/D', $lens[0])) throw new Bad('bad Content-Length', 400);
        $c->need = (int)min((float)$lens[0], 1e15);
        if ($c->need > MAX_BODY) return $this->cut($c);
      }
      if (($e = $rq->header('expect')) !== null && $rq->http11) {
        if (strtolower($e) !== '100-continue') throw new Bad('unknown expectation', 417);
        if (($c->need || $c->chunked) && $c->in === '') {
          if ($this->handler->early($rq)) { $rq->keep = false; $c->req = null; return $rq; }
          $c->out .= "HTTP/1.1 100 Continue\r\n\r\n";
          $this->flush($c);
        }
      }
    }
    $rq = $c->req;
    if (!$c->chunked) {
      if (strlen($c->in) < $c->need) return null;
      $rq->body = substr($c->in, 0, $c->need);
      $c->in = substr($c->in, $c->need);
      $c->req = null;
      return $rq;
    }
    $at = 0; $done = false;
    while (true) { // phase 0: size line, 1: data, 2: CRLF after data, 3: trailers
      if ($c->phase === 1) {
        $take = min($c->need, strlen($c->in) - $at);
        $rq->body .= substr($c->in, $at, $take); $at += $take;
        if ($c->need -= $take) break;
        $c->phase = 2;
      }
      $eol = strpos($c->in, "\r\n", $at);
      if ($eol === false) { if (strlen($c->in) - $at > 8192 || ($c->phase === 2 && strlen($c->in) - $at > 1)) throw new Bad('bad chunk', 400); break; }
      $line = substr($c->in, $at, $eol - $at); $at = $eol + 2;
      if ($c->phase === 2) { if ($line !== '') throw new Bad('bad chunk', 400); $c->phase = 0; }
      elseif ($c->phase === 3) { if ($line === '') { $done = true; break; } }
      else {
        if (!preg_match('/^([0-9a-f]{1,15})[ \t]*(;.*)?$/Di', $line, $m)) throw new Bad('bad chunk size', 400);
        $c->need = (int)hexdec($m[1]);
        $c->phase = $c->need ? 1 : 3;
        if (strlen($rq->body) + $c->need > MAX_BODY) return $this->cut($c);
      }
    }
    $c->in = substr($c->in, $at);
    if (!$done) return null;
    $c->req = null;
    return $rq;
  }

  private function cut(Conn $c): Request {
    $rq = $c->req; $rq->tooLarge = true; $rq->keep = false; $rq->body = ''; $c->req = null; $c->in = '';
    return $rq;
  }
}

final class Bad extends Exception {}

function parseHead(string $head): Request {
  $lines = explode("\r\n", $head);
  if (!preg_match('~^([!#$%&\'*+.^_`|\~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP/(\d)\.(\d)$~D', array_shift($lines), $m)) throw new Bad('malformed request line', 400);
  if ($m[3] !== '1') throw new Bad('HTTP/1.x only', 505);
  $rq = new Request;
  $rq->method = $m[1]; $rq->http11 = $m[4] !== '0';
  foreach ($lines as $line) {
    if (!preg_match('/^([!#$%&\'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*$/D', $line, $h)) throw new Bad('malformed header', 400);
    $rq->headers[strtolower($h[1])][] = $h[2];
  }
  if ($rq->http11 && count($rq->headers['host'] ?? []) !== 1) throw new Bad('exactly one Host is needed', 400);
  $target = preg_replace('~^https?://[^/?#]*~i', '', $m[2], 1, $absolute);
  if ($absolute && ($target === '' || $target[0] === '?')) $target = '/' . $target;
  if ($target[0] !== '/' && $target !== '*' && $rq->method !== 'CONNECT') throw new Bad('malformed request target', 400);
  $target = explode('#', $target, 2)[0];
  [$rq->path, $rq->query] = explode('?', $target, 2) + [1 => ''];
  $conn = array_map('trim', explode(',', strtolower($rq->header('connection') ?? '')));
  $rq->keep = $rq->http11 ? !in_array('close', $conn, true) : in_array('keep-alive', $conn, true);
  return $rq;
}

/** The bytes of a response, and whether the connection stays. */
function render(Request $rq, Response $rs): array {
  $head = $rq->method === 'HEAD'; $keep = $rq->keep; $body = $rs->body; $h = $rs->headers; $length = strlen($body); $pre = '';
  $empty = $rs->status === 204 || $rs->status === 304;
  if (v('f40') && !$empty && $length > 0 && preg_match('/\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i', $rq->header('accept-encoding') ?? '')) {
    $body = gzencode($body); $length = strlen($body);
    $h[] = ['Content-Encoding', 'gzip']; $h[] = ['Vary', 'Accept-Encoding'];
  }
  if (v('f24') && $rq->http11 && $rs->status === 200 && $rq->method === 'GET') $pre = "HTTP/1.1 103 Early Hints\r\nLink: </v2/docs.css>; rel=preload; as=style\r\n\r\n";
  if (v('b32') && !$empty) { $length = preg_match_all('/./su', $body); $body = substr($body, 0, $length); }
  array_unshift($h, ['Date', gmdate('D, d M Y H:i:s') . ' GMT'], ['Cache-Control', 'no-store']);
  if (v('f16')) {
    array_push($h, ['Via', '1.1 edge-7'], ['Via', '1.0 lb (haproxy)'], ['X-Request-Id', bin2hex(random_bytes(8))], ['Set-Cookie', 'lb=n2; Path=/; HttpOnly'],
      ['Set-Cookie', 'AWSALB=x==; Path=/'], ['Strict-Transport-Security', 'max-age=31536000'], ['X-Empty', ''], ['Server-Timing', 'db;dur=1.5, app;dur=3']);
  }
  if (v('f15') && !$empty) $keep = false;
  $tail = $body;
  if ($empty) $tail = '';
  elseif (v('f15') || (v('f14') && !$rq->http11)) { if (v('f14')) $keep = false; }
  elseif (v('f14')) {
    array_push($h, ['Transfer-Encoding', 'chunked'], ['Trailer', 'X-Checksum']);
    $tail = '';
    foreach ($body === '' ? [] : str_split($body, 13) as $i => $piece) $tail .= sprintf("%0" . (1 + $i % 3) . "X;n=%d;sig=\"a\"\r\n%s\r\n", strlen($piece), $i, $piece);
    $tail .= "0\r\nX-Checksum: " . md5($body) . "\r\n\r\n";
  } else $h[] = ['Content-Length', (string)$length];
  if (!$keep) $h[] = ['Connection', 'close'];
  elseif (!$rq->http11) $h[] = ['Connection', 'keep-alive'];
  $out = $pre . "HTTP/1.1 {$rs->status} " . (v('f16') ? '' : REASONS[$rs->status] ?? 'Status') . "\r\n";
  foreach ($h as [$k, $val]) $out .= (v('f16') ? strtolower($k) . ':' . ($val === '' ? '' : "\t$val  ") : "$k: $val") . "\r\n";
  return [$out . "\r\n" . ($head ? '' : $tail), $keep];
}
