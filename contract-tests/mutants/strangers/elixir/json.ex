defmodule Json do
  # ---- decoder: {:ok, term} | :error ; numbers that are no safe integer become floats or {:num, text}
  def decode(<<0xEF, 0xBB, 0xBF, r::binary>>), do: decode(r)
  def decode(bin) do
    if String.valid?(bin) do
      try do
        {v, rest} = value(ws(bin), 0)
        if ws(rest) == "", do: {:ok, v}, else: :error
      catch
        :bad -> :error
      end
    else
      :error
    end
  end

  defp ws(<<c, r::binary>>) when c in [32, 9, 10, 13], do: ws(r)
  defp ws(b), do: b

  defp value(_, d) when d > 200, do: throw(:bad)
  defp value("{" <> r, d), do: obj(ws(r), %{}, d)
  defp value("[" <> r, d) do
    case ws(r) do
      "]" <> r2 -> {[], r2}
      r2 -> arr(r2, [], d)
    end
  end
  defp value("\"" <> r, _), do: str(r, [])
  defp value("true" <> r, _), do: {true, r}
  defp value("false" <> r, _), do: {false, r}
  defp value("null" <> r, _), do: {nil, r}
  defp value(b, _) do
    case Regex.run(~r/\A-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/, b) do
      nil -> throw(:bad)
      [t | g] -> {num(t, g), binary_part(b, byte_size(t), byte_size(b) - byte_size(t))}
    end
  end

  defp num(t, []) when byte_size(t) < 30, do: String.to_integer(t)
  defp num(t, [_ | _]) when byte_size(t) < 40 do
    case Float.parse(t) do
      {f, ""} -> if f == Float.floor(f) and abs(f) < 9.0e15, do: trunc(f), else: f
      _ -> {:num, t}
    end
  rescue
    _ -> {:num, t}
  end
  defp num(t, _), do: {:num, t}

  defp obj("}" <> r, m, _) when m == %{}, do: {m, r}
  defp obj("\"" <> r, m, d) do
    {k, r} = str(r, [])
    case ws(r) do
      ":" <> r ->
        {v, r} = value(ws(r), d + 1)
        m = Map.put(m, k, v)
        case ws(r) do
          "," <> r ->
            case ws(r) do
              "\"" <> _ = r -> obj(r, m, d)
              _ -> throw(:bad)
            end
          "}" <> r -> {m, r}
          _ -> throw(:bad)
        end
      _ -> throw(:bad)
    end
  end
  defp obj(_, _, _), do: throw(:bad)

  defp arr(b, acc, d) do
    {v, r} = value(b, d + 1)
    case ws(r) do
      "," <> r -> arr(ws(r), [v | acc], d)
      "]" <> r -> {Enum.reverse([v | acc]), r}
      _ -> throw(:bad)
    end
  end

  defp str("\"" <> r, acc), do: {IO.iodata_to_binary(Enum.reverse(acc)), r}
  defp str("\\u" <> r, acc) do
    {c, r} = hex4(r)
    cond do
      c in 0xD800..0xDBFF ->
        case r do
          "\\u" <> r2 ->
            {l, r2} = hex4(r2)
            if l not in 0xDC00..0xDFFF, do: throw(:bad)
            str(r2, [<<0x10000 + (c - 0xD800) * 0x400 + (l - 0xDC00)::utf8>> | acc])
          _ -> throw(:bad)
        end
      c in 0xDC00..0xDFFF -> throw(:bad)
      true -> str(r, [<<c::utf8>> | acc])
    end
  end
  defp str(<<"\\", c, r::binary>>, acc) do
    x = case c do
      ?" -> "\""
      ?\\ -> "\\"
      ?/ -> "/"
      ?b -> "\b"
      ?f -> "\f"
      ?n -> "\n"
      ?r -> "\r"
      ?t -> "\t"
      _ -> throw(:bad)
    end
    str(r, [x | acc])
  end
  defp str(<<c, _::binary>>, _) when c < 32, do: throw(:bad)
  defp str(<<c::utf8, r::binary>>, acc), do: str(r, [<<c::utf8>> | acc])
  defp str(_, _), do: throw(:bad)

  defp hex4(<<h::binary-size(4), r::binary>>) do
    if h =~ ~r/\A[0-9a-fA-F]{4}\z/, do: {String.to_integer(h, 16), r}, else: throw(:bad)
  end
  defp hex4(_), do: throw(:bad)

  # ---- encoder
  def encode(v), do: IO.iodata_to_binary(enc(v, V.is("f23")))
  defp enc(nil, _), do: "null"
  defp enc({:raw, s}, _), do: s
  defp enc(b, _) when is_boolean(b), do: to_string(b)
  defp enc(i, _) when is_integer(i), do: Integer.to_string(i)
  defp enc(f, _) when is_float(f), do: Float.to_string(f)
  defp enc(s, a) when is_binary(s), do: [?", esc(s, a), ?"]
  defp enc(l, a) when is_list(l), do: [?[, Enum.intersperse(Enum.map(l, &enc(&1, a)), ?,), ?]]
  defp enc({:obj, kv}, a), do: [?{, Enum.intersperse(Enum.map(kv, fn {k, v} -> [enc(k, a), ?:, enc(v, a)] end), ?,), ?}]
  defp enc(m, a) when is_map(m), do: enc({:obj, Enum.sort(Map.to_list(m))}, a)

  defp esc(s, ascii), do: for(<<c::utf8 <- s>>, do: ec(c, ascii))
  defp ec(?", _), do: "\\\""
  defp ec(?\\, _), do: "\\\\"
  defp ec(?\n, _), do: "\\n"
  defp ec(?\r, _), do: "\\r"
  defp ec(?\t, _), do: "\\t"
  defp ec(?/, true), do: "\\/"
  defp ec(c, _) when c < 32 or c == 127, do: u(c)
  defp ec(c, true) when c > 0xFFFF, do: [u(0xD800 + div(c - 0x10000, 0x400)), u(0xDC00 + rem(c - 0x10000, 0x400))]
  defp ec(c, true) when c > 126, do: u(c)
  defp ec(c, _), do: <<c::utf8>>
  defp u(c), do: "\\u" <> String.pad_leading(Integer.to_string(c, 16), 4, "0")
end
