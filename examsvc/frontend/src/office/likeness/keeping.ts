import { api, type Schemas, take } from "@/api/client";

const KEEPERS = ["AUTHOR", "REVIEWER", "OFFICE"];

/** Return whether somebody with these roles says which items a paper keeps apart. */
export const isKeeper = (roles: readonly string[]): boolean => roles.some((role) => KEEPERS.includes(role));

/** Make two items of a bank enemies. */
export function oppose(bankId: string, itemId: string, otherId: string, reason: string): Promise<Schemas["EnemyList"]> {
  const params = { path: { bank_id: bankId } };
  return take(api.POST("/api/banks/{bank_id}/enemies", { params, body: { item_id: itemId, other_id: otherId, reason } }));
}

/** Let two enemies meet again. */
export function reconcile(itemId: string, otherId: string): Promise<unknown> {
  return take(api.DELETE("/api/items/{item_id}/enemies/{other_id}", { params: { path: { item_id: itemId, other_id: otherId } } }));
}

/** Put an item into a family; "" takes it out of the one that it is in. */
export function joinFamily(itemId: string, family: string): Promise<Schemas["NamedItem"]> {
  return take(api.PUT("/api/items/{item_id}/family", { params: { path: { item_id: itemId } }, body: { family: family || null } }));
}

export const enemiesOf = (bankId: string): Promise<Schemas["EnemyList"]> =>
  take(api.GET("/api/banks/{bank_id}/enemies", { params: { path: { bank_id: bankId } } }));
