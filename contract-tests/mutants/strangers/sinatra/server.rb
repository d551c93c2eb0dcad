# frozen_string_literal: true
# Inboxes API backend: Sinatra::Base on Puma, in-memory store.
ENV['APP_ENV'] ||= 'production'
ENV['RACK_ENV'] ||= 'production'
require 'sinatra/base'
require 'puma'
require 'puma/server'
require 'puma/events'
require 'json'
require 'yaml'
require 'time'
require 'zlib'
require 'digest'
require 'securerandom'
require 'rexml/document'
require 'rack/multipart'

args = Hash[*ARGV]
PORT = (args['--port'] || 0).to_i
VARIANT = (args['--variant'] || 'plain').to_sym
API_KEYS = (ENV['API_KEYS'] || 'special-key').split(',')
def v?(*ids) = ids.include?(VARIANT)

SAFE = 2**53 - 1
MAX_BODY = 10 * 1024 * 1024
PET_STATUS = %w[available pending sold].freeze

class Refusal < StandardError
  attr_reader :kind
  def initialize(kind, msg = 'invalid') = (@kind = kind; super(msg))
end

# ---------------------------------------------------------------- schemas
module Schema
  TYPES = {
    DomainIn: { 'name' => :string },
    Domain: { 'id' => :string, 'name' => :string, 'validate' => :string,
              'status' => ['missing validation', 'validated'], 'active' => :boolean },
    Tag: { 'id' => :int64, 'name' => :string },
    Pet: { 'id' => :int64, 'category' => :DomainIn, 'name' => :string, 'photoUrls' => [:list, :string],
           'tags' => [:list, :Tag], 'status' => PET_STATUS },
    User: { 'id' => :int64, 'username' => :string, 'firstName' => :string, 'lastName' => :string, 'email' => :string,
            'password' => :string, 'phone' => :string, 'userStatus' => :int32 },
    ApiResponse: { 'code' => :int32, 'type' => :string, 'message' => :string }
  }.freeze
  REQUIRED = { Pet: %w[name photoUrls] }.freeze

  module_function

  def object(value, type)
    raise Refusal.new(:body, 'an object is expected') unless value.is_a?(Hash)
    out = {}
    TYPES[type].each { |k, t| out[k] = check(value[k], t, k) if value.key?(k) }
    (REQUIRED[type] || []).each { |k| raise Refusal.new(:body, "#{k} is required") unless out.key?(k) }
    out
  end

  def check(v, t, name)
    case t
    when :string
      v = v.to_s if v?(:b05) && v.is_a?(Numeric)
      bad(name) unless v.is_a?(String)
      Text.clean(v)
    when :boolean then v == true || v == false ? v : bad(name)
    when :int64, :int32
      v = v.to_i if v.is_a?(Float) && v.finite? && v == v.floor
      max = t == :int64 ? SAFE : 2**31 - 1
      v.is_a?(Integer) && v <= max && v >= -max - (t == :int32 ? 1 : 0) ? v : bad(name)
    when Symbol then object(v, t)
    else
      if t[0] == :list
        return v if v?(:b16) && v.is_a?(String)
        bad(name) unless v.is_a?(Array)
        v.map { |e| check(e, t[1], name) }
      else
        t.include?(v) ? v : bad(name)
      end
    end
  end

  def bad(name) = raise(Refusal.new(:body, "#{name} is invalid"))

  # XML element -> plain value, by the schema
  def from_xml(el, t, name)
    case t
    when :string then xml_text(el)
    when :int64, :int32
      s = xml_text(el).strip
      s.match?(/\A[+-]?\d{1,40}\z/) ? s.to_i : s
    when :boolean
      { 'true' => true, '1' => true, 'false' => false, '0' => false }[xml_text(el).strip]
    when Symbol
      out = {}
      groups = el.elements.to_a.group_by(&:name)
      TYPES[t].each do |k, kt|
        els = groups[k]
        if kt.is_a?(Array) && kt[0] == :list
          if els.nil?
            out[k] = [] if (REQUIRED[t] || []).include?(k)
          elsif v?(:b16) && els.size == 1 && kt[1] == :string
            out[k] = xml_text(els[0])
          else
            out[k] = els.map { |e| from_xml(e, kt[1], k) }
          end
        elsif els
          bad(k) if els.size > 1
          out[k] = from_xml(els[0], kt, k)
        end
      end
      out
    else xml_text(el).strip
    end
  end

  def xml_text(el)
    raise Refusal.new(:body, 'text expected') if el.has_elements?
    return (el.text || '') if v?(:b17)
    el.children.grep(REXML::Text).map do |t|
      unless t.is_a?(REXML::CData)
        raise Refusal.new(:body, 'undefined entity') if t.to_s.match?(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x\h+);)/)
      end
      t.value
    end.join
  end
end

module Text
  module_function
  def clean(s)
    raise Refusal.new(:body, 'invalid text') unless s.valid_encoding?
    s = s.unicode_normalize(:nfc) if v?(:f20)
    s = s.strip if v?(:f21)
    s = s[0, 255] if v?(:b29)
    s = s.sub(/[\u{10000}-\u{10FFFF}].*/m, '') if v?(:b28)
    s
  end

  # percent-decoding; nil where it is broken
  def decode(s, plus: false)
    s = s.dup.force_encoding('BINARY')
    return nil if s.match?(/%(?!\h\h)/n)
    s = s.tr('+', ' ') if plus
    s = s.gsub(/%(\h\h)/n) { $1.hex.chr }.force_encoding('UTF-8')
    s.valid_encoding? ? s : nil
  end

  def pairs(s)
    s.to_s.b.split(/[&]/).reject(&:empty?).map do |kv|
      k, v = kv.split('=', 2)
      [decode(k.to_s, plus: true), decode(v.to_s, plus: true)]
    end
  end
