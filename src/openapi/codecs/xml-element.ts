/** An element as it was read: children in order, and the text between them. */
export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}
