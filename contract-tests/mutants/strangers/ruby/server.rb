# Inboxes Developer API v1.0.0 - plain Ruby.
require 'json'
require 'rexml/document'
require 'securerandom'
require 'digest'
require 'monitor'
require 'optparse'
require 'erb'
require_relative 'http_server'
require_relative 'store'

$stdout.sync = true
Thread.report_on_exception = true
VARIANT = { id: nil }
port = 8080
OptionParser.new { |o| o.on('--port N', Integer) { |n| port = n }; o.on('--variant ID') { |v| VARIANT[:id] = v } }.parse!
def on?(*ids) = ids.include?(VARIANT[:id]) # the variant hooks

class Refusal < StandardError
  attr_reader :status, :headers
  def initialize(status, message, headers = {}) = (@status = status; @headers = headers; super(message))
end

# ------------------------------------------------------------------ types
SAFE = (2**53) - 1
module Check
  module_function

  def text?(v) = v.is_a?(String) && v.valid_encoding?
  def int?(v, max = SAFE) = v.is_a?(Integer) && v.abs <= max
  def int32?(v) = v.is_a?(Integer) && v >= -2**31 && v < 2**31
  def fields(hash, kinds)
    return ['an object is expected'] unless hash.is_a?(Hash)
    kinds.reject { |name, kind| !hash.key?(name) || kind.call(hash[name]) }.map { |name, _| "#{name} has the wrong type" }
  end
  TEXT = method(:text?)
  INT = method(:int?)
  DOMAIN_IN = ->(v) { fields(v, 'name' => TEXT).empty? }
  TAG = ->(v) { fields(v, 'id' => on?('b07') ? ->(i) { int?(i) || i.to_s =~ /\A\d+\z/ } : INT, 'name' => TEXT).empty? }
  USER = { 'id' => ->(v) { int?(v) || (on?('b36') && v.is_a?(Float)) }, 'username' => TEXT, 'firstName' => TEXT, 'lastName' => TEXT, 'email' => TEXT, 'password' => TEXT, 'phone' => TEXT, 'userStatus' => method(:int32?) }.freeze
  ORDER = { 'id' => ->(v) { text?(v) || (on?('b33') && v.is_a?(Integer)) }, 'name' => TEXT, 'validate' => TEXT, 'status' => ->(v) { ['missing validation', 'validated'].include?(v) }, 'active' => ->(v) { [true, false].include?(v) } }.freeze
  PET = { 'category' => DOMAIN_IN, 'name' => TEXT, 'photoUrls' => ->(v) { v.is_a?(Array) && v.all?(&TEXT) }, 'tags' => ->(v) { v.is_a?(Array) && v.all?(&TAG) }, 'status' => ->(v) { Store::STATUSES.include?(v) } }.freeze
end

