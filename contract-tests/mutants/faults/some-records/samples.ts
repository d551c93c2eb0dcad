/** Every pet that has a status. */
export const ALL = '/pet/findByStatus?status=available,pending,sold'
/** A multipart body, its boundary b. */
export const UPLOAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\u0080\r\n--b--\r\n'

/** As many texts, each another. */
export const photos = (count: number) => Array.from({ length: count }, (_, index) => `photo ${index}`)
