<?php
// The API itself: routes, admission, the 19 operations, and the variants' twists where they belong.
declare(strict_types=1);

/** An answer other than success. kind: invalid (input), method, or '' for the rest. */
final class Refusal extends Exception {
  public function __construct(public int $status, string $why, public string $kind = '', public array $headers = []) { parent::__construct($why); }
}

final class Route {
  public function __construct(public string $op, public bool $key, public array $gives, public array $takes = [], public int $badPath = 400, public int $badBody = 400, public bool $needsBody = true) {}
}

final class App {
  private const KEY = 'special-key';
  private const FORM = 'application/x-www-form-urlencoded';
  private array $routes; private array $pets = []; private array $orders = []; private array $users = []; private array $domains = [];
  private int $nextUser = 1000; private int $nextOrder = 11; private string $secret;
  // what only variants use
  private array $aside = []; private array $cache = []; private array $fails = []; private array $history = []; private array $unverified = []; private int $count = 0; private int $logouts = 0; private int $current = 0;

  public function __construct(private Loop $loop) {
    $both = [JSON, XML]; $js = [JSON];
    $this->routes = [ // fixed paths come first
      ['domain', ['POST' => new Route('addDomain', true, $js, $js, 405, 405), 'PUT' => new Route('updatePet', true, [], $both, 405, 405)]],
      ['pet/findByStatus', ['GET' => new Route('findPetsByStatus', true, $both)]],
      ['pet/findByTags', ['GET' => new Route('findPetsByTags', true, $both)]],
      ['store/inventory', ['GET' => new Route('getInventory', true, $js)]],
      ['store/order', ['POST' => new Route('placeOrder', false, $both, $js)]],
      ['user', ['POST' => new Route('createUser', false, [], $js)]],
      ['user/createWithList', ['POST' => new Route('createUsersWithListInput', false, [], $js)]],
      ['user/login', ['GET' => new Route('loginUser', false, $both)]],
      ['user/logout', ['GET' => new Route('logoutUser', false, [])]],
      ['pet/{}', ['GET' => new Route('getPetById', true, $both), 'POST' => new Route('updatePetWithForm', !v('b07'), [], [self::FORM], 405, 405, false),
        'DELETE' => new Route('deletePet', true, [])]],
      ['pet/{}/uploadImage', ['POST' => new Route('uploadFile', true, $js, ['multipart/form-data'], 400, 400, false)]],
      ['store/order/{}', ['GET' => new Route('getOrderById', false, $both), 'DELETE' => new Route('deleteOrder', false, [])]],
      ['user/{}', ['GET' => new Route('getUserByName', false, $both), 'PUT' => new Route('updateUser', false, [], $js), 'DELETE' => new Route('deleteUser', false, [])]],
    ];
    $this->secret = random_bytes(16);
    $this->seed();
    if (v('f38')) $this->bot();
  }

  private function seed(): void {
    $names = ['doggie', 'Mittens', 'Řehoř', 'Bello', '小白', 'Kitty & Co', 'Æsop', 'Zoë', 'Rex', '🐢 Turtle', 'Lassie', "O'Malley"];
    for ($i = 1; $i <= 30; $i++) {
      $id = v('f11') ? 9007199254740993 + $i * 4099 : $i;
      $tags = [];
      foreach ([1, 2, 3] as $t) if ($i % ($t + 1) === 0 || $i === $t) $tags[] = (object)['id' => $t, 'name' => "tag$t"];
      if ($i % 7 === 0) $tags[] = (object)['id' => 10, 'name' => 'tag10'];
      $this->pets[$id] = (object)['id' => $id, 'category' => (object)['name' => 'shelter' . ($i % 4) . '.example.org'], 'name' => $names[$i % 12] . ($i > 12 ? " $i" : ''),
        'photoUrls' => ["https://img.example.org/pets/$i.jpg"], 'tags' => $tags, 'status' => ['available', 'pending', 'sold'][$i % 3]];
    }
    for ($i = 1; $i <= 10; $i++) $this->orders[$i] = (object)['id' => (string)$i, 'name' => "order$i.example.com", 'status' => $i % 2 ? 'validated' : 'missing validation', 'active' => $i % 2 === 1];
    for ($i = 1; $i <= 3; $i++) {
      $this->users[" user$i"] = (object)['id' => $i, 'username' => "user$i", 'firstName' => ['Ada', 'Björk', 'Chidi'][$i - 1], 'lastName' => 'Example',
        'email' => "user$i@example.org", 'password' => "secret$i", 'phone' => "+1 555 010$i", 'userStatus' => 1];
      $this->aside['pw'][" user$i"] = "secret$i";
    }
    foreach (['example.org', 'inboxes.example', 'mail.example.net'] as $d) $this->newDomain($d);
    $this->touch();
  }

