package Loop;
# One select loop serves every connection: sockets never block, and waiting is a timer.
use v5.36;
use Errno qw(EAGAIN EWOULDBLOCK EINTR);
use IO::Select;
use Time::HiRes 'time';
use Api;
use Http;
use Variant;
use Exporter 'import';
our @EXPORT_OK = qw(after run);

use constant { IDLE => 30, LINGER => 2 };

my ( @timers, %connections );

sub after ( $seconds, $code ) {
    @timers = sort { $a->[0] <=> $b->[0] } @timers, [ time + $seconds, $code ];
}

sub run ($listener) {
    $listener->blocking(0);
    while (1) {
        run_timers();
        drop_idle();
        my ( $readers, $writers ) = wanted($listener);
        my ( $readable, $writable ) = IO::Select->select( $readers, $writers, undef, patience() );
        for my $socket ( @{ $readable // [] } ) {
            $socket == $listener ? accept_all($listener) : guarded( $socket, \&read_some );
        }
        guarded( $_, \&write_some ) for @{ $writable // [] };
    }
}

sub patience () {
    return 1 unless @timers;
    my $left = $timers[0][0] - time;
    return $left < 0 ? 0 : $left > 1 ? 1 : $left;
}

sub run_timers () {
    while ( @timers && $timers[0][0] <= time ) {
        my $timer = shift @timers;
        eval { $timer->[1]->(); 1 } or warn "timer: $@";
    }
}

sub wanted ($listener) {
    my ( $readers, $writers ) = ( IO::Select->new($listener), IO::Select->new );
    for my $c ( values %connections ) {
        # A client that sends without reading must not fill our memory.
        $readers->add( $c->{socket} ) unless $c->{eof} || $c->{busy} && length $c->{in} > 1 << 20;
        $writers->add( $c->{socket} ) if @{ $c->{out} } && !$c->{paused};
    }
    return ( $readers, $writers );
}

sub guarded ( $socket, $step ) {
    my $c = $connections{ fileno $socket // return } or return;
    return if eval { $step->($c); 1 };
    warn "connection: $@";
    drop($c);
}

sub accept_all ($listener) {
    while ( my $socket = $listener->accept ) {
        $socket->blocking(0);
        binmode $socket;
        $connections{ fileno $socket } =
          { socket => $socket, fd => fileno $socket, in => '', out => [], active => time, served => 0 };
    }
}

sub drop ($c) {
    delete $connections{ $c->{fd} };
    $c->{dropped} = 1;
    close $c->{socket};
}

sub drop_idle () {
    for my $c ( values %connections ) {
        my $limit = $c->{lingering} ? LINGER : IDLE;
        drop($c) if !$c->{busy} && time - $c->{active} > $limit;
    }
}

sub retry_later () { $! == EAGAIN || $! == EWOULDBLOCK || $! == EINTR }

sub read_some ($c) {
    my $got = sysread $c->{socket}, my $bytes, 1 << 18;
    return retry_later() ? undef : drop($c) unless defined $got;
    $c->{eof} = 1 unless $got;
    $c->{active} = time unless $c->{lingering};
    return settle($c) if $c->{closing};
    $c->{in} .= $bytes;
    advance($c);
}

# Answers what has come in completely, one request at a time and in order.
sub advance ($c) {
    return if $c->{advancing};
    local $c->{advancing} = 1;
    while ( !$c->{busy} && !$c->{closing} ) {
        my $request = Http::take($c) or last;
        serve( $c, $request );
    }
    settle($c);
}

sub serve ( $c, $request ) {
    $c->{busy} = 1;
    my $answered;
    Api::handle(
        $request,
        sub ($response) {
            return if $answered++ || $c->{dropped};
            answer( $c, $request, $response );
            advance($c);
        }
    );
}

sub answer ( $c, $request, $response ) {
    $c->{busy} = 0;
    $c->{served}++;
    my ( $close, @parts ) = Http::serialise( $request, $response );
    push @{ $c->{out} }, @parts;
    $c->{closing} = 1 if $close || on('f25') && $c->{served} % 3 == 0;
    $c->{in} = '' if $c->{closing};
}

sub write_some ($c) {
    while ( @{ $c->{out} } && !$c->{paused} ) {
        my $part = $c->{out}[0];
        if ( ref $part ) {
            shift @{ $c->{out} };
            $c->{paused} = 1;
            after( $part->{pause}, sub { $c->{paused} = 0 } );
            last;
        }
        my $sent = syswrite $c->{socket}, $part;
        return retry_later() ? undef : drop($c) unless defined $sent;
        $c->{active} = time;
        $sent < length $part ? $c->{out}[0] = substr $part, $sent : shift @{ $c->{out} };
        last if $sent < length $part;
    }
    settle($c);
}

# Closes when all is said. What still comes in is read and dropped for a while: closing with
# unread bytes would reset the connection and could take the answer with it.
sub settle ($c) {
    return if $c->{dropped} || @{ $c->{out} } || $c->{busy};
    return drop($c) if $c->{eof};
    return if !$c->{closing} || $c->{lingering};
    $c->{lingering} = 1;
    $c->{active}    = time;
    shutdown $c->{socket}, 1;
}

1;
