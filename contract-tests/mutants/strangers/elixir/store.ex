defmodule V do
  def set(id), do: :persistent_term.put(:variant, id)
  def is(id), do: :persistent_term.get(:variant) == id
end

defmodule Store do
  def start do
    :ets.new(:vc, [:named_table, :public, :set])
    {:ok, _} = Agent.start(fn -> seed() end, name: Store)
    if V.is("f40"), do: spawn(fn -> neighbour(0) end)
  end
  def now, do: System.monotonic_time(:millisecond)
  def get(f), do: Agent.get(Store, f, :infinity)
  def tx(f) do
    Agent.get_and_update(Store, fn st ->
      {r, st2} = f.(st)
      st2 = if st2.pets != st.pets, do: %{st2 | hist: Enum.take([{now(), st2.pets} | st.hist], 200)}, else: st2
      {r, st2}
    end, :infinity)
  end
  # the pets as they were `ms` ago
  def lagged(st, ms) do
    t = now() - ms
    case Enum.find(st.hist, fn {h, _} -> h <= t end) do
      {_, p} -> p
      nil -> elem(List.last(st.hist), 1)
    end
  end

  defp seed do
    names = ~w(doggie Rex Luna Milo Bella Coco Nala Simba Loki Daisy Rocky Ruby)
    pets = for i <- 1..36, into: %{} do
      id = if V.is("f22") and rem(i, 4) == 0, do: 9_007_199_254_740_992 + i + 1, else: i
      tag = rem(i, 3) + 1
      big = id != i
      tags = [%{"id" => tagid(tag, big), "name" => tagname(tag)}] ++ if(rem(i, 5) == 0, do: [%{"id" => tagid(4, big), "name" => "house"}], else: [])
      {id, %{"id" => id, "category" => %{"name" => Enum.at(["dogs.example", "cats.example"], rem(i, 2))},
             "name" => Enum.at(names, rem(i - 1, 12)), "photoUrls" => ["https://img.example/pet/#{i}.jpg"],
             "tags" => tags, "status" => Enum.at(~w(available pending sold), rem(i, 3))}}
    end
    orders = for i <- 1..10, into: %{}, do: {i, %{"id" => "#{i}", "name" => "order#{i}.example.com", "validate" => "inboxes=#{i}", "status" => "missing validation", "active" => false}}
    users = for i <- 1..10, into: %{} do
      u = if V.is("f36"), do: "demo.person#{i}", else: "user#{i}"
      {u, %{"id" => i, "username" => u, "firstName" => "First#{i}", "lastName" => "Last#{i}", "email" => "#{u}@example.com", "password" => "secret#{i}", "phone" => "555-010#{i}", "userStatus" => 1}}
    end
    %{pets: pets, orders: orders, users: users, domains: %{}, next_order: 11, next_user: 5000, idx: Map.new(pets, fn {k, p} -> {k, p["status"]} end), hist: [{now() - 100_000, pets}]}
  end
  defp tagid(n, big), do: if(big, do: 9_223_372_036_854_775_000 + n, else: n)
  defp tagname(4), do: "house"
  defp tagname(n), do: if(V.is("f36"), do: Enum.at(~w(x calm loud shy), n), else: "tag#{n}")

  # another client of the same backend: keeps adding, changing and removing its own records
  defp neighbour(n) do
    Process.sleep(250)
    id = 900_000 + rem(n, 7)
    tx(fn st ->
      pets = if Map.has_key?(st.pets, id) and rem(n, 3) == 0 do
        Map.delete(st.pets, id)
      else
        Map.put(st.pets, id, %{"id" => id, "name" => "neighbour #{n}", "photoUrls" => [], "tags" => [%{"id" => 1, "name" => "tag1"}], "status" => Enum.at(~w(available pending sold), rem(n, 3))})
      end
      {:ok, %{st | pets: pets, orders: Map.put(st.orders, 800_000 + rem(n, 5), %{"id" => "#{800_000 + rem(n, 5)}", "name" => "neighbour#{n}.example"})}}
    end)
    neighbour(n + 1)
  end
end
