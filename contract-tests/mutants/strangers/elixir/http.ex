defmodule Http do
  @compile {:no_warn_undefined, Api}
  @limit 10 * 1024 * 1024
  @drain 64 * 1024 * 1024
  @reasons %{200 => "OK", 201 => "Created", 202 => "Accepted", 204 => "No Content", 302 => "Found", 304 => "Not Modified",
    400 => "Bad Request", 401 => "Unauthorized", 403 => "Forbidden", 404 => "Not Found", 405 => "Method Not Allowed",
    406 => "Not Acceptable", 408 => "Request Timeout", 409 => "Conflict", 413 => "Content Too Large", 415 => "Unsupported Media Type", 422 => "Unprocessable Content",
    429 => "Too Many Requests", 431 => "Request Header Fields Too Large", 500 => "Internal Server Error", 501 => "Not Implemented", 503 => "Service Unavailable"}

  def listen(port) do
    {:ok, l} = :gen_tcp.listen(port, [:binary, packet: :raw, active: false, reuseaddr: true, backlog: 1024, nodelay: true, ip: {127, 0, 0, 1}, send_timeout: 30_000])
    {:ok, p} = :inet.port(l)
    IO.puts("listening on http://127.0.0.1:#{p}/v2")
    accept(l)
  end
  defp accept(l) do
    case :gen_tcp.accept(l) do
      {:ok, s} ->
        pid = spawn(fn -> receive do :go -> conn(s, "") end end)
        :gen_tcp.controlling_process(s, pid)
        send(pid, :go)
      _ -> Process.sleep(10)
    end
    accept(l)
  end

  defp conn(s, buf) do
    case head(s, buf) do
      {:ok, h, rest} ->
        case parse(h) do
          {:ok, req} -> serve(s, req, rest)
          {:bad, st, d} ->
            reply(s, %{method: "GET", ver: 1, headers: []}, Api.problem(st, d), true)
            linger(s)
        end
      :close -> :gen_tcp.close(s)
      {:bad, st, d} ->
        reply(s, %{method: "GET", ver: 1, headers: []}, Api.problem(st, d), true)
        linger(s)
    end
  catch
    {:io, _} -> :gen_tcp.close(s)
  end

  defp serve(s, req, rest) do
    if V.is("b36") and Api.refused_key?(req) do
      reply(s, req, Api.handle(Map.put(req, :body, "")), false)
      conn(s, rest)
    else
      if req.ver == 1 and req.framing != {:len, 0} and hdr(req, "expect") =~ ~r/100-continue/i, do: snd(s, "HTTP/1.1 100 Continue\r\n\r\n")
      case body(s, req.framing, rest) do
        {:ok, b, rest} -> finish(s, Map.put(req, :body, b), rest, false)
        {:too_large, rest, close} -> finish(s, Map.put(req, :body, :too_large), rest, close)
        :bad ->
          reply(s, req, Api.problem(400, "malformed body framing"), true)
          linger(s)
      end
    end
  end
  defp finish(s, req, rest, close) do
    req = if V.is("b23") and req.framing == :chunked, do: %{req | body: ""}, else: req
    resp = try do
      Api.handle(req)
    rescue
      e ->
        IO.puts(:stderr, "CRASH #{req.method} #{Exception.format(:error, e, __STACKTRACE__)}")
        Api.problem(400, "the request could not be processed")
    catch
      k, e ->
        IO.puts(:stderr, "CRASH #{req.method} #{inspect({k, e})} #{Exception.format_stacktrace(__STACKTRACE__)}")
        Api.problem(400, "the request could not be processed")
    end
    c = String.downcase(hdr(req, "connection"))
    close = close or (req.ver == 1 and c =~ ~r/\bclose\b/) or (req.ver == 0 and not (c =~ ~r/\bkeep-alive\b/)) or V.is("f25")
    if V.is("f19") and req.ver == 1, do: snd(s, "HTTP/1.1 103 Early Hints\r\nLink: </v2/assets/site.css>; rel=preload; as=style\r\n\r\n")
    reply(s, req, resp, close)
    if close, do: linger(s), else: conn(s, rest)
  end

  defp linger(s) do
    :gen_tcp.shutdown(s, :write)
    drain(s, System.monotonic_time(:millisecond) + 2000)
    :gen_tcp.close(s)
  end
  defp drain(s, t) do
    if System.monotonic_time(:millisecond) < t do
      case :gen_tcp.recv(s, 0, 500) do
        {:ok, _} -> drain(s, t)
        {:error, :timeout} -> drain(s, t)
        _ -> :ok
      end
    end
  end

  defp recv(s, t \\ 30_000) do
    case :gen_tcp.recv(s, 0, t) do
      {:ok, d} -> d
      {:error, e} -> throw({:io, e})
    end
  end
  defp snd(s, d) do
    case :gen_tcp.send(s, d) do
      :ok -> :ok
      {:error, e} -> throw({:io, e})
    end
  end

  defp head(s, "\r\n" <> r), do: head(s, r)
  defp head(s, "\n" <> r), do: head(s, r)
  defp head(s, buf) do
    case Regex.run(~r/\r?\n\r?\n/, buf, return: :index) do
      [{i, n}] when i <= 65_536 -> {:ok, binary_part(buf, 0, i), binary_part(buf, i + n, byte_size(buf) - i - n)}
      _ when byte_size(buf) > 65_536 -> {:bad, 431, "header section too large"}
      _ ->
        case :gen_tcp.recv(s, 0, if(buf == "", do: 60_000, else: 20_000)) do
          {:ok, d} -> head(s, buf <> d)
          {:error, :timeout} when buf != "" -> {:bad, 408, "request not complete in time"}
          _ -> :close
        end
    end
  end

  defp parse(h) do
    [line | lines] = Regex.split(~r/\r?\n/, h)
    with [m, t, v] <- String.split(line, " "),
         true <- m =~ ~r/\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z/ or :method,
         true <- t != "" or :target,
         [_, maj, min] <- Regex.run(~r/\AHTTP\/(\d)\.(\d)\z/, v),
         true <- maj == "1" or :version,
         hs when is_list(hs) <- headers(lines, []) do
      ver = if min == "0", do: 0, else: 1
      req = %{method: m, target: t, ver: ver, headers: hs}
      te = for({"transfer-encoding", x} <- hs, do: x) |> Enum.join(",") |> String.downcase()
      cl = for({"content-length", x} <- hs, do: x) |> Enum.uniq()
      cond do
        ver == 1 and length(for {"host", _} <- hs, do: 1) != 1 -> {:bad, 400, "one Host header is required"}
        te != "" and cl != [] -> {:bad, 400, "both Transfer-Encoding and Content-Length"}
        te != "" and te != "chunked" -> {:bad, 400, "unsupported transfer coding"}
        te == "chunked" -> {:ok, Map.put(req, :framing, :chunked)}
        cl == [] -> {:ok, Map.put(req, :framing, {:len, 0})}
        match?([_], cl) and hd(cl) =~ ~r/\A\d{1,15}\z/ -> {:ok, Map.put(req, :framing, {:len, String.to_integer(hd(cl))})}
        true -> {:bad, 400, "bad Content-Length"}
      end
    else
      _ -> {:bad, 400, "malformed request"}
    end
  end
  defp headers([], acc), do: Enum.reverse(acc)
  defp headers([l | t], acc) do
    case :binary.split(l, ":") do
      [n, v] -> if n =~ ~r/\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z/ and not String.contains?(v, ["\0", "\r"]), do: headers(t, [{lower(n), trim(v)} | acc]), else: :bad
      _ -> :bad
    end
  end
  defp lower(b), do: for(<<c <- b>>, into: "", do: if(c in ?A..?Z, do: <<c + 32>>, else: <<c>>))
  defp trim(v), do: Regex.replace(~r/\A[ \t]+|[ \t]+\z/, v, "")

  def hdr(req, n) do
    v = for({^n, x} <- req.headers, do: x) |> Enum.join(", ")
    if String.valid?(v), do: v, else: for(<<c <- v>>, into: "", do: if(c < 128, do: <<c>>, else: "?"))
  end
  def has?(req, n), do: List.keymember?(req.headers, n, 0)

  defp body(s, {:len, n}, buf) when n <= @limit do
    {b, rest} = need(s, n, buf)
    {:ok, b, rest}
  end
  defp body(s, {:len, n}, buf) when n <= @drain do
    {:too_large, skip(s, n, buf), false}
  end
  defp body(_, {:len, _}, _), do: {:too_large, "", true}
  defp body(s, :chunked, buf), do: chunks(s, buf, [], 0)

  defp need(s, n, buf) when byte_size(buf) < n do
    k = n - byte_size(buf)
    d = need_list(s, k, [])
    <<b::binary-size(n), rest::binary>> = IO.iodata_to_binary([buf, d])
    {b, rest}
  end
  defp need(_, n, buf) do
    <<b::binary-size(n), rest::binary>> = buf
    {b, rest}
  end
  defp need_list(_, k, acc) when k <= 0, do: Enum.reverse(acc)
  defp need_list(s, k, acc) do
    d = recv(s)
    need_list(s, k - byte_size(d), [d | acc])
  end
  defp skip(s, n, buf) when byte_size(buf) < n, do: skip(s, n - byte_size(buf), recv(s))
  defp skip(_, n, buf), do: binary_part(buf, n, byte_size(buf) - n)

  defp line(s, buf) do
    case :binary.split(buf, "\n") do
      [l, r] -> {String.trim_trailing(l, "\r"), r}
      _ when byte_size(buf) > 16_384 -> :bad
      _ -> line(s, buf <> recv(s))
    end
  end
  defp chunks(s, buf, acc, tot) do
    with {l, r} <- line(s, buf), [_, h] <- Regex.run(~r/\A([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?\z/s, l) do
      n = String.to_integer(h, 16)
      cond do
        n == 0 ->
          case trailers(s, r, 0) do
            :bad -> :bad
            r -> if tot > @limit, do: {:too_large, r, false}, else: {:ok, IO.iodata_to_binary(Enum.reverse(acc)), r}
          end
        tot + n > @drain -> {:too_large, "", true}
        true ->
          {b, r} = if tot + n > @limit, do: {"", skip(s, n, r)}, else: need(s, n, r)
          case line(s, r) do
            {"", r} -> chunks(s, r, [b | acc], tot + n)
            _ -> :bad
          end
      end
    else
      _ -> :bad
    end
  end
  defp trailers(_, _, n) when n > 100, do: :bad
  defp trailers(s, r, n) do
    case line(s, r) do
      {"", r} -> r
      {_, r} -> trailers(s, r, n + 1)
      :bad -> :bad
    end
  end

  # ---- answers
  defp reply(s, req, resp, close) do
    headm = req.method == "HEAD"
    body = IO.iodata_to_binary(resp[:body] || "")
    hs = resp.headers
    hs = if resp[:ctype], do: [{"Content-Type", resp.ctype} | hs], else: hs
    json? = resp[:ctype] != nil and String.starts_with?(resp.ctype, "application/json")
    {hs, body} = if V.is("f26") and body != "" do
      hs = vary(hs, "Accept-Encoding")
      if Api.gzip_ok?(hdr(req, "accept-encoding")), do: {[{"Content-Encoding", "gzip"} | hs], :zlib.gzip(body)}, else: {hs, body}
    else
      {hs, body}
    end
    {resp, hs, body} = if V.is("f27") and resp.status == 200 and req.method in ["GET", "HEAD"] and body != "" do
      tag = "W/\"" <> Base.encode16(:erlang.md5(body), case: :lower) <> "\""
      inm = hdr(req, "if-none-match")
      hs = [{"ETag", tag}, {"Cache-Control", "private, no-cache"} | hs]
      if inm == "*" or (inm != "" and String.contains?(inm, String.trim_leading(tag, "W/"))), do: {%{resp | status: 304}, hs, ""}, else: {resp, hs, body}
    else
      {resp, hs, body}
    end
    nobody = resp.status in [204, 304]
    chunk = V.is("f24") and req.ver == 1 and not nobody and body != ""
    hs = cond do
      nobody -> hs
      chunk -> hs ++ [{"Transfer-Encoding", "chunked"}]
      V.is("f25") -> hs
      V.is("b35") and json? -> hs ++ [{"Content-Length", to_string(String.length(body))}]
      true -> hs ++ [{"Content-Length", to_string(byte_size(body))}]
    end
    hs = if close, do: hs ++ [{"Connection", "close"}], else: (if req.ver == 0, do: hs ++ [{"Connection", "keep-alive"}], else: hs)
    hs = [{"Date", date()}, {"Server", "inboxes-elixir"} | hs]
    top = ["HTTP/1.1 ", to_string(resp.status), " ", @reasons[resp.status] || "", "\r\n", Enum.map(hs, fn {k, v} -> [k, ": ", v, "\r\n"] end), "\r\n"]
    cond do
      headm or nobody -> snd(s, top)
      chunk -> snd(s, [top, chunked(body, 0), "0;last\r\n\r\n"])
      true -> snd(s, [top, body])
    end
  end
  def vary(hs, x) do
    case List.keyfind(hs, "Vary", 0) do
      {_, v} -> List.keyreplace(hs, "Vary", 0, {"Vary", v <> ", " <> x})
      nil -> [{"Vary", x} | hs]
    end
  end
  defp chunked("", _), do: []
  defp chunked(b, i) do
    n = min(byte_size(b), 1 + rem(i * 5, 17))
    <<c::binary-size(n), r::binary>> = b
    [Integer.to_string(n, 16), ";n=#{i};note=\"a;b\"\r\n", c, "\r\n" | chunked(r, i + 1)]
  end
  def date(add \\ 0) do
    Calendar.strftime(DateTime.add(DateTime.utc_now(), add, :second), "%a, %d %b %Y %H:%M:%S GMT")
  end
end
