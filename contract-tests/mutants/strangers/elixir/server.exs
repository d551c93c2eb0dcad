dir = __DIR__
Code.compiler_options(ignore_module_conflict: true)
for f <- ~w(store json xml http api), do: Code.require_file(f <> ".ex", dir)
{opts, _, _} = OptionParser.parse(System.argv(), strict: [port: :integer, variant: :string, key: :string])
V.set(opts[:variant] || "plain")
:persistent_term.put(:api_key, opts[:key] || System.get_env("API_KEY") || "special-key")
:persistent_term.put(:docs, {File.read!(Path.join(dir, "openapi.yaml")), File.read!(Path.join(dir, "openapi.json"))})
Store.start()
Http.listen(opts[:port] || 0)