  // ---- admission

  public function handle(Request $rq): Response { return $this->guard($rq, fn() => $this->dispatch($rq)); }

  /** Refusals which the head alone decides, for clients that wait before they send a body. */
  public function early(Request $rq): bool {
    try { $rq->bodyToCome = true; $this->admit($rq); $rq->bodyToCome = false; return false; } catch (Refusal) { return true; }
  }

  public function guard(Request $rq, callable $fn): Response {
    try { $rs = $fn(); if ($rs->later) return $rs; }
    catch (Refusal $e) { $rs = $this->refusal($rq, $e); }
    catch (Throwable $e) {
      if (!v('b16', 'b29', 'b40', 'b04', 'b39')) fwrite(STDERR, "$e\n");
      $rs = $this->failure($rq, 500, 'internal error');
    }
    $this->cors($rq, $rs);
    return $rs;
  }

  private function refusal(Request $rq, Refusal $e): Response {
    $status = $e->status;
    if (v('f02') && $e->kind === 'invalid') $status = 422;
    if (v('f18') && $e->kind === 'method') $status = 404;
    $rs = $this->failure($rq, $status, $e->getMessage());
    foreach ($e->headers as $h) $rs->headers[] = $h;
    if ($status === 405 && !array_filter($rs->headers, fn($h) => $h[0] === 'Allow')) {
      [$methods] = $this->match($rq->path);
      $rs->headers[] = ['Allow', $this->allow($methods ?? [])];
    }
    return $rs;
  }

  public function failure(Request $rq, int $status, string $why): Response {
    if (v('f01')) {
      return new Response($status, [['Content-Type', 'text/html; charset=utf-8']], "<html><head><title>$status</title></head><body><center><h1>$status " . (REASONS[$status] ?? '') . "</h1></center><hr><center>nginx</center></body></html>\n");
    }
    return new Response($status, [['Content-Type', JSON]], json_encode(['code' => $status, 'type' => 'error', 'message' => $why], JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE));
  }

  private function cors(Request $rq, Response $rs): void {
    $origin = $rq->header('origin');
    if ($origin === null) { $rs->headers[] = ['Access-Control-Allow-Origin', '*']; return; }
    array_push($rs->headers, ['Access-Control-Allow-Origin', $origin], ['Access-Control-Allow-Credentials', 'true'], ['Vary', 'Origin'],
      ['Access-Control-Expose-Headers', 'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate, Location']);
  }

  /** [routes by method, path parameter or null]; a parameter that cannot be decoded is ''. */
  private function match(string $path): array {
    if (v('f39')) $path = preg_replace('~(?<=.)/$~', '', preg_replace_callback('~^/v2(/[^/]*)?~i', fn($m) => strtolower($m[0]), $path));
    if (!str_starts_with($path, '/v2/')) return [null, null];
    $segs = array_map(function ($s) {
      $bad = preg_match('/%(?![0-9A-Fa-f]{2})/', $s);
      $d = rawurldecode($s);
      return $s === '' ? null : ($bad || !utf8($d) ? '' : $d);
    }, explode('/', substr($path, 4)));
    if (in_array(null, $segs, true)) return [null, null];
    foreach ($this->routes as [$pattern, $methods]) {
      $want = explode('/', $pattern); $param = null;
      if (count($want) !== count($segs)) continue;
      foreach ($want as $i => $w) {
        if ($w === '{}') $param = $segs[$i];
        elseif ($w !== $segs[$i] && !(v('f39') && strcasecmp($w, $segs[$i]) === 0)) continue 2;
      }
      return [$methods, $param];
    }
    return [null, null];
  }

  private function allow(array $methods): string {
    $out = array_keys($methods);
    if (isset($methods['GET']) && !v('f29')) array_splice($out, 1, 0, 'HEAD');
    return implode(', ', [...$out, 'OPTIONS']);
  }

