/** The script of a report's page that sorts and filters its tables. Compiled for browsers, and put into the page as it is. */
function cellValue(row, column) {
    return row.cells[column]?.dataset.value ?? '';
}
/** What has no value stands last, whichever way it is sorted. */
function compare(left, right, sign) {
    if (left === '' || right === '')
        return left === right ? 0 : left === '' ? 1 : -1;
    const [one, other] = [Number(left), Number(right)];
    const order = Number.isNaN(one) || Number.isNaN(other)
        ? left.localeCompare(right, 'en', { numeric: true })
        : one - other;
    return sign * order;
}
function makeSortable(table) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    for (const [column, head] of heads.entries()) {
        head.querySelector('button')?.addEventListener('click', () => {
            const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
            for (const other of heads)
                other.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', direction);
            const sign = direction === 'ascending' ? 1 : -1;
            const body = table.tBodies[0];
            const rows = [...(body?.rows ?? [])];
            body?.append(...rows.sort((left, right) => compare(cellValue(left, column), cellValue(right, column), sign)));
        });
    }
}
function makeFilter(input, status) {
    const rows = [...document.querySelectorAll('table.sortable tbody tr')];
    input.addEventListener('input', () => {
        const words = input.value.toLowerCase().split(/\s+/);
        for (const row of rows) {
            const text = row.textContent?.toLowerCase() ?? '';
            row.hidden = !words.every((word) => text.includes(word));
        }
        if (status)
            status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} rows`;
    });
}
for (const table of document.querySelectorAll('table.sortable'))
    makeSortable(table);
const filter = document.querySelector('.filter input');
if (filter)
    makeFilter(filter, document.querySelector('.filter [role=status]'));
export {};
