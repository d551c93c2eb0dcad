import { useState } from 'preact/hooks'

interface DropZoneProps {
  readonly label: string
  readonly onFile: (name: string, text: string) => void
}

/** A place to drop a JSON file, or to choose one by keyboard. */
export function DropZone({ label, onFile }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const take = (file: File | null | undefined) => {
    setOver(false)
    // A folder cannot be read, and is no JSON either.
    if (file)
      void file.text().then(
        (text) => onFile(file.name, text),
        () => onFile(file.name, ''),
      )
  }
  return (
    <label
      class={over ? 'button drop over' : 'button drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        take(event.dataTransfer?.files[0])
      }}
    >
      {label}
      <input
        class="hidden"
        type="file"
        accept="application/json,.json"
        onChange={(event) => {
          take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
    </label>
  )
}