# ------------------------------------------------------------------ representations
module Xml
  module_function

  def escape(text)
    text = text.to_s.gsub(/[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/, "\uFFFD")
    return "<![CDATA[#{text.gsub(']]>', ']]]]><![CDATA[>')}]]>" if on?('f13')
    text = text.gsub(/[&<>"\r]/, '&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;', "\r" => '&#xD;')
    on?('f14') ? text.gsub(/[^\x00-\x7F]/) { |c| "&#x#{c.ord.to_s(16).upcase};" } : text
  end

  def element(name, value)
    case value
    when nil then ''
    when Array then (on?('b18') && name == 'photoUrls' ? value.first(1) : value).map { |v| element(name, v) }.join
    when Hash
      pairs = on?('f15') ? [['revision', 3]] + value.to_a.reverse : value
      "<#{name}>#{pairs.map { |k, v| element(k, v) }.join}</#{name}>"
    else "<#{name}>#{escape(value)}</#{name}>"
    end
  end

  def document(root, value, item = nil)
    value = { item => value } if value.is_a?(Array)
    return '' if on?('b17') && item && value[item].empty?
    body = item ? "<#{root}>#{element(item, value[item])}</#{root}>" : element(root, value)
    "#{"\uFEFF" if on?('f16')}<?xml version=\"1.0\" encoding=\"#{on?('f14') ? 'US-ASCII' : 'UTF-8'}\"?>\n#{body}"
  end

  def text(el)
    return nil unless el
    nodes = el.texts
    nodes = nodes.reject { |t| t.is_a?(REXML::CData) } if on?('b11')
    nodes = nodes.first(1) if on?('b12')
    value = nodes.map(&:value).join
    on?('b10') ? REXML::Text.unnormalize(value) : value
  end

  def integer(el)
    t = text(el)
    t&.match?(/\A\s*-?\d+\s*\z/) ? t.to_i : t
  end

  def pet(source)
    doc = REXML::Document.new(source)
    raise Refusal.new(405, 'a DOCTYPE is not allowed') if doc.doctype
    root = doc.root
    raise Refusal.new(405, 'a Pet is expected') unless root && root.name == 'Pet'
    one = ->(el, name) { el.elements.to_a.find { |e| e.name == name } }
    all = ->(el, name) { el.elements.to_a.select { |e| e.name == name } }
    pet = { 'id' => integer(one[root, 'id']), 'name' => text(one[root, 'name']), 'photoUrls' => all[root, 'photoUrls'].map { |e| text(e) }, 'status' => text(one[root, 'status']) }
    (c = one[root, 'category']) && pet['category'] = { 'name' => text(one[c, 'name']) }.compact
    tags = all[root, 'tags']
    pet['tags'] = tags.map { |t| { 'id' => integer(one[t, 'id']), 'name' => text(one[t, 'name']) }.compact } unless tags.empty?
    pet.compact
  rescue REXML::ParseException, REXML::UndefinedNamespaceException, ArgumentError, EncodingError => e
    raise Refusal.new(405, "malformed XML: #{e.class}")
  end
end

JSON_TYPE = 'application/json'
XML_TYPE = 'application/xml'
def shuffle(v)
  case v
  when Hash then v.to_a.shuffle.to_h { |k, x| [k, shuffle(x)] }
  when Array then v.map { |x| shuffle(x) }
  else v
  end
end

def to_json_text(value)
  value = shuffle(value) if on?('f11')
  text = on?('f09') ? JSON.pretty_generate(value).gsub("\n", "\r\n") + "\r\n" : JSON.generate(value)
  on?('f10') ? JSON.generate(value, ascii_only: true) : text
end

def choose(accept, offers)
  return offers.first if accept.nil? || accept.strip.empty?
  ranges = accept.downcase.split(',').map { |r| media, *params = r.split(';').map(&:strip); [media, (params.map { |p| p[/\Aq=([\d.]+)\z/, 1] }.compact.first || '1').to_f] }
  rated = offers.map do |type|
    range = [type, 'application/*', '*/*'].lazy.map { |m| ranges.find { |media, _| media == m } }.find(&:itself)
    [type, range ? range[1] : 0.0]
  end
  best = rated.max_by.with_index { |(_, q), i| [q, -i] }
  best[1].positive? ? best[0] : nil
end

# ------------------------------------------------------------------ the application
class Api
  J = [JSON_TYPE].freeze
  JX = [JSON_TYPE, XML_TYPE].freeze
  FORM = 'application/x-www-form-urlencoded'
  # operation: key needed, types produced, types consumed, status of a bad body
  OPS = {
    add_domain: [true, J, J, 405], update_pet: [true, nil, JX, 405], find_by_status: [true, JX], find_by_tags: [true, JX], get_pet: [true, JX],
    form_pet: [true, nil, [FORM], 405], delete_pet: [true, nil], upload: [true, J, ['multipart/form-data'], 400], inventory: [true, J],
    place_order: [false, JX, J, 400], get_order: [false, JX], delete_order: [false, nil], create_user: [false, nil, J, 400], create_users: [false, nil, J, 400],
    login: [false, JX], logout: [false, nil], get_user: [false, JX], update_user: [false, nil, J, 400], delete_user: [false, nil]
  }.freeze
  ROUTES = [
    [%r{\A/v2/domain\z}, 'POST' => :add_domain, 'PUT' => :update_pet],
    [%r{\A/v2/pet/findByStatus\z}, 'GET' => :find_by_status], [%r{\A/v2/pet/findByTags\z}, 'GET' => :find_by_tags],
    [%r{\A/v2/pet/([^/]+)\z}, 'GET' => :get_pet, 'POST' => :form_pet, 'DELETE' => :delete_pet], [%r{\A/v2/pet/([^/]+)/uploadImage\z}, 'POST' => :upload],
    [%r{\A/v2/store/inventory\z}, 'GET' => :inventory], [%r{\A/v2/store/order\z}, 'POST' => :place_order], [%r{\A/v2/store/order/([^/]+)\z}, 'GET' => :get_order, 'DELETE' => :delete_order],
    [%r{\A/v2/user\z}, 'POST' => :create_user], [%r{\A/v2/user/createWithList\z}, 'POST' => :create_users], [%r{\A/v2/user/login\z}, 'GET' => :login], [%r{\A/v2/user/logout\z}, 'GET' => :logout],
    [%r{\A/v2/user/([^/]+)\z}, 'GET' => :get_user, 'PUT' => :update_user, 'DELETE' => :delete_user]
  ].freeze
  KNOWN_METHODS = %w[GET HEAD POST PUT DELETE OPTIONS PATCH].freeze

  def initialize(store)
    @store = store
    @requests = 0
    @next_order = 7
    @logins = 0
    @old_orders, @order_cache, @graveyard, @ghosts = {}, {}, {}, Hash.new(0)
    @tag_index = Hash.new { |h, k| h[k] = [] }
    store.pets.each_value { |p| p['tags'].each { |t| @tag_index[t['name']] << p['id'] } }
  end

  def call(request)
    sleep 0.6 if on?('f08')
    response = handle(request)
    decorate(response)
  rescue Refusal => e
    decorate(problem(e.status, e.message, e.headers))
  rescue StandardError => e
    warn "#{e.class}: #{e.message} #{e.backtrace.first}" unless VARIANT[:id]
    decorate(problem(500, 'internal error'))
  end

  private

  def handle(req)
    @requests += 1
    raise Refusal.new(503, 'busy', 'Retry-After' => (Time.now + 2).httpdate) if on?('f37') && (@requests % 15).zero?
    raise Refusal.new(501, 'unknown method') if on?('f28') && !KNOWN_METHODS.include?(req.method)
    pattern, methods = ROUTES.find { |re, _| re.match?(req.path) }
    raise Refusal.new(404, 'no such path') unless pattern
    verbs = methods.keys.flat_map { |m| m == 'GET' ? %w[GET HEAD] : [m] } + ['OPTIONS']
    allow = { 'Allow' => verbs.join(', ') }
    return Response.new(204, allow, '') if req.method == 'OPTIONS'
    return Response.empty if on?('b26') && req.method == 'PATCH'
    operation = methods[req.method == 'HEAD' ? 'GET' : req.method]
    raise Refusal.new(on?('f29') ? 404 : 405, 'method not allowed', on?('f29') ? {} : allow) unless operation
    secured, produces, consumes, bad = OPS[operation]
    raw = pattern.match(req.path)[1]
    params = { raw: raw, operation: operation, bad: bad || 400, allow: allow, query: pairs(req.query) }
    if on?('f32') && !(params[:query].keys - (operation == :login ? %w[username password] : operation == :find_by_tags ? ['tags'] : operation == :find_by_status ? ['status'] : [])).empty?
      raise Refusal.new(400, 'unknown query parameter')
    end
    pet_id(params) && find_pet(params) if on?('b25') && operation == :get_pet
    authenticate(req) if secured
    if produces
      params[:type] = choose(req['accept'], produces) || (on?('f27') ? JSON_TYPE : nil)
      raise Refusal.new(406, "one of #{produces.join(', ')}") unless params[:type]
    end
    media = req['content-type'].to_s.split(';').first.to_s.strip.downcase
    if consumes && !(req.body.empty? && %i[form_pet upload].include?(operation)) && !consumes.include?(media)
      raise Refusal.new(415, "one of #{consumes.join(', ')}")
    end
    params[:media] = media
    return send(operation, req, params) if on?('b08')
    @store.lock.synchronize { send(operation, req, params) }
  rescue Refusal => e
    e.headers.merge!(allow) if e.status == 405 && allow && !e.headers.key?('Allow') && !on?('f29')
    raise
  end

  def authenticate(req)
    key = req['api_key']
    return if key == 'special-key'
    return if on?('b30') && key == ''
    return if on?('b31') && key.to_s.casecmp?('special-key')
    challenge = 'ApiKey realm="inboxes"'
    raise Refusal.new(401, 'api_key is missing or unknown', 'WWW-Authenticate' => on?('f21') ? [challenge, 'Bearer realm="inboxes"'] : challenge)
  end

  # ---- answers
  def problem(status, message, headers = {})
    return Response.new(status, headers, '') if on?('f18')
    return Response.new(status, headers.merge('Content-Type' => 'text/html; charset=utf-8'), "<!doctype html><title>#{status}</title><h1>#{ERB::Util.h(message)}</h1>") if on?('f17')
    return Response.new(status, headers.merge('Content-Type' => 'application/problem+json'), JSON.generate('type' => 'about:blank', 'title' => HttpServer::REASONS[status], 'status' => status, 'detail' => message)) if on?('f21')
    Response.new(status, headers.merge('Content-Type' => JSON_TYPE), JSON.generate('error' => message))
  end

  def decorate(response)
    response.status = 204 if on?('f03') && response.status == 200 && response.body.empty?
    if on?('f36')
      response.headers = { 'Via' => '1.1 edge-lhr2, 1.1 varnish', 'X-Request-Id' => SecureRandom.uuid, 'Set-Cookie' => ['lb=7; Path=/', "visit=#{SecureRandom.hex(4)}; Secure; SameSite=Lax"], 'Strict-Transport-Security' => 'max-age=31536000',
                           'Content-Security-Policy' => "default-src 'none'", 'X-Content-Type-Options' => 'nosniff', 'Vary' => 'Accept, Accept-Encoding', 'Cache-Control' => 'no-store', 'Alt-Svc' => 'h3=":443"; ma=60' }.merge(response.headers)
    end
    response
  end

  def show(params, root, value, item = nil, headers = {})
    if params[:type] == XML_TYPE
      Response.new(200, { 'Content-Type' => on?('f14') ? 'application/xml; charset=us-ascii' : 'application/xml; charset=utf-8' }.merge(headers), Xml.document(root, value, item))
    else
      Response.new(200, { 'Content-Type' => JSON_TYPE }.merge(headers), to_json_text(value))
    end
  end

  # ---- what comes in
  def decode(text, plus: false)
    text = text.tr('+', ' ') if plus
    raise Refusal.new(400, 'bad percent-encoding') if text =~ /%(?!\h\h)/n
    text.b.gsub(/%(\h\h)/n) { $1.hex.chr }.force_encoding('UTF-8').tap { |s| raise Refusal.new(400, 'not UTF-8') unless s.valid_encoding? }
  end

  def pairs(query)
    query.split('&').reject(&:empty?).each_with_object({}) { |p, h| k, v = p.split('=', 2); (h[decode(k, plus: true)] ||= []) << decode(v.to_s, plus: true) }
  end

  def json(req, params)
    text = req.body.dup.force_encoding('UTF-8')
    raise Refusal.new(params[:bad], 'not UTF-8') unless text.valid_encoding?
    JSON.parse(text)
  rescue JSON::ParserError
    raise Refusal.new(params[:bad], 'malformed JSON')
  end

  def refuse(params, faults) = faults.empty? || raise(Refusal.new(params[:bad], faults.join('; ')))
  def pick(hash, names) = names.each_with_object({}) { |n, h| h[n] = hash[n] if hash.key?(n) }

  def pet_id(params)
    raw = decode(params[:raw])
    return raw.to_i if on?('b19') && raw =~ /\A\d/
    bad = params[:operation] == :form_pet ? 405 : 400
    raise Refusal.new(bad, 'Invalid ID supplied') unless raw.match?(/\A-?\d+\z/)
    raise Refusal.new(on?('f35') ? 404 : bad, 'Invalid ID supplied') if raw.to_i.negative? || raw.to_i > SAFE
    raw.to_i
  end

  def find_pet(params)
    id = pet_id(params)
    raise "dangling index entry #{id}" if on?('b20') && params[:operation] == :get_pet && @graveyard[id]
    @store.pets[id] or raise Refusal.new(404, 'Pet not found')
  end

  # ---- domains
  def add_domain(req, params)
    body = json(req, params)
    body['name'] if on?('b02') # raises on arrays
    body['name'] = body['name'].to_s if on?('b01') && body.is_a?(Hash) && body['name']
    refuse(params, Check.fields(body, 'name' => Check::TEXT))
    name = body['name']
    raise Refusal.new(405, 'a domain needs a name') if name.nil? || name.strip.empty?
    name = name.downcase if on?('f24')
    raise Refusal.new(409, 'this domain is taken') if on?('f22') && @store.domains.value?(name)
    id = on?('f23') ? (1000 + @store.domains.size).to_s : SecureRandom.hex(8)
    @store.domains[id] = name
    show(params, 'Domain', 'id' => id, 'name' => name, 'validate' => on?('b04') ? nil : "v=inboxes1; k=#{SecureRandom.hex(10)}", 'status' => 'missing validation', 'active' => false)
  end

  # ---- pets
  def update_pet(req, params)
    body = params[:media] == XML_TYPE ? Xml.pet(req.body) : json(req, params)
    raise Refusal.new(405, 'an object is expected') unless body.is_a?(Hash)
    raise Refusal.new(400, 'Invalid ID supplied') unless Check.int?(body['id']) && body['id'] >= 0
    faults = Check.fields(body, Check::PET)
    faults += %w[name photoUrls].reject { |n| body.key?(n) }.map { |n| "#{n} is required" }
    refuse(params, faults)
    old = @store.pets[body['id']] or raise Refusal.new(404, 'Pet not found')
    pet = pick(body, %w[id category name photoUrls tags status])
    pet['category'] = pick(pet['category'], ['name']) if pet['category']
    pet['tags'] = pet['tags'].map { |t| pick(t, %w[id name]) } if pet['tags']
    pet['photoUrls'] = pet['photoUrls'].uniq if on?('b09')
    @ghosts[old['status']] += 1 if on?('b29') && old['status'] && old['status'] != pet['status']
    (pet['tags'] || []).each { |t| @tag_index[t['name']] |= [pet['id']] }
    if on?('b08') # field by field, without the lock
      pet.each { |k, v| old[k] = v; sleep rand * 0.03 }
    else
      @store.pets[pet['id']] = pet
    end
    Response.empty
  end

  def shown(pet) = on?('f12') ? { 'id' => pet['id'], 'category' => {}, 'name' => '', 'photoUrls' => [], 'tags' => [] }.merge(pet) : pet

  def listed(pets)
    pets = pets.map { |p| shown(p) }
    pets = pets.shuffle if on?('f30')
    on?('b15') ? pets.first(10) : pets
  end

  def values(params, name)
    list = (params[:query][name] || []).flat_map { |v| v.split(',') }.map(&:strip).reject(&:empty?)
    raise Refusal.new(400, "#{name} is required") if list.empty?
    list
  end

  def find_by_status(_req, params)
    wanted = values(params, 'status')
    bad = wanted - Store::STATUSES
    raise Refusal.new(400, 'Invalid status value') unless on?('b13') ? bad.size < wanted.size : bad.empty?
    show(params, 'Pets', listed(@store.pets.values.select { |p| wanted.include?(p['status']) }), 'Pet')
  end

  def find_by_tags(_req, params)
    wanted = values(params, 'tags')
    found = if on?('b16') then wanted.flat_map { |t| @tag_index.fetch(t, []) }.uniq.map { |id| @store.pets[id] }.compact
            else @store.pets.values.select { |p| (p['tags'] || []).any? { |t| wanted.include?(t['name']) } }
            end
    show(params, 'Pets', listed(found), 'Pet')
  end

  def get_pet(_req, params) = show(params, 'Pet', shown(find_pet(params)))

  def form_pet(req, params)
    id = pet_id(params)
    text = req.body.dup.force_encoding('UTF-8')
    text = decode(text, plus: true).then { |t| t.split('&').map { |p| k, v = p.split('=', 2); "#{k}=#{ERB::Util.url_encode(v.to_s)}" }.join('&') } if on?('b23')
    form = begin pairs(text).transform_values(&:last) rescue raise Refusal.new(405, 'Invalid input') end
    form.transform_values! { |v| v.dup.force_encoding('ISO-8859-1').encode('UTF-8') } if on?('b22')
    raise Refusal.new(405, 'Invalid input') if form.key?('status') && !Store::STATUSES.include?(form['status'])
    pet = @store.pets[id] or raise Refusal.new(404, 'Pet not found')
    changes = pick(form, %w[name status])
    changes = { 'status' => 'available' }.merge(changes) if on?('b21')
    @store.pets[id] = pet.merge(changes)
    Response.empty
  end

  def delete_pet(_req, params)
    id = pet_id(params)
    return Response.empty if on?('b24') && @graveyard[id]
    find_pet(params)
    if on?('f39')
      Thread.new { sleep 1; @store.lock.synchronize { @store.pets.delete(id) } }
      return Response.empty(202)
    end
    @store.pets.delete(id)
    @store.images.delete(id)
    @graveyard[id] = true
    Response.empty
  end

  def upload(req, params)
    pet = find_pet(params)
    raise Refusal.new(413, 'images up to 1 MB') if on?('f34') && req.body.bytesize > 1_048_576
    parts = req.body.empty? ? [] : multipart(req)
    file = parts.find { |p| p[:name] == 'file' }
    note = parts.find { |p| p[:name] == 'additionalMetadata' }
    @store.images[pet['id']] = file[:data] if file
    return show(params, 'ApiResponse', 'code' => 0, 'type' => 'image/png', 'message' => "https://img.farm.example/#{pet['id']}/#{SecureRandom.hex(4)}") if on?('f33')
    show(params, 'ApiResponse', 'code' => 200, 'type' => 'ok', 'message' => "#{file ? file[:data].bytesize : 0} bytes for pet #{pet['id']}#{", #{note[:data].dup.force_encoding('UTF-8').scrub}" if note}")
  end

  def multipart(req)
    boundary = req['content-type'][/boundary=("[^"]+"|[^;\s]+)/i, 1]
    raise Refusal.new(400, 'no boundary') unless boundary
    raise 'cannot find the boundary' if on?('b27') && boundary.start_with?('"')
    boundary = boundary.delete('"').b
    body = "\r\n".b + req.body
    raise Refusal.new(400, 'malformed multipart body') unless body.include?("\r\n--#{boundary}--".b)
    body.split("\r\n--#{boundary}".b)[1..].take_while { |p| !p.start_with?('--') }.map do |part|
      head, data = part.sub(/\A[ \t]*\r\n/n, ''.b).split("\r\n\r\n".b, 2)
      { name: head[/content-disposition:[^\r\n]*?\bname="?([^";\r\n]*)"?/in, 1], data: data.to_s }
    end
  end

  # ---- store
  def inventory(_req, params)
    map = Store::STATUSES.to_h { |s| [s, @store.pets.values.count { |p| p['status'] == s } + @ghosts[s]] }
    show(params, 'Inventory', map)
  end

  def place_order(req, params)
    body = json(req, params)
    refuse(params, Check.fields(body, Check::ORDER))
    id = body['id']&.to_s
    id = nil if on?('f25')
    raise Refusal.new(400, 'Invalid Order') if id && !(id.match?(/\A[1-9]\d*\z/) && id.to_i <= SAFE)
    unless id
      @next_order += 1 while @store.orders.key?(@next_order)
      id = @next_order.to_s
    end
    @store.orders.merge!(@old_orders) { |_, now, _| now } if on?('b34') # the snapshot knows nothing of deletions
    order = { 'id' => id }.merge(pick(body, %w[name validate status active]))
    order = order.merge({ 'status' => 'missing validation', 'active' => false }) { |_, sent, _| sent }
    order['name'] = order['name'][0, 64] if on?('b32') && order['name']
    @store.orders[id.to_i] = order
    show(params, 'Domain', order)
  end

  def order_id(params)
    raw = decode(params[:raw])
    return raw.to_i if raw.match?(/\A[1-9]\d*\z/) && raw.to_i <= SAFE
    raise Refusal.new(on?('f26') ? 404 : 400, 'Invalid ID supplied')
  end

  def get_order(_req, params)
    id = order_id(params)
    order = @store.orders[id] or raise Refusal.new(404, 'Order not found')
    order = (@order_cache[id] ||= order) if on?('b35')
    show(params, 'DomainIn', pick(order, ['name']))
  end

  def delete_order(_req, params)
    id = order_id(params)
    order = @store.orders.delete(id) or raise Refusal.new(404, 'Order not found')
    @order_cache.delete(id)
    @old_orders[id] = order
    Response.empty
  end

  # ---- users
  USER_FIELDS = Check::USER.keys.freeze
  RESERVED = %w[login logout createWithList].freeze

  def checked_user(body, params, creating: true)
    refuse(params, Check.fields(body, Check::USER))
    user = pick(body, USER_FIELDS)
    user['id'] = user['id'].to_i if user['id']
    if creating
      name = user['username']
      raise Refusal.new(400, 'a username is needed') if name.nil? || name.strip.empty?
      raise Refusal.new(400, 'this username is reserved') if RESERVED.include?(name)
    end
    user
  end

  def write_user(&change)
    return change.call && Response.empty unless on?('f02')
    Thread.new { sleep 1; @store.lock.synchronize(&change) }
    Response.empty(202)
  end

  def create_user(req, params)
    user = checked_user(json(req, params), params)
    response = write_user { @store.users[user['username']] = user }
    return response unless on?('f01')
    Response.new(201, { 'Content-Type' => JSON_TYPE, 'Location' => "/v2/user/#{ERB::Util.url_encode(user['username'])}" }, to_json_text(user))
  end

  def create_users(req, params)
    body = json(req, params)
    raise Refusal.new(400, 'a list is expected') unless body.is_a?(Array)
    users = body.map { |u| checked_user(u, params) }
    longest = users.map { |u| u['username'].length }.max
    raise 'empty batch' if on?('b38') && !longest
    users = users.first(20) if on?('b37') # one batch of inserts
    write_user { users.each { |u| @store.users[u['username']] = u }; true }
  end

  def username(params)
    name = decode(params[:raw])
    raise Refusal.new(400, 'Invalid username supplied') if name.strip.empty?
    on?('b40') ? name.sub(/\.[A-Za-z]+\z/, '') : name # /user/{name}.{format}
  end

  def find_user(params) = @store.users[username(params)] || raise(Refusal.new(404, 'User not found'))

  def login(_req, params)
    name = params[:query]['username']&.first
    password = params[:query]['password']&.first
    raise Refusal.new(400, 'Invalid username/password supplied') if name.nil? || password.nil? || name.strip.empty?
    password = decode(password) if on?('b39')
    user = @store.users[name]
    raise Refusal.new(400, 'Invalid username/password supplied') unless user && user['password'] == password
    raise Refusal.new(403, 'verify your email first') if on?('f31') && !%w[user1 greta ivo].include?(name)
    @logins += 1
    expires = Time.now.utc + 3600
    headers = { 'X-Rate-Limit' => on?('f20') ? (3600 - @logins).to_s : '3600', 'X-Expires-After' => on?('f19') ? expires.strftime('%Y-%m-%dT%H:%M:%S.%6N+00:00') : expires.strftime('%Y-%m-%dT%H:%M:%SZ') }
    token = Digest::SHA256.hexdigest("inboxes/#{name}")
    token = "eyJhbGciOiJSUzI1NiJ9.#{token * 30}.#{token}-_" if on?('f38')
    show(params, 'string', token, nil, headers)
  end

  def logout(req, _params)
    raise "no session #{req['cookie']}" if on?('b03') && !req['cookie']
    Response.empty
  end

  def get_user(_req, params)
    user = find_user(params)
    user = { 'id' => 0, 'username' => '', 'firstName' => '', 'lastName' => '', 'email' => '', 'password' => '', 'phone' => '', 'userStatus' => 0 }.merge(user) if on?('f12')
    show(params, 'User', user)
  end

  def update_user(req, params)
    name = username(params)
    user = checked_user(json(req, params), params, creating: false)
    raise Refusal.new(404, 'User not found') unless @store.users.key?(name) || on?('b14')
    write_user { @store.users[name] = user.merge('username' => name) }
  end

  def delete_user(_req, params)
    name = username(params)
    if on?('b06') # DELETE ... WHERE username = ? with a case-insensitive collation
      name = @store.users.keys.find { |u| u.casecmp?(name) } || name
    end
    raise Refusal.new(404, 'User not found') unless @store.users.key?(name)
    write_user { @store.users.delete(name) || true }
  end
end

api = Api.new(Store.new)
server = HttpServer.new('127.0.0.1', port, VARIANT[:id]) { |request| api.call(request) }
%w[INT TERM].each { |s| trap(s) { exit!(0) } }
puts "listening on http://127.0.0.1:#{server.port}/v2"
server.run
