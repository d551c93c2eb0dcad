package Store;
# All records, in memory. A change is complete when a function here returns.
use v5.36;
use Time::HiRes 'time';
use Variant;

our ( %pets, %orders, %users, %domains );
our ( $next_order, $next_domain, $next_user ) = ( 11, 1, 1000 );

# Kept beside the records by variants only.
our ( %tag_index, %count, %former, %deleted_users, %absent );

my @NAMES = ( qw(Rex Minka Bello Felix Luna Milo Nala Oskar Paul Ronja Sina Tapsi), "Zo\x{eb}", "\x{732b}" );

sub fill () {
    for my $n ( 1 .. @NAMES ) { put_pet( fixture_pet($n) ) }
    put_pet( { %{ fixture_pet(3) }, id => 9007199254740993, name => 'Far' } ) if on('f20');
    $orders{$_} = { id => "$_", name => "order$_.example.com", active => 0 } for 1 .. 10;
    for my $n ( 1 .. 5 ) { put_user( "user$n", fixture_user($n) ) }
}

sub fixture_pet ($n) {
    return {
        id => $n, name => $NAMES[ $n - 1 ], category => { name => $n % 2 ? 'dogs.example.com' : 'cats.example.com' },
        photoUrls => ["https://img.example.com/$n.jpg"],
        tags   => [ { id => 1 + $n % 3, name => 'tag' . ( 1 + $n % 3 ) } ],
        status => (qw(available pending sold))[ $n % 3 ],
    };
}

sub fixture_user ($n) {
    return {
        id => $n, username => "user$n", firstName => "First$n", lastName => "Last$n", email => "user$n\@example.com",
        password => "secret$n", phone => "555-010$n", userStatus => 1,
    };
}

# --- pets

sub put_pet ($pet) {
    my $id  = $pet->{id};
    my $old = $pets{$id};
    count_change( $old, $pet );
    for ( @{ $pet->{tags} // [] } ) { $tag_index{ $_->{name} }{$id} = 1 if defined $_->{name} }
    $pets{$id} = $pet;
}

# The inventory of one variant is counted along: every write adds, only a changed status subtracts.
sub count_change ( $old, $new ) {
    my ( $before, $after ) = map { $_ ? $_->{status} // '' : '' } $old, $new;
    $count{$after}++ if $new;
    $count{$before}-- if $old && $before ne $after;
}

sub delete_pet ($id) {
    count_change( $pets{$id}, undef );
    delete $pets{$id};
}

sub pets_by ($wanted) {
    my @found = grep { $wanted->($_) } @{ listed_pets() };
    splice @found, 10 if on('b20') && @found > 10;
    return \@found;
}

# All pets by id; one variant shows lists as they were up to a second ago.
sub listed_pets () {
    state $list;
    state $until = 0;
    return $list if on('f06') && $list && time < $until;
    ( $list, $until ) = ( [ map { $pets{$_} } sort { $a <=> $b } keys %pets ], time + 1 );
    return $list;
}

sub inventory () {
    return { map { $_ => $count{$_} // 0 } qw(available pending sold) } if on('b21');
    my %inventory = map { $_ => 0 } qw(available pending sold);
    for ( @{ listed_pets() } ) { $inventory{ $_->{status} }++ if defined $_->{status} }
    return \%inventory;
}

# --- orders

sub next_order () {
    $next_order++ while $orders{$next_order};
    return $next_order;
}

# --- users: kept under a key, which is the name itself but for two variants

sub user_key ($name) {
    return substr $name, 0, 32 if on('b12');
    return lc $name if on('f11');
    return $name;
}

sub put_user ( $name, $user ) {
    my $key = user_key($name);
    remember_former($key);
    $user = { %{ $deleted_users{$key} }, %$user } if on('b36') && $deleted_users{$key};
    $users{$key} = $user;
}

sub get_user ($name) { $users{ user_key($name) } }

sub delete_user ($name) {
    my $key = user_key($name);
    remember_former($key);
    $deleted_users{$key} = delete $users{$key};
}

# What a lagging copy of the data would still show.
sub remember_former ($key) { $former{$key} = { user => $users{$key}, until => time + 1.5 } }

1;
