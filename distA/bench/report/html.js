/** Markup that is safe to put into a page as it is. */
export class Html {
    text;
    constructor(text) {
        this.text = text;
    }
}
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
/** Markup of a template: whatever is put in is escaped, unless it is markup itself. */
export function html(template, ...parts) {
    return new Html(template.map((text, index) => text + markupOf(parts[index])).join(''));
}
/** As text between tags, or in a quoted attribute. */
export function escapeHtml(text) {
    return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
/**
 * A script as it may stand between its tags. What would end it, or hide its end, is in a string, a comment or a regular
 * expression of the script, where a backslash more changes nothing.
 */
export function scriptText(text) {
    return text.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C');
}
/** Data for a script of the page to read; no character of it can be taken for markup. */
export function jsonText(value) {
    return JSON.stringify(value).replaceAll('<', '\\u003c');
}
function markupOf(part) {
    if (part === undefined)
        return '';
    if (part instanceof Html)
        return part.text;
    if (typeof part === 'object')
        return part.map(({ text }) => text).join('');
    return escapeHtml(String(part));
}
