/** Who may import whom: core <- data, trainer, profiler, storage <- workers <- ui. */

/**
 * @param {string} name
 * @param {string} comment
 * @param {import("dependency-cruiser").IRegularForbiddenRuleType["from"]} from
 * @param {import("dependency-cruiser").IRegularForbiddenRuleType["to"]} to
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    forbid("no-cycles", "A cycle has no bottom to understand it from.", {}, { circular: true }),
    forbid("resolvable", "What is imported must exist.", {}, { couldNotResolve: true }),
    forbid(
      "core-pure",
      "core is the method alone: no platform, no library but random numbers and statistics.",
      { path: "^src/core/" },
      { pathNot: ["^src/core/", "^node_modules/(pure-rand|simple-statistics)/"] },
    ),
    forbid(
      "core-face",
      "Everything outside imports core from its index.",
      { path: "^src/(?!core/)" },
      { path: "^src/core/", pathNot: "^src/core/index\\.ts$" },
    ),
    forbid(
      "data-on-core",
      "data knows only core.",
      { path: "^src/data/" },
      { path: "^src/", pathNot: "^src/(core|data)/" },
    ),
    forbid(
      "rooms-apart",
      "trainer, profiler and storage do not know each other.",
      { path: "^src/(trainer|profiler|storage)/" },
      { path: "^src/(trainer|profiler|storage)/", pathNot: "^src/$1/" },
    ),
    forbid(
      "rooms-below-workers",
      "data, trainer, profiler and storage do not know which thread they are on.",
      { path: "^src/(data|trainer|profiler|storage)/" },
      { path: "^src/workers/" },
    ),
    forbid("nothing-imports-ui", "The page is on top.", { path: "^(src/(?!ui/)|bench/)" }, { path: "^src/ui/" }),
    forbid(
      "scripts-drive-ui",
      "Scripts know only the words by which the page is driven.",
      { path: "^scripts/" },
      { path: "^src/ui/", pathNot: "^src/ui/automation\\.ts$" },
    ),
    forbid(
      "ui-without-engines",
      "The page never loads TensorFlow.js; it asks workers.",
      { path: "^src/ui/" },
      { path: ["^node_modules/@tensorflow/", "^src/(trainer|profiler)/"] },
    ),
    forbid(
      "tensorflow-at-home",
      "TensorFlow.js is known to the trainer and the profiler only.",
      { path: "^src/", pathNot: "^src/(trainer|profiler)/" },
      { path: "^node_modules/@tensorflow/" },
    ),
    forbid(
      "react-at-home",
      "React is known to the page only.",
      { path: "^src/(?!ui/)" },
      { path: "^node_modules/(react|react-dom|@mantine|recharts|zustand)/" },
    ),
    forbid(
      "product-without-tools",
      "What is shipped needs no tool, test, bench or script.",
      { path: "^src/" },
      { dependencyTypes: ["npm-dev", "npm-no-pkg"], pathNot: "^node_modules/(@types|vite)/" },
    ),
    forbid("product-without-tests", "As above.", { path: "^src/" }, { path: "^(tests|bench|scripts)/" }),
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    // Types are imported too: a room that only knows another's types still knows it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "browser", "types", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
