# In-memory storage with what the shop starts with.
class Store
  STATUSES = %w[available pending sold].freeze
  attr_reader :pets, :orders, :users, :domains, :images, :lock

  def initialize
    @lock = Monitor.new
    @pets, @orders, @users, @domains, @images = {}, {}, {}, {}, {}
    [[1, 'Merlin', 'available', %w[tag1 calm]], [2, 'Brioche', 'pending', %w[tag2]], [3, 'Saffron', 'sold', []], [5, 'Basil', 'available', %w[tag3 young]],
     [8, 'Poppy', 'available', %w[calm]], [13, 'Fennel', 'sold', %w[tag1 tag2]], [21, 'Truffle', 'pending', %w[old]], [34, 'Quince', 'available', %w[young loud]],
     [55, 'Sorrel', 'available', []], [89, 'Damson', 'pending', %w[loud]], [144, 'Lovage', 'sold', %w[old calm]], [233, 'Medlar', 'available', %w[rare]], [377, 'Nettle', 'pending', %w[rare tag3]]].each do |id, name, status, tags|
      @pets[id] = { 'id' => id, 'category' => { 'name' => 'farm.example' }, 'name' => name, 'photoUrls' => ["http://img.farm.example/#{id}.png"],
                    'tags' => tags.each_with_index.map { |t, i| { 'id' => i + 1, 'name' => t } }, 'status' => status }
    end
    { 1 => 'barn.example', 4 => 'mill.example', 6 => 'orchard.example' }.each { |id, name| @orders[id] = { 'id' => id.to_s, 'name' => name, 'validate' => '', 'status' => 'validated', 'active' => true } }
    %w[user1 greta ivo].each_with_index { |u, i| @users[u] = { 'id' => i + 1, 'username' => u, 'firstName' => u.capitalize, 'lastName' => 'Farm', 'email' => "#{u}@farm.example", 'password' => "#{u}-secret", 'phone' => '', 'userStatus' => 0 } }
  end
end
