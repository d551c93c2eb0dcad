<?php
// Inboxes Developer API: one process, one event loop. Usage: php server.php --port 0 [--variant ID]
declare(strict_types=1);
error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
ini_set('memory_limit', '1G');
ini_set('pcre.backtrack_limit', '100000000');
date_default_timezone_set('UTC');
set_error_handler(function ($no, $msg, $file, $line) {
  if (error_reporting() & $no) throw new ErrorException($msg, 0, $no, $file, $line);
  return true;
});

$opt = getopt('', ['port:', 'variant:']);
define('VARIANT', (string)($opt['variant'] ?? 'plain'));
if (VARIANT !== 'plain' && !preg_match('/^[fb](0[1-9]|[123]\d|40)$/', VARIANT)) { fwrite(STDERR, 'unknown variant ' . VARIANT . "\n"); exit(2); }
require __DIR__ . '/lib/codec.php';
require __DIR__ . '/lib/http.php';
require __DIR__ . '/lib/app.php';

$server = @stream_socket_server('tcp://127.0.0.1:' . (int)($opt['port'] ?? 0), $no, $why,
  STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, stream_context_create(['socket' => ['backlog' => 511, 'tcp_nodelay' => true]]));
if (!$server) { fwrite(STDERR, "cannot listen: $why\n"); exit(1); }
stream_set_blocking($server, false);

$loop = new Loop($server);
$app = new App($loop);
$loop->handler = $app;
$port = (int)substr(strrchr(stream_socket_get_name($server, false), ':'), 1);
fwrite(STDOUT, "listening on http://127.0.0.1:$port/v2\n");
fflush(STDOUT);
$loop->run();
