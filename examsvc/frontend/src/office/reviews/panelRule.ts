const FEWEST = 3;

export interface Appointment {
  account_id: string;
  name: string;
  is_chair: boolean;
}

/** What is still wrong with a panel, as a key: at least three experts, an odd number, one of them chairs. */
export function faultOf(panel: readonly Appointment[]): "few" | "even" | "chair" | null {
  if (panel.length < FEWEST) return "few";
  if (panel.length % 2 === 0) return "even";
  return panel.filter(({ is_chair }) => is_chair).length === 1 ? null : "chair";
}
