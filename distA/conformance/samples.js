/** Keys that a careless backend confuses, cuts or reads as a pattern. */
export const KEYS = [
    ' ',
    'a',
    'A',
    ' a',
    'a ',
    'a b',
    'a:b',
    'a/b',
    '..',
    'a\nb',
    'a\u0000b',
    'a\u0000',
    '"a"',
    'undefined',
    '0',
    '-1',
    '*',
    'a*',
    '?',
    '[ab]',
    '[^a]',
    '\\',
    '\\*',
    '{a}b',
    '{}',
    '$1',
    '%61',
    'é',
    'e\u0301',
    '日本語',
    '😀',
    '\ufffd',
    '__proto__',
    'constructor',
    'toString',
    'k'.repeat(1024),
    `${'k'.repeat(1023)}K`,
    '😀'.repeat(256),
];
/** What JSON keeps. */
export function plainValues() {
    return [
        true,
        -1.5,
        2 ** 31,
        Number.MAX_SAFE_INTEGER,
        Number.MIN_VALUE,
        'text',
        'é日本語😀\u0000\n"\\',
        'x'.repeat(100_000),
        [1, 'two', null, [3, [4, []]], { five: 5 }],
        { nested: { list: [{ a: 1 }, { b: [true, null] }] }, '': 0, 'a b.c': '' },
        Array.from({ length: 4000 }, (_, id) => ({
            id,
            name: `name ${id}`,
            tags: ['a', 'b'],
            score: id / 7,
            on: id % 2 === 0,
        })),
        Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key ${index}`, { [`field${index % 50}`]: index }])),
    ];
}
/** What JSON does not keep, and a good backend does. */
export function richValues() {
    return [
        new Date(0),
        new Date('2024-02-29T12:34:56.789Z'),
        10n ** 20n,
        -5n,
        Number.NaN,
        Infinity,
        -Infinity,
        new Map([
            ['a', 1],
            [2, { b: new Date(5) }],
        ]),
        new Map(),
        new Set(['a', 1, null]),
        new Set(),
        new Float64Array([0.1, -2]),
        new Int16Array([1, -1]),
        { at: new Date(9), all: new Set([1n]), by: new Map([['k', [1]]]) },
    ];
}
/** What one codec or another changes without a word. */
export function treacherousValues() {
    const cycle = {};
    cycle.self = cycle;
    const sparse = [];
    sparse[2] = 1;
    class Point {
        x = 1;
    }
    return [
        -0,
        '\ud83d',
        { a: undefined },
        [undefined],
        sparse,
        JSON.parse('{"__proto__":{"a":1}}'),
        new Point(),
        { p: [new Point()] },
        cycle,
        { f: () => 1 },
        [Symbol('s')],
        /a/g,
        new Error('e'),
        new TypeError('t'),
        new URL('http://a/'),
        new Date(Number.NaN),
        new WeakMap(),
        Promise.resolve(1),
        new (class extends Map {
        })(),
        new ArrayBuffer(3),
    ];
}
