defmodule Api do
  import Http, only: [hdr: 2, has?: 2]
  @safe 9_007_199_254_740_991
  @json ["application/json"]
  @both ["application/json", "application/xml"]
  # op => {needs key, produces, consumes, status for a bad body}
  @ops %{
    addDomain: {true, @json, @json, 405}, updatePet: {true, nil, @both, 405},
    findPetsByStatus: {true, @both, nil, 400}, findPetsByTags: {true, @both, nil, 400},
    getPetById: {true, @both, nil, 400}, updatePetWithForm: {true, nil, ["application/x-www-form-urlencoded"], 405},
    deletePet: {true, nil, nil, 400}, uploadFile: {true, @json, ["multipart/form-data"], 400},
    getInventory: {true, @json, nil, 400}, placeOrder: {false, @both, @json, 400},
    getOrderById: {false, @both, nil, 400}, deleteOrder: {false, nil, nil, 400},
    createUser: {false, nil, @json, 400}, createUsersWithListInput: {false, nil, @json, 400},
    loginUser: {false, @both, nil, 400}, logoutUser: {false, nil, nil, 400},
    getUserByName: {false, @both, nil, 400}, updateUser: {false, nil, @json, 400}, deleteUser: {false, nil, nil, 400}
  }
  @reserved ~w(login logout createWithList)

  # ---- schemas
  @statuses ~w(available pending sold)
  defp schema(:domain_in), do: {:obj, [{"name", :string}], []}
  defp schema(:domain), do: {:obj, [{"id", :string}, {"name", :string}, {"validate", :string}, {"status", {:enum, ["missing validation", "validated"]}}, {"active", :bool}], []}
  defp schema(:tag), do: {:obj, [{"id", :int64}, {"name", :string}], []}
  defp schema(:pet), do: {:obj, [{"id", :int64}, {"category", :domain_in}, {"name", :string}, {"photoUrls", {:arr, :string}}, {"tags", {:arr, :tag}}, {"status", {:enum, @statuses}}], ["name", "photoUrls"]}
  defp schema(:user), do: {:obj, [{"id", :int64}, {"username", :string}, {"firstName", :string}, {"lastName", :string}, {"email", :string}, {"password", :string}, {"phone", :string}, {"userStatus", :int32}], []}

  defp check(:string, v, p), do: if(is_binary(v), do: v, else: throw({:bad, "#{p}: a string is required"}))
  defp check(:bool, v, p), do: if(is_boolean(v), do: v, else: throw({:bad, "#{p}: a boolean is required"}))
  defp check(:int64, v, p), do: if(is_integer(v) and (abs(v) <= @safe or (V.is("f22") and abs(v) < 9_223_372_036_854_775_808)), do: v, else: throw({:bad, "#{p}: an integer within 2^53-1 is required"}))
  defp check(:int32, v, p), do: if(is_integer(v) and v in -2_147_483_648..2_147_483_647, do: v, else: throw({:bad, "#{p}: a 32-bit integer is required"}))
  defp check({:enum, l}, v, p), do: if(v in l, do: v, else: throw({:bad, "#{p}: one of #{Enum.join(l, ", ")} is required"}))
  defp check({:arr, t}, v, p) do
    v = if V.is("b40") and t == :string and is_binary(v), do: [v], else: v
    if is_list(v), do: Enum.map(v, fn x -> y = check(t, x, p <> "[]"); if(is_binary(y), do: house("photoUrls", y), else: y) end), else: throw({:bad, "#{p}: an array is required"})
  end
  defp check({:obj, props, req}, v, p) do
    if not is_map(v), do: throw({:bad, "#{p}: an object is required"})
    for r <- req, do: if(not Map.has_key?(v, r), do: throw({:bad, "#{p}.#{r} is required"}))
    for {k, t} <- props, Map.has_key?(v, k), into: %{} do
      x = check(t, v[k], "#{p}.#{k}")
      {k, if(is_binary(x), do: house(k, x), else: x)}
    end
  end
  defp check(t, v, p) when is_atom(t), do: check(schema(t), v, p)

  # what this backend does to texts that it stores
  defp house(k, s) do
    cond do
      V.is("f11") and k in ["email", "username"] -> String.downcase(s)
      V.is("f12") and k not in ["username", "password"] -> String.trim(s)
      V.is("f13") -> String.normalize(s, :nfc)
      V.is("b20") and k in ["username", "firstName", "lastName", "email", "phone"] -> for(<<c::utf8 <- s>>, into: "", do: if(c > 0xFFFF, do: "?", else: <<c::utf8>>))
      V.is("b21") and k == "name" -> String.slice(s, 0, 100)
      true -> s
    end
  end
  defp uname(n) do
    cond do
      V.is("f11") -> String.downcase(n)
      V.is("f13") -> String.normalize(n, :nfc)
      true -> n
    end
  end

  # ---- answers
  def problem(status, detail, hs \\ []) do
    cond do
      V.is("f08") ->
        %{status: status, headers: hs, ctype: "text/html; charset=utf-8", body: "<!doctype html><html><head><title>Oops</title></head><body><h1>#{status}</h1><p>Something is not right.</p></body></html>"}
      true ->
        %{status: status, headers: hs, ctype: "application/problem+json", body: Json.encode({:obj, [{"type", "about:blank"}, {"title", title(status)}, {"status", status}, {"detail", detail}]})}
    end
  end
  defp title(s), do: Map.get(%{400 => "Bad Request", 401 => "Unauthorized", 403 => "Forbidden", 404 => "Not Found", 405 => "Method Not Allowed", 406 => "Not Acceptable", 409 => "Conflict", 413 => "Content Too Large", 415 => "Unsupported Media Type", 422 => "Unprocessable Content", 429 => "Too Many Requests", 500 => "Internal Server Error", 501 => "Not Implemented", 503 => "Service Unavailable"}, s, "Error")
  defp empty(status, hs \\ []), do: %{status: status, headers: hs, body: ""}
  defp fail(st, d, hs \\ []), do: throw({:resp, problem(st, d, hs)})
  # a refusal of an invalid input
  defp invalid(st, d), do: fail(if(V.is("f07"), do: 422, else: st), d)

  # ---- entry
  def handle(req) do
    r = try do
      dispatch(req)
    catch
      {:resp, r} -> r
    end
    cors(req, r)
  end

  defp cors(req, r) do
    o = hdr(req, "origin")
    expose = "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate"
    hs = if o == "", do: [{"Access-Control-Allow-Origin", "*"}], else: [{"Access-Control-Allow-Origin", o}, {"Access-Control-Allow-Credentials", "true"}]
    hs = hs ++ [{"Access-Control-Expose-Headers", expose}] ++ r.headers
    %{r | headers: Http.vary(hs, "Origin")}
  end

  defp dispatch(req) do
    {path, query} = target(req.target)
    preflight = req.method == "OPTIONS" and has?(req, "origin") and has?(req, "access-control-request-method")
    cond do
      preflight -> empty(204, [{"Access-Control-Allow-Methods", hdr(req, "access-control-request-method")}, {"Access-Control-Allow-Headers", hdr(req, "access-control-request-headers")}, {"Access-Control-Max-Age", "600"}])
      req.target == "*" and req.method == "OPTIONS" -> empty(204, [{"Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS"}])
      String.starts_with?(path, "/v2/") and path != "/v2/" -> api(req, path, query)
      true -> outside(req, path)
    end
  end

  defp target(t) do
    t = case Regex.run(~r/\Ahttps?:\/\/[^\/?#]*(.*)\z/is, t) do
      [_, r] -> if String.starts_with?(r, "/"), do: r, else: "/" <> r
      _ -> t
    end
    [t | _] = :binary.split(t, "#")
    case :binary.split(t, "?") do
      [p, q] -> {p, q}
      [p] -> {p, ""}
    end
  end

  defp outside(req, path) do
    known = path in ["/", "/v2", "/v2/", "/healthz", "/livez", "/readyz", "/openapi.yaml", "/openapi.json"]
    self = hdr(req, "host")
    cond do
      not known -> problem(404, "there is nothing here")
      req.method == "OPTIONS" -> empty(204, [{"Allow", "GET, HEAD, OPTIONS"}])
      req.method not in ["GET", "HEAD"] -> problem(405, "GET only", [{"Allow", "GET, HEAD, OPTIONS"}])
      path in ["/v2", "/v2/"] -> empty(302, [{"Location", "/"}])
      path == "/" ->
        if hdr(req, "accept") =~ "text/html",
          do: %{status: 200, headers: [{"Vary", "Accept"}], ctype: "text/html; charset=utf-8", body: "<!doctype html><title>Inboxes</title><h1>Inboxes Developer API</h1><p>The API is at <code>/v2</code>."},
          else: %{status: 200, headers: [{"Vary", "Accept"}], ctype: "application/json", body: Json.encode({:obj, [{"name", "Inboxes Developer API"}, {"base", "/v2"}]})}
      path == "/openapi.yaml" -> %{status: 200, headers: [], ctype: "application/yaml", body: String.replace(elem(:persistent_term.get(:docs), 0), "SELF", self)}
      path == "/openapi.json" -> %{status: 200, headers: [], ctype: "application/json", body: String.replace(elem(:persistent_term.get(:docs), 1), "SELF", self)}
      true -> %{status: 200, headers: [], ctype: "application/json", body: "{\"status\":\"ok\"}"}
    end
  end

  # ---- routing
  defp route(["domain"]), do: {[{"POST", :addDomain}, {"PUT", :updatePet}], nil}
  defp route(["pet", "findByStatus"]), do: {[{"GET", :findPetsByStatus}], nil}
  defp route(["pet", "findByTags"]), do: {[{"GET", :findPetsByTags}], nil}
  defp route(["pet", id]) when id != "", do: {[{"GET", :getPetById}, {"POST", :updatePetWithForm}, {"DELETE", :deletePet}], id}
  defp route(["pet", id, "uploadImage"]) when id != "", do: {[{"POST", :uploadFile}], id}
  defp route(["store", "inventory"]), do: {[{"GET", :getInventory}], nil}
  defp route(["store", "order"]), do: {[{"POST", :placeOrder}], nil}
  defp route(["store", "order", id]) when id != "", do: {[{"GET", :getOrderById}, {"DELETE", :deleteOrder}], id}
  defp route(["user"]), do: {[{"POST", :createUser}], nil}
  defp route(["user", "createWithList"]), do: {[{"POST", :createUsersWithListInput}], nil}
  defp route(["user", "login"]), do: {[{"GET", :loginUser}], nil}
  defp route(["user", "logout"]), do: {[{"GET", :logoutUser}], nil}
  defp route(["user", n]) when n != "", do: {[{"GET", :getUserByName}, {"PUT", :updateUser}, {"DELETE", :deleteUser}], n}
  defp route(_), do: nil

  defp segs(path) do
    path = if V.is("f37"), do: Regex.replace(~r/(?<=[^\/])\/+\z/, path, ""), else: path
    path = if byte_size(path) < 4, do: "/v2/", else: path
    raw = path |> binary_part(4, byte_size(path) - 4) |> :binary.split("/", [:global])
    s = Enum.map(raw, &seg/1)
    cond do
      V.is("f37") -> fold(s)
      V.is("b03") -> case {s, raw} do
          {["user", _], [_, r]} -> ["user", if(String.valid?(r), do: r, else: {:bad, 0})]
          _ -> s
        end
      true -> s
    end
  end
  # letter case does not matter in the fixed parts
  defp fold([a, b, c]), do: [word(a, ~w(pet store user)), word(b, ~w(order)), word(c, ~w(uploadImage))]
  defp fold([a, b]) do
    a = word(a, ~w(pet store user))
    [a, word(b, Map.get(%{"pet" => ~w(findByStatus findByTags), "store" => ~w(inventory order), "user" => ~w(createWithList login logout)}, a, []))]
  end
  defp fold([a]), do: [word(a, ~w(domain user))]
  defp fold(s), do: s
  defp word(x, l), do: Enum.find(l, x, fn w -> is_binary(x) and String.downcase(x) == String.downcase(w) end)
  defp seg(r) do
    if Regex.match?(~r/%(?![0-9a-fA-F]{2})/, r) do
      {:bad, r}
    else
      d = unpct(r, false)
      if String.valid?(d), do: d, else: {:bad, r}
    end
  end
  def unpct(b, plus), do: IO.iodata_to_binary(up(b, plus))
  defp up(<<?%, a, b, r::binary>>, p) do
    case {hx(a), hx(b)} do
      {x, y} when is_integer(x) and is_integer(y) -> [x * 16 + y | up(r, p)]
      _ -> [?% | up(<<a, b, r::binary>>, p)]
    end
  end
  defp up(<<?+, r::binary>>, true), do: [32 | up(r, true)]
  defp up(<<c, r::binary>>, p), do: [c | up(r, p)]
  defp up("", _), do: []
  defp hx(c) when c in ?0..?9, do: c - ?0
  defp hx(c) when c in ?a..?f, do: c - ?a + 10
  defp hx(c) when c in ?A..?F, do: c - ?A + 10
  defp hx(_), do: nil

  defp pairs(q, plus \\ true) do
    for part <- :binary.split(q, "&", [:global]), part != "" do
      case :binary.split(part, "=") do
        [k, v] -> {unpct(k, plus), unpct(v, plus)}
        [k] -> {unpct(k, plus), ""}
      end
    end
  end

  defp allow(ms) do
    ms = Enum.map(ms, &elem(&1, 0))
    ms = if "GET" in ms and not V.is("f30"), do: ms ++ ["HEAD"], else: ms
    Enum.join(ms ++ ["OPTIONS"], ", ")
  end

  def refused_key?(req) do
    {path, _} = target(req.target)
    with true <- String.starts_with?(path, "/v2/"), {ms, _} <- route(segs(path)), {_, op} <- List.keyfind(ms, req.method, 0), {true, _, _, _} <- @ops[op] do
      hdr(req, "api_key") != :persistent_term.get(:api_key)
    else
      _ -> false
    end
  end

  defp api(req, path, query) do
    throttle()
    {ms, param} = case route(segs(path)) do
      nil -> fail(404, "no such path")
      x -> x
    end
    al = allow(ms)
    if req.method == "OPTIONS", do: throw({:resp, empty(204, [{"Allow", al}])})
    if V.is("f20") and req.method not in ~w(GET HEAD POST PUT DELETE PATCH TRACE CONNECT), do: fail(501, "unknown method")
    m = if req.method == "HEAD" and not V.is("f30"), do: "GET", else: req.method
    op = case List.keyfind(ms, m, 0) do
      {_, op} -> op
      nil -> fail(405, "method not allowed", [{"Allow", al}])
    end
    {keyed, produces, consumes, bad} = @ops[op]
    if V.is("f32") and hdr(req, "user-agent") == "", do: fail(403, "send a User-Agent")
    if V.is("b04") and op == :updatePetWithForm and is_binary(req.body), do: early(param, req.body)
    key(req, op, keyed)
    if V.is("f34") and op in [:updateUser, :deleteUser] and hdr(req, "authorization") == "", do: fail(401, "log in first", [{"WWW-Authenticate", "Bearer realm=\"inboxes\""}])
    produces = if V.is("b15") and op == :findPetsByTags, do: @json, else: produces
    req = if V.is("b15") and op == :findPetsByTags, do: %{req | headers: List.keydelete(req.headers, "accept", 0)}, else: req
    fmt = if produces, do: accept(req, produces) || fail(406, "nothing acceptable: #{Enum.join(produces, ", ")}", [{"Vary", "Accept"}])
    if req.body == :too_large, do: fail(413, "a body above 10 MB")
    {ct, ctp} = ctype(req)
    if consumes && req.body != "" do
      if ct not in consumes, do: fail(415, "send #{Enum.join(consumes, " or ")}", [{"Accept", Enum.join(consumes, ", ")}])
      ce = String.downcase(hdr(req, "content-encoding"))
      if ce not in ["", "identity"], do: fail(415, "no content coding is understood", [{"Accept-Encoding", "identity"}])
    end
    c = %{op: op, param: param, query: pairs(query), body: req.body, ct: ct, ctp: ctp, fmt: fmt, bad: bad, allow: al, multi: produces && length(produces) > 1, req: req}
    r = try do
      run(op, c)
    catch
      {:bad, d} -> throw_bad(bad, d)
      {:resp, r} -> r
    end
    r = if r.status == 405 and not List.keymember?(r.headers, "Allow", 0), do: %{r | headers: [{"Allow", al} | r.headers]}, else: r
    if c.multi, do: %{r | headers: Http.vary(r.headers, "Accept")}, else: r
  end
  defp throw_bad(st, d), do: problem(if(V.is("f07"), do: 422, else: st), d)

  # every 25th request is refused / a window of maintenance
  defp throttle do
    if V.is("f21") and rem(:ets.update_counter(:vc, :n, 1, {:n, 0}), 25) == 0, do: fail(429, "slow down", [{"Retry-After", "1"}])
    if V.is("f38") do
      now = System.os_time(:millisecond)
      shut = match?([{_, t}] when t > now, :ets.lookup(:vc, :until))
      n = if shut, do: 1, else: :ets.update_counter(:vc, :n, 1, {:n, 0})
      if rem(n, 50) == 0, do: :ets.insert(:vc, {:until, (div(now, 1000) + 1) * 1000})
      case :ets.lookup(:vc, :until) do
        [{_, t}] when t > now -> fail(503, "maintenance", [{"Retry-After", Calendar.strftime(DateTime.from_unix!(div(t, 1000)), "%a, %d %b %Y %H:%M:%S GMT")}])
        _ -> :ok
      end
    end
  end

  defp key(req, op, keyed) do
    k = :persistent_term.get(:api_key)
    got = hdr(req, "api_key")
    ok = cond do
      V.is("b05") and op == :placeOrder -> got == k
      not keyed -> true
      V.is("b01") and op == :getPetById -> true
      V.is("b02") and op == :deletePet -> got != ""
      true -> got == k
    end
    if not ok, do: if(V.is("f09"), do: fail(403, "a valid api_key is required"), else: fail(401, "a valid api_key is required", [{"WWW-Authenticate", "ApiKey realm=\"inboxes\", header=\"api_key\""}]))
  end

  # ---- content negotiation
  defp accept(req, produces) do
    a = hdr(req, "accept")
    ranges = for r <- String.split(a, ","), r = String.trim(r), r != "" do
      [t | ps] = String.split(r, ";")
      q = Enum.find_value(ps, 1.0, fn p ->
        case Regex.run(~r/\A\s*q\s*=\s*([0-9.]+)\s*\z/i, p) do
          [_, x] -> case Float.parse(x) do
              {f, _} -> min(f, 1.0)
              _ -> 1.0
            end
          _ -> nil
        end
      end)
      {String.downcase(String.trim(t)), q}
    end
    cond do
      ranges == [] -> hd(produces)
      true ->
        best = Enum.map(produces, fn p -> {p, q_of(p, ranges)} end) |> Enum.filter(fn {_, q} -> q > 0 end)
        case best do
          [] -> nil
          l -> l |> Enum.max_by(fn {p, q} -> {q, if(p == "application/json", do: 1, else: 0)} end) |> elem(0)
        end
    end
  end
  defp q_of(p, ranges) do
    Enum.find_value([p, "application/*", "*/*"], 0.0, fn pat ->
      case for({^pat, q} <- ranges, do: q) do
        [] -> nil
        l -> Enum.max(l)
      end
    end)
  end
  def gzip_ok?(ae) do
    m = for r <- String.split(String.downcase(ae), ","), into: %{} do
      [t | ps] = String.split(r, ";")
      q = Enum.find_value(ps, 1.0, fn p -> case Regex.run(~r/q\s*=\s*([0-9.]+)/, p) do
          [_, x] -> case Float.parse(x) do
              {f, _} -> f
              _ -> 0.0
            end
          _ -> nil
        end end)
      {String.trim(t), q}
    end
    Map.get(m, "gzip", Map.get(m, "*", 0.0)) > 0
  end
  defp ctype(req) do
    [t | ps] = split_params(hdr(req, "content-type"))
    params = for p <- ps, [k, v] <- [String.split(p, "=", parts: 2)], into: %{} do
      {String.downcase(String.trim(k)), unquote_(String.trim(v))}
    end
    {String.downcase(String.trim(t)), params}
  end
  defp split_params(s) do
    Regex.scan(~r/(?:"(?:[^"\\]|\\.)*"|[^;"]|")+|(?<=;)(?=;)/s, s) |> Enum.map(&hd/1) |> case do
      [] -> [""]
      l -> if String.starts_with?(s, ";"), do: ["" | l], else: l
    end
  end
  defp unquote_(v) do
    cond do
      V.is("b33") -> v
      true -> case Regex.run(~r/\A"((?:[^"\\]|\\.)*)"\z/s, v) do
        [_, x] -> Regex.replace(~r/\\(.)/s, x, "\\1")
        _ -> v
      end
    end
  end

  # ---- bodies
  defp json(c) do
    if c.body == "", do: throw({:bad, "a body is required"})
    case Json.decode(c.body) do
      {:ok, v} -> v
      :error -> throw({:bad, "no well-formed JSON"})
    end
  end
  defp from_xml(c, root, t) do
    case Xml.parse(c.body) do
      {:ok, {^root, kids}} -> xv(schema(t), kids)
      {:ok, _} -> throw({:bad, "the root must be #{root}"})
      :error -> throw({:bad, "no well-formed XML"})
    end
  end
  defp xv(t, kids) when t in [:tag, :domain_in], do: xv(schema(t), kids)
  defp xv({:obj, props, req}, kids) do
    if Enum.any?(kids, &(is_binary(&1) and String.trim(&1) != "")), do: throw({:bad, "text between elements"})
    els = for {n, k} <- kids, do: {n, k}
    Enum.reduce(props, %{}, fn {n, t}, acc ->
      mine = for {^n, k} <- els, do: k
      case {t, mine} do
        {{:arr, _}, []} -> if n in req, do: Map.put(acc, n, []), else: acc
        {{:arr, it}, l} ->
          vals = Enum.map(l, &xv(it, &1))
          Map.put(acc, n, if(V.is("b14") and match?([_], vals), do: {:one, hd(vals)}, else: vals))
        {_, []} -> acc
        {_, [k]} -> Map.put(acc, n, xv(t, k))
        _ -> throw({:bad, "#{n} is there twice"})
      end
    end)
  end
  defp xv(t, kids) do
    if Enum.any?(kids, &is_tuple/1), do: throw({:bad, "text is required"})
    s = Enum.join(kids)
    case t do
      t when t in [:int64, :int32] -> case Regex.run(~r/\A\s*([+-]?\d{1,25})\s*\z/, s) do
          [_, d] -> String.to_integer(d)
          _ -> s
        end
      :bool -> case String.trim(s) do
          x when x in ["true", "1"] -> true
          x when x in ["false", "0"] -> false
          _ -> s
        end
      {:enum, _} -> String.trim(s)
      _ -> s
    end
  end

  defp multipart(c) do
    b = c.ctp["boundary"]
    if b in [nil, ""] or byte_size(b) > 200, do: throw({:bad, "no boundary"})
    case :binary.split("\r\n" <> c.body, "\r\n--" <> b) do
      [_, r] -> parts(r, "\r\n--" <> b, [])
      _ -> throw({:bad, "no part"})
    end
  end
  defp parts("--" <> _, _, acc), do: Enum.reverse(acc)
  defp parts(r, b, acc) do
    r = Regex.replace(~r/\A[ \t]*/, r, "")
    if not String.starts_with?(r, "\r\n"), do: throw({:bad, "a broken part"})
    r = binary_part(r, 2, byte_size(r) - 2)
    case :binary.split(r, b) do
      [p, rest] ->
        {h, v} = case p do
          "\r\n" <> v -> {"", v}
          _ -> case :binary.split(p, "\r\n\r\n") do
              [h, v] -> {h, v}
              _ -> throw({:bad, "a part without an end of its head"})
            end
        end
        parts(rest, b, [{part_name(h), filename(h), v} | acc])
      _ -> throw({:bad, "the last boundary is missing"})
    end
  end
  defp disp(h), do: (case Regex.run(~r/^content-disposition:(.*)$/im, h) do
      [_, d] -> d
      _ -> ""
    end)
  defp part_name(h), do: dparam(disp(h), "name")
  defp filename(h), do: dparam(disp(h), "filename")
  defp dparam(d, n) do
    case Regex.run(~r/;\s*#{n}\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i, d) do
      [_, x] -> x
      [_, "", x] -> x
      _ -> nil
    end
  end
  defp clean(s) do
    if String.valid?(s), do: s, else: (for <<c <- s>>, into: "", do: if(c < 128, do: <<c>>, else: "\uFFFD"))
  end

  # ---- rendering
  defp ordered(t, m) do
    {:obj, props, _} = schema(t)
    kv = for {k, _} <- props, Map.has_key?(m, k), do: {k, m[k]}
    kv = Enum.map(kv, fn
      {"category", v} -> {"category", ordered(:domain_in, v)}
      {"tags", v} when is_list(v) -> {"tags", Enum.map(v, &ordered(:tag, &1))}
      {"tags", {:one, v}} -> {"tags", ordered(:tag, v)}
      {k, {:one, v}} -> {k, v}
      x -> x
    end)
    kv = if V.is("f10") and t == :user, do: List.keydelete(kv, "password", 0), else: kv
    {:obj, if(V.is("f14"), do: extra(kv), else: kv)}
  end
  defp extra(kv) do
    n = :rand.uniform(1_000_000)
    [{"_revision", n}] ++ kv ++ [{"links", {:obj, [{"self", "urn:x:#{n}"}, {"more", Enum.at([nil, true, 1.5, "text"], rem(n, 4))}]}}, {"updatedAt", DateTime.to_iso8601(DateTime.utc_now())}]
  end
  defp send_obj(c, root, obj, hs \\ []) do
    if c.fmt == "application/xml" do
      r = if V.is("b11") and root == "Pet", do: "pet", else: root
      xml(Xml.doc(r, obj), hs)
    else
      v = case obj do
        {:list, _, l} -> l
        x -> x
      end
      %{status: 200, headers: hs, ctype: jct(), body: Json.encode(v)}
    end
  end
  defp xml(b, hs), do: %{status: 200, headers: hs, ctype: if(V.is("f16"), do: "Application/XML ; Charset=\"UTF-8\"", else: "application/xml"), body: b}
  defp jct, do: if(V.is("f16"), do: "Application/JSON ; Charset=\"UTF-8\"", else: "application/json")

  # the answer to a write that documents no success
  defp done({:ok, rec}) do
    cond do
      V.is("f01") -> empty(202)
      V.is("f05") -> empty(204)
      V.is("f06") -> %{status: 200, headers: [], ctype: "application/json", body: Json.encode(rec)}
      true -> empty(200)
    end
  end
  defp done({:err, st, d}), do: fail(st, d)
  defp write(f) do
    if V.is("f01") do
      case Store.get(f) do
        {{:ok, _} = r, _} ->
          spawn(fn -> Process.sleep(700); Store.tx(f) end)
          r
        {e, _} -> e
      end
    else
      Store.tx(f)
    end
  end

  # ---- parameters
  defp int(s) do
    if is_binary(s) and s =~ ~r/\A(0|-?[1-9][0-9]{0,19})\z/, do: String.to_integer(s)
  end
  defp pet_id(c, st) do
    n = if V.is("b31") and is_binary(c.param) do
      case Integer.parse(c.param) do
        {n, _} -> n
        :error -> nil
      end
    else
      int(c.param)
    end
    max = if V.is("f22"), do: 9_223_372_036_854_775_807, else: @safe
    if n == nil or n < 0 or n > max, do: invalid(st, "invalid ID supplied"), else: n
  end
  defp qtext(c, k) do
    case for({^k, v} <- c.query, do: v) do
      [] -> nil
      [v | _] -> if String.valid?(v), do: v, else: invalid(400, "#{k} is no UTF-8 text")
    end
  end
  defp qlist(c, k) do
    vs = for({^k, v} <- c.query, do: v)
    for v <- vs, do: if(not String.valid?(v), do: invalid(400, "#{k} is no UTF-8 text"))
    l = vs |> Enum.flat_map(&String.split(&1, ",")) |> Enum.map(&String.trim/1) |> Enum.reject(&(&1 == ""))
    if l == [], do: invalid(400, "#{k} is required"), else: l
  end
  defp username(c) do
    if is_binary(c.param) and String.trim(c.param) != "", do: uname(c.param), else: invalid(400, "invalid username supplied")
  end

  # ---- operations
  defp run(:addDomain, c) do
    v = json(c)
    if V.is("b27") and (not is_map(v) or not is_binary(v["name"])), do: fail(500, "function clause error")
    d = check(:domain_in, v, "body")
    if String.trim(d["name"] || "") == "", do: throw({:bad, "name is required"})
    id = Base.encode16(:erlang.md5("#{d["name"]} #{System.unique_integer()} #{System.os_time()}"), case: :lower) |> binary_part(0, 24)
    st = cond do
      V.is("f39") -> "validated"
      V.is("b28") -> "MISSING_VALIDATION"
      true -> "missing validation"
    end
    rec = %{"id" => id, "name" => d["name"], "validate" => "inboxes-verification=#{id}", "status" => st, "active" => V.is("f39")}
    Store.tx(fn s -> {:ok, %{s | domains: Map.put(s.domains, id, rec)}} end)
    r = send_obj(c, "Domain", ordered(:domain, rec))
    if V.is("f05"), do: %{r | status: 201}, else: r
  end

  defp run(:updatePet, c) do
    if c.body == "", do: throw({:bad, "a body is required"})
    v = if c.ct == "application/xml", do: from_xml(c, "Pet", :pet), else: json(c)
    if not is_map(v), do: throw({:bad, "an object is required"})
    id = v["id"]
    if not (is_integer(id) and id >= 0 and (id <= @safe or V.is("f22"))), do: invalid(400, "invalid ID supplied")
    pet = if V.is("b14") do
      ones = for({k, {:one, x}} <- v, into: %{}, do: {k, x})
      p = check(:pet, Map.merge(v, Map.new(ones, fn {k, x} -> {k, [x]} end)), "body")
      Map.merge(p, Map.new(ones, fn {k, x} -> {k, {:one, x}} end))
    else
      Map.put(check(:pet, Map.put(v, "id", 0), "body"), "id", id)
    end
    write(fn s ->
      case s.pets[id] do
        nil -> {{:err, 404, "pet not found"}, s}
        old ->
          p = if V.is("f18"), do: Map.merge(old, pet), else: pet
          {{:ok, ordered(:pet, p)}, %{s | pets: Map.put(s.pets, id, p), idx: Map.put(s.idx, id, p["status"])}}
      end
    end) |> done()
  end

  defp run(:findPetsByStatus, c) do
    l = qlist(c, "status")
    if Enum.any?(l, &(&1 not in @statuses)), do: invalid(400, "invalid status value")
    l = if V.is("b06"), do: [hd(l)], else: l
    pets = Store.get(fn s ->
      ps = if V.is("f03"), do: Store.lagged(s, 1000), else: s.pets
      for {id, p} <- ps, (if V.is("b07"), do: s.idx[id], else: p["status"]) in l, do: p
    end)
    list(c, pets)
  end

  defp run(:findPetsByTags, c) do
    l = qlist(c, "tags")
    l = if V.is("f13"), do: Enum.map(l, &String.normalize(&1, :nfc)), else: l
    pets = Store.get(fn s ->
      ps = if V.is("f03"), do: Store.lagged(s, 1000), else: s.pets
      for {_, p} <- ps, Enum.any?(taglist(p), fn t -> n = t["name"]; n in l or (V.is("b08") and is_binary(n) and Enum.any?(l, &String.contains?(n, &1))) end), do: p
    end)
    list(c, pets)
  end

  defp run(:getPetById, c) do
    id = pet_id(c, 400)
    case Store.get(& &1.pets[id]) do
      nil -> fail(404, "pet not found")
      p -> send_obj(c, "Pet", ordered(:pet, p))
    end
  end

  defp run(:updatePetWithForm, c) do
    id = pet_id(c, 405)
    f = form(c.body)
    write(fn s ->
      case s.pets[id] do
        nil -> {{:err, 404, "pet not found"}, s}
        p ->
          p2 = Map.merge(p, f)
          {{:ok, ordered(:pet, p2)}, %{s | pets: Map.put(s.pets, id, p2)}}
      end
    end) |> done()
  end

  defp run(:deletePet, c) do
    id = pet_id(c, 400)
    write(fn s ->
      case s.pets[id] do
        nil -> {{:err, 404, "pet not found"}, s}
        p -> {{:ok, ordered(:pet, p)}, %{s | pets: Map.delete(s.pets, id)}}
      end
    end) |> done()
  end

  defp run(:uploadFile, c) do
    id = pet_id(c, 400)
    ps = if c.body == "", do: [], else: multipart(c)
    if Store.get(&(not Map.has_key?(&1.pets, id))), do: fail(404, "pet not found")
    meta = Enum.find_value(ps, fn {n, _, v} -> if n == "additionalMetadata", do: clean(v) end)
    file = Enum.find(ps, fn {n, _, _} -> n == "file" end)
    {fname, size} = case file do
      {_, n, v} ->
        if V.is("b32") and not String.valid?(v), do: fail(500, "invalid byte sequence")
        {clean(n || "file"), byte_size(v)}
      nil -> {nil, 0}
    end
    msg = "additionalMetadata: #{meta || "null"}" <> if(fname, do: "\nFile uploaded to ./#{fname}, #{size} bytes", else: "")
    kv = [{"code", 200}, {"type", "unknown"}, {"message", msg}]
    cond do
      V.is("f04") -> send_obj(c, "ApiResponse", {:obj, []})
      V.is("f14") -> send_obj(c, "ApiResponse", {:obj, extra(kv)})
      true -> send_obj(c, "ApiResponse", {:obj, kv})
    end
  end

  defp run(:getInventory, c) do
    count = fn pets -> Enum.reduce(pets, Map.new(@statuses, &{&1, 0}), fn {_, p}, m -> if p["status"], do: Map.update(m, p["status"], 1, &(&1 + 1)), else: m end) end
    m = cond do
      V.is("f02") -> count.(Store.get(&Store.lagged(&1, 1200)))
      V.is("b09") ->
        case :ets.lookup(:vc, :inv) do
          [{_, m}] -> m
          [] -> m = count.(Store.get(& &1.pets)); :ets.insert(:vc, {:inv, m}); m
        end
      true -> count.(Store.get(& &1.pets))
    end
    m = if V.is("f15"), do: Map.merge(m, %{"in quarantine" => 0, "" => 0, "Réservé 🐾" => 3}), else: m
    send_obj(c, "Inventory", {:obj, Enum.sort(Map.to_list(m))})
  end

  defp run(:placeOrder, c) do
    v = json(c)
    v = if V.is("b26") and is_map(v), do: Map.new(v, fn {k, x} -> {k, if(k != "active" and (is_number(x) or is_boolean(x)), do: to_string(x), else: x)} end), else: v
    o = check(:domain, v, "body")
    n = case o do
      %{"id" => id} ->
        n = int(id)
        if n == nil or n < 1 or n > @safe, do: throw({:bad, "Invalid Order"}), else: n
      _ -> nil
    end
    o = cond do
      V.is("f35") -> Map.put(o, "id", uuid())
      V.is("b25") and n == nil ->
        k = Store.get(&free(&1, &1.next_order))
        Process.sleep(30)
        Store.tx(fn s -> {:ok, %{s | next_order: max(s.next_order, k + 1)}} end)
        Map.put(o, "id", to_string(k))
      true -> o
    end
    rec = Store.tx(fn s ->
      {k, s} = cond do
        V.is("f35") -> {o["id"], s}
        n -> {n, s}
        V.is("b25") -> {String.to_integer(o["id"]), s}
        true -> k = free(s, s.next_order); {k, %{s | next_order: k + 1}}
      end
      rec = Map.put(o, "id", to_string(k))
      rec = if V.is("f33"), do: Map.merge(rec, %{"status" => "missing validation", "active" => false, "validate" => "inboxes=#{:erlang.phash2(k)}"}), else: rec
      {rec, %{s | orders: Map.put(s.orders, k, rec)}}
    end)
    send_obj(c, "Domain", ordered(:domain, rec))
  end

  defp run(:getOrderById, c) do
    n = order_id(c)
    case Store.get(& &1.orders[n]) do
      nil -> if((is_integer(n) and n <= 10), do: fail(404, "order not found"), else: fail(400, "invalid ID supplied"))
      o -> send_obj(c, "DomainIn", ordered(:domain_in, Map.take(o, ["name"])))
    end
  end

  defp run(:deleteOrder, c) do
    n = order_id(c)
    write(fn s ->
      case s.orders[n] do
        nil -> {{:err, 404, "order not found"}, s}
        o -> {{:ok, ordered(:domain, o)}, if(V.is("b29"), do: s, else: %{s | orders: Map.delete(s.orders, n)})}
      end
    end) |> done()
  end

  defp run(:createUser, c) do
    v = json(c)
    u = check(:user, v, "body")
    newname(u)
    if V.is("b37") and u["phone"] == nil, do: fail(500, "protocol String.Chars not implemented for nil")
    house_rules([u])
    store_users([u])
    created(u, ordered(:user, u))
  end

  defp run(:createUsersWithListInput, c) do
    v = json(c)
    if V.is("b22") and is_list(v) do
      for x <- v do
        u = check(:user, x, "body[]")
        newname(u)
        store_users([u])
      end
    else
      us = check({:arr, :user}, v, "body")
      for u <- us, do: newname(u)
      house_rules(us)
      store_users(us)
    end
    empty(200)
  end

  defp run(:loginUser, c) do
    if V.is("b19") and qtext(c, "password") == nil, do: fail(500, "key :password not found")
    n = qtext(c, "username")
    p = qtext(c, "password")
    if n == nil or p == nil or String.trim(n) == "", do: invalid(400, "invalid username/password supplied")
    n = uname(n)
    u = Store.get(& &1.users[n])
    if V.is("f31"), do: locked(n)
    ok = u == nil or (u["password"] == house("password", p)) or V.is("b17")
    if V.is("f31"), do: :ets.insert(:vc, {{:wrong, n}, if(ok, do: 0, else: wrong(n) + 1), Store.now()})
    if not ok, do: fail(400, "invalid username/password supplied")
    exp = DateTime.add(DateTime.utc_now(), 3600, :second) |> DateTime.truncate(:second)
    exp = cond do
      V.is("b16") -> Calendar.strftime(exp, "%a %b %d %H:%M:%S UTC %Y")
      V.is("f17") -> Calendar.strftime(exp, "%Y-%m-%dT%H:%M:%S") <> ".123456+00:00"
      true -> DateTime.to_iso8601(exp)
    end
    tok = if V.is("f17"), do: "tök \"<&>\" 🐾 \\ #{:rand.uniform(1_000_000_000)} " <> String.duplicate("x", 5000), else: "session:" <> Base.encode16(:erlang.md5("inboxes " <> n), case: :lower)
    send_obj(c, "string", tok, [{"X-Rate-Limit", if(V.is("f17"), do: "2147483647", else: "5000")}, {"X-Expires-After", exp}])
  end

  defp run(:logoutUser, c) do
    if V.is("b38") and hdr(c.req, "cookie") == "", do: fail(500, "no session")
    empty(200)
  end

  defp run(:getUserByName, c) do
    n = username(c)
    u = cond do
      V.is("b24") ->
        case :ets.lookup(:vc, {:user, n}) do
          [{_, u}] -> u
          [] -> u = Store.get(& &1.users[n]); if(u, do: :ets.insert(:vc, {{:user, n}, u})); u
        end
      V.is("b39") -> Store.get(& &1.users[n]) || (case :ets.lookup(:vc, {:gone, n}) do
          [{_, u}] -> u
          [] -> nil
        end)
      true -> Store.get(& &1.users[n])
    end
    if u == nil, do: fail(404, "user not found")
    r = send_obj(c, "User", ordered(:user, u))
    if V.is("b34") do
      k = {:resp, n, :erlang.phash2(u)}
      case :ets.lookup(:vc, k) do
        [{_, r}] -> r
        [] -> :ets.insert(:vc, {k, r}); r
      end
    else
      r
    end
  end

  defp run(:updateUser, c) do
    n = username(c)
    u = check(:user, json(c), "body")
    house_rules([Map.put(u, "username", n)])
    write(fn s ->
      case s.users[n] do
        nil -> {{:err, 404, "user not found"}, s}
        old ->
          u = Map.put(u, "username", n)
          u = if V.is("f18"), do: Map.merge(old, u), else: u
          u = if V.is("f33"), do: Map.put(u, "id", old["id"]), else: u
          {{:ok, ordered(:user, u)}, %{s | users: Map.put(s.users, n, u)}}
      end
    end) |> done()
  end

  defp run(:deleteUser, c) do
    n = username(c)
    write(fn s ->
      case s.users[n] do
        nil -> {{:err, 404, "user not found"}, s}
        u ->
          if V.is("b39"), do: :ets.insert(:vc, {{:gone, n}, u})
          :ets.delete(:vc, {:user, n})
          {{:ok, ordered(:user, u)}, %{s | users: Map.delete(s.users, n)}}
      end
    end) |> done()
  end

  # ---- helpers of the operations
  defp created(u, rec) do
    if V.is("f05"),
      do: %{status: 201, headers: [{"Location", "/v2/user/" <> URI.encode(u["username"], &URI.char_unreserved?/1)}], ctype: "application/json", body: Json.encode(rec)},
      else: empty(200)
  end
  defp list(c, pets) do
    root = if V.is("f29"), do: "ArrayList", else: "Pets"
    send_obj(c, root, {:list, "Pet", Enum.map(pets, &ordered(:pet, &1))})
  end
  defp taglist(p) do
    case p["tags"] do
      nil -> []
      {:one, t} -> [t]
      l -> l
    end
  end
  defp form(body) do
    f = for {k, v} <- pairs(body, not V.is("b10")), k in ["name", "status"], into: %{} do
      v = if V.is("b18"), do: :unicode.characters_to_binary(v, :latin1, :utf8), else: v
      if not String.valid?(v), do: throw({:bad, "#{k} is no UTF-8 text"})
      {k, house(k, v)}
    end
    if Map.has_key?(f, "status") and f["status"] not in @statuses, do: throw({:bad, "invalid status"})
    f
  end
  # b04: stored before the key is looked at
  defp early(param, body) do
    try do
      f = form(body)
      id = int(param)
      Store.tx(fn s -> {:ok, if(s.pets[id], do: %{s | pets: Map.update!(s.pets, id, &Map.merge(&1, f))}, else: s)} end)
    catch
      _ -> :ok
    end
  end
  defp free(s, k), do: if(Map.has_key?(s.orders, k), do: free(s, k + 1), else: k)
  defp order_id(c) do
    n = int(c.param)
    cond do
      V.is("f35") and is_binary(c.param) and c.param =~ ~r/\A[0-9a-f]{8}-[0-9a-f-]{27}\z/ -> c.param
      V.is("b30") and n != nil and n > 0 -> <<x::32>> = <<n::32>>; x
      n == nil or n < 1 or n > @safe -> fail(400, "invalid ID supplied")
      true -> n
    end
  end
  defp uuid do
    h = Base.encode16(:erlang.md5("#{System.unique_integer()} #{System.os_time()} #{:rand.uniform()}"), case: :lower)
    <<a::binary-8, b::binary-4, _::binary-1, d::binary-3, _::binary-1, e::binary-3, f::binary-12>> = h
    "#{a}-#{b}-4#{d}-a#{e}-#{f}"
  end
  defp newname(u) do
    n = u["username"] || ""
    if String.trim(n) == "" or n in @reserved, do: throw({:bad, "an own username is required"})
  end
  defp house_rules(us) do
    taken = V.is("f31") and Store.get(fn s ->
      Enum.any?(us, fn u ->
        e = u["email"] || ""
        e != "" and Enum.any?(s.users, fn {k, x} -> k != u["username"] and x["email"] == e end)
      end)
    end)
    if taken, do: fail(409, "this email belongs to another user")
  end
  defp store_users(us) do
    Store.tx(fn s ->
      {users, k} = Enum.reduce(us, {s.users, s.next_user}, fn u, {m, k} ->
        u = if V.is("f33"), do: Map.put(u, "id", k), else: u
        {Map.put(m, u["username"], u), k + 1}
      end)
      {:ok, %{s | users: users, next_user: k}}
    end)
  end
  defp wrong(n) do
    case :ets.lookup(:vc, {:wrong, n}) do
      [{_, k, t}] -> if Store.now() - t < 5000, do: k, else: 0
      [] -> 0
    end
  end
  defp locked(n), do: if(wrong(n) >= 3, do: fail(403, "locked for 5 seconds"))
end
