import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./project.mjs";

const folder = join(root, "src", "trainer", "simd", "assembly");
/** A module that holds the compiled kernels as text: every surrounding can import it, and none has to fetch a file. */
const target = join(root, "src", "trainer", "simd", "generated", "binary.ts");

/**
 * Compiles the training kernels from AssemblyScript to WebAssembly where that has not been done since they changed.
 * @throws Error with the compiler's messages
 */
export async function ensureKernels() {
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const changed = Math.max(...[".", ...sources].map((name) => statSync(join(folder, name)).mtimeMs));
  if (existsSync(target) && statSync(target).mtimeMs > changed) return;
  const binary = await compile();
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    `// Made by scripts/support/kernels.mjs from ../assembly.\nexport const binary =\n  "${binary.toString("base64")}";\n`,
  );
}

async function compile() {
  const { default: asc } = await import("assemblyscript/asc");
  /** @type {Buffer | undefined} */
  let binary;
  const options = [
    ...["index.ts", "--outFile", "kernels.wasm", "--enable", "simd", "--runtime", "stub"],
    // The memory belongs to the caller, which grows it before a network is planned into it.
    ...["--importMemory", "--optimizeLevel", "3", "--shrinkLevel", "0", "--noAssert", "--disableWarning", "112"],
  ];
  const { error, stderr } = await asc.main([...options, "--baseDir", folder], {
    readFile(name, baseDir) {
      const path = join(baseDir, name);
      return existsSync(path) ? readFileSync(path, "utf8") : null;
    },
    writeFile(_name, contents) {
      binary = Buffer.from(contents);
    },
    listFiles: (name, baseDir) => readdirSync(join(baseDir, name)),
  });
  if (error || !binary) throw new Error(`The training kernels do not compile:\n${stderr}`);
  return binary;
}
