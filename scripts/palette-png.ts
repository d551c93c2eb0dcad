import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * Writes a picture of a screen anew with few colours, which takes a third of the bytes. Reads what Chromium writes: 8 bits a channel, no
 * interlacing (PNG, third edition). The rarest colours become the nearest of the others.
 */
export function withPalette(png: Buffer, colours = 24): Buffer {
  const { width, height, pixels } = decode(png)
  const palette = commonest(pixels, colours)
  const rows = Buffer.alloc((width + 1) * height)
  const near = new Map(palette.map((colour, index) => [colour, index]))
  pixels.forEach((colour, at) => {
    const index = near.get(colour) ?? nearest(palette, colour)
    near.set(colour, index)
    rows[at + Math.floor(at / width) + 1] = index
  })
  const head = Buffer.from([...word(width), ...word(height), 8, 3, 0, 0, 0])
  const entries = Buffer.from(palette.flatMap(channelsOf))
  const parts = [
    chunk('IHDR', head),
    chunk('PLTE', entries),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
  ]
  return Buffer.concat([SIGNATURE, ...parts, chunk('IEND', Buffer.alloc(0))])
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A colour is one number: red, green and blue from the left. */
const channelsOf = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255]

const word = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  return Buffer.concat([Buffer.from(word(data.length)), body, Buffer.from(word(crc32(body)))])
}

function decode(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
  const [width, height, bytes] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3]
  const data: Buffer[] = []
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const stride = width * bytes
  const lines = inflateSync(Buffer.concat(data))
  const pixels = new Uint32Array(width * height)
  let above: Uint8Array = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const line = unfilter(lines[start] ?? 0, lines.subarray(start + 1, start + 1 + stride), above, bytes)
    for (let x = 0; x < width; x++)
      pixels[y * width + x] = line.subarray(x * bytes, x * bytes + 3).reduce((sum, one) => sum * 256 + one, 0)
    above = line
  }
  return { width, height, pixels }
}

/** Undoes the filter of one line (PNG, section 9.2). */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, bytes: number): Uint8Array {
  const out = new Uint8Array(line.length)
  line.forEach((value, at) => {
    const [left, up, corner] = [out[at - bytes] ?? 0, above[at] ?? 0, above[at - bytes] ?? 0]
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    out[at] = value + guess
  })
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

function commonest(pixels: Uint32Array, count: number): number[] {
  const uses = new Map<number, number>()
  for (const colour of pixels) uses.set(colour, (uses.get(colour) ?? 0) + 1)
  return [...uses]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([colour]) => colour)
}

function nearest(palette: readonly number[], colour: number): number {
  const wanted = channelsOf(colour)
  const distances = palette.map((one) =>
    channelsOf(one).reduce((sum, channel, at) => sum + (channel - (wanted[at] ?? 0)) ** 2, 0),
  )
  return distances.indexOf(Math.min(...distances))
}
