/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[] | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup of a template: whatever is put in is escaped, unless it is markup itself. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.map((text, index) => text + markupOf(parts[index])).join(''));
}

/** As text between tags, or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * A script as it may stand between its tags. What would end it, or hide its end, is in a string, a comment or a regular
 * expression of the script, where a backslash more changes nothing.
 */
export function scriptText(text: string): string {
  return text.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C');
}

/** Data for a script of the page to read; no character of it can be taken for markup. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function markupOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}
