import { expect } from '@jest/globals'
import { type Rows, testRows } from './rows.test.support.ts'

const place = (body: unknown) => ({ send: 'POST /store/order', body })

const ROWS: Rows = {
  'Order ids: prose says 1 to 10, "other values will generate exceptions"': [
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((id) => ({
      what: `the fixtures hold ${id}`,
      send: `GET /store/order/${id}`,
      status: 200,
      value: { name: expect.any(String) },
    })),
    { what: '0 is 400', send: 'GET /store/order/0', status: 400 },
    { what: '11 is 400', send: 'GET /store/order/11', status: 400 },
    { what: '-1 is 400', send: 'GET /store/order/-1', status: 400 },
    { what: 'no integer is 400', send: 'GET /store/order/x', status: 400 },
    {
      what: 'a stored one is always found',
      before: [place({ id: '77', name: 'x' })],
      send: 'GET /store/order/77',
      status: 200,
      value: { name: 'x' },
    },
    {
      what: 'one of 1 to 10 that is not stored is 404',
      before: [{ send: 'DELETE /store/order/3' }],
      send: 'GET /store/order/3',
      status: 404,
    },
  ],
  'DELETE /store/order: "negative or non-integer values"': [
    { what: '0 is 400', send: 'DELETE /store/order/0', status: 400 },
    { what: '-1 is 400', send: 'DELETE /store/order/-1', status: 400 },
    { what: '1.5 is 400', send: 'DELETE /store/order/1.5', status: 400 },
    { what: 'an absent one is 404', send: 'DELETE /store/order/999', status: 404 },
  ],
  'placeOrder takes and returns Domain, whose `id` is a string; getOrderById takes an int64 and returns DomainIn': [
    {
      what: 'the id is the number',
      ...place({ id: '12', name: 'a', active: true }),
      status: 200,
      value: { id: '12', name: 'a', active: true },
      afterwards: [{ send: 'GET /store/order/12', status: 200, value: { name: 'a' } }],
    },
    { what: 'a missing id gets the next free number', ...place({}), status: 200, value: { id: '11', active: false } },
    { what: 'a word is 400', ...place({ id: 'abc' }), status: 400 },
    { what: '0 is 400', ...place({ id: '0' }), status: 400 },
    { what: 'an unsafe number is 400', ...place({ id: '9007199254740993' }), status: 400 },
    { what: 'the highest safe number is fine', ...place({ id: '9007199254740991' }), status: 200 },
  ],
  "An order's id is canonical decimal": [
    ...['007', '1.0', '1e1', '+1', ' 1'].map((id) => ({
      what: `${JSON.stringify(id)} is refused`,
      ...place({ id }),
      status: 400,
    })),
    {
      what: 'a taken one is overwritten',
      ...place({ id: '1', name: 'new' }),
      status: 200,
      afterwards: [{ send: 'GET /store/order/1', status: 200, value: { name: 'new' } }],
    },
    {
      what: 'the next free number skips what is taken',
      before: [place({ id: '11' })],
      ...place({}),
      status: 200,
      value: expect.objectContaining({ id: '12' }),
    },
    {
      what: 'and is not moved by ids that were given',
      before: [place({ id: '500' })],
      ...place({}),
      status: 200,
      value: expect.objectContaining({ id: '11' }),
    },
    {
      what: 'nor by what was deleted',
      before: [{ send: 'DELETE /store/order/10' }],
      ...place({}),
      status: 200,
      value: expect.objectContaining({ id: '11' }),
    },
  ],
}

testRows(ROWS)
