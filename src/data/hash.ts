import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Dataset } from "./dataset";

/**
 * SHA-256, hex, over pixels and then labels (two bytes each, low byte first) of the training and then the validation
 * images. Not by crypto.subtle, which pages outside secure contexts lack.
 */
export function hashSplits({ train, validation }: Pick<Dataset, "train" | "validation">): string {
  const hash = sha256.create();
  for (const { pixels, labels } of [train, validation]) {
    hash.update(pixels);
    hash.update(littleEndian(labels));
  }
  return bytesToHex(hash.digest());
}

function littleEndian(labels: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(labels.length * 2);
  labels.forEach((label, i) => {
    bytes[2 * i] = label & 0xff;
    bytes[2 * i + 1] = label >> 8;
  });
  return bytes;
}
