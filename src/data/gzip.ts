import { Gunzip } from "fflate";
import { DataError } from "./errors";
import type { NamedFile } from "./source";

const chunkBytes = 1 << 16; // gzip packs at most 1032 to 1: one chunk unpacks to 68 MB at worst

/** The first bytes of a file, unpacked where it is gzip; fewer where there are no more or it is damaged. */
export function startOf(file: NamedFile, length: number): Uint8Array {
  if (!isGzip(file)) return file.bytes.subarray(0, length);
  const start = new Uint8Array(length);
  let filled = 0;
  try {
    inflate(file.bytes, (chunk) => {
      const part = chunk.subarray(0, length - filled);
      start.set(part, filled);
      filled += part.length;
      return filled < length;
    });
  } catch {
    // What came before the damage is enough to tell the kind.
  }
  return start.subarray(0, filled);
}

/**
 * The content of a file, unpacked where it is gzip, of which `expected` bytes should be there. Unpacking stops
 * beyond that, so that a small file cannot fill the memory.
 * @throws DataError where there is less or more than expected, or the gzip stream is damaged.
 */
export function contentOf(file: NamedFile, expected: number): Uint8Array {
  const content = isGzip(file) ? unpack(file, expected) : file.bytes;
  if (content.length < expected) {
    throw new DataError(
      `${file.name} is cut short: ${count(expected)} bytes by its header, ${count(content.length)} there. Download or copy it again.`,
    );
  }
  if (content.length > expected) {
    throw new DataError(
      `${file.name} is longer than the ${count(expected)} bytes its header tells. Download or copy it again.`,
    );
  }
  return content;
}

/** The first `expected` bytes and one more where there is one. */
function unpack(file: NamedFile, expected: number): Uint8Array {
  const content = new Uint8Array(expected + 1);
  let filled = 0;
  try {
    inflate(file.bytes, (chunk) => {
      const part = chunk.subarray(0, content.length - filled);
      content.set(part, filled);
      filled += part.length;
      return filled < content.length;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`${file.name} is damaged: its gzip stream ends in "${reason}". Download or copy it again.`);
  }
  return content.subarray(0, filled);
}

/** Unpacks chunk by chunk for as long as `onChunk` returns true. */
function inflate(bytes: Uint8Array, onChunk: (chunk: Uint8Array) => boolean): void {
  let wanted = true;
  const stream = new Gunzip((chunk) => {
    if (wanted) wanted = onChunk(chunk);
  });
  for (let start = 0; wanted && start < bytes.length; start += chunkBytes) {
    const end = start + chunkBytes;
    stream.push(bytes.subarray(start, end), end >= bytes.length);
  }
}

function isGzip({ bytes }: NamedFile): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