end

# ---------------------------------------------------------------- repository
class Repository
  def initialize
    @lock = Mutex.new
    @pets = {}
    @orders = {}
    @users = {}
    @user_seq = 1000
    @by_status = Hash.new { |h, k| h[k] = [] }
    @by_tag = Hash.new { |h, k| h[k] = [] }
    @order_cache = {}
    seed
  end

  def seed
    12.times do |i|
      n = i + 1
      put_pet_raw('id' => n, 'category' => { 'name' => "domain#{n}.com" }, 'name' => "pet#{n}",
                  'photoUrls' => ["http://img.inboxes.com/#{n}.jpg"],
                  'tags' => [{ 'id' => n, 'name' => "tag#{i % 3 + 1}" }, { 'id' => 100 + n, 'name' => 'seed' }],
                  'status' => PET_STATUS[i % 3])
    end
    @order_top = 10
    (1..10).each { |n| @orders[n] = { 'name' => "order#{n}.com" } }
    (1..10).each do |n|
      @users["user#{n}"] = { 'id' => n, 'username' => "user#{n}", 'firstName' => "First#{n}", 'lastName' => "Last#{n}",
                             'email' => "user#{n}@inboxes.com", 'password' => "pass#{n}", 'phone' => "555-01#{n}", 'userStatus' => 1 }
    end
    @inv = inventory_now if v?(:b13)
  end

  # -- pets
  def pet(id) = @lock.synchronize { @pets[id] }

  # f22: accepted, written by a worker one second later; other writes to the pet flush it first
  def put_later(pet)
    @lock.synchronize { (@pending ||= {})[pet['id']] = pet }
    Thread.new do
      sleep 1.0
      @lock.synchronize { flush(pet['id']) if @pending[pet['id']].equal?(pet) }
    end
  end

  def flush(id)
    p = @pending&.delete(id)
    put_pet_raw(p) if p && @pets.key?(id)
  end

  def put_pet(pet)
    @lock.synchronize do
      return false unless @pets.key?(pet['id'])
      pet = @pets[pet['id']].merge(pet) if v?(:f25)
      put_pet_raw(pet)
    end
    true
  end

  def put_pet_raw(pet)
    old = @pets[pet['id']]
    unindex(old) if old
    @pets[pet['id']] = pet
    @by_status[pet['status']] |= [pet['id']]
    (pet['tags'] || []).each { |t| @by_tag[t['name']] |= [pet['id']] if t['name'] }
  end

  def unindex(pet)
    @by_status[pet['status']] -= [pet['id']]
    return if v?(:b11)
    (pet['tags'] || []).each { |t| @by_tag[t['name']] -= [pet['id']] }
  end

  def patch_pet(id, fields)
    @lock.synchronize do
      flush(id)
      old = @pets[id] or return false
      pet = old.merge(fields)
      if v?(:b12)
        @pets[id] = pet # index keeps the old status
      else
        put_pet_raw(pet)
      end
    end
    true
  end

  def delete_pet(id)
    @lock.synchronize do
      flush(id)
      old = @pets.delete(id) or return false
      unindex(old)
    end
    true
  end

  def pets_by_status(list)
    fresh(:status) { [@by_status.transform_values(&:dup), @pets.dup] }.then do |idx, pets|
      list.uniq.flat_map { |s| idx[s] || [] }.filter_map { |id| pets[id] }.uniq.sort_by { |p| p['id'] }
    end
  end

  def pets_by_tags(list)
    fresh(:tags) { [@by_tag.transform_values(&:dup), @pets.dup] }.then do |idx, pets|
      ids = if v?(:b10)
              idx.select { |k, _| list.any? { |t| k.include?(t) } }.values.flatten
            else
              list.flat_map { |t| idx[t] || [] }
            end
      ids.uniq.filter_map { |id| pets[id] }.sort_by { |p| p['id'] }
    end
  end

  # f24: lists are answered from a read replica that is at most one second old
  def fresh(name)
    @lock.synchronize do
      return yield unless v?(:f24)
      now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      @snap ||= {}
      @snap[name] = [now, yield] if @snap[name].nil? || now - @snap[name][0] > 1.0
      @snap[name][1]
    end
  end

  def inventory_now
    inv = PET_STATUS.to_h { |s| [s, 0] }
    @pets.each_value { |p| inv[p['status']] += 1 if p['status'] }
    inv
  end

  def inventory
    @lock.synchronize do
      return @inv.dup if v?(:b13)
      return inventory_now unless v?(:f23)
      now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      @isnap = [now, inventory_now] if @isnap.nil? || now - @isnap[0] > 1.0
      @isnap[1]
    end
  end

  # -- orders
  def next_order
    n = @order_top + 1
    n += 1 while @orders.key?(n)
    n
  end

  def place(id, order)
    if id.nil? && v?(:b34)
      n = next_order
      sleep 0.02
      @orders[n] = order
      return n
    end
    @lock.synchronize do
      if id.nil?
        id = next_order
        @order_top = id
      end
      @orders[id] = order
    end
    id
  end

  def order(id)
    @lock.synchronize do
      o = @orders[id]
      return o unless v?(:b32)
      @order_cache[id] ||= o
    end
  end

  def delete_order(id) = @lock.synchronize { !@orders.delete(id).nil? }

  # -- users
  def key(name) = Text.clean(name)
  def user(name)
    u = @lock.synchronize { @users[key(name)] }
    u && (u['deleted'] && !v?(:b31) ? nil : u)
  end

  def live?(name) = (u = @users[name]) && !u['deleted']

  def save_users(list)
    @lock.synchronize { list.each { |u| @users[u['username']] = own(u) } }
  end

  def own(u)
    u = u.dup
    u['id'] = (@user_seq += 1) if v?(:f18)
    u['id'] ||= 2**53 + (@user_seq += 2) - 1 if v?(:f39)
    u['email'] = u['email'].downcase if v?(:f19) && u['email']
    u
  end

  def replace_user(name, u)
    name = key(name)
    @lock.synchronize do
      return false unless live?(name)
      old = @users[name]
      u = old.merge(u) if v?(:f25)
      u = { 'id' => nil }.merge(u).merge('username' => name).compact
      saved = own(u)
      saved['id'] = old['id'] if v?(:f18, :f39) && old['id']
      @users[name] = saved
    end
    true
  end

  def delete_user(name)
    name = key(name)
    @lock.synchronize do
      return false unless live?(name)
      v?(:b31) ? @users[name] = @users[name].merge('deleted' => true) : @users.delete(name)
    end
    true
  end
