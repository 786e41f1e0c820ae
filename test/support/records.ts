const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota', 'kappa'];

/** Records of about that many bytes of JSON text in all: the same ones for the same size. At least one. */
export function recordsOf(bytes: number): object[] {
  const records: object[] = [];
  let written = 0;
  while (written < bytes) {
    const id = records.length;
    const word = (offset: number): string => WORDS[(id * 7 + offset * 3) % WORDS.length] ?? '';
    const record = {
      id,
      name: `${word(0)} ${word(1)}`,
      email: `${word(2)}.${id}@example.com`,
      score: (id * 37) / 11,
      active: id % 3 === 0,
      tags: [word(3), word(4)],
      address: { city: word(5), zip: String(10_000 + (id % 89_999)) },
      note: id % 5 === 0 ? null : `${word(6)} ${word(7)} ${word(8)} ${word(9)}`,
    };
    records.push(record);
    written += JSON.stringify(record).length + 1;
  }
  return records;
}
