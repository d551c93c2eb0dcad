import { killOften } from './kill.ts'

/** By command: `npm run soak:kill -- KILLS RECORDS SEED`. */
const [kills = 1_000, records = 100_000, seed = 1] = process.argv.slice(2).map(Number)

const { acknowledged, lost } = await killOften({
  kills,
  records,
  seed,
  longest: 2_000,
  onRound: (round, result) => {
    if (round % 10 === 0 || result.lost.length > 0)
      console.log(`${round} kills: ${result.acknowledged} acknowledged writes, ${result.lost.length} lost`)
  },
})
for (const message of lost) console.log(message)
console.log(`${kills} kills, ${records} records: ${acknowledged} acknowledged writes, ${lost.length} lost.`)
process.exitCode = lost.length > 0 ? 1 : 0
