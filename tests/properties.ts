import fc from "fast-check";

// The same cases in every run: a commit passes here and fails there for what changed, not for the numbers drawn.
// Another seed looks elsewhere: PROPERTY_SEED=7 npm test -- unit
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
