/** The longest TTL: 100 years of 365 days, in seconds. */
export const MAX_TTL_SECONDS = 3_153_600_000;
