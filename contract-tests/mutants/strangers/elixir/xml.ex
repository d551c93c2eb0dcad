defmodule Xml do
  # ---- writer: object = {:obj, [{name, value}]}
  def doc(root, v) do
    pre = if V.is("f28"), do: "<!-- generated --> ", else: ~s(<?xml version="1.0" encoding="UTF-8"?>\n)
    IO.iodata_to_binary([pre, el(root, v)])
  end
  def el(n, {:list, item, l}), do: [?<, n, ?>, Enum.map(l, &el(item, &1)), "</", n, ?>]
  def el(n, l) when is_list(l), do: Enum.map(l, &el(n, &1))
  def el(n, {:obj, []}), do: [?<, n, "/>"]
  def el(n, {:obj, kv}), do: [?<, n, ?>, Enum.map(kv, fn {k, v} -> el(k, v) end), "</", n, ?>]
  def el(n, {:raw, s}), do: [?<, n, ?>, s, "</", n, ?>]
  def el(n, nil), do: [?<, n, "/>"]
  def el(n, v) when is_binary(v), do: [?<, n, ?>, text(v), "</", n, ?>]
  def el(n, v), do: [?<, n, ?>, to_string(v), "</", n, ?>]

  defp text(s) do
    s = for <<c::utf8 <- s>>, into: "", do: if(ok?(c), do: <<c::utf8>>, else: "\uFFFD")
    cond do
      V.is("b12") -> s
      V.is("f28") and s =~ ~r/\A[ -~]+\z/ and not String.contains?(s, "]]>") -> ["<![CDATA[", s, "]]>"]
      true -> for <<c::utf8 <- s>>, do: e(c)
    end
  end
  defp e(?&), do: "&amp;"
  defp e(?<), do: "&lt;"
  defp e(?>), do: "&gt;"
  defp e(?\r), do: "&#13;"
  defp e(c) when c > 126, do: if(V.is("f28"), do: "&#x#{Integer.to_string(c, 16)};", else: <<c::utf8>>)
  defp e(c), do: <<c>>

  defp ok?(c), do: c in [9, 10, 13] or c in 0x20..0xD7FF or c in 0xE000..0xFFFD or c in 0x10000..0x10FFFF

  # ---- reader: {:ok, {name, [child]}} | :error ; child = {name, children} | text
  def parse(bin) do
    try do
      bin = bin |> utf8() |> String.replace("\r\n", "\n") |> String.replace("\r", "\n")
      r = case bin do
        "<?xml" <> t -> pi(t)
        _ -> bin
      end
      "<" <> r = misc(r) |> must("<")
      {e, r} = element(r, 0)
      if misc(r) == "", do: {:ok, e}, else: :error
    catch
      :bad -> :error
    end
  end
  defp must(b, p), do: if(String.starts_with?(b, p), do: b, else: throw(:bad))
  defp utf8(<<0xEF, 0xBB, 0xBF, r::binary>>), do: utf8(r)
  defp utf8(<<0xFE, 0xFF, r::binary>>), do: conv(r, {:utf16, :big})
  defp utf8(<<0xFF, 0xFE, r::binary>>), do: conv(r, {:utf16, :little})
  defp utf8(b) do
    b = if not String.valid?(b) and b =~ ~r/\A<\?xml[^>]*encoding=["']iso-8859-1["']/i, do: conv(b, :latin1), else: b
    if not String.valid?(b), do: throw(:bad)
    for <<c::utf8 <- b>>, do: if(not ok?(c), do: throw(:bad))
    b
  end
  defp conv(b, enc) do
    case :unicode.characters_to_binary(b, enc, :utf8) do
      x when is_binary(x) -> utf8(x)
      _ -> throw(:bad)
    end
  end
  defp misc(b) do
    case String.trim_leading(b) do
      "<!--" <> r -> misc(comment(r))
      "<?" <> r -> misc(pi(r))
      r -> r
    end
  end
  defp comment(r), do: after_mark(r, "-->")
  defp pi(r), do: after_mark(r, "?>")
  defp after_mark(r, m) do
    case :binary.split(r, m) do
      [_, t] -> t
      _ -> throw(:bad)
    end
  end
  defp element(_, d) when d > 100, do: throw(:bad)
  defp element(r, d) do
    {n, r} = name(r)
    {selfclosing, r} = attrs(r, [])
    if selfclosing do
      {{local(n), []}, r}
    else
      {kids, r} = kids(r, [], d)
      {n2, r} = name(r)
      if n != n2, do: throw(:bad)
      ">" <> r = must(String.trim_leading(r), ">")
      {{local(n), kids}, r}
    end
  end
  defp local(n), do: n |> String.split(":") |> List.last()
  defp name(r) do
    case Regex.run(~r/\A[A-Za-z_:\x{80}-\x{10FFFF}][A-Za-z0-9_:.\-\x{80}-\x{10FFFF}]*/u, r) do
      [n] -> {n, binary_part(r, byte_size(n), byte_size(r) - byte_size(n))}
      _ -> throw(:bad)
    end
  end
  defp attrs(r, seen) do
    case String.trim_leading(r) do
      "/>" <> t -> {true, t}
      ">" <> t -> {false, t}
      ^r -> throw(:bad)
      t ->
        {n, t} = name(t)
        if n in seen, do: throw(:bad)
        "=" <> t = must(String.trim_leading(t), "=")
        case String.trim_leading(t) do
          <<q, t::binary>> when q in [?", ?'] ->
            case :binary.split(t, <<q>>) do
              [v, t] ->
                if String.contains?(v, "<"), do: throw(:bad)
                unent(v)
                attrs(t, [n | seen])
              _ -> throw(:bad)
            end
          _ -> throw(:bad)
        end
    end
  end
  defp kids("</" <> r, acc, _), do: {Enum.reverse(acc), r}
  defp kids("<!--" <> r, acc, d), do: kids(comment(r), acc, d)
  defp kids("<![CDATA[" <> r, acc, d) do
    case :binary.split(r, "]]>") do
      [t, r] -> kids(r, [t | acc], d)
      _ -> throw(:bad)
    end
  end
  defp kids("<?" <> r, acc, d), do: kids(pi(r), acc, d)
  defp kids("<!" <> _, _, _), do: throw(:bad)
  defp kids("<" <> r, acc, d) do
    {e, r} = element(r, d + 1)
    kids(r, [e | acc], d)
  end
  defp kids("", _, _), do: throw(:bad)
  defp kids(r, acc, d) do
    case :binary.match(r, "<") do
      {i, _} ->
        <<t::binary-size(i), r::binary>> = r
        if String.contains?(t, "]]>"), do: throw(:bad)
        kids(r, [unent(t) | acc], d)
      :nomatch -> throw(:bad)
    end
  end
  defp unent(t) do
    x = unent(t, [])
    if V.is("b13"), do: t, else: x
  end
  defp unent(t, acc) do
    case :binary.split(t, "&") do
      [a] -> IO.iodata_to_binary(Enum.reverse([a | acc]))
      [a, b] ->
        case :binary.split(b, ";") do
          [n, r] -> unent(r, [ent(n), a | acc])
          _ -> throw(:bad)
        end
    end
  end
  defp ent("amp"), do: "&"
  defp ent("lt"), do: "<"
  defp ent("gt"), do: ">"
  defp ent("quot"), do: "\""
  defp ent("apos"), do: "'"
  defp ent("#x" <> h), do: cp(Regex.run(~r/\A[0-9a-fA-F]{1,8}\z/, h), 16)
  defp ent("#" <> h), do: cp(Regex.run(~r/\A[0-9]{1,8}\z/, h), 10)
  defp ent(_), do: throw(:bad)
  defp cp([h], base) do
    c = String.to_integer(h, base)
    if ok?(c), do: <<c::utf8>>, else: throw(:bad)
  end
  defp cp(_, _), do: throw(:bad)
end
