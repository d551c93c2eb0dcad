package Operations;
# The nineteen operations. Each takes the request and returns a response, or code that gets the way to reply later.
use v5.36;
use Digest::SHA 'sha1_hex';
use Encode ();
use Time::HiRes 'time';
use Schema qw(kind read_value tree json_text parse_json decode_xml xml_text safe_integer);
use Store;
use Unicode::Normalize 'NFC';
use Variant;

my $BOTH = [qw(json xml)];
our %OPERATIONS = (
    addDomain         => { auth => 1, types => ['json'], body => ['json'] },
    updatePet         => { auth => 1, body  => $BOTH },
    findPetsByStatus  => { auth => 1, types => $BOTH },
    findPetsByTags    => { auth => 1, types => $BOTH },
    getPetById        => { auth => 1, types => $BOTH },
    updatePetWithForm => { auth => 1, body  => ['form'] },
    deletePet         => { auth => 1 },
    uploadFile        => { auth => 1, types => ['json'], body => ['multipart'] },
    getInventory      => { auth => 1, types => ['json'] },
    placeOrder        => { types => $BOTH, body => ['json'] },
    getOrderById      => { types => $BOTH },
    deleteOrder       => {},
    createUser        => { body => ['json'] },
    createUsersWithListInput => { body => ['json'] },
    loginUser     => { types => $BOTH },
    logoutUser    => {},
    getUserByName => { types => $BOTH },
    updateUser    => { body  => ['json'] },
    deleteUser    => {},
);
our $logged_out = 0;

# --- small helpers

sub fail     { goto &Api::fail }
sub response { goto &Api::response }

sub refuse ( $status, $detail ) { fail( Api::invalid($status), $detail ) }

# The value of the code; a text it dies with refuses the request.
sub checked ( $status, $code ) {
    my $value;
    return $value if eval { $value = $code->(); 1 };
    my $error = $@;
    die $error if ref $error;
    $error =~ s/ at \S+ line \d+\.?\n?//;
    chomp $error;
    refuse( $status, $error );
}

sub bytes ($text) { Encode::encode( 'UTF-8', $text ) }

# A success without content.
sub done ( $created = undef ) {
    return response(202) if on('f05');
    return response(204) if on('f04');
    return response( 201, undef, '', [ Location => $created ] ) if on('f03') && defined $created;
    return response(200);
}

# The change itself: at once, but for the variant that only promises it.
sub commit ($code) {
    return Loop::after( 1, $code ) if on('f05');
    $code->();
}

