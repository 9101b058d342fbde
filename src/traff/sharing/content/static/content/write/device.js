/* What the server has not got yet is kept in this browser, under the person who wrote it, until it has.
   IndexedDB: what is put there outlives a browser that is killed in the same second. */

const NAME = "traff-writing"; // core/traff.js takes it away at sign-out
const STORE = "kept";
let opened = null;

const open = () =>
  (opened ??= new Promise((done, fail) => {
    const asking = indexedDB.open(NAME, 1);
    asking.onupgradeneeded = () => asking.result.createObjectStore(STORE, { keyPath: "key" });
    asking.onerror = () => fail(asking.error);
    asking.onsuccess = () => {
      asking.result.onversionchange = () => {
        asking.result.close(); // somebody signs out
        opened = null;
      };
      done(asking.result);
    };
  }));

async function ask(mode, what) {
  try {
    const asked = what((await open()).transaction(STORE, mode).objectStore(STORE));
    return await new Promise((done, fail) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  } catch {
    opened = null;
    return undefined; // a browser that keeps nothing: the server still does
  }
}

export const put = (record) => ask("readwrite", (store) => store.put(record));
export const drop = (key) => ask("readwrite", (store) => store.delete(key));

/* What this person has here. What somebody else left at this computer is thrown away. */
export async function of(person) {
  const all = (await ask("readonly", (store) => store.getAll())) ?? [];
  for (const record of all) if (record.person !== person) await drop(record.key);
  return all.filter((record) => record.person === person).sort((one, other) => other.at - one.at);
}
