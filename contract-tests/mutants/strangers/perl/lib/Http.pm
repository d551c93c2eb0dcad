package Http;
# HTTP/1.1 messages: requests out of a buffer of bytes, responses into bytes.
use v5.36;
use Encode ();
use Exporter 'import';
use Variant;
our @EXPORT_OK = qw(decode_percent utf8_text);

use constant { MAX_HEAD => 64 << 10, MAX_BODY => 10 << 20 };
my $TOKEN = qr/[!#\$%&'*+.^_`|~0-9A-Za-z-]+/;

my %REASON = (
    200 => 'OK', 201 => 'Created', 202 => 'Accepted', 204 => 'No Content', 302 => 'Found', 304 => 'Not Modified',
    400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found',
    405 => 'Method Not Allowed', 406 => 'Not Acceptable', 409 => 'Conflict', 413 => 'Content Too Large',
    415 => 'Unsupported Media Type', 417 => 'Expectation Failed', 422 => 'Unprocessable Content',
    429 => 'Too Many Requests', 431 => 'Request Header Fields Too Large', 500 => 'Internal Server Error',
    501 => 'Not Implemented', 505 => 'HTTP Version Not Supported',
);
sub reason ($status) { $REASON{$status} // 'Status' }

# Bytes to text, or undef when they are no UTF-8.
sub utf8_text ($bytes) {
    my $copy = $bytes;
    return eval { Encode::decode( 'UTF-8', $copy, Encode::FB_CROAK ) };
}

# Percent-decoded text, or undef when the escapes or the bytes are wrong.
sub decode_percent ($text) {
    return undef if $text =~ /%(?![0-9A-Fa-f]{2})/;
    $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
    return utf8_text($text);
}

# The next complete request of a connection, or undef while bytes are missing.
sub take ($c) {
    $c->{request} //= take_head($c) // return;
    my $request = $c->{request};
    my $whole = $request->{error} || take_body( $c, $request );
    return unless $whole;
    delete $c->{request};
    return $request;
}

sub broken ( $status, $detail ) {
    return { error => $status, detail => $detail, method => 'GET', version => '1.1', headers => {}, close => 1 };
}

sub take_head ($c) {
    $c->{in} =~ s/\A(?:\r?\n)+//;
    if ( $c->{in} !~ /\r?\n\r?\n/ ) {
        return length $c->{in} > MAX_HEAD ? broken( 431, 'the head is too large' ) : undef;
    }
    my $head = substr $c->{in}, 0, $+[0], '';
    return broken( 431, 'the head is too large' ) if length $head > MAX_HEAD;
    my ( $first, @lines ) = split /\r?\n/, $head;
    my ( $method, $target, $version ) = $first =~ m{\A($TOKEN) (\S+) HTTP/(\d\.\d)\z}
      or return broken( 400, 'no request line' );
    return broken( 505, 'only HTTP/1' ) unless $version =~ /\A1/;
    my %headers;
    my @names;
    for (@lines) {
        my ( $name, $value ) = /\A($TOKEN):[ \t]*(.*?)[ \t]*\z/ or return broken( 400, 'no header field' );
        return broken( 400, 'control characters' ) if $value =~ /[\x00-\x08\x0a-\x1f\x7f]/;
        push @names, $name;
        push @{ $headers{ lc $name } }, $value;
    }
    return check_head(
        {
            method => $method, target => $target, version => $version, names => \@names, connection => $c, body => '',
            headers => { map { $_ => join ', ', @{ $headers{$_} } } keys %headers },
            hosts   => scalar @{ $headers{host} // [] },
        }
    );
}

sub check_head ($request) {
    my $headers = $request->{headers};
    return broken( 400, 'exactly one Host' ) if $request->{hosts} > 1 || $request->{version} eq '1.1' && !$request->{hosts};
    my ( $coding, $length ) = @$headers{qw(transfer-encoding content-length)};
    if ( defined $coding ) {
        return broken( 501, 'only the chunked coding' ) unless lc $coding eq 'chunked';
        return broken( 400, 'a length and a coding' ) if defined $length;
        $request->{chunked} = 1;
    }
    if ( defined $length ) {
        my %different = map { $_ => 1 } split /\s*,\s*/, $length;
        return broken( 400, 'a wrong Content-Length' ) if keys %different != 1 || $length !~ /\A\d{1,15}\b/;
        ( $request->{length} ) = $length =~ /\A(\d+)/;
    }
    my $connection = lc( $headers->{connection} // '' );
    $request->{close} = $request->{version} eq '1.0' ? $connection !~ /keep-alive/ : $connection =~ /\bclose\b/;
    return $request;
}

# True when the body is there (or will not be waited for).
sub take_body ( $c, $request ) {
    return 1 if leave_body( $c, $request );
    return 1 unless $request->{chunked} || $request->{length};
    return give_up($request) if ( $request->{length} // 0 ) > MAX_BODY;
    my $done = $request->{chunked} ? take_chunks( $c, $request ) : take_length( $c, $request );
    invite( $c, $request ) unless $done;
    return $done;
}

# Two variants answer by the head alone: one then closes, the other forgets that a body follows.
sub leave_body ( $c, $request ) {
    return 0 unless on('f16') || on('b33');
    my $refusal = $request->{refusal} //= Api::refusal_by_head($request);
    return 0 unless $refusal;
    return 0 if on('b33') && $refusal->{status} != 401;
    $request->{close} = 1 if on('f16');
    return 1;
}

sub give_up ($request) {
    $request->{too_large} = $request->{close} = 1;
    return 1;
}

# `Expect: 100-continue`: the client waits for a word before it sends the body.
sub invite ( $c, $request ) {
    return if $request->{invited}++ || $request->{version} eq '1.0';
    push @{ $c->{out} }, "HTTP/1.1 100 Continue\r\n\r\n" if lc( $request->{headers}{expect} // '' ) eq '100-continue';
}

sub take_length ( $c, $request ) {
    return 0 if length $c->{in} < $request->{length};
    $request->{body} = substr $c->{in}, 0, $request->{length}, '';
    return 1;
}

sub take_chunks ( $c, $request ) {
    my $hex = on('b34') ? qr/[0-9a-f]+/ : qr/[0-9A-Fa-f]{1,12}/;
    while ( !$request->{last_chunk} ) {
        if ( $c->{in} !~ /\A([^\n]*)\n/ ) {
            return length $c->{in} > 8192 ? ruin( $request, 'a wrong chunk' ) : 0;
        }
        my ( $line, $end ) = ( $1, $+[0] );
        my ($digits) = $line =~ /\A($hex)[ \t]*(?:;.*)?\r?\z/ or return ruin( $request, 'a wrong chunk size' );
        my $size = hex $digits;
        return give_up($request) if length( $request->{body} ) + $size > MAX_BODY;
        if ( $size == 0 ) {
            substr $c->{in}, 0, $end, '';
            $request->{last_chunk} = 1;
            last;
        }
        return 0 if length $c->{in} < $end + $size + 2;
        return ruin( $request, 'a wrong chunk end' ) unless substr( $c->{in}, $end + $size, 2 ) eq "\r\n";
        $request->{body} .= substr $c->{in}, $end, $size;
        substr $c->{in}, 0, $end + $size + 2, '';
    }
    return take_trailers($c);
}

# Trailer fields are read and ignored.
sub take_trailers ($c) {
    while ( $c->{in} =~ s/\A([^\n]*)\n// ) {
        return 1 if $1 eq "\r" || $1 eq '';
    }
    return 0;
}

sub ruin ( $request, $detail ) {
    @$request{qw(error detail close)} = ( 400, $detail, 1 );
    return 1;
}

sub http_date () {
    my @now = gmtime;
    return sprintf '%s, %02d %s %04d %02d:%02d:%02d GMT',
      (qw(Sun Mon Tue Wed Thu Fri Sat))[ $now[6] ], $now[3],
      (qw(Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec))[ $now[4] ], $now[5] + 1900, @now[ 2, 1, 0 ];
}

# Whether to close, then the bytes (and pauses) of a response.
sub serialise ( $request, $response ) {
    my $status   = $response->{status};
    my $body     = $response->{body} // '';
    my $bodyless = $status == 204 || $status == 304;
    my $close    = $request->{close};
    my @fields   = ( [ Date => http_date() ], @{ $response->{headers} // [] } );
    my @body     = $request->{method} eq 'HEAD' || $bodyless ? () : ($body);
    if ( on('f24') && !$bodyless ) {
        $close = 1;    # the end of the connection ends the body
    }
    elsif ( on('f23') && !$bodyless && length $body && $request->{version} eq '1.1' ) {
        push @fields, [ 'Transfer-Encoding' => 'chunked' ], [ Trailer => 'X-Checked' ];
        @body = chunks($body) if @body;
    }
    elsif ( !$bodyless ) {
        push @fields, [ 'Content-Length' => length $body ];
    }
    push @fields, [ Connection => $close ? 'close' : 'keep-alive' ] if $close || $request->{version} eq '1.0';
    my $head = head_text( $status, \@fields );
    $head = early_hints() . $head if on('f31') && $request->{version} eq '1.1';
    return ( $close, on('f33') ? dribble( $head, @body ) : join '', $head, @body );
}

sub head_text ( $status, $fields ) {
    return odd_head( $status, $fields ) if on('f26');
    return join "\r\n", "HTTP/1.1 $status " . reason($status), ( map { "$_->[0]: $_->[1]" } @$fields ), '', '';
}

# No reason phrase, field names in capitals, no blank or many around the values. (The parser of
# Node.js takes no tab before a Content-Length.)
sub odd_head ( $status, $fields ) {
    my $turn = 0;
    return join "\r\n", "HTTP/1.1 $status ",
      ( map { $turn++ % 2 || $_->[0] eq 'Content-Length' ? uc( $_->[0] ) . ":$_->[1]" : lc( $_->[0] ) . ": \t $_->[1] \t" } @$fields ), '', '';
}

sub early_hints () { "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n" }

sub chunks ($body) {
    my @pieces = unpack '(a7)*', $body;
    return ( map( { sprintf( '%04X;piece=%d', length $pieces[$_], $_ ) . "\r\n$pieces[$_]\r\n" } 0 .. $#pieces ),
        "000;last\r\nX-Checked: yes\r\n\r\n" );
}

# Small pieces with pauses, cut anywhere: in the head, in characters of several bytes.
sub dribble (@parts) {
    my $bytes = join '', @parts;
    my $size  = 1 + int( length($bytes) / 6 );
    return map { ( { pause => 0.03 }, $_ ) } unpack "(a$size)*", $bytes;
}

1;