sub show ( $request, $type, $name, $value, @headers ) {
    return response( 200, 'application/xml', Xml::document( xml_text( $type, $name, $value ) ), @headers )
      if ( $request->{type} // '' ) eq 'xml';
    return response( 200, 'application/json', bytes( json_text( tree( $type, $value ) ) ), @headers );
}

sub json_body ( $request, $status ) {
    refuse( $status, 'a body is required' ) unless length $request->{body};
    my $text = Http::utf8_text( $request->{body} ) // refuse( $status, 'the body is not UTF-8' );
    return checked( $status, sub { parse_json($text) } );
}

# Pairs of a query or a form, decoded.
sub pairs ( $text, $status ) {
    my @pairs;
    for ( grep { length } split /&/, $text // '' ) {
        my ( $name, $value ) = map { Http::decode_percent(tr/+/ /r) // refuse( $status, 'a wrong escape' ) } split /=/, $_, 2;
        push @pairs, [ $name, $value // '' ];
    }
    return @pairs;
}

sub values_of ( $name, @pairs ) { map { $_->[1] } grep { ( $_->[0] // '' ) eq $name } @pairs }

# The items of a list in the query: separated by commas or given in several pairs.
sub items ( $request, $name ) {
    my @given = values_of( $name, pairs( $request->{query}, 400 ) );
    my @items = grep { length } map { s/\A\s+|\s+\z//gr } map { split /,/, tidy($_) } @given;
    refuse( 400, "$name is required" ) unless @items;
    return @items;
}

# A canonical number from 0 to the largest safe one, or undef.
sub number_of ($text) {
    return undef unless $text =~ /\A(?:0|[1-9][0-9]{0,18})\z/;
    return undef if $text > ( on('f20') ? 9223372036854775807 : 2**53 - 1 );
    return 0 + $text;
}

# --- pets

sub pet_id ( $request, $status = 400 ) {
    my $id = number_of( $request->{param} ) // refuse( $status, 'petId must be a positive integer' );
    return on('b07') ? $id & 0xFFFFFFFF : $id;
}

sub known_pet ($id) { $Store::pets{$id} // fail( 404, 'no such pet' ) }

# Answers of getPetById that variants keep, by id: [until, value].
my ( %pet_cache, %reply_cache );

sub getPetById ($request) {
    my $id = pet_id($request);
    return cached_reply( $request, $id ) if on('b15');
    my $pet = on('b13') ? cached_pet($id) : known_pet($id);
    return tagged_pet( $request, $pet ) if on('b14');
    return show( $request, 'Pet', 'Pet', $pet );
}

sub cached_reply ( $request, $id ) {
    my $cached = $reply_cache{$id};
    return $cached->[1] if $cached && $cached->[0] > time;
    my $reply = show( $request, 'Pet', 'Pet', known_pet($id) );
    $reply_cache{$id} = [ time + 1, $reply ];
    return $reply;
}

sub cached_pet ($id) {
    my $cached = $pet_cache{$id};
    return $cached->[1] if $cached && $cached->[0] > time;
    my $pet = known_pet($id);
    $pet_cache{$id} = [ time + 5, $pet ];
    return $pet;
}

sub tagged_pet ( $request, $pet ) {
    my @tag = [ ETag => qq{"pet-$pet->{id}"} ];
    return response( 304, undef, '', @tag ) if ( $request->{headers}{'if-none-match'} // '' ) eq $tag[0][1];
    return show( $request, 'Pet', 'Pet', $pet, @tag );
}

sub forget_reply ($id) { delete $reply_cache{$id} }

sub save_pet ($pet) {
    commit(
        sub {
            Store::put_pet($pet);
            delete $pet_cache{ $pet->{id} };
            forget_reply( $pet->{id} );
        }
    );
}

sub updatePet ($request) {
    my $body = pet_body($request);
    refuse( 405, 'the body must be an object' ) unless kind($body) eq 'object';
    my $id = exists $body->{id} ? safe_integer( $body->{id} ) : undef;
    refuse( 400, 'id must be a positive integer' ) if !defined $id || $id < 0;
    my $pet = checked( 405, sub { read_value( 'Pet', $body ) } );
    my $old = known_pet($id);
    $pet = { %$old, %$pet } if on('f07');
    $pet->{category}{name} = lc $pet->{category}{name} if on('f11') && $pet->{category} && defined $pet->{category}{name};
    # A list of one is unpacked as the reader of the XML found it.
    $pet->{photoUrls} = $pet->{photoUrls}[0]
      if on('b30') && $request->{body_kind} eq 'xml' && @{ $pet->{photoUrls} } == 1;
    save_pet($pet);
    return done();
}

sub pet_body ($request) {
    return json_body( $request, 405 ) unless ( $request->{body_kind} // '' ) eq 'xml';
    my $root = checked( 405, sub { Xml::parse( $request->{body} ) } );
    refuse( 405, 'the root must be Pet' ) unless $root->{name} eq 'Pet';
    return checked( 405, sub { decode_xml( 'Pet', $root ) } );
}

sub updatePetWithForm ($request) {
    my $id = pet_id( $request, 405 );
    my %change;
    for ( pairs( $request->{body}, 405 ) ) {
        $change{ $_->[0] } = $_->[1] if $_->[0] =~ /\A(?:name|status)\z/;
    }
    checked( 405, sub { read_value( 'petStatus', $change{status} ) } ) if exists $change{status};
    $change{name} = Schema::text( $change{name}, 'name' ) if exists $change{name};
    my $pet = { %{ known_pet($id) }, %change };
    return slowly_written($pet) if on('b24');
    commit( sub { change_pet( $id, \%change ) } );
    return done();
}

sub change_pet ( $id, $change ) {
    my $pet = $Store::pets{$id} or return;
    Store::put_pet( { %$pet, %$change } );
    forget_reply($id);
}

# Between reading and writing the record others may come in.
sub slowly_written ($pet) {
    return sub ($reply) {
        Loop::after( 0.06, sub { Store::put_pet($pet); $reply->( done() ) } );
    };
}

sub deletePet ($request) {
    my $id  = pet_id($request);
    my $pet = known_pet($id);
    commit( sub { Store::delete_pet($id); delete $pet_cache{$id}; forget_reply($id) } );
    Loop::after( 1.5, sub { Store::put_pet($pet) unless $Store::pets{$id} } ) if on('b38');
    delete $Store::orders{$id} if on('b39');
    return done();
}

sub findPetsByStatus ($request) {
    my %wanted;
    for my $status ( items( $request, 'status' ) ) {
        $wanted{ checked( 400, sub { read_value( 'petStatus', $status, 'status' ) } ) } = 1;
    }
    return show_pets( $request, Store::pets_by( sub ($pet) { $wanted{ $pet->{status} // '' } } ) );
}

sub findPetsByTags ($request) {
    my @tags = items( $request, 'tags' );
    return show_pets( $request, Store::pets_by( sub ($pet) { grep { has_tag( $pet, $_ ) } @tags } ) );
}

sub has_tag ( $pet, $tag ) {
    return $Store::tag_index{$tag}{ $pet->{id} } if on('b18');
    my @names = grep { defined } map { $_->{name} } @{ $pet->{tags} // [] };
    return scalar grep { on('b19') ? index( $_, $tag ) >= 0 : $_ eq $tag } @names;
}

sub show_pets ( $request, $pets ) {
    return show( $request, '[Pet]', 'Pet', $pets ) if $request->{type} eq 'json';
    my ( $root, $item ) = on('f30') ? qw(ArrayList item) : qw(Pets Pet);
    my $list = join '', map { xml_text( 'Pet', $item, $_ ) } @$pets;
    return response( 200, 'application/xml', Xml::document( Xml::element( $root, $list ) ) );
}

sub getInventory ($request) {
    my $inventory = Store::inventory();
    if ( on('f38') ) {
        delete @$inventory{ grep { !$inventory->{$_} } keys %$inventory };
        @$inventory{ 'on-hold', 'in quarantine' } = ( 3, 0 );
    }
    return response( 200, 'application/json', bytes( json_text($inventory) ) );
}

# --- upload

sub uploadFile ($request) {
    my $id    = pet_id($request);
    my $parts = length $request->{body} ? multipart($request) : {};
    known_pet($id);
    my $size = length( $parts->{file} // '' );
    my $meta = Http::utf8_text( $parts->{additionalMetadata} // '' ) // refuse( 400, 'the metadata is not UTF-8' );
    my %reply = ( code => 200, type => 'upload', message => "additionalMetadata: $meta, $size bytes" );
    return response( 200, 'application/json', bytes( json_text( tree( 'ApiResponse', \%reply ) ) ) );
}

# The parts by their names.
sub multipart ($request) {
    my $boundary = $request->{boundary} // refuse( 400, 'a boundary is required' );
    my ( undef, @parts ) = split /(?:\A|\r\n)--\Q$boundary\E/, $request->{body}, -1;
    my $end = pop @parts;
    refuse( 400, 'the last boundary is missing' ) unless defined $end && $end =~ /\A--/;
    my %found;
    for (@parts) {
        my ( $head, $data ) = /\A[ \t]*\r\n(.*?)\r\n\r\n(.*)\z/s or refuse( 400, 'a wrong part' );
        my ($name) = $head =~ /^content-disposition:\s*form-data\b.*?;\s*name\s*=\s*(?:"([^"]*)"|[^\s;]+)/mi;
        refuse( 400, 'a part without a name' ) unless defined $name || $head =~ /;\s*name=/i;
        $found{ $name // '' } = $data;
    }
    return \%found;
}

# --- domains and orders

sub addDomain ($request) {
    my $domain = checked( 405, sub { read_value( 'DomainIn', json_body_of( $request, 405 ) ) } );
    refuse( 405, 'name is required' ) unless ( $domain->{name} // '' ) =~ /\S/;
    my $id = sprintf 'd%04d', $Store::next_domain++;
    $domain->{name} = lc $domain->{name} if on('f11');
    my $stored = $Store::domains{$id} = {
        id => $id, name => $domain->{name}, validate => 'inboxes-verification=' . sha1_hex("domain $id"),
        status => on('f37') ? 'validated' : 'missing validation', active => on('f37') ? 1 : 0,
    };
    my $shown = show( $request, 'Domain', 'Domain', $stored );
    return { %$shown, status => 201, headers => [ @{ $shown->{headers} }, [ Location => "/v2/domain/$id" ] ] } if on('f03');
    return $shown;
}

# Like json_body, for use inside `checked`.
sub json_body_of ( $request, $status ) { json_body( $request, $status ) }

sub placeOrder ($request) {
    my $order = checked( 400, sub { read_value( 'Domain', json_body_of( $request, 400 ) ) } );
    return slowly_numbered( $request, $order ) if on('b25') && !exists $order->{id};
    my $number = exists $order->{id} ? number_of( $order->{id} ) : Store::next_order();
    refuse( 400, 'Invalid Order' ) unless $number;
    my $stored = stored_order( $number, $order );
    $stored = { %$stored, id => "ord-$number-" . substr sha1_hex($number), 0, 6 } if on('f36');
    return show( $request, 'Domain', 'Domain', $stored );
}

sub stored_order ( $number, $order ) {
    return $Store::orders{$number} = { active => 0, %$order, id => "$number", placed => time };
}

# The number is taken when the order comes in, the record is written later.
sub slowly_numbered ( $request, $order ) {
    my $number = Store::next_order();
    return sub ($reply) {
        Loop::after( 0.05, sub { $reply->( show( $request, 'Domain', 'Domain', stored_order( $number, $order ) ) ) } );
    };
}

sub getOrderById ($request) {
    my $number = number_of( $request->{param} );
    my $order = defined $number ? $Store::orders{$number} : undef;
    # Two seconds where the team meant two thousand: the unit is wrong.
    $order = undef if on('b35') && $order && $order->{placed} && time - $order->{placed} > 2;
    return show( $request, 'DomainIn', 'DomainIn', $order ) if $order;
    fail( 400, 'orderId must be an integer from 1 to 10' ) unless $number && $number <= 10;
    fail( 404, 'no such order' );
}

sub deleteOrder ($request) {
    my $number = number_of( $request->{param} );
    fail( 400, 'orderId must be a positive integer' ) unless $number;
    fail( 404, 'no such order' ) unless $Store::orders{$number};
    delete $Store::orders{$number};
    return done();
}

# --- users

my %RESERVED = map { $_ => 1 } qw(login logout createWithList);

# A user to create, or a refusal.
sub new_user ($value) {
    my $user = checked( 400, sub { read_value( 'User', $value ) } );
    my $name = $user->{username} // '';
    refuse( 400, 'username is required' ) unless $name =~ /\S/ && !( on('b11') && !$name );
    refuse( 400, 'this username is reserved' ) if $RESERVED{$name};
    refuse_taken_email($user) if on('f15');
    return house_style($user);
}

sub refuse_taken_email ($user) {
    my $email = $user->{email} // return;
    fail( 409, 'this email is taken' )
      if grep { ( $_->{email} // '' ) eq $email && $_->{username} ne $user->{username} } values %Store::users;
}

# What a server may make of a user: own ids, letter case.
sub house_style ($user) {
    if ( on('f11') ) {
        for (qw(username email)) { $user->{$_} = lc $user->{$_} if defined $user->{$_} }
    }
    if ( on('f10') ) {
        my $known = Store::get_user( $user->{username} );
        $user->{id} = $known ? $known->{id} : $Store::next_user++;
    }
    return $user;
}

sub save_user ($user) {
    commit( sub { Store::put_user( $user->{username}, $user ) } );
}

sub createUser ($request) {
    my $user = new_user( json_body( $request, 400 ) );
    save_user($user);
    return done( '/v2/user/' . join '', map { sprintf '%%%02X', ord } split //, bytes( $user->{username} ) );
}

sub createUsersWithListInput ($request) {
    my $list = json_body( $request, 400 );
    refuse( 400, 'the body must be an array' ) unless kind($list) eq 'array';
    if ( on('b37') ) {
        save_user( new_user($_) ) for @$list;
        return done();
    }
    my @users = map { new_user($_) } @$list;
    save_user($_) for @users;
    return done();
}

# Names to look up are normalised as the stored ones are.
sub tidy ($text) {
    return on('f12') ? NFC($text) =~ s/\A\s+|\s+\z//gr : $text;
}

sub user_name ($request) {
    my $name = tidy( $request->{param} );
    $name =~ s/\.[A-Za-z0-9]+\z// if on('b08');
    refuse( 400, 'a blank username' ) unless $name =~ /\S/ && !( on('b11') && !$name );
    return $name;
}

sub known_user ($name) { Store::get_user($name) // fail( 404, 'no such user' ) }

sub getUserByName ($request) {
    my $name = user_name($request);
    return shared_lookup( $request, $name ) if on('b23');
    check_absent($name) if on('b16');
    return show( $request, 'User', 'User', on('b17') ? replicated_user($name) : known_user($name) );
}

# The name waits in a variable that all requests share.
my $current_name;

sub shared_lookup ( $request, $name ) {
    $current_name = $name;
    return sub ($reply) {
        Loop::after( 0.04, sub { $reply->( Api::guarded( sub { show( $request, 'User', 'User', known_user($current_name) ) } ) ) } );
    };
}

# Who was not found once is not looked for again for a while.
sub check_absent ($name) {
    fail( 404, 'no such user' ) if ( $Store::absent{$name} // 0 ) > time;
    $Store::absent{$name} = time + 4 unless Store::get_user($name);
}

# Every second read comes from a copy that lags.
sub replicated_user ($name) {
    state $turn = 0;
    my $former = $Store::former{ Store::user_key($name) };
    return known_user($name) unless $turn++ % 2 && $former && $former->{until} > time;
    return $former->{user} // fail( 404, 'no such user' );
}

# One variant takes "the logged in user" at its word.
sub check_login ($request) {
    my ($token) = ( $request->{headers}{authorization} // '' ) =~ /\ABearer\s+(\S+)\z/;
    fail( 401, 'log in first', [ 'WWW-Authenticate' => 'Bearer' ] ) unless defined $token && $token =~ /\Atoken-/;
}

sub updateUser ($request) {
    check_login($request) if on('f39');
    my $name = user_name($request);
    my $user = checked( 400, sub { read_value( 'User', json_body_of( $request, 400 ) ) } );
    my $old  = known_user($name);
    $user = { %$old, %$user } if on('f07');
    save_user( house_style( { %$user, username => $name } ) );
    return done();
}

sub deleteUser ($request) {
    check_login($request) if on('f39');
    my $name = user_name($request);
    known_user($name);
    commit( sub { Store::delete_user($name) } );
    return done();
}

sub loginUser ($request) {
    my @pairs = pairs( $request->{query}, 400 );
    my ($name)     = values_of( 'username', @pairs );
    my ($password) = values_of( 'password', @pairs );
    refuse( 400, 'username and password are required' ) unless defined $password && ( $name // '' ) =~ /\S/;
    my $user = Store::get_user( tidy($name) );
    fail( 400, 'Invalid username/password supplied' ) if $user && !same_password( $user->{password} // '', $password );
    $logged_out = 0;
    return show( $request, 'string', 'string', token($name),
        [ 'X-Rate-Limit' => 5000 ], [ 'X-Expires-After' => expiry() ] );
}

sub same_password ( $stored, $given ) {
    # The old crypt(3) looks at eight characters only.
    return substr( $stored, 0, 8 ) eq substr( $given, 0, 8 ) if on('b40');
    return $stored eq $given;
}

sub token ($name) {
    state $count = 0;
    return qq{token-<"} . sha1_hex( bytes( $name . $count++ . time ) ) . qq{\\">&\x{20AC}} if on('f08');
    return 'token-' . sha1_hex( bytes($name) );
}

# In an hour, by the clock of UTC.
sub expiry () {
    my @then = gmtime( time + 3600 );
    my $month = on('b09') ? $then[4] : $then[4] + 1;
    return sprintf '%04d-%02d-%02dT%02d:%02d:%02dZ', $then[5] + 1900, $month, @then[ 3, 2, 1, 0 ];
}

sub logoutUser ($request) {
    $logged_out = 1;
    return done();
}

# --- other clients that use the server at the same time (one variant)

# Ten writes a second.
sub others_write () {
    Loop::after( 0.1, \&others_write );
    state $turn = 0;
    $turn++;
    my $id  = 900 + $turn % 7;
    my $pet = { id => $id, name => "visitor $turn", photoUrls => [], tags => [ { id => 1, name => 'tag1' } ],
        status => (qw(available pending sold))[ $turn % 3 ] };
    $turn % 4 == 3 && $Store::pets{$id} ? Store::delete_pet($id) : Store::put_pet($pet);
    stored_order( Store::next_order(), { name => "visitor$turn.example.com" } ) if $turn % 5 == 0;
    Store::put_user( "visitor$turn", { username => "visitor$turn" } ) if $turn % 6 == 0;
}

1;
