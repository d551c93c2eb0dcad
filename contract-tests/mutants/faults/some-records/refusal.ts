import { inArea } from '../../fault.ts'

/** Faults of refusal that show on some records only. */
export const refusalOfSome = inArea('refusal', [
  {
    id: 'comma-before-end-accepted',
    operation: ['createUser', 'updateUser', 'updatePet'],
    summary: 'JSON with a comma before its end is read.',
    seams: () => ({
      body: (handling, next) => {
        const text = handling.request.body.toString()
        return /,\}$/.test(text) ? JSON.parse(text.replace(/,\}$/, '}')) : next()
      },
    }),
    witness: async ({ send }) =>
      (await send('POST', '/user', { type: 'application/json', body: '{"username":"a",}' })).status === 200,
  },
  {
    id: 'xml-called-json-accepted',
    operation: 'updatePet',
    summary: 'XML is read as such whatever the Content-Type says.',
    seams: () => ({
      body: (handling, next) => {
        if (handling.request.body[0] !== 0x3c) return next()
        const id = Number(/<id>(\d+)</.exec(handling.request.body.toString())?.[1])
        const isJson = handling.request.headers['content-type'] === 'application/json'
        return isJson ? { id, name: 'read all the same', photoUrls: [] } : next()
      },
    }),
    witness: async ({ send }) =>
      (await send('PUT', '/domain', { type: 'application/json', body: '<Pet><id>1</id></Pet>' })).status === 200,
  },
  {
    id: 'text-for-tag-id-in-xml-accepted',
    operation: 'updatePet',
    summary: 'In XML the ids of tags are not looked at.',
    seams: () => ({
      violations: ({ request }, next) =>
        next().filter(({ pointer }) => request.body[0] !== 0x3c || !pointer.startsWith('/tags')),
    }),
    witness: async ({ putXml }) =>
      (await putXml('/domain', '<Pet><id>1</id><name>a</name><photoUrls>b</photoUrls><tags><id>x</id></tags></Pet>'))
        .status === 200,
  },
  {
    id: 'pet-id-with-exponent-accepted',
    operation: 'getPetById',
    summary: 'An id with an exponent is read as a number.',
    seams: () => ({
      violations: ({ input, match }, next) => {
        if (!/^\d+e\d+$|^0x\d+$/.test(match.parameter ?? '')) return next()
        input.parameter = String(Number(match.parameter))
        return []
      },
    }),
    witness: async ({ get }) => (await get('/pet/1e0')).status === 200,
  },
  {
    id: 'status-in-capitals-in-filter-accepted',
    operation: 'findPetsByStatus',
    summary: 'A status in capitals counts as the documented one.',
    seams: () => ({
      violations: ({ input }, next) => {
        input.query = new Map(
          [...input.query].map(([name, values]) => [name, values.map((text) => text.toLowerCase())]),
        )
        return next()
      },
    }),
    witness: async ({ get }) => (await get('/pet/findByStatus?status=SOLD')).status === 200,
  },
  {
    id: 'number-for-active-accepted',
    operation: 'placeOrder',
    summary: 'A number is accepted for a boolean.',
    seams: () => ({
      violations: ({ input: { body } }, next) =>
        next().filter(({ pointer }) => pointer !== '/active' || typeof Object(body).active !== 'number'),
    }),
    witness: async ({ post }) => (await post('/store/order', { active: 1 })).status === 200,
  },
  {
    id: 'object-for-username-accepted',
    operation: 'createUser',
    summary: 'An object is accepted for a text and stored as [object Object].',
    seams: () => ({
      violations: ({ input }, next) => {
        const { body } = input
        if (body === null || typeof body !== 'object' || Array.isArray(body)) return next()
        const isObject = (child: unknown) => typeof child === 'object' && child !== null && !Array.isArray(child)
        input.body = Object.fromEntries(
          Object.entries(body).map(([name, child]) => [name, isObject(child) ? String(child) : child]),
        )
        return next()
      },
    }),
    witness: async ({ post }) => (await post('/user', { username: 'a', email: {} })).status === 200,
  },
  {
    id: 'true-for-user-id-accepted',
    operation: 'createUser',
    summary: 'A boolean is accepted for an integer.',
    seams: () => ({
      violations: ({ input: { body } }, next) =>
        next().filter(({ pointer }) => typeof Object(body)[pointer.slice(1)] !== 'boolean'),
    }),
    witness: async ({ post }) => (await post('/user', { username: 'a', id: true })).status === 200,
  },
  {
    id: 'password-in-other-case-accepted',
    operation: 'loginUser',
    summary: 'Small and capital letters of a password count the same.',
    seams: () => ({
      reply: ({ input, store }, next) => {
        const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
        const given = input.query.get('password')?.[0]
        if (known !== undefined && known.toLowerCase() === given?.toLowerCase())
          input.query = new Map([...input.query, ['password', [known]]])
        return next()
      },
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'Secret' })
      return (await get('/user/login?username=user1&password=sECRET')).status === 200
    },
  },
  {
    id: 'beginning-of-password-accepted',
    operation: 'loginUser',
    summary: 'Only the first eight characters of a password count.',
    seams: () => ({
      reply: ({ input, store }, next) => {
        const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
        const given = input.query.get('password')?.[0]
        if (known !== undefined && known.slice(0, 8) === given?.slice(0, 8))
          input.query = new Map([...input.query, ['password', [known]]])
        return next()
      },
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'password one' })
      return (await get('/user/login?username=user1&password=password%20two')).status === 200
    },
  },
  {
    id: 'former-password-accepted',
    operation: ['loginUser', 'updateUser'],
    summary: 'The password that was replaced still opens the account.',
    seams: () => {
      const former = new Map<string, string[]>()
      return {
        reply: ({ input, match, store }, next) => {
          const named =
            match.operation?.id === 'updateUser' ? input.parameter : (input.query.get('username')?.[0] ?? '')
          const known = store.users.get(named)?.password
          if (match.operation?.id === 'updateUser' && known !== undefined)
            former.set(named, [...(former.get(named) ?? []), known])
          else if (known !== undefined && former.get(named)?.includes(input.query.get('password')?.[0] ?? ''))
            input.query = new Map([...input.query, ['password', [known]]])
          return next()
        },
      }
    },
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'one' })
      await put('/user/user1', { password: 'two' })
      return (await get('/user/login?username=user1&password=one')).status === 200
    },
  },
  {
    id: 'password-of-another-accepted',
    operation: 'loginUser',
    summary: 'The password of anybody opens every account.',
    seams: () => ({
      reply: ({ input, store }, next) => {
        const known = store.users.get(input.query.get('username')?.[0] ?? '')?.password
        const isAnybodys = [...store.users.values()].some(
          ({ password }) => password === input.query.get('password')?.[0],
        )
        if (known !== undefined && isAnybodys) input.query = new Map([...input.query, ['password', [known]]])
        return next()
      },
    }),
    witness: async ({ get, put }) => {
      await put('/user/user1', { password: 'one' })
      await put('/user/user2', { password: 'two' })
      return (await get('/user/login?username=user1&password=two')).status === 200
    },
  },
])
