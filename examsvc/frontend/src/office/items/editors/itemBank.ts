import { inject, type InjectionKey, provide } from "vue";

const BANK: InjectionKey<string> = Symbol("bank");

/** Say which bank an item belongs to: its media are kept there. */
export function provideBank(bankId: string): void {
  provide(BANK, bankId);
}

/** Return the id of the bank that the item belongs to. */
export function useBank(): string {
  return inject(BANK, "");
}
