/** Statuses of a gateway whose server is away (RFC 9110, sections 15.6.3 to 15.6.5; 52x are those of a CDN). */
export const AWAY: readonly number[] = [502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530]
