import { PICTURES } from '../../../fixtures/pictures.ts'
import { html } from '../../http/markup.ts'
import { type Operation, responseFor } from '../../openapi/operation.ts'
import type { IndexPage } from './site-options.ts'

/** The page of the address that is printed at the start: the operations, a request to try, the key and links. */
export const indexPage: IndexPage = ({ document, version, apiKey, lacksUi }, origin) => {
  const { basePath, operations } = document
  const api = origin + basePath
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>inboxes-mock</title>
<link rel="icon" href="${PICTURES[0] ?? ''}">
<style>${STYLE}</style>
<h1>inboxes-mock ${version()}</h1>
<p>A mock of the Inboxes Developer API, at <code>${api}</code>.</p>
<pre>curl -H 'api_key: ${apiKey ?? 'KEY'}' ${api}/store/inventory</pre>
<p>${apiKey === undefined ? 'The key is the one that the mock was started with.' : html`The key is <code>${apiKey}</code>.`}
Send it in the header <code>api_key</code>.</p>
<h2>Operations</h2>
<div><table>
<tr><th>Operation<th>What it does<th>Key<th>Body of its 200
${operations.map((operation) => row(basePath, operation))}
</table></div>
<p>Where a 200 has no body, <code>response.json()</code> throws.</p>
<h2>More</h2>
<ul>
<li>The API's document: <a href="openapi.yaml">openapi.yaml</a>, <a href="openapi.json">openapi.json</a>
<li>Control plane: <a href="__admin/openapi.yaml">its document</a>, <a href="__admin/state">state</a>,
<a href="__admin/requests">requests</a>, <a href="__admin/faults">faults</a>, <a href="__admin/coverage">coverage</a>
${lacksUi?.() ? html`<li>The page that shows requests and state was not built: run <code>npm run build</code> and load this again.` : ''}
<li>To wait for a start: <a href="__admin/ready">__admin/ready</a>
</ul>
`
  return page.text
}

const STYLE =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'div,pre{overflow-x:auto}th,td{text-align:left;padding:.15rem 1rem .15rem 0}'

function row(basePath: string, operation: Operation) {
  const { method, path, summary, secured } = operation
  const content = Object.keys(responseFor(operation, 200)?.content ?? {})
  const types = content.map((type) => type.replace('application/', '').toUpperCase()).join(', ')
  return html`<tr><td><code>${method} ${basePath}${path}</code><td>${summary}<td>${secured ? 'yes' : ''}<td>${types || 'none'}
`
}
