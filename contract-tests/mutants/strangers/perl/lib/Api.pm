package Api;
# From a request to a response: routes, guards, content negotiation, problems.
use v5.36;
use Digest::SHA 'sha1_hex';
use Encode ();
use IO::Compress::Gzip ();
use List::Util qw(any max);
use Time::HiRes 'time';
use Http qw(decode_percent utf8_text);
use Operations;
use Schema 'json_text';
use Variant;
use Exporter 'import';
our @EXPORT_OK = qw(fail response);

use constant KEY => 'special-key';
my @METHODS = qw(GET HEAD POST PUT DELETE OPTIONS);
my %MEDIA = ( json => 'application/json', xml => 'application/xml', form => 'application/x-www-form-urlencoded',
    multipart => 'multipart/form-data' );

# A guard or an operation ends a request with this.
sub fail ( $status, $detail, @headers ) { die { status => $status, detail => $detail, headers => \@headers } }

sub response ( $status, $type = undef, $body = '', @headers ) {
    unshift @headers, [ 'Content-Type' => $type ] if defined $type;
    return { status => $status, headers => \@headers, body => $body };
}

sub problem ($error) {
    my $status = $error->{status};
    my $detail = $error->{detail};
    my @headers = @{ $error->{headers} // [] };
    return response( $status, 'text/html; charset=utf-8', Encode::encode( 'UTF-8', "<h1>$status</h1><p>No." ), @headers )
      if on('f02');
    my %body = ( type => 'about:blank', title => Http::reason($status), status => 0 + $status, detail => "$detail" );
    return response( $status, 'application/problem+json', Encode::encode( 'UTF-8', json_text( \%body ) ), @headers );
}

# --- the way of a request

sub handle ( $request, $reply ) {
    my $finish = sub ($response) { $reply->( finished( $request, $response ) ) };
    my $response = $request->{refusal} // guarded( sub { dispatch($request) } );
    return $finish->($response) unless ref $response eq 'CODE';
    $response->($finish);
}

# What the code returns, or the problem it died with.
sub guarded ($code) {
    my $result;
    return $result if eval { $result = $code->(); 1 };
    my $error = $@;
    return problem($error) if ref $error eq 'HASH';
    warn "fault: $error";
    return problem( { status => 500, detail => 'an unexpected error' } );
}

sub refusal_by_head ($request) {
    my $result = guarded( sub { look( {%$request}, 1 ); undef } );
    return $result;
}

sub dispatch ($request) {
    fail( $request->{error}, $request->{detail} ) if $request->{error};
    my $early = look( $request, 0 );
    return $early if $early;
    my $operation = $request->{operation};
    check_body( $request, $operation );
    return Operations->can( $operation->{id} )->($request);
}

# All that the head decides. Returns a response for OPTIONS, dies with a refusal.
sub look ( $request, $only_look ) {
    check_rate() if on('f21') && !$only_look;
    return response( 204, undef, '' ) if preflight($request);
    fail( 403, 'a User-Agent is required' ) if on('f17') && !length( $request->{headers}{'user-agent'} // '' );
    my $expect = $request->{headers}{expect};
    fail( 417, 'only 100-continue' ) if defined $expect && lc $expect ne '100-continue';
    my $methods = route($request) // fail( 404, 'no such path' );
    my $early = check_method( $request, $methods );
    return $early if $early;
    my $operation = $request->{operation};
    check_key($request) if $operation->{auth};
    choose_type( $request, $operation );
    return undef;
}

sub preflight ($request) {
    my $headers = $request->{headers};
    return $request->{method} eq 'OPTIONS' && defined $headers->{origin}
      && defined $headers->{'access-control-request-method'};
}

# A bucket of requests that fills again all the time.
sub check_rate () {
    state $left = 15;
    state $last = time;
    my $now = time;
    $left = $left + 15 * ( $now - $last );
    $left = 15 if $left > 15;
    $last = $now;
    fail( 429, 'slow down', [ 'Retry-After' => 1 ] ) if $left < 1;
    $left--;
}

# --- routes

my %FIXED = (
    'domain'              => { POST => 'addDomain', PUT => 'updatePet' },
    'pet/findByStatus'    => { GET  => 'findPetsByStatus' },
    'pet/findByTags'      => { GET  => 'findPetsByTags' },
    'store/inventory'     => { GET  => 'getInventory' },
    'store/order'         => { POST => 'placeOrder' },
    'user'                => { POST => 'createUser' },
    'user/createWithList' => { POST => 'createUsersWithListInput' },
    'user/login'          => { GET  => 'loginUser' },
    'user/logout'         => { GET  => 'logoutUser' },
);
my %TEMPLATE = (
    'pet/{}'             => { GET => 'getPetById', POST => 'updatePetWithForm', DELETE => 'deletePet' },
    'pet/{}/uploadImage' => { POST => 'uploadFile' },
    'store/order/{}'     => { GET => 'getOrderById', DELETE => 'deleteOrder' },
    'user/{}'            => { GET => 'getUserByName', PUT => 'updateUser', DELETE => 'deleteUser' },
);

# The methods of the path, or undef. Leaves the path's parameter and the query in the request.
sub route ($request) {
    my $target = $request->{target};
    $target =~ s{\A[A-Za-z][-+.A-Za-z0-9]*://[^/?#]*}{};
    $target =~ s/#.*//s;
    ( my $path, $request->{query} ) = split /\?/, $target, 2;
    $path =~ s{\A/v2/}{} or return undef;
    my @segments = split m{/}, $path, -1;
    return undef if !@segments || any { $_ eq '' } @segments;
    for (@segments) { $_ = decode_segment($_) // fail( 400, 'a wrong escape in the path' ) }
    my $fixed = $FIXED{ join '/', map { s{/}{%2F}gr } @segments };
    return $fixed if $fixed;
    my $at = $segments[0] eq 'store' ? 2 : 1;
    return undef if @segments <= $at;
    $request->{param} = $segments[$at];
    $segments[$at] = '{}';
    return $TEMPLATE{ join '/', @segments };
}

sub decode_segment ($segment) {
    my $text = decode_percent($segment) // return undef;
    $text = decode_percent( Encode::encode( 'UTF-8', $text ) ) // $text if on('b10');
    return $text;
}

sub allowed ($methods) {
    return join ', ', grep { $methods->{$_} || $_ eq 'OPTIONS' || $_ eq 'HEAD' && $methods->{GET} && !on('f19') } @METHODS;
}

sub check_method ( $request, $methods ) {
    my $method = $request->{method};
    my @allow  = [ Allow => allowed($methods) ];
    return response( 204, undef, '', @allow ) if $method eq 'OPTIONS';
    fail( 501, 'a method this server does not know' ) if on('f18') && !any { $_ eq $method } @METHODS;
    $method = 'GET' if $method eq 'HEAD' && !on('f19');
    my $id = $methods->{$method};
    fail( 404, 'nothing here for this method' ) if !$id && on('f13');
    fail( 405, "$method is not allowed here", @allow ) unless $id;
    $request->{operation} = { id => $id, %{ $Operations::OPERATIONS{$id} } };
    return undef;
}

# --- guards

sub check_key ($request) {
    return if key_fits($request);
    # The change is made first and the answer decided afterwards.
    guarded( sub { Operations::updatePetWithForm($request) } )
      if on('b04') && $request->{operation}{id} eq 'updatePetWithForm';
    fail( 403, 'not with this key' ) if on('f01');
    fail( 401, 'the header api_key is missing or wrong', [ 'WWW-Authenticate' => 'ApiKey realm="api", header="api_key"' ] );
}

sub key_fits ($request) {
    my $key = $request->{headers}{api_key};
    return 0 if on('b05') && $Operations::logged_out;
    return 1 if on('b03') && $request->{method} eq 'HEAD';
    return 1 if on('b02') && $request->{connection}{authenticated};
    return 0 unless defined $key;
    return 0 if on('b06') && !any { $_ eq 'api_key' } @{ $request->{names} };
    my $fits = on('b01') ? index( $key, KEY ) == 0 : $key eq KEY;
    $request->{connection}{authenticated} ||= $fits;
    return $fits;
}

# The media type of the answer, by the quality values of Accept; JSON where all are equal.
sub choose_type ( $request, $operation ) {
    my @offers = @{ $operation->{types} // [] } or return;
    my $accept = $request->{headers}{accept};
    $request->{type} = $offers[0];
    return unless defined $accept && $accept =~ /\S/;
    my %quality = map { $_ => quality( $accept, $MEDIA{$_} ) } @offers;
    my ($best) = sort { $quality{$b} <=> $quality{$a} } @offers;
    return $request->{type} = $best if $quality{$best} > 0;
    fail( 406, 'none of the accepted media types' ) unless on('f35');
}

# The quality of a media type: the most specific range decides.
sub quality ( $accept, $media ) {
    my ($main) = $media =~ m{\A([^/]+)/};
    my ( $rank, $quality ) = ( 0, 0 );
    for my $range ( split /,/, lc $accept ) {
        my ( $name, @parameters ) = map { s/\A\s+|\s+\z//gr } split /;/, $range;
        my $this = !defined $name ? 0 : $name eq $media ? 3 : $name eq "$main/*" ? 2 : $name eq '*/*' ? 1 : 0;
        next if $this <= $rank;
        my ($q) = map { /\Aq\s*=\s*([\d.]+)\z/ ? $1 : () } @parameters;
        ( $rank, $quality ) = ( $this, defined $q && $q =~ /\A[01](?:\.\d*)?\z/ ? $q : 1 );
    }
    return $quality;
}

sub check_body ( $request, $operation ) {
    fail( 413, 'at most 10 MB' ) if $request->{too_large};
    my $kinds = $operation->{body} or return;
    return unless length $request->{body};
    my $header = $request->{headers}{'content-type'} // '';
    my ($media) = $header =~ m{\A\s*([^;\s]+)};
    $media = lc( $media // '' );
    my ($kind) = grep { $MEDIA{$_} eq $media } @$kinds;
    fail( invalid(415), 'not a documented Content-Type' ) unless $kind;
    my $coding = lc( $request->{headers}{'content-encoding'} // 'identity' );
    fail( invalid(415), 'no content coding is supported', [ 'Accept-Encoding' => 'identity' ] ) if $coding ne 'identity';
    $request->{body_kind} = $kind;
    $request->{boundary} = boundary($header) if $kind eq 'multipart';
}

# The status that refuses invalid input.
sub invalid ($status) { on('f34') ? 422 : $status }

sub boundary ($header) {
    return $header =~ /;\s*boundary=([^;]+)/i ? $1 =~ s/\s+\z//r : undef if on('b32');
    return undef unless $header =~ /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))/i;
    return defined $2 ? $2 : $1 =~ s/\\(.)/$1/gr;
}

# --- the last touch

sub header ( $response, $name ) {
    my ($found) = grep { lc $_->[0] eq lc $name } @{ $response->{headers} };
    return $found ? $found->[1] : undef;
}

sub finished ( $request, $response ) {
    $response = { %$response, headers => [ @{ $response->{headers} } ] };
    push @{ $response->{headers} }, cors($request);
    tag_response( $request, $response ) if on('f32');
    pack_response( $request, $response ) if on('f22');
    for ( @{ $response->{headers} } ) {
        $_ = [ $_->[0], 'Application/JSON ; Charset="UTF-8"' ] if on('f26') && $_->[1] eq $MEDIA{json};
        $_ = [ $_->[0], 'application/xml; charset=utf-16' ]    if on('f29') && $_->[1] eq $MEDIA{xml};
    }
    return $response;
}

sub cors ($request) {
    my $origin = $request->{headers}{origin} // return [ 'Access-Control-Allow-Origin' => '*' ];
    my @headers = (
        [ 'Access-Control-Allow-Origin' => $origin ], [ 'Access-Control-Allow-Credentials' => 'true' ], [ Vary => 'Origin' ],
        [ 'Access-Control-Expose-Headers' => 'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate' ]
    );
    return @headers unless preflight($request);
    my $asked = $request->{headers}{'access-control-request-headers'};
    return ( @headers, [ 'Access-Control-Allow-Methods' => $request->{headers}{'access-control-request-method'} ],
        defined $asked ? [ 'Access-Control-Allow-Headers' => $asked ] : () );
}

# A validator of the bytes, and the short answer for those who have them.
sub tag_response ( $request, $response ) {
    return unless $response->{status} == 200 && $request->{method} =~ /\A(?:GET|HEAD)\z/ && length $response->{body};
    my $tag = '"' . substr( sha1_hex( $response->{body} ), 0, 16 ) . '"';
    push @{ $response->{headers} }, [ ETag => $tag ], [ 'Cache-Control' => 'no-cache' ], [ Vary => 'Accept' ];
    my $known = $request->{headers}{'if-none-match'} // return;
    return unless $known =~ /\Q$tag\E/ || $known eq '*';
    @$response{qw(status body)} = ( 304, '' );
    @{ $response->{headers} } = grep { $_->[0] ne 'Content-Type' } @{ $response->{headers} };
}

sub pack_response ( $request, $response ) {
    my $accepted = $request->{headers}{'accept-encoding'} // return;
    return unless $accepted =~ /\bgzip\b(?!\s*;\s*q\s*=\s*0(?:\.0*)?\s*(?:,|\z))/ && length $response->{body};
    my $plain = $response->{body};
    IO::Compress::Gzip::gzip( \$plain, \my $packed ) or return;
    $response->{body} = $packed;
    push @{ $response->{headers} }, [ 'Content-Encoding' => 'gzip' ], [ Vary => 'Accept-Encoding' ];
}

1;
