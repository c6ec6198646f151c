import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./project.mjs";

const windows = process.platform === "win32";

/**
 * Runs a command in the checkout with the project's own tools on the search path, its output passed through.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<number>} its exit code; 124 where it ran past its time, 127 where it could not be started
 */
export function run(command, args, { env, timeoutMs } = {}) {
  const path = [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env, PATH: path },
      stdio: ["ignore", "inherit", "inherit"],
      // npm and the tools in .bin are .cmd files there.
      shell: windows,
    });
    let late = false;
    const timer = timeoutMs
      ? setTimeout(() => {
          late = true;
          // Playwright ends its servers on this signal only.
          child.kill("SIGINT");
        }, timeoutMs)
      : undefined;
    child.on("error", () => resolve(127));
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(late ? 124 : (code ?? 1));
    });
  });
}
