import type { RouteRecordRaw } from "vue-router";

/** A page of the office. `menu` is the key of its word in the side menu; without it the page is reached from others. */
export interface OfficePage {
  path: string;
  name: string;
  /** Key of the word before the entry's name in the document's title. */
  title?: string;
  menu?: string;
  /** The page of the side menu that this one belongs to. */
  under?: string;
  /** Who has business here; everybody when left out. The server decides what they may do. */
  roles?: readonly string[];
  component: RouteRecordRaw["component"];
}

/** Return whether somebody with these roles has business on the page. */
export function isFor(page: Pick<OfficePage, "roles">, roles: readonly string[]): boolean {
  return !page.roles || page.roles.some((role) => roles.includes(role));
}

type Page = Pick<OfficePage, "path" | "name" | "title" | "roles" | "component">;

/** One place of the side menu: the first page stands in it, the others are reached from there. */
export function place(roles: readonly string[] | undefined, first: Page, ...others: Page[]): OfficePage[] {
  return [{ roles, ...first, menu: first.title }, ...others.map((page) => ({ roles, ...page, under: first.name }))];
}
