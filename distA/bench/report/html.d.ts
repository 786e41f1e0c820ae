/** Markup that is safe to put into a page as it is. */
export declare class Html {
    readonly text: string;
    constructor(text: string);
}
type Part = string | number | Html | readonly Html[] | undefined;
/** Markup of a template: whatever is put in is escaped, unless it is markup itself. */
export declare function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html;
/** As text between tags, or in a quoted attribute. */
export declare function escapeHtml(text: string): string;
/**
 * A script as it may stand between its tags. What would end it, or hide its end, is in a string, a comment or a regular
 * expression of the script, where a backslash more changes nothing.
 */
export declare function scriptText(text: string): string;
/** Data for a script of the page to read; no character of it can be taken for markup. */
export declare function jsonText(value: unknown): string;
export {};
