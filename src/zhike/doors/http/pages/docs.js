// Renders the OpenAPI document of this workspace. Texts reach the page as text only, never as markup.
'use strict'

const main = document.getElementById('main')
const login = document.getElementById('login')

function element(name, attributes, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

function kind(schema) {
  if (!schema) return ''
  if (schema.$ref) return schema.$ref.split('/').pop()
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const many = schema.oneOf || schema.anyOf
  if (many) return many.map(kind).join(' | ')
  const types = [schema.type || 'any'].flat().filter((one) => one !== 'null')
  if (types[0] === 'array') return `[${kind(schema.items)}]`
  return types.join(' | ') + (schema.format ? ` (${schema.format})` : '')
}

function table(lines) {
  const body = lines.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))))
  return element('table', {}, element('tbody', {}, ...body))
}

function properties(schema) {
  const needed = new Set(schema.required || [])
  return table(
    Object.entries(schema.properties || {}).map(([key, one]) => [
      element('code', {}, key + (needed.has(key) ? ' *' : '')),
      kind(one),
      one.title || '',
    ]),
  )
}

function resolved(schema, all) {
  return schema && schema.$ref ? all[schema.$ref.split('/').pop()] || {} : schema || {}
}

function parts(operation, all) {
  const body = element('div', {})
  if (operation.description) body.append(element('p', {}, operation.description))
  const parameters = (operation.parameters || []).map((one) => [
    element('code', {}, one.name + (one.required ? ' *' : '')),
    kind(one.schema),
    one.in,
  ])
  if (parameters.length) body.append(table(parameters))
  const content = operation.requestBody ? Object.entries(operation.requestBody.content) : []
  for (const [type, one] of content) {
    body.append(element('p', {}, element('code', {}, type), ' ', kind(one.schema)))
    const schema = resolved(one.schema, all)
    if (schema.properties) body.append(properties(schema))
  }
  return body
}

function drawn(path, method, operation, all) {
  const summary = element(
    'summary', {},
    element('span', { class: `method ${method}` }, method),
    element('code', {}, path),
    element('span', { class: 'said' }, operation.summary || operation.operationId || ''),
  )
  const made = element('details', { 'data-word': `${path} ${operation.operationId}`.toLowerCase() }, summary)
  made.addEventListener('toggle', () => {
    if (made.open && made.children.length === 1) made.append(parts(operation, all))
  })
  return made
}

function draw(api) {
  const groups = new Map()
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ['…'])[0]
      if (!groups.has(tag)) groups.set(tag, [])
      groups.get(tag).push(drawn(path, method, operation, api.components.schemas))
    }
  }
  main.replaceChildren()
  for (const [tag, found] of groups) main.append(element('section', {}, element('h2', {}, tag), ...found))
  document.getElementById('find').hidden = false
}

async function load() {
  const answer = await fetch('/api/v1/openapi.json', { headers: { accept: 'application/json' } })
  login.hidden = answer.status !== 401
  if (answer.ok) draw(await answer.json())
  else if (answer.status !== 401) main.textContent = (await answer.json()).detail
}

login.addEventListener('submit', async (event) => {
  event.preventDefault()
  const given = Object.fromEntries(new FormData(login))
  const answer = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(given),
  })
  document.getElementById('wrong').textContent = answer.ok ? '' : (await answer.json()).detail
  if (answer.ok) await load()
})

document.getElementById('word').addEventListener('input', (event) => {
  const word = event.target.value.trim().toLowerCase()
  for (const one of document.querySelectorAll('details')) one.hidden = !one.dataset.word.includes(word)
  for (const one of document.querySelectorAll('section')) {
    one.hidden = !one.querySelector('details:not([hidden])')
  }
})

void load()