  /** Route, path parameter and reply type, or a Refusal. Order: path, method, key, Accept, size, media type. */
  private function admit(Request $rq): array {
    [$methods, $param] = $this->match($rq->path);
    if ($methods === null) throw new Refusal(404, 'no such path');
    if (v('f30') && !in_array($rq->method, ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'], true)) throw new Refusal(501, 'method not implemented');
    $method = $rq->method === 'HEAD' && isset($methods['GET']) && !v('f29') ? 'GET' : $rq->method;
    $route = $methods[$method] ?? null;
    if (v('b36') && isset($methods['GET']) && $methods['GET']->op === 'getInventory') $route = $methods['GET'];
    if (!$route) throw new Refusal(405, 'method not allowed here', 'method', [['Allow', $this->allow($methods)]]);
    if ($route->key && !hash_equals(self::KEY, $rq->headers['api_key'][0] ?? '')) {
      throw new Refusal(v('f03') ? 403 : 401, 'a valid api_key is needed', '', v('f03') ? [] : [['WWW-Authenticate', 'ApiKey realm="inboxes", header="api_key"']]);
    }
    $type = $route->gives ? negotiate($rq->header('accept'), $route->gives) : '';
    if ($type === null && !(v('b18') && $route->op === 'placeOrder')) throw new Refusal(406, 'this operation gives ' . implode(', ', $route->gives));
    if ($rq->tooLarge) throw new Refusal(413, 'bodies may have 10 MB');
    $params = [];
    if ($route->takes && ($rq->body !== '' || $rq->bodyToCome)) {
      [$media, $params] = mediaType($rq->header('content-type'));
      $coding = strtolower($rq->header('content-encoding') ?? 'identity');
      if (!in_array($media, $route->takes, true) || !in_array($coding, ['identity', ''], true)) throw new Refusal(415, 'this operation takes ' . implode(', ', $route->takes));
      if ($media === JSON && !in_array(strtolower($params['charset'] ?? 'utf-8'), ['utf-8', 'utf8', 'us-ascii'], true)) throw new Refusal(415, 'JSON is UTF-8');
      if (v('b30') && $route->op === 'addDomain' && $params) throw new Refusal(415, 'unsupported media type');
      $params[':type'] = $media;
    }
    return [$route, $param, $type ?? JSON, $params];
  }

  private function dispatch(Request $rq): Response {
    if ($rq->method === 'OPTIONS') {
      if ($rq->header('origin') !== null && ($m = $rq->header('access-control-request-method')) !== null) {
        return new Response(204, [['Access-Control-Allow-Methods', $m], ['Access-Control-Allow-Headers', $rq->header('access-control-request-headers') ?? 'api_key, content-type'], ['Access-Control-Max-Age', '600']]);
      }
      if ($rq->path === '*') return new Response(204, [['Allow', 'GET, HEAD, POST, PUT, DELETE, OPTIONS']]);
      [$methods] = $this->match($rq->path);
      if ($methods === null) throw new Refusal(404, 'no such path');
      return new Response(204, [['Allow', $this->allow($methods)]]);
    }
    if (in_array($rq->path, ['/', '/v2', '/v2/', '/healthz'], true)) return $this->outside($rq);
    $this->count++;
    if (v('f12') && $this->count % 9 === 0) throw new Refusal(429, 'slow down', '', [['Retry-After', '1']]);
    if (v('f13') && $this->count % 11 === 0) throw new Refusal(503, 'a deploy is under way', '', [['Retry-After', gmdate('D, d M Y H:i:s', time() + 1) . ' GMT']]);
    if (v('f33') && trim($rq->header('user-agent') ?? '') === '') throw new Refusal(403, 'please send a User-Agent');
    [$route, $param, $type, $params] = $this->admit($rq);
    if ($route->takes && $rq->body === '' && $route->needsBody) $this->invalid($route->badBody, 'a body is needed');
    $rq->reply = $type;
    $rs = $this->{$route->op}($rq, $route, $param, $params);
    if (v('b18') && $route->op === 'placeOrder' && negotiate($rq->header('accept'), $route->gives) === null) throw new Refusal(406, 'not acceptable');
    return $rs;
  }

  private function outside(Request $rq): Response {
    if (!in_array($rq->method, ['GET', 'HEAD'], true)) throw new Refusal(405, 'method not allowed here', '', [['Allow', 'GET, HEAD, OPTIONS']]);
    if ($rq->path === '/healthz') return new Response(200, [['Content-Type', JSON]], '{"status":"ok"}');
    if ($rq->path === '/') return new Response(200, [['Content-Type', JSON]], '{"name":"Inboxes Developer API","version":"1.0.0","base":"/v2"}');
    return new Response(302, [['Location', '/']]);
  }

  // ---- helpers of the operations

  private function invalid(int $status, string $why): never { throw new Refusal($status, $why, 'invalid'); }

  private function reply(Request $rq, string $type, mixed $x, string $root, array $headers = [], int $status = 200): Response {
    if (v('f06') && $type !== 'map') $x = $this->decorate($x);
    if ($rq->reply === XML && !(v('b02') && $root === 'Pet')) return new Response($status, [['Content-Type', XML], ...$headers], toXml($root, $type, $x));
    return new Response($status, [['Content-Type', v('b02') && $root === 'Pet' && $rq->reply === XML ? XML : JSON], ...$headers], toJson($x));
  }

  private function decorate(mixed $x): mixed {
    if (is_array($x)) return array_map(fn($i) => $this->decorate($i), $x);
    if (!$x instanceof stdClass) return $x;
    $out = (object)array_map(fn($i) => $this->decorate($i), (array)$x);
    $out->_etag = bin2hex(random_bytes(4)); $out->fetchedAt = gmdate('c'); $out->score = random_int(-9, 9) / 7; $out->_links = (object)['self' => null];
    return $out;
  }

  /** The answer of an operation whose success the reference leaves open; `$write` is what is to be done. */
  private function done(Request $rq, int $status, ?callable $write = null, string $type = '', mixed $x = null, array $headers = []): Response {
    if ($write && v('f04')) { $this->loop->after(1.5, function () use ($write) { $write(); $this->touch(); }); return new Response(202, [['Content-Type', JSON]], '{"queued":true}'); }
    if ($write) { $write(); $this->touch(); }
    if (v('f27')) return new Response(204, $headers);
    if (v('f28') && $type !== 'Domain') return new Response(200, [['Content-Type', 'text/plain; charset=utf-8'], ...$headers], "OK - done\n");
    if ($x !== null && negotiate($rq->header('accept'), [JSON]) !== null) return $this->reply($rq, $type, $x, $type, $headers, $status);
    return new Response($status, $headers);
  }

  private function touch(): void {
    if (!v('f05')) return;
    $this->history[] = [microtime(true), $this->pets];
    if (count($this->history) > 400) array_shift($this->history);
  }

  /** The pets as lists and the inventory see them. */
  private function listed(): array {
    $pets = $this->pets;
    if (v('f05')) foreach ($this->history as $i => [$at, $was]) if ($i === 0 || $at <= microtime(true) - 1.2) $pets = $was;
    if (v('f23')) { $ids = array_keys($pets); shuffle($ids); $pets = array_replace(array_flip($ids), $pets); }
    return array_filter($pets, fn($p) => !isset($this->aside['gone'][$p->id]));
  }

  private function id(?string $s, int $status): int {
    $id = decimal($s);
    if ($id === null || $id < 0) $this->invalid($status, 'the id must be an int64 of 0 or more');
    return $id;
  }

  private function orderId(?string $s): int { // 400 or 404 only, so it is no 'invalid'
    $id = decimal($s);
    return $id === null || $id < 1 ? throw new Refusal(400, 'an order id is an int64 of 1 or more') : $id;
  }

  private function pet(int $id): stdClass { return $this->pets[$id] ?? throw new Refusal(404, 'pet not found'); }

  private function json(Request $rq, string $type, int $status): mixed {
    try { return cast($type, fromJson($rq->body)); } catch (BadInput $e) { $this->invalid($status, $e->getMessage()); }
  }

  /** The items of a comma separated (or repeated) query parameter. */
  private function items(Request $rq, string $name): array {
    $values = formFields($rq->query)[" $name"] ?? $this->invalid(400, "$name is missing");
    $out = [];
    foreach ($values as $s) {
      if ($s === null) $this->invalid(400, "$name is not UTF-8");
      foreach (explode(',', $s) as $item) if (!blank($item)) $out[] = trim($item);
    }
    if (!$out) $this->invalid(400, "$name is empty");
    return $out;
  }

  private function one(Request $rq, string $name): string {
    $s = formFields($rq->query)[" $name"][0] ?? null;
    if ($s === null || blank($s)) $this->invalid(400, "$name is missing");
    return $s;
  }

  private function newDomain(string $name): stdClass {
    if (v('f07')) $name = strtolower($name);
    $id = bin2hex(random_bytes(12));
    return $this->domains[" $id"] = (object)['id' => $id, 'name' => $name, 'validate' => 'inboxes-verification=' . hash_hmac('md5', $id, $this->secret),
      'status' => v('b01') ? 'pending' : 'missing validation', 'active' => false];
  }

  // ---- domain and pet

  private function addDomain(Request $rq): Response {
    $in = $this->json($rq, 'DomainIn', 405);
    if (!isset($in->name) || blank($in->name)) $this->invalid(405, 'name is missing');
    $d = $this->newDomain($in->name);
    return $this->done($rq, 201, null, 'Domain', $d);
  }

  private function updatePet(Request $rq, Route $route, ?string $_, array $params): Response {
    $xml = $params[':type'] === XML;
    try { $raw = $xml ? fromXml($rq->body, 'Pet', $params['charset'] ?? null) : fromJson($rq->body); } catch (BadInput $e) { $this->invalid(405, $e->getMessage()); }
    if (!$raw instanceof stdClass) $this->invalid(405, 'a Pet is an object');
    try { $id = cast('int64', $raw->id ?? null, 'id'); } catch (BadInput $e) { $this->invalid(400, $e->getMessage()); }
    if ($id < 0) $this->invalid(400, 'the id must not be negative');
    if (v('b40') && isset($raw->photoUrls) && !is_array($raw->photoUrls)) count($raw->photoUrls);
    try { $pet = cast('Pet', $raw); } catch (BadInput $e) { $this->invalid(405, $e->getMessage()); }
    $old = $this->pet($id);
    if (v('f25')) $pet = (object)((array)$pet + (array)$old);
    if (v('f26')) $pet = (object)((array)$pet + ['tags' => [], 'status' => 'available']);
    if (v('f07') && isset($pet->category->name)) $pet->category->name = strtolower($pet->category->name);
    if (v('b13') && $xml) foreach (['photoUrls', 'tags'] as $k) if (count($pet->$k ?? []) === 1) $pet->$k = $pet->$k[0];
    if (v('b28')) foreach ($pet->tags ?? [] as $t) if (isset($t->id)) $t->id = (int)unpack('g', pack('g', $t->id))[1];
    return $this->done($rq, 200, fn() => isset($this->pets[$id]) && $this->pets[$id] = $pet, 'Pet', $pet);
  }

  private function findPetsByStatus(Request $rq): Response {
    $want = $this->items($rq, 'status');
    foreach ($want as $s) if (!in_array($s, ['available', 'pending', 'sold'], true) && !v('b05')) $this->invalid(400, "no such status: $s");
    if (v('b11')) $want = [$want[0]];
    $found = array_values(array_filter($this->listed(), fn($p) => in_array($p->status ?? null, $want, true)));
    return $this->reply($rq, '[Pet]', $found, v('f22') ? 'ArrayOfPet' : 'Pets');
  }

  private function findPetsByTags(Request $rq): Response {
    $want = $this->items($rq, 'tags');
    $found = [];
    foreach ($this->listed() as $p) {
      foreach (is_array($p->tags ?? []) ? $p->tags ?? [] : [] as $t) {
        $hit = in_array($t->name ?? null, $want, true);
        if ($hit) $found[] = $p;
        if ($hit || v('b35')) break;
      }
    }
    return $this->reply($rq, '[Pet]', $found, v('f22') ? 'ArrayOfPet' : 'Pets');
  }

  private function getPetById(Request $rq, Route $route, ?string $param): Response {
    $id = $this->id($param, $route->badPath);
    if (v('b29') && $id > 2147483647) throw new RuntimeException('integer out of range');
    if (v('b33')) { $this->current = $id; return Response::later(0.06, fn() => $this->reply($rq, 'Pet', $this->pet($this->current), 'Pet')); }
    return $this->reply($rq, 'Pet', $this->pet($id), 'Pet');
  }

  private function updatePetWithForm(Request $rq, Route $route, ?string $param): Response {
    $id = $this->id($param, 405);
    $form = formFields($rq->body, !v('b15'));
    $set = [];
    foreach (['name', 'status'] as $k) {
      if (!isset($form[" $k"])) continue;
      $set[$k] = end($form[" $k"]);
      if ($set[$k] === null) $this->invalid(405, "$k is not UTF-8");
      try { $set[$k] = cast(rtrim(SCHEMAS['Pet'][$k], '!'), $set[$k], $k); } catch (BadInput $e) { $this->invalid(405, $e->getMessage()); }
    }
    $was = $this->pet($id);
    if (v('b14')) $set += ['status' => 'available'];
    $write = function () use ($id, $set) { if (isset($this->pets[$id])) $this->pets[$id] = cast('Pet', (object)array_replace((array)$this->pets[$id], $set)); };
    if (v('b34')) {
      $new = cast('Pet', (object)array_replace((array)$was, $set));
      return Response::later(0.12, fn() => $this->done($rq, 200, fn() => $this->pets[$id] = $new));
    }
    return $this->done($rq, 200, $write, 'Pet', cast('Pet', (object)array_replace((array)$was, $set)));
  }

  private function deletePet(Request $rq, Route $route, ?string $param): Response {
    $id = $this->id($param, 400);
    $pet = $this->pet($id);
    if (v('b17')) $this->aside['lost'][] = $pet->status ?? '';
    if (v('b03')) return $this->done($rq, 204, fn() => $this->aside['gone'][$id] = true);
    return $this->done($rq, 204, function () use ($id) { unset($this->pets[$id]); });
  }

  private function uploadFile(Request $rq, Route $route, ?string $param, array $params): Response {
    $id = $this->id($param, 400);
    $parts = [];
    if ($rq->body !== '') {
      $boundary = $params['boundary'] ?? '';
      $parts = $boundary !== '' && strlen($boundary) <= 200 ? multipart($rq->body, $boundary) : null;
      if ($parts === null) $this->invalid(400, 'malformed multipart body');
    }
    $meta = $parts[' additionalMetadata'][0] ?? null; $file = $parts[' file'] ?? null;
    if ($meta !== null && !utf8($meta)) $this->invalid(400, 'additionalMetadata is not UTF-8');
    $this->pet($id);
    $name = $file ? basename(strtr($file[1] ?? 'unnamed', '\\', '/')) : '';
    if (v('b16') && preg_match('/[^\x20-\x7e]/', $name)) throw new RuntimeException('ascii codec');
    $message = implode('; ', array_filter([$meta === null ? '' : "metadata: $meta", $file ? sprintf('stored %s, %d bytes', utf8($name) ? $name : 'unnamed', strlen($file[0])) : '']));
    return $this->reply($rq, 'ApiResponse', (object)['code' => 200, 'type' => 'unknown', 'message' => $message === '' ? 'nothing sent' : $message], 'ApiResponse');
  }

  // ---- store

  private function getInventory(Request $rq): Response {
    $n = ['available' => 0, 'pending' => 0, 'sold' => 0];
    foreach ($this->listed() as $p) if (isset($p->status)) $n[$p->status]++;
    foreach ($this->aside['lost'] ?? [] as $s) if ($s !== '') $n[$s]++;
    if (v('b06')) $n = array_map('strval', $n);
    if (v('f21')) $n = ['adopted' => 2147483647] + $n + ['not available' => 0, 'string' => 3, '' => 1];
    return $this->reply($rq, 'map', (object)$n, 'map');
  }

  private function placeOrder(Request $rq): Response {
    $in = $this->json($rq, 'Domain', 400);
    if (property_exists($in, 'id')) {
      $id = decimal($in->id);
      if ($id === null || $id < 1) $this->invalid(400, 'an order id is a decimal integer of 1 or more');
    } else {
      while (isset($this->orders[$this->nextOrder])) $this->nextOrder++;
      $id = $this->nextOrder++;
    }
    $order = (object)(['id' => (string)$id] + (array)$in);
    if (v('f07') && isset($order->name)) $order->name = strtolower($order->name);
    if (v('f09')) $order = (object)array_filter(['id' => (string)$id, 'name' => $order->name ?? null, 'validate' => "txt-$id", 'status' => 'missing validation', 'active' => false], fn($x) => $x !== null);
    $this->orders[$id] = $order;
    unset($this->aside['grave'][$id]);
    return $this->reply($rq, 'Domain', $order, 'Domain');
  }

  private function order(int $id): stdClass {
    $dead = $this->aside['grave'][$id] ?? null;
    if ($dead && $dead[0] < microtime(true) - 1) { $this->orders[$id] = $dead[1]; unset($this->aside['grave'][$id]); }
    if (v('b04') && !isset($this->orders[$id])) throw new RuntimeException('null order');
    return $this->orders[$id] ?? throw new Refusal(404, 'order not found');
  }

  private function getOrderById(Request $rq, Route $route, ?string $param): Response {
    $order = $this->order($this->orderId($param));
    return $this->reply($rq, 'DomainIn', isset($order->name) ? (object)['name' => $order->name] : new stdClass, v('b19') ? 'Domain' : 'DomainIn');
  }

  private function deleteOrder(Request $rq, Route $route, ?string $param): Response {
    $id = v('b20') && preg_match('/^\d{1,18}/', $param ?? '', $m) ? (int)$m[0] : $this->orderId($param);
    $order = $this->order($id);
    if (v('b23')) $this->aside['grave'][$id] = [microtime(true), $order];
    return $this->done($rq, 204, function () use ($id) { unset($this->orders[$id]); });
  }

  // ---- user

  private function username(?string $s): string {
    if ($s === null || blank($s)) $this->invalid(400, 'invalid username');
    return v('f08') ? trim($s) : $s;
  }

  /** Checks a user that is to be created; gives it back as it will be stored. */
  private function fresh(stdClass $u): stdClass {
    if (!isset($u->username) || blank($u->username)) $this->invalid(400, 'username is missing');
    if (in_array($u->username, ['login', 'logout', 'createWithList'], true)) $this->invalid(400, 'this username is reserved');
    return $this->owned($u, $u->username);
  }

  private function owned(stdClass $u, string $name): stdClass {
    $u = clone $u;
    if (v('f10')) $u->id = $this->users[" $name"]->id ?? $this->nextUser++;
    elseif (!property_exists($u, 'id')) $u->id = $this->users[" $name"]->id ?? $this->nextUser++;
    if (v('f07') && isset($u->email)) $u->email = strtolower($u->email);
    if (v('f31') && ($u->email ?? '') !== '') foreach ($this->users as $k => $o) if ($k !== " $name" && ($o->email ?? '') === $u->email) throw new Refusal(409, 'this email is taken');
    if (v('b27')) foreach ((array)$u as $k => $s) if (is_string($s)) $u->$k = preg_replace('/[\x{10000}-\x{10FFFF}]/u', '?', $s);
    if (v('b26')) foreach ((array)$u as $k => $s) if ($s === 0) unset($u->$k);
    return cast('User', (object)(array)$u);
  }

  private function store(stdClass $u): void {
    $this->users[" $u->username"] = $u;
    $this->aside['pw'][" $u->username"] = $u->password ?? null;
    $this->unverified[" $u->username"] = true;
    unset($this->fails[" $u->username"], $this->cache[" $u->username"]);
  }

  private function createUser(Request $rq): Response {
    if (v('b12')) { // the ORM coerces instead of checking
      try { $raw = fromJson($rq->body); } catch (BadInput $e) { $this->invalid(400, $e->getMessage()); }
      if ($raw instanceof stdClass && isset($raw->userStatus)) $raw->userStatus = is_scalar($raw->userStatus) ? (int)$raw->userStatus : 0;
      $rq->body = toJson($raw);
    }
    $u = $this->fresh($this->json($rq, 'User', 400));
    return $this->done($rq, 201, fn() => $this->store($u), '', null, [['Location', '/v2/user/' . rawurlencode($u->username)]]);
  }

  private function createUsersWithListInput(Request $rq): Response {
    if (v('b31')) {
      try { $all = fromJson($rq->body); } catch (BadInput $e) { $this->invalid(400, $e->getMessage()); }
      if (!is_array($all)) $this->invalid(400, 'an array is needed');
      foreach ($all as $x) { try { $this->store($this->fresh(cast('User', $x))); } catch (BadInput $e) { $this->invalid(400, $e->getMessage()); } }
      return $this->done($rq, 200);
    }
    $list = array_map(fn($u) => $this->fresh($u), $this->json($rq, '[User]', 400));
    if (v('b09')) array_pop($list);
    return $this->done($rq, 200, fn() => array_map(fn($u) => $this->store($u), $list));
  }

  private function loginUser(Request $rq): Response {
    $name = $this->one($rq, 'username'); $password = formFields($rq->query)[' password'][0] ?? $this->invalid(400, 'password is missing');
    if (v('f08')) [$name, $password] = [trim($name), trim($password)];
    $u = $this->users[" $name"] ?? null;
    $want = v('b24') ? $this->aside['pw'][" $name"] ?? null : $u->password ?? null;
    if (v('f32') && ($this->fails[" $name"] ?? 0) >= 3) throw new Refusal(403, 'locked after three wrong passwords');
    if (!($u === null && v('f37')) && !($u && v('b25')) && ($u === null || $want === null || !hash_equals($want, $password))) {
      $this->fails[" $name"] = ($this->fails[" $name"] ?? 0) + 1;
      throw new Refusal(400, 'invalid username or password', 'credentials');
    }
    unset($this->fails[" $name"]);
    if (v('f34') && isset($this->unverified[" $name"])) throw new Refusal(403, 'this account is not verified yet; see the mail we sent');
    $b64 = fn($s) => rtrim(strtr(base64_encode($s), '+/', '-_'), '=');
    $token = $b64(hash_hmac('sha256', $name, $this->secret, true));
    if (v('f36')) $token = $b64('{"alg":"HS256"}') . '.' . $b64(json_encode(['sub' => $name, 'jti' => bin2hex(random_bytes(300))])) . '.' . $token;
    if (v('f35')) $this->aside['tokens'][$token] = true;
    $headers = [['X-Rate-Limit', '5000'], ['X-Expires-After', gmdate('Y-m-d\TH:i:s', time() + 3600) . (v('f36') ? '.123456+00:00' : 'Z')]];
    if (v('b08')) unset($headers[1]);
    return $this->reply($rq, 'string', $token, 'string', $headers);
  }

  private function logoutUser(Request $rq): Response {
    if (v('b39') && ++$this->logouts % 2 === 0) throw new RuntimeException('no session');
    return $this->done($rq, 200);
  }

  private function getUserByName(Request $rq, Route $route, ?string $param): Response {
    $name = $this->username($param);
    $u = $this->users[" $name"] ?? throw new Refusal(404, 'user not found');
    if (v('b22')) $u = $this->cache[" $name"] ??= $u;
    $shown = clone $u;
    unset($shown->password);
    return $this->reply($rq, 'User', $shown, 'User');
  }

  private function session(Request $rq): void {
    if (v('f35') && !(preg_match('/^Bearer\s+(\S+)$/i', $rq->header('authorization') ?? '', $m) && isset($this->aside['tokens'][$m[1]]))) throw new Refusal(401, 'log in first', '', [['WWW-Authenticate', 'Bearer']]);
  }

  private function updateUser(Request $rq, Route $route, ?string $param): Response {
    $this->session($rq);
    $name = $this->username($param);
    $u = $this->json($rq, 'User', 400);
    $old = $this->users[" $name"] ?? (v('b21') ? new stdClass : throw new Refusal(404, 'user not found'));
    $u->username = $name;
    if (v('f25')) $u = (object)((array)$u + (array)$old);
    if (v('f26')) $u = (object)((array)$u + ['firstName' => '', 'lastName' => '', 'email' => '', 'phone' => '', 'userStatus' => 0]);
    if (!isset($u->password) && isset($old->password)) $u->password = $old->password;
    $u = $this->owned($u, $name);
    $write = function () use ($u, $name) { $this->users[" $name"] = $u; unset($this->fails[" $name"]); };
    return $this->done($rq, 200, $write);
  }

  private function deleteUser(Request $rq, Route $route, ?string $param): Response {
    $this->session($rq);
    $name = $this->username($param);
    if (!isset($this->users[" $name"])) throw new Refusal(404, 'user not found');
    return $this->done($rq, 204, function () use ($name) {
      unset($this->users[" $name"], $this->cache[" $name"], $this->unverified[" $name"]);
      if (!v('b10')) return;
      $like = '/^ ' . strtr(preg_quote($name, '/'), ['_' => '.', '%' => '.*']) . '$/Du';
      foreach (array_keys($this->users) as $k) if (preg_match($like, $k)) unset($this->users[$k]);
    });
  }

  /** f38: somebody else's job that moves its own two pets about. */
  private function bot(): void {
    foreach ([901, 902] as $i => $id) $this->pets[$id] ??= (object)['id' => $id, 'name' => "bot pet $id", 'photoUrls' => [], 'tags' => [], 'status' => 'available'];
    foreach ([901, 902] as $id) $this->pets[$id] = (object)(['status' => ['available', 'pending', 'sold'][random_int(0, 2)]] + (array)$this->pets[$id]);
    $this->loop->after(0.4, fn() => $this->bot());
  }
}
