# A small threaded HTTP/1.1 server: keep-alive, chunked bodies, Expect: 100-continue.
require 'socket'
require 'time'

Request = Struct.new(:method, :target, :path, :query, :headers, :body, :version) do
  def [](name) = headers[name]
end
Response = Struct.new(:status, :headers, :body, :early) do
  def self.empty(status = 200) = new(status, {}, '')
end
class BadRequest < StandardError
  attr_reader :status
  def initialize(status, message = 'bad request') = (@status = status; super(message))
end

class HttpServer
  REASONS = { 200 => 'OK', 201 => 'Created', 202 => 'Accepted', 204 => 'No Content', 400 => 'Bad Request', 401 => 'Unauthorized', 403 => 'Forbidden', 404 => 'Not Found',
              405 => 'Method Not Allowed', 406 => 'Not Acceptable', 409 => 'Conflict', 413 => 'Content Too Large', 415 => 'Unsupported Media Type', 422 => 'Unprocessable Content',
              429 => 'Too Many Requests', 500 => 'Internal Server Error', 501 => 'Not Implemented', 503 => 'Service Unavailable' }.freeze
  LIMIT = 10 * 1024 * 1024

  def initialize(host, port, variant, &handler)
    @socket = TCPServer.new(host, port)
    @variant = variant
    @handler = handler
  end

  def port = @socket.addr[1]
  def on?(*ids) = ids.include?(@variant)

  def run
    loop do
      client = @socket.accept
      client.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
      Thread.new { serve(client) }
    end
  end

  def serve(client)
    count = 0
    while IO.select([client], nil, nil, 30)
      request = read(client) or break
      count += 1
      response = @handler.call(request)
      close = request['connection'].to_s.downcase.include?('close') || request.version == '1.0'
      close ||= on?('f04') || (on?('f05') && count >= 5)
      write(client, request, response, close)
      break if close
    end
  rescue BadRequest => e
    client.write("HTTP/1.1 #{e.status} #{REASONS[e.status]}\r\nDate: #{Time.now.httpdate}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n") rescue nil
  rescue IOError, SystemCallError
    nil
  ensure
    client.close rescue nil
  end

  def read(client)
    line = client.gets("\n", 16_384) or return nil
    line = client.gets("\n", 16_384) or return nil if line.strip.empty?
    m = /\A([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (\S+) HTTP\/(1\.[01])\r?\n\z/n.match(line.b) or raise BadRequest.new(400)
    headers = {}
    while (h = client.gets("\n", 16_384)) && !h.strip.empty?
      name, value = h.chomp.split(':', 2)
      raise BadRequest.new(400) if value.nil? || name =~ /\s/
      name = name.downcase
      headers[name] = headers.key?(name) ? "#{headers[name]}, #{value.strip}" : value.strip
    end
    raise BadRequest.new(400) if m[3] == '1.1' && !headers['host']
    target = m[2].sub(%r{\Ahttps?://[^/]+}i, '')
    path, query = target.split('?', 2)
    request = Request.new(m[1], target, path || '/', query || '', headers, nil, m[3])
    client.write("HTTP/1.1 100 Continue\r\n\r\n") if headers['expect'].to_s.downcase == '100-continue'
    request.body = read_body(client, headers)
    request
  end

  def read_body(client, headers)
    if headers['transfer-encoding'].to_s.downcase.end_with?('chunked')
      body = +''.b
      loop do
        size = client.gets.to_s[/\A\h+/]&.hex or raise BadRequest.new(400)
        break if size.zero?
        raise BadRequest.new(413) if body.bytesize + size > LIMIT
        body << client.read(size).to_s
        client.gets
      end
      nil until client.gets.to_s.strip.empty?
      return on?('b28') ? ''.b : body
    end
    length = headers['content-length'] or return ''.b
    raise BadRequest.new(400) unless length.match?(/\A\d+\z/)
    if length.to_i > LIMIT
      left = [length.to_i, 64 * 1024 * 1024].min # read it away, so that the client sees the answer
      left -= (client.readpartial([left, 65_536].min)).bytesize while left.positive?
      raise BadRequest.new(413)
    end
    body = client.read(length.to_i).to_s
    raise BadRequest.new(400) if body.bytesize < length.to_i
    body
  end

  def write(client, request, response, close)
    body = response.body.to_s.b
    headers = { 'Date' => Time.now.httpdate, 'Server' => 'inboxes-rb/1.0' }.merge(response.headers)
    bodiless = response.status == 204 || response.status == 304
    chunked = on?('f06') && !bodiless && request.version == '1.1'
    if chunked then headers['Transfer-Encoding'] = 'chunked'; headers['Trailer'] = 'X-Served-By'
    elsif !bodiless && !(on?('f40') && request.method == 'HEAD') then headers['Content-Length'] = body.bytesize.to_s
    end
    headers['Connection'] = close ? 'close' : 'keep-alive'
    out = +''.b
    out << "HTTP/1.1 103 Early Hints\r\nLink: </docs.css>; rel=preload; as=style\r\n\r\n" if on?('f07') && request.version == '1.1'
    out << "HTTP/1.1 #{response.status} #{on?('f40') ? '' : REASONS[response.status]}\r\n"
    headers.each { |k, v| [v].flatten.each { |x| out << "#{on?('f40') ? k.downcase : k}: #{x}\r\n".b } }
    out << "\r\n"
    unless bodiless || (request.method == 'HEAD' && !on?('b05'))
      if chunked
        body.scan(/.{1,7}/mn) { |c| out << "#{c.bytesize.to_s(16)}\r\n#{c}\r\n" }
        out << "0\r\nX-Served-By: node-3\r\n\r\n"
      else
        out << body
      end
    end
    client.write(out)
  end
end
