import { send } from "@/api/client";

/** Post a form with a file; empty fields are left out. */
export async function sendForm(path: string, fields: Record<string, string | number>, file: File): Promise<void> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== "") body.append(name, String(value));
  body.append("file", file);
  await send(new Request(path, { method: "POST", body }));
}
