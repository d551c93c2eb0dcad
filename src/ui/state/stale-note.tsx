interface StaleNoteProps {
  /** True if the record is not stored any more. */
  readonly isGone: boolean
  readonly onReload: () => void
}

/** Says that the record of a form was changed by others since the form was filled. */
export const StaleNote = ({ isGone, onReload }: StaleNoteProps) => (
  <div class="notes" role="status">
    {isGone ? (
      <p>This record was deleted meanwhile. Saving adds it again.</p>
    ) : (
      <>
        <p>This record was changed meanwhile. Saving replaces what others wrote.</p>
        <button type="button" class="button" onClick={onReload}>
          Show what is stored
        </button>
      </>
    )}
  </div>
)
