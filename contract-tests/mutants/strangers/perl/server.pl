#!/usr/bin/env perl
# An in-memory server of the Inboxes Developer API. Usage: server.pl --port 0 --variant plain
use v5.36;
use FindBin;
use Getopt::Long;
use IO::Socket::INET;
use lib "$FindBin::Bin/lib";
use Variant;
use Loop;
use Store;
use Operations;

my $port = 0;
GetOptions( 'port=i' => \$port, 'variant=s' => \$Variant::id )
  or die "usage: server.pl [--port N] [--variant ID]\n";

$SIG{PIPE} = 'IGNORE';
$SIG{TERM} = $SIG{INT} = sub { exit 0 };
$| = 1;

my $listener = IO::Socket::INET->new( LocalAddr => '127.0.0.1', LocalPort => $port, Listen => 128, ReuseAddr => 1 )
  or die "cannot listen: $@\n";
Store::fill();
printf "listening on http://127.0.0.1:%d/v2\n", $listener->sockport;
Operations::others_write() if Variant::on('f40');
Loop::run($listener);