end

REPO = Repository.new

# ---------------------------------------------------------------- presentation
module Present
  module_function
  BAD_XML = /[^\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/

  def esc(s)
    s = s.to_s
    return s if v?(:b18)
    s = s.gsub(BAD_XML, "\u{FFFD}")
    if v?(:f30)
      return s.each_char.map { |c| c.match?(/[a-zA-Z0-9]/) ? c : "&#x#{c.ord.to_s(16)};" }.join if s.length.odd? || s.include?("\r")
      return s.empty? ? s : "<![CDATA[#{s.gsub(']]>', ']]]]><![CDATA[>')}]]>"
    end
    s.gsub('&', '&amp;').gsub('<', '&lt;').gsub('>', '&gt;').gsub("\r", '&#13;')
  end

  def xml_node(name, value, type)
    case value
    when Hash
      inner = +''
      value.each do |k, val|
        next if val.nil?
        sub = (Schema::TYPES[type] || {})[k]
        if val.is_a?(Array)
          if v?(:b20) && k == 'photoUrls'
            inner << "<photoUrls>#{val.map { |e| "<photoUrl>#{esc(e)}</photoUrl>" }.join}</photoUrls>"
          else
            val.each { |e| inner << xml_node(k, e, sub && sub[1]) }
          end
        else
          inner << xml_node(k, val, sub)
        end
      end
      inner = "<!-- #{name} -->\n  #{inner}\n" if v?(:f30)
      "<#{name}>#{inner}</#{name}>"
    else
      "<#{name}>#{esc(value)}</#{name}>" + (v?(:f30) ? "\n  " : '')
    end
  end

  def xml(value, type)
    head = %(<?xml version="1.0" encoding="UTF-8"?>\n)
    if value.is_a?(Array)
      root = v?(:f29) ? 'ArrayOfPet' : 'Pets'
      head + "<#{root}>" + value.map { |e| xml_node('Pet', e, :Pet) }.join + "</#{root}>"
    elsif value.is_a?(String)
      head + "<string>#{esc(value)}</string>"
    else
      root = type.to_s
      root = 'user' if v?(:b19) && type == :User
      head + xml_node(root, value, type)
    end
  end

  def extras(v, type)
    return v unless v?(:f17)
    case v
    when Array then v.map { |e| extras(e, type) }
    when Hash
      return v if type == :Inventory
      v.merge('updatedAt' => Time.now.utc.iso8601(6), '_links' => { 'self' => { 'href' => "/x/#{SecureRandom.hex(4)}" } }, 'revision' => rand(1_000_000))
    else v
    end
  end

  def shuffle(v)
    case v
    when Array then v.map { |e| shuffle(e) }
    when Hash then v.to_a.reverse.to_h { |k, x| [k, shuffle(x)] }
    else v
    end
  end

  def json(value)
    value = shuffle(value) if v?(:f32)
    if v?(:f31)
      return JSON.pretty_generate(value, indent: "\t", object_nl: "\r\n", array_nl: "\r\n", space: '  ', ascii_only: true) + "\r\n"
    end
    JSON.generate(value)
  end
end

# ---------------------------------------------------------------- cache
class TtlCache
  def initialize(ttl) = (@ttl = ttl; @h = {}; @m = Mutex.new)
  def fetch(k)
    now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    @m.synchronize { e = @h[k]; return e[1] if e && now - e[0] < @ttl }
    x = yield
    @m.synchronize { @h[k] = [now, x] } unless x.nil?
    x
  end
  def drop(k) = @m.synchronize { @h.delete(k) }
end
PET_CACHE = TtlCache.new(6)
PAGE_CACHE = TtlCache.new(30)

# ---------------------------------------------------------------- API
class Api < Sinatra::Base
  disable :protection, :static, :sessions, :method_override, :logging, :show_exceptions, :raise_errors, :dump_errors
  set :environment, :production
  set :default_content_type, nil
  set :host_authorization, {} rescue nil

  Op = Struct.new(:id, :verb, :rx, :param, :auth, :bodies, :optional, :accept, :bad_param, :bad_body, :fixed, keyword_init: true)
  OPS = []
  class << self
    def operation(id, verb, template, auth: false, bodies: nil, optional: false, accept: nil, bad_param: 400, bad_body: nil, &handler)
      param = template[/\{(\w+)\}/, 1]
      rx = Regexp.new('\A/v2' + template.gsub(/\{\w+\}/, '([^/]+)') + '\z')
      op = Op.new(id: id, verb: verb, rx: rx, param: param, auth: auth, bodies: bodies, optional: optional, accept: accept,
                  bad_param: bad_param, bad_body: bad_body, fixed: param.nil?)
      OPS << op
      define_method("op_#{id}", &handler)
      pattern = Regexp.new('/v2' + template.gsub(/\{\w+\}/, '(?:[^/]+)'))
      [verb, *('HEAD' if verb == 'GET')].each { |m| route(m, pattern) { run_op } }
    end
  end

  TITLES = { 400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found', 405 => 'Method Not Allowed',
             406 => 'Not Acceptable', 413 => 'Content Too Large', 415 => 'Unsupported Media Type', 429 => 'Too Many Requests',
             500 => 'Internal Server Error', 501 => 'Not Implemented', 503 => 'Service Unavailable' }.freeze

  def self.error_page(st, detail, hdrs = {})
    return [st, hdrs, []] if v?(:f10)
    return [st, hdrs.merge('Content-Type' => 'text/html; charset=iso-8859-1'), ["<html><head><title>#{st} #{TITLES[st]}</title></head><body><h1>#{TITLES[st]}</h1><hr>nginx</body></html>"]] if v?(:f09)
    [st, hdrs.merge('Content-Type' => 'application/problem+json'),
     [JSON.generate('type' => 'about:blank', 'title' => TITLES[st].to_s, 'status' => st, 'detail' => detail)]]
  end

  def problem(st, detail, hdrs = {})
    hdrs = { 'Allow' => @allow.join(', ') }.merge(hdrs) if st == 405 && @allow
    halt(*self.class.error_page(st, detail, hdrs))
  end

  def locate(path)
    ops = OPS.select { |o| o.rx.match?(path) }
    fixed = ops.select(&:fixed)
    fixed.any? ? fixed : ops
  end

  error do
    st, h, b = self.class.error_page(500, 'internal error')
    headers h
    status st
    body b
  end

  before do
    @path = request.path_info.b
    meth = request.request_method
    pre = env['HTTP_ORIGIN'] && env['HTTP_ACCESS_CONTROL_REQUEST_METHOD']
    if meth == 'OPTIONS' && pre
      halt 204, { 'Access-Control-Allow-Methods' => env['HTTP_ACCESS_CONTROL_REQUEST_METHOD'],
                  'Access-Control-Allow-Headers' => env['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'] || '*', 'Access-Control-Max-Age' => '600' }, []
    end
    outside(meth)
    ops = locate(@path)
    problem(404, 'no such path') if ops.empty?
    @allow = ops.map(&:verb).flat_map { |m| m == 'GET' ? %w[GET HEAD] : [m] } + ['OPTIONS']
    @allow -= ['HEAD'] if v?(:f28)
    halt 204, { 'Allow' => @allow.join(', '), 'Access-Control-Allow-Methods' => @allow.join(', ') }, [] if meth == 'OPTIONS'
    problem(405, 'HEAD is not supported') if v?(:f28) && meth == 'HEAD'
    problem(501, 'method not implemented') if v?(:f27) && !%w[GET HEAD POST PUT DELETE PATCH OPTIONS TRACE CONNECT].include?(meth)
    @op = ops.find { |o| o.verb == meth || (o.verb == 'GET' && meth == 'HEAD') }
    if @op.nil? && v?(:b25) && meth == 'PUT' && @path.start_with?('/v2/pet/')
      halt 200, {}, []
    end
    problem(405, "#{meth} is not allowed here") unless @op
  end

  def outside(meth)
    return if @path.start_with?('/v2/')  && @path != '/v2/'
    get = %w[GET HEAD].include?(meth)
    known = case @path
            when '/' then ->() { page }
            when '/v2', '/v2/' then ->() { [302, { 'Location' => '/' }, []] }
            when '/healthz', '/readyz', '/livez' then ->() { [200, { 'Content-Type' => 'application/json' }, ['{"status":"ok"}']] }
            when '/openapi.yaml' then ->() { [200, { 'Content-Type' => 'application/yaml' }, [YAML.dump(doc)]] }
            when '/openapi.json' then ->() { [200, { 'Content-Type' => 'application/json' }, [JSON.generate(doc)]] }
            end
    return unless known
    @allow = %w[GET HEAD OPTIONS]
    halt 204, { 'Allow' => @allow.join(', ') }, [] if meth == 'OPTIONS'
    problem(405, 'method not allowed') unless get
    halt(*known.call)
  end

  def doc
    d = YAML.safe_load(File.read(File.join(__dir__, '../../../../openapi.yaml')))
    d.merge('servers' => [{ 'url' => "#{$base}/v2" }])
  end

  def page
    if env['HTTP_ACCEPT'].to_s.include?('text/html')
      [200, { 'Content-Type' => 'text/html; charset=utf-8' }, ['<!doctype html><title>Inboxes API</title><h1>Inboxes API</h1><a href="/openapi.yaml">document</a>']]
    else
      [200, { 'Content-Type' => 'application/json' }, ['{"name":"Inboxes API","base":"/v2","document":"/openapi.json"}']]
    end
  end

  # --- the guard, in the order of the decisions: key, Accept, size, Content-Type, input
  def run_op
    late_auth = v?(:b03) && @op.id == :getPetById || v?(:b04) && @op.id == :deletePet
    authenticate unless late_auth
    @format = negotiate
    @raw = env['api.body']
    problem(413, 'the body is too large') if @raw.bytesize > MAX_BODY
    if @op.bodies && !@raw.empty?
      mt = env['api.content_type'].to_s.b.split(';', 2).first.to_s.strip.downcase
      mt = '' if @op.id == :createUser && v?(:b07) && env['api.content_type'] != 'application/json'
      problem(415, 'undeclared Content-Type') unless @op.bodies.include?(mt)
      @media = mt
    end
    send("op_#{@op.id}")
  rescue Refusal => e
    problem(e.kind == :param ? @op.bad_param : (e.kind == :id ? 400 : @op.bad_body || @op.bad_param), e.message)
  end

  def authenticate
    return unless @op.auth
    return if v?(:b01) && @op.id == :getInventory
    k = env['HTTP_API_KEY']
    ok = k && API_KEYS.include?(k)
    ok ||= k && !k.empty? && v?(:b02)
    return if ok
    return problem(403, 'forbidden') if v?(:f08)
    problem(401, 'an api_key is needed', 'WWW-Authenticate' => 'ApiKey realm="inboxes"')
  end

  def negotiate
    return nil unless @op.accept
    offers = @op.accept == :both ? %w[application/json application/xml] : %w[application/json]
    acc = env['HTTP_ACCEPT']
    return 'application/json' if acc.nil? || acc.strip.empty?
    if v?(:b21)
      return offers.include?('application/xml') && acc.include?('xml') ? 'application/xml' : 'application/json'
    end
    ranges = acc.b.split(',').filter_map do |part|
      t, *ps = part.split(';').map(&:strip)
      next unless t && t.match?(%r{\A[^\s/]+/[^\s/]+\z}n)
      q = 1.0
      ps.each { |p| q = $1.to_f if p =~ /\Aq\s*=\s*([\d.]+)\z/i }
      [t.downcase, q]
    end
    return 'application/json' if ranges.empty?
    qs = offers.map do |o|
      m = ranges.find { |t, _| t == o } || ranges.find { |t, _| t == 'application/*' } || ranges.find { |t, _| t == '*/*' }
      m ? m[1] : 0.0
    end
    best = qs.max
    problem(406, 'none of the types is acceptable') if best <= 0
    offers[qs.index(best)]
  end

  def param
    @path.match(@op.rx)[1]
  end

  def pet_id
    raw = Text.decode(param)
    if v?(:b37)
      n = raw.to_i
      raise Refusal.new(:param, 'Invalid ID supplied') if n <= 0
      return n
    end
    raise Refusal.new(:param, 'Invalid ID supplied') unless raw&.match?(/\A(0|[1-9]\d*)\z/) && raw.length < 20 && raw.to_i <= SAFE
    raw.to_i
  end

  def username
    n = Text.decode(param)
    n = Text.decode(n, plus: true) if n && v?(:b30) # the helper for forms, once more
    raise Refusal.new(:param, 'Invalid username supplied') if n.nil? || n.strip.empty?
    n
  end

  def query = @query ||= Text.pairs(env['api.query'])

  def query_list(name)
    vals = query.select { |k, _| k == name }.map(&:last)
    raise Refusal.new(:param, "#{name} is required") if vals.empty? || vals.any?(&:nil?)
    items = vals.flat_map { |x| x.split(',') }.map { |x| x.gsub(/\A[[:space:]]+|[[:space:]]+\z/, '') }.reject(&:empty?)
    raise Refusal.new(:param, "#{name} is blank") if items.empty?
    v?(:f20) ? items.map { |x| Text.clean(x) } : items
  end

  def query_one(name)
    _, val = query.find { |k, _| k == name }
    raise Refusal.new(:param, "#{name} is required") if val.nil? || val.strip.empty?
    val
  end

  def json_body
    s = @raw.dup.force_encoding('UTF-8')
    return JSON.parse(s) if v?(:b06) && @op.id == :createUser
    raise Refusal.new(:body, 'invalid UTF-8') unless s.valid_encoding?
    s = s.delete_prefix("\u{FEFF}")
    raise Refusal.new(:body, 'empty body') if s.strip.empty?
    value = JSON.parse(s)
    # Ruby's parser is lenient: it takes comments and unknown escapes
    bare = s.gsub(/"((?:\\.|[^"\\])*)"/m) do
      raise Refusal.new(:body, 'malformed JSON') if $1.match?(/\G(?:\\["\\\/bfnrt]|\\u\h{4}|[^\\])*\z/m) == false
      '0'
    end
    raise Refusal.new(:body, 'malformed JSON') if bare.include?('/')
    value
  rescue JSON::ParserError, EncodingError, ArgumentError => e
    raise if v?(:b06) && @op.id == :createUser
    raise Refusal.new(:body, 'malformed JSON')
  end

  def xml_body(type)
    raise Refusal.new(:body, 'empty body') if @raw.empty?
    s = @raw.dup
    utf = s.dup.force_encoding('UTF-8')
    s = utf if utf.valid_encoding?
    doc = REXML::Document.new(s)
    raise Refusal.new(:body, 'DOCTYPE') if doc.doctype
    raise Refusal.new(:body, 'one root is needed') unless doc.root && doc.elements.size == 1 && doc.root.name == type.to_s
    raise Refusal.new(:body, 'text outside the root') if doc.children.any? { |c| c.is_a?(REXML::Text) && !c.to_s.strip.empty? }
    Schema.from_xml(doc.root, type, type.to_s)
  rescue Refusal
    raise
  rescue StandardError, SystemStackError
    raise Refusal.new(:body, 'malformed XML')
  end

  def answer(value, type, hdrs = {}, st = 200)
    value = Present.extras(value, type)
    fmt = @format || 'application/json'
    text = fmt == 'application/xml' ? Present.xml(value, type) : Present.json(value)
    fmt = %(Application/JSON ; Charset="UTF-8") if v?(:f33) && fmt == 'application/json'
    halt st, hdrs.merge('Content-Type' => fmt), [text]
  end

  def done
    halt 204, {}, [] if v?(:f04)
    halt 200, { 'Content-Type' => 'text/html; charset=utf-8' }, ['<p>Done. <b>Thank you!</b></p>'] if v?(:f05)
    halt 200, {}, []
  end

  J = ['application/json'].freeze

  # --- domain
  operation :addDomain, 'POST', '/domain', auth: true, bodies: J, accept: :json, bad_body: 405 do
    d = Schema.object(json_body, :DomainIn)
    raise Refusal.new(:body, 'name is required') if d['name'].nil? || d['name'].strip.empty?
    id = SecureRandom.hex(12)
    dom = { 'id' => id, 'name' => d['name'], 'validate' => "inboxes-verification=#{SecureRandom.hex(16)}",
            'status' => 'missing validation', 'active' => false }
    dom['status'] = 'pending validation' if v?(:b40)
    halt 204, {}, [] if v?(:f02)
    v?(:f01) ? answer(dom, :Domain, { 'Location' => "/v2/domain/#{id}" }, 201) : answer(dom, :Domain)
  end

  operation :updatePet, 'PUT', '/domain', auth: true, bodies: ['application/json', 'application/xml'], bad_body: 405 do
    begin
      raw = @media == 'application/xml' ? xml_body(:Pet) : json_body
      raise Refusal.new(:body, 'an object is expected') unless raw.is_a?(Hash)
      id = raw['id']
      id = id.to_i if id.is_a?(Float) && id.finite? && id == id.floor
      raise Refusal.new(:id, 'Invalid ID supplied') unless id.is_a?(Integer) && id >= 0 && id <= SAFE
      pet = Schema.object(raw, :Pet)
    rescue Refusal
      raise unless v?(:f07)
      problem(400, 'bad request')
    end
    if v?(:f22)
      problem(404, 'Pet not found') unless REPO.pet(pet['id'])
      REPO.put_later(pet)
      halt 202, {}, []
    end
    problem(404, 'Pet not found') unless REPO.put_pet(pet)
    if v?(:f03)
      @format = nil
      answer(REPO.pet(pet['id']), :Pet)
    end
    done
  end

  # --- pet
  operation :findPetsByStatus, 'GET', '/pet/findByStatus', auth: true, accept: :both do
    list = query_list('status')
    list = list.first(1) if v?(:b09)
    raise Refusal.new(:param, 'Invalid status value') unless list.all? { |s| PET_STATUS.include?(s) } || v?(:b08)
    answer(REPO.pets_by_status(list), :Pet)
  end

  operation :findPetsByTags, 'GET', '/pet/findByTags', auth: true, accept: :both do
    answer(REPO.pets_by_tags(query_list('tags')), :Pet)
  end

  operation :getPetById, 'GET', '/pet/{petId}', auth: true, accept: :both do
    id = pet_id
    pet = v?(:b14) ? PET_CACHE.fetch(id) { REPO.pet(id) } : REPO.pet(id)
    problem(404, 'Pet not found') unless pet
    authenticate if v?(:b03)
    answer(pet, :Pet)
  end

  operation :updatePetWithForm, 'POST', '/pet/{petId}', auth: true, bodies: ['application/x-www-form-urlencoded'], optional: true, bad_param: 405, bad_body: 405 do
    id = pet_id
    fields = {}
    Text.pairs(@raw).each do |k, val|
      raise Refusal.new(:body, 'broken encoding') if k.nil? || val.nil?
      fields[k] = Text.clean(val) if %w[name status].include?(k)
    end
    raise Refusal.new(:body, 'Invalid input') if fields['status'] && !PET_STATUS.include?(fields['status'])
    problem(404, 'Pet not found') unless REPO.patch_pet(id, fields)
    done
  end

  operation :deletePet, 'DELETE', '/pet/{petId}', auth: true do
    id = pet_id
    found = REPO.delete_pet(id)
    authenticate if v?(:b04)
    problem(404, 'Pet not found') unless found
    done
  end

  operation :uploadFile, 'POST', '/pet/{petId}/uploadImage', auth: true, bodies: ['multipart/form-data'], optional: true, accept: :json, bad_body: 400 do
    id = pet_id
    meta = nil
    name = 'nothing'
    size = 0
    unless @raw.empty?
      form = begin
        Rack::Multipart.parse_multipart({ 'CONTENT_TYPE' => env['api.content_type'], 'CONTENT_LENGTH' => @raw.bytesize.to_s,
                                          'rack.input' => StringIO.new(@raw), 'rack.tempfiles' => (tmp = []) })
      rescue StandardError
        nil
      end
      raise Refusal.new(:body, 'malformed multipart') unless form.is_a?(Hash)
      m = form['additionalMetadata']
      m = m[:tempfile].read if m.is_a?(Hash) && m[:tempfile]
      meta = Text.clean(m.to_s.dup.force_encoding('UTF-8').scrub) if m.is_a?(String)
      f = form['file']
      if f.is_a?(Hash) && f[:tempfile]
        data = f[:tempfile].read
        name = f[:filename].to_s.dup.force_encoding('UTF-8').scrub
      elsif f.is_a?(String)
        data = f
        name = 'file'
      end
      if v?(:b35) && data
        data = data.dup.force_encoding('UTF-8')
        data = data.gsub(/\r\n?/, "\n") # normalise line ends
      end
      size = data ? data.bytesize : 0
      Array(tmp).each { |t| t.close! rescue nil }
    end
    problem(404, 'Pet not found') unless REPO.pet(id)
    answer({ 'code' => 200, 'type' => 'unknown', 'message' => "additionalMetadata: #{meta}\nFile uploaded to ./#{name}, #{size} bytes" }, :ApiResponse)
  end

  # --- store
  operation :getInventory, 'GET', '/store/inventory', auth: true, accept: :json do
    answer(REPO.inventory, :Inventory)
  end

  operation :placeOrder, 'POST', '/store/order', bodies: J, accept: :both, bad_body: 400 do
    o = Schema.object(json_body, :Domain)
    id = nil
    if o.key?('id')
      raise Refusal.new(:body, 'Invalid Order') unless o['id'].match?(/\A[1-9]\d{0,15}\z/) && o['id'].to_i <= SAFE
      id = o['id'].to_i
    end
    n = REPO.place(id, { 'name' => o['name'] }.compact)
    answer({ 'id' => v?(:b33) ? n : n.to_s }.merge(o.reject { |k, _| k == 'id' }), :Domain)
  end

  def order_id
    raw = Text.decode(param)
    ok = raw&.match?(/\A-?(0|[1-9]\d*)\z/)
    bad = ->() { v?(:f14) ? problem(404, 'Order not found') : raise(Refusal.new(:param, 'Invalid ID supplied')) }
    bad.call unless ok && raw.length < 20
    n = raw.to_i
    bad.call if n < 1 || n > SAFE
    n
  end

  operation :getOrderById, 'GET', '/store/order/{orderId}', accept: :both do
    n = order_id
    o = REPO.order(n)
    raise Refusal.new(:param, 'Invalid ID supplied') if o.nil? && n > 10 && !v?(:f13)
    problem(404, 'Order not found') unless o
    answer(o, :DomainIn)
  end

  operation :deleteOrder, 'DELETE', '/store/order/{orderId}' do
    problem(404, 'Order not found') unless REPO.delete_order(order_id)
    done
  end

  # --- user
  RESERVED = %w[login logout createWithList].freeze
  def new_user(raw)
    u = Schema.object(raw, :User)
    raise Refusal.new(:body, 'username is required') if u['username'].nil? || u['username'].strip.empty? || RESERVED.include?(u['username'])
    u
  end

  operation :createUser, 'POST', '/user', bodies: J, bad_body: 400 do
    u = new_user(json_body)
    REPO.save_users([u])
    PAGE_CACHE.drop(u['username'])
    answer(REPO.user(u['username']).reject { |k, _| k == 'password' }, :User, {}, 201) if v?(:f06)
    halt 200, {}, []
  end

  operation :createUsersWithListInput, 'POST', '/user/createWithList', bodies: J, bad_body: 400 do
    list = json_body
    raise Refusal.new(:body, 'an array is expected') unless list.is_a?(Array)
    if v?(:b26)
      list.each { |raw| REPO.save_users([new_user(raw)]) }
    else
      users = list.map { |raw| new_user(raw) }
      users = users.each_slice(10).first || [] if v?(:b27)
      REPO.save_users(users)
    end
    halt 200, {}, []
  end

  operation :loginUser, 'GET', '/user/login', accept: :both do
    name = query_one('username')
    pass = v?(:b24) ? (query.find { |k, _| k == 'password' } || [])[1] : query_one('password')
    u = REPO.user(name)
    raise Refusal.new(:param, 'Invalid username/password supplied') if u && pass && u['password'] && u['password'] != Text.clean(pass)
    token = v?(:f15) ? SecureRandom.uuid : Digest::SHA256.hexdigest("inboxes #{name}")[0, 32]
    exp = Time.now.utc + 3600
    answer(token, :string, 'X-Rate-Limit' => '5000', 'X-Expires-After' => v?(:b22) ? exp.httpdate : exp.iso8601)
  end

  operation :logoutUser, 'GET', '/user/logout' do
    halt 302, { 'Location' => "#{$base}/" }, [] if v?(:b39)
    halt 200, {}, []
  end

  @@current = nil
  operation :getUserByName, 'GET', '/user/{username}', accept: :both do
    name = username
    if v?(:b38)
      @@current = REPO.user(name)
      sleep 0.01
      u = @@current
    else
      u = REPO.user(name)
    end
    problem(404, 'User not found') unless u
    u = u.reject { |k, _| k == 'deleted' || (k == 'password' && v?(:f16)) }
    u = Schema::TYPES[:User].keys.to_h { |k| [k, u[k]] } if v?(:b23)
    if v?(:b15)
      type, text = PAGE_CACHE.fetch(name) { [@format, @format == 'application/xml' ? Present.xml(u, :User) : Present.json(u)] }
      halt 200, { 'Content-Type' => type }, [text]
    end
    answer(u, :User)
  end

  operation :updateUser, 'PUT', '/user/{username}', bodies: J, bad_body: 400 do
    name = username
    u = Schema.object(json_body, :User)
    problem(404, 'User not found') unless REPO.replace_user(name, u)
    PAGE_CACHE.drop(name)
    done
  end

  operation :deleteUser, 'DELETE', '/user/{username}' do
    name = username
    problem(404, 'User not found') unless REPO.delete_user(name)
    PAGE_CACHE.drop(name)
    done
  end
end

# ---------------------------------------------------------------- the edge (outermost middleware)
class Edge
  def initialize(app) = (@app = app; @n = 0; @m = Mutex.new)

  def call(env)
    n = @m.synchronize { @n += 1 }
    cors = cors_headers(env)
    st, h, b = handle(env, n)
    text = +''
    text.force_encoding('BINARY')
    b.each { |c| text << c.to_s.b }
    b.close if b.respond_to?(:close)
    h = h.to_h.dup
    h['Vary'] = [h['Vary'], cors.delete('Vary'), ('Accept-Encoding' if v?(:f37))].compact.join(', ')
    h.delete('Vary') if h['Vary'].empty?
    h = cors.merge(h)
    h['X-Content-Type-Options'] = 'nosniff'
    finish(env, st, h, text)
  rescue StandardError
    Api.error_page(env['REQUEST_METHOD'] ? 500 : 400, 'internal error')
  end

  def handle(env, n)
    sleep(0.1 + rand * 0.25) if v?(:f36)
    return Api.error_page(429, 'slow down', 'Retry-After' => '1') if v?(:f11) && (n % 25).zero?
    return Api.error_page(503, 'deploying', 'Retry-After' => '1') if v?(:f12) && (n % 30).zero?
    env['api.query'] = env['QUERY_STRING'].to_s
    env['api.content_type'] = env.delete('CONTENT_TYPE')&.gsub(/[ \t]+;/, ';')
    env['api.body'] = (env['rack.input'] ? env['rack.input'].read : '').to_s.b
    env['rack.input'] = StringIO.new(''.b)
    env['QUERY_STRING'] = ''
    env['CONTENT_LENGTH'] = '0'
    env['PATH_INFO'] = env['PATH_INFO'].to_s
    if v?(:f26) && env['PATH_INFO'].start_with?('/')
      segs = env['PATH_INFO'].sub(%r{(?<=.)/+\z}, '').split('/', -1)
      fixed = %w[v2 domain pet findByStatus findByTags uploadImage store inventory order user createWithList login logout]
      env['PATH_INFO'] = segs.each_with_index.map { |s, i| (i == 3 && segs[2].casecmp?('user')) ? s : (fixed.find { |f| f.casecmp?(s) } || s) }.join('/')
    end
    return @app.call(env) if env['REQUEST_METHOD'] != 'HEAD' || v?(:f28)
    # answered as GET, so that the headers are those of GET; the body is dropped in finish
    env['REQUEST_METHOD'] = 'GET'
    begin
      @app.call(env)
    ensure
      env['REQUEST_METHOD'] = 'HEAD'
    end
  end

  def cors_headers(env)
    o = env['HTTP_ORIGIN']
    c = { 'Access-Control-Expose-Headers' => 'X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate' }
    if o
      c.merge('Access-Control-Allow-Origin' => o.gsub(/[\r\n]/, ''), 'Access-Control-Allow-Credentials' => 'true', 'Vary' => 'Origin')
    else
      c.merge('Access-Control-Allow-Origin' => '*')
    end
  end

  def finish(env, st, h, text)
    bare = [204, 304].include?(st)
    h.delete('Content-Length')
    if v?(:f38) && st == 200 && %w[GET HEAD].include?(env['REQUEST_METHOD'])
      full = text
      tag = %(W/"#{Digest::MD5.hexdigest(full)}")
      h['ETag'] = tag
      h['Cache-Control'] = 'no-cache, private'
      return [304, h.reject { |k, _| k == 'Content-Type' }, []] if env['HTTP_IF_NONE_MATCH'] == tag
    end
    if v?(:f37) && !bare && text.bytesize > 0 && env['HTTP_ACCEPT_ENCODING'].to_s.b.split(',').any? { |e| e.match?(/\A\s*gzip\s*(;\s*q=(1(\.0*)?|0?\.\d*[1-9]\d*)\s*)?\z/in) }
      text = Zlib.gzip(text)
      h['Content-Encoding'] = 'gzip'
    end
    h['Connection'] = 'close' if v?(:f35)
    if bare
      return [st, h, []]
    end
    head = env['REQUEST_METHOD'] == 'HEAD'
    if v?(:f34) && text.bytesize > 0 && env['HTTP_VERSION'] != 'HTTP/1.0' && !head
      return [st, h, Drip.new(text)]
    end
    len = v?(:b36) ? text.dup.force_encoding('UTF-8').length : text.bytesize
    h['Content-Length'] = len.to_s
    [st, h, head ? [] : [text]]
  end
end

class Drip
  def initialize(s) = @s = s
  def each = (0...@s.bytesize).step(7) { |i| yield @s.byteslice(i, 7) }
end

# ---------------------------------------------------------------- boot
# a message that Puma itself cannot take is the client's fault
Puma::Client.prepend(Module.new { def write_error(code) = super(code >= 500 ? 400 : code) })
low = lambda do |_e, *_|
  [400, { 'Content-Type' => 'text/plain', 'Content-Length' => '11', 'Connection' => 'close' }, ["bad request"]]
end
app = Edge.new(Api.new)
opts = { min_threads: 8, max_threads: 16, lowlevel_error_handler: low, environment: 'production' }
server = Puma::Server.new(app, Puma::Events.new(File.open(File::NULL, 'w'), $stderr), opts)
server.min_threads = 8 if server.respond_to?(:min_threads=)
server.max_threads = 16 if server.respond_to?(:max_threads=)
io = server.add_tcp_listener('127.0.0.1', PORT)
$base = "http://127.0.0.1:#{io.addr[1]}"
thread = server.run
$stdout.sync = true
puts "listening on #{$base}/v2"
if v?(:f40)
  Thread.new do
    i = 0
    loop do
      sleep 0.4
      i += 1
      REPO.patch_pet(11, 'name' => "batch-#{i}", 'status' => PET_STATUS[i % 3])
      REPO.save_users([{ 'username' => 'batch-job', 'firstName' => "run #{i}", 'userStatus' => i }])
    end
  end
end
%w[INT TERM].each { |s| trap(s) { exit!(0) } }
thread.join
