const { Agent, createServer, request } = require('node:http')

// The least that a proxy of node:http costs: it streams both ways over kept connections and looks at nothing.
const [port, livePort] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true })

createServer((req, res) => {
  const { method, url: path, headers } = req
  const sent = request({ agent, host: '127.0.0.1', port: Number(livePort), method, path, headers }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers)
    answer.pipe(res)
  })
  sent.on('error', () => res.destroy())
  req.pipe(sent)
}).listen(Number(port), '127.0.0.1')
