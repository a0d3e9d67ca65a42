import createClient from "openapi-fetch";

import { refusalOf } from "./refusal";
import type { components, paths } from "./schema";
import { send } from "./send";

export { Refusal } from "./refusal";
export { send, sendPatiently } from "./send";

/** The shapes of the API by name: `Schemas["Me"]`. */
export type Schemas = components["schemas"];

/** The typed client; paths and bodies come from openapi.json. Wrap calls in `take`. */
export const api = createClient<paths>({ fetch: (request) => send(request) });

/** Return the data of a call, or throw its Refusal: `const me = await take(api.GET("/api/me"))`. */
export async function take<T>(call: Promise<{ data?: T }>): Promise<T> {
  try {
    return (await call).data as T;
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}
