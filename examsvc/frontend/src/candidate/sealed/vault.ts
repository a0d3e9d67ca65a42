/** Where sealed papers lie until their key comes: IndexedDB, so that a reload loses nothing; memory where there is none. */

export interface SealedPaper {
  sitting_id: string;
  seal: string;
  paper_digest: string;
  /** The start that it was sealed for. */
  starts_at: string;
  /** So long after a common start a page that has heard nothing asks by itself. */
  told_within_ms: number;
  body: ArrayBuffer;
}

export interface Vault {
  paper(sittingId: string): Promise<SealedPaper | undefined>;
  keepPaper(paper: SealedPaper): Promise<void>;
  medium(sittingId: string, name: string): Promise<ArrayBuffer | undefined>;
  keepMedium(sittingId: string, name: string, body: ArrayBuffer): Promise<void>;
  /** Forget the sitting's paper and its files. */
  forget(sittingId: string): Promise<void>;
}

const DATABASE = "examsvc-sealed";
const PAPERS = "papers";
const MEDIA = "media";

/** Open the browser's vault, or one in memory when the browser refuses. */
export async function openVault(factory: IDBFactory | undefined = globalThis.indexedDB): Promise<Vault> {
  if (!factory) return new MemoryVault();
  try {
    return new IndexedVault(await openDatabase(factory));
  } catch {
    return new MemoryVault();
  }
}

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(PAPERS, { keyPath: "sitting_id" });
      opening.result.createObjectStore(MEDIA);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error("blocked"));
  });
}

class IndexedVault implements Vault {
  constructor(private readonly database: IDBDatabase) {}

  paper(sittingId: string): Promise<SealedPaper | undefined> {
    return asked(this.store(PAPERS, "readonly").get(sittingId) as IDBRequest<SealedPaper | undefined>);
  }

  async keepPaper(paper: SealedPaper): Promise<void> {
    await asked(this.store(PAPERS, "readwrite").put(paper));
  }

  medium(sittingId: string, name: string): Promise<ArrayBuffer | undefined> {
    return asked(this.store(MEDIA, "readonly").get([sittingId, name]) as IDBRequest<ArrayBuffer | undefined>);
  }

  async keepMedium(sittingId: string, name: string, body: ArrayBuffer): Promise<void> {
    await asked(this.store(MEDIA, "readwrite").put(body, [sittingId, name]));
  }

  async forget(sittingId: string): Promise<void> {
    await asked(this.store(PAPERS, "readwrite").delete(sittingId));
    await asked(this.store(MEDIA, "readwrite").delete(IDBKeyRange.bound([sittingId], [sittingId, []])));
  }

  private store(name: string, mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(name, mode).objectStore(name);
  }
}

/** The same, kept only as long as the page lives. */
export class MemoryVault implements Vault {
  private readonly papers = new Map<string, SealedPaper>();
  private readonly media = new Map<string, ArrayBuffer>();

  async paper(sittingId: string): Promise<SealedPaper | undefined> {
    return this.papers.get(sittingId);
  }

  async keepPaper(paper: SealedPaper): Promise<void> {
    this.papers.set(paper.sitting_id, paper);
  }

  async medium(sittingId: string, name: string): Promise<ArrayBuffer | undefined> {
    return this.media.get(`${sittingId} ${name}`);
  }

  async keepMedium(sittingId: string, name: string, body: ArrayBuffer): Promise<void> {
    this.media.set(`${sittingId} ${name}`, body);
  }

  async forget(sittingId: string): Promise<void> {
    this.papers.delete(sittingId);
    for (const name of this.media.keys()) if (name.startsWith(`${sittingId} `)) this.media.delete(name);
  }
}

function asked<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
